/* casework_case: a case read for a page, part by part in one transaction, each look with its event; who people are, and what happened meanwhile. */
#include "casework.h"
#include "scan_words.h"
#include "shienkin/document.h"

/* ---- reading */

/* Calls a use case and keeps its document; a refusal becomes *answer. */
#define READ(p, use_case, request, into, answer)                                                               \
  __extension__({                                                                                              \
    struct findings read_f_ = findings_in((p)->arena);                                                         \
    struct service_answer read_out_ = { 0 };                                                                   \
    result read_why_ = PAGE_CALL((p), use_case, (request), &read_f_, &read_out_);                              \
    if (read_why_ == RESULT_OK) *(into) = page_body((p), &read_out_);                                          \
    else *(answer) = page_failed((p), read_why_, &read_f_, &read_out_);                                        \
    read_why_ == RESULT_OK;                                                                                    \
  })

/* Facts that contradict each other, or a member whom the roster does not know: no page of its own, but what the case says. */
static bool read_rules(struct page *p, struct casework_case *c, struct http_answer *answer) {
  struct service_answer out = { 0 };
  struct assess_request request = { c->claim };
  struct facts_versions_request versions = { c->claim };
  c->unassessed = findings_in(p->arena);
  if (!READ(p, facts_versions, &versions, &c->versions, answer)) return false;
  result why = PAGE_CALL(p, claim_assess, &request, &c->unassessed, &out);
  if (why == RESULT_REFUSED) return true;
  if (why != RESULT_OK) {
    *answer = page_failed(p, why, &c->unassessed, &out);
    return false;
  }
  c->assessment = page_body(p, &out);
  struct rules_show_request tables;
  if (!uuid_from_outside(page_member(&c->assessment, "rule_set"), "rul_", &tables.rule_set)) return true;
  return !http_request_may(p->r, CASE_HOLDS | HTTP_ROLE_AUDITOR) || READ(p, rules_show, &tables, &c->tables, answer);
}

static bool read_papers(struct page *p, struct casework_case *c, struct http_answer *answer) {
  struct evidence_list_request request = { c->claim };
  if (!http_request_may(p->r, CASE_JUDGES | HTTP_ROLE_AUDITOR)) return true;
  return READ(p, evidence_list, &request, &c->evidence, answer);
}

static bool read_neighbours(struct page *p, struct casework_case *c, struct http_answer *answer) {
  static const str every_state[] = { STR_INIT("submitted"), STR_INIT("in_review"), STR_INIT("info_requested"), STR_INIT("dormant"),
                                     STR_INIT("proposed"), STR_INIT("reconsideration"), STR_INIT("decided"), STR_INIT("withdrawn") };
  struct duplicates_view_request duplicates = { c->claim };
  struct queue_request request = { .states = { every_state, COUNT_OF(every_state) }, .limit = QUEUE_MOST, .newest_first = true };
  if (!uuid_from_outside(page_member(&c->file, "facility"), "fac_", &request.facility)) return true;
  return READ(p, duplicates_view, &duplicates, &c->duplicates, answer) && READ(p, queue_list, &request, &c->neighbours, answer);
}

struct wanted { struct uuid claim; unsigned parts; struct casework_case *out; };

static bool read_parts(struct page *p, void *context, struct http_answer *answer) {
  const struct wanted *wanted = context;
  struct casework_case *c = wanted->out;
  unsigned parts = wanted->parts;
  struct case_request request = { wanted->claim };
  struct timeline_request story = { .claim = wanted->claim };
  *c = (struct casework_case){ .claim = wanted->claim, .id = uuid_outside(p->arena, "clm_", wanted->claim) };
  if (!READ(p, case_view, &request, &c->file, answer)) return false;
  c->version = page_int(&c->file, "version");
  c->state = page_member(&c->file, "state");
  if ((parts & CASE_STORY) && !READ(p, claim_timeline, &story, &c->timeline, answer)) return false;
  if ((parts & CASE_RULES) && !read_rules(p, c, answer)) return false;
  if ((parts & CASE_PAPERS) && !read_papers(p, c, answer)) return false;
  return !(parts & CASE_NEIGHBOURS) || read_neighbours(p, c, answer);
}

