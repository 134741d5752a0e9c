/* login, logout: a person's session, kept for the other commands. Password and codes are asked for, never taken from the words
 * of the call, which other users of the machine can read. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "remote/remote.h"

enum { PEM_BYTES_MOST = 1 << 20 };

struct login { struct remote remote; str ca; bool demo, first_access; int argc; char **argv; enum exit_code code; };

/* ---- steps: each answers with the next one, or with the session */

static enum exit_code step(struct login *l, const char *path, const struct json_member *members, size_t count, struct json *out) {
  struct remote *r = &l->remote;
  struct net_answer answer;
  for (size_t i = 0; i < count; i++)
    if (!utf8_valid(json_text(&members[i].value), NULL)) return EXIT_FINDING;
  struct json body = json_of_object(members, count);
  struct remote_call c = { .method = "POST", .path = str_of(path), .body = json_dump(r->arena, &body), .anonymous = true };
  enum exit_code code = remote_call(r, &c, &answer);
  *out = remote_json(r, answer.body);
  return code;
}

static struct json text(str s) { return json_of_str(utf8_valid(s, NULL) ? s : STR("?")); }

static enum exit_code begin(struct login *l, struct json *said) {
  struct remote *r = &l->remote;
  struct json_member login = { STR("login"), text(r->login) };
  if (l->demo) return step(l, "/v1/sign-in/demo", &login, 1, said);
  if (!l->first_access) {
    str password = remote_ask_secret(r, "パスワード", "Password");
    struct json_member members[] = { login, { STR("password"), text(password) } };
    return step(l, "/v1/sign-in", members, 2, said);
  }
  str code = remote_ask_secret(r, "届いたコード", "The code that you were given");
  str password = remote_ask_secret(r, "新しいパスワード（12文字以上）", "A new password, of 12 characters or more");
  str again = remote_ask_secret(r, "もう一度", "Once more");
  if (!str_eq(password, again)) {
    remote_tell("二つのパスワードが違います。もう一度お試しください。", "The two passwords differ. Please try again.");
    return EXIT_FINDING;
  }
  struct json_member members[] = { login, { STR("code"), text(code) }, { STR("password"), text(password) } };
  return step(l, "/v1/sign-in/first-access", members, 3, said);
}

static enum exit_code second_factor(struct login *l, struct json *said) {
  struct json_member members[] = { { STR("ticket"), text(remote_member(said, "ticket")) },
    { STR("code"), text(remote_ask_secret(&l->remote, "確認コード（認証アプリの6桁、または回復コード）",
                                          "Code (six digits of the authenticator, or a recovery code)")) } };
  return step(l, "/v1/sign-in/second-factor", members, 2, said);
}

/* Recovery codes are shown once; they are all that helps when the telephone is lost. */
static void show_recovery_codes(struct login *l, const struct json *said) {
  const struct json *codes = json_get(said, STR("recovery_codes"));
  if (!codes || codes->kind != JSON_KIND_ARRAY) return;
  puts(cli_japanese() ? "回復コード（一度だけ表示します。紙に書いて、安全な場所にしまってください）:"
                      : "Recovery codes, shown once. Write them down and keep them in a safe place:");
  for (uint32_t i = 0; i < codes->count; i++) {
    str code = remote_plain(l->remote.arena, json_text(&codes->as.items[i]));
    printf("  %.*s\n", STR_ARG(code));
  }
}

static enum exit_code enrol(struct login *l, struct json *said) {
  struct remote *r = &l->remote;
  struct json_member members[2] = { { STR("ticket"), text(remote_member(said, "ticket")) } };
  struct json secret;
  enum exit_code code = step(l, "/v1/sign-in/totp", members, 1, &secret);
  if (code != EXIT_DONE) return code;
  str key = remote_plain(r->arena, remote_member(&secret, "secret")), uri = remote_plain(r->arena, remote_member(&secret, "uri"));
  printf(cli_japanese() ? "認証アプリに次のキーを登録してください: %.*s\n%.*s\n" : "Add this key to your authenticator: %.*s\n%.*s\n",
         STR_ARG(key), STR_ARG(uri));
  fflush(stdout);
  members[1] = (struct json_member){ STR("code"), text(remote_ask_secret(r, "認証アプリに出た6桁", "The six digits that it shows")) };
  code = step(l, "/v1/sign-in/totp/confirm", members, 2, said);
  if (code == EXIT_DONE) show_recovery_codes(l, said);
  return code;
}

/* ---- the story */

