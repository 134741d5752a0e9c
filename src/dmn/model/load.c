/* load: one model from its sources. What is wrong with the structure refuses the model, everything at once; what is
 * wrong with a FEEL text is a fault, because the specification lets it pass as null. */
#include "model/model.h"

static const struct dmn_load_limits default_limits = {
  .bytes = (size_t)16 << 20,
  .memory_bytes = (size_t)256 << 20,
  .rules = 1 << 17,
  .expressions = 1 << 20,
  .depth = 256,
};

static struct dmn_load_limits limits_filled(const struct dmn_load_limits *given) {
  struct dmn_load_limits l = given == NULL ? default_limits : *given;
  if (l.bytes == 0) l.bytes = default_limits.bytes;
  if (l.memory_bytes == 0) l.memory_bytes = default_limits.memory_bytes;
  if (l.rules == 0) l.rules = default_limits.rules;
  if (l.expressions == 0) l.expressions = default_limits.expressions;
  if (l.depth == 0) l.depth = default_limits.depth;
  return l;
}

dmn_symbol model__symbol(struct model_loader *l, str name) {
  return dmn_symbols_intern(l->model->symbols, name);
}

void model__note_context(struct model_loader *l, const struct dmn_type *t) {
  struct model_context_type *noted = ARENA_NEW(l->arena, struct model_context_type);
  *noted = (struct model_context_type){ t, l->model->context_types };
  l->model->context_types = noted;
}

/* A type by the name that a FEEL text gives it: as the document at work sees it. */
static const struct dmn_type *type_named(void *context, str name) {
  struct model_loader *l = context;
  return model__type_named(l, l->at, name);
}

/* A node that a text names without requiring it: as others of its document know it. */
static bool named_elsewhere(void *context, str name) {
  struct model_loader *l = context;
  dmn_symbol symbol = dmn_symbols_find(l->model->symbols, name);
  for (uint32_t i = 0; i < l->at->node_count && symbol != DMN_SYM_NONE; i++)
    if (l->model->nodes[l->at->first_node + i].symbol == symbol) return true;
  return false;
}

static str place_text(struct arena *a, const void *at) { return model__path(a, at); }

static bool refused(const struct model_loader *l) {
  return l->findings->count + l->findings->dropped > l->findings_before;
}

static void describe(struct dmn_model *m, const struct model_document *d) {
  m->definitions = d->root;
  m->name = d->name;
  m->id = model__attr(d->root, "id");
  m->namespace_uri = d->namespace_uri;
}

static void start(struct model_loader *l) {
  l->model->symbols = dmn_symbols_new(l->arena, NULL);
  l->model->literals = dmn_symbols_new(l->arena, NULL);
  l->model->faults = findings_in(l->arena);
  l->budget = dmn_budget_filled(NULL);
  l->folder = dmn_eval_start(l->arena, l->model->symbols, NULL, &l->budget);
  l->compiler = (struct feel_compiler){
    .arena = l->arena,
    .symbols = l->model->symbols,
    .literals = l->model->literals,
    .faults = &l->model->faults,
    .folder = &l->folder,
    /* one more than allowed is compiled, so that reaching the bound and passing it can be told apart */
    .expression_limit = l->limits.expressions >= UINT32_MAX ? UINT32_MAX : (uint32_t)l->limits.expressions + 1,
    .type_named = type_named,
    .type_context = l,
    .place_text = place_text,
    .named_elsewhere = named_elsewhere,
  };
}

static void load(void *context) {
  struct model_loader *l = context;
  start(l);
  model__read_documents(l);
  if (refused(l)) return;
  describe(l->model, l->documents);
  model__read_nodes(l);
  model__read_items(l);
  if (refused(l)) return;
  model__read_requirements(l);
  const uint32_t *order = refused(l) ? NULL : model__order(l);
  if (refused(l)) return;
  model__compile(l, order);
}

result dmn_model_load(const struct dmn_source *sources, size_t count, const struct dmn_load_limits *limits, struct findings *f,
                      struct dmn_model **out) {
  assert(count > 0);
  *out = NULL;
  struct model_loader l = { .sources = sources, .source_count = count, .limits = limits_filled(limits) };
  l.arena = arena_new(l.limits.memory_bytes);
  struct dmn_model *m = mem_alloc(sizeof *m);
  if (l.arena == NULL || m == NULL) {
    arena_free(l.arena);
    mem_free(m);
    return RESULT_NO_MEMORY;
  }
  *m = (struct dmn_model){ .arena = l.arena };
  l.model = m;
  l.findings = f;
  l.findings_before = f->count + f->dropped;
  result r = arena_run(l.arena, load, &l);
  if (r == RESULT_OK && refused(&l)) r = RESULT_REFUSED;
  if (r == RESULT_LIMIT) {
    FINDING(f, STR(""), dmn__message("model_memory"), sources[0].name);
    r = RESULT_REFUSED;
  }
  if (r == RESULT_OK) *out = m;
  else dmn_model_free(m);
  return r;
}

void dmn_model_free(struct dmn_model *m) {
  if (m == NULL) return;
  arena_free(m->arena);
  mem_free(m);
}
