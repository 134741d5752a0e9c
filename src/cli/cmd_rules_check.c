/* rules check: what can be said of a rule file without a claim: every node cites its clauses, every table has its column
 * of clauses, no combination of yes, no and unknown facts gives a fault, and the analysis of its tables and texts finds
 * nothing. Files named as operands are any DMN models: only the analysis speaks of them. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "dmn_files.h"
#include "messages.h"
#include "rule_files.h"
#include "rules_analysis.h"

#define CLAUSE_COLUMN "条項"
#define FAULTS_SHOWN 5

/* A clause is a capital letter and a number: P8 of the scheme. */
static bool is_clause(str word) {
  int64_t number;
  return word.n >= 2 && word.p[0] >= 'A' && word.p[0] <= 'Z' && str_to_int64(str_slice(word, 1, word.n), &number) &&
         number > 0;
}

/* Does the description begin with clauses in brackets, like [P8 P9]. */
static bool cites_clauses(str description) {
  str behind, cited = str_cut(str_trim(description), ']', &behind), word;
  if (!behind.p || !str_starts(cited, STR("["))) return false;
  for (cited = str_slice(cited, 1, cited.n); cited.p;) {
    word = str_cut(cited, ' ', &cited);
    if (!is_clause(word)) return false;
  }
  return true;
}

static bool has_clause_column(const struct dmn_table_view *t) {
  for (uint32_t k = 0; k < t->annotation_count; k++)
    if (str_eq(str_trim(t->annotations[k]), STR(CLAUSE_COLUMN))) return true;
  return false;
}

static void check_rows(const struct dmn_node_info *info, const struct dmn_table_view *t, struct findings *f) {
  for (uint32_t i = 0; i < t->row_count; i++)
    for (uint32_t k = 0; k < t->annotation_count; k++)
      if (str_eq(str_trim(t->annotations[k]), STR(CLAUSE_COLUMN)) && !str_trim(t->rows[i].annotations[k]).n)
        FINDING_AT(f, STR(""), t->rows[i].line, 1, &cli__row_without_clause, info->name,
                   str_format(f->arena, "%u", i + 1));
}

/* Tables anywhere inside a boxed expression. */
static void check_tables(const struct dmn_node_info *info, const struct dmn_boxed *b, struct findings *f) {
  if (b->kind == DMN_LOGIC_TABLE) {
    if (!has_clause_column(b->table)) FINDING_AT(f, STR(""), b->line, 1, &cli__table_without_clauses, info->name);
    check_rows(info, b->table, f);
  }
  for (uint32_t i = 0; i < b->count; i++)
    if (b->parts) check_tables(info, b->parts[i], f);
}

static void check_clauses(const struct rule_set *set, struct findings *f) {
  for (uint32_t node = 0; node < dmn_model_count(set->model); node++) {
    const struct dmn_node_info *info = dmn_model_node(set->model, node);
    const struct dmn_boxed *logic = dmn_model_logic(set->model, node);
    if (!cites_clauses(info->description)) FINDING(f, STR(""), &cli__node_without_clauses, info->name);
    if (logic) check_tables(info, logic, f);
  }
}

struct grid_run {
  struct arena *arena;
  struct scheme_decider *decider;
  uint64_t faults;
  struct findings *shown;
};

static void check_one(struct grid_run *run, uint64_t index) {
  struct facts facts = scheme_grid_facts(index);
  struct findings f = findings_in(run->arena);
  struct decision ignored;
  if (scheme_decide(run->decider, &facts, &f, &ignored) == RESULT_OK) return;
  if (run->faults++ >= FAULTS_SHOWN) return;
  str first = f.count ? (cli_japanese() ? f.items[0].ja : f.items[0].en) : STR("?");
  FINDING(run->shown, STR(""), &cli__grid_fault, str_format(run->arena, "%llu", (unsigned long long)index), first);
}

static uint64_t check_grid(struct arena *a, const struct rule_set *set, struct findings *f) {
  struct rule_set copy = *set;
  struct rule_sets one = { &copy, 1 };
  struct grid_run run = { a, scheme_decider_new(&one, calendar_national()), 0, f };
  if (!run.decider) arena_leave(a, RESULT_NO_MEMORY);
  for (uint64_t i = 0; i < scheme_grid_size(); i++) check_one(&run, i);
  scheme_decider_free(run.decider);
  return run.faults;
}

struct check_call {
  bool advice;
  str mcdc;
  char **files;
  int file_count;
  struct arena *arena;
  enum exit_code exit;
};

