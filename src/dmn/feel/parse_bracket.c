/* Brackets: lists and ranges look alike until `..`, and what opens a range may be any of ( ] [ (rules 8 to 12, 50, 53,
 * 54, 57, 66). */
#include "feel/parse.h"

/* ---- ranges */
/* In `[1..x[1]]` the bracket behind x is a filter, in `[1..x[` it ends the range. It is a filter where its own closing
 * bracket is followed by something that ends a range. Looks no further than this many bytes. */
#define BRACKET_SIGHT 2048u

/* Behind the closing quote, or the end of the text. */
static size_t skip_string(str text, size_t at) {
  for (at++; at < text.n && text.p[at] != '"'; at++) at += text.p[at] == '\\';
  return at < text.n ? at + 1 : text.n;
}

static size_t matching_bracket(str text, size_t at) {
  size_t far = at + BRACKET_SIGHT < text.n ? at + BRACKET_SIGHT : text.n;
  uint32_t depth = 0;
  while ((at = feel_skip(text, at)) < far) {
    char c = text.p[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '[') depth++;
    if (c == ']' && --depth == 0) return at;
    (void)utf8_next(text, &at);
  }
  return text.n;
}

bool feel_bracket_closes_range(const struct feel_parser *p) {
  size_t inside = feel_skip(p->text, p->at + 1);
  if (inside >= p->text.n || strchr(",)]}", p->text.p[inside]) != NULL) return true;
  size_t close = matching_bracket(p->text, p->at);
  size_t behind = close >= p->text.n ? close : feel_skip(p->text, close + 1);
  return behind >= p->text.n || strchr(")][.(", p->text.p[behind]) == NULL;
}

const struct feel_node *feel_parse_range_on(struct feel_parser *p, bool open_start, const struct feel_node *start,
                                            size_t from) {
  bool range_end = p->range_end;
  const struct feel_node *end = NULL;
  feel_expect(p, "..");
  p->range_end = true;
  if (!feel_at(p, ")")) end = feel_parse_expression(p);
  p->range_end = range_end;
  bool closed = feel_accept(p, "]");
  if (!closed && !feel_accept(p, ")") && !feel_accept(p, "[")) feel_fail(p, p->at, "feel_expected", STR("]"));
  if (p->failed) return feel_nothing(p);
  return feel_make_range(p->c, open_start, start, end, !closed, feel_here(p, from));
}

const struct feel_node *feel_parse_parenthesis(struct feel_parser *p) {
  size_t from = p->at;
  bool range_end = p->range_end;
  feel_expect(p, "(");
  if (feel_at(p, "..")) return feel_parse_range_on(p, true, NULL, from);
  p->range_end = false;
  const struct feel_node *inside = feel_parse_expression(p);
  p->range_end = range_end;
  if (!p->failed && feel_at(p, "..")) return feel_parse_range_on(p, true, inside, from);
  feel_expect(p, ")");
  return p->failed ? feel_nothing(p) : inside;
}

const struct feel_node *feel_parse_reversed_bracket(struct feel_parser *p) {
  size_t from = p->at;
  bool range_end = p->range_end;
  feel_expect(p, "]");
  p->range_end = false;
  const struct feel_node *start = feel_at(p, "..") ? NULL : feel_parse_expression(p);
  p->range_end = range_end;
  return p->failed ? feel_nothing(p) : feel_parse_range_on(p, true, start, from);
}

const struct feel_node *feel_parse_bracket(struct feel_parser *p) {
  size_t from = p->at;
  bool range_end = p->range_end;
  struct feel_parts items = { 0 };
  feel_expect(p, "[");
  p->range_end = false;
  if (!feel_accept(p, "]")) {
    do {
      feel_parts_add(p, &items, feel_parse_expression(p));
    } while (feel_accept(p, ","));
    p->range_end = range_end;
    if (!p->failed && items.count == 1 && feel_at(p, "..")) return feel_parse_range_on(p, false, items.items[0], from);
    feel_expect(p, "]");
  }
  p->range_end = range_end;
  return p->failed ? feel_nothing(p) : feel_make_list(p->c, items.items, items.count, feel_here(p, from));
}

