/* The middle of the parser: tokens, operators, operands; and feel_compile(). See parse.h. */
#include "feel/parse.h"

/* ---- places and faults */
/* Code points from the start of the line to `at`, counted from 1. */
static uint32_t column_of(str text, size_t at) {
  uint32_t column = 1;
  for (; at > 0 && text.p[at - 1] != '\n'; at--) column += ((unsigned char)text.p[at - 1] & 0xC0) != 0x80;
  return column;
}

/* Places are asked for near one another, sometimes a little backwards: the last one is walked on from. */
struct feel_place feel_here(struct feel_parser *p, size_t at) {
  bool turned = false;
  while (p->mark.at > at) {
    char c = p->text.p[--p->mark.at];
    p->mark.line -= c == '\n';
    p->mark.column -= ((unsigned char)c & 0xC0) != 0x80;
    turned = turned || c == '\n';
  }
  if (turned) p->mark.column = column_of(p->text, at);
  while (p->mark.at < at) {
    char c = p->text.p[p->mark.at];
    (void)utf8_next(p->text, &p->mark.at);
    p->mark.line += c == '\n';
    p->mark.column = c == '\n' ? 1 : p->mark.column + 1;
  }
  return (struct feel_place){ p->kept, p->mark.line, p->mark.column };
}

void feel_warn(struct feel_parser *p, size_t at, const char *code, str a, str b, str c) {
  if (p->c->faults == NULL) return;
  struct feel_place here = feel_here(p, at);
  str place = p->c->place_text != NULL ? p->c->place_text(p->c->arena, p->c->place_at) : p->c->place;
  FINDING_AT(p->c->faults, place, here.line, here.column, dmn__message(code), a, b, c);
}

const struct feel_node *feel_nothing(struct feel_parser *p) {
  return feel_make_fault(p->c, DMN_DIAG_SYNTAX, p->failure, feel_here(p, p->at));
}

const struct feel_node *feel_fail(struct feel_parser *p, size_t at, const char *code, str detail) {
  if (!p->failed) {
    p->failed = true;
    p->failed_at = at;
    p->failure = detail;
    feel_warn(p, at, code, detail, STR_NONE, STR_NONE);
  }
  return feel_nothing(p);
}

/* ---- tokens */
void feel_move(struct feel_parser *p, size_t to) { p->at = feel_skip(p->text, to); }

bool feel_at_end(const struct feel_parser *p) { return p->at >= p->text.n; }

bool feel_at(const struct feel_parser *p, const char *symbol) {
  size_t n = strlen(symbol);
  return p->text.n - p->at >= n && memcmp(p->text.p + p->at, symbol, n) == 0;
}

bool feel_accept(struct feel_parser *p, const char *symbol) {
  if (p->failed || !feel_at(p, symbol)) return false;
  feel_move(p, p->at + strlen(symbol));
  return true;
}

void feel_expect(struct feel_parser *p, const char *symbol) {
  if (!feel_accept(p, symbol)) feel_fail(p, p->at, "feel_expected", str_of(symbol));
}

enum feel_keyword feel_at_keyword(const struct feel_parser *p) { return feel_keyword_of(feel_word(p->text, p->at)); }

bool feel_accept_keyword(struct feel_parser *p, enum feel_keyword k) {
  if (p->failed || feel_at_keyword(p) != k) return false;
  feel_move(p, p->at + feel_word(p->text, p->at).n);
  return true;
}

void feel_expect_keyword(struct feel_parser *p, enum feel_keyword k, const char *word) {
  if (!feel_accept_keyword(p, k)) feel_fail(p, p->at, "feel_expected", str_of(word));
}

void feel_parts_add(struct feel_parser *p, struct feel_parts *parts, const struct feel_node *n) {
  if (parts->count == parts->capacity) {
    uint32_t capacity = parts->capacity == 0 ? 4 : parts->capacity * 2;
    parts->items = arena_grow(p->c->arena, (void *)parts->items, parts->capacity * sizeof *parts->items,
                              capacity * sizeof *parts->items);
    parts->capacity = capacity;
  }
  parts->items[parts->count++] = n;
}

/* ---- literals */
static const struct feel_node *parse_number(struct feel_parser *p, size_t sign) {
  size_t from = p->at - sign;
  str digits = feel_number(p->text, p->at);
  struct feel_place here = feel_here(p, from);
  dmn_value v = dmn_number_parse(p->literals, str_slice(p->text, from, p->at + digits.n));
  feel_move(p, p->at + digits.n);
  if (!dmn_is_null(v)) return feel_make_constant(p->c, v, here);
  feel_warn(p, from, "feel_literal", digits, STR_NONE, STR_NONE);
  return feel_make_fault(p->c, DMN_DIAG_LITERAL, digits, here);
}

