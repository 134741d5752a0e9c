/* serve: the story of one service. Everything that only its starter may read is read first; then it becomes its own user,
 * and only then anybody is answered. It ends in the other order: no new connections, what was accepted is answered, jobs end, the
 * database's connections close, and whoever keeps PostgreSQL stops it last. */
#include "serve/serve.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "configuration.h"
#include "messages.h"
#include "shienkin/document.h"

enum exit_code serve__failed(struct serving *s, result why) {
  cli_print_findings(STDERR_FILENO, &s->findings, STR(""));
  if (!s->findings.count)
    fprintf(stderr, cli_japanese() ? "shienkin serve: 起動できません（%s）。\n" : "shienkin serve: it cannot start (%s).\n", result_name(why));
  LOG(&s->log, LOG_ERROR, "not_started", LOG_S("result", str_of(result_name(why))),
      LOG_S("code", s->findings.count ? str_of(s->findings.items[0].code) : STR("")));
  return why == RESULT_REFUSED || why == RESULT_CONFLICT ? EXIT_FINDING : EXIT_OUTSIDE;
}

/* ---- from settings to listening */

/* The kernel tells us of our keeper's end. Becoming another user takes this back, so it is asked for twice. */
static result tie_to_keeper(struct serving *s) {
  if (!s->keeper) return RESULT_OK;
  return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == s->keeper ? RESULT_OK : RESULT_OUTSIDE;
}

static result open_all(struct serving *s) {
  TRY(tie_to_keeper(s));
  TRY(serve__figures_make(s));
  TRY(serve__jobs_make(s));
  TRY(serve__keys_open(s));
  TRY(serve__certificate_read(s, &s->findings, &s->certificate_pem, &s->key_pem));
  TRY(serve__database_open(s));
  s->service.rules = rules_cache_new();
  if (!s->service.rules) return RESULT_NO_MEMORY;
  TRY(serve__demo_settle(s));
  TRY(serve__bind(s));
  TRY(serve__place_drop(s));
  TRY(tie_to_keeper(s));
  TRY(serve__listen(s));
  return serve__jobs_start(s);
}

static void tell_ready(struct serving *s) {
  str address = serve__address(s);
  unsigned metrics = http_server_metrics_port(s->server);
  LOG(&s->log, LOG_INFO, "ready", LOG_S("address", address), LOG_I("metrics_port", metrics), LOG_B("demo", s->demo),
      LOG_B("embedded", s->embedded));
  if (s->demo)
    printf("試用の入口: %.*s/demo （一つ押すと、その人として入れます。ブラウザーは自分で作った証明書を警告します）\n"
           "The demo: %.*s/demo (one click signs in; the browser warns of a certificate made by itself)\n"
           "合言葉 · logins: %s\n",
           STR_ARG(address), STR_ARG(address), serve__state_path(s, "demo-logins"));
  printf("READY %.*s", STR_ARG(address));
  if (metrics) printf(" metrics http://%.*s:%u/metrics", STR_ARG(config_text(s->config, "metrics.address")), metrics);
  putchar('\n');
  fflush(stdout);
}

/* ---- while it runs */

/* A certificate that cannot be used leaves the one that stands. */
static void reload(struct serving *s) {
  struct arena *own = s->arena;
  struct arena_mark mark = arena_mark(own);
  struct findings f = findings_in(own);
  str certificate, key;
  serve__log_reopen(s);
  result r = serve__certificate_read(s, &f, &certificate, &key);
  if (r == RESULT_OK) {
    r = http_server_reload_certificate(s->server, certificate, key, &f);
    bytes_wipe((char *)(uintptr_t)key.p, key.n);
  }
  LOG(&s->log, r == RESULT_OK ? LOG_INFO : LOG_ERROR, "certificate_reloaded", LOG_S("result", str_of(result_name(r))),
      LOG_S("code", f.count ? str_of(f.items[0].code) : STR("")));
  arena_release(own, mark);
}

