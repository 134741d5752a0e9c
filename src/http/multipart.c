/* multipart: one pass over the bytes, whatever pieces they come in.
 *
 * A delimiter is CR LF "--" boundary. CR stands only at its beginning (boundaries hold none), so when a match breaks off,
 * what had matched was content, and the next match can begin only at the byte that broke it. The content that was held
 * back is given from the delimiter itself, so no byte of the past is kept. */
#include "multipart.h"

#include "fields.h"

enum { BOUNDARY_MOST = 70, HEAD_MOST = 8 << 10, FIELDS_BYTES_MOST = 64 << 10, FIELDS_MOST = 64 };

enum state { IN_CONTENT, AFTER_DELIMITER, IN_HEAD, AT_END, BROKEN };
enum part { PREAMBLE, FIELD, FILE_PART, NO_FILE }; /* NO_FILE: the file field of a form where none was chosen */

struct multipart {
  struct arena *arena;
  char delimiter[BOUNDARY_MOST + 4];
  size_t delimiter_n, matched;
  enum state state;
  enum part part;
  struct buf head, value;
  size_t field_bytes;
  str name;
  struct http_pair pairs[FIELDS_MOST];
  size_t count;
  bool file_seen;
  str file_name, file_type;
  int64_t taken, file_at; /* bytes of the body that were fed; those before the file */
};

static bool boundary_good(str b) {
  for (size_t i = 0; i < b.n; i++) {
    char c = b.p[i];
    bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                (c != '\0' && strchr("'()+_,-./:=? ", c));
    if (!good) return false;
  }
  return b.n >= 1 && b.n <= BOUNDARY_MOST && b.p[b.n - 1] != ' ';
}

struct multipart *multipart__new(struct arena *a, str content_type) {
  str boundary = http__media_parameter(a, content_type, "boundary");
  if (!boundary_good(boundary)) return NULL;
  struct multipart *m = ARENA_NEW(a, struct multipart);
  m->arena = a;
  memcpy(m->delimiter, "\r\n--", 4);
  memcpy(m->delimiter + 4, boundary.p, boundary.n);
  m->delimiter_n = boundary.n + 4;
  m->matched = 2; /* the first delimiter may open the body, without a line end before it */
  m->head = buf_in(a);
  m->value = buf_in(a);
  return m;
}

/* ---- part headers */

static str header_value(str head, const char *name) {
  for (str rest = head; rest.n;) {
    str value, line = str_cut(rest, '\n', &rest);
    str key = str_cut(line, ':', &value);
    if (http__name_same(http__field_trim(key), str_of(name))) return str_trim(value);
  }
  return STR_NONE;
}

/* Browsers write a quote in a name as %22 (WHATWG HTML, multipart/form-data encoding) and leave it to readers to know. */
static bool read_head(struct multipart *m) {
  str head = buf_str(&m->head);
  str disposition = header_value(head, "Content-Disposition"), kind_rest;
  str kind = http__field_trim(str_cut(disposition, ';', &kind_rest));
  m->name = http__media_parameter(m->arena, disposition, "name");
  str file = http__media_parameter(m->arena, disposition, "filename");
  if (!http__name_same(kind, STR("form-data")) || m->name.n == 0) return false;
  if (!utf8_valid(m->name, NULL) || !utf8_valid(file, NULL) || m->file_seen) return false;
  m->value.n = 0;
  if (!file.p) {
    m->part = FIELD;
    return m->count < FIELDS_MOST;
  }
  m->part = file.n ? FILE_PART : NO_FILE;
  m->file_seen = file.n > 0;
  m->file_name = str_copy(m->arena, file);
  m->file_type = http__media_type(m->arena, header_value(head, "Content-Type"));
  return true;
}

/* ---- content */

static bool end_part(struct multipart *m) {
  if (m->part != FIELD) return true;
  str value = str_copy(m->arena, buf_str(&m->value));
  if (!utf8_valid(value, NULL) || (value.n && memchr(value.p, '\0', value.n))) return false;
  m->pairs[m->count++] = (struct http_pair){ str_copy(m->arena, m->name), value };
  return true;
}

static bool take_content(struct multipart *m, str piece) {
  if (m->part != FIELD) return true;
  m->field_bytes += piece.n;
  if (m->field_bytes > FIELDS_BYTES_MOST) return false;
  buf_add(&m->value, piece);
  return true;
}

