/* migrate: brings a database up to this program's schema. One of the few commands that open the database themselves, as its
 * owner or, for --bootstrap, as an administrator; passwords are read from files, never from the words of the call. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "database.h"
#include "shienkin/store.h"

struct migrate_call { struct arena *arena; str database, folder, name, secrets; bool bootstrap; enum exit_code code; };

#define SECRET_BYTES_MOST 1024

/* One file per role, first line; all five or none. */
static bool read_secrets(struct migrate_call *c, str passwords[5]) {
  static const char *const roles[] = { "owner", "clinic", "staff", "log", "auditor" };
  for (size_t i = 0; i < COUNT_OF(roles); i++) {
    str text, rest, path = str_format(c->arena, "%.*s/%s", STR_ARG(c->secrets), roles[i]);
    result r = file_read(c->arena, str_z(c->arena, path), SECRET_BYTES_MOST, &text);
    if (r != RESULT_OK) {
      cli_unreadable(c->arena, path, r);
      return false;
    }
    passwords[i] = str_trim(str_cut(text, '\n', &rest));
  }
  return true;
}

static void bootstrap(struct migrate_call *c, struct findings *f) {
  str passwords[5];
  const char *name = c->name.n ? str_z(c->arena, c->name) : "shienkin";
  if (c->secrets.n && !read_secrets(c, passwords)) {
    c->code = EXIT_OUTSIDE;
    return;
  }
  result r = store_bootstrap(c->arena, str_z(c->arena, c->database), name, str_z(c->arena, c->folder),
                             c->secrets.n ? passwords : NULL, f);
  c->code = cli_database_ended(r, f);
  if (c->code == EXIT_DONE) printf(cli_japanese() ? "データベース %s を用意しました。\n" : "The database %s is ready.\n", name);
}

static void apply(struct migrate_call *c, struct findings *f) {
  struct clock clock = clock_system();
  struct migration_report report = { 0, 0 };
  result r = store_migrate(c->arena, str_z(c->arena, c->database), str_z(c->arena, c->folder), &clock, f, &report);
  c->code = cli_database_ended(r, f);
  if (c->code == EXIT_DONE)
    printf(cli_japanese() ? "スキーマ: %d から %d へ\n" : "Schema: from %d to %d\n", report.from, report.to);
}

static void run(void *context) {
  struct migrate_call *c = context;
  struct findings f = findings_in(c->arena);
  c->folder = str_of(cli_folder(c->arena, c->folder, "SHIENKIN_MIGRATIONS", "migrations"));
  if (c->bootstrap) bootstrap(c, &f);
  else apply(c, &f);
}

enum exit_code cmd_migrate(int argc, char **argv) {
  struct migrate_call c = { .database = STR(""), .code = EXIT_OUTSIDE };
  const struct cli_option options[] = {
    { "bootstrap", false, NULL, &c.bootstrap }, { "database", true, &c.database, NULL }, { "migrations", true, &c.folder, NULL },
    { "name", true, &c.name, NULL },            { "secrets", true, &c.secrets, NULL },
  };
  if (!cli_options("migrate", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc > 0) return cli_usage("migrate", "引数は要りません。", "It takes no arguments.");
  if (!c.bootstrap && (c.name.n || c.secrets.n))
    return cli_usage("migrate", "--name と --secrets は --bootstrap と一緒に使います。", "--name and --secrets go with --bootstrap.");
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return EXIT_OUTSIDE;
  c.arena = a;
  return arena_run(a, run, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
