/* filing_closures: the days of closure, in periods; regular days off; and whether it still goes on, which is filed to date. */
#include "closures_form.h"
#include "filing.h"

static const struct page_choice days_off[] = { { "roster", "filing.days_off_roster" }, { "own", "filing.days_off_own" } };
enum { Q_CLOSED, Q_ONGOING, Q_DAYS_OFF, Q_EXTRA_OPEN, Q_EXTRA_CLOSED, Q_HOLIDAYS };
const struct question filing__closures[] = {
  [Q_CLOSED] = { QUESTION_TRI, "/asked/closed", { .name = "closed", .label = "filing.closed", .hint = "filing.closed_hint", QUESTION_YES_NO_UNKNOWN } },
  [Q_ONGOING] = { QUESTION_FLAG, "/asked/ongoing", { .name = "ongoing", .kind = PAGE_CHECK, .label = "filing.ongoing", .hint = "filing.ongoing_hint", .optional = true } },
  [Q_DAYS_OFF] = { QUESTION_WORD, "/asked/days_off", { .name = "days_off", .kind = PAGE_RADIO, .label = "filing.days_off", .hint = "filing.days_off_hint", .choices = days_off, .choice_count = 2, .optional = true } },
  [Q_EXTRA_OPEN] = { QUESTION_DAYS, "/facts/facility/extra_open_dates", { .name = "extra_open", .kind = PAGE_AREA, .label = "filing.extra_open", .hint = "filing.extra_open_hint", .optional = true } },
  [Q_EXTRA_CLOSED] = { QUESTION_DAYS, "/facts/facility/extra_closed_dates", { .name = "extra_closed", .kind = PAGE_AREA, .label = "filing.extra_closed", .hint = "filing.extra_closed_hint", .optional = true } },
  [Q_HOLIDAYS] = { QUESTION_FLAG, "/asked/holidays", { .name = "holidays", .kind = PAGE_CHECK, .label = "filing.holidays", .optional = true } },
  CLOSURES_FORM_WEEKDAYS,
};
const size_t filing__closures_told = Q_HOLIDAYS;
static const char *const keys[] = { "/facts/closures", "/facts/facility", "/asked/closed", "/asked/ongoing", "/asked/days_off",
                                    "/asked/holidays", "/asked/weekday_mon", "/asked/weekday_tue", "/asked/weekday_wed",
                                    "/asked/weekday_thu", "/asked/weekday_fri", "/asked/weekday_sat", "/asked/weekday_sun" };
