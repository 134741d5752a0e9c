/* home: where a sign-in is kept, and the keys of requests whose end is not known. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "remote/remote.h"
#include "shienkin/crypto.h"

enum { KEPT_BYTES_MOST = 1 << 20, KEY_HOLDS_S = 24 * 3600 };

static const char *path_in(struct remote *r, const char *name) { return str_z(r->arena, str_format(r->arena, "%s/%s", r->home, name)); }

static bool make_folder(const char *path) { return mkdir(path, 0700) == 0 || errno == EEXIST; }

enum exit_code remote_home(struct remote *r) {
  const char *given = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  str above = given && *given == '/' ? str_of(given)
            : home && *home == '/' ? str_format(r->arena, "%s/.config", home) : STR("");
  struct stat st;
  r->home = above.n ? str_z(r->arena, str_format(r->arena, "%.*s/shienkin", STR_ARG(above))) : NULL;
  if (above.n && make_folder(str_z(r->arena, above)) && make_folder(r->home) && stat(r->home, &st) == 0 &&
      S_ISDIR(st.st_mode) && st.st_uid == geteuid() && chmod(r->home, 0700) == 0)
    return EXIT_DONE;
  remote_tell("ログインを保存するフォルダーを使えません。XDG_CONFIG_HOME か HOME を、自分だけが使えるフォルダーにしてください。",
              "The folder that keeps the sign-in cannot be used. Let XDG_CONFIG_HOME or HOME name a folder of your own.");
  return EXIT_OUTSIDE;
}

enum exit_code remote_signed_in(struct remote *r) {
  enum exit_code code = remote_home(r);
  str text;
  if (code != EXIT_DONE) return code;
  if (file_read(r->arena, path_in(r, "sign-in"), KEPT_BYTES_MOST, &text) == RESULT_OK) {
    struct json kept = remote_json(r, text);
    r->url = remote_member(&kept, "url");
    r->token = remote_member(&kept, "token");
    r->login = remote_member(&kept, "login");
    r->name = remote_member(&kept, "name");
    const struct json *ca = json_get(&kept, STR("ca"));
    r->ca_file = ca && ca->kind == JSON_KIND_TRUE ? path_in(r, "ca.pem") : NULL;
  }
  if (r->url.n && r->token.n) return EXIT_DONE;
  remote_tell("ログインしていません。まず shienkin login https://… を実行してください。",
              "You are not signed in. First run: shienkin login https://…");
  return EXIT_FINDING;
}

enum exit_code remote_keep(struct remote *r, str expires_at, str ca_pem) {
  struct buf b = buf_in(r->arena);
  struct json_writer w = json_writer_to(&b);
  const struct { const char *name; str value; } members[] = {
    { "url", r->url }, { "token", r->token }, { "login", r->login }, { "name", r->name }, { "expires_at", expires_at } };
  json_write_begin_object(&w);
  for (size_t i = 0; i < COUNT_OF(members); i++) {
    json_write_name(&w, str_of(members[i].name));
    json_write_str(&w, members[i].value);
  }
  json_write_name(&w, STR("ca"));
  json_write_bool(&w, ca_pem.n > 0);
  json_write_end_object(&w);
  buf_byte(&b, '\n');
  bool kept = (!ca_pem.n || file_replace(path_in(r, "ca.pem"), ca_pem, 0600) == RESULT_OK) &&
              file_replace(path_in(r, "sign-in"), buf_str(&b), 0600) == RESULT_OK;
  if (kept) return EXIT_DONE;
  remote_tell("ログインを保存できません。空き容量と、保存先のフォルダーの権限を確かめてください。",
              "The sign-in could not be kept. Check that there is room and that the folder may be written.");
  return EXIT_OUTSIDE;
}

void remote_forget(struct remote *r) {
  unlink(path_in(r, "sign-in"));
  unlink(path_in(r, "ca.pem"));
}

/* ---- keys */

static const char *key_path(struct remote *r, str fingerprint) {
  char hex[65];
  sha256_write(sha256_of(fingerprint), hex);
  return path_in(r, str_format(r->arena, "request-%.32s", hex).p);
}

str remote_key(struct remote *r, str fingerprint) {
  const char *path = key_path(r, fingerprint);
  struct stat st;
  str kept;
  int64_t now_s = clock_now_us(&r->clock) / 1000000;
  if (stat(path, &st) == 0 && now_s - (int64_t)st.st_mtime < KEY_HOLDS_S && file_read(r->arena, path, 200, &kept) == RESULT_OK &&
      str_trim(kept).n == 32)
    return str_trim(kept);
  unsigned char chance[16];
  struct buf b = buf_in(r->arena);
  randomness_fill(&r->randomness, chance, sizeof chance);
  for (size_t i = 0; i < sizeof chance; i++) buf_format(&b, "%02x", chance[i]);
  /* Where it cannot be kept, the request is still made once; only a later try would be another request. */
  (void)!file_replace(path, buf_str(&b), 0600);
  return buf_str(&b);
}

void remote_key_done(struct remote *r, str fingerprint) { unlink(key_path(r, fingerprint)); }
