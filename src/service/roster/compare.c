/* compare: what a file changes. Both sides are sorted by key, so one walk over both finds, key by key, which versions
 * stay as they are, which go and which come. */
#include <stdlib.h>

#include "roster/file.h"

/* ---- what the database knows, as entries */

struct keys {
  struct roster_key_row *items;
  size_t count;
};

/* The rows are sorted by bytes of the key; by id we look through a copy sorted by id. */
static int compare_ids(const void *x, const void *y) {
  const struct roster_key_row *a = x, *b = y;
  return memcmp(a->id.bytes, b->id.bytes, sizeof a->id.bytes);
}

static str key_of(const struct keys *by_id, struct uuid id) {
  size_t low = 0, high = by_id->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = memcmp(by_id->items[middle].id.bytes, id.bytes, sizeof id.bytes);
    if (order == 0) return by_id->items[middle].key;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  assert(!"a version without its key");
  return STR("");
}

static struct uuid id_of(const struct keys *by_key, str key) {
  size_t low = 0, high = by_key->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = str_cmp(by_key->items[middle].key, key);
    if (order == 0) return by_key->items[middle].id;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return (struct uuid){ { 0 } };
}

static struct keys sorted_by_id(struct arena *a, const struct keys *keys) {
  struct keys copy = { ARENA_ARRAY(a, struct roster_key_row, keys->count), keys->count };
  if (keys->count > 0) memcpy(copy.items, keys->items, keys->count * sizeof *copy.items);
  if (keys->count > 1) qsort(copy.items, copy.count, sizeof *copy.items, compare_ids);
  return copy;
}

struct known {
  struct keys members, facilities, members_by_id, facilities_by_id;
  struct roster_entries tables[ROSTER_TABLES];
};

static str or_empty(str s) { return s.p ? s : STR(""); }

static struct roster_entry known_entry(str key, struct uuid id, struct uuid owner, day from, day to) {
  struct roster_entry e = { .key = key, .other = STR(""), .from = from, .to = to, .id = id, .owner = owner };
  for (int i = 0; i < ROSTER_VALUES; i++) e.values[i] = STR("");
  return e;
}

static result know_members(struct work *w, struct known *k) {
  struct member_version_row *rows;
  size_t count;
  TRY(store_member_version_known(w->tx, &rows, &count));
  for (size_t i = 0; i < count; i++) {
    const struct member_version_row *r = &rows[i];
    struct roster_entry e = known_entry(key_of(&k->members_by_id, r->member_id), r->id, r->member_id, r->from, r->to);
    const str values[] = { r->class, r->name, r->name_kana, r->postal_code, r->address, r->telephone };
    for (size_t v = 0; v < COUNT_OF(values); v++) e.values[v] = or_empty(values[v]);
    roster__entries_add(w->arena, &k->tables[ROSTER_MEMBER_VERSION], &e);
  }
  return RESULT_OK;
}

static result know_facilities(struct work *w, struct known *k) {
  struct facility_version_row *rows;
  size_t count;
  TRY(store_facility_version_known(w->tx, &rows, &count));
  for (size_t i = 0; i < count; i++) {
    const struct facility_version_row *r = &rows[i];
    struct roster_entry e =
        known_entry(key_of(&k->facilities_by_id, r->facility_id), r->id, r->facility_id, r->from, r->to);
    str weekdays = str_join(w->arena, r->closed_weekdays.items, r->closed_weekdays.count, STR(" "));
    const str values[] = { r->kind,        r->code,    r->name,
                           r->name_kana,   weekdays,   r->closed_on_holidays ? STR("yes") : STR("no"),
                           r->postal_code, r->address, r->telephone };
    for (size_t v = 0; v < COUNT_OF(values); v++) e.values[v] = or_empty(values[v]);
    roster__entries_add(w->arena, &k->tables[ROSTER_FACILITY_VERSION], &e);
  }
  return RESULT_OK;
}

static result know_relations(struct work *w, struct known *k) {
  struct facility_relation_row *rows;
  size_t count;
  TRY(store_facility_relation_known(w->tx, &rows, &count));
  for (size_t i = 0; i < count; i++) {
    const struct facility_relation_row *r = &rows[i];
    struct roster_entry e =
        known_entry(key_of(&k->facilities_by_id, r->facility_id), r->id, r->facility_id, r->from, r->to);
    e.other = key_of(&k->members_by_id, r->member_id);
    e.other_owner = r->member_id;
    e.values[0] = r->relation;
    roster__entries_add(w->arena, &k->tables[ROSTER_RELATION], &e);
  }
  return RESULT_OK;
}

static result know(struct work *w, enum roster_kind kind, struct known *k) {
  *k = (struct known){ 0 };
  TRY(store_member_keys(w->tx, &k->members.items, &k->members.count));
  TRY(store_facility_keys(w->tx, &k->facilities.items, &k->facilities.count));
  k->members_by_id = sorted_by_id(w->arena, &k->members);
  k->facilities_by_id = sorted_by_id(w->arena, &k->facilities);
  if (kind == ROSTER_MEMBERS) TRY(know_members(w, k));
  if (kind == ROSTER_FACILITIES) TRY(know_facilities(w, k));
  if (kind == ROSTER_FACILITIES) TRY(know_relations(w, k));
  for (int t = 0; t < ROSTER_TABLES; t++) roster__entries_sort(&k->tables[t]);
  return RESULT_OK;
}

