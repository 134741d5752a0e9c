/* people, faults: the Nth query of a sign-in, of a first access, of a second factor and its enrolment fails, for every N.
 * Nothing is left by half: no session without its event, no code used up for nothing, and the same step again succeeds. */
#include "newcomers.h"

static struct house house;

static int up(void **state) {
  house.fixture.quiet = true;
  house_up(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  house_down(*state);
  return 0;
}

/* ---- steps: prepare what one needs, take it as often as the test likes */

struct scene { struct newcomer who; str code, ticket; int number; };
struct step {
  const char *name;
  void (*prepare)(struct house *h, struct scene *s);
  result (*take)(struct house *h, struct scene *s);
};

static const char *fresh_login(struct house *h, struct scene *s) {
  static int number;
  s->number = ++number;
  return str_z(h->arena, str_format(h->arena, "faulty-%d", s->number));
}

static void with_code(struct house *h, struct scene *s) {
  const char *login = fresh_login(h, s);
  s->code = opened(h, "staff", login);
  s->who.login = str_of(login);
}

static void with_password(struct house *h, struct scene *s) {
  with_code(h, s);
  assert_ok(h, enter(h, s->who.login, s->code, GOOD_PASSWORD));
  s->ticket = house_text(h, "/ticket");
}

static void with_secret(struct house *h, struct scene *s) {
  with_password(h, s);
  struct caller c = nobody(h);
  struct totp_enrol_request r = { .ticket = s->ticket };
  assert_ok(h, HOUSE(h, totp_enrol, &c, &r));
  s->who.secret = house_text(h, "/secret");
}

static void with_ticket(struct house *h, struct scene *s) {
  s->who = arrived(h, "staff", fresh_login(h, s));
  next_step(h);
  assert_ok(h, sign(h, s->who.login, GOOD_PASSWORD));
  s->ticket = house_text(h, "/ticket");
}

static result take_sign_in(struct house *h, struct scene *s) { return sign(h, s->who.login, GOOD_PASSWORD); }
static result take_first_access(struct house *h, struct scene *s) { return enter(h, s->who.login, s->code, GOOD_PASSWORD); }

static result take_enrol(struct house *h, struct scene *s) {
  struct caller c = nobody(h);
  struct totp_enrol_request r = { .ticket = s->ticket };
  return HOUSE(h, totp_enrol, &c, &r);
}

static result take_confirm(struct house *h, struct scene *s) {
  struct caller c = nobody(h);
  struct totp_confirm_request r = { .ticket = s->ticket, .code = totp_now(h, s->who.secret) };
  return HOUSE(h, totp_confirm, &c, &r);
}

static result take_second(struct house *h, struct scene *s) { return prove(h, s->ticket, totp_now(h, s->who.secret)); }

static const struct step steps[] = {
  { "sign_in", with_password, take_sign_in },   { "first_access", with_code, take_first_access },
  { "totp_enrol", with_password, take_enrol },  { "totp_confirm", with_secret, take_confirm },
  { "second_factor", with_ticket, take_second },
};

/* Sessions and secrets are nobody's to read; what happened is told by events, and by keys that were made. */
static int64_t rows_now(struct house *h) {
  return house_count(h, "SELECT (SELECT count(*) FROM shienkin.event) + (SELECT count(*) FROM shienkin.sealing_key)");
}

/* One N. False: the step has fewer queries, and went well. */
static bool try_nth(struct house *h, const struct step *step, enum store_injury injury, uint64_t nth, int64_t difference) {
  struct scene s = { .number = 0 };
  house_next(h);
  step->prepare(h, &s);
  int64_t before = rows_now(h);
  h->fail_at = nth;
  h->injury = injury;
  result r = step->take(h, &s);
  bool reached = h->seen >= nth;
  h->fail_at = 0;
  if (r != RESULT_OK) {
    if (!reached || h->findings.count == 0 || h->answer.status < 500)
      fail_msg("%s: query %d: %d", step->name, (int)nth, h->answer.status);
    int64_t now = rows_now(h);
    if (now != before && injury != STORE_CUT_AFTER) fail_msg("%s: query %d left %d rows", step->name, (int)nth, (int)(now - before));
    if (now == before) assert_ok(h, step->take(h, &s)); /* no trial, code or ticket was lost with it */
  } else if (injury == STORE_FAIL) {
    assert_false(reached);
  }
  int64_t total = rows_now(h) - before;
  if (total != difference) fail_msg("%s: query %d: %d rows in the end, not %d", step->name, (int)nth, (int)total, (int)difference);
  return reached;
}

static int64_t clean_difference(struct house *h, const struct step *step) {
  struct scene s = { .number = 0 };
  house_next(h);
  step->prepare(h, &s);
  int64_t before = rows_now(h);
  assert_ok(h, step->take(h, &s));
  return rows_now(h) - before;
}

static void all_of(struct house *h, enum store_injury injury, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    int64_t difference = clean_difference(h, &steps[i]);
    uint64_t nth = 1;
    while (try_nth(h, &steps[i], injury, nth, difference)) nth++;
    assert_true(nth > 6);
  }
}

static void test_query_fails(void **state) { all_of(*state, STORE_FAIL, 0, COUNT_OF(steps)); }
static void test_serialisation_fails(void **state) { all_of(*state, STORE_RETRY, 3, COUNT_OF(steps)); }

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_query_fails),
    cmocka_unit_test(test_serialisation_fails),
  };
  return cmocka_run_group_tests(tests, up, down);
}
