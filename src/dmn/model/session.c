/* session: what a host holds to evaluate decisions of a shared model. Two arenas: one that a reset empties (values,
 * diagnostics, the trace), and a home for what survives it (the table of nodes, shapes). Nothing in a reset grows with
 * the model: values carry the generation they belong to. */
#include "model/model.h"

/* ---- life */

static void start_eval(struct dmn_session *s) {
  s->eval = dmn_eval_start(s->arena, s->names != NULL ? s->names : s->model->symbols, &s->host, &s->budget);
  s->eval.node = DMN_NO_NODE;
  s->eval.session = s;
  s->eval.keep_unknowns = s->trace.wanted;
}

static void make(void *context) {
  struct dmn_session *s = context;
  s->values = model__no_values(s->home, s->model);
}

struct dmn_session *dmn_session_new(const struct dmn_model *m, const struct dmn_host *host, const struct dmn_budget *budget) {
  struct dmn_session *s = mem_alloc(sizeof *s);
  if (s == NULL) return NULL;
  static const struct dmn_host nobody = { .now_us = INT64_MIN };
  *s = (struct dmn_session){ .model = m, .host = host == NULL ? nobody : *host, .budget = dmn_budget_filled(budget),
                            .trace = model__no_trace(false) };
  s->home = arena_new(0);
  s->arena = arena_new(s->budget.memory_bytes);
  if (s->home == NULL || s->arena == NULL || arena_run(s->home, make, s) != RESULT_OK) {
    dmn_session_free(s);
    return NULL;
  }
  s->current = &s->values;
  start_eval(s);
  return s;
}

void dmn_session_free(struct dmn_session *s) {
  if (s == NULL) return;
  arena_free(s->arena);
  arena_free(s->home);
  mem_free(s);
}

void dmn_session_reset(struct dmn_session *s) {
  arena_reset(s->arena);
  s->current = &s->values;
  s->values.overridden = false;
  if (++s->values.generation == 0) {             /* after four thousand million resets: begin again */
    memset(s->values.marks, 0, s->model->node_count * sizeof *s->values.marks);
    s->values.generation = 1;
  }
  s->trace = model__no_trace(s->trace.wanted);
  start_eval(s);
}

struct arena *dmn_session_arena(struct dmn_session *s) {
  return s->arena;
}

void dmn_session_trace(struct dmn_session *s, enum dmn_trace_level level) {
  s->trace.wanted = s->trace.on = level != DMN_TRACE_OFF;
  s->eval.keep_unknowns = s->trace.wanted;
}

/* ---- inputs */

dmn_value dmn_word(const struct dmn_session *s, str text) {
  dmn_symbol known = dmn_symbols_find_exact(s->model->literals, text);
  return dmn_string(known == DMN_SYM_NONE ? text : dmn_symbols_text(s->model->literals, known));
}

void dmn_bind(struct dmn_session *s, uint32_t input_node, dmn_value v) {
  assert(input_node < s->model->node_count);
  model__give(s->model, &s->values, input_node, v);
}

/* ---- evaluating: every entry runs under the arena's guard, with a fresh count of steps */

struct work {
  struct dmn_session *session;
  uint32_t node;
  const str *names; const dmn_value *arguments; uint32_t count;
  str expression; dmn_value context; struct findings *findings;
  dmn_value out;
};

static result guarded(struct work *w, void (*body)(void *context)) {
  struct dmn_session *s = w->session;
  s->eval.steps = 0;
  s->eval.depth = 0;
  s->eval.node = DMN_NO_NODE;
  s->eval.at = NULL;
  s->current = &s->values;
  s->trace.on = s->trace.wanted;                 /* whatever a budget interrupted */
  s->trace.at = DMN_NO_STEP;
  w->out = dmn_null();
  result r = arena_run(s->arena, body, w);
  if (r == RESULT_OK) return r;
  s->current = &s->values;
  w->out = dmn_null();
  /* An arena that met its limit left by itself: the fault is counted here, and needs no memory. */
  if (s->eval.fault_count == 0) s->eval.fault_count = 1;
  return r;
}

static void evaluate(void *context) {
  struct work *w = context;
  const struct model_node *n = &w->session->model->nodes[w->node];
  if (n->function == NULL) {
    w->out = model__value(w->session, w->node);
    return;
  }
  /* A function by its parameters: those that are nodes are taken from what is bound. */
  uint32_t count = n->function->parameter_count;
  dmn_value *arguments = ARENA_ARRAY(w->session->arena, dmn_value, count);
  str *names = ARENA_ARRAY(w->session->arena, str, count);
  for (uint32_t i = 0; i < count; i++) {
    names[i] = dmn_symbols_text(w->session->model->symbols, n->function->parameters[i].name);
    uint32_t node = n->service != NULL ? n->service->parameters[i] : dmn_model_find(w->session->model, names[i]);
    bool is_data = node != DMN_NO_NODE && w->session->model->nodes[node].function == NULL;
    bool given = is_data && model__is_marked(&w->session->values, node, SESSION_BOUND | SESSION_DONE);
    arguments[i] = given ? w->session->values.slots[node] : dmn_null();
  }
  w->out = model__call(w->session, w->node, names, arguments, count);
}

result dmn_evaluate(struct dmn_session *s, uint32_t node, dmn_value *out) {
  assert(node < s->model->node_count);
  if (model__is_marked(&s->values, node, SESSION_DONE)) {
    *out = s->values.slots[node];
    return RESULT_OK;
  }
  struct work w = { .session = s, .node = node };
  result r = guarded(&w, evaluate);
  *out = w.out;
  return r;
}

static void invoke(void *context) {
  struct work *w = context;
  w->out = model__call(w->session, w->node, w->names, w->arguments, w->count);
}

result dmn_invoke(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments, uint32_t count, dmn_value *out) {
  assert(node < s->model->node_count);
  struct work w = { .session = s, .node = node, .names = names, .arguments = arguments, .count = count };
  result r = guarded(&w, invoke);
  *out = w.out;
  return r;
}

static void feel(void *context) {
  struct work *w = context;
  struct dmn_eval *e = &w->session->eval;
  if (e->own_symbols == NULL) e->own_symbols = dmn_symbols_new(e->arena, e->symbols);
  w->out = feel_evaluate(e, e->arena, e->own_symbols, w->expression, w->context, w->findings);
}

result dmn_feel(struct dmn_session *s, str expression, dmn_value context, struct findings *f, dmn_value *out) {
  struct work w = { .session = s, .expression = expression, .context = context, .findings = f };
  result r = guarded(&w, feel);
  *out = w.out;
  return r;
}

/* ---- diagnostics */

uint32_t dmn_fault_count(const struct dmn_session *s) {
  return s->eval.fault_count;
}

const struct dmn_diagnostic *dmn_diagnostics(struct dmn_session *s, uint32_t *count) {
  *count = s->eval.diagnostic_count;
  return s->eval.diagnostics;
}
