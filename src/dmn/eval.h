/* eval: what every operation of one evaluation may see: arena, budget, diagnostics, names, the host. A session embeds
 * one; the loader makes one for folding constants. */
#ifndef DMN_EVAL_H
#define DMN_EVAL_H

#include "shienkin/dmn.h"

/* An interned name, normalised as 10.3.1.5 says (white space between parts folded). 0 is no name. */
typedef uint32_t dmn_symbol;

struct dmn_symbols;                              /* model/symbols: immutable once a model is loaded */
struct feel_node;
struct dmn_zones;                                /* value/zone.c: named zones met by this eval */
struct dmn_patterns;                             /* builtin/pattern.c: regular expressions compiled by this eval */

/* Set up by zeroing and setting arena, symbols, budget (dmn_eval_start does it). What is marked (arena) lives in the
 * arena: when that is reset, these must be NULL again. */
struct dmn_eval {
  struct arena *arena;
  const struct dmn_host *host;                   /* may be NULL: no now, no zones */
  const struct dmn_symbols *symbols;             /* the model's names */
  struct dmn_symbols *own_symbols;               /* (arena) names first met while evaluating; made when needed */
  struct dmn_zones *zones;                       /* (arena) made when needed */
  struct dmn_patterns *patterns;                 /* (arena) made when needed */
  const struct dmn_budget *budget;
  uint64_t steps;                                /* counts up to budget->steps */
  uint32_t depth;
  uint32_t fault_count, unknown_count;
  bool keep_unknowns;                            /* while tracing */
  const struct feel_node *at;                    /* the node at work, for the place of a diagnostic */
  uint32_t node;                                 /* the DRG element at work */
  struct dmn_diagnostic *diagnostics; uint32_t diagnostic_count, diagnostic_capacity;   /* (arena) the first thousand */
  dmn_value *slots;                              /* of the running frame (feel/) */
  void *session;                                 /* struct dmn_session (model/) */
};

/* The codes of diagnostics: class, code, ja, en stand once in eval_messages.c. */
#define DMN_DIAGNOSTICS(X) \
  X(UNKNOWN_OPERAND, UNKNOWN) X(UNKNOWN_CONDITION, UNKNOWN) X(UNKNOWN_ARGUMENT, UNKNOWN) X(UNKNOWN_PATH, UNKNOWN) \
  X(OUT_OF_LIST, UNKNOWN) \
  X(TYPE, FAULT) X(ARITY, FAULT) X(NAME, FAULT) X(PARAMETER_NAME, FAULT) X(DOMAIN, FAULT) X(ALLOWED_VALUE, FAULT) \
  X(COERCION, FAULT) X(DIVISION_BY_ZERO, FAULT) X(OVERFLOW, FAULT) X(LITERAL, FAULT) X(PATTERN, FAULT) \
  X(NO_ROW, FAULT) X(SEVERAL_ROWS, FAULT) X(BUDGET, FAULT) X(NO_LOGIC, FAULT) X(CYCLE, FAULT) \
  X(EXTERNAL_FUNCTION, FAULT) \
  X(SYNTAX, FAULT) X(NO_HOST, FAULT)
enum dmn_diagnostic_code {
#define X(name, class) DMN_DIAG_##name,
  DMN_DIAGNOSTICS(X)
#undef X
  DMN_DIAG_COUNT
};

/* An eval over this arena, with no host and the default budget where NULL is given. */
struct dmn_eval dmn_eval_start(struct arena *a, const struct dmn_symbols *symbols, const struct dmn_host *host,
                               const struct dmn_budget *budget);
extern const struct dmn_budget dmn_budget_default;
/* The budget with every zero replaced by its default. */
struct dmn_budget dmn_budget_filled(const struct dmn_budget *b);

/* null with a diagnostic. detail: a short text for {0} of the message (a name, a type, a value), or STR_NONE.
 * Unknowns cost one increment unless keep_unknowns. */
dmn_value dmn_raise(struct dmn_eval *e, enum dmn_diagnostic_code code, str detail);
/* The same for an operation that got a value it cannot work with: UNKNOWN_OPERAND where it is null, else TYPE with the
 * names of its kind. */
dmn_value dmn_raise_operand(struct dmn_eval *e, dmn_value v);
const char *dmn_diagnostic_name(enum dmn_diagnostic_code code);      /* "no_row" */
enum dmn_class dmn_diagnostic_class(enum dmn_diagnostic_code code);

/* One step of the budget; leaves the evaluation by arena_leave(RESULT_LIMIT), noting a BUDGET fault, when it is used
 * up. */
void dmn_budget_exceeded(struct dmn_eval *e, const char *what) __attribute__((noreturn));
static inline void dmn_step(struct dmn_eval *e) {
  if (__builtin_expect(++e->steps > e->budget->steps, 0)) dmn_budget_exceeded(e, "steps");
}
static inline void dmn_steps(struct dmn_eval *e, uint64_t n) {
  e->steps += n;
  if (__builtin_expect(e->steps > e->budget->steps, 0)) dmn_budget_exceeded(e, "steps");
}

/* names (symbols.c) */
/* below: an immutable table, or NULL */
struct dmn_symbols *dmn_symbols_new(struct arena *a, const struct dmn_symbols *below);
dmn_symbol dmn_symbols_intern(struct dmn_symbols *t, str name);  /* normalises */
dmn_symbol dmn_symbols_find(const struct dmn_symbols *t, str name);   /* 0: never met */
str dmn_symbols_text(const struct dmn_symbols *t, dmn_symbol s);
/* As they are, without normalising: for strings that become keys (context put, get value, "quoted" keys). */
dmn_symbol dmn_symbols_intern_exact(struct dmn_symbols *t, str name);
dmn_symbol dmn_symbols_find_exact(const struct dmn_symbols *t, str name);
uint64_t dmn_symbols_hash(const struct dmn_symbols *t, dmn_symbol s);     /* of the text */
/* Does a number mean the same name in both? (One stands upon the other.) */
bool dmn_symbols_comparable(const struct dmn_symbols *a, const struct dmn_symbols *b);
dmn_symbol dmn_intern(struct dmn_eval *e, str name);
dmn_symbol dmn_intern_exact(struct dmn_eval *e, str name);
const struct dmn_symbols *dmn_names(struct dmn_eval *e);          /* the table that knows every name met so far */
str dmn_symbol_text(const struct dmn_eval *e, dmn_symbol s);
/* Names that the engine itself needs, interned first in every table, so that they are constants. */
#define DMN_WELL_KNOWN(X) \
  X(ITEM, "item") X(PARTIAL, "partial") X(QUESTION, "?") X(YEAR, "year") X(MONTH, "month") X(DAY, "day") \
  X(WEEKDAY, "weekday") X(HOUR, "hour") X(MINUTE, "minute") X(SECOND, "second") X(TIME_OFFSET, "time offset") \
  X(TIMEZONE, "timezone") X(YEARS, "years") X(MONTHS, "months") X(DAYS, "days") X(HOURS, "hours") \
  X(MINUTES, "minutes") \
  X(SECONDS, "seconds") X(START, "start") X(END, "end") X(START_INCLUDED, "start included") \
  X(END_INCLUDED, "end included") X(KEY, "key") X(VALUE, "value")
enum dmn_well_known {
  DMN_SYM_NONE,
#define X(name, text) DMN_SYM_##name,
  DMN_WELL_KNOWN(X)
#undef X
  DMN_SYM_FIRST_FREE
};

#endif
