/* boxed_loop: the boxed conditional, filter, for, some and every of DMN 1.4 (10.2.2.9 ff.). What they do with values is
 * what FEEL's own constructs do. */
#include "model/model.h"

static const str labels_conditional[] = { STR_INIT("if"), STR_INIT("then"), STR_INIT("else") };
static const str labels_filter[] = { STR_INIT("in"), STR_INIT("match") };
static const str labels_for[] = { STR_INIT("in"), STR_INIT("return") };
static const str labels_quantified[] = { STR_INIT("in"), STR_INIT("satisfies") };

/* The code in the child of that name, with the typeRef the child may have. */
static const struct feel_node *part(struct model_loader *l, const struct model_place *p, const struct xml_node *x, str name,
                                    const struct dmn_boxed **view) {
  const struct xml_node *holder = model__child(x, str_z(l->arena, name));
  if (holder == NULL) {
    struct dmn_boxed *none = ARENA_NEW(l->arena, struct dmn_boxed);
    none->line = x->line;
    *view = none;
    return model__raising(l, DMN_DIAG_NO_LOGIC, name);
  }
  const struct feel_node *code = model__boxed_in(l, p, holder, view);
  return model__typed(l, code, model__type(l, p->document, model__attr(holder, "typeRef"), holder));
}

static void draw(struct dmn_boxed *view, const str *labels, const struct dmn_boxed *const *parts, uint32_t count) {
  view->labels = labels;
  view->parts = parts;
  view->count = count;
}

/* ---- if, then, else */

struct conditional_node { struct feel_node_head head; const struct feel_node *condition, *yes, *no; };

static dmn_value run_conditional(struct dmn_eval *e, const struct feel_node *self) {
  const struct conditional_node *n = (const struct conditional_node *)(const void *)self;
  dmn_value v = feel_run(e, n->condition);
  if (dmn_is_true(v)) return feel_run(e, n->yes);
  if (v.kind > DMN_BOOLEAN) return dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(v.kind)));
  if (v.kind == DMN_NULL) (void)dmn_raise(e, DMN_DIAG_UNKNOWN_CONDITION, STR_NONE);
  return feel_run(e, n->no);
}

const struct feel_node *model__conditional(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                           struct dmn_boxed *view) {
  const struct dmn_boxed **views = ARENA_ARRAY(l->arena, const struct dmn_boxed *, 3);
  const struct feel_node *codes[3];
  for (size_t i = 0; i < 3; i++) codes[i] = part(l, p, x, labels_conditional[i], &views[i]);
  draw(view, labels_conditional, views, 3);
  const struct dmn_type *yes = feel_type(codes[1]), *no = feel_type(codes[2]);
  const struct dmn_type *type = yes != NULL && no != NULL && dmn_type_within(no, yes) ? yes : NULL;
  struct conditional_node *n = ARENA_NEW(l->arena, struct conditional_node);
  *n = (struct conditional_node){ feel_head_of(run_conditional, type, x->line, codes, 3), codes[0], codes[1], codes[2] };
  return (const struct feel_node *)(const void *)n;
}

/* ---- loops over one list; the element stands in a slot of the frame */

struct loop_node {
  struct feel_node_head head;
  struct feel_iterator iterator;
  uint32_t partial_slot;
  const struct feel_node *body;
};

static dmn_value run_filter(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = (const struct loop_node *)(const void *)self;
  return feel_filter(e, feel_run(e, n->iterator.from), n->iterator.slot, n->body);
}
static dmn_value run_for(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = (const struct loop_node *)(const void *)self;
  return feel_for(e, &n->iterator, 1, n->partial_slot, n->body);
}
static dmn_value run_some(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = (const struct loop_node *)(const void *)self;
  return feel_some(e, &n->iterator, 1, n->body);
}
static dmn_value run_every(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = (const struct loop_node *)(const void *)self;
  return feel_every(e, &n->iterator, 1, n->body);
}

