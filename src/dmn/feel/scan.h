/* scan: the letters of FEEL (DMN 1.5, 10.3.1.2 rules 25-37, 59-65, and 10.3.1.4). There is no list of tokens made in
 * advance, because what is a name depends on the scope: the parser stands at a byte of the text and asks what is there.
 * Nothing here allocates but for strings with escapes. */
#ifndef FEEL_SCAN_H
#define FEEL_SCAN_H

#include "shienkin/base.h"

bool feel_is_space(uint32_t c);      /* rules 61, 62 */
bool feel_is_name_start(uint32_t c); /* rule 28 */
bool feel_is_name_part(uint32_t c);  /* rule 29 */
bool feel_is_name_symbol(char c);    /* rule 30: . / - ' + * */

/* The first offset from `at` that is neither white space nor comment. An unclosed comment ends with the text. */
size_t feel_skip(str text, size_t at);

/* A run of name part characters at `at`; n = 0: none stands there. */
str feel_word(str text, size_t at);

/* The words of the grammar that no name may start with. */
enum feel_keyword {
  KEYWORD_NONE,
  KEYWORD_AND,
  KEYWORD_BETWEEN,
  KEYWORD_ELSE,
  KEYWORD_EVERY,
  KEYWORD_EXTERNAL,
  KEYWORD_FALSE,
  KEYWORD_FOR,
  KEYWORD_FUNCTION,
  KEYWORD_IF,
  KEYWORD_IN,
  KEYWORD_INSTANCE,
  KEYWORD_NULL,
  KEYWORD_OF,
  KEYWORD_OR,
  KEYWORD_RETURN,
  KEYWORD_SATISFIES,
  KEYWORD_SOME,
  KEYWORD_THEN,
  KEYWORD_TRUE,
};
enum feel_keyword feel_keyword_of(str word);
/* Those that may stand after an expression, and so end a run of words that no scope knows. */
bool feel_keyword_infix(enum feel_keyword k);

/* The numeric literal at `at`, without sign; n = 0: none stands there. `1..2` is the literal 1. */
str feel_number(str text, size_t at);

/* The string literal whose opening quote is at `at`: *end is behind the closing quote, *value the text with its
 * escapes resolved, in the arena where there were any. False: not closed, or an escape that is no character (then *end
 * is where). */
bool feel_string(struct arena *a, str text, size_t at, size_t *end, str *value);

/* A name as its tokens (rule 25): words and name symbols, in one spelling: one blank between two words, none around
 * symbols. Reads from `at` while tokens of names go on, at most FEEL_NAME_TOKENS. */
#define FEEL_NAME_TOKENS 24
struct feel_name_run {
  str spelled; /* all tokens in that one spelling */
  uint32_t count;
  struct {
    size_t end;
    uint32_t spelled_n;
    bool word;
    enum feel_keyword keyword;
  } token[FEEL_NAME_TOKENS];
  char room[512];
};
/* Fills the run; text that is longer than the room is cut at a token. */
void feel_name_run(str text, size_t at, struct feel_name_run *run);

#endif
