/* session: who a token stands for, at one statement a request; ending; the second factor again. */
#include "people/people.h"

enum { TOKEN_CHARACTERS = 4 + 43 };

static const struct { const char *prefix, *realm; bool machine; } prefixes[] = {
  { "skc_", "clinic", false }, { "sks_", "staff", false }, { "ska_", "auditor", false }, { "skm_", NULL, true },
};

/* ---- resolving */

struct resolving { struct sha256 hash; bool machine; struct session_row row; result found; };

static result resolve(struct tx *tx, void *context) {
  struct resolving *r = context;
  if (r->machine)
    store_ask_machine_session_of(tx, r->hash, &r->row, &r->found);
  else
    store_ask_session_of(tx, r->hash, SESSION_IDLE_S, &r->row, &r->found);
  return RESULT_OK;
}

static enum store_realm realm_of(str name) {
  if (str_eq(name, STR("clinic"))) return STORE_CLINIC;
  return str_eq(name, STR("auditor")) ? STORE_AUDITOR : STORE_STAFF;
}

static void describe(struct arena *a, str token, const struct resolving *r, struct session_found *out) {
  *out = (struct session_found){
    .session = r->row.id,
    .account = r->row.account,
    .person = r->row.person,
    .realm = realm_of(r->row.realm),
    .roles = people__role_bits(r->row.roles),
    .machine = r->machine,
    .read_only = r->row.read_only,
    .csrf = r->machine ? STR("") : people__csrf(a, token),
    .step_up_at = r->row.step_up_at,
    .name = r->row.name,
    .language = r->row.language.p ? r->row.language : STR(""),
    .facilities = r->row.facilities.items,
    .mandate_kinds = r->row.kinds.items,
    .mandate_count = r->row.facilities.count,
  };
}

/* `now` is the clock's own: the store asks it for the moment of the transaction. */
result session_resolve(struct service *s, struct arena *a, str token, moment now, struct session_found *out) {
  (void)now;
  for (size_t i = 0; token.n == TOKEN_CHARACTERS && i < COUNT_OF(prefixes); i++) {
    if (!str_starts(token, str_of(prefixes[i].prefix))) continue;
    struct resolving r = { .hash = sha256_of(token), .machine = prefixes[i].machine };
    TRY(store_read(s->store, STORE_LOG, (struct actor){ .request_id = STR("") }, a, resolve, &r, NULL));
    TRY(r.found);
    if (!r.machine && !str_eq(r.row.realm, str_of(prefixes[i].realm))) return RESULT_NOT_FOUND;
    describe(a, token, &r, out);
    return RESULT_OK;
  }
  return RESULT_NOT_FOUND;
}

/* ---- ending */

static result end(struct work *w, const void *request) {
  const struct session_end_request *r = request;
  int64_t ended;
  struct members data = members_in(w->arena), m = members_in(w->arena);
  TRY(store_session_end(w->tx, r->session, &ended));
  if (ended == 0 && !uuid_none(r->session)) return REFUSE(w, STR(""), "not_found");
  members_add_uuid(&data, "session", r->session);
  members_add_int(&data, "ended", ended);
  TRY(service__event(w, &(struct event){ .type = "session.ended", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add_int(&m, "ended", ended);
  return service__answer(w, 200, &m, 0);
}

result session_end(struct service *s, const struct caller *c, struct arena *a, const struct session_end_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "session_end", USE_CASE_OWN, end, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

/* ---- the second factor again; the password of an account that has none. Looked up, judged, written, as at sign-in. */

struct step_up_found { str phc; struct sha256 trial; bool open, has_factor, right; };
struct stepping { const struct step_up_request *r; struct step_up_found *found; };

static result look(struct work *w, const void *request) {
  const struct stepping *s = request;
  struct step_up_found *found = s->found;
  struct authenticator_row row;
  TRY(people__try(w, "factor_trial", people__account_text(w->arena, w->caller->account), TRIALS_OF_FACTOR, &found->trial,
                  &found->open));
  result r = store_authenticator_of(w->tx, w->caller->account, true, &row);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  found->has_factor = r == RESULT_OK;
  TRY(store_password_of(w->tx, w->caller->account, &found->phc));
  return people__went(w);
}

static result settle(struct work *w, const void *request) {
  const struct stepping *s = request;
  const char *how = "password";
  bool passes = s->found->right, lasts;
  if (s->found->has_factor) {
    passes = false;
    if (s->found->open) TRY(people__factor_passes(w, w->caller->account, s->r->code, &passes, &how));
  }
  if (!passes || !s->found->open) {
    TRY(people__refused_event(w, w->caller->account, "step_up"));
    return people__refuse(w, "code_refused");
  }
  TRY(store_session_step_up(w->tx, s->r->session, &lasts));
  if (!lasts) return REFUSE(w, STR(""), "not_found");
  store_trial_forget(w->tx, s->found->trial);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "session", s->r->session);
  members_add_str(&data, "how", str_of(how));
  TRY(service__event(w, &(struct event){ .type = "session.stepped_up", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add_moment(&m, "step_up_at", tx_at(w->tx));
  return service__answer(w, 200, &m, 0);
}

result step_up(struct service *s, const struct caller *c, struct arena *a, const struct step_up_request *r, struct findings *f,
               struct service_answer *out) {
  static const struct use_case looking = { "step_up", USE_CASE_OWN, look, false };
  static const struct use_case settling = { "step_up", USE_CASE_OWN, settle, false };
  struct step_up_found found = { .open = false };
  struct stepping stepping = { r, &found };
  TRY(people__run(s, c, a, &looking, &stepping, f, out));
  if (!found.has_factor) {
    result judged = people__password_is(a, found.phc, r->code, &found.right);
    if (judged != RESULT_OK) return people__away(a, judged, f, out);
  }
  return people__run(s, c, a, &settling, &stepping, f, out);
}
