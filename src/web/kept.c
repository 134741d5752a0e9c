/* kept: see the header. As text it is base64url of JSON: {to, back, fields: [[name, value, whether people wrote at length]]}. */
#include "kept.h"

enum { LONG_CHARACTERS = 1000 };        /* a field that may hold so much is a text, not a choice */

/* ---- taking it up */

static bool of_this_house(const struct http_request *r) {
  str site = http_request_header(r, "Sec-Fetch-Site"), origin = http_request_header(r, "Origin");
  return str_eq(site, STR("same-origin")) || (site.n == 0 && str_eq(origin, http_request_origin(r)));
}

static const struct http_parameter *declared(const struct http_request *r, str name) {
  for (const struct http_parameter *p = r->route->form_parameters; p && p->name; p++)
    if (str_eq(name, str_of(p->name))) return p;
  return NULL;
}

static bool has_secret(const struct http_request *r) {
  for (const struct http_parameter *p = r->route->form_parameters; p && p->name; p++)
    if (p->secret) return true;
  return false;
}

bool kept__carries(const struct http_request *r) {
  return r->route && r->route->body == HTTP_BODY_FORM && declared(r, STR("kept"));
}

static str value_of(const struct http_pair *pairs, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(pairs[i].name, str_of(name))) return pairs[i].value;
  return STR("");
}

static struct json field_of(const struct http_request *r, const struct http_pair *pair) {
  const struct http_parameter *known = declared(r, pair->name);
  bool written = known && known->most >= LONG_CHARACTERS && !known->repeated && pair->value.n > 0;
  struct page_list three = page_list(r->arena);
  page_push(&three, json_of_str(pair->name));
  page_push(&three, json_of_str(pair->value));
  page_push(&three, json_of_bool(written));
  return page_items(&three);
}

str kept__referrer(const struct http_request *r) {
  str referrer = http_request_header(r, "Referer"), own = http_request_origin(r);
  return str_starts(referrer, own) ? page_local_path(str_slice(referrer, own.n, referrer.n), STR("/")) : STR("/");
}

static str written_down(const struct http_request *r, const struct http_pair *pairs, size_t count) {
  struct page_object o = page_object(r->arena);
  struct page_list fields = page_list(r->arena);
  for (size_t i = 0; i < count; i++)
    if (!str_eq(pairs[i].name, STR("csrf_token"))) page_push(&fields, field_of(r, &pairs[i]));
  if (fields.count == 0) return STR("");
  page_set(&o, "to", json_of_str(r->target));
  page_set(&o, "back", json_of_str(kept__referrer(r)));
  page_set(&o, "fields", page_items(&fields));
  struct json whole = page_json(&o);
  str text = base64url_encode(r->arena, json_dump(r->arena, &whole));
  return text.n <= KEPT_MOST_BYTES ? text : STR("");
}

str kept__of(struct http_request *r) {
  struct findings f = findings_in(r->arena);
  struct http_pair *pairs;
  size_t count;
  bool form = r->method == HTTP_POST && r->route && r->route->body == HTTP_BODY_FORM && r->body.n > 0;
  if (!form || !of_this_house(r)) return STR("");
  if (http_pairs_read(r->arena, r->body, STR(""), &f, &pairs, &count) != RESULT_OK) return STR("");
  if (kept__carries(r)) return value_of(pairs, count, "kept");
  bool public = (r->route->realms & HTTP_PUBLIC) != 0;
  return public || has_secret(r) ? STR("") : written_down(r, pairs, count);
}

/* ---- showing it */

/* again: whoever it is was not asked; the form goes back as it came, under its key. */
static const struct { const char *title, *hint, *submit; bool again; } words[] = {
  [KEPT_SIGNED_IN] = { "kept.title", "kept.signed_in", "kept.send", false },
  [KEPT_OLD] = { "kept.title", "kept.old", "kept.send", false },
  [KEPT_BUSY] = { "kept.title", "kept.busy", "kept.again", true },
  [KEPT_UNSURE] = { "kept.unsure_title", "kept.unsure", "kept.again", true },
  [KEPT_FAULT] = { "kept.title", "kept.fault", "kept.again", true },
};

