/* feel: FEEL texts (DMN 1.5, 10.3) to code, and code to values. A hand scanner that knows the names in scope, a Pratt
 * parser, a resolver that turns names into slots, and nodes that evaluate themselves ("closures as structs").
 *
 * Compiling happens once, while a model is loaded, into the model's arena; the code is immutable and shared by threads.
 * Evaluating touches only the eval. */
#ifndef DMN_FEEL_H
#define DMN_FEEL_H

#include "feel/type.h"
#include "value/value.h"

struct feel_node; /* code; begins with a feel_node_head */
struct feel_node_head {
  dmn_value (*run)(struct dmn_eval *e, const struct feel_node *self);
  const struct dmn_type *type; /* static type; NULL: unknown */
  const str *text;             /* the whole text it came from, for diagnostics; may be NULL */
  uint32_t line, column;       /* of its place in the document */
  uint32_t height;             /* nodes below it, in levels: what running it takes of the stack */
  uint32_t flags;              /* feel/ only */
};
static inline const struct feel_node_head *feel_head(const struct feel_node *code) {
  return (const struct feel_node_head *)(const void *)code;
}
static inline dmn_value feel_run(struct dmn_eval *e, const struct feel_node *code) {
  return feel_head(code)->run(e, code);
}

/* ---- scopes, while compiling: names visible and where their values will be found at run time. A frame is one array of
 * slots (e->slots): a decision's inputs and locals, or a function's parameters, captured values and locals. A scope
 * belongs to the frame that was the compiler's when it was pushed. */
struct feel_frame {
  uint32_t slot_count;
};                 /* grows while texts are compiled into it */
struct feel_scope; /* a chain: innermost first */
struct feel_compiler {
  struct arena *arena; /* the model's: code lives here */
  struct dmn_symbols *symbols;
  struct findings *faults; /* what a text did wrong: it becomes a node that raises that fault; may be NULL */
  struct dmn_eval *folder; /* evaluates constant parts; NULL: no folding */
  struct feel_frame *frame;
  struct dmn_symbols *literals;                /* texts of strings, each once; NULL: as often as they are written */
  str place;                                   /* for findings; or, made only where there is one, */
  str (*place_text)(struct arena *a, const void *at);      /* the text of what `place_at` is */
  const void *place_at;
  uint32_t depth_limit;                        /* nesting of one text; 0: FEEL_DEPTH_LIMIT */
  uint32_t expression_count, expression_limit; /* texts compiled, and how many may be (0: any number) */
  /* Item definitions by (possibly qualified, "import.tType") name, as written with white space folded; NULL answers: no
   * such type. May be NULL: only the built-in types are known. */
  const struct dmn_type *(*type_named)(void *context, str name);
  void *type_context;
  /* Does a name that is unknown in a text mean something that the text could require? Same context; may be NULL. */
  bool (*named_elsewhere)(void *context, str name);
};
#define FEEL_DEPTH_LIMIT 200u   /* brackets within brackets */
#define FEEL_HEIGHT_LIMIT 2000u /* nodes below nodes: long chains of operators */
struct feel_scope *feel_scope_push(struct feel_compiler *c, struct feel_scope *outer);
/* Declares a name with its static type (NULL: unknown) and gives it a fresh slot of the frame. */
uint32_t feel_scope_add(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, const struct dmn_type *type);
/* The same, for a value that stands in a slot already. */
void feel_scope_alias(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, uint32_t slot,
                      const struct dmn_type *type);
/* A name whose value is code of its own, run where the name is used (an imported model's, a constant). */
void feel_scope_define(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, const struct feel_node *code);
/* A scope in which the entries of one element (in `slot`, of static type `element`, NULL: unknown) are names that
 * shadow what is outside, and `item` is the element: what a filter's condition sees. */
struct feel_scope *feel_scope_element(struct feel_compiler *c, struct feel_scope *outer, uint32_t slot,
                                      const struct dmn_type *element);

/* Each gives code, never NULL: a text with an error compiles to code that raises the fault when run, the fault being
 * added to c->faults. `line` is the line of the text's first character in its document. */