/* Goes through content up to the end of a delimiter or of one piece of the file. */
static enum multipart_event content(struct multipart *m, str bytes, size_t *used, str *data) {
  while (*used < bytes.n) {
    char c = bytes.p[*used];
    str piece;
    if (c == m->delimiter[m->matched]) {
      ++*used;
      if (++m->matched < m->delimiter_n) continue;
      m->matched = 0;
      m->state = AFTER_DELIMITER;
      m->head.n = 0;
      return end_part(m) ? MULTIPART_MORE : MULTIPART_BAD;
    }
    if (m->matched) {
      piece = (str){ m->delimiter, m->matched };
      m->matched = 0;
      if (m->part == PREAMBLE) continue;
    } else {
      const char *from = bytes.p + *used, *next = memchr(from, '\r', bytes.n - *used);
      piece = (str){ from, next ? (size_t)(next - from) : bytes.n - *used };
      *used += piece.n;
    }
    if (!take_content(m, piece)) return MULTIPART_BAD;
    if (m->part == FILE_PART) {
      *data = piece;
      return MULTIPART_DATA;
    }
  }
  return MULTIPART_MORE;
}

/* Behind a delimiter: "--" closes, CR LF opens a part; spaces before it are allowed (RFC 2046 §5.1.1). */
static enum multipart_event after_delimiter(struct multipart *m, str bytes, size_t *used) {
  while (*used < bytes.n) {
    char c = bytes.p[(*used)++];
    if (m->head.n == 0 && (c == ' ' || c == '\t')) continue;
    buf_byte(&m->head, c);
    if (m->head.n < 2) continue;
    bool closes = memcmp(m->head.p, "--", 2) == 0, opens = memcmp(m->head.p, "\r\n", 2) == 0;
    m->state = closes ? AT_END : IN_HEAD;
    m->head.n = 0;
    if (closes) return MULTIPART_END;
    return opens ? MULTIPART_MORE : MULTIPART_BAD;
  }
  return MULTIPART_MORE;
}

static enum multipart_event head(struct multipart *m, str bytes, size_t *used) {
  while (*used < bytes.n) {
    if (m->head.n == HEAD_MOST) return MULTIPART_BAD;
    buf_byte(&m->head, bytes.p[(*used)++]);
    if (!str_ends(buf_str(&m->head), STR("\r\n\r\n"))) continue;
    if (!read_head(m)) return MULTIPART_BAD;
    m->state = IN_CONTENT;
    m->matched = 0;
    return m->part == FILE_PART ? MULTIPART_FILE : MULTIPART_MORE;
  }
  return MULTIPART_MORE;
}

static enum multipart_event step(struct multipart *m, str bytes, size_t *used, str *data) {
  switch (m->state) {
    case IN_CONTENT: return content(m, bytes, used, data);
    case AFTER_DELIMITER: return after_delimiter(m, bytes, used);
    case IN_HEAD: return head(m, bytes, used);
    case AT_END: *used = bytes.n; return MULTIPART_MORE;
    case BROKEN: break;
  }
  return MULTIPART_BAD;
}

enum multipart_event multipart__feed(struct multipart *m, str bytes, size_t *used, str *data) {
  *used = 0;
  enum multipart_event event = MULTIPART_MORE;
  while (*used < bytes.n && event == MULTIPART_MORE) event = step(m, bytes, used, data);
  if (event == MULTIPART_BAD) m->state = BROKEN;
  m->taken += (int64_t)*used;
  if (event == MULTIPART_FILE) m->file_at = m->taken;
  return event;
}

const struct http_pair *multipart__fields(const struct multipart *m, size_t *count) {
  *count = m->count;
  return m->pairs;
}

bool multipart__whole(const struct multipart *m) { return m->state == AT_END; }
str multipart__file_name(const struct multipart *m) { return m->file_seen ? m->file_name : STR_NONE; }
/* Behind the file a form has one delimiter, "--" and CR LF. */
int64_t multipart__file_length(const struct multipart *m, int64_t body_length) {
  int64_t length = body_length - m->file_at - (int64_t)m->delimiter_n - 4;
  return m->file_seen && body_length >= 0 && length >= 0 ? length : -1;
}
str multipart__file_type(const struct multipart *m) { return m->file_seen ? m->file_type : STR_NONE; }
