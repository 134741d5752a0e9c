/* number: FEEL's numbers (DMN 1.5, 10.3.2.3.1), decimals of 34 digits rounded half to even. Most numbers of a rule are
 * small, so a number is an int64 scaled by a power of ten as long as it fits, and a decimal128 only beyond that. One
 * value has one representation (value.h), which every function here restores: hence comparing for equality and hashing
 * look at the bytes alone. */
#include "value/number.h"

#define SCALE_MOST 18

static const int64_t powers_of_ten[SCALE_MOST + 1] = {
  1,
  10,
  100,
  1000,
  10000,
  100000,
  1000000,
  10000000,
  100000000,
  1000000000,
  10000000000,
  100000000000,
  1000000000000,
  10000000000000,
  100000000000000,
  1000000000000000,
  10000000000000000,
  100000000000000000,
  1000000000000000000,
};

/* 10^n for n <= 38. */
static unsigned __int128 wide_power_of_ten(int n) {
  unsigned __int128 p = (unsigned __int128)powers_of_ten[n % (SCALE_MOST + 1)];
  for (int i = n / (SCALE_MOST + 1); i > 0; i--) p *= (unsigned __int128)powers_of_ten[SCALE_MOST] * 10;
  return p;
}

#define COEFFICIENT_END (wide_power_of_ten(DECIMAL_DIGITS))

/* ---- the two representations */
static dmn_value scaled(int64_t i, int scale) {
  while (scale > 0 && i % 10 == 0) {
    i /= 10;
    scale = i == 0 ? 0 : scale - 1;
  }
  return (dmn_value){ .kind = DMN_NUMBER, .scale = (uint8_t)scale, .as.i = i };
}

dmn_value dmn_number_of_scaled(int64_t coefficient, uint8_t scale) {
  assert(scale <= SCALE_MOST);
  return scaled(coefficient, scale);
}

struct decimal_parts dmn__number_parts(dmn_value v) {
  if (v.scale == DMN_SCALE_DECIMAL) return decimal_unpack(*v.as.decimal);
  bool negative = v.as.i < 0;
  uint64_t magnitude = negative ? -(uint64_t)v.as.i : (uint64_t)v.as.i;
  return (struct decimal_parts){ negative, magnitude, -(int)v.scale };
}

struct dmn_decimal dmn__number_decimal(dmn_value v) {
  return v.scale == DMN_SCALE_DECIMAL ? *v.as.decimal : decimal_pack(dmn__number_parts(v));
}

static void strip_zeros(struct decimal_parts *p) {
  while ((p->coefficient & 1) == 0 && p->coefficient % 10 == 0) {
    p->coefficient /= 10;
    p->exponent++;
  }
}

/* The scaled form, where the stripped parts fit it. */
static bool fits_scaled(struct decimal_parts p, dmn_value *out) {
  uint64_t most = (uint64_t)INT64_MAX + p.negative;
  if (p.exponent < -SCALE_MOST || p.exponent > SCALE_MOST || p.coefficient > most) return false;
  if (p.exponent > 0) {
    p.coefficient *= (unsigned __int128)powers_of_ten[p.exponent];
    if (p.coefficient > most) return false;
    p.exponent = 0;
  }
  uint64_t magnitude = (uint64_t)p.coefficient;
  int64_t i = p.negative ? (int64_t)-magnitude : (int64_t)magnitude;
  *out = (dmn_value){ .kind = DMN_NUMBER, .scale = (uint8_t)-p.exponent, .as.i = i };
  return true;
}

/* The canonical parts of a decimal128: the shortest coefficient whose exponent is not too great. False: out of
 * range. */
static bool fits_decimal(struct decimal_parts *p) {
  while (p->exponent > DECIMAL_MOST_EXPONENT && p->coefficient < COEFFICIENT_END / 10) {
    p->coefficient *= 10;
    p->exponent--;
  }
  return p->exponent <= DECIMAL_MOST_EXPONENT && p->exponent >= DECIMAL_LEAST_EXPONENT;
}

dmn_value dmn__number_of_parts(struct dmn_eval *e, struct decimal_parts p) {
  assert(p.coefficient < COEFFICIENT_END);
  if (p.coefficient == 0) return dmn_integer(0);
  strip_zeros(&p);
  dmn_value v;
  if (fits_scaled(p, &v)) return v;
  if (!fits_decimal(&p)) return dmn_raise(e, DMN_DIAG_OVERFLOW, STR_NONE);
  struct dmn_decimal *d = arena_alloc(e->arena, sizeof *d);
  *d = decimal_pack(p);
  return (dmn_value){ .kind = DMN_NUMBER, .scale = DMN_SCALE_DECIMAL, .as.decimal = d };
}

