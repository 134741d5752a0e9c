/* The small parts: cursors, the growing delay, metrics, the table of problems. */
#include "cursor.h"
#include "fixture.h"
#include "throttle.h"

/* ---- cursors */

static void cursors_come_back(void **state) {
  struct fixture *x = *state;
  struct json_member members[] = { { STR("b"), json_of_str(STR("あ")) }, { STR("a"), json_of_int(x->arena, -7) } };
  struct json position = json_of_object(members, 2), again;
  str cursor = http__cursor_write(x->arena, STR("key"), STR("list"), STR("acc-1"), &position);
  assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("list"), STR("acc-1"), cursor, &again), RESULT_OK);
  assert_true(json_same(&position, &again));
  SAME(http_percent_encode(x->arena, str_slice(cursor, 0, 4)), "eyJh"); /* {"a: canonical, so a comes first */
}

static void cursors_of_others_do_not(void **state) {
  struct fixture *x = *state;
  struct json position = json_of_int(x->arena, 1), again;
  str c = http__cursor_write(x->arena, STR("key"), STR("list"), STR("acc-1"), &position);
  assert_int_equal(http__cursor_read(x->arena, STR("yek"), STR("list"), STR("acc-1"), c, &again), RESULT_REFUSED);
  assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("tsil"), STR("acc-1"), c, &again), RESULT_REFUSED);
  assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("list"), STR("acc-2"), c, &again), RESULT_REFUSED);
  /* Where one part ends and the next begins is part of what is signed. */
  assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("lis"), STR("t\nacc-1"), c, &again), RESULT_REFUSED);
  for (size_t i = 0; i < c.n; i++) {
    char *changed = (char *)(uintptr_t)str_copy(x->arena, c).p;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("list"), STR("acc-1"), (str){ changed, c.n }, &again),
                     RESULT_REFUSED);
    assert_int_equal(http__cursor_read(x->arena, STR("key"), STR("list"), STR("acc-1"), str_slice(c, 0, i), &again),
                     RESULT_REFUSED);
  }
}

/* ---- the growing delay */

enum { SECOND = 1000000 };

static void delay_grows_and_ends(void **state) {
  (void)state;
  uint64_t seed = 1;
  struct randomness r = randomness_seeded(&seed);
  struct throttle *t = throttle__new(&r);
  int64_t now = 1000 * (int64_t)SECOND;
  static const int64_t expected_s[] = { 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 };
  for (size_t i = 0; i < COUNT_OF(expected_s); i++) {
    throttle__failed(t, STR("account:1"), now);
    assert_int_equal(throttle__wait_s(t, STR("account:1"), now), expected_s[i]);
    assert_int_equal(throttle__wait_s(t, STR("account:2"), now), 0);
    now += expected_s[i] * SECOND;
    assert_int_equal(throttle__wait_s(t, STR("account:1"), now), 0);
  }
  throttle__failed(t, STR("account:1"), now);
  assert_int_equal(throttle__wait_s(t, STR("account:1"), now + 3600 * (int64_t)SECOND), 0);
  throttle__failed(t, STR("account:1"), now + 3601 * (int64_t)SECOND); /* an hour later it begins anew */
  assert_int_equal(throttle__wait_s(t, STR("account:1"), now + 3601 * (int64_t)SECOND), 0);
  throttle__free(t);
}

static void success_forgives(void **state) {
  (void)state;
  uint64_t seed = 2;
  struct randomness r = randomness_seeded(&seed);
  struct throttle *t = throttle__new(&r);
  for (int i = 0; i < 5; i++) throttle__failed(t, STR("a"), 0);
  assert_true(throttle__wait_s(t, STR("a"), 0) > 0);
  throttle__passed(t, STR("a"), 0);
  assert_int_equal(throttle__wait_s(t, STR("a"), 0), 0);
  throttle__failed(t, STR("a"), 0);
  assert_int_equal(throttle__wait_s(t, STR("a"), 0), 0);
  throttle__free(t);
}

/* A flood of other keys takes no more memory, and those used last are still known. */
static void table_is_bounded(void **state) {
  struct fixture *x = *state;
  uint64_t seed = 3;
  struct randomness r = randomness_seeded(&seed);
  struct throttle *t = throttle__new(&r);
  for (int64_t i = 0; i < 50000; i++) throttle__failed(t, str_format(x->arena, "address:%lld", (long long)i), i);
  for (int i = 0; i < 3; i++) throttle__failed(t, STR("account:last"), 50001);
  assert_int_equal(throttle__wait_s(t, STR("account:last"), 50001), 1);
  throttle__free(t);
}

/* ---- the even rate */

