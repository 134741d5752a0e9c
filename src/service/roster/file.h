/* file: a roster file as entries, and what it changes. Values are normalised text in the order of the kind's columns, so
 * that file and database compare by bytes. */
#ifndef SHIENKIN_SERVICE_ROSTER_FILE_H
#define SHIENKIN_SERVICE_ROSTER_FILE_H

#include "core/work.h"
#include "shienkin/service/roster.h"

enum { ROSTER_VALUES = 10 };

/* The three tables of versions. A line of a facility file speaks of a facility and of a relation. */
enum roster_table { ROSTER_MEMBER_VERSION, ROSTER_FACILITY_VERSION, ROSTER_RELATION, ROSTER_TABLES };

struct roster_value {
  const char *en, *ja; /* the column's names */
  bool required;
  /* Normalises; false: not acceptable. `empty` is never given. NULL: any text of at most `most` characters. */
  bool (*read)(struct arena *a, str typed, str *out);
  uint32_t most;
  const char *code; /* of the finding when it is not acceptable */
};
struct roster_columns {
  const char *table; /* "member_version" */
  const char *key_en, *key_ja;
  const struct roster_value *values;
  uint32_t count;
};
extern const struct roster_columns roster__columns[ROSTER_TABLES];
/* Beside the key and the values; the last one of facilities alone. */
enum roster_fixed { ROSTER_FROM, ROSTER_UNTIL, ROSTER_MEMBER_NUMBER, ROSTER_FIXED };
extern const struct roster_column roster__fixed[ROSTER_FIXED];

struct roster_entry {
  str key;                        /* member number, or facility key */
  str other;                      /* of a relation: the member's number; else "" */
  day from, to;                   /* half-open; DAY_NONE: goes on */
  str values[ROSTER_VALUES];      /* n = 0: says nothing */
  uint32_t line;                  /* in the file; 0: known to the database */
  struct uuid id;                 /* of the version; zero: of the file */
  struct uuid owner, other_owner; /* member or facility; a relation's member */
};
struct roster_entries {
  struct roster_entry *items;
  size_t count, capacity;
};
void roster__entries_add(struct arena *a, struct roster_entries *e, const struct roster_entry *entry);
void roster__entries_sort(struct roster_entries *e); /* by key, other, from */

struct roster_file {
  const char *encoding;
  struct sha256 sha256;
  size_t lines;
  struct roster_entries tables[ROSTER_TABLES]; /* sorted, without repetitions */
};
/* Every bad line is a finding; RESULT_REFUSED when there is one. */
MUST_USE result roster__read(struct work *w, const struct roster_import_request *r, struct roster_file *out);

/* One version that comes, goes, or is replaced. */
enum roster_what { ROSTER_ADDED, ROSTER_CHANGED, ROSTER_ENDED };
struct roster_change {
  enum roster_table table;
  enum roster_what what;
  const struct roster_entry *before, *after; /* NULL: none. Changed: the one before that overlaps, if any */
};
struct roster_changes {
  struct roster_change *items;
  size_t count, capacity;
  /* What is written: these go, those come. */
  struct {
    struct roster_entry **items;
    size_t count, capacity;
  } gone[ROSTER_TABLES], come[ROSTER_TABLES];
  size_t added, changed, ended;
};
MUST_USE result roster__compare(struct work *w, const struct roster_import_request *r, struct roster_file *file,
                                struct roster_changes *out);

/* Writes versions, and new members and facilities, under the import. */
MUST_USE result roster__apply(struct work *w, struct uuid import, struct roster_changes *changes,
                              struct sha256 *digest);
/* Findings and holds for decisions that had used what is said otherwise now. After roster__apply(). */
MUST_USE result roster__touch_decisions(struct work *w, struct uuid import, const struct roster_changes *changes,
                                        size_t *touched);

#endif
