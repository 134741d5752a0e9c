/* parse: texts to code in one walk. A Pratt parser that stands at a byte of the text, knows the scope, and makes nodes
 * as it goes; there is no tree in between, because what a name means decides how the text goes on.
 *
 * The first fault of syntax is noted, and from then on every function returns at once. A name that nobody knows is
 * noted too, but becomes code that raises the fault, so that the rest is still read. */
#ifndef FEEL_PARSE_H
#define FEEL_PARSE_H

#include "feel/node.h"
#include "feel/scan.h"
#include "messages.h"

/* From loosely to tightly bound (10.3.1.2). Negation binds more tightly than `**`: -3 ** 2 is 9. */
enum feel_precedence {
  BINDS_OR = 1,
  BINDS_AND,
  BINDS_COMPARISON,
  BINDS_ADDITION,
  BINDS_MULTIPLICATION,
  BINDS_POWER,
  BINDS_UNARY
};

struct feel_parser {
  struct feel_compiler *c;
  struct feel_scope *scope;
  struct dmn_eval *literals; /* reads numbers; the folder where there is one */
  str text;
  const str *kept; /* the same, for heads of nodes */
  size_t at;       /* the next token, white space skipped */
  uint32_t depth, depth_limit;
  uint32_t text_line;
  bool failed;
  size_t failed_at;
  str failure;        /* what the fault will say when the code is run */
  bool range_end;     /* in the second end of a range: `[` may close it */
  uint32_t questions; /* how often `?` was met */
  struct {
    size_t at;
    uint32_t line, column;
  } mark;
};

/* ---- tokens */
struct feel_place feel_here(struct feel_parser *p, size_t at);
bool feel_at_end(const struct feel_parser *p);
bool feel_at(const struct feel_parser *p, const char *symbol); /* does the text go on so */
bool feel_accept(struct feel_parser *p, const char *symbol);   /* and step over it */
void feel_expect(struct feel_parser *p, const char *symbol);
enum feel_keyword feel_at_keyword(const struct feel_parser *p);
bool feel_accept_keyword(struct feel_parser *p, enum feel_keyword k);
void feel_expect_keyword(struct feel_parser *p, enum feel_keyword k, const char *word);
void feel_move(struct feel_parser *p, size_t to); /* and over white space */
/* Notes the first fault; gives code, so that one can return it. */
const struct feel_node *feel_fail(struct feel_parser *p, size_t at, const char *code, str detail);
/* A finding that does not stop the reading. */
void feel_warn(struct feel_parser *p, size_t at, const char *code, str a, str b, str c);
/* Notes operands or a condition whose static types leave no doubt that the result is null (parse_check.c). */
void feel_check_operands(struct feel_parser *p, size_t at, enum feel_operator op, str symbol,
                         const struct feel_node *left, const struct feel_node *right);
void feel_check_condition(struct feel_parser *p, size_t at, const struct feel_node *condition);
/* A call of a function whose parameters are certain: names NULL, by position. */
void feel_check_call(struct feel_parser *p, size_t at, const struct feel_node *callee, const dmn_symbol *names,
                     uint32_t count);
const struct feel_node *feel_nothing(struct feel_parser *p); /* what a failed parse returns */

/* ---- whole texts */
/* False: the text cannot be read at all (noted). */
bool feel_parser_start(struct feel_parser *p, struct feel_compiler *c, struct feel_scope *s, str text, uint32_t line);
/* The code, or what raises the fault where anything failed or something is left over. */
const struct feel_node *feel_parser_end(struct feel_parser *p, const struct feel_node *code);

/* ---- expressions */
const struct feel_node *feel_parse_expression(struct feel_parser *p);
const struct feel_node *feel_parse_above(struct feel_parser *p, enum feel_precedence least);
/* Goes on from an operand that is read already. */
const struct feel_node *feel_parse_on(struct feel_parser *p, const struct feel_node *left, enum feel_precedence least);
const struct feel_node *feel_parse_keyword(struct feel_parser *p); /* what begins with a word of the grammar */
const struct feel_node *feel_parse_postfix(struct feel_parser *p, const struct feel_node *left);

/* A list of parts that grows. */
struct feel_parts {
  const struct feel_node **items;
  uint32_t count, capacity;
};
void feel_parts_add(struct feel_parser *p, struct feel_parts *parts, const struct feel_node *n);

/* ---- parse_name.c */
const struct feel_node *feel_parse_name(struct feel_parser *p);
const struct feel_node *feel_parse_path(struct feel_parser *p, const struct feel_node *base); /* behind the '.' */
/* A new name up to (not over) one of `stops`, or up to the word `in` where `stop_at_in`. 0: failed. */
dmn_symbol feel_parse_new_name(struct feel_parser *p, const char *stops, bool stop_at_in);
/* Is a name followed by ':' next, as in named arguments? */
bool feel_at_named(const struct feel_parser *p);
const struct feel_node *feel_parse_call(struct feel_parser *p, const struct feel_node *callee,
                                        const struct dmn_builtin *builtin, size_t from);

/* ---- parse_bracket.c */
const struct feel_node *feel_parse_parenthesis(struct feel_parser *p);
const struct feel_node *feel_parse_bracket(struct feel_parser *p);
const struct feel_node *feel_parse_reversed_bracket(struct feel_parser *p);
const struct feel_node *feel_parse_context(struct feel_parser *p);
const struct feel_node *feel_parse_filter(struct feel_parser *p, const struct feel_node *list);
/* `..` is next: the rest of a range whose start is read. */
const struct feel_node *feel_parse_range_on(struct feel_parser *p, bool open_start, const struct feel_node *start,
                                            size_t from);
bool feel_bracket_closes_range(const struct feel_parser *p);

/* ---- parse_control.c */
const struct feel_node *feel_parse_if(struct feel_parser *p);
const struct feel_node *feel_parse_loop(struct feel_parser *p, enum feel_loop kind);
const struct feel_node *feel_parse_function(struct feel_parser *p);

/* ---- parse_type.c */
/* NULL: there is no such type (noted), or the parse failed. */
const struct dmn_type *feel_parse_type(struct feel_parser *p);

/* ---- parse_test.c */
const struct feel_node *feel_parse_in(struct feel_parser *p, const struct feel_node *v, size_t from);
const struct feel_node *feel_parse_half(struct feel_parser *p);

#endif
