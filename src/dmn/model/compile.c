/* compile: each node of the graph to code, in the order in which nodes require one another. All decisions share a frame
 * that begins with the values of all nodes; functions (knowledge models, services) are constants that its texts know by name. */
#include "feel/scope.h"
#include "model/model.h"

/* ---- names of what is required */

/* The import through which one document knows another; NULL: none, and the two are the same or the import is missing. */
static const struct model_import *import_of(const struct model_document *d, const struct model_document *other) {
  for (uint32_t i = 0; i < d->import_count; i++)
    if (d->imports[i].document == other) return &d->imports[i];
  return NULL;
}

static bool is_function(const struct model_node *n) {
  return n->info.kind == DMN_NODE_BKM || n->info.kind == DMN_NODE_SERVICE;
}

static dmn_value function_of(const struct model_node *n) {
  return n->function == NULL ? dmn_null() : dmn_function_value(n->function);
}

struct feeds { uint32_t *needs; struct model_feed *imports; uint32_t need_count, import_count; };

/* What is required of one import is one context under the import's name. */
static void declare_import(struct model_loader *l, const struct model_node *n, const struct model_import *import,
                           struct feel_scope *scope, struct feeds *feeds) {
  uint32_t most = n->info.requires_count, count = 0;
  dmn_symbol *names = ARENA_ARRAY(l->arena, dmn_symbol, most);
  struct model_part *parts = ARENA_ARRAY(l->arena, struct model_part, most);
  struct dmn_type_entry *entries = ARENA_ARRAY(l->arena, struct dmn_type_entry, most);
  dmn_value *constants = ARENA_ARRAY(l->arena, dmn_value, most);
  bool constant = true;
  for (uint32_t i = 0; i < most; i++) {
    const struct model_node *r = &l->model->nodes[n->info.requires[i]];
    if (r->document != import->document) continue;
    bool function = is_function(r);
    constants[count] = function ? function_of(r) : dmn_null();
    names[count] = r->symbol;
    parts[count] = (struct model_part){ function ? DMN_NO_NODE : n->info.requires[i], constants[count] };
    entries[count++] = (struct dmn_type_entry){ r->symbol, function ? dmn_type_of_kind(DMN_FUNCTION) : r->type };
    if (!function) feeds->needs[feeds->need_count++] = n->info.requires[i];
    constant = constant && function;
  }
  if (constant) {
    dmn_value context = dmn_context_new(&l->folder, names, constants, count);
    feel_scope_define(&l->compiler, scope, import->symbol, feel_literal(&l->compiler, context));
    return;
  }
  uint32_t slot = feel_scope_add(&l->compiler, scope, import->symbol, dmn_type_context_of(l->arena, entries, count));
  feeds->imports[feeds->import_count++] = (struct model_feed){ slot, count, names, parts };
}

static bool is_first_of_import(const struct dmn_model *m, const struct model_node *n, uint32_t at) {
  for (uint32_t i = 0; i < at; i++)
    if (m->nodes[n->info.requires[i]].document == m->nodes[n->info.requires[at]].document) return false;
  return true;
}

static void declare_required(struct model_loader *l, const struct model_node *n, struct feel_scope *scope, struct feeds *feeds) {
  feeds->needs = ARENA_ARRAY(l->arena, uint32_t, n->info.requires_count);
  feeds->imports = arena_zalloc(l->arena, n->info.requires_count * sizeof *feeds->imports);
  for (uint32_t i = 0; i < n->info.requires_count; i++) {
    uint32_t node = n->info.requires[i];
    const struct model_node *r = &l->model->nodes[node];
    const struct model_import *import = r->document == n->document ? NULL : import_of(n->document, r->document);
    if (import != NULL && import->name.n > 0) {
      if (is_first_of_import(l->model, n, i)) declare_import(l, n, import, scope, feeds);
    } else if (is_function(r)) {
      feel_scope_define(&l->compiler, scope, r->symbol, feel_literal(&l->compiler, function_of(r)));
    } else {
      feel_scope_alias(&l->compiler, scope, r->symbol, node, r->type);
      feeds->needs[feeds->need_count++] = node;
    }
  }
}

/* Which of the names that requirements brought were never looked up. */
static const bool *unused_names(struct model_loader *l, const struct model_node *n, struct feel_scope *scope) {
  bool *unused = arena_zalloc(l->arena, n->info.requires_count);
  for (uint32_t i = 0; i < n->info.requires_count; i++) {
    const struct model_node *r = &l->model->nodes[n->info.requires[i]];
    const struct model_import *import = r->document == n->document ? NULL : import_of(n->document, r->document);
    const struct feel_name *name = feel_scope_own(scope, import != NULL && import->name.n > 0 ? import->symbol : r->symbol);
    unused[i] = name != NULL && !name->used;
  }
  return unused;
}

