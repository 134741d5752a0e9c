/* value: what FEEL values are made of (DMN 1.5, 10.3.2.2) and what can be done with two of them. The representation of
 * `dmn_value` is declared in shienkin/dmn.h; the structs behind its pointers are here.
 *
 *   NUMBER            scale 0–18: as.i * 10^-scale; scale DMN_SCALE_DECIMAL: a decimal128 of 34 digits at as.decimal.
 *                     Every whole number that fits int64 is held with scale 0, so that hot paths test one byte.
 *   STRING            as.text with `length` bytes of UTF-8; flags & DMN_ASCII: code points are bytes.
 *   DATE              as.i = days since 1970-01-01; years ±999,999,999.
 *   TIME              `length` = zone (below); as.i = nanoseconds since midnight, but in a named zone as.moment, whose
 *                     days are 0: read it through dmn_time_nanoseconds().
 *   DATE_TIME         as.moment.
 *   DAYS_DURATION     as.i = whole seconds, rounded down; `length` = nanoseconds on top, 0–999,999,999.
 *   MONTHS_DURATION   as.i = months.
 *   LIST              as.items with `length` items.
 *   CONTEXT RANGE FUNCTION   as pointers. */
#ifndef DMN_VALUE_H
#define DMN_VALUE_H

#include "shienkin/dmn.h"
#include "eval.h"

#define DMN_SCALE_DECIMAL 255
#define DMN_ASCII 1u

struct dmn_decimal { uint64_t w[2]; };           /* BID_UINT128, byte for byte; aligned to 16 */

/* A zone in 32 bits: 0 none (local); DMN_ZONE_OFFSET + seconds east of UTC (may be negative, may hold seconds);
 * DMN_ZONE_NAMED: the moment's `named`; DMN_ZONE_NAMED_LATER: the same, its clock showing this time for the second time
 * on the day it is put back. */
typedef uint32_t dmn_zone;
#define DMN_ZONE_NONE 0u
#define DMN_ZONE_OFFSET 0x40000000u
#define DMN_ZONE_NAMED 0x80000000u
#define DMN_ZONE_NAMED_LATER 0x80000001u
struct dmn_named_zone;                           /* value/zone.h */
/* Local date and time, and where. */
struct dmn_moment { int64_t days; int64_t nanoseconds; const struct dmn_named_zone *named; dmn_zone zone; };
static inline int64_t dmn_time_nanoseconds(dmn_value time) {
  return time.length == DMN_ZONE_NAMED ? time.as.moment->nanoseconds : time.as.i;
}

/* names[] is shared between contexts of one shape, so that code can remember where it found a name: equal pointers mean
 * equal positions. A context's names are distinct; their order is that of the entries. `symbols` is a table that knows
 * the names, so that a context can be printed and compared by itself (dmn_names(e) while evaluating). */
struct dmn_context {
  uint32_t count; const dmn_symbol *names; const dmn_value *values; const struct dmn_symbols *symbols;
};
/* A null bound is an open end (10.3.2.7). A unary-test range such as `> 5` is (5..null). */
struct dmn_range { dmn_value start, end; bool open_start, open_end, has_start, has_end; };

/* ---- numbers (value/number.c; decimal128 behind value/decimal.c, the only file that sees bid_functions.h). One
 * value has one representation: the scaled form with the smallest scale where it fits, else the decimal128 with the
 * shortest coefficient. So equal numbers are equal bytes, whatever way they came about, and string(1.0) is "1". */
