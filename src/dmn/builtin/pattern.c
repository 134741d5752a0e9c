/* pattern: matches, replace and split (table 74). Patterns are translated and compiled once for an evaluation; PCRE2
 * takes its memory from the evaluation's arena and gives nothing back, so whatever happens, nothing leaks. */
#include "builtin/pattern.h"

#include "builtin/functions.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define PATTERN_BYTES_MOST 65536u
#define MATCH_STEPS 400000u /* of backtracking, for one search */
#define MATCH_DEPTH 20000u
#define MATCH_MEMORY_KIB 20000u
#define STEPS_FOR_RUNNING_WILD 1000000u /* what a search that met a limit costs the evaluation */
#define BUCKETS 64u

struct pattern {
  str text, flags;
  pcre2_code *code; /* NULL: malformed */
  uint32_t groups;
  bool matches_nothing; /* matches the empty string, which replace and split refuse */
  struct pattern *next;
};

struct dmn_patterns {
  pcre2_general_context *memory;
  pcre2_compile_context *compiling;
  pcre2_match_context *matching;
  pcre2_match_data *found;
  struct pattern *buckets[BUCKETS];
};

/* ---- PCRE2's surroundings, in the arena */
static void *take_memory(PCRE2_SIZE n, void *arena) { return arena_alloc(arena, n); }
static void keep_memory(void *p, void *arena) {
  (void)p;
  (void)arena;
}

static struct dmn_patterns *patterns_of(struct dmn_eval *e) {
  if (e->patterns != NULL) return e->patterns;
  struct dmn_patterns *p = ARENA_NEW(e->arena, struct dmn_patterns);
  p->memory = pcre2_general_context_create(take_memory, keep_memory, e->arena);
  p->compiling = pcre2_compile_context_create(p->memory);
  pcre2_set_newline(p->compiling, PCRE2_NEWLINE_LF);
  p->matching = pcre2_match_context_create(p->memory);
  pcre2_set_match_limit(p->matching, MATCH_STEPS);
  pcre2_set_depth_limit(p->matching, MATCH_DEPTH);
  pcre2_set_heap_limit(p->matching, MATCH_MEMORY_KIB);
  p->found = pcre2_match_data_create(PATTERN_GROUPS_MOST + 1, p->memory);
  return e->patterns = p;
}

/* ---- compiling */
static pcre2_code *compile(struct dmn_eval *e, struct dmn_patterns *p, str text, str flags, uint32_t *groups) {
  struct pattern_flags f;
  str translated;
  if (text.n > PATTERN_BYTES_MOST || !pattern__flags(flags, &f)) return NULL;
  dmn_steps(e, text.n);
  if (!pattern__translate(e->arena, text, f, &translated, groups)) return NULL;
  uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
  if (f.ignore_case) options |= PCRE2_CASELESS;
  if (f.multiline) options |= PCRE2_MULTILINE;
  int error;
  PCRE2_SIZE where;
  return pcre2_compile((PCRE2_SPTR)(translated.p != NULL ? translated.p : ""), translated.n, options, &error, &where,
                       p->compiling);
}

enum search { NOT_FOUND, FOUND, RAN_WILD };

/* Searches from a byte on; where it is found stands in p->found. */
static enum search search(struct dmn_eval *e, const struct pattern *pattern, str subject, size_t from) {
  dmn_steps(e, 1 + (subject.n - from) / 64);
  struct dmn_patterns *p = e->patterns;
  int n = pcre2_match(pattern->code, (PCRE2_SPTR)(subject.p != NULL ? subject.p : ""), subject.n, from,
                      PCRE2_NO_UTF_CHECK, p->found, p->matching);
  if (n > 0) return FOUND;
  if (n == PCRE2_ERROR_NOMATCH) return NOT_FOUND;
  dmn_steps(e, STEPS_FOR_RUNNING_WILD);
  return RAN_WILD;
}

static struct pattern *pattern_of(struct dmn_eval *e, dmn_value text, dmn_value flags) {
  struct dmn_patterns *p = patterns_of(e);
  str t = dmn_text(text), f = dmn_is_null(flags) ? STR("") : dmn_text(flags);
  struct pattern **bucket = &p->buckets[(str_hash(t) ^ f.n) % BUCKETS];
  for (struct pattern *known = *bucket; known != NULL; known = known->next)
    if (str_eq(known->text, t) && str_eq(known->flags, f)) return known;
  struct pattern *made = ARENA_NEW(e->arena, struct pattern);
  *made = (struct pattern){ .text = str_copy(e->arena, t), .flags = str_copy(e->arena, f), .next = *bucket };
  made->code = compile(e, p, t, f, &made->groups);
  if (made->code != NULL) made->matches_nothing = search(e, made, STR(""), 0) == FOUND;
  *bucket = made;
  return made;
}

