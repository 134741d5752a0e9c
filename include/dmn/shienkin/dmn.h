/* dmn: an engine for OMG DMN 1.5 (models of 1.2 to 1.5 are read) with all of FEEL. Pure: no clock, no files, no network;
 * what an evaluation may know of the world (now, time zones) comes from its host. Knows nothing of claims.
 *
 * Two objects. A *model* is loaded once, immutable, and shared by any number of threads without a lock. A *session*
 * belongs to one thread: it binds inputs, evaluates decisions, and holds values, diagnostics and the trace in its own
 * arena until dmn_session_reset().
 *
 * Values are 16 bytes, passed by copy; what they point to lives in the arena that made them.
 * Every null carries a diagnostic of one class: `unknown` (three-valued logic did its work) or `fault` (name, type,
 * arity, domain, allowed value, budget, no row under UNIQUE or ANY). */
#ifndef SHIENKIN_DMN_H
#define SHIENKIN_DMN_H

#include "shienkin/base.h"

/* ------------------------------------------------------------------ values (DMN 1.5, 10.3.2.2) */
enum dmn_kind {
  DMN_NULL, DMN_BOOLEAN, DMN_NUMBER, DMN_STRING, DMN_DATE, DMN_TIME, DMN_DATE_TIME,
  DMN_DAYS_DURATION,            /* days and time duration */
  DMN_MONTHS_DURATION,          /* years and months duration */
  DMN_LIST, DMN_CONTEXT, DMN_RANGE, DMN_FUNCTION,
};

struct dmn_list; struct dmn_context; struct dmn_range; struct dmn_function; struct dmn_decimal; struct dmn_moment;

/* The representation is the engine's own (src/dmn/value.h); read it through the functions below. */
typedef struct dmn_value {
  uint8_t kind;                 /* enum dmn_kind */
  uint8_t scale;                /* NUMBER: value = i * 10^-scale (0–18), or 255: decimal128 at `decimal` */
  uint16_t flags;               /* STRING: 1 = all ASCII */
  uint32_t length;              /* STRING bytes, LIST items; DAYS_DURATION nanoseconds; TIME zone */
  union {
    bool truth;
    int64_t i;                  /* NUMBER; DATE days since 1970-01-01; TIME nanoseconds; durations: seconds, months */
    const char *text;
    const struct dmn_decimal *decimal;
    const struct dmn_moment *moment;
    const struct dmn_value *items;
    const struct dmn_context *context;
    const struct dmn_range *range;
    const struct dmn_function *function;
  } as;
} dmn_value;
_Static_assert(sizeof(dmn_value) == 16, "a value is 16 bytes");

static inline bool dmn_is_null(dmn_value v) { return v.kind == DMN_NULL; }
static inline bool dmn_is_true(dmn_value v) { return v.kind == DMN_BOOLEAN && v.as.truth; }
static inline bool dmn_is_false(dmn_value v) { return v.kind == DMN_BOOLEAN && !v.as.truth; }
static inline dmn_value dmn_null(void) { return (dmn_value){ .kind = DMN_NULL }; }
static inline dmn_value dmn_boolean(bool b) { return (dmn_value){ .kind = DMN_BOOLEAN, .as.truth = b }; }
static inline dmn_value dmn_integer(int64_t i) { return (dmn_value){ .kind = DMN_NUMBER, .as.i = i }; }
static inline dmn_value dmn_date(int64_t days_since_1970) { return (dmn_value){ .kind = DMN_DATE, .as.i = days_since_1970 }; }
dmn_value dmn_string(str valid_utf8);                           /* borrowed */
dmn_value dmn_list(const dmn_value *items, uint32_t count);     /* borrowed */
/* A string that is the model's own where its texts mention it, as words of a closed list are: such strings are told to be
 * equal at a glance. For inputs that come again and again; else as dmn_string(). */
struct dmn_session;
dmn_value dmn_word(const struct dmn_session *s, str valid_utf8);
static inline str dmn_text(dmn_value v) { return (str){ v.as.text, v.length }; }          /* STRING */
MUST_USE bool dmn_to_int64(dmn_value v, int64_t *out);          /* a NUMBER that is a whole int64 */
dmn_value dmn_get(dmn_value context, str name);                 /* null when absent or not a context; names by their text */
/* The entries of a context, in its order: how many, and the name and value of one. */
uint32_t dmn_entry_count(dmn_value context);
str dmn_entry(dmn_value context, uint32_t i, dmn_value *value);
const char *dmn_kind_name(enum dmn_kind k);                     /* "years and months duration" */
bool dmn_same(dmn_value a, dmn_value b);                        /* equal in kind and value, null = null: for tests and traces */
str dmn_print(struct arena *a, dmn_value v);                    /* as a FEEL literal: "abc", date("2026-05-12"), [1, 2] */
/* The tagged form of `dmn tck --json` and of hashed documents: {"number":"1.5"}, {"list":[…]}, null. */
str dmn_tagged_json(struct arena *a, dmn_value v);

