/* show: a rule set as people read it who never saw DMN: each judgement with its words, what it needs, and its tables, row by
 * row. Boxed expressions are told flat: whatever stands within another is a block of its own under the path of its labels. */
#include "rules/codex.h"

struct showing { struct work *w; const struct dmn_model *model; struct json *blocks; size_t count, capacity; };

/* White space folded, trimmed: a cell is one line. */
static struct json folded(struct arena *a, str text) {
  struct buf out = buf_in(a);
  text = str_trim(text);
  for (size_t i = 0; i < text.n; i++) {
    bool space = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r';
    if (!space) buf_byte(&out, text.p[i]);
    else if (out.n && out.p[out.n - 1] != ' ') buf_byte(&out, ' ');
  }
  return json_of_str(buf_str(&out));
}

static void push(struct showing *s, struct members *block) {
  if (s->count == s->capacity) {
    size_t more = s->capacity ? s->capacity * 2 : 8;
    s->blocks = arena_grow(s->w->arena, s->blocks, s->capacity * sizeof *s->blocks, more * sizeof *s->blocks);
    s->capacity = more;
  }
  s->blocks[s->count++] = members_object(block);
}

static struct json nothing(void) { return json_of_array(NULL, 0); }

static struct json folded_all(struct arena *a, const str *texts, uint32_t count) {
  struct json *items = ARENA_ARRAY(a, struct json, count);
  for (uint32_t i = 0; i < count; i++) items[i] = folded(a, texts[i]);
  return json_of_array(items, count);
}

static void push_text(struct showing *s, str title, str text) {
  struct members m = members_in(s->w->arena);
  members_add_str(&m, "title", title);
  members_add(&m, "text", folded(s->w->arena, text));
  members_add_str(&m, "hit_policy", STR_NONE);
  members_add(&m, "inputs", nothing());
  members_add(&m, "outputs", nothing());
  members_add(&m, "annotations", nothing());
  members_add(&m, "rows", nothing());
  push(s, &m);
}

static struct json columns_json(struct arena *a, const struct dmn_table_column *columns, uint32_t count) {
  str *texts = ARENA_ARRAY(a, str, count);
  for (uint32_t i = 0; i < count; i++) texts[i] = columns[i].label.n ? columns[i].label : columns[i].text;
  return folded_all(a, texts, count);
}

static struct json row_json(struct arena *a, str id, struct json inputs, struct json outputs, struct json annotations) {
  struct members m = members_in(a);
  members_add_str(&m, "id", id);
  members_add(&m, "inputs", inputs);
  members_add(&m, "outputs", outputs);
  members_add(&m, "annotations", annotations);
  return members_object(&m);
}

static void show_table(struct showing *s, str title, const struct dmn_table_view *t) {
  struct arena *a = s->w->arena;
  struct members m = members_in(a);
  struct json *rows = ARENA_ARRAY(a, struct json, t->row_count);
  for (uint32_t i = 0; i < t->row_count; i++)
    rows[i] = row_json(a, t->rows[i].id, folded_all(a, t->rows[i].inputs, t->input_count),
                       folded_all(a, t->rows[i].outputs, t->output_count), folded_all(a, t->rows[i].annotations, t->annotation_count));
  members_add_str(&m, "title", title);
  members_add(&m, "text", json_of_null());
  members_add_str(&m, "hit_policy", t->hit_policy);
  members_add(&m, "inputs", columns_json(a, t->inputs, t->input_count));
  members_add(&m, "outputs", columns_json(a, t->outputs, t->output_count));
  members_add(&m, "annotations", folded_all(a, t->annotations, t->annotation_count));
  members_add(&m, "rows", json_of_array(rows, t->row_count));
  push(s, &m);
}

