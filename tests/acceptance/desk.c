#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void print_findings(const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) fprintf(stderr, "%.*s [%s]\n", STR_ARG(f->items[i].en), f->items[i].code);
}

void desk_open(struct desk *d) {
  d->arena = arena_new(0);
  assert_non_null(d->arena);
  d->findings = findings_in(d->arena);
  result read = scheme_rules_read(d->arena, SOURCE_DIR "/rules/cyber-support", &d->findings, &d->sets);
  print_findings(&d->findings);
  assert_int_equal(read, RESULT_OK);
  d->decider = scheme_decider_new(&d->sets, calendar_national());
  assert_non_null(d->decider);
}

void desk_close(struct desk *d) {
  scheme_decider_free(d->decider);
  scheme_rules_free(&d->sets);
  arena_free(d->arena);
}

struct decision desk_decide(struct desk *d, const struct facts *facts) {
  struct decision out;
  result decided = scheme_decide(d->decider, facts, &d->findings, &out);
  if (decided != RESULT_OK) print_findings(&d->findings);
  assert_int_equal(decided, RESULT_OK);
  return out;
}

/* ---- agreement with the oracle */

static void print_words(const char *name, const struct words *w) {
  fprintf(stderr, " %s[", name);
  for (uint32_t i = 0; i < w->count; i++) fprintf(stderr, "%.*s ", STR_ARG(w->items[i]));
  fprintf(stderr, "]");
}

static bool same_words(struct words got, const char *const *expected, int count) {
  if (got.count != (uint32_t)count) return false;
  for (int i = 0; i < count; i++)
    if (!str_eq(got.items[i], str_of(expected[i]))) return false;
  return true;
}

static bool same_item(const struct item_decision *got, const struct oracle_item *expected) {
  return got->outcome == expected->outcome && got->amount_yen == expected->amount_yen &&
         got->potential_yen == expected->potential_yen && same_words(got->reasons, expected->reasons, expected->reason_count) &&
         same_words(got->missing, expected->missing, expected->missing_count) &&
         same_words(got->any_of, expected->any_of, expected->any_of_count);
}

static void print_item(const struct item_decision *got, const struct oracle_item *expected) {
  fprintf(stderr, "  %s %lld/%lld", scheme_outcome_code(got->outcome).p, (long long)got->amount_yen, (long long)got->potential_yen);
  print_words("reasons", &got->reasons);
  print_words("missing", &got->missing);
  print_words("any_of", &got->any_of);
  fprintf(stderr, "  but expected %s %lld/%lld, %d reasons, %d missing, %d any_of\n", scheme_outcome_code(expected->outcome).p,
          (long long)expected->amount_yen, (long long)expected->potential_yen, expected->reason_count,
          expected->missing_count, expected->any_of_count);
}

static void print_facts(const struct facts *f) {
  fprintf(stderr, "facts: occurred_on %lld attack %d insider %d class %d relation %d kind %d leak %d caused %d mhlw %d jma %d "
          "ppc %d measures %d notified %d closures %u weekdays %02x\n", (long long)f->incident.occurred_on,
          (int)f->incident.cyber_attack, (int)f->incident.insider_crime, (int)f->member.class, (int)f->member.relation,
          (int)f->facility.kind, (int)f->leak.occurred, (int)f->leak.caused_by_attack, f->filings.mhlw_on != DAY_NONE,
          f->filings.jma_on != DAY_NONE, f->filings.ppc_on != DAY_NONE, (int)f->filings.ppc_prevention_measures,
          f->filings.persons_notified_on != DAY_NONE, f->closure_count, f->facility.closed_weekdays);
  for (uint32_t i = 0; i < f->closure_count; i++)
    fprintf(stderr, "  closure %lld..%lld scope %d\n", (long long)f->closures[i].from, (long long)f->closures[i].to,
            (int)f->closures[i].scope);
}