static const struct dmn_type *element_of(const struct feel_node *code) {
  const struct dmn_type *t = feel_type(code);
  return t != NULL && t->kind == DMN_TYPE_LIST ? t->of : NULL;
}

static const struct feel_node *finish(struct model_loader *l, struct loop_node made, const struct xml_node *x, const struct dmn_type *type,
                                      dmn_value (*run)(struct dmn_eval *e, const struct feel_node *self)) {
  struct loop_node *n = ARENA_NEW(l->arena, struct loop_node);
  *n = made;
  const struct feel_node *parts[] = { made.iterator.from, made.body };
  n->head = feel_head_of(run, type, x->line, parts, 2);
  return (const struct feel_node *)(const void *)n;
}

const struct feel_node *model__filter(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  const struct dmn_boxed **views = ARENA_ARRAY(l->arena, const struct dmn_boxed *, 2);
  struct loop_node n = { .partial_slot = FEEL_NO_SLOT };
  n.iterator.from = part(l, p, x, labels_filter[0], &views[0]);
  n.iterator.slot = l->compiler.frame->slot_count++;
  struct feel_scope *scope = feel_scope_element(&l->compiler, p->scope, n.iterator.slot, element_of(n.iterator.from));
  const struct model_place inside = { p->document, scope };
  n.body = part(l, &inside, x, labels_filter[1], &views[1]);
  draw(view, labels_filter, views, 2);
  const struct dmn_type *match = feel_type(n.body), *all = feel_type(n.iterator.from);
  bool keeps = match != NULL && match->kind == DMN_TYPE_BOOLEAN && all != NULL && all->kind == DMN_TYPE_LIST;
  return finish(l, n, x, keeps ? all : NULL, run_filter);
}

/* The iterator and the scope of the body, where the variable is known. */
static struct model_place iterate(struct model_loader *l, const struct model_place *p, const struct xml_node *x,
                                  struct loop_node *n, const struct dmn_boxed **view) {
  n->iterator.from = part(l, p, x, STR("in"), view);
  struct feel_scope *scope = feel_scope_push(&l->compiler, p->scope);
  str variable = model__attr(x, "iteratorVariable");
  if (variable.n == 0) MODEL_REFUSE(l, x, dmn__message("model_name"), STR("iteratorVariable"));
  n->iterator.slot = feel_scope_add(&l->compiler, scope, model__symbol(l, variable), element_of(n->iterator.from));
  return (struct model_place){ p->document, scope };
}

const struct feel_node *model__for(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  const struct dmn_boxed **views = ARENA_ARRAY(l->arena, const struct dmn_boxed *, 2);
  struct loop_node n = { .partial_slot = FEEL_NO_SLOT };
  struct model_place inside = iterate(l, p, x, &n, &views[0]);
  n.partial_slot = feel_scope_add(&l->compiler, inside.scope, DMN_SYM_PARTIAL, NULL);
  n.body = part(l, &inside, x, labels_for[1], &views[1]);
  draw(view, labels_for, views, 2);
  view->text = model__attr(x, "iteratorVariable");
  return finish(l, n, x, dmn_type_list_of(l->arena, feel_type(n.body)), run_for);
}

static const struct feel_node *quantified(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view,
                                          dmn_value (*run)(struct dmn_eval *e, const struct feel_node *self)) {
  const struct dmn_boxed **views = ARENA_ARRAY(l->arena, const struct dmn_boxed *, 2);
  struct loop_node n = { .partial_slot = FEEL_NO_SLOT };
  struct model_place inside = iterate(l, p, x, &n, &views[0]);
  n.body = part(l, &inside, x, labels_quantified[1], &views[1]);
  draw(view, labels_quantified, views, 2);
  view->text = model__attr(x, "iteratorVariable");
  return finish(l, n, x, dmn_type_of_kind(DMN_BOOLEAN), run);
}

const struct feel_node *model__some(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  return quantified(l, p, x, view, run_some);
}

const struct feel_node *model__every(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  return quantified(l, p, x, view, run_every);
}
