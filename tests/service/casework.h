/* casework: a house whose rules and calendar are published, and the steps of a claim in short, for tests that walk long ways.
 * Each step asserts that it went well; what should be refused is called by HOUSE() itself. */
#ifndef SHIENKIN_TESTS_SERVICE_CASEWORK_H
#define SHIENKIN_TESTS_SERVICE_CASEWORK_H

#include "house.h"
#include "shienkin/service/decide.h"
#include "shienkin/service/evidence.h"
#include "shienkin/service/intake.h"
#include "shienkin/service/jobs.h"
#include "shienkin/service/review.h"
#include "shienkin/service/roster.h"
#include "shienkin/service/rules.h"

#define CASEWORK_RULES SOURCE_DIR "/rules/cyber-support/2022-06-01/cyber-support.dmn"
#define CASEWORK_CALENDAR SOURCE_DIR "/data/calendars/national-holiday_jp-2.5.1.txt"

/* The worked example of policy.md: 6 closed days, leak by the attack, notified to the JMA. */
#define WORKED_FACTS                                                                                              \
  "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false},"                 \
  "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"all\"}],"                             \
  "\"leak\":{\"occurred\":true,\"caused_by_attack\":true},\"filings\":{\"jma_on\":\"2026-05-12\"}}"

static inline str casework_file(struct house *h, const char *path) {
  str bytes;
  assert_int_equal(file_read(h->arena, path, 8 << 20, &bytes), RESULT_OK);
  return bytes;
}

static inline const struct json *casework_json(struct house *h, const char *text) {
  struct findings f = findings_in(h->arena);
  struct json *out = ARENA_NEW(h->arena, struct json);
  if (json_read(h->arena, str_of(text), (struct json_limits){ 0 }, &f, out) != RESULT_OK) fail_msg("not JSON: %s", text);
  return out;
}

/* What no role of the service may do, the administrator of this private cluster does. */
static inline void house_administers(struct house *h, const char *sql) {
  str secret = casework_file(h, str_z(h->arena, str_format(h->arena, "%s/secrets/admin", h->fixture.state)));
  const char *password = str_z(h->arena, str_format(h->arena, "PGPASSWORD=%.*s", STR_ARG(str_trim(secret))));
  const char *where = str_z(h->arena, str_format(h->arena, "%s/run", h->fixture.state));
  fixture_program((const char *const[]){ "env", password, "psql", "-X", "-q", "-h", where, "-U", "shienkin_admin", "-d",
                                         "shienkin", "-v", "ON_ERROR_STOP=1", "-c", sql, NULL });
}

/* ---- rules */

static inline struct uuid casework_publish(struct house *h, str bytes) {
  struct caller first = house_caller(h, "owner-1"), second = house_caller(h, "owner-2");
  assert_ok(h, HOUSE(h, rules_publish, &first, (&(struct rules_publish_request){ bytes })));
  struct uuid id = house_id(h, "/rule_set", "rule_set");
  assert_ok(h, HOUSE(h, rules_confirm, &second, (&(struct rules_confirm_request){ id })));
  return id;
}

/* As test_rules publishes by the use cases, which look at every combination of facts first, here the rows go straight in. */
struct casework_rows { struct rule_set_row rules; struct calendar_row calendar; };

static inline result casework_put(struct tx *tx, void *context) {
  struct casework_rows *rows = context;
  store_rule_set_insert(tx, &rows->rules);
  store_calendar_insert(tx, &rows->calendar);
  return RESULT_OK;
}

static inline result casework_confirm(struct tx *tx, void *context) {
  struct casework_rows *rows = context;
  store_rule_set_confirm(tx, rows->rules.id);
  store_calendar_confirm(tx, rows->calendar.id);
  return RESULT_OK;
}

static inline struct rule_set_row casework_rule_set(struct house *h, str bytes, int64_t revision) {
  return (struct rule_set_row){ .id = uuid_v7(&h->service.clock, &h->service.randomness), .scheme = STR(RULES_SCHEME),
                                .first_day = day_from_civil(2022, 6, 1), .revision = revision, .model_id = STR("cyber-support"),
                                .model_version = STR("2022-06-01"), .sha256 = sha256_of(bytes), .bytes = bytes };
}

