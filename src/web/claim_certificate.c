/* claim_certificate: where a claim stands, the hashes of what it rests on, and each step by its number on record, so that its
 * bearer can ask for the proof of each later. */
#include "desk.h"

static const char *const columns[] = { "audit.what", "desk.at", "audit.version", "certificate.event" };

static struct desk_table steps_of(struct desk *d, const struct json *body) {
  uint32_t count;
  const struct json *events = desk_list(body, "events", &count);
  struct desk_table t = desk_table(d, "certificate.events", "certificate", columns, COUNT_OF(columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "step.", page_member(&events[i], "type"))),
                                       DESK_TEXT(page_moment(&d->page, page_member(&events[i], "at"))),
                                       desk_number(d, page_int(&events[i], "version")), DESK_TEXT(page_member(&events[i], "event")) });
  return t;
}

static struct http_answer get_certificate(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  const struct http_value *id = http_value(&r->path, "claim");
  struct claim_request request = { id->id };
  if (!DESK_CALL(&d, claim_certificate, &request, &body, &failure)) return failure;
  struct desk_table t = steps_of(&d, &body);
  bool auditor = r->realm == HTTP_AUDITOR;
  desk_way(&d, "mine.back_to_claim", desk_path(r->arena, auditor ? "/audit/claims/%s" : "/claims/%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "certificate.intro"));
  desk_fact(&s, "desk.number", page_member(&body, "number"), STR(""));
  desk_fact(&s, "desk.state", page_state(&d.page, page_member(&body, "state")), STR(""));
  desk_fact(&s, "certificate.at", page_moment(&d.page, page_member(&body, "at")), STR(""));
  desk_fact(&s, "certificate.facts", page_member(&body, "facts_sha256"), STR(""));
  desk_fact(&s, "certificate.decision", page_member(&body, "decision_sha256"), STR(""));
  desk_put_table(&s, &t);
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "certificate.title", STR(""));
}

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" }, { 0 },
};
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };
enum { BEARERS = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY | HTTP_ROLE_AUDITOR };
static const struct http_route rows[] = {
  { .name = "certificatePage", .method = HTTP_GET, .path = "/claims/{claim}/certificate", .path_parameters = claim_path, .query = csv_query,
    .realms = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR, .roles = BEARERS, .face = HTTP_PAGE, .produces = "*", .handler = get_certificate,
    .tag = "pages", .summary_ja = "申請の記録の証明", .summary_en = "The certificate of a claim's state" },
};
const struct http_route_table web__certificate_routes = { rows, COUNT_OF(rows) };