/* ---- decisions */

static void compile_decision(struct model_loader *l, struct model_node *n) {
  const struct xml_node *x = model__expression_child(n->xml);
  if (x == NULL) return;
  struct feel_frame frame = { .slot_count = l->model->node_count };      /* slot i is node i */
  l->compiler.frame = &frame;
  struct feel_scope *scope = feel_scope_push(&l->compiler, NULL);
  struct feeds feeds = { NULL, NULL, 0, 0 };
  declare_required(l, n, scope, &feeds);
  const struct model_place place = { n->document, feel_scope_push(&l->compiler, scope) };
  const struct feel_node *code = model__boxed(l, &place, x, &n->logic);
  n->code = model__typed(l, code, n->declared);
  n->needs = feeds.needs;
  n->need_count = feeds.need_count;
  n->import_feeds = feeds.imports;
  n->import_feed_count = feeds.import_count;
  if (frame.slot_count > l->model->frame_slots) l->model->frame_slots = frame.slot_count;
  n->unused = unused_names(l, n, scope);
  if (n->declared == NULL) n->type = feel_type(n->code);
}

/* ---- knowledge models */

bool model__is_external(const struct xml_node *function) {
  str kind = model__attr(function, "kind");
  return kind.n > 0 && !str_eq(kind, STR("FEEL")) && !str_eq(kind, STR("F"));
}

const struct feel_parameter *model__parameters(struct model_loader *l, const struct model_document *d, const struct xml_node *x,
                                               uint32_t *count) {
  uint32_t n = 0;
  for (const struct xml_node *p = model__child(x, "formalParameter"); p != NULL; p = model__next(p, "formalParameter")) n++;
  struct feel_parameter *parameters = ARENA_ARRAY(l->arena, struct feel_parameter, n);
  n = 0;
  for (const struct xml_node *p = model__child(x, "formalParameter"); p != NULL; p = model__next(p, "formalParameter")) {
    str name = model__attr(p, "name");
    if (name.n == 0) MODEL_REFUSE(l, p, dmn__message("model_name"), p->name);
    dmn_symbol symbol = model__symbol(l, name);
    for (uint32_t i = 0; i < n; i++)
      if (parameters[i].name == symbol) MODEL_REFUSE(l, p, dmn__message("model_twin_component"), name);
    parameters[n++] = (struct feel_parameter){ symbol, model__type(l, d, model__attr(p, "typeRef"), p) };
  }
  *count = n;
  return parameters;
}

const struct dmn_type *model__result_type(const struct model_node *n) {
  if (n->declared == NULL) return NULL;
  return n->declared->kind == DMN_TYPE_FUNCTION ? n->declared->of : n->declared;
}

static const struct feel_node *knowledge_body(struct model_loader *l, struct model_node *n, const struct xml_node *logic,
                                              struct feel_scope *scope) {
  if (model__is_external(logic)) {
    MODEL_FAULT(l, logic, dmn__message("model_external"), n->info.name, model__attr(logic, "kind"));
    return model__raising(l, DMN_DIAG_EXTERNAL_FUNCTION, n->info.name);
  }
  const struct xml_node *x = model__expression_child(logic);
  if (x == NULL) return model__raising(l, DMN_DIAG_NO_LOGIC, n->info.name);
  const struct model_place place = { n->document, scope };
  return model__boxed(l, &place, x, &n->logic);
}

/* The function is a constant: parameters in the first slots of its frame, what it requires known by name, itself too. */
static void compile_knowledge(struct model_loader *l, struct model_node *n) {
  const struct xml_node *logic = model__child(n->xml, "encapsulatedLogic");
  struct dmn_function *f = ARENA_NEW(l->arena, struct dmn_function);
  n->function = f;
  *f = (struct dmn_function){ .kind = DMN_FUNCTION_CODE, .name = n->info.name };
  if (logic == NULL) {
    f->body = model__raising(l, DMN_DIAG_NO_LOGIC, n->info.name);
    return;
  }
  f->parameters = model__parameters(l, n->document, logic, &f->parameter_count);
  f->result = model__result_type(n);
  struct feel_frame frame = { 0 };
  l->compiler.frame = &frame;
  struct feel_scope *known = feel_scope_push(&l->compiler, NULL);
  feel_scope_define(&l->compiler, known, n->symbol, feel_literal(&l->compiler, dmn_function_value(f)));
  struct feeds none = { NULL, NULL, 0, 0 };
  declare_required(l, n, known, &none);
  assert(none.need_count + none.import_count == 0);                       /* knowledge requires knowledge alone */
  struct feel_scope *scope = feel_scope_push(&l->compiler, known);
  for (uint32_t i = 0; i < f->parameter_count; i++)
    (void)feel_scope_add(&l->compiler, scope, f->parameters[i].name, f->parameters[i].type);
  const struct feel_node *body = knowledge_body(l, n, logic, feel_scope_push(&l->compiler, scope));
  f->node = (uint32_t)(n - l->model->nodes);
  f->untold = body;
  f->body = model__traced(l, f->node, f, body);
  f->frame_slots = frame.slot_count;
  f->certain = dmn_type_within(feel_type(body), f->result);
  n->unused = unused_names(l, n, known);
}