static dmn_value malformed(struct dmn_eval *e, dmn_value text) {
  return dmn_raise(e, DMN_DIAG_PATTERN, dmn_text(text));
}
static dmn_value ran_wild(struct dmn_eval *e) { return dmn_raise(e, DMN_DIAG_BUDGET, STR("pattern")); }

/* ---- matches */
dmn_value builtin__matches(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct pattern *p = pattern_of(e, a[1], a[2]);
  if (p->code == NULL) return malformed(e, a[1]);
  enum search found = search(e, p, dmn_text(a[0]), 0);
  return found == RAN_WILD ? ran_wild(e) : dmn_boolean(found == FOUND);
}

/* ---- replacing. A replacement is read once into pieces: text, then a group (or none). */
struct replacement_piece {
  str text;
  int group;
};
struct replacement {
  struct replacement_piece *pieces;
  size_t count;
};

/* The group that the digits at *at name: as many digits as name a group that exists; one digit at least. */
static int take_group(str s, size_t *at, uint32_t groups) {
  int n = s.p[(*at)++] - '0';
  while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9') {
    int longer = n * 10 + (s.p[*at] - '0');
    if (longer > (int)groups) break;
    n = longer;
    (*at)++;
  }
  return n;
}

/* "$N" is a group, "\$" and "\\" are themselves, any other '$' or '\' is an error; a literal replacement has none of
 * it. */
static bool read_replacement(struct arena *a, str s, bool literal, uint32_t groups, struct replacement *out) {
  *out = (struct replacement){ ARENA_ARRAY(a, struct replacement_piece, s.n + 1), 0 };
  size_t from = 0, at = 0;
  while (at < s.n) {
    char c = s.p[at];
    if (literal || (c != '\\' && c != '$')) {
      at++;
      continue;
    }
    str before = str_slice(s, from, at++);
    int group = -1;
    if (at == s.n) return false;
    if (c == '\\') {
      if (s.p[at] != '\\' && s.p[at] != '$') return false;
      from = at++;
    } else {
      if (s.p[at] < '0' || s.p[at] > '9') return false;
      group = take_group(s, &at, groups);
      from = at;
    }
    out->pieces[out->count++] = (struct replacement_piece){ before, group };
  }
  out->pieces[out->count++] = (struct replacement_piece){ str_slice(s, from, s.n), -1 };
  return true;
}

/* A group that took no part in the match, or does not exist, gives nothing. */
static void put_replacement(struct buf *b, const struct replacement *r, const PCRE2_SIZE *ends, uint32_t groups,
                            str subject) {
  for (size_t i = 0; i < r->count; i++) {
    int group = r->pieces[i].group;
    buf_add(b, r->pieces[i].text);
    if (group < 0 || group > (int)groups || ends[2 * group] == PCRE2_UNSET) continue;
    buf_add(b, str_slice(subject, ends[2 * group], ends[2 * group + 1]));
  }
}

dmn_value builtin__replace(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct pattern *p = pattern_of(e, a[1], a[3]);
  if (p->code == NULL || p->matches_nothing) return malformed(e, a[1]);
  struct replacement r;
  bool literal = memchr(p->flags.p, 'q', p->flags.n) != NULL;
  if (!read_replacement(e->arena, dmn_text(a[2]), literal, p->groups, &r)) return malformed(e, a[2]);
  str subject = dmn_text(a[0]);
  struct buf b = buf_in(e->arena);
  size_t at = 0;
  enum search found;
  while ((found = search(e, p, subject, at)) == FOUND) {
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(e->patterns->found);
    if (ends[1] == ends[0]) return malformed(e, a[1]);
    buf_add(&b, str_slice(subject, at, ends[0]));
    put_replacement(&b, &r, ends, p->groups, subject);
    at = ends[1];
  }
  if (found == RAN_WILD) return ran_wild(e);
  buf_add(&b, str_slice(subject, at, subject.n));
  return dmn__string_checked(e, buf_str(&b));
}

/* ---- splitting */
dmn_value builtin__split(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct pattern *p = pattern_of(e, a[1], dmn_null());
  if (p->code == NULL || p->matches_nothing) return malformed(e, a[1]);
  str subject = dmn_text(a[0]);
  struct dmn_list_builder parts = { .e = e };
  size_t at = 0;
  enum search found;
  while ((found = search(e, p, subject, at)) == FOUND) {
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(e->patterns->found);
    if (ends[1] == ends[0]) return malformed(e, a[1]);
    dmn_list_push(&parts, dmn_string(str_slice(subject, at, ends[0])));
    at = ends[1];
  }
  if (found == RAN_WILD) return ran_wild(e);
  dmn_list_push(&parts, dmn_string(str_slice(subject, at, subject.n)));
  return dmn_list_done(&parts);
}
