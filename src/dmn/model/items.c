/* items: item definitions (DMN 1.5, 7.3.3) to types. Each is read when somebody first asks for it, so that their order in
 * the document does not matter.
 *
 * A definition may hold itself (a tree of persons), by other names and by those of lists of it too: whoever names one with
 * components or a list while it is read gets the type that it will be. What narrows a type that is being read is held
 * loosely there, as any context or list or as what it narrows; a list of nothing but itself is of anything. */
#include "model/model.h"

#include <stdlib.h>

static const struct dmn_type *type_of(struct model_loader *l, const struct model_document *d, const struct xml_node *x,
                                      struct dmn_type *begun);

static int compare_items(const void *a, const void *b) {
  const struct model_item *x = a, *y = b;
  int order = str_cmp(x->name, y->name);
  return order != 0 ? order : (x->xml->line > y->xml->line) - (x->xml->line < y->xml->line);
}

static void read_items(struct model_loader *l, struct model_document *d) {
  uint32_t count = 0;
  for (const struct xml_node *x = model__child(d->root, "itemDefinition"); x != NULL; x = model__next(x, "itemDefinition")) count++;
  d->items = ARENA_ARRAY(l->arena, struct model_item, count);
  for (const struct xml_node *x = model__child(d->root, "itemDefinition"); x != NULL; x = model__next(x, "itemDefinition")) {
    str name = model__attr(x, "name");
    if (name.n == 0) {
      MODEL_REFUSE(l, x, dmn__message("model_name"), x->name);
      continue;
    }
    name = dmn_symbols_text(l->model->symbols, model__symbol(l, name));
    d->items[d->item_count++] = (struct model_item){ .name = name, .xml = x };
  }
  if (d->item_count > 0) qsort(d->items, d->item_count, sizeof *d->items, compare_items);
  for (uint32_t i = 1; i < d->item_count; i++)
    if (str_eq(d->items[i].name, d->items[i - 1].name))
      MODEL_REFUSE(l, d->items[i].xml, dmn__message("model_twin_name"), d->items[i].name,
                   str_format(l->arena, "%u", d->items[i - 1].xml->line));
}

void model__read_items(struct model_loader *l) {
  for (struct model_document *d = l->documents; d != NULL; d = d->next) read_items(l, d);
}

static struct model_item *item_named(const struct model_document *d, str name) {
  uint32_t low = 0, high = d->item_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (str_cmp(d->items[middle].name, name) < 0) low = middle + 1;
    else high = middle;
  }
  return low < d->item_count && str_eq(d->items[low].name, name) ? &d->items[low] : NULL;
}

/* ---- constraints */

/* Unary tests in a frame of their own, the value in slot 0. */
static const struct feel_tests *tests_of(struct model_loader *l, const struct xml_node *x, const struct dmn_type *type, uint32_t *slots) {
  uint32_t line;
  str text = model__feel_text(x, &line);
  if (str_trim(text).n == 0) return NULL;
  struct feel_compiler *c = &l->compiler;
  struct feel_frame frame = { 0 }, *around = c->frame;
  c->frame = &frame;
  c->place_at = x;
  struct feel_scope *scope = feel_scope_push(c, NULL);
  uint32_t subject = feel_scope_add(c, scope, DMN_SYM_QUESTION, type);
  const struct feel_tests *t = feel_compile_tests(c, scope, text, line, subject, type);
  c->frame = around;
  if (frame.slot_count > *slots) *slots = frame.slot_count;
  return t;
}

/* Begun, and without its parts yet: a copy would never have them. */
static bool is_bare(const struct dmn_type *t) {
  return t->extent == DMN_TYPE_ENDLESS && t->entries == NULL && t->of == NULL;
}

/* The type with what its definition allows. A definition that narrows another keeps what the other allowed. */
static const struct dmn_type *constrained(struct model_loader *l, const struct xml_node *x, const struct dmn_type *base) {
  const struct xml_node *allowed = model__child(x, "allowedValues"), *constraint = model__child(x, "typeConstraint");
  bool as_it_is = allowed == NULL && constraint == NULL && base != NULL;
  if (as_it_is && (model__is(x, "itemComponent") || is_bare(base))) return base;
  struct dmn_type *t = ARENA_NEW(l->arena, struct dmn_type);
  *t = base == NULL ? (struct dmn_type){ .kind = DMN_TYPE_ANY } : *base;
  str name = model__attr(x, "name");
  if (model__is(x, "itemDefinition")) t->name = name;
  if (allowed != NULL) {
    const struct feel_tests *own = tests_of(l, allowed, base, &t->frame_slots);
    if (own != NULL) {
      if (t->constraint == NULL) t->constraint = t->allowed_values;
      t->allowed_values = own;
      t->at_once = 0;
    }
  }
  if (constraint != NULL) {
    const struct feel_tests *own = tests_of(l, constraint, base, &t->frame_slots);
    if (own != NULL) {
      t->constraint = own;
      t->at_once = 0;
    }
  }
  return t;
}