static bool read_string(struct feel_parser *p, str *value) {
  size_t end;
  if (feel_string(p->c->arena, p->text, p->at, &end, value)) {
    feel_move(p, end);
    return true;
  }
  feel_fail(p, end, end == p->at ? "feel_open_string" : "feel_escape", STR("\""));
  return false;
}

static const struct feel_node *parse_string(struct feel_parser *p) {
  struct feel_place here = feel_here(p, p->at);
  str value;
  if (!read_string(p, &value)) return feel_nothing(p);
  struct dmn_symbols *once = p->c->literals;
  if (once != NULL && value.n > 0) value = dmn_symbols_text(once, dmn_symbols_intern_exact(once, value));
  return feel_make_constant(p->c, dmn_string(value), here);
}

static const struct feel_node *parse_at(struct feel_parser *p) {
  size_t from = p->at;
  struct feel_place here = feel_here(p, from);
  str value;
  feel_move(p, p->at + 1);
  if (!feel_at(p, "\"")) return feel_fail(p, p->at, "feel_expected", STR("\""));
  if (!read_string(p, &value)) return feel_nothing(p);
  const struct feel_node *n = feel_make_at(p->c, value, here);
  dmn_value v;
  bool zone = memchr(value.p, '@', value.n) != NULL;
  if (p->c->folder != NULL && !zone && !feel_constant(n, &v))
    feel_warn(p, from, "feel_literal", value, STR_NONE, STR_NONE);
  return n;
}

/* ---- operands */
static const struct feel_node *parse_keyword(struct feel_parser *p, enum feel_keyword k) {
  struct feel_place here = feel_here(p, p->at);
  size_t from = p->at;
  (void)feel_accept_keyword(p, k);
  switch (k) {
    case KEYWORD_TRUE: return feel_make_constant(p->c, dmn_boolean(true), here);
    case KEYWORD_FALSE: return feel_make_constant(p->c, dmn_boolean(false), here);
    case KEYWORD_NULL: return feel_make_constant(p->c, dmn_null(), here);
    case KEYWORD_IF: return feel_parse_if(p);
    case KEYWORD_FOR: return feel_parse_loop(p, LOOP_FOR);
    case KEYWORD_SOME: return feel_parse_loop(p, LOOP_SOME);
    case KEYWORD_EVERY: return feel_parse_loop(p, LOOP_EVERY);
    case KEYWORD_FUNCTION: return feel_parse_function(p);
    default: return feel_fail(p, from, "feel_no_expression", feel_word(p->text, from));
  }
}

static bool at_digit(const struct feel_parser *p) { return feel_number(p->text, p->at).n > 0; }

static const struct feel_node *parse_primary(struct feel_parser *p) {
  if (p->failed) return feel_nothing(p);
  if (feel_at_end(p)) return feel_fail(p, p->at, "feel_ended", STR_NONE);
  if (at_digit(p)) return parse_number(p, 0);
  switch (p->text.p[p->at]) {
    case '"': return parse_string(p);
    case '@': return parse_at(p);
    case '(': return feel_parse_parenthesis(p);
    case '[': return feel_parse_bracket(p);
    case ']': return feel_parse_reversed_bracket(p);
    case '{': return feel_parse_context(p);
    case '<':
    case '>':
    case '=':
    case '!': return feel_parse_half(p);
    default: break;
  }
  size_t at = p->at;
  uint32_t c = utf8_next(p->text, &at);
  if (!feel_is_name_start(c)) return feel_fail(p, p->at, "feel_no_expression", str_slice(p->text, p->at, at));
  return feel_parse_name(p);
}

const struct feel_node *feel_parse_keyword(struct feel_parser *p) { return parse_keyword(p, feel_at_keyword(p)); }

/* Calls, filters, paths: as many as follow. */
const struct feel_node *feel_parse_postfix(struct feel_parser *p, const struct feel_node *left) {
  while (!p->failed && !feel_at_end(p)) {
    if (feel_at(p, "("))
      left = feel_parse_call(p, left, NULL, p->at);
    else if (feel_at(p, "[") && !(p->range_end && feel_bracket_closes_range(p)))
      left = feel_parse_filter(p, left);
    else if (feel_at(p, ".") && !feel_at(p, ".."))
      left = feel_parse_path(p, left);
    else
      break;
    if (left->head.height > FEEL_HEIGHT_LIMIT) return feel_fail(p, p->at, "feel_too_deep", STR_NONE);
  }
  return left;
}

