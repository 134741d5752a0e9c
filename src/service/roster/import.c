/* import: read, compare, and either say what would change or take the whole file, in one transaction with its event. */
#include "roster/file.h"

enum { CHANGES_SHOWN = 500 };

static const char *const kind_names[] = { [ROSTER_MEMBERS] = "member", [ROSTER_FACILITIES] = "facility" };
static const char *const what_names[] = {
  [ROSTER_ADDED] = "added", [ROSTER_CHANGED] = "changed", [ROSTER_ENDED] = "ended"
};

/* ---- the answer */

static struct json entry_json(struct arena *a, enum roster_table t, const struct roster_entry *e) {
  if (!e) return json_of_null();
  struct members m = members_in(a);
  for (uint32_t i = 0; i < roster__columns[t].count; i++)
    members_add_str(&m, roster__columns[t].values[i].en, e->values[i].n > 0 ? e->values[i] : STR_NONE);
  if (t == ROSTER_RELATION) members_add_str(&m, "member_number", e->other);
  members_add_day(&m, "from", e->from);
  members_add_day(&m, "until", e->to == DAY_NONE ? DAY_NONE : e->to - 1);
  return members_object(&m);
}

static struct json change_json(struct arena *a, const struct roster_change *c) {
  const struct roster_entry *either = c->after ? c->after : c->before;
  struct members m = members_in(a);
  members_add_str(&m, "table", str_of(roster__columns[c->table].table));
  members_add_str(&m, "key", either->key);
  members_add_str(&m, "what", str_of(what_names[c->what]));
  members_add(&m, "line", c->after ? json_of_int(a, c->after->line) : json_of_null());
  members_add(&m, "before", entry_json(a, c->table, c->before));
  members_add(&m, "after", entry_json(a, c->table, c->after));
  return members_object(&m);
}

static result answer(struct work *w, const struct roster_import_request *r, const struct roster_file *file,
                     const struct roster_changes *c, struct uuid import, size_t touched) {
  size_t shown = c->count < CHANGES_SHOWN ? c->count : CHANGES_SHOWN;
  struct json *items = ARENA_ARRAY(w->arena, struct json, shown);
  for (size_t i = 0; i < shown; i++) items[i] = change_json(w->arena, &c->items[i]);
  struct members m = members_in(w->arena);
  members_add_id(&m, "import", "roster_import", import);
  members_add_str(&m, "kind", str_of(kind_names[r->kind]));
  members_add_str(&m, "encoding", str_of(file->encoding));
  members_add_int(&m, "lines", (int64_t)file->lines);
  members_add_int(&m, "added", (int64_t)c->added);
  members_add_int(&m, "changed", (int64_t)c->changed);
  members_add_int(&m, "ended", (int64_t)c->ended);
  members_add_int(&m, "decisions_touched", (int64_t)touched);
  members_add(&m, "changes", json_of_array(items, shown));
  return service__answer(w, r->preview ? 200 : 201, &m, 0);
}

/* ---- preview: owners see personal data, so it leaves an event of reading */

static result preview(struct work *w, const struct roster_import_request *r, const struct roster_file *file,
                      const struct roster_changes *c) {
  struct members data = members_in(w->arena);
  members_add_str(&data, "kind", str_of(kind_names[r->kind]));
  members_add_sha256(&data, "file_sha256", file->sha256);
  members_add_int(&data, "lines", (int64_t)file->lines);
  TRY(service__event(
      w, &(struct event){ .type = "roster.previewed", .subject = w->caller->account, .data = members_object(&data) }));
  return answer(w, r, file, c, (struct uuid){ { 0 } }, 0);
}

/* ---- taking it */

static result write_event(struct work *w, const struct roster_import_row *row, struct sha256 versions) {
  service__wrote_sha256(w, "roster_import", row->id, row->file_sha256);
  struct members data = members_in(w->arena);
  members_add_str(&data, "kind", row->kind);
  members_add_str(&data, "encoding", row->encoding);
  members_add_sha256(&data, "file_sha256", row->file_sha256);
  members_add_sha256(&data, "versions_sha256", versions);
  members_add_int(&data, "lines", row->lines);
  members_add_int(&data, "added", row->added);
  members_add_int(&data, "changed", row->changed);
  members_add_int(&data, "ended", row->ended);
  return service__event(
      w, &(struct event){ .type = "roster.imported", .subject = row->id, .data = members_object(&data) });
}

static result import_body(struct work *w, const void *request) {
  const struct roster_import_request *r = request;
  struct roster_file file;
  struct roster_changes changes;
  TRY(roster__read(w, r, &file));
  TRY(roster__compare(w, r, &file, &changes));
  if (r->preview) return preview(w, r, &file, &changes);

  struct roster_import_row row = {
    .id = tx_new_id(w->tx),
    .kind = str_of(kind_names[r->kind]),
    .file_name = r->file_name,
    .file_sha256 = file.sha256,
    .encoding = str_of(file.encoding),
    .lines = (int64_t)file.lines,
    .added = (int64_t)changes.added,
    .changed = (int64_t)changes.changed,
    .ended = (int64_t)changes.ended,
  };
  struct sha256 versions;
  size_t touched;
  store_roster_import_insert(w->tx, &row);
  TRY(roster__apply(w, row.id, &changes, &versions));
  TRY(write_event(w, &row, versions));
  TRY(roster__touch_decisions(w, row.id, &changes, &touched));
  return answer(w, r, &file, &changes, row.id, touched);
}

/* ---- what was taken before */

static struct json told_json(struct arena *a, const struct roster_import_told_row *row) {
  const struct roster_import_row *i = &row->import;
  struct members m = members_in(a);
  members_add_id(&m, "import", "roster_import", i->id);
  members_add_str(&m, "kind", i->kind);
  members_add_str(&m, "file_name", i->file_name);
  members_add_sha256(&m, "file_sha256", i->file_sha256);
  members_add_str(&m, "encoding", i->encoding);
  members_add_int(&m, "lines", i->lines);
  members_add_int(&m, "added", i->added);
  members_add_int(&m, "changed", i->changed);
  members_add_int(&m, "ended", i->ended);
  members_add_moment(&m, "at", i->by.at);
  members_add_id(&m, "by", "person", i->by.person);
  members_add_str(&m, "name", row->by_name);
  members_add_int(&m, "findings", row->findings);
  members_add_int(&m, "open", row->open);
  return members_object(&m);
}

static result imports_body(struct work *w, const void *nothing) {
  (void)nothing;
  struct roster_import_told_row *rows;
  size_t count;
  TRY(store_roster_import_list(w->tx, ROSTER_IMPORTS_TOLD, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) items[i] = told_json(w->arena, &rows[i]);
  struct members m = members_in(w->arena);
  members_add(&m, "imports", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

static const struct use_case imports_case = { "roster_imports", SERVICE_OWNER, imports_body, true };

result roster_imports(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                      struct service_answer *out) {
  return service__run(s, c, a, &imports_case, nothing, f, out);
}

static const struct use_case import_case = { "roster_import", SERVICE_OWNER, import_body, false };
static const struct use_case preview_case = { "roster_preview", SERVICE_OWNER, import_body, true };

result roster_import(struct service *s, const struct caller *c, struct arena *a, const struct roster_import_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, r->preview ? &preview_case : &import_case, r, f, out);
}
