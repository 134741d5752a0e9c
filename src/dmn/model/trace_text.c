/* trace_text: a trace as a person reads it, from the result down to the inputs:
 *
 *   支給の可否 = "支給"
 *     行 3: 会員 = true｜届出 = "済"
 *       条項: P4
 *     ← 会員である = true
 *     ← 届出 = "済"
 *     ← 額を決める = 100000
 *       引数: 額 = 100000
 *
 * Under a step stands what it required, then what it called, each with what was asked for there for the first time. */
#include "model/model.h"

enum { DEEPEST = 64 }; /* indentation stops growing here */

struct telling {
  struct dmn_session *session;
  struct buf out;
  bool ja;
  const struct dmn_trace_step *steps;
  uint32_t count;
  uint32_t *first, *next; /* by step: what it asked for; 1 + step, 0: none */
  uint32_t *step_of;      /* by node: 1 + its step in the session's own graph */
  bool *inside, *told;    /* by step: within a call; written */
};

static void indent(struct telling *t, uint32_t depth) {
  for (uint32_t i = 0; i < depth && i < DEEPEST; i++) buf_add(&t->out, STR("  "));
}

str model__node_title(const struct dmn_node_info *n) { return n->label.n > 0 ? n->label : n->name; }

static str title(const struct telling *t, uint32_t node) {
  return model__node_title(dmn_model_node(t->session->model, node));
}

/* A text of the catalogue; the number stands where it has {0}. */
static void say(struct telling *t, const char *code, uint32_t number) {
  const struct message *m = dmn__message(code);
  str text = str_of(t->ja ? m->ja : m->en);
  ptrdiff_t at = str_find(text, STR("{0}"));
  if (at < 0) {
    buf_add(&t->out, text);
    return;
  }
  buf_add(&t->out, str_slice(text, 0, (size_t)at));
  buf_format(&t->out, "%u", number);
  buf_add(&t->out, str_slice(text, (size_t)at + 3, text.n));
}

/* Line breaks in a cell or a text would break the indentation. */
static void add_flat(struct telling *t, str s) {
  for (size_t i = 0; i < s.n; i++) buf_byte(&t->out, s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i]);
}

static void add_pair(struct telling *t, str name, const char *between, str value) {
  add_flat(t, name);
  buf_add(&t->out, str_of(between));
  add_flat(t, value);
}

/* ---- tables */

/* The name of the entry under which a table stands in an expression; n = 0: it is the whole, or has none. */
str model__table_entry(const struct dmn_boxed *b, const struct dmn_table_view *table) {
  if (b == NULL || b->table == table) return STR("");
  bool named = b->kind == DMN_LOGIC_CONTEXT || b->kind == DMN_LOGIC_INVOCATION;
  for (uint32_t i = 0; i < b->count && b->parts != NULL; i++) {
    const struct dmn_boxed *part = b->parts[i];
    if (part == NULL) continue;
    str below = model__table_entry(part, table);
    if (below.n > 0) return below;
    if (named && part->table == table) return b->labels[i];
  }
  return STR("");
}

static void tell_conditions(struct telling *t, const struct dmn_table_view *v, const struct dmn_table_row *row) {
  bool any = false;
  for (uint32_t i = 0; i < v->input_count; i++) {
    if (str_eq(row->inputs[i], STR("-"))) continue;
    buf_add(&t->out, any ? STR("｜") : STR(" "));
    add_pair(t, v->inputs[i].label, ": ", row->inputs[i]);
    any = true;
  }
  buf_add(&t->out, any ? STR("\n") : STR(" -\n"));
}

static void tell_row(struct telling *t, const struct dmn_table_view *v, uint32_t number, uint32_t depth) {
  const struct dmn_table_row *row = &v->rows[number];
  indent(t, depth);
  say(t, "trace_row", number + 1);
  tell_conditions(t, v, row);
  for (uint32_t i = 0; i < v->annotation_count; i++) {
    if (row->annotations[i].n == 0) continue;
    indent(t, depth + 1);
    add_pair(t, v->annotations[i], v->annotations[i].n > 0 ? ": " : "", row->annotations[i]);
    buf_byte(&t->out, '\n');
  }
}

static void tell_table(struct telling *t, const struct dmn_trace_step *step, const struct dmn_trace_table *table,
                       uint32_t depth) {
  str entry = model__table_entry(dmn_model_logic(t->session->model, step->node), table->view);
  if (entry.n > 0) {
    indent(t, depth++);
    add_flat(t, entry);
    buf_add(&t->out, STR(":\n"));
  }
  for (uint32_t i = 0; i < table->row_count; i++) tell_row(t, table->view, table->rows[i], depth);
  if (table->row_count > 0) return;
  indent(t, depth);
  say(t, "trace_no_row", 0);
  buf_byte(&t->out, '\n');
}

