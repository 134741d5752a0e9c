/* What is a rule file told that is none, or a bad one: findings in both languages that name the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/scheme.h"

#define DEFINITIONS(attributes) \
  "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" xmlns:s=\"urn:shienkin:rules:1\" name=\"n\" namespace=\"urn:n\" " attributes ">"
#define DECISION "<decision id=\"d\" name=\"決定\"><variable name=\"決定\"/><literalExpression><text>1</text></literalExpression></decision>"
#define SOUND_ATTRIBUTES "id=\"x\" s:scheme=\"x\" s:version=\"1\" s:firstDay=\"2022-06-01\" s:publishedOn=\"2026-06-10\""

static const struct { const char *what, *bytes, *code; } table[] = {
  { "no XML", "not a rule file", "xml" },
  { "cut off", DEFINITIONS(SOUND_ATTRIBUTES) DECISION, "xml" },
  { "an entity bomb", "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" DEFINITIONS(SOUND_ATTRIBUTES) "</definitions>", "xml" },
  { "no scheme attributes", DEFINITIONS("id=\"x\"") DECISION "</definitions>", "rules_attribute" },
  { "a first day that is none", DEFINITIONS("id=\"x\" s:scheme=\"x\" s:version=\"1\" s:firstDay=\"2022-06-31\"") DECISION "</definitions>",
    "rules_attribute" },
  { "no decision of that name", DEFINITIONS(SOUND_ATTRIBUTES) "</definitions>", "rules_node_missing" },
  { "an input that no fact feeds", DEFINITIONS(SOUND_ATTRIBUTES) "<inputData id=\"i\" name=\"天気\"><variable name=\"天気\"/></inputData>"
    DECISION "</definitions>", "rules_input_unknown" },
};

struct call { struct arena *arena; const char *bytes; struct findings findings; struct rule_set set; result ended; };

static void load(void *context) {
  struct call *c = context;
  c->findings = findings_in(c->arena);
  c->ended = scheme_rule_set_load(c->arena, STR("some/file.dmn"), str_of(c->bytes), &c->findings, &c->set);
}

static void a_file_that_is_no_rule_file_is_told_why(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    struct call c = { .arena = arena_new(0), .bytes = table[i].bytes };
    assert_non_null(c.arena);
    assert_int_equal(arena_run(c.arena, load, &c), RESULT_OK);
    if (c.ended != RESULT_REFUSED || c.findings.count == 0 || strcmp(c.findings.items[0].code, table[i].code) != 0)
      fail_msg("%s: should be refused with %s but ended %s with %s", table[i].what, table[i].code, result_name(c.ended),
               c.findings.count ? c.findings.items[0].code : "no finding");
    assert_true(str_find(c.findings.items[0].en, STR("some/file.dmn")) >= 0);
    assert_true(str_find(c.findings.items[0].ja, STR("some/file.dmn")) >= 0);
    assert_null(c.set.model);
    arena_free(c.arena);
  }
}

static void a_sound_file_is_known_by_its_attributes(void **state) {
  (void)state;
  struct call c = { .arena = arena_new(0), .bytes = DEFINITIONS(SOUND_ATTRIBUTES) DECISION "</definitions>" };
  assert_non_null(c.arena);
  assert_int_equal(arena_run(c.arena, load, &c), RESULT_OK);
  assert_int_equal(c.ended, RESULT_OK);
  assert_string_equal(str_z(c.arena, c.set.version), "1");
  assert_int_equal(c.set.first_day, day_from_civil(2022, 6, 1));
  assert_int_equal(c.set.published_on, day_from_civil(2026, 6, 10));
  assert_int_equal(strlen(c.set.sha256), 64);
  dmn_model_free(c.set.model);
  arena_free(c.arena);
}

struct folder_call { struct arena *arena; const char *folder; struct findings findings; struct rule_sets sets; result ended; };
static void read_folder(void *context) {
  struct folder_call *c = context;
  c->findings = findings_in(c->arena);
  c->ended = scheme_rules_read(c->arena, c->folder, &c->findings, &c->sets);
}

static void a_folder_without_rules_is_refused(void **state) {
  (void)state;
  const char *const folders[] = { SOURCE_DIR "/tests/unit", SOURCE_DIR "/no-such-folder" };
  for (size_t i = 0; i < COUNT_OF(folders); i++) {
    struct folder_call c = { .arena = arena_new(0), .folder = folders[i] };
    assert_non_null(c.arena);
    assert_int_equal(arena_run(c.arena, read_folder, &c), RESULT_OK);
    assert_int_not_equal(c.ended, RESULT_OK);
    assert_true(c.findings.count > 0);
    arena_free(c.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_that_is_no_rule_file_is_told_why),
    cmocka_unit_test(a_sound_file_is_known_by_its_attributes),
    cmocka_unit_test(a_folder_without_rules_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
