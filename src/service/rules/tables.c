/* tables: the decision tables of one rule set as people read them, so that a page can show the rows that decided among those
 * that did not. No personal data, so no event. */
#include "rules/codex.h"

struct table_list { struct work *w; struct json *items; size_t count, capacity; };

static struct json texts_json(struct work *w, const str *texts, uint32_t count) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (uint32_t i = 0; i < count; i++) items[i] = json_of_str(texts[i]);
  return json_of_array(items, count);
}

static struct json columns_json(struct work *w, const struct dmn_table_column *columns, uint32_t count) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (uint32_t i = 0; i < count; i++) items[i] = json_of_str(columns[i].label.n ? columns[i].label : columns[i].text);
  return json_of_array(items, count);
}

static struct json rows_json(struct work *w, const struct dmn_table_view *t) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, t->row_count);
  for (uint32_t i = 0; i < t->row_count; i++) {
    const struct dmn_table_row *row = &t->rows[i];
    struct members m = members_in(w->arena);
    members_add_str(&m, "id", row->id);
    members_add(&m, "inputs", texts_json(w, row->inputs, t->input_count));
    members_add(&m, "outputs", texts_json(w, row->outputs, t->output_count));
    members_add(&m, "annotations", texts_json(w, row->annotations, t->annotation_count));
    items[i] = members_object(&m);
  }
  return json_of_array(items, t->row_count);
}

static void add_table(struct table_list *list, const struct dmn_node_info *node, const struct dmn_table_view *t) {
  struct work *w = list->w;
  struct members m = members_in(w->arena);
  members_add_str(&m, "node", node->name);
  members_add_str(&m, "description", node->description);
  members_add_str(&m, "hit_policy", t->hit_policy);
  members_add(&m, "inputs", columns_json(w, t->inputs, t->input_count));
  members_add(&m, "outputs", columns_json(w, t->outputs, t->output_count));
  members_add(&m, "annotations", texts_json(w, t->annotations, t->annotation_count));
  members_add(&m, "rows", rows_json(w, t));
  if (list->count == list->capacity) {
    size_t more = list->capacity ? list->capacity * 2 : 32;
    list->items = arena_grow(w->arena, list->items, list->capacity * sizeof *list->items, more * sizeof *list->items);
    list->capacity = more;
  }
  list->items[list->count++] = members_object(&m);
}

/* Tables stand in functions and contexts too; boxed expressions are as deep as the model's author drew them. */
static void add_tables(struct table_list *list, const struct dmn_node_info *node, const struct dmn_boxed *boxed) {
  if (boxed->table) add_table(list, node, boxed->table);
  for (uint32_t i = 0; boxed->parts && i < boxed->count; i++) add_tables(list, node, boxed->parts[i]);
}

static result tables(struct work *w, const void *request) {
  const struct rules_tables_request *r = request;
  struct codex *codex;
  struct table_list list = { .w = w };
  TRY(rules__codex_of(w, r->rule_set, &codex));
  const struct dmn_model *model = codex->set->model;
  for (uint32_t node = 0; node < dmn_model_count(model); node++) {
    const struct dmn_boxed *logic = dmn_model_logic(model, node);
    if (logic) add_tables(&list, dmn_model_node(model, node), logic);
  }
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", r->rule_set);
  members_add_str(&m, "id", codex->set->id);
  members_add_str(&m, "version", codex->set->version);
  members_add_day(&m, "first_day", codex->set->first_day);
  members_add(&m, "tables", json_of_array(list.items, list.count));
  result done = service__answer(w, 200, &m, 0);
  rules__codex_close(codex);
  return done;
}

result rules_tables(struct service *s, const struct caller *c, struct arena *a, const struct rules_tables_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_tables", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR,
                                            .body = tables, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
