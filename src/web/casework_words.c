/* casework_words: facts, values and verdicts as people read them. */
#include "casework.h"

str casework__word(const struct page *p, const char *family, str code) {
  const struct page_text *text = web__text_find(str_format(p->arena, "fact.%s_%.*s", family, STR_ARG(code)));
  return text ? str_of(p->english ? text->en : text->ja) : code;
}

/* The rules have names for the facts that they ask about; the rest are the pages'. */
str casework__fact_name(const struct page *p, str key) {
  str name = scheme_fact_name(key, !p->english);
  return str_eq(name, key) ? casework__word(p, "name", key) : name;
}

/* ---- documents of the service */

str casework__day(const struct page *p, const struct json *object, const char *name) {
  day d;
  return day_parse(page_member(object, name), &d) ? page_day(p, d) : STR("");
}

str casework__moment(const struct page *p, const struct json *object, const char *name) {
  return page_moment(p, page_member(object, name));
}

struct json casework__list(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_ARRAY ? *found : json_of_array(NULL, 0);
}

/* ---- values */

static str text_value(const struct page *p, str text) {
  day d;
  return day_parse(text, &d) ? page_day(p, d) : casework__word(p, "value", text);
}

/* {from, to, scope} */
static str closure_words(const struct page *p, const struct json *closure) {
  return page_say(p, "fact.span", casework__day(p, closure, "from"), casework__day(p, closure, "to"),
                  casework__word(p, "value", page_member(closure, "scope")));
}

static str one_line(const struct page *p, const struct json *value) {
  switch (value->kind) {
    case JSON_KIND_TRUE: return page_say(p, "fact.value_true");
    case JSON_KIND_FALSE: return page_say(p, "fact.value_false");
    case JSON_KIND_STRING: return text_value(p, json_text(value));
    case JSON_KIND_INTEGER: return str_format(p->arena, "%lld", (long long)value->integer);
    case JSON_KIND_OBJECT: return closure_words(p, value);
    default: return page_say(p, "fact.value_unknown");
  }
}

struct json casework__value(const struct page *p, const struct json *value) {
  struct page_list lines = page_list(p->arena);
  if (!value || value->kind != JSON_KIND_ARRAY) {
    page_push(&lines, json_of_str(value ? one_line(p, value) : page_say(p, "fact.value_unknown")));
    return page_items(&lines);
  }
  for (uint32_t i = 0; i < value->count; i++) page_push(&lines, json_of_str(one_line(p, &value->as.items[i])));
  if (value->count == 0) page_push(&lines, json_of_str(page_say(p, "fact.value_none")));
  return page_items(&lines);
}

/* ---- addresses */

str casework__path(const struct page *p, struct uuid claim, const char *rest) {
  return str_format(p->arena, "/cases/%.*s%s", STR_ARG(uuid_outside(p->arena, "clm_", claim)), rest);
}

struct uuid casework__id(const struct http_values *posted, const char *name, const char *prefix) {
  struct uuid id;
  return uuid_from_outside(page_typed(posted, name), prefix, &id) ? id : (struct uuid){ { 0 } };
}

const struct uuid *casework__ids(struct arena *a, const struct http_values *posted, const char *name, const char *prefix, size_t *count) {
  struct http_value_list list = http_value_list(posted, name);
  struct uuid *ids = ARENA_ARRAY(a, struct uuid, list.count);
  *count = 0;
  for (size_t i = 0; i < list.count; i++) *count += uuid_from_outside(list.items[i].text, prefix, &ids[*count]);
  return ids;
}