bool casework__read(struct page *p, struct uuid claim, unsigned parts, struct casework_case *c, struct http_answer *answer) {
  struct wanted wanted = { claim, parts, c };
  return page_together(p, read_parts, &wanted, answer);
}

/* ---- people and what they did */

str casework__person(const struct page *p, const struct casework_case *c, str person) {
  struct json events = casework__list(&c->timeline, "events");
  (void)p;
  for (uint32_t i = 0; i < events.count; i++)
    if (str_eq(page_member(&events.as.items[i], "person"), person)) return page_member(&events.as.items[i], "name");
  return STR("");
}

static struct json step_json(struct page *p, const struct json *event, uint32_t times) {
  struct page_object o = page_object(p->arena);
  str who = page_member(event, "name");
  page_set_str(&o, "who", who.n ? who : page_say(p, "case.by_service"));
  str what = page_member(event, p->english ? "en" : "ja");
  page_set_str(&o, "what", times > 1 ? page_say(p, "case.times", what, str_format(p->arena, "%u", times)) : what);
  page_set_str(&o, "at", casework__moment(p, event, "at"));
  page_set_bool(&o, "moved", json_get(event, STR("version"))->kind == JSON_KIND_INTEGER);
  return page_json(&o);
}

/* A draft that is saved thirty times is one line. */
static bool is_same_step(const struct json *one, const struct json *other) {
  return str_eq(page_member(one, "type"), page_member(other, "type")) && str_eq(page_member(one, "person"), page_member(other, "person"));
}

struct json casework__since(struct page *p, const struct casework_case *c, str seen) {
  struct json events = casework__list(&c->timeline, "events");
  struct page_list list = page_list(p->arena);
  bool after = seen.n == 0;
  for (uint32_t i = 0; i < events.count; i++) {
    const struct json *event = &events.as.items[i];
    bool counts = after && !str_eq(page_member(event, "type"), STR("claim.assessed"));
    if (!counts) {
      after = after || str_eq(page_member(event, "event"), seen);
      continue;
    }
    uint32_t times = 1;
    while (i + times < events.count && is_same_step(event, &events.as.items[i + times])) times++;
    page_push(&list, step_json(p, event, times));
    i += times - 1;
  }
  return page_items(&list);
}

str casework__last_event(const struct casework_case *c) {
  struct json events = casework__list(&c->timeline, "events");
  return events.count ? page_member(&events.as.items[events.count - 1], "event") : STR("");
}

bool casework__is_mine(const struct page *p, const struct casework_case *c) {
  struct uuid person;
  return p->r->identity && uuid_from_outside(page_member(&c->file, "assigned_to"), "per_", &person) &&
         uuid_eq(person, p->r->identity->person);
}

/* ---- the head of every page about a case */

/* The list's row of this claim: it knows the roster's name, the day to be done by, and who has it. */
static const struct json *row_of(const struct casework_case *c) {
  const struct json *claims = json_get(&c->neighbours, STR("claims"));
  for (uint32_t i = 0; claims && i < claims->count; i++)
    if (str_eq(page_member(&claims->as.items[i], "claim"), c->id)) return &claims->as.items[i];
  return NULL;
}

