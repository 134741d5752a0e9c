/* scan: characters, words, literals, names of FEEL texts; see scan.h. */
#include "feel/scan.h"

struct span {
  uint32_t first, last;
};

static const struct span spaces[] = {
  { 0x09, 0x0D },     { 0x20, 0x20 },     { 0x85, 0x85 },     { 0xA0, 0xA0 },
  { 0x1680, 0x1680 }, { 0x180E, 0x180E }, { 0x2000, 0x200B }, { 0x2028, 0x2029 },
  { 0x202F, 0x202F }, { 0x205F, 0x205F }, { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF },
};

static const struct span name_starts[] = {
  { '?', '?' },       { 'A', 'Z' },       { '_', '_' },       { 'a', 'z' },
  { 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2FF },    { 0x370, 0x37D },
  { 0x37F, 0x1FFF },  { 0x200C, 0x200D }, { 0x2070, 0x218F }, { 0x2C00, 0x2FEF },
  { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
};

static const struct span name_parts_only[] = { { '0', '9' }, { 0xB7, 0xB7 }, { 0x300, 0x36F }, { 0x203F, 0x2040 } };

/* Spans stand in order, so that characters of ASCII are told by the first few. */
static bool within(const struct span *spans, size_t count, uint32_t c) {
  for (size_t i = 0; i < count && c >= spans[i].first; i++)
    if (c <= spans[i].last) return true;
  return false;
}

/* What Japanese names are made of lies within one span, far behind: it is looked at first. */
static bool is_kana_or_kanji(uint32_t c) { return c >= 0x3001 && c <= 0xD7FF; }

bool feel_is_space(uint32_t c) { return within(spaces, COUNT_OF(spaces), c); }

/* U+1680, U+180E and U+FEFF lie within the letters' spans; they are white space first. */
bool feel_is_name_start(uint32_t c) {
  if (is_kana_or_kanji(c)) return true;
  return within(name_starts, COUNT_OF(name_starts), c) && c != 0x1680 && c != 0x180E && c != 0xFEFF;
}

bool feel_is_name_part(uint32_t c) {
  return feel_is_name_start(c) || within(name_parts_only, COUNT_OF(name_parts_only), c);
}

bool feel_is_name_symbol(char c) { return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*'; }

static size_t skip_comment(str text, size_t at) {
  bool to_line_end = text.p[at + 1] == '/';
  for (at += 2; at < text.n; at++) {
    if (to_line_end && (text.p[at] == '\n' || text.p[at] == '\r')) return at;
    if (!to_line_end && text.p[at] == '*' && at + 1 < text.n && text.p[at + 1] == '/') return at + 2;
  }
  return text.n;
}

size_t feel_skip(str text, size_t at) {
  while (at < text.n) {
    char c = text.p[at];
    if (c > ' ' && c < 0x7F && c != '/') return at;
    if (c == '/' && at + 1 < text.n && (text.p[at + 1] == '/' || text.p[at + 1] == '*')) {
      at = skip_comment(text, at);
      continue;
    }
    size_t next = at;
    if (!feel_is_space(utf8_next(text, &next))) return at;
    at = next;
  }
  return at;
}

str feel_word(str text, size_t at) {
  size_t end = at;
  while (end < text.n) {
    size_t next = end;
    if (!feel_is_name_part(utf8_next(text, &next))) break;
    end = next;
  }
  return str_slice(text, at, end);
}

static const struct {
  str word;
  enum feel_keyword keyword;
  bool infix;
} keywords[] = {
  { STR_INIT("and"), KEYWORD_AND, true },
  { STR_INIT("between"), KEYWORD_BETWEEN, true },
  { STR_INIT("else"), KEYWORD_ELSE, true },
  { STR_INIT("every"), KEYWORD_EVERY, false },
  { STR_INIT("external"), KEYWORD_EXTERNAL, false },
  { STR_INIT("false"), KEYWORD_FALSE, false },
  { STR_INIT("for"), KEYWORD_FOR, false },
  { STR_INIT("function"), KEYWORD_FUNCTION, false },
  { STR_INIT("if"), KEYWORD_IF, false },
  { STR_INIT("in"), KEYWORD_IN, true },
  { STR_INIT("instance"), KEYWORD_INSTANCE, true },
  { STR_INIT("null"), KEYWORD_NULL, false },
  { STR_INIT("of"), KEYWORD_OF, false },
  { STR_INIT("or"), KEYWORD_OR, true },
  { STR_INIT("return"), KEYWORD_RETURN, true },
  { STR_INIT("satisfies"), KEYWORD_SATISFIES, true },
  { STR_INIT("some"), KEYWORD_SOME, false },
  { STR_INIT("then"), KEYWORD_THEN, true },
  { STR_INIT("true"), KEYWORD_TRUE, false },
};

enum feel_keyword feel_keyword_of(str word) {
  for (size_t i = 0; i < COUNT_OF(keywords); i++)
    if (str_eq(keywords[i].word, word)) return keywords[i].keyword;
  return KEYWORD_NONE;
}

bool feel_keyword_infix(enum feel_keyword k) {
  for (size_t i = 0; i < COUNT_OF(keywords); i++)
    if (keywords[i].keyword == k) return keywords[i].infix;
  return false;
}

static bool is_digit_at(str text, size_t at) { return at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; }

static size_t skip_digits(str text, size_t at) {
  while (is_digit_at(text, at)) at++;
  return at;
}

str feel_number(str text, size_t at) {
  size_t end = skip_digits(text, at);
  if (end < text.n && text.p[end] == '.' && is_digit_at(text, end + 1)) end = skip_digits(text, end + 1);
  if (end == at) return str_slice(text, at, at);
  if (end < text.n && (text.p[end] == 'e' || text.p[end] == 'E')) {
    size_t digits = end + 1;
    if (digits < text.n && (text.p[digits] == '+' || text.p[digits] == '-')) digits++;
    if (is_digit_at(text, digits)) end = skip_digits(text, digits);
  }
  return str_slice(text, at, end);
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* `count` hexadecimal digits at `at`, or -1. */
static int64_t hex_at(str text, size_t at, size_t count) {
  if (at + count > text.n) return -1;
  int64_t value = 0;
  for (size_t i = 0; i < count; i++) {
    int digit = hex_digit(text.p[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

static void put(struct buf *out, uint32_t code_point) {
  char bytes[4];
  size_t n = utf8_put(bytes, code_point);
  buf_add(out, (str){ bytes, n });
}

/* \uXXXX, a pair of them where the first is a high surrogate, or \UXXXXXX. The offset behind it; 0: no character. */
static size_t put_code_point(struct buf *out, str text, size_t at) {
  bool wide = text.p[at + 1] == 'U';
  int64_t c = hex_at(text, at + 2, wide ? 6 : 4);
  size_t end = at + (wide ? 8 : 6);
  if (c < 0 || c > 0x10FFFF) return 0;
  if (!wide && c >= 0xD800 && c <= 0xDBFF && end + 1 < text.n && text.p[end] == '\\' && text.p[end + 1] == 'u') {
    int64_t low = hex_at(text, end + 2, 4);
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    c = 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
    end += 6;
  }
  if (c >= 0xD800 && c <= 0xDFFF) return 0;
  put(out, (uint32_t)c);
  return end;
}

/* One escape sequence (rule 64). A backslash before any other character stands for itself, so that patterns such as
 * "\d" can be written as people write them. */
static size_t put_escape(struct buf *out, str text, size_t at) {
  char c = text.p[at + 1];
  if (c == 'u' || c == 'U') return put_code_point(out, text, at);
  static const char from[] = "'\"\\nrt", to[] = "'\"\\\n\r\t";
  const char *known = c == '\0' ? NULL : strchr(from, c);
  if (known == NULL) {
    buf_byte(out, '\\');
    return at + 1;
  }
  buf_byte(out, to[known - from]);
  return at + 2;
}

bool feel_string(struct arena *a, str text, size_t at, size_t *end, str *value) {
  size_t from = at + 1, i = from;
  while (i < text.n && text.p[i] != '"' && text.p[i] != '\\') i++;
  if (i < text.n && text.p[i] == '"') {
    *value = str_slice(text, from, i);
    *end = i + 1;
    return true;
  }
  struct buf out = buf_in(a);
  buf_add(&out, str_slice(text, from, i));
  while (i < text.n && text.p[i] != '"') {
    if (text.p[i] == '\\' && i + 1 < text.n) {
      size_t next = put_escape(&out, text, i);
      *end = i;
      if (next == 0) return false;
      i = next;
    } else {
      buf_byte(&out, text.p[i++]);
    }
  }
  *end = i < text.n ? i + 1 : at;
  *value = buf_str(&out);
  return i < text.n;
}

/* Appends a token in the one spelling; false: no room. */
static bool spell(struct feel_name_run *run, size_t *n, str token, bool word) {
  bool blank = word && run->count > 0 && run->token[run->count - 1].word;
  if (*n + token.n + blank > sizeof run->room) return false;
  if (blank) run->room[(*n)++] = ' ';
  memcpy(run->room + *n, token.p, token.n);
  *n += token.n;
  return true;
}

void feel_name_run(str text, size_t at, struct feel_name_run *run) {
  size_t n = 0;
  run->count = 0;
  while (run->count < FEEL_NAME_TOKENS) {
    at = feel_skip(text, at);
    str token = feel_word(text, at);
    bool word = token.n > 0;
    if (!word && at < text.n && feel_is_name_symbol(text.p[at]) && run->count > 0) token = str_slice(text, at, at + 1);
    if (token.n == 0 || !spell(run, &n, token, word)) break;
    at += token.n;
    run->token[run->count].end = at;
    run->token[run->count].spelled_n = (uint32_t)n;
    run->token[run->count].word = word;
    run->token[run->count].keyword = word ? feel_keyword_of(token) : KEYWORD_NONE;
    run->count++;
  }
  run->spelled = (str){ run->room, n };
}
