/* Calls of built-in functions (10.3.2.13.1): the signature is chosen when the text is compiled, by the number of arguments
 * or by their names. */
#include "feel/node.h"

#define FEW_ARGUMENTS 8u

struct builtin_node {
  struct feel_node_head head;
  const struct dmn_builtin *builtin;
  const struct dmn_signature *signature;
  uint32_t count;
  const struct feel_node *arguments[]; /* NULL: an optional parameter that was not given */
};

static dmn_value run_builtin(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value few[FEW_ARGUMENTS], *values = n->count <= FEW_ARGUMENTS ? few : ARENA_ARRAY(e->arena, dmn_value, n->count);
  for (uint32_t i = 0; i < n->count; i++)
    values[i] = n->arguments[i] == NULL ? dmn_absent() : feel_run(e, n->arguments[i]);
  e->at = self;
  return dmn_builtin_call(e, n->builtin, n->signature, values, n->count);
}

/* ---- the same, for those that models call most: arguments of the kinds that they are meant for. Any others go the long
 * way, which stands apart, so that the quick ones need not save registers for it. */
__attribute__((noinline)) static dmn_value call_with(struct dmn_eval *e, const struct feel_node *self, dmn_value first,
                                                     dmn_value second) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value values[] = { first, second };
  e->at = self;
  return dmn_builtin_call(e, n->builtin, n->signature, values, n->count);
}

/* count(list[condition]) counts and makes no list. */
static dmn_value run_count_filter(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value v;
  if (feel_count_kept(e, feel_as_filter_node(n->arguments[0]), &v)) return v;
  return run_builtin(e, self);
}

static dmn_value run_count(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value v = feel_run(e, n->arguments[0]);
  return v.kind == DMN_LIST ? dmn_integer(v.length) : call_with(e, self, v, dmn_null());
}

static bool has_text(dmn_value list, dmn_value text) {
  for (uint32_t i = 0; i < list.length; i++) {
    dmn_value item = list.as.items[i];
    if (item.kind == DMN_STRING && dmn_same_text(item, text)) return true;
  }
  return false;
}

/* Four at a time by their days alone, since a claim may ask some ten thousand times for a day among thousands. Of what is
 * no date the same bytes may mean something else: whoever matches is looked at closely. */
static bool has_date(dmn_value list, dmn_value date) {
  const dmn_value *v = list.as.items;            /* may be NULL where the list is empty */
  int64_t day = date.as.i;
  uint32_t i = 0;
  for (; list.length - i >= 4; i += 4) {
    bool near = (v[i].as.i == day) | (v[i + 1].as.i == day) | (v[i + 2].as.i == day) | (v[i + 3].as.i == day);
    for (uint32_t k = i; near && k < i + 4; k++)
      if (v[k].kind == DMN_DATE && v[k].as.i == day) return true;
  }
  for (; i < list.length; i++)
    if (v[i].kind == DMN_DATE && v[i].as.i == day) return true;
  return false;
}

static dmn_value run_list_contains(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value list = feel_run(e, n->arguments[0]);
  dmn_value v = feel_run(e, n->arguments[1]);
  bool text = v.kind == DMN_STRING && v.length > 0;
  if (list.kind != DMN_LIST || !(text || v.kind == DMN_DATE)) return call_with(e, self, list, v);
  dmn_steps(e, list.length);
  return dmn_boolean(text ? has_text(list, v) : has_date(list, v));
}

/* A function of one list that gets one. */
static dmn_value run_of_list(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value v = feel_run(e, n->arguments[0]);
  if (v.kind != DMN_LIST) return call_with(e, self, v, dmn_null());
  e->at = self;
  dmn_step(e);
  return n->signature->call(e, &v, 1);
}

/* Two lists of which one is empty are the other. */
static dmn_value run_concatenate(struct dmn_eval *e, const struct feel_node *self) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value first = feel_run(e, n->arguments[0]);
  dmn_value second = feel_run(e, n->arguments[1]);
  if (first.kind != DMN_LIST || second.kind != DMN_LIST) return call_with(e, self, first, second);
  if (first.length == 0) return second;
  return second.length == 0 ? first : call_with(e, self, first, second);
}

