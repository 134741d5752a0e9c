/* table_index: builds and searches the index of one column (table.h tells what it is). */
#include "model/table.h"

#include <stdlib.h>

enum {
  SETS_BYTES = 1 << 19,                          /* what the sets of one column may take before the stride grows */
  FEW_POINTS = 8,
  DIRECT_SPAN = 1 << 14,                         /* points that lie within so many whole numbers get a direct table */
};

static bool indexable(int kind) {
  return kind == DMN_BOOLEAN || kind == DMN_NUMBER || kind == DMN_STRING || kind == DMN_DATE || kind == DMN_MONTHS_DURATION;
}

/* The order of two values of one indexable kind. */
static int order(dmn_value a, dmn_value b) {
  switch (a.kind) {
    case DMN_NUMBER: return dmn_number_compare(a, b);
    case DMN_STRING: return str_cmp(dmn_text(a), dmn_text(b));
    case DMN_BOOLEAN: return (int)a.as.truth - (int)b.as.truth;
    default: return (a.as.i > b.as.i) - (a.as.i < b.as.i);
  }
}

static int compare_points(const void *a, const void *b) {
  return order(*(const dmn_value *)a, *(const dmn_value *)b);
}

/* ---- building */

struct cell { bool literal; struct feel_literals what; bool hits_null; };

struct build {
  struct model_loader *l;
  struct table_index *index;
  const struct feel_tests *const *cells;
  struct cell *parts;                            /* of each row, allowed values included */
  uint32_t count;                                /* rows + 1 */
  bool has_ranges;
};

static void set_bit(uint64_t *set, uint32_t row) {
  set[row / 64] |= UINT64_C(1) << (row % 64);
}

static bool bounds_are(const struct feel_interval *i, int kind) {
  return (i->has_start || i->has_end) && (!i->has_start || i->start.kind == kind) && (!i->has_end || i->end.kind == kind);
}

static int kind_of_interval(const struct feel_interval *i) {
  return i->has_start ? i->start.kind : i->has_end ? i->end.kind : DMN_NULL;
}

/* The kind of the column: that of the first literal bound. */
static int column_kind(const struct build *b) {
  for (uint32_t row = 0; row < b->count; row++) {
    const struct cell *c = &b->parts[row];
    if (c->literal && c->what.count > 0) return kind_of_interval(&c->what.items[0]);
  }
  return -1;
}

/* What a literal cell answers to null, found by asking it. False: asking is a fault, so the cell must be evaluated. */
static bool try_null(struct build *b, const struct feel_tests *t, bool *hits) {
  struct dmn_eval *e = &b->l->folder;
  uint32_t faults = e->fault_count;
  dmn_value *around = e->slots;
  e->slots = model__trial_slots(b->l);
  *hits = dmn_is_true(feel_tests_run(e, t));
  e->slots = around;
  return e->fault_count == faults;
}

static void classify(struct build *b) {
  for (uint32_t row = 0; row < b->count; row++) {
    struct cell *c = &b->parts[row];
    const struct feel_tests *t = b->cells[row];
    if (t == NULL || feel_tests_is_dash(t)) {
      *c = (struct cell){ .literal = true, .what = { .negated = true }, .hits_null = true };     /* not(nothing): everything */
      continue;
    }
    c->literal = feel_tests_literals(t, &c->what) && try_null(b, t, &c->hits_null);
  }
  int kind = column_kind(b);
  if (kind >= 0 && !indexable(kind)) kind = -1;
  b->index->kind = kind;
  for (uint32_t row = 0; row < b->count; row++) {
    struct cell *c = &b->parts[row];
    for (uint32_t i = 0; c->literal && i < c->what.count; i++) c->literal = kind >= 0 && bounds_are(&c->what.items[i], kind);
  }
}

static bool is_point(const struct feel_interval *i) {
  return i->has_start && i->has_end && !i->open_start && !i->open_end && order(i->start, i->end) == 0;
}

static void gather_points(struct build *b) {
  uint32_t most = 0;
  for (uint32_t row = 0; row < b->count; row++)
    if (b->parts[row].literal) most += 2 * b->parts[row].what.count;
  dmn_value *points = ARENA_ARRAY(b->l->arena, dmn_value, most);
  uint32_t n = 0;
  for (uint32_t row = 0; row < b->count; row++) {
    const struct cell *c = &b->parts[row];
    for (uint32_t i = 0; c->literal && i < c->what.count; i++) {
      const struct feel_interval *v = &c->what.items[i];
      if (v->has_start) points[n++] = v->start;
      if (v->has_end) points[n++] = v->end;
      if (!is_point(v)) b->has_ranges = true;
    }
  }
  if (n > 1) qsort(points, n, sizeof *points, compare_points);
  uint32_t distinct = 0;
  for (uint32_t i = 0; i < n; i++)
    if (distinct == 0 || order(points[distinct - 1], points[i]) != 0) points[distinct++] = points[i];
  b->index->points = points;
  b->index->point_count = distinct;
}

