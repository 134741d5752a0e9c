/* Names (10.3.1.4, 10.3.1.5): tokens are matched against the names in scope and the longest match is taken; where
 * nothing is known, a name is the longest run of words up to an operator or a word of the grammar. Also paths and
 * calls, whose names follow other rules: entries of the value's type, parameters of the function. */
#include "feel/parse.h"

/* Where `n` tokens of the run end. */
static size_t end_of(const struct feel_name_run *run, uint32_t n) { return run->token[n - 1].end; }

static str spelled(const struct feel_name_run *run, uint32_t n) {
  return str_slice(run->spelled, 0, run->token[n - 1].spelled_n);
}

/* Words from the first on, until a symbol or a word that may stand behind an expression. */
static uint32_t words(const struct feel_name_run *run) {
  uint32_t n = 1;
  while (n < run->count && run->token[n].word && !feel_keyword_infix(run->token[n].keyword)) n++;
  return n;
}

/* ---- names in scope */
static uint32_t longest_in_scope(struct feel_parser *p, const struct feel_name_run *run, uint32_t least,
                                 struct feel_found *found) {
  for (uint32_t n = run->count; n >= least; n--) {
    feel_scope_find(p->c, p->scope, spelled(run, n), found);
    if (found->meaning != MEANS_NOTHING) return n;
  }
  return 0;
}

/* The node for what the name means where no element on the way has an entry of that name. */
static const struct feel_node *known_name(struct feel_parser *p, const struct feel_found *f, struct feel_place here) {
  switch (f->meaning) {
    case MEANS_SLOT: return feel_make_slot(p->c, f->slot, f->type, here);
    case MEANS_CODE: return f->code;
    case MEANS_BUILTIN: return feel_make_builtin_value(p->c, f->builtin, here);
    case MEANS_ENTRY:
      return feel_make_path(p->c, feel_make_slot(p->c, f->slot, NULL, here), f->symbol, f->index, f->type, here);
    default: return NULL;
  }
}

/* A name that is known outside means that, unless an element of unknown type has an entry of the name. Elements of known
 * type have the entries that their type tells, as far as a name with another meaning goes. */
static const struct feel_node *with_elements(struct feel_parser *p, const struct feel_found *f, str name,
                                             const struct feel_node *node, struct feel_place here) {
  bool known = node != NULL;
  for (uint32_t i = f->maybe_count; i-- > 0;) {
    if (known && f->maybe[i].closed) continue;
    dmn_symbol symbol = dmn_symbols_intern(p->c->symbols, name);
    node = feel_make_maybe(p->c, f->maybe[i].slot, symbol, f->maybe[i].closed, node, here);
  }
  return node;
}

static void warn_unknown(struct feel_parser *p, size_t from, str name) {
  if (p->c->named_elsewhere != NULL && p->c->named_elsewhere(p->c->type_context, name)) {
    feel_warn(p, from, "feel_name_undrawn", name, STR_NONE, STR_NONE);
    return;
  }
  str near = feel_scope_nearest(p->c, p->scope, name);
  feel_warn(p, from, near.n > 0 ? "feel_name_near" : "feel_name", name, near, STR_NONE);
}

/* Every element whose type is known lacks the name: it may have more entries than its type tells, but likely it is an
 * error. */
static bool all_closed(const struct feel_found *f) {
  for (uint32_t i = 0; i < f->maybe_count; i++)
    if (!f->maybe[i].closed) return false;
  return true;
}

static const struct feel_node *unknown_name(struct feel_parser *p, const struct feel_name_run *run, size_t from) {
  uint32_t n = words(run);
  str name = str_copy(p->c->arena, spelled(run, n));
  struct feel_place here = feel_here(p, from);
  struct feel_found found;
  feel_scope_find(p->c, p->scope, name, &found);
  feel_move(p, end_of(run, n));
  if (all_closed(&found)) warn_unknown(p, from, name);
  if (found.maybe_count > 0) return with_elements(p, &found, name, NULL, here);
  return feel_make_fault(p->c, DMN_DIAG_NAME, name, here);
}

static bool cannot_be_called(const struct dmn_type *t) {
  return t != NULL && t->kind != DMN_TYPE_ANY && t->kind != DMN_TYPE_FUNCTION;
}

