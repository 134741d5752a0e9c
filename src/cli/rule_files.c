#include "rule_files.h"

#include "messages.h"

#include <stdio.h>
#include <unistd.h>

struct call {
  struct arena *arena;
  str dir;
  enum rules_wanted wanted;
  enum exit_code (*body)(struct arena *a, const struct rule_sets *sets, void *context);
  void *context;
  struct rule_sets sets;
  enum exit_code exit;
};

static void take_drafts(struct rule_sets *sets) {
  for (size_t i = 0; i < sets->count; i++)
    if (sets->items[i].published_on == DAY_NONE) sets->items[i].published_on = PUBLISHED_LAST;
}

static void run(void *context) {
  struct call *c = context;
  struct findings f = findings_in(c->arena);
  const char *dir = cli_rules_dir(c->arena, c->dir);
  result read = scheme_rules_read(c->arena, dir, &f, &c->sets);
  if (read == RESULT_OK && c->wanted == RULES_WITH_DRAFTS) take_drafts(&c->sets);
  if (read == RESULT_OK && !scheme_rules_select(&c->sets, PUBLISHED_LAST)) {
    FINDING(&f, STR(""), &cli__rules_unpublished, str_of(dir));
    read = RESULT_REFUSED;
  }
  if (read == RESULT_OK) {
    c->exit = c->body(c->arena, &c->sets, c->context);
    return;
  }
  cli_print_findings(STDERR_FILENO, &f, STR(""));
  c->exit = EXIT_OUTSIDE;
}

enum exit_code cli_with_rules(str dir, enum rules_wanted wanted,
                              enum exit_code (*body)(struct arena *a, const struct rule_sets *sets, void *context),
                              void *context) {
  struct call c = { arena_new(0), dir, wanted, body, context, { NULL, 0 }, EXIT_OUTSIDE };
  result ran = c.arena ? arena_run(c.arena, run, &c) : RESULT_NO_MEMORY;
  if (ran != RESULT_OK) {
    fprintf(stderr, "shienkin: %s\n", result_name(ran));
    c.exit = EXIT_OUTSIDE;
  }
  scheme_rules_free(&c.sets);
  arena_free(c.arena);
  return c.exit;
}
