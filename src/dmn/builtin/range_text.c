/* range_text: range("[18..21)"), the string form of ranges (table 72; grammar rules 66 and 67): brackets, and
 * literals of numbers, strings, dates, times and durations as end points. Either end may be left out where its
 * bracket is open. */
#include "builtin/functions.h"

struct reader {
  struct dmn_eval *e;
  str s;
  size_t at;
};

static void skip_spaces(struct reader *r) {
  while (r->at < r->s.n && strchr(" \t\r\n", r->s.p[r->at]) != NULL && r->s.p[r->at] != '\0') r->at++;
}

static bool take_text(struct reader *r, str text) {
  skip_spaces(r);
  if (!str_starts(str_slice(r->s, r->at, r->s.n), text)) return false;
  r->at += text.n;
  return true;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool take_hex(struct reader *r, int digits, uint32_t *out) {
  uint32_t v = 0;
  for (int i = 0; i < digits; i++, r->at++) {
    int digit = r->at < r->s.n ? hex_digit(r->s.p[r->at]) : -1;
    if (digit < 0) return false;
    v = v * 16 + (uint32_t)digit;
  }
  *out = v;
  return true;
}

/* Behind "\u" or "\U"; two halves of a surrogate pair are one character. */
static bool take_code_point(struct reader *r, int digits, struct buf *b) {
  uint32_t c, low;
  if (!take_hex(r, digits, &c)) return false;
  if (c >= 0xD800 && c <= 0xDBFF) {
    if (!str_starts(str_slice(r->s, r->at, r->s.n), STR("\\u"))) return false;
    r->at += 2;
    if (!take_hex(r, 4, &low) || low < 0xDC00 || low > 0xDFFF) return false;
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  }
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
  char bytes[4];
  buf_add(b, (str){ bytes, utf8_put(bytes, c) });
  return true;
}

static bool take_escape(struct reader *r, struct buf *b) {
  if (r->at == r->s.n) return false;
  char c = r->s.p[r->at++];
  switch (c) {
    case 'n': buf_byte(b, '\n'); return true;
    case 'r': buf_byte(b, '\r'); return true;
    case 't': buf_byte(b, '\t'); return true;
    case '"':
    case '\'':
    case '\\': buf_byte(b, c); return true;
    case 'u': return take_code_point(r, 4, b);
    case 'U': return take_code_point(r, 6, b);
    default: return false;
  }
}

static bool take_string(struct reader *r, dmn_value *out) {
  if (!take_text(r, STR("\""))) return false;
  struct buf b = buf_in(r->e->arena);
  while (r->at < r->s.n && r->s.p[r->at] != '"') {
    char c = r->s.p[r->at++];
    if (c != '\\')
      buf_byte(&b, c);
    else if (!take_escape(r, &b))
      return false;
  }
  if (r->at == r->s.n) return false;
  r->at++;
  *out = dmn__string_checked(r->e, buf_str(&b));
  return true;
}

/* date("…") and its like: the only calls that a literal may be. */
static bool take_maker(struct reader *r, dmn_value *out) {
  static const struct {
    str name;
    dmn_value (*parse)(struct dmn_eval *e, str s);
  } makers[] = {
    { STR_INIT("date and time"), dmn_date_time_parse },
    { STR_INIT("date"), dmn_date_parse },
    { STR_INIT("time"), dmn_time_parse },
    { STR_INIT("duration"), dmn_duration_parse },
  };
  for (size_t i = 0; i < COUNT_OF(makers); i++) {
    dmn_value text;
    if (!take_text(r, makers[i].name)) continue;
    if (!take_text(r, STR("(")) || !take_string(r, &text) || !take_text(r, STR(")"))) return false;
    *out = makers[i].parse(r->e, dmn_text(text));
    return !dmn_is_null(*out);
  }
  return false;
}

/* A number ends where ".." begins: "1..2" holds no "1." */
static bool take_number(struct reader *r, dmn_value *out) {
  size_t from = r->at, at = r->at;
  for (; at < r->s.n; at++) {
    char c = r->s.p[at];
    bool sign = (c == '-' || c == '+') && (at == from || r->s.p[at - 1] == 'e' || r->s.p[at - 1] == 'E');
    bool point = c == '.' && !(at + 1 < r->s.n && r->s.p[at + 1] == '.');
    if (!(c >= '0' && c <= '9') && !sign && !point && c != 'e' && c != 'E') break;
  }
  *out = dmn_number_parse(r->e, str_slice(r->s, from, at));
  r->at = at;
  return !dmn_is_null(*out);
}

static bool take_endpoint(struct reader *r, dmn_value *out) {
  skip_spaces(r);
  char c = r->at < r->s.n ? r->s.p[r->at] : '\0';
  if (c == '"') return take_string(r, out);
  if (c == '@') {
    r->at++;
    if (!take_string(r, out)) return false;
    *out = dmn_temporal_literal(r->e, dmn_text(*out));
    return !dmn_is_null(*out);
  }
  return c >= 'a' && c <= 'z' ? take_maker(r, out) : take_number(r, out);
}

static bool take_start(struct reader *r, bool *open) {
  *open = !take_text(r, STR("["));
  return !*open || take_text(r, STR("(")) || take_text(r, STR("]"));
}

static bool take_end(struct reader *r, bool *open) {
  *open = !take_text(r, STR("]"));
  return !*open || take_text(r, STR(")")) || take_text(r, STR("["));
}

static bool ordered(struct dmn_eval *e, dmn_value start, dmn_value end) {
  int order;
  if (dmn_is_null(start) || dmn_is_null(end)) return !(dmn_is_null(start) && dmn_is_null(end));
  return dmn_order(e, start, end, &order) && order <= 0;
}

dmn_value builtin__range_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct reader r = { e, dmn_text(a[0]), 0 };
  bool open_start, open_end;
  dmn_value start = dmn_null(), end = dmn_null();
  bool fine = take_start(&r, &open_start);
  if (fine && !take_text(&r, STR(".."))) fine = take_endpoint(&r, &start) && take_text(&r, STR(".."));
  if (fine && !take_end(&r, &open_end)) fine = take_endpoint(&r, &end) && take_end(&r, &open_end);
  skip_spaces(&r);
  fine = fine && r.at == r.s.n && ordered(e, start, end);
  if (fine && dmn_is_null(start)) fine = open_start;
  if (fine && dmn_is_null(end)) fine = open_end;
  return fine ? dmn_range_make(e, open_start, start, end, open_end) : dmn_raise(e, DMN_DIAG_LITERAL, dmn_text(a[0]));
}
