/* Leaves of code: constants, slots, faults, literals known at run time only, names that an element may have. */
#include "feel/node.h"

void *feel_node_new(struct feel_compiler *c, size_t size, feel_run_function run, const struct dmn_type *type,
                    struct feel_place at) {
  struct feel_node *n = arena_zalloc(c->arena, size);
  n->head = (struct feel_node_head){
    .run = run, .type = type, .text = at.text, .line = at.line, .column = at.column, .height = 1
  };
  return n;
}

void feel_node_part(void *node, const struct feel_node *part) {
  struct feel_node *n = node;
  if (part != NULL && part->head.height + 1 > n->head.height) n->head.height = part->head.height + 1;
}

struct feel_node_head feel_head_of(feel_run_function run, const struct dmn_type *type, uint32_t line,
                                   const struct feel_node *const *parts, uint32_t count) {
  struct feel_node n = { .head = { .run = run, .type = type, .line = line, .height = 1 } };
  for (uint32_t i = 0; i < count; i++) feel_node_part(&n, parts[i]);
  return n.head;
}

const struct dmn_type *feel_type(const struct feel_node *code) { return code->head.type; }

/* ---- constants */
struct constant_node {
  struct feel_node_head head;
  dmn_value value;
};

dmn_value feel_run_constant(struct dmn_eval *e, const struct feel_node *self) {
  (void)e;
  return FEEL_NODE_AS(constant_node, self)->value;
}

const struct feel_node *feel_make_constant(struct feel_compiler *c, dmn_value v, struct feel_place at) {
  const struct dmn_type *type = dmn_is_null(v) ? NULL : dmn_type_of_value(c->arena, v);
  struct constant_node *n = FEEL_NEW(c, constant_node, feel_run_constant, type, at);
  n->value = v;
  return (const struct feel_node *)(const void *)n;
}

const struct feel_node *feel_literal(struct feel_compiler *c, dmn_value v) {
  return feel_make_constant(c, v, (struct feel_place){ 0 });
}

const struct feel_node *feel_typed_literal(struct feel_compiler *c, dmn_value v, const struct dmn_type *type) {
  struct constant_node *n = FEEL_NEW(c, constant_node, feel_run_constant, type, (struct feel_place){ 0 });
  n->value = v;
  return (const struct feel_node *)(const void *)n;
}

bool feel_constant(const struct feel_node *code, dmn_value *out) {
  if (code->head.run != feel_run_constant) return false;
  *out = FEEL_NODE_AS(constant_node, code)->value;
  return true;
}

/* A named zone belongs to one evaluation's host: such values cannot stand in code. */
static bool portable(dmn_value v) {
  switch ((enum dmn_kind)v.kind) {
    case DMN_TIME: return v.length != DMN_ZONE_NAMED;
    case DMN_DATE_TIME: return v.as.moment->zone != DMN_ZONE_NAMED;
    case DMN_LIST:
      for (uint32_t i = 0; i < v.length; i++)
        if (!portable(v.as.items[i])) return false;
      return true;
    case DMN_CONTEXT:
      for (uint32_t i = 0; i < v.as.context->count; i++)
        if (!portable(v.as.context->values[i])) return false;
      return true;
    case DMN_RANGE: return portable(v.as.range->start) && portable(v.as.range->end);
    case DMN_FUNCTION: return false;
    default: return true;
  }
}

const struct feel_node *feel_fold(struct feel_compiler *c, const struct feel_node *node) {
  struct dmn_eval *e = c->folder;
  if (e == NULL) return node;
  uint32_t faults = e->fault_count, unknowns = e->unknown_count, kept = e->diagnostic_count;
  e->own_symbols = NULL;
  dmn_value v = feel_run(e, node);
  /* Names that the folder made up by itself are numbers that the model's table will give to others. */
  bool quiet = e->fault_count == faults && e->unknown_count == unknowns && e->own_symbols == NULL;
  e->own_symbols = NULL;
  e->fault_count = faults;
  e->unknown_count = unknowns;
  e->diagnostic_count = kept;
  e->at = NULL;
  if (!quiet || !portable(v)) return node;
  struct feel_place at = { node->head.text, node->head.line, node->head.column };
  const struct feel_node *constant = feel_make_constant(c, v, at);
  return constant;
}