/* ------------------------------------------------------------------ models */
struct dmn_model;
struct dmn_source { str name; str bytes; };                     /* name: for messages and for imports by locationURI */

struct dmn_load_limits { size_t bytes, memory_bytes, rules, expressions; uint32_t depth; };   /* zeros: the defaults */

/* sources[0] is the model; the others are what it may import, found by namespace. RESULT_REFUSED with findings: pointer =
 * "<element>[@id]" path, line, column. Faults in FEEL texts that the specification lets pass as null do not refuse
 * loading; dmn_model_faults() lists them. */
MUST_USE result dmn_model_load(const struct dmn_source *sources, size_t count, const struct dmn_load_limits *limits,
                               struct findings *f, struct dmn_model **out);
void dmn_model_free(struct dmn_model *m);
const struct findings *dmn_model_faults(const struct dmn_model *m);

enum dmn_node_kind { DMN_NODE_INPUT, DMN_NODE_DECISION, DMN_NODE_BKM, DMN_NODE_SERVICE };
struct dmn_node_info {
  enum dmn_node_kind kind;
  str id, name, label, description, type_name;
  str question, allowed_answers;
  str namespace_uri, import_path;                               /* of its document; "a.b" where imports lead to it, else "" */
  const uint32_t *requires; uint32_t requires_count;            /* node indexes */
};
str dmn_model_name(const struct dmn_model *m);
str dmn_model_id(const struct dmn_model *m);                    /* definitions/@id */
str dmn_model_namespace(const struct dmn_model *m);
str dmn_model_attribute(const struct dmn_model *m, const char *namespace_uri, const char *name);  /* of definitions; p = NULL: absent */
uint32_t dmn_model_count(const struct dmn_model *m);            /* nodes, numbered from 0 in document order; those of imports behind */
const struct dmn_node_info *dmn_model_node(const struct dmn_model *m, uint32_t node);
#define DMN_NO_NODE UINT32_MAX
uint32_t dmn_model_find(const struct dmn_model *m, str name);   /* by name, by id, by import_path.name; DMN_NO_NODE */

/* ------------------------------------------------------------------ sessions */
struct dmn_host {
  int64_t now_us;                                               /* for now() and today(); INT64_MIN: null with a fault */
  int32_t utc_offset_s;
  /* TZif bytes of an IANA zone, alive as long as the host; p = NULL: no such zone. NULL: no zones at all. */
  str (*zone)(void *context, str name);
  void *context;
};
struct dmn_budget { uint64_t steps; uint32_t depth; size_t memory_bytes; uint32_t list_items; };      /* zeros: the defaults */

struct dmn_session;
struct dmn_session *dmn_session_new(const struct dmn_model *m, const struct dmn_host *host, const struct dmn_budget *budget);
void dmn_session_free(struct dmn_session *s);
void dmn_session_reset(struct dmn_session *s);                  /* drops values, diagnostics, trace, inputs */
struct arena *dmn_session_arena(struct dmn_session *s);         /* for building inputs; limited by the budget: build them under
                                                                   arena_run() where they come from outside */

enum dmn_trace_level { DMN_TRACE_OFF, DMN_TRACE_DECISIONS };
void dmn_session_trace(struct dmn_session *s, enum dmn_trace_level level);

/* Contexts for inputs: names in any order; the same name twice is asserted. */
dmn_value dmn_context_of(struct dmn_session *s, const str *names, const dmn_value *values, uint32_t count);
/* Faster for many documents of one shape: intern the names once, bind values often. The shape lives with the session's
 * model and survives resets; one with names that the model does not have is made before the first evaluation or other
 * context after a reset. */
struct dmn_shape;
const struct dmn_shape *dmn_shape_of(struct dmn_session *s, const str *names, uint32_t count);
dmn_value dmn_shaped(struct dmn_session *s, const struct dmn_shape *shape, const dmn_value *values);
/* The other way: the entries of a context that a shape names, in its order; null where there is none. NULL: no context.
 * They are the context's own where it has them in that order; else they are gathered in `room`, which holds one for each
 * name. */
const dmn_value *dmn_read(const struct dmn_shape *shape, dmn_value context, dmn_value *room);
dmn_value dmn_range_of(struct dmn_session *s, bool open_start, dmn_value start, dmn_value end, bool open_end);

void dmn_bind(struct dmn_session *s, uint32_t input_node, dmn_value v);
/* For values from where there are no dates, such as JSON: texts where the declared type of the node wants a date, a time,
 * a date and time or a duration become such, at any depth. A text that is none is noted as a fault and stays as it is;
 * everything else stays too. Call it under arena_run() of the session's arena. */
dmn_value dmn_adapt(struct dmn_session *s, uint32_t node, dmn_value v);
/* Evaluates a decision (and what it requires, each once per reset), or a decision service or BKM by its parameters.
 * RESULT_LIMIT: a budget was exceeded (also noted as a fault); *out is then null. */