/* ---- shapes of types */

static const struct dmn_type *components(struct model_loader *l, const struct model_document *d, const struct xml_node *x) {
  uint32_t count = 0;
  for (const struct xml_node *i = model__child(x, "itemComponent"); i != NULL; i = model__next(i, "itemComponent")) count++;
  struct dmn_type_entry *entries = ARENA_ARRAY(l->arena, struct dmn_type_entry, count);
  uint32_t n = 0;
  for (const struct xml_node *i = model__child(x, "itemComponent"); i != NULL; i = model__next(i, "itemComponent")) {
    str name = model__attr(i, "name");
    if (name.n == 0) {
      MODEL_REFUSE(l, i, dmn__message("model_name"), i->name);
      continue;
    }
    dmn_symbol symbol = model__symbol(l, name);
    bool twin = false;
    for (uint32_t k = 0; k < n && !twin; k++) twin = entries[k].name == symbol;
    if (twin) MODEL_REFUSE(l, i, dmn__message("model_twin_component"), name);
    else entries[n++] = (struct dmn_type_entry){ symbol, type_of(l, d, i, NULL) };
  }
  const struct dmn_type *t = dmn_type_context_of(l->arena, entries, n);
  model__note_context(l, t);
  return t;
}

static const struct dmn_type *function_item(struct model_loader *l, const struct model_document *d, const struct xml_node *f) {
  uint32_t count = 0;
  for (const struct xml_node *p = model__child(f, "parameters"); p != NULL; p = model__next(p, "parameters")) count++;
  struct dmn_type_entry *parameters = ARENA_ARRAY(l->arena, struct dmn_type_entry, count);
  count = 0;
  for (const struct xml_node *p = model__child(f, "parameters"); p != NULL; p = model__next(p, "parameters")) {
    str name = model__attr(p, "name");
    dmn_symbol symbol = name.n == 0 ? DMN_SYM_NONE : model__symbol(l, name);
    parameters[count++] = (struct dmn_type_entry){ symbol, model__type(l, d, model__attr(p, "typeRef"), p) };
  }
  const struct dmn_type *gives = model__type(l, d, model__attr(f, "outputTypeRef"), f);
  struct dmn_type *t = ARENA_NEW(l->arena, struct dmn_type);
  *t = *dmn_type_function_of(l->arena, parameters, count, gives);
  t->name = model__attr(f->parent, "name");      /* a declared function type is known by its name */
  return t;
}

static bool is_collection(const struct xml_node *x) { return str_eq(model__attr(x, "isCollection"), STR("true")); }

/* Allowed values are those of the items; a constraint is one of the list as a whole. */
static const struct dmn_type *collection(struct model_loader *l, const struct xml_node *x, const struct dmn_type *base) {
  const struct dmn_type *item = base;
  struct dmn_type *list = ARENA_NEW(l->arena, struct dmn_type);
  if (model__child(x, "allowedValues") != NULL) {
    struct dmn_type *t = ARENA_NEW(l->arena, struct dmn_type);
    *t = *constrained(l, x, base);
    t->constraint = base == NULL ? NULL : t->constraint;
    item = t;
  }
  *list = *dmn_type_list_of(l->arena, item);
  list->name = model__is(x, "itemDefinition") ? model__attr(x, "name") : STR("");
  const struct xml_node *constraint = model__child(x, "typeConstraint");
  if (constraint != NULL) list->constraint = tests_of(l, constraint, list, &list->frame_slots);
  return list;
}

/* What it is a list of; NULL, that is anything, where lists alone lead back to itself. */
static const struct dmn_type *item_of(const struct dmn_type *begun, const struct dmn_type *base) {
  const struct dmn_type *t = base;
  while (t != begun && t != NULL && t->kind == DMN_TYPE_LIST) t = t->of;
  return t == begun ? NULL : base;
}

/* The type of an itemDefinition or itemComponent. `begun`: what those see who name it meanwhile; its own constraints are
 * among them, so that it has its parts before they are read. */
static const struct dmn_type *type_of(struct model_loader *l, const struct model_document *d, const struct xml_node *x,
                                      struct dmn_type *begun) {
  const struct xml_node *function = model__child(x, "functionItem");
  const struct dmn_type *base;
  if (function != NULL) base = function_item(l, d, function);
  else if (model__child(x, "itemComponent") != NULL) base = components(l, d, x);
  else base = model__type(l, d, model__text_of(x, "typeRef"), x);
  if (begun != NULL && begun->kind == DMN_TYPE_LIST) begun->of = base = item_of(begun, base);
  if (begun != NULL && begun->kind == DMN_TYPE_CONTEXT) {
    begun->entries = base->entries;
    begun->entry_count = base->entry_count;
    begun->names = base->names;
  }
  return is_collection(x) ? collection(l, x, base) : constrained(l, x, base);
}

