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
  for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
    if (is_help(argv[i])) return true;
  return false;
}

/* "shienkin rules --help": the commands whose first word it is. */
static bool is_family(const char *word) {
  for (const struct command *c = cli_commands; c->name; c++) {
    str rest, first = str_cut(str_of(c->name), ' ', &rest);
    if (rest.p && str_eq(first, str_of(word))) return true;
  }
  return false;
}

static enum exit_code without_command(int argc, char **argv) {
  bool help = asks_for_help(argc, argv);
  if (argc == 0 || is_help(argv[0])) {
    commands_overview(NULL);
    return help ? EXIT_DONE : EXIT_USAGE;
  }
  bool family = is_family(argv[0]);
  if (!help || !family)
    fprintf(stderr, cli_japanese() ? "shienkin: 「%s%s%s」という命令はありません。\n" : "shienkin: there is no command \"%s%s%s\".\n",
            argv[0], family && argc > 1 ? " " : "", family && argc > 1 ? argv[1] : "");
  commands_overview(family ? argv[0] : NULL);
  return help && family ? EXIT_DONE : EXIT_USAGE;
}

enum exit_code cli_dispatch(int argc, char **argv) {
  const struct command *best = NULL;
  int best_words = 0;
  for (const struct command *c = cli_commands; c->name; c++) {
    int words = words_matched(c, argc, argv);
    if (words > best_words) {
      best = c;
      best_words = words;
    }
  }
  if (!best) return cli_ended(without_command(argc, argv));
  if (asks_for_help(argc - best_words, argv + best_words)) {
    cli_help(best);
    return cli_ended(EXIT_DONE);
  }
  return cli_ended(best->run(argc - best_words, argv + best_words));
}