const struct feel_node *feel_parse_name(struct feel_parser *p) {
  size_t from = p->at;
  struct feel_name_run run;
  struct feel_found found;
  feel_name_run(p->text, from, &run);
  if (run.count == 0) return feel_fail(p, from, "feel_name_long", STR_NONE);
  bool keyword = run.token[0].keyword != KEYWORD_NONE;
  uint32_t n = longest_in_scope(p, &run, keyword ? 2 : 1, &found);
  if (n == 0 && keyword) return feel_parse_keyword(p);
  bool more = n > 0 && n < run.count && run.token[n].word && !feel_keyword_infix(run.token[n].keyword);
  if (n == 0 || (more && feel_scope_has_element(p->scope))) return unknown_name(p, &run, from);
  feel_move(p, end_of(&run, n));
  if (found.symbol == DMN_SYM_QUESTION) p->questions++;
  bool call = feel_at(p, "(");
  if (call && found.meaning == MEANS_SLOT && cannot_be_called(found.type) &&
      dmn_builtin_find(spelled(&run, n)) != NULL) {
    found.meaning = MEANS_BUILTIN; /* an input may be named as a built-in function is */
    found.builtin = dmn_builtin_find(spelled(&run, n));
  }
  if (call && found.meaning == MEANS_BUILTIN) return feel_parse_call(p, NULL, found.builtin, from);
  struct feel_place here = feel_here(p, from);
  return with_elements(p, &found, spelled(&run, n), known_name(p, &found, here), here);
}

/* ---- new names: keys, parameters, iterators */
dmn_symbol feel_parse_new_name(struct feel_parser *p, const char *stops, bool stop_at_in) {
  struct feel_name_run run;
  feel_name_run(p->text, p->at, &run);
  uint32_t n = 0;
  while (n < run.count && !(stop_at_in && n > 0 && run.token[n].keyword == KEYWORD_IN)) n++;
  size_t at = p->at;
  if (p->failed || n == 0 || !feel_is_name_start(utf8_next(p->text, &at))) {
    feel_fail(p, p->at, "feel_no_name", STR_NONE);
    return DMN_SYM_NONE;
  }
  dmn_symbol name = dmn_symbols_intern(p->c->symbols, spelled(&run, n));
  feel_move(p, end_of(&run, n));
  bool stopped =
      stop_at_in ? feel_at_keyword(p) == KEYWORD_IN : (!feel_at_end(p) && strchr(stops, p->text.p[p->at]) != NULL);
  if (!stopped) feel_fail(p, p->at, "feel_expected", stop_at_in ? STR("in") : str_of(stops));
  return name;
}

bool feel_at_named(const struct feel_parser *p) {
  if (feel_at_end(p)) return false;
  size_t at = p->at;
  if (!feel_is_name_start(utf8_next(p->text, &at))) return false;
  struct feel_name_run run;
  feel_name_run(p->text, p->at, &run);
  if (run.count == 0) return false;
  at = feel_skip(p->text, end_of(&run, run.count));
  return at < p->text.n && p->text.p[at] == ':';
}

/* ---- paths */
static const struct dmn_type *through_lists(const struct dmn_type *t) {
  while (t != NULL && t->kind == DMN_TYPE_LIST) t = t->of;
  return t;
}

/* The list types around `inner` as they are around what `t` holds: a path over a list gives a list. */
static const struct dmn_type *rewrapped(struct feel_parser *p, const struct dmn_type *t, const struct dmn_type *inner) {
  if (t == NULL || t->kind != DMN_TYPE_LIST) return inner;
  return dmn_type_list_of(p->c->arena, rewrapped(p, t->of, inner));
}

static uint32_t longest_entry(struct feel_parser *p, const struct feel_name_run *run, const struct dmn_type *t,
                              uint32_t *index) {
  for (uint32_t n = run->count; n > 0; n--) {
    for (uint32_t i = 0; i < t->entry_count; i++) {
      if (!str_eq(feel_spelled(p->c, t->entries[i].name), spelled(run, n))) continue;
      *index = i;
      return n;
    }
  }
  return 0;
}

/* Of a value whose type is unknown nothing tells whether `a.pre-tax` is an entry or a difference. Where the tokens
 * stand together and the model knows such a name, it is taken for that name. */
static uint32_t longest_known_together(struct feel_parser *p, const struct feel_name_run *run, uint32_t n) {
  for (uint32_t more = run->count; more > n; more--) {
    bool symbol = false, together = true;
    for (uint32_t i = n; i < more; i++) {
      symbol = symbol || !run->token[i].word;
      bool glued = run->token[i].end - run->token[i - 1].end == run->token[i].spelled_n - run->token[i - 1].spelled_n;
      together = together && glued;
    }
    if (symbol && together && run->token[more - 1].word &&
        dmn_symbols_find_exact(p->c->symbols, spelled(run, more)) != DMN_SYM_NONE)
      return more;
  }
  return n;
}

static bool is_context(const struct dmn_type *t) {
  return t != NULL && t->kind == DMN_TYPE_CONTEXT && t->entry_count > 0;
}

