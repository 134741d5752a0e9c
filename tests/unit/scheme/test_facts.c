/* P29, code by code: what a claim document is told, as pairs of pointer and code in their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/scheme.h"

#define MEMBER "\"member\":{\"class\":\"A1\",\"relation\":\"opens\"}"
#define FACILITY "\"facility\":{\"kind\":\"clinic\"}"
#define SOUND "\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER "," FACILITY
#define CLAIM(more) "{" SOUND more "}"

static const struct { const char *what, *claim, *findings; } table[] = {
  { "P29 nothing wrong", CLAIM(""), "" },
  { "P29 not errors: closures without an attack, persons 0, overlaps, days before the incident",
    CLAIM(",\"leak\":{\"persons\":0},\"closures\":[{\"from\":\"2026-05-01\",\"to\":\"2026-05-03\",\"scope\":\"all\"},"
          "{\"from\":\"2026-05-02\",\"to\":\"2026-05-12\",\"scope\":\"partial\"}]"), "" },
  { "P29 malformed: not JSON", "{", " malformed" },
  { "P29 malformed: a byte-order mark", "\xEF\xBB\xBF{}", " malformed" },
  { "P29 malformed: duplicate keys", "{\"incident\":1,\"incident\":1}", " malformed" },
  { "P29 type: the document is no object", "[]", " type" },
  { "P29 required: all of them at once", "{}", "/facility required\n/incident required\n/member required" },
  { "P29 null where the schema does not allow it", "{\"incident\":null," MEMBER "," FACILITY "}", "/incident type" },
  { "P29 a number with a point where an integer is due", CLAIM(",\"leak\":{\"persons\":1.0}"), "/leak/persons type" },
  { "P29 a number with an exponent", CLAIM(",\"leak\":{\"persons\":1e2}"), "/leak/persons type" },
  { "P29 minimum", CLAIM(",\"leak\":{\"persons\":-1}"), "/leak/persons minimum" },
  { "a count beyond 64 bits is still a count", CLAIM(",\"leak\":{\"persons\":99999999999999999999}"), "" },
  { "P29 enum: a word of none; type: no word", "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"attack_type\":7},"
    "\"member\":{\"class\":\"A3\",\"relation\":\"opens\"}," FACILITY "}", "/incident/attack_type type\n/member/class enum" },
  { "P29 date", "{\"incident\":{\"occurred_on\":\"2026-02-29\",\"discovered_on\":\"26-05-11\"}," MEMBER "," FACILITY "}",
    "/incident/discovered_on date\n/incident/occurred_on date" },
  { "P29 in_future: after the day of receipt, which itself is none",
    CLAIM(",\"filings\":{\"jma_on\":\"2026-06-30\",\"mhlw_on\":\"2026-07-01\"}"), "/filings/mhlw_on in_future" },
  { "P29 in_future: each day of a closure by itself; it takes no part in the checks across fields",
    CLAIM(",\"closures\":[{\"from\":\"2028-01-01\",\"to\":\"2026-05-12\",\"scope\":\"all\"}]"), "/closures/0/from in_future" },
  { "P29 extra closed dates may lie in the future", "{\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER ",\"facility\":"
    "{\"kind\":\"clinic\",\"extra_closed_dates\":[\"2026-12-31\"]}}", "" },
  { "P29 beyond_calendar", "{\"incident\":{\"occurred_on\":\"1969-12-31\"}," MEMBER ",\"facility\":{\"kind\":\"clinic\","
    "\"extra_open_dates\":[\"2051-01-01\"]}}", "/facility/extra_open_dates/0 beyond_calendar\n/incident/occurred_on beyond_calendar" },
  { "P29 in_future hides beyond_calendar", "{\"incident\":{\"occurred_on\":\"2999-01-01\"}," MEMBER "," FACILITY "}",
    "/incident/occurred_on in_future" },
  { "P29 range_reversed", CLAIM(",\"closures\":[{\"from\":\"2026-05-13\",\"to\":\"2026-05-12\",\"scope\":\"all\"}]"),
    "/closures/0/to range_reversed" },
  { "P29 too_long: 366 days are not", CLAIM(",\"closures\":[{\"from\":\"2025-06-30\",\"to\":\"2026-06-30\",\"scope\":\"all\"}]"), "" },
  { "P29 too_long: 367 days are", CLAIM(",\"closures\":[{\"from\":\"2025-06-29\",\"to\":\"2026-06-30\",\"scope\":\"all\"}]"),
    "/closures/0/to too_long" },
  { "P29 before_incident", "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"discovered_on\":\"2026-05-10\"}," MEMBER "," FACILITY
    ",\"filings\":{\"jma_on\":\"2026-05-10\",\"mhlw_on\":\"2026-05-11\"}}",
    "/filings/jma_on before_incident\n/incident/discovered_on before_incident" },
  { "P29 a refused date of incident takes no part", "{\"incident\":{\"occurred_on\":\"2999-01-01\"}," MEMBER "," FACILITY
    ",\"filings\":{\"jma_on\":\"2026-05-10\"}}", "/incident/occurred_on in_future" },
  { "P29 contradiction, once", "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":false}," MEMBER "," FACILITY
    ",\"leak\":{\"occurred\":false,\"caused_by_attack\":true}}", "/leak/caused_by_attack contradiction" },
  { "P29 contradiction with no leak", CLAIM(",\"leak\":{\"occurred\":false,\"caused_by_attack\":true}"),
    "/leak/caused_by_attack contradiction" },
  { "P3 unknown contradicts nothing", CLAIM(",\"leak\":{\"occurred\":null,\"caused_by_attack\":true}"), "" },
  { "P29 pattern before check_digit", "{\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER ",\"facility\":{\"kind\":\"clinic\","
    "\"code\":\"01I0113719\"}}", "/facility/code pattern" },
  { "P29 check_digit", "{\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER ",\"facility\":{\"kind\":\"clinic\","
    "\"code\":\"13A0100018\"}}", "/facility/code check_digit" },
  { "a care office's code with a letter", "{\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER ",\"facility\":{\"kind\":"
    "\"care_service\",\"code\":\"13A0100019\"}}", "" },
  { "P29 duplicate stands at the later one, beside its other faults", "{\"incident\":{\"occurred_on\":\"2026-05-11\"}," MEMBER
    ",\"facility\":{\"kind\":\"clinic\",\"closed_weekdays\":[\"sun\",\"son\",\"son\",\"sun\"]}}",
    "/facility/closed_weekdays/1 enum\n/facility/closed_weekdays/2 duplicate\n/facility/closed_weekdays/2 enum\n"
    "/facility/closed_weekdays/3 duplicate" },
  { "P29 sorted by pointer in code points, then code", "{\"b\":1,\"a\":1,\"Z\":1,\"あ\":1," SOUND "}",
    "/Z unknown_property\n/a unknown_property\n/b unknown_property\n/あ unknown_property" },
};

struct call { struct arena *arena; str claim; str findings; str claim_id; struct facts facts; result ended; };

static void read_claim(void *context) {
  struct call *c = context;
  struct findings f = findings_in(c->arena);
  struct buf out = buf_in(c->arena);
  c->ended = scheme_facts_read(c->arena, c->claim, day_from_civil(2026, 6, 30), calendar_national(), &f, &c->facts, &c->claim_id);
  for (size_t i = 0; i < f.count; i++) {
    buf_format(&out, "%s%.*s %s", i ? "\n" : "", STR_ARG(f.items[i].pointer), f.items[i].code);
    assert_true(f.items[i].ja.n > 0 && f.items[i].en.n > 0);
  }
  c->findings = buf_str(&out);
}

static struct call read_text(struct arena *a, const char *claim) {
  struct call c = { .arena = a, .claim = str_of(claim) };
  assert_int_equal(arena_run(a, read_claim, &c), RESULT_OK);
  return c;
}

static void every_code_of_p29_is_told_at_its_place(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    struct call c = read_text(a, table[i].claim);
    if (!str_eq(c.findings, str_of(table[i].findings)))
      fail_msg("%s\n should be: %s\n but is:    %.*s", table[i].what, table[i].findings, STR_ARG(c.findings));
    assert_int_equal(c.ended, *table[i].findings ? RESULT_REFUSED : RESULT_OK);
  }
  arena_free(a);
}

static void p29_more_elements_than_allowed_are_not_looked_at(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct buf claim = buf_in(a);
  buf_add(&claim, STR("{" SOUND ",\"closures\":["));
  for (int i = 0; i < 101; i++) buf_format(&claim, "%s{\"from\":\"2026-05-12\",\"to\":\"2026-05-12\",\"scope\":\"all\"}", i ? "," : "");
  buf_add(&claim, STR(",{\"scope\":7}]}"));
  struct call c = read_text(a, str_z(a, buf_str(&claim)));
  assert_string_equal(str_z(a, c.findings), "/closures max_items");
  arena_free(a);
}

#define SIXTY "012345678901234567890123456789012345678901234567890123456789"
static void p29_the_claims_own_number_is_echoed_where_it_is_sound(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  assert_string_equal(str_z(a, read_text(a, "{\"claim_id\":\"C-1\"}").claim_id), "C-1");
  assert_null(read_text(a, "{\"claim_id\":7}").claim_id.p);
  /* As long as the schema allows, in characters; not one more. */
  assert_int_equal(utf8_count(read_text(a, "{\"claim_id\":\"あ" SIXTY "123\"}").claim_id), 64);
  assert_null(read_text(a, "{\"claim_id\":\"あ" SIXTY "1234\"}").claim_id.p);
  assert_null(read_text(a, "not json").claim_id.p);
  arena_free(a);
}

