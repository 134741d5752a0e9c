/* Functions and their calls (rules 38 to 42, 55, 56; 10.3.2.13). A built-in's signature is chosen when the text is
 * compiled; a function value carries what it captured and is called in a frame of its own. */
#include "feel/node.h"

#define FEW_ARGUMENTS 8u

struct arguments {
  dmn_value few[FEW_ARGUMENTS];
  const dmn_value *all;
};

static void run_arguments(struct dmn_eval *e, const struct feel_node *const *codes, uint32_t count,
                          struct arguments *out) {
  dmn_value *values = count <= FEW_ARGUMENTS ? out->few : ARENA_ARRAY(e->arena, dmn_value, count);
  for (uint32_t i = 0; i < count; i++) values[i] = feel_run(e, codes[i]);
  out->all = values;
}

static void add_parts(void *node, const struct feel_node *const *parts, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) feel_node_part(node, parts[i]);
}

/* ---- frames */
#define FEW_SLOTS 16u

static inline __attribute__((always_inline)) dmn_value run_in(struct dmn_eval *e, const struct feel_node *code,
                                                              dmn_value *slots) {
  dmn_value *outer = e->slots;
  feel_down(e, code);
  e->slots = slots;
  dmn_value v = feel_run(e, code);
  e->slots = outer;
  feel_up(e, code);
  return v;
}

dmn_value feel_run_in(struct dmn_eval *e, const struct feel_node *code, dmn_value *slots) {
  return run_in(e, code, slots);
}

/* A function's body in a frame that stands already. */
static inline __attribute__((always_inline)) dmn_value run_body(struct dmn_eval *e, const struct dmn_function *f,
                                                                dmn_value *slots) {
  if (f->untold == NULL || e->keep_unknowns) return run_in(e, f->body, slots);
  dmn_value *outer = e->slots;
  uint32_t around = e->node;
  feel_down(e, f->body);
  e->slots = slots;
  e->node = f->node;
  dmn_value v = feel_run(e, f->untold);
  e->slots = outer;
  e->node = around;
  feel_up(e, f->body);
  return v;
}

dmn_value feel_run_frame(struct dmn_eval *e, const struct feel_node *code, uint32_t slots, const dmn_value *values,
                         uint32_t count) {
  dmn_value few[FEW_SLOTS];
  dmn_value *frame = slots <= FEW_SLOTS ? few : ARENA_ARRAY(e->arena, dmn_value, slots);
  if (count > 0) memcpy(frame, values, count * sizeof *frame);
  if (slots > count) memset(frame + count, 0, (slots - count) * sizeof *frame);
  return feel_run_in(e, code, frame);
}

/* ---- calling a function value */
dmn_value dmn_function_value(const struct dmn_function *f) {
  return (dmn_value){ .kind = DMN_FUNCTION, .as.function = f };
}

uint32_t dmn_function_arity(const struct dmn_function *f) {
  if (f->kind != DMN_FUNCTION_BUILTIN) return f->parameter_count;
  return f->builtin->signature_count > 0 ? f->builtin->signatures[0].count : 0;
}

/* An argument as its parameter wants it. False: it does not conform. */
static bool accept(struct dmn_eval *e, const struct dmn_type *t, dmn_value *v) {
  if (t == NULL || v->kind == DMN_NULL) return true;
  dmn_value fit = dmn_coerce(e, t, *v);
  bool fits = fit.kind != DMN_NULL;
  *v = fit;
  return fits;
}

static dmn_value call_code(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments) {
  dmn_value few[FEW_SLOTS];
  dmn_value *frame = f->frame_slots <= FEW_SLOTS ? few : ARENA_ARRAY(e->arena, dmn_value, f->frame_slots);
  memset(frame, 0, f->frame_slots * sizeof *frame);
  for (uint32_t i = 0; i < f->parameter_count; i++) {
    frame[i] = arguments[i];
    if (!accept(e, f->parameters[i].type, &frame[i])) return dmn_null();
  }
  for (uint32_t i = 0; i < f->captured_count; i++) frame[f->captured_slots[i]] = f->captured[i];
  return run_body(e, f, frame);
}

