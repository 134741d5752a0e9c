/* compare: equality, order, sameness and hashing.
 *
 *   dmn_equal, dmn_compare   the operators of FEEL (10.3.2.13, tables 52–54): three-valued, between values of one kind
 *   dmn_order                a total order within one kind, for sorting and searching
 *   dmn_is, dmn_same         the same element of the semantic domain (10.3.2.2.1): two-valued, for any two values
 *   dmn__alike               the same value for lists as sets: as dmn_is, but moments by instant
 *   dmn_hash                 follows dmn__alike, and so dmn_is
 *
 * Values may be nested deeper than the C stack should follow: beyond NESTING_MOST levels an evaluation ends by its
 * budget, and what has no evaluation calls the two different. */
#include "value/compare.h"

#include "value/temporal.h"

#define HASH_PRIME 0x9E3779B97F4A7C15u

/* ---- order within one kind */
static int string_order(dmn_value a, dmn_value b) { return str_cmp(dmn_text(a), dmn_text(b)); }

static int int_order(int64_t a, int64_t b) { return (a > b) - (a < b); }

static bool same_kind_order(dmn_value a, dmn_value b, int *out) {
  switch (a.kind) {
    case DMN_NUMBER: *out = dmn_number_compare(a, b); return true;
    case DMN_STRING: *out = string_order(a, b); return true;
    case DMN_DATE:
    case DMN_MONTHS_DURATION: *out = int_order(a.as.i, b.as.i); return true;
    case DMN_TIME:
    case DMN_DATE_TIME: *out = temporal__order(a, b); return true;
    case DMN_DAYS_DURATION:
      *out = temporal__span_order(temporal__duration_span(a), temporal__duration_span(b));
      return true;
    default: return false;
  }
}

bool dmn_order(struct dmn_eval *e, dmn_value a, dmn_value b, int *out) {
  (void)e;
  return a.kind == b.kind && same_kind_order(a, b, out);
}

dmn_value dmn__raise_kinds(struct dmn_eval *e, dmn_value a, dmn_value b) {
  return dmn_raise(e, DMN_DIAG_TYPE, str_format(e->arena, "%s, %s", dmn_kind_name(a.kind), dmn_kind_name(b.kind)));
}

static dmn_value raise_pair(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (dmn_is_null(a) || dmn_is_null(b)) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  return dmn__raise_kinds(e, a, b);
}

dmn_value dmn__compare_slowly(struct dmn_eval *e, enum dmn_relation r, dmn_value a, dmn_value b) {
  int order;
  if (!dmn_order(e, a, b, &order)) return raise_pair(e, a, b);
  return dmn_boolean(dmn_relation_holds(r, order));
}

/* ---- equality */
static dmn_value equal_nested(struct dmn_eval *e, dmn_value a, dmn_value b, uint32_t level);

/* The conjunction of what was found so far with one more: false decides, null keeps it open. */
static dmn_value conjoin(dmn_value so_far, dmn_value next) { return dmn_is_true(next) ? so_far : next; }

static dmn_value equal_lists(struct dmn_eval *e, dmn_value a, dmn_value b, uint32_t level) {
  if (a.length != b.length) return dmn_boolean(false);
  dmn_value all = dmn_boolean(true);
  dmn_steps(e, a.length);
  for (uint32_t i = 0; i < a.length && !dmn_is_false(all); i++)
    all = conjoin(all, equal_nested(e, a.as.items[i], b.as.items[i], level));
  return all;
}

/* The position in `c` of the entry that is called as entry i of `like`; c->count: none. */
static uint32_t entry_like(const struct dmn_context *c, const struct dmn_context *like, uint32_t i, bool by_number) {
  if (i < c->count && by_number && c->names[i] == like->names[i]) return i;
  str name = by_number ? STR_NONE : dmn_symbols_text(like->symbols, like->names[i]);
  for (uint32_t k = 0; k < c->count; k++) {
    bool same = by_number ? c->names[k] == like->names[i] : str_eq(dmn_symbols_text(c->symbols, c->names[k]), name);
    if (same) return k;
  }
  return c->count;
}

static dmn_value equal_contexts(struct dmn_eval *e, const struct dmn_context *a, const struct dmn_context *b,
                                uint32_t level) {
  if (a->count != b->count) return dmn_boolean(false);
  bool by_number = a->names == b->names || a->count == 0 || dmn_symbols_comparable(a->symbols, b->symbols);
  dmn_value all = dmn_boolean(true);
  for (uint32_t i = 0; i < a->count && !dmn_is_false(all); i++) {
    dmn_steps(e, a->count / 8 + 1);
    uint32_t k = entry_like(b, a, i, by_number);
    if (k == b->count) return dmn_boolean(false);
    all = conjoin(all, equal_nested(e, a->values[i], b->values[k], level));
  }
  return all;
}