static uint32_t point_at(const struct table_index *x, dmn_value v) {
  const dmn_value *p = bsearch(&v, x->points, x->point_count, sizeof *x->points, compare_points);
  assert(p != NULL);
  return (uint32_t)(p - x->points);
}

/* A run of regions, first to last, in which a row is hit. */
struct run { uint32_t first, last; };

static int compare_runs(const void *a, const void *b) {
  const struct run *x = a, *y = b;
  return (x->first > y->first) - (x->first < y->first);
}

static bool run_of(const struct table_index *x, const struct feel_interval *i, struct run *out) {
  out->first = !i->has_start ? 0 : 2 * point_at(x, i->start) + (i->open_start ? 2 : 1);
  out->last = !i->has_end ? 2 * x->point_count : 2 * point_at(x, i->end) + (i->open_end ? 0 : 1);
  return out->first <= out->last;
}

struct changes { uint32_t *regions, *rows; uint32_t count, capacity; };

static void change(struct build *b, struct changes *c, uint32_t region, uint32_t row) {
  if (region > 2 * b->index->point_count) return;
  if (c->count == c->capacity) {
    uint32_t capacity = c->capacity == 0 ? 256 : c->capacity * 2;
    c->regions = arena_grow(b->l->arena, c->regions, c->capacity * sizeof *c->regions, capacity * sizeof *c->regions);
    c->rows = arena_grow(b->l->arena, c->rows, c->capacity * sizeof *c->rows, capacity * sizeof *c->rows);
    c->capacity = capacity;
  }
  c->regions[c->count] = region;
  c->rows[c->count++] = row;
}

/* The regions at which a row's bit turns over, walking up: at the first region of each run and behind its last. */
static void row_changes(struct build *b, uint32_t row, struct changes *out) {
  const struct cell *c = &b->parts[row];
  if (!c->literal) {
    change(b, out, 0, row);
    return;
  }
  struct run *runs = ARENA_ARRAY(b->l->arena, struct run, c->what.count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < c->what.count; i++) count += run_of(b->index, &c->what.items[i], &runs[count]);
  if (count > 1) qsort(runs, count, sizeof *runs, compare_runs);
  if (c->what.negated) change(b, out, 0, row);
  for (uint32_t i = 0; i < count;) {
    struct run r = runs[i++];
    for (; i < count && runs[i].first <= r.last + 1; i++)
      if (runs[i].last > r.last) r.last = runs[i].last;
    change(b, out, r.first, row);
    change(b, out, r.last + 1, row);
  }
}

/* Changes sorted by region: a count of each, sums, then each to its place. */
static void sort_changes(struct build *b, const struct changes *c) {
  uint32_t regions = 2 * b->index->point_count + 1;
  uint32_t *ends = arena_zalloc(b->l->arena, regions * sizeof *ends);
  uint32_t *flips = ARENA_ARRAY(b->l->arena, uint32_t, c->count);
  for (uint32_t i = 0; i < c->count; i++) ends[c->regions[i]]++;
  uint32_t before = 0;
  for (uint32_t r = 0; r < regions; r++) {
    uint32_t here = ends[r];
    ends[r] = before;
    before += here;
  }
  for (uint32_t i = 0; i < c->count; i++) flips[ends[c->regions[i]]++] = c->rows[i];
  b->index->flips = flips;
  b->index->flip_ends = ends;
}

static void flip(uint64_t *set, const struct table_index *x, uint32_t region) {
  for (uint32_t i = region == 0 ? 0 : x->flip_ends[region - 1]; i < x->flip_ends[region]; i++)
    set[x->flips[i] / 64] ^= UINT64_C(1) << (x->flips[i] % 64);
}