static void warn_no_entry(struct feel_parser *p, size_t from, const struct dmn_type *t, str name) {
  struct feel_scope *s = feel_scope_element(p->c, NULL, 0, t);
  str near = feel_scope_nearest(p->c, s, name);
  uint32_t index = UINT32_MAX;
  bool entry = near.n > 0 && (dmn_type_entry_of(t, dmn_symbols_find(p->c->symbols, near), &index), index != UINT32_MAX);
  feel_warn(p, from, entry ? "feel_entry_near" : "feel_entry", name, entry ? near : STR_NONE, STR_NONE);
}

const struct feel_node *feel_parse_path(struct feel_parser *p, const struct feel_node *base) {
  struct feel_place here = feel_here(p, p->at);
  feel_move(p, p->at + 1);
  size_t from = p->at, at = p->at;
  struct feel_name_run run;
  feel_name_run(p->text, from, &run);
  if (run.count == 0 || !feel_is_name_start(utf8_next(p->text, &at)))
    return feel_fail(p, from, "feel_no_name", STR_NONE);
  const struct dmn_type *t = through_lists(base->head.type);
  uint32_t index = 0, n = is_context(t) ? longest_entry(p, &run, t, &index) : 0;
  if (n > 0) {
    feel_move(p, end_of(&run, n));
    return feel_make_path(p->c, base, t->entries[index].name, index,
                          rewrapped(p, base->head.type, t->entries[index].type), here);
  }
  n = words(&run);
  if (t == NULL || t->kind == DMN_TYPE_ANY) n = longest_known_together(p, &run, n);
  str name = spelled(&run, n);
  if (is_context(t)) warn_no_entry(p, from, t, name);
  dmn_symbol symbol = dmn_symbols_intern(p->c->symbols, name);
  feel_move(p, end_of(&run, n));
  return feel_make_path(p->c, base, symbol, 0, NULL, here);
}

/* ---- calls */
struct argument_list {
  struct feel_parts parts;
  dmn_symbol *names;
  str *spelled;
  bool named;
};

static void add_name(struct feel_parser *p, struct argument_list *l) {
  uint32_t count = l->parts.count;
  l->names = arena_grow(p->c->arena, l->names, count * sizeof *l->names, (count + 1) * sizeof *l->names);
  l->spelled = arena_grow(p->c->arena, l->spelled, count * sizeof *l->spelled, (count + 1) * sizeof *l->spelled);
  l->names[count] = feel_parse_new_name(p, ":", false);
  if (p->failed) return;
  l->spelled[count] = feel_spelled(p->c, l->names[count]);
  feel_expect(p, ":");
}

static void parse_arguments(struct feel_parser *p, struct argument_list *l) {
  bool range_end = p->range_end;
  p->range_end = false;
  feel_expect(p, "(");
  if (!feel_accept(p, ")")) {
    l->named = feel_at_named(p);
    do {
      if (l->named) add_name(p, l);
      feel_parts_add(p, &l->parts, feel_parse_expression(p));
    } while (feel_accept(p, ","));
    feel_expect(p, ")");
  }
  p->range_end = range_end;
}

static const struct feel_node *call_builtin(struct feel_parser *p, const struct dmn_builtin *b, struct argument_list *l,
                                            size_t from) {
  struct feel_place here = feel_here(p, from);
  str name = str_of(b->name);
  if (l->named) {
    const struct feel_node *n = feel_make_call_builtin_named(p->c, b, l->spelled, l->parts.items, l->parts.count, here);
    if (n != NULL) return n;
    feel_warn(p, from, "feel_parameter", name, STR_NONE, STR_NONE);
    return feel_make_fault(p->c, DMN_DIAG_PARAMETER_NAME, name, here);
  }
  const struct feel_node *n = feel_make_call_builtin(p->c, b, l->parts.items, l->parts.count, here);
  if (feel_is_fault(n)) feel_warn(p, from, "feel_arity", name, str_format(p->c->arena, "%u", l->parts.count), STR_NONE);
  return n;
}

const struct feel_node *feel_parse_call(struct feel_parser *p, const struct feel_node *callee,
                                        const struct dmn_builtin *builtin, size_t from) {
  struct argument_list l = { 0 };
  parse_arguments(p, &l);
  if (p->failed) return feel_nothing(p);
  if (builtin != NULL) return call_builtin(p, builtin, &l, from);
  feel_check_call(p, from, callee, l.named ? l.names : NULL, l.parts.count);
  struct feel_place here = feel_here(p, from);
  if (l.named) return feel_make_call_named(p->c, callee, l.names, l.parts.items, l.parts.count, here);
  return feel_make_call(p->c, callee, l.parts.items, l.parts.count, here);
}
