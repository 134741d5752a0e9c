/* keys: the two key files that all instances of one service share, made once where no embedded cluster makes them. */
#include <stdio.h>

#include "commands.h"
#include "serve/keys.h"
#include "shienkin/store.h"

static bool make(const char *path, result r, bool japanese) {
  const char *ja = r == RESULT_OK ? "作りました" : r == RESULT_CONFLICT ? "すでにあります。そのままにしました" : "作れません";
  const char *en = r == RESULT_OK ? "made" : r == RESULT_CONFLICT ? "it is there already, and was left alone" : "it cannot be made";
  fprintf(r == RESULT_OK ? stdout : stderr, "%s: %s\n", path, japanese ? ja : en);
  return r == RESULT_OK;
}

enum exit_code cmd_keys(int argc, char **argv) {
  str master = STR_NONE, cursor = STR_NONE;
  const struct cli_option options[] = { { "master", true, &master, NULL }, { "cursor", true, &cursor, NULL } };
  if (!cli_options("keys", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc > 0 || (!master.n && !cursor.n))
    return cli_usage("keys", "作るファイルを --master と --cursor で指定してください。", "Name the files to make by --master and --cursor.");
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return EXIT_OUTSIDE;
  struct randomness randomness = randomness_system();
  bool ja = cli_japanese(), made = true;
  const char *master_path = str_z(a, master), *cursor_path = str_z(a, cursor);
  if (master.n) made = make(master_path, master_keys_create(master_path, &randomness), ja);
  if (cursor.n) made = make(cursor_path, cli_cursor_key_create(cursor_path, &randomness), ja) && made;
  return made ? EXIT_DONE : EXIT_FINDING;
}
