/* Types in texts (rule 52): names of item definitions and of built-in types, and the four that take parameters. */
#include "feel/parse.h"

/* `list < T >` or `range < T >`, behind the word. */
static const struct dmn_type *parse_of(struct feel_parser *p, bool list) {
  feel_expect(p, "<");
  const struct dmn_type *of = feel_parse_type(p);
  feel_expect(p, ">");
  if (p->failed || of == NULL) return NULL;
  return list ? dmn_type_list_of(p->c->arena, of) : dmn_type_range_of(p->c->arena, of);
}

struct entry_types {
  struct dmn_type_entry *items;
  uint32_t count, capacity;
  bool unknown;
};

static void add_entry(struct feel_parser *p, struct entry_types *l, dmn_symbol name, const struct dmn_type *type) {
  if (l->count == l->capacity) {
    uint32_t capacity = l->capacity == 0 ? 4 : l->capacity * 2;
    l->items = arena_grow(p->c->arena, l->items, l->capacity * sizeof *l->items, capacity * sizeof *l->items);
    l->capacity = capacity;
  }
  l->unknown = l->unknown || type == NULL;
  l->items[l->count++] = (struct dmn_type_entry){ name, type };
}

static const struct dmn_type *parse_context_type(struct feel_parser *p) {
  struct entry_types l = { 0 };
  feel_expect(p, "<");
  do {
    dmn_symbol name = feel_parse_new_name(p, ":", false);
    feel_expect(p, ":");
    add_entry(p, &l, name, feel_parse_type(p));
  } while (feel_accept(p, ","));
  feel_expect(p, ">");
  return p->failed || l.unknown ? NULL : dmn_type_context_of(p->c->arena, l.items, l.count);
}

static const struct dmn_type *parse_function_type(struct feel_parser *p) {
  struct entry_types l = { 0 };
  feel_expect(p, "<");
  if (!feel_accept(p, ">")) {
    do {
      add_entry(p, &l, DMN_SYM_NONE, feel_parse_type(p));
    } while (feel_accept(p, ","));
    feel_expect(p, ">");
  }
  feel_expect(p, "->");
  const struct dmn_type *gives = feel_parse_type(p);
  if (p->failed || l.unknown || gives == NULL) return NULL;
  /* The name marks it as declared: what a function that fits it really gives is not known. */
  struct dmn_type *declared = ARENA_NEW(p->c->arena, struct dmn_type);
  *declared = *dmn_type_function_of(p->c->arena, l.items, l.count, gives);
  declared->name = dmn_type_print(p->c->arena, declared, p->c->symbols);
  return declared;
}

/* "list" and its like without parameters are names that no type has (table 61). */
static bool needs_parameters(str name) {
  return str_eq(name, STR("list")) || str_eq(name, STR("context")) || str_eq(name, STR("range")) ||
         str_eq(name, STR("function"));
}

static const struct dmn_type *named(struct feel_parser *p, str name) {
  const struct dmn_type *t = p->c->type_named == NULL ? NULL : p->c->type_named(p->c->type_context, name);
  return t != NULL || needs_parameters(name) ? t : dmn_type_builtin(name);
}

static const struct dmn_type *parse_named_type(struct feel_parser *p) {
  size_t from = p->at;
  struct feel_name_run run;
  feel_name_run(p->text, from, &run);
  for (uint32_t n = run.count; n > 0; n--) {
    const struct dmn_type *t = named(p, str_slice(run.spelled, 0, run.token[n - 1].spelled_n));
    if (t == NULL) continue;
    feel_move(p, run.token[n - 1].end);
    return t;
  }
  if (run.count == 0) {
    feel_fail(p, from, "feel_no_name", STR_NONE);
    return NULL;
  }
  uint32_t n = 1; /* a qualified name, as far as words and dots go */
  while (n < run.count &&
         (run.token[n].word ? !feel_keyword_infix(run.token[n].keyword) : p->text.p[run.token[n].end - 1] == '.'))
    n++;
  feel_warn(p, from, "feel_type_name", str_slice(run.spelled, 0, run.token[n - 1].spelled_n), STR_NONE, STR_NONE);
  feel_move(p, run.token[n - 1].end);
  return NULL;
}

static bool accept_with_parameters(struct feel_parser *p, const char *word) {
  str found = feel_word(p->text, p->at);
  if (!str_eq(found, str_of(word))) return false;
  size_t behind = feel_skip(p->text, p->at + found.n);
  if (behind >= p->text.n || p->text.p[behind] != '<') return false;
  feel_move(p, p->at + found.n);
  return true;
}

const struct dmn_type *feel_parse_type(struct feel_parser *p) {
  if (p->failed) return NULL;
  if (++p->depth > p->depth_limit) {
    feel_fail(p, p->at, "feel_too_deep", STR_NONE);
    return NULL;
  }
  const struct dmn_type *t;
  if (accept_with_parameters(p, "list"))
    t = parse_of(p, true);
  else if (accept_with_parameters(p, "range"))
    t = parse_of(p, false);
  else if (accept_with_parameters(p, "context"))
    t = parse_context_type(p);
  else if (accept_with_parameters(p, "function"))
    t = parse_function_type(p);
  else
    t = parse_named_type(p);
  p->depth--;
  return t;
}
