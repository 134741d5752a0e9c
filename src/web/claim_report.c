/* claim_report: the incident report, written or mended after filing. Whoever was slower sees both and overwrites nothing unseen. */
#include "mine.h"
#include "report_form.h"

struct reporting { struct mine m; struct json stands; int64_t version; };

static bool open_it(struct http_request *r, struct reporting *w, struct http_answer *answer) {
  if (!mine__open(r, &w->m, answer)) return false;
  w->stands = report_form__document(&w->m.page, json_get(&w->m.view, STR("report")));
  w->version = page_int(&w->m.view, "report_version");
  page_set_bool(&w->m.page.document, "stale", false);
  page_set_bool(&w->m.page.document, "stale_any", false);
  if (mine__is(&w->m, MINE_LIVING)) return true;
  *answer = page_go(r, mine__path(&w->m, ""), "claim_moved");
  return false;
}

/* Findings of report_save() point into the report itself. */
static const struct page_field *fields_of(struct arena *a) {
  const struct page_field *made = facts_form__fields(a, report_form__questions, REPORT_FORM_QUESTIONS);
  struct page_field *fields = ARENA_ARRAY(a, struct page_field, REPORT_FORM_QUESTIONS);
  for (size_t i = 0; i < REPORT_FORM_QUESTIONS; i++) {
    fields[i] = made[i];
    if (str_starts(str_of(fields[i].pointer), STR("/report"))) fields[i].pointer += strlen("/report");
  }
  return fields;
}

static struct http_answer show(struct reporting *w, int status, const struct json *document, const struct findings *f) {
  struct page *p = &w->m.page;
  struct json values = facts_form__values(p, document, report_form__questions, REPORT_FORM_QUESTIONS);
  struct json_member hidden = { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)w->version)) };
  mine__head(&w->m);
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(&w->m, "/report"), .submit = "mine.report_submit",
                                    .fields = fields_of(p->arena), .count = REPORT_FORM_QUESTIONS, .values = &values, .findings = f,
                                    .hidden = &hidden, .hidden_count = 1, .once = true });
  return page_answer(p, status, "claim_report", page_say(p, "mine.way_report"));
}

static struct http_answer get_report(struct http_request *r) {
  struct reporting w;
  struct http_answer answer;
  return open_it(r, &w, &answer) ? show(&w, HTTP_OK, &w.stands, NULL) : answer;
}

static struct http_answer post_report(struct http_request *r) {
  struct reporting w;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  static const struct json empty = { .kind = JSON_KIND_OBJECT };
  if (!open_it(r, &w, &answer)) return answer;
  struct json typed = report_form__read(&w.m.page, &w.stands);
  bool late = mine__posted_version(r) != w.version;
  if (late && facts_form__differ(&w.m.page, &w.stands, &typed, report_form__questions, REPORT_FORM_QUESTIONS)) return show(&w, 409, &typed, NULL);
  const struct json *report = json_get(&typed, STR("report"));
  struct report_request request = { w.m.claim, w.version, report ? report : &empty };
  result why = PAGE_CALL(&w.m.page, report_save, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, mine__path(&w.m, ""), "report_saved");
  return mine__shown_again(why) ? show(&w, why == RESULT_CONFLICT ? 409 : 422, &typed, &f) : page_failed(&w.m.page, why, &f, &out);
}

static const struct http_parameter form[] = { MINE_VERSION, REPORT_FORM_FIELDS, { 0 } };
static const struct http_route rows[] = {
  { MINE_ROW("claimReportPage", HTTP_GET, "/claims/{claim}/report", "被害の報告の画面", "The incident report of a claim"), .handler = get_report },
  { MINE_FORM("claimReportPagePost", "/claims/{claim}/report", "被害の報告を書く・直す", "Write or mend the incident report", form, post_report) },
};
const struct http_route_table web__claim_report_routes = { rows, COUNT_OF(rows) };
