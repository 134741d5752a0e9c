/* drg: the requirements graph (DMN 1.5, chapter 6). Elements become nodes, references become edges, and the order in
 * which nodes can be compiled is fixed: whatever a node requires stands before it. A graph with a cycle is refused, so
 * that evaluation needs no guard against one. */
#include "model/model.h"

#include <stdlib.h>

/* ---- nodes */

static bool node_kind(const struct xml_node *x, enum dmn_node_kind *kind) {
  static const struct { const char *name; enum dmn_node_kind kind; } kinds[] = {
    { "inputData", DMN_NODE_INPUT },
    { "decision", DMN_NODE_DECISION },
    { "businessKnowledgeModel", DMN_NODE_BKM },
    { "decisionService", DMN_NODE_SERVICE },
  };
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    if (!model__is(x, kinds[i].name)) continue;
    *kind = kinds[i].kind;
    return true;
  }
  return false;
}

static str variable_type(const struct xml_node *x) {
  const struct xml_node *variable = model__child(x, "variable");
  return variable == NULL ? STR("") : model__attr(variable, "typeRef");
}

static void read_node(struct model_loader *l, struct model_document *d, const struct xml_node *x, enum dmn_node_kind kind) {
  struct model_node *n = &l->model->nodes[l->model->node_count++];
  str name = model__attr(x, "name");
  if (name.n == 0) MODEL_REFUSE(l, x, dmn__message("model_name"), x->name);
  *n = (struct model_node){
    .info = {
      .kind = kind,
      .id = model__attr(x, "id"),
      .name = name,
      .label = model__attr(x, "label"),
      .description = model__text_of(x, "description"),
      .type_name = variable_type(x),
      .question = model__text_of(x, "question"),
      .allowed_answers = model__text_of(x, "allowedAnswers"),
      .namespace_uri = d->namespace_uri,
      .import_path = d->prefix,
    },
    .kind = kind,
    .xml = x,
    .document = d,
    .symbol = model__symbol(l, name),
  };
  d->node_count++;
}

static uint32_t count_nodes(const struct model_loader *l) {
  uint32_t count = 0;
  enum dmn_node_kind kind;
  for (const struct model_document *d = l->documents; d != NULL; d = d->next)
    for (const struct xml_node *x = d->root->first_child; x != NULL; x = x->next) count += node_kind(x, &kind);
  return count;
}

/* ---- finding by id or name: sorted keys, because a hostile model may have many */

static int compare_keys(const void *a, const void *b) {
  const struct model_key *x = a, *y = b;
  if (x->document != y->document) return x->document < y->document ? -1 : 1;
  int order = str_cmp(x->key, y->key);
  return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static void refuse_twins(struct model_loader *l, const struct model_key *keys, uint32_t count, const char *code) {
  for (uint32_t i = 1; i < count; i++) {
    if (keys[i].document != keys[i - 1].document || !str_eq(keys[i].key, keys[i - 1].key)) continue;
    const struct model_node *earlier = &l->model->nodes[keys[i - 1].node];
    MODEL_REFUSE(l, l->model->nodes[keys[i].node].xml, dmn__message(code), keys[i].key,
                 str_format(l->arena, "%u", earlier->xml->line));
  }
}

static struct model_keys sorted_keys(struct model_loader *l, bool by_id) {
  struct dmn_model *m = l->model;
  struct model_keys keys = { .items = ARENA_ARRAY(l->arena, struct model_key, m->node_count) };
  for (uint32_t i = 0; i < m->node_count; i++) {
    const struct model_node *n = &m->nodes[i];
    str key = by_id ? n->info.id : dmn_symbols_text(m->symbols, n->symbol);
    if (key.n > 0) keys.items[keys.count++] = (struct model_key){ n->document, key, i };
  }
  if (keys.count > 0) qsort(keys.items, keys.count, sizeof *keys.items, compare_keys);
  return keys;
}

static uint32_t find_key(const struct model_keys *keys, const struct model_document *d, str key) {
  uint32_t low = 0, high = keys->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const struct model_key wanted = { d, key, 0 };
    if (compare_keys(&keys->items[middle], &wanted) < 0) low = middle + 1;
    else high = middle;
  }
  if (low == keys->count || keys->items[low].document != d || !str_eq(keys->items[low].key, key)) return DMN_NO_NODE;
  return keys->items[low].node;
}

/* The next document, around, that was read from the same root. */
static const struct model_document *next_twin(const struct model_loader *l, const struct model_document *d) {
  const struct model_document *t = d;
  do t = t->next == NULL ? l->documents : t->next; while (t->root != d->root);
  return t;
}

