/* scope: the chain of visible names, and capture by functions; see scope.h. */
#include "feel/scope.h"

#include "builtin/builtin.h"
#include "feel/node.h"

struct feel_scope *feel_scope_push(struct feel_compiler *c, struct feel_scope *outer) {
  struct feel_scope *s = ARENA_NEW(c->arena, struct feel_scope);
  s->outer = outer;
  return s;
}

uint32_t feel_scope_slot(struct feel_compiler *c) { return c->frame->slot_count++; }

str feel_spelled(struct feel_compiler *c, dmn_symbol symbol) {
  str text = dmn_symbols_text(c->symbols, symbol);
  struct feel_name_run run;
  feel_name_run(text, 0, &run);
  bool whole = run.count > 0 && run.token[run.count - 1].end == text.n;
  return whole ? str_copy(c->arena, run.spelled) : text;
}

static struct feel_name *declare(struct feel_compiler *c, struct feel_scope *s, dmn_symbol symbol) {
  if (s->count == s->capacity) {
    uint32_t capacity = s->capacity == 0 ? 8 : s->capacity * 2;
    s->names = arena_grow(c->arena, s->names, s->capacity * sizeof *s->names, capacity * sizeof *s->names);
    s->capacity = capacity;
  }
  struct feel_name *n = &s->names[s->count++];
  *n = (struct feel_name){ .symbol = symbol, .spelled = feel_spelled(c, symbol) };
  return n;
}

uint32_t feel_scope_add(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, const struct dmn_type *type) {
  uint32_t slot = feel_scope_slot(c);
  feel_scope_alias(c, s, name, slot, type);
  return slot;
}

void feel_scope_alias(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, uint32_t slot,
                      const struct dmn_type *type) {
  struct feel_name *n = declare(c, s, name);
  n->slot = slot;
  n->type = type;
}

void feel_scope_define(struct feel_compiler *c, struct feel_scope *s, dmn_symbol name, const struct feel_node *code) {
  struct feel_name *n = declare(c, s, name);
  n->code = code;
  n->type = feel_type(code);
}

struct feel_scope *feel_scope_element(struct feel_compiler *c, struct feel_scope *outer, uint32_t slot,
                                      const struct dmn_type *element) {
  struct feel_scope *s = feel_scope_push(c, outer);
  s->element = true;
  s->element_slot = slot;
  s->element_type = element != NULL && element->kind == DMN_TYPE_ANY ? NULL : element;
  feel_scope_alias(c, s, DMN_SYM_ITEM, slot, s->element_type);
  return s;
}

struct feel_name *feel_scope_own(struct feel_scope *s, dmn_symbol symbol) {
  for (uint32_t i = 0; i < s->count; i++)
    if (s->names[i].symbol == symbol) return &s->names[i];
  return NULL;
}

bool feel_scope_has_element(const struct feel_scope *s) {
  for (; s != NULL; s = s->outer)
    if (s->element && (s->element_type == NULL || s->element_type->kind == DMN_TYPE_CONTEXT)) return true;
  return false;
}

/* ---- capture */
static uint32_t capture(struct feel_compiler *c, struct feel_lambda *l, uint32_t from) {
  for (uint32_t i = 0; i < l->capture_count; i++)
    if (l->captures[i].from == from) return l->captures[i].to;
  if (l->capture_count == l->capture_capacity) {
    uint32_t capacity = l->capture_capacity == 0 ? 8 : l->capture_capacity * 2;
    l->captures =
        arena_grow(c->arena, l->captures, l->capture_capacity * sizeof *l->captures, capacity * sizeof *l->captures);
    l->capture_capacity = capacity;
  }
  uint32_t to = l->frame.slot_count++;
  l->captures[l->capture_count].from = from;
  l->captures[l->capture_count].to = to;
  l->capture_count++;
  return to;
}

/* The slot, seen from scope `s`, of a value that stands in `slot` of the frame to which `where` belongs. */
static uint32_t slot_seen_from(struct feel_compiler *c, struct feel_scope *s, const struct feel_scope *where,
                               uint32_t slot) {
  while (s != where && s->lambda == NULL) s = s->outer;
  if (s == where) return slot;
  return capture(c, s->lambda, slot_seen_from(c, s->outer, where, slot));
}

/* ---- finding */
static bool spelled_like(struct feel_compiler *c, dmn_symbol symbol, str spelled) {
  str text = dmn_symbols_text(c->symbols, symbol);
  if (str_eq(text, spelled)) return true;
  return memchr(text.p, ' ', text.n) != NULL && str_eq(feel_spelled(c, symbol), spelled);
}

static bool find_entry(struct feel_compiler *c, const struct dmn_type *t, str spelled, struct feel_found *out) {
  if (t == NULL || t->kind != DMN_TYPE_CONTEXT) return false;
  for (uint32_t i = 0; i < t->entry_count; i++) {
    if (!spelled_like(c, t->entries[i].name, spelled)) continue;
    out->meaning = MEANS_ENTRY;
    out->symbol = t->entries[i].name;
    out->index = i;
    out->type = t->entries[i].type;
    return true;
  }
  return false;
}

