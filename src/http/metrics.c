/* metrics: series in memory that never moves, each counted by atomic additions; a scrape reads them without stopping
 * anybody. Durations fall into fixed buckets from 1 ms to 30 s. */
#include "shienkin/http/metrics.h"

#include <stdatomic.h>

enum { BLOCK = 64, BUCKETS = 14 };

static const int64_t bucket_ms[BUCKETS] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000 };
static const char *const bucket_text[BUCKETS] = { "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1",
                                                  "0.2",   "0.5",   "1.0",   "2.0",  "5.0",  "10.0", "30.0" };

struct series {
  const struct metric_family *family;
  char *labels;
  _Atomic uint64_t count; /* counter; count of a histogram */
  _Atomic int64_t value;  /* gauge */
  _Atomic uint64_t sum_us;
  _Atomic uint64_t buckets[BUCKETS]; /* each its own share; made cumulative when rendered */
  int64_t (*ask)(void *context);
  void *context;
};

struct block {
  struct block *next;
  struct series items[BLOCK];
};

struct metrics {
  struct block *first, *last;
  int count;
};

struct metrics *metrics_new(void) {
  struct metrics *m = mem_alloc(sizeof *m);
  if (m) *m = (struct metrics){ 0 };
  return m;
}

static struct series *series_at(const struct metrics *m, int n) {
  assert(n >= 0 && n < m->count && "a series that was made");
  struct block *b = m->first;
  for (; n >= BLOCK; n -= BLOCK) b = b->next;
  return &b->items[n];
}

void metrics_free(struct metrics *m) {
  if (!m) return;
  for (int i = 0; i < m->count; i++) mem_free(series_at(m, i)->labels);
  for (struct block *b = m->first, *next; b; b = next) {
    next = b->next;
    mem_free(b);
  }
  mem_free(m);
}

static void check_family(const struct metric_family *family) {
  str name = str_of(family->name);
  if (family->kind == METRIC_COUNTER) assert(str_ends(name, STR("_total")) && "counters end in _total");
  if (family->kind == METRIC_SECONDS) assert(str_ends(name, STR("_seconds")) && "durations end in _seconds");
  (void)name;
}

static struct block *room(struct metrics *m) {
  if (m->count % BLOCK != 0) return m->last;
  struct block *b = mem_alloc(sizeof *b);
  if (!b) return NULL;
  memset(b, 0, sizeof *b);
  if (m->last) m->last->next = b;
  m->last = b;
  if (!m->first) m->first = b;
  return b;
}

int metrics_series(struct metrics *m, const struct metric_family *family, const char *labels) {
  check_family(family);
  size_t n = strlen(labels);
  char *own = mem_alloc(n + 1);
  struct block *b = own ? room(m) : NULL;
  if (!b) {
    mem_free(own);
    return -1;
  }
  memcpy(own, labels, n + 1);
  struct series *s = &b->items[m->count % BLOCK];
  s->family = family;
  s->labels = own;
  return m->count++;
}

int metrics_gauge_asked(struct metrics *m, const struct metric_family *family, const char *labels,
                        int64_t (*ask)(void *context), void *context) {
  assert(family->kind == METRIC_GAUGE && "only a gauge is asked for its value");
  int made = metrics_series(m, family, labels);
  if (made < 0) return made;
  struct series *s = series_at(m, made);
  s->ask = ask;
  s->context = context;
  return made;
}

void metrics_add(struct metrics *m, int series, uint64_t n) {
  atomic_fetch_add_explicit(&series_at(m, series)->count, n, memory_order_relaxed);
}

void metrics_set(struct metrics *m, int series, int64_t value) {
  atomic_store_explicit(&series_at(m, series)->value, value, memory_order_relaxed);
}

void metrics_change(struct metrics *m, int series, int64_t by) {
  atomic_fetch_add_explicit(&series_at(m, series)->value, by, memory_order_relaxed);
}

void metrics_observe_us(struct metrics *m, int series, int64_t duration_us) {
  struct series *s = series_at(m, series);
  if (duration_us < 0) duration_us = 0;
  for (size_t i = 0; i < BUCKETS; i++) {
    if (duration_us > bucket_ms[i] * 1000) continue;
    atomic_fetch_add_explicit(&s->buckets[i], 1, memory_order_relaxed);
    break;
  }
  atomic_fetch_add_explicit(&s->sum_us, (uint64_t)duration_us, memory_order_relaxed);
  atomic_fetch_add_explicit(&s->count, 1, memory_order_relaxed);
}

