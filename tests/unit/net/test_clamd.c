/* Is a scanner understood, whatever it does: a scripted one on a socket of its own that answers, dribbles, babbles, breaks off
 * and hangs. The words are clamd's own (clamd(8), COMMANDS); the real one is met in tests/service. */
#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "clamd_read.h"

enum { FILE_BYTES = 700000, PIECE_BYTES = 262144 };

/* ---- the scripted scanner: takes one connection */

struct script {
  str says;                     /* with the zero byte, where there is one */
  size_t hears_most;            /* bytes of frames after which it listens no longer; 0: to the end of the stream */
  bool dribbles, hangs;
  int repeats;                  /* how often it says so */
};

struct scanner {
  struct script script;
  int listener;
  char place[64];
  pthread_t thread;
  char command[32];
  char *heard;                  /* what the frames held */
  size_t heard_n;
};

static bool take(int fd, void *out, size_t n) {
  char *at = out;
  for (size_t got = 0; got < n;) {
    ssize_t r = read(fd, at + got, n - got);
    if (r <= 0) return false;
    got += (size_t)r;
  }
  return true;
}

static void hear(struct scanner *s, int fd) {
  size_t most = s->script.hears_most;
  uint32_t length;
  while (take(fd, &length, sizeof length) && ntohl(length) > 0) {
    size_t n = ntohl(length);
    if (most && s->heard_n + n > most) n = most - s->heard_n;
    assert(s->heard_n + n <= FILE_BYTES);
    if (!take(fd, s->heard + s->heard_n, n)) return;
    s->heard_n += n;
    if (most && s->heard_n == most) return;
  }
}

static void say(const struct script *script, int fd) {
  size_t step = script->dribbles ? 1 : script->says.n;
  for (int k = 0; k < script->repeats; k++)
    for (size_t at = 0; at < script->says.n; at += step) {
      if (send(fd, script->says.p + at, step, MSG_NOSIGNAL) < 0) return;
      if (script->dribbles) nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    }
}

static void *serve(void *argument) {
  struct scanner *s = argument;
  int fd = accept(s->listener, NULL, NULL);
  if (fd < 0) return NULL;
  for (size_t n = 0; n < sizeof s->command && take(fd, s->command + n, 1) && s->command[n]; n++) {}
  char rest[4096];
  if (strcmp(s->command, "zINSTREAM") == 0 && !s->script.hangs) hear(s, fd);
  if (s->script.hangs) nanosleep(&(struct timespec){ 0, 400000000 }, NULL);
  say(&s->script, fd);
  if (s->script.hangs)
    while (read(fd, rest, sizeof rest) > 0) {}
  close(fd);
  return NULL;
}

