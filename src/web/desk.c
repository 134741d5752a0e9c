/* desk: sections become a document, tables become rows and files. */
#include "desk.h"
#include "text.h"

struct desk desk_begin(struct http_request *r) {
  struct desk d = { .page = page_begin(r) };
  d.sections = page_list(r->arena);
  d.ways = page_list(r->arena);
  return d;
}

static struct json link_of(struct arena *a, str words, str path) {
  struct page_object o = page_object(a);
  page_set_str(&o, "words", words);
  page_set_str(&o, "path", path);
  return page_json(&o);
}

void desk_way(struct desk *d, const char *text, str path) {
  page_push(&d->ways, link_of(d->page.arena, page_say_with(&d->page, text, 0, NULL), path));
}

/* Names are looked up outwards, so whatever a section may hold is set in each. */
struct desk_section desk_section_named(struct desk *d, str heading) {
  struct arena *a = d->page.arena;
  struct desk_section s = { .desk = d, .object = page_object(a), .heading = heading, .words = page_list(a), .facts = page_list(a), .commands = page_list(a), .links = page_list(a) };
  page_set_str(&s.object, "heading", heading);
  page_set_bool(&s.object, "chart", false);
  page_set_bool(&s.object, "table", false);
  page_set_bool(&s.object, "desk_form", false);
  page_set_bool(&s.object, "tables", false);
  page_set_bool(&s.object, "progress", false);
  return s;
}

struct desk_section desk_section(struct desk *d, const char *heading) {
  return desk_section_named(d, heading ? page_say_with(&d->page, heading, 0, NULL) : STR(""));
}

void desk_words(struct desk_section *s, str words) {
  if (words.n) page_push(&s->words, json_of_str(words));
}

void desk_fact(struct desk_section *s, const char *label, str value, str link) {
  if (!value.n) return;
  struct page_object o = page_object(s->desk->page.arena);
  page_set_str(&o, "fact_label", page_say_with(&s->desk->page, label, 0, NULL));
  page_set_str(&o, "fact_value", value);
  page_set_str(&o, "fact_link", link);
  page_push(&s->facts, page_json(&o));
}

void desk_commands(struct desk_section *s, str lines) {
  page_push(&s->commands, json_of_str(lines));
}

void desk_progress(struct desk_section *s, const char *label, int64_t done, int64_t all) {
  struct page_object o = page_object(s->desk->page.arena);
  page_set_str(&o, "progress_label", page_say_with(&s->desk->page, label, 0, NULL));
  page_set_int(&o, "progress_done", done);
  page_set_int(&o, "progress_all", all);
  if (all > 0) page_set(&s->object, "progress", page_json(&o));
}

void desk_set(struct desk_section *s, const char *name, struct json value) { page_set(&s->object, name, value); }

void desk_link(struct desk_section *s, str words, str path) { page_push(&s->links, link_of(s->desk->page.arena, words, path)); }

void desk_form(struct desk_section *s, const struct page_form *form) {
  struct page *p = &s->desk->page;
  page_form(p, form);
  struct json document = page_json(&p->document);
  const struct json *made = json_get(&document, str_of(form->name));
  page_set(&s->object, "desk_form", *made);
}

void desk_close(struct desk_section *s) {
  page_set(&s->object, "section_words", page_items(&s->words));
  page_set(&s->object, "section_facts", page_items(&s->facts));
  page_set_bool(&s->object, "any_facts", s->facts.count > 0);
  page_set(&s->object, "section_commands", page_items(&s->commands));
  page_set(&s->object, "section_links", page_items(&s->links));
  page_set_bool(&s->object, "any_links", s->links.count > 0);
  page_push(&s->desk->sections, page_json(&s->object));
}

struct http_answer desk_answer(struct desk *d, int status, const char *title, str argument) {
  if (d->file.status) return d->file;
  page_set(&d->page.document, "ways", page_items(&d->ways));
  page_set_bool(&d->page.document, "any_ways", d->ways.count > 0);
  page_set(&d->page.document, "sections", page_items(&d->sections));
  return page_answer(&d->page, status, "desk", page_say_with(&d->page, title, 1, &argument));
}

/* ---- tables */

/* A spreadsheet takes what begins with one of these for a formula, full-width ones too: it gets an apostrophe before it. */
static bool is_formula(str s) {
  static const char *const begins[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };
  for (size_t i = 0; i < COUNT_OF(begins); i++)
    if (str_starts(s, str_of(begins[i]))) return true;
  return false;
}

static bool is_number(str s) {
  for (size_t i = s.n && s.p[0] == '-' ? 1 : 0; i < s.n; i++)
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  return s.n > 0;
}

