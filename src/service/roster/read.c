/* read: bytes to entries. The encoding is told apart first, then the header names the columns, then each line is read by
 * itself, so that all bad lines are told of in one answer. */
#include <stdlib.h>

#include "roster/file.h"
#include "shienkin/text.h"

enum { FIELDS_MOST = 40, FIELD_BYTES_MOST = 4096 };

enum slot_kind { SLOT_NONE, SLOT_KEY, SLOT_FROM, SLOT_UNTIL, SLOT_OTHER, SLOT_VALUE };
struct slot {
  enum slot_kind kind;
  enum roster_table table;
  uint32_t index;
  const char *name;
};

struct reading {
  struct work *w;
  struct arena *arena;
  enum roster_kind kind;
  struct slot slots[FIELDS_MOST];
  uint32_t slot_count;
  struct roster_file *file;
};

/* From 1; 0: a column that the file does not have. */
static uint32_t place_of(const struct reading *r, const char *column) {
  for (uint32_t i = 0; column && i < r->slot_count; i++)
    if (r->slots[i].name && strcmp(r->slots[i].name, column) == 0) return i + 1;
  return 0;
}

static void find_at(struct reading *r, const char *column, uint32_t line, const char *code, str first) {
  str pointer = column ? pointer_member(r->arena, STR(""), str_of(column)) : STR("");
  const struct service_problem *p = service_problem(str_of(code));
  assert(p);
  FINDING_AT(r->w->findings, pointer, line, place_of(r, column), &p->message, first);
}

/* ---- encoding */

static result to_text(struct reading *r, const struct roster_import_request *q, str *text) {
  enum text_encoding e = text_guess(q->bytes);
  size_t at;
  if (e == TEXT_CP932 && !q->shift_jis) {
    find_at(r, NULL, 0, "roster_shift_jis", STR(""));
    return service__refused(r->w);
  }
  bool taken = e == TEXT_UTF8 || e == TEXT_UTF8_BOM || e == TEXT_CP932;
  if (!taken || text_to_utf8(r->arena, e, q->bytes, text, &at) != RESULT_OK) {
    find_at(r, NULL, 0, "roster_encoding", str_of(text_encoding_name(e)));
    return service__refused(r->w);
  }
  r->file->encoding = e == TEXT_CP932 ? "Shift_JIS" : "UTF-8";
  return RESULT_OK;
}

/* ---- header */

static bool is_named(struct arena *a, str heading, const char *en, const char *ja) {
  str key = text_lower(a, str_trim(text_nfkc(a, heading)));
  return str_eq(key, str_of(en)) || str_eq(key, text_nfkc(a, str_of(ja)));
}

static enum roster_table first_table(const struct reading *r) {
  return r->kind == ROSTER_MEMBERS ? ROSTER_MEMBER_VERSION : ROSTER_FACILITY_VERSION;
}

static enum roster_table last_table(const struct reading *r) {
  return r->kind == ROSTER_MEMBERS ? ROSTER_MEMBER_VERSION : ROSTER_RELATION;
}

static struct slot slot_named(struct reading *r, str heading) {
  const struct roster_columns *first = &roster__columns[first_table(r)];
  static const enum slot_kind kinds[ROSTER_FIXED] = { SLOT_FROM, SLOT_UNTIL, SLOT_OTHER };
  int known = r->kind == ROSTER_MEMBERS ? ROSTER_MEMBER_NUMBER : ROSTER_FIXED;
  if (is_named(r->arena, heading, first->key_en, first->key_ja)) return (struct slot){ SLOT_KEY, 0, 0, first->key_en };
  for (int i = 0; i < known; i++)
    if (is_named(r->arena, heading, roster__fixed[i].en, roster__fixed[i].ja))
      return (struct slot){ kinds[i], 0, 0, roster__fixed[i].en };
  for (enum roster_table t = first_table(r); t <= last_table(r); t++)
    for (uint32_t i = 0; i < roster__columns[t].count; i++) {
      const struct roster_value *v = &roster__columns[t].values[i];
      if (is_named(r->arena, heading, v->en, v->ja)) return (struct slot){ SLOT_VALUE, t, i, v->en };
    }
  return (struct slot){ SLOT_NONE, 0, 0, NULL };
}

static bool has_slot(const struct reading *r, enum slot_kind kind, enum roster_table table, uint32_t index) {
  for (uint32_t i = 0; i < r->slot_count; i++)
    if (r->slots[i].kind == kind && (kind != SLOT_VALUE || (r->slots[i].table == table && r->slots[i].index == index)))
      return true;
  return false;
}

