/* config: one table of keys, three places to set them. Each place is read whole and every problem told, so that an
 * operator mends a configuration in one go. What is set later in the order file, environment, flag wins. */
#include "shienkin/base/config.h"

#include "messages.h"

#define ENVIRONMENT_PREFIX "SHIENKIN_"

enum origin { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_FLAG };
static const char *const origin_names[] = { "default", "file", "environment", "flag" };
static const char *const kind_names[] = { "text", "int", "bool", "path", "secret file" };

struct setting {
  str text;       /* p = NULL: not set and no default */
  int64_t number; /* of CONFIG_INT and CONFIG_BOOL */
  enum origin origin;
};

struct config {
  const struct config_key *keys;
  size_t count;
  struct setting *settings; /* one per key */
};

struct reading {
  struct arena *arena;
  struct config *c;
  struct findings *f;
};

/* Where a value stands: the words for people, and the line when it is in the file. */
struct place {
  enum origin origin;
  str words;
  uint32_t line;
};

static ptrdiff_t key_find(const struct config *c, str name) {
  for (size_t i = 0; i < c->count; i++)
    if (str_eq(str_of(c->keys[i].name), name)) return (ptrdiff_t)i;
  return -1;
}

static void say(const struct reading *r, const struct place *at, const struct message *m, const struct config_key *k) {
  str key = k ? str_of(k->name) : STR("");
  str least = k ? str_format(r->arena, "%lld", (long long)k->least) : STR("");
  str most = k ? str_format(r->arena, "%lld", (long long)k->most) : STR("");
  str pointer = pointer_member(r->arena, STR(""), k ? key : at->words);
  FINDING_AT(r->f, pointer, at->line, at->line ? 1 : 0, m, at->words, key, least, most);
}

/* What is wrong with `value` for the key, or NULL and *number where the kind has one. */
static const struct message *judge(const struct config_key *k, str value, int64_t *number) {
  if (value.n == 0) return &base__config_empty;
  switch (k->kind) {
    case CONFIG_INT:
      if (!str_to_int64(value, number)) return &base__config_not_integer;
      return *number < k->least || *number > k->most ? &base__config_out_of_bounds : NULL;
    case CONFIG_BOOL:
      *number = str_eq(value, STR("true"));
      return *number || str_eq(value, STR("false")) ? NULL : &base__config_not_bool;
    case CONFIG_TEXT:
    case CONFIG_PATH:
    case CONFIG_SECRET_FILE: return NULL;
  }
  assert(!"a kind of setting without a rule");
  return NULL;
}

static void set(const struct reading *r, const struct place *at, size_t index, str value) {
  struct setting *s = &r->c->settings[index];
  const struct config_key *k = &r->c->keys[index];
  if (s->origin == at->origin) {
    say(r, at, &base__config_twice, k);
    return;
  }
  int64_t number = 0;
  const struct message *wrong = judge(k, value, &number);
  if (wrong) say(r, at, wrong, k);
  *s = (struct setting){ str_copy(r->arena, value), number, at->origin };
}

static void set_by_name(const struct reading *r, const struct place *at, str name, str value) {
  ptrdiff_t index = key_find(r->c, name);
  if (index < 0)
    say(r, at, &base__config_unknown, NULL);
  else
    set(r, at, (size_t)index, value);
}

/* ---- the three places */

static void defaults(const struct reading *r) {
  for (size_t i = 0; i < r->c->count; i++) {
    const struct config_key *k = &r->c->keys[i];
    if (!k->fallback) continue;
    int64_t number = 0;
    const struct message *wrong = judge(k, str_of(k->fallback), &number);
    assert(!wrong);
    r->c->settings[i] = (struct setting){ str_of(k->fallback), number, FROM_DEFAULT };
  }
}

static void read_line(const struct reading *r, uint32_t number, str line) {
  struct place at = { FROM_FILE, str_format(r->arena, "line %u", number), number };
  if (!utf8_valid(line, NULL)) {
    say(r, &at, &base__config_not_utf8, NULL);
    return;
  }
  line = str_trim(line);
  if (line.n == 0 || line.p[0] == '#') return;
  str value, name = str_trim(str_cut(line, '=', &value));
  if (!value.p || name.n == 0)
    say(r, &at, &base__config_syntax, NULL);
  else
    set_by_name(r, &at, name, str_trim(value));
}

static void read_file(const struct reading *r, str text) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.n);
  for (uint32_t number = 1; text.n; number++) read_line(r, number, str_cut(text, '\n', &text));
}

