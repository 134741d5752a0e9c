/* roster_pages: a roster's file is tried first, line by line, and taken when that very file was seen: `seen` in the form is what
 * was tried, file and answers together. The same use case as the command's. */
#include "files.h"
#include "messages.h"
#include "office.h"

enum { CHANGES_SHOWN = 200, FAULTS_SHOWN = 200, FIELDS_BYTES_MOST = 64 << 10 };

/* ---- columns, as the service names them */

static str column_words(const struct page *p, str name) {
  for (enum roster_kind kind = ROSTER_MEMBERS; kind <= ROSTER_FACILITIES; kind++) {
    struct roster_column columns[ROSTER_COLUMNS_MOST];
    size_t count = roster_file_columns(kind, columns);
    for (size_t i = 0; i < count; i++)
      if (str_eq(name, str_of(columns[i].en))) return p->english ? name : str_of(columns[i].ja);
  }
  return name;
}

/* Those that a file needs, then those that it may have. */
static str column_list(const struct page *p, enum roster_kind kind, bool needed) {
  struct roster_column columns[ROSTER_COLUMNS_MOST];
  size_t count = roster_file_columns(kind, columns);
  struct buf out = buf_in(p->arena);
  for (size_t i = 0; i < count; i++) {
    if (columns[i].needed != needed) continue;
    if (out.n) buf_add(&out, p->english ? STR(", ") : STR("、"));
    buf_add(&out, str_of(p->english ? columns[i].en : columns[i].ja));
  }
  return buf_str(&out);
}

static void add_columns(struct desk *d) {
  static const struct { enum roster_kind kind; const char *name; } both[] = { { ROSTER_MEMBERS, "columns_members" },
                                                                              { ROSTER_FACILITIES, "columns_facilities" } };
  for (size_t i = 0; i < COUNT_OF(both); i++)
    page_set_str(&d->page.document, both[i].name,
                 page_say(&d->page, "roster.columns_of", column_list(&d->page, both[i].kind, true), column_list(&d->page, both[i].kind, false)));
}

static str number_words(const struct page *p, int64_t n) { return str_format(p->arena, "%lld", (long long)n); }

/* ---- the form */

static const struct page_choice kinds[] = { { "members", "roster.members" }, { "facilities", "roster.facilities" } };
static const struct page_field fields[] = {
  { .name = "kind", .kind = PAGE_RADIO, .label = "roster.kind", .choices = kinds, .choice_count = COUNT_OF(kinds) },
  { .name = "shift_jis", .kind = PAGE_CHECK, .label = "roster.shift_jis", .hint = "roster.shift_jis_hint", .optional = true },
  { .name = "whole", .kind = PAGE_CHECK, .label = "roster.whole", .hint = "roster.whole_hint", .optional = true },
  { .name = "file", .kind = PAGE_LINE, .label = "roster.file", .hint = "roster.file_hint" },
};

static bool ticked(const struct http_request *r, const char *name) { return str_eq(page_typed(&r->form, name), STR("yes")); }

/* What was tried: the file's hash, and what was said of it. */
static str seen_of(struct http_request *r, str bytes) {
  struct sha256 hash = sha256_of(bytes);
  return str_format(r->arena, "%.*s %.*s%s%s", STR_ARG(hex_encode(r->arena, (str){ (const char *)&hash, sizeof hash })),
                    STR_ARG(page_typed(&r->form, "kind")), ticked(r, "shift_jis") ? " shift_jis" : "", ticked(r, "whole") ? " whole" : "");
}

static struct http_answer show(struct desk *d, int status, const struct http_values *posted, const struct findings *f, str seen) {
  struct page *p = &d->page;
  struct json_member hidden = { STR("seen"), json_of_str(seen) };
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/roster/preview"), .submit = "roster.preview", .fields = fields,
                                    .count = COUNT_OF(fields), .posted = posted, .findings = f, .hidden = &hidden, .hidden_count = 1,
                                    .once = true });
  page_set_bool(&p->document, "tried", seen.n > 0);
  page_set_str(&p->document, "roster_script", web__asset_path(p->arena, "roster.js"));
  add_columns(d);
  page_set(&p->document, "sections", page_items(&d->sections));
  return page_answer(p, status, "roster", page_say(p, "roster.title"));
}

/* ---- what was taken before */

static const char *const import_columns[] = { "roster.taken_at", "roster.kind", "roster.file_name", "roster.taken_by", "roster.lines",
                                              "roster.what_added", "roster.what_changed", "roster.what_ended", "roster.touched" };

static str findings_words(const struct page *p, const struct json *one) {
  int64_t findings = page_int(one, "findings"), open = page_int(one, "open");
  return findings == 0 ? page_say(p, "roster.untouched") : page_say(p, "roster.touched_open", number_words(p, findings), number_words(p, open));
}

