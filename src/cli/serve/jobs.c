/* jobs: one thread walks the table, and each job when it is due, with a tenth of its interval as jitter, so that many
 * instances do not work in step. Several instances may do the same job at once: each step is a short transaction that looks
 * again under its locks, and what somebody else did first is passed over (service/jobs.h). */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "serve/serve.h"

enum { LIMIT = 500, FIRST_AFTER_S = 5, SECOND_US = 1000000 };

static result search_duplicates(struct serving *s, struct job_report *out) {
  return job_search_duplicates(&s->service, LIMIT, out);
}
static result rest_silent(struct serving *s, struct job_report *out) {
  return job_rest_silent(&s->service, config_int(s->config, "jobs.silence-days"), LIMIT, out);
}
static result erase_uploads(struct serving *s, struct job_report *out) { return job_erase_uploads(&s->service, LIMIT, out); }
static result notice_drafts(struct serving *s, struct job_report *out) { return job_notice_drafts(&s->service, LIMIT, out); }
static result erase_drafts(struct serving *s, struct job_report *out) { return job_erase_drafts(&s->service, LIMIT, out); }
static result rotate_keys(struct serving *s, struct job_report *out) { return job_rotate_keys(&s->service, LIMIT, out); }
static result forget_answers(struct serving *s, struct job_report *out) { return job_forget_answers(&s->service, out); }

/* Without a server nobody is told by mail; what is queued waits. */
static result send_mail(struct serving *s, struct job_report *out) {
  enum { MAILS = 50, WAIT_MS = 10000 };
  str server = config_text(s->config, "mail.server"), user = config_text(s->config, "mail.user");
  str password = config_text(s->config, "mail.password"), ca = config_text(s->config, "mail.ca");
  *out = (struct job_report){ 0, 0 };
  if (server.n == 0) return RESULT_OK;
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return RESULT_NO_MEMORY;
  struct net_mail_server where = {
    .url = str_z(a, server), .user = user.n ? str_z(a, user) : NULL, .password_file = password.n ? str_z(a, password) : NULL,
    .ca_file = ca.n ? str_z(a, ca) : NULL, .wait_ms = WAIT_MS,
  };
  struct mail_settings m = { &where, config_text(s->config, "mail.from"), config_text(s->config, "site.name-ja"),
                             config_text(s->config, "http.origin") };
  return job_send_mail(&s->service, &m, MAILS, out);
}

/* Without a scanner files are not looked at; they wait for one. */
static result scan_evidence(struct serving *s, struct job_report *out) {
  struct clamd scanner = { config_text(s->config, "evidence.scanner"), s->clock, CLAMD_WAIT_MS };
  *out = (struct job_report){ 0, 0 };
  return scanner.place.n ? job_scan_evidence(&s->service, &scanner, 1, out) : RESULT_OK;
}

static const struct job_row {
  const char *name;
  const char *interval;         /* its setting, in seconds; 0: never */
  result (*run)(struct serving *s, struct job_report *out);
  /* What may talk with others for minutes does one thing a call and is called again while there was something, this often at the
   * most, so that other jobs come to their turn and the end of the service waits for one conversation. */
  int calls;
  int64_t longest_s;            /* after runs that failed the interval is doubled up to this; 0: it stays */
} rows[] = {
  { "search_duplicates", "jobs.search-duplicates-seconds", search_duplicates, 1, 0 },
  { "rest_silent", "jobs.rest-silent-seconds", rest_silent, 1, 0 },
  { "erase_uploads", "jobs.erase-uploads-seconds", erase_uploads, 1, 0 },
  { "notice_drafts", "jobs.notice-drafts-seconds", notice_drafts, 1, 0 },
  { "erase_drafts", "jobs.erase-drafts-seconds", erase_drafts, 1, 0 },
  { "forget_answers", "jobs.forget-answers-seconds", forget_answers, 1, 0 },
  { "rotate_keys", "jobs.rotate-keys-seconds", rotate_keys, 1, 0 },
  { "send_mail", "jobs.send-mail-seconds", send_mail, 1, 0 },
  { "scan_evidence", "jobs.scan-evidence-seconds", scan_evidence, 20, 900 },
};

static const struct metric_family runs = { "shienkin_job_runs_total", METRIC_COUNTER, "Runs of a job by how they ended" };
static const struct metric_family steps = { "shienkin_job_steps_total", METRIC_COUNTER, "What jobs did, one by one, by how it ended" };
static const struct metric_family durations = { "shienkin_job_duration_seconds", METRIC_SECONDS, "How long a run of a job took" };
static const struct metric_family last = { "shienkin_job_last_success_timestamp_seconds", METRIC_GAUGE,
                                           "When a job last ran without a failure" };

struct job_state { int64_t due_us; int failures; /* in a row */ int good, bad, done, failed, duration, last; };

struct jobs {
  struct serving *serving;
  pthread_t thread;
  pthread_mutex_t mutex;
  pthread_cond_t wakes;
  bool runs, ends;              /* there is a thread; it shall end */
  struct job_state states[COUNT_OF(rows)];
};

static int series(struct jobs *j, const struct metric_family *family, const char *name, const char *more) {
  struct serving *s = j->serving;
  return metrics_series(s->metrics, family, str_z(s->arena, str_format(s->arena, "job=\"%s\"%s", name, more)));
}

