/* page_form: fields with their labels, hints, values and errors, and the summary of errors with its links. */
#include "messages.h"
#include "page.h"

static const char *const types[] = {
  [PAGE_LINE] = "text", [PAGE_PASSWORD] = "password", [PAGE_CODE] = "text", [PAGE_DAY] = "date", [PAGE_NUMBER] = "text",
};

str page_typed(const struct http_values *posted, const char *name) {
  const struct http_value *value = http_value(posted, name);
  return value->present ? value->text : STR("");
}

void page_require(const struct page *p, const struct page_field *fields, size_t count, const struct http_values *posted,
                  struct findings *f) {
  for (size_t i = 0; i < count; i++) {
    if (fields[i].optional || str_trim(page_typed(posted, fields[i].name)).n) continue;
    const struct page_text *label = web__text_find(str_of(fields[i].label));
    assert(label && "a field has a label");
    str place = fields[i].pointer ? str_of(fields[i].pointer) : pointer_member(p->arena, STR(""), str_of(fields[i].name));
    FINDING(f, place, &web__messages[WEB_REQUIRED], str_of(label->ja), str_of(label->en));
  }
}

/* ---- whose finding it is */

static bool is_at(const struct page *p, const struct page_field *field, str pointer) {
  str own = field->pointer ? str_of(field->pointer) : pointer_member(p->arena, STR(""), str_of(field->name));
  return str_starts(pointer, own) && (pointer.n == own.n || pointer.p[own.n] == '/');
}

static const struct finding *finding_of(const struct page *p, const struct page_form *form, const struct page_field *field) {
  for (size_t i = 0; form->findings && i < form->findings->count; i++)
    if (is_at(p, field, form->findings->items[i].pointer)) return &form->findings->items[i];
  return NULL;
}

static str words_of(const struct page *p, const struct finding *f) { return p->english ? f->en : f->ja; }

/* ---- fields */

static str value_of(const struct page_form *form, const struct page_field *field) {
  if (field->kind == PAGE_PASSWORD) return STR("");
  if (form->posted) return page_typed(form->posted, field->name);
  return form->values ? page_member(form->values, field->name) : STR("");
}

static struct json choices_of(struct page *p, const struct page_field *field, str value) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < field->choice_count; i++) {
    str own = str_of(field->choices[i].value);
    struct page_object o = page_object(p->arena);
    page_set(&o, "choice_value", json_of_str(own));
    page_set_str(&o, "choice_label", field->said ? field->said[i] : page_say_with(p, field->choices[i].text, 0, NULL));
    page_set_str(&o, "choice_id", i ? str_format(p->arena, "f-%s-%zu", field->name, i) : str_format(p->arena, "f-%s", field->name));
    page_set_bool(&o, "chosen", str_eq(own, value));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static void set_kind(struct page_object *o, enum page_input kind) {
  page_set_bool(o, "is_area", kind == PAGE_AREA);
  page_set_bool(o, "is_select", kind == PAGE_SELECT);
  page_set_bool(o, "is_radio", kind == PAGE_RADIO);
  page_set_bool(o, "is_check", kind == PAGE_CHECK);
  page_set_bool(o, "is_input", kind <= PAGE_CODE || kind == PAGE_DAY || kind == PAGE_NUMBER);
  page_set_bool(o, "is_code", kind == PAGE_CODE);
  page_set_str(o, "type", kind < COUNT_OF(types) && types[kind] ? str_of(types[kind]) : STR(""));
  page_set_str(o, "inputmode", kind == PAGE_NUMBER ? STR("numeric") : STR(""));
}

static struct json field_of(struct page *p, const struct page_form *form, const struct page_field *field) {
  struct arena *a = p->arena;
  const struct finding *wrong = finding_of(p, form, field);
  str value = value_of(form, field), name = str_of(field->name);
  str hint_id = field->hint ? str_format(a, "f-%s-hint", field->name) : STR("");
  str error_id = wrong ? str_format(a, "f-%s-error", field->name) : STR("");
  struct page_object o = page_object(a);
  set_kind(&o, field->kind);
  page_set_str(&o, "field_name", name);
  page_set_str(&o, "id", str_format(a, "f-%s", field->name));
  page_set_str(&o, "label", page_say_with(p, field->label, 0, NULL));
  page_set_str(&o, "hint", field->hint ? page_say_with(p, field->hint, 0, NULL) : STR(""));
  page_set_str(&o, "hint_id", hint_id);
  page_set_str(&o, "error", wrong ? words_of(p, wrong) : STR(""));
  page_set_str(&o, "error_id", error_id);
  page_set_str(&o, "described_by", str_trim(str_format(a, "%.*s %.*s", STR_ARG(error_id), STR_ARG(hint_id))));
  page_set_bool(&o, "optional", field->optional);
  page_set_str(&o, "autocomplete", field->autocomplete ? str_of(field->autocomplete) : STR(""));
  page_set(&o, "value", json_of_str(value));
  page_set_bool(&o, "checked", field->kind == PAGE_CHECK && str_eq(value, STR("yes")));
  page_set(&o, "choices", choices_of(p, field, value));
  return page_json(&o);
}

/* ---- hidden ones */

static void push_hidden(struct page *p, struct page_list *list, str name, struct json value) {
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "hidden_name", name);
  page_set(&o, "hidden_value", value);
  page_push(list, page_json(&o));
}