static dmn_value equal_ranges(struct dmn_eval *e, const struct dmn_range *a, const struct dmn_range *b,
                              uint32_t level) {
  if (a->open_start != b->open_start || a->open_end != b->open_end) return dmn_boolean(false);
  dmn_value start = equal_nested(e, a->start, b->start, level);
  if (dmn_is_false(start)) return start;
  return conjoin(start, equal_nested(e, a->end, b->end, level));
}

static dmn_value equal_nested(struct dmn_eval *e, dmn_value a, dmn_value b, uint32_t level) {
  if (dmn_is_null(a) || dmn_is_null(b)) return dmn_boolean(a.kind == b.kind);
  if (a.kind != b.kind) return raise_pair(e, a, b);
  if (level == NESTING_MOST) dmn_budget_exceeded(e, "depth");
  int order;
  switch (a.kind) {
    case DMN_BOOLEAN: return dmn_boolean(a.as.truth == b.as.truth);
    case DMN_STRING: return dmn_boolean(str_eq(dmn_text(a), dmn_text(b)));
    case DMN_LIST: return equal_lists(e, a, b, level + 1);
    case DMN_CONTEXT: return equal_contexts(e, a.as.context, b.as.context, level + 1);
    case DMN_RANGE: return equal_ranges(e, a.as.range, b.as.range, level + 1);
    case DMN_FUNCTION: return dmn_boolean(a.as.function == b.as.function);
    default: return dmn_boolean(same_kind_order(a, b, &order) && order == 0);
  }
}

dmn_value dmn__equal_slowly(struct dmn_eval *e, dmn_value a, dmn_value b) { return equal_nested(e, a, b, 0); }

/* ---- sameness, strict or by what the values mean. The two differ for moments alone: 10:00Z and 11:00+01:00 mean one
 * moment in two ways. */
enum sameness { STRICTLY, BY_MEANING };

/* Parts are shared, so a small value can have more parts, counted through, than anybody can visit. An evaluation pays
 * with steps for each; who compares without one gives up after so many and calls the two different. */
#define PARTS_MOST 10000000u
struct comparing {
  struct dmn_eval *e;
  enum sameness how;
  uint32_t parts;
};

static bool may_go_on(struct comparing *c) {
  if (c->e != NULL) dmn_step(c->e);
  return c->e != NULL || ++c->parts <= PARTS_MOST;
}

static bool is_nested(dmn_value a, dmn_value b, uint32_t level, struct comparing *how);

/* A zone named and an offset are different elements even where they mean the same moment; UTC written as Z and as
 * +00:00 is one zone. By meaning, a moment with a zone and one without are different, so that being alike stays
 * transitive. */
static bool is_same_moment(dmn_value a, dmn_value b, struct comparing *how) {
  struct moment_parts x = temporal__parts(a), y = temporal__parts(b);
  if (how->how == BY_MEANING)
    return (x.zone == DMN_ZONE_NONE) == (y.zone == DMN_ZONE_NONE) && temporal__order(a, b) == 0;
  return x.days == y.days && x.nanoseconds == y.nanoseconds && x.zone == y.zone && dmn__zones_same(x.named, y.named);
}

static bool is_same_list(dmn_value a, dmn_value b, uint32_t level, struct comparing *how) {
  if (a.length != b.length) return false;
  if (a.as.items == b.as.items) return true;
  for (uint32_t i = 0; i < a.length; i++)
    if (!is_nested(a.as.items[i], b.as.items[i], level, how)) return false;
  return true;
}

static bool is_same_context(const struct dmn_context *a, const struct dmn_context *b, uint32_t level,
                            struct comparing *how) {
  if (a == b) return true;
  if (a->count != b->count) return false;
  bool by_number = a->names == b->names || a->count == 0 || dmn_symbols_comparable(a->symbols, b->symbols);
  for (uint32_t i = 0; i < a->count; i++) {
    uint32_t k = entry_like(b, a, i, by_number);
    if (k == b->count || !is_nested(a->values[i], b->values[k], level, how)) return false;
  }
  return true;
}

static bool is_same_range(const struct dmn_range *a, const struct dmn_range *b, uint32_t level, struct comparing *how) {
  return a->open_start == b->open_start && a->open_end == b->open_end && is_nested(a->start, b->start, level, how) &&
         is_nested(a->end, b->end, level, how);
}

