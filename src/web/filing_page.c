/* filing_page: what the page of every step has: where one stands among the steps, the form, where to go on. */
#include "closures_form.h"
#include "files.h"
#include "filing.h"
#include "mine.h"

/* A step that holds something is told apart from one that nobody opened; whether it is right is the review's to say. */
static const struct { const char *title; const char *places[2]; } steps[FILING_STEPS] = {
  [FILING_INCIDENT] = { "filing.step_incident", { "/facts/incident", NULL } },
  [FILING_CLOSURES] = { "filing.step_closures", { "/asked/closed", "/facts/closures" } },
  [FILING_LEAK] = { "filing.step_leak", { "/facts/leak", NULL } },
  [FILING_FILINGS] = { "filing.step_filings", { "/facts/filings", NULL } },
  [FILING_PAYEE] = { "filing.step_payee", { "/payee", NULL } },
  [FILING_REPORT] = { "filing.step_report", { "/report", NULL } },
  [FILING_EVIDENCE] = { "filing.step_evidence", { NULL, NULL } },
  [FILING_REVIEW] = { "filing.step_review", { NULL, NULL } },
};

const char *filing__title(enum filing_step step) { return steps[step].title; }

static bool begun(const struct json *document, int step) {
  for (size_t i = 0; i < COUNT_OF(steps[step].places); i++)
    if (steps[step].places[i] && json_at(document, str_of(steps[step].places[i]))) return true;
  return false;
}

void filing__frame(struct filing *f, enum filing_step step) {
  struct page *p = &f->page;
  struct page_list list = page_list(p->arena);
  for (int i = 0; i < FILING_STEPS; i++) {
    struct page_object o = page_object(p->arena);
    page_set_int(&o, "step_number", i + 1);
    page_set_str(&o, "step_name", page_say_with(p, steps[i].title, 0, NULL));
    page_set_str(&o, "step_path", filing__path(p->arena, f->id, filing__names[i]));
    page_set_bool(&o, "current", i == (int)step);
    page_set_bool(&o, "begun", begun(&f->document, i));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "filing_steps", page_items(&list));
  str number = str_format(p->arena, "%d", (int)step + 1), all = str_format(p->arena, "%d", (int)FILING_STEPS);
  page_set_str(&p->document, "place", page_say(p, "filing.place", number, all));
  struct json facility = mine__facility(p, f->facility);
  page_set_str(&p->document, "facility_name", page_member(&facility, "name"));
  str days_off = closures_form__days_off_words(p, &facility);
  page_set_str(&p->document, "roster_days_off", days_off.n ? days_off : page_say(p, "filing.roster_none"));
  page_set_str(&p->document, "saved_at", page_moment(p, f->saved_at));
  page_set_str(&p->document, "back", step ? filing__path(p->arena, f->id, filing__names[step - 1]) : STR("/filing"));
  page_set_str(&p->document, "claim_id", f->id);
  page_set_str(&p->document, "filing_script", web__asset_path(p->arena, "filing.js"));
}

struct http_answer filing__show(struct filing *f, int status, const struct filing_part *part, const struct json *document,
                                const char *template, const struct findings *faults) {
  struct page *p = &f->page;
  struct json values = facts_form__values(p, document, part->questions, part->count);
  str seen = filing__seen(f, &f->document, part->keys, part->key_count);
  struct json_member hidden[] = { { STR("seen"), json_of_str(seen) } };
  page_set_bool(&p->document, "saved_with_faults", faults && faults->count > 0);
  page_form(p, &(struct page_form){ .name = "form", .action = filing__path(p->arena, f->id, filing__names[part->step]),
                                    .submit = "filing.next", .fields = facts_form__fields(p->arena, part->questions, part->count),
                                    .count = part->count, .values = &values, .findings = faults, .hidden = hidden,
                                    .hidden_count = COUNT_OF(hidden) });
  filing__frame(f, part->step);
  return page_answer(p, status, template, page_say_with(p, steps[part->step].title, 0, NULL));
}

struct http_answer filing__go_on(struct filing *f, enum filing_step step, str button) {
  if (str_eq(button, STR("later"))) return page_go(f->page.r, STR("/filing"), "filing_saved");
  bool stay = str_eq(button, STR("stay")) || step + 1 >= FILING_STEPS;
  return page_go(f->page.r, filing__path(f->page.arena, f->id, filing__names[stay ? step : step + 1]), stay ? "filing_saved_here" : NULL);
}
