/* decimal: decimal128 by Intel's library, behind functions of our own. The library is linked in the flavour that takes
 * values, rounding mode and flags as arguments, so nothing here is global. The encoding (IEEE 754-2008, 3.5.2, binary
 * integer decimal) is taken apart by hand where that is simpler than a call:
 *
 *   bit 127 sign | bits 126–113 exponent + 6176 | bits 112–0 coefficient          (coefficient < 10^34)
 *
 * Patterns whose two bits behind the sign are both set are infinities and NaNs. */
#include "value/decimal.h"

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

#define SIGN_BIT ((uint64_t)1 << 63)
#define SPECIAL_BITS ((uint64_t)3 << 61)
#define NOT_A_NUMBER ((uint64_t)0x7c << 56)
#define COEFFICIENT_HIGH_BITS 49
#define EXPONENT_MASK 0x3fffu
#define HALF_EVEN 0u /* the library's number for roundTiesToEven */

/* These make a result unusable; being inexact does not, even below the normal numbers, until nothing is left of it:
 * nonzero() sees to that. */
#define FATAL_FLAGS (BID_INVALID_EXCEPTION | BID_ZERO_DIVIDE_EXCEPTION | BID_OVERFLOW_EXCEPTION)

static BID_UINT128 to_bid(struct dmn_decimal d) {
  BID_UINT128 b;
  b.w[0] = d.w[0];
  b.w[1] = d.w[1];
  return b;
}

static struct dmn_decimal from_bid(BID_UINT128 b, unsigned flags) {
  if ((flags & FATAL_FLAGS) != 0) return (struct dmn_decimal){ { 0, NOT_A_NUMBER } };
  return (struct dmn_decimal){ { b.w[0], b.w[1] } };
}

bool decimal_is_finite(struct dmn_decimal d) { return (d.w[1] & SPECIAL_BITS) != SPECIAL_BITS; }

struct decimal_parts decimal_unpack(struct dmn_decimal d) {
  uint64_t high = d.w[1] & (((uint64_t)1 << COEFFICIENT_HIGH_BITS) - 1);
  return (struct decimal_parts){
    .negative = (d.w[1] & SIGN_BIT) != 0,
    .coefficient = (unsigned __int128)high << 64 | d.w[0],
    .exponent = (int)(d.w[1] >> COEFFICIENT_HIGH_BITS & EXPONENT_MASK) + DECIMAL_LEAST_EXPONENT,
  };
}

struct dmn_decimal decimal_pack(struct decimal_parts p) {
  assert(p.exponent >= DECIMAL_LEAST_EXPONENT && p.exponent <= DECIMAL_MOST_EXPONENT);
  uint64_t biased = (uint64_t)(p.exponent - DECIMAL_LEAST_EXPONENT);
  uint64_t high = (uint64_t)(p.coefficient >> 64) | biased << COEFFICIENT_HIGH_BITS | (p.negative ? SIGN_BIT : 0);
  return (struct dmn_decimal){ { (uint64_t)p.coefficient, high } };
}

static bool is_zero(struct dmn_decimal d) { return decimal_is_finite(d) && decimal_unpack(d).coefficient == 0; }

/* A result that cannot be zero and yet is has a scale out of range: by the specification it is no number. */
static struct dmn_decimal nonzero(struct dmn_decimal d) {
  return is_zero(d) ? (struct dmn_decimal){ { 0, NOT_A_NUMBER } } : d;
}

/* One function of two decimals, one of one: they differ in the library's name alone. */
#define TWO(name, call)                                                        \
  static struct dmn_decimal name(struct dmn_decimal a, struct dmn_decimal b) { \
    unsigned flags = 0;                                                        \
    return from_bid(call(to_bid(a), to_bid(b), HALF_EVEN, &flags), flags);     \
  }
#define ONE(name, call)                                         \
  static struct dmn_decimal name(struct dmn_decimal a) {        \
    unsigned flags = 0;                                         \
    return from_bid(call(to_bid(a), HALF_EVEN, &flags), flags); \
  }
TWO(add, bid128_add)
TWO(subtract, bid128_sub)
TWO(multiply, bid128_mul)
TWO(divide, bid128_div)
TWO(raised, bid128_pow)
ONE(root, bid128_sqrt)
ONE(logarithm, bid128_log)
ONE(exponential, bid128_exp)

