/* table: decision tables compiled (DMN 1.5, 7.3 and chapter 8). Cells become tests over the slot of their column,
 * outputs become code; what is constant in the outputs of a row is kept. */
#include "model/table.h"

/* ---- hit policies */

static bool read_policy(str s, enum table_policy *out) {
  static const struct { const char *name; enum table_policy policy; } policies[] = {
    { "UNIQUE", TABLE_UNIQUE }, { "ANY", TABLE_ANY }, { "FIRST", TABLE_FIRST }, { "PRIORITY", TABLE_PRIORITY },
    { "RULE ORDER", TABLE_RULE_ORDER }, { "OUTPUT ORDER", TABLE_OUTPUT_ORDER }, { "COLLECT", TABLE_COLLECT },
  };
  for (size_t i = 0; i < COUNT_OF(policies); i++) {
    if (!str_eq(s, str_of(policies[i].name))) continue;
    *out = policies[i].policy;
    return true;
  }
  return false;
}

static const struct aggregation { const char *name, *builtin, *mark; } aggregations[] = {
  { "SUM", "sum", "+" }, { "MIN", "min", "<" }, { "MAX", "max", ">" }, { "COUNT", NULL, "#" },
};

static void read_hit_policy(struct model_loader *l, const struct xml_node *x, struct table *t, struct dmn_table_view *view) {
  str policy = model__attr(x, "hitPolicy"), aggregation = model__attr(x, "aggregation");
  if (policy.n == 0) policy = STR("UNIQUE");
  view->hit_policy = policy;
  if (!read_policy(policy, &t->policy)) MODEL_REFUSE(l, x, dmn__message("model_policy"), policy);
  if (t->policy != TABLE_COLLECT || aggregation.n == 0) return;
  const struct aggregation *found = NULL;
  for (size_t i = 0; i < COUNT_OF(aggregations); i++)
    if (str_eq(aggregation, str_of(aggregations[i].name))) found = &aggregations[i];
  if (found == NULL) {
    MODEL_REFUSE(l, x, dmn__message("model_policy"), aggregation);
    return;
  }
  view->hit_policy = str_format(l->arena, "%.*s%s", STR_ARG(policy), found->mark);
  t->counts = found->builtin == NULL;
  if (!t->counts) t->aggregator = dmn_builtin_find(str_of(found->builtin));
}

/* ---- unary tests in the frame of the table */

static str tests_text(const struct xml_node *x, uint32_t *line) {
  str text = model__feel_text(x, line);
  return str_trim(text).n == 0 ? STR("-") : text;          /* an empty cell is as good as a dash */
}

static const struct feel_tests *tests(struct model_loader *l, const struct model_place *p, const struct xml_node *x, uint32_t slot,
                                      const struct dmn_type *type) {
  uint32_t line;
  str text = tests_text(x, &line);
  if (!model__is_feel(p->document, x)) MODEL_FAULT(l, x, dmn__message("model_language"), model__attr(x, "expressionLanguage"));
  l->compiler.place_at = x;
  return feel_compile_tests(&l->compiler, p->scope, text, line, slot, type);
}

/* Tests in a child element that need not be there; a dash says nothing, so it is as if absent. */
static const struct feel_tests *child_tests(struct model_loader *l, const struct model_place *p, const struct xml_node *x, const char *name,
                                            uint32_t slot, const struct dmn_type *type, str *text) {
  const struct xml_node *child = model__child(x, name);
  if (child == NULL) return NULL;
  uint32_t line;
  *text = str_trim(model__feel_text(child, &line));
  if (text->n == 0) return NULL;
  const struct feel_tests *t = tests(l, p, child, slot, type);
  return feel_tests_is_dash(t) ? NULL : t;
}

static uint32_t count_named(const struct xml_node *x, const char *name) {
  uint32_t count = 0;
  for (const struct xml_node *c = model__child(x, name); c != NULL; c = model__next(c, name)) count++;
  return count;
}

/* ---- clauses */

struct making {
  struct model_loader *l;
  const struct model_place *place;
  const struct xml_node *xml;
  struct table *table;
  struct dmn_table_view *view;
  struct table_column *columns;
  struct dmn_table_column *input_views, *output_views;
  struct table_output *outputs;
  const struct feel_tests ***cells;              /* by column, row */
  const struct dmn_type **input_types, **output_types;
  const struct feel_node **codes;
};

