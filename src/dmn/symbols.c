/* symbols: names as numbers. Every name that a model mentions is interned once, so that at run time two names are the
 * same when two integers are. A table may stand upon an immutable one below it (a session's upon its model's): numbers
 * run on, and what the table below knows is never interned twice, so numbers of one tower can always be compared.
 *
 * A hash table with open addressing over an array of texts; nothing is ever removed. */
#include "eval.h"

struct dmn_symbols {
  struct arena *arena;
  const struct dmn_symbols *below;
  dmn_symbol first; /* the number of texts[0] */
  uint32_t count, capacity;
  str *texts;
  uint64_t *hashes;
  uint32_t *slots;     /* 1 + index into texts; 0: empty */
  uint32_t slot_count; /* a power of two, more than twice `count` */
};

#define SYMBOLS_FIRST_CAPACITY 64u

/* White space of the FEEL grammar (rules 61, 62) beyond ASCII. */
static bool is_white(uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
         c == 0xFEFF;
}

/* Runs of white space become one space, none at the ends. A text that is normal already is given back as it is. */
static str normalised(struct arena *a, str name) {
  char *out = arena_alloc(a, name.n);
  size_t n = 0, at = 0;
  bool gap = false;
  while (at < name.n) {
    size_t from = at;
    if (is_white(utf8_next(name, &at))) {
      gap = true;
      continue;
    }
    if (gap && n > 0) out[n++] = ' ';
    gap = false;
    memcpy(out + n, name.p + from, at - from);
    n += at - from;
  }
  return (str){ out, n };
}

static bool is_normal(str name) {
  for (size_t i = 0; i < name.n; i++) {
    unsigned char c = (unsigned char)name.p[i];
    if (c >= 0x80) return false; /* perhaps; the long way finds out */
    bool lone_space = c == ' ' && i > 0 && i + 1 < name.n && name.p[i - 1] != ' ';
    if (is_white(c) && !lone_space) return false;
  }
  return true;
}

static void rehash(struct dmn_symbols *t) {
  memset(t->slots, 0, t->slot_count * sizeof *t->slots);
  for (uint32_t i = 0; i < t->count; i++) {
    uint32_t at = (uint32_t)t->hashes[i] & (t->slot_count - 1);
    while (t->slots[at] != 0) at = (at + 1) & (t->slot_count - 1);
    t->slots[at] = i + 1;
  }
}

static void grow(struct dmn_symbols *t) {
  uint32_t capacity = t->capacity == 0 ? SYMBOLS_FIRST_CAPACITY : t->capacity * 2;
  str *texts = ARENA_ARRAY(t->arena, str, capacity);
  uint64_t *hashes = ARENA_ARRAY(t->arena, uint64_t, capacity);
  uint32_t *slots = ARENA_ARRAY(t->arena, uint32_t, (size_t)capacity * 4);
  if (t->count > 0) {
    memcpy(texts, t->texts, t->count * sizeof *texts);
    memcpy(hashes, t->hashes, t->count * sizeof *hashes);
  }
  t->texts = texts;
  t->hashes = hashes;
  t->slots = slots;
  t->capacity = capacity;
  t->slot_count = capacity * 4;
  rehash(t);
}

static dmn_symbol find_hashed(const struct dmn_symbols *t, str name, uint64_t hash) {
  for (; t != NULL; t = t->below) {
    if (t->count == 0) continue;
    for (uint32_t at = (uint32_t)hash & (t->slot_count - 1); t->slots[at] != 0; at = (at + 1) & (t->slot_count - 1)) {
      uint32_t index = t->slots[at] - 1;
      if (t->hashes[index] == hash && str_eq(t->texts[index], name)) return t->first + index;
    }
  }
  return DMN_SYM_NONE;
}

dmn_symbol dmn_symbols_intern_exact(struct dmn_symbols *t, str name) {
  uint64_t hash = str_hash(name);
  dmn_symbol found = find_hashed(t, name, hash);
  if (found != DMN_SYM_NONE) return found;
  if (t->count == t->capacity) grow(t);
  uint32_t index = t->count++;
  t->texts[index] = str_copy(t->arena, name);
  t->hashes[index] = hash;
  uint32_t at = (uint32_t)hash & (t->slot_count - 1);
  while (t->slots[at] != 0) at = (at + 1) & (t->slot_count - 1);
  t->slots[at] = index + 1;
  return t->first + index;
}

