/* analysis (inside): what the files of this room share. A table becomes a grid: each input is a dimension, cut into
 * classes of values that no cell tells apart; each row is, in each dimension, a set of classes. Everything that is asked
 * about all values is then asked about finitely many boxes. */
#ifndef DMN_ANALYSIS_H
#define DMN_ANALYSIS_H

#include "feel/node.h"
#include "model/table.h"
#include "shienkin/dmn/analysis.h"

/* ---- sets of rows or classes */
static inline uint32_t bits_words(uint32_t count) { return count / 64 + (count % 64 != 0); }
static inline bool bits_has(const uint64_t *s, uint32_t i) { return s[i / 64] >> (i % 64) & 1; }
static inline void bits_set(uint64_t *s, uint32_t i) { s[i / 64] |= UINT64_C(1) << (i % 64); }
static inline uint64_t *bits_new(struct arena *a, uint32_t words) {
  return arena_zalloc(a, (words + !words) * sizeof(uint64_t));
}
static inline bool bits_empty(const uint64_t *s, uint32_t words) {
  for (uint32_t w = 0; w < words; w++)
    if (s[w] != 0) return false;
  return true;
}
static inline bool bits_same(const uint64_t *a, const uint64_t *b, uint32_t words) {
  return words == 0 || memcmp(a, b, words * sizeof *a) == 0;
}
static inline bool bits_within(const uint64_t *a, const uint64_t *b, uint32_t words) {
  for (uint32_t w = 0; w < words; w++)
    if ((a[w] & ~b[w]) != 0) return false;
  return true;
}
static inline bool bits_meet(const uint64_t *a, const uint64_t *b, uint32_t words) {
  for (uint32_t w = 0; w < words; w++)
    if ((a[w] & b[w]) != 0) return true;
  return false;
}
uint64_t *bits_all(struct arena *a, uint32_t count);
uint32_t bits_first(const uint64_t *s, uint32_t count); /* count: none */

/* ---- the grid */

/* A run of values that no literal of the dimension divides, with one of them. */
enum atom_kind {
  ATOM_POINT,   /* value alone; true, false and strings too */
  ATOM_BETWEEN, /* all values between low and high (null: no bound) */
  ATOM_OTHER,   /* any other string */
  ATOM_ANY,     /* any value at all but null */
  ATOM_NULL,
};
struct atom {
  enum atom_kind kind;
  dmn_value value, low, high;
  uint32_t class;
};

struct value_class {
  dmn_value example;
  const uint64_t *yes, *may; /* rows whose cells match; that match or may match */
};

struct dimension {
  const uint32_t *columns;
  uint32_t column_count; /* of the same text */
  struct atom *atoms;
  uint32_t atom_count; /* those of the domain, in order, null last */
  bool opaque;         /* values without an order that the analysis knows */
  struct value_class *classes;
  uint32_t class_count, words;
  const uint64_t *const *yes, *const *may; /* by row: sets of classes */
  const uint64_t *all, *sure;              /* classes; those with a value that the input is known to have */
  bool null_doubtful;                      /* null is not ruled out, and nothing speaks of it */
};

struct grid {
  struct arena *arena; /* for sets; emptied when the table is done */
  struct arena *keep;  /* for values and findings, which stay */
  const struct dmn_model *model;
  const struct table *table;
  const struct dmn_table_view *view;
  struct dmn_eval *eval;
  uint32_t node, line;
  uint32_t rows, row_words;
  struct dimension *dims;
  uint32_t dim_count;
  const uint32_t *dim_of;  /* by column */
  bool uncertain;          /* some cell is not literal */
  const uint32_t *answers; /* by row: equal numbers, equal answers */
  bool priorities_known;
  const uint32_t *ranks; /* by row, PRIORITY: 0 wins; equal ones by row */
  uint64_t steps, step_limit;
  uint32_t finding_limit;
  bool exhausted;       /* the steps are used up: everything stops */
  bool cut, advice_cut; /* more was found than is told */
};

/* Counts work. False, and exhausted from then on: the limit is met. */
static inline bool grid_step(struct grid *g, uint64_t n) {
  g->steps += n;
  if (g->steps > g->step_limit) g->exhausted = true;
  return !g->exhausted;
}

/* grid.c: fills in a grid of which arena, keep, model, table, eval, node and line are set. */
void analysis__grid(struct grid *g, const struct dmn_analysis_limits *limits);
bool analysis__full(const struct grid *g, uint32_t dim, uint32_t row); /* the row matches every class, for sure */
bool analysis__reachable(const struct grid *g, uint32_t row);          /* in each dimension some class may match */
/* domain.c */
void analysis__atoms(struct grid *g, struct dimension *d);
struct domain {
  const struct dmn_type *types[2];
  const struct feel_tests *values;
  bool never_null;
  bool is_fact; /* input data, or an entry of it */
};
struct domain analysis__domain(const struct grid *g, uint32_t column);
bool analysis__in_domain(struct grid *g, const struct domain *d, dmn_value v);
int analysis__domain_kind(const struct domain *d); /* of its values, or -1: any */
/* sample.c: a value strictly between two (null: no bound) of one kind. False: there is none. */
bool analysis__between(struct grid *g, int kind, dmn_value low, dmn_value high, dmn_value *out);
dmn_value analysis__sample(int kind); /* some value of a kind; -1: a string */

/* cover.c. A box: for each dimension a set of classes. */
struct box {
  const uint64_t **sets;
};
struct box analysis__whole(struct grid *g);
struct box analysis__row_box(struct grid *g, uint32_t row, bool certain);
/* Finds a point of the box that no row of `cover` matches for sure; classes[] gets its class in each dimension. */
bool analysis__uncovered(struct grid *g, struct box box, const uint64_t *cover, uint32_t *classes);
/* Rows that match a point: for sure, and perhaps. */
void analysis__rows_at(const struct grid *g, const uint32_t *classes, uint64_t *yes, uint64_t *may);

/* ---- findings */
struct report {
  struct arena *arena;
  const struct dmn_model *model;
  struct dmn_analysis_finding *items;
  uint32_t count, capacity;
};
/* Adds one with the message of its code; *f says everything but ja and en. Arguments of the texts: {0} the node, {1} the
 * rows, {2} the input, {3} the region, {4} the example, {5} `detail`. */
void analysis__add(struct report *r, const struct grid *g, struct dmn_analysis_finding f, str detail);
/* What a finding about rows a and b (UINT32_MAX: none) begins with. */
struct dmn_analysis_finding analysis__about(struct grid *g, const char *code, uint32_t a, uint32_t b);
void analysis__example(struct grid *g, struct dmn_analysis_finding *f, const uint32_t *classes);
str analysis__region(struct grid *g, struct box box);
const struct message *analysis__message(const char *code);

/* the checks, one file each */
void analysis__gaps(struct grid *g, struct report *r);
void analysis__pairs(struct grid *g, struct report *r);
void analysis__merges(struct grid *g, struct report *r);
void analysis__reach(struct grid *g, struct report *r);
void analysis__inputs(struct grid *g, struct report *r);
void analysis__cells(struct grid *g, struct report *r);
void analysis__requirements(struct report *r, uint32_t node);
/* The row whose answer stands where these match together, under a policy of one answer; `rows`: none, rows + 1: a fault of
 * the policy. PRIORITY: only where priorities are known. */
uint32_t analysis__decides(const struct grid *g, const uint64_t *matching);
bool analysis__same_answer(const struct grid *g, const uint64_t *a, const uint64_t *b);
bool analysis__same_cell(const struct grid *g, uint32_t dim, uint32_t a, uint32_t b);

#endif