static void add_imports(struct desk *d, const struct json *body) {
  const struct page *p = &d->page;
  uint32_t count;
  const struct json *imports = desk_list(body, "imports", &count);
  struct desk_section s = desk_section(d, "roster.imports");
  struct desk_table t = desk_table(d, "roster.imports", NULL, import_columns, COUNT_OF(import_columns));
  for (uint32_t i = 0; i < count; i++) {
    const struct json *one = &imports[i];
    desk_row(&t, (struct desk_cell[]){
        DESK_TEXT(page_moment(p, page_member(one, "at"))), DESK_TEXT(desk_code(p, "roster.of_", page_member(one, "kind"))),
        DESK_TEXT(page_member(one, "file_name")), DESK_TEXT(page_member(one, "name")), desk_number(d, page_int(one, "lines")),
        desk_number(d, page_int(one, "added")), desk_number(d, page_int(one, "changed")), desk_number(d, page_int(one, "ended")),
        DESK_TEXT(findings_words(p, one)) });
  }
  desk_put_table(&s, &t);
  desk_close(&s);
}

/* Below the form, so that whoever comes to take a file finds that first. */
static struct json below(struct desk *d) {
  struct page_object o = page_object(d->page.arena);
  page_set(&o, "sections", page_items(&d->sections));
  d->sections = page_list(d->page.arena);
  return page_json(&o);
}

static struct http_answer get_roster(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  if (!DESK_CALL(&d, roster_imports, NULL, &body, &failure)) return failure;
  add_imports(&d, &body);
  page_set(&d.page.document, "past", below(&d));
  return show(&d, HTTP_OK, NULL, NULL, STR(""));
}

/* ---- what is wrong with a file, line by line */

static const char *const fault_columns[] = { "roster.line", "roster.column", "roster.fault" };

static void add_faults(struct desk *d, const struct findings *f) {
  const struct page *p = &d->page;
  struct desk_section s = desk_section(d, "roster.faults");
  struct desk_table t = desk_table(d, "roster.fault_lines", NULL, fault_columns, COUNT_OF(fault_columns));
  for (size_t i = 0; i < f->count && i < FAULTS_SHOWN; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(f->items[i].line ? number_words(p, f->items[i].line) : STR("")),
                                       DESK_TEXT(f->items[i].pointer.n ? column_words(p, str_slice(f->items[i].pointer, 1, f->items[i].pointer.n)) : STR("")), DESK_TEXT(p->english ? f->items[i].en : f->items[i].ja) });
  desk_words(&s, page_say(p, "roster.faults_intro", number_words(p, (int64_t)(f->count + f->dropped))));
  desk_put_table(&s, &t);
  desk_close(&s);
}

/* The form says that something is wrong, the table what. */
static struct http_answer show_faults(struct desk *d, const struct findings *f) {
  struct findings told = findings_in(d->page.arena);
  FINDING(&told, STR("/file"), &web__messages[WEB_ROSTER_FAULTS], number_words(&d->page, (int64_t)(f->count + f->dropped)));
  add_faults(d, f);
  return show(d, 422, &d->page.r->form, &told, STR(""));
}

/* ---- what a file changes */

/* "name: before → after" for what differs; what one side alone has stands alone. */
static str difference(const struct page *p, const struct json *before, const struct json *after) {
  const struct json *all = after && after->kind == JSON_KIND_OBJECT ? after : before;
  struct buf out = buf_in(p->arena);
  bool both = all == after && before && before->kind == JSON_KIND_OBJECT;
  for (uint32_t i = 0; all && i < all->count; i++) {
    str name = all->as.members[i].name;
    str now = desk_value(p, &all->as.members[i].value), was = both ? desk_value(p, json_get(before, name)) : STR("");
    bool told = both ? !str_eq(now, was) : !str_eq(now, STR("–"));
    if (!told) continue;
    if (out.n) buf_add(&out, p->english ? STR("; ") : STR("、"));
    buf_add(&out, column_words(p, name));
    buf_add(&out, STR(": "));
    if (both) buf_add(&out, str_format(p->arena, "%.*s → ", STR_ARG(was)));
    buf_add(&out, now);
  }
  return buf_str(&out);
}

static const char *const change_columns[] = { "roster.line", "roster.what", "roster.key", "roster.difference" };

static void add_changes(struct desk *d, const struct json *body) {
  const struct page *p = &d->page;
  uint32_t count;
  const struct json *changes = desk_list(body, "changes", &count);
  struct desk_section s = desk_section(d, "roster.changes");
  struct desk_table t = desk_table(d, "roster.change_lines", NULL, change_columns, COUNT_OF(change_columns));
  for (uint32_t i = 0; i < count && i < CHANGES_SHOWN; i++) {
    int64_t line = page_int(&changes[i], "line");
    desk_row(&t, (struct desk_cell[]){
        DESK_TEXT(line ? number_words(p, line) : STR("")), DESK_TEXT(desk_code(p, "roster.what_", page_member(&changes[i], "what"))),
        DESK_TEXT(page_member(&changes[i], "key")),
        DESK_TEXT(difference(p, json_get(&changes[i], STR("before")), json_get(&changes[i], STR("after")))) });
  }
  if (count > CHANGES_SHOWN) desk_words(&s, page_say(p, "roster.changes_more", number_words(p, CHANGES_SHOWN)));
  desk_put_table(&s, &t);
  desk_close(&s);
}