static void need_columns(struct reading *r, uint32_t line) {
  const struct roster_columns *first = &roster__columns[first_table(r)];
  if (!has_slot(r, SLOT_KEY, 0, 0)) find_at(r, NULL, line, "roster_column_missing", str_of(first->key_en));
  if (!has_slot(r, SLOT_FROM, 0, 0)) find_at(r, NULL, line, "roster_column_missing", STR("from"));
  for (uint32_t i = 0; i < first->count; i++)
    if (first->values[i].required && !has_slot(r, SLOT_VALUE, first_table(r), i))
      find_at(r, NULL, line, "roster_column_missing", str_of(first->values[i].en));
  bool other = has_slot(r, SLOT_OTHER, 0, 0), relation = has_slot(r, SLOT_VALUE, ROSTER_RELATION, 0);
  if (other != relation)
    find_at(r, NULL, line, "roster_column_missing", other ? STR("relation") : STR("member_number"));
}

static result read_header(struct reading *r, const struct csv_row *row) {
  size_t before = r->w->findings->count;
  for (uint32_t i = 0; i < row->count; i++) {
    struct slot s = slot_named(r, row->fields[i]);
    if (s.kind == SLOT_NONE)
      find_at(r, NULL, row->line, "roster_column_unknown", row->fields[i]);
    else if (has_slot(r, s.kind, s.table, s.index))
      find_at(r, s.name, row->line, "roster_column_twice", str_of(s.name));
    r->slots[r->slot_count++] = s;
  }
  need_columns(r, row->line);
  return r->w->findings->count > before ? service__refused(r->w) : RESULT_OK;
}

/* ---- lines */

static void read_value(struct reading *r, const struct slot *s, str typed, uint32_t line, struct roster_entry *e) {
  const struct roster_value *v = &roster__columns[s->table].values[s->index];
  str *out = &e->values[s->index];
  if (!v->read(r->arena, typed, out)) {
    *out = STR("");
    find_at(r, v->en, line, v->code, typed);
  } else if (utf8_count(*out) > v->most) {
    find_at(r, v->en, line, "roster_too_long", str_format(r->arena, "%u", v->most));
  }
}

static void read_key(struct reading *r, const char *name, str typed, uint32_t line, size_t most, str *out) {
  *out = str_trim(text_nfkc(r->arena, typed));
  if (utf8_count(*out) > most) find_at(r, name, line, "roster_too_long", str_format(r->arena, "%zu", most));
}

static void read_last_day(struct reading *r, str typed, uint32_t line, struct roster_entry *e) {
  if (day_read(r->arena, typed, &e->to))
    e->to++; /* the last day counts */
  else
    find_at(r, "until", line, "roster_day", typed);
}

static void read_field(struct reading *r, const struct slot *s, str typed, uint32_t line,
                       struct roster_entry entries[ROSTER_TABLES]) {
  struct roster_entry *first = &entries[first_table(r)];
  switch (s->kind) {
    case SLOT_KEY: read_key(r, s->name, typed, line, r->kind == ROSTER_MEMBERS ? 20 : 40, &first->key); break;
    case SLOT_OTHER: read_key(r, s->name, typed, line, 20, &entries[ROSTER_RELATION].other); break;
    case SLOT_FROM:
      if (!day_read(r->arena, typed, &first->from)) find_at(r, "from", line, "roster_day", typed);
      break;
    case SLOT_UNTIL: read_last_day(r, typed, line, first); break;
    case SLOT_VALUE: read_value(r, s, typed, line, &entries[s->table]); break;
    case SLOT_NONE: break;
  }
}

static void need_values(struct reading *r, const struct csv_row *row, const struct roster_entry *e) {
  const struct roster_columns *c = &roster__columns[first_table(r)];
  for (uint32_t i = 0; i < row->count && i < r->slot_count; i++) {
    const struct slot *s = &r->slots[i];
    bool required = s->kind == SLOT_KEY || s->kind == SLOT_FROM ||
                    (s->kind == SLOT_VALUE && s->table == first_table(r) && c->values[s->index].required);
    if (required && str_trim(row->fields[i]).n == 0) find_at(r, s->name, row->line, "roster_required", STR(""));
  }
  if (e->from != DAY_NONE && e->to != DAY_NONE && e->to <= e->from)
    find_at(r, "until", row->line, "roster_reversed", STR(""));
}

static void add_relation(struct reading *r, const struct roster_entry *facility, struct roster_entry *relation,
                         uint32_t line) {
  bool has_relation = relation->values[0].n > 0, has_member = relation->other.n > 0;
  if (has_member != has_relation)
    find_at(r, has_member ? "relation" : "member_number", line, "roster_required", STR(""));
  if (!has_member) return;
  relation->key = facility->key;
  relation->from = facility->from;
  relation->to = facility->to;
  roster__entries_add(r->arena, &r->file->tables[ROSTER_RELATION], relation);
}

