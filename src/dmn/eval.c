/* eval: diagnostics and budgets of one evaluation. Every null that an operation gives passes through dmn_raise, so that
 * somebody can later ask why; an unknown costs one increment unless a trace wants to keep it. */
#include "eval.h"

#include "diagnostics.h"
#include "feel/feel.h"
#include "value/value.h"

/* Diagnostics beyond these are counted and not kept: nobody reads a thousand of one evaluation. */
#define DIAGNOSTICS_KEPT 1000u

const struct dmn_budget dmn_budget_default = {
  .steps = 50u * 1000 * 1000,
  .depth = 4096, /* levels of nodes, which are what the C stack is made of (feel.h) */
  .memory_bytes = (size_t)256 << 20,
  .list_items = 1u << 20,
};

struct dmn_budget dmn_budget_filled(const struct dmn_budget *b) {
  struct dmn_budget filled = dmn_budget_default;
  if (b == NULL) return filled;
  if (b->steps != 0) filled.steps = b->steps;
  if (b->depth != 0) filled.depth = b->depth;
  if (b->memory_bytes != 0) filled.memory_bytes = b->memory_bytes;
  if (b->list_items != 0) filled.list_items = b->list_items;
  return filled;
}

struct dmn_eval dmn_eval_start(struct arena *a, const struct dmn_symbols *symbols, const struct dmn_host *host,
                               const struct dmn_budget *budget) {
  return (struct dmn_eval){
    .arena = a,
    .host = host,
    .symbols = symbols,
    .budget = budget != NULL ? budget : &dmn_budget_default,
    .node = DMN_NO_NODE,
  };
}

const char *dmn_diagnostic_name(enum dmn_diagnostic_code code) { return dmn__diagnostic_texts[code].code; }

enum dmn_class dmn_diagnostic_class(enum dmn_diagnostic_code code) {
  static const enum dmn_class classes[DMN_DIAG_COUNT] = {
#define X(name, class) DMN_##class,
    DMN_DIAGNOSTICS(X)
#undef X
  };
  return classes[code];
}

static str with_detail(struct arena *a, const char *text, const char *separator, str detail) {
  if (detail.n == 0) return str_of(text);
  return str_format(a, "%s%s%.*s", text, separator, STR_ARG(detail));
}

/* Room for one more, or NULL when enough are kept. */
static struct dmn_diagnostic *next_diagnostic(struct dmn_eval *e) {
  if (e->diagnostic_count >= DIAGNOSTICS_KEPT) return NULL;
  if (e->diagnostic_count == e->diagnostic_capacity) {
    uint32_t capacity = e->diagnostic_capacity == 0 ? 8 : e->diagnostic_capacity * 2;
    e->diagnostics = arena_grow(e->arena, e->diagnostics, e->diagnostic_capacity * sizeof *e->diagnostics,
                                capacity * sizeof *e->diagnostics);
    e->diagnostic_capacity = capacity;
  }
  return &e->diagnostics[e->diagnostic_count++];
}

static void keep(struct dmn_eval *e, enum dmn_diagnostic_code code, str detail) {
  struct dmn_diagnostic *d = next_diagnostic(e);
  if (d == NULL) return;
  const struct message *m = &dmn__diagnostic_texts[code];
  const struct feel_node_head *at = (const struct feel_node_head *)(const void *)e->at;
  *d = (struct dmn_diagnostic){
    .class = dmn_diagnostic_class(code),
    .code = m->code,
    .node = e->node,
    .line = at != NULL ? at->line : 0,
    .column = at != NULL ? at->column : 0,
    .expression = at != NULL && at->text != NULL ? *at->text : STR_NONE,
    .ja = with_detail(e->arena, m->ja, "：", detail),
    .en = with_detail(e->arena, m->en, ": ", detail),
  };
}

dmn_value dmn_raise(struct dmn_eval *e, enum dmn_diagnostic_code code, str detail) {
  if (dmn_diagnostic_class(code) == DMN_UNKNOWN) {
    e->unknown_count++;
    if (e->keep_unknowns) keep(e, code, detail);
  } else {
    e->fault_count++;
    keep(e, code, detail);
  }
  return dmn_null();
}

dmn_value dmn_raise_operand(struct dmn_eval *e, dmn_value v) {
  if (dmn_is_null(v)) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  return dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(v.kind)));
}

/* Noting the fault must not fail for want of the memory that ran out: a diagnostic without detail needs none once there
 * is room for it, and where there is not, the arena itself leaves with RESULT_LIMIT. */
void dmn_budget_exceeded(struct dmn_eval *e, const char *what) {
  e->fault_count++;
  keep(e, DMN_DIAG_BUDGET, str_of(what));
  arena_leave(e->arena, RESULT_LIMIT);
}
