/* dispatch: finds the command by its longest name of one or two words. */
#include "dispatch.h"

#include <stdio.h>

#include "commands.h"

/* How many words of argv are this command's name: 0 when they are not. */
static int words_matched(const struct command *c, int argc, char **argv) {
  str rest = str_of(c->name), word;
  int n = 0;
  while (rest.p) {
    word = str_cut(rest, ' ', &rest);
    if (n >= argc || !str_eq(word, str_of(argv[n]))) return 0;
    n++;
  }
  return n;
}

static bool is_help(const char *word) { return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0; }

static bool asks_for_help(int argc, char **argv) {
  for (int i = 0; i < argc; i++)
    if (is_help(argv[i])) return true;
  return false;
}

enum exit_code cli_dispatch(int argc, char **argv) {
  const struct command *best = NULL;
  int best_words = 0;
  if (argc == 0 || is_help(argv[0])) return cmd_help(argc, argv) == EXIT_DONE && argc ? EXIT_DONE : EXIT_USAGE;
  for (const struct command *c = cli_commands; c->name; c++) {
    int words = words_matched(c, argc, argv);
    if (words > best_words) {
      best = c;
      best_words = words;
    }
  }
  if (!best) {
    bool family = asks_for_help(argc, argv);     /* "shienkin rules --help" */
    if (!family)
      fprintf(stderr, cli_japanese() ? "shienkin: 「%s」という命令はありません。\n" : "shienkin: there is no command \"%s\".\n", argv[0]);
    (void)cmd_help(argc, argv);
    return family ? EXIT_DONE : EXIT_USAGE;
  }
  if (asks_for_help(argc - best_words, argv + best_words)) {
    cli_help(best);
    return EXIT_DONE;
  }
  enum exit_code code = best->run(argc - best_words, argv + best_words);
  return fflush(stdout) == 0 ? code : EXIT_OUTSIDE;
}
