/* roster: members and facilities in two times. During: days on which it was so, half-open, `to` null: goes on.
 * Known: known_from is the moment of the import that brought it, set by the database's rule known_with_import.
 * Lookups take the incident's day and the moment as known at, tx_at() for now. */
#ifndef SHIENKIN_STORE_ROSTER_H
#define SHIENKIN_STORE_ROSTER_H

#include "people.h"

/* ---- imports */

/* One file, taken whole. Written first: versions name it and share its moment. */
struct roster_import_row {
  struct uuid id;
  str kind;                             /* "member", "facility" */
  str file_name;
  struct sha256 file_sha256;
  str encoding;                         /* "UTF-8", "Shift_JIS" */
  int64_t lines;
  int64_t added;
  int64_t changed;
  int64_t ended;
  struct acting by;
};
void store_roster_import_insert(struct tx *tx, const struct roster_import_row *row);
/* What was taken, newest first, with the name of who took it and what it did to decisions. */
struct roster_import_told_row {
  struct roster_import_row import;
  str by_name;
  int64_t findings, open;               /* values changed under a decision; those that nobody has settled yet */
};
MUST_USE result store_roster_import_list(struct tx *tx, int64_t limit, struct roster_import_told_row **rows, size_t *count);

/* A member's number or a facility's key, and the id behind it. All of them, by bytes of the key: for imports. */
struct roster_key_row {
  struct uuid id;
  str key;
};
MUST_USE result store_member_keys(struct tx *tx, struct roster_key_row **rows, size_t *count);
MUST_USE result store_facility_keys(struct tx *tx, struct roster_key_row **rows, size_t *count);

/* ---- members */

struct member_row {
  struct uuid id;
  str number;
  struct acting by;
};
void store_member_insert(struct tx *tx, const struct member_row *row);
MUST_USE result store_member_by_number(struct tx *tx, str number, struct member_row *out);
/* What the roster says of a member. known_from = tx_at() on insert. */
struct member_version_row {
  struct uuid id;
  struct uuid member_id;
  day from;
  day to;                               /* null: goes on */
  moment known_from;
  moment known_to;                      /* [read] null: still */
  struct uuid import_id;
  str class;                            /* "A1" … */
  str name;
  str name_kana;                        /* from here on may be null */
  str postal_code;
  str address;
  str telephone;
};
/* Rules: member_one_truth, known_with_import. */
void store_member_version_insert(struct tx *tx, const struct member_version_row *row);
/* The roster says so no more, by this import. End before inserting what replaces it. */
void store_member_version_end(struct tx *tx, struct uuid id, struct uuid ended_by);
/* All that the roster says now: an import compares itself with it. */
MUST_USE result store_member_version_known(struct tx *tx, struct member_version_row **rows, size_t *count);

/* ---- facilities */

/* A facility that the roster does not know has no version; its key is minted. */
struct facility_row {
  struct uuid id;
  str key;
  struct acting by;
};
void store_facility_insert(struct tx *tx, const struct facility_row *row);
MUST_USE result store_facility_by_id(struct tx *tx, struct uuid id, struct facility_row *out);
void store_ask_facility_by_id(struct tx *tx, struct uuid id, struct facility_row *out, result *found);
MUST_USE result store_facility_by_key(struct tx *tx, str key, struct facility_row *out);
/* What the roster says of a facility. known_from = tx_at() on insert. */
struct facility_version_row {
  struct uuid id;
  struct uuid facility_id;
  day from;
  day to;                               /* null: goes on */
  moment known_from;
  moment known_to;                      /* [read] null: still */
  struct uuid import_id;
  str kind;                             /* "hospital", "clinic", "shared_use", "care_service" */
  str code;                             /* may be null */
  str name;
  str name_kana;                        /* may be null */
  struct strs closed_weekdays;          /* "mon" … */
  bool closed_on_holidays;
  str postal_code;                      /* from here on may be null */
  str address;
  str telephone;
};
/* Rules: facility_one_truth, facility_code_once, known_with_import. */
void store_facility_version_insert(struct tx *tx, const struct facility_version_row *row);
void store_facility_version_end(struct tx *tx, struct uuid id, struct uuid ended_by);
MUST_USE result store_facility_version_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                          struct facility_version_row *out);
void store_ask_facility_version_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                   struct facility_version_row *out, result *found);
MUST_USE result store_facility_version_known(struct tx *tx, struct facility_version_row **rows, size_t *count);
/* `like`: a LIKE pattern, already escaped, over name and code; staff only (an index serves it). */
MUST_USE result store_facility_search(struct tx *tx, str like, int64_t limit, struct facility_version_row **rows,
                                      size_t *count);

/* ---- which member opens or manages which facility */

struct facility_relation_row {
  struct uuid id;
  struct uuid facility_id;
  struct uuid member_id;
  str relation;                         /* "opens", "manages" */
  day from;
  day to;                               /* null: goes on */
  moment known_from;
  moment known_to;                      /* [read] null: still */
  struct uuid import_id;
};
/* Rules: relation_one_truth, known_with_import. */
void store_facility_relation_insert(struct tx *tx, const struct facility_relation_row *row);
void store_facility_relation_end(struct tx *tx, struct uuid id, struct uuid ended_by);
/* The member related to the facility on that day: of those whom the roster knew then, one of class A1 before others (P4 asks
 * about "the claimant's member"), then who opens it before who manages it. */
struct related_member_row {
  struct facility_relation_row relation;
  struct member_version_row version;
  struct member_row member;
};
void store_ask_related_member_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                 struct related_member_row *out, result *found);
MUST_USE result store_facility_relation_known(struct tx *tx, struct facility_relation_row **rows, size_t *count);

/* ---- what an import did to decisions */

/* The latest decision of a living claim, and as of when its snapshot read the roster of facility and member. */
struct roster_use_row {
  struct uuid decision_id;
  struct uuid claim_id;
  struct uuid snapshot_id;
  struct uuid facility_id;
  struct uuid member_id;                /* of the incident; may be null */
  moment roster_known_at;
};
/* All of them, by id: an import looks which ones it touches. */
MUST_USE result store_roster_uses(struct tx *tx, struct roster_use_row **rows, size_t *count);
/* Values as canonical JSON. */
struct roster_finding_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid decision_id;
  struct uuid import_id;
  str key;
  str old_value;
  str new_value;
  struct acting by;
};
void store_roster_finding_insert(struct tx *tx, const struct roster_finding_row *row);
MUST_USE result store_roster_finding_open(struct tx *tx, struct uuid claim_id, struct roster_finding_row **rows,
                                          size_t *count);
/* Settled ones too, oldest first. */
MUST_USE result store_roster_finding_of_decision(struct tx *tx, struct uuid decision_id, struct roster_finding_row **rows,
                                                 size_t *count);
/* verdict: "accepted", "dismissed". Sealed as roster_finding_outcome|sealed_reason|finding id. */
void store_roster_finding_settle(struct tx *tx, struct uuid finding_id, struct uuid claim_id, str verdict,
                                 str sealed_reason);

#endif