/* ---- slots */
dmn_value feel_run_slot(struct dmn_eval *e, const struct feel_node *self) {
  return e->slots[FEEL_NODE_AS(feel_slot_node, self)->slot];
}

const struct feel_node *feel_make_slot(struct feel_compiler *c, uint32_t slot, const struct dmn_type *type,
                                       struct feel_place at) {
  struct feel_slot_node *n = FEEL_NEW(c, feel_slot_node, feel_run_slot, type, at);
  n->slot = slot;
  return (const struct feel_node *)(const void *)n;
}

/* ---- faults */
static dmn_value run_fault(struct dmn_eval *e, const struct feel_node *self) {
  const struct feel_fault_node *n = FEEL_NODE_AS(feel_fault_node, self);
  e->at = self;
  return dmn_raise(e, n->code, n->detail);
}

const struct feel_node *feel_make_fault(struct feel_compiler *c, enum dmn_diagnostic_code code, str detail,
                                        struct feel_place at) {
  struct feel_fault_node *n = FEEL_NEW(c, feel_fault_node, run_fault, NULL, at);
  n->code = code;
  n->detail = detail;
  return (const struct feel_node *)(const void *)n;
}

bool feel_is_fault(const struct feel_node *n) { return n->head.run == run_fault; }

/* ---- @"…" whose zone only a host knows, or that is no literal at all */
struct at_node {
  struct feel_node_head head;
  str literal;
};

static dmn_value run_at(struct dmn_eval *e, const struct feel_node *self) {
  const struct at_node *n = FEEL_NODE_AS(at_node, self);
  dmn_value v = dmn_temporal_literal(e, n->literal);
  if (!dmn_is_null(v)) return v;
  e->at = self;
  return dmn_raise(e, DMN_DIAG_LITERAL, n->literal);
}

const struct feel_node *feel_make_at(struct feel_compiler *c, str literal, struct feel_place at) {
  struct at_node *n = FEEL_NEW(c, at_node, run_at, NULL, at);
  n->literal = literal;
  return feel_fold(c, (const struct feel_node *)(const void *)n);
}

/* ---- names that an element may have */
struct maybe_node {
  struct feel_node_head head;
  uint32_t slot;
  dmn_symbol name;
  bool closed;
  const struct feel_node *otherwise;
};

static dmn_value run_maybe(struct dmn_eval *e, const struct feel_node *self) {
  const struct maybe_node *n = FEEL_NODE_AS(maybe_node, self);
  dmn_value element = e->slots[n->slot];
  if (element.kind == DMN_CONTEXT) {
    const dmn_value *entry = dmn_context_find(element.as.context, n->name);
    if (entry != NULL) return *entry;
  }
  if (n->otherwise != NULL) return feel_run(e, n->otherwise);
  e->at = self;
  return dmn_raise(e, n->closed ? DMN_DIAG_NAME : DMN_DIAG_UNKNOWN_PATH, dmn_symbol_text(e, n->name));
}

const struct feel_node *feel_make_maybe(struct feel_compiler *c, uint32_t slot, dmn_symbol name, bool closed,
                                        const struct feel_node *otherwise, struct feel_place at) {
  struct maybe_node *n = FEEL_NEW(c, maybe_node, run_maybe, NULL, at);
  n->slot = slot;
  n->name = name;
  n->closed = closed;
  n->otherwise = otherwise;
  feel_node_part(n, otherwise);
  return (const struct feel_node *)(const void *)n;
}

/* ---- a built-in function as a value */
const struct feel_node *feel_make_builtin_value(struct feel_compiler *c, const struct dmn_builtin *b,
                                                struct feel_place at) {
  struct dmn_function *f = ARENA_NEW(c->arena, struct dmn_function);
  f->kind = DMN_FUNCTION_BUILTIN;
  f->name = str_of(b->name);
  f->builtin = b;
  return feel_make_constant(c, dmn_function_value(f), at);
}