static void input_clause(struct making *m, const struct xml_node *x, uint32_t c) {
  struct model_loader *l = m->l;
  struct dmn_table_column *view = &m->input_views[c];
  struct table_column *column = &m->columns[c];
  const struct xml_node *expression = model__child(x, "inputExpression");
  *view = (struct dmn_table_column){ .label = model__attr(x, "label") };
  const struct feel_node *code;
  if (expression == NULL) {
    code = model__raising(l, DMN_DIAG_NO_LOGIC, STR("inputExpression"));
  } else {
    uint32_t line;
    view->text = str_trim(model__feel_text(expression, &line));
    view->type_name = model__attr(expression, "typeRef");
    m->input_types[c] = model__type(l, m->place->document, view->type_name, expression);
    code = model__typed(l, model__feel(l, m->place, expression), m->input_types[c]);
  }
  if (m->input_types[c] == NULL) m->input_types[c] = feel_type(code);
  if (view->label.n == 0) view->label = view->text;
  column->expression = code;
  column->label = view->label;
  column->slot = l->compiler.frame->slot_count++;
  m->cells[c] = ARENA_ARRAY(l->arena, const struct feel_tests *, (size_t)m->table->rows + 1);
  m->cells[c][m->table->rows] = child_tests(l, m->place, x, "inputValues", column->slot, m->input_types[c], &view->allowed);
}

static const struct feel_node *output_code(struct making *m, const struct xml_node *x, uint32_t o) {
  uint32_t line;
  if (str_trim(model__feel_text(x, &line)).n == 0) return feel_literal(&m->l->compiler, dmn_null());
  return model__typed(m->l, model__feel(m->l, m->place, x), m->output_types[o]);
}

/* A default that is a list stands for the whole answer of a table that answers a list, so it has not the output's type. */
static const struct feel_node *default_code(struct making *m, const struct xml_node *x, uint32_t o) {
  if (m->table->output_count > 1 || !table__answers_list(m->table)) return output_code(m, x, o);
  const struct feel_node *code = model__feel(m->l, m->place, x);
  const struct dmn_type *type = feel_type(code);
  return type != NULL && type->kind == DMN_TYPE_LIST ? code : model__typed(m->l, code, m->output_types[o]);
}

static void output_clause(struct making *m, const struct xml_node *x, uint32_t o) {
  struct model_loader *l = m->l;
  struct table_output *output = &m->outputs[o];
  str name = model__attr(x, "name"), label = model__attr(x, "label");
  struct dmn_table_column *view = &m->output_views[o];
  *view = (struct dmn_table_column){ .label = label.n > 0 ? label : name, .text = name, .type_name = model__attr(x, "typeRef") };
  m->output_types[o] = model__type(l, m->place->document, view->type_name, x);
  if (name.n > 0) output->name = model__symbol(l, name);
  else if (m->table->output_count > 1) MODEL_REFUSE(l, x, dmn__message("model_name"), x->name);
  for (uint32_t i = 0; i < o; i++)
    if (output->name != DMN_SYM_NONE && m->outputs[i].name == output->name) MODEL_REFUSE(l, x, dmn__message("model_twin_component"), name);
  output->slot = l->compiler.frame->slot_count++;
  output->allowed = child_tests(l, m->place, x, "outputValues", output->slot, m->output_types[o], &view->allowed);
  if (output->allowed != NULL && !feel_tests_literals(output->allowed, &output->priorities))
    output->priorities = (struct feel_literals){ .count = 0 };
  const struct xml_node *otherwise = model__child(x, "defaultOutputEntry");
  if (otherwise == NULL) return;
  uint32_t line;
  view->default_output = str_trim(model__feel_text(otherwise, &line));
  if (view->default_output.n == 0) return;
  output->otherwise = default_code(m, otherwise, o);
  m->table->has_default = true;
}

/* ---- rules */

static str annotation_text(const struct xml_node *x) {
  str text = model__text_of(x, "text");
  return text.p == NULL ? STR("") : text;
}

static void rule_cells(struct making *m, const struct xml_node *x, struct dmn_table_row *view, uint32_t row) {
  str *inputs = ARENA_ARRAY(m->l->arena, str, m->table->column_count);
  const struct xml_node *entry = model__child(x, "inputEntry");
  for (uint32_t c = 0; c < m->table->column_count; c++) {
    if (entry == NULL) {
      MODEL_REFUSE(m->l, x, dmn__message("model_row"), str_format(m->l->arena, "%u", m->table->column_count));
      return;
    }
    uint32_t line;
    inputs[c] = str_trim(tests_text(entry, &line));
    m->cells[c][row] = tests(m->l, m->place, entry, m->columns[c].slot, m->input_types[c]);
    entry = model__next(entry, "inputEntry");
  }
  if (entry != NULL) MODEL_REFUSE(m->l, entry, dmn__message("model_row"), str_format(m->l->arena, "%u", m->table->column_count));
  view->inputs = inputs;
}