static void wait_for_end(struct serving *s) {
  for (;;) {
    int signal = sigwaitinfo(&s->signals, NULL);
    if (signal == SIGHUP) reload(s);
    if (signal == SIGTERM || signal == SIGINT) return;
  }
}

/* Asked while the server comes to rest: a second signal means that nobody wants to wait any longer. */
static bool hurries(void *context) {
  const struct serving *s = context;
  struct timespec now = { 0 };
  int signal = sigtimedwait(&s->signals, NULL, &now);
  return signal == SIGTERM || signal == SIGINT;
}

/* ---- the end */

static void close_all(struct serving *s) {
  if (s->server) (void)http_server_stop_unless(s->server, (unsigned)config_int(s->config, "stop.grace-seconds") * 1000, hurries, s);
  serve__jobs_stop(s);
  document_previews_free(s->gate.previews);
  rules_cache_free(s->service.rules);
  if (s->service.store) serve__database_close(s);
  metrics_free(s->metrics);
}

enum exit_code serve__service(struct serving *s) {
  s->service.clock = s->clock;
  s->service.randomness = s->randomness;
  s->service.log = s->log;
  s->service.demo = s->demo;
  s->service.scans = config_text(s->config, "evidence.scanner").n > 0;
  result r = open_all(s);
  bytes_wipe((char *)(uintptr_t)s->key_pem.p, s->key_pem.n);
  enum exit_code code = EXIT_DONE;
  if (r == RESULT_OK) {
    tell_ready(s);
    wait_for_end(s);
  } else {
    code = serve__failed(s, r);
  }
  close_all(s);
  return code;
}

/* ---- before anything */

static bool is_loopback(str address) {
  return str_eq(address, STR("127.0.0.1")) || str_eq(address, STR("::1")) || str_eq(address, STR("localhost"));
}

static result judge_settings(struct serving *s) {
  size_t before = s->findings.count;
  if (s->demo && !is_loopback(config_text(s->config, "http.address")))
    FINDING(&s->findings, STR("/http.address"), &cli__serve_demo_public);
  if (!s->embedded && !config_text(s->config, "database.where").n) FINDING(&s->findings, STR("/database.where"), &cli__serve_no_database);
  if (s->embedded && config_text(s->config, "database.where").n)
    FINDING(&s->findings, STR("/database.where"), &cli__serve_two_databases);
  str scanner = config_text(s->config, "evidence.scanner");
  bool placed = !scanner.n || clamd_place_check(scanner, &s->findings) == RESULT_OK;
  return placed && s->findings.count == before ? RESULT_OK : RESULT_REFUSED;
}

static void block_signals(struct serving *s) {
  sigemptyset(&s->signals);
  sigaddset(&s->signals, SIGTERM);
  sigaddset(&s->signals, SIGINT);
  sigaddset(&s->signals, SIGHUP);
  sigaddset(&s->signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &s->signals, NULL);
  signal(SIGPIPE, SIG_IGN);
}

static enum log_level level_of(str word) {
  static const char *const words[] = { "debug", "info", "warning", "error" };
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (str_eq(word, str_of(words[i]))) return (enum log_level)i;
  return LOG_INFO;
}

enum exit_code serve_run(struct serving *s) {
  s->findings = findings_in(s->arena);
  s->clock = clock_system();
  s->randomness = randomness_system();
  s->log = (struct log){ STDERR_FILENO, level_of(config_text(s->config, "log.level")), s->clock };
  s->demo = config_bool(s->config, "demo");
  s->embedded = s->demo || config_bool(s->config, "embedded");
  umask(022);
  block_signals(s);
  result r = judge_settings(s);
  if (r == RESULT_OK) r = serve__place_settle(s);
  if (r == RESULT_OK) r = serve__keys_make(s);
  if (r != RESULT_OK) return serve__failed(s, r);
  return s->embedded ? serve__keep(s) : serve__service(s);
}
