/* scan: finished files before the real clamd (Debian's clamav-daemon) on a socket of its own, with a database of one line that
 * this test writes: no network, no updater. What it finds, what it cannot look at, and what happens while it is away. */
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "claims.h"
#include "files.h"
#include "shienkin/service/jobs.h"

enum { A_MINUTE_S = 60, LARGE_BYTES = 1200000 };        /* more than STREAM_MOST */
#define STREAM_MOST "1M"

static struct house house;
static char folder[128], place[160], temporary[160];
static pid_t scanner;

/* ---- the scanner */

static void write_file(const char *name, const char *text) {
  char path[200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static struct clamd clamd(void) { return (struct clamd){ str_of(place), clock_system(), 10000 }; }

/* It takes a tenth of a second with so small a database. */
static void scanner_up(struct house *h) {
  char configuration[200];
  struct clamd c = clamd();
  struct clamd_engine engine;
  struct findings f = findings_in(h->arena);
  snprintf(configuration, sizeof configuration, "%s/clamd.conf", folder);
  const char *words[] = { "/usr/sbin/clamd", "--config-file", configuration, NULL };
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  assert_int_equal(posix_spawn(&scanner, words[0], &quiet, NULL, (char *const *)(uintptr_t)words, environ), 0);
  posix_spawn_file_actions_destroy(&quiet);
  result r = RESULT_OUTSIDE;
  for (int i = 0; i < 400 && r != RESULT_OK; i++) {
    nanosleep(&(struct timespec){ 0, 25000000 }, NULL);
    r = clamd_engine_ask(&c, h->arena, &f, &engine);
  }
  assert_int_equal(r, RESULT_OK);
  assert_true(str_starts(engine.name, STR("ClamAV ")));
}

static void scanner_down(void) {
  kill(scanner, SIGKILL);
  waitpid(scanner, NULL, 0);
  unlink(place);
}

static int up(void **state) {
  char configuration[800];
  house.fixture.quiet = true;             /* it makes its faults itself */
  house_up(&house);
  snprintf(folder, sizeof folder, "%s/clamd", house.fixture.folder);
  snprintf(place, sizeof place, "%s/socket", folder);
  snprintf(temporary, sizeof temporary, "%s/temporary", folder);
  assert_int_equal(mkdir(folder, 0755), 0);
  assert_int_equal(mkdir(temporary, 0755), 0);
  snprintf(configuration, sizeof configuration,
           "Foreground yes\nLocalSocket %s\nDatabaseDirectory %s\nTemporaryDirectory %s\nStreamMaxLength " STREAM_MOST "\n", place, folder,
           temporary);
  write_file("clamd.conf", configuration);
  /* The SHA-256 of the file that every scanner is tried with (EICAR), its length, a name. */
  write_file("one.hsb", "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f:68:Eicar-Test-Signature\n");
  scanner_up(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  scanner_down();
  house_down(*state);
  return 0;
}

static int next(void **state) {
  struct house *h = *state;
  house_next(h);
  h->service.scans = true;
  return 0;
}

/* ---- files, runs, what is told */

/* In two pieces, so that this file is none itself. */
static const str harmful = STR_INIT("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" "EICAR-STANDARD-" "ANTIVIRUS-TEST-FILE!$H+H*");

static struct uuid a_file(struct house *h, struct uuid claim, const char *name, str bytes) {
  assert_ok(h, sent(h, claim, name, bytes));
  return house_id(h, "/evidence", "evidence");
}

static result run(struct house *h, struct job_report *report) {
  struct clamd c = clamd();
  return job_scan_evidence(&h->service, &c, 100, report);
}

static void runs(struct house *h, int64_t done, int64_t failed) {
  struct job_report report;
  assert_int_equal(run(h, &report), RESULT_OK);
  assert_int_equal(report.done, done);
  assert_int_equal(report.failed, failed);
}

/* As whoever sent it asks for the one file. */
static const char *state_of(struct house *h, struct uuid file) {
  struct caller c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, evidence_offset, &c, (&(struct evidence_request){ file })));
  return str_z(h->arena, house_text(h, "/scan/state"));
}

static int64_t turns(struct house *h, const char *where) {
  return house_count(h, str_z(h->arena, str_format(h->arena, "SELECT count(*) FROM shienkin.evidence_scan_turn WHERE %s", where)));
}

static void test_verdicts(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h), clean = a_file(h, claim, "clean.pdf", a_pdf(h, 600000));
  struct uuid infected = a_file(h, claim, "harmful.txt", harmful), large = a_file(h, claim, "large.pdf", a_pdf(h, LARGE_BYTES));
  assert_string_equal(state_of(h, clean), "waiting");
  h->service.scans = false;
  assert_string_equal(state_of(h, clean), "none");
  h->service.scans = true;
  runs(h, 3, 0);
  assert_string_equal(state_of(h, clean), "clean");
  assert_true(str_starts(house_text(h, "/scan/engine"), STR("ClamAV ")));
  assert_string_equal(state_of(h, large), "unscannable");
  assert_string_equal(state_of(h, infected), "infected");
  assert_string_equal(str_z(h->arena, house_text(h, "/scan/signature")), "Eicar-Test-Signature.UNOFFICIAL");

  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, evidence_list, &c, (&(struct evidence_list_request){ claim })));
  assert_string_equal(str_z(h->arena, house_text(h, "/files/0/scan/state")), "clean");
  assert_string_equal(str_z(h->arena, house_text(h, "/files/1/scan/state")), "infected");
  assert_string_equal(str_z(h->arena, house_text(h, "/files/2/scan/state")), "unscannable");

  /* Nobody opens what is infected, neither whole nor by a piece; what could not be scanned opens, and says so. */
  static const char *const readers[] = { "adjuster-1", "clinic-1", "auditor-1" };
  for (size_t i = 0; i < COUNT_OF(readers); i++) {
    c = house_caller(h, readers[i]);
    assert_conflict(h, HOUSE(h, evidence_open, &c, (&(struct evidence_request){ infected })), 409, "evidence_infected");
  }
  struct evidence_bytes_request piece = { infected, 0 };
  house_begin(h);
  assert_int_equal(evidence_bytes(&h->service, &c, h->arena, &piece, &h->findings, &h->answer), RESULT_CONFLICT);
  assert_ok(h, HOUSE(h, evidence_open, &c, (&(struct evidence_request){ large })));
  assert_string_equal(str_z(h->arena, house_text(h, "/scan/state")), "unscannable");

  /* Each verdict is a row and an event of the service's own; nothing waits, and a second run looks at nothing. */
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_scan s JOIN shienkin.event e ON e.subject_id = s.evidence_id "
                                  "JOIN shienkin.person p ON p.id = e.by_person AND p.kind = 'service' WHERE e.type = 'evidence.scanned'"),
                   3);
  assert_int_equal(turns(h, "due_at IS NOT NULL"), 0);
  runs(h, 0, 0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_scan"), 3);
}