/* The lesser or the greater of two whole numbers. */
static inline dmn_value run_extreme(struct dmn_eval *e, const struct feel_node *self, bool least) {
  const struct builtin_node *n = FEEL_NODE_AS(builtin_node, self);
  dmn_value first = feel_run(e, n->arguments[0]);
  dmn_value second = feel_run(e, n->arguments[1]);
  if (!dmn_both_whole64(first, second)) return call_with(e, self, first, second);
  return (first.as.i > second.as.i) == least ? second : first;
}

static dmn_value run_min(struct dmn_eval *e, const struct feel_node *self) { return run_extreme(e, self, true); }
static dmn_value run_max(struct dmn_eval *e, const struct feel_node *self) { return run_extreme(e, self, false); }

static feel_run_function quick_run(const struct dmn_builtin *b, const struct feel_node *const *arguments,
                                   uint32_t count) {
  if (count == 1 && strcmp(b->name, "count") == 0)
    return feel_as_filter_node(arguments[0]) != NULL ? run_count_filter : run_count;
  if (count == 1 && (strcmp(b->name, "distinct values") == 0 || strcmp(b->name, "flatten") == 0)) return run_of_list;
  static const struct {
    const char *name;
    feel_run_function run;
  } of_two[] = {
    { "concatenate", run_concatenate }, { "list contains", run_list_contains }, { "max", run_max }, { "min", run_min }
  };
  for (size_t i = 0; count == 2 && i < COUNT_OF(of_two); i++)
    if (strcmp(b->name, of_two[i].name) == 0) return of_two[i].run;
  return run_builtin;
}

/* ---- making */
/* What a built-in gives, where its name tells. */
static const struct {
  const char *name;
  enum dmn_kind kind;
} results[] = {
  { "abs", DMN_NULL },
  { "all", DMN_BOOLEAN },
  { "any", DMN_BOOLEAN },
  { "ceiling", DMN_NUMBER },
  { "contains", DMN_BOOLEAN },
  { "count", DMN_NUMBER },
  { "date", DMN_DATE },
  { "date and time", DMN_DATE_TIME },
  { "decimal", DMN_NUMBER },
  { "ends with", DMN_BOOLEAN },
  { "even", DMN_BOOLEAN },
  { "floor", DMN_NUMBER },
  { "list contains", DMN_BOOLEAN },
  { "lower case", DMN_STRING },
  { "matches", DMN_BOOLEAN },
  { "now", DMN_DATE_TIME },
  { "number", DMN_NUMBER },
  { "odd", DMN_BOOLEAN },
  { "replace", DMN_STRING },
  { "starts with", DMN_BOOLEAN },
  { "string", DMN_STRING },
  { "string join", DMN_STRING },
  { "string length", DMN_NUMBER },
  { "substring", DMN_STRING },
  { "substring after", DMN_STRING },
  { "substring before", DMN_STRING },
  { "time", DMN_TIME },
  { "today", DMN_DATE },
  { "upper case", DMN_STRING },
  { "years and months duration", DMN_MONTHS_DURATION },
};

/* Those whose list holds nothing but items of their lists: it is of their type, where that is one. What a list must be as a
 * whole does not pass on. */
static const char *const keep_items[] = { "concatenate", "distinct values", "remove", "reverse", "sublist", "union" };

static const struct dmn_type *item_type(const struct feel_node *list) {
  const struct dmn_type *t = list == NULL ? NULL : feel_type(list);
  return t != NULL && t->kind == DMN_TYPE_LIST && t->allowed_values == NULL ? t->of : NULL;
}

static const struct dmn_type *kept_list(struct feel_compiler *c, const struct dmn_builtin *b,
                                        const struct feel_node *const *arguments, uint32_t count) {
  const struct dmn_type *of = count == 0 ? NULL : item_type(arguments[0]);
  bool all_lists = strcmp(b->name, "concatenate") == 0 || strcmp(b->name, "union") == 0;
  for (uint32_t i = 1; all_lists && of != NULL && i < count; i++) {
    const struct dmn_type *other = item_type(arguments[i]);
    if (other == NULL || !dmn_type_within(other, of) || !dmn_type_within(of, other)) of = NULL;
  }
  return of == NULL ? NULL : dmn_type_list_of(c->arena, of);
}

