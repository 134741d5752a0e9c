/* casework_value: the value of a fact as an adjuster types it, and back. What it may be follows from the fact; whether it may be
 * that together with the others is the service's to say. */
#include "casework_value.h"

static const struct { const char *key; enum value_shape shape; } shapes[] = {
  { "/incident/occurred_on", VALUE_DAY },           { "/incident/discovered_on", VALUE_DAY },
  { "/incident/cyber_attack", VALUE_YES_NO },       { "/incident/attack_type", VALUE_ATTACK },
  { "/incident/insider_crime", VALUE_YES_NO },      { "/member/class", VALUE_CLASS },
  { "/member/relation", VALUE_RELATION },           { "/facility/code", VALUE_TEXT },
  { "/facility/kind", VALUE_KIND },                 { "/facility/closed_weekdays", VALUE_WEEKDAYS },
  { "/facility/closed_on_holidays", VALUE_YES_NO }, { "/facility/extra_open_dates", VALUE_DAYS },
  { "/facility/extra_closed_dates", VALUE_DAYS },   { "/closures", VALUE_CLOSURES },
  { "/leak/occurred", VALUE_YES_NO },               { "/leak/caused_by_attack", VALUE_YES_NO },
  { "/leak/persons", VALUE_NUMBER },                { "/filings/mhlw_on", VALUE_DAY },
  { "/filings/jma_on", VALUE_DAY },                 { "/filings/ppc_on", VALUE_DAY },
  { "/filings/ppc_prevention_measures", VALUE_YES_NO }, { "/filings/persons_notified_on", VALUE_DAY },
};

/* ---- the field */

static const struct page_choice yes_no[] = { { "", "fact.value_unknown" }, { "true", "fact.value_true" }, { "false", "fact.value_false" } };
#define CHOICE(word) { word, "fact.value_" word }
static const struct page_choice attacks[] = { { "", "fact.value_unknown" }, CHOICE("ransomware"), CHOICE("malware"), CHOICE("unauthorized_access"),
                                              CHOICE("denial_of_service"), CHOICE("remote_control_scam"), CHOICE("other") };
static const struct page_choice classes[] = { CHOICE("A1"), CHOICE("A2"), CHOICE("A2B"), CHOICE("A2C"), CHOICE("B"), CHOICE("C"), CHOICE("none") };
static const struct page_choice relations[] = { CHOICE("opens"), CHOICE("manages"), CHOICE("none") };
static const struct page_choice kinds[] = { CHOICE("hospital"), CHOICE("clinic"), CHOICE("shared_use"), CHOICE("care_service") };

static const struct { enum page_input input; const char *hint; const struct page_choice *choices; size_t count; } inputs[] = {
  [VALUE_YES_NO] = { PAGE_SELECT, NULL, yes_no, COUNT_OF(yes_no) },
  [VALUE_DAY] = { PAGE_DAY, "fact.hint_day", NULL, 0 },
  [VALUE_ATTACK] = { PAGE_SELECT, NULL, attacks, COUNT_OF(attacks) },
  [VALUE_CLASS] = { PAGE_SELECT, NULL, classes, COUNT_OF(classes) },
  [VALUE_RELATION] = { PAGE_SELECT, NULL, relations, COUNT_OF(relations) },
  [VALUE_KIND] = { PAGE_SELECT, NULL, kinds, COUNT_OF(kinds) },
  [VALUE_NUMBER] = { PAGE_NUMBER, NULL, NULL, 0 },
  [VALUE_TEXT] = { PAGE_LINE, NULL, NULL, 0 },
  [VALUE_WEEKDAYS] = { PAGE_LINE, "fact.hint_weekdays", NULL, 0 },
  [VALUE_DAYS] = { PAGE_AREA, "fact.hint_days", NULL, 0 },
  [VALUE_CLOSURES] = { PAGE_AREA, "fact.hint_closures", NULL, 0 },
};

bool casework__value_shape(str key, enum value_shape *out) {
  for (size_t i = 0; i < COUNT_OF(shapes); i++) {
    if (!str_eq(key, str_of(shapes[i].key))) continue;
    *out = shapes[i].shape;
    return true;
  }
  return false;
}

struct page_field casework__value_field(enum value_shape shape) {
  return (struct page_field){ .name = "value", .kind = inputs[shape].input, .label = "fact.new_value", .hint = inputs[shape].hint,
                              .pointer = "/checks/0/value", .optional = true, .choices = inputs[shape].choices,
                              .choice_count = inputs[shape].count };
}

/* ---- reading */