static void rule_outputs(struct making *m, const struct xml_node *x, struct dmn_table_row *view, uint32_t row) {
  str *outputs = ARENA_ARRAY(m->l->arena, str, m->table->output_count);
  const struct xml_node *entry = model__child(x, "outputEntry");
  for (uint32_t o = 0; o < m->table->output_count; o++) {
    if (entry == NULL) {
      MODEL_REFUSE(m->l, x, dmn__message("model_row_outputs"), str_format(m->l->arena, "%u", m->table->output_count));
      return;
    }
    uint32_t line;
    outputs[o] = str_trim(model__feel_text(entry, &line));
    m->codes[(size_t)row * m->table->output_count + o] = output_code(m, entry, o);
    entry = model__next(entry, "outputEntry");
  }
  if (entry != NULL) MODEL_REFUSE(m->l, entry, dmn__message("model_row_outputs"), str_format(m->l->arena, "%u", m->table->output_count));
  view->outputs = outputs;
}

static void rule_annotations(struct making *m, const struct xml_node *x, struct dmn_table_row *view) {
  str *annotations = ARENA_ARRAY(m->l->arena, str, m->view->annotation_count);
  const struct xml_node *entry = model__child(x, "annotationEntry");
  for (uint32_t i = 0; i < m->view->annotation_count; i++) {
    annotations[i] = entry == NULL ? STR("") : annotation_text(entry);
    if (entry != NULL) entry = model__next(entry, "annotationEntry");
  }
  view->annotations = annotations;
}

static void read_rules(struct making *m, struct dmn_table_row *views) {
  uint32_t row = 0;
  for (const struct xml_node *x = model__child(m->xml, "rule"); x != NULL; x = model__next(x, "rule")) {
    views[row] = (struct dmn_table_row){ .id = model__attr(x, "id"), .description = model__text_of(x, "description"), .line = x->line };
    rule_cells(m, x, &views[row], row);
    rule_outputs(m, x, &views[row], row);
    rule_annotations(m, x, &views[row]);
    row++;
  }
}

/* Annotation columns: as many as are declared, or as the widest rule has where a modeller declares none. */
static void read_annotations(struct making *m) {
  uint32_t declared = count_named(m->xml, "annotation"), most = declared;
  for (const struct xml_node *x = model__child(m->xml, "rule"); x != NULL; x = model__next(x, "rule")) {
    uint32_t here = count_named(x, "annotationEntry");
    if (here > most) most = here;
  }
  str *names = ARENA_ARRAY(m->l->arena, str, most);
  const struct xml_node *x = model__child(m->xml, "annotation");
  for (uint32_t i = 0; i < most; i++) {
    names[i] = x == NULL ? STR("") : model__attr(x, "name");
    if (x != NULL) x = model__next(x, "annotation");
  }
  m->view->annotations = names;
  m->view->annotation_count = most;
}

/* ---- constants */

/* An output known now, allowed values checked; false: it must be evaluated, or it is a fault each time it is hit. */
static bool known_output(struct making *m, uint32_t o, const struct feel_node *code, dmn_value *out) {
  if (!feel_constant(code, out)) return false;
  const struct table_output *output = &m->outputs[o];
  if (output->allowed == NULL || out->kind == DMN_NULL) return true;
  struct dmn_eval *e = &m->l->folder;
  uint32_t faults = e->fault_count;
  dmn_value *around = e->slots;
  e->slots = model__trial_slots(m->l);
  e->slots[output->slot] = *out;
  bool allowed = dmn_is_true(feel_tests_run(e, output->allowed));
  e->slots[output->slot] = dmn_null();
  e->slots = around;
  return allowed && e->fault_count == faults;
}

