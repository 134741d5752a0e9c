/* Types and values (10.3.2.1, 10.3.2.9): what a value's type is, whether it fits another, and the implicit
 * conversions. */
#include "feel/type.h"

#include "builtin/builtin.h"
#include "feel/node.h"

#define AT_ONCE(kind) (1u << DMN_NULL | 1u << (kind))
static const struct dmn_type plain[] = {
  [DMN_TYPE_ANY] = { .kind = DMN_TYPE_ANY },
  [DMN_TYPE_NULL] = { .kind = DMN_TYPE_NULL },
  [DMN_TYPE_BOOLEAN] = { .kind = DMN_TYPE_BOOLEAN, .at_once = AT_ONCE(DMN_BOOLEAN) },
  [DMN_TYPE_NUMBER] = { .kind = DMN_TYPE_NUMBER, .at_once = AT_ONCE(DMN_NUMBER) },
  [DMN_TYPE_STRING] = { .kind = DMN_TYPE_STRING, .at_once = AT_ONCE(DMN_STRING) },
  [DMN_TYPE_DATE] = { .kind = DMN_TYPE_DATE, .at_once = AT_ONCE(DMN_DATE) },
  [DMN_TYPE_TIME] = { .kind = DMN_TYPE_TIME, .at_once = AT_ONCE(DMN_TIME) },
  [DMN_TYPE_DATE_TIME] = { .kind = DMN_TYPE_DATE_TIME, .at_once = AT_ONCE(DMN_DATE_TIME) },
  [DMN_TYPE_DAYS_DURATION] = { .kind = DMN_TYPE_DAYS_DURATION, .at_once = AT_ONCE(DMN_DAYS_DURATION) },
  [DMN_TYPE_MONTHS_DURATION] = { .kind = DMN_TYPE_MONTHS_DURATION, .at_once = AT_ONCE(DMN_MONTHS_DURATION) },
  [DMN_TYPE_LIST] = { .kind = DMN_TYPE_LIST },
  [DMN_TYPE_CONTEXT] = { .kind = DMN_TYPE_CONTEXT },
  [DMN_TYPE_RANGE] = { .kind = DMN_TYPE_RANGE },
  [DMN_TYPE_FUNCTION] = { .kind = DMN_TYPE_FUNCTION },
};

/* The kinds of values stand in the order of those of types. */
static inline enum dmn_type_kind type_kind_of(uint8_t kind) { return (enum dmn_type_kind)(kind + 1); }
_Static_assert((int)DMN_NULL + 1 == (int)DMN_TYPE_NULL && (int)DMN_BOOLEAN + 1 == (int)DMN_TYPE_BOOLEAN &&
                 (int)DMN_NUMBER + 1 == (int)DMN_TYPE_NUMBER && (int)DMN_STRING + 1 == (int)DMN_TYPE_STRING &&
                 (int)DMN_DATE + 1 == (int)DMN_TYPE_DATE && (int)DMN_TIME + 1 == (int)DMN_TYPE_TIME &&
                 (int)DMN_DATE_TIME + 1 == (int)DMN_TYPE_DATE_TIME &&
                 (int)DMN_DAYS_DURATION + 1 == (int)DMN_TYPE_DAYS_DURATION &&
                 (int)DMN_MONTHS_DURATION + 1 == (int)DMN_TYPE_MONTHS_DURATION && (int)DMN_LIST + 1 == (int)DMN_TYPE_LIST &&
                 (int)DMN_CONTEXT + 1 == (int)DMN_TYPE_CONTEXT && (int)DMN_RANGE + 1 == (int)DMN_TYPE_RANGE &&
                 (int)DMN_FUNCTION + 1 == (int)DMN_TYPE_FUNCTION,
               "kinds of values and of types stand in one order");

/* The first name of a kind is the one printed; the others are spellings of older models (XML Schema, DMN 1.1). */
static const struct {
  const char *name;
  enum dmn_type_kind kind;
} names[] = {
  { "Any", DMN_TYPE_ANY },
  { "Null", DMN_TYPE_NULL },
  { "boolean", DMN_TYPE_BOOLEAN },
  { "number", DMN_TYPE_NUMBER },
  { "string", DMN_TYPE_STRING },
  { "date", DMN_TYPE_DATE },
  { "time", DMN_TYPE_TIME },
  { "date and time", DMN_TYPE_DATE_TIME },
  { "days and time duration", DMN_TYPE_DAYS_DURATION },
  { "years and months duration", DMN_TYPE_MONTHS_DURATION },
  { "list", DMN_TYPE_LIST },
  { "context", DMN_TYPE_CONTEXT },
  { "range", DMN_TYPE_RANGE },
  { "function", DMN_TYPE_FUNCTION },
  { "dateTime", DMN_TYPE_DATE_TIME },
  { "dayTimeDuration", DMN_TYPE_DAYS_DURATION },
  { "yearMonthDuration", DMN_TYPE_MONTHS_DURATION },
};