static enum exit_code read_ca(struct login *l, str *pem) {
  *pem = STR("");
  if (!l->ca.n) return EXIT_DONE;
  l->remote.ca_file = str_z(l->remote.arena, l->ca);
  result r = file_read(l->remote.arena, l->remote.ca_file, PEM_BYTES_MOST, pem);
  if (r == RESULT_OK && pem->n) return EXIT_DONE;
  cli_unreadable(l->remote.arena, l->ca, r == RESULT_OK ? RESULT_OUTSIDE : r);
  return EXIT_OUTSIDE;
}

static enum exit_code signed_in(struct login *l, const struct json *said, str ca_pem) {
  struct remote *r = &l->remote;
  r->token = remote_member(said, "token");
  r->name = remote_member(said, "name");
  if (!r->token.n) {
    remote_tell("続きは画面で行ってください。同じアドレスをブラウザーで開くとログインできます。",
                "Please go on in a browser: open the same address and sign in there.");
    return EXIT_FINDING;
  }
  enum exit_code code = remote_keep(r, remote_member(said, "expires_at"), ca_pem);
  str name = remote_plain(r->arena, r->name.n ? r->name : r->login), until = remote_plain(r->arena, remote_member(said, "expires_at"));
  if (code == EXIT_DONE)
    printf(cli_japanese() ? "%.*s としてログインしました（%.*s まで。30分使わないと終わります）。\n"
                          : "Signed in as %.*s (until %.*s; it ends after 30 minutes without use).\n", STR_ARG(name), STR_ARG(until));
  return code;
}

static void run(void *context) {
  struct login *l = context;
  struct remote *r = &l->remote;
  struct json said;
  str ca_pem;
  l->code = remote_home(r);
  if (l->code == EXIT_DONE) l->code = read_ca(l, &ca_pem);
  if (l->code != EXIT_DONE) return;
  r->url = l->argc > 0 ? str_of(l->argv[0]) : remote_ask(r, "アドレス（https://…）", "Address (https://…)");
  while (r->url.n && r->url.p[r->url.n - 1] == '/') r->url.n--;
  r->login = l->argc > 1 ? str_of(l->argv[1]) : remote_ask(r, "ログイン名", "Login");
  l->code = begin(l, &said);
  for (int steps = 0; l->code == EXIT_DONE && steps < 3; steps++) {
    str next = remote_member(&said, "next");
    if (str_eq(next, STR("second_factor"))) l->code = second_factor(l, &said);
    else if (str_eq(next, STR("enrol_totp"))) l->code = enrol(l, &said);
    else break;
  }
  if (l->code == EXIT_DONE) l->code = signed_in(l, &said, ca_pem);
}

enum exit_code cmd_login(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct login l = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .argv = argv,
                     .code = EXIT_OUTSIDE };
  const struct cli_option options[] = { { "ca", true, &l.ca, NULL }, { "demo", false, NULL, &l.demo },
                                        { "first-access", false, NULL, &l.first_access } };
  if (!a) return EXIT_OUTSIDE;
  if (!cli_options("login", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc > 2) return cli_usage("login", "アドレスとログイン名だけを指定してください。", "Give the address and the login, no more.");
  l.argc = argc;
  return arena_run(a, run, &l) == RESULT_OK ? l.code : EXIT_OUTSIDE;
}

/* The session ends there too, where the service can be reached; here it is forgotten in any case. */
static void leave(void *context) {
  struct login *l = context;
  struct net_answer answer;
  l->code = remote_signed_in(&l->remote);
  if (l->code != EXIT_DONE) return;
  struct remote_call c = { .method = "DELETE", .path = STR("/v1/session"), .quiet = true };
  enum exit_code there = remote_call(&l->remote, &c, &answer);
  remote_forget(&l->remote);
  l->code = there == EXIT_DONE || answer.status == 401 ? EXIT_DONE : EXIT_OUTSIDE;
  if (l->code == EXIT_DONE) puts(cli_japanese() ? "ログアウトしました。" : "Signed out.");
  else remote_tell("この端末の記録は消しましたが、サービスに届きません。セッションは遅くとも30分で終わります。",
                   "Forgotten here, but the service was not reached. The session ends by itself within 30 minutes.");
}

enum exit_code cmd_logout(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct login l = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .code = EXIT_OUTSIDE };
  if (!a) return EXIT_OUTSIDE;
  if (!cli_options("logout", &argc, argv, NULL, 0)) return EXIT_USAGE;
  if (argc) return cli_usage("logout", "引数は要りません。", "It takes no arguments.");
  return arena_run(a, leave, &l) == RESULT_OK ? l.code : EXIT_OUTSIDE;
}
