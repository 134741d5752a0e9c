/* figures: the pools of the database and the certificate, asked for at each scrape. */
#include <stdatomic.h>

#include "serve/serve.h"

static const struct metric_family connections = { "shienkin_database_connections", METRIC_GAUGE,
                                                  "Connections to the database by role and state" };
static const struct metric_family transactions = { "shienkin_database_transactions", METRIC_GAUGE,
                                                   "Transactions since the start, by role" };
static const struct metric_family retries = { "shienkin_database_retries", METRIC_GAUGE,
                                              "Transactions that were tried again since the start, by role" };
static const struct metric_family failures = { "shienkin_database_failures", METRIC_GAUGE,
                                               "Transactions that failed since the start, by role" };
static const struct metric_family certificate = { "shienkin_certificate_not_after_timestamp_seconds", METRIC_GAUGE,
                                                  "When the certificate ends" };

struct pool_figure { struct serving *serving; enum store_realm realm; };

static struct store_figures figures_of(void *context) {
  const struct pool_figure *p = context;
  return store_figures(p->serving->service.store, p->realm);
}
static int64_t open_ones(void *context) { return figures_of(context).open; }
static int64_t busy_ones(void *context) { return figures_of(context).busy; }
static int64_t transactions_of(void *context) { return (int64_t)figures_of(context).transactions; }
static int64_t retries_of(void *context) { return (int64_t)figures_of(context).retries; }
static int64_t failures_of(void *context) { return (int64_t)figures_of(context).failures; }

static const struct { const struct metric_family *family; const char *more; int64_t (*ask)(void *context); } rows[] = {
  { &connections, ",state=\"open\"", open_ones }, { &connections, ",state=\"busy\"", busy_ones },
  { &transactions, "", transactions_of },         { &retries, "", retries_of },
  { &failures, "", failures_of },
};

static bool make_pool(struct serving *s, enum store_realm realm) {
  struct pool_figure *p = ARENA_NEW(s->arena, struct pool_figure);
  bool made = true;
  *p = (struct pool_figure){ s, realm };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const char *labels = str_z(s->arena, str_format(s->arena, "role=\"%s\"%s", store_realm_name(realm), rows[i].more));
    made = made && metrics_gauge_asked(s->metrics, rows[i].family, labels, rows[i].ask, p) >= 0;
  }
  return made;
}

/* Every family has its series together, so the rows go by family first. */
result serve__figures_make(struct serving *s) {
  s->metrics = metrics_new();
  bool made = s->metrics != NULL;
  for (enum store_realm realm = STORE_CLINIC; made && realm < STORE_REALMS; realm++) made = make_pool(s, realm);
  if (made) s->certificate_series = metrics_series(s->metrics, &certificate, "");
  return made && s->certificate_series >= 0 ? RESULT_OK : RESULT_NO_MEMORY;
}

void serve__figures_certificate(struct serving *s, int64_t ends_unix_s) {
  metrics_set(s->metrics, s->certificate_series, ends_unix_s);
}
