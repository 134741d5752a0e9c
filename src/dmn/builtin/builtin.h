/* builtin: the functions FEEL is born with (DMN 1.5, 10.3.4), as one table. A row is a name; a signature is one way to
 * call it. Calls are bound when a text is compiled: by position to the signature that takes that many, by name to the
 * one that has exactly those parameter names (missing optional ones are filled with DMN_ABSENT). */
#ifndef DMN_BUILTIN_H
#define DMN_BUILTIN_H

#include "value/value.h"

/* Marks an optional parameter that was not given: kind NULL with this flag; an explicit null has no flag. */
#define DMN_ABSENT_FLAG 0x8000u
static inline dmn_value dmn_absent(void) { return (dmn_value){ .kind = DMN_NULL, .flags = DMN_ABSENT_FLAG }; }
static inline bool dmn_is_absent(dmn_value v) { return v.kind == DMN_NULL && (v.flags & DMN_ABSENT_FLAG); }

/* arguments[0 … count): every declared parameter, DMN_ABSENT where optional and not given (an explicit null for an
 * optional parameter arrives as DMN_ABSENT too: by 10.3.2.13 what is not supplied is null). A DMN_LIST_OR_ITEMS
 * signature gets a single list: f(1,2,3) and f([1,2,3]) arrive alike. Values are already singleton-coerced where the
 * declared kind asks for it (a list of one to its item for a scalar parameter; a scalar to a list of one for a list
 * parameter). Must answer null with dmn_raise for anything outside its domain. */
typedef dmn_value (*dmn_builtin_function)(struct dmn_eval *e, const dmn_value *arguments, uint32_t count);

enum dmn_parameter_kind {
  P_ANY, P_BOOLEAN, P_NUMBER, P_STRING, P_DATE, P_TIME, P_DATE_TIME, P_DURATION, P_DAYS, P_MONTHS, P_TEMPORAL,
  P_LIST, P_CONTEXT, P_RANGE, P_FUNCTION, P_COMPARABLE, P_POINT_OR_RANGE, P_DATE_OR_DATE_TIME,
  P_NUMBER_OR_DURATION, P_NUMBER_OR_FUNCTION, P_STRING_OR_LIST,
};
struct dmn_parameter { const char *name; enum dmn_parameter_kind kind; bool optional; bool nullable; };
enum dmn_variadic {
  DMN_FIXED,
  /* one P_LIST parameter, or any number of positional arguments instead */
  DMN_LIST_OR_ITEMS,
  /* the last parameter takes one argument or more; the call sees them all */
  DMN_LAST_REPEATS,
};
/* Overloads that take as many arguments are told apart by the function itself when called by position, and by the names
 * of their parameters otherwise. */
enum dmn_form { DMN_ANY_FORM, DMN_BY_POSITION, DMN_BY_NAME };
struct dmn_signature {
  dmn_builtin_function call;
  uint8_t count;                                 /* parameters */
  uint8_t variadic;                              /* enum dmn_variadic */
  uint8_t form;                                  /* enum dmn_form */
  /* may be folded when its arguments are constants (not now, today, functions) */
  bool pure;
  struct dmn_parameter parameters[8];
};
struct dmn_builtin { const char *name; const struct dmn_signature *signatures; uint32_t signature_count; };

const struct dmn_builtin *dmn_builtins(uint32_t *count);          /* sorted by name */
const struct dmn_builtin *dmn_builtin_find(str name);             /* normalised name; NULL: none */

/* Calls one signature with values at run time: checks kinds and coerces by the declaration (a null for a parameter
 * that is not nullable: null with UNKNOWN_ARGUMENT; a wrong kind: null with TYPE), then calls. Compiled calls and
 * calls through a function value both come here. */
dmn_value dmn_builtin_call(struct dmn_eval *e, const struct dmn_builtin *b, const struct dmn_signature *s,
                           const dmn_value *arguments, uint32_t count);
/* The signature for a positional call of that many; NULL: none (arity fault). */
const struct dmn_signature *dmn_builtin_positional(const struct dmn_builtin *b, uint32_t count);
/* The signature that has all these names, and no other parameter that neither is optional nor takes null; of several the
 * one that declares them in this order. order[i] = the parameter that argument i fills. */
const struct dmn_signature *dmn_builtin_named(const struct dmn_builtin *b, const str *names, uint32_t count,
                                              uint8_t *order);

/* Offered by feel/: call any FUNCTION value (for sort, list replace, …). */
dmn_value dmn_call_function(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments,
                            uint32_t count);
uint32_t dmn_function_arity(const struct dmn_function *f);

#endif
