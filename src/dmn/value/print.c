/* print: values as FEEL literals for people and for string(), and in the tagged JSON form for machines (names sorted as
 * RFC 8785 sorts them, so that equal values give equal bytes). */
#include "value/print.h"

#include "feel/feel.h"
#include "value/compare.h"
#include "value/temporal.h"

static void print_value(struct buf *b, dmn_value v, uint32_t level);

/* ---- strings and names */
static void print_quoted(struct buf *b, str s) {
  buf_byte(b, '"');
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    const char *escape = c == '"'    ? "\\\""
                         : c == '\\' ? "\\\\"
                         : c == '\n' ? "\\n"
                         : c == '\r' ? "\\r"
                         : c == '\t' ? "\\t"
                                     : NULL;
    if (escape != NULL)
      buf_add(b, str_of(escape));
    else if ((unsigned char)c < 0x20)
      buf_format(b, "\\u%04x", (unsigned)c);
    else
      buf_byte(b, c);
  }
  buf_byte(b, '"');
}

/* Grammar rules 25–30 for ASCII; what lies beyond is taken for letters. */
static bool is_name(str s) {
  if (s.n == 0) return false;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?' || c >= 0x80;
    bool later = (c >= '0' && c <= '9') || strchr(" ./-'+*", c) != NULL;
    if (c == '\0' || (!letter && (i == 0 || !later))) return false;
  }
  return s.p[s.n - 1] != ' ';
}

static void print_name(struct buf *b, str s) {
  if (is_name(s))
    buf_add(b, s);
  else
    print_quoted(b, s);
}

/* ---- the kinds */
static void print_list(struct buf *b, dmn_value v, uint32_t level) {
  buf_byte(b, '[');
  for (uint32_t i = 0; i < v.length; i++) {
    if (i > 0) buf_add(b, STR(", "));
    print_value(b, v.as.items[i], level);
  }
  buf_byte(b, ']');
}

static void print_context(struct buf *b, const struct dmn_context *c, uint32_t level) {
  buf_byte(b, '{');
  for (uint32_t i = 0; i < c->count; i++) {
    if (i > 0) buf_add(b, STR(", "));
    print_name(b, dmn_symbols_text(c->symbols, c->names[i]));
    buf_add(b, STR(": "));
    print_value(b, c->values[i], level);
  }
  buf_byte(b, '}');
}

/* An end that is missing is left out, as in a range string: "[2..)". */
static void print_range(struct buf *b, const struct dmn_range *r, uint32_t level) {
  buf_byte(b, r->open_start ? '(' : '[');
  if (r->has_start) print_value(b, r->start, level);
  buf_add(b, STR(".."));
  if (r->has_end) print_value(b, r->end, level);
  buf_byte(b, r->open_end ? ')' : ']');
}

static void print_function(struct buf *b, const struct dmn_function *f) {
  buf_add(b, STR("function"));
  if (f->name.n > 0) buf_format(b, " %.*s", STR_ARG(f->name));
}

static void print_temporal(struct buf *b, dmn_value v) {
  static const char *const makers[] = {
    [DMN_DATE] = "date",
    [DMN_TIME] = "time",
    [DMN_DATE_TIME] = "date and time",
    [DMN_DAYS_DURATION] = "duration",
    [DMN_MONTHS_DURATION] = "duration",
  };
  buf_format(b, "%s(\"%.*s\")", makers[v.kind], STR_ARG(dmn_temporal_print(b->arena, NULL, v)));
}

static void print_value(struct buf *b, dmn_value v, uint32_t level) {
  if (level == NESTING_MOST) {
    buf_add(b, STR("…"));
    return;
  }
  switch (v.kind) {
    case DMN_NULL: buf_add(b, STR("null")); return;
    case DMN_BOOLEAN: buf_add(b, v.as.truth ? STR("true") : STR("false")); return;
    case DMN_NUMBER: buf_add(b, dmn_number_print(b->arena, v)); return;
    case DMN_STRING: print_quoted(b, dmn_text(v)); return;
    case DMN_LIST: print_list(b, v, level + 1); return;
    case DMN_CONTEXT: print_context(b, v.as.context, level + 1); return;
    case DMN_RANGE: print_range(b, v.as.range, level + 1); return;
    case DMN_FUNCTION: print_function(b, v.as.function); return;
    default: print_temporal(b, v); return;
  }
}

