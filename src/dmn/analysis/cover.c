/* cover: is every point of a box matched by some row? The box is cut dimension by dimension; what is left of the rows
 * shrinks on the way. A branch ends when no row is left (a hole), when a row is left that takes all of the rest, or when
 * rows that were left of an earlier branch without a hole are all left here as well. */
#include "analysis/analysis.h"

struct box analysis__whole(struct grid *g) {
  struct box b = { ARENA_ARRAY(g->arena, const uint64_t *, g->dim_count) };
  for (uint32_t i = 0; i < g->dim_count; i++) b.sets[i] = g->dims[i].all;
  return b;
}

struct box analysis__row_box(struct grid *g, uint32_t row, bool certain) {
  struct box b = { ARENA_ARRAY(g->arena, const uint64_t *, g->dim_count) };
  for (uint32_t i = 0; i < g->dim_count; i++) b.sets[i] = certain ? g->dims[i].yes[row] : g->dims[i].may[row];
  return b;
}

void analysis__rows_at(const struct grid *g, const uint32_t *classes, uint64_t *yes, uint64_t *may) {
  for (uint32_t w = 0; w < g->row_words; w++) {
    yes[w] = may[w] = g->rows - w * 64 >= 64 ? UINT64_MAX : (UINT64_C(1) << (g->rows - w * 64)) - 1;
    for (uint32_t i = 0; i < g->dim_count; i++) {
      yes[w] &= g->dims[i].classes[classes[i]].yes[w];
      may[w] &= g->dims[i].classes[classes[i]].may[w];
    }
  }
}

/* ---- one hole */

struct search {
  struct grid *grid;
  struct box box;
  uint64_t **full; /* by dimension: rows that take all of the box from there on */
  uint32_t *classes;
};

/* full[i] from the last dimension to the first. */
static uint64_t **rows_full_from(struct grid *g, struct box box) {
  uint64_t **full = ARENA_ARRAY(g->arena, uint64_t *, (size_t)g->dim_count + 1);
  full[g->dim_count] = bits_all(g->arena, g->rows);
  for (uint32_t i = g->dim_count; i-- > 0;) {
    full[i] = bits_new(g->arena, g->row_words);
    for (uint32_t row = 0; row < g->rows; row++)
      if (bits_has(full[i + 1], row) && bits_within(box.sets[i], g->dims[i].yes[row], g->dims[i].words))
        bits_set(full[i], row);
  }
  return full;
}

static bool known_covered(const struct grid *g, const uint64_t *tried, uint32_t count, const uint64_t *left) {
  for (uint32_t i = 0; i < count; i++)
    if (bits_within(tried + (size_t)i * g->row_words, left, g->row_words)) return true;
  return false;
}

static bool take_any(struct search *s, uint32_t dim) {
  for (; dim < s->grid->dim_count; dim++)
    s->classes[dim] = bits_first(s->box.sets[dim], s->grid->dims[dim].class_count);
  return true;
}

static bool find_hole(struct search *s, uint32_t dim, const uint64_t *left) {
  struct grid *g = s->grid;
  if (bits_empty(left, g->row_words)) return take_any(s, dim);
  if (bits_meet(left, s->full[dim], g->row_words)) return false;
  const struct dimension *d = &g->dims[dim];
  struct arena_mark mark = arena_mark(g->arena);
  uint64_t *tried = arena_array(g->arena, (size_t)d->class_count * g->row_words, sizeof *tried);
  uint32_t count = 0;
  bool found = false;
  for (uint32_t c = 0; c < d->class_count && !found; c++) {
    if (!bits_has(s->box.sets[dim], c)) continue;
    if (!grid_step(g, g->row_words + count)) break;
    uint64_t *next = tried + (size_t)count * g->row_words;
    for (uint32_t w = 0; w < g->row_words; w++) next[w] = left[w] & d->classes[c].yes[w];
    if (known_covered(g, tried, count, next)) continue;
    s->classes[dim] = c;
    found = find_hole(s, dim + 1, next);
    count++;
  }
  arena_release(g->arena, mark);
  return found;
}

