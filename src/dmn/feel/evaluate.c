/* One text over one context, from letters to value: for dmn_feel(), for tools and for fuzzing. */
#include "feel/node.h"

dmn_value feel_evaluate(struct dmn_eval *e, struct arena *code_arena, struct dmn_symbols *symbols, str text,
                        dmn_value context, struct findings *f) {
  struct feel_frame frame = { 0 };
  struct dmn_eval folder = dmn_eval_start(code_arena, symbols, NULL, NULL);
  struct feel_compiler c = {
    .arena = code_arena, .symbols = symbols, .faults = f, .folder = &folder, .frame = &frame, .place = STR("")
  };
  struct feel_scope *s = feel_scope_push(&c, NULL);
  uint32_t count = context.kind == DMN_CONTEXT ? context.as.context->count : 0;
  const dmn_value *values = count > 0 ? context.as.context->values : NULL;
  for (uint32_t i = 0; i < count; i++) {
    str name = dmn_symbols_text(context.as.context->symbols, context.as.context->names[i]);
    const struct dmn_type *type = values[i].kind == DMN_NULL ? NULL : dmn_type_of_value(code_arena, values[i]);
    feel_scope_add(&c, s, dmn_symbols_intern_exact(symbols, name), type);
  }
  const struct feel_node *code = feel_compile(&c, s, text, 1);
  return feel_run_frame(e, code, frame.slot_count, values, count);
}
