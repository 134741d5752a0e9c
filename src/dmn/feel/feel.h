/* feel: FEEL texts (DMN 1.5, 10.3) to code, and code to values. A hand scanner that knows the names in scope, a Pratt
 * parser, a resolver that turns names into slots, and nodes that evaluate themselves ("closures as structs").
 *
 * Compiling happens once, while a model is loaded, into the model's arena; the code is immutable and shared by threads.
 * Evaluating touches only the eval. */
#ifndef DMN_FEEL_H
#define DMN_FEEL_H

#include "value/value.h"
#include "feel/type.h"

struct feel_node;                                /* code; begins with its function pointer */
struct feel_node_head {
  dmn_value (*run)(struct dmn_eval *e, const struct feel_node *self);
  uint32_t line, column;                         /* in the text it came from */
};
static inline dmn_value feel_run(struct dmn_eval *e, const struct feel_node *code) {
  return ((const struct feel_node_head *)(const void *)code)->run(e, code);
}

/* ---- scopes, while compiling: names visible and where their values will be found at run time. A frame is one array of
 * slots (e->slots): a decision's inputs and locals, or a function's parameters, captured values and locals. */
struct feel_frame { uint32_t slot_count; };      /* grows while texts are compiled into it */
struct feel_scope;                               /* a chain: innermost first */
struct feel_compiler {
  struct arena *arena;                           /* the model's: code lives here */
  struct dmn_symbols *symbols;
  struct findings *faults;                       /* what a text did wrong: it becomes a node that raises that fault */
  struct dmn_eval *folder;                       /* evaluates constant parts; NULL: no folding */
  struct feel_frame *frame;
  str place;                                     /* for findings */
  uint32_t depth_limit, expression_count, expression_limit;
};
struct feel_scope *feel_scope_push(struct feel_compiler *c, struct feel_scope *outer);
/* Declares a name with its static type (NULL: unknown) and gives it a fresh slot of the frame. */
uint32_t feel_scope_add(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, const struct dmn_type *type);

/* Each gives code, never NULL: a text with an error compiles to code that raises the fault when run, the fault being
 * added to c->faults. `line` is the line of the text's first character in its document. */
const struct feel_node *feel_compile(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line);
/* A cell: unary tests (grammar rule 15 ff.) as code that reads the tested value from slot `subject` and gives true, false
 * or null. `subject_type` may be NULL. */
struct feel_tests;
const struct feel_tests *feel_compile_tests(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line,
                                            uint32_t subject_slot, const struct dmn_type *subject_type);
dmn_value feel_tests_run(struct dmn_eval *e, const struct feel_tests *t);     /* the subject is in its slot already */
bool feel_tests_is_dash(const struct feel_tests *t);
/* What a cell is made of where every alternative is a literal: for indexes, domains and analysis. */
struct feel_interval { dmn_value start, end; bool open_start, open_end, has_start, has_end; };    /* a point: start = end, closed */
struct feel_literals { bool negated; const struct feel_interval *items; uint32_t count; bool matches_null; };
bool feel_tests_literals(const struct feel_tests *t, struct feel_literals *out);   /* false: some part must be evaluated */

/* The static type as far as known; NULL: unknown. Constant code tells its value. */
const struct dmn_type *feel_type(const struct feel_node *code);
bool feel_constant(const struct feel_node *code, dmn_value *out);
const struct feel_node *feel_literal(struct feel_compiler *c, dmn_value v);

/* Code that other rooms make (boxed expressions of model/): give a head and your own struct behind it. */

/* ---- functions as values (10.3.2.11): user-defined, built-in, BKMs */
struct feel_parameter { dmn_symbol name; const struct dmn_type *type; };
enum dmn_function_kind { DMN_FUNCTION_CODE, DMN_FUNCTION_BUILTIN, DMN_FUNCTION_NATIVE };
struct dmn_function {
  enum dmn_function_kind kind;
  str name;
  const struct feel_parameter *parameters; uint32_t parameter_count;
  const struct dmn_type *result;                 /* NULL: any */
  /* CODE: runs `body` in a new frame: parameters in slots 0…, then captured values, then locals */
  const struct feel_node *body; uint32_t frame_slots; const dmn_value *captured; uint32_t captured_count;
  /* BUILTIN */
  const struct dmn_builtin *builtin;
  /* NATIVE: model/ gives its own (decision services) */
  dmn_value (*native)(struct dmn_eval *e, const struct dmn_function *self, const dmn_value *arguments, uint32_t count);
  const void *native_context;
};
dmn_value dmn_function_value(const struct dmn_function *f);
/* Runs code in a fresh frame of `slots` slots, the first `count` of them set from `values`; depth budget checked. */
dmn_value feel_run_frame(struct dmn_eval *e, const struct feel_node *code, uint32_t slots, const dmn_value *values, uint32_t count);

#endif