static bool find_name(struct feel_scope *s, str spelled, struct feel_found *out) {
  for (uint32_t i = s->count; i-- > 0;) {
    struct feel_name *n = &s->names[i];
    if (!str_eq(n->spelled, spelled)) continue;
    n->used = true;
    out->meaning = n->code == NULL ? MEANS_SLOT : MEANS_CODE;
    out->symbol = n->symbol;
    out->slot = n->slot;
    out->type = n->type;
    out->code = n->code;
    return true;
  }
  return false;
}

/* May the element have entries that its static type does not tell? A context may always have more of them. */
static bool may_have(const struct feel_scope *s) {
  return s->element && (s->element_type == NULL || s->element_type->kind == DMN_TYPE_CONTEXT);
}

void feel_scope_find(struct feel_compiler *c, struct feel_scope *from, str spelled, struct feel_found *out) {
  *out = (struct feel_found){ .meaning = MEANS_NOTHING };
  for (struct feel_scope *s = from; s != NULL; s = s->outer) {
    if (s->element && find_entry(c, s->element_type, spelled, out)) {
      out->slot = slot_seen_from(c, from, s, s->element_slot);
      return;
    }
    if (may_have(s) && out->maybe_count < COUNT_OF(out->maybe)) {
      out->maybe[out->maybe_count].slot = slot_seen_from(c, from, s, s->element_slot);
      out->maybe[out->maybe_count].closed = s->element_type != NULL;
      out->maybe_count++;
    }
    if (find_name(s, spelled, out)) {
      if (out->meaning == MEANS_SLOT) out->slot = slot_seen_from(c, from, s, out->slot);
      return;
    }
  }
  out->builtin = dmn_builtin_find(spelled);
  if (out->builtin != NULL) out->meaning = MEANS_BUILTIN;
}

/* ---- suggestions: edit distance over bytes, bounded */
#define NEAR_MAX_BYTES 64u

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

static uint32_t edits(str a, str b) {
  if (a.n > NEAR_MAX_BYTES || b.n > NEAR_MAX_BYTES) return UINT32_MAX;
  uint32_t row[NEAR_MAX_BYTES + 1];
  for (uint32_t j = 0; j <= b.n; j++) row[j] = j;
  for (uint32_t i = 1; i <= a.n; i++) {
    uint32_t diagonal = row[0];
    row[0] = i;
    for (uint32_t j = 1; j <= b.n; j++) {
      uint32_t above = row[j];
      uint32_t change = diagonal + (a.p[i - 1] == b.p[j - 1] ? 0 : 1);
      row[j] = least(change, least(above, row[j - 1]) + 1);
      diagonal = above;
    }
  }
  return row[b.n];
}

static void consider(str candidate, str spelled, uint32_t *best, str *name) {
  uint32_t distance = edits(candidate, spelled);
  if (distance >= *best) return;
  *best = distance;
  *name = candidate;
}

str feel_scope_nearest(struct feel_compiler *c, const struct feel_scope *s, str spelled) {
  str name = STR_NONE;
  uint32_t best = (uint32_t)(spelled.n / 3 + 2); /* further off than this is another name */
  for (; s != NULL; s = s->outer) {
    for (uint32_t i = 0; i < s->count; i++) consider(s->names[i].spelled, spelled, &best, &name);
    const struct dmn_type *t = s->element ? s->element_type : NULL;
    if (t == NULL || t->kind != DMN_TYPE_CONTEXT) continue;
    for (uint32_t i = 0; i < t->entry_count; i++)
      consider(dmn_symbols_text(c->symbols, t->entries[i].name), spelled, &best, &name);
  }
  uint32_t count;
  const struct dmn_builtin *builtins = dmn_builtins(&count);
  for (uint32_t i = 0; i < count; i++) consider(str_of(builtins[i].name), spelled, &best, &name);
  return name;
}

/* ---- lambdas */
struct feel_lambda *feel_lambda_open(struct feel_compiler *c, struct feel_scope *outer,
                                     const struct feel_parameter *parameters, uint32_t count) {
  struct feel_lambda *l = ARENA_NEW(c->arena, struct feel_lambda);
  struct feel_parameter *own = ARENA_ARRAY(c->arena, struct feel_parameter, count);
  if (count > 0) memcpy(own, parameters, count * sizeof *own);
  l->parameters = own;
  l->parameter_count = count;
  l->outer_frame = c->frame;
  c->frame = &l->frame;
  l->scope = feel_scope_push(c, outer);
  l->scope->lambda = l;
  for (uint32_t i = 0; i < count; i++) feel_scope_add(c, l->scope, own[i].name, own[i].type);
  return l;
}

struct feel_scope *feel_lambda_scope(struct feel_lambda *l) {
  return l->scope;
}