/* NULL: its kind is that of another. */
static struct dmn_type *begin_item(struct model_loader *l, const struct model_item *item) {
  bool list = is_collection(item->xml);
  if (!list && model__child(item->xml, "itemComponent") == NULL) return NULL;
  struct dmn_type *t = ARENA_NEW(l->arena, struct dmn_type);
  t->kind = list ? DMN_TYPE_LIST : DMN_TYPE_CONTEXT;
  t->name = item->name;
  return t;
}

/* What those see who name it while it is read: another name, what it names; NULL where names alone lead back to it. */
static const struct dmn_type *meanwhile(struct model_loader *l, const struct model_document *d, struct model_item *item) {
  if (item->begun != NULL) {
    item->begun->extent = DMN_TYPE_ENDLESS;
    return item->begun;
  }
  if (item->state == ITEM_FOLLOWED) return NULL;
  item->state = ITEM_FOLLOWED;
  const struct dmn_type *t = model__type(l, d, model__text_of(item->xml, "typeRef"), item->xml);
  item->state = ITEM_READING;
  return t;
}

static const struct dmn_type *read_item(struct model_loader *l, const struct model_document *d, struct model_item *item) {
  if (item->state == ITEM_READ) return item->type;
  if (item->state != ITEM_UNREAD) return meanwhile(l, d, item);
  if (l->depth >= l->limits.depth) {
    MODEL_REFUSE(l, item->xml, dmn__message("model_depth"), str_format(l->arena, "%u", l->limits.depth));
    return NULL;
  }
  const struct model_document *around = l->at;
  l->at = d;
  l->depth++;
  item->state = ITEM_READING;
  item->begun = begin_item(l, item);
  item->type = type_of(l, d, item->xml, item->begun);
  if (item->begun != NULL) {
    *item->begun = *item->type;
    item->type = item->begun;
  }
  item->state = ITEM_READ;
  l->depth--;
  l->at = around;
  return item->type;
}

/* ---- references */

static const struct dmn_type any_type = { .kind = DMN_TYPE_ANY };

/* "list<number>", "range<date>": what typeRefs may say of collections without an item definition. */
static const struct dmn_type *parametrised(struct model_loader *l, const struct model_document *d, str reference) {
  static const struct { const char *word; const struct dmn_type *(*make)(struct arena *a, const struct dmn_type *item); } makers[] = {
    { "list<", dmn_type_list_of },
    { "range<", dmn_type_range_of },
  };
  for (size_t i = 0; i < COUNT_OF(makers); i++) {
    str word = str_of(makers[i].word);
    if (!str_starts(reference, word) || !str_ends(reference, STR(">"))) continue;
    str inner = str_trim(str_slice(reference, word.n, reference.n - 1));
    const struct dmn_type *item = l->depth < l->limits.depth ? (l->depth++, model__type_named(l, d, inner)) : NULL;
    if (item == NULL) return NULL;
    l->depth--;
    return makers[i].make(l->arena, item);
  }
  return NULL;
}

/* A type of another document, by the name of its import; an import without a name lends its names as they are. */
static const struct dmn_type *imported(struct model_loader *l, const struct model_document *d, str reference) {
  for (uint32_t i = 0; i < d->import_count; i++) {
    const struct model_import *import = &d->imports[i];
    struct model_item *item = NULL;
    if (import->name.n == 0) item = item_named(import->document, reference);
    else if (str_starts(reference, import->name) && reference.n > import->name.n && reference.p[import->name.n] == '.')
      item = item_named(import->document, str_trim(str_slice(reference, import->name.n + 1, reference.n)));
    if (item == NULL) continue;
    const struct dmn_type *t = read_item(l, import->document, item);
    return t == NULL ? &any_type : t;
  }
  return NULL;
}

const struct dmn_type *model__type_named(struct model_loader *l, const struct model_document *d, str reference) {
  const struct dmn_type *builtin = dmn_type_builtin(reference);
  if (builtin != NULL) return builtin;
  struct model_item *item = item_named(d, reference);
  if (item != NULL) {
    const struct dmn_type *t = read_item(l, d, item);
    return t == NULL ? &any_type : t;
  }
  const struct dmn_type *t = imported(l, d, reference);
  return t != NULL ? t : parametrised(l, d, reference);
}

const struct dmn_type *model__type(struct model_loader *l, const struct model_document *d, str reference, const struct xml_node *at) {
  if (reference.n == 0) return NULL;
  str name = dmn_symbols_text(l->model->symbols, model__symbol(l, reference));
  const struct dmn_type *t = model__type_named(l, d, name);
  if (t == NULL) {                               /* DMN 1.1 and some tools write feel:string */
    str local = STR_NONE;
    (void)str_cut(name, ':', &local);
    if (local.p != NULL) t = model__type_named(l, d, local);
  }
  if (t == NULL) MODEL_FAULT(l, at, dmn__message("model_type"), reference);
  return t == NULL || (t->kind == DMN_TYPE_ANY && t->allowed_values == NULL && t->constraint == NULL) ? NULL : t;
}
