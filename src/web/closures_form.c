/* closures_form: see the header. */
#include "closures_form.h"

#include "shienkin/value.h"

enum { ROWS_SPARE = 2 };

static const struct json *closures_of(const struct json *document, size_t *count) {
  const struct json *closures = json_at(document, STR("/facts/closures"));
  bool list = closures && closures->kind == JSON_KIND_ARRAY;
  *count = list ? closures->count : 0;
  return list ? closures->as.items : NULL;
}

/* ---- what was typed */

static str nth(struct http_value_list list, size_t i) { return i < list.count ? str_trim(list.items[i].text) : STR(""); }

struct json closures_form__read(const struct page *p, bool ongoing) {
  struct http_value_list from = http_value_list(&p->r->form, "from[]"), to = http_value_list(&p->r->form, "to[]");
  struct http_value_list scope = http_value_list(&p->r->form, "scope[]");
  struct page_list rows = page_list(p->arena);
  size_t count = from.count > to.count ? from.count : to.count, last = 0;
  for (size_t i = 0; i < count; i++)
    if (nth(from, i).n || nth(to, i).n) last = i;
  for (size_t i = 0; i < count; i++) {
    str first = nth(from, i), end = nth(to, i), kind = nth(scope, i);
    if (first.n == 0 && end.n == 0) continue;
    if (ongoing && i == last) end = day_text(p->arena, day_in_japan(p->r->at_us));
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "from", first.n ? first : end);
    page_set_str(&o, "to", end.n ? end : first);
    page_set_str(&o, "scope", kind.n ? kind : STR("all"));
    page_push(&rows, page_json(&o));
  }
  return page_items(&rows);
}

/* ---- as it is shown */

static str scope_words(const struct page *p, str scope) {
  if (str_eq(scope, STR("new_patients"))) return page_say(p, "filing.scope_new");
  return str_eq(scope, STR("partial")) ? page_say(p, "filing.scope_partial") : page_say(p, "filing.scope_all");
}

static str fault_of_row(const struct page *p, const struct findings *f, size_t i) {
  str pointer = str_format(p->arena, "/facts/closures/%zu/", i);
  for (size_t k = 0; f && k < f->count; k++)
    if (str_starts(f->items[k].pointer, pointer)) return p->english ? f->items[k].en : f->items[k].ja;
  return STR("");
}

static struct json row_of(struct page *p, const struct json *closure, size_t i, const struct findings *f) {
  struct page_object o = page_object(p->arena);
  str scope = closure ? page_member(closure, "scope") : STR("all"), wrong = fault_of_row(p, f, i);
  page_set(&o, "from", json_of_str(closure ? page_member(closure, "from") : STR("")));
  page_set(&o, "to", json_of_str(closure ? page_member(closure, "to") : STR("")));
  page_set_str(&o, "n", str_format(p->arena, "%zu", i + 1));
  page_set_str(&o, "row", str_format(p->arena, "f-row%zu", i));
  page_set_bool(&o, "new_patients", str_eq(scope, STR("new_patients")));
  page_set_bool(&o, "partial", str_eq(scope, STR("partial")));
  page_set_str(&o, "error", wrong);
  page_set_str(&o, "error_id", wrong.n ? str_format(p->arena, "f-row%zu-error", i) : STR(""));
  return page_json(&o);
}

size_t closures_form__rows(struct page *p, const struct json *document, const struct findings *f) {
  size_t known;
  const struct json *closures = closures_of(document, &known);
  struct page_list rows = page_list(p->arena);
  size_t shown = known + ROWS_SPARE > CLOSURES_MOST ? CLOSURES_MOST : known + ROWS_SPARE;
  for (size_t i = 0; i < shown; i++) page_push(&rows, row_of(p, i < known ? &closures[i] : NULL, i, f));
  page_set(&p->document, "rows", page_items(&rows));
  return shown;
}

void closures_form__fields(struct arena *a, struct page_field *fields, size_t rows) {
  for (size_t i = 0; i < rows; i++)
    fields[i] = (struct page_field){ .name = str_z(a, str_format(a, "row%zu", i)), .label = "filing.period",
                                     .pointer = str_z(a, str_format(a, "/facts/closures/%zu", i)), .optional = true };
}

static str day_words(const struct page *p, str typed) {
  day d;
  return day_parse(typed, &d) ? page_day(p, d) : typed;
}

str closures_form__words(const struct page *p, const struct json *document) {
  size_t count;
  const struct json *closures = closures_of(document, &count);
  struct buf out = buf_in(p->arena);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_byte(&out, '\n');
    buf_add(&out, page_say(p, "mine.period", day_words(p, page_member(&closures[i], "from")), day_words(p, page_member(&closures[i], "to")),
                           scope_words(p, page_member(&closures[i], "scope"))));
  }
  return buf_str(&out);
}

/* ---- regular days off */

static const struct question weekdays[] = { CLOSURES_FORM_WEEKDAYS };

static bool is_ticked(const struct json *document, const struct question *q) {
  const struct json *value = json_at(document, str_of(q->key));
  return value && value->kind == JSON_KIND_TRUE;
}

struct json closures_form__days_off(const struct page *p, const struct json *document) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(weekdays); i++)
    if (is_ticked(document, &weekdays[i])) page_push(&list, json_of_str(str_of(weekdays[i].key + strlen("/asked/weekday_"))));
  return page_items(&list);
}

void closures_form__show_weekdays(struct page *p, const struct json *document) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(weekdays); i++) {
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "weekday_name", str_of(weekdays[i].field.name));
    page_set_str(&o, "weekday_label", page_say_with(p, weekdays[i].field.label, 0, NULL));
    page_set_bool(&o, "weekday_chosen", is_ticked(document, &weekdays[i]));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "weekdays", page_items(&list));
}

str closures_form__days_off_words(const struct page *p, const struct json *facility) {
  const struct json *days = json_get(facility, STR("closed_weekdays"));
  struct buf out = buf_in(p->arena);
  str between = p->english ? STR(", ") : STR("、");
  for (uint32_t i = 0; days && days->kind == JSON_KIND_ARRAY && i < days->count; i++) {
    if (out.n) buf_add(&out, between);
    buf_add(&out, page_say_with(p, str_z(p->arena, str_format(p->arena, "filing.weekday_%.*s", STR_ARG(json_text(&days->as.items[i])))), 0, NULL));
  }
  if (page_flag(facility, "closed_on_holidays")) {
    if (out.n) buf_add(&out, between);
    buf_add(&out, page_say(p, "filing.roster_holidays"));
  }
  return buf_str(&out);
}
