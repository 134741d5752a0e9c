/* table_run: a decision table at work (DMN 1.5, chapter 8). Input expressions are evaluated once each, all of them, so
 * that a fault in one is seen whatever the others say and whether a trace is kept or not. Their values choose a set of
 * rows per column; the intersection of these sets is what may be hit; cells that are no literals are evaluated on the
 * rows that are left. Then the hit policy makes one result of the hits. */
#include "model/table.h"

enum { SMALL_COLUMNS = 16, SMALL_WORDS = 32 };

struct search {
  const struct table *t;
  uint64_t *left;                                /* rows that may be hit */
  const uint64_t **evaluate;                     /* by column; NULL: nothing to evaluate */
  bool evaluates;
  uint32_t known;                                /* so many inputs have been evaluated: their values stand in their slots */
  uint32_t word;                                 /* where next_hit goes on */
};

static bool has(const uint64_t *set, uint32_t row) {
  return set[row / 64] >> (row % 64) & 1;
}

/* Is the value one of the column's allowed values? null is: it is unknown, not wrong. */
static bool is_allowed(struct dmn_eval *e, const struct search *s, uint32_t column, const uint64_t *set, dmn_value v) {
  const struct table_column *c = &s->t->columns[column];
  uint32_t row = s->t->rows;
  if (v.kind == DMN_NULL) return true;
  if (!has(set, row)) return false;
  if (s->evaluate[column] == NULL || !has(s->evaluate[column], row)) return true;
  return dmn_is_true(feel_tests_run(e, c->cells[row]));
}

/* Most tables have no more rows than a word has bits. */
static inline void intersect(uint64_t *left, const uint64_t *set, uint32_t words, bool first) {
  if (__builtin_expect(words == 1, 1)) *left = first ? *set : *left & *set;
  else if (first) memcpy(left, set, words * sizeof *set);
  else for (uint32_t w = 0; w < words; w++) left[w] &= set[w];
}

/* Evaluates the inputs and intersects their sets. False: a value is not allowed. */
static bool narrow(struct dmn_eval *e, struct search *s, uint64_t *scratch) {
  const struct table *t = s->t;
  bool allowed = true;
  for (uint32_t c = 0; c < t->column_count; c++) {
    const struct table_column *column = &t->columns[c];
    dmn_value v = c < s->known ? e->slots[column->slot] : feel_run(e, column->expression);
    e->slots[column->slot] = v;
    const uint64_t *set = table__find(&column->index, v, scratch, &s->evaluate[c]);
    s->evaluates |= s->evaluate[c] != NULL;
    if (column->cells[t->rows] != NULL && !is_allowed(e, s, c, set, v)) {
      (void)dmn_raise(e, DMN_DIAG_ALLOWED_VALUE, column->label);
      allowed = false;
    }
    intersect(s->left, set, t->words, c == 0);
  }
  return allowed;
}

/* Do the cells of a row that must be evaluated hold? */
static bool row_holds(struct dmn_eval *e, const struct search *s, uint32_t row) {
  for (uint32_t c = 0; c < s->t->column_count; c++) {
    if (s->evaluate[c] == NULL || !has(s->evaluate[c], row)) continue;
    if (!dmn_is_true(feel_tests_run(e, s->t->columns[c].cells[row]))) return false;
  }
  return true;
}

#define NO_ROW UINT32_MAX

/* The next row that is hit, in the order of the table. */
static uint32_t next_hit(struct dmn_eval *e, struct search *s) {
  for (; s->word < s->t->words; s->word++) {
    while (s->left[s->word] != 0) {
      uint32_t row = s->word * 64 + (uint32_t)__builtin_ctzll(s->left[s->word]);
      s->left[s->word] &= s->left[s->word] - 1;
      if (row < s->t->rows && (!s->evaluates || row_holds(e, s, row))) return row;
    }
  }
  return NO_ROW;
}

/* ---- outputs */

static dmn_value output_value(struct dmn_eval *e, const struct table_output *o, const struct feel_node *code) {
  dmn_value v = feel_run(e, code);
  if (o->allowed == NULL || v.kind == DMN_NULL) return v;
  e->slots[o->slot] = v;
  if (dmn_is_true(feel_tests_run(e, o->allowed))) return v;
  return dmn_raise(e, DMN_DIAG_ALLOWED_VALUE, o->name == DMN_SYM_NONE ? STR_NONE : dmn_symbol_text(e, o->name));
}

