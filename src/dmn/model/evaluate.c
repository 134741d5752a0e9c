/* evaluate: the values of nodes. Each is found at most once per reset: what a decision requires first, then its own code
 * in the frame that holds them all. The graph has no cycles, or it would not have been loaded. */
#include "model/model.h"

struct session_values model__no_values(struct arena *a, const struct dmn_model *m) {
  return (struct session_values){ .slots = arena_zalloc(a, m->frame_slots * sizeof(dmn_value)),
                                  .marks = arena_zalloc(a, m->node_count * sizeof(struct session_mark)),
                                  .generation = 1 };
}

static void settle(struct dmn_session *s, uint32_t node);

/* While tracing there are no plans. */
static inline void find(struct dmn_session *s, uint32_t node) {
  if (model__is_marked(s->current, node, SESSION_DONE)) return;
  if (s->trace.on) settle(s, node);
  else (void)model__value(s, node);
}

/* What a decision needs is settled in the order of its plan, without asking node by node what that needs in turn. It must
 * be asked where the value of a decision was given, since what lies behind that one alone is not looked at, for a trace,
 * which tells who needed what, and where the budget of depth may end on the way. */
static inline bool by_plan(const struct dmn_session *s, const struct model_node *n) {
  uint32_t depth = s->eval.depth, most = s->eval.budget->depth;
  return n->plan != NULL && !s->current->overridden && !s->trace.on && depth <= most && n->plan_depth <= most - depth;
}

static dmn_value import_context(struct dmn_session *s, const struct model_feed *f) {
  dmn_value *values = ARENA_ARRAY(s->arena, dmn_value, f->count);
  for (uint32_t i = 0; i < f->count; i++)
    values[i] = f->parts[i].node == DMN_NO_NODE ? f->parts[i].constant : s->current->slots[f->parts[i].node];
  return model__context(&s->eval, f->names, values, f->count);
}

/* Runs the code with who is at work noted, for diagnostics. What it requires comes first. */
static dmn_value run_decision(struct dmn_session *s, uint32_t node) {
  const struct model_node *n = &s->model->nodes[node];
  struct dmn_eval *e = &s->eval;
  if (!by_plan(s, n))
    for (uint32_t i = 0; i < n->need_count; i++) find(s, n->needs[i]);
  uint32_t around = e->node;
  const struct feel_node *at = e->at;
  e->node = node;
  e->at = NULL;
  for (uint32_t i = 0; i < n->import_feed_count; i++)
    s->current->slots[n->import_feeds[i].slot] = import_context(s, &n->import_feeds[i]);
  dmn_value v = n->code == NULL ? dmn_raise(e, DMN_DIAG_NO_LOGIC, n->info.name)
                                : feel_run_in(e, n->code, s->current->slots);
  e->node = around;
  e->at = at;
  return v;
}

/* A value that was given must be one of its type. */
static dmn_value given_value(struct dmn_session *s, uint32_t node, dmn_value v) {
  struct dmn_eval *e = &s->eval;
  uint32_t around = e->node;
  e->node = node;
  e->at = NULL;
  v = dmn_coerce(e, s->model->nodes[node].declared, v);
  e->node = around;
  return v;
}

/* An input that nobody gave under this path of imports may have been given under another. */
static dmn_value input_value(struct dmn_session *s, uint32_t node) {
  const struct session_values *values = s->current;
  for (uint32_t t = s->model->nodes[node].twin; t != node; t = s->model->nodes[t].twin)
    if (model__is_marked(values, t, SESSION_BOUND)) return given_value(s, node, values->slots[t]);
  return dmn_null();                             /* unknown */
}

static dmn_value find_value(struct dmn_session *s, uint32_t node) {
  if (model__is_marked(s->current, node, SESSION_BOUND)) return given_value(s, node, s->current->slots[node]);
  return s->model->nodes[node].kind == DMN_NODE_INPUT ? input_value(s, node) : run_decision(s, node);
}