static const struct feel_node *parse_instance(struct feel_parser *p, const struct feel_node *v, size_t from) {
  feel_expect_keyword(p, KEYWORD_OF, "of");
  const struct dmn_type *type = feel_parse_type(p);
  if (p->failed) return feel_nothing(p);
  struct feel_place here = feel_here(p, from);
  if (type == NULL) return feel_make_fault(p->c, DMN_DIAG_NAME, STR("instance of"), here);
  return feel_make_instance(p->c, v, type, here);
}

static const struct feel_node *parse_unary(struct feel_parser *p) {
  size_t from = p->at;
  if (feel_at(p, "-") && !p->failed) {
    if (++p->depth > p->depth_limit) return feel_fail(p, from, "feel_too_deep", STR_NONE);
    feel_move(p, p->at + 1);
    const struct feel_node *n;
    if (at_digit(p) && p->at == from + 1)
      n = feel_parse_postfix(p, parse_number(p, 1));
    else
      n = feel_make_negate(p->c, parse_unary(p), feel_here(p, from));
    p->depth--;
    if (!feel_accept_keyword(p, KEYWORD_INSTANCE)) return n;
    return parse_instance(p, n, from);
  }
  const struct feel_node *n = feel_parse_postfix(p, parse_primary(p));
  while (feel_accept_keyword(p, KEYWORD_INSTANCE)) n = parse_instance(p, n, from);
  return n;
}

/* ---- operators */
enum infix { INFIX_NONE, INFIX_BINARY, INFIX_AND, INFIX_OR, INFIX_BETWEEN, INFIX_IN };
struct infix_found {
  enum infix infix;
  enum feel_operator op;
  enum feel_precedence binds;
  size_t n;
};

/* Longer symbols stand before their beginnings. */
static const struct {
  const char *symbol;
  enum feel_operator op;
  enum feel_precedence binds;
} symbols[] = {
  { "**", OP_POWER, BINDS_POWER },          { "*", OP_MULTIPLY, BINDS_MULTIPLICATION },
  { "/", OP_DIVIDE, BINDS_MULTIPLICATION }, { "+", OP_ADD, BINDS_ADDITION },
  { "-", OP_SUBTRACT, BINDS_ADDITION },     { "<=", OP_LESS_EQUAL, BINDS_COMPARISON },
  { "<", OP_LESS, BINDS_COMPARISON },       { ">=", OP_GREATER_EQUAL, BINDS_COMPARISON },
  { ">", OP_GREATER, BINDS_COMPARISON },    { "!=", OP_NOT_EQUAL, BINDS_COMPARISON },
  { "=", OP_EQUAL, BINDS_COMPARISON },
};

static struct infix_found infix_at(const struct feel_parser *p) {
  for (size_t i = 0; i < COUNT_OF(symbols); i++)
    if (feel_at(p, symbols[i].symbol))
      return (struct infix_found){ INFIX_BINARY, symbols[i].op, symbols[i].binds, strlen(symbols[i].symbol) };
  str word = feel_word(p->text, p->at);
  switch (feel_keyword_of(word)) {
    case KEYWORD_AND: return (struct infix_found){ INFIX_AND, OP_ADD, BINDS_AND, word.n };
    case KEYWORD_OR: return (struct infix_found){ INFIX_OR, OP_ADD, BINDS_OR, word.n };
    case KEYWORD_BETWEEN: return (struct infix_found){ INFIX_BETWEEN, OP_ADD, BINDS_COMPARISON, word.n };
    case KEYWORD_IN: return (struct infix_found){ INFIX_IN, OP_ADD, BINDS_COMPARISON, word.n };
    default: return (struct infix_found){ .infix = INFIX_NONE };
  }
}

/* a and b and c … is one node: three-valued `and` and `or` do not mind the order. */
static const struct feel_node *parse_logic(struct feel_parser *p, const struct feel_node *left, bool conjunction,
                                           size_t from) {
  enum feel_keyword word = conjunction ? KEYWORD_AND : KEYWORD_OR;
  struct feel_parts parts = { 0 };
  feel_parts_add(p, &parts, left);
  do {
    feel_parts_add(p, &parts, feel_parse_above(p, conjunction ? BINDS_COMPARISON : BINDS_AND));
  } while (feel_accept_keyword(p, word));
  for (uint32_t i = 0; !p->failed && i < parts.count; i++) feel_check_condition(p, from, parts.items[i]);
  return feel_make_logic(p->c, conjunction, parts.items, parts.count, feel_here(p, from));
}

