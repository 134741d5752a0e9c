/* api_inside: what all endpoints share: parameters of addresses, specs that many bodies hold, and the few steps that every
 * handler takes. A handler takes what its row declared, fills in one request, and ends with GATE_CALL().
 *
 *   static struct http_answer withdraw(struct http_request *r) {
 *     struct withdraw_request request = { .claim = api__id(r, "claim"), .reason = api__str(&r->json, "reason") };
 *     API_VERSION(r, request.version);
 *     return GATE_CALL(r, claim_withdraw, &request, STR_NONE);
 *   }
 */
#ifndef SHIENKIN_API_INSIDE_H
#define SHIENKIN_API_INSIDE_H

#include "shienkin/api.h"

/* ---- the areas' tables; routes.c lists them */
extern const struct http_route_table api__sign_in, api__account, api__drafts, api__claims, api__evidence, api__reference,
    api__documents;
/* staff/: one table per file of the folder */
extern const struct http_route_table api__staff_queue, api__staff_case, api__staff_review, api__staff_duplicates,
    api__staff_decide, api__staff_roster, api__staff_rules, api__staff_people, api__staff_audit;

/* ---- what stands in an address. Tables of one id each are here; longer ones beside their rows, made by API_ID(). */
#define API_ID(n, table_prefix, ja, en) \
  { .name = (n), .kind = HTTP_PARAMETER_ID, .prefix = (table_prefix), .description_ja = (ja), .description_en = (en) }
#define API_CLAIM_ID API_ID("claim", "clm_", "申請", "the claim")
extern const struct http_parameter api__claim_path[];    /* {claim} */
extern const struct http_parameter api__facility_path[]; /* {facility} */
extern const struct http_parameter api__evidence_path[]; /* {evidence} */
/* ?cursor=…&limit=…, for lists that take nothing else. */
#define API_CURSOR                                                                                                \
  { .name = "cursor", .kind = HTTP_PARAMETER_CURSOR, .description_ja = "前の一覧の next",                          \
    .description_en = "`next` of the list before" }
#define API_LIMIT                                                                                                 \
  { .name = "limit", .kind = HTTP_PARAMETER_INTEGER, .least = 1, .most = 100, .description_ja = "件数（既定は50）", \
    .description_en = "how many, 50 where nothing is said" }
extern const struct http_parameter api__list_query[];

static inline struct uuid api__id(const struct http_request *r, const char *name) { return http_value(&r->path, name)->id; }

/* ---- members of a body that its spec has checked; absent and null are the same */
str api__str(const struct json *object, const char *name);                          /* STR_NONE */
bool api__bool(const struct json *object, const char *name);                        /* false */
int64_t api__int(const struct json *object, const char *name, int64_t otherwise);
day api__day(const struct json *object, const char *name);                          /* DAY_NONE */
const struct json *api__json(const struct json *object, const char *name);          /* NULL */
struct uuid api__id_in(const struct json *object, const char *name, const char *prefix); /* zero */
/* A list of texts, or of ids of one prefix. */
const str *api__strs(struct arena *a, const struct json *object, const char *name, size_t *count);
const struct uuid *api__ids(struct arena *a, const struct json *object, const char *name, const char *prefix, size_t *count);

/* The version of If-Match into `into`, or the handler answers 412. */
#define API_VERSION(r, into)                                              \
  do {                                                                    \
    if (gate_version((r), &(into)) != RESULT_OK) return gate_stale((r)); \
  } while (0)

/* ---- addresses and lists */
/* "/v1/claims/" + the id in `body` at the pointer "/claim", for Location; n = 0 where there is no body yet. */
struct http_answer api__created_at(struct http_request *r, struct http_answer answer, const char *path, const char *member);
/* The position of ?cursor=: zero where none came. false: *answer is the refusal. */
bool api__cursor(struct http_request *r, struct uuid *after, struct http_answer *answer);
int64_t api__limit(const struct http_request *r); /* 50 where nothing was said */
/* The service's `next` (an id of `prefix`, or null) becomes a cursor, in the body and as Link rel="next". */
struct http_answer api__paged(struct http_request *r, struct http_answer answer, const char *prefix);

