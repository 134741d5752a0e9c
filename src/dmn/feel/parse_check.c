/* Faults of types that are certain before anything runs. Where a type is unknown, or a conversion could mend it (a list
 * of one, a date where a date and time is due), nothing is said. */
#include "feel/parse.h"

#define BIT(kind) (1u << (kind))
#define NUMBER BIT(DMN_TYPE_NUMBER)
#define TEXT BIT(DMN_TYPE_STRING)
#define TIME BIT(DMN_TYPE_TIME)
#define DAYS BIT(DMN_TYPE_DAYS_DURATION)
#define MONTHS BIT(DMN_TYPE_MONTHS_DURATION)
#define DAY (BIT(DMN_TYPE_DATE) | BIT(DMN_TYPE_DATE_TIME))
#define ORDERED (NUMBER | TEXT | TIME | DAYS | MONTHS | DAY)

/* What an operator takes: any of the left with any of the right (tables 57, 59, 60). */
static const struct {
  enum feel_operator op;
  uint32_t left, right;
} taken[] = {
  { OP_ADD, NUMBER, NUMBER },
  { OP_ADD, TEXT, TEXT },
  { OP_ADD, DAY, DAYS | MONTHS },
  { OP_ADD, TIME, DAYS },
  { OP_ADD, DAYS, DAYS | DAY | TIME },
  { OP_ADD, MONTHS, MONTHS | DAY },
  { OP_SUBTRACT, NUMBER, NUMBER },
  { OP_SUBTRACT, DAY, DAY | DAYS | MONTHS },
  { OP_SUBTRACT, TIME, TIME | DAYS },
  { OP_SUBTRACT, DAYS, DAYS },
  { OP_SUBTRACT, MONTHS, MONTHS },
  { OP_MULTIPLY, NUMBER, NUMBER | DAYS | MONTHS },
  { OP_MULTIPLY, DAYS | MONTHS, NUMBER },
  { OP_DIVIDE, NUMBER, NUMBER },
  { OP_DIVIDE, DAYS, NUMBER | DAYS },
  { OP_DIVIDE, MONTHS, NUMBER | MONTHS },
  { OP_POWER, NUMBER, NUMBER },
};

static bool in_doubt(const struct dmn_type *t) {
  return t == NULL || t->kind == DMN_TYPE_ANY || t->kind == DMN_TYPE_NULL || t->kind == DMN_TYPE_LIST;
}

static bool takes(enum feel_operator op, enum dmn_type_kind left, enum dmn_type_kind right) {
  if (op >= OP_LESS) {
    bool alike = left == right || ((DAY & BIT(left)) != 0 && (DAY & BIT(right)) != 0);
    return alike && (op >= OP_EQUAL || (ORDERED & BIT(left)) != 0);
  }
  for (size_t i = 0; i < COUNT_OF(taken); i++)
    if (taken[i].op == op && (taken[i].left & BIT(left)) != 0 && (taken[i].right & BIT(right)) != 0) return true;
  return false;
}

static str type_text(struct feel_parser *p, const struct feel_node *n) {
  return dmn_type_print(p->c->arena, n->head.type, p->c->symbols);
}

void feel_check_operands(struct feel_parser *p, size_t at, enum feel_operator op, str symbol,
                         const struct feel_node *left, const struct feel_node *right) {
  if (p->c->faults == NULL || in_doubt(left->head.type) || in_doubt(right->head.type)) return;
  if (takes(op, left->head.type->kind, right->head.type->kind)) return;
  feel_warn(p, at, "feel_operands", symbol, type_text(p, left), type_text(p, right));
}

void feel_check_condition(struct feel_parser *p, size_t at, const struct feel_node *condition) {
  const struct dmn_type *t = condition->head.type;
  if (p->c->faults == NULL || in_doubt(t) || t->kind == DMN_TYPE_BOOLEAN) return;
  feel_warn(p, at, "feel_condition", type_text(p, condition), STR_NONE, STR_NONE);
}

static bool has_parameter(const struct dmn_type *t, dmn_symbol name) {
  for (uint32_t i = 0; i < t->entry_count; i++)
    if (t->entries[i].name == name) return true;
  return false;
}

/* A declared type says what a function should take; only one that the text shows is certain to take it. */
void feel_check_call(struct feel_parser *p, size_t at, const struct feel_node *callee, const dmn_symbol *names,
                     uint32_t count) {
  const struct dmn_type *t = callee->head.type;
  if (p->c->faults == NULL || t == NULL || t->kind != DMN_TYPE_FUNCTION || t->of == NULL || t->name.n > 0) return;
  dmn_value f;
  str name = feel_constant(callee, &f) && f.kind == DMN_FUNCTION ? f.as.function->name : STR("function");
  if (names == NULL && count != t->entry_count)
    feel_warn(p, at, "feel_arity", name, str_format(p->c->arena, "%u", count), STR_NONE);
  for (uint32_t i = 0; names != NULL && i < count; i++) {
    if (has_parameter(t, names[i])) continue;
    feel_warn(p, at, "feel_parameter", name, STR_NONE, STR_NONE);
    return;
  }
}