static void write_cell(struct buf *out, str text, bool last) {
  buf_byte(out, '"');
  if (is_formula(text) && !is_number(text)) buf_byte(out, '\'');
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '"') buf_byte(out, '"');
    buf_byte(out, text.p[i]);
  }
  buf_add(out, last ? STR("\"\r\n") : STR("\","));
}

struct desk_table desk_table_named(struct desk *d, str caption, const char *csv, const str *columns, size_t count) {
  struct arena *a = d->page.arena;
  struct desk_table t = { .desk = d, .caption = caption, .csv = csv, .columns = count, .head = columns,
                          .amounts = ARENA_ARRAY(a, bool, count), .rows = page_list(a), .file = buf_in(a) };
  buf_add(&t.file, STR("\xEF\xBB\xBF"));
  for (size_t i = 0; i < count; i++) {
    t.amounts[i] = false;
    write_cell(&t.file, columns[i], i + 1 == count);
  }
  return t;
}

struct desk_table desk_table(struct desk *d, const char *caption, const char *csv, const char *const *columns, size_t count) {
  str *words = ARENA_ARRAY(d->page.arena, str, count);
  for (size_t i = 0; i < count; i++) words[i] = page_say_with(&d->page, columns[i], 0, NULL);
  return desk_table_named(d, page_say_with(&d->page, caption, 0, NULL), csv, words, count);
}

void desk_row(struct desk_table *t, const struct desk_cell *cells) {
  struct arena *a = t->desk->page.arena;
  struct page_list row = page_list(a);
  for (size_t i = 0; i < t->columns; i++) {
    struct page_object o = page_object(a);
    page_set_str(&o, "cell_text", cells[i].text);
    page_set_str(&o, "cell_link", cells[i].text.n ? cells[i].link : STR(""));
    page_set_str(&o, "cell_note", cells[i].note);
    page_set_bool(&o, "cell_amount", cells[i].amount);
    t->amounts[i] = t->amounts[i] || cells[i].amount;
    page_push(&row, page_json(&o));
    write_cell(&t->file, cells[i].raw.n ? cells[i].raw : cells[i].text, i + 1 == t->columns);
  }
  struct page_object o = page_object(a);
  page_set(&o, "cells", page_items(&row));
  page_push(&t->rows, page_json(&o));
}

struct desk_cell desk_number(const struct desk *d, int64_t n) {
  str text = str_format(d->page.arena, "%lld", (long long)n);
  return (struct desk_cell){ .text = text, .amount = true };
}

struct desk_cell desk_yen(const struct desk *d, int64_t amount_yen) {
  return (struct desk_cell){ .text = page_yen(&d->page, amount_yen), .raw = str_format(d->page.arena, "%lld", (long long)amount_yen),
                             .amount = true };
}

/* This page's own address, with csv=<name> behind what it asked for. */
static str file_path(const struct desk_table *t) {
  str target = t->desk->page.r->target;
  bool asked = memchr(target.p, '?', target.n) != NULL;
  return str_format(t->desk->page.arena, "%.*s%scsv=%s", STR_ARG(target), asked ? "&" : "?", t->csv);
}

static struct json head_of(const struct desk_table *t) {
  struct page_list head = page_list(t->desk->page.arena);
  for (size_t i = 0; i < t->columns; i++) {
    struct page_object o = page_object(t->desk->page.arena);
    page_set_str(&o, "head_text", t->head[i]);
    page_set_bool(&o, "head_amount", t->amounts[i]);
    page_push(&head, page_json(&o));
  }
  return page_items(&head);
}

/* A caption that the heading above says already is told to readers of the table alone. */
void desk_put_table(struct desk_section *s, const struct desk_table *t) {
  struct page_object o = page_object(s->desk->page.arena);
  if (desk_wants(s->desk, t)) s->desk->file = desk_file(s->desk, t);
  page_set_str(&o, "caption", t->caption);
  page_set_bool(&o, "caption_said", str_eq(t->caption, s->heading));
  page_set(&o, "head", head_of(t));
  page_set(&o, "rows", page_items(&t->rows));
  page_set_bool(&o, "any_rows", t->rows.count > 0);
  page_set_str(&o, "csv_path", t->csv && t->rows.count ? file_path(t) : STR(""));
  page_set(&s->object, "table", page_json(&o));
}

bool desk_wants(const struct desk *d, const struct desk_table *t) {
  if (!t->csv) return false;
  const struct http_value *csv = http_value(&d->page.r->query, "csv");
  return csv->present && str_eq(csv->text, str_of(t->csv));
}

