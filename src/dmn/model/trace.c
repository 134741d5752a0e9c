/* trace: which node had which value, and why. While tracing, a step is opened when a node is begun and written when it
 * is finished, so that what a step used stands before it. Off, it costs one predictable branch per node and table. */
#include "model/model.h"

#include "shienkin/codec/json.h"

struct session_trace model__trace_open(struct dmn_session *s) {
  struct session_trace outer = s->trace;
  s->trace.inputs = NULL;
  s->trace.labels = NULL;
  s->trace.input_count = 0;
  s->trace.rules = NULL;
  s->trace.rule_count = 0;
  return outer;
}

void model__trace_close(struct dmn_session *s, const struct session_trace *outer) {
  s->trace.inputs = outer->inputs;
  s->trace.labels = outer->labels;
  s->trace.input_count = outer->input_count;
  s->trace.rules = outer->rules;
  s->trace.rule_count = outer->rule_count;
}

/* a and b joined in the session's arena. */
static const void *joined(struct dmn_session *s, const void *a, uint32_t a_count, const void *b, uint32_t b_count, size_t size) {
  if (a_count == 0 || b_count == 0) return a_count == 0 ? b : a;
  char *both = arena_array(s->arena, (size_t)a_count + b_count, size);
  memcpy(both, a, a_count * size);
  memcpy(both + a_count * size, b, b_count * size);
  return both;
}

/* A node may hold several tables (a context of them): their inputs and rules are told one after the other. */
void model__trace_table(struct dmn_session *s, const dmn_value *inputs, const str *labels, uint32_t input_count,
                        const struct dmn_trace_rule *rules, uint32_t rule_count) {
  struct session_trace *t = &s->trace;
  t->inputs = joined(s, t->inputs, t->input_count, inputs, input_count, sizeof *inputs);
  t->labels = joined(s, t->labels, t->input_count, labels, input_count, sizeof *labels);
  t->input_count += input_count;
  t->rules = joined(s, t->rules, t->rule_count, rules, rule_count, sizeof *rules);
  t->rule_count += rule_count;
}

void model__trace_step(struct dmn_session *s, uint32_t node, dmn_value v) {
  struct session_trace *t = &s->trace;
  if (t->count == t->capacity) {
    uint32_t capacity = t->capacity == 0 ? 32 : t->capacity * 2;
    t->steps = arena_grow(s->arena, t->steps, t->capacity * sizeof *t->steps, capacity * sizeof *t->steps);
    t->capacity = capacity;
  }
  t->steps[t->count++] = (struct dmn_trace_step){
    .node = node, .result = v,
    .inputs = t->inputs, .input_count = t->input_count, .input_labels = t->labels,
    .rules = t->rules, .rule_count = t->rule_count,
  };
}

const struct dmn_trace_step *dmn_trace(struct dmn_session *s, uint32_t *count) {
  *count = s->trace.count;
  return s->trace.steps;
}

/* ---- as JSON: keys in the order of RFC 8785, integers and strings alone, values in their tagged form */

static void write_strings(struct json_writer *w, const str *items, uint32_t count) {
  json_write_begin_array(w);
  for (uint32_t i = 0; i < count; i++) json_write_str(w, items[i]);
  json_write_end_array(w);
}

static void write_value(struct json_writer *w, struct arena *a, dmn_value v) {
  json_write_raw(w, dmn_tagged_json(a, v));
}

static void write_inputs(struct json_writer *w, struct arena *a, const struct dmn_trace_step *step) {
  json_write_name(w, STR("inputs"));
  json_write_begin_array(w);
  for (uint32_t i = 0; i < step->input_count; i++) {
    json_write_begin_object(w);
    json_write_name(w, STR("label"));
    json_write_str(w, step->input_labels[i]);
    json_write_name(w, STR("value"));
    write_value(w, a, step->inputs[i]);
    json_write_end_object(w);
  }
  json_write_end_array(w);
}

static void write_rule(struct json_writer *w, const struct dmn_trace_rule *r) {
  json_write_begin_object(w);
  json_write_name(w, STR("annotations"));
  write_strings(w, r->annotations, r->annotation_count);
  json_write_name(w, STR("conditions"));
  write_strings(w, r->conditions, r->condition_count);
  if (r->id.n > 0) {
    json_write_name(w, STR("id"));
    json_write_str(w, r->id);
  }
  json_write_name(w, STR("row"));
  json_write_int(w, r->row);
  json_write_end_object(w);
}

static void write_step(struct json_writer *w, struct dmn_session *s, const struct dmn_trace_step *step) {
  const struct dmn_node_info *info = dmn_model_node(s->model, step->node);
  json_write_begin_object(w);
  if (step->input_count > 0) write_inputs(w, s->arena, step);
  json_write_name(w, STR("node"));
  json_write_str(w, info->name);
  json_write_name(w, STR("result"));
  write_value(w, s->arena, step->result);
  if (step->input_count > 0 || step->rule_count > 0) {
    json_write_name(w, STR("rules"));
    json_write_begin_array(w);
    for (uint32_t i = 0; i < step->rule_count; i++) write_rule(w, &step->rules[i]);
    json_write_end_array(w);
  }
  json_write_end_object(w);
}

struct printing { struct dmn_session *session; str out; };

static void print_json(void *context) {
  struct printing *p = context;
  struct dmn_session *s = p->session;
  struct buf *out = ARENA_NEW(s->arena, struct buf);
  *out = buf_in(s->arena);
  struct json_writer w = json_writer_to(out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("model"));
  json_write_str(&w, dmn_model_name(s->model));
  json_write_name(&w, STR("steps"));
  json_write_begin_array(&w);
  for (uint32_t i = 0; i < s->trace.count; i++) write_step(&w, s, &s->trace.steps[i]);
  json_write_end_array(&w);
  json_write_end_object(&w);
  p->out = buf_str(out);
}

str dmn_trace_json(struct dmn_session *s) {
  struct printing p = { s, STR_NONE };
  return arena_run(s->arena, print_json, &p) == RESULT_OK ? p.out : STR_NONE;
}

/* ---- as text */

static void print_text(void *context) {
  struct printing *p = context;
  p->out = model__trace_lines(p->session);
}

str dmn_trace_text(struct dmn_session *s) {
  struct printing p = { s, STR_NONE };
  return arena_run(s->arena, print_text, &p) == RESULT_OK ? p.out : STR_NONE;
}
