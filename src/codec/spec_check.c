/* Checking walks document and spec side by side, one small function per kind of spec. A value of the wrong type gets
 * that one finding and is not looked into. The walk allocates nothing until there is something to report, but for large
 * lists of distinct elements, which take a hash table. */
#include "shienkin/codec/spec.h"

#include "json_compare.h"
#include "messages.h"
#include "place.h"

#define MEMBERS_MOST 64 /* the members that were met are bits of one word */

struct checking {
  struct arena *arena;
  struct findings *findings;
  bool refused;
};

static void fault(struct checking *c, const struct place *at, enum codec_message message, str first, str second) {
  FINDING(c->findings, place__pointer(c->arena, at), &codec__messages[message], first, second);
  c->refused = true;
}

static str number(struct checking *c, int64_t n) { return str_format(c->arena, "%lld", (long long)n); }

/* ---- types */

struct kind_name {
  const char *ja, *en;
};

static const struct kind_name due_names[] = {
  [SPEC_OBJECT] = { "オブジェクト { … }", "an object { … }" },
  [SPEC_ARRAY] = { "配列 [ … ]", "an array [ … ]" },
  [SPEC_STRING] = { "文字列", "a string" },
  [SPEC_ENUM] = { "文字列", "a string" },
  [SPEC_DATE] = { "YYYY-MM-DD 形式の文字列", "a string written YYYY-MM-DD" },
  [SPEC_BOOL] = { "true か false", "true or false" },
  [SPEC_INTEGER] = { "小数点も指数もない整数", "a whole number without point or exponent" },
  [SPEC_ANY] = { "値", "a value" },
  [SPEC_MAP] = { "オブジェクト { … }", "an object { … }" },
  [SPEC_CHOICE] = { "決められた種類の値", "a value of another type" },
};

static const struct kind_name found_names[] = {
  [JSON_KIND_NULL] = { "null", "null" },
  [JSON_KIND_FALSE] = { "false", "false" },
  [JSON_KIND_TRUE] = { "true", "true" },
  [JSON_KIND_INTEGER] = { "整数", "a whole number" },
  [JSON_KIND_DECIMAL] = { "小数点か指数のある数", "a number with a point or exponent" },
  [JSON_KIND_STRING] = { "文字列", "a string" },
  [JSON_KIND_ARRAY] = { "配列", "an array" },
  [JSON_KIND_OBJECT] = { "オブジェクト", "an object" },
};

static void fault_type(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  const struct kind_name *due = &due_names[s->kind], *found = &found_names[j->kind];
  str ja = str_format(c->arena, "%s%s", due->ja, s->nullable ? "、または null" : "");
  str en = str_format(c->arena, "%s%s", due->en, s->nullable ? " or null" : "");
  FINDING(c->findings, place__pointer(c->arena, at), &codec__messages[SPEC_FAULT_TYPE], ja, en, str_of(found->ja),
          str_of(found->en));
  c->refused = true;
}

/* -0 is no INTEGER of the tree, because its canonical form would be another text; but it has neither point nor
 * exponent, so where an integer is due it is the integer 0 (P29 `type`). */
static bool is_minus_zero(const struct json *j) {
  return j->kind == JSON_KIND_DECIMAL && str_eq(json_text(j), STR("-0"));
}

static bool type_fits(const struct spec *s, const struct json *j);

/* Of a choice: what this value is to be looked at by. NULL: it has none of the types. */
static const struct spec *chosen(const struct spec *s, const struct json *j) {
  for (const struct spec *const *one = s->choices; *one; one++) {
    bool null = j->kind == JSON_KIND_NULL && (*one)->nullable;
    if (null || type_fits(*one, j)) return *one;
  }
  return NULL;
}