/* Apart from the constant rows, which most are. */
__attribute__((noinline)) static dmn_value computed_row(struct dmn_eval *e, const struct table *t, uint32_t row) {
  const struct table_result *r = &t->results[row];
  const struct feel_node *const *codes = t->codes + (size_t)row * t->output_count;
  if (t->output_count == 1) return output_value(e, &t->outputs[0], codes[0]);
  dmn_value *values, made = model__context_room(e, t->names, t->output_count, &values);
  memcpy(values, r->values, t->output_count * sizeof *values);
  for (const uint32_t *open = r->open, *end = open + r->open_count; open < end; open++)
    values[*open] = t->outputs[*open].allowed == NULL ? feel_run(e, codes[*open])
                                                      : output_value(e, &t->outputs[*open], codes[*open]);
  return made;
}

static inline dmn_value row_value(struct dmn_eval *e, const struct table *t, uint32_t row) {
  return table__is_known(t, row) ? t->results[row].whole : computed_row(e, t, row);
}

bool table__answers_list(const struct table *t) {
  switch (t->policy) {
    case TABLE_RULE_ORDER:
    case TABLE_OUTPUT_ORDER: return true;
    case TABLE_COLLECT: return t->aggregator == NULL;
    default: return false;
  }
}

static dmn_value default_outputs(struct dmn_eval *e, const struct table *t) {
  dmn_value *values = ARENA_ARRAY(e->arena, dmn_value, t->output_count);
  for (uint32_t o = 0; o < t->output_count; o++) {
    const struct feel_node *code = t->outputs[o].otherwise;
    values[o] = code == NULL ? dmn_null() : output_value(e, &t->outputs[o], code);
  }
  return t->output_count == 1 ? values[0] : model__context(e, t->names, values, t->output_count);
}

/* A table whose answer is a list may give the whole list as its default ([] says "none"); any other default is the value
 * of one hit. */
static dmn_value default_value(struct dmn_eval *e, const struct table *t) {
  if (!table__answers_list(t)) return default_outputs(e, t);
  if (t->output_count == 1) {
    dmn_value whole = feel_run(e, t->outputs[0].otherwise);
    if (whole.kind == DMN_LIST) return whole;
  }
  dmn_value one = default_outputs(e, t);
  return dmn_list_of(e, &one, 1);
}

/* ---- several hits */

static bool in_interval(struct dmn_eval *e, const struct feel_interval *i, dmn_value v) {
  int order;
  if (i->has_start && i->has_end && !i->open_start && !i->open_end && dmn_same(i->start, v)) return true;
  if (i->has_start && (!dmn_order(e, v, i->start, &order) || order < 0 || (order == 0 && i->open_start))) return false;
  if (i->has_end && (!dmn_order(e, v, i->end, &order) || order > 0 || (order == 0 && i->open_end))) return false;
  return true;
}

uint32_t table__rank(struct dmn_eval *e, const struct table_output *o, dmn_value v) {
  for (uint32_t i = 0; i < o->priorities.count; i++)
    if (in_interval(e, &o->priorities.items[i], v)) return i;
  return o->priorities.count;
}

struct hit { uint32_t row; dmn_value value; };

/* Lower stands earlier in outputValues: by the first output, then the second; equal ones by row. */
static int compare_hits(struct dmn_eval *e, const struct table *t, const struct hit *a, const struct hit *b) {
  for (uint32_t o = 0; o < t->output_count; o++) {
    bool whole = t->output_count == 1;
    uint32_t x = table__rank(e, &t->outputs[o], whole ? a->value : a->value.as.context->values[o]);
    uint32_t y = table__rank(e, &t->outputs[o], whole ? b->value : b->value.as.context->values[o]);
    if (x != y) return x < y ? -1 : 1;
  }
  return (a->row > b->row) - (a->row < b->row);
}

struct hits { struct hit *items; uint32_t count, capacity; };

static void gather(struct dmn_eval *e, struct search *s, struct hits *h, uint32_t row) {
  for (; row != NO_ROW; row = next_hit(e, s)) {
    if (h->count == h->capacity) {
      uint32_t capacity = h->capacity == 0 ? 8 : h->capacity * 2;
      h->items = arena_grow(e->arena, h->items, h->capacity * sizeof *h->items, capacity * sizeof *h->items);
      h->capacity = capacity;
    }
    dmn_step(e);
    h->items[h->count++] = (struct hit){ row, row_value(e, s->t, row) };
  }
}

/* By insertion: hits come in the order of rows, so that most stand where they belong, and ties keep it. */
static void sort_hits(struct dmn_eval *e, const struct table *t, struct hits *h) {
  for (uint32_t i = 1; i < h->count; i++) {
    struct hit moved = h->items[i];
    uint32_t at = i;
    for (; at > 0 && compare_hits(e, t, &moved, &h->items[at - 1]) < 0; at--) {
      dmn_step(e);
      h->items[at] = h->items[at - 1];
    }
    h->items[at] = moved;
  }
}