static void build_sets(struct build *b) {
  struct table_index *x = b->index;
  uint32_t regions = 2 * x->point_count + 1;
  x->stride = 1;
  while ((uint64_t)(regions / x->stride + 1) * x->words * sizeof(uint64_t) > SETS_BYTES && x->stride < regions) x->stride *= 2;
  uint32_t kept = (regions - 1) / x->stride + 1;
  uint64_t *sets = ARENA_ARRAY(b->l->arena, uint64_t, (size_t)kept * x->words);
  uint64_t *set = arena_zalloc(b->l->arena, x->words * sizeof *set);
  for (uint32_t r = 0; r < regions; r++) {
    flip(set, x, r);
    if (r % x->stride == 0) memcpy(sets + (size_t)(r / x->stride) * x->words, set, x->words * sizeof *set);
  }
  x->sets = sets;
}

static void build_special_sets(struct build *b) {
  struct table_index *x = b->index;
  size_t bytes = x->words * sizeof(uint64_t);
  uint64_t *nulls = arena_zalloc(b->l->arena, bytes), *evaluate = arena_zalloc(b->l->arena, bytes);
  uint64_t *undashed = arena_zalloc(b->l->arena, bytes), *all = arena_zalloc(b->l->arena, bytes);
  bool any = false, any_undashed = false;
  for (uint32_t row = 0; row < b->count; row++) {
    const struct cell *c = &b->parts[row];
    const struct feel_tests *t = b->cells[row];
    set_bit(all, row);
    if (!c->literal || c->hits_null) set_bit(nulls, row);
    if (t != NULL && !feel_tests_is_dash(t)) {
      set_bit(undashed, row);
      any_undashed = true;
    }
    if (c->literal) continue;
    set_bit(evaluate, row);
    any = true;
  }
  x->null_rows = nulls;
  x->evaluate = any ? evaluate : NULL;
  x->undashed = any_undashed ? undashed : NULL;
  x->all = all;
  if (x->kind < 0 && !any) {                     /* nothing but `-`, `null` and their like: every value is told from null alone */
    x->undashed = NULL;
    x->all = x->sets;
  }
}

/* ---- ways to the region */

/* The number times 10^scale as a whole number. */
static bool whole_at(dmn_value v, uint8_t scale, int64_t *out) {
  if (v.kind != DMN_NUMBER) return *out = v.as.i, true;
  if (v.scale > scale) return false;             /* also a decimal128 */
  int64_t i = v.as.i;
  for (uint8_t s = v.scale; s < scale; s++)
    if (__builtin_mul_overflow(i, 10, &i)) return false;
  return *out = i, true;
}

static void build_whole(struct build *b) {
  struct table_index *x = b->index;
  if (x->kind != DMN_NUMBER && x->kind != DMN_DATE && x->kind != DMN_MONTHS_DURATION) return;
  uint8_t scale = 0;
  for (uint32_t i = 0; x->kind == DMN_NUMBER && i < x->point_count; i++)
    if (x->points[i].scale > scale) scale = x->points[i].scale;
  if (scale == DMN_SCALE_DECIMAL) return;
  int64_t *whole = ARENA_ARRAY(b->l->arena, int64_t, x->point_count);
  for (uint32_t i = 0; i < x->point_count; i++)
    if (!whole_at(x->points[i], scale, &whole[i])) return;
  x->whole = whole;
  x->scale = scale;
}

/* How many points lie below v, and whether one is v: the region. */
static uint32_t search_whole(const struct table_index *x, int64_t v) {
  const int64_t *base = x->whole;
  uint32_t n = x->point_count;
  if (n == 0) return 0;
  while (n > 1) {                                /* branchless: the half is chosen by arithmetic */
    uint32_t half = n / 2;
    base += (base[half - 1] < v) * half;
    n -= half;
  }
  uint32_t below = (uint32_t)(base - x->whole) + (*base < v);
  return 2 * below + (below < x->point_count && x->whole[below] == v);
}

static void build_direct(struct build *b) {
  struct table_index *x = b->index;
  if (x->whole == NULL || x->point_count < 4) return;
  int64_t low = x->whole[0], high = x->whole[x->point_count - 1];
  uint64_t span = (uint64_t)high - (uint64_t)low;
  if (span >= DIRECT_SPAN) return;
  uint32_t *direct = ARENA_ARRAY(b->l->arena, uint32_t, span + 1);
  for (uint64_t i = 0; i <= span; i++) direct[i] = search_whole(x, low + (int64_t)i);
  x->direct = direct;
  x->low = low;
  x->direct_count = span + 1;
}

