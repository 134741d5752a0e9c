/* claim_amend: what was told, changed: the facts as they stand in a form; what differs is shown before anything is sent, and
 * declared anew. Facts that the form does not ask about stay as they are. */
#include "claim_page.h"
#include "closures_form.h"
#include "shienkin/value.h"

struct amend {
  struct mine m;
  const struct question *questions; size_t count;
  struct json before, after;
  bool stale, edited;                   /* another window was quicker; something was typed after it was looked at */
};

/* ---- what differs */

static void push_change(const struct page *p, struct page_list *list, const char *label, str before, str after) {
  if (str_eq(before, after)) return;
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "change_label", page_say_with(p, label, 0, NULL));
  page_set_str(&o, "change_before", before.n ? before : page_say(p, "mine.change_none"));
  page_set_str(&o, "change_after", after.n ? after : page_say(p, "mine.change_none"));
  page_push(list, page_json(&o));
}

static size_t add_changes(struct amend *a) {
  struct page *p = &a->m.page;
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < a->count; i++)
    push_change(p, &list, a->questions[i].field.label, facts_form__words(p, &a->before, &a->questions[i]),
                facts_form__words(p, &a->after, &a->questions[i]));
  push_change(p, &list, "mine.closures", closures_form__words(p, &a->before),
              closures_form__words(p, &a->after));
  page_set(&p->document, "changes", page_items(&list));
  page_set_bool(&p->document, "changed", list.count > 0);
  return list.count;
}

/* ---- the page */

static str declaration_version(struct page *p) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  page_set_bool(&p->document, "declaration", false);
  if (PAGE_CALL(p, declaration_in_force, NULL, &f, &out) != RESULT_OK) return STR("");
  struct json body = page_body(p, &out);
  page_set_str(&p->document, "declaration", page_member(&body, p->english ? "en" : "ja"));
  return page_member(&body, "version");
}

/* The questions, the box of the declaration, and what stands for the rows where faults are led to. */
static const struct page_field *fields_of(struct amend *a, size_t rows, size_t *count) {
  struct arena *arena = a->m.page.arena;
  struct page_field *all = ARENA_ARRAY(arena, struct page_field, a->count + 1 + rows);
  memcpy(all, facts_form__fields(arena, a->questions, a->count), a->count * sizeof *all);
  *count = a->count;
  all[(*count)++] = (struct page_field){ .name = "sure", .kind = PAGE_CHECK, .label = "mine.declare", .pointer = "/declaration" };
  closures_form__fields(arena, all + *count, rows);
  *count += rows;
  return all;
}

static str seen_of(const struct amend *a) { return facts_form__seen(a->m.page.arena, &a->after, "facts"); }

static struct http_answer show(struct amend *a, int status, bool preview, const struct findings *f) {
  struct page *p = &a->m.page;
  str declared = declaration_version(p);
  size_t rows = closures_form__rows(p, &a->after, f), changes = add_changes(a), count;
  struct json values = facts_form__values(p, &a->after, a->questions, a->count);
  const struct page_field *fields = fields_of(a, rows, &count);
  struct json_member hidden[] = { mine__version(&a->m), { STR("declared"), json_of_str(declared) },
                                  { STR("seen"), json_of_str(preview ? seen_of(a) : STR("")) } };
  mine__head(&a->m);
  page_set_bool(&p->document, "preview", preview && changes > 0);
  page_set_bool(&p->document, "same", preview && changes == 0);
  page_set_bool(&p->document, "stale", a->stale);
  page_set_bool(&p->document, "edited", a->edited);
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(&a->m, "/amend"), .submit = "mine.amend_look",
                                    .fields = fields, .count = count, .values = &values, .findings = f, .hidden = hidden,
                                    .hidden_count = COUNT_OF(hidden), .once = true });
  return page_answer(p, status, "claim_amend", page_say(p, "mine.way_amend"));
}

static bool open_it(struct http_request *r, struct amend *a, struct http_answer *answer) {
  *a = (struct amend){ .count = 0 };
  if (!mine__open(r, &a->m, answer)) return false;
  a->questions = claim_page__questions(r->arena, &a->count);
  a->before = a->after = claim_page__document(&a->m);
  if (mine__is(&a->m, CLAIM_PAGE_AMENDABLE)) return true;
  *answer = page_go(r, mine__path(&a->m, ""), "claim_moved");
  return false;
}

static struct http_answer get_amend(struct http_request *r) {
  struct amend a;
  struct http_answer answer;
  return open_it(r, &a, &answer) ? show(&a, HTTP_OK, false, NULL) : answer;
}

static void read_typed(struct amend *a) {
  struct page *p = &a->m.page;
  struct json closures = closures_form__read(p, false);
  a->after = facts_form__read(p, &a->before, a->questions, a->count, &p->r->form);
  a->after = facts_form__put(p->arena, &a->after, STR("/facts/closures"), closures.count ? &closures : NULL);
  a->stale = mine__posted_version(p->r) != a->m.version;
}

/* What came is looked at, shown with what it changes, and sent where just this was shown and is declared. */
static struct http_answer post_amend(struct http_request *r) {
  struct amend a;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  if (!open_it(r, &a, &answer)) return answer;
  struct page *p = &a.m.page;
  read_typed(&a);
  if (a.stale) return show(&a, 409, true, NULL);
  if (!str_eq(page_typed(&r->form, "go"), STR("send"))) return show(&a, HTTP_OK, true, NULL);
  a.edited = !str_eq(page_typed(&r->form, "seen"), seen_of(&a));
  if (a.edited) return show(&a, 422, true, NULL);
  struct amend_request request = { .claim = a.m.claim, .version = a.m.version,
                                   .channel = r->realm == HTTP_CLINIC ? STR("online") : STR("proxy"),
                                   .declaration = { page_typed(&r->form, "declared"), str_eq(page_typed(&r->form, "sure"), STR("yes")) },
                                   .facts = json_get(&a.after, STR("facts")) };
  result why = PAGE_CALL(p, claim_amend, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, mine__path(&a.m, ""), "claim_amended");
  return mine__shown_again(why) ? show(&a, why == RESULT_CONFLICT ? 409 : 422, true, &f) : page_failed(p, why, &f, &out);
}

static const struct http_parameter form[] = {
  MINE_VERSION, MINE_TEXT("declared", 100), MINE_TEXT("seen", 100), MINE_TEXT("go", 20), MINE_TEXT("sure", 10), MINE_TEXT("occurred_on", 40),
  MINE_TEXT("discovered_on", 40), MINE_TEXT("cyber_attack", 20), MINE_TEXT("attack_type", 40), MINE_TEXT("insider_crime", 20),
  MINE_TEXT("summary", 10000), MINE_TEXT("occurred", 20), MINE_TEXT("caused", 20), MINE_TEXT("persons", 40), MINE_TEXT("mhlw_on", 40),
  MINE_TEXT("jma_on", 40), MINE_TEXT("ppc_on", 40), MINE_TEXT("ppc_measures", 20), MINE_TEXT("persons_on", 40),
  CLOSURES_FORM_FIELDS, { 0 },
};
static const struct http_route rows[] = {
  { MINE_ROW("amendPage", HTTP_GET, "/claims/{claim}/amend", "内容を変える画面", "What was told, to be changed"), .handler = get_amend },
  { MINE_FORM("amendPagePost", "/claims/{claim}/amend", "申請の内容を変える", "Change what was told", form, post_amend) },
};
const struct http_route_table web__amend_routes = { rows, COUNT_OF(rows) };
