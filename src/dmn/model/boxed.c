/* boxed: boxed expressions (DMN 1.5, chapters 7.3 and 10.2) to code: literal expressions, contexts, lists, relations,
 * invocations, function definitions. Loops and conditionals are in boxed_loop.c, tables in table.c. Each builder gives
 * code and fills in how the expression is drawn. */
#include "model/table.h"

/* ---- small pieces */

struct raising { struct feel_node_head head; enum dmn_diagnostic_code code; str detail; };

static dmn_value run_raising(struct dmn_eval *e, const struct feel_node *self) {
  const struct raising *r = (const struct raising *)(const void *)self;
  return dmn_raise(e, r->code, r->detail);
}

const struct feel_node *model__raising(struct model_loader *l, enum dmn_diagnostic_code code, str detail) {
  struct raising *r = ARENA_NEW(l->arena, struct raising);
  *r = (struct raising){ feel_head_of(run_raising, NULL, 0, NULL, 0), code, detail };
  return (const struct feel_node *)(const void *)r;
}

/* A value of a plain type needs no conversion when its kind says so already. */
struct typed { struct feel_node_head head; const struct feel_node *code; const struct dmn_type *type; int plain_kind; };

static dmn_value run_typed(struct dmn_eval *e, const struct feel_node *self) {
  const struct typed *t = (const struct typed *)(const void *)self;
  dmn_value v = feel_run(e, t->code);
  if (v.kind == t->plain_kind || v.kind == DMN_NULL) return v;
  return dmn_coerce(e, t->type, v);
}

/* The kind of all values of an unconstrained plain type, or -1. */
static int plain_kind(const struct dmn_type *t) {
  static const int kinds[] = {
    [DMN_TYPE_BOOLEAN] = DMN_BOOLEAN, [DMN_TYPE_NUMBER] = DMN_NUMBER, [DMN_TYPE_STRING] = DMN_STRING, [DMN_TYPE_DATE] = DMN_DATE,
    [DMN_TYPE_TIME] = DMN_TIME, [DMN_TYPE_DATE_TIME] = DMN_DATE_TIME, [DMN_TYPE_DAYS_DURATION] = DMN_DAYS_DURATION,
    [DMN_TYPE_MONTHS_DURATION] = DMN_MONTHS_DURATION,
  };
  if (t->allowed_values != NULL || t->constraint != NULL || (size_t)t->kind >= COUNT_OF(kinds) || kinds[t->kind] == 0) return -1;
  return kinds[t->kind];
}

/* The same table, known to give values of that type. */
static const struct feel_node *retyped(struct model_loader *l, const struct feel_node *code, const struct dmn_type *type) {
  struct table *t = ARENA_NEW(l->arena, struct table);
  *t = *(const struct table *)(const void *)code;
  t->head.type = type;
  return (const struct feel_node *)(const void *)t;
}

const struct feel_node *model__typed(struct model_loader *l, const struct feel_node *code, const struct dmn_type *type) {
  dmn_value v;
  if (feel_constant(code, &v) && type != NULL) {                 /* converted now, unless that is a fault, which belongs to the evaluation */
    uint32_t faults = l->folder.fault_count;
    dmn_value converted = dmn_coerce(&l->folder, type, v);
    if (l->folder.fault_count == faults) return feel_typed_literal(&l->compiler, converted, type);
  } else if (dmn_type_within(feel_type(code), type)) {
    return code;
  } else if (feel_head(code)->run == table__run && table__always_fits((const struct table *)(const void *)code, type)) {
    return retyped(l, code, type);
  }
  struct typed *t = ARENA_NEW(l->arena, struct typed);
  *t = (struct typed){ feel_head_of(run_typed, type, feel_head(code)->line, &code, 1), code, type, plain_kind(type) };
  return (const struct feel_node *)(const void *)t;
}

const struct feel_node *model__untyped(const struct feel_node *code) {
  return feel_head(code)->run == run_typed ? ((const struct typed *)(const void *)code)->code : code;
}

