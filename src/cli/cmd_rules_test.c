/* rules test: the scenario tables beside a rule file. A table is a base claim and cases that change it (RFC 7396) and say
 * what of the decision, or of further answers of the rules, is expected (rules/README.md). */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "messages.h"
#include "rule_files.h"

#define CASE_FILE_BYTES_MOST (4u << 20)
#define CLAUSES 28
#define CASE_DAY INT64_C(27028)                  /* 2044-01-01: no case is about the day of receipt */

struct bench {                                   /* what the cases of one rule file are held against */
  struct arena *arena;
  const struct rule_set *rules;
  struct scheme_decider *decider;
  size_t run, failed;
  bool named[CLAUSES + 1];                       /* P1 … P28 */
};

static str case_name(const struct json *one) {
  const struct json *name = json_get(one, STR("name"));
  return name && name->kind == JSON_KIND_STRING ? json_text(name) : STR("?");
}

static void fail_case(struct bench *b, const struct json *one, str where, str expected, str got) {
  struct findings f = findings_in(b->arena);
  FINDING(&f, STR(""), &cli__case_expected, case_name(one), where, expected, got);
  cli_print_findings(STDOUT_FILENO, &f, STR(""));
}

/* Every member of `expected` is in `got`, equal; lists are equal as a whole. True: so it is. */
static bool holds(struct bench *b, const struct json *one, const struct json *expected, const struct json *got, str where) {
  bool all = true;
  if (expected->kind == JSON_KIND_OBJECT && got && got->kind == JSON_KIND_OBJECT) {
    for (uint32_t i = 0; i < expected->count; i++) {
      const struct json_member *m = &expected->as.members[i];
      all &= holds(b, one, &m->value, json_get(got, m->name), pointer_member(b->arena, where, m->name));
    }
    return all;
  }
  str want = json_dump(b->arena, expected), have = got ? json_dump(b->arena, got) : STR("-");
  if (str_eq(want, have)) return true;
  fail_case(b, one, where, want, have);
  return false;
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

static struct json as_plain_json(struct bench *b, dmn_value v) {
  struct buf out = buf_in(b->arena);
  struct json_writer w = json_writer_to(&out);
  struct findings f = findings_in(b->arena);
  struct json j = json_of_null();
  write_plain(&w, b->arena, v);
  if (json_read(b->arena, buf_str(&out), (struct json_limits){ 0, 0 }, &f, &j) != RESULT_OK) j = json_of_null();
  return j;
}

static bool answers_hold(struct bench *b, const struct json *one) {
  const struct json *answers = json_get(one, STR("answers"));
  bool all = true;
  for (uint32_t i = 0; answers && i < answers->count; i++) {
    const struct json_member *m = &answers->as.members[i];
    uint32_t node = dmn_model_find(b->rules->model, m->name);
    dmn_value v = dmn_null();
    if (node == DMN_NO_NODE || dmn_evaluate(scheme_decider_session(b->decider), node, &v) != RESULT_OK) {
      fail_case(b, one, m->name, json_dump(b->arena, &m->value), STR("-"));
      all = false;
      continue;
    }
    struct json got = as_plain_json(b, v);
    all &= holds(b, one, &m->value, &got, pointer_member(b->arena, STR(""), m->name));
  }
  return all;
}

static struct json decision_json(struct bench *b, const struct decision *d) {
  struct buf out = buf_in(b->arena);
  struct findings f = findings_in(b->arena);
  struct json j = json_of_null();
  scheme_decision_write(&out, STR_NONE, d, STR_NONE);
  if (json_read(b->arena, buf_str(&out), (struct json_limits){ 0, 0 }, &f, &j) != RESULT_OK) j = json_of_null();
  return j;
}

/* A misspelt member would make a case that holds whatever the rules say. The first that is wrong, or NULL. */
static const char *wrong_in_case(const struct json *one) {
  static const char *const members[] = { "name", "en", "clauses", "change", "expect", "answers" };
  if (one->kind != JSON_KIND_OBJECT) return "cases/{ }";
  for (uint32_t i = 0; i < one->count; i++) {
    size_t known = 0;
    while (known < COUNT_OF(members) && !str_eq(one->as.members[i].name, str_of(members[known]))) known++;
    if (known == COUNT_OF(members)) return "name, en, clauses, change, expect, answers";
  }
  return json_get(one, STR("expect")) || json_get(one, STR("answers")) ? NULL : "expect, answers";
}

static bool is_case(struct bench *b, const struct json *one) {
  const char *wrong = wrong_in_case(one);
  if (!wrong) return true;
  struct findings f = findings_in(b->arena);
  FINDING(&f, STR(""), &cli__case_shape, one->kind == JSON_KIND_OBJECT ? case_name(one) : STR("?"), str_of(wrong));
  cli_print_findings(STDOUT_FILENO, &f, STR(""));
  return false;
}

static bool case_holds(struct bench *b, const struct json *base, const struct json *one) {
  const struct json *change = json_get(one, STR("change")), *expect = json_get(one, STR("expect"));
  struct json nothing = json_of_object(NULL, 0);
  struct json claim = json_merge_patch(b->arena, base, change ? change : &nothing);
  struct findings f = findings_in(b->arena);
  struct facts facts;
  struct decision decision;
  str claim_id;
  result r = scheme_facts_check(b->arena, &claim, CASE_DAY, calendar_national(), &f, &facts, &claim_id);
  if (r == RESULT_OK) r = scheme_decide(b->decider, &facts, &f, &decision);
  if (r != RESULT_OK) {
    cli_print_findings(STDOUT_FILENO, &f, case_name(one));
    return false;
  }
  struct json got = decision_json(b, &decision);
  bool held = !expect || holds(b, one, expect, &got, STR(""));
  return answers_hold(b, one) && held;
}

static void note_clauses(struct bench *b, const struct json *one) {
  const struct json *clauses = json_get(one, STR("clauses"));
  for (uint32_t i = 0; clauses && clauses->kind == JSON_KIND_ARRAY && i < clauses->count; i++) {
    int64_t number;
    str clause = clauses->as.items[i].kind == JSON_KIND_STRING ? json_text(&clauses->as.items[i]) : STR("");
    if (clause.n > 1 && str_to_int64(str_slice(clause, 1, clause.n), &number) && number >= 1 && number <= CLAUSES)
      b->named[number] = true;
  }
}

static result test_file(struct bench *b, const char *path, struct findings *f) {
  str bytes;
  struct json table;
  result read = file_read(b->arena, path, CASE_FILE_BYTES_MOST, &bytes);
  if (read != RESULT_OK) {
    cli_unreadable(b->arena, str_of(path), read);
    return read;
  }
  TRY(json_read(b->arena, bytes, (struct json_limits){ CASE_FILE_BYTES_MOST, 0 }, f, &table));
  const struct json *base = json_get(&table, STR("base")), *cases = json_get(&table, STR("cases"));
  if (!base || !cases || cases->kind != JSON_KIND_ARRAY || cases->count == 0) {
    FINDING(f, STR(""), &cli__case_file_shape, STR("base, cases"));
    return RESULT_REFUSED;
  }
  for (uint32_t i = 0; i < cases->count; i++) {
    b->run++;
    note_clauses(b, &cases->as.items[i]);
    const struct json *one = &cases->as.items[i];
    if (!is_case(b, one) || !case_holds(b, base, one)) b->failed++;
  }
  return RESULT_OK;
}

struct test_call { int file_count; char **files; size_t run, failed; bool broken; };

static void test_one_file(struct test_call *call, struct bench *b, const char *path) {
  struct findings f = findings_in(b->arena);
  if (test_file(b, path, &f) == RESULT_OK) return;
  cli_print_findings(STDERR_FILENO, &f, str_of(path));
  call->broken = true;
}

static void test_files_beside(struct test_call *call, struct bench *b) {
  size_t slash = b->rules->path.n;
  while (slash > 0 && b->rules->path.p[slash - 1] != '/') slash--;
  const char *folder = str_z(b->arena, str_format(b->arena, "%.*scases", (int)slash, b->rules->path.p));
  str *names;
  size_t count;
  if (file_list(b->arena, folder, &names, &count) != RESULT_OK) return;
  for (size_t i = 0; i < count; i++)
    if (str_ends(names[i], STR(".json")))
      test_one_file(call, b, str_z(b->arena, str_format(b->arena, "%s/%.*s", folder, STR_ARG(names[i]))));
}

static void print_unnamed(const struct bench *b) {
  const char *before = cli_japanese() ? "  事例のない条項:" : "  clauses without a case:";
  for (int i = 1; i <= CLAUSES; i++) {
    if (b->named[i]) continue;
    printf("%s P%d", before, i);
    before = "";
  }
  if (!*before) putchar('\n');
}

static enum exit_code test(struct arena *a, const struct rule_sets *sets, void *context) {
  struct test_call *call = context;
  for (size_t i = 0; i < sets->count; i++) {
    struct rule_sets one = { &sets->items[i], 1 };
    struct bench b = { .arena = a, .rules = &sets->items[i], .decider = scheme_decider_new(&one, calendar_national()) };
    if (!b.decider) return EXIT_OUTSIDE;
    for (int k = 0; k < call->file_count; k++) test_one_file(call, &b, call->files[k]);
    if (call->file_count == 0) test_files_beside(call, &b);
    printf(cli_japanese() ? "%.*s %.*s: 事例 %zu 件、不一致 %zu 件\n" : "%.*s %.*s: %zu cases, %zu failed\n",
           STR_ARG(b.rules->id), STR_ARG(b.rules->version), b.run, b.failed);
    print_unnamed(&b);
    fflush(stdout);
    call->run += b.run;
    call->failed += b.failed;
    scheme_decider_free(b.decider);
  }
  if (call->run == 0 && !call->broken)
    fputs(cli_japanese() ? "事例がありません。規則のそばの cases/ に事例表（*.json）を置いてください。\n"
                         : "there are no cases; put scenario tables (*.json) into cases/ beside the rules\n", stderr);
  if (call->broken || call->run == 0) return EXIT_OUTSIDE;
  return call->failed ? EXIT_FINDING : EXIT_DONE;
}

enum exit_code cmd_rules_test(int argc, char **argv) {
  str rules = STR_NONE;
  const struct cli_option options[] = { { "rules", true, &rules, NULL } };
  if (!cli_options("rules test", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  struct test_call call = { .file_count = argc, .files = argv };
  return cli_with_rules(rules, RULES_WITH_DRAFTS, test, &call);
}