static void settle(struct dmn_session *s, uint32_t node) {
  struct session_values *values = s->current;
  dmn_value v;
  if (__builtin_expect(s->trace.on, 0)) {
    uint32_t step = model__trace_begin(s, node);
    v = find_value(s, node);
    model__trace_end(s, step, v);
  } else {
    v = find_value(s, node);
  }
  bool given = model__is_marked(values, node, SESSION_BOUND);
  values->slots[node] = v;
  values->marks[node] = (struct session_mark){ values->generation, SESSION_DONE | (given ? SESSION_BOUND : 0u) };
}

/* The nodes of a plan, one after the other, in the frame that they share: as settle() would, without its ceremony. */
static void follow_plan(struct dmn_session *s, const struct model_step *plan, uint32_t count) {
  struct session_values *values = s->current;
  const struct session_mark done = { values->generation, SESSION_DONE };
  struct dmn_eval *e = &s->eval;
  dmn_value *slots = e->slots;
  uint32_t around = e->node, depth = e->depth;
  const struct feel_node *at = e->at;
  e->slots = values->slots;
  dmn_steps(e, count);
  for (const struct model_step *step = plan, *end = plan + count; step < end; step++) {
    uint32_t node = step->node;
    if (model__is_marked(values, node, SESSION_DONE)) continue;
    e->node = node;
    e->at = NULL;
    e->depth = depth + step->depth;
    if (step->code != NULL) {
      values->slots[node] = feel_run(e, step->code);
      values->marks[node] = done;
    } else if (model__is_marked(values, node, SESSION_BOUND)) {
      values->slots[node] = dmn_coerce(e, s->model->nodes[node].declared, values->slots[node]);
      values->marks[node].state |= SESSION_DONE;
    } else {
      settle(s, node);
    }
  }
  e->depth = depth;
  e->slots = slots;
  e->node = around;
  e->at = at;
}

dmn_value model__value(struct dmn_session *s, uint32_t node) {
  const struct session_values *values = s->current;
  const struct model_node *n = &s->model->nodes[node];
  if (model__is_marked(values, node, SESSION_DONE)) return values->slots[node];
  if (by_plan(s, n)) follow_plan(s, n->plan, n->plan_count);
  else settle(s, node);
  return values->slots[node];
}

/* ---- knowledge models: a call is a step of the trace, and faults in it are theirs */

struct traced { struct feel_node_head head; const struct feel_node *code; uint32_t node, count; const str *names; };

static dmn_value run_traced(struct dmn_eval *e, const struct feel_node *self) {
  const struct traced *t = (const struct traced *)(const void *)self;
  uint32_t around = e->node;
  e->node = t->node;
  dmn_value v;
  if (model__tracing(e)) {                       /* arguments stand in the first slots of the frame */
    uint32_t step = model__trace_call(model__session(e), t->node, t->names, e->slots, t->count);
    v = feel_run(e, t->code);
    model__trace_end(model__session(e), step, v);
  } else {
    v = feel_run(e, t->code);
  }
  e->node = around;
  return v;
}

const str *model__parameter_names(struct model_loader *l, const struct dmn_function *f) {
  str *names = ARENA_ARRAY(l->arena, str, f->parameter_count);
  for (uint32_t i = 0; i < f->parameter_count; i++) names[i] = dmn_symbols_text(l->model->symbols, f->parameters[i].name);
  return names;
}

const struct feel_node *model__traced(struct model_loader *l, uint32_t node, const struct dmn_function *f, const struct feel_node *code) {
  struct traced *t = ARENA_NEW(l->arena, struct traced);
  *t = (struct traced){ feel_head_of(run_traced, feel_type(code), feel_head(code)->line, &code, 1), code, node,
                        f->parameter_count, model__parameter_names(l, f) };
  return (const struct feel_node *)(const void *)t;
}

/* ---- calls from outside */

dmn_value model__call(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments, uint32_t count) {
  const struct model_node *n = &s->model->nodes[node];
  if (n->function == NULL) return dmn_raise(&s->eval, DMN_DIAG_NO_LOGIC, n->info.name);
  dmn_symbol *symbols = ARENA_ARRAY(s->arena, dmn_symbol, count);
  for (uint32_t i = 0; i < count; i++) symbols[i] = dmn_intern(&s->eval, names[i]);
  s->eval.node = node;
  return feel_call_named(&s->eval, dmn_function_value(n->function), symbols, arguments, count);
}