static struct dmn_boxed *new_view(struct model_loader *l, const struct xml_node *x, enum dmn_logic kind) {
  struct dmn_boxed *view = ARENA_NEW(l->arena, struct dmn_boxed);
  *view = (struct dmn_boxed){
    .kind = kind,
    .id = model__attr(x, "id"),
    .label = model__attr(x, "label"),
    .description = model__text_of(x, "description"),
    .type_name = model__attr(x, "typeRef"),
    .line = x->line,
  };
  return view;
}

/* Room for the labels and parts of a view. */
struct parts { str *labels; const struct dmn_boxed **views; const struct feel_node **codes; uint32_t count; };

static struct parts parts_for(struct model_loader *l, uint32_t most) {
  return (struct parts){
    ARENA_ARRAY(l->arena, str, most), ARENA_ARRAY(l->arena, const struct dmn_boxed *, most),
    ARENA_ARRAY(l->arena, const struct feel_node *, most), 0,
  };
}

static void show_parts(struct dmn_boxed *view, const struct parts *p) {
  view->labels = p->labels;
  view->parts = p->views;
  view->count = p->count;
}

static uint32_t children_named(const struct xml_node *x, const char *name) {
  uint32_t count = 0;
  for (const struct xml_node *c = model__child(x, name); c != NULL; c = model__next(c, name)) count++;
  return count;
}

/* The expression inside an element that should hold one. */
static const struct feel_node *boxed_in(struct model_loader *l, const struct model_place *p, const struct xml_node *holder,
                                        const struct dmn_boxed **view) {
  const struct xml_node *x = model__expression_child(holder);
  if (x != NULL) return model__boxed(l, p, x, view);
  *view = new_view(l, holder, DMN_LOGIC_NONE);
  return model__raising(l, DMN_DIAG_NO_LOGIC, holder->name);
}

/* ---- literal expressions */

const struct feel_node *model__feel(struct model_loader *l, const struct model_place *p, const struct xml_node *x) {
  uint32_t line;
  str text = model__feel_text(x, &line);
  if (!model__is_feel(p->document, x)) {
    MODEL_FAULT(l, x, dmn__message("model_language"), model__attr(x, "expressionLanguage"));
    return model__raising(l, DMN_DIAG_SYNTAX, model__attr(x, "expressionLanguage"));
  }
  if (str_trim(text).n == 0) return model__raising(l, DMN_DIAG_NO_LOGIC, x->name);
  l->compiler.place_at = x;
  return feel_compile(&l->compiler, p->scope, text, line);
}

static const struct feel_node *literal(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                       struct dmn_boxed *view) {
  uint32_t line;
  view->text = str_trim(model__feel_text(x, &line));
  view->line = line;
  return model__feel(l, p, x);
}

/* ---- contexts: entries in their order, each seeing those before it; an entry without a variable is the result */

struct context_node {
  struct feel_node_head head;
  uint32_t count;
  const dmn_symbol *names;
  const uint32_t *slots;
  const struct feel_node *const *codes;
  const struct feel_node *result;                /* NULL: the context itself */
};

static dmn_value run_context(struct dmn_eval *e, const struct feel_node *self) {
  const struct context_node *c = (const struct context_node *)(const void *)self;
  uint32_t count = c->count;
  dmn_value *slots = e->slots, *values, made = model__context_room(e, c->names, count, &values);
  for (uint32_t i = 0; i < count; i++) {
    values[i] = feel_run(e, c->codes[i]);
    slots[c->slots[i]] = values[i];              /* later entries see it there */
  }
  return c->result == NULL ? made : feel_run(e, c->result);
}

/* A context over values that nobody else will change; the names are shared by every context of this shape. */
dmn_value model__context(struct dmn_eval *e, const dmn_symbol *names, const dmn_value *values, uint32_t count) {
  struct dmn_context *c = arena_alloc(e->arena, sizeof *c);
  *c = (struct dmn_context){ count, names, values, dmn_names(e) };
  return (dmn_value){ .kind = DMN_CONTEXT, .as.context = c };
}

static const struct dmn_type *context_type(struct model_loader *l, const dmn_symbol *names, const struct feel_node *const *codes,
                                           uint32_t count) {
  struct dmn_type_entry *entries = ARENA_ARRAY(l->arena, struct dmn_type_entry, count);
  for (uint32_t i = 0; i < count; i++) entries[i] = (struct dmn_type_entry){ names[i], feel_type(codes[i]) };
  return dmn_type_context_of(l->arena, entries, count);
}