/* Words between spaces, commas and the marks that stand between two days. */
static str next_word(str *rest) {
  static const str between[] = { STR_INIT(" "), STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"), STR_INIT(","), STR_INIT("~"),
                                 STR_INIT("〜"), STR_INIT("～"), STR_INIT("、"), STR_INIT("　") };
  size_t from = 0, at = 0;
  while (at < rest->n) {
    size_t mark = 0;
    for (size_t i = 0; i < COUNT_OF(between) && mark == 0; i++)
      if (str_starts(str_slice(*rest, at, rest->n), between[i])) mark = between[i].n;
    if (mark && at > from) break;
    at += mark ? mark : 1;
    if (mark) from = at;
  }
  str word = str_slice(*rest, from, at);
  *rest = str_slice(*rest, at, rest->n);
  return word;
}

static const char *const weekdays[][2] = { { "mon", "月" }, { "tue", "火" }, { "wed", "水" }, { "thu", "木" },
                                           { "fri", "金" }, { "sat", "土" }, { "sun", "日" } };
static const char *const scopes[][2] = { { "all", "全面" }, { "new_patients", "新患" }, { "partial", "一部" } };

/* The word itself, or how it begins in Japanese; NULL: none of them. */
static const char *word_of(const char *const (*words)[2], size_t count, str word) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(word, str_of(words[i][0])) || str_starts(word, str_of(words[i][1]))) return words[i][0];
  return NULL;
}

static bool read_days(struct arena *a, str text, struct page_list *list) {
  day d;
  for (str word = next_word(&text); word.n; word = next_word(&text)) {
    if (!day_parse(word, &d)) return false;
    page_push(list, json_of_str(str_copy(a, word)));
  }
  return true;
}

static bool read_weekdays(str text, struct page_list *list) {
  for (str word = next_word(&text); word.n; word = next_word(&text)) {
    const char *found = word_of(weekdays, COUNT_OF(weekdays), word);
    if (!found) return false;
    page_push(list, json_of_str(str_of(found)));
  }
  return true;
}

/* "2026-05-12 2026-05-18 all", one a line. */
static bool read_closures(struct arena *a, str text, struct page_list *list) {
  day d;
  for (str from = next_word(&text); from.n; from = next_word(&text)) {
    str to = next_word(&text), scope = next_word(&text);
    const char *found = word_of(scopes, COUNT_OF(scopes), scope);
    if (!day_parse(from, &d) || !day_parse(to, &d) || !found) return false;
    struct page_object o = page_object(a);
    page_set(&o, "from", json_of_str(from));
    page_set(&o, "scope", json_of_str(str_of(found)));
    page_set(&o, "to", json_of_str(to));
    page_push(list, page_json(&o));
  }
  return true;
}

static bool read_one(struct arena *a, enum value_shape shape, str text, struct json *out) {
  day d;
  int64_t number;
  switch (shape) {
    case VALUE_YES_NO: *out = json_of_bool(str_eq(text, STR("true"))); return true;
    case VALUE_DAY: *out = json_of_str(text); return day_parse(text, &d);
    case VALUE_NUMBER: {
      bool reads = str_to_int64(text, &number) && number >= 0;
      if (reads) *out = json_of_int(a, number);
      return reads;
    }
    default: *out = json_of_str(text); return true;
  }
}

bool casework__value_read(struct arena *a, enum value_shape shape, str text, struct json *out) {
  struct page_list list = page_list(a);
  bool reads = true, is_list = shape == VALUE_WEEKDAYS || shape == VALUE_DAYS || shape == VALUE_CLOSURES;
  *out = json_of_null();
  text = str_trim(text);
  if (!is_list) return text.n == 0 || read_one(a, shape, text, out);
  if (shape == VALUE_WEEKDAYS) reads = read_weekdays(text, &list);
  if (shape == VALUE_DAYS) reads = read_days(a, text, &list);
  if (shape == VALUE_CLOSURES) reads = read_closures(a, text, &list);
  *out = page_items(&list);
  return reads;
}

/* ---- writing: what stands, as it would be typed */

static void write_one(struct buf *out, const struct json *value) {
  switch (value->kind) {
    case JSON_KIND_TRUE: buf_add(out, STR("true")); break;
    case JSON_KIND_FALSE: buf_add(out, STR("false")); break;
    case JSON_KIND_INTEGER: buf_format(out, "%lld", (long long)value->integer); break;
    case JSON_KIND_STRING: buf_add(out, json_text(value)); break;
    case JSON_KIND_OBJECT:
      buf_format(out, "%.*s %.*s %.*s", STR_ARG(page_member(value, "from")), STR_ARG(page_member(value, "to")),
                 STR_ARG(page_member(value, "scope")));
      break;
    default: break;
  }
}

str casework__value_written(struct arena *a, enum value_shape shape, const struct json *value) {
  struct buf out = buf_in(a);
  if (!value) return STR("");
  if (value->kind != JSON_KIND_ARRAY) write_one(&out, value);
  for (uint32_t i = 0; value->kind == JSON_KIND_ARRAY && i < value->count; i++) {
    if (i) buf_byte(&out, shape == VALUE_WEEKDAYS ? ' ' : '\n');
    write_one(&out, &value->as.items[i]);
  }
  return buf_str(&out);
}
