/* Arithmetic and comparison (tables 52 to 60). What the operators mean is value/operate.c and value/compare.c; here are
 * the forms that need not ask: both whole numbers, or a literal on the right. */
#include "feel/node.h"

struct binary_node {
  struct feel_node_head head;
  const struct feel_node *left, *right;
};
struct constant_right_node {
  struct feel_node_head head;
  const struct feel_node *left;
  dmn_value right;
};
struct unary_node {
  struct feel_node_head head;
  const struct feel_node *operand;
};

/* e->at is set only once the operands are known, so that it names this node and not one of theirs. */
#define RUN_BINARY(name, call)                                              \
  static dmn_value name(struct dmn_eval *e, const struct feel_node *self) { \
    const struct binary_node *n = FEEL_NODE_AS(binary_node, self);          \
    dmn_value a = feel_run(e, n->left);                                     \
    dmn_value b = feel_run(e, n->right);                                    \
    e->at = self;                                                           \
    return call;                                                            \
  }

static inline dmn_value negated(dmn_value truth) {
  return truth.kind == DMN_BOOLEAN ? dmn_boolean(!truth.as.truth) : truth;
}

RUN_BINARY(run_add, dmn_add(e, a, b))
RUN_BINARY(run_subtract, dmn_subtract(e, a, b))
RUN_BINARY(run_multiply, dmn_multiply(e, a, b))
RUN_BINARY(run_divide, dmn_divide(e, a, b))
RUN_BINARY(run_power, dmn_power(e, a, b))
RUN_BINARY(run_less, dmn_compare(e, DMN_LESS, a, b))
RUN_BINARY(run_less_equal, dmn_compare(e, DMN_LESS_EQUAL, a, b))
RUN_BINARY(run_greater, dmn_compare(e, DMN_GREATER, a, b))
RUN_BINARY(run_greater_equal, dmn_compare(e, DMN_GREATER_EQUAL, a, b))
RUN_BINARY(run_equal, dmn_equal(e, a, b))
RUN_BINARY(run_not_equal, negated(dmn_equal(e, a, b)))

static const feel_run_function general[] = {
  [OP_ADD] = run_add,
  [OP_SUBTRACT] = run_subtract,
  [OP_MULTIPLY] = run_multiply,
  [OP_DIVIDE] = run_divide,
  [OP_POWER] = run_power,
  [OP_LESS] = run_less,
  [OP_LESS_EQUAL] = run_less_equal,
  [OP_GREATER] = run_greater,
  [OP_GREATER_EQUAL] = run_greater_equal,
  [OP_EQUAL] = run_equal,
  [OP_NOT_EQUAL] = run_not_equal,
};
_Static_assert((int)OP_LESS_EQUAL - (int)OP_LESS == (int)DMN_LESS_EQUAL &&
                   (int)OP_GREATER_EQUAL - (int)OP_LESS == (int)DMN_GREATER_EQUAL,
               "comparisons stand in the order of dmn_relation");

/* ---- a literal on the right */
#define RUN_CONSTANT(name, quick, slow)                                            \
  static dmn_value name(struct dmn_eval *e, const struct feel_node *self) {        \
    const struct constant_right_node *n = FEEL_NODE_AS(constant_right_node, self); \
    dmn_value a = feel_run(e, n->left), b = n->right;                              \
    quick;                                                                         \
    e->at = self;                                                                  \
    return slow;                                                                   \
  }


#define QUICK_STRING(yes) \
  if (a.kind == DMN_STRING) return dmn_boolean(dmn_same_text(a, b) == (yes))
#define QUICK_TRUTH(yes) \
  if (a.kind == DMN_BOOLEAN) return dmn_boolean((a.as.truth == b.as.truth) == (yes))
#define QUICK_WHOLE(op) \
  if (a.kind == DMN_NUMBER && a.scale == 0) return dmn_boolean(a.as.i op b.as.i)
