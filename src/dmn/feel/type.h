/* type: FEEL types (10.3.2.1) and item definitions (7.3.3): conformance, coercion, `instance of`. Immutable. */
#ifndef DMN_TYPE_H
#define DMN_TYPE_H

#include "value/value.h"

enum dmn_type_kind {
  DMN_TYPE_ANY,
  DMN_TYPE_NULL,
  DMN_TYPE_BOOLEAN,
  DMN_TYPE_NUMBER,
  DMN_TYPE_STRING,
  DMN_TYPE_DATE,
  DMN_TYPE_TIME,
  DMN_TYPE_DATE_TIME,
  DMN_TYPE_DAYS_DURATION,
  DMN_TYPE_MONTHS_DURATION,
  DMN_TYPE_LIST,
  DMN_TYPE_CONTEXT,
  DMN_TYPE_RANGE,
  DMN_TYPE_FUNCTION,
};
struct dmn_type_entry {
  dmn_symbol name;
  const struct dmn_type *type;
};
struct feel_tests;
enum { DMN_TYPE_ENDLESS = 1 << 16 };
struct dmn_type {
  enum dmn_type_kind kind;
  str name;                  /* of the item definition; n = 0: none */
  const struct dmn_type *of; /* LIST, RANGE: the item; FUNCTION: the result */
  const struct dmn_type_entry *entries;
  uint32_t entry_count; /* CONTEXT; FUNCTION: parameters (names may be 0) */
  /* How many types it is made of, each as often as it is held; at most DMN_TYPE_ENDLESS: of what holds itself, as the
   * definition of a tree does, and of what is too much to be compared part by part. */
  uint32_t extent;
  uint32_t at_once;     /* bits by kind: values that fit by their kind alone; 0 where more must be asked */
  const dmn_symbol *names; /* CONTEXT: of the entries; contexts that are made to be of this type share them */
  /* allowed values (each value, or each item of a list) and, since 1.4, type constraints (the value as a whole);
   * both compiled into a frame of their own: the subject in slot 0 */
  const struct feel_tests *allowed_values, *constraint;
  uint32_t frame_slots;
};

const struct dmn_type *dmn_type_builtin(str name); /* "number", "days and time duration", "Any"; NULL: none */
/* "list", "context", "range" and "function" without parameters are known here as the widest of their kind, since
 * typeRefs use them; as the right side of `instance of` they are none (rule 52). */
const struct dmn_type *dmn_type_list_of(struct arena *a, const struct dmn_type *item); /* NULL: of Any */
const struct dmn_type *dmn_type_range_of(struct arena *a, const struct dmn_type *item);
const struct dmn_type *dmn_type_context_of(struct arena *a, const struct dmn_type_entry *entries,
                                           uint32_t count); /* copies */
const struct dmn_type *dmn_type_function_of(struct arena *a, const struct dmn_type_entry *parameters, uint32_t count,
                                            const struct dmn_type *gives);
/* The plain type of values of that kind; lists and contexts of Any. */
const struct dmn_type *dmn_type_of_kind(enum dmn_kind k);
/* type(e) of table 43, as narrow as the value tells. */
const struct dmn_type *dmn_type_of_value(struct arena *a, dmn_value v);
/* The type without its own allowed values and constraint, for values that are made from its values; NULL: unknown. */
const struct dmn_type *dmn_type_plain(const struct dmn_type *t);
/* The type of a context's entry; NULL: unknown, or no such entry. *index: where it stands (may be NULL). */
const struct dmn_type *dmn_type_entry_of(const struct dmn_type *t, dmn_symbol name, uint32_t *index);
/* Does the value fit, allowed values included. null fits every type. */
bool dmn_type_accepts(struct dmn_eval *e, const struct dmn_type *t, dmn_value v);
/* `instance of`: allowed values play no part, and null is an instance of Null alone. */
bool dmn_type_instance(struct dmn_eval *e, const struct dmn_type *t, dmn_value v);
/* Is every value of `narrow` one of `wide` (10.3.2.9.1). */
bool dmn_type_conforms(const struct dmn_type *narrow, const struct dmn_type *wide);
/* The same with allowed values and constraints, as far as their being the same tests shows: a value of static type
 * `narrow` needs no conversion to `wide`. Functions are never within another type: what they give is not known. */
bool dmn_type_within(const struct dmn_type *narrow, const struct dmn_type *wide);
/* Can it be seen, without evaluating anything, that the value is of the type? For constants. */
bool dmn_type_holds(const struct dmn_type *t, dmn_value v);
/* Implicit conversions (10.3.2.9.4): [v] to v, v to [v], date to date and time; then accepts; else null with COERCION
 * or ALLOWED_VALUE. t may be NULL: the value itself. */
dmn_value dmn_coerce(struct dmn_eval *e, const struct dmn_type *t, dmn_value v);
str dmn_type_print(struct arena *a, const struct dmn_type *t, const struct dmn_symbols *symbols); /* "list<number>" */

#endif
