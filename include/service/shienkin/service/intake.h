/* intake: what claimants give: drafts, submission, changes, withdrawal, words; and what they see of their claims.
 *
 * Who: clinics for the facilities of their mandates (channel "online"); proxies for theirs ("proxy"); adjusters and
 * approvers type what came on paper or by telephone ("paper", "telephone"), and judge none of it later. Another clinic's
 * claim is not found.
 *
 * Four documents. Pointers of findings begin with the document's name: "/facts/incident/occurred_on".
 *   facts    claim.schema without claim_id, member, facility.kind and facility.code: those are the roster's, and sending
 *            one is refused (read_only_fact). Days off that are not given are the roster's. null: unknown (P3).
 *   payee    {bank_code, branch_code, account_type, account_number, holder_name} or, for Japan Post Bank,
 *            {yucho_symbol, yucho_number, holder_name}; account_type: ordinary, current, savings, other
 *   report   authorities told, contacts, systems: service/incident_report in the schemas; never seen by rules
 *   draft    {facts, payee, report, unknown: [pointers into facts], step}, all optional, unchecked. A fact that is absent
 *            was not asked yet; one that is null, or named in `unknown`, was asked and nobody knows. */
#ifndef SHIENKIN_SERVICE_INTAKE_H
#define SHIENKIN_SERVICE_INTAKE_H

#include "core.h"
#include "shienkin/codec.h"

enum { DRAFT_MOST_BYTES = 262144, TEXT_MOST_CHARACTERS = 4000 };

/* The schemas of report and payee, for documentation and routes. */
const struct spec *intake_report_spec(void);
const struct spec *intake_payee_spec(void);

/* ---- drafts. `version` is the draft's own until submission. */

struct draft_begin_request {
  struct uuid facility;
  str channel;                          /* "online", "proxy", "paper", "telephone" */
  const struct json *document;          /* NULL: an empty one */
};
/* 201 {claim, facility, channel, state, version}. */
MUST_USE result draft_begin(struct service *s, const struct caller *c, struct arena *a, const struct draft_begin_request *r,
                            struct findings *f, struct service_answer *out);
struct draft_save_request {
  struct uuid claim;
  int64_t version;
  const struct json *document;          /* whole */
};
/* 200 {claim, version, saved_at}. */
MUST_USE result draft_save(struct service *s, const struct caller *c, struct arena *a, const struct draft_save_request *r,
                           struct findings *f, struct service_answer *out);
struct claim_request { struct uuid claim; };
/* 200 {claim, facility, channel, version, saved_at, document}. */
MUST_USE result draft_read(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                           struct findings *f, struct service_answer *out);
/* Thrown away: nobody sees it again, and the next erasing job deletes its key. 200 {claim, state}. */
MUST_USE result draft_discard(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                              struct findings *f, struct service_answer *out);

/* ---- submission */

struct declaration { str version; bool accepted; };
struct claim_documents {
  const struct json *facts;             /* NULL at submission of a draft: the draft's */
  const struct json *payee;             /* NULL: the draft's, or none yet */
  const struct json *report;            /* NULL: the draft's, or none */
};
struct submit_request {
  struct uuid claim;
  int64_t version;                      /* the draft's */
  struct declaration declaration;
  struct claim_documents documents;
};
/* The receipt: 201 {claim, number, state, version, submitted_at, facility, occurred_on, declaration, facts_sha256,
 * warnings}: the payee's, as payee_change() says them. */
MUST_USE result claim_submit(struct service *s, const struct caller *c, struct arena *a, const struct submit_request *r,
                             struct findings *f, struct service_answer *out);
struct file_request {
  struct uuid facility;
  str channel;
  struct declaration declaration;
  struct claim_documents documents;     /* facts are needed */
};
/* A claim in one step, without a draft between: from paper, or by a program. */
MUST_USE result claim_file(struct service *s, const struct caller *c, struct arena *a, const struct file_request *r,
                           struct findings *f, struct service_answer *out);
/* Staff: a facility that the roster does not know, so that its claim can be taken: 201 {facility, key}. */
struct facility_open_request { str reason; };
MUST_USE result facility_open(struct service *s, const struct caller *c, struct arena *a, const struct facility_open_request *r,
                              struct findings *f, struct service_answer *out);

/* ---- changes. `version` is the claim's. */

