/* house: a claims house with its people, over a private database: what every test of the service begins with.
 *
 * People: owner-1 owner-2 · adjuster-1 adjuster-2 · approver-1 approver-2 · both-1 (adjuster and approver) · cashier-1 ·
 * proxy-1 · auditor-1 · clinic-1 clinic-1b (facility F-0001) · clinic-2 (facility F-0002) · service (jobs).
 * Roster, known from the start: members 100001 (A1) and 100002 (A2B), since 2020-04-01; F-0001 a clinic that 100001 opens,
 * closed on Sundays; F-0002 a hospital that 100002 manages. Both are imported by the use cases of roster. */
#ifndef SHIENKIN_TESTS_SERVICE_HOUSE_H
#define SHIENKIN_TESTS_SERVICE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "shienkin/service.h"
#include "store/fixture.h"

enum { HOUSE_PEOPLE = 16, HOUSE_COUNTS = 400 };
struct house_person {
  const char *name;
  struct uuid person, account;
  uint32_t roles;
  enum store_realm realm;
};

struct house {
  struct fixture fixture;
  struct service service;
  struct arena *arena; /* of the test under way; reset by house_next() */
  struct findings findings;
  struct service_answer answer;
  struct json body; /* of the last answer, where it has one */
  struct house_person people[HOUSE_PEOPLE];
  size_t people_count;
  struct uuid clinic_1, clinic_2; /* the facilities */
  uint64_t keys;                  /* idempotency keys given out */
  /* The Nth query of the next use case fails, or is cut, or must be tried again; house_begin() counts anew. */
  uint64_t fail_at, seen;
  enum store_injury injury;
  void (*also)(const char *statement); /* called before each query; NULL: nobody */
  const struct statement *counted[HOUSE_COUNTS];
  size_t counted_count; /* of house_count() */
};

void house_up(struct house *h); /* database, people, roster, mandates, declaration text */
void house_down(struct house *h);
void house_next(struct house *h); /* a new arena for the next test; time moves on by a second */
/* One house for all tests of a program, as their state: cmocka's setup and teardown of the group, and setup of a test. */
int house_open(void **state);
int house_close(void **state);
int house_between(void **state);
const struct house_person *house_person(const struct house *h, const char *name);
/* A caller without a key; a new request id each time. */
struct caller house_caller(struct house *h, const char *name);
/* … with a fresh key and a fingerprint of `what`. */
struct caller house_keyed(struct house *h, const char *name, const char *what);

/* Run a store body as somebody, in a transaction of its own; fails the test unless it commits. */
void house_does(struct house *h, const char *name, tx_body *body, void *context);

/* Call a use case: HOUSE(h, roster_import, &caller, &request). Findings and answer are the house's; body is parsed. */
#define HOUSE(h, use_case, caller, request) \
  house_answered(                           \
      (h), (house_begin(h), use_case(&(h)->service, (caller), (h)->arena, (request), &(h)->findings, &(h)->answer)))
void house_begin(struct house *h);
result house_answered(struct house *h, result r);
/* Assertions that print the findings when they fail. */
#define assert_ok(h, r) house_assert_result((h), (r), RESULT_OK, 0, NULL, __FILE__, __LINE__)
#define assert_refused(h, r, status, code) \
  house_assert_result((h), (r), RESULT_REFUSED, (status), (code), __FILE__, __LINE__)
#define assert_conflict(h, r, status, code) \
  house_assert_result((h), (r), RESULT_CONFLICT, (status), (code), __FILE__, __LINE__)
void house_assert_result(struct house *h, result r, result wanted, int status, const char *code, const char *file,
                         int line);

/* Text at a pointer of the last answer; fails when it is no string. */
str house_text(struct house *h, const char *pointer);
int64_t house_int(struct house *h, const char *pointer);
struct uuid house_id(struct house *h, const char *pointer, const char *table);
/* A number straight from the database, by the administrator. */
int64_t house_count(struct house *h, const char *sql);

#endif
