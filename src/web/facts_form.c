/* facts_form: see the header. */
#include "facts_form.h"
#include "shienkin/text.h"

const struct page_choice facts_form__tri[3] = { { "yes", "filing.yes" }, { "no", "filing.no" }, { "unknown", "filing.unknown" } };

/* ---- places */

struct json facts_form__put(struct arena *a, const struct json *document, str key, const struct json *value) {
  str rest, head = str_cut(str_slice(key, 1, key.n), '/', &rest);
  struct page_object o = page_object(a);
  for (uint32_t i = 0; document && document->kind == JSON_KIND_OBJECT && i < document->count; i++)
    if (!str_eq(document->as.members[i].name, head))
      page_set(&o, str_z(a, document->as.members[i].name), document->as.members[i].value);
  const struct json *inside = document ? json_get(document, head) : NULL;
  const char *name = str_z(a, head);
  if (!rest.p) {
    if (value) page_set(&o, name, *value);
  } else if (value || inside) {
    page_set(&o, name, facts_form__put(a, inside, str_format(a, "/%.*s", STR_ARG(rest)), value));
  }
  return page_json(&o);
}

/* ---- what was typed, as values */

/* A day as the contract wants it; what is none stays as it was typed. */
static str day_of(struct arena *a, str typed) {
  day d;
  return day_read(a, typed, &d) ? day_text(a, d) : typed;
}

static bool lines_of(struct arena *a, str typed, bool days, struct json *out) {
  struct page_list list = page_list(a);
  for (str rest = typed; rest.p;) {
    str line = str_trim(str_cut(rest, '\n', &rest));
    if (line.n) page_push(&list, json_of_str(days ? day_of(a, line) : line));
  }
  *out = page_items(&list);
  return list.count > 0;
}

static struct json count_of(struct arena *a, str typed) {
  int64_t number;
  str plain = text_nfkc(a, typed);
  struct buf digits = buf_in(a);
  for (size_t i = 0; i < plain.n; i++)
    if (plain.p[i] != ',') buf_byte(&digits, plain.p[i]);
  return str_to_int64(buf_str(&digits), &number) ? json_of_int(a, number) : json_of_str(typed);
}

/* False: there is no answer. */
static bool answer_of(struct arena *a, enum question_kind kind, str typed, struct json *out) {
  str said = str_trim(typed);
  if (said.n == 0) return false;
  bool unknown = str_eq(said, STR("unknown"));
  switch (kind) {
    case QUESTION_TRI:
      *out = unknown ? json_of_null() : json_of_bool(str_eq(said, STR("yes")));
      return true;
    case QUESTION_WORD: *out = unknown ? json_of_null() : json_of_str(said); return true;
    case QUESTION_COUNT: *out = count_of(a, said); return true;
    case QUESTION_LINES:
    case QUESTION_DAYS: return lines_of(a, said, kind == QUESTION_DAYS, out);
    case QUESTION_FLAG: *out = json_of_bool(true); return true;
    case QUESTION_DAY: *out = json_of_str(day_of(a, said)); return true;
    case QUESTION_TEXT: break;
  }
  *out = json_of_str(said);
  return true;
}

struct json facts_form__read(const struct page *p, const struct json *document, const struct question *table, size_t count,
                             const struct http_values *posted) {
  struct json out = *document;
  for (size_t i = 0; i < count; i++) {
    struct json value;
    bool given = answer_of(p->arena, table[i].kind, page_typed(posted, table[i].field.name), &value);
    out = facts_form__put(p->arena, &out, str_of(table[i].key), given ? &value : NULL);
  }
  return out;
}

/* ---- values, as they stand in fields */

static str lines_text(struct arena *a, const struct json *value) {
  struct buf out = buf_in(a);
  for (uint32_t i = 0; i < value->count; i++) {
    if (i) buf_byte(&out, '\n');
    if (value->as.items[i].kind == JSON_KIND_STRING) buf_add(&out, json_text(&value->as.items[i]));
  }
  return buf_str(&out);
}

static str text_at(const struct page *p, const struct json *document, const struct question *q) {
  const struct json *value = json_at(document, str_of(q->key));
  if (!value) return STR("");
  switch (value->kind) {
    case JSON_KIND_NULL: return STR("unknown");
    case JSON_KIND_TRUE: return STR("yes");
    case JSON_KIND_FALSE: return STR("no");
    case JSON_KIND_STRING:
    case JSON_KIND_INTEGER:
    case JSON_KIND_DECIMAL: return json_text(value);
    case JSON_KIND_ARRAY: return lines_text(p->arena, value);
    case JSON_KIND_OBJECT: break;
  }
  return STR("");
}

struct json facts_form__values(const struct page *p, const struct json *document, const struct question *table, size_t count) {
  struct page_object o = page_object(p->arena);
  for (size_t i = 0; i < count; i++) page_set(&o, table[i].field.name, json_of_str(text_at(p, document, &table[i])));
  return page_json(&o);
}

const struct page_field *facts_form__fields(struct arena *a, const struct question *table, size_t count) {
  struct page_field *fields = ARENA_ARRAY(a, struct page_field, count);
  for (size_t i = 0; i < count; i++) {
    fields[i] = table[i].field;
    if (!fields[i].pointer) fields[i].pointer = table[i].key;
  }
  return fields;
}

static str joined_lines(const struct page *p, str text, bool days) {
  struct buf out = buf_in(p->arena);
  for (str rest = text; rest.p && rest.n;) {
    str line = str_cut(rest, '\n', &rest);
    day d;
    if (out.n) buf_add(&out, p->english ? STR(", ") : STR("、"));
    buf_add(&out, days && day_parse(line, &d) ? page_day(p, d) : line);
  }
  return buf_str(&out);
}

str facts_form__words(const struct page *p, const struct json *document, const struct question *q) {
  str text = text_at(p, document, q);
  day d;
  for (size_t i = 0; i < q->field.choice_count; i++)
    if (text.n && str_eq(text, str_of(q->field.choices[i].value))) return page_say_with(p, q->field.choices[i].text, 0, NULL);
  if (q->kind == QUESTION_DAY && day_parse(text, &d)) return page_day(p, d);
  if (q->kind == QUESTION_FLAG) return text.n ? page_say_with(p, "filing.yes", 0, NULL) : text;
  return q->kind == QUESTION_LINES || q->kind == QUESTION_DAYS ? joined_lines(p, text, q->kind == QUESTION_DAYS) : text;
}

str facts_form__seen(struct arena *a, const struct json *document, const char *member) {
  const struct json *shown = json_get(document, str_of(member));
  struct sha256 digest = sha256_of(shown ? json_dump(a, shown) : STR(""));
  return base64url_encode(a, (str){ (const char *)digest.bytes, sizeof digest.bytes });
}

bool facts_form__differ(struct page *p, const struct json *theirs, const struct json *yours, const struct question *table, size_t count) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < count; i++) {
    str saved = facts_form__words(p, theirs, &table[i]), typed = facts_form__words(p, yours, &table[i]);
    if (str_eq(saved, typed)) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "label", page_say_with(p, table[i].field.label, 0, NULL));
    page_set_str(&o, "theirs", saved.n ? saved : page_say(p, "filing.empty"));
    page_set_str(&o, "yours", typed.n ? typed : page_say(p, "filing.empty"));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "stale", page_items(&list));
  page_set_bool(&p->document, "stale_any", list.count > 0);
  return list.count > 0;
}
