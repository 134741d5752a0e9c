/* database: folders beside the program, and how a call of the database ended. */
#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *cli_folder(struct arena *a, str given, const char *variable, const char *beside) {
  char self[4096];
  const char *from_environment = getenv(variable);
  if (given.n) return str_z(a, given);
  if (from_environment && *from_environment) return from_environment;
  if (access(beside, R_OK | X_OK) == 0) return beside;
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  for (int up = 0; n > 0 && up < 3; up++) {
    while (n > 0 && self[--n] != '/') {}
    const char *path = str_z(a, str_format(a, "%.*s/%s", (int)n, self, beside));
    if (access(path, R_OK | X_OK) == 0) return path;
  }
  return beside;
}

enum exit_code cli_database_ended(result r, const struct findings *f) {
  if (r == RESULT_OK) return EXIT_DONE;
  cli_print_findings(STDERR_FILENO, f, STR(""));
  if (f->count == 0 && r == RESULT_CONFLICT)
    fputs(cli_japanese() ? "shienkin: このデータベースには、すでに人が登録されています。\n"
                         : "shienkin: this database has people already.\n", stderr);
  else if (f->count == 0)
    fputs(cli_japanese() ? "shienkin: データベースに接続できません。--database か PGHOST などを確かめてください。\n"
                         : "shienkin: the database cannot be reached; please check --database, or PGHOST and its like.\n", stderr);
  return r == RESULT_REFUSED || r == RESULT_CONFLICT ? EXIT_FINDING : EXIT_OUTSIDE;
}
