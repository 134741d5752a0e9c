/* command: what a command is. The table of all stands in commands.c; one file per command. Exit codes: enum exit_code. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "shienkin/base.h"

enum exit_code { EXIT_DONE = 0, EXIT_FINDING = 1, EXIT_USAGE = 2, EXIT_OUTSIDE = 3 };

struct command {
  const char *name;                              /* "decide", "rules check" */
  enum exit_code (*run)(int argc, char **argv);  /* argv[0] is the first argument behind the name */
  const char *usage;                             /* what follows the name */
  const char *ja, *en;                           /* one line on what it does */
  const char *options_ja, *options_en;           /* the lines of --help; NULL: none */
  void (*more_help)(bool japanese);              /* prints what a table knows better; NULL: nothing */
};
extern const struct command cli_commands[];      /* ended by name NULL */

/* Japanese where the environment's messages are (LC_ALL, LC_MESSAGES, LANG begin with "ja"). */
bool cli_japanese(void);
/* "Usage: shienkin decide …" with the options, on standard output. */
void cli_help(const struct command *c);
/* The answer in stdio's buffer goes out; EXIT_OUTSIDE, and words on standard error, where any of it was lost. */
enum exit_code cli_ended(enum exit_code code);
/* A problem with the words of the call, in the reader's language, on standard error; gives EXIT_USAGE. */
enum exit_code cli_usage(const char *command, const char *ja, const char *en);

/* Options: `--name value`, `--name=value`, `--flag`. A table per command; what is left are the operands, in order.
 * "--" ends the options; "-" is an operand. False: a message was printed; answer EXIT_USAGE. */
struct cli_option { const char *name; bool takes_value; str *value; bool *flag; };
bool cli_options(const char *command, int *argc, char **argv, const struct cli_option *options, size_t count);
enum exit_code cli_no_such_option(const char *command, const char *word);        /* says so; gives EXIT_USAGE */

/* A file to read, "-" being standard input; the caller closes it. */
MUST_USE result cli_open(const char *path, int *fd);
/* Why a file cannot be read and what to do about it, on standard error. `why` is not RESULT_OK. */
void cli_unreadable(struct arena *a, str path, result why);

/* Findings for people on `fd`, one a line, in the reader's language: "path:line:column: pointer: text [code]". Where `path`
 * is "", the texts themselves say of which file and line they speak. */
void cli_print_findings(int fd, const struct findings *f, str path);
void cli_print(int fd, str text);                /* all of it, or the process ends with EXIT_OUTSIDE */

/* Where the project's rules stand: --rules, else SHIENKIN_RULES, else rules/cyber-support beside the working folder or
 * the program. */
const char *cli_rules_dir(struct arena *a, str given);
/* The day in Japan, or --today. False: a message was printed. */
bool cli_today(const char *command, str given, int64_t *out);

#endif