/* The same where a place is more than an id: what stood at `next` goes into the cursor, and comes back as *after (null where
 * no cursor came). */
bool api__after(struct http_request *r, struct json *after, struct http_answer *answer);
struct http_answer api__next(struct http_request *r, struct http_answer answer);

/* ---- specs that many bodies and answers hold. Of an id: API_ID_SPEC names its table. */
extern const struct spec api__text, api__text_null;      /* 1–4,000 characters; empty is the use case's to refuse */
extern const struct spec api__short, api__short_null;    /* at most 200 characters */
extern const struct spec api__integer, api__integer_null, api__yen, api__yen_null, api__bool_spec, api__bool_null;
extern const struct spec api__date, api__date_null;
extern const struct spec api__moment, api__moment_null;  /* 2026-11-22T09:00:00.000+09:00 */
extern const struct spec api__sha256, api__sha256_null;  /* 64 hex digits */
extern const struct spec api__any;                       /* any JSON value */
extern const struct spec api__object;                    /* any JSON object */
extern const struct spec api__texts;                     /* a list of texts */
extern const struct spec api__claim_state, api__channel, api__item, api__outcome, api__role;
extern const struct spec api__decision;                  /* contract/decision.schema.json */
extern const struct spec api__facts_asserted;            /* facts as claimants send and read them */
extern const struct spec api__empty;                     /* {} */
/* Ids, each also with null: api__id_claim, api__id_claim_null, … */
#define API_ID_TABLES(X)                                                                                             \
  X(account, "acc_") X(calendar, "cal_") X(claim, "clm_") X(decision, "dec_") X(duplicate, "dup_") X(event, "evt_")    \
  X(evidence, "evd_") X(check, "chk_") X(facility, "fac_") X(hold, "hld_") X(incident, "inc_") X(request, "req_")      \
  X(member, "mem_") X(message, "msg_") X(note, "nte_") X(payee, "pye_") X(person, "per_") X(proposal, "prp_")          \
  X(reconsideration, "rec_") X(recovery, "rcv_") X(finding, "rfd_") X(import, "imp_") X(rule_set, "rul_") X(line, "lin_") \
  X(declaration, "dcl_") X(session, "ses_") X(token, "tok_") X(mandate, "mnd_") X(grant, "grt_") X(letter, "ltr_")
#define API_ID_DECLARED(table, prefix) extern const struct spec api__id_##table, api__id_##table##_null;
API_ID_TABLES(API_ID_DECLARED)
bool api__is_id(const struct spec *s);                   /* one of these */

/* ---- rows: API_ROW("submitClaim", HTTP_POST, "/v1/drafts/{claim}/submit", "drafts", "提出する", "Submit a claim") */
#define API_ROW(n, m, p, t, ja, en) .name = (n), .method = (m), .path = (p), .tag = (t), .summary_ja = (ja), .summary_en = (en)
#define API_ANSWERS(...) (const struct http_route_answer[]) { __VA_ARGS__, { .status = 0 } }
#define API_OK(spec_, text) { 200, "application/json", &(spec_), (text) }
#define API_CREATED(spec_, text) { 201, "application/json", &(spec_), (text) }
/* Codes of the refusals that are this row's own: API_PROBLEMS("facts_open", "proposal_open"). */
#define API_PROBLEMS(...) (const char *const[]) { __VA_ARGS__, NULL }
#define API_MEMBERS(...) (const struct spec_member[]) { __VA_ARGS__, { NULL, false, NULL } }
#define API_OBJECT(...) { .kind = SPEC_OBJECT, .members = API_MEMBERS(__VA_ARGS__) }
#define API_ARRAY(of) { .kind = SPEC_ARRAY, .items = &(of) }

enum { API_CLAIMANTS = HTTP_CLINIC | HTTP_STAFF };       /* proxies and those who type are staff */
enum { API_TYPES = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY | HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER,
       API_SPEAKS = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY };

#endif
