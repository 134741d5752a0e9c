/* doctor: looks at what an operator must keep in order, and says of each thing how it is and what to do. It changes nothing.
 * What stands on this machine is looked at by the settings of `serve`; where somebody is signed in, the service is asked too. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "commands.h"
#include "configuration.h"
#include "remote/remote.h"
#include "settings.h"
#include "shienkin/net/clamd.h"
#include "shienkin/store.h"

enum { PEM_BYTES_MOST = 1 << 20, RENEW_DAYS = 30, DAY_S = 86400, SKEW_MS_MOST = 2000, DISK_LEAST_MIB = 1024, DISK_LEAST_PERCENT = 10,
       SCANNER_WAIT_MS = 5000, SCANNER_DATA_DAYS = 7 };

enum health { GOOD, LOOK, BAD };

struct doctor {
  struct remote remote;
  struct config *config;
  str state;
  int bad, looked;
  int argc;
  char **argv;
  enum exit_code code;
};

/* ---- saying */

static void say(struct doctor *d, enum health h, str about, const char *ja, const char *en) {
  static const char *const words_ja[] = { "良好", "注意", "不備" }, *const words_en[] = { "ok", "look", "BAD" };
  bool japanese = cli_japanese();
  d->looked++;
  d->bad += h == BAD;
  printf("%-4s  %.*s%s%s\n", (japanese ? words_ja : words_en)[h], STR_ARG(about), about.n ? ": " : "", japanese ? ja : en);
}

#define SAY_F(d, h, about, ja, en, ...) \
  say((d), (h), (about), str_format((d)->remote.arena, ja, __VA_ARGS__).p, str_format((d)->remote.arena, en, __VA_ARGS__).p)

static str setting(const struct doctor *d, const char *name) { return config_text(d->config, name); }
static str in_state(const struct doctor *d, const char *name) {
  return d->state.n ? str_format(d->remote.arena, "%.*s/%s", STR_ARG(d->state), name) : STR("");
}
static const char *z(const struct doctor *d, str s) { return str_z(d->remote.arena, s); }
static bool there(const struct doctor *d, str path) { return path.n && access(z(d, path), F_OK) == 0; }

/* ---- files that are secrets */

/* The key of a certificate may be its group's too (Debian's ssl-cert). */
static void check_secret(struct doctor *d, str path, bool group) {
  struct stat st;
  if (stat(z(d, path), &st) != 0) {
    if (errno == EACCES) say(d, LOOK, path, "ここからは見えません。サービスの利用者か管理者で実行してください。",
                             "It cannot be seen from here. Run this as the service's user or as root.");
    else say(d, BAD, path, "ありません。場所を確かめてください。失われたのなら、控えから戻してください。",
             "It is missing. Check where it stands; if it is lost, bring it back from its copy.");
  } else if (!S_ISREG(st.st_mode) || (st.st_mode & (group ? 027 : 077)) != 0) {
    say(d, BAD, path, "ほかの人が読めます。持ち主だけが読めるようにしてください: chmod 600", "Others can read it. Let its owner alone read it: chmod 600");
  } else {
    say(d, GOOD, path, "持ち主だけが読めます。", "Its owner alone can read it.");
  }
}

static void check_secrets(struct doctor *d) {
  static const struct { const char *setting, *own; bool needed, group; } own[] = {
    { "keys.master", "secrets/master-keys", true, false }, { "keys.cursor", "secrets/cursor-key", true, false },
    { "http.key", "tls/key.pem", false, true } };
  for (size_t i = 0; i < COUNT_OF(own); i++) {
    str given = setting(d, own[i].setting), path = given.n ? given : in_state(d, own[i].own);
    if (given.n || (own[i].needed && d->state.n) || there(d, path)) check_secret(d, path, own[i].group);
  }
  for (size_t i = 0; i < cli_setting_count; i++) {
    bool done = false;
    for (size_t k = 0; k < COUNT_OF(own); k++) done = done || strcmp(cli_settings[i].name, own[k].setting) == 0;
    str path = cli_settings[i].kind == CONFIG_SECRET_FILE && !done ? setting(d, cli_settings[i].name) : STR("");
    if (path.n) check_secret(d, path, false);
  }
}

/* ---- the certificate */