/* A decision service is a function of its inputs: what does not conform to one makes the call null (10.3.2.13.2). */
static dmn_value call_native(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments) {
  uint32_t count = f->parameter_count;
  dmn_value few[FEW_ARGUMENTS];
  dmn_value *given = count <= FEW_ARGUMENTS ? few : ARENA_ARRAY(e->arena, dmn_value, count);
  for (uint32_t i = 0; i < count; i++) {
    given[i] = arguments[i];
    if (!accept(e, f->parameters[i].type, &given[i])) return dmn_null();
  }
  return f->native(e, f, given, count);
}

/* What a function gives is of the type that it declares. */
static inline dmn_value as_declared(struct dmn_eval *e, const struct dmn_function *f, dmn_value v) {
  return f->result == NULL || f->certain || v.kind == DMN_NULL ? v : dmn_coerce(e, f->result, v);
}

dmn_value dmn_call_function(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments,
                            uint32_t count) {
  if (f->kind == DMN_FUNCTION_BUILTIN) {
    const struct dmn_signature *s = dmn_builtin_positional(f->builtin, count);
    return s == NULL ? dmn_raise(e, DMN_DIAG_ARITY, f->name) : dmn_builtin_call(e, f->builtin, s, arguments, count);
  }
  if (count != f->parameter_count) return dmn_raise(e, DMN_DIAG_ARITY, f->name);
  dmn_value v = f->kind == DMN_FUNCTION_CODE ? call_code(e, f, arguments) : call_native(e, f, arguments);
  return as_declared(e, f, v);
}

/* Named arguments of a function with parameters: each finds its place, the rest is null. */
static dmn_value call_by_parameters(struct dmn_eval *e, const struct dmn_function *f, const dmn_symbol *names,
                                    const dmn_value *arguments, uint32_t count) {
  dmn_value *all = ARENA_ARRAY(e->arena, dmn_value, f->parameter_count);
  memset(all, 0, f->parameter_count * sizeof *all);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t p = 0;
    while (p < f->parameter_count && f->parameters[p].name != names[i]) p++;
    if (p == f->parameter_count) return dmn_raise(e, DMN_DIAG_PARAMETER_NAME, dmn_symbol_text(e, names[i]));
    all[p] = arguments[i];
  }
  return dmn_call_function(e, f, all, f->parameter_count);
}

static dmn_value call_builtin_by_names(struct dmn_eval *e, const struct dmn_function *f, const dmn_symbol *names,
                                       const dmn_value *arguments, uint32_t count) {
  if (count > COUNT_OF(f->builtin->signatures[0].parameters)) return dmn_raise(e, DMN_DIAG_ARITY, f->name);
  str texts[COUNT_OF(f->builtin->signatures[0].parameters)];
  uint8_t order[COUNT_OF(f->builtin->signatures[0].parameters)];
  for (uint32_t i = 0; i < count; i++) texts[i] = dmn_symbol_text(e, names[i]);
  const struct dmn_signature *s = dmn_builtin_named(f->builtin, texts, count, order);
  if (s == NULL) return dmn_raise(e, DMN_DIAG_PARAMETER_NAME, f->name);
  dmn_value all[COUNT_OF(s->parameters)];
  for (uint32_t i = 0; i < s->count; i++) all[i] = dmn_absent();
  for (uint32_t i = 0; i < count; i++) all[order[i]] = arguments[i];
  return dmn_builtin_call(e, f->builtin, s, all, s->count);
}

dmn_value feel_call_named(struct dmn_eval *e, dmn_value callee, const dmn_symbol *names, const dmn_value *arguments,
                          uint32_t count) {
  if (callee.kind != DMN_FUNCTION) return dmn_raise_operand(e, callee);
  const struct dmn_function *f = callee.as.function;
  return f->kind == DMN_FUNCTION_BUILTIN ? call_builtin_by_names(e, f, names, arguments, count)
                                         : call_by_parameters(e, f, names, arguments, count);
}

/* ---- calls of values */
struct call_node {
  struct feel_node_head head;
  const struct feel_node *callee;
  const dmn_symbol *names;
  uint32_t count;
  const struct feel_node *arguments[];
};