static inline void casework_up(struct house *h) {
  house_up(h);
  h->service.rules = rules_cache_new();
  str days = casework_file(h, CASEWORK_CALENDAR);
  struct casework_rows rows = {
    .rules = casework_rule_set(h, casework_file(h, CASEWORK_RULES), 1),
    .calendar = { .id = uuid_v7(&h->service.clock, &h->service.randomness), .kind = STR("national"),
                  .version = calendar_version(calendar_national()), .first_day = calendar_first(calendar_national()),
                  .last_day = calendar_last(calendar_national()), .sha256 = sha256_of(days), .bytes = days },
  };
  house_does(h, "owner-1", casework_put, &rows);
  house_does(h, "owner-2", casework_confirm, &rows);
  house_next(h);
}

static inline result casework_put_more(struct tx *tx, void *context) {
  store_rule_set_insert(tx, &((struct casework_rows *)context)->rules);
  return RESULT_OK;
}
static inline result casework_confirm_more(struct tx *tx, void *context) {
  store_rule_set_confirm(tx, ((struct casework_rows *)context)->rules.id);
  return RESULT_OK;
}
/* A later revision, put and confirmed. */
static inline struct uuid casework_put_rules(struct house *h, str bytes, int64_t revision) {
  struct casework_rows rows = { .rules = casework_rule_set(h, bytes, revision) };
  h->fixture.now_us += 1000000;
  house_does(h, "owner-1", casework_put_more, &rows);
  house_does(h, "owner-2", casework_confirm_more, &rows);
  return rows.rules.id;
}

/* The text with every `from` replaced; there is at least one. */
static inline str casework_replace(struct house *h, str text, const char *from, const char *to) {
  struct buf out = buf_in(h->arena);
  ptrdiff_t at = str_find(text, str_of(from));
  assert_true(at >= 0);
  for (; at >= 0; at = str_find(text, str_of(from))) {
    buf_add(&out, str_slice(text, 0, (size_t)at));
    buf_add(&out, str_of(to));
    text = str_slice(text, (size_t)at + strlen(from), text.n);
  }
  buf_add(&out, text);
  return buf_str(&out);
}

static inline void casework_down(struct house *h) {
  arena_reset(h->arena);                /* deciders go back to the cache before it goes */
  rules_cache_free(h->service.rules);
  house_down(h);
}

/* As house_open() and house_close(). */
static inline int casework_open(void **state) {
  static struct house house;
  casework_up(&house);
  *state = &house;
  return 0;
}
static inline int casework_close(void **state) {
  casework_down(*state);
  return 0;
}

/* ---- facilities: one for each claim, so that none is suspected to be another's double */

struct casework_places { struct uuid *ids; size_t count; struct uuid account; };

static inline result casework_find_places(struct tx *tx, void *context) {
  struct casework_places *p = context;
  for (size_t i = 0; i < p->count; i++) {
    struct facility_row row;
    TRY(store_facility_by_key(tx, str_format(tx_arena(tx), "S-%04zu", i), &row));
    p->ids[i] = row.id;
    store_mandate_insert(tx, &(struct mandate_row){ .id = tx_new_id(tx), .account_id = p->account, .facility_id = row.id,
                                                    .kind = STR("representative"), .began_at = tx_at(tx) });
  }
  return RESULT_OK;
}

/* Clinics of the A1 member, for which clinic-1 may act; the ids live as long as the house. */
static inline struct casework_places casework_places(struct house *h, size_t count) {
  struct buf csv = buf_in(h->arena);
  struct casework_places p = { ARENA_ARRAY(h->fixture.arena, struct uuid, count), count, house_person(h, "clinic-1")->account };
  buf_add(&csv, STR("key,kind,name,from,member_number,relation\n"));
  for (size_t i = 0; i < count; i++) buf_format(&csv, "S-%04zu,clinic,Clinic %zu,2020-04-01,100001,opens\n", i, i);
  struct caller owner = house_caller(h, "owner-1");
  assert_ok(h, HOUSE(h, roster_import, &owner,
                     (&(struct roster_import_request){ .kind = ROSTER_FACILITIES, .file_name = STR("places.csv"), .bytes = buf_str(&csv) })));
  h->fixture.now_us += 1000000;
  house_does(h, "owner-1", casework_find_places, &p);
  return p;
}

/* A Monday, and two closed days after it: ¥100,000 and ¥200,000. */
#define SCENE_FACTS                                                                                               \
  "{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,\"insider_crime\":false},"                 \
  "\"closures\":[{\"from\":\"2026-04-07\",\"to\":\"2026-04-08\",\"scope\":\"all\"}],"                             \
  "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-04-07\"}}"

