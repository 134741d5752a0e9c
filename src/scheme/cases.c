/* cases: scenario tables, the stories beside a rule file (rules/README.md). A table is a base claim and cases that change it
 * (RFC 7396) and say what of the decision, or of further answers of the rules, is expected. */
#include "shienkin/scheme.h"

#include "messages.h"

#define CASE_DAY INT64_C(27028)         /* 2044-01-01: no case is about the day of receipt */
#define CASES_MOST 10000

struct running {
  struct arena *arena;
  struct scheme_decider *decider;
  const struct rule_set *rules;
  const struct calendar *national;
  struct case_difference *differences;  /* of the case that runs */
  uint32_t count, capacity;
};

static str text_of(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_STRING ? json_text(found) : STR("");
}

/* ---- expected and got */

static void differ(struct running *r, str where, str expected, str got) {
  if (r->count == r->capacity) {
    uint32_t more = r->capacity ? r->capacity * 2 : 4;
    r->differences = arena_grow(r->arena, r->differences, r->capacity * sizeof *r->differences, more * sizeof *r->differences);
    r->capacity = more;
  }
  r->differences[r->count++] = (struct case_difference){ where, expected, got };
}

/* Every member of `expected` is in `got`, equal; lists are equal as a whole. */
static void compare(struct running *r, const struct json *expected, const struct json *got, str where) {
  if (expected->kind == JSON_KIND_OBJECT && got && got->kind == JSON_KIND_OBJECT) {
    for (uint32_t i = 0; i < expected->count; i++) {
      const struct json_member *m = &expected->as.members[i];
      compare(r, &m->value, json_get(got, m->name), pointer_member(r->arena, where, m->name));
    }
    return;
  }
  str want = json_dump(r->arena, expected), have = got ? json_dump(r->arena, got) : STR("-");
  if (!str_eq(want, have)) differ(r, where, want, have);
}

/* A value of the rules as plain JSON: dates as text, numbers that are whole as integers. */
static void write_plain(struct json_writer *w, struct arena *a, dmn_value v) {
  int64_t whole;
  switch ((enum dmn_kind)v.kind) {
    case DMN_NULL: json_write_null(w); return;
    case DMN_BOOLEAN: json_write_bool(w, v.as.truth); return;
    case DMN_STRING: json_write_str(w, dmn_text(v)); return;
    case DMN_DATE: json_write_str(w, day_text(a, v.as.i)); return;
    case DMN_LIST:
      json_write_begin_array(w);
      for (uint32_t i = 0; i < v.length; i++) write_plain(w, a, v.as.items[i]);
      json_write_end_array(w);
      return;
    case DMN_CONTEXT:
      json_write_begin_object(w);
      for (uint32_t i = 0; i < dmn_entry_count(v); i++) {
        dmn_value entry;
        json_write_name(w, dmn_entry(v, i, &entry));
        write_plain(w, a, entry);
      }
      json_write_end_object(w);
      return;
    default:
      if (dmn_to_int64(v, &whole)) json_write_int(w, whole);
      else json_write_str(w, dmn_print(a, v));
  }
}

static struct json read_back(struct running *r, str text) {
  struct findings f = findings_in(r->arena);
  struct json j;
  return json_read(r->arena, text, (struct json_limits){ 0, 0 }, &f, &j) == RESULT_OK ? j : json_of_null();
}

static void compare_decision(struct running *r, const struct json *expected, const struct decision *d) {
  struct buf out = buf_in(r->arena);
  scheme_decision_write(&out, STR_NONE, d, STR_NONE);
  struct json got = read_back(r, buf_str(&out));
  compare(r, expected, &got, STR(""));
}

static void compare_answer(struct running *r, const struct json_member *asked) {
  uint32_t node = dmn_model_find(r->rules->model, asked->name);
  dmn_value v = dmn_null();
  if (node == DMN_NO_NODE || dmn_evaluate(scheme_decider_session(r->decider), node, &v) != RESULT_OK) {
    differ(r, asked->name, json_dump(r->arena, &asked->value), STR("-"));
    return;
  }
  struct buf out = buf_in(r->arena);
  struct json_writer w = json_writer_to(&out);
  write_plain(&w, r->arena, v);
  struct json got = read_back(r, buf_str(&out));
  compare(r, &asked->value, &got, pointer_member(r->arena, STR(""), asked->name));
}

/* ---- one case */

