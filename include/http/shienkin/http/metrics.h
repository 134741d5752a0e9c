/* metrics: counters, gauges and histograms for Prometheus, declared in const tables, counted without locks.
 *
 * A family is a row of a table; a series is a family with one set of label values, made before the server starts and named
 * by the number it gets. No label ever holds an id, an address or a person. Base units: seconds, bytes. */
#ifndef SHIENKIN_HTTP_METRICS_H
#define SHIENKIN_HTTP_METRICS_H

#include "shienkin/base.h"

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_SECONDS };      /* SECONDS: a histogram of durations */

struct metric_family {
  const char *name;             /* counters end in _total, durations in _seconds (asserted) */
  enum metric_kind kind;
  const char *help;
};

struct metrics;
struct metrics *metrics_new(void);                              /* NULL: no memory */
void metrics_free(struct metrics *m);
/* A series of `family` (which is declared with its first series; later ones name the same row) with labels as they stand
 * between the braces: `route="/v1/claims",code="2xx"`, or "". Before the first scrape only; -1: no memory. */
int metrics_series(struct metrics *m, const struct metric_family *family, const char *labels);
/* A gauge whose value is asked for at each scrape, on the thread of the metrics listener. */
int metrics_gauge_asked(struct metrics *m, const struct metric_family *family, const char *labels,
                        int64_t (*ask)(void *context), void *context);

void metrics_add(struct metrics *m, int series, uint64_t n);             /* counter */
void metrics_set(struct metrics *m, int series, int64_t value);          /* gauge */
void metrics_change(struct metrics *m, int series, int64_t by);          /* gauge */
void metrics_observe_us(struct metrics *m, int series, int64_t duration_us);
uint64_t metrics_value(const struct metrics *m, int series);             /* for tests: counter, or count of a histogram */

/* The text format 0.0.4, or OpenMetrics 1.0.0. */
str metrics_render(struct arena *a, const struct metrics *m, bool openmetrics);

#endif