/* A store of its own for tests with threads and processes: the fixture's clock and randomness belong to one thread. */
static inline struct store *casework_store(struct house *h, struct arena *a, int connections, struct store_hook hook) {
  struct findings f = findings_in(a);
  struct store *store = NULL;
  struct store_options o = { .where = cluster_where(h->fixture.cluster), .clock = clock_system(), .randomness = randomness_system(),
                             .log = { 2, LOG_ERROR, clock_system() }, .hook = hook };
  for (int realm = 0; realm < STORE_REALMS; realm++) {
    o.logins[realm] = cluster_login(h->fixture.cluster, (enum store_realm)realm);
    o.logins[realm].connections = connections;
  }
  return store_open(a, &o, &f, &store) == RESULT_OK ? store : NULL;
}

static inline void casework_restore(struct house *h, int connections, struct store_hook hook) {
  store_close(h->fixture.store);
  h->service.store = h->fixture.store = casework_store(h, h->fixture.arena, connections, hook);
  h->service.clock = clock_system();
  h->service.randomness = randomness_system();
  assert_non_null(h->service.store);
}

/* ---- a claim's steps; each gives the claim's version after it */

struct kase { struct uuid claim, proposal; int64_t version; };

static inline const struct declaration *casework_declared(void) {
  static const struct declaration declared = { STR_INIT("2026-04"), true };
  return &declared;
}

static inline void searched(struct house *h, struct kase *k) {
  struct caller job = service_job_caller();
  assert_ok(h, HOUSE(h, duplicates_search, &job, (&(struct duplicates_search_request){ k->claim })));
}

/* Filed and submitted by a clinic in one step, without a payee unless one is given; nobody has searched for duplicates. */
static inline struct kase filed_alone(struct house *h, const char *who, struct uuid facility, const char *facts, const char *payee) {
  struct caller c = house_keyed(h, who, facts);
  struct file_request r = { .facility = facility, .channel = STR("online"), .declaration = *casework_declared(),
                            .documents = { .facts = casework_json(h, facts), .payee = payee ? casework_json(h, payee) : NULL } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  return (struct kase){ .claim = house_id(h, "/claim", "claim"), .version = house_int(h, "/version") };
}
static inline struct kase filed_with(struct house *h, const char *who, struct uuid facility, const char *facts, const char *payee) {
  struct kase k = filed_alone(h, who, facility, facts, payee);
  searched(h, &k);
  return k;
}
static inline struct kase filed(struct house *h, const char *facts) {
  return filed_with(h, "clinic-1", h->clinic_1, facts, NULL);
}

static inline void taken(struct house *h, struct kase *k, const char *who) {
  struct caller c = house_caller(h, who);
  assert_ok(h, HOUSE(h, claim_assign, &c,
                     (&(struct assign_request){ k->claim, k->version, house_person(h, who)->person })));
  k->version = house_int(h, "/version");
}

/* A small text, sent whole by whoever may send for the claim. */
static inline struct uuid evidence_sent(struct house *h, const struct kase *k, const char *who) {
  str bytes = STR("2026-05-12 日本医師会へ届出済み。受付番号 12345。\n");
  struct caller c = house_caller(h, who);
  assert_ok(h, HOUSE(h, evidence_begin, &c,
                     (&(struct evidence_begin_request){ .claim = k->claim, .name = STR("届出の控え.txt"), .length = (int64_t)bytes.n,
                                                        .sha256 = sha256_of(bytes) })));
  struct uuid id = house_id(h, "/evidence", "evidence");
  assert_ok(h, HOUSE(h, evidence_append, &c, (&(struct evidence_append_request){ id, 0, bytes })));
  assert_ok(h, HOUSE(h, evidence_finish, &c, (&(struct evidence_request){ id })));
  return id;
}

/* Proves, with a reason, every fact that must be proved and is open. */
static inline void proved(struct house *h, struct kase *k, const char *who) {
  struct caller c = house_caller(h, who);
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k->claim })));
  const struct json *open = json_at(&h->body, STR("/open"));
  struct fact_check_item items[FACT_CHECKS_MOST] = { { .key = STR_NONE } };
  if (open->count == 0) return;
  for (uint32_t i = 0; i < open->count; i++)
    items[i] = (struct fact_check_item){ .key = json_text(&open->as.items[i]), .verdict = CHECK_PROVED,
                                         .reason = STR("電話で確かめ、書類と照合した。") };
  assert_ok(h, HOUSE(h, facts_check, &c,
                     (&(struct fact_check_request){ k->claim, SERVICE_ANY_VERSION, items, open->count })));
}