static bool is_twin(const dmn_symbol *names, uint32_t count, dmn_symbol name) {
  for (uint32_t i = 0; i < count; i++)
    if (names[i] == name) return true;
  return false;
}

struct entries { dmn_symbol *names; uint32_t *slots; uint32_t count; const struct feel_node *result; };

/* One entry, added to the scope behind it. False after a refusal. */
static bool context_entry(struct model_loader *l, struct model_place *p, const struct xml_node *x, struct parts *parts, struct entries *e) {
  const struct xml_node *variable = model__child(x, "variable");
  str name = variable == NULL ? STR("") : model__attr(variable, "name");
  const struct feel_node *code = boxed_in(l, p, x, &parts->views[parts->count]);
  parts->labels[parts->count] = name;
  if (variable == NULL) {
    parts->codes[parts->count++] = e->result = code;
    return true;
  }
  if (name.n == 0) {
    MODEL_REFUSE(l, variable, dmn__message("model_name"), variable->name);
    return false;
  }
  dmn_symbol symbol = model__symbol(l, name);
  if (is_twin(e->names, e->count, symbol)) {
    MODEL_REFUSE(l, variable, dmn__message("model_twin_component"), name);
    return false;
  }
  code = model__typed(l, code, model__type(l, p->document, model__attr(variable, "typeRef"), variable));
  p->scope = feel_scope_push(&l->compiler, p->scope);
  e->names[e->count] = symbol;
  e->slots[e->count++] = feel_scope_add(&l->compiler, p->scope, symbol, feel_type(code));
  parts->codes[parts->count++] = code;
  return true;
}

/* A context of constants is one. */
static const struct feel_node *constant_context(struct model_loader *l, const struct entries *e, const struct feel_node *const *codes,
                                                const struct dmn_type *type) {
  dmn_value *values = ARENA_ARRAY(l->arena, dmn_value, e->count);
  for (uint32_t i = 0; i < e->count; i++)
    if (!feel_constant(codes[i], &values[i])) return NULL;
  return feel_typed_literal(&l->compiler, model__context(&l->folder, e->names, values, e->count), type);
}

static const struct feel_node *context(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                       struct dmn_boxed *view) {
  uint32_t most = children_named(x, "contextEntry");
  struct parts parts = parts_for(l, most);
  struct entries e = { ARENA_ARRAY(l->arena, dmn_symbol, most), ARENA_ARRAY(l->arena, uint32_t, most), 0, NULL };
  struct model_place inside = *p;
  for (const struct xml_node *i = model__child(x, "contextEntry"); i != NULL && e.result == NULL; i = model__next(i, "contextEntry"))
    if (!context_entry(l, &inside, i, &parts, &e)) break;
  show_parts(view, &parts);
  const struct dmn_type *type = e.result != NULL ? feel_type(e.result) : context_type(l, e.names, parts.codes, e.count);
  const struct feel_node *constant = e.result == NULL ? constant_context(l, &e, parts.codes, type) : NULL;
  if (constant != NULL) return constant;
  struct context_node *c = ARENA_NEW(l->arena, struct context_node);
  *c = (struct context_node){
    feel_head_of(run_context, type, x->line, parts.codes, parts.count), e.count, e.names, e.slots, parts.codes, e.result,
  };
  return (const struct feel_node *)(const void *)c;
}

/* ---- lists */

struct list_node { struct feel_node_head head; uint32_t count; const struct feel_node *const *codes; };

static dmn_value run_list(struct dmn_eval *e, const struct feel_node *self) {
  const struct list_node *n = (const struct list_node *)(const void *)self;
  dmn_value *items = ARENA_ARRAY(e->arena, dmn_value, n->count);
  for (uint32_t i = 0; i < n->count; i++) items[i] = feel_run(e, n->codes[i]);
  return dmn_list(items, n->count);
}

