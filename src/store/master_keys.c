/* master_keys: reading and making the key file.
 *
 *   # comment
 *   2026-11 <64 hex digits>          the first key wraps; the others only open what they wrapped
 *   blind-index <64 hex digits>      the key of the blind index
 *
 * Names are those that sealing_key.kek_id allows: [a-z0-9][a-z0-9.-]{0,63}. */
#include "master_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "messages.h"

static const str BLIND = STR_INIT("blind-index");
enum { FILE_BYTES_MOST = 8192 };

static bool name_valid(str name) {
  if (name.n == 0 || name.n > 64 || name.p[0] == '.' || name.p[0] == '-') return false;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (!fine) return false;
  }
  return true;
}

const struct master_key *master_keys__find(const struct master_keys *m, str name) {
  for (size_t i = 0; i < m->count; i++)
    if (str_eq(str_of(m->keys[i].name), name)) return &m->keys[i];
  return NULL;
}

static bool key_of(struct arena *a, str hex, struct seal_key *out) {
  str bytes;
  if (hex.n != 64 || hex_decode(a, hex, &bytes) != RESULT_OK) return false;
  memcpy(out->bytes, bytes.p, sizeof out->bytes);
  bytes_wipe((void *)(uintptr_t)bytes.p, bytes.n);
  return true;
}

/* One line that is neither empty nor a comment. */
static bool add_line(struct arena *a, struct master_keys *m, str line, bool *blind) {
  str hex;
  str name = str_cut(line, ' ', &hex);
  hex = str_trim(hex);
  if (str_eq(name, BLIND)) {
    if (*blind) return false;
    return *blind = key_of(a, hex, &m->blind);
  }
  if (!name_valid(name) || m->count == MASTER_KEYS_MOST || master_keys__find(m, name)) return false;
  struct master_key *key = &m->keys[m->count];
  if (!key_of(a, hex, &key->key)) return false;
  memcpy(key->name, name.p, name.n);
  key->name[name.n] = '\0';
  m->count++;
  return true;
}

static void wipe(void *keys) { bytes_wipe(keys, sizeof(struct master_keys)); }

static result read_file(struct arena *a, const char *path, struct findings *f, str *text) {
  struct stat st;
  if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
    FINDING(f, STR(""), &store__key_file_missing, str_of(path));
    return RESULT_REFUSED;
  }
  if ((st.st_mode & 077) != 0) {
    FINDING(f, STR(""), &store__key_file_mode, str_of(path));
    return RESULT_REFUSED;
  }
  if (file_read(a, path, FILE_BYTES_MOST, text) != RESULT_OK) {
    FINDING(f, STR(""), &store__key_file_missing, str_of(path));
    return RESULT_REFUSED;
  }
  return RESULT_OK;
}

result master_keys_read(struct arena *a, const char *path, struct findings *f, struct master_keys **out) {
  str text;
  TRY(read_file(a, path, f, &text));
  struct master_keys *m = ARENA_NEW(a, struct master_keys);
  arena_defer(a, wipe, m);
  size_t before = f->count;
  bool blind = false;
  uint32_t number = 0;
  for (str rest = text, line; rest.n > 0;) {
    line = str_trim(str_cut(rest, '\n', &rest));
    number++;
    if (line.n == 0 || line.p[0] == '#') continue;
    if (!add_line(a, m, line, &blind)) FINDING_AT(f, STR(""), number, 1, &store__key_file_line, str_of(path));
  }
  bytes_wipe((void *)(uintptr_t)text.p, text.n);
  if (f->count == before && (m->count == 0 || !blind)) FINDING(f, STR(""), &store__key_file_empty, str_of(path));
  if (f->count > before) return RESULT_REFUSED;
  *out = m;
  return RESULT_OK;
}

static void random_hex(const struct randomness *r, char out[65]) {
  struct sha256 key; /* 32 bytes with a writer of hex digits */
  randomness_fill(r, key.bytes, sizeof key.bytes);
  sha256_write(key, out);
  bytes_wipe(&key, sizeof key);
}

result master_keys_create(const char *path, const struct randomness *r) {
  char wrapping[65], blind[65], text[256];
  random_hex(r, wrapping);
  random_hex(r, blind);
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return access(path, F_OK) == 0 ? RESULT_CONFLICT : RESULT_OUTSIDE;
  size_t n = 0;
  const char *const parts[] = { "first ", wrapping, "\nblind-index ", blind, "\n" };
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    memcpy(text + n, parts[i], strlen(parts[i]));
    n += strlen(parts[i]);
  }
  result written = file_write_fd(fd, (str){ text, n });
  if (written == RESULT_OK && fsync(fd) != 0) written = RESULT_OUTSIDE;
  fd_close(&fd);
  bytes_wipe(text, sizeof text);
  bytes_wipe(wrapping, sizeof wrapping);
  bytes_wipe(blind, sizeof blind);
  return written;
}
