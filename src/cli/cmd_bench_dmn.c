/* bench dmn: the engine by itself, part by part: tables, the scheme's model with and without its trace, loading that
 * model, threads that share it. With --rounds a part is run so many times and nothing is timed: what instruction
 * counters want (tests/bench/instructions.sh). */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "bench_claims.h"
#include "bench_table.h"
#include "commands.h"
#include "rule_files.h"

struct bench_call {
  double seconds;
  int64_t rounds; /* 0: measure */
  str only;       /* n = 0: every part */
  const char *file;
  struct bench_claims claims;
};

/* ---- parts: each measured, or run for counting */

static bool report(const struct bench_call *call, const struct bench_pair *pair) {
  uint64_t units = 0;
  if (!call->rounds) {
    bench_measure(pair, call->seconds);
    return true;
  }
  for (int64_t i = 0; i < call->rounds; i++) units += pair->ours.run(pair->ours.context);
  printf("%s: %llu %s\n", pair->ours.name, (unsigned long long)units, pair->unit);
  return true;
}

static bool table_of(const struct bench_call *call, uint32_t rows) {
  if (!call->rounds) return bench_table_measure(rows, call->seconds);
  struct bench_table *t = bench_table_new(rows);
  if (!t) return false;
  struct bench_pair pair = { { "table", bench_table_engine, t }, { NULL, NULL, NULL }, "decisions" };
  bool done = report(call, &pair);
  bench_table_free(t);
  return done;
}

static bool table_12(struct bench_call *call) { return table_of(call, 12); }
static bool table_1001(struct bench_call *call) { return table_of(call, 1001); }

static bool scheme(struct bench_call *call) {
  struct bench_pair pair = { { "scheme's model, inputs bound", bench_claims_decide, &call->claims },
                             { NULL, NULL, NULL },
                             "claims" };
  scheme_decider_trace(call->claims.decider, false);
  return report(call, &pair);
}

static bool scheme_trace(struct bench_call *call) {
  struct bench_pair pair = { { "scheme's model, with its trace", bench_claims_decide, &call->claims },
                             { NULL, NULL, NULL },
                             "claims" };
  scheme_decider_trace(call->claims.decider, true);
  bool done = report(call, &pair);
  scheme_decider_trace(call->claims.decider, false);
  return done;
}

/* Every rule file from its bytes to a model, checked and compiled. */
static uint64_t load_models(void *context) {
  const struct bench_claims *c = context;
  for (size_t i = 0; i < c->sets->count; i++) {
    struct findings f = findings_in(c->scratch);
    struct dmn_source source = { c->sets->items[i].path, c->sets->items[i].bytes };
    struct dmn_model *model = NULL;
    if (dmn_model_load(&source, 1, NULL, &f, &model) == RESULT_OK) dmn_model_free(model);
    arena_reset(c->scratch);
  }
  return c->sets->count;
}

static bool load(struct bench_call *call) {
  struct bench_pair pair = { { "loading the scheme's model", load_models, &call->claims },
                             { NULL, NULL, NULL },
                             "models" };
  return report(call, &pair);
}

/* ---- threads that share one model, each with sessions of its own */

#define THREADS_MOST 2

struct worker {
  pthread_t thread;
  struct bench_claims claims; /* a copy: the lines and facts are shared, the decider is its own */
  const atomic_bool *stop;
  uint64_t units;
  int64_t ran_us; /* on a core */
};

static void *work(void *context) {
  struct worker *w = context;
  while (!atomic_load_explicit(w->stop, memory_order_relaxed)) w->units += bench_claims_decide(&w->claims);
  w->ran_us = clock_thread_us();
  return NULL;
}

static void wait_seconds(double seconds) {
  struct timespec pause = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
  nanosleep(&pause, NULL);
}

/* Claims a second of `count` threads together, each by its own time on a core: sharing costs nothing where two do twice
 * as much as one. 0: one of them could not be started. */
static double rate_of_threads(const struct bench_call *call, int count, double seconds) {
  struct worker workers[THREADS_MOST];
  atomic_bool stop = false;
  double rate = 0;
  int started = 0;
  for (; started < count; started++) {
    struct worker *w = &workers[started];
    *w = (struct worker){ .claims = call->claims, .stop = &stop };
    w->claims.scratch = arena_new(0);
    w->claims.decider = scheme_decider_new(call->claims.sets, calendar_national());
    if (!w->claims.scratch || !w->claims.decider || pthread_create(&w->thread, NULL, work, w) != 0) break;
  }
  if (started == count) wait_seconds(seconds);
  atomic_store(&stop, true);
  for (int i = 0; i < started; i++) {
    pthread_join(workers[i].thread, NULL);
    if (workers[i].ran_us > 0) rate += (double)workers[i].units * 1e6 / (double)workers[i].ran_us;
  }
  for (int i = 0; i < count && i <= started; i++) {
    scheme_decider_free(workers[i].claims.decider);
    arena_free(workers[i].claims.scratch);
  }
  return started == count ? rate : 0;
}