static bool is_object_if_there(const struct json *j) { return j == NULL || j->kind == JSON_KIND_OBJECT; }

/* A misspelt member would make a case that holds whatever the rules say: what it may hold, or NULL. */
static const char *wrong_in(const struct json *one) {
  static const char *const members[] = { "name", "en", "clauses", "change", "expect", "answers" };
  if (one->kind != JSON_KIND_OBJECT) return "cases/{ }";
  for (uint32_t i = 0; i < one->count; i++) {
    size_t known = 0;
    while (known < COUNT_OF(members) && !str_eq(one->as.members[i].name, str_of(members[known]))) known++;
    if (known == COUNT_OF(members)) return "name, en, clauses, change, expect, answers";
  }
  const struct json *expect = json_get(one, STR("expect")), *answers = json_get(one, STR("answers"));
  if (!is_object_if_there(expect) || !is_object_if_there(answers)) return "expect/{ }, answers/{ }";
  return expect || answers ? NULL : "expect, answers";
}

static struct words clauses_of(struct arena *a, const struct json *one) {
  const struct json *clauses = json_get(one, STR("clauses"));
  uint32_t count = clauses && clauses->kind == JSON_KIND_ARRAY ? clauses->count : 0, n = 0;
  str *items = ARENA_ARRAY(a, str, count);
  for (uint32_t i = 0; i < count; i++)
    if (clauses->as.items[i].kind == JSON_KIND_STRING) items[n++] = json_text(&clauses->as.items[i]);
  return (struct words){ items, n };
}

static result decide_case(struct running *r, const struct json *base, const struct json *one, struct findings *f, struct decision *out) {
  const struct json *change = json_get(one, STR("change"));
  struct json nothing = json_of_object(NULL, 0), claim = json_merge_patch(r->arena, base, change ? change : &nothing);
  struct facts facts;
  str claim_id;
  TRY(scheme_facts_check(r->arena, &claim, CASE_DAY, r->national, f, &facts, &claim_id));
  return scheme_decide(r->decider, &facts, f, out);
}

static result run_case(struct running *r, const struct json *base, const struct json *one, struct case_result *out) {
  struct decision decision;
  *out = (struct case_result){ .shape = wrong_in(one), .refused = findings_in(r->arena) };
  if (one->kind != JSON_KIND_OBJECT) return RESULT_OK;
  out->name = text_of(one, "name");
  out->name_en = text_of(one, "en");
  out->clauses = clauses_of(r->arena, one);
  if (out->shape) return RESULT_OK;
  result decided = decide_case(r, base, one, &out->refused, &decision);
  if (decided != RESULT_OK) return decided == RESULT_REFUSED ? RESULT_OK : decided;
  const struct json *expect = json_get(one, STR("expect")), *answers = json_get(one, STR("answers"));
  r->differences = NULL;
  r->count = r->capacity = 0;
  if (expect) compare_decision(r, expect, &decision);
  for (uint32_t i = 0; answers && i < answers->count; i++) compare_answer(r, &answers->as.members[i]);
  out->differences = r->differences;
  out->difference_count = r->count;
  out->held = r->count == 0;
  return RESULT_OK;
}

/* ---- a table */

result scheme_cases_run(struct scheme_decider *d, const struct rule_set *rules, const struct calendar *national, struct arena *a,
                        str bytes, struct findings *f, struct case_table *out) {
  struct running r = { .arena = a, .decider = d, .rules = rules, .national = national };
  struct json table;
  TRY(json_read(a, bytes, (struct json_limits){ CASE_TABLE_BYTES_MOST, 0 }, f, &table));
  const struct json *base = json_get(&table, STR("base")), *cases = json_get(&table, STR("cases"));
  bool shaped = base && cases && cases->kind == JSON_KIND_ARRAY && cases->count > 0 && cases->count <= CASES_MOST;
  if (!shaped) {
    FINDING(f, STR(""), &scheme__case_table, STR("base, cases"));
    return RESULT_REFUSED;
  }
  struct case_result *items = ARENA_ARRAY(a, struct case_result, cases->count);
  *out = (struct case_table){ .about = text_of(&table, "about"), .items = items, .count = cases->count };
  for (uint32_t i = 0; i < cases->count; i++) {
    TRY(run_case(&r, base, &cases->as.items[i], &items[i]));
    out->failed += !items[i].held;
  }
  return RESULT_OK;
}
