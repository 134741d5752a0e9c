/* Only documents in which the scan saw something to mark come here, so this pass may be plain rather than fast. */
#include "json_mark.h"

#include "json_scan.h"

#define MARK_ESCAPED "\\u0001"
static const char mark = '\1';

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t skip_digits(str s, size_t at) {
  while (at < s.n && is_digit(s.p[at])) at++;
  return at;
}

bool json__number_valid(str s) {
  size_t at = s.n > 0 && s.p[0] == '-';
  size_t digits_from = at;
  at = skip_digits(s, at);
  if (at == digits_from || (s.p[digits_from] == '0' && at - digits_from > 1)) return false;
  if (at < s.n && s.p[at] == '.') {
    size_t fraction_from = ++at;
    at = skip_digits(s, at);
    if (at == fraction_from) return false;
  }
  if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
    at++;
    if (at < s.n && (s.p[at] == '+' || s.p[at] == '-')) at++;
    size_t exponent_from = at;
    at = skip_digits(s, at);
    if (at == exponent_from) return false;
  }
  return at == s.n;
}

bool json__number_whole(str s) {
  size_t from = s.n > 0 && s.p[0] == '-';
  return skip_digits(s, from) == s.n && !(from == 1 && s.p[1] == '0');
}

/* Integers that jansson holds exactly keep their way; 19 digits may or may not fit, so they take ours. */
static bool number_needs_mark(str s) { return json__number_valid(s) && (!json__number_whole(s) || s.n > 18); }

static size_t number_end(str document, size_t at) {
  while (at < document.n && (is_digit(document.p[at]) || memchr(".eE+-", document.p[at], 5))) at++;
  return at;
}

static bool stands_for_name(str document, size_t end) {
  while (end < document.n && memchr(" \t\r\n", document.p[end], 4)) end++;
  return end < document.n && document.p[end] == ':';
}

/* Is the escape \u0000 or \u0001 at `at`? `which` is its last digit. */
static bool low_escape(str s, size_t at, char which) {
  return s.n - at >= 6 && memcmp(s.p + at, "\\u000", 5) == 0 && s.p[at + 5] == which;
}

/* `s` is a string token with its quotes, as far as it is closed. */
static bool string_needs_mark(str s) {
  if (s.n < 2 || s.p[s.n - 1] != '"') return false;
  if (low_escape(s, 1, '1')) return true;
  for (size_t at = 1; at < s.n; at += s.p[at] == '\\' ? 2 : 1)
    if (low_escape(s, at, '0')) return true;
  return false;
}

static void write_marked_string(struct buf *out, str s) {
  buf_add(out, STR("\"" MARK_ESCAPED "S"));
  for (size_t at = 1; at < s.n;) {
    size_t n = s.p[at] == '\\' ? 2 : 1;
    if (low_escape(s, at, '0')) {
      buf_add(out, STR(MARK_ESCAPED "0"));
      n = 6;
    } else if (low_escape(s, at, '1')) {
      buf_add(out, STR(MARK_ESCAPED "1"));
      n = 6;
    } else {
      buf_add(out, str_slice(s, at, at + n));
    }
    at += n;
  }
}

/* Writes the number marked if it needs to be; false: it stays as it is. */
static bool write_marked_number(struct buf *out, str document, size_t at, size_t end) {
  str number = str_slice(document, at, end);
  if (!number_needs_mark(number) || stands_for_name(document, end)) return false;
  buf_add(out, STR("\"" MARK_ESCAPED "N"));
  buf_add(out, number);
  buf_byte(out, '"');
  return true;
}

size_t json__mark(str document, struct buf *out, size_t until) {
  size_t at = 0;
  while (at < document.n && out->n < until) {
    size_t from = at, written = out->n;
    char c = document.p[at];
    bool marked = false;
    if (c == '"') {
      bool ignored = false;
      at = json__skip_string(document, at + 1, &ignored);
      str token = str_slice(document, from, at);
      if (string_needs_mark(token)) {
        write_marked_string(out, token);
        marked = true;
      }
    } else if (c == '-' || is_digit(c)) {
      at = number_end(document, at);
      marked = write_marked_number(out, document, from, at);
    } else {
      while (at < document.n && document.p[at] != '"' && document.p[at] != '-' && !is_digit(document.p[at])) at++;
    }
    if (marked && out->n > until) return from;
    if (marked) continue;
    buf_add(out, str_slice(document, from, at));
    if (out->n > until) return from + (until - written);
  }
  return at;
}

enum json_mark json__mark_of(str text) {
  if (text.n < 2 || text.p[0] != mark) return JSON_MARK_NONE;
  return text.p[1] == 'N' ? JSON_MARK_NUMBER : JSON_MARK_STRING;
}

size_t json__unmark(str text, char *out) {
  assert(text.n >= 2 && text.p[0] == mark);
  if (text.p[1] == 'N') {
    memcpy(out, text.p + 2, text.n - 2);
    return text.n - 2;
  }
  size_t n = 0;
  for (size_t at = 2; at < text.n; at++) {
    if (text.p[at] == mark) {
      at++;
      out[n++] = text.p[at] == '0' ? '\0' : mark;
    } else {
      out[n++] = text.p[at];
    }
  }
  return n;
}