static void keep_constants(struct making *m) {
  struct table *t = m->table;
  struct table_result *results = ARENA_ARRAY(m->l->arena, struct table_result, t->rows);
  for (uint32_t row = 0; row < t->rows; row++) {
    dmn_value *values = arena_zalloc(m->l->arena, t->output_count * sizeof *values), whole = dmn_null();
    uint32_t *open = ARENA_ARRAY(m->l->arena, uint32_t, t->output_count), count = 0;
    for (uint32_t o = 0; o < t->output_count; o++)
      if (!known_output(m, o, m->codes[(size_t)row * t->output_count + o], &values[o])) open[count++] = o;
    if (count == 0) whole = t->output_count == 1 ? values[0] : model__context(&m->l->folder, t->names, values, t->output_count);
    results[row] = (struct table_result){ whole, values, open, count };
  }
  t->results = results;
}

/* ---- the whole */

static const struct dmn_type *result_type(const struct making *m) {
  const struct table *t = m->table;
  if (t->counts) return dmn_type_of_kind(DMN_NUMBER);
  const struct dmn_type *row = m->output_types[0];
  if (t->output_count > 1) {
    struct dmn_type_entry *entries = ARENA_ARRAY(m->l->arena, struct dmn_type_entry, t->output_count);
    for (uint32_t o = 0; o < t->output_count; o++) entries[o] = (struct dmn_type_entry){ t->names[o], m->output_types[o] };
    row = dmn_type_context_of(m->l->arena, entries, t->output_count);
  }
  bool one = t->policy <= TABLE_PRIORITY || t->aggregator != NULL;
  return one ? row : dmn_type_list_of(m->l->arena, row);
}

static bool output_fits(const struct feel_node *code, const struct dmn_type *type) {
  dmn_value v;
  if (code == NULL || type == NULL) return true; /* nothing is null, and null is of every type */
  return feel_constant(code, &v) ? dmn_type_holds(type, v) : dmn_type_within(feel_type(code), type);
}

static bool has_no_tests(const struct dmn_type *t) {
  return t->allowed_values == NULL && t->constraint == NULL;
}

/* One output of every row, and its default, against the type of one hit. */
static bool column_fits(const struct table *t, uint32_t o, const struct dmn_type *type) {
  for (uint32_t row = 0; row < t->rows; row++)
    if (!output_fits(t->codes[(size_t)row * t->output_count + o], type)) return false;
  return output_fits(t->outputs[o].otherwise, type);
}

static bool hit_fits(const struct table *t, const struct dmn_type *type) {
  if (type == NULL) return true;
  if (t->output_count == 1) return column_fits(t, 0, type);
  if (type->kind != DMN_TYPE_CONTEXT || !has_no_tests(type)) return false;
  for (uint32_t i = 0; i < type->entry_count; i++) {
    uint32_t o = 0;
    while (o < t->output_count && t->names[o] != type->entries[i].name) o++;
    if (o == t->output_count || !column_fits(t, o, type->entries[i].type)) return false;
  }
  return true;
}

bool table__always_fits(const struct table *t, const struct dmn_type *type) {
  if (t->counts || t->aggregator != NULL) return false;
  if (!table__answers_list(t)) return type->kind != DMN_TYPE_LIST || t->output_count == 1 ? hit_fits(t, type) : false;
  if (type->kind != DMN_TYPE_LIST || !has_no_tests(type)) return false;
  /* A default that is a list is the whole answer. */
  const struct feel_node *otherwise = t->outputs[0].otherwise;
  dmn_value whole;
  if (t->output_count > 1 || otherwise == NULL || !feel_constant(otherwise, &whole) || whole.kind != DMN_LIST)
    return hit_fits(t, type->of);
  for (uint32_t row = 0; row < t->rows; row++)
    if (!output_fits(t->codes[row], type->of)) return false;
  return dmn_type_holds(type, whole);
}

/* A head over everything the table may run; cells stand lower than any code that matters for the stack. */
static void finish_head(struct making *m) {
  struct table *t = m->table;
  uint32_t most = t->column_count + t->rows * t->output_count + t->output_count, count = 0;
  const struct feel_node **parts = ARENA_ARRAY(m->l->arena, const struct feel_node *, most);
  for (uint32_t c = 0; c < t->column_count; c++) parts[count++] = m->columns[c].expression;
  for (uint32_t i = 0; i < t->rows * t->output_count; i++) parts[count++] = m->codes[i];
  for (uint32_t o = 0; o < t->output_count; o++)
    if (m->outputs[o].otherwise != NULL) parts[count++] = m->outputs[o].otherwise;
  t->head = feel_head_of(table__run, result_type(m), m->xml->line, parts, count);
}

