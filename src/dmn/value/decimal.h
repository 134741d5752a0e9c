/* decimal: the door to decimal128 (IEEE 754-2008, 34 digits, binary integer encoding). Works on struct dmn_decimal;
 * results may be infinite or NaN, which dmn_number_of_decimal() turns into null. */
#ifndef DMN_DECIMAL_H
#define DMN_DECIMAL_H

#include "value/value.h"

#define DECIMAL_DIGITS 34
#define DECIMAL_LEAST_EXPONENT (-6176)
#define DECIMAL_MOST_EXPONENT 6111

/* (-1)^negative * coefficient * 10^exponent; coefficient < 10^34, exponent within the bounds above. */
struct decimal_parts { bool negative; unsigned __int128 coefficient; int exponent; };

bool decimal_is_finite(struct dmn_decimal d);
struct decimal_parts decimal_unpack(struct dmn_decimal finite);
struct dmn_decimal decimal_pack(struct decimal_parts p);

/* Half-even at 34 digits. What overflows, underflows or has no value is not finite. */
struct dmn_decimal decimal_add(struct dmn_decimal a, struct dmn_decimal b);
struct dmn_decimal decimal_subtract(struct dmn_decimal a, struct dmn_decimal b);
struct dmn_decimal decimal_multiply(struct dmn_decimal a, struct dmn_decimal b);
struct dmn_decimal decimal_divide(struct dmn_decimal a, struct dmn_decimal b);
/* of the truncated quotient, exact */
struct dmn_decimal decimal_remainder(struct dmn_decimal a, struct dmn_decimal b);
struct dmn_decimal decimal_power(struct dmn_decimal a, struct dmn_decimal b);        /* a > 0 */
struct dmn_decimal decimal_power_whole(struct dmn_decimal a, int64_t n);              /* a not 0 */
struct dmn_decimal decimal_square_root(struct dmn_decimal a);
struct dmn_decimal decimal_log(struct dmn_decimal a);
struct dmn_decimal decimal_exp(struct dmn_decimal a);
int decimal_compare(struct dmn_decimal a, struct dmn_decimal b);                     /* both finite */

#endif
