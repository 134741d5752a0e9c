/* What was typed survives an ended session, a second factor that is due, an old page and a busy house. */
#include "fixture.h"
#include "kept.h"

#define MESSAGE "/claims/{claim}/messages"

static const struct http_header own[] = { { STR_INIT("Host"), STR_INIT("desk.example") },
                                          { STR_INIT("Origin"), STR_INIT("https://desk.example") },
                                          { STR_INIT("Referer"), STR_INIT("https://desk.example/claims/1") } };
static const struct http_header foreign[] = { { STR_INIT("Host"), STR_INIT("desk.example") },
                                              { STR_INIT("Origin"), STR_INIT("https://evil.example") } };
static const struct http_header sited[] = { { STR_INIT("Host"), STR_INIT("desk.example") },
                                            { STR_INIT("Sec-Fetch-Site"), STR_INIT("cross-site") },
                                            { STR_INIT("Origin"), STR_INIT("https://desk.example") } };

static struct http_answer refused(struct fixture *x, const char *path, const char *body, const struct http_problem *problem) {
  x->r.route = fixture_route(HTTP_POST, path);
  x->r.method = HTTP_POST;
  x->r.target = STR("/claims/1/messages");
  x->r.body = str_of(body);
  if (!x->r.headers) {
    x->r.headers = own;
    x->r.header_count = COUNT_OF(own);
  }
  struct http_answer refusal = HTTP_PROBLEM(&x->r, problem, STR("30"));
  return web_pages().problem(&x->r, &refusal);
}

static void sign_in_as(struct fixture *x) {
  static const struct http_identity who = { .csrf_token = STR_INIT("fresh-token") };
  x->r.identity = &who;
}

static const char typed[] = "csrf_token=old-token&idempotency_key=frm_1&text=a+%3Cb%3E%0D%0A%E9%AB%99%E6%A9%8B+wrote+this";

static void an_ended_session_carries_what_was_typed_through_signing_in(void **state) {
  struct fixture *x = *state;
  struct http_answer answer = refused(x, MESSAGE, typed, &http_problem_token_invalid);
  assert_int_equal(answer.status, 401);
  ASSERT_HOLDS(answer.body, "action=\"/sign-in\"");
  ASSERT_HOLDS(answer.body, "name=\"kept\"");
  ASSERT_LACKS(answer.body, "old-token");
  str kept = kept__of(&x->r);
  struct page p = page_begin(&x->r);
  sign_in_as(x);
  answer = kept__show(&p, 200, kept, KEPT_SIGNED_IN, STR("/"));
  ASSERT_HOLDS_ALL(answer.body, "action=\"/claims/1/messages\"", "a &lt;b&gt;\r\n髙橋 wrote this</textarea>",
                   "name=\"idempotency_key\" value=\"frm_1\"", "name=\"csrf_token\" value=\"fresh-token\"", "href=\"/claims/1\"");
  ASSERT_LACKS(answer.body, "old-token");
}

static void a_factor_that_is_due_and_an_old_page_lose_nothing(void **state) {
  struct fixture *x = *state;
  sign_in_as(x);
  struct http_answer answer = refused(x, MESSAGE, typed, &http_problem_step_up_required);
  assert_int_equal(answer.status, 403);
  ASSERT_HOLDS(answer.body, "action=\"/step-up\"");
  ASSERT_HOLDS(answer.body, "name=\"kept\"");
  answer = refused(x, MESSAGE, typed, &http_problem_csrf);
  assert_int_equal(answer.status, 403);
  ASSERT_HOLDS(answer.body, "髙橋 wrote this</textarea>");
  ASSERT_HOLDS(answer.body, "value=\"fresh-token\"");
}

static void a_busy_house_or_one_at_fault_gives_the_form_back_under_its_key(void **state) {
  struct fixture *x = *state;
  static const struct http_problem *const later[] = { &http_problem_busy, &http_problem_unavailable, &http_problem_too_many_attempts,
                                                    &http_problem_internal };
  for (size_t i = 0; i < COUNT_OF(later); i++) {
    struct http_answer answer = refused(x, MESSAGE, typed, later[i]);
    assert_int_equal(answer.status, later[i]->status);
    ASSERT_HOLDS(answer.body, "髙橋 wrote this</p>");
    ASSERT_HOLDS(answer.body, "value=\"frm_1\"");
    ASSERT_HOLDS(answer.body, "name=\"csrf_token\" value=\"old-token\""); /* nobody was asked yet who it is */
  }
}

