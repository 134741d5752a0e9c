/* bootstrap: the first two owners of an empty database. They are two from the beginning, since everything that an owner does
 * another one confirms; it works once and never again. Each gets a code, told here and nowhere else, with which they set a
 * password and an authenticator. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "database.h"
#include "shienkin/service.h"

struct bootstrap_call { struct arena *arena; str database, master; char **words; enum exit_code code; };

static struct bootstrap_owner owner_of(char *const *words, const struct clock *clock, const struct randomness *randomness) {
  return (struct bootstrap_owner){ uuid_v7(clock, randomness), uuid_v7(clock, randomness), str_of(words[0]), str_of(words[1]), { { 0 } } };
}

static void make(struct bootstrap_call *c, const struct master_keys *keys, struct findings *f) {
  struct clock clock = clock_system();
  struct randomness randomness = randomness_system();
  struct bootstrap_owner owners[2] = { owner_of(c->words, &clock, &randomness), owner_of(c->words + 2, &clock, &randomness) };
  str codes[2];
  for (int i = 0; i < 2; i++)
    codes[i] = first_access_code(c->arena, &randomness, keys, owners[i].account, &owners[i].code);
  result r = store_bootstrap_owners(c->arena, str_z(c->arena, c->database), &clock, owners, f);
  c->code = cli_database_ended(r, f);
  bool ja = cli_japanese();
  for (int i = 0; c->code == EXIT_DONE && i < 2; i++)
    printf("%s  %.*s (%.*s)  %s %.*s\n", ja ? "制度管理者" : "owner", STR_ARG(owners[i].name), STR_ARG(owners[i].login),
           ja ? "初回の符号" : "first-access code", STR_ARG(codes[i]));
  if (c->code == EXIT_DONE)
    puts(ja ? "符号は一度だけ、30日間使えます。ここでしか表示されません。本人にだけ渡してください。"
            : "Each code works once, for 30 days, and is shown here alone. Please hand it to its owner and nobody else.");
}

static void run(void *context) {
  struct bootstrap_call *c = context;
  struct findings f = findings_in(c->arena);
  struct master_keys *keys;
  result r = master_keys_read(c->arena, str_z(c->arena, c->master), &f, &keys);
  if (r == RESULT_OK) make(c, keys, &f);
  else c->code = cli_database_ended(r, &f);
}

enum exit_code cmd_bootstrap(int argc, char **argv) {
  struct bootstrap_call c = { .database = STR(""), .master = STR(""), .words = argv, .code = EXIT_OUTSIDE };
  const struct cli_option options[] = { { "database", true, &c.database, NULL }, { "master", true, &c.master, NULL } };
  if (!cli_options("bootstrap", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc != 4)
    return cli_usage("bootstrap", "二人の制度管理者の氏名とログイン名を、順に四つ指定してください。",
                     "Give the names and logins of two owners: NAME LOGIN NAME LOGIN.");
  if (c.master.n == 0)
    return cli_usage("bootstrap", "サービスの主鍵のファイルを --master で指定してください（shienkin keys で作れます）。",
                     "Name the service's master key file by --master; shienkin keys makes one.");
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return EXIT_OUTSIDE;
  c.arena = a;
  return arena_run(a, run, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