/* "http.port" <- "HTTP_PORT": the name in capitals, with '.' and '-' as '_'. */
static bool names_key(str variable, const char *key) {
  if (variable.n != strlen(key)) return false;
  for (size_t i = 0; i < variable.n; i++) {
    char c = key[i];
    char as_variable = c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    if (variable.p[i] != as_variable) return false;
  }
  return true;
}

static void read_variable(const struct reading *r, str entry) {
  if (!str_starts(entry, STR(ENVIRONMENT_PREFIX))) return;
  str value, name = str_cut(entry, '=', &value);
  struct place at = { FROM_ENVIRONMENT, name, 0 };
  if (!utf8_valid(entry, NULL)) {
    at.words = STR(ENVIRONMENT_PREFIX "…");
    say(r, &at, &base__config_not_utf8, NULL);
    return;
  }
  str bare = str_slice(name, sizeof ENVIRONMENT_PREFIX - 1, name.n);
  for (size_t i = 0; i < r->c->count; i++) {
    if (names_key(bare, r->c->keys[i].name)) {
      set(r, &at, i, value);
      return;
    }
  }
  say(r, &at, &base__config_unknown, NULL);
}

static void read_flag(const struct reading *r, str flag) {
  str value, name = str_cut(flag, '=', &value);
  bool readable = utf8_valid(flag, NULL);
  struct place at = { FROM_FLAG, readable ? str_format(r->arena, "--%.*s", STR_ARG(name)) : STR("--…"), 0 };
  if (!readable)
    say(r, &at, &base__config_not_utf8, NULL);
  else if (!value.p)
    say(r, &at, &base__config_syntax, NULL);
  else
    set_by_name(r, &at, name, value);
}

result config_read(struct arena *a, const struct config_key *keys, size_t key_count, str file_text,
                   char *const *environment, const str *flags, size_t flag_count, struct findings *f,
                   struct config **out) {
  struct config *c = ARENA_NEW(a, struct config);
  *c = (struct config){ keys, key_count, arena_zalloc(a, key_count * sizeof(struct setting)) };
  struct reading r = { a, c, f };
  size_t problems = f->count + f->dropped;
  defaults(&r);
  read_file(&r, file_text);
  for (; environment && *environment; environment++) read_variable(&r, str_of(*environment));
  for (size_t i = 0; i < flag_count; i++) read_flag(&r, flags[i]);
  *out = c;
  return f->count + f->dropped == problems ? RESULT_OK : RESULT_REFUSED;
}

/* ---- asking */

static const struct setting *setting_of(const struct config *c, const char *name, const struct config_key **key) {
  ptrdiff_t index = key_find(c, str_of(name));
  assert(index >= 0);
  *key = &c->keys[index];
  return &c->settings[index];
}

str config_text(const struct config *c, const char *name) {
  const struct config_key *key;
  return setting_of(c, name, &key)->text;
}

int64_t config_int(const struct config *c, const char *name) {
  const struct config_key *key;
  const struct setting *s = setting_of(c, name, &key);
  assert(key->kind == CONFIG_INT);
  return s->number;
}

bool config_bool(const struct config *c, const char *name) {
  const struct config_key *key;
  const struct setting *s = setting_of(c, name, &key);
  assert(key->kind == CONFIG_BOOL);
  return s->number != 0;
}

const char *config_source(const struct config *c, const char *name) {
  const struct config_key *key;
  return origin_names[setting_of(c, name, &key)->origin];
}

/* ---- help */

static void help_key(struct buf *b, const struct config_key *k, bool japanese) {
  buf_format(b, "%s (%s", k->name, kind_names[k->kind]);
  if (k->kind == CONFIG_INT) buf_format(b, ", %lld-%lld", (long long)k->least, (long long)k->most);
  if (k->fallback) buf_format(b, japanese ? ", 既定 %s" : ", default %s", k->fallback);
  buf_add(b, STR(")\n    " ENVIRONMENT_PREFIX));
  for (const char *p = k->name; *p; p++)
    buf_byte(b, *p == '.' || *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
  buf_format(b, ", --%s=…\n    %s\n    %s\n", k->name, japanese ? k->help_ja : k->help_en,
             japanese ? k->help_en : k->help_ja);
}

str config_help(struct arena *a, const struct config_key *keys, size_t key_count, bool japanese) {
  struct buf b = buf_in(a);
  for (size_t i = 0; i < key_count; i++) help_key(&b, &keys[i], japanese);
  return buf_str(&b);
}
