/* wire: PostgreSQL's binary format, type by type (PostgreSQL 15, backend/utils/adt: *_send and *_recv).
 *
 *   uuid         16 bytes
 *   text, bytea  the bytes
 *   int4, int8   big-endian
 *   bool         one byte
 *   date         int4, days since 2000-01-01
 *   timestamptz  int8, microseconds since 2000-01-01T00:00:00Z
 *   T[]          int4 dimensions (0 or 1), int4 has-null, int4 element type; int4 size, int4 lower bound;
 *                each element: int4 length, bytes */
#include "wire.h"

enum {
  OID_BOOL = 16,
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_TEXT = 25,
  OID_DATE = 1082,
  OID_TEXTS = 1009,
  OID_DATES = 1182,
  OID_TIMESTAMPTZ = 1184,
  OID_UUID = 2950,
  OID_UUIDS = 2951
};

/* Days and microseconds from 1970-01-01 to PostgreSQL's epoch, 2000-01-01. */
static const int64_t EPOCH_DAYS = 10957, EPOCH_US = INT64_C(946684800000000);

unsigned wire_oid(enum sql_kind kind) {
  static const unsigned oids[] = {
    [SQL_UUID] = OID_UUID,          [SQL_TEXT] = OID_TEXT,   [SQL_BYTES] = OID_BYTEA, [SQL_SHA256] = OID_BYTEA,
    [SQL_INT] = OID_INT8,           [SQL_YEN] = OID_INT8,    [SQL_BOOL] = OID_BOOL,   [SQL_DAY] = OID_DATE,
    [SQL_MOMENT] = OID_TIMESTAMPTZ, [SQL_TEXTS] = OID_TEXTS, [SQL_UUIDS] = OID_UUIDS, [SQL_DAYS] = OID_DATES,
  };
  return oids[kind];
}

/* ---- encoding */

static void put_32(char *out, int64_t value) {
  assert(value >= INT32_MIN && value <= INT32_MAX);
  uint32_t bits = (uint32_t)(int32_t)value;
  for (int i = 0; i < 4; i++) out[i] = (char)(uint8_t)(bits >> (24 - 8 * i));
}

static void put_64(char *out, int64_t value) {
  uint64_t bits = (uint64_t)value;
  for (int i = 0; i < 8; i++) out[i] = (char)(uint8_t)(bits >> (56 - 8 * i));
}

static void add_32(struct buf *b, int64_t value) {
  char bytes[4];
  put_32(bytes, value);
  buf_add(b, (str){ bytes, sizeof bytes });
}

static str number_64(struct arena *a, int64_t value) {
  char *bytes = arena_alloc(a, 8);
  put_64(bytes, value);
  return (str){ bytes, 8 };
}

static str number_32(struct arena *a, int64_t value) {
  char *bytes = arena_alloc(a, 4);
  put_32(bytes, value);
  return (str){ bytes, 4 };
}

static str present(str s) { return s.p == NULL ? STR_NONE : (str){ s.p, s.n }; }

static struct buf array_begin(struct arena *a, unsigned element, size_t count) {
  struct buf b = buf_in(a);
  add_32(&b, count > 0);
  add_32(&b, 0);
  add_32(&b, (int64_t)element);
  if (count > 0) {
    add_32(&b, (int64_t)count);
    add_32(&b, 1);
  }
  return b;
}

static str array_of_texts(struct arena *a, const struct strs *texts) {
  struct buf b = array_begin(a, OID_TEXT, texts->count);
  for (size_t i = 0; i < texts->count; i++) {
    add_32(&b, (int64_t)texts->items[i].n);
    buf_add(&b, texts->items[i]);
  }
  return buf_str(&b);
}

static str array_of_uuids(struct arena *a, const struct uuids *ids) {
  struct buf b = array_begin(a, OID_UUID, ids->count);
  for (size_t i = 0; i < ids->count; i++) {
    add_32(&b, 16);
    buf_add(&b, (str){ (const char *)ids->items[i].bytes, 16 });
  }
  return buf_str(&b);
}

