/* upload: the bytes of one file, grown as they come; and what is done with the largest of them. */
#include "shienkin/gate.h"

struct upload { char *bytes; size_t n, capacity; };

bool gate_upload_begin(struct http_request *r, struct http_answer *answer) {
  (void)answer;
  r->state = ARENA_NEW(r->keep, struct upload);
  return true;
}

static void let_go(void *upload) {
  struct upload *u = upload;
  mem_free(u->bytes);
  u->bytes = NULL;
}

void gate_upload_abandon(struct http_request *r) { let_go(r->state); }

bool gate_upload_chunk(struct http_request *r, str bytes, struct http_answer *answer) {
  struct upload *u = r->state;
  if (u->capacity - u->n < bytes.n) {
    size_t capacity = u->capacity ? u->capacity : 1 << 18;
    while (capacity - u->n < bytes.n) capacity *= 2;
    char *more = mem_realloc(u->bytes, capacity);
    if (!more) {
      *answer = http_result(r, RESULT_NO_MEMORY, NULL);
      gate_upload_abandon(r);
      return false;
    }
    u->bytes = more;
    u->capacity = capacity;
  }
  memcpy(u->bytes + u->n, bytes.p, bytes.n);
  u->n += bytes.n;
  return true;
}

str gate_upload_bytes(struct http_request *r) {
  struct upload *u = r->state;
  if (!u || !u->bytes) return STR("");
  arena_defer(r->arena, let_go, u);
  return (str){ u->bytes, u->n };
}

struct caller gate_upload_caller(struct http_request *r, str bytes) {
  struct caller c = gate_caller(r);
  struct sha256 parts[2] = { r->fingerprint, sha256_of(bytes) };
  c.fingerprint = sha256_of((str){ (const char *)parts, sizeof parts });
  return c;
}

/* ---- a roster's file: what is read from it takes more than a request's arena holds, so that the call gets one of its own */

enum { ROSTER_ARENA_BYTES = 1 << 30 };

struct taking {
  struct gate *gate;
  struct arena *arena;
  const struct roster_import_request *request;
  struct caller caller;
  struct findings *findings;            /* in the request's arena, which outlives the other */
  struct service_answer *out;
  result how;
};

static void take(void *context) {
  struct taking *t = context;
  t->how = roster_import(t->gate->service, &t->caller, t->arena, t->request, t->findings, t->out);
}

static void free_arena(void *arena) { arena_free(arena); }

result gate_roster_import(struct http_request *r, const struct roster_import_request *request, struct findings *f,
                          struct service_answer *out) {
  struct arena *arena = arena_new(ROSTER_ARENA_BYTES);
  if (!arena) return RESULT_NO_MEMORY;
  /* Where the request's own arena meets its end below, no scope of this function ends. */
  arena_defer(r->arena, free_arena, arena);
  struct taking t = { .gate = gate_of(r), .arena = arena, .request = request, .caller = gate_upload_caller(r, request->bytes),
                      .findings = f, .out = out };
  TRY(arena_run(arena, take, &t));
  out->body = str_copy(r->arena, out->body);
  return t.how;
}