static void listen_at(struct scanner *s, const struct sockaddr *at, socklen_t length) {
  s->listener = socket(at->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(s->listener, at, length), 0);
  assert_int_equal(listen(s->listener, 1), 0);
  assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static struct scanner *scanner_up(struct arena *a, struct script script) {
  struct scanner *s = ARENA_NEW(a, struct scanner);
  char folder[] = "/tmp/clamd-XXXXXX";
  s->script = script;
  s->script.repeats += script.repeats == 0;
  s->heard = arena_alloc(a, FILE_BYTES);
  assert_non_null(mkdtemp(folder));
  snprintf(s->place, sizeof s->place, "%s/socket", folder);
  struct sockaddr_un un = { .sun_family = AF_UNIX };
  snprintf(un.sun_path, sizeof un.sun_path, "%s", s->place);
  listen_at(s, (struct sockaddr *)&un, sizeof un);
  return s;
}

static void scanner_down(struct scanner *s) {
  pthread_join(s->thread, NULL);
  close(s->listener);
  if (s->place[0] != '/') return;
  unlink(s->place);
  *strrchr(s->place, '/') = 0;
  rmdir(s->place);
}

/* ---- what is scanned */

struct bytes { char *p; size_t n, at; result broken; size_t breaks_at; };

static result next_piece(void *context, str *piece) {
  struct bytes *b = context;
  if (b->broken != RESULT_OK && b->at >= b->breaks_at) return b->broken;
  size_t n = b->n - b->at < PIECE_BYTES ? b->n - b->at : PIECE_BYTES;
  *piece = (str){ b->p + b->at, n };
  b->at += n;
  return RESULT_OK;
}

static struct bytes a_file(struct arena *a) {
  struct bytes b = { .p = arena_alloc(a, FILE_BYTES), .n = FILE_BYTES };
  for (size_t i = 0; i < b.n; i++) b.p[i] = (char)(i * 7 + i / 251);
  return b;
}

static struct clamd at(const char *place, int64_t wait_ms) { return (struct clamd){ str_of(place), clock_system(), wait_ms }; }

/* A file is scanned by that scanner to a verdict; what it heard stays to be looked at. */
static struct clamd_said scanned(struct arena *a, struct scanner *s) {
  struct clamd c = at(s->place, 5000);
  struct bytes b = a_file(a);
  struct findings f = findings_in(a);
  struct clamd_said said;
  assert_int_equal(clamd_scan(&c, a, next_piece, &b, &f, &said), RESULT_OK);
  scanner_down(s);
  return said;
}

static void ends_by(struct arena *a, struct script script, int64_t wait_ms, result r, const char *code) {
  struct scanner *s = scanner_up(a, script);
  struct clamd c = at(s->place, wait_ms);
  struct bytes b = a_file(a);
  struct findings f = findings_in(a);
  struct clamd_said said = { CLAMD_FAILED, STR("as it was") };
  assert_int_equal(clamd_scan(&c, a, next_piece, &b, &f, &said), r);
  scanner_down(s);
  assert_int_equal(said.verdict, CLAMD_FAILED);
  assert_string_equal(str_z(a, said.words), "as it was");
  assert_int_equal(f.count, 1);
  assert_string_equal(f.items[0].code, code);
}

static int setup(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}
static int teardown(void **state) {
  arena_free(*state);
  return 0;
}

#define SAYS(text) STR_INIT(text "\0")

static void every_answer_has_its_meaning(void **state) {
  struct arena *a = *state;
  static const struct { str says; enum clamd_verdict verdict; const char *words; } cases[] = {
    { SAYS("stream: OK"), CLAMD_CLEAN, NULL },
    { SAYS("stream: Win.Test.EICAR_HDB-1 FOUND"), CLAMD_FOUND, "Win.Test.EICAR_HDB-1" },
    { SAYS("stream: Eicar-Test-Signature.UNOFFICIAL FOUND"), CLAMD_FOUND, "Eicar-Test-Signature.UNOFFICIAL" },
    { SAYS("stream: A\xff\n\x1b[31mB FOUND"), CLAMD_FOUND, "A???[31mB" },
    { SAYS("stream:  FOUND"), CLAMD_FOUND, "?" },
    { SAYS("INSTREAM size limit exceeded. ERROR"), CLAMD_TOO_LARGE, NULL },
    { SAYS("stream: Can't allocate memory ERROR"), CLAMD_FAILED, "Can't allocate memory" },
    { SAYS("Can't create temporary file. ERROR"), CLAMD_FAILED, "Can't create temporary file." },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct scanner *s = scanner_up(a, (struct script){ .says = cases[i].says });
    struct clamd_said said = scanned(a, s);
    struct bytes b = a_file(a);
    assert_int_equal(said.verdict, cases[i].verdict);
    if (cases[i].words) assert_string_equal(str_z(a, said.words), cases[i].words);
    assert_string_equal(s->command, "zINSTREAM");
    assert_int_equal(s->heard_n, b.n);
    assert_memory_equal(s->heard, b.p, b.n);
  }
}

static void a_long_name_is_cut(void **state) {
  struct arena *a = *state;
  struct clamd_said said;
  assert_true(clamd__said(a, str_format(a, "stream: %0900d FOUND", 1), &said));
  assert_int_equal(said.verdict, CLAMD_FOUND);
  assert_int_equal(said.words.n, CLAMD_NAME_MOST);
}

static void an_answer_before_the_end_is_heard(void **state) {
  struct arena *a = *state;
  struct scanner *s = scanner_up(a, (struct script){ .says = SAYS("INSTREAM size limit exceeded. ERROR"), .hears_most = 4096 });
  struct clamd_said said = scanned(a, s);
  assert_int_equal(said.verdict, CLAMD_TOO_LARGE);
}

static void nothing_is_clean_unseen(void **state) {
  ends_by(*state, (struct script){ .says = SAYS("stream: OK"), .hears_most = 4096 }, 5000, RESULT_OUTSIDE, "net_clamd_answer");
}

static void slow_words_are_words(void **state) {
  struct arena *a = *state;
  struct scanner *s = scanner_up(a, (struct script){ .says = SAYS("stream: Slow.Worm FOUND"), .dribbles = true });
  struct clamd_said said = scanned(a, s);
  assert_string_equal(str_z(a, said.words), "Slow.Worm");
}

static void whoever_is_not_a_scanner_is_told_from_one(void **state) {
  struct arena *a = *state;
  ends_by(a, (struct script){ .says = STR("") }, 5000, RESULT_OUTSIDE, "net_broken");
  ends_by(a, (struct script){ .says = STR("stream: O") }, 5000, RESULT_OUTSIDE, "net_broken");
  ends_by(a, (struct script){ .says = STR("220 mail.example ESMTP\r\n"), .repeats = 1000 }, 5000, RESULT_OUTSIDE, "net_too_large");
  ends_by(a, (struct script){ .says = SAYS("UNKNOWN COMMAND") }, 5000, RESULT_OUTSIDE, "net_clamd_answer");
  ends_by(a, (struct script){ .says = SAYS("OK") }, 5000, RESULT_OUTSIDE, "net_clamd_answer");
  ends_by(a, (struct script){ .says = SAYS("stream: OK FOUND?") }, 5000, RESULT_OUTSIDE, "net_clamd_answer");
}

static void nobody_waits_for_ever(void **state) {
  ends_by(*state, (struct script){ .says = SAYS("stream: OK"), .hangs = true }, 100, RESULT_OUTSIDE, "net_timeout");
}

static void a_scanner_that_is_away_is_told(void **state) {
  struct arena *a = *state;
  struct clamd c = at("/nowhere/at/all/clamd.ctl", 1000), wrong = at("scanner.example:3310", 1000);
  struct findings f = findings_in(a);
  struct clamd_engine engine;
  assert_int_equal(clamd_engine_ask(&c, a, &f, &engine), RESULT_OUTSIDE);
  assert_int_equal(clamd_engine_ask(&wrong, a, &f, &engine), RESULT_OUTSIDE);
  assert_true(findings_has(&f, STR(""), "net_unreachable") && findings_has(&f, STR(""), "net_clamd_place"));
}

static void a_source_that_fails_is_the_callers_own(void **state) {
  struct arena *a = *state;
  struct scanner *s = scanner_up(a, (struct script){ .says = SAYS("stream: OK") });
  struct clamd c = at(s->place, 5000);
  struct bytes b = a_file(a);
  struct findings f = findings_in(a);
  struct clamd_said said;
  b.broken = RESULT_CONFLICT;
  b.breaks_at = PIECE_BYTES;
  assert_int_equal(clamd_scan(&c, a, next_piece, &b, &f, &said), RESULT_CONFLICT);
  scanner_down(s);
  assert_int_equal(f.count, 0);
}

static void loopback_does_too(void **state) {
  struct arena *a = *state;
  struct scanner *s = ARENA_NEW(a, struct scanner);
  struct sockaddr_in four = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  socklen_t length = sizeof four;
  s->script = (struct script){ .says = SAYS("stream: OK"), .repeats = 1 };
  s->heard = arena_alloc(a, FILE_BYTES);
  listen_at(s, (struct sockaddr *)&four, sizeof four);
  assert_int_equal(getsockname(s->listener, (struct sockaddr *)&four, &length), 0);
  snprintf(s->place, sizeof s->place, "127.0.0.1:%u", (unsigned)ntohs(four.sin_port));
  struct clamd_said said = scanned(a, s);
  struct bytes b = a_file(a);
  assert_int_equal(said.verdict, CLAMD_CLEAN);
  assert_memory_equal(s->heard, b.p, b.n);
}

static void only_this_machine_is_a_place(void **state) {
  struct findings f = findings_in(*state);
  static const char *const good[] = { "/run/clamav/clamd.ctl", "127.0.0.1:3310", "127.9.9.9:1", "[::1]:65535" };
  static const char *const bad[] = { "", "clamd.ctl", "localhost:3310", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
                                     "127.0.0.1:-1", "192.0.2.1:3310", "0.0.0.0:3310", "[::]:3310", "::1:3310", "[2001:db8::1]:3310",
                                     "[127.0.0.1]:3310", ":3310", "[]:3310", "127.1:3310" };
  for (size_t i = 0; i < COUNT_OF(good); i++) assert_int_equal(clamd_place_check(str_of(good[i]), &f), RESULT_OK);
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(clamd_place_check(str_of(bad[i]), &f), RESULT_REFUSED);
  char path[200] = "/";
  memset(path + 1, 'x', sizeof path - 2);
  path[108] = 0;                        /* unix(7): 107 characters and the zero byte */
  assert_int_equal(clamd_place_check(str_of(path), &f), RESULT_REFUSED);
  path[107] = 0;
  assert_int_equal(clamd_place_check(str_of(path), &f), RESULT_OK);
}

static void an_engine_says_how_old_its_data_is(void **state) {
  struct arena *a = *state;
  static const struct { str says; const char *name; int64_t data_unix_s; } cases[] = {
    { SAYS("ClamAV 1.4.3/27400/Sun Nov 22 08:30:00 2026"), "ClamAV 1.4.3/27400/Sun Nov 22 08:30:00 2026", 1795305600 },
    { SAYS("ClamAV 0.103.2/26200/Sun Nov  1 08:30:00 2026"), "ClamAV 0.103.2/26200/Sun Nov  1 08:30:00 2026", 1793491200 },
    { SAYS("ClamAV 1.4.6"), "ClamAV 1.4.6", 0 },
    { SAYS("ClamAV 1.4.6/0/"), "ClamAV 1.4.6/0/", 0 },
    { SAYS("ClamAV 1.4.6/1/Sun Non 22 08:30:00 2026"), "ClamAV 1.4.6/1/Sun Non 22 08:30:00 2026", 0 },
    { SAYS("ClamAV 1.4.6/1/Sun Nov 99 08:30:00 2026"), "ClamAV 1.4.6/1/Sun Nov 99 08:30:00 2026", 0 },
    { SAYS("UNKNOWN COMMAND"), NULL, 0 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct scanner *s = scanner_up(a, (struct script){ .says = cases[i].says });
    struct clamd c = at(s->place, 5000);
    struct findings f = findings_in(a);
    struct clamd_engine engine;
    assert_int_equal(clamd_engine_ask(&c, a, &f, &engine), cases[i].name ? RESULT_OK : RESULT_OUTSIDE);
    scanner_down(s);
    assert_string_equal(s->command, "zVERSION");
    if (!cases[i].name) continue;
    assert_string_equal(str_z(a, engine.name), cases[i].name);
    assert_int_equal(engine.data_unix_s, cases[i].data_unix_s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_answer_has_its_meaning, setup, teardown),
    cmocka_unit_test_setup_teardown(a_long_name_is_cut, setup, teardown),
    cmocka_unit_test_setup_teardown(an_answer_before_the_end_is_heard, setup, teardown),
    cmocka_unit_test_setup_teardown(nothing_is_clean_unseen, setup, teardown),
    cmocka_unit_test_setup_teardown(slow_words_are_words, setup, teardown),
    cmocka_unit_test_setup_teardown(whoever_is_not_a_scanner_is_told_from_one, setup, teardown),
    cmocka_unit_test_setup_teardown(nobody_waits_for_ever, setup, teardown),
    cmocka_unit_test_setup_teardown(a_scanner_that_is_away_is_told, setup, teardown),
    cmocka_unit_test_setup_teardown(a_source_that_fails_is_the_callers_own, setup, teardown),
    cmocka_unit_test_setup_teardown(loopback_does_too, setup, teardown),
    cmocka_unit_test_setup_teardown(only_this_machine_is_a_place, setup, teardown),
    cmocka_unit_test_setup_teardown(an_engine_says_how_old_its_data_is, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