static const struct feel_node *list_of(struct model_loader *l, const struct xml_node *x, const struct parts *parts) {
  const struct dmn_type *item = parts->count == 0 ? NULL : feel_type(parts->codes[0]);
  for (uint32_t i = 1; i < parts->count && item != NULL; i++) {
    const struct dmn_type *other = feel_type(parts->codes[i]);
    if (other == NULL || !dmn_type_within(other, item)) item = NULL;
  }
  struct list_node *n = ARENA_NEW(l->arena, struct list_node);
  *n = (struct list_node){
    feel_head_of(run_list, dmn_type_list_of(l->arena, item), x->line, parts->codes, parts->count), parts->count, parts->codes,
  };
  return (const struct feel_node *)(const void *)n;
}

static const struct feel_node *list(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  uint32_t most = 0;
  for (const struct xml_node *i = x->first_child; i != NULL; i = i->next) most += model__is_expression(i);
  struct parts parts = parts_for(l, most);
  for (const struct xml_node *i = x->first_child; i != NULL; i = i->next) {
    if (!model__is_expression(i)) continue;
    parts.codes[parts.count] = model__boxed(l, p, i, &parts.views[parts.count]);
    parts.labels[parts.count] = parts.views[parts.count]->label;
    parts.count++;
  }
  show_parts(view, &parts);
  return list_of(l, x, &parts);
}

/* ---- relations: a list of contexts, drawn as a table */

struct columns { dmn_symbol *names; const struct dmn_type **types; str *labels; uint32_t count; };

static struct columns read_columns(struct model_loader *l, const struct model_place *p, const struct xml_node *x) {
  uint32_t most = children_named(x, "column");
  struct columns c = {
    ARENA_ARRAY(l->arena, dmn_symbol, most), ARENA_ARRAY(l->arena, const struct dmn_type *, most), ARENA_ARRAY(l->arena, str, most), 0,
  };
  for (const struct xml_node *i = model__child(x, "column"); i != NULL; i = model__next(i, "column")) {
    str name = model__attr(i, "name");
    dmn_symbol symbol = model__symbol(l, name);
    if (name.n == 0) MODEL_REFUSE(l, i, dmn__message("model_name"), i->name);
    if (is_twin(c.names, c.count, symbol)) {
      MODEL_REFUSE(l, i, dmn__message("model_twin_component"), name);
      continue;
    }
    c.names[c.count] = symbol;
    c.labels[c.count] = name;
    c.types[c.count++] = model__type(l, p->document, model__attr(i, "typeRef"), i);
  }
  return c;
}

static const struct feel_node *relation_row(struct model_loader *l, const struct model_place *p, const struct xml_node *row,
                                            const struct columns *columns, struct dmn_boxed *view) {
  struct parts cells = parts_for(l, columns->count);
  uint32_t *slots = ARENA_ARRAY(l->arena, uint32_t, columns->count);
  const struct xml_node *x = model__expression_child(row);
  for (uint32_t i = 0; i < columns->count; i++) {
    const struct feel_node *code;
    if (x != NULL) {
      code = model__boxed(l, p, x, &cells.views[i]);
    } else {
      cells.views[i] = new_view(l, row, DMN_LOGIC_NONE);
      code = feel_literal(&l->compiler, dmn_null());
    }
    cells.codes[i] = model__typed(l, code, columns->types[i]);
    cells.labels[i] = columns->labels[i];
    slots[i] = l->compiler.frame->slot_count++;
    do x = x == NULL ? NULL : x->next; while (x != NULL && !model__is_expression(x));
  }
  if (x != NULL) MODEL_REFUSE(l, x, dmn__message("model_row"), str_format(l->arena, "%u", columns->count));
  cells.count = columns->count;
  show_parts(view, &cells);
  struct context_node *c = ARENA_NEW(l->arena, struct context_node);
  *c = (struct context_node){
    feel_head_of(run_context, context_type(l, columns->names, cells.codes, cells.count), row->line, cells.codes, cells.count),
    columns->count, columns->names, slots, cells.codes, NULL,
  };
  return (const struct feel_node *)(const void *)c;
}

