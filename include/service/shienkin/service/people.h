/* people: who may come in, and who they are: accounts, passwords, second factors, sessions, posted codes, mandates, grants.
 *
 * Everything here that a caller without a session may ask answers alike whether the account exists or not, and costs the
 * same time (argon2 against a fixed string where there is none). Secrets leave this room once, when they are made; the
 * database holds SHA-256 of tokens (256 random bits), HMAC of codes under the blind-index key, argon2id strings, and TOTP
 * secrets sealed under the account's key. No database role reads them: functions with a fixed search_path do.
 *
 * A claimant's mailbox is in an attacker's hands: first access and recovery of a clinic need a code that was posted to the
 * roster's address, of the staff a code that an owner hands over in person. */
#ifndef SHIENKIN_SERVICE_PEOPLE_H
#define SHIENKIN_SERVICE_PEOPLE_H

#include "core.h"

enum {
  PASSWORD_LEAST_CHARACTERS = 12, PASSWORD_MOST_BYTES = 1024,
  SESSION_IDLE_S = 30 * 60, SESSION_MOST_S = 12 * 60 * 60,      /* idle, and in all */
  STEP_UP_S = 5 * 60,                                           /* how long a second factor given anew holds */
  TICKET_S = 10 * 60,                                           /* between the steps of one sign-in */
  POSTED_CODE_DAYS = 30, RECOVERY_CODES = 10, TOKEN_MOST_DAYS = 366,
};

/* ---- signing in, step by step. Each step answers with one document:
 *   {next: "second_factor" | "enrol_totp", ticket}        one step more, under this ticket
 *   {next: "done", token, csrf, session, realm, account, person, name, roles: [...], expires_at}      a session
 * The staff and auditors have a second factor, always (but in a demo, where they may do without); clinics where they set one
 * up. A ticket works for its own step, once, for TICKET_S. Callers are nobody (account zero, realm CLINIC): the service acts
 * for them under the login of the log. 422 sign_in_refused for whatever did not fit, without saying which. Trials are counted
 * in the database before they are judged: ten of a password, five of a code, in a window of 15 minutes that ends whatever is
 * tried meanwhile; beyond that nothing passes, with the same answer. A session begins with a fresh step-up.
 *
 * Nothing in this file is remembered under an idempotency key where the answer carries a secret or a secret is judged. */
struct sign_in_request { str login, password; };
MUST_USE result sign_in(struct service *s, const struct caller *c, struct arena *a, const struct sign_in_request *r,
                        struct findings *f, struct service_answer *out);
/* A code of the authenticator (six digits, each once) or a recovery code (each once). */
struct second_factor_request { str ticket, code; };
MUST_USE result sign_in_second_factor(struct service *s, const struct caller *c, struct arena *a,
                                      const struct second_factor_request *r, struct findings *f, struct service_answer *out);
/* First access and recovery: the code that was posted or handed over, with a new password. Ends all sessions of the account
 * and uses the code up. Then the second factor, or its enrolment. */
struct first_access_request { str login, code, password; };
MUST_USE result first_access(struct service *s, const struct caller *c, struct arena *a, const struct first_access_request *r,
                             struct findings *f, struct service_answer *out);
/* A clinic that cannot come in any more: a letter to the roster's address is asked for. Always 202 {}. */
struct recovery_ask_request { str login; };
MUST_USE result recovery_ask(struct service *s, const struct caller *c, struct arena *a, const struct recovery_ask_request *r,
                             struct findings *f, struct service_answer *out);
/* The secret of a new authenticator: 200 {secret (base32), uri (otpauth://totp/…)}. Under a ticket `enrol_totp`, or in a
 * session with a fresh step-up (ticket n = 0, and the session). Nothing holds until it is confirmed by a code of it, which answers with the
 * recovery codes, shown once: {recovery_codes: [...]} beside what the step answers. */
struct totp_enrol_request { str ticket; struct uuid session; };
MUST_USE result totp_enrol(struct service *s, const struct caller *c, struct arena *a, const struct totp_enrol_request *r,
                           struct findings *f, struct service_answer *out);
struct totp_confirm_request { str ticket, code; struct uuid session; };
MUST_USE result totp_confirm(struct service *s, const struct caller *c, struct arena *a, const struct totp_confirm_request *r,
                             struct findings *f, struct service_answer *out);

/* ---- sessions and tokens */

struct session_found {
  struct uuid session, account, person;
  enum store_realm realm;
  uint32_t roles;                       /* service_role bits, in force now */
  bool machine, read_only;
  str csrf;                             /* sessions of a browser; n = 0 for tokens */
  moment step_up_at;                    /* SQL_NONE: never */
  str name, language;                   /* language "ja", "en", or n = 0 */
  const struct uuid *facilities; const str *mandate_kinds; size_t mandate_count;
};
/* The session of a token as it stands now, by one statement; its idle clock is moved at most once a minute, so that it may end
 * a minute early. `now` is not looked at: the store's clock says when. RESULT_NOT_FOUND: there is none, it ended, its account was closed. Not a use
 * case: no event. The prefix of a token tells the realm: "skc_" clinic, "sks_" staff, "ska_" auditor, "skm_" machine. */
