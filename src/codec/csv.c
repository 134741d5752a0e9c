/* csv: RFC 4180 §2 in one pass. A record that is wrong is read to the end of its line and kept with its fault, so that the
 * reader of a long file hears of every bad line at once. */
#include "shienkin/codec/csv.h"

struct reading {
  struct arena *arena;
  str text;
  size_t at;
  uint32_t line;
  struct csv_limits limits;
  str *fields; /* of the record under way */
  uint32_t count, capacity;
};

static bool at_end(const struct reading *r) { return r->at == r->text.n; }

static char here(const struct reading *r) { return r->text.p[r->at]; }

/* How many bytes of a line end stand here: 2, 1 or 0. */
static size_t line_end(const struct reading *r) {
  if (at_end(r)) return 0;
  if (here(r) == '\n') return 1;
  return here(r) == '\r' && r->at + 1 < r->text.n && r->text.p[r->at + 1] == '\n' ? 2 : 0;
}

/* The text between quotes; "" becomes a quote. Stands behind the closing one, or at the end of the text. */
static enum csv_fault read_quoted(struct reading *r, str *out) {
  struct buf b = buf_in(r->arena);
  r->at++;
  while (!at_end(r)) {
    char c = here(r);
    r->at++;
    if (c == '"') {
      if (at_end(r) || here(r) != '"') {
        *out = b.n > 0 ? buf_str(&b) : STR("");
        return CSV_OK;
      }
      r->at++;
    }
    if (c == '\n') r->line++;
    buf_byte(&b, c);
  }
  return CSV_NOT_CLOSED;
}

static enum csv_fault read_plain(struct reading *r, str *out) {
  size_t from = r->at;
  while (!at_end(r) && here(r) != ',' && line_end(r) == 0) {
    if (here(r) == '"') return CSV_QUOTE_IN_FIELD;
    r->at++;
  }
  *out = str_slice(r->text, from, r->at);
  return CSV_OK;
}

static enum csv_fault keep_field(struct reading *r, str field) {
  if (field.n > r->limits.field_bytes) return CSV_FIELD_TOO_LONG;
  if (r->count == r->limits.fields) return CSV_TOO_MANY_FIELDS;
  if (r->count == r->capacity) {
    uint32_t capacity = r->capacity ? r->capacity * 2 : 16;
    r->fields = arena_grow(r->arena, r->fields, r->capacity * sizeof(str), capacity * sizeof(str));
    r->capacity = capacity;
  }
  r->fields[r->count++] = field;
  return CSV_OK;
}

static enum csv_fault read_record(struct reading *r) {
  for (;;) {
    str field;
    bool quoted = !at_end(r) && here(r) == '"';
    enum csv_fault fault = quoted ? read_quoted(r, &field) : read_plain(r, &field);
    if (fault == CSV_OK) fault = keep_field(r, field);
    if (fault != CSV_OK) return fault;
    if (at_end(r) || line_end(r) > 0) return CSV_OK;
    if (here(r) != ',') return CSV_AFTER_QUOTE;
    r->at++;
  }
}

static void skip_to_next_line(struct reading *r) {
  while (!at_end(r) && here(r) != '\n') r->at++;
  if (!at_end(r)) r->at++;
  r->line++;
}

static struct csv_row next_row(struct reading *r) {
  struct csv_row row = { .line = r->line };
  r->count = 0;
  row.fault = read_record(r);
  if (row.fault == CSV_OK && r->count > 0) {
    str *fields = ARENA_ARRAY(r->arena, str, r->count);
    memcpy(fields, r->fields, r->count * sizeof *fields);
    row.fields = fields;
    row.count = r->count;
  }
  skip_to_next_line(r);
  return row;
}

result csv_read(struct arena *a, str text, struct csv_limits limits, struct csv *out) {
  struct reading r = { .arena = a, .text = text, .line = 1, .limits = limits };
  size_t capacity = 0;
  *out = (struct csv){ 0 };
  while (!at_end(&r)) {
    if (line_end(&r) > 0) {
      skip_to_next_line(&r);
      continue;
    }
    if (out->count == limits.rows) return RESULT_LIMIT;
    if (out->count == capacity) {
      size_t grown = capacity ? capacity * 2 : 64;
      out->rows = arena_grow(a, out->rows, capacity * sizeof *out->rows, grown * sizeof *out->rows);
      capacity = grown;
    }
    out->rows[out->count++] = next_row(&r);
  }
  return RESULT_OK;
}
