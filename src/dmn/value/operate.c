/* operate: the arithmetic operators over any two values (10.3.2.13, tables 56–62). The common case, two small whole
 * numbers, was answered in value.h already. */
#include "value/compare.h"
#include "value/temporal.h"

static bool is_duration(dmn_value v) { return v.kind == DMN_DAYS_DURATION || v.kind == DMN_MONTHS_DURATION; }

static bool is_temporal(dmn_value v) {
  return v.kind == DMN_DATE || v.kind == DMN_TIME || v.kind == DMN_DATE_TIME || is_duration(v);
}

/* null, because one operand is unknown or because the two do not go together. */
static dmn_value refuse(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (dmn_is_null(a) || dmn_is_null(b)) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  return dmn__raise_kinds(e, a, b);
}

static dmn_value concatenate(struct dmn_eval *e, dmn_value a, dmn_value b) {
  size_t n = (size_t)a.length + b.length;
  if (n > UINT32_MAX) dmn_budget_exceeded(e, "string");
  dmn_steps(e, n / 64);
  char *text = arena_alloc(e->arena, n + 1);
  memcpy(text, a.as.text, a.length);
  memcpy(text + a.length, b.as.text, b.length);
  return (dmn_value){
    .kind = DMN_STRING,
    .flags = a.flags & b.flags & DMN_ASCII,
    .length = (uint32_t)n,
    .as.text = text,
  };
}

dmn_value dmn__add_slowly(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind == DMN_NUMBER && b.kind == DMN_NUMBER) return dmn_number_add(e, a, b);
  if (a.kind == DMN_STRING && b.kind == DMN_STRING) return concatenate(e, a, b);
  if (is_temporal(a) && is_temporal(b)) return temporal__add(e, a, b);
  return refuse(e, a, b);
}

dmn_value dmn__subtract_slowly(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind == DMN_NUMBER && b.kind == DMN_NUMBER) return dmn_number_subtract(e, a, b);
  if (is_temporal(a) && is_temporal(b)) return temporal__subtract(e, a, b);
  return refuse(e, a, b);
}

dmn_value dmn__multiply_slowly(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind == DMN_NUMBER && b.kind == DMN_NUMBER) return dmn_number_multiply(e, a, b);
  if (is_duration(a) && b.kind == DMN_NUMBER) return temporal__multiply(e, a, b);
  if (a.kind == DMN_NUMBER && is_duration(b)) return temporal__multiply(e, b, a);
  return refuse(e, a, b);
}

dmn_value dmn_divide(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind == DMN_NUMBER && b.kind == DMN_NUMBER) return dmn_number_divide(e, a, b);
  if (is_duration(a) && (b.kind == DMN_NUMBER || b.kind == a.kind)) return temporal__divide(e, a, b);
  return refuse(e, a, b);
}

dmn_value dmn_power(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind == DMN_NUMBER && b.kind == DMN_NUMBER) return dmn_number_power(e, a, b);
  return refuse(e, a, b);
}

dmn_value dmn_negate(struct dmn_eval *e, dmn_value a) {
  if (a.kind == DMN_NUMBER) return dmn_number_negate(e, a);
  if (is_duration(a)) return temporal__negate(e, a);
  return dmn_raise_operand(e, a);
}
