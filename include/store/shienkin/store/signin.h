/* signin: passwords, authenticators, codes, tickets, sessions, tokens (migrations/0012). No role reads those tables: each
 * statement here calls a function that does one thing. LOG: before anybody has signed in, the service acts under the login
 * of the log. OWN: the acting account itself, in any realm, or the service. STAFF: whoever may manage the account. */
#ifndef SHIENKIN_STORE_SIGNIN_H
#define SHIENKIN_STORE_SIGNIN_H

#include "people.h"

/* ---- trials (LOG, OWN): counted before they are judged; the row is held until the transaction ends */
MUST_USE result store_trial_count(struct tx *tx, struct sha256 subject, int64_t window_s, int64_t *out);
void store_trial_forget(struct tx *tx, struct sha256 subject);

/* ---- signing in (LOG) */
struct sign_in_row {
  struct uuid account, person;
  str realm, name, login;
  str phc;                              /* [by login] null: no password is set */
  struct uuid authenticator;            /* [by login] zero: none is confirmed */
  str how;                              /* [by ticket] "password", "access_code" */
};
MUST_USE result store_sign_in_account(struct tx *tx, str login, struct sign_in_row *out);
/* step "second_factor" or "enrol_totp"; how the first step was passed. */
void store_ticket_write(struct tx *tx, struct sha256 hash, struct uuid account, str step, str how, moment expires_at);
MUST_USE result store_ticket_account(struct tx *tx, struct sha256 hash, str step, struct sign_in_row *out);
void store_ticket_use(struct tx *tx, struct sha256 hash);
struct session_begin_row { struct uuid id; struct sha256 hash; struct uuid account; str via; bool stepped_up; moment expires_at; };
void store_session_begin(struct tx *tx, const struct session_begin_row *row);
MUST_USE result store_access_code_fits(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out);
MUST_USE result store_access_code_use(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out);

/* ---- who a token stands for (LOG) */
struct session_row {
  struct uuid id, account, person;
  str realm, name, language;            /* language may be null */
  struct strs roles;
  moment step_up_at;                    /* null: never */
  bool read_only;
  struct uuids facilities;
  struct strs kinds;                    /* of the mandates, beside facilities */
};
/* Moves the idle clock at most once a minute. */
void store_ask_session_of(struct tx *tx, struct sha256 hash, int64_t idle_s, struct session_row *out, result *found);
void store_ask_machine_session_of(struct tx *tx, struct sha256 hash, struct session_row *out, result *found);
MUST_USE result store_roles_of(struct tx *tx, struct uuid person, str realm, struct strs *out);

/* ---- sessions of the acting account (OWN) */
MUST_USE result store_session_step_up(struct tx *tx, struct uuid session, bool *out);
MUST_USE result store_session_stepped_up(struct tx *tx, struct uuid session, int64_t seconds, bool *out);
MUST_USE result store_session_end(struct tx *tx, struct uuid session, int64_t *ended);      /* zero: all */
struct session_list_row { struct uuid id; str via; moment began_at, seen_at; };
MUST_USE result store_session_list(struct tx *tx, struct uuid account, int64_t idle_s, struct session_list_row **rows,
                                   size_t *count);

/* ---- secrets (OWN) */
MUST_USE result store_password_of(struct tx *tx, struct uuid account, str *out);            /* null: none */
/* Ends the account's sessions but `keep`. */
void store_password_write(struct tx *tx, struct uuid account, str phc, struct uuid keep);
struct authenticator_row { struct uuid id; str sealed_secret; int64_t last_step; };
MUST_USE result store_authenticator_of(struct tx *tx, struct uuid account, bool confirmed, struct authenticator_row *out);
void store_authenticator_write(struct tx *tx, struct uuid id, struct uuid account, str sealed_secret);
void store_authenticator_confirm(struct tx *tx, struct uuid id);
/* false: this step or a later one was used already. */
MUST_USE result store_authenticator_use(struct tx *tx, struct uuid id, int64_t step, bool *out);
void store_recovery_codes_end(struct tx *tx, struct uuid account);
void store_recovery_code_write(struct tx *tx, struct uuid account, struct sha256 hmac);
MUST_USE result store_recovery_code_use(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out);

