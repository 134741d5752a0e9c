/* bench decide: tables beside a hand-written loop; the scheme's model with and without its trace, inputs bound from facts
 * in memory; NDJSON to NDJSON beside the JSON library alone over the same lines. */
#include <stdio.h>

#include "bench_claims.h"
#include "bench_table.h"
#include "commands.h"
#include "rule_files.h"

struct bench_call {
  double seconds;
  const char *file;
};

static enum exit_code bench(struct arena *a, const struct rule_sets *sets, void *context) {
  const struct bench_call *call = context;
  struct bench_claims c;
  if (!bench_claims_open(&c, a, sets, call->file)) {
    bench_claims_close(&c);
    return EXIT_OUTSIDE;
  }
  bench_print_machine();
  bool tables = bench_table_measure(12, call->seconds) && bench_table_measure(1001, call->seconds);
  struct bench_pair plain = { { "scheme's model, inputs bound", bench_claims_decide, &c },
                              { NULL, NULL, NULL },
                              "claims" };
  struct bench_pair lines = { { "claims, NDJSON to NDJSON", bench_claims_lines, &c },
                              { "jansson alone, parse and dump", bench_claims_library, &c },
                              "claims" };
  bench_measure(&plain, call->seconds);
  scheme_decider_trace(c.decider, true);
  plain.ours.name = "scheme's model, with its trace";
  bench_measure(&plain, call->seconds);
  scheme_decider_trace(c.decider, false);
  bench_measure(&lines, call->seconds);
  bench_claims_close(&c);
  return tables && c.count ? EXIT_DONE : EXIT_FINDING;
}

enum exit_code cmd_bench_decide(int argc, char **argv) {
  str rules = STR_NONE, seconds = STR("2");
  const struct cli_option options[] = { { "rules", true, &rules, NULL }, { "seconds", true, &seconds, NULL } };
  int64_t whole;
  if (!cli_options("bench decide", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (!str_to_int64(seconds, &whole) || whole < 1 || whole > 600)
    return cli_usage("bench decide", "--seconds は1から600までの整数です。",
                     "--seconds wants a whole number from 1 to 600.");
  struct bench_call call = { (double)whole, argc ? argv[0] : "tests/acceptance/cases.ndjson" };
  return cli_with_rules(rules, RULES_IN_FORCE, bench, &call);
}
