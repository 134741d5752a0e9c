#include "rules_analysis.h"

#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "table_print.h"

/* ---- findings */

/* The texts are finished: without arguments, braces in them stay as they are. */
static void add(struct findings *f, str pointer, uint32_t line, uint32_t column, const char *code, str ja, str en) {
  struct message finished;
  finished.code = code;
  finished.ja = str_z(f->arena, ja);
  finished.en = str_z(f->arena, en);
  findings_add_at(f, pointer, line, column, &finished, 0, NULL);
}

void rules_analysis(struct arena *a, const struct dmn_model *m, struct findings *f, struct findings *advice) {
  const struct findings *faults = dmn_model_faults(m);
  for (size_t i = 0; i < faults->count; i++) {
    const struct finding *one = &faults->items[i];
    add(f, one->pointer, one->line, one->column, one->code, one->ja, one->en);
  }
  struct dmn_analysis found = dmn_analyse(a, m, NULL);
  for (uint32_t i = 0; i < found.count; i++) {
    const struct dmn_analysis_finding *one = &found.findings[i];
    add(one->advice ? advice : f, STR(""), one->line, 1, one->code, one->ja, one->en);
  }
}

/* ---- test cases */

static str rows_text(struct arena *a, const struct dmn_mcdc_case *c) {
  struct buf out = buf_in(a);
  for (uint32_t i = 0; i < c->row_count; i++) buf_format(&out, "%s%u", i ? ", " : "", c->rows[i]);
  return out.n ? buf_str(&out) : STR("-");
}

static void print_cases(struct buf *out, const struct dmn_mcdc *t) {
  struct arena *a = out->arena;
  uint32_t inputs = t->table->input_count, at = 0;
  str *cells = ARENA_ARRAY(a, str, ((size_t)t->case_count + 1) * (inputs + 2));
  cells[at++] = STR("#");
  for (uint32_t c = 0; c < inputs; c++) cells[at++] = t->table->inputs[c].label;
  cells[at++] = cli_japanese() ? STR("→ 行") : STR("→ rows");
  for (uint32_t i = 0; i < t->case_count; i++) {
    cells[at++] = str_format(a, "%u", i + 1);
    for (uint32_t c = 0; c < inputs; c++) cells[at++] = dmn_print(a, t->cases[i].inputs[c]);
    cells[at++] = rows_text(a, &t->cases[i]);
  }
  table_print(out, 2, cells, (size_t)t->case_count + 1, inputs + 2);
}

static void print_condition(struct buf *out, const struct dmn_mcdc *t, const struct dmn_mcdc_condition *c) {
  str label = t->table->inputs[c->input - 1].label, text = t->table->rows[c->row - 1].inputs[c->input - 1];
  buf_format(out, cli_japanese() ? "  %u 行目 %.*s (%.*s): " : "  row %u, %.*s (%.*s): ", c->row, STR_ARG(label),
             STR_ARG(text));
  if (c->met != DMN_MCDC_NONE)
    buf_format(out, "%u / %u\n", c->met + 1, c->unmet + 1);
  else
    buf_format(out, "%s\n",
               cli_japanese() ? "この条件だけで答えが変わる組はありません" : "no pair of cases shows it by itself");
}

bool rules_print_cases(struct arena *a, const struct dmn_model *m, str name) {
  uint32_t count = 0, node = dmn_model_find(m, name);
  const struct dmn_mcdc *tables = node == DMN_NO_NODE ? NULL : dmn_mcdc_cases(a, m, node, NULL, &count);
  for (uint32_t i = 0; i < count; i++) {
    struct buf out = buf_in(a);
    buf_format(&out, "\n■ %.*s  %.*s\n", STR_ARG(name), STR_ARG(tables[i].table->hit_policy));
    print_cases(&out, &tables[i]);
    for (uint32_t k = 0; k < tables[i].condition_count; k++)
      print_condition(&out, &tables[i], &tables[i].conditions[k]);
    if (!tables[i].complete)
      buf_format(&out, "  %s\n",
                 cli_japanese() ? "式で書かれた条件か大きさのため、すべては示せません"
                                : "Not all could be shown: conditions that are expressions, or the size of the table.");
    cli_print(STDOUT_FILENO, buf_str(&out));
  }
  return count > 0;
}