/* ---- filters */
const struct feel_node *feel_parse_filter(struct feel_parser *p, const struct feel_node *list) {
  size_t from = p->at;
  bool range_end = p->range_end;
  struct feel_scope *outer = p->scope;
  feel_expect(p, "[");
  uint32_t slot = feel_scope_slot(p->c);
  p->range_end = false;
  p->scope = feel_scope_element(p->c, outer, slot, feel_item_type(list->head.type));
  const struct feel_node *condition = feel_parse_expression(p);
  p->scope = outer;
  p->range_end = range_end;
  feel_expect(p, "]");
  return p->failed ? feel_nothing(p) : feel_make_filter(p->c, list, slot, condition, feel_here(p, from));
}

/* ---- contexts */
struct entry_list {
  struct feel_parts values;
  dmn_symbol *names;
  uint32_t capacity;
  size_t twin;
};

static dmn_symbol parse_key(struct feel_parser *p) {
  if (!feel_at(p, "\"")) return feel_parse_new_name(p, ":", false);
  size_t end;
  str key;
  if (!feel_string(p->c->arena, p->text, p->at, &end, &key)) {
    feel_fail(p, end, end == p->at ? "feel_open_string" : "feel_escape", STR("\""));
    return DMN_SYM_NONE;
  }
  feel_move(p, end);
  return dmn_symbols_intern_exact(p->c->symbols, key);
}

static void parse_entry(struct feel_parser *p, struct entry_list *l) {
  size_t from = p->at;
  dmn_symbol name = parse_key(p);
  feel_expect(p, ":");
  const struct feel_node *value = feel_parse_expression(p);
  if (p->failed) return;
  if (feel_scope_own(p->scope, name) != NULL && l->twin == SIZE_MAX) {
    l->twin = from;
    feel_warn(p, from, "feel_twin_key", dmn_symbols_text(p->c->symbols, name), STR_NONE, STR_NONE);
  }
  if (l->values.count == l->capacity) {
    uint32_t capacity = l->capacity == 0 ? 8 : l->capacity * 2;
    l->names = arena_grow(p->c->arena, l->names, l->capacity * sizeof *l->names, capacity * sizeof *l->names);
    l->capacity = capacity;
  }
  l->names[l->values.count] = name;
  feel_parts_add(p, &l->values, value);
  feel_scope_add(p->c, p->scope, name, value->head.type);
}

/* A slot for those entries alone that a later one mentions. */
static uint32_t *used_slots(struct feel_parser *p, const struct feel_scope *s) {
  uint32_t *slots = ARENA_ARRAY(p->c->arena, uint32_t, s->count);
  for (uint32_t i = 0; i < s->count; i++) slots[i] = s->names[i].used ? s->names[i].slot : FEEL_NO_SLOT;
  return slots;
}

const struct feel_node *feel_parse_context(struct feel_parser *p) {
  size_t from = p->at;
  bool range_end = p->range_end;
  struct feel_scope *outer = p->scope;
  struct entry_list l = { .twin = SIZE_MAX };
  feel_expect(p, "{");
  p->range_end = false;
  p->scope = feel_scope_push(p->c, outer);
  if (!feel_accept(p, "}")) {
    do {
      parse_entry(p, &l);
    } while (feel_accept(p, ","));
    feel_expect(p, "}");
  }
  struct feel_scope *own = p->scope;
  p->scope = outer;
  p->range_end = range_end;
  if (p->failed) return feel_nothing(p);
  if (l.twin != SIZE_MAX) return feel_make_fault(p->c, DMN_DIAG_LITERAL, STR("{}"), feel_here(p, l.twin));
  return feel_make_context(p->c, l.names, l.values.items, used_slots(p, own), l.values.count, feel_here(p, from));
}