bool analysis__uncovered(struct grid *g, struct box box, const uint64_t *cover, uint32_t *classes) {
  for (uint32_t i = 0; i < g->dim_count; i++)
    if (bits_empty(box.sets[i], g->dims[i].words)) return false;
  if (g->exhausted) return false;
  struct search s = { g, box, rows_full_from(g, box), classes };
  return find_hole(&s, 0, cover);
}

/* ---- all holes, as boxes */

struct hole {
  const uint64_t **sets;
  const uint64_t *may;
  bool gone;
}; /* may: rows that perhaps fill it */
struct holes {
  struct grid *grid;
  uint64_t **full;
  const uint64_t **prefix;
  bool stopped;
  struct hole *items;
  uint32_t count, capacity;
};

enum { HOLES_MOST = 2000, JOINS_MOST = 2000000 };

static const uint64_t *kept(struct grid *g, const uint64_t *set, uint32_t words) {
  uint64_t *copy = bits_new(g->keep, words);
  if (words > 0) memcpy(copy, set, words * sizeof *set);
  return copy;
}

static void keep_hole(struct holes *h, uint32_t dim, const uint64_t *may) {
  struct grid *g = h->grid;
  if (h->count == h->capacity) {
    uint32_t more = h->capacity == 0 ? 16 : h->capacity * 2;
    h->items = arena_grow(g->keep, h->items, h->capacity * sizeof *h->items, more * sizeof *h->items);
    h->capacity = more;
  }
  struct hole *hole = &h->items[h->count++];
  *hole = (struct hole){ ARENA_ARRAY(g->keep, const uint64_t *, g->dim_count), kept(g, may, g->row_words), false };
  for (uint32_t i = 0; i < g->dim_count; i++)
    hole->sets[i] = i < dim ? kept(g, h->prefix[i], g->dims[i].words) : g->dims[i].all;
  if (h->count >= HOLES_MOST) g->cut = h->stopped = true;
}

/* Classes of one dimension that leave the same rows. */
struct group {
  const uint64_t *yes, *may;
  uint64_t *classes, hash; /* of the rows */
};

/* The rows of `from` that are in `with` as well; mixed into the hash. */
static const uint64_t *common_rows(struct grid *g, const uint64_t *from, const uint64_t *with, uint64_t *hash) {
  uint64_t *s = bits_new(g->arena, g->row_words);
  for (uint32_t w = 0; w < g->row_words; w++) {
    s[w] = from[w] & with[w];
    *hash = (*hash ^ s[w]) * UINT64_C(0x9E3779B97F4A7C15);
    *hash ^= *hash >> 29;
  }
  return s;
}

static bool is_group(const struct grid *g, const struct group *a, const struct group *b) {
  return a->hash == b->hash && bits_same(a->yes, b->yes, g->row_words) && bits_same(a->may, b->may, g->row_words);
}

static uint32_t group_classes(struct holes *h, uint32_t dim, const uint64_t *yes, const uint64_t *may,
                              struct group *groups) {
  struct grid *g = h->grid;
  const struct dimension *d = &g->dims[dim];
  uint32_t count = 0;
  for (uint32_t c = 0; c < d->class_count; c++) {
    struct group one = { .hash = 1 };
    one.yes = common_rows(g, yes, d->classes[c].yes, &one.hash);
    one.may = common_rows(g, may, d->classes[c].may, &one.hash);
    uint32_t i = 0;
    while (i < count && !is_group(g, &groups[i], &one)) i++;
    if (i == count) {
      one.classes = bits_new(g->arena, d->words);
      groups[count++] = one;
    }
    bits_set(groups[i].classes, c);
    if (!grid_step(g, g->row_words + i / 16)) break;
  }
  return count;
}

static void find_holes(struct holes *h, uint32_t dim, const uint64_t *yes, const uint64_t *may) {
  struct grid *g = h->grid;
  if (g->exhausted || h->stopped || bits_meet(yes, h->full[dim], g->row_words)) return;
  bool empty = bits_empty(may, g->row_words);
  if (empty || dim == g->dim_count) {
    keep_hole(h, dim, may);
    return;
  }
  struct arena_mark mark = arena_mark(g->arena);
  struct group *groups = ARENA_ARRAY(g->arena, struct group, g->dims[dim].class_count);
  uint32_t count = group_classes(h, dim, yes, may, groups);
  for (uint32_t i = 0; i < count && !g->exhausted; i++) {
    h->prefix[dim] = groups[i].classes;
    find_holes(h, dim + 1, groups[i].yes, groups[i].may);
  }
  arena_release(g->arena, mark);
}

