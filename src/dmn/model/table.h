/* table (inside): a decision table as compiled. See table.c for how it comes about, table_run.c for how it runs. */
#ifndef DMN_MODEL_TABLE_H
#define DMN_MODEL_TABLE_H

#include "model/model.h"

enum table_policy { TABLE_UNIQUE, TABLE_ANY, TABLE_FIRST, TABLE_PRIORITY, TABLE_RULE_ORDER, TABLE_OUTPUT_ORDER, TABLE_COLLECT };

/* One column's cells as row bitsets. The literal bounds of all its cells, sorted, cut the values of the column's kind
 * into regions: region 2i+1 is the point i, region 2i the gap before it, the last one the gap behind all points. Within
 * a region every cell gives the same answer, so a region is a set of rows, and finding the region is finding the rows.
 *
 * Sets are kept for every `stride`-th region; the sets between differ by the rows whose bit changes (`flips`). A stride
 * of 1 is the rule; larger ones keep tables of ten thousand rows within bounds.
 *
 * Beyond the rows of the table stands one more, numbered `rows`: the input's allowed values. Rows whose cell must be
 * evaluated are in every set and in `evaluate`. */
struct table_index {
  int kind;                                      /* of values: enum dmn_kind; -1: no cell is literal */
  dmn_value *points; uint32_t point_count;       /* sorted, distinct */
  /* NUMBER, DATE, MONTHS_DURATION: the points as whole numbers times 10^-scale, where all fit; else NULL */
  const int64_t *whole; uint8_t scale;
  /* regions by value for points close together: region = direct[v - low]; NULL: search */
  const uint32_t *direct; int64_t low; uint64_t direct_count;
  /* STRING columns of points alone: 1 + point by hash; NULL: search */
  const uint32_t *buckets; uint32_t bucket_mask;
  uint32_t words;                                /* of one set */
  const uint64_t *sets; uint32_t stride;
  const uint32_t *flips, *flip_ends;             /* of region r: flips[flip_ends[r - 1] … flip_ends[r]) */
  const uint64_t *null_rows;                     /* what a null value hits */
  const uint64_t *evaluate;                      /* NULL: no cell needs it */
  const uint64_t *undashed;                      /* for values of another kind: every cell that is not `-` is evaluated;
                                                    NULL: none need be */
  const uint64_t *of_truth[2];                   /* BOOLEAN: the sets of false and true; NULL: search */
  const uint64_t *all;                           /* what values of another kind may hit */
};

struct table_column {
  const struct feel_node *expression;
  uint32_t slot;                                 /* where cells find the value */
  bool has_allowed;
  int kind;                                      /* index.kind */
  uint64_t quick_null, quick_truth[2];           /* of a quick table: what null, false and true hit */
  str label;
  const struct feel_tests *const *cells;         /* by row; cells[rows]: allowed values, or NULL */
  struct table_index index;
};

struct table_output {
  dmn_symbol name;
  const struct feel_tests *allowed; uint32_t slot;
  struct feel_literals priorities;               /* of outputValues, in their order; count 0: none */
  const struct feel_node *otherwise;             /* default output; NULL: none */
};

/* What a row gives: `whole`, where all its outputs are known (`open` is empty); else the outputs as far as they are known,
 * and the numbers of those that must be evaluated. */
struct table_result { dmn_value whole; const dmn_value *values; const uint32_t *open; uint32_t open_count; };

struct table {
  struct feel_node_head head;
  enum table_policy policy;
  uint32_t rows, column_count, output_count, words;
  const struct table_column *columns;
  const struct table_output *outputs;
  const dmn_symbol *names;                       /* of outputs */
  const struct feel_node *const *codes;          /* by row, then output */
  const struct table_result *results;            /* by row */
  bool has_default;
  bool quick;                                    /* one word per set, every cell literal: see table_run.c */
  bool counts;                                   /* COLLECT with COUNT */
  const struct dmn_builtin *aggregator;          /* sum, min, max; NULL: a list */
  const struct dmn_table_view *view;
};

static inline bool table__is_known(const struct table *t, uint32_t row) { return t->results[row].open_count == 0; }

/* The table that was drawn so: every view is part of its table_drawn. */
struct table_drawn { struct dmn_table_view view; const struct table *table; };
static inline const struct table *table__of(const struct dmn_table_view *view) {
  return ((const struct table_drawn *)(const void *)view)->table;
}

dmn_value table__run(struct dmn_eval *e, const struct feel_node *self);
/* Is whatever the table gives of that type as it is? Seen from the outputs of its rows, constants by their values. */
bool table__always_fits(const struct table *t, const struct dmn_type *type);
/* Fills column->index. `nulls`: a frame of slots to try cells in. */
void table__build_index(struct model_loader *l, struct table_column *column, uint32_t rows);
/* The set of rows that a value may hit, `*evaluate` those of them whose cell must be evaluated (NULL: none).
 * `scratch` has room for a set. */
const uint64_t *table__find_slowly(const struct table_index *x, dmn_value v, uint64_t *scratch, const uint64_t **evaluate);
/* The same for an index of a quick table, whose sets are a word each, all of them kept, and need no evaluating. */
uint64_t table__find_word(const struct table_index *x, dmn_value v);
static inline const uint64_t *table__find(const struct table_index *x, dmn_value v, uint64_t *scratch, const uint64_t **evaluate) {
  *evaluate = x->evaluate;
  if (v.kind == DMN_NULL) return x->null_rows;
  if (v.kind == DMN_BOOLEAN && x->of_truth[v.as.truth] != NULL) return x->of_truth[v.as.truth];
  return table__find_slowly(x, v, scratch, evaluate);
}
/* Where in outputValues a value stands; their count when nowhere. */
/* Is the answer the list of all hits (RULE ORDER, OUTPUT ORDER, COLLECT without an aggregator). */
bool table__answers_list(const struct table *t);
uint32_t table__rank(struct dmn_eval *e, const struct table_output *o, dmn_value v);

#endif