static void tie_twins(struct model_loader *l) {
  for (const struct model_document *d = l->documents; d != NULL; d = d->next) {
    const struct model_document *t = next_twin(l, d);
    for (uint32_t i = 0; i < d->node_count; i++) l->model->nodes[d->first_node + i].twin = t->first_node + i;
  }
}

void model__read_nodes(struct model_loader *l) {
  struct dmn_model *m = l->model;
  m->nodes = ARENA_ARRAY(l->arena, struct model_node, count_nodes(l));
  for (struct model_document *d = l->documents; d != NULL; d = d->next) {
    d->first_node = m->node_count;
    enum dmn_node_kind kind;
    for (const struct xml_node *x = d->root->first_child; x != NULL; x = x->next)
      if (node_kind(x, &kind)) read_node(l, d, x, kind);
  }
  m->own_count = l->documents->node_count;
  tie_twins(l);
  l->ids = sorted_keys(l, true);
  l->names = sorted_keys(l, false);
  refuse_twins(l, l->ids.items, l->ids.count, "model_twin_id");
  refuse_twins(l, l->names.items, l->names.count, "model_twin_name");
}

/* An href is "#id", "namespace#id", or (as some tools write) a bare id or name. */
uint32_t model__resolve(struct model_loader *l, const struct model_document *d, str href) {
  str id = STR_NONE, space = str_cut(href, '#', &id);
  if (id.p == NULL) {
    id = space;
  } else if (space.n > 0) {
    d = model__document_of(l, d, space);
    if (d == NULL) return DMN_NO_NODE;
  }
  uint32_t node = find_key(&l->ids, d, id);
  return node != DMN_NO_NODE ? node : find_key(&l->names, d, id);
}

/* ---- requirements */

struct edges { uint32_t *items; uint32_t count, capacity; };

static void add_edge(struct model_loader *l, struct edges *e, uint32_t node) {
  for (uint32_t i = 0; i < e->count; i++)
    if (e->items[i] == node) return;             /* drawn twice is required once */
  if (e->count == e->capacity) {
    uint32_t capacity = e->capacity == 0 ? 4 : e->capacity * 2;
    e->items = arena_grow(l->arena, e->items, e->capacity * sizeof *e->items, capacity * sizeof *e->items);
    e->capacity = capacity;
  }
  e->items[e->count++] = node;
}

/* Follows one reference; what it may point at is told by the kinds, as bits. */
static void follow(struct model_loader *l, struct model_node *n, const struct xml_node *reference, unsigned kinds, struct edges *e) {
  str href = model__attr(reference, "href");
  if (href.n == 0) {
    MODEL_REFUSE(l, reference, dmn__message("model_no_href"), n->info.name);
    return;
  }
  uint32_t node = model__resolve(l, n->document, href);
  if (node == DMN_NO_NODE) {
    MODEL_REFUSE(l, reference, dmn__message("model_reference"), n->info.name, href);
    return;
  }
  if ((kinds & (1u << l->model->nodes[node].info.kind)) == 0) {
    MODEL_REFUSE(l, reference, dmn__message("model_wrong_kind"), n->info.name, l->model->nodes[node].info.name);
    return;
  }
  add_edge(l, e, node);
}

enum {
  ANY_DATA = 1u << DMN_NODE_INPUT | 1u << DMN_NODE_DECISION,
  ANY_KNOWLEDGE = 1u << DMN_NODE_BKM | 1u << DMN_NODE_SERVICE,
};

/* <informationRequirement><requiredInput href/></informationRequirement> and their like. */
static void follow_all(struct model_loader *l, struct model_node *n, const char *requirement, const char *const *references,
                       unsigned kinds, struct edges *e) {
  for (const struct xml_node *r = model__child(n->xml, requirement); r != NULL; r = model__next(r, requirement)) {
    const struct xml_node *reference = NULL;
    for (const char *const *name = references; *name != NULL && reference == NULL; name++) reference = model__child(r, *name);
    if (reference == NULL) MODEL_REFUSE(l, r, dmn__message("model_no_href"), n->info.name);
    else follow(l, n, reference, kinds, e);
  }
}

static void follow_direct(struct model_loader *l, struct model_node *n, const char *name, unsigned kinds, struct edges *e) {
  for (const struct xml_node *r = model__child(n->xml, name); r != NULL; r = model__next(r, name)) follow(l, n, r, kinds, e);
}

static void keep_edges(struct model_node *n, const struct edges *e) {
  n->info.requires = e->items;
  n->info.requires_count = e->count;
}

