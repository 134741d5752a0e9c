/* first_access: with a code that was posted or handed over a password is set; and the asking for such a letter. */
#include "people/people.h"

struct coming_found { struct sign_in_row who; struct sha256 trial; };
struct coming {
  str login, code, phc;
  bool readable;                /* the code has the form of one */
  struct coming_found *found;
};

/* The rules of passwords were looked at before anything was looked up: they tell nothing of an account. */
static result look(struct work *w, const void *request) {
  const struct coming *c = request;
  bool open, fits = false;
  TRY(people__try(w, "sign_in_trial", c->login, TRIALS_OF_PASSWORD, &c->found->trial, &open));
  result r = store_sign_in_account(w->tx, c->login, &c->found->who);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  struct uuid account = c->found->who.account;
  struct sha256 hmac = c->readable ? people__code_hmac(w->service->keys, ACCESS_CODE, account, c->code) : (struct sha256){ { 1 } };
  TRY(store_access_code_fits(w->tx, account, hmac, &fits));
  if (r == RESULT_OK && open && fits) return people__went(w);
  if (r == RESULT_OK) TRY(people__refused_event(w, account, "first_access"));
  return people__refuse(w, "sign_in_refused");
}

static result settle(struct work *w, const void *request) {
  const struct coming *c = request;
  struct sign_in_row now;
  bool used;
  FOUND(w, store_sign_in_account(w->tx, c->login, &now), STR(""), "sign_in_refused");
  TRY(store_access_code_use(w->tx, now.account, people__code_hmac(w->service->keys, ACCESS_CODE, now.account, c->code), &used));
  if (!used) return REFUSE(w, STR(""), "sign_in_refused");
  store_password_write(w->tx, now.account, c->phc, (struct uuid){ { 0 } });
  store_trial_forget(w->tx, c->found->trial);
  struct members data = members_in(w->arena);
  members_add_str(&data, "how", STR("access_code"));
  TRY(service__event(w, &(struct event){ .type = "password.set", .subject = now.account, .data = members_object(&data) }));
  return people__go_on(w, &now, "access_code");
}

result first_access(struct service *s, const struct caller *c, struct arena *a, const struct first_access_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case looking = { "first_access", SERVICE_JOB, look, false };
  static const struct use_case settling = { "first_access", SERVICE_JOB, settle, false };
  struct caller service = people__service(c);
  struct coming_found found = { .trial = { { 0 } } };
  struct coming coming = { .login = people__login(a, r->login), .found = &found };
  str normal;
  if (!people__password_fits(a, STR("/password"), r->password, coming.login, f, &normal)) {
    *out = (struct service_answer){ .status = 422 };
    return RESULT_REFUSED;
  }
  coming.readable = people__code_read(a, r->code, &coming.code);
  TRY(people__run(s, &service, a, &looking, &coming, f, out));
  result hashed = password_hash(a, &s->randomness, normal, &coming.phc);
  if (hashed != RESULT_OK) return people__away(a, hashed, f, out);
  return people__run(s, &service, a, &settling, &coming, f, out);
}

/* ---- a letter, please */

static result ask(struct work *w, const void *request) {
  const struct recovery_ask_request *r = request;
  struct sign_in_row who;
  struct members m = members_in(w->arena), data = members_in(w->arena);
  struct uuid letter = tx_new_id(w->tx);
  bool asked = false;
  result found = store_sign_in_account(w->tx, people__login(w->arena, r->login), &who);
  if (found != RESULT_OK && found != RESULT_NOT_FOUND) return found;
  if (found == RESULT_OK && str_eq(who.realm, STR("clinic")))
    TRY(store_letter_ask(w->tx, letter, who.account, (struct uuid){ { 0 } }, STR("recovery"), &asked));
  if (asked) {
    service__wrote(w, "letter", letter, STR_NONE);
    members_add_uuid(&data, "letter", letter);
    TRY(service__event(w, &(struct event){ .type = "recovery.asked", .subject = who.account, .data = members_object(&data) }));
    w->answer->event = (struct uuid){ { 0 } }; /* the answer is the same whether there is an account or not */
  }
  return service__answer(w, 202, &m, 0);
}

result recovery_ask(struct service *s, const struct caller *c, struct arena *a, const struct recovery_ask_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "recovery_ask", SERVICE_JOB, ask, false };
  struct caller service = people__service(c);
  return people__run(s, &service, a, &use_case, r, f, out);
}