dmn_value dmn__number_of_decimal(struct dmn_eval *e, struct dmn_decimal d) {
  if (!decimal_is_finite(d)) return dmn_raise(e, DMN_DIAG_OVERFLOW, STR_NONE);
  return dmn__number_of_parts(e, decimal_unpack(d));
}

/* ---- reading: [-] digits [. digits] | [-] . digits, then [e|E [+|-] digits] (grammar rule 37) */
struct digits_read {
  unsigned __int128 coefficient;
  int64_t exponent;
  int taken;
  bool half_or_more, above_half, any;
};

/* Keeps 34 significant digits and remembers what the rest says about rounding. */
static void take_digit(struct digits_read *r, int digit, bool fraction) {
  if (r->taken == 0 && digit == 0) {
    r->exponent -= fraction;
    r->any = true;
    return;
  }
  if (r->taken < DECIMAL_DIGITS) {
    r->coefficient = r->coefficient * 10 + (unsigned)digit;
    r->exponent -= fraction;
    r->taken++;
  } else {
    if (r->taken == DECIMAL_DIGITS) {
      r->half_or_more = digit >= 5;
      r->above_half = digit > 5;
      r->taken++;
    } else if (digit != 0) {
      r->above_half = r->half_or_more;
    }
    r->exponent += !fraction;
  }
  r->any = true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t take_digits(struct digits_read *r, str s, size_t at, bool fraction) {
  for (; at < s.n && is_digit(s.p[at]); at++) take_digit(r, s.p[at] - '0', fraction);
  return at;
}

/* The exponent part from `at` to the end of s; false when it is malformed. Huge ones stop growing: they are out of
 * range all the same. */
static bool take_exponent(str s, size_t at, int64_t *exponent) {
  at++;
  bool negative = at < s.n && s.p[at] == '-';
  if (at < s.n && (s.p[at] == '-' || s.p[at] == '+')) at++;
  if (at == s.n) return false;
  int64_t value = 0;
  for (; at < s.n; at++) {
    if (!is_digit(s.p[at])) return false;
    if (value < 100000000) value = value * 10 + (s.p[at] - '0');
  }
  *exponent += negative ? -value : value;
  return true;
}

static bool read_digits(str s, struct digits_read *r) {
  size_t at = s.n > 0 && s.p[0] == '-';
  at = take_digits(r, s, at, false);
  if (at < s.n && s.p[at] == '.') {
    if (at + 1 == s.n || !is_digit(s.p[at + 1])) return false;
    at = take_digits(r, s, at + 1, true);
  }
  if (!r->any) return false;
  if (at == s.n) return true;
  return (s.p[at] == 'e' || s.p[at] == 'E') && take_exponent(s, at, &r->exponent);
}

dmn_value dmn_number_parse(struct dmn_eval *e, str s) {
  struct digits_read r = { 0 };
  if (!read_digits(s, &r)) return dmn_null();
  if (r.coefficient == 0) return dmn_integer(0);
  if (r.above_half || (r.half_or_more && (r.coefficient & 1) != 0)) r.coefficient++;
  if (r.coefficient == COEFFICIENT_END) {
    r.coefficient /= 10;
    r.exponent++;
  }
  if (r.exponent < 2 * DECIMAL_LEAST_EXPONENT || r.exponent > 2 * DECIMAL_MOST_EXPONENT) return dmn_null();
  struct decimal_parts p = { s.p[0] == '-', r.coefficient, (int)r.exponent };
  strip_zeros(&p);
  struct decimal_parts fitted = p;
  if (!fits_decimal(&fitted)) return dmn_null();
  return dmn__number_of_parts(e, p);
}

/* ---- printing */
str dmn_number_print(struct arena *a, dmn_value v) {
  struct decimal_parts p = dmn__number_parts(v);
  char digits[40];
  size_t n = 0;
  do {
    digits[n++] = (char)('0' + (int)(p.coefficient % 10));
    p.coefficient /= 10;
  } while (p.coefficient != 0);
  struct buf b = buf_in(a);
  buf_reserve(&b, n + 4 + (size_t)(p.exponent < 0 ? -p.exponent : p.exponent));
  if (p.negative) buf_byte(&b, '-');
  size_t before = p.exponent >= 0 ? n : (size_t)-p.exponent < n ? n - (size_t)-p.exponent : 0;
  for (size_t i = 0; i < before; i++) buf_byte(&b, digits[n - 1 - i]);
  for (int i = 0; i < p.exponent; i++) buf_byte(&b, '0');
  if (p.exponent >= 0) return buf_str(&b);
  if (before == 0) buf_byte(&b, '0');
  buf_byte(&b, '.');
  for (size_t zeros = (size_t)-p.exponent; zeros > n; zeros--) buf_byte(&b, '0');
  for (size_t i = before; i < n; i++) buf_byte(&b, digits[n - 1 - i]);
  return buf_str(&b);
}

/* ---- looking at numbers */
bool dmn_number_is_whole(dmn_value v) {
  return v.scale == 0 || (v.scale == DMN_SCALE_DECIMAL && dmn__number_parts(v).exponent >= 0);
}

/* A whole number that fits int64 is held with scale 0. */
bool dmn_to_int64(dmn_value v, int64_t *out) {
  if (v.kind != DMN_NUMBER || v.scale != 0) return false;
  *out = v.as.i;
  return true;
}

int dmn__number_sign(dmn_value v) {
  if (v.scale == DMN_SCALE_DECIMAL) return dmn__number_parts(v).negative ? -1 : 1;
  return (v.as.i > 0) - (v.as.i < 0);
}

bool dmn__number_floor64(dmn_value v, int64_t *out) {
  if (v.scale == DMN_SCALE_DECIMAL) {
    struct decimal_parts p = dmn__number_parts(v);
    if (p.exponent >= 0) return false; /* whole and yet not scaled: too great */
    unsigned __int128 q = -p.exponent > 38 ? 0 : p.coefficient / wide_power_of_ten(-p.exponent);
    if (q >= (unsigned __int128)INT64_MAX) return false;
    *out = p.negative ? -(int64_t)q - 1 : (int64_t)q;
    return true;
  }
  int64_t unit = powers_of_ten[v.scale], q = v.as.i / unit;
  *out = q - (v.as.i % unit < 0);
  return true;
}

int dmn__number_compare_slowly(dmn_value a, dmn_value b) {
  if (a.scale == DMN_SCALE_DECIMAL || b.scale == DMN_SCALE_DECIMAL)
    return decimal_compare(dmn__number_decimal(a), dmn__number_decimal(b));
  __int128 x = a.as.i, y = b.as.i;
  if (a.scale < b.scale)
    x *= powers_of_ten[b.scale - a.scale];
  else
    y *= powers_of_ten[a.scale - b.scale];
  return (x > y) - (x < y);
}

uint64_t dmn_number_hash(dmn_value v) {
  uint64_t h =
      v.scale == DMN_SCALE_DECIMAL ? v.as.decimal->w[0] ^ v.as.decimal->w[1] * 0x9E3779B97F4A7C15u : (uint64_t)v.as.i;
  h = (h ^ v.scale) * 0x9E3779B97F4A7C15u;
  return h ^ h >> 32;
}

/* ---- arithmetic */
/* A sum or product that was computed exactly in 128 bits. False: more than 34 digits, so it must be rounded. */
static bool exact_result(struct dmn_eval *e, __int128 i, int scale, dmn_value *out) {
  if (scale <= SCALE_MOST && i >= INT64_MIN && i <= INT64_MAX) {
    *out = scaled((int64_t)i, scale);
    return true;
  }
  unsigned __int128 magnitude = i < 0 ? -(unsigned __int128)i : (unsigned __int128)i;
  if (magnitude >= COEFFICIENT_END) return false;
  *out = dmn__number_of_parts(e, (struct decimal_parts){ i < 0, magnitude, -scale });
  return true;
}

static bool both_scaled(dmn_value a, dmn_value b) {
  return a.scale != DMN_SCALE_DECIMAL && b.scale != DMN_SCALE_DECIMAL;
}

dmn_value dmn_number_add(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (both_scaled(a, b)) {
    __int128 x = a.as.i, y = b.as.i;
    int scale = a.scale > b.scale ? a.scale : b.scale;
    x *= powers_of_ten[scale - a.scale];
    y *= powers_of_ten[scale - b.scale];
    dmn_value sum;
    if (exact_result(e, x + y, scale, &sum)) return sum;
  }
  return dmn__number_of_decimal(e, decimal_add(dmn__number_decimal(a), dmn__number_decimal(b)));
}

dmn_value dmn_number_negate(struct dmn_eval *e, dmn_value a) {
  if (a.scale != DMN_SCALE_DECIMAL && a.as.i != INT64_MIN)
    return (dmn_value){ .kind = DMN_NUMBER, .scale = a.scale, .as.i = -a.as.i };
  struct decimal_parts p = dmn__number_parts(a);
  p.negative = !p.negative;
  return dmn__number_of_parts(e, p);
}

dmn_value dmn_number_subtract(struct dmn_eval *e, dmn_value a, dmn_value b) {
  return dmn_number_add(e, a, dmn_number_negate(e, b));
}

dmn_value dmn_number_multiply(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (both_scaled(a, b)) {
    dmn_value product;
    if (exact_result(e, (__int128)a.as.i * b.as.i, a.scale + b.scale, &product)) return product;
  }
  return dmn__number_of_decimal(e, decimal_multiply(dmn__number_decimal(a), dmn__number_decimal(b)));
}

dmn_value dmn_number_divide(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (dmn__number_sign(b) == 0) return dmn_raise(e, DMN_DIAG_DIVISION_BY_ZERO, STR_NONE);
  if ((a.scale | b.scale) == 0 && b.as.i != -1 && a.as.i % b.as.i == 0) return dmn_integer(a.as.i / b.as.i);
  return dmn__number_of_decimal(e, decimal_divide(dmn__number_decimal(a), dmn__number_decimal(b)));
}

/* The exponents for which the specification defines powers (table 60). */
#define POWER_MOST 999999999

dmn_value dmn_number_power(struct dmn_eval *e, dmn_value a, dmn_value b) {
  dmn_value most = dmn_integer(POWER_MOST);
  if (dmn_number_compare(b, most) > 0 || dmn_number_compare(b, dmn_integer(-POWER_MOST)) < 0)
    return dmn_raise(e, DMN_DIAG_DOMAIN, STR("**"));
  int64_t n;
  bool whole = dmn_to_int64(b, &n);
  int sign = dmn__number_sign(a);
  if (sign == 0) {
    int exponent_sign = dmn__number_sign(b);
    if (exponent_sign < 0) return dmn_raise(e, DMN_DIAG_DIVISION_BY_ZERO, STR_NONE);
    return dmn_integer(exponent_sign == 0);
  }
  if (whole) return dmn__number_of_decimal(e, decimal_power_whole(dmn__number_decimal(a), n));
  if (sign < 0) return dmn_raise(e, DMN_DIAG_DOMAIN, STR("**"));
  if (b.scale == 1 && b.as.i == 5) return dmn__number_of_decimal(e, decimal_square_root(dmn__number_decimal(a)));
  return dmn__number_of_decimal(e, decimal_power(dmn__number_decimal(a), dmn__number_decimal(b)));
}

/* The remainder with the sign of the divisor: exact before it is brought to that sign. */
dmn_value dmn__number_modulo(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (dmn__number_sign(b) == 0) return dmn_raise(e, DMN_DIAG_DIVISION_BY_ZERO, STR_NONE);
  if ((a.scale | b.scale) == 0) {
    if (b.as.i == -1) return dmn_integer(0);
    int64_t r = a.as.i % b.as.i;
    return dmn_integer(r != 0 && (r < 0) != (b.as.i < 0) ? r + b.as.i : r);
  }
  dmn_value r = dmn__number_of_decimal(e, decimal_remainder(dmn__number_decimal(a), dmn__number_decimal(b)));
  if (dmn_is_null(r)) return r;
  int sign = dmn__number_sign(r);
  return sign != 0 && sign != dmn__number_sign(b) ? dmn_number_add(e, r, b) : r;
}

/* ---- rounding to a scale */
/* Does the magnitude grow by one unit? `order` compares what is cut off with half a unit. */
static bool rounds_away(enum number_rounding mode, bool negative, bool odd, int order) {
  switch (mode) {
    case ROUND_FLOOR: return negative;
    case ROUND_CEILING: return !negative;
    case ROUND_UP: return true;
    case ROUND_DOWN: return false;
    case ROUND_HALF_UP: return order >= 0;
    case ROUND_HALF_DOWN: return order > 0;
    case ROUND_HALF_EVEN: return order > 0 || (order == 0 && odd);
  }
  return false;
}

dmn_value dmn__number_round(struct dmn_eval *e, dmn_value v, int scale, enum number_rounding mode) {
  struct decimal_parts p = dmn__number_parts(v);
  int cut = -scale - p.exponent; /* digits to be cut off */
  if (cut <= 0 || p.coefficient == 0) return v;
  unsigned __int128 quotient = 0, rest = p.coefficient;
  int order = -1;
  if (cut <= 38) {
    unsigned __int128 unit = wide_power_of_ten(cut), half = unit / 2;
    quotient = p.coefficient / unit;
    rest = p.coefficient % unit;
    order = (rest > half) - (rest < half);
  }
  if (rest != 0 && rounds_away(mode, p.negative, (quotient & 1) != 0, order)) quotient++;
  return dmn__number_of_parts(e, (struct decimal_parts){ p.negative, quotient, -scale });
}