/* Owners of entries that the database knows already; members of relations must be known. */
static void find_owners(struct work *w, const struct known *k, struct roster_file *file) {
  const struct service_problem *unknown = service_problem(STR("roster_member_unknown"));
  for (int t = 0; t < ROSTER_TABLES; t++)
    for (size_t i = 0; i < file->tables[t].count; i++) {
      struct roster_entry *e = &file->tables[t].items[i];
      e->owner = id_of(t == ROSTER_MEMBER_VERSION ? &k->members : &k->facilities, e->key);
      if (t != ROSTER_RELATION) continue;
      e->other_owner = id_of(&k->members, e->other);
      if (uuid_none(e->other_owner))
        FINDING_AT(w->findings, STR("/member_number"), e->line, 0, &unknown->message, e->other);
    }
}

/* ---- the walk */

static void list_add(struct arena *a, struct roster_entry ***items, size_t *count, size_t *capacity,
                     struct roster_entry *e) {
  if (*count == *capacity) {
    size_t grown = *capacity ? *capacity * 2 : 64;
    *items = arena_grow(a, *items, *capacity * sizeof **items, grown * sizeof **items);
    *capacity = grown;
  }
  (*items)[(*count)++] = e;
}

static void change_add(struct arena *a, struct roster_changes *c, struct roster_change change) {
  if (c->count == c->capacity) {
    size_t capacity = c->capacity ? c->capacity * 2 : 64;
    c->items = arena_grow(a, c->items, c->capacity * sizeof *c->items, capacity * sizeof *c->items);
    c->capacity = capacity;
  }
  c->items[c->count++] = change;
  size_t *counts[] = { &c->added, &c->changed, &c->ended };
  ++*counts[change.what];
}

static bool same(const struct roster_entry *a, const struct roster_entry *b) {
  bool equal = a->from == b->from && a->to == b->to && str_eq(a->other, b->other);
  for (int i = 0; equal && i < ROSTER_VALUES; i++) equal = str_eq(a->values[i], b->values[i]);
  return equal;
}

static bool overlap(const struct roster_entry *a, const struct roster_entry *b) {
  return str_eq(a->other, b->other) && (a->to == DAY_NONE || b->from < a->to) && (b->to == DAY_NONE || a->from < b->to);
}

struct slice {
  struct roster_entry *items;
  size_t count;
};

static bool stands_in(const struct roster_entry *e, const struct slice *s,
                      bool (*like)(const struct roster_entry *, const struct roster_entry *),
                      const struct roster_entry **found) {
  for (size_t i = 0; i < s->count; i++)
    if (like(e, &s->items[i])) {
      if (found) *found = &s->items[i];
      return true;
    }
  return false;
}

/* All versions of one key: known ones, and what the file says. */
static void compare_key(struct arena *a, enum roster_table t, struct slice known, struct slice said,
                        struct roster_changes *c) {
  for (size_t i = 0; i < known.count; i++) {
    struct roster_entry *k = &known.items[i];
    if (stands_in(k, &said, same, NULL)) continue;
    list_add(a, &c->gone[t].items, &c->gone[t].count, &c->gone[t].capacity, k);
    if (!stands_in(k, &said, overlap, NULL)) change_add(a, c, (struct roster_change){ t, ROSTER_ENDED, k, NULL });
  }
  for (size_t i = 0; i < said.count; i++) {
    struct roster_entry *s = &said.items[i];
    const struct roster_entry *before = NULL;
    if (stands_in(s, &known, same, NULL)) continue;
    list_add(a, &c->come[t].items, &c->come[t].count, &c->come[t].capacity, s);
    bool replaces = stands_in(s, &known, overlap, &before);
    change_add(a, c, (struct roster_change){ t, replaces ? ROSTER_CHANGED : ROSTER_ADDED, before, s });
  }
}

static struct slice take_key(struct roster_entries *e, size_t *at, str key) {
  struct slice s = { e->items ? e->items + *at : NULL, 0 };
  while (*at < e->count && str_eq(e->items[*at].key, key)) {
    ++*at;
    s.count++;
  }
  return s;
}

/* A key that the file does not name is left alone, unless the file is the whole roster. A facility that the file names
 * without a member has none: its relations are compared whenever the facility is named. */
static void compare_table(struct arena *a, enum roster_table t, struct roster_entries *known,
                          struct roster_entries *said, const struct roster_entries *naming, bool whole,
                          struct roster_changes *c) {
  size_t k = 0, s = 0, n = 0;
  while (k < known->count || s < said->count) {
    bool from_known = s == said->count || (k < known->count && str_cmp(known->items[k].key, said->items[s].key) <= 0);
    str key = from_known ? known->items[k].key : said->items[s].key;
    while (n < naming->count && str_cmp(naming->items[n].key, key) < 0) n++;
    bool named = n < naming->count && str_eq(naming->items[n].key, key);
    struct slice before = take_key(known, &k, key), after = take_key(said, &s, key);
    if (named || whole) compare_key(a, t, before, after, c);
  }
}

result roster__compare(struct work *w, const struct roster_import_request *r, struct roster_file *file,
                       struct roster_changes *out) {
  struct known *k = ARENA_NEW(w->arena, struct known);
  TRY(know(w, r->kind, k));
  size_t before = w->findings->count;
  find_owners(w, k, file);
  findings_sort_by_place(w->findings);
  if (w->findings->count > before) return service__refused(w);
  *out = (struct roster_changes){ 0 };
  for (int t = 0; t < ROSTER_TABLES; t++) {
    const struct roster_entries *naming = &file->tables[t == ROSTER_RELATION ? ROSTER_FACILITY_VERSION : t];
    compare_table(w->arena, (enum roster_table)t, &k->tables[t], &file->tables[t], naming, r->whole, out);
  }
  return RESULT_OK;
}