static void read_line(struct reading *r, const struct csv_row *row) {
  static const char *const faults[] = { [CSV_QUOTE_IN_FIELD] = "csv_quote",
                                        [CSV_AFTER_QUOTE] = "csv_quote",
                                        [CSV_NOT_CLOSED] = "csv_not_closed",
                                        [CSV_TOO_MANY_FIELDS] = "csv_fields",
                                        [CSV_FIELD_TOO_LONG] = "csv_field_long" };
  if (row->fault != CSV_OK) {
    find_at(r, NULL, row->line, faults[row->fault], STR(""));
    return;
  }
  if (row->count != r->slot_count) {
    find_at(r, NULL, row->line, "csv_fields", str_format(r->arena, "%u", r->slot_count));
    return;
  }
  struct roster_entry entries[ROSTER_TABLES];
  for (int t = 0; t < ROSTER_TABLES; t++) {
    entries[t] =
        (struct roster_entry){ .from = DAY_NONE, .to = DAY_NONE, .line = row->line, .key = STR(""), .other = STR("") };
    for (int i = 0; i < ROSTER_VALUES; i++) entries[t].values[i] = STR("");
  }
  for (uint32_t i = 0; i < row->count; i++)
    if (str_trim(row->fields[i]).n > 0) read_field(r, &r->slots[i], row->fields[i], row->line, entries);
  struct roster_entry *first = &entries[first_table(r)];
  need_values(r, row, first);
  if (first_table(r) == ROSTER_FACILITY_VERSION && first->values[5].n == 0) first->values[5] = STR("no");
  roster__entries_add(r->arena, &r->file->tables[first_table(r)], first);
  if (r->kind == ROSTER_FACILITIES) add_relation(r, first, &entries[ROSTER_RELATION], row->line);
}

/* ---- entries against each other */

static bool same_values(const struct roster_entry *a, const struct roster_entry *b) {
  for (int i = 0; i < ROSTER_VALUES; i++)
    if (!str_eq(a->values[i], b->values[i])) return false;
  return a->from == b->from && a->to == b->to;
}

/* A facility stands on a line for each of its members; what is said twice in the same words counts once. Two lines that
 * say different things of the same days contradict each other. */
static void settle(struct reading *r, struct roster_entries *e) {
  roster__entries_sort(e);
  size_t kept = 0;
  for (size_t i = 0; i < e->count; i++) {
    const struct roster_entry *one = &e->items[i], *last = kept > 0 ? &e->items[kept - 1] : NULL;
    bool same_thing = last && str_eq(last->key, one->key) && str_eq(last->other, one->other);
    if (same_thing && same_values(last, one)) continue;
    if (same_thing && (last->to == DAY_NONE || last->to > one->from))
      find_at(r, NULL, one->line, "roster_overlap", str_format(r->arena, "%u", last->line));
    e->items[kept++] = *one;
  }
  e->count = kept;
}

void roster__entries_add(struct arena *a, struct roster_entries *e, const struct roster_entry *entry) {
  if (e->count == e->capacity) {
    size_t capacity = e->capacity ? e->capacity * 2 : 256;
    e->items = arena_grow(a, e->items, e->capacity * sizeof *e->items, capacity * sizeof *e->items);
    e->capacity = capacity;
  }
  e->items[e->count++] = *entry;
}

static int compare_entries(const void *x, const void *y) {
  const struct roster_entry *a = x, *b = y;
  int order = str_cmp(a->key, b->key);
  if (order == 0) order = str_cmp(a->other, b->other);
  if (order == 0) order = (a->from > b->from) - (a->from < b->from);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

void roster__entries_sort(struct roster_entries *e) {
  if (e->count > 1) qsort(e->items, e->count, sizeof *e->items, compare_entries);
}

result roster__read(struct work *w, const struct roster_import_request *q, struct roster_file *out) {
  *out = (struct roster_file){ .sha256 = sha256_of(q->bytes) };
  struct reading r = { .w = w, .arena = w->arena, .kind = q->kind, .file = out };
  if (q->bytes.n > ROSTER_MOST_BYTES) return REFUSE(w, STR(""), "roster_too_large");
  str text;
  TRY(to_text(&r, q, &text));
  struct csv csv;
  struct csv_limits limits = { ROSTER_MOST_LINES + 1, FIELDS_MOST, FIELD_BYTES_MOST };
  if (csv_read(w->arena, text, limits, &csv) != RESULT_OK) return REFUSE(w, STR(""), "roster_too_large");
  if (csv.count == 0 || csv.rows[0].fault != CSV_OK) return REFUSE(w, STR(""), "roster_header");
  TRY(read_header(&r, &csv.rows[0]));
  size_t before = w->findings->count + w->findings->dropped;
  for (size_t i = 1; i < csv.count; i++) read_line(&r, &csv.rows[i]);
  out->lines = csv.count - 1;
  bool bad = w->findings->count + w->findings->dropped > before;
  for (int t = 0; t < ROSTER_TABLES && !bad; t++) settle(&r, &out->tables[t]);
  findings_sort_by_place(w->findings);
  return w->findings->count > before ? service__refused(w) : RESULT_OK;
}