static void test_longest_waiting_first(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h), first = a_file(h, claim, "first.txt", STR("first\n"));
  h->fixture.now_us += 1000000;
  struct uuid second = a_file(h, claim, "second.txt", STR("second\n"));
  struct clamd c = clamd();
  struct job_report report;
  assert_int_equal(job_scan_evidence(&h->service, &c, 1, &report), RESULT_OK);
  assert_int_equal(report.done, 1);
  assert_string_equal(state_of(h, first), "clean");
  assert_string_equal(state_of(h, second), "waiting");
  runs(h, 1, 0);
}

/* While it is away nothing counts as tried, and nothing is lost. */
static void test_away(void **state) {
  struct house *h = *state;
  struct uuid file = a_file(h, a_draft(h), "a.txt", STR("a\n"));
  struct job_report report;
  scanner_down();
  for (int i = 0; i < 2 * SCAN_MOST_TRIES; i++) {
    assert_int_equal(run(h, &report), RESULT_OUTSIDE);
    h->fixture.now_us += INT64_C(3600) * 1000000;
  }
  assert_int_equal(turns(h, "due_at IS NOT NULL AND tries = 0"), 1);
  assert_string_equal(state_of(h, file), "waiting");
  scanner_up(h);
  runs(h, 1, 0);
  assert_string_equal(state_of(h, file), "clean");
}

static result take_and_die(struct tx *tx, void *context) {
  struct evidence_scan_turn_row *turn = context;
  TRY(store_evidence_scan_take(tx, turn));
  turn->tries++;
  turn->due_at = tx_at(tx) + INT64_C(600) * 1000000;
  store_evidence_scan_turn(tx, turn);
  return RESULT_OK;
}

/* What one instance took no other takes; where it died meanwhile, its lease runs out, and its late word moves nothing. */
static void test_lease(void **state) {
  struct house *h = *state;
  struct uuid file = a_file(h, a_draft(h), "a.txt", STR("a\n"));
  struct evidence_scan_turn_row turn;
  house_does(h, "service", take_and_die, &turn);
  assert_true(uuid_eq(turn.evidence_id, file));
  runs(h, 0, 0);
  h->fixture.now_us += INT64_C(601) * 1000000;
  runs(h, 1, 0);
  assert_string_equal(state_of(h, file), "clean");
  assert_int_equal(turns(h, "due_at IS NULL AND tries = 2"), 1);
}

/* Says "OK" as soon as it was asked, and only then listens. */
static void *answer_blindly(void *listener) {
  static const str answers[] = { STR_INIT("ClamAV 1.4.3\0"), STR_INIT("stream: OK\0") };
  for (size_t i = 0; i < COUNT_OF(answers); i++) {
    char heard[4096] = "?";
    int fd = accept(*(const int *)listener, NULL, NULL);
    while (heard[0] && read(fd, heard, 1) == 1) {}
    send(fd, answers[i].p, answers[i].n, MSG_NOSIGNAL);
    while (read(fd, heard, sizeof heard) > 0) {}
    close(fd);
  }
  return NULL;
}