/* ---- steps */

static void tell_arguments(struct telling *t, const struct dmn_trace_step *step, uint32_t depth) {
  if (step->argument_count == 0) return;
  indent(t, depth);
  say(t, "trace_arguments", 0);
  for (uint32_t i = 0; i < step->argument_count; i++) {
    buf_add(&t->out, i > 0 ? STR("｜") : STR(": "));
    add_pair(t, step->argument_names[i], " = ", dmn_print(t->session->arena, step->arguments[i]));
  }
  buf_byte(&t->out, '\n');
}

static void tell_left_out(struct telling *t, const struct dmn_trace_calls *calls, uint32_t depth) {
  for (; calls != NULL; calls = calls->next) {
    if (calls->left_out == 0) continue;
    indent(t, depth);
    add_flat(t, title(t, calls->node));
    buf_add(&t->out, STR(": "));
    say(t, "trace_left_out", calls->left_out);
    buf_byte(&t->out, '\n');
  }
}

static void tell_one(struct telling *t, const struct dmn_trace_step *step, uint32_t depth) {
  indent(t, depth);
  if (depth > 0) buf_add(&t->out, STR("← "));
  add_pair(t, title(t, step->node), " = ", dmn_print(t->session->arena, step->result));
  buf_byte(&t->out, '\n');
  tell_arguments(t, step, depth + 1);
  for (uint32_t i = 0; i < step->table_count; i++) tell_table(t, step, &step->tables[i], depth + 1);
  if (step->tables_left_out == 0) return;
  indent(t, depth + 1);
  say(t, "trace_tables_left_out", step->tables_left_out);
  buf_byte(&t->out, '\n');
}

/* The recursion is as deep as the evaluation was, whose depth is bounded. What a decision requires may have been asked for
 * by the host before. */
static void tell(struct telling *t, uint32_t step, uint32_t depth) {
  if (t->told[step]) return;
  t->told[step] = true;
  tell_one(t, &t->steps[step], depth);
  const struct dmn_node_info *info = dmn_model_node(t->session->model, t->steps[step].node);
  for (uint32_t i = 0; i < info->requires_count && !t->inside[step]; i++)
    if (t->step_of[info->requires[i]] != 0) tell(t, t->step_of[info->requires[i]] - 1, depth + 1);
  for (uint32_t below = t->first[step]; below != 0; below = t->next[below - 1]) tell(t, below - 1, depth + 1);
  tell_left_out(t, t->steps[step].calls, depth + 1);
}

static bool is_call(const struct telling *t, uint32_t step) {
  enum dmn_node_kind kind = dmn_model_node(t->session->model, t->steps[step].node)->kind;
  return kind == DMN_NODE_BKM || kind == DMN_NODE_SERVICE;
}

/* A step stands behind the one that asked for it. */
static void arrange(struct telling *t) {
  for (uint32_t i = 0; i < t->count; i++) {
    uint32_t parent = t->steps[i].parent;
    t->inside[i] = is_call(t, i) || (parent != DMN_NO_STEP && t->inside[parent]);
    if (!t->inside[i]) t->step_of[t->steps[i].node] = i + 1;
  }
  for (uint32_t i = t->count; i > 0; i--) {
    uint32_t parent = t->steps[i - 1].parent;
    if (parent == DMN_NO_STEP) continue;
    t->next[i - 1] = t->first[parent];
    t->first[parent] = i;
  }
}

static void print_text(void *context) {
  struct telling *t = context;
  struct dmn_session *s = t->session;
  t->steps = dmn_trace(s, &t->count);
  t->out = buf_in(s->arena);
  t->first = arena_zalloc(s->arena, t->count * sizeof *t->first);
  t->next = arena_zalloc(s->arena, t->count * sizeof *t->next);
  t->inside = arena_zalloc(s->arena, t->count);
  t->told = arena_zalloc(s->arena, t->count);
  t->step_of = arena_zalloc(s->arena, s->model->node_count * sizeof *t->step_of);
  arrange(t);
  /* What the host asked for last comes first; earlier questions that it does not use follow. */
  for (uint32_t i = t->count; i > 0; i--)
    if (t->steps[i - 1].parent == DMN_NO_STEP) tell(t, i - 1, 0);
  tell_left_out(t, s->trace.calls, 0);
}

str dmn_trace_text(struct dmn_session *s, bool japanese) {
  struct telling t = { .session = s, .ja = japanese };
  return arena_run(s->arena, print_text, &t) == RESULT_OK ? buf_str(&t.out) : STR_NONE;
}
