/* DMN models from outside. Whatever the bytes: a model, or findings with a reason in both languages; every node of a model
 * answers within its budget, traced, and the trace is text; a session that was reset and keeps no trace, which takes quicker
 * ways, answers the same again. */
#include <stdint.h>
#include <stdlib.h>

#include "shienkin/codec.h"
#include "shienkin/dmn.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check(bool holds) {
  if (!holds) abort();
}

struct input { struct arena *arena; str bytes; };

static void check_findings(const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) {
    check(f->items[i].ja.n > 0 && f->items[i].en.n > 0);
    check(utf8_valid(f->items[i].ja, NULL) && utf8_valid(f->items[i].en, NULL));
  }
}

/* Every input gets something to chew on; kinds go round by the node's number. */
static void bind_inputs(const struct dmn_model *m, struct dmn_session *s) {
  static const str names[] = { STR_INIT("a"), STR_INIT("b") };
  dmn_value *parts = ARENA_ARRAY(dmn_session_arena(s), dmn_value, 2);        /* lists borrow their items */
  parts[0] = dmn_integer(1);
  parts[1] = dmn_string(STR("x"));
  for (uint32_t i = 0; i < dmn_model_count(m); i++) {
    if (dmn_model_node(m, i)->kind != DMN_NODE_INPUT) continue;
    dmn_value values[] = { dmn_integer((int64_t)i), dmn_string(STR("a")), dmn_boolean(true), dmn_date(20000), dmn_list(parts, 2),
                           dmn_context_of(s, names, parts, 2), dmn_null() };
    dmn_bind(s, i, values[i % COUNT_OF(values)]);
  }
}

/* What all nodes answer, as one text in an arena that outlives the session's. */
struct answers { const struct dmn_model *model; struct dmn_session *session; struct buf text; uint32_t faults; bool within; };

static void ask_all(void *context) {
  struct answers *a = context;
  bind_inputs(a->model, a->session);
  for (uint32_t i = 0; i < dmn_model_count(a->model); i++) {
    dmn_value v;
    result r = dmn_evaluate(a->session, i, &v);
    str printed = dmn_print(dmn_session_arena(a->session), v);
    check(utf8_valid(printed, NULL));
    check(r == RESULT_OK || (dmn_is_null(v) && dmn_fault_count(a->session) > 0));
    a->within = a->within && r == RESULT_OK;
    buf_add(&a->text, printed);
    buf_byte(&a->text, '\n');
    (void)dmn_model_logic(a->model, i);
  }
  check(utf8_valid(dmn_trace_json(a->session), NULL));
  check(utf8_valid(dmn_trace_text(a->session, true), NULL) && utf8_valid(dmn_trace_text(a->session, false), NULL));
  a->faults = dmn_fault_count(a->session);
}

static void run(void *context) {
  struct input *in = context;
  struct findings f = findings_in(in->arena);
  const struct dmn_load_limits limits = { .memory_bytes = 16 << 20, .rules = 2000, .expressions = 20000, .depth = 64 };
  const struct dmn_budget budget = { .steps = 20000, .memory_bytes = 4 << 20, .list_items = 10000 };
  const struct dmn_source source = { STR("fuzz"), in->bytes };
  struct dmn_model *m;
  result r = dmn_model_load(&source, 1, &limits, &f, &m);
  check_findings(&f);
  if (r != RESULT_OK) {
    check(m == NULL && (r != RESULT_REFUSED || f.count > 0));
    return;
  }
  check_findings(dmn_model_faults(m));
  struct answers first = { .model = m, .text = buf_in(in->arena), .within = true };
  struct answers second = { .model = m, .text = buf_in(in->arena), .within = true };
  first.session = second.session = dmn_session_new(m, NULL, &budget);
  if (first.session != NULL) {
    dmn_session_trace(first.session, DMN_TRACE_DECISIONS);
    result one = arena_run(dmn_session_arena(first.session), ask_all, &first);
    dmn_session_reset(first.session);
    dmn_session_trace(first.session, DMN_TRACE_OFF);
    result two = arena_run(dmn_session_arena(first.session), ask_all, &second);
    if (one == RESULT_OK && two == RESULT_OK && first.within && second.within) {
      check(first.faults == second.faults);
      check(str_eq(buf_str(&first.text), buf_str(&second.text)));
    }
  }
  dmn_session_free(first.session);
  dmn_model_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (n > 1 << 18) return 0;
  struct input in = { arena_new(64 << 20), { (const char *)bytes, n } };
  if (in.arena == NULL) return 0;
  result ran = arena_run(in.arena, run, &in);
  assert(ran == RESULT_OK || ran == RESULT_LIMIT || ran == RESULT_NO_MEMORY);
  arena_free(in.arena);
  return 0;
}
