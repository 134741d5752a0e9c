/* rules diff: the same claims decided by two sets of rules; what differs is told claim by claim, member by member. */
#include <stdio.h>
#include <unistd.h>

#include "claims_in.h"
#include "commands.h"
#include "messages.h"
#include "rule_files.h"

struct diff_call {
  str against;
  day today;
  int file_count; char **files;
  struct scheme_decider *deciders[2];
  struct arena *scratch;
  uint64_t decided, differing, refused;
  bool failed;
};

static struct json decision_json(struct diff_call *c, int which, const struct facts *facts, struct findings *f, result *r) {
  struct decision decision;
  struct json j = json_of_null();
  *r = scheme_decide(c->deciders[which], facts, f, &decision);
  if (*r != RESULT_OK) return j;
  struct buf out = buf_in(c->scratch);
  scheme_decision_write(&out, STR_NONE, &decision, STR_NONE);
  *r = json_read(c->scratch, buf_str(&out), (struct json_limits){ 0, 0 }, f, &j);
  return j;
}

/* Members that differ, `rules` and `clauses` apart: they name the file, not the decision. Returns how many. */
static unsigned tell_differences(struct diff_call *c, str claim, const struct json *old, const struct json *new, str where) {
  unsigned count = 0;
  if (old->kind == JSON_KIND_OBJECT && new->kind == JSON_KIND_OBJECT) {
    for (uint32_t i = 0; i < old->count; i++) {
      str name = old->as.members[i].name;
      const struct json *other = json_get(new, name);
      if (str_eq(name, STR("rules")) || str_eq(name, STR("clauses")) || !other) continue;
      count += tell_differences(c, claim, &old->as.members[i].value, other, pointer_member(c->scratch, where, name));
    }
    return count;
  }
  str before = json_dump(c->scratch, old), after = json_dump(c->scratch, new);
  if (str_eq(before, after)) return 0;
  struct findings f = findings_in(c->scratch);
  FINDING(&f, STR(""), &cli__decision_differs, claim, where, before, after);
  cli_print_findings(STDOUT_FILENO, &f, STR(""));
  return 1;
}

struct claim_call { struct diff_call *diff; str bytes; };

static void compare_claim(void *context) {
  struct claim_call *call = context;
  struct diff_call *c = call->diff;
  struct findings f = findings_in(c->scratch);
  struct facts facts;
  str claim_id;
  result first = RESULT_OK, second = RESULT_OK;
  if (scheme_facts_read(c->scratch, call->bytes, c->today, calendar_national(), &f, &facts, &claim_id) != RESULT_OK) {
    cli_print_findings(STDERR_FILENO, &f, claim_id);
    c->refused++;
    return;
  }
  struct json old = decision_json(c, 1, &facts, &f, &first), new = decision_json(c, 0, &facts, &f, &second);
  cli_print_findings(STDERR_FILENO, &f, claim_id);
  if (first != RESULT_OK || second != RESULT_OK) {
    c->failed = true;
    return;
  }
  c->decided++;
  if (tell_differences(c, claim_id.n ? claim_id : STR("?"), &old, &new, STR(""))) c->differing++;
}

static void compare(void *context, str bytes) {
  struct diff_call *c = context;
  struct claim_call call = { c, bytes };
  if (arena_run(c->scratch, compare_claim, &call) != RESULT_OK) c->failed = true;
  arena_reset(c->scratch);
}

static void refuse_too_large(void *context) {
  struct diff_call *c = context;
  struct findings f = findings_in(c->scratch);
  FINDING(&f, STR(""), &cli__line_too_large);
  cli_print_findings(STDERR_FILENO, &f, STR(""));
  c->refused++;
}

static void compare_files(struct arena *a, struct diff_call *c) {
  for (int i = 0; i < c->file_count; i++) {
    CLEANUP(fd_close) int fd = -1;
    result r = cli_open(c->files[i], &fd);
    const struct claims_taker taker = { compare, refuse_too_large, c };
    if (r == RESULT_OK) r = claims_each(fd, &taker);
    if (r == RESULT_OK) continue;
    cli_unreadable(a, str_of(c->files[i]), r);
    c->failed = true;
  }
}

static enum exit_code diff_against(struct arena *a, const struct rule_sets *against, void *context) {
  struct diff_call *c = context;
  c->deciders[1] = scheme_decider_new(against, calendar_national());
  c->scratch = arena_new(0);
  if (c->deciders[0] && c->deciders[1] && c->scratch) compare_files(a, c);
  else c->failed = true;
  scheme_decider_free(c->deciders[1]);
  arena_free(c->scratch);
  printf(cli_japanese() ? "判定 %llu 件、変わるもの %llu 件、拒まれた申請 %llu 件\n" : "%llu claims decided, %llu differ, %llu refused\n",
         (unsigned long long)c->decided, (unsigned long long)c->differing, (unsigned long long)c->refused);
  if (c->failed) return EXIT_OUTSIDE;
  return c->differing || c->refused ? EXIT_FINDING : EXIT_DONE;
}

static enum exit_code diff(struct arena *a, const struct rule_sets *sets, void *context) {
  struct diff_call *c = context;
  (void)a;
  c->deciders[0] = scheme_decider_new(sets, calendar_national());
  enum exit_code code = cli_with_rules(c->against, RULES_IN_FORCE, diff_against, c);
  scheme_decider_free(c->deciders[0]);
  return code;
}

enum exit_code cmd_rules_diff(int argc, char **argv) {
  static char *standard_input[] = { "-" };
  str rules = STR_NONE, today = STR_NONE;
  struct diff_call call = { .against = STR_NONE };
  const struct cli_option options[] = {
    { "rules", true, &rules, NULL }, { "against", true, &call.against, NULL }, { "today", true, &today, NULL } };
  if (!cli_options("rules diff", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (!call.against.n) return cli_usage("rules diff", "--against で比べる規則を指定してください。", "Name the rules to compare with: --against DIR.");
  if (!cli_today("rules diff", today, &call.today)) return EXIT_USAGE;
  call.file_count = argc ? argc : 1;
  call.files = argc ? argv : standard_input;
  return cli_with_rules(rules, RULES_WITH_DRAFTS, diff, &call);
}