static bool type_fits(const struct spec *s, const struct json *j) {
  switch (s->kind) {
    case SPEC_ANY: return true;
    case SPEC_CHOICE: return chosen(s, j) != NULL;
    case SPEC_MAP:
    case SPEC_OBJECT: return j->kind == JSON_KIND_OBJECT;
    case SPEC_ARRAY: return j->kind == JSON_KIND_ARRAY;
    case SPEC_STRING:
    case SPEC_ENUM:
    case SPEC_DATE: return j->kind == JSON_KIND_STRING;
    case SPEC_BOOL: return j->kind == JSON_KIND_TRUE || j->kind == JSON_KIND_FALSE;
    case SPEC_INTEGER: return j->kind == JSON_KIND_INTEGER || is_minus_zero(j);
  }
  return false;
}

/* ---- strings and numbers */

static void check_string(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  str text = json_text(j);
  if (s->max_length > 0 && text.n > s->max_length) {
    size_t count = utf8_count(text);
    if (count > s->max_length) fault(c, at, SPEC_FAULT_LENGTH, number(c, s->max_length), number(c, (int64_t)count));
  }
  if (s->pattern && !s->pattern(text)) fault(c, at, SPEC_FAULT_PATTERN, str_of(s->pattern_text), STR_NONE);
}

static str joined_words(struct checking *c, const char *const *words) {
  struct buf out = buf_in(c->arena);
  for (; *words; words++) {
    if (out.n > 0) buf_add(&out, STR(", "));
    buf_add(&out, str_of(*words));
  }
  return buf_str(&out);
}

static void check_word(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  str text = json_text(j);
  for (const char *const *word = s->words; *word; word++)
    if (str_eq(str_of(*word), text)) return;
  fault(c, at, SPEC_FAULT_ENUM, joined_words(c, s->words), STR_NONE);
}

/* The first characters of something that may be long. */
static str shortened(struct checking *c, str text) {
  size_t at = 0;
  for (unsigned i = 0; i < 40 && at < text.n; i++) utf8_next(text, &at);
  return at == text.n ? text : str_format(c->arena, "%.*s…", (int)at, text.p);
}

static void check_date(struct checking *c, const struct json *j, const struct place *at) {
  day ignored;
  if (!day_parse(json_text(j), &ignored)) fault(c, at, SPEC_FAULT_DATE, shortened(c, json_text(j)), STR_NONE);
}

/* An integer beyond int64 is on the far side of every bound that a spec can name. */
static void check_integer(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  bool negative = json_text(j).p[0] == '-';
  bool exact = j->fits || j->kind == JSON_KIND_DECIMAL; /* DECIMAL here is -0, whose integer is 0 */
  bool below = exact ? j->integer < s->minimum : negative;
  bool above = exact ? j->integer > s->maximum : !negative;
  if (s->has_minimum && below) fault(c, at, SPEC_FAULT_MINIMUM, number(c, s->minimum), STR_NONE);
  if (s->has_maximum && above) fault(c, at, SPEC_FAULT_MAXIMUM, number(c, s->maximum), STR_NONE);
}

/* ---- arrays */

#define PAIRWISE_MOST 32 /* so few elements are compared with each other faster than hashed */

/* The elements of a list that have been met so far. */
struct distinct {
  const struct json *items;
  uint32_t *slots;
  uint64_t mask;
};

static struct distinct distinct_begin(struct checking *c, const struct json *items, uint32_t count) {
  struct distinct d = { items, NULL, 0 };
  if (count <= PAIRWISE_MOST) return d;
  uint64_t size = 64;
  while (size < (uint64_t)count * 2) size *= 2;
  d.slots = arena_zalloc(c->arena, size * sizeof *d.slots);
  d.mask = size - 1;
  return d;
}

/* The index of an earlier element equal to items[i], or i. Called for each element in turn. */
static uint32_t distinct_first(struct distinct *d, uint32_t i) {
  if (!d->slots) {
    for (uint32_t earlier = 0; earlier < i; earlier++)
      if (json_same(&d->items[earlier], &d->items[i])) return earlier;
    return i;
  }
  for (uint64_t at = json__hash(&d->items[i]) & d->mask;; at = (at + 1) & d->mask) {
    if (d->slots[at] == 0) {
      d->slots[at] = i + 1;
      return i;
    }
    if (json_same(&d->items[d->slots[at] - 1], &d->items[i])) return d->slots[at] - 1;
  }
}