/* ---- tokens of machines, language (OWN). Rules: token_scope, token_money_role. */
struct machine_token_row { struct uuid id; struct sha256 hash; str name, scope; moment expires_at, ended_at; };
void store_machine_token_write(struct tx *tx, const struct machine_token_row *row);
MUST_USE result store_machine_token_end(struct tx *tx, struct uuid id, bool *out);
MUST_USE result store_machine_token_list(struct tx *tx, struct uuid account, struct machine_token_row **rows, size_t *count);
void store_language_write(struct tx *tx, str language);

/* ---- other people's accounts (STAFF) */
struct account_access_row { bool second_factor; int64_t recovery_codes_left; moment seen_at; str language; };
MUST_USE result store_account_access(struct tx *tx, struct uuid account, struct account_access_row *out);
/* letter zero: handed over. Rule: role_needed. */
void store_access_code_write(struct tx *tx, struct uuid id, struct uuid account, struct uuid letter, struct sha256 hmac,
                             moment expires_at);
void store_account_forget_secrets(struct tx *tx, struct uuid account);
/* facility zero: that of the first mandate in force. false: one waits already, or there is nowhere to post it to. LOG too. */
MUST_USE result store_letter_ask(struct tx *tx, struct uuid id, struct uuid account, struct uuid facility, str kind, bool *out);

struct letter_row {
  struct uuid id, account_id, facility_id;
  str kind, login, facility_name;       /* facility_name: as the roster says now; may be null */
  bool has_address;                     /* the roster knows where it goes, on the day that was asked for */
  moment printed_at;                    /* null: waits for its first printing */
  moment posted_at;                     /* null: the sheet printed last still lies here */
  struct acting by;
};
/* Letters that last, oldest first; at most 1,000. */
MUST_USE result store_letter_open(struct tx *tx, day on, struct letter_row **rows, size_t *count);
MUST_USE result store_letter_by_id(struct tx *tx, struct uuid id, day on, struct letter_row *out);
MUST_USE result store_letter_of_account(struct tx *tx, struct uuid account, day on, struct letter_row *out);
/* Nobody else prints or posts it until the transaction ends. Rule: role_needed. */
void store_letter_hold(struct tx *tx, struct uuid id);
void store_letter_post(struct tx *tx, struct uuid id);

/* Accounts for the staff's list, in the order of their ids. What is null or zero asks for nothing. */
struct account_search {
  struct uuid account;
  str login, name, kana;                /* LIKE patterns, of which one fits */
  str realm, role;
  str state;                            /* "open", "closed", "letter" (a letter for it lasts) */
  struct uuid after;
  int64_t limit;
};
struct account_list_row {
  struct uuid id, person_id;
  str login, name, name_kana, realm;    /* name_kana may be null */
  struct strs roles;
  moment opened_at, closed_at, seen_at; /* the last two may be null */
  bool second_factor;
};
MUST_USE result store_account_search(struct tx *tx, const struct account_search *search, struct account_list_row **rows,
                                     size_t *count);
/* Claims in hand: assigned to the person and not at an end, for whoever takes them back. */
MUST_USE result store_claims_in_hand(struct tx *tx, struct uuid person, int64_t limit, struct uuids *out);

/* Grants with the persons' names. */
struct role_grant_named_row { struct uuid id, person_id; str role, name, reason, by_name; moment began_at, ended_at; };
MUST_USE result store_role_grant_waiting(struct tx *tx, struct role_grant_named_row **rows, size_t *count);
/* Held now or later by persons who have an open account; reason and by_name null. */
MUST_USE result store_role_held_named(struct tx *tx, struct role_grant_named_row **rows, size_t *count);
MUST_USE result store_role_grant_by_id(struct tx *tx, struct uuid id, struct role_grant_named_row *out);
/* That an account of the staff begins anew: asked for by one owner, confirmed by another. Rules: account_self, second_owner. */
struct account_reset_row { struct uuid id, account_id; str login, name, reason, by_name; struct acting by; };
void store_account_reset_insert(struct tx *tx, const struct account_reset_row *row);     /* id, account_id, reason */
void store_account_reset_confirm(struct tx *tx, struct uuid reset);
MUST_USE result store_account_reset_waiting(struct tx *tx, struct account_reset_row **rows, size_t *count);
MUST_USE result store_account_reset_by_id(struct tx *tx, struct uuid id, struct account_reset_row *out);
MUST_USE result store_mandate_by_id(struct tx *tx, struct uuid id, struct mandate_row *out);

#endif