static bool make_series(struct jobs *j) {
  bool made = true;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct job_state *state = &j->states[i];
    state->good = series(j, &runs, rows[i].name, ",result=\"ok\"");
    state->bad = series(j, &runs, rows[i].name, ",result=\"failed\"");
    state->done = series(j, &steps, rows[i].name, ",result=\"done\"");
    state->failed = series(j, &steps, rows[i].name, ",result=\"failed\"");
    state->duration = series(j, &durations, rows[i].name, "");
    state->last = series(j, &last, rows[i].name, "");
    made = made && state->good >= 0 && state->bad >= 0 && state->done >= 0 && state->failed >= 0 && state->duration >= 0 &&
           state->last >= 0;
  }
  return made;
}

static int64_t interval_us(const struct jobs *j, size_t i) { return config_int(j->serving->config, rows[i].interval) * SECOND_US; }

static int64_t next_due_us(const struct jobs *j, size_t i, int64_t now_us) {
  int64_t every_us = interval_us(j, i), longest_us = rows[i].longest_s * SECOND_US;
  if (every_us == 0) return INT64_MAX;
  for (int k = 0; k < j->states[i].failures && every_us < longest_us; k++) every_us = 2 * every_us < longest_us ? 2 * every_us : longest_us;
  return now_us + every_us + (int64_t)randomness_below(&j->serving->randomness, (uint64_t)every_us / 10 + 1);
}

static bool has_ended(struct jobs *j) {
  pthread_mutex_lock(&j->mutex);
  bool ends = j->ends;
  pthread_mutex_unlock(&j->mutex);
  return ends;
}

static result call(struct jobs *j, size_t i, struct job_report *sum) {
  result r = RESULT_OK;
  bool more = true;
  for (int k = 0; more && k < rows[i].calls && !has_ended(j); k++) {
    struct job_report one = { 0, 0 };
    r = rows[i].run(j->serving, &one);
    sum->done += one.done;
    sum->failed += one.failed;
    more = r == RESULT_OK && one.done + one.failed > 0;
  }
  return r;
}

static void run_one(struct jobs *j, size_t i) {
  struct serving *s = j->serving;
  struct job_state *state = &j->states[i];
  struct job_report report = { 0, 0 };
  int64_t began_us = clock_monotonic_us(&s->clock);
  result r = call(j, i, &report);
  bool good = r == RESULT_OK && report.failed == 0;
  state->failures = r == RESULT_OK ? 0 : state->failures + 1;
  metrics_add(s->metrics, good ? state->good : state->bad, 1);
  metrics_add(s->metrics, state->done, (uint64_t)report.done);
  metrics_add(s->metrics, state->failed, (uint64_t)report.failed);
  metrics_observe_us(s->metrics, state->duration, clock_monotonic_us(&s->clock) - began_us);
  if (good) metrics_set(s->metrics, state->last, clock_now_us(&s->clock) / SECOND_US);
  if (!good || report.done)
    LOG(&s->log, good ? LOG_INFO : LOG_WARNING, "job", LOG_S("job", str_of(rows[i].name)), LOG_S("result", str_of(result_name(r))),
        LOG_I("done", report.done), LOG_I("failed", report.failed));
  state->due_us = next_due_us(j, i, clock_monotonic_us(&s->clock));
}

/* Waits until the first is due; true: it is the end. */
static bool wait_until(struct jobs *j, int64_t due_us) {
  struct timespec until = { .tv_sec = due_us / SECOND_US, .tv_nsec = due_us % SECOND_US * 1000 };
  pthread_mutex_lock(&j->mutex);
  for (int waited = 0; !j->ends && waited == 0;)
    waited = due_us == INT64_MAX ? pthread_cond_wait(&j->wakes, &j->mutex) : pthread_cond_timedwait(&j->wakes, &j->mutex, &until);
  bool ends = j->ends;
  pthread_mutex_unlock(&j->mutex);
  return ends;
}

static void *work(void *argument) {
  struct jobs *j = argument;
  for (;;) {
    size_t first = 0;
    for (size_t i = 1; i < COUNT_OF(rows); i++)
      if (j->states[i].due_us < j->states[first].due_us) first = i;
    if (wait_until(j, j->states[first].due_us)) return NULL;
    run_one(j, first);
  }
}

static void init_waiting(struct jobs *j) {
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&j->wakes, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&j->mutex, NULL);
}

result serve__jobs_make(struct serving *s) {
  if (!config_bool(s->config, "jobs.enabled")) return RESULT_OK;
  struct jobs *j = ARENA_NEW(s->arena, struct jobs);
  j->serving = s;
  if (!make_series(j)) return RESULT_NO_MEMORY;
  s->jobs = j;
  return RESULT_OK;
}

result serve__jobs_start(struct serving *s) {
  struct jobs *j = s->jobs;
  if (!j) return RESULT_OK;
  int64_t soon_us = clock_monotonic_us(&s->clock) + FIRST_AFTER_S * SECOND_US;
  for (size_t i = 0; i < COUNT_OF(rows); i++) j->states[i].due_us = interval_us(j, i) ? soon_us : INT64_MAX;
  init_waiting(j);
  j->runs = pthread_create(&j->thread, NULL, work, j) == 0;
  return j->runs ? RESULT_OK : RESULT_OUTSIDE;
}

void serve__jobs_stop(struct serving *s) {
  struct jobs *j = s->jobs;
  if (!j || !j->runs) return;
  pthread_mutex_lock(&j->mutex);
  j->ends = true;
  pthread_cond_signal(&j->wakes);
  pthread_mutex_unlock(&j->mutex);
  pthread_join(j->thread, NULL);
}