static void check_value(struct checking *c, const struct spec *s, const struct json *j, const struct place *at);

static void check_array(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  uint32_t count = j->count;
  if (s->max_items > 0 && count > s->max_items) {
    fault(c, at, SPEC_FAULT_ITEMS, number(c, s->max_items), number(c, count));
    count = s->max_items;
  }
  struct distinct met = { 0 };
  if (s->distinct) met = distinct_begin(c, j->as.items, count);
  for (uint32_t i = 0; i < count; i++) {
    struct place item = place_index(at, i);
    uint32_t first = s->distinct ? distinct_first(&met, i) : i;
    if (first != i) fault(c, &item, SPEC_FAULT_DUPLICATE, number(c, first), STR_NONE);
    check_value(c, s->items, &j->as.items[i], &item);
  }
}

/* ---- objects */

/* Members come most often in the declared order: the search goes on behind the last one found, and wraps. */
static const struct spec_member *find_member(const struct spec_member *members, str name, size_t *next) {
  size_t from = *next, i = from;
  do {
    if (!members[i].name) {
      i = 0;
      if (from == 0 || !members[0].name) return NULL;
      continue;
    }
    if (str_eq(str_of(members[i].name), name)) {
      *next = i + 1;
      return &members[i];
    }
    i++;
  } while (i != from);
  return NULL;
}

static void fault_unknown(struct checking *c, const struct spec *s, const struct place *at) {
  struct buf known = buf_in(c->arena);
  for (const struct spec_member *m = s->members; m->name; m++) {
    if (known.n > 0) buf_add(&known, STR(", "));
    buf_add(&known, str_of(m->name));
  }
  fault(c, at, SPEC_FAULT_UNKNOWN, shortened(c, at->name), buf_str(&known));
}

static void check_object(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  uint64_t met = 0;
  size_t next = 0;
  for (uint32_t i = 0; i < j->count; i++) {
    const struct json_member *member = &j->as.members[i];
    struct place place = place_member(at, member->name);
    const struct spec_member *declared = find_member(s->members, member->name, &next);
    if (!declared) {
      fault_unknown(c, s, &place);
      continue;
    }
    assert(declared - s->members < MEMBERS_MOST);
    met |= UINT64_C(1) << (declared - s->members);
    check_value(c, declared->spec, &member->value, &place);
  }
  for (size_t i = 0; s->members[i].name; i++) {
    if (!s->members[i].required || (met >> i & 1)) continue;
    struct place place = place_member(at, str_of(s->members[i].name));
    fault(c, &place, SPEC_FAULT_REQUIRED, place.name, STR_NONE);
  }
}

static void check_map(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  for (uint32_t i = 0; i < j->count; i++) {
    struct place place = place_member(at, j->as.members[i].name);
    check_value(c, s->items, &j->as.members[i].value, &place);
  }
}

static void check_value(struct checking *c, const struct spec *s, const struct json *j, const struct place *at) {
  if (j->kind == JSON_KIND_NULL && s->nullable) return;
  if (!type_fits(s, j)) {
    fault_type(c, s, j, at);
    return;
  }
  switch (s->kind) {
    case SPEC_OBJECT: check_object(c, s, j, at); break;
    case SPEC_ARRAY: check_array(c, s, j, at); break;
    case SPEC_STRING: check_string(c, s, j, at); break;
    case SPEC_ENUM: check_word(c, s, j, at); break;
    case SPEC_DATE: check_date(c, j, at); break;
    case SPEC_INTEGER: check_integer(c, s, j, at); break;
    case SPEC_MAP: check_map(c, s, j, at); break;
    case SPEC_CHOICE: check_value(c, chosen(s, j), j, at); break;
    case SPEC_ANY:
    case SPEC_BOOL: break;
  }
}

result spec_check(struct arena *a, const struct spec *s, const struct json *document, struct findings *f) {
  struct checking c = { a, f, false };
  check_value(&c, s, document, NULL);
  return c.refused ? RESULT_REFUSED : RESULT_OK;
}
