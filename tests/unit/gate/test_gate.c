/* Do credentials become callers, and answers of use cases answers of http? */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "turns.h"

static const struct http_route page = { .name = "page", .face = HTTP_PAGE };
static const struct http_route endpoint = { .name = "endpoint" };

struct house {
  struct arena *arena;
  struct http_request r;
  struct http_identity who;
};

static int up(void **state) {
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct house *h = ARENA_NEW(a, struct house);
  h->arena = a;
  h->who = (struct http_identity){ .account = { { 1 } }, .person = { { 2 } }, .realm = HTTP_STAFF, .roles = HTTP_ROLE_APPROVER };
  h->r = (struct http_request){ .arena = a, .keep = a, .route = &endpoint, .realm = HTTP_STAFF, .identity = &h->who,
                                .request_id = "019e4353-6f52-75fb-84b3-467ca4a60e48", .idempotency_key = STR("k") };
  *state = h;
  return 0;
}

static int down(void **state) {
  arena_free(((struct house *)*state)->arena);
  return 0;
}

static str header_of(const struct http_answer *answer, const char *name) {
  for (const struct http_answer_header *at = answer->headers; at; at = at->next)
    if (strcmp(at->name, name) == 0) return at->value;
  return STR_NONE;
}

/* ---- problems */

static void codes_are_told_once(void **state) {
  (void)state;
  struct http_problem_table own = gate_problems();
  size_t count;
  service_problems(&count);
  assert_true(own.count > 100 && own.count < count); /* http has some of them */
  for (size_t i = 0; i < own.count; i++) {
    for (size_t k = 0; k < i; k++) assert_string_not_equal(own.rows[i]->code, own.rows[k]->code);
    for (size_t k = 0; k < http_problems.count; k++) assert_string_not_equal(own.rows[i]->code, http_problems.rows[k]->code);
  }
}

/* RFC 9457 §3.1.4: a title is the same for every problem of its type. */
static void titles_hold_nothing_to_fill_in(void **state) {
  (void)state;
  struct http_problem_table own = gate_problems();
  for (size_t i = 0; i < own.count; i++) {
    assert_true(own.rows[i]->title_ja[0] && own.rows[i]->title_en[0]);
    if (strchr(own.rows[i]->title_ja, '{') || strchr(own.rows[i]->title_en, '{')) fail_msg("%s", own.rows[i]->code);
  }
  assert_string_equal(gate_problem(STR("claim_state"))->title_ja, "申請のいまの状態では、この操作はできません");
  assert_ptr_equal(gate_problem(STR("not_found")), &http_problem_not_found);
  assert_null(gate_problem(STR("no_such_code")));
}

/* ---- callers and versions */

static void a_request_becomes_a_caller(void **state) {
  struct house *h = *state;
  struct caller c = gate_caller(&h->r);
  assert_memory_equal(&c.account, &h->who.account, sizeof c.account);
  assert_int_equal(c.roles, SERVICE_APPROVER);
  assert_int_equal(c.realm, STORE_STAFF);
  assert_int_equal(c.via, SERVICE_API);
  assert_true(str_eq(c.idempotency_key, STR("k")));
  h->r.route = &page;
  assert_int_equal(gate_caller(&h->r).via, SERVICE_WEB);
}

/* On a route for everybody a session gives no rights: the one who asks is nobody. */
static void on_a_public_route_one_is_nobody(void **state) {
  struct house *h = *state;
  h->r.realm = HTTP_PUBLIC;
  struct caller c = gate_caller(&h->r);
  assert_true(uuid_none(c.account) && uuid_none(c.person));
  assert_int_equal(c.roles, 0);
  assert_int_equal(c.realm, STORE_CLINIC);
}

static void versions_are_of_one_realm(void **state) {
  struct house *h = *state;
  int64_t version = 0;
  assert_int_equal(gate_version(&h->r, &version), RESULT_OK);
  assert_int_equal(version, SERVICE_ANY_VERSION);
  assert_int_equal(http_etags_read(h->arena, STR("\"7-staff\""), &h->r.if_match), RESULT_OK);
  assert_int_equal(gate_version(&h->r, &version), RESULT_OK);
  assert_int_equal(version, 7);
  assert_int_equal(http_etags_read(h->arena, STR("\"7-clinic\""), &h->r.if_match), RESULT_OK);
  assert_int_equal(gate_version(&h->r, &version), RESULT_REFUSED);
  assert_int_equal(http_etags_read(h->arena, STR("*"), &h->r.if_match), RESULT_OK);
  assert_int_equal(gate_version(&h->r, &version), RESULT_OK);
  assert_int_equal(version, SERVICE_ANY_VERSION);
}

/* ---- answers */