const struct dmn_type *dmn_type_builtin(str name) {
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (str_eq(str_of(names[i].name), name)) return &plain[names[i].kind];
  return NULL;
}

const struct dmn_type *dmn_type_of_kind(enum dmn_kind k) { return &plain[type_kind_of((uint8_t)k)]; }

/* ---- making */
static struct dmn_type *new_type(struct arena *a, enum dmn_type_kind kind) {
  struct dmn_type *t = ARENA_NEW(a, struct dmn_type);
  t->kind = kind;
  return t;
}

static void hold(struct dmn_type *t, const struct dmn_type *part) {
  uint32_t more = part == NULL ? 1 : part->extent + 1;
  t->extent = more < DMN_TYPE_ENDLESS - t->extent ? t->extent + more : DMN_TYPE_ENDLESS;
}

const struct dmn_type *dmn_type_list_of(struct arena *a, const struct dmn_type *item) {
  if (item == NULL || item == &plain[DMN_TYPE_ANY]) return &plain[DMN_TYPE_LIST];
  struct dmn_type *t = new_type(a, DMN_TYPE_LIST);
  t->of = item;
  hold(t, item);
  return t;
}

const struct dmn_type *dmn_type_range_of(struct arena *a, const struct dmn_type *item) {
  if (item == NULL || item == &plain[DMN_TYPE_ANY]) return &plain[DMN_TYPE_RANGE];
  struct dmn_type *t = new_type(a, DMN_TYPE_RANGE);
  t->of = item;
  hold(t, item);
  return t;
}

static void set_entries(struct arena *a, struct dmn_type *t, const struct dmn_type_entry *entries, uint32_t count) {
  struct dmn_type_entry *own = ARENA_ARRAY(a, struct dmn_type_entry, count);
  if (count > 0) memcpy(own, entries, count * sizeof *own);
  t->entries = own;
  t->entry_count = count;
  for (uint32_t i = 0; i < count; i++) hold(t, own[i].type);
}

const struct dmn_type *dmn_type_context_of(struct arena *a, const struct dmn_type_entry *entries, uint32_t count) {
  struct dmn_type *t = new_type(a, DMN_TYPE_CONTEXT);
  set_entries(a, t, entries, count);
  dmn_symbol *own = ARENA_ARRAY(a, dmn_symbol, count);
  for (uint32_t i = 0; i < count; i++) own[i] = entries[i].name;
  t->names = own;
  return t;
}

/* `of` is never NULL here: that tells a function type with a signature from the widest one. */
const struct dmn_type *dmn_type_function_of(struct arena *a, const struct dmn_type_entry *parameters, uint32_t count,
                                            const struct dmn_type *gives) {
  struct dmn_type *t = new_type(a, DMN_TYPE_FUNCTION);
  set_entries(a, t, parameters, count);
  t->of = gives != NULL ? gives : &plain[DMN_TYPE_ANY];
  hold(t, t->of);
  return t;
}

const struct dmn_type *dmn_type_entry_of(const struct dmn_type *t, dmn_symbol name, uint32_t *index) {
  if (t == NULL || t->kind != DMN_TYPE_CONTEXT) return NULL;
  for (uint32_t i = 0; i < t->entry_count; i++) {
    if (t->entries[i].name != name) continue;
    if (index != NULL) *index = i;
    return t->entries[i].type;
  }
  return NULL;
}

/* ---- the type of a value */
static const struct dmn_type *type_of_list(struct arena *a, dmn_value v) {
  const struct dmn_type *common = v.length == 0 ? &plain[DMN_TYPE_NULL] : dmn_type_of_value(a, v.as.items[0]);
  for (uint32_t i = 1; common != NULL && i < v.length; i++) {
    const struct dmn_type *t = dmn_type_of_value(a, v.as.items[i]);
    if (!dmn_type_conforms(t, common)) common = dmn_type_conforms(common, t) ? t : NULL;
  }
  return dmn_type_list_of(a, common);
}