static inline result corrected_to(struct house *h, struct kase *k, const char *who, const char *key, const char *value,
                                  struct uuid evidence) {
  struct caller c = house_caller(h, who);
  struct fact_check_item item = { .key = str_of(key), .verdict = CHECK_CORRECTED, .value = casework_json(h, value),
                                  .reason = STR("診療記録ではそうではない。"), .evidence = &evidence, .evidence_count = 1 };
  return HOUSE(h, facts_check, &c, (&(struct fact_check_request){ k->claim, SERVICE_ANY_VERSION, &item, 1 }));
}

static inline void proposed(struct house *h, struct kase *k, const char *who) {
  struct caller c = house_keyed(h, who, "propose");
  assert_ok(h, HOUSE(h, claim_propose, &c, (&(struct propose_request){ k->claim, k->version })));
  k->version = house_int(h, "/version");
  k->proposal = house_id(h, "/proposal", "proposal");
}

static inline result approving(struct house *h, struct kase *k, const char *who) {
  struct caller c = house_keyed(h, who, "approve");
  return HOUSE(h, proposal_approve, &c, (&(struct approve_request){ k->claim, k->version, k->proposal }));
}

static inline void approved(struct house *h, struct kase *k, const char *who) {
  assert_ok(h, approving(h, k, who));
  k->version = house_int(h, "/version");
}

/* From filed to decided, by adjuster-1 and approver-1. */
static inline void decided(struct house *h, struct kase *k) {
  taken(h, k, "adjuster-1");
  proved(h, k, "adjuster-1");
  proposed(h, k, "adjuster-1");
  approved(h, k, "approver-1");
}

static inline void amended(struct house *h, struct kase *k, const char *facts) {
  struct caller c = house_keyed(h, "clinic-1", facts);
  assert_ok(h, HOUSE(h, claim_amend, &c,
                     (&(struct amend_request){ .claim = k->claim, .version = k->version, .channel = STR("online"),
                                               .declaration = *casework_declared(), .facts = casework_json(h, facts) })));
  k->version = house_int(h, "/version");
  searched(h, k);
}

/* There are no transfers yet, so the administrator lets the database believe that the claim's lines have settled. */
static inline void settle_lines(struct house *h, const struct kase *k) {
  char claim[37];
  uuid_write(k->claim, claim);
  house_administers(h, str_z(h->arena, str_format(h->arena,
    "CREATE OR REPLACE FUNCTION shienkin.line_state(which uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path "
    "= shienkin, pg_temp AS $$ SELECT CASE WHEN EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = l.id) THEN "
    "'cancelled' WHEN l.claim_id = '%s' THEN 'settled' ELSE 'payable' END FROM entitlement_line l WHERE l.id = which $$", claim)));
}

/* ---- what must hold after everything, whatever was killed, refused or tried at once */

/* Money owed by a claim's incident: lines that are not cancelled, less recoveries that are not. */
static inline int64_t casework_owed(struct house *h, const struct kase *k) {
  char claim[37], sql[900];
  uuid_write(k->claim, claim);
  snprintf(sql, sizeof sql,
           "SELECT coalesce((SELECT sum(l.amount_yen) FROM shienkin.entitlement_line l WHERE l.claim_id = '%s' AND NOT EXISTS "
           "(SELECT FROM shienkin.entitlement_cancellation x WHERE x.line_id = l.id)), 0)::bigint - coalesce((SELECT "
           "sum(r.amount_yen) FROM shienkin.recovery r WHERE r.claim_id = '%s' AND NOT EXISTS (SELECT FROM "
           "shienkin.recovery_cancellation x WHERE x.recovery_id = r.id)), 0)::bigint",
           claim, claim);
  return house_count(h, sql);
}

static inline int64_t casework_count(struct house *h, const struct kase *k, const char *table) {
  char claim[37], sql[200];
  uuid_write(k->claim, claim);
  snprintf(sql, sizeof sql, "SELECT count(*) FROM shienkin.%s WHERE claim_id = '%s'", table, claim);
  return house_count(h, sql);
}