static void a_change_tells_its_version_and_event(void **state) {
  struct house *h = *state;
  struct service_answer out = { .status = 201, .body = STR("{}"), .event = { { 9 } }, .version = 4, .replayed = true };
  struct http_answer answer = gate_answer(&h->r, RESULT_OK, NULL, &out, STR("/v1/x"));
  assert_int_equal(answer.status, 201);
  assert_true(str_eq(header_of(&answer, "ETag"), STR("\"4-staff\"")));
  assert_true(str_eq(header_of(&answer, "Location"), STR("/v1/x")));
  assert_true(str_starts(header_of(&answer, "Shienkin-Event"), STR("evt_")));
  assert_true(str_eq(header_of(&answer, "Idempotency-Replayed"), STR("true")));
}

static struct http_answer refused(struct house *h, result why, int status, str pointer, const char *code) {
  struct findings f = findings_in(h->arena);
  struct message m = { code, "日本語", "English" };
  FINDING(&f, pointer, &m);
  return gate_refusal(&h->r, why, &f, status);
}

static void a_refusal_is_the_problem_that_its_finding_names(void **state) {
  struct house *h = *state;
  struct http_answer one = refused(h, RESULT_CONFLICT, 412, STR(""), "version_stale");
  assert_int_equal(one.status, 412);
  assert_string_equal(one.problem->code, "version_stale");
  assert_true(str_eq(one.detail_ja, STR("日本語")) && !one.findings);
  struct http_answer place = refused(h, RESULT_CONFLICT, 409, STR("/offset"), "evidence_offset");
  assert_string_equal(place.problem->code, "evidence_offset");
  assert_int_equal(place.findings->count, 1);
  struct http_answer body = refused(h, RESULT_REFUSED, 422, STR("/facts/x"), "in_future");
  assert_ptr_equal(body.problem, &http_problem_invalid_body);
  assert_int_equal(body.findings->count, 1);
}

static void whoever_may_ask_again_is_told_when(void **state) {
  struct house *h = *state;
  struct http_answer running = refused(h, RESULT_CONFLICT, 409, STR(""), "request_in_progress");
  assert_ptr_equal(running.problem, &http_problem_request_in_progress);
  assert_true(header_of(&running, "Retry-After").n > 0);
  struct http_answer busy = refused(h, RESULT_LIMIT, 503, STR(""), "busy");
  assert_true(header_of(&busy, "Retry-After").n > 0);
  struct http_answer silent = gate_refusal(&h->r, RESULT_NO_MEMORY, NULL, 0);
  assert_int_equal(silent.status, 503);
}

/* ---- turns */

struct taker {
  struct gate_turns *turns;
  bool took;
};

static void *take(void *context) {
  struct taker *t = context;
  t->took = gate__turn_take(t->turns);
  if (t->took) gate__turn_give_back(t->turns);
  return NULL;
}

/* Two at once, one waits, the next is sent away. */
static void beyond_the_queue_one_is_sent_away(void **state) {
  (void)state;
  struct gate_turns *turns = gate_turns_new(2, 1);
  assert_true(gate__turn_take(turns) && gate__turn_take(turns));
  struct taker waiting = { turns, false };
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, take, &waiting), 0);
  for (unsigned i = 0; i < 5000 && gate__turns_waiting(turns) == 0; i++) usleep(1000);
  assert_int_equal(gate__turns_waiting(turns), 1);
  assert_false(gate__turn_take(turns));
  gate__turn_give_back(turns);
  pthread_join(thread, NULL);
  assert_true(waiting.took);
  assert_true(gate__turn_take(turns));
  gate_turns_free(turns);
}

static void a_link_of_a_duty_is_an_address_and_a_day(void **state) {
  (void)state;
  static const char *const bad[] = { "https://a.example/", "http://a.example/ 2026-11-01", "https:// 2026-11-01", "https://a.example/ 2026-11-31",
                                     "javascript:alert(1) 2026-11-01", "https://a.example/\"x 2026-11-01" };
  struct gate_duty_link link;
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(gate_duty_link_read(str_of(bad[i]), &link), RESULT_REFUSED);
  assert_int_equal(gate_duty_link_read(STR(""), &link), RESULT_OK);
  assert_int_equal(link.address.n, 0);
  assert_int_equal(gate_duty_link_read(STR("https://a.example/x?y=1  2026-11-01"), &link), RESULT_OK);
  assert_true(str_eq(link.address, STR("https://a.example/x?y=1")));
  assert_int_equal(link.checked_on, day_from_civil(2026, 11, 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_link_of_a_duty_is_an_address_and_a_day),
    cmocka_unit_test(codes_are_told_once),
    cmocka_unit_test(titles_hold_nothing_to_fill_in),
    cmocka_unit_test_setup_teardown(a_request_becomes_a_caller, up, down),
    cmocka_unit_test_setup_teardown(on_a_public_route_one_is_nobody, up, down),
    cmocka_unit_test_setup_teardown(versions_are_of_one_realm, up, down),
    cmocka_unit_test_setup_teardown(a_change_tells_its_version_and_event, up, down),
    cmocka_unit_test_setup_teardown(a_refusal_is_the_problem_that_its_finding_names, up, down),
    cmocka_unit_test_setup_teardown(whoever_may_ask_again_is_told_when, up, down),
    cmocka_unit_test(beyond_the_queue_one_is_sent_away),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