static dmn_value run_call(struct dmn_eval *e, const struct feel_node *self) {
  const struct call_node *n = FEEL_NODE_AS(call_node, self);
  struct arguments a;
  dmn_value callee = feel_run(e, n->callee);
  run_arguments(e, n->arguments, n->count, &a);
  e->at = self;
  if (n->names != NULL) return feel_call_named(e, callee, n->names, a.all, n->count);
  if (callee.kind != DMN_FUNCTION) return dmn_raise_operand(e, callee);
  return dmn_call_function(e, callee.as.function, a.all, n->count);
}

/* A function type that an item definition declares says what the function should give; nobody makes it do so. */
static const struct dmn_type *result_of(const struct feel_node *callee) {
  const struct dmn_type *t = callee->head.type;
  return t != NULL && t->kind == DMN_TYPE_FUNCTION && t->name.n == 0 ? t->of : NULL;
}

/* ---- direct calls: a function that the text knows, with arguments that need no conversion. They are evaluated into the
 * slots of its frame; the other slots need no clearing, since code writes its locals before it reads them. */
struct direct_node {
  struct feel_node_head head;
  const struct dmn_function *function;
  uint32_t count;
  const struct feel_node *arguments[];
};

static dmn_value run_direct(struct dmn_eval *e, const struct feel_node *self) {
  const struct direct_node *n = FEEL_NODE_AS(direct_node, self);
  const struct dmn_function *f = n->function;
  uint32_t count = n->count;
  dmn_value few[FEW_SLOTS];
  dmn_value *frame = f->frame_slots <= FEW_SLOTS ? few : ARENA_ARRAY(e->arena, dmn_value, f->frame_slots);
  for (uint32_t i = 0; i < count; i++) frame[i] = feel_run(e, n->arguments[i]);
  e->at = self;
  return as_declared(e, f, run_body(e, f, frame));
}

static bool may_trust(const struct feel_node *callee, const struct feel_node *const *arguments, uint32_t count) {
  dmn_value f;
  if (!feel_constant(callee, &f) || f.kind != DMN_FUNCTION || f.as.function->kind != DMN_FUNCTION_CODE) return false;
  if (f.as.function->parameter_count != count || f.as.function->captured_count > 0) return false;
  for (uint32_t i = 0; i < count; i++) {
    const struct dmn_type *wanted = f.as.function->parameters[i].type;
    dmn_value v;
    bool known = feel_constant(arguments[i], &v) && dmn_type_holds(wanted, v);
    if (!known && !dmn_type_within(feel_type(arguments[i]), wanted)) return false;
  }
  return true;
}

static const struct feel_node *make_direct(struct feel_compiler *c, const struct feel_node *callee,
                                           const struct feel_node *const *arguments, uint32_t count,
                                           struct feel_place at) {
  dmn_value f;
  if (!may_trust(callee, arguments, count) || !feel_constant(callee, &f)) return NULL;
  struct direct_node *n =
      feel_node_new(c, sizeof *n + count * sizeof(struct feel_node *), run_direct, result_of(callee), at);
  n->function = f.as.function;
  n->count = count;
  if (count > 0) memcpy((void *)n->arguments, arguments, count * sizeof *arguments);
  add_parts(n, arguments, count);
  return (const struct feel_node *)(const void *)n;
}

const struct feel_node *feel_call_directly(struct feel_compiler *c, const struct feel_node *callee,
                                           const struct feel_node *const *arguments, uint32_t count, uint32_t line) {
  return make_direct(c, callee, arguments, count, (struct feel_place){ .line = line });
}

const struct feel_node *feel_make_call_named(struct feel_compiler *c, const struct feel_node *callee,
                                             const dmn_symbol *names, const struct feel_node *const *arguments,
                                             uint32_t count, struct feel_place at) {
  if (feel_is_fault(callee)) return callee;
  const struct feel_node *direct = names == NULL ? make_direct(c, callee, arguments, count, at) : NULL;
  if (direct != NULL) return direct;
  struct call_node *n =
      feel_node_new(c, sizeof *n + count * sizeof(struct feel_node *), run_call, result_of(callee), at);
  n->callee = callee;
  n->names = names;
  n->count = count;
  if (count > 0) memcpy((void *)n->arguments, arguments, count * sizeof *arguments);
  feel_node_part(n, callee);
  add_parts(n, arguments, count);
  return (const struct feel_node *)(const void *)n;
}