static const struct dmn_type *type_of_context(struct arena *a, const struct dmn_context *c) {
  struct dmn_type_entry *entries = ARENA_ARRAY(a, struct dmn_type_entry, c->count);
  for (uint32_t i = 0; i < c->count; i++)
    entries[i] = (struct dmn_type_entry){ c->names[i],
                                          c->values[i].kind == DMN_NULL ? NULL : dmn_type_of_value(a, c->values[i]) };
  return dmn_type_context_of(a, entries, c->count);
}

static const struct dmn_type *type_of_function(struct arena *a, const struct dmn_function *f) {
  if (f->kind == DMN_FUNCTION_BUILTIN) return &plain[DMN_TYPE_FUNCTION];
  struct dmn_type_entry *entries = ARENA_ARRAY(a, struct dmn_type_entry, f->parameter_count);
  for (uint32_t i = 0; i < f->parameter_count; i++)
    entries[i] = (struct dmn_type_entry){ f->parameters[i].name, f->parameters[i].type };
  const struct dmn_type *gives = f->result != NULL || f->body == NULL ? f->result : feel_type(f->body);
  return dmn_type_function_of(a, entries, f->parameter_count, gives);
}

const struct dmn_type *dmn_type_of_value(struct arena *a, dmn_value v) {
  switch ((enum dmn_kind)v.kind) {
    case DMN_LIST: return type_of_list(a, v);
    case DMN_CONTEXT: return type_of_context(a, v.as.context);
    case DMN_RANGE:
      return dmn_type_range_of(
          a, dmn_type_of_kind((enum dmn_kind)(v.as.range->has_start ? v.as.range->start : v.as.range->end).kind));
    case DMN_FUNCTION: return type_of_function(a, v.as.function);
    default: return dmn_type_of_kind((enum dmn_kind)v.kind);
  }
}

/* ---- conformance of types (10.3.2.9.2) */
static bool any(const struct dmn_type *t) { return t == NULL || t->kind == DMN_TYPE_ANY; }

static bool context_conforms(const struct dmn_type *narrow, const struct dmn_type *wide) {
  for (uint32_t i = 0; i < wide->entry_count; i++) {
    uint32_t at = UINT32_MAX;
    const struct dmn_type *own = dmn_type_entry_of(narrow, wide->entries[i].name, &at);
    if (at == UINT32_MAX || !dmn_type_conforms(own, wide->entries[i].type)) return false;
  }
  return true;
}

static bool function_conforms(const struct dmn_type *narrow, const struct dmn_type *wide) {
  if (wide->of == NULL) return true;
  if (narrow->of == NULL || narrow->entry_count != wide->entry_count) return false;
  for (uint32_t i = 0; i < wide->entry_count; i++)
    if (!dmn_type_conforms(wide->entries[i].type, narrow->entries[i].type)) return false;
  return dmn_type_conforms(narrow->of, wide->of);
}

static bool is_endless(const struct dmn_type *t) { return t->extent >= DMN_TYPE_ENDLESS; }
/* Two endless types could be compared for ever: each is like none but itself, by whatever name. */
static bool both_endless(const struct dmn_type *a, const struct dmn_type *b) { return is_endless(a) && is_endless(b); }
static bool same_parts(const struct dmn_type *a, const struct dmn_type *b) {
  return a->kind == b->kind && a->entries == b->entries && a->of == b->of;
}

bool dmn_type_conforms(const struct dmn_type *narrow, const struct dmn_type *wide) {
  if (narrow == wide || any(wide)) return true;
  if (any(narrow)) return false;
  if (both_endless(narrow, wide)) return same_parts(narrow, wide);
  if (narrow->kind == DMN_TYPE_NULL) return true;
  if (narrow->kind != wide->kind) return false;
  switch (wide->kind) {
    case DMN_TYPE_LIST:
    case DMN_TYPE_RANGE: return dmn_type_conforms(narrow->of, wide->of);
    case DMN_TYPE_CONTEXT: return context_conforms(narrow, wide);
    case DMN_TYPE_FUNCTION: return function_conforms(narrow, wide);
    default: return true;
  }
}

static bool has_tests(const struct dmn_type *t) { return t->allowed_values != NULL || t->constraint != NULL; }

/* The very tests of one type are among those of the other. For lists, what items are allowed and what the list must be
 * are not exchangeable. */