uint64_t metrics_value(const struct metrics *m, int series) {
  const struct series *s = series_at(m, series);
  if (s->family->kind == METRIC_GAUGE) return (uint64_t)(s->ask ? s->ask(s->context) : atomic_load(&s->value));
  return atomic_load(&s->count);
}

/* ---- rendering */

static const char *kind_word(enum metric_kind kind) {
  static const char *const words[] = {
    [METRIC_COUNTER] = "counter", [METRIC_GAUGE] = "gauge", [METRIC_SECONDS] = "histogram"
  };
  return words[kind];
}

/* OpenMetrics names a counter's family without _total. */
static str family_name(const struct metric_family *family, bool openmetrics) {
  str name = str_of(family->name);
  bool cut = openmetrics && family->kind == METRIC_COUNTER;
  return cut ? str_slice(name, 0, name.n - STR("_total").n) : name;
}

static void render_head(struct buf *out, const struct metric_family *family, bool openmetrics) {
  str name = family_name(family, openmetrics);
  buf_format(out, "# HELP %.*s %s\n# TYPE %.*s %s\n", STR_ARG(name), family->help, STR_ARG(name),
             kind_word(family->kind));
  if (openmetrics && family->kind == METRIC_SECONDS) buf_format(out, "# UNIT %.*s seconds\n", STR_ARG(name));
}

static void render_histogram(struct buf *out, const struct series *s) {
  const char *name = s->family->name, *comma = s->labels[0] ? "," : "";
  uint64_t sum = 0;
  for (size_t i = 0; i < BUCKETS; i++) {
    sum += atomic_load_explicit(&s->buckets[i], memory_order_relaxed);
    buf_format(out, "%s_bucket{%s%sle=\"%s\"} %llu\n", name, s->labels, comma, bucket_text[i], (unsigned long long)sum);
  }
  /* An observation between the two loads must not make a bucket exceed the count. */
  uint64_t count = atomic_load_explicit(&s->count, memory_order_relaxed), us = atomic_load(&s->sum_us);
  if (count < sum) count = sum;
  const char *open = s->labels[0] ? "{" : "", *close = s->labels[0] ? "}" : "";
  buf_format(out, "%s_bucket{%s%sle=\"+Inf\"} %llu\n", name, s->labels, comma, (unsigned long long)count);
  buf_format(out, "%s_sum%s%s%s %llu.%06llu\n", name, open, s->labels, close, (unsigned long long)(us / 1000000),
             (unsigned long long)(us % 1000000));
  buf_format(out, "%s_count%s%s%s %llu\n", name, open, s->labels, close, (unsigned long long)count);
}

static void render_series(struct buf *out, const struct metrics *m, int n) {
  const struct series *s = series_at(m, n);
  const char *open = s->labels[0] ? "{" : "", *close = s->labels[0] ? "}" : "";
  if (s->family->kind == METRIC_SECONDS) {
    render_histogram(out, s);
  } else if (s->family->kind == METRIC_GAUGE) {
    buf_format(out, "%s%s%s%s %lld\n", s->family->name, open, s->labels, close, (long long)metrics_value(m, n));
  } else {
    buf_format(out, "%s%s%s%s %llu\n", s->family->name, open, s->labels, close,
               (unsigned long long)metrics_value(m, n));
  }
}

str metrics_render(struct arena *a, const struct metrics *m, bool openmetrics) {
  struct buf out = buf_in(a);
  bool *done = arena_zalloc(a, (size_t)m->count * sizeof *done);
  for (int i = 0; i < m->count; i++) {
    if (done[i]) continue;
    const struct metric_family *family = series_at(m, i)->family;
    render_head(&out, family, openmetrics);
    for (int j = i; j < m->count; j++) {
      if (series_at(m, j)->family != family) continue;
      done[j] = true;
      render_series(&out, m, j);
    }
  }
  if (openmetrics) buf_add(&out, STR("# EOF\n"));
  return buf_str(&out);
}
