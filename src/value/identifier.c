/* identifier: numbers that others gave, with the check digits that tell a slip of the pen.
 *
 * The medical and care numbers share one algorithm: modulus 10, weights 2 and 1 from the right over all but the last
 * character, digits of each value × weight summed. Letters count A = 10 … Z = 32 without I, O and Q. */
#include "shienkin/text.h"
#include "shienkin/value.h"

/* ---- normalising what was typed */

/* Hyphens, minus signs, long marks and spaces that people put between the groups of a number; after NFKC. */
static bool is_separator(uint32_t c) {
  static const uint32_t separators[] = {
    ' ', '\t', '-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x30FC, 0x3000,
  };
  for (size_t i = 0; i < COUNT_OF(separators); i++)
    if (c == separators[i]) return true;
  return false;
}

str identifier_normalize(struct arena *a, str typed, bool *changed) {
  str folded = text_nfkc(a, typed);
  struct buf b = buf_in(a);
  for (size_t at = 0; at < folded.n;) {
    size_t from = at;
    if (!is_separator(utf8_next(folded, &at))) buf_add(&b, str_slice(folded, from, at));
  }
  *changed = !str_eq(buf_str(&b), typed);
  return buf_str(&b);
}

/* ---- check digits */

static bool all_digits(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  return true;
}

/* 0–9, A=10 … H=17, J=18 … N=22, P=23, R=24 … Z=32; -1 for anything else. */
static int value_of(char c) {
  static const char order[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  const char *found = c ? memchr(order, c, sizeof order - 1) : NULL;
  return found ? (int)(found - order) : -1;
}

/* Is the last character the check digit of those before it. */
static bool weighted_sum_holds(str s) {
  int sum = 0;
  for (size_t i = 0; i + 1 < s.n; i++) {
    int weight = (s.n - 2 - i) % 2 == 0 ? 2 : 1;
    int product = value_of(s.p[i]) * weight;
    sum += product / 10 + product % 10;
  }
  return (10 - sum % 10) % 10 == value_of(s.p[s.n - 1]);
}

enum identifier_fault facility_code_check(str s) {
  if (s.n != 10 || !all_digits(str_slice(s, 0, 2)) || value_of(s.p[2]) < 0 || !all_digits(str_slice(s, 3, 10)))
    return IDENTIFIER_PATTERN;
  return weighted_sum_holds(s) ? IDENTIFIER_OK : IDENTIFIER_CHECK_DIGIT;
}

enum identifier_fault insurer_number_check(str s) {
  if ((s.n != 8 && s.n != 6) || !all_digits(s)) return IDENTIFIER_PATTERN;
  return weighted_sum_holds(s) ? IDENTIFIER_OK : IDENTIFIER_CHECK_DIGIT;
}

/* Check digit first: 9 − (Σ P·Q mod 9), P the digits of the other twelve from the right, Q = 1, 2, 1, 2 … */
enum identifier_fault corporate_number_check(str s) {
  if (s.n != 13 || !all_digits(s)) return IDENTIFIER_PATTERN;
  int sum = 0;
  for (size_t from_right = 1; from_right <= 12; from_right++)
    sum += (s.p[13 - from_right] - '0') * (from_right % 2 ? 1 : 2);
  return 9 - sum % 9 == s.p[0] - '0' ? IDENTIFIER_OK : IDENTIFIER_CHECK_DIGIT;
}

enum identifier_fault invoice_number_check(str s) {
  if (s.n != 14 || s.p[0] != 'T') return IDENTIFIER_PATTERN;
  return corporate_number_check(str_slice(s, 1, 14));
}

enum identifier_fault physician_number_check(str s) {
  return s.n >= 1 && s.n <= 7 && all_digits(s) ? IDENTIFIER_OK : IDENTIFIER_PATTERN;
}