/* flatten() of a list of lists of what is no list. */
static const struct dmn_type *flat_list(struct feel_compiler *c, const struct feel_node *list) {
  const struct dmn_type *inner = item_type(list);
  const struct dmn_type *of = inner != NULL && inner->kind == DMN_TYPE_LIST && inner->allowed_values == NULL ? inner->of : NULL;
  bool flat = of != NULL && of->kind != DMN_TYPE_LIST && of->kind != DMN_TYPE_ANY;
  return flat ? dmn_type_list_of(c->arena, of) : NULL;
}

static const struct dmn_type *list_type(struct feel_compiler *c, const struct dmn_builtin *b,
                                        const struct feel_node *const *arguments, uint32_t count) {
  if (count == 1 && strcmp(b->name, "flatten") == 0) return flat_list(c, arguments[0]);
  for (size_t i = 0; i < COUNT_OF(keep_items); i++)
    if (strcmp(keep_items[i], b->name) == 0) return kept_list(c, b, arguments, count);
  return NULL;
}

static const struct dmn_type *result_type(struct feel_compiler *c, const struct dmn_builtin *b,
                                          const struct feel_node *const *arguments, uint32_t count) {
  for (size_t i = 0; i < COUNT_OF(results); i++)
    if (results[i].kind != DMN_NULL && strcmp(results[i].name, b->name) == 0) return dmn_type_of_kind(results[i].kind);
  return list_type(c, b, arguments, count);
}

static const struct feel_node *make_builtin(struct feel_compiler *c, const struct dmn_builtin *b,
                                            const struct dmn_signature *s, const struct feel_node *const *arguments,
                                            uint32_t count, struct feel_place at) {
  struct builtin_node *n = feel_node_new(c, sizeof *n + count * sizeof(struct feel_node *),
                                         quick_run(b, arguments, count), result_type(c, b, arguments, count), at);
  bool known = s->pure;
  dmn_value v;
  n->builtin = b;
  n->signature = s;
  n->count = count;
  for (uint32_t i = 0; i < count; i++) {
    n->arguments[i] = arguments[i];
    feel_node_part(n, arguments[i]);
    known = known && (arguments[i] == NULL || feel_constant(arguments[i], &v));
  }
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return known ? feel_fold(c, made) : made;
}

const struct feel_node *feel_make_call_builtin(struct feel_compiler *c, const struct dmn_builtin *b,
                                               const struct feel_node *const *arguments, uint32_t count,
                                               struct feel_place at) {
  if (count == 1 && strcmp(b->name, "not") == 0) return feel_make_not(c, arguments[0], at);
  const struct dmn_signature *s = dmn_builtin_positional(b, count);
  if (s == NULL) return feel_make_fault(c, DMN_DIAG_ARITY, str_of(b->name), at);
  return make_builtin(c, b, s, arguments, count, at);
}

const struct feel_node *feel_make_call_builtin_named(struct feel_compiler *c, const struct dmn_builtin *b,
                                                     const str *names, const struct feel_node *const *arguments,
                                                     uint32_t count, struct feel_place at) {
  uint8_t order[COUNT_OF(b->signatures[0].parameters)];
  if (count > COUNT_OF(order)) return NULL;
  const struct dmn_signature *s = dmn_builtin_named(b, names, count, order);
  if (s == NULL) return NULL;
  const struct feel_node *placed[COUNT_OF(s->parameters)] = { NULL };
  for (uint32_t i = 0; i < count; i++) placed[order[i]] = arguments[i];
  for (uint32_t i = 0; i < s->count; i++)
    if (placed[i] == NULL && !s->parameters[i].optional) placed[i] = feel_make_constant(c, dmn_null(), at);
  return make_builtin(c, b, s, placed, s->count, at);
}