struct dmn_decimal decimal_add(struct dmn_decimal a, struct dmn_decimal b) {
  return add(a, b);
}
struct dmn_decimal decimal_subtract(struct dmn_decimal a, struct dmn_decimal b) {
  return subtract(a, b);
}
struct dmn_decimal decimal_multiply(struct dmn_decimal a, struct dmn_decimal b) {
  return is_zero(a) || is_zero(b) ? multiply(a, b) : nonzero(multiply(a, b));
}
struct dmn_decimal decimal_divide(struct dmn_decimal a, struct dmn_decimal b) {
  return is_zero(a) ? divide(a, b) : nonzero(divide(a, b));
}
struct dmn_decimal decimal_power(struct dmn_decimal a, struct dmn_decimal b) {
  return nonzero(raised(a, b));
}
struct dmn_decimal decimal_square_root(struct dmn_decimal a) {
  return root(a);
}
struct dmn_decimal decimal_log(struct dmn_decimal a) {
  return logarithm(a);
}
struct dmn_decimal decimal_exp(struct dmn_decimal a) {
  return nonzero(exponential(a));
}

struct dmn_decimal decimal_remainder(struct dmn_decimal a, struct dmn_decimal b) {
  unsigned flags = 0;
  return from_bid(bid128_fmod(to_bid(a), to_bid(b), &flags), flags);
}

int decimal_compare(struct dmn_decimal a, struct dmn_decimal b) {
  unsigned flags = 0;
  if (bid128_quiet_less(to_bid(a), to_bid(b), &flags)) return -1;
  return bid128_quiet_greater(to_bid(a), to_bid(b), &flags) ? 1 : 0;
}

/* ---- whole powers. Squaring and multiplying would round at every step; so each factor is held as an unevaluated sum
 * high + low of two decimals, about 67 digits, and only the end is rounded to 34. The error of the k-th power grows
 * with k, at most a billion by the specification: 57 digits remain right. */
struct wide {
  BID_UINT128 high, low;
};

static struct wide wide_multiply(struct wide a, struct wide b, unsigned *flags) {
  BID_UINT128 high = bid128_mul(a.high, b.high, HALF_EVEN, flags);
  /* What follows are corrections: that they are small or even vanish is no failure of the product. */
  unsigned ignored = 0;
  BID_UINT128 low = bid128_fma(a.high, b.high, bid128_negate(high), HALF_EVEN, &ignored);
  low = bid128_fma(a.high, b.low, low, HALF_EVEN, &ignored);
  low = bid128_fma(a.low, b.high, low, HALF_EVEN, &ignored);
  BID_UINT128 sum = bid128_add(high, low, HALF_EVEN, flags);
  BID_UINT128 rest = bid128_add(bid128_sub(high, sum, HALF_EVEN, &ignored), low, HALF_EVEN, &ignored);
  return (struct wide){ sum, rest };
}

static struct wide wide_reciprocal(struct wide a, BID_UINT128 one, unsigned *flags) {
  BID_UINT128 q = bid128_div(one, a.high, HALF_EVEN, flags);
  unsigned ignored = 0;
  BID_UINT128 rest = bid128_fma(bid128_negate(q), a.high, one, HALF_EVEN, &ignored);
  rest = bid128_fma(bid128_negate(q), a.low, rest, HALF_EVEN, &ignored);
  return (struct wide){ q, bid128_div(rest, a.high, HALF_EVEN, &ignored) };
}

static struct wide wide_power(struct wide factor, uint64_t n, BID_UINT128 one, unsigned *flags) {
  struct wide power = { one, bid128_from_int64(0) };
  while (n != 0 && (*flags & FATAL_FLAGS) == 0) {
    if ((n & 1) != 0) power = wide_multiply(power, factor, flags);
    n >>= 1;
    if (n != 0) factor = wide_multiply(factor, factor, flags);
  }
  return power;
}

/* A negative power is the reciprocal of the positive one; where that one overflows, the power of the reciprocal may
 * still be a number (10 ** -6176). */
struct dmn_decimal decimal_power_whole(struct dmn_decimal base, int64_t n) {
  BID_UINT128 one = bid128_from_int64(1);
  struct wide factor = { to_bid(base), bid128_from_int64(0) };
  uint64_t magnitude = n < 0 ? -(uint64_t)n : (uint64_t)n;
  unsigned flags = 0;
  struct wide power = wide_power(factor, magnitude, one, &flags);
  if (n < 0 && (flags & FATAL_FLAGS) == 0) {
    power = wide_reciprocal(power, one, &flags);
  } else if (n < 0) {
    flags = 0;
    power = wide_power(wide_reciprocal(factor, one, &flags), magnitude, one, &flags);
  }
  return nonzero(from_bid(bid128_add(power.high, power.low, HALF_EVEN, &flags), flags));
}
