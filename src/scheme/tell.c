/* tell: the days and the desks of a decision as documents, for those who show them: the rules' own answers, nothing added. */
#include "binding.h"
#include "explain_texts.h"

static dmn_value ask(struct scheme_decider *d, const struct decision *decision, enum scheme__answer which) {
  uint32_t node = scheme__binding_answer(decision->rules->binding, which);
  dmn_value v = dmn_null();
  if (node == DMN_NO_NODE || dmn_evaluate(scheme_decider_session(d), node, &v) != RESULT_OK) return dmn_null();
  return v;
}

static struct json day_json(struct arena *a, day at, str verdict) {
  struct json_member *m = ARENA_ARRAY(a, struct json_member, 5);
  str own = str_copy(a, verdict);
  m[0] = (struct json_member){ STR("day"), json_of_str(day_text(a, at)) };
  m[1] = (struct json_member){ STR("verdict"), json_of_str(own) };
  m[2] = (struct json_member){ STR("counts"), json_of_bool(str_eq(own, STR("算入"))) };
  m[3] = (struct json_member){ STR("ja"), json_of_str(scheme_day_name(own, true)) };
  m[4] = (struct json_member){ STR("en"), json_of_str(scheme_day_name(own, false)) };
  return json_of_object(m, 5);
}

struct json scheme_days(struct scheme_decider *d, struct arena *a, const struct decision *decision) {
  dmn_value days = ask(d, decision, ANSWER_DAYS);
  if (days.kind != DMN_LIST) return json_of_array(NULL, 0);
  struct json *items = ARENA_ARRAY(a, struct json, days.length);
  size_t count = 0;
  for (uint32_t i = 0; i < days.length; i++) {
    dmn_value at = dmn_get(days.as.items[i], STR("日")), why = dmn_get(days.as.items[i], STR("判定"));
    if (at.kind == DMN_DATE && why.kind == DMN_STRING) items[count++] = day_json(a, at.as.i, dmn_text(why));
  }
  return json_of_array(items, count);
}

static const struct { const char *member; str entry; } desk_parts[] = {
  { "code", STR_INIT("符号") },         { "name_ja", STR_INIT("名称") },      { "name_en", STR_INIT("英語名称") },
  { "telephone", STR_INIT("電話") },    { "hours_ja", STR_INIT("受付") },     { "hours_en", STR_INIT("英語受付") },
  { "for_ja", STR_INIT("対象") },       { "for_en", STR_INIT("英語対象") },
};

static struct json desk_json(struct arena *a, dmn_value desk) {
  struct json_member *m = ARENA_ARRAY(a, struct json_member, COUNT_OF(desk_parts));
  for (size_t i = 0; i < COUNT_OF(desk_parts); i++) {
    dmn_value v = dmn_get(desk, desk_parts[i].entry);
    struct json value = v.kind == DMN_STRING ? json_of_str(str_copy(a, dmn_text(v))) : json_of_null();
    m[i] = (struct json_member){ str_of(desk_parts[i].member), value };
  }
  return json_of_object(m, COUNT_OF(desk_parts));
}

struct json scheme_desks(struct scheme_decider *d, struct arena *a, const struct decision *decision) {
  dmn_value desks = ask(d, decision, ANSWER_DESKS);
  if (desks.kind != DMN_LIST) return json_of_array(NULL, 0);
  struct json *items = ARENA_ARRAY(a, struct json, desks.length);
  for (uint32_t i = 0; i < desks.length; i++) items[i] = desk_json(a, desks.as.items[i]);
  return json_of_array(items, desks.length);
}