/* A key for each showing: the same form sent twice by a double click is one change, a form that came back is a new try. */
static struct json hidden_of(struct page *p, const struct page_form *form) {
  struct page_list list = page_list(p->arena);
  if (p->r->identity) push_hidden(p, &list, STR("csrf_token"), json_of_str(p->r->identity->csrf_token));
  if (form->once) {
    struct uuid key = uuid_v7(&p->gate->service->clock, &p->gate->service->randomness);
    push_hidden(p, &list, STR("idempotency_key"), json_of_str(uuid_outside(p->arena, "frm_", key)));
  }
  for (size_t i = 0; i < form->hidden_count; i++) push_hidden(p, &list, form->hidden[i].name, form->hidden[i].value);
  return page_items(&list);
}

/* ---- the summary */

static const struct page_place *place_of(const struct page_form *form, str pointer) {
  for (size_t i = 0; i < form->place_count; i++)
    if (str_eq(form->places[i].pointer, pointer)) return &form->places[i];
  return NULL;
}

static const struct page_field *field_at(const struct page *p, const struct page_form *form, str pointer) {
  for (size_t i = 0; i < form->count; i++)
    if (is_at(p, &form->fields[i], pointer)) return &form->fields[i];
  return NULL;
}

static str link_of(const struct page *p, const struct page_form *form, str pointer) {
  const struct page_field *field = field_at(p, form, pointer);
  if (field) return str_format(p->arena, "#f-%s", field->name);
  const struct page_place *place = place_of(form, pointer);
  return place ? place->link : STR("");
}

/* Far from its field a message names it, unless it does so itself. */
static str message_of(const struct page *p, const struct page_form *form, const struct finding *f) {
  const struct page_field *field = field_at(p, form, f->pointer);
  const struct page_place *place = field ? NULL : place_of(form, f->pointer);
  str said = words_of(p, f), name = field ? page_say_with(p, field->label, 0, NULL) : place ? place->name : STR("");
  if (name.n == 0 || str_find(said, name) >= 0) return said;
  return str_format(p->arena, p->english ? "%.*s: %.*s" : "%.*s：%.*s", STR_ARG(name), STR_ARG(said));
}

static void add_errors(struct page *p, const struct page_form *form) {
  if (!form->findings || form->findings->count == 0) return;
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < form->findings->count; i++) {
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "message", message_of(p, form, &form->findings->items[i]));
    page_set_str(&o, "link", link_of(p, form, form->findings->items[i].pointer));
    page_push(&list, page_json(&o));
  }
  struct page_object errors = page_object(p->arena);
  page_set(&errors, "list", page_items(&list));
  page_set(&p->document, "errors", page_json(&errors));
  p->wrong = true;
}

void page_form(struct page *p, const struct page_form *form) {
  struct page_object o = page_object(p->arena);
  struct page_list all = page_list(p->arena);
  page_set_str(&o, "action", form->action);
  page_set_str(&o, "submit", page_say_with(p, form->submit, 0, NULL));
  page_set(&o, "hidden", hidden_of(p, form));
  for (size_t i = 0; i < form->count; i++) {
    struct json field = field_of(p, form, &form->fields[i]);
    page_push(&all, field);
    page_set(&o, form->fields[i].name, field);
  }
  page_set(&o, "all", page_items(&all));
  page_set(&p->document, form->name, page_json(&o));
  add_errors(p, form);
}
