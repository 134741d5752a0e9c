/* sign_in: what stands before a password is tried. Two things hold attackers back: failures make the next try wait, for
 * the login and for the address alike, and only so many argon2 run at one time. */
#include "turns.h"

enum { RETRY_TURN_S = 2, LOGIN_MOST_BYTES = 320 };

/* One turn that a request holds. It goes back once: by end(), or with the request's arena where the call broke off. */
struct held_turn {
  struct gate_turns *turns; /* NULL: it went back */
};

static void give_back(void *handle) {
  struct held_turn *held = handle;
  struct gate_turns *t = held->turns;
  held->turns = NULL;
  if (t) gate__turn_give_back(t);
}

/* ---- tries */

/* Logins are compared without regard to case, so they are counted so too; what is longer than any login counts by its head. */
static str login_key(struct http_request *r, str login) {
  size_t n = login.n < LOGIN_MOST_BYTES ? login.n : LOGIN_MOST_BYTES;
  char *lower = arena_alloc(r->arena, n);
  for (size_t i = 0; i < n; i++) {
    char c = login.p[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
  }
  return str_format(r->arena, "account:%.*s", (int)n, lower);
}

static str address_key(struct http_request *r) { return str_format(r->arena, "address:%.*s", STR_ARG(r->network)); }

static int64_t wait_s(struct http_request *r, str login) {
  int64_t of_login = http_throttle_wait_s(r, login_key(r, login));
  int64_t of_address = http_throttle_wait_s(r, address_key(r));
  return of_login > of_address ? of_login : of_address;
}

int64_t gate_estimate_wait_s(struct http_request *r) { return http_rate_wait_s(r, address_key(r), GATE_ESTIMATES_A_MINUTE); }

bool gate_sign_in_begin(struct http_request *r, str login, struct http_answer *answer) {
  assert(r->route->lane == HTTP_LANE_SLOW && "whoever waits for a turn does not hold up the quick ones");
  int64_t wait = wait_s(r, login);
  if (wait > 0) {
    *answer = http_throttled(r, wait);
    return false;
  }
  struct gate_turns *turns = gate_of(r)->turns;
  struct held_turn *held = ARENA_NEW(r->arena, struct held_turn);
  arena_defer(r->arena, give_back, held);
  r->state = held;
  if (!turns) return true;
  if (gate__turn_take(turns)) {
    held->turns = turns;
    return true;
  }
  *answer = HTTP_PROBLEM(r, &http_problem_busy);
  http_answer_retry_after(r, answer, RETRY_TURN_S);
  return false;
}

void gate_sign_in_end(struct http_request *r, str login, bool passed) {
  give_back(r->state);
  void (*count)(struct http_request *, str) = passed ? http_throttle_passed : http_throttle_failed;
  count(r, login_key(r, login));
  count(r, address_key(r));
}

void gate_sign_in_leave(struct http_request *r) { give_back(r->state); }

static bool is_over(struct arena *a, const struct service_answer *out) {
  struct findings ignored = findings_in(a);
  struct json body;
  if (json_read(a, out->body, (struct json_limits){ 0 }, &ignored, &body) != RESULT_OK) return true;
  const struct json *next = json_get(&body, STR("next"));
  return !next || next->kind != JSON_KIND_STRING || str_eq(json_text(next), STR("done"));
}

void gate_sign_in_said(struct http_request *r, str login, result why, const struct service_answer *out) {
  bool passed = why == RESULT_OK && is_over(r->arena, out);
  if (passed || why == RESULT_REFUSED)
    gate_sign_in_end(r, login, passed);
  else
    gate_sign_in_leave(r);
}

str gate_letter_key(struct http_request *r, str login) { return str_format(r->arena, "recovery:%.*s", STR_ARG(login)); }

/* ---- cookies */

void gate_session_cookie(struct http_request *r, struct http_answer *answer, str token) {
  http_answer_cookie(r, answer, GATE_SESSION_COOKIE, token, -1);
}

void gate_session_forget(struct http_request *r, struct http_answer *answer) {
  http_answer_cookie(r, answer, GATE_SESSION_COOKIE, STR(""), 0);
}