MUST_USE result session_resolve(struct service *s, struct arena *a, str token, moment now, struct session_found *out);
struct session_end_request { struct uuid session; };    /* one's own; zero: all of one's account */
MUST_USE result session_end(struct service *s, const struct caller *c, struct arena *a, const struct session_end_request *r,
                            struct findings *f, struct service_answer *out);
/* The second factor again, before approving, releasing, publishing, granting. Accounts without one: their password. */
struct step_up_request { struct uuid session; str code; };
MUST_USE result step_up(struct service *s, const struct caller *c, struct arena *a, const struct step_up_request *r,
                        struct findings *f, struct service_answer *out);
/* A machine's token: clinic scopes, or reading alone; never for somebody who approves, pays or owns (403 token_money_role), and
 * ended when their roles change. 201 {token_id, token (once), expires_at}. */
struct token_create_request { str name; bool read_only; day expires_on; };
MUST_USE result token_create(struct service *s, const struct caller *c, struct arena *a, const struct token_create_request *r,
                             struct findings *f, struct service_answer *out);
struct token_end_request { struct uuid token; };
MUST_USE result token_end(struct service *s, const struct caller *c, struct arena *a, const struct token_end_request *r,
                          struct findings *f, struct service_answer *out);

/* ---- one's own account: {account, login, name, realm, roles, language, second_factor, recovery_codes_left, mandates: [{facility,
 * kind, name, mandate}], sessions: [{session, began_at, seen_at, via, this}], tokens: [{token_id, name, read_only, expires_on, ended_at}]} */
struct own_request { struct uuid session; };
MUST_USE result account_own(struct service *s, const struct caller *c, struct arena *a, const struct own_request *r,
                            struct findings *f, struct service_answer *out);
struct password_change_request { struct uuid session; str old_password, new_password; };        /* ends the other sessions */
MUST_USE result password_change(struct service *s, const struct caller *c, struct arena *a,
                                const struct password_change_request *r, struct findings *f, struct service_answer *out);
struct recovery_codes_request { struct uuid session; };         /* ten new ones, the old ones end; after a step-up */
MUST_USE result recovery_codes_renew(struct service *s, const struct caller *c, struct arena *a,
                                     const struct recovery_codes_request *r, struct findings *f, struct service_answer *out);
struct language_request { str language; };
MUST_USE result language_set(struct service *s, const struct caller *c, struct arena *a, const struct language_request *r,
                             struct findings *f, struct service_answer *out);

/* ---- accounts of others. Staff accounts: owners. Clinic accounts: adjusters, approvers, owners.
 * 201 {account, person, login, code}: the first-access code of a staff account, shown once, to be handed over in person; of a
 * clinic's account null: a letter waits for the mail room instead. `person` zero: a new one of that name. */
struct account_open_request { str realm, login, name, name_kana; struct uuid person; struct uuid facility; str mandate_kind; };
MUST_USE result account_open(struct service *s, const struct caller *c, struct arena *a, const struct account_open_request *r,
                             struct findings *f, struct service_answer *out);
/* A leaver: sessions and tokens end, assigned claims go back, nothing that was done changes. */
struct account_close_request { struct uuid account; str reason; };
MUST_USE result account_close(struct service *s, const struct caller *c, struct arena *a, const struct account_close_request *r,
                              struct findings *f, struct service_answer *out);
/* An account begins anew: password and second factor are forgotten. Of a clinic, at once: a letter waits, 200 {account, login,
 * reset: null}. Of the staff and auditors nothing happens yet, since whoever gets the code gets the account: one owner asks,
 * 201 {account, login, reset}, and another confirms, to whom the code is told once, to be handed over in person:
 * {account, login, code}. Nobody does either for their own account, so that a house keeps three owners. */
struct account_reset_request { struct uuid account; str reason; };
MUST_USE result account_reset(struct service *s, const struct caller *c, struct arena *a, const struct account_reset_request *r,
                              struct findings *f, struct service_answer *out);
struct account_reset_confirm_request { struct uuid reset; };
MUST_USE result account_reset_confirm(struct service *s, const struct caller *c, struct arena *a,
                                      const struct account_reset_confirm_request *r, struct findings *f, struct service_answer *out);
/* Owners: {waiting: [{reset, account, login, name, reason, by, at}]}. */
MUST_USE result account_reset_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                                   struct findings *f, struct service_answer *out);
/* By a part of login, name or its reading, by realm and role; state "open", "closed", or "letter": a letter with its code lasts.
 * What is empty asks for nothing. Whoever is no owner sees the clinics'.
 * {accounts: [{account, person, login, name, realm, roles, opened_at, closed_at, second_factor, seen_at}], next}. */