/* The FEEL numeric literal, optional sign and exponent. null without a diagnostic: it is none, or beyond decimal128. */
dmn_value dmn_number_parse(struct dmn_eval *e, str digits);
dmn_value dmn_number_of_scaled(int64_t coefficient, uint8_t scale);   /* normalises */
str dmn_number_print(struct arena *a, dmn_value v);              /* plain: 1.5, 0.0001, 100; as string() gives it */
int dmn__number_compare_slowly(dmn_value a, dmn_value b);
static inline bool dmn_both_whole64(dmn_value a, dmn_value b) {
  return a.kind == DMN_NUMBER && b.kind == DMN_NUMBER && (a.scale | b.scale) == 0;
}
static inline int dmn_number_compare(dmn_value a, dmn_value b) {
  if (__builtin_expect((a.scale | b.scale) == 0, 1)) return (a.as.i > b.as.i) - (a.as.i < b.as.i);
  return dmn__number_compare_slowly(a, b);
}
/* Arithmetic over two NUMBERs, exact to 34 digits, half-even. Overflow, division by zero: null with a fault. */
dmn_value dmn_number_add(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_number_subtract(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_number_multiply(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_number_divide(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_number_power(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_number_negate(struct dmn_eval *e, dmn_value a);
bool dmn_number_is_whole(dmn_value v);
uint64_t dmn_number_hash(dmn_value v);                           /* equal numbers hash alike */

/* ---- operators over any two values (value/operate.c): types as tables 10.3.2.3.4 ff. demand, temporal arithmetic
 * included; null with a diagnostic otherwise: an operand null -> unknown, a wrong type -> fault. */
dmn_value dmn__add_slowly(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn__subtract_slowly(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn__multiply_slowly(struct dmn_eval *e, dmn_value a, dmn_value b);
static inline dmn_value dmn_add(struct dmn_eval *e, dmn_value a, dmn_value b) {
  int64_t i;
  if (dmn_both_whole64(a, b) && !__builtin_add_overflow(a.as.i, b.as.i, &i)) return dmn_integer(i);
  return dmn__add_slowly(e, a, b);
}
static inline dmn_value dmn_subtract(struct dmn_eval *e, dmn_value a, dmn_value b) {
  int64_t i;
  if (dmn_both_whole64(a, b) && !__builtin_sub_overflow(a.as.i, b.as.i, &i)) return dmn_integer(i);
  return dmn__subtract_slowly(e, a, b);
}
static inline dmn_value dmn_multiply(struct dmn_eval *e, dmn_value a, dmn_value b) {
  int64_t i;
  if (dmn_both_whole64(a, b) && !__builtin_mul_overflow(a.as.i, b.as.i, &i)) return dmn_integer(i);
  return dmn__multiply_slowly(e, a, b);
}
dmn_value dmn_divide(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_power(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value dmn_negate(struct dmn_eval *e, dmn_value a);

/* ---- equality and order (value/compare.c; 10.3.2.13) */
/* `=`: TRUE, FALSE or null as a value: null = null is true, null = x is false, different kinds give null with a
 * fault. */
/* Two of one kind that are told apart and ordered by as.i alone: small whole numbers, dates, months. */
static inline bool dmn_both_plain(dmn_value a, dmn_value b) {
  const unsigned plain = 1u << DMN_NUMBER | 1u << DMN_DATE | 1u << DMN_MONTHS_DURATION;
  return a.kind == b.kind && (a.scale | b.scale) == 0 && (plain >> a.kind & 1u) != 0;
}
/* Two STRINGs with the same bytes. Strings of one model's texts stand once, so that most pairs are told by their places. */
static inline bool dmn_same_text(dmn_value a, dmn_value b) {
  return a.length == b.length && (a.as.text == b.as.text || a.length == 0 || memcmp(a.as.text, b.as.text, a.length) == 0);
}
dmn_value dmn__equal_slowly(struct dmn_eval *e, dmn_value a, dmn_value b);
static inline dmn_value dmn_equal(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (dmn_both_plain(a, b)) return dmn_boolean(a.as.i == b.as.i);
  if (a.kind == DMN_STRING && b.kind == DMN_STRING)
    return dmn_boolean(dmn_same_text(a, b));
  return dmn__equal_slowly(e, a, b);
}
/* `<`, `<=`, `>`, `>=`: null with a diagnostic where the two have no order. */
enum dmn_relation { DMN_LESS, DMN_LESS_EQUAL, DMN_GREATER, DMN_GREATER_EQUAL };
dmn_value dmn__compare_slowly(struct dmn_eval *e, enum dmn_relation r, dmn_value a, dmn_value b);
static inline bool dmn_relation_holds(enum dmn_relation r, int order) {
  return r == DMN_LESS ? order < 0 : r == DMN_LESS_EQUAL ? order <= 0 : r == DMN_GREATER ? order > 0 : order >= 0;
}
static inline dmn_value dmn_compare(struct dmn_eval *e, enum dmn_relation r, dmn_value a, dmn_value b) {
  if (dmn_both_plain(a, b)) return dmn_boolean(dmn_relation_holds(r, (a.as.i > b.as.i) - (a.as.i < b.as.i)));
  return dmn__compare_slowly(e, r, a, b);
}
/* Total order and hash for sorting, sets and indexes over comparable kinds. False: these two have no order. */
bool dmn_order(struct dmn_eval *e, dmn_value a, dmn_value b, int *out);
bool dmn_is(dmn_value a, dmn_value b);                            /* deep sameness as dmn_same, null = null */
uint64_t dmn_hash(dmn_value v);                                   /* dmn_is(a,b) implies equal hashes */

/* ---- strings, lists, contexts (value/…) */
dmn_value dmn_string_copy(struct dmn_eval *e, str s);
dmn_value dmn_list_of(struct dmn_eval *e, const dmn_value *items, uint32_t count);    /* copies; budget checked */
/* A list being built; grows in the eval's arena; list budget checked. */
struct dmn_list_builder { struct dmn_eval *e; dmn_value *items; uint32_t count, capacity; };
void dmn__list_push_slowly(struct dmn_list_builder *b, dmn_value v);
static inline void dmn_list_push(struct dmn_list_builder *b, dmn_value v) {
  if (b->count < b->capacity) b->items[b->count++] = v;
  else dmn__list_push_slowly(b, v);
}
/* Room for so many at once, within reason, before anything stands in the list. */
#define DMN_ROOM_AT_ONCE 1024u
static inline void dmn_list_room(struct dmn_list_builder *b, uint64_t count) {
  uint32_t room = count < DMN_ROOM_AT_ONCE ? (uint32_t)count : DMN_ROOM_AT_ONCE;
  if (room == 0) return;
  b->items = ARENA_ARRAY(b->e->arena, dmn_value, room);
  b->capacity = room;
}
dmn_value dmn_list_done(const struct dmn_list_builder *b);
dmn_value dmn__string_checked(struct dmn_eval *e, str s);          /* borrowed; length checked */
dmn_value dmn__context_value(const struct dmn_context *c);
/* copies */
dmn_value dmn_context_new(struct dmn_eval *e, const dmn_symbol *names, const dmn_value *values, uint32_t count);
/* The entry, or NULL. */
const dmn_value *dmn_context_find(const struct dmn_context *c, dmn_symbol name);
dmn_value dmn_range_make(struct dmn_eval *e, bool open_start, dmn_value start, dmn_value end, bool open_end);
dmn_value dmn_in_range(struct dmn_eval *e, dmn_value v, const struct dmn_range *r);

/* Components after a '.' of temporal values and ranges (year, month, day, weekday, hour, …, start, start included):
 * null with a fault when the kind has no such property. */
dmn_value dmn_property(struct dmn_eval *e, dmn_value v, dmn_symbol name);

/* ---- temporal (value/temporal*.c; 10.3.2.3.5 ff.). Parsers take exactly the lexical forms of FEEL; null when it is
 * none (no diagnostic: the caller knows the context). */
dmn_value dmn_date_parse(struct dmn_eval *e, str s);
dmn_value dmn_time_parse(struct dmn_eval *e, str s);
dmn_value dmn_date_time_parse(struct dmn_eval *e, str s);
dmn_value dmn_duration_parse(struct dmn_eval *e, str s);          /* either kind */
dmn_value dmn_temporal_literal(struct dmn_eval *e, str s);        /* the text of @"…": any of the four */
/* as string() gives it; e may be NULL when no named zone is in v */
str dmn_temporal_print(struct arena *a, const struct dmn_eval *e, dmn_value v);
dmn_value dmn_date_to_date_time(struct dmn_eval *e, dmn_value date);      /* at UTC midnight */

#endif
