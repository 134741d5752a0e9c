/* Writing straight into a buffer. Strings are written in runs: a table tells which bytes RFC 8785 §3.2.2.2 escapes
 * (the quote, the backslash, and what is below U+0020), everything between two of them is copied as it is. */
#include "shienkin/codec/json.h"

/* 0: as it is; 'u': \u00xx; otherwise the letter behind the backslash. */
static const char escapes[256] = {
  [0x00 ... 0x07] = 'u', ['\b'] = 'b', ['\t'] = 't',          ['\n'] = 'n', [0x0B] = 'u',
  ['\f'] = 'f',          ['\r'] = 'r', [0x0E ... 0x1F] = 'u', ['"'] = '"',  ['\\'] = '\\',
};

struct json_writer json_writer_to(struct buf *out) {
  return (struct json_writer){ .out = out };
}

static void put(struct json_writer *w, const char *p, size_t n) {
  buf_reserve(w->out, n);
  memcpy(w->out->p + w->out->n, p, n);
  w->out->n += n;
}

static void write_quoted(struct json_writer *w, str s) {
  /* At worst each byte becomes six. Short strings take that room at once, long ones are measured first. */
  size_t room = s.n * 6;
  if (s.n > 256) {
    room = s.n;
    for (size_t i = 0; i < s.n; i++) room += escapes[(unsigned char)s.p[i]] ? 5 : 0;
  }
  buf_reserve(w->out, room + 2);
  char *out = w->out->p + w->out->n;
  *out++ = '"';
  for (size_t at = 0; at < s.n;) {
    size_t from = at;
    while (at < s.n && !escapes[(unsigned char)s.p[at]]) at++;
    memcpy(out, s.p + from, at - from);
    out += at - from;
    if (at == s.n) break;
    unsigned char c = (unsigned char)s.p[at++];
    *out++ = '\\';
    *out++ = escapes[c];
    if (escapes[c] != 'u') continue;
    *out++ = '0';
    *out++ = '0';
    *out++ = "0123456789abcdef"[c >> 4];
    *out++ = "0123456789abcdef"[c & 15];
  }
  *out++ = '"';
  w->out->n = (size_t)(out - w->out->p);
}

/* Before each value: the comma, unless it is the first in its container or stands behind its name. */
static void begin_value(struct json_writer *w) {
  if (w->after_name)
    w->after_name = false;
  else if (w->need_comma[w->depth])
    put(w, ",", 1);
  w->need_comma[w->depth] = 1;
}

static void begin_container(struct json_writer *w, char bracket) {
  begin_value(w);
  assert(w->depth + 1 < sizeof w->need_comma);
  w->need_comma[++w->depth] = 0;
  put(w, &bracket, 1);
}

static void end_container(struct json_writer *w, char bracket) {
  assert(w->depth > 0 && !w->after_name);
  w->depth--;
  put(w, &bracket, 1);
}

void json_write_begin_object(struct json_writer *w) { begin_container(w, '{'); }
void json_write_end_object(struct json_writer *w) { end_container(w, '}'); }
void json_write_begin_array(struct json_writer *w) { begin_container(w, '['); }
void json_write_end_array(struct json_writer *w) { end_container(w, ']'); }

void json_write_name(struct json_writer *w, str name) {
  assert(w->depth > 0 && !w->after_name);
  begin_value(w);
  write_quoted(w, name);
  put(w, ":", 1);
  w->after_name = true;
}

void json_write_str(struct json_writer *w, str s) {
  begin_value(w);
  write_quoted(w, s);
}

void json_write_int(struct json_writer *w, int64_t i) {
  char digits[20];
  size_t at = sizeof digits;
  uint64_t rest = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
  do digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (i < 0) digits[--at] = '-';
  begin_value(w);
  put(w, digits + at, sizeof digits - at);
}

void json_write_raw(struct json_writer *w, str json) {
  assert(json.n > 0);
  begin_value(w);
  put(w, json.p, json.n);
}

void json_write_bool(struct json_writer *w, bool b) { json_write_raw(w, b ? STR("true") : STR("false")); }
void json_write_null(struct json_writer *w) { json_write_raw(w, STR("null")); }

void json_write(struct json_writer *w, const struct json *j) {
  switch (j->kind) {
    case JSON_KIND_NULL: json_write_null(w); break;
    case JSON_KIND_FALSE: json_write_bool(w, false); break;
    case JSON_KIND_TRUE: json_write_bool(w, true); break;
    case JSON_KIND_INTEGER:
    case JSON_KIND_DECIMAL: json_write_raw(w, json_text(j)); break;
    case JSON_KIND_STRING: json_write_str(w, json_text(j)); break;
    case JSON_KIND_ARRAY:
      json_write_begin_array(w);
      for (uint32_t i = 0; i < j->count; i++) json_write(w, &j->as.items[i]);
      json_write_end_array(w);
      break;
    case JSON_KIND_OBJECT:
      json_write_begin_object(w);
      for (uint32_t i = 0; i < j->count; i++) {
        json_write_name(w, j->as.members[i].name);
        json_write(w, &j->as.members[i].value);
      }
      json_write_end_object(w);
      break;
  }
}

str json_dump(struct arena *a, const struct json *j) {
  struct buf out = buf_in(a);
  struct json_writer w = json_writer_to(&out);
  json_write(&w, j);
  return buf_str(&out);
}

static void new_line(struct buf *out, unsigned level) {
  buf_byte(out, '\n');
  for (unsigned i = 0; i < level; i++) buf_add(out, STR("  "));
}

/* Two spaces a level; empty containers stay on their line. */
static void write_indented(struct buf *out, const struct json *j, unsigned level) {
  bool object = j->kind == JSON_KIND_OBJECT;
  if ((!object && j->kind != JSON_KIND_ARRAY) || j->count == 0) {
    struct json_writer w = json_writer_to(out);
    json_write(&w, j);
    return;
  }
  buf_byte(out, object ? '{' : '[');
  for (uint32_t i = 0; i < j->count; i++) {
    if (i > 0) buf_byte(out, ',');
    new_line(out, level + 1);
    if (object) {
      struct json_writer w = json_writer_to(out);
      json_write_str(&w, j->as.members[i].name);
      buf_add(out, STR(": "));
    }
    write_indented(out, object ? &j->as.members[i].value : &j->as.items[i], level + 1);
  }
  new_line(out, level);
  buf_byte(out, object ? '}' : ']');
}

str json_dump_indented(struct arena *a, const struct json *j) {
  struct buf out = buf_in(a);
  write_indented(&out, j, 0);
  return buf_str(&out);
}