static void add_counts(struct desk *d, const struct json *body, bool taken) {
  static const struct { const char *member, *label; } counts[] = {
    { "lines", "roster.lines" }, { "added", "roster.what_added" }, { "changed", "roster.what_changed" }, { "ended", "roster.what_ended" },
  };
  const struct page *p = &d->page;
  struct desk_section s = desk_section(d, taken ? "roster.taken" : "roster.tried");
  desk_words(&s, page_say_with(p, taken ? "roster.taken_intro" : "roster.tried_intro", 0, NULL));
  desk_fact(&s, "roster.kind", desk_code(p, "roster.", page_typed(&p->r->form, "kind")), STR(""));
  desk_fact(&s, "roster.encoding", page_member(body, "encoding"), STR(""));
  for (size_t i = 0; i < COUNT_OF(counts); i++)
    desk_fact(&s, counts[i].label, page_say(p, "roster.count", number_words(p, page_int(body, counts[i].member))), STR(""));
  if (taken) {
    int64_t touched = page_int(body, "decisions_touched");
    desk_fact(&s, "roster.touched", page_say(p, "roster.count", number_words(p, touched)), STR(""));
    if (touched) desk_words(&s, page_say(p, "roster.touched_intro"));
  }
  desk_close(&s);
}

/* ---- trying and taking */

static struct http_answer run(struct http_request *r, bool preview) {
  struct desk d = desk_begin(r);
  page_set_bool(&d.page.document, "past", false);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct roster_import_request request = {
    .kind = str_eq(page_typed(&r->form, "kind"), STR("members")) ? ROSTER_MEMBERS : ROSTER_FACILITIES,
    .file_name = http_request_file_name(r), .bytes = gate_upload_bytes(r), .shift_jis = ticked(r, "shift_jis"), .whole = ticked(r, "whole"),
    .preview = preview,
  };
  str seen = seen_of(r, request.bytes);
  page_require(&d.page, fields, 1, &r->form, &f);
  if (request.bytes.n == 0) FINDING(&f, STR("/file"), &web__messages[WEB_ROSTER_FILE]);
  else if (!preview && !str_eq(seen, page_typed(&r->form, "seen"))) FINDING(&f, STR("/file"), &web__messages[WEB_ROSTER_UNSEEN]);
  if (f.count) return show(&d, 422, &r->form, &f, STR(""));
  result why = gate_roster_import(r, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_faults(&d, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  struct json body = page_body(&d.page, &out);
  add_counts(&d, &body, !preview);
  add_changes(&d, &body);
  return show(&d, HTTP_OK, preview ? &r->form : NULL, NULL, preview ? seen : STR(""));
}

static struct http_answer finish_preview(struct http_request *r) { return run(r, true); }
static struct http_answer finish_import(struct http_request *r) { return run(r, false); }
static const struct http_stream_in preview_stream = { gate_upload_begin, gate_upload_chunk, finish_preview, gate_upload_abandon };
static const struct http_stream_in import_stream = { gate_upload_begin, gate_upload_chunk, finish_import, gate_upload_abandon };

/* ---- the table */

static const struct http_parameter form[] = { OFFICE_TEXT("seen", 200), OFFICE_TEXT("kind", 20), OFFICE_TEXT("shift_jis", 4),
                                              OFFICE_TEXT("whole", 4), OFFICE_TEXT("file", 200), { 0 } };
#define ROSTER_FILE(name_, path_, stream_, ja, en)                                                                          \
  OFFICE_ROW(name_, HTTP_POST, path_, NULL, HTTP_ROLE_OWNER, ja, en), .body = HTTP_BODY_MULTIPART, .form_parameters = form, \
      .body_limit_bytes = ROSTER_MOST_BYTES + FIELDS_BYTES_MOST, .lane = HTTP_LANE_SLOW, .idempotent = true, .stream = (stream_)
static const struct http_route rows[] = {
  { OFFICE_GET("rosterPage", "/roster", get_roster, HTTP_ROLE_OWNER, "名簿を取り込む画面", "Take a roster file") },
  { ROSTER_FILE("rosterPreviewPagePost", "/roster/preview", &preview_stream, "名簿のファイルを確かめる", "Try a roster file") },
  { ROSTER_FILE("rosterImportPagePost", "/roster/import", &import_stream, "名簿を取り込む", "Take a roster file") },
};
const struct http_route_table web__roster_routes = { rows, COUNT_OF(rows) };