/* A minute's worth at once, then one as each second passes; who waits as told is let in, and no key pays for another. */
static void rate_is_kept(void **state) {
  (void)state;
  uint64_t seed = 4;
  struct randomness r = randomness_seeded(&seed);
  struct throttle *t = throttle__new(&r);
  int64_t now = 1000 * (int64_t)SECOND;
  for (int i = 0; i < 60; i++) assert_int_equal(throttle__take(t, STR("a"), 60, now), 0);
  for (int i = 0; i < 3; i++) assert_int_equal(throttle__take(t, STR("a"), 60, now), 1); /* asking in vain costs nothing */
  assert_int_equal(throttle__take(t, STR("b"), 60, now), 0);
  assert_int_equal(throttle__take(t, STR("a"), 60, now + SECOND - 1), 1);
  assert_int_equal(throttle__take(t, STR("a"), 60, now + SECOND), 0);
  assert_int_equal(throttle__take(t, STR("a"), 60, now + SECOND), 1);
  now += 61 * (int64_t)SECOND; /* after a minute's rest all of it again, and no more than that */
  for (int i = 0; i < 60; i++) assert_int_equal(throttle__take(t, STR("a"), 60, now), 0);
  assert_int_equal(throttle__take(t, STR("a"), 60, now), 1);
  for (int i = 0; i < 2; i++) assert_int_equal(throttle__take(t, STR("slow"), 2, now), 0);
  assert_int_equal(throttle__take(t, STR("slow"), 2, now), 30);
  throttle__free(t);
}

/* ---- metrics: the text format 0.0.4 and OpenMetrics 1.0 */

static const struct metric_family jobs = { "jobs_total", METRIC_COUNTER, "Jobs." };
static const struct metric_family took = { "took_seconds", METRIC_SECONDS, "Time." };
static const struct metric_family size = { "size_bytes", METRIC_GAUGE, "Size." };

static int64_t seven(void *context) {
  (void)context;
  return 7;
}

static void counted(void **state) {
  struct fixture *x = *state;
  struct metrics *m = metrics_new();
  int a = metrics_series(m, &jobs, "kind=\"a\""), d = metrics_series(m, &took, ""),
      b = metrics_series(m, &jobs, "kind=\"b\"");
  int g = metrics_series(m, &size, "of=\"x\"");
  metrics_gauge_asked(m, &size, "of=\"y\"", seven, NULL);
  metrics_add(m, a, 2);
  metrics_add(m, b, 1);
  metrics_set(m, g, 5);
  metrics_change(m, g, -8);
  metrics_observe_us(m, d, 1000); /* on the edge: le="0.001" */
  metrics_observe_us(m, d, 1001);
  metrics_observe_us(m, d, 31000000);
  str text = metrics_render(x->arena, m, false);
  static const char *const lines[] = {
    "# TYPE jobs_total counter\njobs_total{kind=\"a\"} 2\njobs_total{kind=\"b\"} 1\n", /* a family stands together */
    "# TYPE took_seconds histogram\ntook_seconds_bucket{le=\"0.001\"} 1\ntook_seconds_bucket{le=\"0.002\"} 2\n",
    "took_seconds_bucket{le=\"30.0\"} 2\ntook_seconds_bucket{le=\"+Inf\"} 3\ntook_seconds_sum 31.002001\ntook_seconds_count 3\n",
    "size_bytes{of=\"x\"} -3\nsize_bytes{of=\"y\"} 7\n",
  };
  for (size_t i = 0; i < COUNT_OF(lines); i++) assert_true(str_find(text, str_of(lines[i])) >= 0);
  str open = metrics_render(x->arena, m, true);
  assert_true(str_find(open, STR("# TYPE jobs counter\njobs_total{kind=\"a\"} 2\n")) >= 0);
  assert_true(str_find(open, STR("# UNIT took_seconds seconds\n")) >= 0);
  assert_true(str_ends(open, STR("\n# EOF\n")));
  metrics_free(m);
}

static void many_series(void **state) {
  struct fixture *x = *state;
  struct metrics *m = metrics_new();
  for (int i = 0; i < 500; i++) {
    int made = metrics_series(m, &jobs, str_z(x->arena, str_format(x->arena, "n=\"%d\"", i)));
    metrics_add(m, made, (uint64_t)i);
    assert_int_equal(metrics_value(m, made), i);
  }
  assert_true(str_find(metrics_render(x->arena, m, false), STR("jobs_total{n=\"499\"} 499\n")) >= 0);
  metrics_free(m);
}

/* ---- problems */

static void problems_are_whole(void **state) {
  (void)state;
  for (size_t i = 0; i < http_problems.count; i++) {
    const struct http_problem *p = http_problems.rows[i];
    assert_in_range(p->status, 400, 599);
    assert_true(p->title_ja[0] && p->title_en[0] && p->detail_ja[0] && p->detail_en[0]);
    assert_true(utf8_valid(str_of(p->title_ja), NULL) && utf8_valid(str_of(p->detail_ja), NULL));
    for (const char *c = p->code; *c; c++) assert_true((*c >= 'a' && *c <= 'z') || *c == '_');
    bool same_places =
        (str_find(str_of(p->detail_ja), STR("{0}")) >= 0) == (str_find(str_of(p->detail_en), STR("{0}")) >= 0);
    assert_true(same_places);
    for (size_t k = 0; k < i; k++) assert_string_not_equal(p->code, http_problems.rows[k]->code);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(cursors_come_back),    TEST_WITH_FIXTURE(cursors_of_others_do_not),
    TEST_WITH_FIXTURE(delay_grows_and_ends), TEST_WITH_FIXTURE(success_forgives),
    TEST_WITH_FIXTURE(table_is_bounded),     TEST_WITH_FIXTURE(rate_is_kept),
    TEST_WITH_FIXTURE(counted),              TEST_WITH_FIXTURE(many_series),
    TEST_WITH_FIXTURE(problems_are_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
