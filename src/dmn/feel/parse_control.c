/* What begins with a word of the grammar: if, for, some, every, function (rules 44 to 46, 55, 56). Each extends as far
 * to the right as it can. */
#include "feel/parse.h"

const struct feel_node *feel_parse_if(struct feel_parser *p) {
  struct feel_place here = feel_here(p, p->at);
  size_t from = p->at;
  const struct feel_node *condition = feel_parse_expression(p);
  if (!p->failed) feel_check_condition(p, from, condition);
  feel_expect_keyword(p, KEYWORD_THEN, "then");
  const struct feel_node *then = feel_parse_expression(p);
  feel_expect_keyword(p, KEYWORD_ELSE, "else");
  const struct feel_node *other = feel_parse_expression(p);
  return p->failed ? feel_nothing(p) : feel_make_if(p->c, condition, then, other, here);
}

/* ---- loops */
struct iterator_list {
  struct feel_iterator *items;
  uint32_t count, capacity;
};

static struct feel_iterator *add_iterator(struct feel_parser *p, struct iterator_list *l) {
  if (l->count == l->capacity) {
    uint32_t capacity = l->capacity == 0 ? 2 : l->capacity * 2;
    l->items = arena_grow(p->c->arena, l->items, l->capacity * sizeof *l->items, capacity * sizeof *l->items);
    l->capacity = capacity;
  }
  return &l->items[l->count++];
}

/* The name becomes visible behind its own domain: `for x in lists, y in x`. */
static void parse_iterator(struct feel_parser *p, struct iterator_list *l) {
  dmn_symbol name = feel_parse_new_name(p, "", true);
  feel_expect_keyword(p, KEYWORD_IN, "in");
  const struct feel_node *from = feel_parse_expression(p), *to = NULL;
  if (feel_accept(p, "..")) to = feel_parse_expression(p);
  if (p->failed) return;
  const struct dmn_type *element = to != NULL ? dmn_type_plain(from->head.type) : feel_element_type(from->head.type);
  struct feel_iterator *it = add_iterator(p, l);
  it->from = from;
  it->to = to;
  it->slot = feel_scope_add(p->c, p->scope, name, element);
}

const struct feel_node *feel_parse_loop(struct feel_parser *p, enum feel_loop kind) {
  struct feel_place here = feel_here(p, p->at);
  struct feel_scope *outer = p->scope;
  bool range_end = p->range_end;
  struct iterator_list l = { 0 };
  p->range_end = false;
  p->scope = feel_scope_push(p->c, outer);
  do {
    p->scope = feel_scope_push(p->c, p->scope);
    parse_iterator(p, &l);
  } while (feel_accept(p, ","));
  if (kind == LOOP_FOR) {
    feel_expect_keyword(p, KEYWORD_RETURN, "return");
    p->scope = feel_scope_push(p->c, p->scope);
    feel_scope_add(p->c, p->scope, DMN_SYM_PARTIAL, dmn_type_of_kind(DMN_LIST));
  } else {
    feel_expect_keyword(p, KEYWORD_SATISFIES, "satisfies");
  }
  const struct feel_node *body = feel_parse_expression(p);
  struct feel_name *partial = kind == LOOP_FOR ? feel_scope_own(p->scope, DMN_SYM_PARTIAL) : NULL;
  p->scope = outer;
  p->range_end = range_end;
  if (p->failed) return feel_nothing(p);
  uint32_t partial_slot = partial != NULL && partial->used ? partial->slot : FEEL_NO_SLOT;
  return feel_make_loop(p->c, kind, l.items, l.count, partial_slot, body, here);
}

/* ---- function definitions */
struct parameter_list {
  struct feel_parameter *items;
  uint32_t count, capacity;
};

static void parse_parameter(struct feel_parser *p, struct parameter_list *l) {
  if (l->count == l->capacity) {
    uint32_t capacity = l->capacity == 0 ? 4 : l->capacity * 2;
    l->items = arena_grow(p->c->arena, l->items, l->capacity * sizeof *l->items, capacity * sizeof *l->items);
    l->capacity = capacity;
  }
  struct feel_parameter *one = &l->items[l->count++];
  one->name = feel_parse_new_name(p, ":,)", false);
  one->type = feel_accept(p, ":") ? feel_parse_type(p) : NULL;
}

static const struct feel_node *parse_external(struct feel_parser *p, const struct parameter_list *l,
                                              struct feel_place here) {
  (void)feel_parse_expression(p); /* the mapping information: read, of no use here */
  return feel_lambda_external(p->c, STR("external"), l->items, l->count, NULL, here.line);
}

const struct feel_node *feel_parse_function(struct feel_parser *p) {
  struct feel_place here = feel_here(p, p->at);
  struct parameter_list l = { 0 };
  bool range_end = p->range_end;
  p->range_end = false;
  feel_expect(p, "(");
  if (!feel_accept(p, ")")) {
    do {
      parse_parameter(p, &l);
    } while (feel_accept(p, ","));
    feel_expect(p, ")");
  }
  p->range_end = range_end;
  if (p->failed) return feel_nothing(p);
  if (feel_accept_keyword(p, KEYWORD_EXTERNAL)) return parse_external(p, &l, here);
  struct feel_scope *outer = p->scope;
  struct feel_lambda *lambda = feel_lambda_open(p->c, outer, l.items, l.count);
  p->scope = feel_lambda_scope(lambda);
  const struct feel_node *body = feel_parse_expression(p);
  p->scope = outer;
  const struct feel_node *made = feel_lambda_close(p->c, lambda, STR("function"), NULL, body);
  return p->failed ? feel_nothing(p) : made;
}