const struct feel_node *feel_make_call(struct feel_compiler *c, const struct feel_node *callee,
                                       const struct feel_node *const *arguments, uint32_t count, struct feel_place at) {
  return feel_make_call_named(c, callee, NULL, arguments, count, at);
}

/* ---- making functions */
struct lambda_node {
  struct feel_node_head head;
  struct dmn_function function; /* but for what is captured */
  const uint32_t *from;
};

static dmn_value run_lambda(struct dmn_eval *e, const struct feel_node *self) {
  const struct lambda_node *n = FEEL_NODE_AS(lambda_node, self);
  struct dmn_function *f = arena_alloc(e->arena, sizeof *f);
  *f = n->function;
  dmn_value *captured = ARENA_ARRAY(e->arena, dmn_value, f->captured_count);
  for (uint32_t i = 0; i < f->captured_count; i++) captured[i] = e->slots[n->from[i]];
  f->captured = captured;
  return dmn_function_value(f);
}

static const struct dmn_type *function_type(struct feel_compiler *c, const struct feel_parameter *parameters,
                                            uint32_t count, const struct dmn_type *gives) {
  struct dmn_type_entry *entries = ARENA_ARRAY(c->arena, struct dmn_type_entry, count);
  for (uint32_t i = 0; i < count; i++) entries[i] = (struct dmn_type_entry){ parameters[i].name, parameters[i].type };
  return dmn_type_function_of(c->arena, entries, count, gives);
}

const struct feel_node *feel_lambda_close(struct feel_compiler *c, struct feel_lambda *l, str name,
                                          const struct dmn_type *gives, const struct feel_node *body) {
  c->frame = l->outer_frame;
  const struct dmn_type *type =
      function_type(c, l->parameters, l->parameter_count, gives != NULL ? gives : body->head.type);
  struct feel_place at = { body->head.text, body->head.line, body->head.column };
  struct lambda_node *n = FEEL_NEW(c, lambda_node, run_lambda, type, at);
  uint32_t *from = ARENA_ARRAY(c->arena, uint32_t, l->capture_count),
           *to = ARENA_ARRAY(c->arena, uint32_t, l->capture_count);
  for (uint32_t i = 0; i < l->capture_count; i++) {
    from[i] = l->captures[i].from;
    to[i] = l->captures[i].to;
  }
  n->from = from;
  n->function = (struct dmn_function){ .kind = DMN_FUNCTION_CODE,
                                       .name = name,
                                       .parameters = l->parameters,
                                       .parameter_count = l->parameter_count,
                                       .result = gives,
                                       .body = body,
                                       .frame_slots = l->frame.slot_count,
                                       .captured_slots = to,
                                       .captured_count = l->capture_count };
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return made;
}

static dmn_value call_external(struct dmn_eval *e, const struct dmn_function *self, const dmn_value *arguments,
                               uint32_t count) {
  (void)arguments;
  (void)count;
  return dmn_raise(e, DMN_DIAG_EXTERNAL_FUNCTION, self->name);
}

const struct feel_node *feel_lambda_external(struct feel_compiler *c, str name, const struct feel_parameter *parameters,
                                             uint32_t count, const struct dmn_type *gives, uint32_t line) {
  struct dmn_function *f = ARENA_NEW(c->arena, struct dmn_function);
  struct feel_parameter *own = ARENA_ARRAY(c->arena, struct feel_parameter, count);
  if (count > 0) memcpy(own, parameters, count * sizeof *own);
  *f = (struct dmn_function){ .kind = DMN_FUNCTION_NATIVE,
                              .name = name,
                              .parameters = own,
                              .parameter_count = count,
                              .result = gives,
                              .native = call_external };
  return feel_make_constant(c, dmn_function_value(f), (struct feel_place){ .line = line });
}
