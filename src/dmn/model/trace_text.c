/* trace_text: a trace as a person reads it, from the result down to the inputs:
 *
 *   支給の可否 = "支給"
 *     表の行 3: 会員 = true｜届出 = "済"
 *       条項: P4
 *     ← 会員である = true
 *     ← 届出 = "済"
 *
 * What was told once is not told again below. */
#include "model/model.h"

enum { DEEPEST = 64 };                           /* indentation stops growing here */

struct telling {
  struct dmn_session *session;
  struct buf out;
  uint32_t *steps_of;                            /* by node: 1 + its last step; 0: none */
  bool *told;
};

static void indent(struct telling *t, uint32_t depth) {
  for (uint32_t i = 0; i < depth && i < DEEPEST; i++) buf_add(&t->out, STR("  "));
}

str model__node_title(const struct dmn_node_info *n) {
  return n->label.n > 0 ? n->label : n->name;
}

/* Line breaks in a cell or a text would break the indentation. */
static void add_flat(struct telling *t, str s) {
  for (size_t i = 0; i < s.n; i++) buf_byte(&t->out, s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i]);
}

static void tell_rule(struct telling *t, const struct dmn_trace_step *step, const struct dmn_trace_rule *r, uint32_t depth) {
  const struct dmn_boxed *logic = dmn_model_logic(t->session->model, step->node);
  const struct dmn_table_view *table = logic == NULL ? NULL : logic->table;
  indent(t, depth);
  buf_format(&t->out, "行 %u:", r->row);
  bool any = false;
  for (uint32_t i = 0; i < r->condition_count; i++) {
    if (str_eq(r->conditions[i], STR("-"))) continue;
    buf_add(&t->out, any ? STR("｜") : STR(" "));
    if (table != NULL && i < table->input_count) {
      add_flat(t, table->inputs[i].label);
      buf_add(&t->out, STR(": "));
    }
    add_flat(t, r->conditions[i]);
    any = true;
  }
  if (!any) buf_add(&t->out, STR(" -"));
  buf_byte(&t->out, '\n');
  for (uint32_t i = 0; i < r->annotation_count; i++) {
    if (r->annotations[i].n == 0) continue;
    indent(t, depth + 1);
    if (table != NULL && i < table->annotation_count && table->annotations[i].n > 0) {
      add_flat(t, table->annotations[i]);
      buf_add(&t->out, STR(": "));
    }
    add_flat(t, r->annotations[i]);
    buf_byte(&t->out, '\n');
  }
}

static void tell_step(struct telling *t, const struct dmn_trace_step *step, uint32_t depth, bool below) {
  indent(t, depth);
  if (below) buf_add(&t->out, STR("← "));
  add_flat(t, model__node_title(dmn_model_node(t->session->model, step->node)));
  buf_add(&t->out, STR(" = "));
  add_flat(t, dmn_print(t->session->arena, step->result));
  buf_byte(&t->out, '\n');
  for (uint32_t i = 0; i < step->rule_count; i++) tell_rule(t, step, &step->rules[i], depth + 1);
}

/* A node and what it requires. The recursion is as deep as the graph, whose chains are bounded. */
static void tell_node(struct telling *t, uint32_t node, uint32_t depth) {
  const struct dmn_node_info *info = dmn_model_node(t->session->model, node);
  if (t->steps_of[node] != 0 && !t->told[node]) {
    t->told[node] = true;
    tell_step(t, &t->session->trace.steps[t->steps_of[node] - 1], depth, depth > 0);
  } else {
    return;
  }
  for (uint32_t i = 0; i < info->requires_count; i++) tell_node(t, info->requires[i], depth + 1);
}

str model__trace_lines(struct dmn_session *s) {
  uint32_t count = s->model->node_count;
  struct telling t = {
    .session = s,
    .out = buf_in(s->arena),
    .steps_of = arena_zalloc(s->arena, count * sizeof *t.steps_of),
    .told = arena_zalloc(s->arena, count),
  };
  for (uint32_t i = 0; i < s->trace.count; i++) t.steps_of[s->trace.steps[i].node] = i + 1;
  /* The last step finished is what was asked for; earlier ones that it does not use were asked for before. */
  for (uint32_t i = s->trace.count; i > 0; i--) tell_node(&t, s->trace.steps[i - 1].node, 0);
  return buf_str(&t.out);
}
