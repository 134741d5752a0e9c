/* model (inside): what the files of this room share. A model is built by one loader in one arena and then never
 * changes; sessions of any number of threads read it. */
#ifndef DMN_MODEL_H
#define DMN_MODEL_H

#include "shienkin/codec/xml.h"
#include "shienkin/dmn.h"
#include "builtin/builtin.h"
#include "eval.h"
#include "feel/feel.h"
#include "feel/type.h"
#include "messages.h"
#include "value/value.h"

struct model_document;

/* ---- the model */

/* A slot that is filled with what is required of one import: a context of nodes and constants. */
struct model_part { uint32_t node; dmn_value constant; };      /* DMN_NO_NODE: the constant */
struct model_feed { uint32_t slot, count; const dmn_symbol *names; const struct model_part *parts; };

/* A node of a plan: the code of a decision that needs nothing but to be run, and the levels that running it takes. */
struct model_step { const struct feel_node *code; uint32_t node, depth; };       /* code NULL: settled like any other */

struct model_node {
  /* What evaluating touches, together: a decision is often a matter of a few dozen nanoseconds. */
  const struct feel_node *code;                  /* DECISION; NULL: no logic */
  const uint32_t *needs;                         /* inputs and decisions that are found before the code runs */
  const struct model_feed *import_feeds;         /* then slots are filled with these */
  const struct dmn_type *declared;               /* of the variable; NULL: any */
  const struct model_step *plan;                 /* all that it needs, and what that needs, each behind its own needs, and
                                                    itself; NULL: the model is too large for plans */
  uint32_t need_count, import_feed_count, plan_count;
  uint32_t plan_depth;                           /* of its deepest step */
  uint32_t twin;                                 /* the same element opened by another import; itself where there is none */
  enum dmn_node_kind kind;
  /* What loading and reading need. */
  const struct dmn_function *function;           /* BKM, SERVICE */
  const struct model_service *service;
  const struct dmn_boxed *logic;
  const struct dmn_type *type;                   /* what is known of its values: declared, or found in its code */
  dmn_symbol symbol;                             /* the name under which others of its document know it */
  uint32_t chain;                                /* length of the longest chain of requirements below */
  const bool *unused;                            /* by requirement: its name was never looked up; NULL: no logic */
  struct model_document *document;
  const struct xml_node *xml;
  struct dmn_node_info info;
};

struct model_service {
  uint32_t node;
  const uint32_t *parameters; uint32_t parameter_count;      /* nodes: input data, then input decisions */
  const uint32_t *outputs; uint32_t output_count;
  const dmn_symbol *output_names;
};

/* A type of contexts; inputs built by name take the order of its entries, so that code finds them where it expects. */
struct model_context_type { const struct dmn_type *type; const struct model_context_type *next; };

struct dmn_model {
  struct arena *arena;
  struct dmn_symbols *symbols;
  struct dmn_symbols *literals;                  /* the strings of its texts */
  struct findings faults;
  str name, id, namespace_uri;
  const struct xml_node *definitions;
  struct model_node *nodes; uint32_t node_count;
  uint32_t frame_slots;                          /* of the frame in which decisions run: see session_values */
  uint32_t own_count;                            /* nodes of the model itself; those of imports stand behind */
  const struct model_context_type *context_types;
};

/* ---- loading */

struct model_import { str name; dmn_symbol symbol; const struct xml_node *xml; struct model_document *document; };

struct model_item {                              /* a top-level item definition */
  str name;
  const struct xml_node *xml;
  enum { ITEM_UNREAD, ITEM_READING, ITEM_FOLLOWED, ITEM_READ } state;
  const struct dmn_type *type;                   /* once it is read */
  struct dmn_type *begun;                        /* what it will be, without its parts until they are read; NULL: another name */
};

struct model_key { const struct model_document *document; str key; uint32_t node; };
struct model_keys { struct model_key *items; uint32_t count; };

struct model_document {
  str file, name, namespace_uri, prefix;         /* prefix: dotted path of import names from the model; "" for the model */
  struct model_document *importer;               /* NULL: the model */
  const struct xml_node *root;
  struct model_import *imports; uint32_t import_count;
  struct model_item *items; uint32_t item_count;
  uint32_t first_node, node_count;
  struct model_document *next;
};

struct model_loader {
  struct dmn_model *model;
  struct arena *arena;                           /* the model's */
  struct findings *findings; size_t findings_before;
  const struct dmn_source *sources; size_t source_count;
  struct dmn_load_limits limits;
  const struct xml_node **others;                /* the roots of the other sources, once an import has asked */
  struct model_document *documents;              /* the model first */
  struct model_keys ids, names;                  /* of nodes, sorted by document and key */
  struct feel_compiler compiler;
  struct dmn_eval folder;
  struct dmn_budget budget;
  const struct model_document *at;               /* the document being compiled */
  uint32_t rule_count, depth, document_count;
  dmn_value *trial; uint32_t trial_count;        /* see model__trial_slots() */
};