/* It may have been done, or is being done: no page says that it was not. */
static void a_form_whose_end_is_not_known_is_never_called_unsent(void **state) {
  struct fixture *x = *state;
  const struct http_problem *const unsure[] = { gate_problem(STR("outcome_unknown")), &http_problem_request_in_progress };
  for (size_t i = 0; i < COUNT_OF(unsure); i++) {
    struct http_answer answer = refused(x, MESSAGE, typed, unsure[i]);
    assert_int_equal(answer.status, unsure[i]->status);
    ASSERT_HOLDS_ALL(answer.body, "まだ確かめられません", "髙橋 wrote this</p>", "value=\"frm_1\"");
    ASSERT_LACKS(answer.body, "受け付けられませんでした");
    ASSERT_LACKS(answer.body, "まだ送られていません");
  }
}

static void signing_in_that_has_to_wait_still_carries_it(void **state) {
  struct fixture *x = *state;
  static const struct http_problem *const later[] = { &http_problem_too_many_attempts, &http_problem_unavailable, &http_problem_internal };
  for (size_t i = 0; i < COUNT_OF(later); i++) {
    struct http_answer answer = refused(x, "/sign-in", "login=a&password=b&next=%2F&kept=e30", later[i]);
    assert_int_equal(answer.status, later[i]->status);
    ASSERT_HOLDS(answer.body, "name=\"kept\" value=\"e30\"");
    ASSERT_LACKS(answer.body, "value=\"b\"");
    ASSERT_LACKS(answer.body, "Retry-After"); /* people are told in their words */
    ASSERT_LACKS(answer.body, "request_id");
  }
}

static void only_pages_of_this_house_are_believed_and_no_secret_is_kept(void **state) {
  struct fixture *x = *state;
  x->r.headers = foreign;
  x->r.header_count = COUNT_OF(foreign);
  assert_int_equal(refused(x, MESSAGE, typed, &http_problem_token_invalid).status, 303);
  x->r.headers = sited;
  x->r.header_count = COUNT_OF(sited);
  assert_int_equal(refused(x, MESSAGE, typed, &http_problem_token_invalid).status, 303);
  x->r.headers = NULL;
  assert_int_equal(refused(x, "/account/password", "old_password=a&new_password=b", &http_problem_token_invalid).status, 303);
}

/* A proxy may tell another Host than people see: what is configured is what their browsers name. */
static void behind_a_proxy_the_configured_address_is_this_house(void **state) {
  struct fixture *x = *state;
  static const struct http_header proxied[] = { { STR_INIT("Host"), STR_INIT("10.0.0.7:8443") },
                                                { STR_INIT("Origin"), STR_INIT("https://desk.example") },
                                                { STR_INIT("Referer"), STR_INIT("https://desk.example/claims/1") } };
  x->r.headers = proxied;
  x->r.header_count = COUNT_OF(proxied);
  assert_int_equal(refused(x, MESSAGE, typed, &http_problem_token_invalid).status, 303);
  x->r.origin = STR("https://desk.example");
  assert_int_equal(refused(x, MESSAGE, typed, &http_problem_token_invalid).status, 401);
  ASSERT_STR(kept__referrer(&x->r), "/claims/1");
  x->r.origin = STR("https://another.example");
  assert_int_equal(refused(x, MESSAGE, typed, &http_problem_token_invalid).status, 303);
}

static void what_is_not_ours_leads_on(void **state) {
  struct fixture *x = *state;
  static const char *const bad[] = { "", "!", "e30", "eyJ0byI6Ii8vZXZpbCIsImZpZWxkcyI6W119" /* {"to":"//evil","fields":[]} */ };
  struct page p = page_begin(&x->r);
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    struct http_answer answer = kept__show(&p, 200, str_of(bad[i]), KEPT_SIGNED_IN, STR("/claims/1"));
    assert_int_equal(answer.status, 303);
    ASSERT_STR(fixture_header(&answer, "Location"), "/claims/1");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(an_ended_session_carries_what_was_typed_through_signing_in),
    TEST_WITH_FIXTURE(a_factor_that_is_due_and_an_old_page_lose_nothing),
    TEST_WITH_FIXTURE(a_busy_house_or_one_at_fault_gives_the_form_back_under_its_key),
    TEST_WITH_FIXTURE(a_form_whose_end_is_not_known_is_never_called_unsent),
    TEST_WITH_FIXTURE(signing_in_that_has_to_wait_still_carries_it),
    TEST_WITH_FIXTURE(only_pages_of_this_house_are_believed_and_no_secret_is_kept),
    TEST_WITH_FIXTURE(behind_a_proxy_the_configured_address_is_this_house),
    TEST_WITH_FIXTURE(what_is_not_ours_leads_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
