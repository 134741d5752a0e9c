/* service: decision services (DMN 1.5, 6.3.9 and 10.4) as functions. A call evaluates the output decisions over values
 * of its own: inputs and input decisions are what the caller gives, encapsulated decisions are evaluated afresh, and
 * nothing of the caller's graph is seen. */
#include "model/model.h"

struct called { const struct model_service *service; const str *parameter_names; };

const struct dmn_function *model__service_function(struct model_loader *l, uint32_t node) {
  struct model_node *n = &l->model->nodes[node];
  const struct model_service *s = n->service;
  struct feel_parameter *parameters = ARENA_ARRAY(l->arena, struct feel_parameter, s->parameter_count);
  for (uint32_t i = 0; i < s->parameter_count; i++) {
    const struct model_node *p = &l->model->nodes[s->parameters[i]];
    parameters[i] = (struct feel_parameter){ p->symbol, p->declared };
  }
  struct dmn_function *f = ARENA_NEW(l->arena, struct dmn_function);
  *f = (struct dmn_function){
    .kind = DMN_FUNCTION_NATIVE, .name = n->info.name,
    .parameters = parameters, .parameter_count = s->parameter_count,
    .result = model__result_type(n),
    .native = model__run_service,
  };
  struct called *called = ARENA_NEW(l->arena, struct called);
  *called = (struct called){ s, model__parameter_names(l, f) };
  f->native_context = called;
  return f;
}

/* Values of its own for one call: the arguments bound, everything else not yet evaluated. */
static struct session_values values_for(struct dmn_session *session, const struct model_service *s, const dmn_value *arguments,
                                        uint32_t count) {
  dmn_steps(&session->eval, session->model->node_count);
  struct session_values values = model__no_values(session->arena, session->model);
  for (uint32_t i = 0; i < count && i < s->parameter_count; i++) model__give(session->model, &values, s->parameters[i], arguments[i]);
  return values;
}

static dmn_value run(struct dmn_eval *e, const struct model_service *s, str name, const dmn_value *arguments, uint32_t count) {
  struct dmn_session *session = model__session(e);
  if (session == NULL) return dmn_raise(e, DMN_DIAG_NO_HOST, name);        /* constants are folded without a graph */
  if (s->output_count == 0) return dmn_raise(e, DMN_DIAG_NO_LOGIC, name);
  struct session_values own = values_for(session, s, arguments, count), *around = session->current;
  session->current = &own;
  dmn_value *values = ARENA_ARRAY(e->arena, dmn_value, s->output_count);
  for (uint32_t i = 0; i < s->output_count; i++) values[i] = model__value(session, s->outputs[i]);
  session->current = around;
  return s->output_count == 1 ? values[0] : model__context(e, s->output_names, values, s->output_count);
}

/* A call is a step of the trace, and faults in it are the service's. */
dmn_value model__run_service(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments, uint32_t count) {
  const struct called *c = f->native_context;
  uint32_t around = e->node;
  e->node = c->service->node;
  dmn_value v;
  if (model__tracing(e)) {
    uint32_t step = model__trace_call(model__session(e), c->service->node, c->parameter_names, arguments, count);
    v = run(e, c->service, f->name, arguments, count);
    model__trace_end(model__session(e), step, v);
  } else {
    v = run(e, c->service, f->name, arguments, count);
  }
  e->node = around;
  return v;
}
