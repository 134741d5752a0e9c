/* upload: the bytes of one file, grown as they come. */
#include "upload.h"

struct upload { char *bytes; size_t n, capacity; };

bool upload__begin(struct http_request *r, struct http_answer *answer) {
  (void)answer;
  r->state = ARENA_NEW(r->keep, struct upload);
  return true;
}

void upload__abandon(struct http_request *r) {
  struct upload *u = r->state;
  mem_free(u->bytes);
  u->bytes = NULL;
}

bool upload__chunk(struct http_request *r, str bytes, struct http_answer *answer) {
  struct upload *u = r->state;
  if (u->capacity - u->n < bytes.n) {
    size_t capacity = u->capacity ? u->capacity : 1 << 18;
    while (capacity - u->n < bytes.n) capacity *= 2;
    char *more = mem_realloc(u->bytes, capacity);
    if (!more) {
      *answer = http_result(r, RESULT_NO_MEMORY, NULL);
      upload__abandon(r);
      return false;
    }
    u->bytes = more;
    u->capacity = capacity;
  }
  memcpy(u->bytes + u->n, bytes.p, bytes.n);
  u->n += bytes.n;
  return true;
}

static void free_late(void *request) { upload__abandon(request); }

str upload__bytes(struct http_request *r) {
  struct upload *u = r->state;
  if (!u || !u->bytes) return STR("");
  arena_defer(r->arena, free_late, r);
  return (str){ u->bytes, u->n };
}

struct caller upload__caller(struct http_request *r, str bytes) {
  struct caller c = gate_caller(r);
  struct sha256 parts[2] = { r->fingerprint, sha256_of(bytes) };
  c.fingerprint = sha256_of((str){ (const char *)parts, sizeof parts });
  return c;
}
