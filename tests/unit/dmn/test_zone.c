/* TZif bytes as a stranger might make them: nothing may be read beyond their end, whatever they claim. */
#include "fixture.h"

#include "value/zone.h"
#include "value/zone_rule.h"

static str tokyo(void) { return fixture_zone(NULL, STR("Asia/Tokyo")); }

/* A copy in memory of exactly its size, so that the sanitizer sees a step beyond. */
static struct dmn_named_zone *read_cut(str bytes, size_t n) {
  char *copy = mem_alloc(n + (n == 0));
  if (n > 0) memcpy(copy, bytes.p, n);
  arena_defer(fixture.arena, mem_free, copy);
  return zone__read(fixture.arena, STR("X"), (str){ copy, n });
}

static void every_cut_file_is_refused_or_read(void **state) {
  (void)state;
  str bytes = tokyo();
  assert_true(bytes.n > 100);
  for (size_t n = 0; n < bytes.n; n++) {
    struct dmn_named_zone *z = read_cut(bytes, n);
    if (z == NULL) continue;
    zone__offset_at(z, INT64_C(4000000000));
    zone__offset_at(z, INT64_C(-4000000000));
  }
  assert_non_null(read_cut(bytes, bytes.n));
}

static void every_changed_byte_is_survived(void **state) {
  (void)state;
  str bytes = tokyo();
  for (size_t i = 0; i < bytes.n; i++) {
    for (unsigned bit = 0; bit < 8; bit++) {
      str copy = str_copy(fixture.arena, bytes);
      ((char *)(uintptr_t)copy.p)[i] = (char)(copy.p[i] ^ (char)(1u << bit));
      struct dmn_named_zone *z = read_cut(copy, copy.n);
      if (z == NULL) continue;
      for (int64_t t = -3000000000; t < 6000000000; t += 997000000) zone__offset_local(z, t, false);
    }
  }
}

static int32_t rule_at(const char *rule, int64_t utc_s) {
  struct zone_rule r;
  assert_true(zone__rule_read(str_of(rule), &r));
  return zone__rule_offset(&r, utc_s);
}

/* 2026-01-01T00:00:00Z is 1767225600; days are counted from there. */
static void rules_work_out_their_year(void **state) {
  (void)state;
  const int64_t year = 1767225600, day = 86400;
  assert_int_equal(rule_at("JST-9", year), 32400);
  assert_int_equal(rule_at("<+0330>-3:30", year), 12600);
  /* The last Sunday of March 2026 is the 29th, day 87; clocks change at 01:00 UTC. */
  assert_int_equal(rule_at("CET-1CEST,M3.5.0,M10.5.0/3", year + 87 * day + 3599), 3600);
  assert_int_equal(rule_at("CET-1CEST,M3.5.0,M10.5.0/3", year + 87 * day + 3600), 7200);
  /* In the south summer lies across the new year. */
  assert_int_equal(rule_at("AEST-10AEDT,M10.1.0,M4.1.0/3", year), 39600);
  assert_int_equal(rule_at("AEST-10AEDT,M10.1.0,M4.1.0/3", year + 181 * day), 36000);
  /* J60 is 1 March in every year; 59 counts a leap day, which 2026 has not: also 1 March. */
  assert_int_equal(rule_at("AAA0BBB,J60/0,J90/0", year + 59 * day), 3600);
  assert_int_equal(rule_at("AAA0BBB,J60/0,J90/0", year + 59 * day - 1), 0);
  assert_int_equal(rule_at("AAA0BBB,59/0,89/0", year + 59 * day), 3600);
  /* Hours beyond a day (RFC 8536): the rule of Nuuk changes on the Saturday before. */
  assert_int_equal(rule_at("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", year + 87 * day + 3600), -3600);
  assert_int_equal(rule_at("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", year + 87 * day + 3599), -7200);
}

static void malformed_rules_are_refused(void **state) {
  (void)state;
  static const char *const wrong[] = { "",
                                       "JST",
                                       "J-9",
                                       "<+09-9",
                                       "CET-1CEST,M3.5.0",
                                       "CET-1CEST,M13.5.0,M10.5.0",
                                       "CET-1CEST,M3.6.0,M10.5.0",
                                       "CET-1CEST,M3.5.7,M10.5.0",
                                       "CET-1CEST,M3.5.0,M10.5.0x",
                                       "CET-999",
                                       "CET-1CEST,J0,J5",
                                       "CET-1CEST,366,5",
                                       "CET-1CEST" };
  struct zone_rule r;
  for (size_t i = 0; i < COUNT_OF(wrong); i++)
    if (zone__rule_read(str_of(wrong[i]), &r)) fail_msg("\"%s\" is taken for a rule", wrong[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(every_cut_file_is_refused_or_read),
    TEST(every_changed_byte_is_survived),
    TEST(rules_work_out_their_year),
    TEST(malformed_rules_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
