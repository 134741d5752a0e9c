/* sign_in: login and password, then the second factor. Every trial is counted before it is judged; then argon2 works, with no
 * transaction open; then what came of it is written. An account that does not exist goes the same way at the same cost, and
 * gets the same answer to the byte. */
#include "people/people.h"

/* ---- what both steps end with */

result people__answer_ticket(struct work *w, const struct sign_in_row *who, const char *next, const char *how) {
  str ticket = people__token_new(w->arena, tx_randomness(w->tx), "skt_");
  struct members m = members_in(w->arena);
  store_ticket_write(w->tx, sha256_of(ticket), who->account, str_of(next), str_of(how),
                     tx_at(w->tx) + (moment)TICKET_S * 1000000);
  members_add_str(&m, "next", str_of(next));
  members_add_str(&m, "ticket", ticket);
  return service__answer(w, 200, &m, 0);
}

result people__answer_session(struct work *w, const struct sign_in_row *who, const char *how, struct members *m) {
  static const char *const vias[] = { "web", "api", "job", "command" };
  str token = people__token_new(w->arena, tx_randomness(w->tx), people__token_prefix(who->realm));
  struct session_begin_row row = { tx_new_id(w->tx), sha256_of(token), who->account, str_of(vias[w->caller->via]), true,
                                   tx_at(w->tx) + (moment)SESSION_MOST_S * 1000000 };
  struct strs roles;
  TRY(store_roles_of(w->tx, who->person, who->realm, &roles));
  store_session_begin(w->tx, &row);
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "session", row.id);
  members_add_str(&data, "how", str_of(how));
  TRY(service__event(w, &(struct event){ .type = "session.begun", .subject = who->account, .data = members_object(&data) }));
  members_add_str(m, "next", STR("done"));
  members_add_str(m, "token", token);
  members_add_str(m, "csrf", people__csrf(w->arena, token));
  members_add_id(m, "session", "session", row.id);
  members_add_str(m, "realm", who->realm);
  members_add_id(m, "account", "account", who->account);
  members_add_id(m, "person", "person", who->person);
  members_add_str(m, "name", who->name);
  members_add(m, "roles", people__role_names(w->arena, roles));
  members_add_moment(m, "expires_at", row.expires_at);
  return service__answer(w, 200, m, 0);
}

result people__go_on(struct work *w, const struct sign_in_row *who, const char *how) {
  struct members m = members_in(w->arena);
  bool clinic = str_eq(who->realm, STR("clinic"));
  if (!uuid_none(who->authenticator)) return people__answer_ticket(w, who, "second_factor", how);
  if (!clinic && !w->service->demo) return people__answer_ticket(w, who, "enrol_totp", how);
  return people__answer_session(w, who, how, &m);
}

/* ---- login and password */

struct sign_in_found { struct sign_in_row who; struct sha256 trial; bool open, known, right; };
struct signing { str login; struct sign_in_found *found; };

static result look(struct work *w, const void *request) {
  const struct signing *s = request;
  TRY(people__try(w, "sign_in_trial", s->login, TRIALS_OF_PASSWORD, &s->found->trial, &s->found->open));
  result r = store_sign_in_account(w->tx, s->login, &s->found->who);
  s->found->known = r == RESULT_OK;
  return r == RESULT_NOT_FOUND || r == RESULT_OK ? people__went(w) : r;
}

/* Looks again: a password that was changed in the meantime is not the one that was right. */
static result settle(struct work *w, const void *request) {
  const struct signing *s = request;
  struct sign_in_row now;
  result r = store_sign_in_account(w->tx, s->login, &now);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  bool same = r == RESULT_OK && s->found->known && str_eq(now.phc, s->found->who.phc);
  if (!same || !s->found->open || !s->found->right) {
    if (r == RESULT_OK) TRY(people__refused_event(w, now.account, "password"));
    return people__refuse(w, "sign_in_refused");
  }
  store_trial_forget(w->tx, s->found->trial);
  return people__go_on(w, &now, "password");
}

result sign_in(struct service *s, const struct caller *c, struct arena *a, const struct sign_in_request *r, struct findings *f,
               struct service_answer *out) {
  static const struct use_case looking = { "sign_in", SERVICE_JOB, look, false };
  static const struct use_case settling = { "sign_in", SERVICE_JOB, settle, false };
  struct caller service = people__service(c);
  struct sign_in_found found = { .known = false };
  struct signing signing = { people__login(a, r->login), &found };
  TRY(people__run(s, &service, a, &looking, &signing, f, out));
  result judged = people__password_is(a, found.known ? found.who.phc : STR_NONE, r->password, &found.right);
  if (judged != RESULT_OK) return people__away(a, judged, f, out);
  return people__run(s, &service, a, &settling, &signing, f, out);
}

/* ---- the second factor */

static result second_factor(struct work *w, const void *request) {
  const struct second_factor_request *r = request;
  struct sha256 ticket = sha256_of(r->ticket), trial;
  struct sign_in_row who;
  struct members m = members_in(w->arena);
  const char *how;
  bool open, passes;
  FOUND(w, store_ticket_account(w->tx, ticket, STR("second_factor"), &who), STR(""), "sign_in_refused");
  TRY(people__try(w, "factor_trial", people__account_text(w->arena, who.account), TRIALS_OF_FACTOR, &trial, &open));
  passes = false;
  if (open) TRY(people__factor_passes(w, who.account, r->code, &passes, &how));
  if (!passes) {
    TRY(people__refused_event(w, who.account, "second_factor"));
    return people__refuse(w, "sign_in_refused");
  }
  store_trial_forget(w->tx, trial);
  store_ticket_use(w->tx, ticket);
  return people__answer_session(w, &who, how, &m);
}

result sign_in_second_factor(struct service *s, const struct caller *c, struct arena *a, const struct second_factor_request *r,
                             struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "sign_in_second_factor", SERVICE_JOB, second_factor, false };
  struct caller service = people__service(c);
  return people__run(s, &service, a, &use_case, r, f, out);
}

/* ---- a demo's one click */

static result demo(struct work *w, const void *request) {
  const struct demo_sign_in_request *r = request;
  struct sign_in_row who;
  struct members m = members_in(w->arena);
  if (!w->service->demo) return REFUSE(w, STR(""), "not_permitted");
  FOUND(w, store_sign_in_account(w->tx, people__login(w->arena, r->login), &who), STR(""), "not_found");
  return people__answer_session(w, &who, "demo", &m);
}

result demo_sign_in(struct service *s, const struct caller *c, struct arena *a, const struct demo_sign_in_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "demo_sign_in", SERVICE_JOB, demo, false };
  struct caller service = people__service(c);
  return people__run(s, &service, a, &use_case, r, f, out);
}