/* Two boxes that differ in one dimension alone are one box. */
static bool join(struct grid *g, struct hole *a, const struct hole *b) {
  uint32_t differs = g->dim_count;
  if (!bits_same(a->may, b->may, g->row_words)) return false;
  for (uint32_t i = 0; i < g->dim_count; i++) {
    if (bits_same(a->sets[i], b->sets[i], g->dims[i].words)) continue;
    if (differs < g->dim_count) return false;
    differs = i;
  }
  if (differs == g->dim_count) return true;
  uint64_t *both = bits_new(g->keep, g->dims[differs].words);
  for (uint32_t w = 0; w < g->dims[differs].words; w++) both[w] = a->sets[differs][w] | b->sets[differs][w];
  a->sets[differs] = both;
  return true;
}

/* Joined boxes read better and say the same, so this may stop anywhere. */
static void join_all(struct holes *h) {
  uint32_t tries = 0;
  for (bool joined = true; joined;) {
    joined = false;
    for (uint32_t i = 0; i < h->count; i++) {
      for (uint32_t k = i + 1; k < h->count && !h->items[i].gone; k++) {
        if (tries++ >= JOINS_MOST) return;
        if (h->items[k].gone || !join(h->grid, &h->items[i], &h->items[k])) continue;
        h->items[k].gone = joined = true;
      }
    }
  }
}

/* Leaves out what is in doubt, where something else is left. False: somewhere nothing else is. */
static bool settle(struct grid *g, struct hole *hole) {
  bool sure = true;
  for (uint32_t i = 0; i < g->dim_count; i++) {
    const struct dimension *d = &g->dims[i];
    bool left = bits_meet(hole->sets[i], d->sure, d->words);
    sure = sure && left;
    if (!left || bits_same(hole->sets[i], d->all, d->words)) continue;
    uint64_t *s = bits_new(g->keep, d->words);
    for (uint32_t w = 0; w < d->words; w++) s[w] = hole->sets[i][w] & d->sure[w];
    hole->sets[i] = s;
  }
  return sure;
}

static void report_hole(struct grid *g, struct report *r, struct hole *hole) {
  bool perhaps_filled = !bits_empty(hole->may, g->row_words), doubtful = !settle(g, hole);
  bool possible = perhaps_filled || doubtful;
  uint32_t *classes = ARENA_ARRAY(g->arena, uint32_t, g->dim_count);
  for (uint32_t i = 0; i < g->dim_count; i++) classes[i] = bits_first(hole->sets[i], g->dims[i].class_count);
  struct dmn_analysis_finding f = analysis__about(g,
                                                  perhaps_filled ? "table_gap_possible"
                                                  : doubtful     ? "table_gap_null"
                                                                 : "table_gap",
                                                  UINT32_MAX, UINT32_MAX);
  f.advice = possible || g->table->policy > TABLE_PRIORITY; /* of several hits, none may be meant */
  f.region = analysis__region(g, (struct box){ hole->sets });
  analysis__example(g, &f, classes);
  if (perhaps_filled) {
    uint32_t *rows = ARENA_ARRAY(g->keep, uint32_t, g->rows);
    for (uint32_t row = 0; row < g->rows; row++)
      if (bits_has(hole->may, row)) rows[f.row_count++] = row + 1;
    f.rows = rows;
  }
  analysis__add(r, g, f, STR_NONE);
}

/* Whatever the hit policy, a table without a row and a default gives null. */
void analysis__gaps(struct grid *g, struct report *r) {
  if (g->table->has_default || g->exhausted) return;
  const uint64_t *all = bits_all(g->arena, g->rows);
  struct holes h = { .grid = g,
                     .full = rows_full_from(g, analysis__whole(g)),
                     .prefix = ARENA_ARRAY(g->arena, const uint64_t *, g->dim_count) };
  find_holes(&h, 0, all, all);
  join_all(&h);
  uint32_t shown = 0;
  for (uint32_t i = 0; i < h.count; i++) {
    if (h.items[i].gone) continue;
    if (shown++ < g->finding_limit)
      report_hole(g, r, &h.items[i]);
    else
      g->cut = true;
  }
}
