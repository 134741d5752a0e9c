/* numbers: table 76. Scales are whole numbers (a fraction is cut) from -6111 to 6176. */
#include "builtin/functions.h"
#include "value/number.h"
#include "value/temporal.h"

#define SCALE_LEAST (-6111)
#define SCALE_MOST 6176

/* ---- rounding */
static dmn_value round_to(struct dmn_eval *e, const dmn_value *a, uint32_t count, enum number_rounding mode) {
  int64_t scale = count > 1 ? builtin__whole(a[1]) : 0;
  if (scale < SCALE_LEAST || scale > SCALE_MOST) return builtin__domain(e, "scale");
  return dmn__number_round(e, a[0], (int)scale, mode);
}

#define ROUNDING(name, mode)                                                          \
  dmn_value builtin__##name(struct dmn_eval *e, const dmn_value *a, uint32_t count) { \
    return round_to(e, a, count, mode);                                               \
  }
ROUNDING(decimal, ROUND_HALF_EVEN)
ROUNDING(floor, ROUND_FLOOR)
ROUNDING(ceiling, ROUND_CEILING)
ROUNDING(round_up, ROUND_UP)
ROUNDING(round_down, ROUND_DOWN)
ROUNDING(round_half_up, ROUND_HALF_UP)
ROUNDING(round_half_down, ROUND_HALF_DOWN)

/* ---- functions of one and two numbers */
dmn_value builtin__abs(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  bool negative = a[0].kind == DMN_NUMBER ? dmn__number_sign(a[0]) < 0 : a[0].as.i < 0;
  return negative ? dmn_negate(e, a[0]) : a[0];
}

dmn_value builtin__modulo(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return dmn__number_modulo(e, a[0], a[1]);
}

dmn_value builtin__sqrt(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (dmn__number_sign(a[0]) < 0) return builtin__domain(e, "sqrt");
  return dmn__number_of_decimal(e, decimal_square_root(dmn__number_decimal(a[0])));
}

dmn_value builtin__log(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (dmn__number_sign(a[0]) <= 0) return builtin__domain(e, "log");
  return dmn__number_of_decimal(e, decimal_log(dmn__number_decimal(a[0])));
}

dmn_value builtin__exp(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return dmn__number_of_decimal(e, decimal_exp(dmn__number_decimal(a[0])));
}

/* ---- parity: of whole numbers only. One with a positive exponent is a multiple of ten. */
static bool parity(dmn_value v, bool *is_odd) {
  struct decimal_parts p = dmn__number_parts(v);
  *is_odd = p.exponent == 0 && (p.coefficient & 1) != 0;
  return p.exponent >= 0;
}

dmn_value builtin__odd(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  bool is_odd;
  return parity(a[0], &is_odd) ? dmn_boolean(is_odd) : builtin__domain(e, "odd");
}

dmn_value builtin__even(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  bool is_odd;
  return parity(a[0], &is_odd) ? dmn_boolean(!is_odd) : builtin__domain(e, "even");
}