static dmn_value any(struct dmn_eval *e, const struct hits *h) {
  for (uint32_t i = 1; i < h->count; i++)
    if (!dmn_same(h->items[i].value, h->items[0].value)) return dmn_raise(e, DMN_DIAG_SEVERAL_ROWS, STR_NONE);
  return h->items[0].value;
}

static dmn_value collected(struct dmn_eval *e, const struct table *t, const struct hits *h) {
  if (t->counts) return dmn_integer(h->count);
  struct dmn_list_builder list = { .e = e };
  for (uint32_t i = 0; i < h->count; i++) dmn_list_push(&list, h->items[i].value);
  dmn_value values = dmn_list_done(&list);
  if (t->aggregator == NULL) return values;
  if (t->output_count > 1) return dmn_raise(e, DMN_DIAG_DOMAIN, str_of(t->aggregator->name));
  const struct dmn_signature *signature = dmn_builtin_positional(t->aggregator, 1);
  return dmn_builtin_call(e, t->aggregator, signature, &values, 1);
}

static dmn_value resolved(struct dmn_eval *e, const struct table *t, struct hits *h) {
  switch (t->policy) {
    case TABLE_UNIQUE:
    case TABLE_FIRST: assert(!"at_most_one() answers these"); break;
    case TABLE_ANY: return any(e, h);
    case TABLE_PRIORITY:
      sort_hits(e, t, h);
      return h->items[0].value;
    case TABLE_OUTPUT_ORDER:
      sort_hits(e, t, h);
      return collected(e, t, h);
    case TABLE_RULE_ORDER:
    case TABLE_COLLECT: break;
  }
  return collected(e, t, h);
}

/* Without a default it is null under every policy (10.3.2.10, step 2): who means an empty list says so as the default.
 * Policies under which the rows are to cover every input have a fault. */
static dmn_value without_hit(struct dmn_eval *e, const struct table *t) {
  if (t->has_default) return default_value(e, t);
  bool covers = t->policy == TABLE_UNIQUE || t->policy == TABLE_ANY;
  return dmn_raise(e, covers ? DMN_DIAG_NO_ROW : DMN_DIAG_UNKNOWN_CONDITION, STR_NONE);
}

/* ---- traces */

/* One that is left out is told of too, so that it is counted. */
static void trace(struct dmn_eval *e, const struct table *t, const struct hits *h) {
  struct dmn_session *session = model__session(e);
  struct dmn_trace_table told = { .view = t->view, .row_count = h->count };
  if (model__trace_has_room(session)) {
    dmn_value *inputs = ARENA_ARRAY(e->arena, dmn_value, t->column_count);
    for (uint32_t c = 0; c < t->column_count; c++) inputs[c] = e->slots[t->columns[c].slot];
    uint32_t *rows = ARENA_ARRAY(e->arena, uint32_t, h->count);
    for (uint32_t i = 0; i < h->count; i++) rows[i] = h->items[i].row;
    told.inputs = inputs;
    told.rows = rows;
  }
  model__trace_table(session, &told);
}

/* ---- the whole */

/* FIRST needs one hit; UNIQUE one and the proof that there is no second, whose value nobody asks for. */
static dmn_value at_most_one(struct dmn_eval *e, struct search *s, struct hits *h, uint32_t row) {
  const struct table *t = s->t;
  if (t->policy == TABLE_UNIQUE) {
    uint32_t second = next_hit(e, s);
    if (second != NO_ROW) {
      h->items[0] = (struct hit){ row, dmn_null() };
      h->items[1] = (struct hit){ second, dmn_null() };
      h->count = 2;
      return dmn_raise(e, DMN_DIAG_SEVERAL_ROWS, STR_NONE);
    }
  }
  dmn_value v = row_value(e, t, row);
  h->items[0] = (struct hit){ row, v };
  h->count = 1;
  return v;
}

static dmn_value run(struct dmn_eval *e, struct search *s, uint64_t *scratch) {
  const struct table *t = s->t;
  struct hit first[2];
  struct hits h = { first, 0, 2 };
  dmn_value v;
  if (!narrow(e, s, scratch)) {
    v = dmn_null();
  } else {
    uint32_t row = next_hit(e, s);
    if (row == NO_ROW) {
      v = without_hit(e, t);
    } else if (t->policy == TABLE_FIRST || t->policy == TABLE_UNIQUE) {
      v = at_most_one(e, s, &h, row);
    } else {
      h = (struct hits){ NULL, 0, 0 };
      gather(e, s, &h, row);
      v = resolved(e, t, &h);
    }
  }
  if (model__tracing(e)) trace(e, t, &h);
  return v;
}

