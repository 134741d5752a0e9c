/* builtin: finding a function and a signature, and bringing arguments into the form that the function declares. */
#include "builtin/functions.h"

#define ARGUMENTS_ON_STACK 8u

/* ---- finding */
const struct dmn_builtin *dmn_builtin_find(str name) {
  uint32_t count, low = 0;
  const struct dmn_builtin *all = dmn_builtins(&count);
  while (low < count) {
    uint32_t middle = low + (count - low) / 2;
    int order = str_cmp(str_of(all[middle].name), name);
    if (order == 0) return &all[middle];
    if (order < 0)
      low = middle + 1;
    else
      count = middle;
  }
  return NULL;
}

static uint32_t mandatory_count(const struct dmn_signature *s) {
  uint32_t n = 0;
  while (n < s->count && !s->parameters[n].optional) n++;
  return n;
}

static bool takes(const struct dmn_signature *s, uint32_t count) {
  if (s->form == DMN_BY_NAME) return false;
  if (s->variadic == DMN_LIST_OR_ITEMS) return count >= 1;
  if (s->variadic == DMN_LAST_REPEATS) return count >= s->count;
  return count >= mandatory_count(s) && count <= s->count;
}

const struct dmn_signature *dmn_builtin_positional(const struct dmn_builtin *b, uint32_t count) {
  for (uint32_t i = 0; i < b->signature_count; i++)
    if (takes(&b->signatures[i], count)) return &b->signatures[i];
  return NULL;
}

/* What is not given of a named call is null (10.3.2.13.5), so that a parameter that takes null need not be given. */
static bool fill_order(const struct dmn_signature *s, const str *names, uint32_t count, uint8_t *order) {
  uint32_t given = 0; /* a bit for each parameter */
  for (uint32_t i = 0; i < count; i++) {
    uint8_t k = 0;
    while (k < s->count && !str_eq(str_of(s->parameters[k].name), names[i])) k++;
    if (k == s->count || (given & 1u << k) != 0) return false;
    given |= 1u << k;
    order[i] = k;
  }
  for (uint32_t k = 0; k < s->count; k++)
    if ((given & 1u << k) == 0 && !s->parameters[k].optional && !s->parameters[k].nullable) return false;
  return true;
}

static bool in_order(const uint8_t *order, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (order[i] != i) return false;
  return true;
}

static const struct dmn_signature *with_names(const struct dmn_builtin *b, const str *names, uint32_t count,
                                              bool as_declared, uint8_t *order) {
  for (uint32_t i = 0; i < b->signature_count; i++) {
    const struct dmn_signature *s = &b->signatures[i];
    if (s->form == DMN_BY_POSITION || count > s->count || !fill_order(s, names, count, order)) continue;
    if (!as_declared || in_order(order, count)) return s;
  }
  return NULL;
}

/* before(point, range) and before(range, point) have the same names: the order in which they are given tells them apart. */
const struct dmn_signature *dmn_builtin_named(const struct dmn_builtin *b, const str *names, uint32_t count,
                                              uint8_t *order) {
  const struct dmn_signature *s = with_names(b, names, count, true, order);
  return s != NULL ? s : with_names(b, names, count, false, order);
}

/* ---- kinds: a set of bits for each way to declare a parameter */
#define BIT(kind) (1u << (kind))
#define POINTS                                                                                                       \
  (BIT(DMN_NUMBER) | BIT(DMN_STRING) | BIT(DMN_DATE) | BIT(DMN_TIME) | BIT(DMN_DATE_TIME) | BIT(DMN_DAYS_DURATION) | \
   BIT(DMN_MONTHS_DURATION))