#define QUICK_DATE(op) \
  if (a.kind == DMN_DATE) return dmn_boolean(a.as.i op b.as.i)

RUN_CONSTANT(run_equal_string, QUICK_STRING(true), dmn_equal(e, a, b))
RUN_CONSTANT(run_not_equal_string, QUICK_STRING(false), negated(dmn_equal(e, a, b)))
RUN_CONSTANT(run_equal_truth, QUICK_TRUTH(true), dmn_equal(e, a, b))
RUN_CONSTANT(run_not_equal_truth, QUICK_TRUTH(false), negated(dmn_equal(e, a, b)))
#define QUICK_EMPTY(yes) \
  if (a.kind == DMN_LIST) return dmn_boolean((a.length == 0) == (yes))
RUN_CONSTANT(run_equal_empty, QUICK_EMPTY(true), dmn_equal(e, a, b))
RUN_CONSTANT(run_not_equal_empty, QUICK_EMPTY(false), negated(dmn_equal(e, a, b)))
RUN_CONSTANT(run_equal_null, return dmn_boolean(a.kind == b.kind), dmn_null())
RUN_CONSTANT(run_not_equal_null, return dmn_boolean(a.kind != b.kind), dmn_null())
RUN_CONSTANT(run_equal_whole, QUICK_WHOLE(==), dmn_equal(e, a, b))
RUN_CONSTANT(run_not_equal_whole, QUICK_WHOLE(!=), negated(dmn_equal(e, a, b)))
RUN_CONSTANT(run_less_whole, QUICK_WHOLE(<), dmn_compare(e, DMN_LESS, a, b))
RUN_CONSTANT(run_less_equal_whole, QUICK_WHOLE(<=), dmn_compare(e, DMN_LESS_EQUAL, a, b))
RUN_CONSTANT(run_greater_whole, QUICK_WHOLE(>), dmn_compare(e, DMN_GREATER, a, b))
RUN_CONSTANT(run_greater_equal_whole, QUICK_WHOLE(>=), dmn_compare(e, DMN_GREATER_EQUAL, a, b))
RUN_CONSTANT(run_less_date, QUICK_DATE(<), dmn_compare(e, DMN_LESS, a, b))
RUN_CONSTANT(run_less_equal_date, QUICK_DATE(<=), dmn_compare(e, DMN_LESS_EQUAL, a, b))
RUN_CONSTANT(run_greater_date, QUICK_DATE(>), dmn_compare(e, DMN_GREATER, a, b))
RUN_CONSTANT(run_greater_equal_date, QUICK_DATE(>=), dmn_compare(e, DMN_GREATER_EQUAL, a, b))

static const feel_run_function with_whole[] = {
  [OP_LESS] = run_less_whole,       [OP_LESS_EQUAL] = run_less_equal_whole,
  [OP_GREATER] = run_greater_whole, [OP_GREATER_EQUAL] = run_greater_equal_whole,
  [OP_EQUAL] = run_equal_whole,     [OP_NOT_EQUAL] = run_not_equal_whole,
};
static const feel_run_function with_date[] = {
  [OP_LESS] = run_less_date,
  [OP_LESS_EQUAL] = run_less_equal_date,
  [OP_GREATER] = run_greater_date,
  [OP_GREATER_EQUAL] = run_greater_equal_date,
  [OP_EQUAL] = NULL,
  [OP_NOT_EQUAL] = NULL,
};

/* The form for this literal on the right, or NULL. */
static feel_run_function special(enum feel_operator op, dmn_value right) {
  if (op < OP_LESS) return NULL;
  bool equality = op >= OP_EQUAL, yes = op == OP_EQUAL;
  switch ((enum dmn_kind)right.kind) {
    case DMN_NULL: return equality ? (yes ? run_equal_null : run_not_equal_null) : NULL;
    case DMN_BOOLEAN: return equality ? (yes ? run_equal_truth : run_not_equal_truth) : NULL;
    case DMN_STRING: return equality ? (yes ? run_equal_string : run_not_equal_string) : NULL;
    case DMN_NUMBER: return right.scale == 0 ? with_whole[op] : NULL;
    case DMN_DATE: return with_date[op];
    case DMN_LIST:
      return equality && right.length == 0 ? (yes ? run_equal_empty : run_not_equal_empty) : NULL;
    default: return NULL;
  }
}