/* What was kept: where it goes, and its fields: those to be shown in boxes, those that only travel. */
struct kept { str to, back; struct json_member *hidden; size_t hidden_count; struct page_field *boxes; size_t box_count; struct page_object values; };

static bool read_whole(struct arena *a, str text, struct json *whole) {
  struct findings f = findings_in(a);
  str bytes;
  if (text.n == 0 || base64url_decode(a, text, &bytes) != RESULT_OK) return false;
  return json_read(a, bytes, (struct json_limits){ .bytes = KEPT_MOST_BYTES }, &f, whole) == RESULT_OK;
}

static void add_field(struct page *p, struct kept *k, const struct json *field, bool may_change) {
  const struct json *part = field->as.items;
  bool plain = field->kind == JSON_KIND_ARRAY && field->count == 3 && part[0].kind == JSON_KIND_STRING && part[1].kind == JSON_KIND_STRING;
  if (!plain) return;
  if (!may_change || part[2].kind != JSON_KIND_TRUE) {
    k->hidden[k->hidden_count++] = (struct json_member){ json_text(&part[0]), part[1] };
    return;
  }
  const char *name = str_z(p->arena, json_text(&part[0]));
  k->boxes[k->box_count++] = (struct page_field){ .name = name, .kind = PAGE_AREA, .label = "kept.typed" };
  page_set(&k->values, name, part[1]);
}

static bool read_kept(struct page *p, str text, bool may_change, struct kept *k) {
  struct json whole;
  if (!read_whole(p->arena, text, &whole)) return false;
  const struct json *fields = json_get(&whole, STR("fields"));
  if (!fields || fields->kind != JSON_KIND_ARRAY) return false;
  *k = (struct kept){ .to = page_local_path(page_member(&whole, "to"), STR("")),
                      .back = page_local_path(page_member(&whole, "back"), STR("/")),
                      .hidden = ARENA_ARRAY(p->arena, struct json_member, fields->count + 1),
                      .boxes = ARENA_ARRAY(p->arena, struct page_field, fields->count), .values = page_object(p->arena) };
  for (uint32_t i = 0; i < fields->count; i++) add_field(p, k, &fields->as.items[i], may_change);
  return k->to.n > 0;
}

/* Read only: what people wrote, that they see that it is still there. */
static void add_written(struct page *p, const struct kept *k) {
  enum { WORTH_SHOWING = 12 };          /* bytes: words, not codes and versions */
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < k->hidden_count; i++) {
    const struct http_parameter *known = declared(p->r, k->hidden[i].name);
    str value = json_text(&k->hidden[i].value);
    if (known && known->most >= LONG_CHARACTERS && value.n > WORTH_SHOWING) page_push(&list, json_of_str(value));
  }
  page_set(&p->document, "typed", page_items(&list));
  page_set_bool(&p->document, "any_typed", list.count > 0);
}

/* Where the house was too busy to ask who it is, the form's own token goes back with it. */
static void add_token(struct page *p, struct kept *k) {
  struct findings f = findings_in(p->arena);
  struct http_pair *pairs;
  size_t count;
  if (p->r->identity || http_pairs_read(p->arena, p->r->body, STR(""), &f, &pairs, &count) != RESULT_OK) return;
  k->hidden[k->hidden_count++] = (struct json_member){ STR("csrf_token"), json_of_str(value_of(pairs, count, "csrf_token")) };
}

struct http_answer kept__show(struct page *p, int status, str kept, enum kept_why why, str otherwise) {
  struct kept k;
  if (!read_kept(p, kept, !words[why].again, &k)) return page_go(p->r, otherwise, NULL);
  page_set_bool(&p->document, "typed", false);
  page_set_bool(&p->document, "any_typed", false);
  if (words[why].again) {
    add_token(p, &k);
    add_written(p, &k);
  }
  struct json values = page_json(&k.values);
  page_set_str(&p->document, "hint", page_say_with(p, words[why].hint, 1, (str[]){ str_of(p->r->request_id) }));
  page_set_str(&p->document, "back", k.back);
  page_form(p, &(struct page_form){ .name = "form", .action = k.to, .submit = words[why].submit, .fields = k.boxes,
                                    .count = k.box_count, .values = &values, .hidden = k.hidden, .hidden_count = k.hidden_count });
  return page_answer(p, status, "kept", page_say_with(p, words[why].title, 0, NULL));
}