/* Adds a finding at an element. */
void model__refuse(struct model_loader *l, const struct xml_node *at, const struct message *m, size_t count, const str *arguments);
#define MODEL_REFUSE(l, at, m, ...)                                                                    \
  model__refuse((l), (at), (m), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1,           \
                (str[]){ STR(""), ##__VA_ARGS__ } + 1)
/* The same for a fault: the model loads, the text answers null. */
void model__fault(struct model_loader *l, const struct xml_node *at, const struct message *m, size_t count, const str *arguments);
#define MODEL_FAULT(l, at, m, ...)                                                                     \
  model__fault((l), (at), (m), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1,            \
               (str[]){ STR(""), ##__VA_ARGS__ } + 1)
str model__path(struct arena *a, const struct xml_node *at);     /* "definitions/decision[id]/…" */

/* documents.c */
bool model__is_dmn(str namespace_uri);                           /* one of the DMN model namespaces */
bool model__is(const struct xml_node *x, const char *name);      /* a DMN element of that name */
const struct xml_node *model__child(const struct xml_node *x, const char *name);
const struct xml_node *model__next(const struct xml_node *x, const char *name);    /* sibling */
str model__text_of(const struct xml_node *x, const char *child); /* the trimmed text of <child>; p = NULL: none */
str model__attr(const struct xml_node *x, const char *name);     /* trimmed; "" when absent */
void model__read_documents(struct model_loader *l);
struct model_document *model__document_of(struct model_loader *l, const struct model_document *from, str namespace_uri);

/* drg.c */
void model__read_nodes(struct model_loader *l);
void model__read_requirements(struct model_loader *l);
/* Node indexes so that what a node requires stands before it; NULL after a refusal (cycle, too long a chain). */
const uint32_t *model__order(struct model_loader *l);
uint32_t model__resolve(struct model_loader *l, const struct model_document *d, str href);   /* DMN_NO_NODE */

/* items.c */
void model__read_items(struct model_loader *l);
/* The type that a typeRef names in a document; NULL for none or Any. An unknown name is a fault, and any value fits. */
const struct dmn_type *model__type(struct model_loader *l, const struct model_document *d, str reference, const struct xml_node *at);
/* NULL: no such type. The name is normal. */
const struct dmn_type *model__type_named(struct model_loader *l, const struct model_document *d, str name);
/* Remembers a type of contexts, whose order of entries is that of inputs built by name. */
void model__note_context(struct model_loader *l, const struct dmn_type *t);

/* compile.c */
void model__compile(struct model_loader *l, const uint32_t *order);
dmn_symbol model__symbol(struct model_loader *l, str name);
/* The variable of a function has the function's type; older models give it the type of the result. */
const struct dmn_type *model__result_type(const struct model_node *n);

/* All null, as many as the frame being compiled has by now: for trying a cell while loading. Whoever puts a value there
 * takes it away again, so that one set of slots serves all cells. */
dmn_value *model__trial_slots(struct model_loader *l);

/* ---- boxed expressions. Where one stands: its document, the names around it. */
struct model_place { const struct model_document *document; struct feel_scope *scope; };
/* An expression, typeRef applied. Never NULL. *view gets how it is drawn. */
const struct feel_node *model__boxed(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                     const struct dmn_boxed **view);
/* The same for the expression that an element should hold. */
const struct feel_node *model__boxed_in(struct model_loader *l, const struct model_place *p, const struct xml_node *holder,
                                        const struct dmn_boxed **view);
/* The builders of one kind each. */
const struct feel_node *model__table(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
const struct feel_node *model__conditional(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
const struct feel_node *model__filter(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
const struct feel_node *model__for(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
const struct feel_node *model__some(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
const struct feel_node *model__every(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view);
/* The first child that is an expression; NULL: none. */
const struct xml_node *model__expression_child(const struct xml_node *x);
bool model__is_expression(const struct xml_node *x);
/* Code that answers null with a fault. */
const struct feel_node *model__raising(struct model_loader *l, enum dmn_diagnostic_code code, str detail);
/* A context over values that nobody else will change. */
dmn_value model__context(struct dmn_eval *e, const dmn_symbol *names, const dmn_value *values, uint32_t count);
/* The same with room for its values behind it, which the caller fills before anybody looks. */
static inline dmn_value model__context_room(struct dmn_eval *e, const dmn_symbol *names, uint32_t count, dmn_value **values) {
  struct { struct dmn_context context; dmn_value values[]; } *made;
  made = arena_alloc(e->arena, sizeof *made + count * sizeof *made->values);
  const struct dmn_symbols *symbols = e->own_symbols == NULL && e->symbols != NULL ? e->symbols : dmn_names(e);
  made->context = (struct dmn_context){ count, names, made->values, symbols };
  *values = made->values;
  return (dmn_value){ .kind = DMN_CONTEXT, .as.context = &made->context };
}
/* Code followed by a conversion to a type; the code itself when there is none. */
const struct feel_node *model__typed(struct model_loader *l, const struct feel_node *code, const struct dmn_type *type);
/* The code without that conversion. */
const struct feel_node *model__untyped(const struct feel_node *code);
/* FEEL text of a literal expression or unary tests; empty when there is none. */
str model__feel_text(const struct xml_node *x, uint32_t *line);
const struct feel_node *model__feel(struct model_loader *l, const struct model_place *p, const struct xml_node *x);
bool model__is_feel(const struct model_document *d, const struct xml_node *x);
/* The formal parameters of a function definition; a bad one is refused. */
const struct feel_parameter *model__parameters(struct model_loader *l, const struct model_document *d, const struct xml_node *x, uint32_t *count);
/* kind="Java" or "PMML": what cannot be called here. */
bool model__is_external(const struct xml_node *function);

/* service.c */
const struct dmn_function *model__service_function(struct model_loader *l, uint32_t node);

/* ---- sessions */

struct session_mark { uint32_t generation, state; };
enum { SESSION_BOUND = 1, SESSION_DONE = 2 };       /* bits: given by the host; found, and of its type */

/* The values of one evaluation of the graph: the session's own, or one of a decision service. They are one frame for all
 * decisions: slot i holds the value of node i, so that what a decision requires stands where its code looks for it, and
 * nothing is copied. Behind them stand slots for locals, which decisions share: they run one after the other, since each
 * finds what it requires before it runs, and code writes its locals before it reads them. */
struct session_values {
  dmn_value *slots;
  struct session_mark *marks;
  uint32_t generation;
  bool overridden;                               /* the value of a decision was given */
};
static inline bool model__is_marked(const struct session_values *v, uint32_t node, uint32_t state) {
  return v->marks[node].generation == v->generation && (v->marks[node].state & state) != 0;
}
/* Bound, not yet held against its type. */
static inline void model__give(const struct dmn_model *m, struct session_values *v, uint32_t node, dmn_value value) {
  if (m->nodes[node].kind != DMN_NODE_INPUT) v->overridden = true;
  v->slots[node] = value;
  v->marks[node] = (struct session_mark){ v->generation, SESSION_BOUND };
}
/* Values of which none is there yet, in an arena. */
struct session_values model__no_values(struct arena *a, const struct dmn_model *m);

struct session_trace {
  bool wanted, on;                               /* on: and not within a call that is left out */
  struct dmn_trace_step *steps; uint32_t count, capacity;
  uint32_t at;                                   /* the step at work; DMN_NO_STEP: none */
  struct dmn_trace_calls *calls;                 /* of the host */
};
static inline struct session_trace model__no_trace(bool wanted) {
  return (struct session_trace){ .wanted = wanted, .on = wanted, .at = DMN_NO_STEP };
}

struct dmn_shape {
  const dmn_symbol *names; uint32_t count;
  const uint32_t *places;                        /* value i goes to places[i]; NULL: in order */
  const str *texts;
  const dmn_symbol *symbols;                     /* in the order of the texts */
  struct dmn_shape *next;
};

struct dmn_session {
  struct dmn_eval eval;                          /* first: the eval is the session */
  const struct dmn_model *model;
  struct arena *home;                            /* what survives resets */
  struct arena *arena;
  struct dmn_host host;
  struct dmn_budget budget;
  struct session_values values, *current;
  struct session_trace trace;
  struct dmn_symbols *names;                     /* of shapes, above the model's; NULL: none were new */
  struct dmn_shape *shapes; uint32_t shape_count;
};
static inline struct dmn_session *model__session(struct dmn_eval *e) { return (struct dmn_session *)e->session; }
static inline bool model__tracing(const struct dmn_eval *e) {
  const struct dmn_session *s = (const struct dmn_session *)e->session;
  return __builtin_expect(s && s->trace.on, 0);
}

/* evaluate.c: within a guard */
dmn_value model__value(struct dmn_session *s, uint32_t node);
dmn_value model__call(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments, uint32_t count);
dmn_value model__run_service(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *arguments, uint32_t count);
const struct feel_node *model__traced(struct model_loader *l, uint32_t node, const struct dmn_function *f, const struct feel_node *code);
/* trace.c: begin gives the step that end fills */
uint32_t model__trace_begin(struct dmn_session *s, uint32_t node);
uint32_t model__trace_call(struct dmn_session *s, uint32_t node, const str *names, const dmn_value *arguments, uint32_t count);
void model__trace_end(struct dmn_session *s, uint32_t step, dmn_value v);
bool model__trace_has_room(const struct dmn_session *s);        /* for another table; else trace_table counts it */
void model__trace_table(struct dmn_session *s, const struct dmn_trace_table *table);
/* The name of the context's entry in which a table stands; n = 0: none */
str model__table_entry(const struct dmn_boxed *b, const struct dmn_table_view *table);
const str *model__parameter_names(struct model_loader *l, const struct dmn_function *f);
str model__node_title(const struct dmn_node_info *n);           /* the label, else the name */

#endif