static void begin(struct making *m, struct dmn_boxed *view) {
  struct arena *a = m->l->arena;
  struct table *t = m->table;
  t->column_count = count_named(m->xml, "input");
  t->output_count = count_named(m->xml, "output");
  t->rows = count_named(m->xml, "rule");
  t->words = (t->rows + 1) / 64 + ((t->rows + 1) % 64 != 0);
  m->columns = arena_zalloc(a, t->column_count * sizeof *m->columns);
  m->outputs = arena_zalloc(a, t->output_count * sizeof *m->outputs);
  m->cells = ARENA_ARRAY(a, const struct feel_tests **, t->column_count);
  m->input_types = arena_zalloc(a, t->column_count * sizeof *m->input_types);
  m->output_types = arena_zalloc(a, t->output_count * sizeof *m->output_types);
  m->input_views = ARENA_ARRAY(a, struct dmn_table_column, t->column_count);
  m->output_views = ARENA_ARRAY(a, struct dmn_table_column, t->output_count);
  m->codes = ARENA_ARRAY(a, const struct feel_node *, (size_t)t->rows * t->output_count);
  struct table_drawn *drawn = ARENA_NEW(a, struct table_drawn);
  drawn->table = t;
  m->view = &drawn->view;
  t->columns = m->columns;
  t->outputs = m->outputs;
  t->codes = m->codes;
  t->view = m->view;
  view->table = m->view;
}

static void name_outputs(struct making *m) {
  dmn_symbol *names = ARENA_ARRAY(m->l->arena, dmn_symbol, m->table->output_count);
  for (uint32_t o = 0; o < m->table->output_count; o++) names[o] = m->outputs[o].name;
  m->table->names = names;
}

static void mark_quick(struct making *m) {
  struct table *t = m->table;
  t->quick = t->words == 1 && t->column_count > 0 && !t->counts && t->aggregator == NULL;
  for (uint32_t c = 0; c < t->column_count && t->quick; c++) {
    struct table_column *column = &m->columns[c];
    const struct table_index *x = &column->index;
    t->quick = x->evaluate == NULL && x->stride == 1;
    column->has_allowed = column->cells[t->rows] != NULL;
    column->kind = x->kind;
    column->quick_null = x->null_rows[0];
    for (int truth = 0; truth < 2; truth++) column->quick_truth[truth] = x->of_truth[truth] != NULL ? x->of_truth[truth][0] : 0;
  }
}

const struct feel_node *model__table(struct model_loader *l, const struct model_place *p, const struct xml_node *x, struct dmn_boxed *view) {
  struct table *t = ARENA_NEW(l->arena, struct table);
  struct making m = { .l = l, .place = p, .xml = x, .table = t };
  begin(&m, view);
  read_hit_policy(l, x, t, m.view);
  l->rule_count += t->rows;
  if (l->rule_count > l->limits.rules) MODEL_REFUSE(l, x, dmn__message("model_rules"), str_format(l->arena, "%zu", l->limits.rules));
  if (t->output_count == 0) MODEL_REFUSE(l, x, dmn__message("model_no_output"), STR(""));
  if (l->rule_count > l->limits.rules || t->output_count == 0) return model__raising(l, DMN_DIAG_NO_LOGIC, STR(""));
  size_t refusals = l->findings->count + l->findings->dropped;
  uint32_t c = 0, o = 0;
  for (const struct xml_node *i = model__child(x, "input"); i != NULL; i = model__next(i, "input")) input_clause(&m, i, c++);
  for (const struct xml_node *i = model__child(x, "output"); i != NULL; i = model__next(i, "output")) output_clause(&m, i, o++);
  name_outputs(&m);
  read_annotations(&m);
  struct dmn_table_row *rows = ARENA_ARRAY(l->arena, struct dmn_table_row, t->rows);
  read_rules(&m, rows);
  m.view->inputs = m.input_views;
  m.view->input_count = t->column_count;
  m.view->outputs = m.output_views;
  m.view->output_count = t->output_count;
  m.view->rows = rows;
  m.view->row_count = t->rows;
  if (l->findings->count + l->findings->dropped != refusals) return model__raising(l, DMN_DIAG_NO_LOGIC, STR(""));
  for (c = 0; c < t->column_count; c++) {
    m.columns[c].cells = m.cells[c];
    table__build_index(l, &m.columns[c], t->rows);
  }
  mark_quick(&m);
  keep_constants(&m);
  finish_head(&m);
  return (const struct feel_node *)(const void *)t;
}