static void add_row(struct page *p, struct page_object *o, const struct json *row) {
  const struct json *days = row ? json_get(row, STR("working_days")) : NULL;
  bool known = days && days->kind == JSON_KIND_INTEGER;
  str name = row ? page_member(row, "facility_name") : STR("");
  page_set_str(o, "facility_name", row && name.n == 0 ? page_say(p, "queue.unknown_facility") : name);
  page_set_str(o, "facility_key", row ? page_member(row, "facility_key") : STR(""));
  page_set_str(o, "member_number", row ? page_member(row, "member_number") : STR(""));
  page_set_str(o, "assigned_name", row ? page_member(row, "assigned_name") : STR(""));
  page_set_str(o, "due", row ? casework__day(p, row, "due_on") : STR(""));
  page_set_str(o, "age", known ? page_say(p, "queue.age", str_format(p->arena, "%lld", (long long)days->integer)) : STR(""));
  page_set_bool(o, "late", row && page_flag(row, "late"));
}

void casework__add_head(struct page *p, const struct casework_case *c) {
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "path", casework__path(p, c->claim, ""));
  page_set_str(&o, "number", page_member(&c->file, "number"));
  page_set_str(&o, "state_words", casework__word(p, "filter", c->state));
  page_set_str(&o, "channel_words", casework__word(p, "channel", page_member(&c->file, "channel")));
  page_set_str(&o, "submitted", casework__moment(p, &c->file, "submitted_at"));
  page_set_str(&o, "occurred", casework__day(p, &c->file, "occurred_on"));
  page_set_bool(&o, "mine", casework__is_mine(p, c));
  page_set_bool(&o, "assigned", page_member(&c->file, "assigned_to").n > 0);
  add_row(p, &o, row_of(c));
  page_set(&p->document, "head", page_json(&o));
}

/* ---- files */

static str size_words(const struct page *p, int64_t bytes) {
  if (bytes < 1024) return str_format(p->arena, "%lld B", (long long)bytes);
  if (bytes < 1024 * 1024) return str_format(p->arena, "%lld KiB", (long long)(bytes / 1024));
  return str_format(p->arena, "%lld.%lld MiB", (long long)(bytes >> 20), (long long)((bytes & 0xfffff) * 10 >> 20));
}

static bool is_chosen(const struct http_values *posted, str evidence) {
  struct http_value_list chosen = posted ? http_value_list(posted, "evidence[]") : (struct http_value_list){ NULL, 0 };
  for (size_t i = 0; i < chosen.count; i++)
    if (str_eq(chosen.items[i].text, evidence)) return true;
  return false;
}

struct json casework__file(struct page *p, const struct casework_case *c, const struct json *file, const struct http_values *posted) {
  str id = page_member(file, "evidence"), purpose = page_member(file, "purpose"), type = page_member(file, "media_type");
  bool opens = !scan_words__infected(file), shows = opens && document_preview_shows(type);
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "evidence", id);
  page_set_str(&o, "file_name", page_member(file, "name"));
  page_set_str(&o, "media_type", type);
  page_set_str(&o, "size", size_words(p, page_int(file, "length")));
  page_set_str(&o, "sent", casework__moment(p, file, "at"));
  page_set_str(&o, "purpose", purpose.n ? casework__fact_name(p, purpose) : STR(""));
  page_set_str(&o, "original", opens ? str_format(p->arena, "/v1/evidence/%.*s/content", STR_ARG(id)) : STR(""));
  page_set_str(&o, "first_page", shows ? str_format(p->arena, "/evidence/%.*s/pages/1", STR_ARG(id)) : STR(""));
  page_set_str(&o, "view", shows ? str_format(p->arena, "/cases/%.*s/files/%.*s", STR_ARG(c->id), STR_ARG(id)) : STR(""));
  scan_words__add(p, &o, file, SCAN_STAFF);
  page_set_bool(&o, "chosen", is_chosen(posted, id));
  return page_json(&o);
}

struct json casework__files(struct page *p, const struct casework_case *c, const struct http_values *posted) {
  struct json files = casework__list(&c->evidence, "files");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < files.count; i++) page_push(&list, casework__file(p, c, &files.as.items[i], posted));
  return page_items(&list);
}

int64_t casework__version(const struct http_values *posted) {
  int64_t version;
  return str_to_int64(page_typed(posted, "version"), &version) && version > 0 ? version : 0;
}
