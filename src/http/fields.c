/* fields: the small grammars that many header fields share, and the negotiation built on them. */
#include "fields.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

bool http__name_same(str name, str other) {
  if (name.n != other.n) return false;
  for (size_t i = 0; i < name.n; i++) {
    if (lower(name.p[i]) != lower(other.p[i])) return false;
  }
  return true;
}

static bool token_character(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

bool http__token(str s) {
  for (size_t i = 0; i < s.n; i++) {
    if (!token_character(s.p[i])) return false;
  }
  return s.n > 0;
}

bool http__field_value(str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if ((c < 0x20 && c != '\t') || c == 0x7f) return false;
  }
  return true;
}

static bool blank(char c) { return c == ' ' || c == '\t'; }

str http__field_trim(str s) {
  while (s.n && blank(s.p[0])) s = str_slice(s, 1, s.n);
  while (s.n && blank(s.p[s.n - 1])) s = str_slice(s, 0, s.n - 1);
  return s;
}

/* Where `separator` stands outside quoted strings; s.n when nowhere. */
static size_t unquoted(str s, char separator) {
  bool quoted = false;
  for (size_t i = 0; i < s.n; i++) {
    if (quoted && s.p[i] == '\\') {
      i++;
    } else if (s.p[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && s.p[i] == separator) {
      return i;
    }
  }
  return s.n;
}

static str cut_unquoted(str s, char separator, str *rest) {
  size_t at = unquoted(s, separator);
  *rest = at < s.n ? str_slice(s, at + 1, s.n) : STR_NONE;
  return http__field_trim(str_slice(s, 0, at));
}

bool http__list_next(str *rest, str *element) {
  while (rest->n) {
    *element = cut_unquoted(*rest, ',', rest);
    if (element->n) return true;
  }
  return false;
}

str http__media_type(struct arena *a, str content_type) {
  str parameters, subtype;
  str whole = cut_unquoted(content_type, ';', &parameters);
  str type = str_cut(whole, '/', &subtype);
  if (!http__token(type) || !http__token(subtype)) return STR_NONE;
  char *out = arena_alloc(a, whole.n + 1);
  for (size_t i = 0; i < whole.n; i++) out[i] = lower(whole.p[i]);
  out[whole.n] = '\0';
  return (str){ out, whole.n };
}

static str unquote(struct arena *a, str value) {
  if (value.n < 2 || value.p[0] != '"' || value.p[value.n - 1] != '"') return value;
  char *out = arena_alloc(a, value.n);
  size_t n = 0;
  for (size_t i = 1; i + 1 < value.n; i++) {
    if (value.p[i] == '\\' && i + 2 < value.n) i++;
    out[n++] = value.p[i];
  }
  return (str){ out, n };
}

str http__media_parameter(struct arena *a, str content_type, const char *name) {
  str rest;
  (void)cut_unquoted(content_type, ';', &rest);
  while (rest.n) {
    str value, parameter = cut_unquoted(rest, ';', &rest);
    str key = str_cut(parameter, '=', &value);
    if (http__name_same(http__field_trim(key), str_of(name))) return unquote(a, http__field_trim(value));
  }
  return STR_NONE;
}

/* Weights in thousandths, "q=0.8" -> 800; anything odd counts as 0, so that it never wins. */
static int weight(str parameters) {
  while (parameters.n) {
    str value, one = cut_unquoted(parameters, ';', &parameters);
    str key = http__field_trim(str_cut(one, '=', &value));
    value = http__field_trim(value);
    if (!http__name_same(key, STR("q"))) continue;
    if (value.n == 0 || value.n > 5 || (value.p[0] != '0' && value.p[0] != '1')) return 0;
    int sum = (value.p[0] - '0') * 1000, unit = 100;
    for (size_t i = 2; i < value.n; i++, unit /= 10) {
      if (value.p[1] != '.' || value.p[i] < '0' || value.p[i] > '9') return 0;
      sum += (value.p[i] - '0') * unit;
    }
    return sum > 1000 ? 0 : sum;
  }
  return 1000;
}

/* How closely a range names a type: 3 type/subtype, 2 type slash star, 1 star slash star, 0 not at all. */
static int closeness(str range, str media_type) {
  if (str_eq(range, STR("*/*"))) return 1;
  if (http__name_same(range, media_type)) return 3;
  str subtype, range_subtype;
  str type = str_cut(media_type, '/', &subtype), range_type = str_cut(range, '/', &range_subtype);
  return str_eq(range_subtype, STR("*")) && http__name_same(type, range_type) ? 2 : 0;
}

bool http__accepts(str accept, str media_type) {
  if (accept.n == 0) return true;
  int best = 0, q = 0;
  for (str rest = accept, element; http__list_next(&rest, &element);) {
    str parameters, range = cut_unquoted(element, ';', &parameters);
    int close = closeness(range, media_type);
    if (close > best || (close && close == best && weight(parameters) > q)) {
      best = close;
      q = weight(parameters);
    }
  }
  return q > 0;
}

/* A range names a language when it is it or begins with it and "-": "en-GB" is English. */
static bool range_names(str range, str language) {
  if (range.n < language.n || !http__name_same(str_slice(range, 0, language.n), language)) return false;
  return range.n == language.n || range.p[language.n] == '-';
}

enum http_language http__language(str accept_language) {
  int japanese = -1, english = -1, others = 0;
  for (str rest = accept_language, element; http__list_next(&rest, &element);) {
    str parameters, range = cut_unquoted(element, ';', &parameters);
    int q = weight(parameters);
    if (range_names(range, STR("ja")) && q > japanese) japanese = q;
    if (range_names(range, STR("en")) && q > english) english = q;
    if (str_eq(range, STR("*"))) others = q;
  }
  if (japanese < 0) japanese = others;
  if (english < 0) english = others;
  return english > japanese ? HTTP_ENGLISH : HTTP_JAPANESE;
}

result http__quoted_key(struct arena *a, str header, str *out) {
  header = http__field_trim(header);
  if (header.n < 3 || header.p[0] != '"' || header.p[header.n - 1] != '"') return RESULT_REFUSED;
  char *text = arena_alloc(a, header.n);
  size_t n = 0;
  for (size_t i = 1; i + 1 < header.n; i++) {
    char c = header.p[i];
    if (c == '\\') {
      if (i + 2 >= header.n) return RESULT_REFUSED;
      c = header.p[++i];
      if (c != '"' && c != '\\') return RESULT_REFUSED;
    } else if (c == '"') {
      return RESULT_REFUSED;
    }
    if (c < 0x20 || c > 0x7e) return RESULT_REFUSED;
    text[n++] = c;
  }
  *out = (str){ text, n };
  return n >= 1 && n <= 64 ? RESULT_OK : RESULT_REFUSED;
}
