/* zone: TZif (RFC 8536). Of the file, the second block (64-bit times) and its footer are used; files of version 1 have
 * only the first block. The file is a host's, but its offsets and counts are checked as if a stranger had made it.
 *
 *   header 44 bytes   "TZif" version(1) reserved(15) isutcnt isstdcnt leapcnt timecnt typecnt charcnt (each 4 bytes)
 *   data              timecnt × time, timecnt × type index (1), typecnt × { offset(4) isdst(1) abbreviation(1) },
 *                     charcnt bytes, leapcnt × (time + 4), isstdcnt, isutcnt;   time = 4 bytes in block 1, 8 in block 2
 *   footer            '\n' POSIX TZ rule '\n', for times after the last transition (value/zone_rule.c) */
#include "value/zone.h"

#include "value/compare.h"
#include "value/zone_rule.h"

#define HEADER_BYTES 44u
#define TYPE_BYTES 6u
#define NAME_MOST 64u

struct dmn_named_zone {
  str name;
  const unsigned char *times, *indexes, *types; /* in the bytes of the file */
  uint32_t time_count, type_count;
  uint32_t time_bytes; /* 4 or 8 */
  bool has_rule;
  struct zone_rule rule;
  const struct dmn_named_zone *next;
};

struct dmn_zones {
  const struct dmn_named_zone *first;
};

static int64_t big_endian(const unsigned char *p, uint32_t bytes) {
  uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;
  for (uint32_t i = 0; i < bytes; i++) v = v << 8 | p[i];
  return (int64_t)v;
}

/* ---- reading */
struct block {
  uint32_t isutc, isstd, leaps, times, types, chars;
  uint64_t bytes;
};

static bool read_header(str s, size_t at, uint32_t time_bytes, struct block *b) {
  if (s.n < HEADER_BYTES || at > s.n - HEADER_BYTES || memcmp(s.p + at, "TZif", 4) != 0) return false;
  const unsigned char *p = (const unsigned char *)s.p + at + 20;
  uint32_t *const counts[] = { &b->isutc, &b->isstd, &b->leaps, &b->times, &b->types, &b->chars };
  for (size_t i = 0; i < COUNT_OF(counts); i++) *counts[i] = (uint32_t)big_endian(p + 4 * i, 4);
  b->bytes = (uint64_t)b->times * (time_bytes + 1) + (uint64_t)b->types * TYPE_BYTES + b->chars +
             (uint64_t)b->leaps * (time_bytes + 4) + b->isstd + b->isutc;
  return b->bytes <= s.n - at - HEADER_BYTES;
}

static bool read_block(struct dmn_named_zone *z, const unsigned char *data, const struct block *b,
                       uint32_t time_bytes) {
  if (b->types == 0) return false;
  z->time_bytes = time_bytes;
  z->time_count = b->times;
  z->type_count = b->types;
  z->times = data;
  z->indexes = data + (size_t)b->times * time_bytes;
  z->types = z->indexes + b->times;
  for (uint32_t i = 0; i < b->times; i++)
    if (z->indexes[i] >= b->types) return false;
  return true;
}

struct dmn_named_zone *zone__read(struct arena *a, str name, str bytes) {
  struct block first, second;
  if (!read_header(bytes, 0, 4, &first)) return NULL;
  struct dmn_named_zone *z = ARENA_NEW(a, struct dmn_named_zone);
  z->name = str_copy(a, name);
  const unsigned char *p = (const unsigned char *)bytes.p;
  if (bytes.p[4] < '2') return read_block(z, p + HEADER_BYTES, &first, 4) ? z : NULL;
  size_t at = HEADER_BYTES + (size_t)first.bytes;
  if (!read_header(bytes, at, 8, &second) || !read_block(z, p + at + HEADER_BYTES, &second, 8)) return NULL;
  at += HEADER_BYTES + (size_t)second.bytes;
  if (at < bytes.n && bytes.p[at] == '\n') {
    str rest, rule = str_cut(str_slice(bytes, at + 1, bytes.n), '\n', &rest);
    z->has_rule = rule.n > 0 && zone__rule_read(rule, &z->rule);
  }
  return z;
}

/* ---- finding */
static bool is_zone_name(str name) {
  if (name.n == 0 || name.n > NAME_MOST) return false;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    bool fine = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                (i > 0 && ((c >= '0' && c <= '9') || strchr("_+-/", c) != NULL));
    if (!fine || c == '\0') return false;
  }
  return name.p[name.n - 1] != '/';
}

const struct dmn_named_zone *zone__find(struct dmn_eval *e, str name) {
  if (!is_zone_name(name) || e->host == NULL || e->host->zone == NULL) return NULL;
  if (e->zones == NULL) e->zones = ARENA_NEW(e->arena, struct dmn_zones);
  for (const struct dmn_named_zone *z = e->zones->first; z != NULL; z = z->next)
    if (str_eq(z->name, name)) return z;
  str bytes = e->host->zone(e->host->context, name);
  if (bytes.p == NULL) return NULL;
  struct dmn_named_zone *z = zone__read(e->arena, name, bytes);
  if (z == NULL) return NULL;
  z->next = e->zones->first;
  e->zones->first = z;
  return z;
}

str zone__name(const struct dmn_named_zone *z) { return z->name; }

bool dmn__zones_same(const struct dmn_named_zone *a, const struct dmn_named_zone *b) {
  return a == b || (a != NULL && b != NULL && str_eq(a->name, b->name));
}

/* ---- offsets */
static int32_t type_offset(const struct dmn_named_zone *z, uint32_t type) {
  return (int32_t)big_endian(z->types + (size_t)type * TYPE_BYTES, 4);
}

static bool type_is_summer(const struct dmn_named_zone *z, uint32_t type) {
  return z->types[(size_t)type * TYPE_BYTES + 4] != 0;
}

static int64_t transition(const struct dmn_named_zone *z, uint32_t i) {
  return big_endian(z->times + (size_t)i * z->time_bytes, z->time_bytes);
}

int32_t zone__offset_at(const struct dmn_named_zone *z, int64_t utc_s) {
  if (z->time_count == 0 || utc_s < transition(z, 0))
    return z->time_count == 0 && z->has_rule ? zone__rule_offset(&z->rule, utc_s) : type_offset(z, 0);
  uint32_t low = 0, high = z->time_count; /* transition(low) <= utc_s < transition(high) */
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (transition(z, middle) <= utc_s)
      low = middle;
    else
      high = middle;
  }
  if (high == z->time_count && z->has_rule) return zone__rule_offset(&z->rule, utc_s);
  return type_offset(z, z->indexes[low]);
}

/* The offsets in force a day before and a day after hold the answer, for no zone changes its clocks twice within two
 * days and counts. */
int32_t zone__offset_local(const struct dmn_named_zone *z, int64_t local_s, bool later) {
  const int64_t day = 86400;
  int32_t before = zone__offset_at(z, local_s - day), after = zone__offset_at(z, local_s + day);
  if (before == after) return before;
  bool before_holds = zone__offset_at(z, local_s - before) == before;
  bool after_holds = zone__offset_at(z, local_s - after) == after;
  if (before_holds && after_holds) return later ? after : before;
  return after_holds ? after : before;
}

int32_t zone__standard_offset(const struct dmn_named_zone *z) {
  if (z->has_rule) return z->rule.standard_offset_s;
  for (uint32_t i = z->time_count; i > 0; i--)
    if (!type_is_summer(z, z->indexes[i - 1])) return type_offset(z, z->indexes[i - 1]);
  return type_offset(z, 0);
}