/* The periods as one answer in words, for comparing two windows. */
static const struct question compared[] = {
  { QUESTION_LINES, "/asked/periods", { .name = "periods", .label = "filing.periods" } },
  { QUESTION_TRI, "/asked/closed", { .name = "closed", .label = "filing.closed", QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_LINES, "/facts/facility/closed_weekdays", { .name = "weekdays", .label = "filing.days_off" } },
  { QUESTION_DAYS, "/facts/facility/extra_open_dates", { .name = "extra_open", .label = "filing.extra_open" } },
  { QUESTION_DAYS, "/facts/facility/extra_closed_dates", { .name = "extra_closed", .label = "filing.extra_closed" } },
};
static const struct filing_part part = { FILING_CLOSURES, keys, COUNT_OF(keys), compared, COUNT_OF(compared) };

/* ---- what was typed */

static bool flag(const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  return v && v->kind == JSON_KIND_TRUE;
}

static void put(const struct page *p, struct json *document, const char *key, const struct json *value) {
  *document = facts_form__put(p->arena, document, str_of(key), value);
}

/* The roster's days off hold unless others were given. */
static void put_days_off(const struct page *p, struct json *document) {
  const struct json *which = json_at(document, STR("/asked/days_off"));
  bool own = which && which->kind == JSON_KIND_STRING && str_eq(json_text(which), STR("own"));
  struct json days = closures_form__days_off(p, document), holidays = json_of_bool(flag(document, "/asked/holidays"));
  put(p, document, "/facts/facility/closed_weekdays", own ? &days : NULL);
  put(p, document, "/facts/facility/closed_on_holidays", own ? &holidays : NULL);
}

static struct json read_typed(const struct filing *f) {
  const struct page *p = &f->page;
  struct json typed = facts_form__read(p, &f->document, filing__closures, COUNT_OF(filing__closures), &p->r->form);
  struct json periods = closures_form__read(p, flag(&typed, "/asked/ongoing"));
  const struct json *closed = json_at(&typed, STR("/asked/closed"));
  static const struct json yes = { .kind = JSON_KIND_TRUE };
  put(p, &typed, "/facts/closures", periods.count ? &periods : NULL);
  if (periods.count && !closed) put(p, &typed, "/asked/closed", &yes);
  put_days_off(p, &typed);
  return typed;
}

bool filing__still_closed(const struct json *document, day today) {
  const struct json *closures = json_at(document, STR("/facts/closures"));
  day to;
  if (!flag(document, "/asked/ongoing") || !closures || closures->kind != JSON_KIND_ARRAY || closures->count == 0) return false;
  return day_parse(page_member(&closures->as.items[closures->count - 1], "to"), &to) && to < today;
}

/* ---- the page */

static struct http_answer show(struct filing *f, int status, const struct json *document, const struct json *assessment,
                               const struct findings *faults) {
  struct page *p = &f->page;
  size_t rows = closures_form__rows(p, document, faults), count = COUNT_OF(filing__closures) + rows;
  struct page_field *fields = ARENA_ARRAY(p->arena, struct page_field, count);
  memcpy(fields, facts_form__fields(p->arena, filing__closures, COUNT_OF(filing__closures)), COUNT_OF(filing__closures) * sizeof *fields);
  closures_form__fields(p->arena, fields + COUNT_OF(filing__closures), rows);
  struct json shown = *document, roster = json_of_str(STR("roster"));
  if (!json_at(document, str_of(filing__closures[Q_DAYS_OFF].key))) put(p, &shown, filing__closures[Q_DAYS_OFF].key, &roster);
  struct json values = facts_form__values(p, &shown, filing__closures, COUNT_OF(filing__closures));
  struct json_member hidden[] = { { STR("seen"), json_of_str(filing__seen(f, &f->document, keys, COUNT_OF(keys))) } };
  closures_form__show_weekdays(p, document);
  page_set_bool(&p->document, "saved_with_faults", faults && faults->count > 0);
  filing__calendar(p, document, assessment);
  page_form(p, &(struct page_form){ .name = "form", .action = filing__path(p->arena, f->id, "closures"), .submit = "filing.next",
                                    .fields = fields, .count = count, .values = &values, .findings = faults, .hidden = hidden,
                                    .hidden_count = COUNT_OF(hidden) });
  filing__frame(f, FILING_CLOSURES);
  return page_answer(p, status, "filing_closures", page_say(p, "filing.step_closures"));
}

static struct http_answer get_closures(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer) || !filing__assess(&f, &assessment, &answer)) return answer;
  return show(&f, HTTP_OK, &f.document, &assessment, NULL);
}

/* What two windows hold is compared in words. */
static struct json with_words(const struct page *p, const struct json *document) {
  struct json words = json_of_str(closures_form__words(p, document));
  return facts_form__put(p->arena, document, STR("/asked/periods"), json_text(&words).n ? &words : NULL);
}

static struct http_answer post_closures(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer)) return answer;
  struct json typed = read_typed(&f), told = with_words(&f.page, &typed);
  f.document = with_words(&f.page, &f.document);
  enum filing_saved saved = filing__save(&f, &part, &told, page_typed(&r->form, "seen"), &answer);
  if (saved == FILING_FAILED) return answer;
  if (!filing__assess(&f, &assessment, &answer)) return answer;
  if (saved == FILING_STALE) return show(&f, 409, &typed, &assessment, NULL);
  struct findings faults = filing__faults(&f, &part, &assessment);
  if (faults.count) return show(&f, 422, &f.document, &assessment, &faults);
  return filing__go_on(&f, FILING_CLOSURES, page_typed(&r->form, "go"));
}

static const struct http_parameter form[] = {
  FILING_FIELDS, FORM_TEXT("closed", 20), FORM_TEXT("ongoing", 10), FORM_TEXT("days_off", 20), FORM_TEXT("holidays", 10),
  FORM_TEXT("extra_open", 3000), FORM_TEXT("extra_closed", 3000), CLOSURES_FORM_WEEKDAY_FIELDS, CLOSURES_FORM_FIELDS, { 0 },
};
static const struct http_route rows[] = {
  { FILING_ROW("filingClosuresPage", HTTP_GET, "/filing/{claim}/closures", "休診した日の画面", "Days of closure"),
    .path_parameters = filing__claim_path, .handler = get_closures },
  { FILING_ROW("filingClosuresPagePost", HTTP_POST, "/filing/{claim}/closures", "休診した日を保存する", "Save: days of closure"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = form, .handler = post_closures },
};
const struct http_route_table web__filing_closures_routes = { rows, COUNT_OF(rows) };
