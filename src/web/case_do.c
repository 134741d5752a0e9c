/* case_do: one step with a claim on a page of its own: a row for each step, its form, and the use case behind it. A form that
 * another person's change made stale comes back with all that was typed and with what happened meanwhile. */
#include "case_do.h"

#include "messages.h"
#include "routes.h"

/* ---- hints */

static bool is_digit_like(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19); }

/* A telephone number or another long one (digits, hyphens between them), or a mail address. */
static bool looks_personal(str text) {
  enum { MANY_DIGITS = 8 };
  size_t digits = 0;
  bool after_at = false;
  for (size_t at = 0; at < text.n;) {
    uint32_t c = utf8_next(text, &at);
    bool joins = c == '-' || c == 0xff0d || c == 0x2010 || c == '(' || c == ')';
    digits = is_digit_like(c) ? digits + 1 : joins ? digits : 0;
    after_at = c == '@' || c == 0xff20 || (after_at && c > ' ' && c < 0x7f);
    if (digits >= MANY_DIGITS || (after_at && c == '.')) return true;
  }
  return false;
}

/* ---- what each step does */

static str text_of(const struct doing *d, const char *name) { return str_trim(page_typed(d->posted, name)); }

static result run_ask(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  size_t count;
  struct information_request_request r = { .claim = d->claim, .version = d->version, .due_on = DAY_NONE, .text = text_of(d, "text") };
  if (!day_parse(page_typed(d->posted, "due_on"), &r.due_on)) {
    FINDING(f, STR("/due_on"), &web__messages[WEB_UNREADABLE]);
    return RESULT_REFUSED;
  }
  r.keys = case_do__keys(p->arena, d->posted, &count);
  r.key_count = count;
  return PAGE_CALL(p, information_ask, &r, f, out);
}

static result run_message(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct message_request r = { d->claim, text_of(d, "text") };
  return PAGE_CALL(p, message_write, &r, f, out);
}

static result run_note(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct note_request r = { d->claim, text_of(d, "text") };
  if (looks_personal(r.text) && !str_eq(page_typed(d->posted, "sure"), STR("yes"))) {
    FINDING(f, STR("/text"), &web__messages[WEB_PERSONAL]);
    return RESULT_REFUSED;
  }
  return PAGE_CALL(p, note_write, &r, f, out);
}

static result run_hold(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct hold_request r = { d->claim, text_of(d, "kind"), text_of(d, "reason") };
  return PAGE_CALL(p, hold_set, &r, f, out);
}

static result run_release(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct hold_release_request r = { casework__id(d->posted, "of", "hld_"), text_of(d, "reason") };
  return PAGE_CALL(p, hold_release, &r, f, out);
}

static result run_payee(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct payee_confirm_request r = { d->claim, casework__id(d->posted, "of", "pye_"), text_of(d, "how"), text_of(d, "note") };
  return PAGE_CALL(p, payee_confirm, &r, f, out);
}

static result run_recuse(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct recuse_request r = { d->claim, text_of(d, "reason") };
  return PAGE_CALL(p, claim_recuse, &r, f, out);
}

static result run_judge(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct duplicate_resolve_request r = { d->claim, casework__id(d->posted, "of", "dup_"),
                                         str_eq(text_of(d, "verdict"), STR("same")), text_of(d, "reason") };
  return PAGE_CALL(p, duplicate_resolve, &r, f, out);
}

/* By the number that people know; the search finds parts of numbers too, of which only the whole one is meant. */
static result run_suspect(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  static const str every_state[] = { STR_INIT("submitted"), STR_INIT("in_review"), STR_INIT("info_requested"), STR_INIT("dormant"),
                                     STR_INIT("proposed"), STR_INIT("reconsideration"), STR_INIT("decided"), STR_INIT("withdrawn") };
  str number = text_of(d, "number");
  struct queue_request search = { .states = { every_state, COUNT_OF(every_state) }, .words = number, .limit = QUEUE_MOST };
  struct duplicate_suspect_request r = { .claim = d->claim };
  result why = PAGE_CALL(p, queue_list, &search, f, out);
  if (why != RESULT_OK) return why;
  struct json body = page_body(p, out), claims = casework__list(&body, "claims");
  for (uint32_t i = 0; i < claims.count; i++)
    if (str_eq(page_member(&claims.as.items[i], "number"), number) &&
        uuid_from_outside(page_member(&claims.as.items[i], "claim"), "clm_", &r.other))
      return PAGE_CALL(p, duplicate_suspect, &r, f, out);
  FINDING(f, STR("/number"), &web__messages[WEB_NO_SUCH_CLAIM], number, number);
  return RESULT_REFUSED;
}

static result run_settle(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct finding_settle_request r = { d->claim, d->version, casework__id(d->posted, "of", "rfd_"),
                                      str_eq(text_of(d, "verdict"), STR("accepted")), text_of(d, "reason") };
  return PAGE_CALL(p, roster_finding_settle, &r, f, out);
}