static dmn_value run_fully(struct dmn_eval *e, const struct table *t, uint32_t known) {
  const uint64_t *few_columns[SMALL_COLUMNS];
  uint64_t few_words[2 * SMALL_WORDS];
  struct search s = { .t = t, .evaluate = few_columns, .left = few_words, .known = known };
  if (t->column_count > SMALL_COLUMNS) s.evaluate = ARENA_ARRAY(e->arena, const uint64_t *, t->column_count);
  if (t->words > SMALL_WORDS) s.left = ARENA_ARRAY(e->arena, uint64_t, 2 * (size_t)t->words);
  if (t->column_count == 0) {                    /* no conditions: every row is hit */
    for (uint32_t w = 0; w < t->words; w++) s.left[w] = UINT64_MAX;
  }
  return run(e, &s, s.left + t->words);
}

/* ---- quick tables: all rows in one word, every cell literal. Whatever is not as it should be (a value of another kind, one
 * that is not allowed, two hits where one may be) goes the long way, which takes over the inputs. */

/* False: the long way. */
static bool quick_rows(struct dmn_eval *e, const struct table *t, uint64_t *rows, uint32_t *known) {
  uint64_t left = UINT64_MAX;
  const struct table_column *end = t->columns + t->column_count;
  for (const struct table_column *column = t->columns; column < end; column++) {
    dmn_value v = feel_run(e, column->expression);
    e->slots[column->slot] = v;
    uint64_t set = column->quick_null;
    if (v.kind == DMN_BOOLEAN && column->kind == DMN_BOOLEAN) {
      set = column->quick_truth[v.as.truth];
    } else if (v.kind != DMN_NULL) {
      if (v.kind != column->kind && (column->index.undashed != NULL || column->has_allowed)) {
        *known = (uint32_t)(column - t->columns) + 1;
        return false;
      }
      set = table__find_word(&column->index, v);
    }
    /* Behind the rows stands what is allowed; null is unknown, not wrong. */
    if (column->has_allowed && v.kind != DMN_NULL && !(set >> t->rows & 1)) {
      *known = (uint32_t)(column - t->columns) + 1;
      return false;
    }
    left &= set;
  }
  *known = t->column_count;
  *rows = left & ((UINT64_C(1) << t->rows) - 1); /* rows and allowed values fit a word, so there are at most 63 */
  return true;
}

static dmn_value quick_list(struct dmn_eval *e, const struct table *t, uint64_t rows) {
  uint32_t row = (uint32_t)__builtin_ctzll(rows), count = (uint32_t)__builtin_popcountll(rows);
  dmn_steps(e, count);
  if (count == 1 && table__is_known(t, row)) return dmn_list(&t->results[row].whole, 1);
  dmn_value *items = ARENA_ARRAY(e->arena, dmn_value, count);
  for (uint32_t i = 0; i < count; i++, rows &= rows - 1) items[i] = row_value(e, t, (uint32_t)__builtin_ctzll(rows));
  return dmn_list(items, count);
}

__attribute__((noinline)) static void trace_rows(struct dmn_eval *e, const struct table *t, uint64_t rows) {
  struct hit hit[64];
  struct hits h = { hit, 0, 64 };
  if (t->policy == TABLE_FIRST) rows &= -rows;   /* nobody asked for the others */
  for (; rows != 0; rows &= rows - 1) hit[h.count++] = (struct hit){ (uint32_t)__builtin_ctzll(rows), dmn_null() };
  trace(e, t, &h);
}

static bool quick_value(struct dmn_eval *e, const struct table *t, uint64_t rows, dmn_value *out) {
  if (rows == 0) {
    *out = without_hit(e, t);
    return true;
  }
  switch (t->policy) {
    case TABLE_UNIQUE:
      if ((rows & (rows - 1)) != 0) return false;
      /* fall through */
    case TABLE_FIRST: *out = row_value(e, t, (uint32_t)__builtin_ctzll(rows)); return true;
    case TABLE_RULE_ORDER:
    case TABLE_COLLECT:
      if (e->budget->list_items < 64) return false;
      *out = quick_list(e, t, rows);
      return true;
    case TABLE_ANY:
    case TABLE_PRIORITY:
    case TABLE_OUTPUT_ORDER: break;
  }
  return false;
}

/* False: the long way. */
static bool run_quickly(struct dmn_eval *e, const struct table *t, dmn_value *out, uint32_t *known) {
  uint64_t rows;
  if (!quick_rows(e, t, &rows, known) || !quick_value(e, t, rows, out)) return false;
  if (model__tracing(e)) trace_rows(e, t, rows);
  return true;
}

dmn_value table__run(struct dmn_eval *e, const struct feel_node *self) {
  const struct table *t = (const struct table *)(const void *)self;
  dmn_steps(e, t->column_count + 1);
  dmn_value v;
  uint32_t known = 0;
  return t->quick && run_quickly(e, t, &v, &known) ? v : run_fully(e, t, known);
}
