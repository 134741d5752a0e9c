/* Equality as JSON Schema 2020-12 (core §4.2.2) has it: numbers by their value, however they are written; strings code
 * point by code point; arrays in order; objects by their members in any order. No number becomes a double on the way:
 * it is brought to its significant digits and a power of ten. */
#include "json_compare.h"

#include "shienkin/codec/json.h"

/* value = ± 0.d1d2d3… × 10^power, d1 and the last digit not zero; count = 0: zero. The digits stand in `text`, maybe
 * with a point among them. */
struct decimal {
  bool negative;
  str text;
  size_t count;
  int64_t power;
};

#define POWER_MOST \
  INT64_C(100000000000000000) /* 10^17: exponents beyond are taken as this one, there is no telling them apart */

static int64_t exponent_of(str s) {
  bool negative = s.n > 0 && s.p[0] == '-';
  int64_t value = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] < '0' || s.p[i] > '9') continue;
    value = value * 10 + (s.p[i] - '0');
    if (value > POWER_MOST) value = POWER_MOST;
  }
  return negative ? -value : value;
}

static struct decimal decimal_of(const struct json *j) {
  str s = json_text(j);
  struct decimal d = { .negative = s.n > 0 && s.p[0] == '-' };
  if (d.negative) s = str_slice(s, 1, s.n);
  size_t mantissa = 0;
  while (mantissa < s.n && s.p[mantissa] != 'e' && s.p[mantissa] != 'E') mantissa++;
  if (mantissa < s.n) d.power = exponent_of(str_slice(s, mantissa + 1, s.n));
  size_t first = mantissa, last = 0, point = mantissa;
  for (size_t i = 0; i < mantissa; i++) {
    if (s.p[i] == '.') {
      point = i;
    } else if (s.p[i] != '0') {
      if (first == mantissa) first = i;
      last = i + 1;
    }
  }
  if (first == mantissa) return (struct decimal){ 0 };
  d.text = str_slice(s, first, last);
  d.count = d.text.n - (point > first && point < last);
  d.power += point > first ? (int64_t)(point - first) : -(int64_t)(first - point - 1);
  return d;
}

/* The digits of d one after another, without the point. */
static char next_digit(const struct decimal *d, size_t *at) {
  if (d->text.p[*at] == '.') (*at)++;
  return d->text.p[(*at)++];
}

static bool numbers_equal(const struct json *a, const struct json *b) {
  if (a->fits && b->fits) return a->integer == b->integer;
  struct decimal x = decimal_of(a), y = decimal_of(b);
  if (x.count != y.count || x.negative != y.negative || x.power != y.power) return false;
  for (size_t i = 0, at_x = 0, at_y = 0; i < x.count; i++)
    if (next_digit(&x, &at_x) != next_digit(&y, &at_y)) return false;
  return true;
}

static bool is_number(const struct json *j) { return j->kind == JSON_KIND_INTEGER || j->kind == JSON_KIND_DECIMAL; }

/* Most often the members stand in the same order, so the search begins where they would. */
static bool objects_equal(const struct json *a, const struct json *b) {
  for (uint32_t i = 0; i < a->count; i++) {
    const struct json_member *member = &a->as.members[i];
    const struct json *other =
        str_eq(b->as.members[i].name, member->name) ? &b->as.members[i].value : json_get(b, member->name);
    if (!other || !json_same(&member->value, other)) return false;
  }
  return true;
}

bool json_same(const struct json *a, const struct json *b) {
  if (is_number(a) && is_number(b)) return numbers_equal(a, b);
  if (a->kind != b->kind || a->count != b->count) return false;
  switch (a->kind) {
    case JSON_KIND_STRING: return str_eq(json_text(a), json_text(b));
    case JSON_KIND_ARRAY:
      for (uint32_t i = 0; i < a->count; i++)
        if (!json_same(&a->as.items[i], &b->as.items[i])) return false;
      return true;
    case JSON_KIND_OBJECT: return objects_equal(a, b);
    default: return true;
  }
}

static uint64_t mix(uint64_t hash, uint64_t more) {
  hash = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ (hash >> 29);
}

static uint64_t hash_number(const struct json *j) {
  struct decimal d = decimal_of(j);
  uint64_t hash = mix(mix(d.negative, d.count), (uint64_t)d.power);
  for (size_t i = 0, at = 0; i < d.count; i++) hash = mix(hash, (unsigned char)next_digit(&d, &at));
  return hash;
}

uint64_t json__hash(const struct json *j) {
  if (is_number(j)) return hash_number(j);
  uint64_t hash = mix((uint64_t)j->kind + 1, j->count);
  if (j->kind == JSON_KIND_STRING) return mix(hash, str_hash(json_text(j)));
  if (j->kind == JSON_KIND_ARRAY)
    for (uint32_t i = 0; i < j->count; i++) hash = mix(hash, json__hash(&j->as.items[i]));
  if (j->kind == JSON_KIND_OBJECT) /* a sum, so that the order of members does not matter */
    for (uint32_t i = 0; i < j->count; i++)
      hash += mix(str_hash(j->as.members[i].name), json__hash(&j->as.members[i].value));
  return hash;
}