struct http_answer desk_file(struct desk *d, const struct desk_table *t) {
  struct http_answer answer = http_bytes(HTTP_OK, "text/csv; charset=utf-8", buf_str(&t->file));
  http_answer_attachment(d->page.r, &answer, str_format(d->page.arena, "%s.csv", t->csv));
  return answer;
}

/* ---- charts */

enum { CHART_WIDTH = 360, BAR_STEP = 44, BAR_HEIGHT = 16, BAR_TOP = 20 };

static int64_t longest(const struct desk_bar *bars, size_t count) {
  int64_t most = 1;
  for (size_t i = 0; i < count; i++)
    if (bars[i].length > most) most = bars[i].length;
  return most;
}

void desk_chart(struct desk_section *s, const char *name, const char *title, const struct desk_bar *bars, size_t count) {
  struct page *p = &s->desk->page;
  struct page_list list = page_list(p->arena);
  struct page_object chart = page_object(p->arena);
  struct buf told = buf_in(p->arena);
  int64_t most = longest(bars, count);
  if (count == 0) return;
  for (size_t i = 0; i < count; i++) {
    struct page_object o = page_object(p->arena);
    int64_t top = (int64_t)i * BAR_STEP;
    buf_format(&told, "%s%.*s: %.*s", i ? "; " : "", STR_ARG(bars[i].label), STR_ARG(bars[i].value));
    page_set(&o, "bar_label", json_of_str(bars[i].label));
    page_set(&o, "bar_value", json_of_str(bars[i].value));
    page_set(&o, "bar_text_y", json_of_int(p->arena, top + 14));
    page_set(&o, "bar_y", json_of_int(p->arena, top + BAR_TOP));
    page_set(&o, "bar_width", json_of_int(p->arena, bars[i].length > 0 ? 1 + bars[i].length * (CHART_WIDTH - 1) / most : 0));
    page_push(&list, page_json(&o));
  }
  page_set_str(&chart, "chart_id", str_format(p->arena, "chart-%s", name));
  page_set_str(&chart, "chart_title", page_say_with(p, title, 0, NULL));
  page_set_str(&chart, "chart_told", buf_str(&told));
  page_set_int(&chart, "chart_height", (int64_t)count * BAR_STEP);
  page_set_int(&chart, "chart_width", CHART_WIDTH);
  page_set_int(&chart, "bar_height", BAR_HEIGHT);
  page_set(&chart, "bars", page_items(&list));
  page_set(&s->object, "chart", page_json(&chart));
}

/* ---- searches */

struct http_answer desk_ask(struct http_request *r, const char *path) {
  enum { ASKED_MOST = 10 };
  struct http_pair asked[ASKED_MOST];
  size_t n = 0;
  for (const struct http_parameter *p = r->form.declared; p->name; p++) {
    str value = str_trim(page_typed(&r->form, p->name));
    assert(n < ASKED_MOST);
    if (value.n) asked[n++] = (struct http_pair){ str_of(p->name), value };
  }
  if (n == 0) return page_go(r, str_of(path), NULL);
  return page_go(r, str_format(r->arena, "%s?%.*s", path, STR_ARG(http_values_write(r->arena, asked, n))), NULL);
}

/* ---- documents */

day desk_day(const struct json *object, const char *name) {
  day d;
  return day_parse(page_member(object, name), &d) ? d : DAY_NONE;
}

const struct json *desk_list(const struct json *object, const char *name, uint32_t *count) {
  const struct json *found = object ? json_get(object, str_of(name)) : NULL;
  *count = found && found->kind == JSON_KIND_ARRAY ? found->count : 0;
  return *count ? found->as.items : NULL;
}

str desk_value(const struct page *p, const struct json *value) {
  if (!value || value->kind == JSON_KIND_NULL) return STR("–");
  if (value->kind == JSON_KIND_STRING) return json_text(value);
  if (value->kind == JSON_KIND_TRUE) return p->english ? STR("yes") : STR("はい");
  if (value->kind == JSON_KIND_FALSE) return p->english ? STR("no") : STR("いいえ");
  if (value->kind == JSON_KIND_ARRAY && value->count == 0) return STR("–");
  return json_dump(p->arena, value);
}

str desk_code(const struct page *p, const char *prefix, str code) {
  const struct page_text *text = web__text_find(str_format(p->arena, "%s%.*s", prefix, STR_ARG(code)));
  return !text ? code : str_of(p->english ? text->en : text->ja);
}

str desk_path(struct arena *a, const char *pattern, str id) {
  struct buf out = buf_in(a);
  const char *slot = strstr(pattern, "%s");
  assert(slot);
  buf_add(&out, (str){ pattern, (size_t)(slot - pattern) });
  buf_add(&out, id);
  buf_add(&out, str_of(slot + 2));
  return buf_str(&out);
}