/* ---- static types */
static enum dmn_type_kind kind_of(const struct feel_node *n) {
  return n->head.type == NULL ? DMN_TYPE_ANY : n->head.type->kind;
}

static const struct dmn_type *result_type(enum feel_operator op, enum dmn_type_kind a, enum dmn_type_kind b) {
  if (op >= OP_LESS) return dmn_type_of_kind(DMN_BOOLEAN);
  if (a == DMN_TYPE_NUMBER && b == DMN_TYPE_NUMBER) return dmn_type_of_kind(DMN_NUMBER);
  if (op == OP_POWER) return dmn_type_of_kind(DMN_NUMBER);
  if (a == DMN_TYPE_STRING && b == DMN_TYPE_STRING && op == OP_ADD) return dmn_type_of_kind(DMN_STRING);
  bool duration = b == DMN_TYPE_DAYS_DURATION || b == DMN_TYPE_MONTHS_DURATION;
  if (a == DMN_TYPE_DATE && duration && op <= OP_SUBTRACT) return dmn_type_of_kind(DMN_DATE);
  if (a == DMN_TYPE_DATE_TIME && duration && op <= OP_SUBTRACT) return dmn_type_of_kind(DMN_DATE_TIME);
  return NULL;
}

const struct feel_node *feel_make_binary(struct feel_compiler *c, enum feel_operator op, const struct feel_node *left,
                                         const struct feel_node *right, struct feel_place at) {
  const struct dmn_type *type = result_type(op, kind_of(left), kind_of(right));
  dmn_value a, b;
  bool left_known = feel_constant(left, &a), right_known = feel_constant(right, &b);
  if (left_known && !right_known && op >= OP_EQUAL && special(op, a) != NULL) {
    const struct feel_node *swap = left; /* "x" = name: the literal to the right */
    left = right;
    right = swap;
    b = a;
    left_known = false;
    right_known = true;
  }
  feel_run_function quick = right_known && !left_known ? special(op, b) : NULL;
  if (quick != NULL) {
    struct constant_right_node *n = FEEL_NEW(c, constant_right_node, quick, type, at);
    n->left = left;
    n->right = b;
    feel_node_part(n, left);
    return (const struct feel_node *)(const void *)n;
  }
  struct binary_node *n = FEEL_NEW(c, binary_node, general[op], type, at);
  n->left = left;
  n->right = right;
  feel_node_part(n, left);
  feel_node_part(n, right);
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return left_known && right_known ? feel_fold(c, made) : made;
}

bool feel_never_null(const struct feel_node *code) {
  return code->head.run == run_equal_null || code->head.run == run_not_equal_null;
}

/* ---- arithmetic negation */
static dmn_value run_negate(struct dmn_eval *e, const struct feel_node *self) {
  dmn_value v = feel_run(e, FEEL_NODE_AS(unary_node, self)->operand);
  e->at = self;
  return dmn_negate(e, v);
}

const struct feel_node *feel_make_negate(struct feel_compiler *c, const struct feel_node *operand,
                                         struct feel_place at) {
  const struct dmn_type *type = operand->head.type;
  if (type != NULL && (type->allowed_values != NULL || type->constraint != NULL))
    type = NULL; /* -x is not what x may be */
  struct unary_node *n = FEEL_NEW(c, unary_node, run_negate, type, at);
  n->operand = operand;
  feel_node_part(n, operand);
  dmn_value v;
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return feel_constant(operand, &v) ? feel_fold(c, made) : made;
}
