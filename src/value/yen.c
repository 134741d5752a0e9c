/* yen: whole amounts within ±10^15, so that a sum is either exact or refused. */
#include "shienkin/value.h"

bool yen_of(int64_t amount, yen *out) {
  if (amount > YEN_MOST || amount < -YEN_MOST) return false;
  out->amount = amount;
  return true;
}

/* Two amounts within bounds cannot overflow 64 bits when added; only the bounds need a look. */
bool yen_add(yen a, yen b, yen *out) { return yen_of(a.amount + b.amount, out); }

bool yen_subtract(yen a, yen b, yen *out) { return yen_of(a.amount - b.amount, out); }

bool yen_times(yen a, int64_t count, yen *out) {
  int64_t product;
  return !__builtin_mul_overflow(a.amount, count, &product) && yen_of(product, out);
}

str yen_text(struct arena *a, yen y) {
  char digits[24], *p = digits + sizeof digits;
  uint64_t rest = y.amount < 0 ? 0 - (uint64_t)y.amount : (uint64_t)y.amount;
  int written = 0;
  do {
    if (written && written % 3 == 0) *--p = ',';
    *--p = (char)('0' + rest % 10);
    rest /= 10;
    written++;
  } while (rest);
  if (y.amount < 0) *--p = '-';
  return str_copy(a, (str){ p, (size_t)(digits + sizeof digits - p) });
}