static str array_of_days(struct arena *a, const struct days *list) {
  struct buf b = array_begin(a, OID_DATE, list->count);
  for (size_t i = 0; i < list->count; i++) {
    add_32(&b, 4);
    add_32(&b, list->items[i] - EPOCH_DAYS);
  }
  return buf_str(&b);
}

/* The bytes of one field; p == NULL is SQL's null. */
static str encode_field(struct arena *a, enum sql_kind kind, const void *member) {
  switch (kind) {
    case SQL_UUID: {
      const struct uuid *id = member;
      return uuid_none(*id) ? STR_NONE : (str){ (const char *)id->bytes, 16 };
    }
    case SQL_SHA256: {
      const struct sha256 *digest = member;
      return sha256_none(*digest) ? STR_NONE : (str){ (const char *)digest->bytes, 32 };
    }
    case SQL_TEXT:
    case SQL_BYTES: return present(*(const str *)member);
    case SQL_YEN: return number_64(a, ((const yen *)member)->amount);
    case SQL_INT: {
      int64_t value = *(const int64_t *)member;
      return value == SQL_NONE ? STR_NONE : number_64(a, value);
    }
    case SQL_BOOL: return *(const bool *)member ? STR("\1") : (str){ "\0", 1 };
    case SQL_DAY: {
      day d = *(const day *)member;
      return d == DAY_NONE ? STR_NONE : number_32(a, d - EPOCH_DAYS);
    }
    case SQL_MOMENT: {
      moment at = *(const moment *)member;
      return at == SQL_NONE ? STR_NONE : number_64(a, at - EPOCH_US);
    }
    case SQL_TEXTS: return array_of_texts(a, member);
    case SQL_UUIDS: return array_of_uuids(a, member);
    case SQL_DAYS: return array_of_days(a, member);
  }
  assert(false);
  return STR_NONE;
}

void wire_encode(struct arena *a, const struct sql_field *fields, size_t count, const void *row,
                 struct wire_parameters *out) {
  assert(count <= WIRE_MOST_FIELDS);
  out->count = (int)count;
  for (size_t i = 0; i < count; i++) {
    str bytes = encode_field(a, fields[i].kind, (const char *)row + fields[i].offset);
    assert(bytes.n <= INT32_MAX);
    /* libpq takes an empty value from any pointer but NULL. */
    out->values[i] = bytes.p;
    out->lengths[i] = (int)bytes.n;
    out->formats[i] = 1;
  }
}

/* ---- decoding */

static int64_t get_32(const char *bytes) {
  uint32_t bits = 0;
  for (int i = 0; i < 4; i++) bits = bits << 8 | (uint8_t)bytes[i];
  return (int32_t)bits;
}

static int64_t get_64(const char *bytes) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits = bits << 8 | (uint8_t)bytes[i];
  return (int64_t)bits;
}

static int64_t get_integer(str bytes) {
  assert(bytes.n == 4 || bytes.n == 8);
  return bytes.n == 4 ? get_32(bytes.p) : get_64(bytes.p);
}

/* What is left of an array's bytes, and how many elements it has. */
static str array_elements(str bytes, size_t *count) {
  assert(bytes.n >= 12);
  *count = 0;
  if (get_32(bytes.p) == 0) return STR("");
  assert(get_32(bytes.p) == 1 && bytes.n >= 20);
  *count = (size_t)get_32(bytes.p + 12);
  return str_slice(bytes, 20, bytes.n);
}

static str array_next(str *rest) {
  assert(rest->n >= 4);
  int64_t n = get_32(rest->p);
  assert(n >= 0 && (size_t)n <= rest->n - 4);
  str element = str_slice(*rest, 4, 4 + (size_t)n);
  *rest = str_slice(*rest, 4 + (size_t)n, rest->n);
  return element;
}