/* A relation is a table that asks nothing. */
static void show_relation(struct showing *s, str title, const struct dmn_boxed *b) {
  struct arena *a = s->w->arena;
  struct members m = members_in(a);
  uint32_t columns = b->count ? b->parts[0]->count : 0;
  struct json *rows = ARENA_ARRAY(a, struct json, b->count);
  for (uint32_t i = 0; i < b->count; i++) {
    str *cells = ARENA_ARRAY(a, str, columns);
    for (uint32_t k = 0; k < columns; k++) cells[k] = k < b->parts[i]->count ? b->parts[i]->parts[k]->text : STR("");
    rows[i] = row_json(a, STR_NONE, nothing(), folded_all(a, cells, columns), nothing());
  }
  members_add_str(&m, "title", title);
  members_add(&m, "text", json_of_null());
  members_add_str(&m, "hit_policy", STR_NONE);
  members_add(&m, "inputs", nothing());
  members_add(&m, "outputs", folded_all(a, b->labels, columns));
  members_add(&m, "annotations", nothing());
  members_add(&m, "rows", json_of_array(rows, b->count));
  push(s, &m);
}

static str under(struct arena *a, str title, str label) {
  if (!label.n) return title;
  return title.n ? str_format(a, "%.*s / %.*s", STR_ARG(title), STR_ARG(label)) : label;
}

/* As deep as the file nests, which its reader has bounded. */
static void show_logic(struct showing *s, str title, const struct dmn_boxed *b) {
  if (b->kind == DMN_LOGIC_TABLE) show_table(s, title, b->table);
  else if (b->kind == DMN_LOGIC_RELATION) show_relation(s, title, b);
  else if (b->kind == DMN_LOGIC_FUNCTION && b->count) {
    str parameters = str_join(s->w->arena, b->labels, b->count, STR(", "));
    show_logic(s, under(s->w->arena, title, str_format(s->w->arena, "(%.*s)", STR_ARG(parameters))), b->parts[0]);
  } else {
    if (b->text.n) push_text(s, title, b->text);
    for (uint32_t i = 0; b->parts && i < b->count; i++)
      show_logic(s, under(s->w->arena, title, b->labels ? b->labels[i] : STR("")), b->parts[i]);
  }
}

static struct json node_json(struct work *w, const struct dmn_model *model, uint32_t node) {
  const struct dmn_node_info *info = dmn_model_node(model, node);
  const struct dmn_boxed *logic = dmn_model_logic(model, node);
  struct showing s = { .w = w, .model = model };
  struct members m = members_in(w->arena);
  struct json *needs = ARENA_ARRAY(w->arena, struct json, info->requires_count);
  for (uint32_t i = 0; i < info->requires_count; i++) {
    const struct dmn_node_info *need = dmn_model_node(model, info->requires[i]);
    needs[i] = json_of_str(need->label.n ? need->label : need->name);
  }
  if (logic) show_logic(&s, STR(""), logic);
  members_add_str(&m, "name", info->name);
  members_add_str(&m, "label", info->label.n ? info->label : info->name);
  members_add(&m, "description", folded(w->arena, info->description));
  members_add(&m, "needs", json_of_array(needs, info->requires_count));
  members_add_bool(&m, "input", info->kind == DMN_NODE_INPUT);
  members_add(&m, "blocks", json_of_array(s.blocks, s.count));
  return members_object(&m);
}

static result show(struct work *w, const void *request) {
  const struct rules_show_request *r = request;
  struct rule_set_row row;
  const struct rule_set *set;
  FOUND(w, store_rule_set_by_id(w->tx, r->rule_set, &row), STR(""), "not_found");
  struct rule_set_head_row head = { .id = row.id, .first_day = row.first_day, .revision = row.revision, .model_id = row.model_id,
                                    .model_version = row.model_version, .sha256 = row.sha256, .published_at = SQL_NONE };
  TRY(rules__set(w, &head, &set));
  uint32_t count = dmn_model_count(set->model);
  struct json *nodes = ARENA_ARRAY(w->arena, struct json, count);
  for (uint32_t i = 0; i < count; i++) nodes[i] = node_json(w, set->model, i);
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", row.id);
  members_add_str(&m, "name", dmn_model_name(set->model));
  members_add_str(&m, "id", row.model_id);
  members_add_day(&m, "first_day", row.first_day);
  members_add_int(&m, "revision", row.revision);
  members_add_str(&m, "version", row.model_version);
  members_add_sha256(&m, "sha256", row.sha256);
  members_add(&m, "nodes", json_of_array(nodes, count));
  return service__answer(w, 200, &m, 0);
}

result rules_show(struct service *s, const struct caller *c, struct arena *a, const struct rules_show_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_show", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR, .body = show,
                                            .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