static void check_certificate(struct doctor *d) {
  bool own = !setting(d, "http.certificate").n;
  str path = own ? in_state(d, "tls/certificate.pem") : setting(d, "http.certificate"), pem;
  int64_t ends_s, now_s = clock_now_us(&d->remote.clock) / 1000000;
  if (own && !there(d, path)) return;           /* the first start makes it */
  if (file_read(d->remote.arena, z(d, path), PEM_BYTES_MOST, &pem) != RESULT_OK || certificate_not_after(pem, &ends_s) != RESULT_OK) {
    say(d, BAD, path, "証明書として読めません。PEM形式か、読む権限があるかを確かめてください。",
        "It cannot be read as a certificate. Check that it is PEM and that you may read it.");
    return;
  }
  long long days = (long long)((ends_s - now_s) / DAY_S);
  enum health h = ends_s <= now_s ? BAD : days < RENEW_DAYS && !own ? LOOK : GOOD;
  if (h == BAD) say(d, h, path, "期限が切れています。新しい証明書に替えて、サービスに SIGHUP を送ってください。",
                    "It has expired. Put a new certificate in its place and send the service SIGHUP.");
  else SAY_F(d, h, path, "あと%lld日有効です。", "It is good for %lld more days.", days);
}

/* ---- room */

static void check_disk(struct doctor *d, str path) {
  struct statvfs v;
  if (!there(d, path) || statvfs(z(d, path), &v) != 0 || v.f_blocks == 0) return;
  unsigned long long free_mib = (unsigned long long)v.f_bavail * v.f_frsize >> 20;
  unsigned percent = (unsigned)((unsigned long long)v.f_bavail * 100 / v.f_blocks);
  enum health h = free_mib < DISK_LEAST_MIB ? BAD : percent < DISK_LEAST_PERCENT ? LOOK : GOOD;
  SAY_F(d, h, path, "空き容量 %llu MiB（%u%%）。少なくなる前に増やしてください。", "%llu MiB are free (%u%%). See that it never runs out.", free_mib, percent);
}

/* ---- the scanner: it answers, and knows what is new */

static void check_scanner(struct doctor *d) {
  struct clamd scanner = { setting(d, "evidence.scanner"), d->remote.clock, SCANNER_WAIT_MS };
  struct findings f = findings_in(d->remote.arena);
  struct clamd_engine engine;
  if (!scanner.place.n) return;
  if (clamd_engine_ask(&scanner, d->remote.arena, &f, &engine) != RESULT_OK) {
    for (size_t i = 0; i < f.count; i++) say(d, BAD, STR(""), z(d, f.items[i].ja), z(d, f.items[i].en));
    return;
  }
  long long days = (long long)((clock_now_us(&d->remote.clock) / 1000000 - engine.data_unix_s) / DAY_S);
  if (!engine.data_unix_s)
    SAY_F(d, LOOK, scanner.place, "%.*s が答えます。データの日付は分かりません。freshclam が更新しているか確かめてください。",
          "%.*s answers. It does not say how old its data is: check that freshclam keeps it up to date.", STR_ARG(engine.name));
  else if (days > SCANNER_DATA_DAYS)
    SAY_F(d, LOOK, scanner.place, "データが%lld日前のものです。freshclam が動いているか確かめてください。",
          "Its data is %lld days old. Check that freshclam runs.", days);
  else SAY_F(d, GOOD, scanner.place, "%.*s が答えます。データは%lld日前のものです。", "%.*s answers; its data is %lld days old.",
             STR_ARG(engine.name), days);
}

/* ---- the database: reached, of the right schema, by logins with the rights they should have, its clock ours */

static struct store_options database_of(struct doctor *d) {
  static const enum store_realm served[] = { STORE_CLINIC, STORE_STAFF, STORE_AUDITOR };
  struct store_options o = { .clock = d->remote.clock, .randomness = d->remote.randomness,
                             .log = { .fd = STDERR_FILENO, .least = LOG_ERROR, .clock = d->remote.clock } };
  bool own = !setting(d, "database.where").n;
  o.where = own ? str_format(d->remote.arena, "host='%.*s/run' dbname=shienkin", STR_ARG(d->state)).p : z(d, setting(d, "database.where"));
  for (size_t i = 0; i < COUNT_OF(served); i++) {
    const char *realm = store_realm_name(served[i]);
    str user = setting(d, str_format(d->remote.arena, "database.%s.user", realm).p);
    str file = setting(d, str_format(d->remote.arena, "database.%s.password", realm).p);
    if (!file.n && own) file = in_state(d, str_format(d->remote.arena, "secrets/%s", realm).p);
    o.logins[served[i]] = (struct store_login){ z(d, user), file.n ? z(d, file) : NULL, 1 };
  }
  return o;
}

static void check_clock(struct doctor *d, struct store *store) {
  int64_t theirs, before = clock_now_us(&d->remote.clock);
  if (store_clock_read(store, STORE_STAFF, &theirs) != RESULT_OK) return;
  int64_t after = clock_now_us(&d->remote.clock), apart_ms = (theirs - before - (after - before) / 2) / 1000;
  bool astray = apart_ms > SKEW_MS_MOST || apart_ms < -SKEW_MS_MOST;
  if (astray) SAY_F(d, BAD, STR(""), "時計がデータベースと %lld ミリ秒違います。両方の時刻同期（NTP）を確かめてください。",
                    "The clock and the database's are %lld ms apart. Check that both keep time (NTP).", (long long)apart_ms);
  else say(d, GOOD, STR(""), "時計はデータベースと合っています。", "The clock agrees with the database's.");
}

