/* keys: what the service reads once as its starter, and the certificate, which it reads again on SIGHUP.
 *
 *   secrets/master-keys      made by the first start of an embedded cluster alone: anywhere else a missing file is a loss
 *                            that a fresh one would hide
 *   secrets/cursor-key       64 hex digits; the same for all instances behind one address
 *   tls/certificate.pem      our own, for names on this machine, until a real one is set; made anew a month before its end
 *   tls/key.pem */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "messages.h"
#include "serve/keys.h"
#include "serve/serve.h"

enum { PEM_BYTES_MOST = 1 << 20, OWN_DAYS = 365, RENEW_S = 30 * 86400, NAMES_MOST = 16 };
#define SECOND_US 1000000

static const char *path_of(struct serving *s, const char *setting, const char *folder, const char *name) {
  str given = config_text(s->config, setting);
  return str_z(s->arena, given.n ? given : str_format(s->arena, "%s/%s", folder, name));
}

/* A secret that its group or others can read is none. `group`: the group may (Debian's ssl-cert). */
static result check_mode(struct findings *f, const char *path, bool group) {
  struct stat st;
  if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & (group ? 027 : 077)) == 0) return RESULT_OK;
  if (errno == ENOENT && access(path, F_OK) != 0) FINDING(f, STR(""), &cli__serve_key_missing, str_of(path));
  else FINDING(f, STR(""), &cli__serve_key_mode, str_of(path));
  return RESULT_REFUSED;
}

static bool set(struct serving *s, const char *setting) { return config_text(s->config, setting).n > 0; }

/* ---- master keys and cursor key */

result cli_cursor_key_create(const char *path, const struct randomness *r) {
  struct sha256 key;             /* 32 bytes with a writer of hex digits */
  char line[66];
  if (access(path, F_OK) == 0) return RESULT_CONFLICT;
  randomness_fill(r, key.bytes, sizeof key.bytes);
  sha256_write(key, line);
  line[64] = '\n';
  result written = file_replace(path, (str){ line, 65 }, 0600);
  bytes_wipe(line, sizeof line);
  bytes_wipe(&key, sizeof key);
  return written;
}

static result made(struct serving *s, const char *path, result r) {
  if (r == RESULT_OK || r == RESULT_CONFLICT) return RESULT_OK;
  FINDING(&s->findings, STR(""), &cli__serve_key_unmade, str_of(path));
  return RESULT_OUTSIDE;
}

result serve__keys_make(struct serving *s) {
  const char *master = path_of(s, "keys.master", s->place.secrets, "master-keys");
  const char *cursor = path_of(s, "keys.cursor", s->place.secrets, "cursor-key");
  if (s->embedded && s->place.fresh) TRY(made(s, master, master_keys_create(master, &s->randomness)));
  return set(s, "keys.cursor") ? RESULT_OK : made(s, cursor, cli_cursor_key_create(cursor, &s->randomness));
}

static result read_cursor_key(struct serving *s) {
  const char *path = path_of(s, "keys.cursor", s->place.secrets, "cursor-key");
  str text, bytes;
  TRY(check_mode(&s->findings, path, false));
  if (file_read(s->arena, path, 4096, &text) == RESULT_OK && hex_decode(s->arena, str_trim(text), &bytes) == RESULT_OK &&
      bytes.n == sizeof s->cursor_key) {
    memcpy(s->cursor_key, bytes.p, bytes.n);
    return RESULT_OK;
  }
  FINDING(&s->findings, STR(""), &cli__serve_cursor_key, str_of(path));
  return RESULT_REFUSED;
}

result serve__keys_open(struct serving *s) {
  const char *path = path_of(s, "keys.master", s->place.secrets, "master-keys");
  struct master_keys *keys;
  if (access(path, F_OK) != 0) {
    FINDING(&s->findings, STR(""), &cli__serve_master_missing, str_of(path));
    return RESULT_REFUSED;
  }
  TRY(master_keys_read(s->arena, path, &s->findings, &keys));
  s->service.keys = keys;
  return read_cursor_key(s);
}

/* ---- the certificate */

static size_t names_of(struct serving *s, const char **names) {
  size_t n = 0;
  for (str rest = config_text(s->config, "http.names"), name; rest.n > 0 && n < NAMES_MOST - 3;) {
    name = str_cut(rest, ' ', &rest);
    if (name.n) names[n++] = str_z(s->arena, name);
  }
  names[n++] = "127.0.0.1";
  names[n++] = "::1";
  str address = config_text(s->config, "http.address");
  bool one = !str_eq(address, STR("0.0.0.0")) && !str_eq(address, STR("::")) && !str_eq(address, STR("127.0.0.1"));
  if (one && !str_eq(address, STR("::1"))) names[n++] = str_z(s->arena, address);
  return n;
}

static result keep_file(struct serving *s, const char *path, str bytes, unsigned mode) {
  TRY(file_replace(path, bytes, mode));
  bool given = geteuid() != 0 || chown(path, s->place.uid, s->place.gid) == 0;
  return given ? RESULT_OK : RESULT_OUTSIDE;
}

static result make_own(struct serving *s, const char *certificate_path, const char *key_path, struct findings *f) {
  const char *names[NAMES_MOST];
  str certificate, key;
  int64_t now_s = clock_now_us(&s->clock) / SECOND_US;
  size_t count = names_of(s, names);
  result r = certificate_self_signed(s->arena, names, count, now_s - 3600, OWN_DAYS, &certificate, &key);
  if (r == RESULT_OK) r = keep_file(s, key_path, key, 0600);
  if (r == RESULT_OK) r = keep_file(s, certificate_path, certificate, 0644);
  if (r != RESULT_OK) FINDING(f, STR(""), &cli__serve_key_unmade, str_of(certificate_path));
  return r;
}

/* Missing, or over within a month; one that cannot be read is told, not replaced. */
static bool own_is_due(struct serving *s, const char *path) {
  str text;
  int64_t ends_s;
  if (file_read(s->arena, path, PEM_BYTES_MOST, &text) != RESULT_OK) return true;
  return certificate_not_after(text, &ends_s) == RESULT_OK && ends_s - clock_now_us(&s->clock) / SECOND_US < RENEW_S;
}

static result read_pem(struct serving *s, const char *path, struct findings *f, str *out) {
  result r = file_read(s->arena, path, PEM_BYTES_MOST, out);
  if (r != RESULT_OK) FINDING(f, STR(""), &cli__serve_certificate, str_of(path));
  return r == RESULT_OK ? RESULT_OK : RESULT_REFUSED;
}

result serve__certificate_read(struct serving *s, struct findings *f, str *certificate, str *key) {
  const char *certificate_path = path_of(s, "http.certificate", s->place.tls, "certificate.pem");
  const char *key_path = path_of(s, "http.key", s->place.tls, "key.pem");
  int64_t ends_s = 0;
  if (set(s, "http.certificate") != set(s, "http.key")) {
    FINDING(f, STR(""), &cli__serve_certificate_half);
    return RESULT_REFUSED;
  }
  if (!set(s, "http.key") && (own_is_due(s, certificate_path) || access(key_path, F_OK) != 0))
    TRY(make_own(s, certificate_path, key_path, f));
  TRY(check_mode(f, key_path, true));
  TRY(read_pem(s, certificate_path, f, certificate));
  TRY(read_pem(s, key_path, f, key));
  if (certificate_not_after(*certificate, &ends_s) != RESULT_OK) {
    FINDING(f, STR(""), &cli__serve_certificate, str_of(certificate_path));
    return RESULT_REFUSED;
  }
  serve__figures_certificate(s, ends_s);
  return RESULT_OK;
}