static const struct feel_node *parse_between(struct feel_parser *p, const struct feel_node *v, size_t from) {
  const struct feel_node *low = feel_parse_above(p, BINDS_ADDITION);
  feel_expect_keyword(p, KEYWORD_AND, "and");
  const struct feel_node *high = feel_parse_above(p, BINDS_ADDITION);
  return feel_make_between(p->c, v, low, high, feel_here(p, from));
}

const struct feel_node *feel_parse_on(struct feel_parser *p, const struct feel_node *left, enum feel_precedence least) {
  while (!p->failed && !feel_at_end(p)) {
    struct infix_found i = infix_at(p);
    if (i.infix == INFIX_NONE || i.binds < least) break;
    size_t from = p->at;
    feel_move(p, p->at + i.n);
    switch (i.infix) {
      case INFIX_AND: left = parse_logic(p, left, true, from); break;
      case INFIX_OR: left = parse_logic(p, left, false, from); break;
      case INFIX_BETWEEN: left = parse_between(p, left, from); break;
      case INFIX_IN: left = feel_parse_in(p, left, from); break;
      default: {
        const struct feel_node *right = feel_parse_above(p, i.binds + 1);
        if (p->failed) break;
        feel_check_operands(p, from, i.op, str_slice(p->text, from, from + i.n), left, right);
        left = feel_make_binary(p->c, i.op, left, right, feel_here(p, from));
      }
    }
    if (left->head.height > FEEL_HEIGHT_LIMIT) return feel_fail(p, from, "feel_too_deep", STR_NONE);
  }
  return p->failed ? feel_nothing(p) : left;
}

const struct feel_node *feel_parse_above(struct feel_parser *p, enum feel_precedence least) {
  if (p->failed) return feel_nothing(p);
  if (++p->depth > p->depth_limit) return feel_fail(p, p->at, "feel_too_deep", STR_NONE);
  const struct feel_node *n = feel_parse_on(p, parse_unary(p), least);
  p->depth--;
  return n;
}

const struct feel_node *feel_parse_expression(struct feel_parser *p) { return feel_parse_above(p, BINDS_OR); }

/* ---- a whole text */
bool feel_parser_start(struct feel_parser *p, struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line) {
  str *kept = ARENA_NEW(c->arena, str);
  *kept = text.n > 0 ? str_copy(c->arena, text) : STR("");
  *p = (struct feel_parser){ .c = c,
                             .scope = s,
                             .text = *kept,
                             .kept = kept,
                             .text_line = line,
                             .mark = { 0, line, 1 },
                             .depth_limit = c->depth_limit > 0 ? c->depth_limit : FEEL_DEPTH_LIMIT };
  p->literals = c->folder;
  if (p->literals == NULL) {
    p->literals = ARENA_NEW(c->arena, struct dmn_eval);
    *p->literals = dmn_eval_start(c->arena, c->symbols, NULL, NULL);
  }
  size_t bad;
  if (!utf8_valid(text, &bad)) {
    p->text = str_slice(*kept, 0, bad);
    feel_fail(p, bad, "feel_not_utf8", STR_NONE);
    return false;
  }
  if (c->expression_limit > 0 && c->expression_count >= c->expression_limit) {
    feel_fail(p, 0, "feel_too_many", STR_NONE);
    return false;
  }
  c->expression_count++;
  feel_move(p, 0);
  return true;
}

const struct feel_node *feel_parser_end(struct feel_parser *p, const struct feel_node *code) {
  if (!p->failed && !feel_at_end(p)) {
    size_t end = p->at;
    str word = feel_word(p->text, end);
    if (word.n == 0) (void)utf8_next(p->text, &end);
    feel_fail(p, p->at, "feel_unexpected", word.n > 0 ? word : str_slice(p->text, p->at, end));
  }
  return p->failed ? feel_make_fault(p->c, DMN_DIAG_SYNTAX, p->failure, feel_here(p, p->failed_at)) : code;
}

const struct feel_node *feel_compile(struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line) {
  struct feel_parser p;
  struct feel_frame *frame = c->frame;
  const struct feel_node *code = NULL;
  if (feel_parser_start(&p, c, s, text, line)) code = feel_parse_expression(&p);
  c->frame = frame; /* a failure inside a function leaves its frame behind */
  return feel_parser_end(&p, code);
}
