/* Small models for the tests of the analysis: a decision "t" that is one table, written down as short as it can be. */
#ifndef ANALYSIS_MODEL_H
#define ANALYSIS_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shienkin/codec/xml.h"
#include "shienkin/dmn/analysis.h"

struct column {
  const char *name, *type, *allowed, *expression;
}; /* expression NULL: the input itself */
struct drawn {
  const char *policy;
  const struct column *inputs;
  size_t input_count;
  const char *output_values, *otherwise;
};

/* rows: for each row its cells, then its output, separated by "|". */
struct table_text {
  struct drawn head;
  const char *const *rows;
  size_t row_count;
};

static inline void add_text(struct buf *out, const char *element, str text) {
  buf_format(out, "<%s><text>%.*s</text></%s>", element, STR_ARG(xml_escape(out->arena, text)), element);
}

static inline void add_table(struct buf *out, const struct table_text *t) {
  buf_format(out, "<decisionTable hitPolicy=\"%s\">", t->head.policy);
  for (size_t i = 0; i < t->head.input_count; i++) {
    const struct column *c = &t->head.inputs[i];
    buf_format(out, "<input label=\"%s\"><inputExpression typeRef=\"%s\"><text>%.*s</text></inputExpression>", c->name,
               c->type, STR_ARG(xml_escape(out->arena, str_of(c->expression ? c->expression : c->name))));
    if (c->allowed) add_text(out, "inputValues", str_of(c->allowed));
    buf_add(out, STR("</input>"));
  }
  buf_add(out, STR("<output>"));
  if (t->head.output_values) add_text(out, "outputValues", str_of(t->head.output_values));
  if (t->head.otherwise) add_text(out, "defaultOutputEntry", str_of(t->head.otherwise));
  buf_add(out, STR("</output>\n"));
  for (size_t i = 0; i < t->row_count; i++) {
    buf_add(out, STR("<rule>"));
    str rest = str_of(t->rows[i]);
    for (size_t c = 0; c < t->head.input_count; c++) add_text(out, "inputEntry", str_trim(str_cut(rest, '|', &rest)));
    add_text(out, "outputEntry", str_trim(rest));
    buf_add(out, STR("</rule>\n"));
  }
  buf_add(out, STR("</decisionTable>"));
}

static inline void add_decision(struct buf *out, const char *name, const struct table_text *t) {
  buf_format(out, "<decision name=\"%s\" id=\"%s\"><variable name=\"%s\"/>", name, name, name);
  for (size_t i = 0; i < t->head.input_count; i++)
    if (!t->head.inputs[i].expression)
      buf_format(out, "<informationRequirement><requiredInput href=\"#%s\"/></informationRequirement>",
                 t->head.inputs[i].name);
  add_table(out, t);
  buf_add(out, STR("</decision>"));
}

static inline struct dmn_model *load_text(struct arena *a, str xml) {
  struct findings f = findings_in(a);
  struct dmn_model *m = NULL;
  const struct dmn_source source = { STR("test.dmn"), xml };
  if (dmn_model_load(&source, 1, NULL, &f, &m) != RESULT_OK)
    fail_msg("%s\n%s", f.count ? str_z(a, f.items[0].en) : "not loaded", str_z(a, xml));
  return m;
}

#define DEFINITIONS \
  "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:test\" name=\"test\">"

/* Inputs named as the columns, then the decisions. */
static inline struct buf begin_model(struct arena *a, const struct drawn *head) {
  struct buf out = buf_in(a);
  buf_add(&out, STR(DEFINITIONS));
  for (size_t i = 0; i < head->input_count; i++) {
    const struct column *c = &head->inputs[i];
    if (!c->expression)
      buf_format(&out, "<inputData name=\"%s\" id=\"%s\"><variable name=\"%s\" typeRef=\"%s\"/></inputData>\n", c->name,
                 c->name, c->name, c->type);
  }
  return out;
}

static inline struct dmn_model *load_table(struct arena *a, const struct table_text *t) {
  struct buf out = begin_model(a, &t->head);
  add_decision(&out, "t", t);
  buf_add(&out, STR("</definitions>"));
  return load_text(a, buf_str(&out));
}

#endif