/* A verdict on what was not seen is none: the file, greater than any socket's buffer, waits on. */
static void test_blind(void **state) {
  struct house *h = *state;
  struct uuid file = a_file(h, a_draft(h), "a.pdf", a_pdf(h, 900000));
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  struct job_report report;
  pthread_t blind;
  scanner_down();
  assert_true(strlen(place) < sizeof at.sun_path);
  memcpy(at.sun_path, place, strlen(place));
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
  assert_int_equal(listen(listener, 1), 0);
  assert_int_equal(pthread_create(&blind, NULL, answer_blindly, &listener), 0);
  result r = run(h, &report);
  shutdown(listener, SHUT_RDWR);
  pthread_join(blind, NULL);
  close(listener);
  unlink(place);
  scanner_up(h);
  assert_int_equal(r, RESULT_OUTSIDE);
  assert_int_equal(report.failed, 1);
  assert_string_equal(state_of(h, file), "waiting");
  h->fixture.now_us += INT64_C(60) * 1000000;
  runs(h, 1, 0);
  assert_string_equal(state_of(h, file), "clean");
}

/* A scanner that cannot write what it is given breaks off at each file: pauses grow to six hours, and after a day nobody waits for it
 * any more. */
static void test_failing(void **state) {
  struct house *h = *state;
  struct uuid file = a_file(h, a_draft(h), "a.txt", STR("a\n"));
  struct job_report report;
  assert_int_equal(rmdir(temporary), 0);
  for (int64_t i = 1, minutes = 1; i < SCAN_MOST_TRIES; i++) {
    assert_int_equal(run(h, &report), RESULT_OUTSIDE);
    assert_int_equal(report.failed, 1);
    assert_string_equal(state_of(h, file), "waiting");
    h->fixture.now_us += (minutes * A_MINUTE_S - 1) * 1000000;
    runs(h, 0, 0);
    h->fixture.now_us += INT64_C(1) * 1000000;
    minutes = 2 * minutes < 360 ? 2 * minutes : 360;
  }
  runs(h, 0, 1);
  assert_string_equal(state_of(h, file), "unscannable");
  runs(h, 0, 0);
  assert_int_equal(mkdir(temporary, 0755), 0);
}

/* Each query of a run fails once, or its connection is cut there: in the end the file has one verdict, told once. */
static void cut_anywhere(struct house *h, enum store_injury injury) {
  struct job_report report;
  bool reached = true;
  for (uint64_t n = 1; reached; n++) {
    struct uuid file = a_file(h, a_draft(h), "a.txt", STR("a\n"));
    house_begin(h);
    h->injury = injury;
    h->fail_at = n;
    result first = run(h, &report);
    reached = h->seen >= n;
    h->fail_at = 0;
    assert_true(reached || first == RESULT_OK);
    h->fixture.now_us += INT64_C(601) * 1000000;
    assert_int_equal(run(h, &report), RESULT_OK);
    assert_string_equal(state_of(h, file), "clean");
  }
  assert_int_equal(house_count(h, "SELECT count(*) FROM (SELECT FROM shienkin.evidence_scan GROUP BY evidence_id HAVING count(*) > 1) twice"),
                   0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM (SELECT FROM shienkin.event WHERE type = 'evidence.scanned' GROUP BY subject_id "
                                  "HAVING count(*) > 1) twice"),
                   0);
}

static void test_failing_anywhere(void **state) { cut_anywhere(*state, STORE_FAIL); }
static void test_cut_anywhere(void **state) { cut_anywhere(*state, STORE_CUT_AFTER); }

static void test_erased(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  a_file(h, claim, "a.txt", STR("a\n"));
  struct caller c = house_keyed(h, "clinic-1", "discard");
  struct claim_request r = { claim };
  struct job_report report;
  assert_ok(h, HOUSE(h, draft_discard, &c, &r));
  assert_int_equal(job_erase_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_chunk c JOIN shienkin.evidence_scan_turn t USING (evidence_id) "
                                  "WHERE t.due_at IS NOT NULL"),
                   0);
  assert_int_equal(turns(h, "due_at IS NOT NULL"), 1);
  int64_t before = house_count(h, "SELECT count(*) FROM shienkin.evidence_scan");
  runs(h, 0, 0);
  assert_int_equal(turns(h, "due_at IS NOT NULL"), 0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_scan"), before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_verdicts, next), cmocka_unit_test_setup(test_longest_waiting_first, next),
    cmocka_unit_test_setup(test_away, next),     cmocka_unit_test_setup(test_lease, next),
    cmocka_unit_test_setup(test_failing, next),  cmocka_unit_test_setup(test_erased, next),
    cmocka_unit_test_setup(test_blind, next),
    cmocka_unit_test_setup(test_failing_anywhere, next), cmocka_unit_test_setup(test_cut_anywhere, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
