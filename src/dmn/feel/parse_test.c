/* Unary tests as texts (rules 7, 13 to 15) and the right side of `in`. */
#include "feel/parse.h"

/* `< e`, `>= e`, `= e`, `!= e` where an expression is due. */
const struct feel_node *feel_parse_half(struct feel_parser *p) {
  static const struct {
    const char *symbol;
    enum feel_operator op;
  } halves[] = {
    { "<=", OP_LESS_EQUAL }, { "<", OP_LESS },       { ">=", OP_GREATER_EQUAL },
    { ">", OP_GREATER },     { "!=", OP_NOT_EQUAL }, { "=", OP_EQUAL },
  };
  size_t from = p->at;
  for (size_t i = 0; i < COUNT_OF(halves); i++) {
    if (!feel_accept(p, halves[i].symbol)) continue;
    const struct feel_node *end = feel_parse_above(p, BINDS_ADDITION);
    return p->failed ? feel_nothing(p) : feel_make_half(p->c, halves[i].op, end, feel_here(p, from));
  }
  return feel_fail(p, from, "feel_no_expression", str_slice(p->text, from, from + 1));
}

/* ---- building a list of tests */
struct test_list {
  struct feel_test *items;
  uint32_t count, capacity, height;
};

static void add_test(struct feel_parser *p, struct test_list *l, const struct feel_node *code, bool condition) {
  if (l->count == l->capacity) {
    uint32_t capacity = l->capacity == 0 ? 2 : l->capacity * 2;
    l->items = arena_grow(p->c->arena, l->items, l->capacity * sizeof *l->items, capacity * sizeof *l->items);
    l->capacity = capacity;
  }
  l->items[l->count++] = feel_test_of(p->c, code, condition);
  if (code->head.height > l->height) l->height = code->head.height;
}

static void parse_tests(struct feel_parser *p, struct test_list *l) {
  do {
    uint32_t questions = p->questions;
    const struct feel_node *code = feel_parse_expression(p);
    if (!p->failed) add_test(p, l, code, p->questions > questions);
  } while (feel_accept(p, ","));
}

static dmn_value run_tests(struct dmn_eval *e, const struct feel_node *self) {
  return feel_tests_run(e, FEEL_NODE_AS(feel_tests, self));
}

static struct feel_tests *new_tests(struct feel_compiler *c, uint32_t subject, struct feel_place here) {
  struct feel_tests *t = FEEL_NEW(c, feel_tests, run_tests, dmn_type_of_kind(DMN_BOOLEAN), here);
  t->subject = subject;
  return t;
}

static const struct feel_tests *finish(struct feel_compiler *c, struct feel_tests *t, const struct test_list *l) {
  t->items = l->items;
  t->count = l->count;
  t->head.height = l->height + 2;
  feel_tests_gather(c, t);
  return t;
}

/* ---- in */
/* Behind `(`: tests, or the start of a range, or an expression in parentheses that goes on. */
static void parse_parenthesised(struct feel_parser *p, struct test_list *l, size_t from) {
  bool range_end = p->range_end;
  p->range_end = false;
  uint32_t questions = p->questions;
  const struct feel_node *first = feel_at(p, "..") ? NULL : feel_parse_expression(p);
  if (!p->failed && feel_at(p, "..")) {
    p->range_end = range_end;
    first = feel_parse_on(p, feel_parse_range_on(p, true, first, from), BINDS_ADDITION);
    if (!p->failed) add_test(p, l, first, p->questions > questions);
    return;
  }
  if (p->failed) return;
  add_test(p, l, first, p->questions > questions);
  if (feel_accept(p, ",")) parse_tests(p, l);
  p->range_end = range_end;
  feel_expect(p, ")");
  if (p->failed || l->count > 1) return;
  const struct feel_node *all = feel_parse_on(p, feel_parse_postfix(p, first), BINDS_ADDITION);
  if (all == first || p->failed) return;
  l->count = 0;
  add_test(p, l, all, p->questions > questions);
}

const struct feel_node *feel_parse_in(struct feel_parser *p, const struct feel_node *v, size_t from) {
  struct feel_scope *outer = p->scope;
  struct test_list l = { 0 };
  struct feel_place here = feel_here(p, from);
  struct feel_tests *t = new_tests(p->c, feel_scope_slot(p->c), here);
  p->scope = feel_scope_push(p->c, outer);
  feel_scope_alias(p->c, p->scope, DMN_SYM_QUESTION, t->subject, v->head.type);
  uint32_t questions = p->questions;
  size_t parenthesis = p->at;
  if (feel_accept(p, "(")) {
    parse_parenthesised(p, &l, parenthesis);
  } else {
    const struct feel_node *code = feel_parse_above(p, BINDS_ADDITION);
    if (!p->failed) add_test(p, &l, code, p->questions > questions);
  }
  p->questions = questions; /* this `?` is not that of a cell around it */
  p->scope = outer;
  return p->failed ? feel_nothing(p) : feel_make_in(p->c, v, finish(p->c, t, &l), here);
}

/* ---- cells */
/* `not(` tests `)` and nothing else. Since `not` is a function too, and parentheses also bound ranges, only reading
 * tells `not(1, 2)` from `not(a) and (b)`: this reads without noting anything, and gives the parser back as it was. */
static bool is_negation(struct feel_parser *p) {
  if (!str_eq(feel_word(p->text, p->at), STR("not"))) return false;
  struct feel_parser before = *p;
  struct findings *faults = p->c->faults;
  struct feel_frame *frame = p->c->frame;
  struct test_list ignored = { 0 };
  p->c->faults = NULL;
  feel_move(p, p->at + 3);
  bool negation = feel_accept(p, "(");
  if (negation) parse_tests(p, &ignored);
  negation = negation && feel_accept(p, ")") && feel_at_end(p) && !p->failed;
  *p = before;
  p->c->faults = faults;
  p->c->frame = frame;
  return negation;
}

static void parse_cell(struct feel_parser *p, struct feel_tests *t, struct test_list *l) {
  t->negated = is_negation(p);
  if (t->negated) {
    feel_move(p, p->at + 3);
    feel_expect(p, "(");
  }
  parse_tests(p, l);
  if (t->negated) feel_expect(p, ")");
}

const struct feel_tests *feel_compile_tests(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line,
                                            uint32_t subject_slot, const struct dmn_type *subject_type) {
  struct feel_parser p;
  struct feel_frame *frame = c->frame;
  struct test_list l = { 0 };
  struct feel_scope *own = feel_scope_push(c, s);
  feel_scope_alias(c, own, DMN_SYM_QUESTION, subject_slot, subject_type);
  bool readable = feel_parser_start(&p, c, own, text, line);
  struct feel_tests *t = new_tests(c, subject_slot, feel_here(&p, 0));
  str cell = str_trim(p.text);
  if (readable && (cell.n == 0 || str_eq(cell, STR("-")))) {
    t->dash = true;
    return t;
  }
  if (readable) parse_cell(&p, t, &l);
  c->frame = frame;
  const struct feel_node *fault = feel_parser_end(&p, NULL);
  if (fault != NULL) {
    l = (struct test_list){ 0 };
    add_test(&p, &l, fault, true);
    t->negated = false;
  }
  return finish(c, t, &l);
}
