/* shape: contexts that a host builds as inputs. Their entries take the order of an item definition of the model that has
 * the same names, so that code compiled for that definition finds each entry where it expects it. */
#include "model/model.h"

enum { SHAPES_KEPT = 1024, SMALL = 64 };

static bool same_set(const struct dmn_type *t, const dmn_symbol *names, uint32_t count) {
  if (t->entry_count != count) return false;
  for (uint32_t i = 0; i < count; i++) {
    bool found = false;
    for (uint32_t k = 0; k < count && !found; k++) found = t->entries[k].name == names[i];
    if (!found) return false;
  }
  return true;
}

static const struct model_context_type *type_of(const struct dmn_model *m, const dmn_symbol *names, uint32_t count) {
  for (const struct model_context_type *t = m->context_types; t != NULL; t = t->next)
    if (same_set(t->type, names, count)) return t;
  return NULL;
}

static void check_distinct(const dmn_symbol *names, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i; k++) assert(names[k] != names[i]);
}

/* ---- shapes that live as long as the session */

static struct dmn_shape *known_shape(const struct dmn_session *s, const str *names, uint32_t count) {
  for (struct dmn_shape *shape = s->shapes; shape != NULL; shape = shape->next) {
    if (shape->count != count) continue;
    uint32_t i = 0;
    while (i < count && str_eq(shape->texts[i], names[i])) i++;
    if (i == count) return shape;
  }
  return NULL;
}

/* Names that the model does not know go to a table of the session's own. It stands below whatever an evaluation meets,
 * so it can only grow while nothing has been met since the last reset. */
static dmn_symbol lasting_symbol(struct dmn_session *s, str name) {
  const struct dmn_symbols *known = s->names != NULL ? s->names : s->model->symbols;
  dmn_symbol found = dmn_symbols_find(known, name);
  if (found != DMN_SYM_NONE) return found;
  assert(s->eval.own_symbols == NULL && "shapes with new names are made before the first evaluation after a reset");
  if (s->names == NULL) s->names = dmn_symbols_new(s->home, s->model->symbols);
  s->eval.symbols = s->names;
  return dmn_symbols_intern(s->names, name);
}

static void order_as(struct dmn_session *s, struct dmn_shape *shape, const struct model_context_type *t, const dmn_symbol *names) {
  uint32_t *places = ARENA_ARRAY(s->home, uint32_t, shape->count);
  bool in_order = true;
  for (uint32_t i = 0; i < shape->count; i++) {
    for (uint32_t k = 0; k < shape->count; k++)
      if (t->type->names[k] == names[i]) places[i] = k;
    in_order = in_order && places[i] == i;
  }
  shape->names = t->type->names;
  shape->places = in_order ? NULL : places;
}

const struct dmn_shape *dmn_shape_of(struct dmn_session *s, const str *names, uint32_t count) {
  struct dmn_shape *shape = known_shape(s, names, count);
  if (shape != NULL) return shape;
  shape = ARENA_NEW(s->home, struct dmn_shape);
  dmn_symbol *symbols = ARENA_ARRAY(s->home, dmn_symbol, count);
  str *texts = ARENA_ARRAY(s->home, str, count);
  for (uint32_t i = 0; i < count; i++) {
    symbols[i] = lasting_symbol(s, names[i]);
    texts[i] = str_copy(s->home, names[i]);
  }
  check_distinct(symbols, count);
  *shape = (struct dmn_shape){
    .names = symbols, .count = count, .texts = texts, .symbols = symbols, .next = s->shapes,
  };
  const struct model_context_type *t = type_of(s->model, symbols, count);
  if (t != NULL) order_as(s, shape, t, symbols);
  s->shapes = shape;
  s->shape_count++;
  return shape;
}

dmn_value dmn_shaped(struct dmn_session *s, const struct dmn_shape *shape, const dmn_value *values) {
  const uint32_t *places = shape->places, count = shape->count;
  dmn_value *ordered, made = model__context_room(&s->eval, shape->names, count, &ordered);
  if (places == NULL)
    for (uint32_t i = 0; i < count; i++) ordered[i] = values[i];
  else
    for (uint32_t i = 0; i < count; i++) ordered[places[i]] = values[i];
  return made;
}

/* ---- reading */

const dmn_value *dmn_read(const struct dmn_shape *shape, dmn_value v, dmn_value *room) {
  if (v.kind != DMN_CONTEXT) return NULL;
  const struct dmn_context *c = v.as.context;
  uint32_t count = shape->count;
  bool in_order = count > 0 && c->count >= count && memcmp(c->names, shape->symbols, count * sizeof *c->names) == 0;
  if (in_order) return c->values;
  for (uint32_t i = 0; i < count; i++) {
    const dmn_value *entry = dmn_context_find(c, shape->symbols[i]);
    room[i] = entry != NULL ? *entry : dmn_null();
  }
  return room;
}

/* ---- contexts made once */

dmn_value dmn_context_of(struct dmn_session *s, const str *names, const dmn_value *values, uint32_t count) {
  struct dmn_shape *shape = known_shape(s, names, count);
  if (shape != NULL) return dmn_shaped(s, shape, values);
  dmn_symbol small[SMALL], *symbols = small;
  if (count > SMALL) symbols = ARENA_ARRAY(s->arena, dmn_symbol, count);
  bool lasting = s->shape_count < SHAPES_KEPT;
  for (uint32_t i = 0; i < count; i++) {
    symbols[i] = dmn_intern(&s->eval, names[i]);
    lasting = lasting && dmn_symbols_find(s->model->symbols, names[i]) != DMN_SYM_NONE;
  }
  /* What the model knows is worth remembering; other contexts come and go with the data. */
  if (lasting) return dmn_shaped(s, dmn_shape_of(s, names, count), values);
  check_distinct(symbols, count);
  return dmn_context_new(&s->eval, symbols, values, count);
}

dmn_value dmn_range_of(struct dmn_session *s, bool open_start, dmn_value start, dmn_value end, bool open_end) {
  return dmn_range_make(&s->eval, open_start, start, end, open_end);
}