static void check_database(struct doctor *d) {
  if (!setting(d, "database.where").n && !there(d, in_state(d, "data"))) return;
  struct store_options o = database_of(d);
  struct findings f = findings_in(d->remote.arena);
  struct store *store;
  result r = store_open(d->remote.arena, &o, &f, &store);
  for (size_t i = 0; i < f.count; i++) say(d, BAD, STR(""), z(d, f.items[i].ja), z(d, f.items[i].en));
  if (r != RESULT_OK) {
    if (!f.count) say(d, BAD, STR(""), "データベースにつながりません。動いているか、設定 database.where とパスワードのファイルを確かめてください。",
                      "The database cannot be reached. Check that it runs, and the settings database.where and the password files.");
    return;
  }
  say(d, GOOD, STR(""), "データベースにつながり、スキーマの版とロールの権限は正しいものです。",
      "The database answers; its schema and the rights of the roles are right.");
  check_clock(d, store);
  store_close(store);
}

/* ---- the service itself, where somebody is signed in */

static void check_roles(struct doctor *d) {
  struct remote_call c = { .method = "GET", .path = STR("/v1/grants"), .quiet = true };
  struct net_answer answer;
  if (remote_call(&d->remote, &c, &answer) != EXIT_DONE) {
    say(d, LOOK, d->remote.url, "役割は、制度管理者か監査人としてログインしていれば調べられます（shienkin login）。",
        "Roles can be looked at by an owner or an auditor who is signed in (shienkin login).");
    return;
  }
  struct json body = remote_json(&d->remote, answer.body);
  const struct json *roles = json_get(&body, STR("short_of_two"));
  struct buf names = buf_in(d->remote.arena);
  for (uint32_t i = 0; roles && roles->kind == JSON_KIND_ARRAY && i < roles->count; i++) {
    str role = remote_plain(d->remote.arena, json_text(&roles->as.items[i]));
    buf_format(&names, "%s%.*s", i ? " " : "", STR_ARG(role));
  }
  if (names.n) SAY_F(d, BAD, STR(""), "二人に足りない役割: %.*s。shienkin user grant で増やしてください。",
                     "Roles that two persons cannot staff: %.*s. Grant them by shienkin user grant.", STR_ARG(buf_str(&names)));
  else say(d, GOOD, STR(""), "どの役割にも二人以上います。", "Each role has two persons or more.");
}

static void check_service(struct doctor *d) {
  struct remote_call c = { .method = "GET", .path = STR("/readyz"), .anonymous = true, .quiet = true };
  struct net_answer answer;
  enum exit_code code = remote_call(&d->remote, &c, &answer);
  if (code == EXIT_DONE) say(d, GOOD, d->remote.url, "サービスは働いています。", "The service is ready.");
  else say(d, BAD, d->remote.url, "サービスが働いていません。サービスの記録を見てください。", "The service is not ready. Look at its log.");
  if (code == EXIT_DONE) check_roles(d);
}

/* ---- */

static bool is_signed_in(struct doctor *d) {
  if (remote_home(&d->remote) != EXIT_DONE) return false;
  return there(d, str_format(d->remote.arena, "%s/sign-in", d->remote.home)) && remote_signed_in(&d->remote) == EXIT_DONE;
}

static void run(void *context) {
  struct doctor *d = context;
  d->code = cli_configuration("doctor", d->remote.arena, d->argc, d->argv, &d->config);
  if (d->code != EXIT_DONE) return;
  d->state = setting(d, "state").n ? setting(d, "state") : cli_default_state(d->remote.arena, config_bool(d->config, "demo"));
  if (!there(d, d->state)) d->state = STR("");
  check_secrets(d);
  check_certificate(d);
  check_disk(d, d->state);
  check_scanner(d);
  check_database(d);
  if (is_signed_in(d)) check_service(d);
  if (!d->looked) {
    remote_tell("見るものがありません。--config か --state で、動かしているサービスの設定を指定してください。",
                "There is nothing to look at. Name the settings of the service by --config or --state.");
    d->code = EXIT_FINDING;
  }
  if (d->bad) d->code = EXIT_FINDING;
}

enum exit_code cmd_doctor(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct doctor d = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .argc = argc, .argv = argv,
                      .code = EXIT_OUTSIDE };
  return a && arena_run(a, run, &d) == RESULT_OK ? d.code : EXIT_OUTSIDE;
}
