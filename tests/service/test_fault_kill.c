/* fault_kill: the process dies by SIGKILL at a query, or PostgreSQL does, in the middle of one use case of a table. What was
 * committed is there, what was not is not, and the same request under the same key ends it, once. */
#include <signal.h>
#include <time.h>

#include "casework.h"

static struct house house;
static struct casework_places places;
static size_t place;

/* ---- the hook: at the Nth query of the next use case somebody dies */

static struct { uint64_t at, seen; pid_t whom; } death;

static enum store_injury die(void *context, uint64_t nth, const char *statement) {
  (void)context;
  (void)nth;
  (void)statement;
  if (++death.seen == death.at) kill(death.whom, SIGKILL);
  return STORE_UNHURT;
}

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 120);
  casework_restore(&house, 4, (struct store_hook){ die, NULL });
  *state = &house;
  return 0;
}

static int down(void **state) {
  casework_down(*state);
  return 0;
}

/* ---- the plays: how far a claim must have come, the call, and what must be there once it has happened */

struct scene { struct kase k; struct uuid facility, id; size_t place; int64_t imports; };
struct play {
  const char *name, *who;
  void (*prepare)(struct house *h, struct scene *s);
  result (*act)(struct house *h, const struct scene *s, const struct caller *c);
  void (*happened)(struct house *h, const struct scene *s);
};

#define ACT(name, use_case, ...)                                                                      \
  static result name(struct house *h, const struct scene *s, const struct caller *c) {                \
    return HOUSE(h, use_case, c, (&__VA_ARGS__));                                                     \
  }

static void at_facility(struct house *h, struct scene *s) {
  (void)h;
  assert_true(place < places.count);
  s->place = place;
  s->facility = places.ids[place++];
}

static void at_review(struct house *h, struct scene *s) {
  at_facility(h, s);
  s->k = filed_with(h, "clinic-1", s->facility, SCENE_FACTS, NULL);
  taken(h, &s->k, "adjuster-1");
}

static void at_proved(struct house *h, struct scene *s) {
  at_review(h, s);
  proved(h, &s->k, "adjuster-1");
}

static void at_proposed(struct house *h, struct scene *s) {
  at_proved(h, s);
  proposed(h, &s->k, "adjuster-1");
}

/* Paid in full, then no longer closed on any day: the second approval opens a recovery (P20). */
static void at_lowered(struct house *h, struct scene *s) {
  at_proposed(h, s);
  approved(h, &s->k, "approver-1");
  settle_lines(h, &s->k);
  amended(h, &s->k, "{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,\"insider_crime\":false},"
                    "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-04-07\"}}");
  proved(h, &s->k, "adjuster-1");
  proposed(h, &s->k, "adjuster-1");
}

static void at_upload(struct house *h, struct scene *s) {
  at_review(h, s);
  struct caller c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, evidence_begin, &c, (&(struct evidence_begin_request){ .claim = s->k.claim, .name = STR("控え.txt"), .length = 6 })));
  s->id = house_id(h, "/evidence", "evidence");
}

static void at_uploaded(struct house *h, struct scene *s) {
  at_upload(h, s);
  struct caller c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, evidence_append, &c, (&(struct evidence_append_request){ s->id, 0, STR("12345\n") })));
}

static void at_thrown_away(struct house *h, struct scene *s) {
  at_facility(h, s);
  struct caller c = house_keyed(h, "clinic-1", "begin");
  assert_ok(h, HOUSE(h, draft_begin, &c, (&(struct draft_begin_request){ s->facility, STR("online"), NULL })));
  s->k.claim = house_id(h, "/claim", "claim");
  c = house_keyed(h, "clinic-1", "discard");
  assert_ok(h, HOUSE(h, draft_discard, &c, (&(struct claim_request){ s->k.claim })));
}

static void at_import(struct house *h, struct scene *s) {
  at_facility(h, s);
  s->imports = house_count(h, "SELECT count(*) FROM shienkin.roster_import");
}

ACT(file, claim_file,
    (struct file_request){ .facility = s->facility, .channel = STR("online"), .declaration = *casework_declared(),
                           .documents = { .facts = casework_json(h, SCENE_FACTS) } })
/* An append is not remembered under a key: who sends it again is told how far the file has come, and goes on from there. */
static result append(struct house *h, const struct scene *s, const struct caller *c) {
  result r = HOUSE(h, evidence_append, c, (&(struct evidence_append_request){ s->id, 0, STR("12345\n") }));
  if (r != RESULT_CONFLICT || !findings_has(&h->findings, STR("/offset"), "evidence_offset")) return r;
  TRY(HOUSE(h, evidence_offset, c, (&(struct evidence_request){ s->id })));
  return house_int(h, "/offset") == 6 ? RESULT_OK : RESULT_CONFLICT;
}
ACT(finish, evidence_finish, (struct evidence_request){ s->id })
ACT(check, facts_check,
    (struct fact_check_request){ s->k.claim, SERVICE_ANY_VERSION,
                                 &(struct fact_check_item){ .key = STR("/incident/cyber_attack"), .verdict = CHECK_PROVED,
                                                            .reason = STR("記録と照合した。") }, 1 })