static bool tests_within(const struct dmn_type *narrow, const struct dmn_type *wide) {
  bool plain_kind = wide->kind != DMN_TYPE_LIST;
  bool no_items = narrow->of != NULL && narrow->of->kind == DMN_TYPE_NULL; /* [] is a list<Null> */
  const struct feel_tests *a = wide->allowed_values, *b = wide->constraint;
  return (a == NULL || no_items || a == narrow->allowed_values || (plain_kind && a == narrow->constraint)) &&
         (b == NULL || b == narrow->constraint || (plain_kind && b == narrow->allowed_values));
}

static bool entries_within(const struct dmn_type *narrow, const struct dmn_type *wide) {
  for (uint32_t i = 0; i < wide->entry_count; i++) {
    uint32_t at = UINT32_MAX;
    const struct dmn_type *own = dmn_type_entry_of(narrow, wide->entries[i].name, &at);
    if (at == UINT32_MAX || !dmn_type_within(own, wide->entries[i].type)) return false;
  }
  return true;
}

bool dmn_type_within(const struct dmn_type *narrow, const struct dmn_type *wide) {
  if (wide == NULL || narrow == wide) return true;
  if (wide->kind == DMN_TYPE_ANY && !has_tests(wide)) return true;
  if (narrow == NULL) return false;
  if (narrow->kind == DMN_TYPE_NULL) return true;
  if (narrow->kind != wide->kind || !tests_within(narrow, wide)) return false;
  if (both_endless(narrow, wide)) return same_parts(narrow, wide);
  switch (wide->kind) {
    case DMN_TYPE_LIST:
    case DMN_TYPE_RANGE: return dmn_type_within(narrow->of, wide->of);
    case DMN_TYPE_CONTEXT: return entries_within(narrow, wide);
    case DMN_TYPE_FUNCTION: return false;
    default: return true;
  }
}

const struct dmn_type *dmn_type_plain(const struct dmn_type *t) {
  if (t == NULL || !has_tests(t)) return t;
  bool simple = t->of == NULL && t->entry_count == 0;
  return simple ? &plain[t->kind] : NULL;
}

/* ---- values against types */
static bool fits_slowly(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints);

/* Is the value all that its type asks for, seen by its kind or by its being one of the allowed words? Most values of most
 * models are such. A list of nothing is a list of anything. */
static inline bool fits_at_once(const struct dmn_type *t, const dmn_value *v) {
  if (t->at_once >> v->kind & 1) return true;
  if (t->kind != type_kind_of(v->kind) || t->constraint != NULL) return false;
  if (t->kind >= DMN_TYPE_LIST) return t->kind == DMN_TYPE_LIST && v->length == 0;
  return t->allowed_values == NULL || feel_tests_name(t->allowed_values, v);
}

static inline bool fits(struct dmn_eval *e, const struct dmn_type *t, const dmn_value *v, bool constraints) {
  return t == NULL || v->kind == DMN_NULL || fits_at_once(t, v) || fits_slowly(e, t, *v, constraints);
}

/* The same for many, of which most are seen to fit by their kind. */
static inline bool entry_fits(struct dmn_eval *e, const struct dmn_type *t, const dmn_value *v, bool constraints) {
  return (t != NULL && (t->at_once >> v->kind & 1)) || fits(e, t, v, constraints);
}

/* A function fits where it can be called so. What neither a declaration nor its body tells is not held against it. */
static bool function_fits(const struct dmn_type *t, const struct dmn_function *f) {
  if (t->of == NULL) return true;
  if (f->kind == DMN_FUNCTION_BUILTIN) return dmn_builtin_positional(f->builtin, t->entry_count) != NULL;
  if (f->parameter_count != t->entry_count) return false;
  for (uint32_t i = 0; i < t->entry_count; i++) {
    const struct dmn_type *wanted = f->parameters[i].type, *given = t->entries[i].type;
    if (!any(wanted) && !any(given) && !dmn_type_conforms(given, wanted)) return false;
  }
  const struct dmn_type *gives = f->result != NULL || f->body == NULL ? f->result : feel_type(f->body);
  return any(gives) || dmn_type_conforms(gives, t->of);
}