static const uint32_t accepted[] = {
  [P_ANY] = UINT32_MAX,
  [P_BOOLEAN] = BIT(DMN_BOOLEAN),
  [P_NUMBER] = BIT(DMN_NUMBER),
  [P_STRING] = BIT(DMN_STRING),
  [P_DATE] = BIT(DMN_DATE),
  [P_TIME] = BIT(DMN_TIME),
  [P_DATE_TIME] = BIT(DMN_DATE_TIME),
  [P_DURATION] = BIT(DMN_DAYS_DURATION) | BIT(DMN_MONTHS_DURATION),
  [P_DAYS] = BIT(DMN_DAYS_DURATION),
  [P_MONTHS] = BIT(DMN_MONTHS_DURATION),
  [P_TEMPORAL] = BIT(DMN_DATE) | BIT(DMN_TIME) | BIT(DMN_DATE_TIME) | BIT(DMN_STRING),
  [P_LIST] = BIT(DMN_LIST),
  [P_CONTEXT] = BIT(DMN_CONTEXT),
  [P_RANGE] = BIT(DMN_RANGE),
  [P_FUNCTION] = BIT(DMN_FUNCTION),
  [P_COMPARABLE] = POINTS,
  [P_POINT_OR_RANGE] = POINTS | BIT(DMN_RANGE),
  [P_DATE_OR_DATE_TIME] = BIT(DMN_DATE) | BIT(DMN_DATE_TIME),
  [P_NUMBER_OR_DURATION] = BIT(DMN_NUMBER) | BIT(DMN_DAYS_DURATION) | BIT(DMN_MONTHS_DURATION),
  [P_NUMBER_OR_FUNCTION] = BIT(DMN_NUMBER) | BIT(DMN_FUNCTION),
  [P_STRING_OR_LIST] = BIT(DMN_STRING) | BIT(DMN_LIST),
};

static dmn_value raise_argument(struct dmn_eval *e, const struct dmn_builtin *b, const struct dmn_parameter *p,
                                dmn_value v) {
  bool unknown = dmn_is_null(v);
  str detail = STR_NONE;
  if (!unknown)
    detail = str_format(e->arena, "%s(%s: %s)", b->name, p->name, dmn_kind_name(v.kind));
  else if (e->keep_unknowns)
    detail = str_format(e->arena, "%s(%s)", b->name, p->name);
  return dmn_raise(e, unknown ? DMN_DIAG_UNKNOWN_ARGUMENT : DMN_DIAG_TYPE, detail);
}

/* Implicit conversions of 10.3.2.9.4. False: the argument does not conform, and the diagnostic has been raised. */
static bool conform(struct dmn_eval *e, const struct dmn_builtin *b, const struct dmn_parameter *p, dmn_value v,
                    dmn_value *out) {
  *out = v;
  if (dmn_is_null(v)) {
    *out = p->optional ? dmn_absent() : dmn_null();
    if (p->optional || p->nullable) return true;
    raise_argument(e, b, p, v);
    return false;
  }
  if ((accepted[p->kind] & BIT(v.kind)) != 0) return true;
  if (v.kind == DMN_LIST && v.length == 1) return conform(e, b, p, v.as.items[0], out);
  if (p->kind == P_LIST) {
    *out = dmn_list_of(e, &v, 1);
    return true;
  }
  if (p->kind == P_DATE_TIME && v.kind == DMN_DATE) {
    *out = dmn_date_to_date_time(e, v);
    return true;
  }
  raise_argument(e, b, p, v);
  return false;
}

/* ---- calling */
/* The single list of a call f(1, 2, 3) or f([1, 2, 3]). */
static dmn_value call_with_list(struct dmn_eval *e, const struct dmn_builtin *b, const struct dmn_signature *s,
                                const dmn_value *arguments, uint32_t count) {
  dmn_value list;
  if (count > 1)
    list = dmn_list_of(e, arguments, count);
  else if (!conform(e, b, &s->parameters[0], arguments[0], &list))
    return dmn_null();
  return s->call(e, &list, 1);
}

dmn_value dmn_builtin_call(struct dmn_eval *e, const struct dmn_builtin *b, const struct dmn_signature *s,
                           const dmn_value *arguments, uint32_t count) {
  dmn_step(e);
  if (s->variadic == DMN_LIST_OR_ITEMS) return call_with_list(e, b, s, arguments, count);
  dmn_value few[ARGUMENTS_ON_STACK], *given = few;
  uint32_t declared = count > s->count ? count : s->count;
  if (declared > ARGUMENTS_ON_STACK) given = ARENA_ARRAY(e->arena, dmn_value, declared);
  for (uint32_t i = 0; i < declared; i++) {
    const struct dmn_parameter *p = &s->parameters[i < s->count ? i : s->count - 1u];
    dmn_value v = i < count ? arguments[i] : dmn_absent();
    if (!conform(e, b, p, v, &given[i])) return dmn_null();
  }
  return s->call(e, given, declared);
}