ACT(propose, claim_propose, (struct propose_request){ s->k.claim, s->k.version })
ACT(approve, proposal_approve, (struct approve_request){ s->k.claim, s->k.version, s->k.proposal })
ACT(change_payee, payee_change,
    (struct payee_request){ s->k.claim, 0, casework_json(h, "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":"
                                                            "\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"スズキ\"}") })
ACT(import, roster_import,
    (struct roster_import_request){
      .kind = ROSTER_FACILITIES, .file_name = STR("mend.csv"),
      .bytes = str_format(h->arena, "key,kind,name,from,member_number,relation\nS-%04zu,hospital,Hospital,2020-04-01,100001,opens\n", s->place) })

/* A look of the test's own is no query to die at. */
static bool holds_a_key(struct house *h, const struct scene *s) {
  uint64_t at = death.at, seen = death.seen;
  death.at = 0;
  bool holds = casework_count(h, &s->k, "sealing_key") > 0;
  death.at = at;
  death.seen = seen;
  return holds;
}

/* The job passes over what somebody else holds, as the killed one may still do: then it has not ended it yet. Where the
 * database is dead, and only the answer came, nobody can look. */
static result erase_drafts(struct house *h, const struct scene *s, const struct caller *c) {
  struct job_report report;
  (void)c;
  house_begin(h);
  result r = job_erase_drafts(&h->service, 100, &report);
  bool dead = death.at > 0 && death.seen >= death.at;
  if (r != RESULT_OK || dead || !holds_a_key(h, s)) return r;
  return RESULT_CONFLICT;
}

/* ---- once, and whole */

/* `from`: a table of shienkin and its conditions, the last of them on a column of ids. */
static int64_t counted(struct house *h, const char *from, struct uuid id) {
  char text[37];
  uuid_write(id, text);
  return house_count(h, str_z(h->arena, str_format(h->arena, "SELECT count(*) FROM shienkin.%s = '%s'", from, text)));
}

static void is_filed(struct house *h, const struct scene *s) {
  assert_int_equal(counted(h, "claim WHERE facility_id", s->facility), 1);
  assert_int_equal(counted(h, "incident WHERE facility_id", s->facility), 1);
  assert_int_equal(counted(h, "event e JOIN shienkin.claim c ON c.id = e.claim_id WHERE e.type = "
                              "'claim.submitted' AND c.facility_id", s->facility), 1);
}

static void is_appended(struct house *h, const struct scene *s) {
  assert_int_equal(counted(h, "evidence_chunk WHERE evidence_id", s->id), 1);
}

static void is_finished(struct house *h, const struct scene *s) {
  assert_int_equal(counted(h, "evidence_finish WHERE evidence_id", s->id), 1);
  assert_int_equal(counted(h, "event WHERE type = 'evidence.finished' AND subject_id", s->id), 1);
}

static void is_checked(struct house *h, const struct scene *s) { assert_int_equal(casework_count(h, &s->k, "fact_check"), 1); }

static void is_proposed(struct house *h, const struct scene *s) {
  assert_int_equal(casework_count(h, &s->k, "proposal"), 1);
  assert_int_equal(casework_count(h, &s->k, "fact_snapshot"), 1);
}

static void is_decided(struct house *h, const struct scene *s) {
  assert_int_equal(casework_count(h, &s->k, "decision"), 1);
  assert_int_equal(casework_owed(h, &s->k), 300000);
}

static void is_lowered(struct house *h, const struct scene *s) {
  assert_int_equal(casework_count(h, &s->k, "decision"), 2);
  assert_int_equal(casework_count(h, &s->k, "recovery"), 1);
  assert_int_equal(casework_owed(h, &s->k), 100000);
}

static void is_changed(struct house *h, const struct scene *s) {
  assert_int_equal(casework_count(h, &s->k, "payee_version"), 1);
  assert_int_equal(casework_count(h, &s->k, "hold"), 1);        /* another name than the roster's */
}

static void is_imported(struct house *h, const struct scene *s) {
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.roster_import"), s->imports + 1);
  assert_int_equal(counted(h, "facility_version WHERE facility_id", s->facility), 2);
  assert_int_equal(counted(h, "facility_version WHERE known_to IS NULL AND facility_id", s->facility), 1);
}

static void is_erased(struct house *h, const struct scene *s) {
  assert_int_equal(casework_count(h, &s->k, "sealing_key"), 0);
  assert_int_equal(counted(h, "event WHERE type = 'subject.erased' AND subject_id", s->k.claim), 1);
}