struct amend_request {
  struct uuid claim;
  int64_t version;
  str channel;                          /* how it came: as a claim's; clinics "online" */
  struct declaration declaration;
  const struct json *facts;             /* whole; 422 nothing_changed where they are the same */
};
/* A proposal is void by it, and a decided claim goes back to review. 200 {claim, state, version, facts_version, changed}. */
MUST_USE result claim_amend(struct service *s, const struct caller *c, struct arena *a, const struct amend_request *r,
                            struct findings *f, struct service_answer *out);
struct payee_request { struct uuid claim; int64_t version; const struct json *payee; };         /* version: the payee's; 0: there is none */
/* 200 {claim, version, holder_name, changes, warnings}. A bank or branch that the directory does not list is a warning
 * (payee_bank_unlisted, payee_branch_unlisted), never a refusal: it may be newer than the build. How the name compares with
 * the roster is not told; anything but a match is held for two persons. */
MUST_USE result payee_change(struct service *s, const struct caller *c, struct arena *a, const struct payee_request *r,
                             struct findings *f, struct service_answer *out);
struct report_request { struct uuid claim; int64_t version; const struct json *report; };       /* version: the report's */
MUST_USE result report_save(struct service *s, const struct caller *c, struct arena *a, const struct report_request *r,
                            struct findings *f, struct service_answer *out);
struct withdraw_request { struct uuid claim; int64_t version; str reason; };    /* the reason may be empty */
/* 200 {claim, state, version}. Lines still payable are cancelled where the staff withdraws for the claimant. */
MUST_USE result claim_withdraw(struct service *s, const struct caller *c, struct arena *a, const struct withdraw_request *r,
                               struct findings *f, struct service_answer *out);

/* ---- words */

struct reply_request { struct uuid claim, request; str text; };
/* The claim goes back to review when no other request is open. 200 {claim, request, state, version}. */
MUST_USE result information_reply(struct service *s, const struct caller *c, struct arena *a, const struct reply_request *r,
                                  struct findings *f, struct service_answer *out);
struct message_request { struct uuid claim; str text; };
/* From the claimant, or to them where the staff writes. 201 {message, at, direction}. */
MUST_USE result message_write(struct service *s, const struct caller *c, struct arena *a, const struct message_request *r,
                              struct findings *f, struct service_answer *out);

/* ---- what a claimant sees */

struct claims_request {
  struct uuid before;
  int64_t limit;                        /* 1–100 */
  str states;                           /* names with spaces between; n = 0: all */
  struct uuid facility;                 /* of this one alone; zero: of all */
  str number;                           /* the claim's, or a part of it; n = 0: any */
};
/* Newest first: {claims: [{claim, number, facility, channel, state, version, submitted_at, moved_at, asked}], next}. */
MUST_USE result claim_list(struct service *s, const struct caller *c, struct arena *a, const struct claims_request *r,
                           struct findings *f, struct service_answer *out);
/* {claim, number, facility, channel, state, version, submitted_at, moved_at, facts, facts_version, facts_sha256, incident:
 * {incident, occurred_on}, roster, payee (with its version; of the number only the end), report, report_version, asked:
 * [{request, keys, due_on, text, at}], messages, evidence, decision: {decision, number, at, body}|null, steps}. What is
 * still missing is claim_assess()'s to say (service/decide.h): it needs the rules. */
MUST_USE result claim_view(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                           struct findings *f, struct service_answer *out);
/* Whoever may see the claim, auditors too: {claim, number, state, version, at, facts_version, facts_sha256, decision_sha256|null,
 * events: [{event, type, at, version}]}: each event that moved it, by the id that the log's proofs are asked for by. */
MUST_USE result claim_certificate(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                                  struct findings *f, struct service_answer *out);

/* ---- what they must know beforehand */

/* Clinics and proxies: {facilities: [{facility, mandate, key, name, kind, code, closed_weekdays, closed_on_holidays}]}; name, kind
 * and code null, and no days off, where the roster does not know it today. */
MUST_USE result facilities_mine(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                                struct findings *f, struct service_answer *out);
/* Anybody: {declaration, version, ja, en}. Of the caller only `via` and `request_id` are used. */
MUST_USE result declaration_in_force(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                                     struct findings *f, struct service_answer *out);

#endif