static const struct feel_node *relation(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                        struct dmn_boxed *view) {
  struct columns columns = read_columns(l, p, x);
  struct parts rows = parts_for(l, children_named(x, "row"));
  for (const struct xml_node *row = model__child(x, "row"); row != NULL; row = model__next(row, "row")) {
    struct dmn_boxed *row_view = new_view(l, row, DMN_LOGIC_LIST);
    rows.codes[rows.count] = relation_row(l, p, row, &columns, row_view);
    rows.views[rows.count] = row_view;
    rows.count++;
  }
  view->labels = columns.labels;
  view->parts = rows.views;
  view->count = rows.count;
  return list_of(l, x, &rows);
}

/* ---- invocations */

struct invocation_node {
  struct feel_node_head head;
  const struct feel_node *callee;
  uint32_t count;
  const dmn_symbol *names;
  const struct feel_node *const *codes;
};

static dmn_value run_invocation(struct dmn_eval *e, const struct feel_node *self) {
  const struct invocation_node *n = (const struct invocation_node *)(const void *)self;
  dmn_value *arguments = ARENA_ARRAY(e->arena, dmn_value, n->count);
  dmn_value callee = feel_run(e, n->callee);
  for (uint32_t i = 0; i < n->count; i++) arguments[i] = feel_run(e, n->codes[i]);
  return feel_call_named(e, callee, n->names, arguments, n->count);
}

static const struct feel_node *binding(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                       dmn_symbol *name, str *label, const struct dmn_boxed **view) {
  const struct xml_node *parameter = model__child(x, "parameter");
  *label = parameter == NULL ? STR("") : model__attr(parameter, "name");
  *name = model__symbol(l, *label);
  if (label->n == 0) MODEL_REFUSE(l, x, dmn__message("model_name"), x->name);
  const struct feel_node *code;
  if (model__expression_child(x) != NULL) {
    code = boxed_in(l, p, x, view);
  } else {                                       /* a binding without an expression passes null */
    *view = new_view(l, x, DMN_LOGIC_NONE);
    code = feel_literal(&l->compiler, dmn_null());
  }
  if (parameter == NULL) return code;
  return model__typed(l, code, model__type(l, p->document, model__attr(parameter, "typeRef"), parameter));
}

/* The call as code that wastes nothing, where every parameter is bound once and all bindings fit as they are; else NULL. */
static const struct feel_node *direct_call(struct model_loader *l, const struct feel_node *callee, const dmn_symbol *names,
                                           const struct feel_node *const *codes, uint32_t count, uint32_t line) {
  dmn_value f;
  if (!feel_constant(callee, &f) || f.kind != DMN_FUNCTION || f.as.function->parameter_count != count) return NULL;
  if (f.as.function->kind != DMN_FUNCTION_CODE) return NULL;
  const struct feel_node **ordered = ARENA_ARRAY(l->arena, const struct feel_node *, count);
  for (uint32_t p = 0; p < count; p++) {
    uint32_t i = 0;
    while (i < count && names[i] != f.as.function->parameters[p].name) i++;
    if (i == count) return NULL;
    ordered[p] = codes[i];
  }
  return feel_call_directly(&l->compiler, callee, ordered, count, line);
}

/* What a call gives, as far as its function tells. */
static const struct dmn_type *called_type(const struct feel_node *callee) {
  dmn_value v;
  if (!feel_constant(callee, &v) || v.kind != DMN_FUNCTION || v.as.function->kind == DMN_FUNCTION_BUILTIN) return NULL;
  const struct dmn_function *f = v.as.function;
  return f->result != NULL ? f->result : f->body != NULL ? feel_type(f->body) : NULL;
}

static const struct feel_node *invocation(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                          struct dmn_boxed *view) {
  uint32_t most = children_named(x, "binding");
  struct parts parts = parts_for(l, most + 1);
  dmn_symbol *names = ARENA_ARRAY(l->arena, dmn_symbol, most);
  for (const struct xml_node *b = model__child(x, "binding"); b != NULL; b = model__next(b, "binding")) {
    uint32_t i = parts.count++;
    parts.codes[i] = binding(l, p, b, &names[i], &parts.labels[i], &parts.views[i]);
  }
  show_parts(view, &parts);
  const struct dmn_boxed *callee_view;
  const struct feel_node *callee = boxed_in(l, p, x, &callee_view);
  view->text = callee_view->text;
  const struct feel_node *direct = direct_call(l, callee, names, parts.codes, parts.count, x->line);
  if (direct != NULL) return direct;
  parts.codes[parts.count] = callee;             /* counted for the height alone */
  struct invocation_node *n = ARENA_NEW(l->arena, struct invocation_node);
  *n = (struct invocation_node){
    feel_head_of(run_invocation, called_type(callee), x->line, parts.codes, parts.count + 1), callee, parts.count, names, parts.codes,
  };
  return (const struct feel_node *)(const void *)n;
}

