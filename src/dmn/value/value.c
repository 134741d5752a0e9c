/* value: making and reading strings, lists, contexts and ranges. Everything is built in the arena of the eval and never
 * changes afterwards, so values share their parts freely. */
#include "value/value.h"

#include "feel/feel.h"

/* ---- kinds */
const char *dmn_kind_name(enum dmn_kind k) {
  static const char *const names[] = {
    [DMN_NULL] = "null",
    [DMN_BOOLEAN] = "boolean",
    [DMN_NUMBER] = "number",
    [DMN_STRING] = "string",
    [DMN_DATE] = "date",
    [DMN_TIME] = "time",
    [DMN_DATE_TIME] = "date and time",
    [DMN_DAYS_DURATION] = "days and time duration",
    [DMN_MONTHS_DURATION] = "years and months duration",
    [DMN_LIST] = "list",
    [DMN_CONTEXT] = "context",
    [DMN_RANGE] = "range",
    [DMN_FUNCTION] = "function",
  };
  return names[k];
}

/* ---- strings */
static bool is_ascii(str s) {
  size_t i = 0;
  for (; i + 8 <= s.n; i += 8) {
    uint64_t word;
    memcpy(&word, s.p + i, sizeof word);
    if ((word & 0x8080808080808080u) != 0) return false;
  }
  for (; i < s.n; i++)
    if ((unsigned char)s.p[i] >= 0x80) return false;
  return true;
}

dmn_value dmn_string(str s) {
  assert(s.n <= UINT32_MAX);
  return (dmn_value){
    .kind = DMN_STRING,
    .flags = is_ascii(s) ? DMN_ASCII : 0,
    .length = (uint32_t)s.n,
    .as.text = s.p != NULL ? s.p : "",
  };
}

/* A string of more than 4 GiB cannot be named by a value; the arena's limit is far below, or else this is. */
dmn_value dmn__string_checked(struct dmn_eval *e, str s) {
  if (s.n > UINT32_MAX) dmn_budget_exceeded(e, "string");
  return dmn_string(s);
}

dmn_value dmn_string_copy(struct dmn_eval *e, str s) { return dmn__string_checked(e, str_copy(e->arena, s)); }

/* ---- lists */
dmn_value dmn_list(const dmn_value *items, uint32_t count) {
  return (dmn_value){ .kind = DMN_LIST, .length = count, .as.items = items };
}

static void check_count(struct dmn_eval *e, uint64_t count) {
  if (count > e->budget->list_items) dmn_budget_exceeded(e, "list items");
}

dmn_value dmn_list_of(struct dmn_eval *e, const dmn_value *items, uint32_t count) {
  check_count(e, count);
  dmn_value *copy = ARENA_ARRAY(e->arena, dmn_value, count);
  if (count > 0) memcpy(copy, items, count * sizeof *copy);
  return dmn_list(copy, count);
}

#define BUILDER_FIRST_CAPACITY 8u

void dmn__list_push_slowly(struct dmn_list_builder *b, dmn_value v) {
  check_count(b->e, (uint64_t)b->count + 1);
  uint32_t capacity = b->capacity == 0 ? BUILDER_FIRST_CAPACITY : b->capacity * 2;
  b->items = arena_grow(b->e->arena, b->items, b->capacity * sizeof v, capacity * sizeof v);
  b->capacity = capacity;
  b->items[b->count++] = v;
}

dmn_value dmn_list_done(const struct dmn_list_builder *b) {
  check_count(b->e, b->count);
  return dmn_list(b->items, b->count);
}

/* ---- contexts */
dmn_value dmn__context_value(const struct dmn_context *c) {
  return (dmn_value){ .kind = DMN_CONTEXT, .as.context = c };
}

dmn_value dmn_context_new(struct dmn_eval *e, const dmn_symbol *names, const dmn_value *values, uint32_t count) {
  check_count(e, count);
  dmn_symbol *own_names = ARENA_ARRAY(e->arena, dmn_symbol, count);
  dmn_value *own_values = ARENA_ARRAY(e->arena, dmn_value, count);
  if (count > 0) {
    memcpy(own_names, names, count * sizeof *names);
    memcpy(own_values, values, count * sizeof *values);
  }
  struct dmn_context *c = arena_alloc(e->arena, sizeof *c);
  *c = (struct dmn_context){ count, own_names, own_values, dmn_names(e) };
  return dmn__context_value(c);
}

const dmn_value *dmn_context_find(const struct dmn_context *c, dmn_symbol name) {
  for (uint32_t i = 0; i < c->count; i++)
    if (c->names[i] == name) return &c->values[i];
  return NULL;
}

dmn_value dmn_get(dmn_value context, str name) {
  if (context.kind != DMN_CONTEXT || context.as.context->count == 0) return dmn_null();
  const struct dmn_context *c = context.as.context;
  const dmn_value *v = dmn_context_find(c, dmn_symbols_find(c->symbols, name));
  return v != NULL ? *v : dmn_null();
}

uint32_t dmn_entry_count(dmn_value context) { return context.kind == DMN_CONTEXT ? context.as.context->count : 0; }

str dmn_entry(dmn_value context, uint32_t i, dmn_value *value) {
  assert(i < dmn_entry_count(context));
  const struct dmn_context *c = context.as.context;
  *value = c->values[i];
  return dmn_symbols_text(c->symbols, c->names[i]);
}

/* ---- ranges */
dmn_value dmn_range_make(struct dmn_eval *e, bool open_start, dmn_value start, dmn_value end, bool open_end) {
  struct dmn_range *r = arena_alloc(e->arena, sizeof *r);
  *r = (struct dmn_range){
    .start = start,
    .end = end,
    .open_start = open_start,
    .open_end = open_end,
    .has_start = !dmn_is_null(start),
    .has_end = !dmn_is_null(end),
  };
  return (dmn_value){ .kind = DMN_RANGE, .as.range = r };
}

/* Three-valued: a bound that excludes the value decides, whatever the other one says. */
dmn_value dmn_in_range(struct dmn_eval *e, dmn_value v, const struct dmn_range *r) {
  dmn_value above = dmn_boolean(true), below = dmn_boolean(true);
  if (r->has_start) above = dmn_compare(e, r->open_start ? DMN_GREATER : DMN_GREATER_EQUAL, v, r->start);
  if (r->has_end && !dmn_is_false(above)) below = dmn_compare(e, r->open_end ? DMN_LESS : DMN_LESS_EQUAL, v, r->end);
  if (dmn_is_false(above) || dmn_is_false(below)) return dmn_boolean(false);
  if (!r->has_start && !r->has_end) return dmn_raise_operand(e, v);
  return dmn_is_null(above) ? above : below;
}
