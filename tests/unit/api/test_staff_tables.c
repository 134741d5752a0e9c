/* staff_tables: rules that every row of the staff's tables keeps, whoever adds the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "staff/staff.h"

static const struct http_route_table *const tables[] = {
  &api__staff_queue,  &api__staff_case,  &api__staff_review, &api__staff_duplicates, &api__staff_decide,
  &api__staff_roster, &api__staff_rules, &api__staff_people, &api__staff_audit,
};

typedef void look(const struct http_route *row);

static void each_row(look *at) {
  for (size_t t = 0; t < COUNT_OF(tables); t++)
    for (size_t i = 0; i < tables[t]->count; i++) at(&tables[t]->rows[i]);
}

static const struct http_route *row_of(const char *name) {
  for (size_t t = 0; t < COUNT_OF(tables); t++)
    for (size_t i = 0; i < tables[t]->count; i++)
      if (strcmp(tables[t]->rows[i].name, name) == 0) return &tables[t]->rows[i];
  fail_msg("no row %s", name);
  return NULL;
}

/* Names and addresses once, each parameter declared: http_routes_new() asserts it. */
static void test_tables_can_be_laid(void **state) {
  (void)state;
  struct http_route_table all[COUNT_OF(tables)];
  for (size_t i = 0; i < COUNT_OF(tables); i++) all[i] = *tables[i];
  struct http_routes *routes = http_routes_new(all, COUNT_OF(tables));
  assert_non_null(routes);
  http_routes_free(routes);
}

static void reads_change_nothing_and_changes_are_once(const struct http_route *row) {
  if (row->method == HTTP_GET) {
    assert_false(row->idempotent);
  } else {
    if (!row->idempotent) fail_msg("%s takes no idempotency key", row->name);
    if (row->realms != HTTP_STAFF) fail_msg("%s lets others than the staff change something", row->name);
  }
}

static void nobody_comes_in_without_a_role(const struct http_route *row) {
  if (row->realms & ~(uint32_t)(HTTP_STAFF | HTTP_AUDITOR)) fail_msg("%s is open to others", row->name);
  if (row->roles == 0) fail_msg("%s asks for no role", row->name);
  if (row->roles & HTTP_ROLE_CLINIC) fail_msg("%s is open to clinics", row->name);
  if (((row->realms & HTTP_AUDITOR) != 0) != ((row->roles & HTTP_ROLE_AUDITOR) != 0))
    fail_msg("%s: the auditor's realm and role go together", row->name);
}

static void people_can_read_what_it_is(const struct http_route *row) {
  if (!row->tag || !row->summary_ja || !row->summary_en) fail_msg("%s is not told in both languages", row->name);
  for (const struct http_parameter *p = row->query; p && p->name; p++)
    assert_true(p->description_ja && p->description_en);
  for (const struct http_parameter *p = row->path_parameters; p && p->name; p++)
    assert_true(p->description_ja && p->description_en);
  if (!row->answers || row->answers[0].status == 0) fail_msg("%s declares no answer", row->name);
  for (const struct http_route_answer *a = row->answers; a->status; a++)
    if ((!a->spec && strcmp(a->content_type, "application/json") == 0) || !a->description)
      fail_msg("%s: an answer without a spec", row->name);
}

static void test_reads_and_changes(void **state) {
  (void)state;
  each_row(reads_change_nothing_and_changes_are_once);
}
static void test_roles(void **state) {
  (void)state;
  each_row(nobody_comes_in_without_a_role);
}
static void test_documentation(void **state) {
  (void)state;
  each_row(people_can_read_what_it_is);
}

/* Approve, release, publish and grant ask for the second factor again, and of a person (decisions, table of people). */
static void test_second_factor(void **state) {
  (void)state;
  static const char *const names[] = { "approve",         "publishRules", "confirmRules", "publishCalendar",
                                       "confirmCalendar", "grantRole",    "confirmGrant", "revokeRole",
                                       "openAccount",     "resetAccount", "printLetter",  "printLetterSheet",
                                       "printLetterSheets" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const struct http_route *row = row_of(names[i]);
    if (!row->step_up || !row->persons_only) fail_msg("%s does without the second factor", names[i]);
  }
}

/* Whoever moves a claim says which version they looked at. */
static void test_versions(void **state) {
  (void)state;
  static const char *const names[] = {
    "checkFacts",
    "askInformation",
    "takeBackRequest",
    "assignCase",
    "wakeCase",
    "settleRosterFinding",
    "takeOffer",
    "propose",
    "approve",
    "returnProposal",
    "takeBackProposal",
    "askReconsiderationForClaimant",
    "withdrawReconsiderationForClaimant",
  };
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (row_of(names[i])->etag != HTTP_ETAG_REQUIRED) fail_msg("%s takes no version", names[i]);
}

/* The table of roles, row by row where it matters. */
static void test_who_may_what(void **state) {
  (void)state;
  static const struct {
    const char *name;
    uint32_t roles;
  } table[] = {
    { "propose", HTTP_ROLE_ADJUSTER },
    { "approve", HTTP_ROLE_APPROVER },
    { "returnProposal", HTTP_ROLE_APPROVER },
    { "checkFacts", HTTP_ROLE_ADJUSTER },
    { "importRoster", HTTP_ROLE_OWNER },
    { "publishRules", HTTP_ROLE_OWNER },
    { "confirmRules", HTTP_ROLE_OWNER },
    { "grantRole", HTTP_ROLE_OWNER },
    { "confirmGrant", HTTP_ROLE_OWNER },
    { "readTrail", HTTP_ROLE_AUDITOR },
    { "traceDecision", HTTP_ROLE_AUDITOR },
    { "takeNextCase", HTTP_ROLE_ADJUSTER },
    { "setHold", HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_OWNER },
  };
  for (size_t i = 0; i < COUNT_OF(table); i++)
    if (row_of(table[i].name)->roles != table[i].roles) fail_msg("%s is open to the wrong people", table[i].name);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_tables_can_be_laid),
    cmocka_unit_test(test_reads_and_changes),
    cmocka_unit_test(test_roles),
    cmocka_unit_test(test_documentation),
    cmocka_unit_test(test_second_factor),
    cmocka_unit_test(test_versions),
    cmocka_unit_test(test_who_may_what),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
