/* bootstrap: the first two owners of an empty database. They are two from the beginning, since everything that an owner does
 * another one confirms; it works once and never again. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "database.h"
#include "shienkin/store.h"

struct bootstrap_call { struct arena *arena; str database; char **words; enum exit_code code; };

static struct bootstrap_owner owner_of(char *const *words, const struct clock *clock, const struct randomness *randomness) {
  return (struct bootstrap_owner){ uuid_v7(clock, randomness), uuid_v7(clock, randomness), str_of(words[0]), str_of(words[1]) };
}

static void run(void *context) {
  struct bootstrap_call *c = context;
  struct findings f = findings_in(c->arena);
  struct clock clock = clock_system();
  struct randomness randomness = randomness_system();
  struct bootstrap_owner owners[2] = { owner_of(c->words, &clock, &randomness), owner_of(c->words + 2, &clock, &randomness) };
  result r = store_bootstrap_owners(c->arena, str_z(c->arena, c->database), &clock, owners, &f);
  c->code = cli_database_ended(r, &f);
  for (int i = 0; c->code == EXIT_DONE && i < 2; i++)
    printf("%s  %.*s (%.*s)\n", cli_japanese() ? "制度管理者" : "owner", STR_ARG(owners[i].name), STR_ARG(owners[i].login));
}

enum exit_code cmd_bootstrap(int argc, char **argv) {
  struct bootstrap_call c = { .database = STR(""), .words = argv, .code = EXIT_OUTSIDE };
  const struct cli_option options[] = { { "database", true, &c.database, NULL } };
  if (!cli_options("bootstrap", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc != 4)
    return cli_usage("bootstrap", "二人の制度管理者の氏名とログイン名を、順に四つ指定してください。",
                     "Give the names and logins of two owners: NAME LOGIN NAME LOGIN.");
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return EXIT_OUTSIDE;
  c.arena = a;
  return arena_run(a, run, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