const struct feel_node *feel_compile(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line);
/* A cell: unary tests (grammar rule 15 ff.) as code that reads the tested value from slot `subject` and gives true,
 * false or null. `subject_type` may be NULL. */
struct feel_tests;
const struct feel_tests *feel_compile_tests(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line,
                                            uint32_t subject_slot, const struct dmn_type *subject_type);
dmn_value feel_tests_run(struct dmn_eval *e, const struct feel_tests *t); /* the subject is in its slot already */
bool feel_tests_is_dash(const struct feel_tests *t);
/* Are the tests literals among which this value is found, or not, by looking? False: they must be run to know. */
bool feel_tests_at_a_glance(const struct feel_tests *t, dmn_value v, bool *satisfied);
/* What a cell is made of where every alternative is a literal: for indexes, domains and analysis. */
struct feel_interval {
  dmn_value start, end; /* a point: start = end, closed */
  bool open_start, open_end, has_start, has_end;
};
struct feel_literals {
  bool negated;
  const struct feel_interval *items;
  uint32_t count;
  bool matches_null;
};
/* False: some part must be evaluated. */
bool feel_tests_literals(const struct feel_tests *t, struct feel_literals *out);

/* The static type as far as known; NULL: unknown. Constant code tells its value. */
const struct dmn_type *feel_type(const struct feel_node *code);
bool feel_constant(const struct feel_node *code, dmn_value *out);
bool feel_never_null(const struct feel_node *code); /* certain: `x = null`, `x != null` */
/* Is the code the value in a slot, or a path from there and nothing more? */
bool feel_root_slot(const struct feel_node *code, uint32_t *slot);
const struct feel_node *feel_literal(struct feel_compiler *c, dmn_value v);
/* A value that is known to be of a type, be it wider or narrower than what the value itself tells. */
const struct feel_node *feel_typed_literal(struct feel_compiler *c, dmn_value v, const struct dmn_type *type);

/* Code that other rooms make (boxed expressions of model/): give a head and your own struct behind it. `height` must be
 * one more than the highest of your parts; feel_head_of() fills a head so. */
struct feel_node_head feel_head_of(dmn_value (*run)(struct dmn_eval *e, const struct feel_node *self),
                                   const struct dmn_type *type, uint32_t line, const struct feel_node *const *parts,
                                   uint32_t count);

/* ---- what FEEL's own constructs do with values, for their boxed twins. The element stands in the frame's `slot`
 * while `code` runs. As boxed forms demand, a condition that is neither a boolean nor null makes the whole null with a
 * fault. */
dmn_value feel_filter(struct dmn_eval *e, dmn_value list, uint32_t slot, const struct feel_node *condition);
struct feel_iterator {
  uint32_t slot;
  const struct feel_node *from, *to; /* to: NULL, or the end of `from..to` */
};
/* `partial_slot`: where the results so far stand; FEEL_NO_SLOT: the body does not look. */
#define FEEL_NO_SLOT UINT32_MAX
dmn_value feel_for(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count, uint32_t partial_slot,
                   const struct feel_node *body);
dmn_value feel_some(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count,
                    const struct feel_node *condition);
dmn_value feel_every(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count,
                     const struct feel_node *condition);
/* Does `v` satisfy the value of one positive unary test: equal to it, in it where it is a range or a list, or it is
 * true of it (`test_is_condition`: the text used `?`). Three-valued. */
dmn_value feel_satisfies(struct dmn_eval *e, dmn_value v, dmn_value test, bool test_is_condition);
dmn_value feel_path(struct dmn_eval *e, dmn_value v, dmn_symbol name); /* v.name: entry, list of entries, property */