void desk_agree(struct desk *d, const struct facts *facts) {
  struct decision got = desk_decide(d, facts);
  struct oracle_decision expected = oracle_decide(facts, calendar_national());
  bool same = got.outcome == expected.outcome && got.total_yen == expected.total_yen &&
              got.potential_total_yen == expected.potential_total_yen && got.claimed_days == expected.claimed_days &&
              got.closed_days == expected.closed_days && same_words(got.reasons, expected.reasons, expected.reason_count);
  for (int i = 0; i < ITEM_COUNT; i++) same = same && same_item(&got.items[i], &expected.items[i]);
  if (same) return;
  print_facts(facts);
  fprintf(stderr, "got %s total %lld/%lld days %lld/%lld, expected %s total %lld/%lld days %lld/%lld\n",
          scheme_outcome_code(got.outcome).p, (long long)got.total_yen, (long long)got.potential_total_yen,
          (long long)got.closed_days, (long long)got.claimed_days, scheme_outcome_code(expected.outcome).p,
          (long long)expected.total_yen, (long long)expected.potential_total_yen, (long long)expected.closed_days,
          (long long)expected.claimed_days);
  for (int i = 0; i < ITEM_COUNT; i++) print_item(&got.items[i], &expected.items[i]);
  fail_msg("the rules and the oracle disagree");
}

/* ---- facts */

struct facts desk_sound_facts(void) {
  day occurred_on = day_from_civil(2026, 5, 11);
  return (struct facts){
    .incident = { occurred_on, DAY_NONE, TRI_YES, TRI_NO, ATTACK_RANSOMWARE, STR_NONE },
    .member = { STR_NONE, CLASS_A1, RELATION_OPENS },
    .facility = { .kind = FACILITY_CLINIC },
    .leak = { TRI_NO, TRI_UNKNOWN, -1 },
    .filings = { DAY_NONE, occurred_on + 1, DAY_NONE, DAY_NONE, TRI_UNKNOWN },
  };
}

static uint64_t below(const struct randomness *r, uint64_t bound) { return randomness_below(r, bound); }
static enum tri any_tri(const struct randomness *r) { return (enum tri)below(r, 3); }
static day maybe_day(const struct randomness *r, day from) { return below(r, 2) ? DAY_NONE : from + (day)below(r, 60); }

static const day *random_days(struct arena *a, const struct randomness *r, day around, uint32_t *count) {
  *count = (uint32_t)below(r, 4);
  day *days = ARENA_ARRAY(a, day, *count);
  for (uint32_t i = 0; i < *count; i++) days[i] = around + (day)below(r, 25) + (day)i * 25 - 10;
  return days;
}

struct facts desk_random_facts(struct arena *a, uint64_t *seed) {
  struct randomness r = randomness_seeded(seed);
  /* Around the turn of the year, Golden Week, or the scheme's first day. */
  static const int months[][3] = { { 2025, 12, 24 }, { 2026, 4, 25 }, { 2022, 5, 28 }, { 2026, 9, 15 } };
  const int *m = months[below(&r, COUNT_OF(months))];
  day occurred_on = day_from_civil(m[0], m[1], m[2]) + (day)below(&r, 12);
  struct facts f = {
    .incident = { occurred_on, maybe_day(&r, occurred_on), any_tri(&r), any_tri(&r), (enum attack_type)below(&r, 7), STR_NONE },
    .member = { STR_NONE, below(&r, 6) ? CLASS_A1 : (enum member_class)below(&r, 7),
                below(&r, 6) ? RELATION_OPENS : (enum member_relation)below(&r, 3) },
    .facility = { .kind = (enum facility_kind)below(&r, 4), .closed_weekdays = (uint8_t)(below(&r, 2) ? below(&r, 128) : 0x40),
                  .closed_on_holidays = below(&r, 2) != 0 },
    .leak = { any_tri(&r), any_tri(&r), -1 },
    .filings = { maybe_day(&r, occurred_on), maybe_day(&r, occurred_on), maybe_day(&r, occurred_on),
                 maybe_day(&r, occurred_on), any_tri(&r) },
  };
  f.facility.extra_open = random_days(a, &r, occurred_on, &f.facility.extra_open_count);
  f.facility.extra_closed = random_days(a, &r, occurred_on, &f.facility.extra_closed_count);
  f.closure_count = (uint32_t)below(&r, 5);
  struct closure *closures = ARENA_ARRAY(a, struct closure, f.closure_count);
  for (uint32_t i = 0; i < f.closure_count; i++) {
    day from = occurred_on + (day)below(&r, 20) - 5;
    closures[i] = (struct closure){ from, from + (day)below(&r, below(&r, 8) ? 9 : 366), (enum closure_scope)below(&r, 3) };
  }
  f.closures = closures;
  return f;
}