/* ---- function definitions */

static const struct feel_node *function(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                        struct dmn_boxed *view) {
  uint32_t count;
  const struct feel_parameter *parameters = model__parameters(l, p->document, x, &count);
  struct parts parts = parts_for(l, count + 1);
  for (uint32_t i = 0; i < count; i++) parts.labels[i] = dmn_symbols_text(l->model->symbols, parameters[i].name);
  view->labels = parts.labels;
  view->parts = parts.views;
  view->count = count;
  const struct dmn_type *type = model__type(l, p->document, model__attr(x, "typeRef"), x);
  const struct dmn_type *gives = type != NULL && type->kind == DMN_TYPE_FUNCTION ? type->of : type;
  str name = view->label.n > 0 ? view->label : STR("function");
  if (model__is_external(x)) {
    MODEL_FAULT(l, x, dmn__message("model_external"), name, model__attr(x, "kind"));
    parts.views[0] = new_view(l, x, DMN_LOGIC_NONE);
    return feel_lambda_external(&l->compiler, name, parameters, count, gives, x->line);
  }
  struct feel_lambda *lambda = feel_lambda_open(&l->compiler, p->scope, parameters, count);
  const struct model_place inside = { p->document, feel_lambda_scope(lambda) };
  const struct feel_node *body = boxed_in(l, &inside, x, &parts.views[0]);
  return feel_lambda_close(&l->compiler, lambda, name, gives, body);
}

/* ---- any expression */

typedef const struct feel_node *(*builder)(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                           struct dmn_boxed *view);

static const struct kind { const char *name; enum dmn_logic logic; builder build; bool types_itself; } kinds[] = {
  { "literalExpression", DMN_LOGIC_LITERAL, literal, false },
  { "decisionTable", DMN_LOGIC_TABLE, model__table, false },
  { "context", DMN_LOGIC_CONTEXT, context, false },
  { "list", DMN_LOGIC_LIST, list, false },
  { "relation", DMN_LOGIC_RELATION, relation, false },
  { "invocation", DMN_LOGIC_INVOCATION, invocation, false },
  { "functionDefinition", DMN_LOGIC_FUNCTION, function, true },
  { "conditional", DMN_LOGIC_CONDITIONAL, model__conditional, false },
  { "filter", DMN_LOGIC_FILTER, model__filter, false },
  { "for", DMN_LOGIC_FOR, model__for, false },
  { "some", DMN_LOGIC_SOME, model__some, false },
  { "every", DMN_LOGIC_EVERY, model__every, false },
};

static const struct kind *kind_of(const struct xml_node *x) {
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (model__is(x, kinds[i].name)) return &kinds[i];
  return NULL;
}

bool model__is_expression(const struct xml_node *x) {
  return kind_of(x) != NULL;
}

const struct xml_node *model__expression_child(const struct xml_node *x) {
  const struct xml_node *c = x->first_child;
  while (c != NULL && !model__is_expression(c)) c = c->next;
  return c;
}

const struct feel_node *model__boxed(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                     const struct dmn_boxed **view) {
  const struct kind *kind = kind_of(x);
  struct dmn_boxed *drawn = new_view(l, x, kind->logic);
  *view = drawn;
  const struct feel_node *code = kind->build(l, p, x, drawn);
  if (kind->types_itself || drawn->type_name.n == 0) return code;
  return model__typed(l, code, model__type(l, p->document, drawn->type_name, x));
}

const struct feel_node *model__boxed_in(struct model_loader *l, const struct model_place *p, const struct xml_node *holder,
                                        const struct dmn_boxed **view) {
  return boxed_in(l, p, holder, view);
}