static bool is_nested(dmn_value a, dmn_value b, uint32_t level, struct comparing *how) {
  if (a.kind != b.kind || level == NESTING_MOST || (level > 0 && !may_go_on(how))) return false;
  int order;
  switch (a.kind) {
    case DMN_NULL: return true;
    case DMN_BOOLEAN: return a.as.truth == b.as.truth;
    case DMN_STRING: return str_eq(dmn_text(a), dmn_text(b));
    case DMN_TIME:
    case DMN_DATE_TIME: return is_same_moment(a, b, how);
    case DMN_LIST: return is_same_list(a, b, level + 1, how);
    case DMN_CONTEXT: return is_same_context(a.as.context, b.as.context, level + 1, how);
    case DMN_RANGE: return is_same_range(a.as.range, b.as.range, level + 1, how);
    case DMN_FUNCTION: return a.as.function == b.as.function;
    default: return same_kind_order(a, b, &order) && order == 0;
  }
}

bool dmn_is(dmn_value a, dmn_value b) { return is_nested(a, b, 0, &(struct comparing){ .how = STRICTLY }); }
bool dmn_same(dmn_value a, dmn_value b) { return dmn_is(a, b); }
bool dmn__is_within(struct dmn_eval *e, dmn_value a, dmn_value b) {
  return is_nested(a, b, 0, &(struct comparing){ .e = e, .how = STRICTLY });
}
bool dmn__alike(struct dmn_eval *e, dmn_value a, dmn_value b) {
  return is_nested(a, b, 0, &(struct comparing){ .e = e, .how = BY_MEANING });
}

/* ---- hashing. Of nested values only a few parts enter, fewer the deeper they lie: alike values have equal hashes
 * all the same, and neither depth nor breadth costs much. The parts of a context enter whole or not at all, for their
 * order does not matter. */
static const uint32_t hashed_parts[] = { 64, 16, 4, 0 };
#define HASHED_LEVELS (COUNT_OF(hashed_parts) - 1)

static uint64_t mix(uint64_t h, uint64_t next) {
  h = (h ^ next) * HASH_PRIME;
  return h ^ h >> 29;
}

static uint64_t hash_nested(dmn_value v, uint32_t level);

static uint64_t hash_context(const struct dmn_context *c, uint32_t level) {
  uint64_t sum = c->count;
  if (c->count > hashed_parts[level]) return sum;
  for (uint32_t i = 0; i < c->count; i++)
    sum += mix(dmn_symbols_hash(c->symbols, c->names[i]), hash_nested(c->values[i], level + 1));
  return sum;
}

static uint64_t hash_list(dmn_value v, uint32_t level) {
  uint64_t h = v.length;
  for (uint32_t i = 0; i < v.length && i < hashed_parts[level]; i++) h = mix(h, hash_nested(v.as.items[i], level + 1));
  return h;
}

static uint64_t hash_moment(dmn_value v) {
  struct moment_parts p = temporal__parts(v);
  struct span s = temporal__instant(p, v.kind == DMN_TIME);
  return mix(mix((uint64_t)s.seconds, (uint64_t)s.nanoseconds), p.zone != DMN_ZONE_NONE);
}

static uint64_t hash_nested(dmn_value v, uint32_t level) {
  uint64_t h = mix(HASH_PRIME, v.kind);
  if (level > HASHED_LEVELS) return h;
  switch (v.kind) {
    case DMN_NULL: return h;
    case DMN_BOOLEAN: return mix(h, v.as.truth);
    case DMN_NUMBER: return mix(h, dmn_number_hash(v));
    case DMN_STRING: return mix(h, str_hash(dmn_text(v)));
    case DMN_TIME:
    case DMN_DATE_TIME: return mix(h, hash_moment(v));
    case DMN_DATE:
    case DMN_MONTHS_DURATION: return mix(h, (uint64_t)v.as.i);
    case DMN_DAYS_DURATION: return mix(mix(h, (uint64_t)v.as.i), v.length);
    case DMN_LIST: return mix(h, hash_list(v, level));
    case DMN_CONTEXT: return mix(h, hash_context(v.as.context, level));
    case DMN_RANGE:
      return mix(mix(h, hash_nested(v.as.range->start, level + 1)), hash_nested(v.as.range->end, level + 1));
    default: return mix(h, (uint64_t)(uintptr_t)v.as.function);
  }
}

uint64_t dmn_hash(dmn_value v) { return hash_nested(v, 0); }