str dmn_print(struct arena *a, dmn_value v) {
  struct buf b = buf_in(a);
  print_value(&b, v, 0);
  return buf_str(&b);
}

str dmn__string_of(struct arena *a, dmn_value v) {
  if (v.kind == DMN_STRING) return dmn_text(v);
  if (v.kind >= DMN_DATE && v.kind <= DMN_MONTHS_DURATION) return dmn_temporal_print(a, NULL, v);
  return dmn_print(a, v);
}

/* ---- tagged JSON */
static void json_string(struct buf *b, str s) {
  buf_byte(b, '"');
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    static const char *const short_forms[] = {
      ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r"
    };
    if (c == '"' || c == '\\')
      buf_format(b, "\\%c", c);
    else if (c >= 0x20)
      buf_byte(b, (char)c);
    else if (c < COUNT_OF(short_forms) && short_forms[c] != NULL)
      buf_add(b, str_of(short_forms[c]));
    else
      buf_format(b, "\\u%04x", c);
  }
  buf_byte(b, '"');
}

/* By UTF-16 code units, as RFC 8785 demands: characters beyond U+FFFF come before U+E000–U+FFFF. */
static int utf16_order(str a, str b) {
  size_t i = 0, k = 0;
  while (i < a.n && k < b.n) {
    uint32_t x = utf8_next(a, &i), y = utf8_next(b, &k);
    if (x == y) continue;
    bool x_pair = x > 0xFFFF, y_pair = y > 0xFFFF;
    if (x_pair != y_pair) {
      if (x_pair) return y >= 0xE000 ? -1 : 1;
      return x >= 0xE000 ? 1 : -1;
    }
    return x < y ? -1 : 1;
  }
  return (i < a.n) - (k < b.n);
}

/* Positions of the entries in the order of their names: an insertion sort, for contexts are small and mostly sorted
 * already or not worth more. */
static uint32_t *sorted_entries(struct arena *a, const struct dmn_context *c) {
  uint32_t *order = ARENA_ARRAY(a, uint32_t, c->count);
  for (uint32_t i = 0; i < c->count; i++) {
    str name = dmn_symbols_text(c->symbols, c->names[i]);
    uint32_t k = i;
    for (; k > 0 && utf16_order(dmn_symbols_text(c->symbols, c->names[order[k - 1]]), name) > 0; k--)
      order[k] = order[k - 1];
    order[k] = i;
  }
  return order;
}

static void tagged(struct buf *b, dmn_value v, uint32_t level);

static void tagged_context(struct buf *b, const struct dmn_context *c, uint32_t level) {
  uint32_t *order = sorted_entries(b->arena, c);
  buf_byte(b, '{');
  for (uint32_t i = 0; i < c->count; i++) {
    if (i > 0) buf_byte(b, ',');
    json_string(b, dmn_symbols_text(c->symbols, c->names[order[i]]));
    buf_byte(b, ':');
    tagged(b, c->values[order[i]], level);
  }
  buf_byte(b, '}');
}

static void tagged_list(struct buf *b, dmn_value v, uint32_t level) {
  buf_byte(b, '[');
  for (uint32_t i = 0; i < v.length; i++) {
    if (i > 0) buf_byte(b, ',');
    tagged(b, v.as.items[i], level);
  }
  buf_byte(b, ']');
}

static void tagged(struct buf *b, dmn_value v, uint32_t level) {
  if (v.kind == DMN_NULL || level == NESTING_MOST) {
    buf_add(b, STR("null"));
    return;
  }
  buf_format(b, "{\"%s\":", dmn_kind_name(v.kind));
  switch (v.kind) {
    case DMN_BOOLEAN: buf_add(b, v.as.truth ? STR("true") : STR("false")); break;
    case DMN_LIST: tagged_list(b, v, level + 1); break;
    case DMN_CONTEXT: tagged_context(b, v.as.context, level + 1); break;
    default: json_string(b, dmn__string_of(b->arena, v)); break;
  }
  buf_byte(b, '}');
}

str dmn_tagged_json(struct arena *a, dmn_value v) {
  struct buf b = buf_in(a);
  tagged(&b, v, 0);
  return buf_str(&b);
}