MUST_USE result dmn_evaluate(struct dmn_session *s, uint32_t node, dmn_value *out);
MUST_USE result dmn_invoke(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments, uint32_t count, dmn_value *out);
/* Parses and evaluates one FEEL expression over a context: for tools, tests and fuzzing. */
MUST_USE result dmn_feel(struct dmn_session *s, str expression, dmn_value context, struct findings *f, dmn_value *out);

enum dmn_class { DMN_UNKNOWN, DMN_FAULT };
struct dmn_diagnostic {
  enum dmn_class class;
  const char *code;                                             /* "type", "arity", "name", "domain", "budget", "no_row", … */
  uint32_t node;                                                /* where, or DMN_NO_NODE */
  uint32_t line, column;                                        /* of the document */
  str expression;                                               /* the whole FEEL text at fault; n = 0: not known */
  str ja, en;
};
uint32_t dmn_fault_count(const struct dmn_session *s);
/* Faults always; unknowns only while tracing. In the session's arena. */
const struct dmn_diagnostic *dmn_diagnostics(struct dmn_session *s, uint32_t *count);

/* ------------------------------------------------------------------ traces: one step for each node evaluated and for each
 * call of a knowledge model or service, in the order in which they began, so that a step stands behind the one that asked
 * for it. The same inputs give the same trace, byte for byte. Calls are many where a list is gone through, so that a step
 * tells DMN_TRACE_CALLS of each function and DMN_TRACE_TABLES of its tables, and a trace begins no call behind
 * DMN_TRACE_STEPS; what is left out is counted. Everything lives in the session's arena. */
enum { DMN_TRACE_CALLS = 100, DMN_TRACE_TABLES = 100, DMN_TRACE_STEPS = 10000 };
#define DMN_NO_STEP UINT32_MAX
struct dmn_table_view;
struct dmn_trace_table {                                        /* one run of a decision table */
  const struct dmn_table_view *view;                            /* labels, conditions and annotations stand there */
  const dmn_value *inputs;                                      /* of its input expressions */
  const uint32_t *rows; uint32_t row_count;                     /* those hit, from 0; none: a default, or no answer */
};
struct dmn_trace_calls {                                        /* of one function, by one step */
  uint32_t node, told, left_out;
  struct dmn_trace_calls *next;                                 /* functions in the order of their first calls */
};
struct dmn_trace_step {
  uint32_t node;
  uint32_t parent;                                              /* the step that asked for it; DMN_NO_STEP: the host */
  dmn_value result;                                             /* null too where a budget ended the evaluation */
  const dmn_value *arguments; const str *argument_names; uint32_t argument_count;   /* of a call */
  struct dmn_trace_table *tables; uint32_t table_count, tables_left_out;            /* in the order in which they ended */
  struct dmn_trace_calls *calls;
};
const struct dmn_trace_step *dmn_trace(struct dmn_session *s, uint32_t *count);
/* {"model", "steps": [{"arguments", "left_out", "node", "parent", "result", "tables"}]}: canonical (RFC 8785), values in the
 * tagged form, members without content left away, `parent` by number from 0. p = NULL: it does not fit the session's memory. */
str dmn_trace_json(struct dmn_session *s);
/* Indented, from the result down to the inputs, in the reader's language. What was told once is not told again below. */
str dmn_trace_text(struct dmn_session *s, bool japanese);

/* ------------------------------------------------------------------ structure, for printing and analysis */
enum dmn_logic { DMN_LOGIC_NONE, DMN_LOGIC_LITERAL, DMN_LOGIC_TABLE, DMN_LOGIC_CONTEXT, DMN_LOGIC_LIST, DMN_LOGIC_RELATION,
                 DMN_LOGIC_FUNCTION, DMN_LOGIC_INVOCATION, DMN_LOGIC_CONDITIONAL, DMN_LOGIC_FILTER, DMN_LOGIC_FOR,
                 DMN_LOGIC_SOME, DMN_LOGIC_EVERY };
/* One boxed expression as drawn. Parts by kind: CONTEXT, LIST: entries (labels and parts); RELATION: columns as labels, parts = rows, each
 * a LIST of cells; INVOCATION: text = what is called, labels and parts = bindings; CONDITIONAL: if, then, else; FILTER: in, match;
 * FOR: in, return; SOME, EVERY: in, satisfies; FUNCTION: labels = parameters, one part. */
struct dmn_boxed {
  enum dmn_logic kind;
  str id, label, description, type_name, text;
  uint32_t line;
  const str *labels; const struct dmn_boxed *const *parts; uint32_t count;
  const struct dmn_table_view *table;
};
struct dmn_table_column { str label, text, type_name, allowed, default_output; };
struct dmn_table_row { str id, description; const str *inputs, *outputs, *annotations; uint32_t line; };
struct dmn_table_view {
  str hit_policy;                                               /* "UNIQUE", "COLLECT+", … */
  const struct dmn_table_column *inputs, *outputs; const str *annotations;
  uint32_t input_count, output_count, annotation_count;
  const struct dmn_table_row *rows; uint32_t row_count;
};
const struct dmn_boxed *dmn_model_logic(const struct dmn_model *m, uint32_t node);   /* NULL: an input, or no logic */

#endif