static result run_take_back(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct information_take_back_request r = { d->claim, d->version, casework__id(d->posted, "of", "req_") };
  return PAGE_CALL(p, information_take_back, &r, f, out);
}

static result run_withdraw(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct take_back_request r = { d->claim, d->version, casework__id(d->posted, "of", "prp_") };
  return PAGE_CALL(p, proposal_withdraw, &r, f, out);
}

static result run_return(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct return_request r = { d->claim, d->version, casework__id(d->posted, "of", "prp_"), text_of(d, "reason") };
  return PAGE_CALL(p, proposal_return, &r, f, out);
}

static result run_wake(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct wake_request r = { d->claim, d->version };
  return PAGE_CALL(p, claim_wake, &r, f, out);
}

static result run_offer(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct offer_take_request r = { d->claim, d->version, casework__id(d->posted, "of", "clm_") };
  return PAGE_CALL(p, offer_take, &r, f, out);
}

static result run_propose(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct propose_request r = { d->claim, d->version };
  return PAGE_CALL(p, claim_propose, &r, f, out);
}

static result run_assign(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct assign_request r = { d->claim, d->version, casework__id(d->posted, "person", "per_") };
  if (page_typed(d->posted, "person").n == 0) {
    FINDING(f, STR("/person"), &web__messages[WEB_CHOOSE]);
    return RESULT_REFUSED;
  }
  return PAGE_CALL(p, claim_assign, &r, f, out);
}

/* Several facts proved by one reason: "<key> <check that was seen>" each. */
static result run_prove(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out) {
  struct http_value_list picks = http_value_list(d->posted, "pick[]");
  struct fact_check_item *items = ARENA_ARRAY(p->arena, struct fact_check_item, picks.count);
  struct uuid *seen = ARENA_ARRAY(p->arena, struct uuid, picks.count);
  struct fact_check_request r = { d->claim, d->version, items, picks.count };
  size_t file_count;
  const struct uuid *files = casework__ids(p->arena, d->posted, "evidence[]", "evd_", &file_count);
  for (size_t i = 0; i < picks.count; i++) {
    str check, key = str_cut(picks.items[i].text, ' ', &check);
    if (!uuid_from_outside(check, "chk_", &seen[i])) seen[i] = (struct uuid){ { 0 } };
    items[i] = (struct fact_check_item){ .key = key, .verdict = CHECK_PROVED, .reason = text_of(d, "reason"), .evidence = files,
                                         .evidence_count = file_count, .seen = &seen[i] };
  }
  if (picks.count) return PAGE_CALL(p, facts_check, &r, f, out);
  FINDING(f, STR("/pick"), &web__messages[WEB_CHOOSE]);
  return RESULT_REFUSED;
}

/* ---- their fields */

static const struct page_choice hold_kinds[] = {
  { "other", "fact.hold_other" }, { "payee_mismatch", "fact.hold_payee_mismatch" }, { "member_unresolved", "fact.hold_member_unresolved" },
  { "payee_returned", "fact.hold_payee_returned" }, { "audit_finding", "fact.hold_audit_finding" }, { "legal", "fact.hold_legal" },
};
static const struct page_choice hows[] = { { "call_back", "fact.how_call_back" }, { "posted_code", "fact.how_posted_code" },
                                           { "bank_inquiry", "fact.how_bank_inquiry" } };
static const struct page_choice same_or_not[] = { { "distinct", "fact.verdict_distinct" }, { "same", "fact.verdict_same" } };
static const struct page_choice taken_or_not[] = { { "accepted", "do.finding_accepted" }, { "dismissed", "do.finding_dismissed" } };

#define REASON { .name = "reason", .kind = PAGE_AREA, .label = "do.reason" }
#define MAY_SAY { .name = "reason", .kind = PAGE_AREA, .label = "do.reason", .optional = true }
static const struct page_field ask_fields[] = { { .name = "text", .kind = PAGE_AREA, .label = "do.ask_text", .hint = "do.ask_hint" },
                                                { .name = "due_on", .kind = PAGE_DAY, .label = "do.due_on", .hint = "do.due_hint" } };
static const struct page_field message_fields[] = { { .name = "text", .kind = PAGE_AREA, .label = "do.message_text" } };
static const struct page_field note_fields[] = { { .name = "text", .kind = PAGE_AREA, .label = "do.note_text", .hint = "do.note_hint" },
                                                 { .name = "sure", .kind = PAGE_CHECK, .label = "do.note_sure", .optional = true } };
static const struct page_field hold_fields[] = {
  { .name = "kind", .kind = PAGE_SELECT, .label = "do.kind", .choices = hold_kinds, .choice_count = COUNT_OF(hold_kinds) }, REASON };
static const struct page_field reason_fields[] = { REASON };
static const struct page_field payee_fields[] = {
  { .name = "how", .kind = PAGE_RADIO, .label = "do.how", .choices = hows, .choice_count = COUNT_OF(hows) },
  { .name = "note", .kind = PAGE_AREA, .label = "do.payee_note", .optional = true } };
