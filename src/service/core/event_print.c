/* event_print: the table of event types for people and for programs. */
#include "core/work.h"

static void print_members(struct buf *out, const struct spec *data) {
  const char *separator = "";
  for (const struct spec_member *m = data->members; m->name; m++) {
    buf_format(out, "%s`%s`", separator, m->name);
    separator = ", ";
  }
}

void event_types_document(struct buf *out, bool japanese) {
  size_t count;
  const struct event_type *types = event_types(&count);
  buf_add(out, japanese ? STR("| 種類 | 対象 | 意味 | data |\n|---|---|---|---|\n")
                        : STR("| type | subject | what happened | data |\n|---|---|---|---|\n"));
  for (size_t i = 0; i < count; i++) {
    buf_format(out, "| `%s` | %s | %s | ", types[i].name, types[i].subject ? types[i].subject : "*",
               japanese ? types[i].ja : types[i].en);
    print_members(out, types[i].data);
    buf_add(out, STR(" |\n"));
  }
}

str event_types_json(struct arena *a) {
  size_t count;
  const struct event_type *types = event_types(&count);
  struct json *items = ARENA_ARRAY(a, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members m = members_in(a);
    members_add_str(&m, "name", str_of(types[i].name));
    members_add_str(&m, "subject", str_of(types[i].subject));
    members_add_bool(&m, "reads", types[i].reads);
    members_add_bool(&m, "moves_claim", types[i].moves_claim);
    str id = str_format(a, "urn:shienkin:event:%s:1", types[i].name);
    members_add(&m, "schema", spec_schema(a, event_body_spec(a, &types[i]), id));
    items[i] = members_object(&m);
  }
  struct json list = json_of_array(items, count);
  return json_dump(a, &list);
}
