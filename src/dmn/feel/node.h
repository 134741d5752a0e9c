/* node: code is a tree of structs that begin with the function which runs them. Makers choose the most special form for
 * what they are given: two constants become one, a comparison with a literal knows it, a path from a slot is one node.
 * Nodes never change once made, since threads share them. */
#ifndef FEEL_NODE_H
#define FEEL_NODE_H

#include "builtin/builtin.h"
#include "feel/feel.h"
#include "feel/scope.h"

struct feel_node {
  struct feel_node_head head;
};

/* Where a node's text stands. */
struct feel_place {
  const str *text;
  uint32_t line, column;
};

#define FEEL_NODE_AS(kind, node) ((const struct kind *)(const void *)(node))
typedef dmn_value (*feel_run_function)(struct dmn_eval *e, const struct feel_node *self);
/* A zeroed node of `size` bytes with its head filled. */
void *feel_node_new(struct feel_compiler *c, size_t size, feel_run_function run, const struct dmn_type *type,
                    struct feel_place at);
#define FEEL_NEW(c, kind, run, type, at) ((struct kind *)feel_node_new((c), sizeof(struct kind), (run), (type), (at)))
/* Counts a part into the node's height. */
void feel_node_part(void *node, const struct feel_node *part);
/* The constant that this pure node of constant parts evaluates to, or the node itself where that raises anything, gives
 * what only one evaluation may know, or folding is off. */
const struct feel_node *feel_fold(struct feel_compiler *c, const struct feel_node *node);

/* ---- leaves */
struct feel_slot_node {
  struct feel_node_head head;
  uint32_t slot;
};
struct feel_fault_node {
  struct feel_node_head head;
  enum dmn_diagnostic_code code;
  str detail;
};
dmn_value feel_run_constant(struct dmn_eval *e, const struct feel_node *self);
dmn_value feel_run_slot(struct dmn_eval *e, const struct feel_node *self);
const struct feel_node *feel_make_constant(struct feel_compiler *c, dmn_value v, struct feel_place at);
const struct feel_node *feel_make_slot(struct feel_compiler *c, uint32_t slot, const struct dmn_type *type,
                                       struct feel_place at);
const struct feel_node *feel_make_fault(struct feel_compiler *c, enum dmn_diagnostic_code code, str detail,
                                        struct feel_place at);
bool feel_is_fault(const struct feel_node *n);
const struct feel_node *feel_make_at(struct feel_compiler *c, str literal, struct feel_place at);
/* A name inside a filter that the element may or may not have; `otherwise` where it has not: NULL is no such name. */
const struct feel_node *feel_make_maybe(struct feel_compiler *c, uint32_t slot, dmn_symbol name, bool closed,
                                        const struct feel_node *otherwise, struct feel_place at);
const struct feel_node *feel_make_builtin_value(struct feel_compiler *c, const struct dmn_builtin *b,
                                                struct feel_place at);

/* ---- paths (node_path.c) */
const struct feel_node *feel_make_path(struct feel_compiler *c, const struct feel_node *base, dmn_symbol name,
                                       uint32_t index, const struct dmn_type *type, struct feel_place at);

/* ---- operators (node_operator.c, node_logic.c) */
enum feel_operator {
  OP_ADD,
  OP_SUBTRACT,
  OP_MULTIPLY,
  OP_DIVIDE,
  OP_POWER,
  OP_LESS,
  OP_LESS_EQUAL,
  OP_GREATER,
  OP_GREATER_EQUAL, /* in the order of dmn_relation */
  OP_EQUAL,
  OP_NOT_EQUAL,
};
const struct feel_node *feel_make_binary(struct feel_compiler *c, enum feel_operator op, const struct feel_node *left,
                                         const struct feel_node *right, struct feel_place at);
const struct feel_node *feel_make_negate(struct feel_compiler *c, const struct feel_node *operand,
                                         struct feel_place at);
const struct feel_node *feel_make_logic(struct feel_compiler *c, bool conjunction, const struct feel_node *const *parts,
                                        uint32_t count, struct feel_place at);
const struct feel_node *feel_make_not(struct feel_compiler *c, const struct feel_node *operand, struct feel_place at);
const struct feel_node *feel_make_if(struct feel_compiler *c, const struct feel_node *condition,
                                     const struct feel_node *then, const struct feel_node *otherwise,
                                     struct feel_place at);
const struct feel_node *feel_make_between(struct feel_compiler *c, const struct feel_node *v,
                                          const struct feel_node *low, const struct feel_node *high,
                                          struct feel_place at);
const struct feel_node *feel_make_instance(struct feel_compiler *c, const struct feel_node *v,
                                           const struct dmn_type *type, struct feel_place at);

/* ---- lists, contexts, ranges (node_list.c, node_range.c) */
const struct feel_node *feel_make_list(struct feel_compiler *c, const struct feel_node *const *items, uint32_t count,
                                       struct feel_place at);
const struct feel_node *feel_make_context(struct feel_compiler *c, const dmn_symbol *names,
                                          const struct feel_node *const *values, const uint32_t *slots, uint32_t count,
                                          struct feel_place at);
