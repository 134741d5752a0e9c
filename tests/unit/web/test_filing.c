/* What filing keeps of a form, and what it tells of duties: drafts lose nothing, unknown is not no, days come from the model. */
#include "filing.h"
#include "fixture.h"

#define ASSERT_TEXT(actual, expected) assert_string_equal(str_z(x->arena, (actual)), (expected))

static struct json document_of(struct fixture *x, const char *text) {
  struct findings f = findings_in(x->arena);
  struct json out;
  assert_int_equal(json_read(x->arena, str_of(text), (struct json_limits){ 0 }, &f, &out), RESULT_OK);
  return out;
}

static void values_find_their_places(void **state) {
  struct fixture *x = *state;
  struct json empty = json_of_object(NULL, 0), yes = json_of_bool(true);
  struct json one = facts_form__put(x->arena, &empty, STR("/facts/incident/cyber_attack"), &yes);
  struct json two = facts_form__put(x->arena, &one, STR("/asked/closed"), &yes);
  ASSERT_TEXT(json_dump(x->arena, &two), "{\"facts\":{\"incident\":{\"cyber_attack\":true}},\"asked\":{\"closed\":true}}");
  struct json gone = facts_form__put(x->arena, &two, STR("/facts/incident/cyber_attack"), NULL);
  assert_null(json_at(&gone, STR("/facts/incident/cyber_attack")));
  struct json same = facts_form__put(x->arena, &empty, STR("/payee/bank_code"), NULL);
  ASSERT_TEXT(json_dump(x->arena, &same), "{}");
}

/* P3: no answer is absent, "not known yet" is null, and what does not fit stays as it was typed. */
static void answers_are_kept_as_they_were_given(void **state) {
  struct fixture *x = *state;
  static const struct http_parameter form[] = { FORM_TEXT("occurred", 20), FORM_TEXT("caused", 20), FORM_TEXT("persons", 40),
                                                FORM_TEXT("sensitive", 20), FORM_TEXT("encrypted", 20), FORM_TEXT("financial", 20),
                                                FORM_TEXT("entrusted", 20), { 0 } };
  struct page p = page_begin(&x->r);
  struct json empty = json_of_object(NULL, 0);
  fixture_read(x, form, "occurred=unknown&caused=no&persons=%EF%BC%91,%EF%BC%92%EF%BC%93%EF%BC%94", &x->r.form);
  struct json typed = facts_form__read(&p, &empty, filing__leak, filing__leak_count, &x->r.form);
  assert_int_equal(json_at(&typed, STR("/facts/leak/occurred"))->kind, JSON_KIND_NULL);
  assert_int_equal(json_at(&typed, STR("/facts/leak/caused_by_attack"))->kind, JSON_KIND_FALSE);
  assert_int_equal(json_at(&typed, STR("/facts/leak/persons"))->integer, 1234);
  assert_null(json_at(&typed, STR("/asked/sensitive")));
  fixture_read(x, form, "persons=about%20ten", &x->r.form);
  struct json odd = facts_form__read(&p, &empty, filing__leak, filing__leak_count, &x->r.form);
  struct json values = facts_form__values(&p, &odd, filing__leak, filing__leak_count);
  ASSERT_TEXT(page_member(&values, "persons"), "about ten");
  values = facts_form__values(&p, &typed, filing__leak, filing__leak_count);
  ASSERT_TEXT(page_member(&values, "occurred"), "unknown");
  ASSERT_TEXT(page_member(&values, "caused"), "no");
}

/* ---- duties: the worked days of rules/reporting-duties (source.md) */

static str told_by(struct fixture *x, const char *document, const char *duty) {
  struct page p = page_begin(&x->r);
  struct json d = document_of(x, document);
  p.english = true;
  filing__duties(&p, &d);
  struct json all = page_json(&p.document);
  const struct json *list = json_at(&all, STR("/duties/list"));
  assert_non_null(list);
  assert_int_equal(list->count, 5);
  for (uint32_t i = 0; i < list->count; i++)
    if (str_find(page_member(&list->as.items[i], "duty_name"), str_of(duty)) >= 0) return page_member(&list->as.items[i], "by");
  fail_msg("no duty %s", duty);
  return STR("");
}

#define KNOWN "\"incident\":{\"discovered_on\":\"2026-12-01\","
static void deadlines_come_from_the_model(void **state) {
  struct fixture *x = *state;
  const char *attack = "{\"facts\":{" KNOWN "\"cyber_attack\":true},\"leak\":{\"occurred\":true}},"
                       "\"asked\":{\"sensitive\":true,\"encrypted\":false}}";
  const char *lost = "{\"facts\":{" KNOWN "\"cyber_attack\":false,\"insider_crime\":false},\"leak\":{\"occurred\":true}},"
                     "\"asked\":{\"sensitive\":true,\"encrypted\":false}}";
  const char *unknown = "{\"facts\":{\"incident\":{\"cyber_attack\":true}}}";
  ASSERT_TEXT(told_by(x, attack, "inal"), "29 Jan 2027 (Fri)");
  ASSERT_TEXT(told_by(x, lost, "inal"), "4 Jan 2027 (Mon)");
  ASSERT_TEXT(told_by(x, unknown, "inal"), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(values_find_their_places),
    TEST_WITH_FIXTURE(answers_are_kept_as_they_were_given),
    TEST_WITH_FIXTURE(deadlines_come_from_the_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
