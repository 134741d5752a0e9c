#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WARM_UP_US 200000

/* Units a second over one slice of at least `slice_us`. */
static double slice_rate(const struct bench_work *work, int64_t slice_us) {
  int64_t began = clock_thread_us(), passed;
  uint64_t units = 0;
  do {
    units += work->run(work->context);
    passed = clock_thread_us() - began;
  } while (passed < slice_us);
  return (double)units * 1e6 / (double)passed;
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, size_t n) {
  qsort(values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

void bench_measure(const struct bench_pair *pair, double seconds) {
  double ours[BENCH_SLICES], floors[BENCH_SLICES], ratios[BENCH_SLICES];
  bool has_floor = pair->floor.run != NULL;
  int64_t slice_us = (int64_t)(seconds * 1e6 / BENCH_SLICES / (has_floor ? 2 : 1));
  (void)slice_rate(&pair->ours, WARM_UP_US);
  if (has_floor) (void)slice_rate(&pair->floor, WARM_UP_US);
  for (size_t i = 0; i < BENCH_SLICES; i++) {
    ours[i] = slice_rate(&pair->ours, slice_us);
    floors[i] = has_floor ? slice_rate(&pair->floor, slice_us) : 1;
    ratios[i] = ours[i] / floors[i];
  }
  printf("%-44s %12.0f %s/s\n", pair->ours.name, median(ours, BENCH_SLICES), pair->unit);
  if (has_floor)
    printf("  %-42s %12.0f %s/s   ratio %.3f\n", pair->floor.name, median(floors, BENCH_SLICES), pair->unit,
           median(ratios, BENCH_SLICES));
  fflush(stdout);
}

void bench_print_machine(void) {
  printf("%ld cores, one used; medians of %d slices taken in turn, by the time of the thread on a core\n", sysconf(_SC_NPROCESSORS_ONLN), BENCH_SLICES);
}
