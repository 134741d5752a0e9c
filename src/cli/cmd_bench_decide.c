/* bench decide: tables beside a hand-written loop; the scheme's model with and without its trace, inputs bound from facts
 * in memory; NDJSON to NDJSON beside the JSON library alone over the same lines. */
#include <stdio.h>
#include <unistd.h>

#include "bench.h"
#include "bench_table.h"
#include "commands.h"
#include "messages.h"
#include "rule_files.h"

#define CLAIMS_BYTES_MOST (64u << 20)
#define CLAIM_DAY INT64_C(27028)                 /* 2044-01-01: no claim of the bench lies in its future */

struct claims {
  struct arena *scratch;                         /* of one claim */
  struct arena *out_arena;
  struct scheme_decider *decider;
  str *lines; struct facts *facts; size_t count;
  int64_t sum;
};

static uint64_t decide_bound(void *context) {
  struct claims *c = context;
  for (size_t i = 0; i < c->count; i++) {
    struct findings f = findings_in(c->scratch);
    struct decision d;
    if (scheme_decide(c->decider, &c->facts[i], &f, &d) == RESULT_OK) c->sum += d.total_yen;
    if (f.count) arena_reset(c->scratch);
  }
  return c->count;
}

struct line_call { struct claims *c; str line; struct buf *out; };

static void decide_line(void *context) {
  struct line_call *call = context;
  struct claims *c = call->c;
  struct findings f = findings_in(c->scratch);
  struct facts facts;
  struct decision d;
  str claim_id;
  result r = scheme_facts_read(c->scratch, call->line, CLAIM_DAY, calendar_national(), &f, &facts, &claim_id);
  if (r == RESULT_OK) r = scheme_decide(c->decider, &facts, &f, &d);
  if (r == RESULT_OK) scheme_decision_write(call->out, claim_id, &d, STR_NONE);
  else scheme_refusal_write(call->out, claim_id, &f);
  buf_byte(call->out, '\n');
}

static uint64_t decide_lines(void *context) {
  struct claims *c = context;
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

static uint64_t library_alone(void *context) {
  struct claims *c = context;
  for (size_t i = 0; i < c->count; i++) c->sum += (int64_t)json_library_round_trip(c->lines[i]);
  return c->count;
}

/* Lines that are claims, or acceptance cases with a claim inside; refused ones are left out. */
static void take_line(struct arena *a, struct claims *c, str line) {
  struct findings f = findings_in(a);
  struct json document;
  str claim_id;
  if (json_read(a, line, (struct json_limits){ 0, 0 }, &f, &document) != RESULT_OK) return;
  const struct json *inner = json_get(&document, STR("claim"));
  if (inner) line = json_dump(a, inner);
  if (scheme_facts_read(a, line, CLAIM_DAY, calendar_national(), &f, &c->facts[c->count], &claim_id) != RESULT_OK) return;
  c->lines[c->count++] = line;
}

static void take_claims(struct arena *a, struct claims *c, str bytes) {
  size_t most = 1;
  for (size_t i = 0; i < bytes.n; i++) most += bytes.p[i] == '\n';
  c->lines = ARENA_ARRAY(a, str, most);
  c->facts = ARENA_ARRAY(a, struct facts, most);
  for (str rest = bytes; rest.n;) {
    str line = str_cut(rest, '\n', &rest);
    if (str_trim(line).n) take_line(a, c, line);
  }
}

static bool bench_one_table(uint32_t rows, double seconds) {
  struct bench_table *t = bench_table_new(rows);
  if (!t || !bench_table_agree(t)) {
    fprintf(stderr, "bench: the table of %u rows could not be made, or disagrees with the loop\n", rows);
    bench_table_free(t);
    return false;
  }
  char name[64];
  snprintf(name, sizeof name, "decision table, %u rows, 3 inputs", rows);
  struct bench_pair pair = { { name, bench_table_engine, t }, { "hand-written C loop", bench_table_loop, t }, "decisions" };
  bench_measure(&pair, seconds);
  bench_table_free(t);
  return true;
}

struct bench_call { double seconds; const char *file; };

static enum exit_code bench(struct arena *a, const struct rule_sets *sets, void *context) {
  const struct bench_call *call = context;
  struct claims c = { .scratch = arena_new(0), .out_arena = arena_new(0),
                      .decider = scheme_decider_new(sets, calendar_national()) };
  str bytes;
  if (!c.scratch || !c.out_arena || !c.decider) return EXIT_OUTSIDE;
  if (file_read(a, call->file, CLAIMS_BYTES_MOST, &bytes) != RESULT_OK) {
    struct findings f = findings_in(a);
    FINDING(&f, STR(""), &cli__file_unreadable, str_of(call->file), STR("open"));
    cli_print_findings(STDERR_FILENO, &f, STR(""));
    return EXIT_OUTSIDE;
  }
  take_claims(a, &c, bytes);
  bench_print_machine();
  bool tables = bench_one_table(12, call->seconds) && bench_one_table(1001, call->seconds);
  struct bench_pair plain = { { "scheme's model, inputs bound", decide_bound, &c }, { NULL, NULL, NULL }, "claims" };
  struct bench_pair lines = { { "claims, NDJSON to NDJSON", decide_lines, &c },
                              { "jansson alone, parse and dump", library_alone, &c }, "claims" };
  bench_measure(&plain, call->seconds);
  scheme_decider_trace(c.decider, true);
  plain.ours.name = "scheme's model, with its trace";
  bench_measure(&plain, call->seconds);
  scheme_decider_trace(c.decider, false);
  bench_measure(&lines, call->seconds);
  scheme_decider_free(c.decider);
  arena_free(c.scratch);
  arena_free(c.out_arena);
  return tables && c.count ? EXIT_DONE : EXIT_FINDING;
}

enum exit_code cmd_bench_decide(int argc, char **argv) {
  str rules = STR_NONE, seconds = STR("2");
  const struct cli_option options[] = { { "rules", true, &rules, NULL }, { "seconds", true, &seconds, NULL } };
  int64_t whole;
  if (!cli_options("bench decide", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (!str_to_int64(seconds, &whole) || whole < 1 || whole > 600)
    return cli_usage("bench decide", "--seconds は1から600までの整数です。", "--seconds wants a whole number from 1 to 600.");
  struct bench_call call = { (double)whole, argc ? argv[0] : "tests/acceptance/cases.ndjson" };
  return cli_with_rules(rules, bench, &call);
}
