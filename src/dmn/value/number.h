/* number: what the functions of FEEL need beyond the operators of value.h. */
#ifndef DMN_NUMBER_H
#define DMN_NUMBER_H

#include "value/decimal.h"

/* The number as sign, coefficient and exponent, whichever way it is held. */
struct decimal_parts dmn__number_parts(dmn_value v);
struct dmn_decimal dmn__number_decimal(dmn_value v);
/* The canonical number. Exponents beyond decimal128: null with OVERFLOW. coefficient < 10^34. */
dmn_value dmn__number_of_parts(struct dmn_eval *e, struct decimal_parts p);
/* A result of decimal.h; null with OVERFLOW when it is not finite. */
dmn_value dmn__number_of_decimal(struct dmn_eval *e, struct dmn_decimal d);

enum number_rounding {
  ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING, ROUND_UP /* away from zero */, ROUND_DOWN,
  ROUND_HALF_UP, ROUND_HALF_DOWN,
};
/* To `scale` digits behind the point; a negative scale rounds before it. */
dmn_value dmn__number_round(struct dmn_eval *e, dmn_value v, int scale, enum number_rounding mode);
dmn_value dmn__number_modulo(struct dmn_eval *e, dmn_value dividend, dmn_value divisor);
int dmn__number_sign(dmn_value v);               /* -1, 0, 1 */
/* Floor to int64; false when it does not fit. */
bool dmn__number_floor64(dmn_value v, int64_t *out);

#endif