/* ---- functions as values (10.3.2.11): user-defined, built-in, BKMs */
struct feel_parameter {
  dmn_symbol name;
  const struct dmn_type *type;
};
enum dmn_function_kind { DMN_FUNCTION_CODE, DMN_FUNCTION_BUILTIN, DMN_FUNCTION_NATIVE };
struct dmn_function {
  enum dmn_function_kind kind;
  str name;
  const struct feel_parameter *parameters;
  uint32_t parameter_count;
  const struct dmn_type *result; /* NULL: any */
  bool certain;                  /* the body gives nothing else, so that nobody need look */
  /* CODE: runs `body` in a new frame of `frame_slots`: parameters in slots 0…, captured values in captured_slots[],
   * locals */
  const struct feel_node *body;
  const struct feel_node *untold; /* the same for an evaluation that keeps no trace, in the name of `node`; NULL: body */
  uint32_t node;
  uint32_t frame_slots;
  const dmn_value *captured;
  const uint32_t *captured_slots;
  uint32_t captured_count;
  /* BUILTIN */
  const struct dmn_builtin *builtin;
  /* NATIVE: model/ gives its own (decision services) */
  dmn_value (*native)(struct dmn_eval *e, const struct dmn_function *self, const dmn_value *arguments, uint32_t count);
  const void *native_context;
};
dmn_value dmn_function_value(const struct dmn_function *f);
/* One step down into code that runs in a frame, and up again. The depth budget is checked: it counts levels of nodes (height),
 * since those are what the C stack is made of. */
static inline uint32_t feel_levels(const struct feel_node *code) { return feel_head(code)->height + 1; }
static inline void feel_down(struct dmn_eval *e, const struct feel_node *code) {
  uint32_t depth = e->depth + feel_levels(code);
  if (__builtin_expect(depth > e->budget->depth || depth < e->depth, 0)) dmn_budget_exceeded(e, "depth");
  e->depth = depth;
  dmn_step(e);
}
static inline void feel_up(struct dmn_eval *e, const struct feel_node *code) { e->depth -= feel_levels(code); }
/* Runs code in a frame that stands already. */
dmn_value feel_run_in(struct dmn_eval *e, const struct feel_node *code, dmn_value *slots);
/* Runs code in a fresh frame of `slots` slots, the first `count` of them set from `values`, the others null. */
dmn_value feel_run_frame(struct dmn_eval *e, const struct feel_node *code, uint32_t slots, const dmn_value *values,
                         uint32_t count);

/* A function whose body is compiled here (boxed functions; BKMs that capture what they require). Open, compile the
 * body in feel_lambda_scope(), close. Between open and close the compiler's frame is the function's own; names of
 * `outer` that the body mentions are captured by value when the node made by close runs. `name` is for people. */
struct feel_lambda;
struct feel_lambda *feel_lambda_open(struct feel_compiler *c, struct feel_scope *outer,
                                     const struct feel_parameter *parameters, uint32_t count);
struct feel_scope *feel_lambda_scope(struct feel_lambda *l);
const struct feel_node *feel_lambda_close(struct feel_compiler *c, struct feel_lambda *l, str name,
                                          const struct dmn_type *gives, const struct feel_node *body);
/* Code that gives a function whose every call is null with EXTERNAL_FUNCTION. */
const struct feel_node *feel_lambda_external(struct feel_compiler *c, str name, const struct feel_parameter *parameters,
                                             uint32_t count, const struct dmn_type *gives, uint32_t line);

/* Calls with named arguments, as a boxed invocation does: each argument finds its parameter, missing ones are null. */
dmn_value feel_call_named(struct dmn_eval *e, dmn_value callee, const dmn_symbol *names, const dmn_value *arguments,
                          uint32_t count);

/* A call whose arguments, in the order of the parameters, need no conversion: the callee is a constant function with code,
 * and the static types of the arguments are within those of its parameters. NULL: it is not so. */
const struct feel_node *feel_call_directly(struct feel_compiler *c, const struct feel_node *callee,
                                           const struct feel_node *const *arguments, uint32_t count, uint32_t line);

/* The whole of one text over one context: its entries are the names in scope. Code goes to `code_arena`, values to e's.
 * Faults of the text are added to f; the value is then null. For dmn_feel(), tools and fuzzing. */
dmn_value feel_evaluate(struct dmn_eval *e, struct arena *code_arena, struct dmn_symbols *symbols, str text,
                        dmn_value context, struct findings *f);

#endif