static bool context_fits(struct dmn_eval *e, const struct dmn_type *t, const struct dmn_context *c, bool constraints) {
  const struct dmn_type_entry *wanted = t->entries;
  uint32_t count = t->entry_count, there = c->count;
  dmn_step(e);
  if (c->names == t->names && there == count) {  /* made to be of this type: its very entries, in order */
    const dmn_value *entry = c->values;
    for (uint32_t i = 0; i < count; i++, entry++)
      if (!entry_fits(e, wanted[i].type, entry, constraints)) return false;
    return true;
  }
  for (uint32_t i = 0; i < count; i++) {
    bool guessed = i < there && c->names[i] == wanted[i].name;
    const dmn_value *entry = guessed ? &c->values[i] : dmn_context_find(c, wanted[i].name);
    if (entry == NULL || !fits(e, wanted[i].type, entry, constraints)) return false;
  }
  return true;
}

static bool list_fits(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints) {
  if (any(t->of)) return true;
  dmn_steps(e, v.length);
  for (uint32_t i = 0; i < v.length; i++)
    if (!fits(e, t->of, &v.as.items[i], constraints)) return false;
  return true;
}

static bool range_fits(struct dmn_eval *e, const struct dmn_type *t, const struct dmn_range *r, bool constraints) {
  return any(t->of) || ((!r->has_start || fits(e, t->of, &r->start, constraints)) &&
                        (!r->has_end || fits(e, t->of, &r->end, constraints)));
}

static bool parts_fit(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints) {
  switch (t->kind) {
    case DMN_TYPE_LIST: return list_fits(e, t, v, constraints);
    case DMN_TYPE_CONTEXT: return context_fits(e, t, v.as.context, constraints);
    case DMN_TYPE_RANGE: return range_fits(e, t, v.as.range, constraints);
    case DMN_TYPE_FUNCTION: return function_fits(t, v.as.function);
    default: return true;
  }
}

/* As deep as the value where the type is endless. */
static bool parts_fit_deeply(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints) {
  if (++e->depth > e->budget->depth) dmn_budget_exceeded(e, "depth");
  bool fit = parts_fit(e, t, v, constraints);
  e->depth--;
  return fit;
}

static bool kind_fits(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints) {
  if (t->kind == DMN_TYPE_ANY) return true;
  if (type_kind_of(v.kind) != t->kind) return false;
  return is_endless(t) ? parts_fit_deeply(e, t, v, constraints) : parts_fit(e, t, v, constraints);
}

static bool passes(struct dmn_eval *e, const struct dmn_type *t, const struct feel_tests *tests, dmn_value v) {
  bool answer;
  if (feel_tests_at_a_glance(tests, v, &answer)) return answer;
  const struct feel_node *code = (const struct feel_node *)(const void *)tests;
  return dmn_is_true(feel_run_frame(e, code, t->frame_slots > 0 ? t->frame_slots : 1, &v, 1));
}

/* Allowed values hold for the value, or for each item of a list; a constraint for the value as a whole (7.3.3). */
static bool allowed(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) {
  if (t->constraint != NULL && !passes(e, t, t->constraint, v)) return false;
  if (t->allowed_values == NULL) return true;
  if (t->kind != DMN_TYPE_LIST || v.kind != DMN_LIST) return passes(e, t, t->allowed_values, v);
  for (uint32_t i = 0; i < v.length; i++)
    if (v.as.items[i].kind != DMN_NULL && !passes(e, t, t->allowed_values, v.as.items[i])) return false;
  return true;
}

static bool fits_slowly(struct dmn_eval *e, const struct dmn_type *t, dmn_value v, bool constraints) {
  if (t->kind < DMN_TYPE_LIST && t->kind == type_kind_of(v.kind)) return !constraints || allowed(e, t, v);
  return kind_fits(e, t, v, constraints) && (!constraints || !has_tests(t) || allowed(e, t, v));
}

bool dmn_type_accepts(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) { return fits(e, t, &v, true); }

bool dmn_type_instance(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) {
  if (v.kind == DMN_NULL) return t != NULL && t->kind == DMN_TYPE_NULL;
  return fits(e, t, &v, false);
}

/* ---- by looking alone */
static inline bool holds_tests(const struct feel_tests *tests, dmn_value v) {
  bool satisfied;
  return tests == NULL || (feel_tests_at_a_glance(tests, v, &satisfied) && satisfied);
}