/* What is not wrong but worth a look is no finding: it is told on demand and leaves the exit code alone. */
static void say_advice(const struct findings *advice, str path, bool shown) {
  size_t pieces = advice->count + advice->dropped;
  if (pieces)
    printf(cli_japanese() ? "  助言 %zu 件%s\n" : "  %zu pieces of advice%s\n", pieces,
           shown ? "" : cli_japanese() ? "（--advice で表示）" : " (shown by --advice)");
  if (shown) cli_print_findings(STDOUT_FILENO, advice, path);
}

static bool check_set(struct arena *a, const struct rule_set *set, bool advice) {
  struct findings f = findings_in(a), pieces = findings_in(a);
  check_clauses(set, &f);
  rules_analysis(a, set->model, &f, &pieces);
  uint64_t faults = check_grid(a, set, &f);
  cli_print_findings(STDOUT_FILENO, &f, set->path);
  printf(cli_japanese() ? "%.*s %.*s: %llu 通りの事実を判定、誤り %llu、指摘 %zu\n"
                        : "%.*s %.*s: %llu combinations of facts decided, %llu faults, %zu findings\n",
         STR_ARG(set->id), STR_ARG(set->version), (unsigned long long)scheme_grid_size(), (unsigned long long)faults,
         f.count + f.dropped);
  say_advice(&pieces, set->path, advice);
  return f.count == 0 && faults == 0;
}

static enum exit_code print_mcdc(struct arena *a, const struct dmn_model *m, str name) {
  if (rules_print_cases(a, m, name)) return EXIT_DONE;
  (void)cli_usage("rules check", "その名前の判断に表はありません。", "There is no table in a decision of that name.");
  return EXIT_FINDING;
}

static enum exit_code check(struct arena *a, const struct rule_sets *sets, void *context) {
  const struct check_call *call = context;
  enum exit_code worst = EXIT_DONE;
  for (size_t i = 0; i < sets->count; i++) {
    enum exit_code one;
    if (call->mcdc.p)
      one = print_mcdc(a, sets->items[i].model, call->mcdc);
    else
      one = check_set(a, &sets->items[i], call->advice) ? EXIT_DONE : EXIT_FINDING;
    if (one > worst) worst = one;
  }
  return worst;
}

/* ---- models by file */

static void free_model(void *model) { dmn_model_free(model); }

static enum exit_code check_file(struct arena *a, const struct check_call *call, const char *path) {
  struct findings f = findings_in(a), pieces = findings_in(a);
  str name = str_of(path);
  struct dmn_model *m;
  result loaded = dmn_files_load(a, path, &f, &m);
  if (loaded != RESULT_OK) {
    if (!f.count) cli_unreadable(a, name, loaded);
    cli_print_findings(STDERR_FILENO, &f, name);
    return loaded == RESULT_REFUSED ? EXIT_FINDING : EXIT_OUTSIDE;
  }
  arena_defer(a, free_model, m);
  if (call->mcdc.p) return print_mcdc(a, m, call->mcdc);
  rules_analysis(a, m, &f, &pieces);
  cli_print_findings(STDOUT_FILENO, &f, name);
  printf(cli_japanese() ? "%.*s: 指摘 %zu\n" : "%.*s: %zu findings\n", STR_ARG(name), f.count + f.dropped);
  say_advice(&pieces, name, call->advice);
  return f.count ? EXIT_FINDING : EXIT_DONE;
}

static void check_files(void *context) {
  struct check_call *call = context;
  for (int i = 0; i < call->file_count; i++) {
    enum exit_code one = check_file(call->arena, call, call->files[i]);
    if (one > call->exit) call->exit = one;
  }
}

static enum exit_code run_files(struct check_call *call) {
  call->arena = arena_new(0);
  result ran = call->arena ? arena_run(call->arena, check_files, call) : RESULT_NO_MEMORY;
  if (ran != RESULT_OK) {
    fprintf(stderr, "shienkin: %s\n", result_name(ran));
    call->exit = EXIT_OUTSIDE;
  }
  arena_free(call->arena);
  return call->exit;
}

enum exit_code cmd_rules_check(int argc, char **argv) {
  str rules = STR_NONE;
  struct check_call call = { .advice = false, .mcdc = STR_NONE, .exit = EXIT_DONE };
  const struct cli_option options[] = { { "rules", true, &rules, NULL },
                                        { "advice", false, NULL, &call.advice },
                                        { "mcdc", true, &call.mcdc, NULL } };
  if (!cli_options("rules check", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  call.files = argv;
  call.file_count = argc;
  return argc ? run_files(&call) : cli_with_rules(rules, RULES_WITH_DRAFTS, check, &call);
}
