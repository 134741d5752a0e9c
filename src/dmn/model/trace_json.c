/* trace_json: a trace as bytes that are hashed and made again by whoever checks them. Names stand in the order of RFC
 * 8785, numbers that are not of ours are texts, values have their tagged form, and nothing depends on when or where. */
#include "model/model.h"

#include "shienkin/codec/json.h"

struct writing {
  struct json_writer w;
  struct dmn_session *session;
};

static void write_value(struct writing *to, const char *name, dmn_value v) {
  json_write_name(&to->w, str_of(name));
  json_write_raw(&to->w, dmn_tagged_json(to->session->arena, v));
}

static void write_text(struct writing *to, const char *name, str text) {
  json_write_name(&to->w, str_of(name));
  json_write_str(&to->w, text);
}

static void write_number(struct writing *to, const char *name, uint32_t number) {
  json_write_name(&to->w, str_of(name));
  json_write_int(&to->w, number);
}

static void write_texts(struct writing *to, const char *name, const str *texts, uint32_t count) {
  json_write_name(&to->w, str_of(name));
  json_write_begin_array(&to->w);
  for (uint32_t i = 0; i < count; i++) json_write_str(&to->w, texts[i]);
  json_write_end_array(&to->w);
}

static void begin_list(struct writing *to, const char *name) {
  json_write_name(&to->w, str_of(name));
  json_write_begin_array(&to->w);
}

static void write_arguments(struct writing *to, const struct dmn_trace_step *step) {
  begin_list(to, "arguments");
  for (uint32_t i = 0; i < step->argument_count; i++) {
    json_write_begin_object(&to->w);
    write_text(to, "name", step->argument_names[i]);
    write_value(to, "value", step->arguments[i]);
    json_write_end_object(&to->w);
  }
  json_write_end_array(&to->w);
}

static void write_left_out(struct writing *to, const struct dmn_trace_calls *calls) {
  while (calls != NULL && calls->left_out == 0) calls = calls->next;
  if (calls == NULL) return;
  begin_list(to, "left_out");
  for (; calls != NULL; calls = calls->next) {
    if (calls->left_out == 0) continue;
    json_write_begin_object(&to->w);
    write_number(to, "calls", calls->left_out);
    write_text(to, "node", dmn_model_node(to->session->model, calls->node)->name);
    json_write_end_object(&to->w);
  }
  json_write_end_array(&to->w);
}

/* ---- tables */

static void write_inputs(struct writing *to, const struct dmn_trace_table *t) {
  begin_list(to, "inputs");
  for (uint32_t i = 0; i < t->view->input_count; i++) {
    json_write_begin_object(&to->w);
    write_text(to, "label", t->view->inputs[i].label);
    write_value(to, "value", t->inputs[i]);
    json_write_end_object(&to->w);
  }
  json_write_end_array(&to->w);
}

static void write_rows(struct writing *to, const struct dmn_trace_table *t) {
  begin_list(to, "rows");
  for (uint32_t i = 0; i < t->row_count; i++) {
    const struct dmn_table_row *row = &t->view->rows[t->rows[i]];
    json_write_begin_object(&to->w);
    write_texts(to, "annotations", row->annotations, t->view->annotation_count);
    write_texts(to, "conditions", row->inputs, t->view->input_count);
    if (row->id.n > 0) write_text(to, "id", row->id);
    write_number(to, "row", t->rows[i] + 1);
    json_write_end_object(&to->w);
  }
  json_write_end_array(&to->w);
}

static void write_tables(struct writing *to, const struct dmn_trace_step *step) {
  begin_list(to, "tables");
  for (uint32_t i = 0; i < step->table_count; i++) {
    str entry = model__table_entry(dmn_model_logic(to->session->model, step->node), step->tables[i].view);
    json_write_begin_object(&to->w);
    if (entry.n > 0) write_text(to, "entry", entry);
    write_inputs(to, &step->tables[i]);
    write_rows(to, &step->tables[i]);
    json_write_end_object(&to->w);
  }
  json_write_end_array(&to->w);
}

/* ---- steps */

static void write_step(struct writing *to, const struct dmn_trace_step *step) {
  json_write_begin_object(&to->w);
  if (step->argument_count > 0) write_arguments(to, step);
  write_left_out(to, step->calls);
  write_text(to, "node", dmn_model_node(to->session->model, step->node)->name);
  if (step->parent != DMN_NO_STEP) write_number(to, "parent", step->parent);
  write_value(to, "result", step->result);
  if (step->table_count > 0) write_tables(to, step);
  if (step->tables_left_out > 0) write_number(to, "tables_left_out", step->tables_left_out);
  json_write_end_object(&to->w);
}

struct printing {
  struct dmn_session *session;
  str out;
};

static void print_json(void *context) {
  struct printing *p = context;
  struct dmn_session *s = p->session;
  struct buf out = buf_in(s->arena);
  struct writing to = { json_writer_to(&out), s };
  json_write_begin_object(&to.w);
  write_left_out(&to, s->trace.calls);
  write_text(&to, "model", dmn_model_name(s->model));
  begin_list(&to, "steps");
  for (uint32_t i = 0; i < s->trace.count; i++) write_step(&to, &s->trace.steps[i]);
  json_write_end_array(&to.w);
  json_write_end_object(&to.w);
  p->out = buf_str(&out);
}

str dmn_trace_json(struct dmn_session *s) {
  struct printing p = { s, STR_NONE };
  return arena_run(s->arena, print_json, &p) == RESULT_OK ? p.out : STR_NONE;
}