static const struct play plays[] = {
  { "claim_file", "clinic-1", at_facility, file, is_filed },
  { "evidence_append", "clinic-1", at_upload, append, is_appended },
  { "evidence_finish", "clinic-1", at_uploaded, finish, is_finished },
  { "facts_check", "adjuster-1", at_review, check, is_checked },
  { "claim_propose", "adjuster-1", at_proved, propose, is_proposed },
  { "proposal_approve", "approver-1", at_proposed, approve, is_decided },
  { "proposal_approve that lowers", "approver-1", at_lowered, approve, is_lowered },
  { "payee_change", "clinic-1", at_review, change_payee, is_changed },
  { "roster_import", "owner-1", at_import, import, is_imported },
  { "job_erase_drafts", "service", at_thrown_away, erase_drafts, is_erased },
};

/* ---- one play: begun, broken off, and sent again */

static void set_up(struct house *h, const struct play *p, struct scene *s, struct caller *c) {
  house_next(h);
  *s = (struct scene){ .place = 0 };
  p->prepare(h, s);
  *c = house_keyed(h, p->who, p->name);
}

/* How many queries it makes when nobody dies; the second time, when the account has its key. */
static uint64_t queries_of(struct house *h, const struct play *p) {
  struct scene s;
  struct caller c;
  uint64_t seen = 0;
  for (int i = 0; i < 2; i++) {
    set_up(h, p, &s, &c);
    death.seen = 0;
    assert_ok(h, p->act(h, &s, &c));
    seen = death.seen;
    p->happened(h, &s);
  }
  return seen;
}

/* The server may not have noticed yet that the first asker is dead, and says so: a client waits a moment and sends the
 * same request again, as it is told. */
static result act_when_free(struct house *h, const struct play *p, const struct scene *s, const struct caller *c) {
  const struct timespec wait_for = { 0, 50 * 1000 * 1000 };
  result r = p->act(h, s, c);
  for (int i = 0; i < 200 && r == RESULT_CONFLICT; i++) {
    if (h->findings.count > 0 && !findings_has(&h->findings, STR(""), "request_in_progress")) break;
    nanosleep(&wait_for, NULL);
    r = p->act(h, s, c);
  }
  return r;
}

static void end_it(struct house *h, const struct play *p, const struct scene *s, const struct caller *c) {
  death.at = 0;
  casework_invariants(h);
  result r = act_when_free(h, p, s, c);
  if (r != RESULT_OK) print_error("%s\n", p->name);
  assert_ok(h, r);
  p->happened(h, s);
  casework_invariants(h);
}

/* ---- the process: a child with a store of its own */

static void live_and_die(struct house *h, const struct play *p, const struct scene *s, const struct caller *c, uint64_t at) {
  h->service.store = casework_store(h, h->arena, 2, (struct store_hook){ die, NULL });
  death.at = at;
  death.seen = 0;
  death.whom = getpid();
  if (h->service.store) (void)p->act(h, s, c);
  _exit(0);                             /* it outlived its last query */
}

static void kill_the_process_at(struct house *h, const struct play *p, uint64_t at, bool must_die) {
  struct scene s;
  struct caller c;
  int status;
  set_up(h, p, &s, &c);
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) live_and_die(h, p, &s, &c, at);
  assert_int_equal(waitpid(child, &status, 0), child);
  if (must_die && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) fail_msg("%s lived through query %d", p->name, (int)at);
  end_it(h, p, &s, &c);
}

/* In the middle, before its last word, at its last (the commit), and behind it. */
static void test_the_process_is_killed(void **state) {
  struct house *h = *state;
  for (size_t i = 0; i < COUNT_OF(plays); i++) {
    uint64_t most = queries_of(h, &plays[i]);
    const uint64_t points[] = { most / 2, most - 1, most, most + 1 };
    for (size_t k = 0; k < COUNT_OF(points); k++)
      if (points[k] > 0) kill_the_process_at(h, &plays[i], points[k], points[k] < most);
  }
}

/* ---- PostgreSQL */

/* The old server's children need a moment to notice; until they are gone the folder is still in use. */
static void raise_again(struct house *h) {
  struct fixture *x = &h->fixture;
  cluster_stop(x->cluster);
  x->cluster = fixture_cluster(x, x->state);
}

static void kill_postgresql_at(struct house *h, const struct play *p, uint64_t at) {
  struct scene s;
  struct caller c;
  set_up(h, p, &s, &c);
  death.at = at;
  death.seen = 0;
  death.whom = cluster_pid(h->fixture.cluster);
  (void)p->act(h, &s, &c);              /* its backend may live long enough to answer */
  death.at = 0;
  raise_again(h);
  end_it(h, p, &s, &c);
}

/* At the commit, where nobody can tell what became of it; the approval in the middle too. */
static void test_postgresql_is_killed(void **state) {
  struct house *h = *state;
  for (size_t i = 0; i < COUNT_OF(plays); i++) {
    uint64_t most = queries_of(h, &plays[i]);
    kill_postgresql_at(h, &plays[i], most);
    if (plays[i].happened == is_decided) kill_postgresql_at(h, &plays[i], most / 2);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_process_is_killed),
    cmocka_unit_test(test_postgresql_is_killed),
  };
  return cmocka_run_group_tests(tests, up, down);
}
