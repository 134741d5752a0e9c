/* rules test: the scenario tables beside a rule file, run by it (rules/README.md). */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "messages.h"
#include "rule_files.h"

#define CLAUSES 28

struct bench {                                   /* what the cases of one rule file are held against */
  struct arena *arena;
  const struct rule_set *rules;
  struct scheme_decider *decider;
  size_t run, failed;
  bool named[CLAUSES + 1];                       /* P1 … P28 */
};

static void print_case(struct bench *b, const struct case_result *one) {
  struct findings f = findings_in(b->arena);
  str name = one->name.n ? one->name : STR("?");
  if (one->refused.count) cli_print_findings(STDOUT_FILENO, &one->refused, name);
  if (one->shape) FINDING(&f, STR(""), &cli__case_shape, name, str_of(one->shape));
  for (uint32_t i = 0; i < one->difference_count; i++) {
    const struct case_difference *d = &one->differences[i];
    FINDING(&f, STR(""), &cli__case_expected, name, d->where, d->expected, d->got);
  }
  cli_print_findings(STDOUT_FILENO, &f, STR(""));
}

static void note_clauses(struct bench *b, const struct case_result *one) {
  for (uint32_t i = 0; i < one->clauses.count; i++) {
    int64_t number;
    str clause = one->clauses.items[i];
    if (clause.n > 1 && str_to_int64(str_slice(clause, 1, clause.n), &number) && number >= 1 && number <= CLAUSES)
      b->named[number] = true;
  }
}

static result test_file(struct bench *b, const char *path, struct findings *f) {
  str bytes;
  struct case_table table;
  result read = file_read(b->arena, path, CASE_TABLE_BYTES_MOST, &bytes);
  if (read != RESULT_OK) {
    cli_unreadable(b->arena, str_of(path), read);
    return read;
  }
  TRY(scheme_cases_run(b->decider, b->rules, calendar_national(), b->arena, bytes, f, &table));
  for (uint32_t i = 0; i < table.count; i++) {
    note_clauses(b, &table.items[i]);
    if (!table.items[i].held) print_case(b, &table.items[i]);
  }
  b->run += table.count;
  b->failed += table.failed;
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
