#include "bench_claims.h"

#include <stdio.h>
#include <unistd.h>

#include "messages.h"

#define CLAIMS_BYTES_MOST (64u << 20)
#define CLAIM_DAY INT64_C(27028) /* 2044-01-01: no claim of the bench lies in its future */

/* ---- rounds */

uint64_t bench_claims_decide(void *claims) {
  struct bench_claims *c = claims;
  for (size_t i = 0; i < c->count; i++) {
    struct findings f = findings_in(c->scratch);
    struct decision d;
    if (scheme_decide(c->decider, &c->facts[i], &f, &d) == RESULT_OK) c->sum += d.total_yen;
    if (f.count) arena_reset(c->scratch);
  }
  return c->count;
}

struct line_call {
  struct bench_claims *c;
  str line;
  struct buf *out;
};

static void decide_line(void *context) {
  struct line_call *call = context;
  struct bench_claims *c = call->c;
  struct findings f = findings_in(c->scratch);
  struct facts facts;
  struct decision d;
  str claim_id;
  result r = scheme_facts_read(c->scratch, call->line, CLAIM_DAY, calendar_national(), &f, &facts, &claim_id);
  if (r == RESULT_OK) r = scheme_decide(c->decider, &facts, &f, &d);
  if (r == RESULT_OK)
    scheme_decision_write(call->out, claim_id, &d, STR_NONE);
  else
    scheme_refusal_write(call->out, claim_id, &f);
  buf_byte(call->out, '\n');
}

uint64_t bench_claims_lines(void *claims) {
  struct bench_claims *c = claims;
  struct buf out = buf_in(c->out_arena);
  buf_reserve(&out, 64 << 10);
  for (size_t i = 0; i < c->count; i++) {
    struct line_call call = { c, c->lines[i], &out };
    if (arena_run(c->scratch, decide_line, &call) != RESULT_OK) c->sum--;
    arena_reset(c->scratch);
    if (out.n > 48 << 10) out.n = 0;
  }
  arena_reset(c->out_arena);
  return c->count;
}

uint64_t bench_claims_library(void *claims) {
  struct bench_claims *c = claims;
  for (size_t i = 0; i < c->count; i++) c->sum += (int64_t)json_library_round_trip(c->lines[i]);
  return c->count;
}

/* ---- reading */

static void take_line(struct arena *a, struct bench_claims *c, str line) {
  struct findings f = findings_in(a);
  struct json document;
  str claim_id;
  if (json_read(a, line, (struct json_limits){ 0, 0 }, &f, &document) != RESULT_OK) return;
  const struct json *inner = json_get(&document, STR("claim"));
  if (inner) line = json_dump(a, inner);
  result r = scheme_facts_read(a, line, CLAIM_DAY, calendar_national(), &f, &c->facts[c->count], &claim_id);
  if (r == RESULT_OK) c->lines[c->count++] = line;
}

static void take_claims(struct arena *a, struct bench_claims *c, str bytes) {
  size_t most = 1;
  for (size_t i = 0; i < bytes.n; i++) most += bytes.p[i] == '\n';
  c->lines = ARENA_ARRAY(a, str, most);
  c->facts = ARENA_ARRAY(a, struct facts, most);
  for (str rest = bytes; rest.n;) {
    str line = str_cut(rest, '\n', &rest);
    if (str_trim(line).n) take_line(a, c, line);
  }
}

bool bench_claims_open(struct bench_claims *c, struct arena *a, const struct rule_sets *sets, const char *file) {
  *c = (struct bench_claims){ .sets = sets,
                              .scratch = arena_new(0),
                              .out_arena = arena_new(0),
                              .decider = scheme_decider_new(sets, calendar_national()) };
  str bytes;
  if (!c->scratch || !c->out_arena || !c->decider) {
    fprintf(stderr, "bench: %s\n", result_name(RESULT_NO_MEMORY));
    return false;
  }
  result read = file_read(a, file, CLAIMS_BYTES_MOST, &bytes);
  if (read != RESULT_OK) {
    cli_unreadable(a, str_of(file), read);
    return false;
  }
  take_claims(a, c, bytes);
  return true;
}

void bench_claims_close(struct bench_claims *c) {
  scheme_decider_free(c->decider);
  arena_free(c->scratch);
  arena_free(c->out_arena);
}