/* Short strings are the rule: eight bytes at a time, the rest padded, mixed by multiplication. */
static uint32_t hash_text(const char *p, uint32_t n) {
  uint64_t h = n * UINT64_C(0x9E3779B97F4A7C15);
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t w;
    memcpy(&w, p, 8);
    h = (h ^ w) * UINT64_C(0xFF51AFD7ED558CCD);
    h ^= h >> 32;
  }
  uint64_t w = 0;                                /* the rest: two halves that may overlap, or three bytes that may */
  if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, p, 4);
    memcpy(&b, p + n - 4, 4);
    w = (uint64_t)a << 32 | b;
  } else if (n > 0) {
    w = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
  }
  h = (h ^ w) * UINT64_C(0xFF51AFD7ED558CCD);
  return (uint32_t)(h ^ (h >> 29));
}

static void build_buckets(struct build *b) {
  struct table_index *x = b->index;
  if (x->kind != DMN_STRING || b->has_ranges) return;
  uint32_t size = 8;
  while (size < 2 * x->point_count) size *= 2;
  uint32_t *buckets = arena_zalloc(b->l->arena, size * sizeof *buckets);
  for (uint32_t i = 0; i < x->point_count; i++) {
    uint32_t at = hash_text(x->points[i].as.text, x->points[i].length) & (size - 1);
    while (buckets[at] != 0) at = (at + 1) & (size - 1);
    buckets[at] = i + 1;
  }
  x->buckets = buckets;
  x->bucket_mask = size - 1;
}

static uint32_t search_points(const struct table_index *x, dmn_value v) {
  uint32_t low = 0, high = x->point_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int o = order(x->points[middle], v);
    if (o == 0) return 2 * middle + 1;
    if (o < 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/* Conditions are the most frequent inputs of all: their sets are at hand. */
static void build_truths(struct build *b) {
  struct table_index *x = b->index;
  if (x->kind != DMN_BOOLEAN || x->stride != 1) return;
  for (int truth = 0; truth < 2; truth++) x->of_truth[truth] = x->sets + (size_t)search_points(x, dmn_boolean(truth)) * x->words;
}

void table__build_index(struct model_loader *l, struct table_column *column, uint32_t rows) {
  struct build b = { .l = l, .index = &column->index, .cells = column->cells, .count = rows + 1 };
  b.parts = arena_zalloc(l->arena, b.count * sizeof *b.parts);
  b.index->words = b.count / 64 + (b.count % 64 != 0);
  classify(&b);
  gather_points(&b);
  struct changes changes = { NULL, NULL, 0, 0 };
  for (uint32_t row = 0; row < b.count; row++) row_changes(&b, row, &changes);
  sort_changes(&b, &changes);
  build_sets(&b);
  build_special_sets(&b);
  build_whole(&b);
  build_direct(&b);
  build_buckets(&b);
  build_truths(&b);
}

/* ---- searching */

static uint32_t search_buckets(const struct table_index *x, dmn_value v) {
  for (uint32_t i = 0; i < x->point_count && i < FEW_POINTS; i++)  /* the very string: no hash is needed */
    if (x->points[i].as.text == v.as.text && x->points[i].length == v.length) return 2 * i + 1;
  uint32_t at = hash_text(v.as.text, v.length) & x->bucket_mask;
  for (uint32_t i; (i = x->buckets[at]) != 0; at = (at + 1) & x->bucket_mask) {
    const dmn_value *p = &x->points[i - 1];
    if (dmn_same_text(*p, v)) return 2 * i - 1;
  }
  return 0;                                      /* among points alone, all gaps are alike */
}

static uint32_t region_of(const struct table_index *x, dmn_value v) {
  int64_t i;
  if (x->whole != NULL && whole_at(v, x->scale, &i)) {
    if (x->direct == NULL) return search_whole(x, i);
    uint64_t at = (uint64_t)i - (uint64_t)x->low;
    if (at < x->direct_count) return x->direct[at];
    return i < x->low ? 0 : 2 * x->point_count;
  }
  return x->buckets != NULL ? search_buckets(x, v) : search_points(x, v);
}

uint64_t table__find_word(const struct table_index *x, dmn_value v) {
  return v.kind == x->kind ? x->sets[region_of(x, v)] : x->all[0];
}

const uint64_t *table__find_slowly(const struct table_index *x, dmn_value v, uint64_t *scratch, const uint64_t **evaluate) {
  if (v.kind != x->kind) {
    *evaluate = x->undashed;
    return x->all;
  }
  uint32_t region = region_of(x, v);
  if (x->stride == 1) return x->sets + (size_t)region * x->words;
  uint32_t kept = region / x->stride;
  const uint64_t *set = x->sets + (size_t)kept * x->words;
  memcpy(scratch, set, x->words * sizeof *scratch);
  for (uint32_t r = kept * x->stride + 1; r <= region; r++) flip(scratch, x, r);
  return scratch;
}