static void sound_facts_are_read_as_written(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct facts f = read_text(a, "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":null,"
    "\"attack_type\":\"malware\"},\"member\":{\"class\":\"A2B\",\"relation\":\"manages\"},\"facility\":{\"kind\":\"shared_use\","
    "\"closed_weekdays\":[\"sun\",\"mon\"],\"closed_on_holidays\":true,\"extra_open_dates\":[\"2026-05-17\"]},"
    "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"new_patients\"}],"
    "\"leak\":{\"occurred\":false,\"persons\":42},\"filings\":{\"ppc_prevention_measures\":true,\"jma_on\":\"2026-05-12\"}}").facts;
  assert_int_equal(f.incident.occurred_on, day_from_civil(2026, 5, 11));
  assert_int_equal(f.incident.cyber_attack, TRI_YES);
  assert_int_equal(f.incident.insider_crime, TRI_UNKNOWN);
  assert_int_equal(f.incident.attack_type, ATTACK_MALWARE);
  assert_int_equal(f.member.class, CLASS_A2B);
  assert_int_equal(f.member.relation, RELATION_MANAGES);
  assert_int_equal(f.facility.kind, FACILITY_SHARED_USE);
  assert_int_equal(f.facility.closed_weekdays, 0x41);
  assert_true(f.facility.closed_on_holidays);
  assert_int_equal(f.facility.extra_open_count, 1);
  assert_int_equal(f.facility.extra_open[0], day_from_civil(2026, 5, 17));
  assert_int_equal(f.closure_count, 1);
  assert_int_equal(f.closures[0].scope, SCOPE_NEW_PATIENTS);
  assert_int_equal(f.closures[0].to - f.closures[0].from, 6);
  assert_int_equal(f.leak.occurred, TRI_NO);
  assert_int_equal(f.leak.caused_by_attack, TRI_UNKNOWN);
  assert_int_equal(f.leak.persons, 42);
  assert_int_equal(f.filings.jma_on, day_from_civil(2026, 5, 12));
  assert_int_equal(f.filings.mhlw_on, DAY_NONE);
  assert_int_equal(f.filings.ppc_prevention_measures, TRI_YES);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_code_of_p29_is_told_at_its_place),
    cmocka_unit_test(p29_more_elements_than_allowed_are_not_looked_at),
    cmocka_unit_test(p29_the_claims_own_number_is_echoed_where_it_is_sound),
    cmocka_unit_test(sound_facts_are_read_as_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
