/* strings: table 74 without the regular expressions. Positions count code points; a string of ASCII alone knows it, and
 * there a code point is a byte. */
#include "builtin/functions.h"
#include "shienkin/text.h"
#include "value/number.h"

static uint32_t length_of(dmn_value s) {
  return (s.flags & DMN_ASCII) != 0 ? s.length : (uint32_t)utf8_count(dmn_text(s));
}

/* The byte at which code point number `index` begins. */
static size_t byte_of(dmn_value s, uint32_t index) {
  if ((s.flags & DMN_ASCII) != 0) return index;
  size_t at = 0;
  for (; index > 0; index--) {
    at++;
    while (at < s.length && ((unsigned char)s.as.text[at] & 0xC0) == 0x80) at++;
  }
  return at;
}

/* A part of a string shares its bytes. */
static dmn_value part(dmn_value s, size_t from, size_t to) { return dmn_string(str_slice(dmn_text(s), from, to)); }

int64_t builtin__whole(dmn_value number) {
  if (number.scale == 0) return number.as.i;
  int64_t whole;
  if (!dmn__number_floor64(number, &whole)) return dmn__number_sign(number) < 0 ? INT64_MIN : INT64_MAX;
  return whole < 0 ? whole + 1 : whole; /* what is held otherwise has a fraction here: floor is one below */
}

bool builtin__position(dmn_value number, uint32_t length, uint32_t *index) {
  int64_t position = builtin__whole(number);
  if (position < -(int64_t)length || position > (int64_t)length || position == 0) return false;
  *index = (uint32_t)(position > 0 ? position - 1 : (int64_t)length + position);
  return true;
}

dmn_value builtin__substring(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  uint32_t length = length_of(a[0]), from;
  if (!builtin__position(a[1], length, &from)) return builtin__domain(e, "start position");
  if (dmn_is_null(a[2])) return part(a[0], byte_of(a[0], from), a[0].length);
  int64_t wanted = builtin__whole(a[2]);
  if (wanted < 1 || wanted > length - from) return builtin__domain(e, "length");
  return part(a[0], byte_of(a[0], from), byte_of(a[0], from + (uint32_t)wanted));
}

dmn_value builtin__string_length(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_steps(e, a[0].length / 64);
  return dmn_integer(length_of(a[0]));
}

dmn_value builtin__upper_case(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_steps(e, a[0].length / 16);
  return dmn__string_checked(e, text_upper(e->arena, dmn_text(a[0])));
}

dmn_value builtin__lower_case(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_steps(e, a[0].length / 16);
  return dmn__string_checked(e, text_lower(e->arena, dmn_text(a[0])));
}

/* Where the second string first stands in the first; -1: nowhere. */
static ptrdiff_t find(struct dmn_eval *e, const dmn_value *a) {
  dmn_steps(e, a[0].length / 64);
  return str_find(dmn_text(a[0]), dmn_text(a[1]));
}

dmn_value builtin__substring_before(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  ptrdiff_t at = find(e, a);
  return part(a[0], 0, at < 0 ? 0 : (size_t)at);
}

dmn_value builtin__substring_after(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  ptrdiff_t at = find(e, a);
  return part(a[0], at < 0 ? a[0].length : (size_t)at + a[1].length, a[0].length);
}

dmn_value builtin__contains(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return dmn_boolean(find(e, a) >= 0);
}

dmn_value builtin__starts_with(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_boolean(str_starts(dmn_text(a[0]), dmn_text(a[1])));
}

dmn_value builtin__ends_with(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_boolean(str_ends(dmn_text(a[0]), dmn_text(a[1])));
}

/* Nulls among the items are left out, as the table says; anything else that is no string makes the whole null. */
dmn_value builtin__string_join(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  str delimiter = dmn_is_null(a[1]) ? STR("") : dmn_text(a[1]);
  struct buf b = buf_in(e->arena);
  bool first = true;
  dmn_steps(e, a[0].length);
  for (uint32_t i = 0; i < a[0].length; i++) {
    dmn_value item = a[0].as.items[i];
    if (dmn_is_null(item)) continue;
    if (item.kind != DMN_STRING) return builtin__bad_item(e, item);
    if (!first) buf_add(&b, delimiter);
    buf_add(&b, dmn_text(item));
    first = false;
  }
  return dmn__string_checked(e, buf_str(&b));
}
