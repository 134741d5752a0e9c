/* people: persons, accounts, roles, mandates. Four eyes compare persons: by.person, never by.account. */
#ifndef SHIENKIN_STORE_PEOPLE_H
#define SHIENKIN_STORE_PEOPLE_H

#include "run.h"

/* The acting columns, read from the row; on insert the database fills them from the transaction. */
struct acting { struct uuid account, person; moment at; };

/* ---- persons and accounts */

/* A natural person, or the one row of the service itself. */
struct person_row {
  struct uuid id;
  str kind;                             /* "human", "service" */
  str name;
  str name_kana;                        /* may be null */
  struct acting by;
};
void store_person_insert(struct tx *tx, const struct person_row *row);
MUST_USE result store_person_by_id(struct tx *tx, struct uuid id, struct person_row *out);

struct account_row {
  struct uuid id;
  struct uuid person_id;
  str realm;                            /* "clinic", "staff", "auditor", "service" */
  str login;
  moment closed_at;                     /* [read] null while open */
  struct acting by;
};
/* A clinic account brings the role clinic by itself. */
void store_account_insert(struct tx *tx, const struct account_row *row);
MUST_USE result store_account_by_id(struct tx *tx, struct uuid id, struct account_row *out);
MUST_USE result store_account_by_login(struct tx *tx, str login, struct account_row *out);
void store_account_close(struct tx *tx, struct uuid id);

/* ---- roles: granted by one owner, confirmed by a second, ended by any */

/* A role in force at some time. */
struct role_held_row {
  struct uuid id;                       /* the grant's id */
  struct uuid person_id;
  str role;
  moment began_at;
  moment ended_at;                      /* null: goes on */
};
/* Roles that the person holds at tx_at(), sorted. */
MUST_USE result store_role_held_now(struct tx *tx, struct uuid person_id, struct role_held_row **rows, size_t *count);
/* Who holds the role at tx_at(). */
MUST_USE result store_role_holders(struct tx *tx, str role, struct role_held_row **rows, size_t *count);
/* Whether the person holds one of the roles now; works in every realm. "service" stands for the service's own
 * person. */
MUST_USE result store_role_holds(struct tx *tx, struct uuid person_id, struct strs roles, bool *out);
/* Rules: role_needed (owner), role_incompatible, role_held_once, second_owner, grant_to_self. */
struct role_grant_row {
  struct uuid id;
  struct uuid person_id;
  str role;
  moment began_at;
  moment ended_at;                      /* null: until revoked */
  str reason;
  struct acting by;
};
/* Without effect until a second owner confirms it. */
void store_role_grant_insert(struct tx *tx, const struct role_grant_row *row);
/* Grants that wait for the second owner. */
MUST_USE result store_role_grant_open(struct tx *tx, struct role_grant_row **rows, size_t *count);
void store_role_grant_confirm(struct tx *tx, struct uuid grant_id);
/* Rules: revocation_in_past, two_owners. */
void store_role_revoke(struct tx *tx, struct uuid grant_id, moment ended_at, str reason);

/* ---- mandates: who may act for which facility */

struct mandate_row {
  struct uuid id;
  struct uuid account_id;
  struct uuid facility_id;
  str kind;                             /* "representative", "clerk", "proxy" */
  moment began_at;
  moment ended_at;                      /* [read] null: goes on */
  struct acting by;
};
/* Rules: mandate_once, mandate_realm, mandate_to_self, role_incompatible. */
void store_mandate_insert(struct tx *tx, const struct mandate_row *row);
void store_mandate_end(struct tx *tx, struct uuid id);
MUST_USE result store_mandate_of_account(struct tx *tx, struct uuid account_id, struct mandate_row **rows,
                                         size_t *count);

/* Mandates in force with all names, by account or by facility (the other is zero), oldest first. */
struct mandate_named_row {
  struct uuid id, account_id, facility_id;
  str kind, login, name, by_name;       /* name of who holds it, and of who gave it */
  str facility_name;                    /* as the roster says now; may be null */
  moment began_at;
};
MUST_USE result store_mandate_named(struct tx *tx, struct uuid account, struct uuid facility, struct mandate_named_row **rows,
                                    size_t *count);

#endif
