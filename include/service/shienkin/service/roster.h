/* roster: members and facilities as the association knows them, from CSV files, in two times (migrations/0003).
 *
 * Files are UTF-8, or Shift_JIS where the request says so; RFC 4180; the first line names the columns, in Japanese or
 * English, in any order. Days are inclusive on both ends (`until` empty: goes on), written YYYY-MM-DD, YYYY/M/D or in
 * wareki. Empty fields say nothing.
 *
 *   members      member_number class from | until name name_kana postal_code address telephone
 *   facilities   key kind name from | until code name_kana closed_weekdays closed_on_holidays member_number relation
 *                postal_code address telephone; a facility with two members has two lines
 *
 * A file says everything about the keys that stand in it (all spans of days), and nothing about others, unless it is
 * `whole`: then what it does not name is known no more. Taken whole or not at all: every bad line is a finding with its
 * line, `pointer` "/<column>". What is known already is left as it is. Decisions that read a value that the file changes
 * get a finding each and a hold; no decision changes. */
#ifndef SHIENKIN_SERVICE_ROSTER_H
#define SHIENKIN_SERVICE_ROSTER_H

#include "core.h"

enum roster_kind { ROSTER_MEMBERS, ROSTER_FACILITIES };
enum { ROSTER_MOST_LINES = 250000, ROSTER_MOST_BYTES = 128 << 20 };

/* The columns of a kind of file, by both of their names: the key, the days, then the values. Gives how many. */
enum { ROSTER_COLUMNS_MOST = 16 };
struct roster_column { const char *en, *ja; bool needed; };
size_t roster_file_columns(enum roster_kind kind, struct roster_column columns[ROSTER_COLUMNS_MOST]);

struct roster_import_request {
  enum roster_kind kind;
  str file_name;                /* without folders, at most 200 characters */
  str bytes;
  bool shift_jis;               /* the caller has said that Shift_JIS is meant */
  bool whole;
  bool preview;                 /* compare, and take nothing */
};
/* Owners. Answer: {import, kind, encoding, lines, added, changed, ended, decisions_touched, changes: [{key, what, from,
 * until, line, before, after}]} (at most 500 changes, the counts are whole); import null in a preview. 201, or 200. */
MUST_USE result roster_import(struct service *s, const struct caller *c, struct arena *a, const struct roster_import_request *r,
                              struct findings *f, struct service_answer *out);

/* Owners. The newest files that were taken: {imports: [{import, kind: member|facility, file_name, file_sha256, encoding, lines,
 * added, changed, ended, at, by, name, findings, open}]}; findings: values that decisions had used and that the file changed; open:
 * those of them that nobody has settled. No personal data: no event. */
enum { ROSTER_IMPORTS_TOLD = 50 };
MUST_USE result roster_imports(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                               struct findings *f, struct service_answer *out);

/* Staff. What the roster says of a facility on a day: {facility, key, on, known: {…}|null, member: {…, relation}|null}. */
struct roster_lookup_request { struct uuid facility; day on; };
MUST_USE result roster_look_up(struct service *s, const struct caller *c, struct arena *a, const struct roster_lookup_request *r,
                               struct findings *f, struct service_answer *out);

/* Staff. Facilities by a part of name or code: {facilities: [{facility, name, kind, code, from, until}]}, at most 50. */
struct roster_search_request { str words; };
MUST_USE result roster_search(struct service *s, const struct caller *c, struct arena *a, const struct roster_search_request *r,
                              struct findings *f, struct service_answer *out);

#endif