struct accounts_request { str words, realm, role, state; struct uuid after; int64_t limit; };
MUST_USE result account_list(struct service *s, const struct caller *c, struct arena *a, const struct accounts_request *r,
                             struct findings *f, struct service_answer *out);
/* One account: as in the list, with {name_kana, mandates: as mandate_list(), letter: as in letter_list()|null}. */
struct account_view_request { struct uuid account; };
MUST_USE result account_view(struct service *s, const struct caller *c, struct arena *a, const struct account_view_request *r,
                             struct findings *f, struct service_answer *out);

/* Who may act for a facility: {mandates: [{mandate, account, login, name, facility, facility_name, kind, began_at, by}]}. */
struct mandates_request { struct uuid facility; };
MUST_USE result mandate_list(struct service *s, const struct caller *c, struct arena *a, const struct mandates_request *r,
                             struct findings *f, struct service_answer *out);
/* `account` zero: the one of that login. */
struct mandate_request { struct uuid account, facility; str kind; str login; };
MUST_USE result mandate_give(struct service *s, const struct caller *c, struct arena *a, const struct mandate_request *r,
                             struct findings *f, struct service_answer *out);
struct mandate_end_request { struct uuid mandate; str reason; };
MUST_USE result mandate_end(struct service *s, const struct caller *c, struct arena *a, const struct mandate_end_request *r,
                            struct findings *f, struct service_answer *out);
/* Owners; without effect until another owner confirms. Sessions of the person end when roles change. */
struct role_grant_request { struct uuid person; str role, reason; day from, until; };   /* until DAY_NONE: until revoked */
MUST_USE result role_grant(struct service *s, const struct caller *c, struct arena *a, const struct role_grant_request *r,
                           struct findings *f, struct service_answer *out);
struct role_confirm_request { struct uuid grant; };
MUST_USE result role_confirm(struct service *s, const struct caller *c, struct arena *a, const struct role_confirm_request *r,
                             struct findings *f, struct service_answer *out);
struct role_revoke_request { struct uuid grant; str reason; };
MUST_USE result role_revoke(struct service *s, const struct caller *c, struct arena *a, const struct role_revoke_request *r,
                            struct findings *f, struct service_answer *out);
/* {waiting: [{grant, person, name, role, from, until, reason, by}], held: [{grant, person, name, role, from, until}],
 * short_of_two: [role]}: roles that two persons cannot staff. */
MUST_USE result role_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                          struct service_answer *out);

/* ---- letters (owners and proxies, who neither examine nor pay): the mail room's list: {letters: [{letter, account, login, kind,
 * facility, name, asked_at, printed_at, posted_at, expires_on, has_address, version}]}. has_address: the roster says today where it
 * goes; version: of its sheet, 0 before the first.
 * Printing makes the code, so that none lies about: {letter, kind, login, code, name, postal_code, address, expires_on};
 * printing again makes another, the first is void, and the new sheet waits to be posted. */
MUST_USE result letter_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                            struct service_answer *out);
struct letter_print_request { struct uuid letter; };
MUST_USE result letter_print(struct service *s, const struct caller *c, struct arena *a, const struct letter_print_request *r,
                             struct findings *f, struct service_answer *out);
/* Several at once as somebody saw them, all or none: a letter that was printed meanwhile is another sheet, whose code alone holds,
 * and refuses it all (409 letter_printed). 1 to LETTERS_AT_ONCE; one named twice counts once. {letters: [as above]}. */
enum { LETTERS_AT_ONCE = 100 };
struct letter_shown { struct uuid letter; int64_t version; };
struct letters_request { const struct letter_shown *letters; size_t count; };
MUST_USE result letters_print(struct service *s, const struct caller *c, struct arena *a, const struct letters_request *r,
                              struct findings *f, struct service_answer *out);
/* The same; the printed sheets went to the post: {posted: how many}. 409 letter_unprinted. */
MUST_USE result letters_post(struct service *s, const struct caller *c, struct arena *a, const struct letters_request *r,
                             struct findings *f, struct service_answer *out);

/* For the bootstrap alone, before there is anybody: a code as people see it (the answer) and as the database keeps it. */
str first_access_code(struct arena *a, const struct randomness *r, const struct master_keys *keys, struct uuid account,
                      struct sha256 *kept);

/* ---- for a demo and for tests alone: a session without password or second factor, for an account by its login. Refused
 * unless the service says that it is a demo (service.demo). */
struct demo_sign_in_request { str login; };
MUST_USE result demo_sign_in(struct service *s, const struct caller *c, struct arena *a, const struct demo_sign_in_request *r,
                             struct findings *f, struct service_answer *out);

#endif