/* ---- trying cells */

dmn_value *model__trial_slots(struct model_loader *l) {
  uint32_t wanted = l->compiler.frame->slot_count;
  if (wanted > l->trial_count) {
    l->trial_count = 2 * wanted;
    l->trial = arena_zalloc(l->arena, l->trial_count * sizeof *l->trial);
  }
  return l->trial;
}

/* ---- plans: they grow with the square of the graph, so that only graphs that people draw have them */

enum { PLANNED_MOST = 256 };

/* Adds a node behind all that it needs. */
static void plan_node(const struct dmn_model *m, uint32_t node, uint32_t *marks, uint32_t mark, uint32_t *plan, uint32_t *count) {
  if (marks[node] == mark) return;
  marks[node] = mark;
  const struct model_node *n = &m->nodes[node];
  for (uint32_t i = 0; i < n->need_count; i++) plan_node(m, n->needs[i], marks, mark, plan, count);
  plan[(*count)++] = node;
}

static void keep_plan(struct model_loader *l, struct model_node *n, const uint32_t *plan, uint32_t count) {
  struct model_step *steps = ARENA_ARRAY(l->arena, struct model_step, count);
  for (uint32_t i = 0; i < count; i++) {
    const struct model_node *of = &l->model->nodes[plan[i]];
    bool plain = of->kind == DMN_NODE_DECISION && of->code != NULL && of->import_feed_count == 0;
    steps[i] = (struct model_step){ plain ? of->code : NULL, plan[i], plain ? feel_levels(of->code) : 0 };
    if (steps[i].depth > n->plan_depth) n->plan_depth = steps[i].depth;
  }
  n->plan = steps;
  n->plan_count = count;
}

static void make_plans(struct model_loader *l) {
  const struct dmn_model *m = l->model;
  if (m->node_count > PLANNED_MOST) return;
  uint32_t marks[PLANNED_MOST] = { 0 }, plan[PLANNED_MOST + 1];
  for (uint32_t node = 0; node < m->node_count; node++) {
    struct model_node *n = &m->nodes[node];
    if (n->kind != DMN_NODE_DECISION) continue;
    uint32_t count = 0;
    for (uint32_t i = 0; i < n->need_count; i++) plan_node(m, n->needs[i], marks, node + 1, plan, &count);
    plan[count++] = node;
    keep_plan(l, n, plan, count);
  }
}

/* ---- all */

static void compile_types(struct model_loader *l) {
  for (uint32_t i = 0; i < l->model->node_count; i++) {
    struct model_node *n = &l->model->nodes[i];
    const struct xml_node *variable = model__child(n->xml, "variable");
    l->at = n->document;
    n->declared = n->type = model__type(l, n->document, n->info.type_name, variable == NULL ? n->xml : variable);
  }
  for (const struct model_document *d = l->documents; d != NULL; d = d->next) {
    l->at = d;
    for (uint32_t i = 0; i < d->item_count; i++) (void)model__type_named(l, d, d->items[i].name);
  }
}

void model__compile(struct model_loader *l, const uint32_t *order) {
  l->model->frame_slots = l->model->node_count;
  compile_types(l);
  for (uint32_t i = 0; i < l->model->node_count; i++) {
    struct model_node *n = &l->model->nodes[order[i]];
    l->at = n->document;
    switch (n->info.kind) {
      case DMN_NODE_INPUT: break;
      case DMN_NODE_DECISION: compile_decision(l, n); break;
      case DMN_NODE_BKM: compile_knowledge(l, n); break;
      case DMN_NODE_SERVICE: n->function = model__service_function(l, order[i]); break;
    }
  }
  make_plans(l);
  if (l->compiler.expression_count > l->limits.expressions)
    MODEL_REFUSE(l, l->documents->root, dmn__message("model_expressions"), str_format(l->arena, "%zu", l->limits.expressions));
}
