/* apply: versions that go are ended first, then those that come are written, all under one import. */
#include <stdlib.h>

#include "roster/file.h"

/* ---- owners that are new: one id per key, however many versions it has */

static void name_owners(struct work *w, enum roster_table t, struct roster_entry **items, size_t count) {
  struct uuid last = { { 0 } };
  str last_key = STR_NONE;
  for (size_t i = 0; i < count; i++) {
    struct roster_entry *e = items[i];
    if (!uuid_none(e->owner)) continue;
    if (!last_key.p || !str_eq(last_key, e->key)) {
      last = tx_new_id(w->tx);
      last_key = e->key;
      if (t == ROSTER_MEMBER_VERSION)
        store_member_insert(w->tx, &(struct member_row){ .id = last, .number = e->key });
      else
        store_facility_insert(w->tx, &(struct facility_row){ .id = last, .key = e->key });
    }
    e->owner = last;
  }
}

/* Relations of new facilities take the ids that their facilities just got; both lists are sorted by key. */
static void follow_facilities(const struct roster_changes *c) {
  size_t f = 0;
  for (size_t i = 0; i < c->come[ROSTER_RELATION].count; i++) {
    struct roster_entry *e = c->come[ROSTER_RELATION].items[i];
    while (f < c->come[ROSTER_FACILITY_VERSION].count &&
           str_cmp(c->come[ROSTER_FACILITY_VERSION].items[f]->key, e->key) < 0)
      f++;
    if (uuid_none(e->owner)) e->owner = c->come[ROSTER_FACILITY_VERSION].items[f]->owner;
  }
}

/* ---- one version */

static str or_null(str s) { return s.n > 0 ? s : STR_NONE; }

static void write_member(struct work *w, struct uuid import, const struct roster_entry *e) {
  store_member_version_insert(w->tx, &(struct member_version_row){ .id = e->id,
                                                                   .member_id = e->owner,
                                                                   .from = e->from,
                                                                   .to = e->to,
                                                                   .known_from = tx_at(w->tx),
                                                                   .import_id = import,
                                                                   .class = e->values[0],
                                                                   .name = e->values[1],
                                                                   .name_kana = or_null(e->values[2]),
                                                                   .postal_code = or_null(e->values[3]),
                                                                   .address = or_null(e->values[4]),
                                                                   .telephone = or_null(e->values[5]) });
}

static struct strs words_of(struct arena *a, str joined) {
  str *items = ARENA_ARRAY(a, str, 7);
  size_t count = 0;
  while (joined.n > 0) items[count++] = str_cut(joined, ' ', &joined);
  return (struct strs){ items, count };
}

static void write_facility(struct work *w, struct uuid import, const struct roster_entry *e) {
  store_facility_version_insert(w->tx,
                                &(struct facility_version_row){ .id = e->id,
                                                                .facility_id = e->owner,
                                                                .from = e->from,
                                                                .to = e->to,
                                                                .known_from = tx_at(w->tx),
                                                                .import_id = import,
                                                                .kind = e->values[0],
                                                                .code = or_null(e->values[1]),
                                                                .name = e->values[2],
                                                                .name_kana = or_null(e->values[3]),
                                                                .closed_weekdays = words_of(w->arena, e->values[4]),
                                                                .closed_on_holidays = str_eq(e->values[5], STR("yes")),
                                                                .postal_code = or_null(e->values[6]),
                                                                .address = or_null(e->values[7]),
                                                                .telephone = or_null(e->values[8]) });
}

static void write_relation(struct work *w, struct uuid import, const struct roster_entry *e) {
  store_facility_relation_insert(w->tx, &(struct facility_relation_row){ .id = e->id,
                                                                         .facility_id = e->owner,
                                                                         .member_id = e->other_owner,
                                                                         .relation = e->values[0],
                                                                         .from = e->from,
                                                                         .to = e->to,
                                                                         .known_from = tx_at(w->tx),
                                                                         .import_id = import });
}

static const struct {
  void (*write)(struct work *w, struct uuid import, const struct roster_entry *e);
  void (*end)(struct tx *tx, struct uuid id, struct uuid ended_by);
} writers[ROSTER_TABLES] = {
  [ROSTER_MEMBER_VERSION] = { write_member, store_member_version_end },
  [ROSTER_FACILITY_VERSION] = { write_facility, store_facility_version_end },
  [ROSTER_RELATION] = { write_relation, store_facility_relation_end },
};

/* ---- what the import's event says of its rows: one hash over the ids of all versions that came and went, sorted */

static int compare_uuids(const void *x, const void *y) { return memcmp(x, y, sizeof(struct uuid)); }

static struct sha256 digest_of(struct arena *a, const struct roster_changes *c) {
  size_t most = 0, count = 0;
  for (int t = 0; t < ROSTER_TABLES; t++) most += c->gone[t].count + c->come[t].count;
  struct uuid *ids = ARENA_ARRAY(a, struct uuid, most);
  for (int t = 0; t < ROSTER_TABLES; t++) {
    for (size_t i = 0; i < c->gone[t].count; i++) ids[count++] = c->gone[t].items[i]->id;
    for (size_t i = 0; i < c->come[t].count; i++) ids[count++] = c->come[t].items[i]->id;
  }
  if (count > 1) qsort(ids, count, sizeof *ids, compare_uuids);
  return sha256_of((str){ (const char *)ids, count * sizeof *ids });
}

result roster__apply(struct work *w, struct uuid import, struct roster_changes *c, struct sha256 *digest) {
  for (int t = 0; t < ROSTER_RELATION; t++) name_owners(w, (enum roster_table)t, c->come[t].items, c->come[t].count);
  follow_facilities(c);
  for (int t = 0; t < ROSTER_TABLES; t++) {
    for (size_t i = 0; i < c->gone[t].count; i++) writers[t].end(w->tx, c->gone[t].items[i]->id, import);
    for (size_t i = 0; i < c->come[t].count; i++) {
      struct roster_entry *e = c->come[t].items[i];
      e->id = tx_new_id(w->tx);
      writers[t].write(w, import, e);
    }
  }
  *digest = digest_of(w->arena, c);
  return tx_flush(w->tx);
}
