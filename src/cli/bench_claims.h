/* bench_claims: the claims of a file, decided over and over: from facts in memory, and from line to line. */
#ifndef CLI_BENCH_CLAIMS_H
#define CLI_BENCH_CLAIMS_H

#include "bench.h"
#include "shienkin/scheme.h"

struct bench_claims {
  const struct rule_sets *sets;
  struct arena *scratch; /* of one claim */
  struct arena *out_arena;
  struct scheme_decider *decider;
  str *lines;
  struct facts *facts;
  size_t count;
  int64_t sum; /* of the amounts, so that no round can be left out */
};

/* Reads claims, or acceptance cases with a claim inside; refused ones are left out. What is read lives in `a`. False: a
 * message was printed. Close it in either case. */
bool bench_claims_open(struct bench_claims *c, struct arena *a, const struct rule_sets *sets, const char *file);
void bench_claims_close(struct bench_claims *c);

/* Rounds for bench_work. */
uint64_t bench_claims_decide(void *claims);  /* inputs bound from facts in memory */
uint64_t bench_claims_lines(void *claims);   /* NDJSON to NDJSON */
uint64_t bench_claims_library(void *claims); /* the floor of that: the JSON library alone over the same lines */

#endif