struct feel_range_node {
  struct feel_node_head head;
  const struct feel_node *start, *end; /* NULL: open on that side */
  bool open_start, open_end;
};
const struct feel_node *feel_make_range(struct feel_compiler *c, bool open_start, const struct feel_node *start,
                                        const struct feel_node *end, bool open_end, struct feel_place at);
/* `< e`, `= e` and so on, as a value: a range with one end (10.3.2.7). */
struct feel_half_node {
  struct feel_node_head head;
  enum feel_operator op;
  const struct feel_node *end;
};
const struct feel_node *feel_make_half(struct feel_compiler *c, enum feel_operator op, const struct feel_node *end,
                                       struct feel_place at);
const struct feel_range_node *feel_as_range_node(const struct feel_node *n); /* NULL: it is none */
const struct feel_half_node *feel_as_half_node(const struct feel_node *n);
const struct feel_node *feel_make_filter(struct feel_compiler *c, const struct feel_node *list, uint32_t slot,
                                         const struct feel_node *condition, struct feel_place at);
struct feel_filter_node {
  struct feel_node_head head;
  const struct feel_node *list, *condition;
  uint32_t slot;
};
const struct feel_filter_node *feel_as_filter_node(const struct feel_node *n);
/* How many elements the condition keeps, without making their list; false: it is an index, or there is no list. */
bool feel_count_kept(struct dmn_eval *e, const struct feel_filter_node *f, dmn_value *out);

/* ---- loops (node_loop.c) */
enum feel_loop { LOOP_FOR, LOOP_SOME, LOOP_EVERY };
const struct feel_node *feel_make_loop(struct feel_compiler *c, enum feel_loop kind,
                                       const struct feel_iterator *iterators, uint32_t count, uint32_t partial_slot,
                                       const struct feel_node *body, struct feel_place at);
/* The type of the items when something of type `t` is filtered, which makes a list of one of what is none. */
const struct dmn_type *feel_item_type(const struct dmn_type *t);
/* The type of the elements when something of type `t` is iterated over; NULL: unknown. */
const struct dmn_type *feel_element_type(const struct dmn_type *t);

/* ---- calls (node_call.c) */
const struct feel_node *feel_make_call(struct feel_compiler *c, const struct feel_node *callee,
                                       const struct feel_node *const *arguments, uint32_t count, struct feel_place at);
const struct feel_node *feel_make_call_named(struct feel_compiler *c, const struct feel_node *callee,
                                             const dmn_symbol *names, const struct feel_node *const *arguments,
                                             uint32_t count, struct feel_place at);
const struct feel_node *feel_make_call_builtin(struct feel_compiler *c, const struct dmn_builtin *b,
                                               const struct feel_node *const *arguments, uint32_t count,
                                               struct feel_place at);
/* names: as spelled. NULL: no signature has these parameters. */
const struct feel_node *feel_make_call_builtin_named(struct feel_compiler *c, const struct dmn_builtin *b,
                                                     const str *names, const struct feel_node *const *arguments,
                                                     uint32_t count, struct feel_place at);

/* ---- tests (node_test.c) */
enum feel_test_kind { TEST_EQUAL, TEST_NOT_EQUAL, TEST_COMPARE, TEST_INTERVAL, TEST_VALUE, TEST_CONDITION };
struct feel_test {
  enum feel_test_kind kind;
  enum dmn_relation relation; /* COMPARE */
  bool constant;              /* `value` (or `range`) is known */
  dmn_value value;
  const struct dmn_range *range; /* INTERVAL of constants */
  const struct feel_node *code;  /* not constant: of the value or end; INTERVAL: the feel_range_node */
};
struct feel_tests {
  struct feel_node_head head; /* runs like code */
  struct feel_test *items;
  uint32_t count, subject;
  bool dash, negated;
  bool literals;  /* `known` tells everything */
  uint8_t glance; /* enum dmn_kind of the values for which looking at `known` is enough; DMN_NULL: none */
  struct feel_literals known;
};
/* Fills `literals` and `known` once the items stand. */
void feel_tests_gather(struct feel_compiler *c, struct feel_tests *t);
/* One expression as a positive unary test; `condition`: it used `?`. */
struct feel_test feel_test_of(struct feel_compiler *c, const struct feel_node *code, bool condition);
/* Is the value one of the very strings that the tests name? False: it may satisfy them all the same. */
static inline bool feel_tests_name(const struct feel_tests *t, const dmn_value *v) {
  if (t->glance != DMN_STRING || v->kind != DMN_STRING || t->negated) return false;
  const struct feel_interval *word = t->known.items, *end = word + t->known.count;
  while (word < end && (word->start.as.text != v->as.text || word->start.length != v->length)) word++;
  return word < end;
}
dmn_value feel_tests_against(struct dmn_eval *e, const struct feel_tests *t, dmn_value v);
/* `v in tests`: the value is put into the tests' subject slot. */
const struct feel_node *feel_make_in(struct feel_compiler *c, const struct feel_node *v, const struct feel_tests *tests,
                                     struct feel_place at);

#endif
