#include <shienkin/dmn.h>
#include <stdio.h>

static const char model_text[] =
  "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' id='fees' name='fees' namespace='urn:fees'>"
  "<inputData id='a' name='Days late'><variable name='Days late' typeRef='number'/></inputData>"
  "<decision id='f' name='Fee'><variable name='Fee' typeRef='number'/>"
  "<informationRequirement id='r'><requiredInput href='#a'/></informationRequirement>"
  "<literalExpression><text>if Days late &gt; 3 then 0.1 * Days late else 0</text></literalExpression></decision></definitions>";

int main(void) {
  struct arena *arena = arena_new(0);
  struct findings findings = findings_in(arena);
  struct dmn_source source = { STR("fees"), STR(model_text) };
  struct dmn_model *model;
  dmn_value fee;
  if (dmn_model_load(&source, 1, NULL, &findings, &model) != RESULT_OK) return 1;
  struct dmn_session *session = dmn_session_new(model, NULL, NULL);
  dmn_bind(session, dmn_model_find(model, STR("Days late")), dmn_integer(7));
  if (dmn_evaluate(session, dmn_model_find(model, STR("Fee")), &fee) != RESULT_OK) return 1;
  str text = dmn_print(arena, fee);
  printf("%.*s\n", (int)text.n, text.p);
  dmn_session_free(session);
  dmn_model_free(model);
  arena_free(arena);
  return 0;
}