static inline void casework_invariants(struct house *h) {
  static const struct { const char *about, *sql; } rules[] = {
    { "every version of a claim came by one event",
      "SELECT count(*) FROM shienkin.claim c WHERE (SELECT count(*) FROM shienkin.event e WHERE e.claim_id = c.id AND "
      "e.claim_version IS NOT NULL) <> c.version" },
    { "a claim is proposed exactly while one proposal waits",
      "SELECT count(*) FROM shienkin.claim c WHERE (c.state = 'proposed')::integer <> (SELECT count(*) FROM shienkin.proposal p "
      "WHERE p.claim_id = c.id AND NOT EXISTS (SELECT FROM shienkin.proposal_outcome o WHERE o.proposal_id = p.id))" },
    { "every approval has its decision, and every decision its approval by another person",
      "SELECT count(*) FROM shienkin.proposal_outcome o FULL JOIN shienkin.decision d ON d.proposal_id = o.proposal_id LEFT JOIN "
      "shienkin.proposal p ON p.id = o.proposal_id WHERE (o.outcome = 'approved' OR o.outcome IS NULL) AND (d.id IS NULL OR "
      "o.proposal_id IS NULL OR p.by_person = d.by_person)" },
    { "lines less recoveries are what the latest decision of a living claim says",
      "SELECT count(*) FROM shienkin.decision d JOIN shienkin.claim c ON c.id = d.claim_id WHERE c.state <> 'withdrawn' AND NOT "
      "EXISTS (SELECT FROM shienkin.decision l WHERE l.incident_id = d.incident_id AND l.number > d.number) AND d.total_yen <> "
      "coalesce((SELECT sum(l.amount_yen) FROM shienkin.entitlement_line l WHERE l.incident_id = d.incident_id AND NOT EXISTS "
      "(SELECT FROM shienkin.entitlement_cancellation x WHERE x.line_id = l.id)), 0) - coalesce((SELECT sum(r.amount_yen) FROM "
      "shienkin.recovery r WHERE r.incident_id = d.incident_id AND NOT EXISTS (SELECT FROM shienkin.recovery_cancellation x "
      "WHERE x.recovery_id = r.id)), 0)" },
    { "every event waits for the log and has its salt",
      "SELECT count(*) FROM shienkin.event e WHERE NOT EXISTS (SELECT FROM shienkin.event_pending p WHERE p.event_id = e.id)" },
    { "an incident has one living claim",
      "SELECT count(*) FROM (SELECT incident_id FROM shienkin.claim WHERE state <> 'withdrawn' AND incident_id IS NOT NULL GROUP "
      "BY incident_id HAVING count(*) > 1) x" },
    { "a withdrawn claim owes nothing and says why",
      "SELECT count(*) FROM shienkin.claim c WHERE c.state = 'withdrawn' AND (NOT EXISTS (SELECT FROM shienkin.claim_withdrawal w "
      "WHERE w.claim_id = c.id) OR EXISTS (SELECT FROM shienkin.entitlement_line l WHERE l.claim_id = c.id AND NOT EXISTS "
      "(SELECT FROM shienkin.entitlement_cancellation x WHERE x.line_id = l.id)))" },
    { "facts versions have no gaps",
      "SELECT count(*) FROM (SELECT claim_id FROM shienkin.facts_version GROUP BY claim_id HAVING max(version) <> count(*)) x" },
    { "one check stands for a fact and value",
      "SELECT count(*) FROM (SELECT claim_id, key, value_sha256 FROM shienkin.fact_check f WHERE NOT EXISTS (SELECT FROM "
      "shienkin.fact_check n WHERE n.supersedes = f.id) GROUP BY 1, 2, 3 HAVING count(*) > 1) x" },
    { "asked exactly while a request is open",
      "SELECT count(*) FROM shienkin.claim c WHERE (c.state IN ('info_requested', 'dormant')) AND NOT EXISTS (SELECT FROM "
      "shienkin.information_request r WHERE r.claim_id = c.id AND NOT EXISTS (SELECT FROM shienkin.information_reply a WHERE "
      "a.request_id = r.id))" },
  };
  for (size_t i = 0; i < COUNT_OF(rules); i++) {
    int64_t broken = house_count(h, rules[i].sql);
    if (broken != 0) fail_msg("%lld rows break: %s", (long long)broken, rules[i].about);
  }
}

#endif