static bool threads(struct bench_call *call) {
  if (call->rounds) return true; /* nothing that repeats exactly */
  double one = rate_of_threads(call, 1, call->seconds / 2), two = rate_of_threads(call, 2, call->seconds / 2);
  printf("%-44s %12.0f claims/s\n", "threads sharing one model: 1", one);
  printf("%-44s %12.0f claims/s   ratio %.3f\n", "threads sharing one model: 2", two, one > 0 ? two / one : 0);
  return one > 0 && two > 0;
}

static bool lines(struct bench_call *call) {
  struct bench_pair pair = { { "claims, NDJSON to NDJSON", bench_claims_lines, &call->claims },
                             { "jansson alone, parse and dump", bench_claims_library, &call->claims },
                             "claims" };
  return report(call, &pair);
}

static const struct {
  const char *name;
  bool (*run)(struct bench_call *call);
} parts[] = {
  { "table-12", table_12 },
  { "table-1001", table_1001 },
  { "scheme", scheme },
  { "scheme-trace", scheme_trace },
  { "ndjson", lines },
  { "load", load },
  { "threads", threads },
};

/* ---- a table for others to measure */

struct showing {
  struct arena *arena;
  const struct bench_table *table;
};

static void print_table(void *context) {
  const struct showing *s = context;
  struct buf out = buf_in(s->arena);
  bench_table_print(s->table, &out);
  buf_byte(&out, '\n');
  cli_print(STDOUT_FILENO, buf_str(&out));
}

static enum exit_code show_table(uint32_t rows) {
  struct bench_table *t = bench_table_new(rows);
  struct showing s = { arena_new(0), t };
  bool done = t && s.arena && arena_run(s.arena, print_table, &s) == RESULT_OK;
  arena_free(s.arena);
  bench_table_free(t);
  return done ? EXIT_DONE : EXIT_OUTSIDE;
}

/* ---- the command */

static enum exit_code bench(struct arena *a, const struct rule_sets *sets, void *context) {
  struct bench_call *call = context;
  bool done = bench_claims_open(&call->claims, a, sets, call->file) && call->claims.count > 0;
  enum exit_code exit = done ? EXIT_DONE : EXIT_OUTSIDE;
  if (done && !call->rounds) bench_print_machine();
  for (size_t i = 0; done && i < COUNT_OF(parts); i++)
    if (!call->only.n || str_eq(call->only, str_of(parts[i].name)))
      if (!parts[i].run(call)) exit = EXIT_FINDING;
  bench_claims_close(&call->claims);
  return exit;
}

static bool is_part(str name) {
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (str_eq(name, str_of(parts[i].name))) return true;
  return false;
}

enum exit_code cmd_bench_dmn(int argc, char **argv) {
  str rules = STR_NONE, seconds = STR("2"), rounds = STR("0"), only = STR(""), table = STR("0");
  const struct cli_option options[] = { { "rules", true, &rules, NULL },
                                        { "seconds", true, &seconds, NULL },
                                        { "rounds", true, &rounds, NULL },
                                        { "only", true, &only, NULL },
                                        { "table", true, &table, NULL } };
  struct bench_call call = { 0 };
  int64_t whole;
  if (!cli_options("bench dmn", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (!str_to_int64(seconds, &whole) || whole < 1 || whole > 600 || !str_to_int64(rounds, &call.rounds) ||
      call.rounds < 0 || (only.n && !is_part(only)))
    return cli_usage("bench dmn",
                     "--seconds は1から600までの整数、--rounds は0以上の整数、--only は部分の名前です: table-12 "
                     "table-1001 scheme scheme-trace ndjson load threads。",
                     "--seconds wants a whole number from 1 to 600, --rounds one from 0, --only the name of a part: "
                     "table-12 table-1001 scheme scheme-trace ndjson load threads.");
  int64_t rows;
  if (!str_to_int64(table, &rows) || rows < 0 || rows > 10000)
    return cli_usage("bench dmn", "--table は10000までの行数です。", "--table wants a number of rows, at most 10000.");
  if (rows > 0) return show_table((uint32_t)rows);
  call.seconds = (double)whole;
  call.only = only;
  call.file = argc ? argv[0] : "tests/acceptance/cases.ndjson";
  return cli_with_rules(rules, RULES_IN_FORCE, bench, &call);
}