dmn_symbol dmn_symbols_intern(struct dmn_symbols *t, str name) {
  return dmn_symbols_intern_exact(t, is_normal(name) ? name : normalised(t->arena, name));
}

struct dmn_symbols *dmn_symbols_new(struct arena *a, const struct dmn_symbols *below) {
  struct dmn_symbols *t = ARENA_NEW(a, struct dmn_symbols);
  t->arena = a;
  t->below = below;
  t->first = below == NULL ? 1 : below->first + below->count;
  if (below != NULL) return t;
#define X(name, text)                                      \
  {                                                        \
    dmn_symbol s = dmn_symbols_intern_exact(t, STR(text)); \
    assert(s == DMN_SYM_##name);                           \
    (void)s;                                               \
  }
  DMN_WELL_KNOWN(X)
#undef X
  return t;
}

dmn_symbol dmn_symbols_find_exact(const struct dmn_symbols *t, str name) {
  return find_hashed(t, name, str_hash(name));
}

/* Is `text`, which is normal, what `name` becomes when it is normalised? Without memory of its own, because the table
 * may be shared by threads. */
static bool same_when_normal(str text, str name) {
  size_t t = 0, at = 0;
  bool gap = false;
  while (at < name.n) {
    size_t from = at;
    if (is_white(utf8_next(name, &at))) {
      gap = true;
      continue;
    }
    if (gap && t > 0 && (t >= text.n || text.p[t++] != ' ')) return false;
    gap = false;
    size_t n = at - from;
    if (text.n - t < n || memcmp(text.p + t, name.p + from, n) != 0) return false;
    t += n;
  }
  return t == text.n;
}

dmn_symbol dmn_symbols_find(const struct dmn_symbols *t, str name) {
  dmn_symbol found = dmn_symbols_find_exact(t, name);
  if (found != DMN_SYM_NONE || is_normal(name)) return found;
  for (; t != NULL; t = t->below) {
    for (uint32_t i = 0; i < t->count; i++)
      if (same_when_normal(t->texts[i], name)) return t->first + i;
  }
  return DMN_SYM_NONE;
}

/* The table of the tower in which `s` was interned. */
static const struct dmn_symbols *home(const struct dmn_symbols *t, dmn_symbol s) {
  while (s < t->first) t = t->below;
  assert(s - t->first < t->count);
  return t;
}

str dmn_symbols_text(const struct dmn_symbols *t, dmn_symbol s) {
  t = home(t, s);
  return t->texts[s - t->first];
}

uint64_t dmn_symbols_hash(const struct dmn_symbols *t, dmn_symbol s) {
  t = home(t, s);
  return t->hashes[s - t->first];
}

bool dmn_symbols_comparable(const struct dmn_symbols *a, const struct dmn_symbols *b) {
  for (const struct dmn_symbols *t = a; t != NULL; t = t->below)
    if (t == b) return true;
  for (const struct dmn_symbols *t = b; t != NULL; t = t->below)
    if (t == a) return true;
  return false;
}

/* ---- names while evaluating */
static struct dmn_symbols *own_table(struct dmn_eval *e) {
  if (e->own_symbols == NULL) e->own_symbols = dmn_symbols_new(e->arena, e->symbols);
  return e->own_symbols;
}

dmn_symbol dmn_intern_exact(struct dmn_eval *e, str name) {
  if (e->own_symbols == NULL && e->symbols != NULL) {
    dmn_symbol found = dmn_symbols_find_exact(e->symbols, name);
    if (found != DMN_SYM_NONE) return found;
  }
  return dmn_symbols_intern_exact(own_table(e), name);
}

dmn_symbol dmn_intern(struct dmn_eval *e, str name) {
  return dmn_intern_exact(e, is_normal(name) ? name : normalised(e->arena, name));
}

const struct dmn_symbols *dmn_names(struct dmn_eval *e) {
  if (e->own_symbols != NULL) return e->own_symbols;
  return e->symbols != NULL ? e->symbols : own_table(e);
}

str dmn_symbol_text(const struct dmn_eval *e, dmn_symbol s) {
  return dmn_symbols_text(e->own_symbols != NULL ? e->own_symbols : e->symbols, s);
}
