/* bench: rates of two pieces of work measured side by side. Slices of both are taken in turn (A B A B …) in one run, so
 * that a machine that slows down slows both; the ratio is the median over the pairs of slices. */
#ifndef CLI_BENCH_H
#define CLI_BENCH_H

#include "command.h"

struct bench_work {
  const char *name;
  uint64_t (*run)(void *context);                /* one round; gives how many units it did */
  void *context;
};
struct bench_pair {
  struct bench_work ours, floor;                 /* floor.run NULL: nothing to hold it against */
  const char *unit;                              /* "decisions" */
};
#define BENCH_SLICES 9
/* Warms both up, then measures for about `seconds`; prints a line for each and the ratio ours / floor. */
void bench_measure(const struct bench_pair *pair, double seconds);
/* "2 cores, 2026-11-22": what a reader of the figures must know. */
void bench_print_machine(void);

#endif