static bool holds_parts(const struct dmn_type *t, dmn_value v) {
  if (t->kind == DMN_TYPE_LIST) {
    for (uint32_t i = 0; i < v.length; i++) {
      bool allowed_item = v.as.items[i].kind == DMN_NULL || holds_tests(t->allowed_values, v.as.items[i]);
      if (!allowed_item || !dmn_type_holds(t->of, v.as.items[i])) return false;
    }
    return true;
  }
  for (uint32_t i = 0; t->kind == DMN_TYPE_CONTEXT && i < t->entry_count; i++) {
    const dmn_value *entry = dmn_context_find(v.as.context, t->entries[i].name);
    if (entry == NULL || !dmn_type_holds(t->entries[i].type, *entry)) return false;
  }
  return t->kind != DMN_TYPE_RANGE && t->kind != DMN_TYPE_FUNCTION;
}

bool dmn_type_holds(const struct dmn_type *t, dmn_value v) {
  if (t == NULL || v.kind == DMN_NULL) return true;
  if (t->kind == DMN_TYPE_ANY) return !has_tests(t);
  if (is_endless(t)) return false; /* not by looking alone */
  if (type_kind_of(v.kind) != t->kind || !holds_tests(t->constraint, v)) return false;
  return (t->kind == DMN_TYPE_LIST || holds_tests(t->allowed_values, v)) && holds_parts(t, v);
}

/* ---- implicit conversions (10.3.2.9.4) */
static dmn_value converted(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) {
  if (t->kind == DMN_TYPE_LIST && v.kind != DMN_LIST) v = dmn_list_of(e, &v, 1);
  if (t->kind != DMN_TYPE_LIST && t->kind != DMN_TYPE_ANY && v.kind == DMN_LIST && v.length == 1) v = v.as.items[0];
  return t->kind == DMN_TYPE_DATE_TIME && v.kind == DMN_DATE ? dmn_date_to_date_time(e, v) : v;
}

/* Apart from what is seen at once, which need not save registers for it. */
__attribute__((noinline)) static dmn_value coerce_slowly(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) {
  if (t->kind != type_kind_of(v.kind)) v = converted(e, t, v);
  if (v.kind == DMN_NULL) return v;
  if (!kind_fits(e, t, v, true))
    return dmn_raise(e, kind_fits(e, t, v, false) ? DMN_DIAG_ALLOWED_VALUE : DMN_DIAG_COERCION,
                     str_of(dmn_kind_name(v.kind)));
  return !has_tests(t) || allowed(e, t, v) ? v : dmn_raise(e, DMN_DIAG_ALLOWED_VALUE, t->name);
}

dmn_value dmn_coerce(struct dmn_eval *e, const struct dmn_type *t, dmn_value v) {
  return t == NULL || v.kind == DMN_NULL || fits_at_once(t, &v) ? v : coerce_slowly(e, t, v);
}

/* ---- printing */
static void print(struct buf *out, const struct dmn_type *t, const struct dmn_symbols *symbols);

static void print_entries(struct buf *out, const struct dmn_type *t, const struct dmn_symbols *symbols, bool named) {
  for (uint32_t i = 0; i < t->entry_count; i++) {
    if (i > 0) buf_add(out, STR(", "));
    if (named) {
      buf_add(out, dmn_symbols_text(symbols, t->entries[i].name));
      buf_add(out, STR(": "));
    }
    print(out, t->entries[i].type, symbols);
  }
}

static str kind_text(enum dmn_type_kind kind) {
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (names[i].kind == kind) return str_of(names[i].name);
  return STR("Any");
}

static void print(struct buf *out, const struct dmn_type *t, const struct dmn_symbols *symbols) {
  if (t != NULL && t->name.n > 0) {
    buf_add(out, t->name);
    return;
  }
  buf_add(out, kind_text(t == NULL ? DMN_TYPE_ANY : t->kind));
  if (t == NULL || (t->of == NULL && t->entry_count == 0)) return;
  buf_byte(out, '<');
  if (t->kind == DMN_TYPE_LIST || t->kind == DMN_TYPE_RANGE)
    print(out, t->of, symbols);
  else
    print_entries(out, t, symbols, t->kind == DMN_TYPE_CONTEXT);
  buf_byte(out, '>');
  if (t->kind != DMN_TYPE_FUNCTION) return;
  buf_add(out, STR("->"));
  print(out, t->of, symbols);
}

str dmn_type_print(struct arena *a, const struct dmn_type *t, const struct dmn_symbols *symbols) {
  struct buf out = buf_in(a);
  print(&out, t, symbols);
  return buf_str(&out);
}