static struct strs decode_texts(struct arena *a, str bytes) {
  size_t count;
  str rest = array_elements(bytes, &count);
  str *items = ARENA_ARRAY(a, str, count);
  for (size_t i = 0; i < count; i++) items[i] = str_copy(a, array_next(&rest));
  return (struct strs){ items, count };
}

static struct uuids decode_uuids(struct arena *a, str bytes) {
  size_t count;
  str rest = array_elements(bytes, &count);
  struct uuid *items = ARENA_ARRAY(a, struct uuid, count);
  for (size_t i = 0; i < count; i++) memcpy(items[i].bytes, array_next(&rest).p, 16);
  return (struct uuids){ items, count };
}

static struct days decode_days(struct arena *a, str bytes) {
  size_t count;
  str rest = array_elements(bytes, &count);
  day *items = ARENA_ARRAY(a, day, count);
  for (size_t i = 0; i < count; i++) items[i] = get_32(array_next(&rest).p) + EPOCH_DAYS;
  return (struct days){ items, count };
}

static void decode_null(enum sql_kind kind, void *member) {
  switch (kind) {
    case SQL_UUID: *(struct uuid *)member = (struct uuid){ { 0 } }; return;
    case SQL_SHA256: *(struct sha256 *)member = (struct sha256){ { 0 } }; return;
    case SQL_TEXT:
    case SQL_BYTES: *(str *)member = STR_NONE; return;
    case SQL_INT: *(int64_t *)member = SQL_NONE; return;
    case SQL_DAY: *(day *)member = DAY_NONE; return;
    case SQL_MOMENT: *(moment *)member = SQL_NONE; return;
    case SQL_YEN:
    case SQL_BOOL:
    case SQL_TEXTS:
    case SQL_UUIDS:
    case SQL_DAYS: break;
  }
  assert(!"a column that is never null was null");
}

static void decode_field(struct arena *a, enum sql_kind kind, str bytes, void *member) {
  switch (kind) {
    case SQL_UUID:
      assert(bytes.n == 16);
      memcpy(((struct uuid *)member)->bytes, bytes.p, 16);
      return;
    case SQL_SHA256:
      assert(bytes.n == 32);
      memcpy(((struct sha256 *)member)->bytes, bytes.p, 32);
      return;
    case SQL_TEXT:
    case SQL_BYTES: *(str *)member = str_copy(a, bytes); return;
    case SQL_YEN: *(yen *)member = (yen){ get_integer(bytes) }; return;
    case SQL_INT: *(int64_t *)member = get_integer(bytes); return;
    case SQL_BOOL:
      assert(bytes.n == 1);
      *(bool *)member = bytes.p[0] != 0;
      return;
    case SQL_DAY:
      assert(bytes.n == 4);
      *(day *)member = get_32(bytes.p) + EPOCH_DAYS;
      return;
    case SQL_MOMENT:
      assert(bytes.n == 8);
      *(moment *)member = get_64(bytes.p) + EPOCH_US;
      return;
    case SQL_TEXTS: *(struct strs *)member = decode_texts(a, bytes); return;
    case SQL_UUIDS: *(struct uuids *)member = decode_uuids(a, bytes); return;
    case SQL_DAYS: *(struct days *)member = decode_days(a, bytes); return;
  }
  assert(false);
}

void wire_decode(struct arena *a, const struct sql_field *fields, size_t count, const PGresult *r, int at, void *row) {
  assert(PQnfields(r) == (int)count);
  for (int i = 0; i < (int)count; i++) {
    assert(PQfformat(r, i) == 1);
    void *member = (char *)row + fields[i].offset;
    str bytes = { PQgetvalue(r, at, i), (size_t)PQgetlength(r, at, i) };
    if (PQgetisnull(r, at, i))
      decode_null(fields[i].kind, member);
    else
      decode_field(a, fields[i].kind, bytes, member);
  }
}