static const struct page_field recuse_fields[] = { MAY_SAY };
static const struct page_field judge_fields[] = {
  { .name = "verdict", .kind = PAGE_RADIO, .label = "do.judge", .choices = same_or_not, .choice_count = COUNT_OF(same_or_not) }, REASON };
static const struct page_field suspect_fields[] = { { .name = "number", .kind = PAGE_LINE, .label = "do.number", .hint = "do.number_hint" } };
static const struct page_field settle_fields[] = {
  { .name = "verdict", .kind = PAGE_RADIO, .label = "do.settle", .choices = taken_or_not, .choice_count = COUNT_OF(taken_or_not) }, REASON };
static const struct page_field prove_fields[] = {
  { .name = "reason", .kind = PAGE_AREA, .label = "do.prove_reason", .hint = "do.prove_hint", .pointer = "/checks", .optional = true } };

/* ---- the steps */

#define FIELDS(list) .fields = (list), .field_count = COUNT_OF(list)
static const struct step steps[] = {
  { "prove", "do.prove_title", "do.prove_intro", "do.prove_submit", run_prove, "fact_checked", "#facts", HTTP_ROLE_ADJUSTER,
    STEP_FACTS | STEP_FILES, FIELDS(prove_fields) },
  { "ask", "do.ask_title", "do.ask_intro", "do.ask_submit", run_ask, "asked", "#letters", HTTP_ROLE_ADJUSTER, STEP_KEYS, FIELDS(ask_fields) },
  { "message", "do.message_title", "do.message_intro", "do.message_submit", run_message, "message_sent", "#letters", CASE_JUDGES, 0,
    FIELDS(message_fields) },
  { "note", "do.note_title", "do.note_intro", "do.note_submit", run_note, "note_written", "#notes", CASE_JUDGES, 0, FIELDS(note_fields) },
  { "hold", "do.hold_title", "do.hold_intro", "do.hold_submit", run_hold, "held", "#holds", CASE_HOLDS, 0, FIELDS(hold_fields) },
  { "release", "do.release_title", "do.release_intro", "do.release_submit", run_release, "released", "#holds", CASE_HOLDS, 0,
    FIELDS(reason_fields) },
  { "payee", "do.payee_title", "do.payee_intro", "do.payee_submit", run_payee, "payee_confirmed", "#holds", CASE_JUDGES, 0,
    FIELDS(payee_fields) },
  { "recuse", "do.recuse_title", "do.recuse_intro", "do.recuse_submit", run_recuse, "recused", "", CASE_JUDGES, 0, FIELDS(recuse_fields) },
  { "judge", "do.judge_title", "do.judge_intro", "do.judge_submit", run_judge, "judged", "#duplicates", CASE_JUDGES, 0,
    FIELDS(judge_fields) },
  { "suspect", "do.suspect_title", "do.suspect_intro", "do.suspect_submit", run_suspect, "suspected", "#duplicates", CASE_JUDGES, 0,
    FIELDS(suspect_fields) },
  { "settle", "do.settle_title", "do.settle_intro", "do.settle_submit", run_settle, "finding_settled", "#holds", HTTP_ROLE_ADJUSTER, 0,
    FIELDS(settle_fields) },
  { "take-back", "do.take_back_title", "do.take_back_intro", "do.take_back_submit", run_take_back, "request_taken_back", "#letters",
    HTTP_ROLE_ADJUSTER, 0, .fields = NULL },
  { "withdraw-proposal", "do.withdraw_title", "do.withdraw_intro", "do.withdraw_submit", run_withdraw, "proposal_withdrawn", "",
    HTTP_ROLE_ADJUSTER, 0, .fields = NULL },
  { "return", "do.return_title", "do.return_intro", "do.return_submit", run_return, "proposal_returned", "", HTTP_ROLE_APPROVER, 0,
    FIELDS(reason_fields) },
  { "wake", "do.wake_title", "do.wake_intro", "do.wake_submit", run_wake, "woken", "", HTTP_ROLE_ADJUSTER, 0, .fields = NULL },
  { "offer", "do.offer_title", "do.offer_intro", "do.offer_submit", run_offer, "offer_taken", "#facts", HTTP_ROLE_ADJUSTER, 0, .fields = NULL },
  { "propose", "do.propose_title", "do.propose_intro", "do.propose_submit", run_propose, "proposed", "", HTTP_ROLE_ADJUSTER, STEP_DECISION,
    .fields = NULL },
  { "assign", "do.assign_title", "do.assign_intro", "do.assign_submit", run_assign, "assigned", "", CASE_JUDGES, STEP_PEOPLE, .fields = NULL },
};

const struct step *case_do__step(str name) {
  for (size_t i = 0; i < COUNT_OF(steps); i++)
    if (str_eq(name, str_of(steps[i].name))) return &steps[i];
  return NULL;
}
