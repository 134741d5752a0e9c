/* claim_told: what was filed, as it stands, in which versions, and what the rules say of it now. */
#include "claim_page.h"
#include "closures_form.h"
#include "filing.h"
#include "verdict.h"

struct json claim_page__document(const struct mine *m) {
  struct page_object o = page_object(m->page.arena);
  const struct json *facts = json_get(&m->view, STR("facts"));
  page_set(&o, "facts", facts ? *facts : json_of_object(NULL, 0));
  return page_json(&o);
}

const struct question *claim_page__questions(struct arena *a, size_t *count) {
  enum { LEAK_FACTS = 3 };              /* the others are asked for the reporting duties alone */
  const struct { const struct question *table; size_t count; } parts[] = {
    { filing__incident, filing__incident_count }, { filing__leak, LEAK_FACTS }, { filing__filings, filing__filings_count },
  };
  struct question *all = ARENA_ARRAY(a, struct question, filing__incident_count + LEAK_FACTS + filing__filings_count);
  *count = 0;
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    for (size_t k = 0; k < parts[i].count; k++) all[(*count)++] = parts[i].table[k];
  return all;
}

/* ---- the facts */

static void push_fact(const struct page *p, struct page_list *list, const char *label, str words) {
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "told_label", page_say_with(p, label, 0, NULL));
  page_set_str(&o, "told_words", words.n ? words : page_say(p, "mine.told_not_yet"));
  page_set_bool(&o, "told_open", words.n == 0);
  page_push(list, page_json(&o));
}

static void add_facts(struct mine *m) {
  struct page *p = &m->page;
  struct json document = claim_page__document(m);
  struct page_list list = page_list(p->arena);
  size_t count;
  const struct question *questions = claim_page__questions(p->arena, &count);
  for (size_t i = 0; i < count; i++)
    push_fact(p, &list, questions[i].field.label, facts_form__words(p, &document, &questions[i]));
  push_fact(p, &list, "mine.closures", closures_form__words(p, &document));
  page_set(&p->document, "told", page_items(&list));
}

/* ---- their versions: submission gave the first, each amendment the next */

static void add_versions(struct mine *m) {
  static const struct { const char *type, *text; } kinds[] = { { "claim.submitted", "mine.version_filed" },
                                                               { "claim.amended", "mine.version_amended" } };
  struct page *p = &m->page;
  const struct json *steps = json_get(&m->view, STR("steps"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; steps && i < steps->count; i++) {
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
      if (!str_eq(page_member(&steps->as.items[i], "type"), str_of(kinds[k].type))) continue;
      str number = str_format(p->arena, "%zu", list.count + 1), at = page_moment(p, page_member(&steps->as.items[i], "at"));
      page_push(&list, json_of_str(page_say(p, kinds[k].text, number, at)));
    }
  }
  page_set(&p->document, "versions", page_items(&list));
  page_set_str(&p->document, "facts_sha256", page_member(&m->view, "facts_sha256"));
}

/* ---- what the rules say */

/* The outlook is help, not the page: where it cannot be had, the page says so and stands. */
static void add_outlook(struct mine *m) {
  struct page *p = &m->page;
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct assess_request request = { m->claim };
  page_set_bool(&p->document, "verdict", false);
  page_set_bool(&p->document, "no_outlook", false);
  page_set_str(&p->document, "tell_path", STR(""));
  if (mine__is(m, "withdrawn")) return;
  if (PAGE_CALL(p, claim_assess, &request, &f, &out) != RESULT_OK) {
    page_set_bool(&p->document, "no_outlook", true);
    return;
  }
  struct json body = page_body(p, &out);
  const struct json *decision = json_get(&body, STR("decision"));
  bool open = page_int(decision, "potential_total_yen") > page_int(decision, "total_yen");
  verdict__show(p, &body);
  if (open && mine__is(m, CLAIM_PAGE_AMENDABLE)) page_set_str(&p->document, "tell_path", mine__path(m, "/amend#filings"));
}

void claim_page__told(struct mine *m) {
  add_facts(m);
  add_versions(m);
  add_outlook(m);
}
