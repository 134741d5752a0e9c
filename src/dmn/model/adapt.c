/* adapt: inputs from where there are no dates, such as JSON. The declared type of an input says which of its texts are
 * meant as dates, times or durations. */
#include "model/model.h"

/* The function of FEEL that reads a text as that type; NULL: texts are not read as such. */
static const char *const readers[] = {
  [DMN_TYPE_DATE] = "date",
  [DMN_TYPE_TIME] = "time",
  [DMN_TYPE_DATE_TIME] = "date and time",
  [DMN_TYPE_DAYS_DURATION] = "duration",
  [DMN_TYPE_MONTHS_DURATION] = "duration",
};

static dmn_value adapted(struct dmn_session *s, const struct dmn_type *t, dmn_value v);

static dmn_value text_adapted(struct dmn_session *s, const struct dmn_type *t, dmn_value v) {
  const char *reader = t->kind < COUNT_OF(readers) ? readers[t->kind] : NULL;
  if (reader == NULL) return v;
  const struct dmn_builtin *b = dmn_builtin_find(str_of(reader));
  dmn_value read = dmn_builtin_call(&s->eval, b, dmn_builtin_positional(b, 1), &v, 1);
  return dmn_is_null(read) ? v : read;           /* and will be refused for its type */
}

static dmn_value list_adapted(struct dmn_session *s, const struct dmn_type *item, dmn_value v) {
  dmn_value *items = ARENA_ARRAY(s->arena, dmn_value, v.length);
  for (uint32_t i = 0; i < v.length; i++) items[i] = adapted(s, item, v.as.items[i]);
  return dmn_list(items, v.length);
}

static const struct dmn_type *entry_type(const struct dmn_session *s, const struct dmn_type *t, str name) {
  for (uint32_t i = 0; i < t->entry_count; i++)
    if (str_eq(dmn_symbols_text(s->model->symbols, t->entries[i].name), name)) return t->entries[i].type;
  return NULL;
}

static dmn_value context_adapted(struct dmn_session *s, const struct dmn_type *t, dmn_value v) {
  uint32_t count = dmn_entry_count(v);
  str *names = ARENA_ARRAY(s->arena, str, count);
  dmn_value *values = ARENA_ARRAY(s->arena, dmn_value, count);
  for (uint32_t i = 0; i < count; i++) {
    dmn_value entry;
    names[i] = dmn_entry(v, i, &entry);
    values[i] = adapted(s, entry_type(s, t, names[i]), entry);
  }
  return dmn_context_of(s, names, values, count);
}

/* As deep as the value: a type that contains itself ends with it. */
static dmn_value adapted(struct dmn_session *s, const struct dmn_type *t, dmn_value v) {
  if (t == NULL) return v;
  if (t->kind == DMN_TYPE_LIST) return v.kind == DMN_LIST ? list_adapted(s, t->of, v) : adapted(s, t->of, v);
  if (v.kind == DMN_STRING) return text_adapted(s, t, v);
  return v.kind == DMN_CONTEXT && t->kind == DMN_TYPE_CONTEXT ? context_adapted(s, t, v) : v;
}

dmn_value dmn_adapt(struct dmn_session *s, uint32_t node, dmn_value v) {
  assert(node < s->model->node_count);
  return adapted(s, s->model->nodes[node].declared, v);
}
