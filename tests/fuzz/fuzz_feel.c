/* FEEL texts from outside. Whatever the bytes: code or findings, a value or a budget met; a text that cannot be read
 * gives null and says where; the same bytes as a cell answer true, false or null; evaluating twice gives the same. */
#include <stdint.h>

#include "feel/feel.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char names_in_scope[] =
    "{a: 1, b c: \"text\", l: [1, 2, 3], k: {x: 1, y z: [@\"2026-05-11\"]}, f: function(p) p, r: [1..5], n: null}";

struct input {
  struct arena *arena;
  str bytes;
  dmn_value value;
};

static void check_findings(const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) {
    assert(f->items[i].line >= 1 && f->items[i].column >= 1);
    assert(utf8_valid(f->items[i].ja, NULL) && utf8_valid(f->items[i].en, NULL));
  }
}

static void try_expression(void *context) {
  static const struct dmn_budget budget = {
    .steps = 100000, .depth = 4096, .memory_bytes = 32u << 20, .list_items = 10000
  };
  struct input *input = context;
  struct arena *a = input->arena;
  struct dmn_symbols *symbols = dmn_symbols_new(a, NULL);
  struct dmn_eval e = dmn_eval_start(a, symbols, NULL, &budget);
  struct findings f = findings_in(a);
  dmn_value scope = feel_evaluate(&e, a, symbols, STR(names_in_scope), dmn_null(), &f);
  assert(f.count == 0);
  input->value = feel_evaluate(&e, a, symbols, input->bytes, scope, &f);
  check_findings(&f);
  (void)dmn_print(a, input->value);
}

static void try_cell(void *context) {
  static const struct dmn_budget budget = {
    .steps = 100000, .depth = 4096, .memory_bytes = 32u << 20, .list_items = 10000
  };
  struct input *input = context;
  struct arena *a = input->arena;
  struct dmn_symbols *symbols = dmn_symbols_new(a, NULL);
  struct dmn_eval e = dmn_eval_start(a, symbols, NULL, &budget), folder = dmn_eval_start(a, symbols, NULL, &budget);
  struct findings f = findings_in(a);
  struct feel_frame frame = { .slot_count = 1 };
  struct feel_compiler c = {
    .arena = a, .symbols = symbols, .faults = &f, .folder = &folder, .frame = &frame, .place = STR("cell")
  };
  const struct feel_tests *t = feel_compile_tests(&c, feel_scope_push(&c, NULL), input->bytes, 1, 0, NULL);
  check_findings(&f);
  dmn_value subject = dmn_integer(3);
  const struct feel_node *code = (const struct feel_node *)(const void *)t;
  dmn_value answer = feel_run_frame(&e, code, frame.slot_count, &subject, 1);
  assert(answer.kind == DMN_BOOLEAN || answer.kind == DMN_NULL);
}

static struct input run(str bytes, void (*body)(void *context)) {
  struct input input = { arena_new(32u << 20), bytes, dmn_null() };
  if (input.arena == NULL) return input;
  result r = arena_run(input.arena, body, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  return input;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  str text = { (const char *)bytes, n };
  struct input once = run(text, try_expression), twice = run(text, try_expression), cell = run(text, try_cell);
  if (once.arena != NULL && twice.arena != NULL) assert(once.value.kind == twice.value.kind);
  arena_free(once.arena);
  arena_free(twice.arena);
  arena_free(cell.arena);
  return 0;
}