static void read_service(struct model_loader *l, struct model_node *n, struct edges *all) {
  struct edges parameters = { NULL, 0, 0 }, outputs = { NULL, 0, 0 };
  follow_direct(l, n, "inputData", 1u << DMN_NODE_INPUT, &parameters);
  follow_direct(l, n, "inputDecision", ANY_DATA, &parameters);
  follow_direct(l, n, "outputDecision", 1u << DMN_NODE_DECISION, &outputs);
  for (uint32_t i = 0; i < outputs.count; i++) add_edge(l, all, outputs.items[i]);
  follow_direct(l, n, "encapsulatedDecision", 1u << DMN_NODE_DECISION, all);
  struct model_service *s = ARENA_NEW(l->arena, struct model_service);
  dmn_symbol *names = ARENA_ARRAY(l->arena, dmn_symbol, outputs.count);
  for (uint32_t i = 0; i < outputs.count; i++) names[i] = l->model->nodes[outputs.items[i]].symbol;
  *s = (struct model_service){
    .node = (uint32_t)(n - l->model->nodes),
    .parameters = parameters.items, .parameter_count = parameters.count,
    .outputs = outputs.items, .output_count = outputs.count,
    .output_names = names,
  };
  n->service = s;
}

void model__read_requirements(struct model_loader *l) {
  static const char *const data[] = { "requiredInput", "requiredDecision", NULL };
  static const char *const knowledge[] = { "requiredKnowledge", NULL };
  for (uint32_t i = 0; i < l->model->node_count; i++) {
    struct model_node *n = &l->model->nodes[i];
    struct edges all = { NULL, 0, 0 };
    if (n->info.kind == DMN_NODE_DECISION) follow_all(l, n, "informationRequirement", data, ANY_DATA, &all);
    if (n->info.kind == DMN_NODE_SERVICE) read_service(l, n, &all);
    else follow_all(l, n, "knowledgeRequirement", knowledge, ANY_KNOWLEDGE, &all);
    keep_edges(n, &all);
  }
}

/* ---- order */

/* Chains longer than this many times the depth limit are refused: evaluation follows them by recursion. */
enum { CHAIN_PER_DEPTH = 16 };

enum colour { WHITE, GREY, BLACK };
struct visit { uint32_t node, next; };
struct walk { struct visit *stack; uint32_t depth; uint8_t *colours; uint32_t *order; uint32_t order_count; };

static void refuse_cycle(struct model_loader *l, const struct walk *w, uint32_t again) {
  struct buf text = buf_in(l->arena);
  uint32_t from = w->depth;
  while (w->stack[from - 1].node != again) from--;
  for (uint32_t i = from - 1; i < w->depth; i++) {
    buf_add(&text, l->model->nodes[w->stack[i].node].info.name);
    buf_add(&text, STR(" → "));
  }
  buf_add(&text, l->model->nodes[again].info.name);
  MODEL_REFUSE(l, l->model->nodes[again].xml, dmn__message("model_cycle"), buf_str(&text));
}

static void leave_node(struct model_loader *l, struct walk *w, uint32_t node) {
  struct model_node *n = &l->model->nodes[node];
  for (uint32_t i = 0; i < n->info.requires_count; i++) {
    uint32_t below = l->model->nodes[n->info.requires[i]].chain + 1;
    if (below > n->chain) n->chain = below;
  }
  w->colours[node] = BLACK;
  w->order[w->order_count++] = node;
  w->depth--;
}

/* Depth first, with a stack of its own. False after a refusal. */
static bool walk_from(struct model_loader *l, struct walk *w, uint32_t start) {
  w->stack[w->depth++] = (struct visit){ start, 0 };
  w->colours[start] = GREY;
  while (w->depth > 0) {
    struct visit *top = &w->stack[w->depth - 1];
    const struct model_node *n = &l->model->nodes[top->node];
    if (top->next == n->info.requires_count) {
      leave_node(l, w, top->node);
      continue;
    }
    uint32_t below = n->info.requires[top->next++];
    if (w->colours[below] == GREY) {
      refuse_cycle(l, w, below);
      return false;
    }
    if (w->colours[below] == BLACK) continue;
    w->colours[below] = GREY;
    w->stack[w->depth++] = (struct visit){ below, 0 };
  }
  return true;
}

const uint32_t *model__order(struct model_loader *l) {
  uint32_t count = l->model->node_count;
  struct walk w = {
    .stack = ARENA_ARRAY(l->arena, struct visit, count),
    .colours = arena_zalloc(l->arena, count),
    .order = ARENA_ARRAY(l->arena, uint32_t, count),
  };
  for (uint32_t i = 0; i < count; i++) {
    if (w.colours[i] == WHITE && !walk_from(l, &w, i)) return NULL;
    if (l->model->nodes[i].chain <= l->limits.depth * CHAIN_PER_DEPTH) continue;
    MODEL_REFUSE(l, l->model->nodes[i].xml, dmn__message("model_chain"), l->model->nodes[i].info.name);
    return NULL;
  }
  return w.order;
}
