/* trace: which node had which value, and why. While tracing, a step is opened when a node or a call begins and filled when
 * it ends; what happens between belongs to it. Off, it costs one predictable branch per node, call and table; the same is
 * true within a call that is left out, since tracing is off until it ends. */
#include "model/model.h"

/* Room is doubled at every power of two, so that counts alone tell how much there is. */
static void *with_room(struct dmn_session *s, void *items, uint32_t count, size_t size) {
  if (count != 0 && (count & (count - 1)) != 0) return items;
  return arena_grow(s->arena, items, count * size, (count == 0 ? 1 : 2 * (size_t)count) * size);
}

uint32_t model__trace_begin(struct dmn_session *s, uint32_t node) {
  struct session_trace *t = &s->trace;
  if (t->count == t->capacity) {
    uint32_t capacity = t->capacity == 0 ? 64 : t->capacity * 2;
    t->steps = arena_grow(s->arena, t->steps, t->capacity * sizeof *t->steps, capacity * sizeof *t->steps);
    t->capacity = capacity;
  }
  uint32_t step = t->count++;
  t->steps[step] = (struct dmn_trace_step){ .node = node, .parent = t->at, .result = dmn_null() };
  t->at = step;
  return step;
}

void model__trace_end(struct dmn_session *s, uint32_t step, dmn_value v) {
  struct session_trace *t = &s->trace;
  if (step == DMN_NO_STEP) {
    t->on = true;
    return;
  }
  t->steps[step].result = v;
  t->at = t->steps[step].parent;
}

/* ---- calls */

static struct dmn_trace_calls *calls_of(struct dmn_session *s, uint32_t node) {
  struct session_trace *t = &s->trace;
  struct dmn_trace_calls **calls = t->at == DMN_NO_STEP ? &t->calls : &t->steps[t->at].calls;
  while (*calls != NULL && (*calls)->node != node) calls = &(*calls)->next;
  if (*calls == NULL) {
    *calls = arena_alloc(s->arena, sizeof **calls);
    **calls = (struct dmn_trace_calls){ .node = node };
  }
  return *calls;
}

uint32_t model__trace_call(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments,
                           uint32_t count) {
  struct dmn_trace_calls *calls = calls_of(s, node);
  if (calls->told == DMN_TRACE_CALLS || s->trace.count >= DMN_TRACE_STEPS) {
    calls->left_out++;
    s->trace.on = false;
    return DMN_NO_STEP;
  }
  calls->told++;
  uint32_t step = model__trace_begin(s, node);
  dmn_value *kept = ARENA_ARRAY(s->arena, dmn_value, count);
  if (count > 0) memcpy(kept, arguments, count * sizeof *kept);
  struct dmn_trace_step *told = &s->trace.steps[step];
  told->arguments = kept;
  told->argument_names = names;
  told->argument_count = count;
  return step;
}

/* ---- tables */

void model__trace_table(struct dmn_session *s, const struct dmn_trace_table *table) {
  struct session_trace *t = &s->trace;
  if (t->at == DMN_NO_STEP) return; /* a table runs within a node */
  struct dmn_trace_step *step = &t->steps[t->at];
  if (step->table_count == DMN_TRACE_TABLES) {
    step->tables_left_out++;
    return;
  }
  step->tables = with_room(s, step->tables, step->table_count, sizeof *step->tables);
  step->tables[step->table_count++] = *table;
}

bool model__trace_has_room(const struct dmn_session *s) {
  const struct session_trace *t = &s->trace;
  return t->at != DMN_NO_STEP && t->steps[t->at].table_count < DMN_TRACE_TABLES;
}

/* ---- reading */

const struct dmn_trace_step *dmn_trace(struct dmn_session *s, uint32_t *count) {
  *count = s->trace.count;
  return s->trace.steps;
}
