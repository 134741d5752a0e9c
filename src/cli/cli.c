/* cli: what all commands share: language, help, options, printing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "messages.h"
#include "shienkin/value.h"

bool cli_japanese(void) {
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return strncmp(value, "ja", 2) == 0;
  }
  return false;
}

/* Who closed the pipe knows; to others it is said. */
static void complain_lost(void) {
  static const char complaint[] = "shienkin: the answer could not be written / 結果を書き出せません\n";
  if (errno != EPIPE) (void)!write(STDERR_FILENO, complaint, sizeof complaint - 1);
}

void cli_print(int fd, str text) {
  fflush(stdout);                                /* what printf holds back stands before what is written here */
  if (file_write_fd(fd, text) == RESULT_OK) return;
  if (fd != STDERR_FILENO) complain_lost();
  _exit(EXIT_OUTSIDE);
}

/* An earlier flush may have lost something already: stdio remembers that much. */
enum exit_code cli_ended(enum exit_code code) {
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  complain_lost();
  return EXIT_OUTSIDE;
}

void cli_help(const struct command *c) {
  bool ja = cli_japanese();
  const char *options = ja ? c->options_ja : c->options_en;
  printf("%s: shienkin %s %s\n\n%s\n", ja ? "使い方" : "Usage", c->name, c->usage, ja ? c->ja : c->en);
  if (options) printf("\n%s", options);
  if (c->more_help) c->more_help(ja);
  printf("\n%s\n", ja ? "終了コード: 0 済み、1 指摘または拒否あり、2 使い方の誤り、3 読み書きなど外の失敗"
                      : "Exit: 0 done, 1 a finding or refusal, 2 usage, 3 the outside world failed");
}

enum exit_code cli_usage(const char *command, const char *ja, const char *en) {
  bool japanese = cli_japanese();
  fprintf(stderr, "shienkin %s: %s\n", command, japanese ? ja : en);
  fprintf(stderr, japanese ? "使い方は shienkin %s --help で表示します。\n" : "See shienkin %s --help.\n", command);
  return EXIT_USAGE;
}

static const struct cli_option *find_option(str name, const struct cli_option *options, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(name, str_of(options[i].name))) return &options[i];
  return NULL;
}

static bool complain_option(const char *command, const char *word, const char *ja, const char *en) {
  fprintf(stderr, "shienkin %s: %s: %s\n", command, word, cli_japanese() ? ja : en);
  fprintf(stderr, cli_japanese() ? "使い方は shienkin %s --help で表示します。\n" : "See shienkin %s --help.\n", command);
  return false;
}

#define NO_SUCH_OPTION "このオプションはありません。", "There is no such option."

enum exit_code cli_no_such_option(const char *command, const char *word) {
  (void)complain_option(command, word, NO_SUCH_OPTION);
  return EXIT_USAGE;
}

#define NEEDS_VALUE "値が必要です。", "It needs a value."
#define TAKES_NO_VALUE "値は付けられません。", "It takes no value."

bool cli_options(const char *command, int *argc, char **argv, const struct cli_option *options, size_t count) {
  int kept = 0;
  bool done = false;
  for (int i = 0; i < *argc; i++) {
    str word = str_of(argv[i]);
    if (done || word.n < 2 || !str_starts(word, STR("-"))) {
      argv[kept++] = argv[i];
      continue;
    }
    if (str_eq(word, STR("--"))) {
      done = true;
      continue;
    }
    str value, name = str_cut(str_slice(word, 2, word.n), '=', &value);
    const struct cli_option *option = word.p[1] == '-' ? find_option(name, options, count) : NULL;
    if (!option) return complain_option(command, argv[i], NO_SUCH_OPTION);
    if (!option->takes_value) {
      if (value.p) return complain_option(command, argv[i], TAKES_NO_VALUE);
      *option->flag = true;
    } else {
      if (!value.p && i + 1 >= *argc) return complain_option(command, argv[i], NEEDS_VALUE);
      *option->value = value.p ? value : str_of(argv[++i]);
    }
  }
  *argc = kept;
  return true;
}

void cli_print_findings(int fd, const struct findings *f, str path) {
  bool ja = cli_japanese();
  for (size_t i = 0; i < f->count; i++) {
    const struct finding *one = &f->items[i];
    str text = ja ? one->ja : one->en;
    struct buf line = buf_in(f->arena);
    if (path.n) buf_format(&line, "%.*s:", STR_ARG(path));
    if (path.n && one->line) buf_format(&line, "%u:", one->line);
    if (path.n && one->column) buf_format(&line, "%u:", one->column);
    if (one->pointer.n) buf_format(&line, "%s%.*s:", line.n ? " " : "", STR_ARG(one->pointer));
    buf_format(&line, "%s%.*s [%s]\n", line.n ? " " : "", STR_ARG(text), one->code);
    cli_print(fd, buf_str(&line));
  }
}

result cli_open(const char *path, int *fd) {
  *fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
  if (*fd >= 0) return RESULT_OK;
  return errno == ENOENT || errno == ENOTDIR ? RESULT_NOT_FOUND : RESULT_OUTSIDE;
}

void cli_unreadable(struct arena *a, str path, result why) {
  struct findings f = findings_in(a);
  FINDING(&f, STR(""), why == RESULT_NOT_FOUND ? &cli__file_missing : why == RESULT_LIMIT ? &cli__file_too_large : &cli__file_unreadable,
          path);
  cli_print_findings(STDERR_FILENO, &f, STR(""));
}

static bool folder_readable(const char *path) { return access(path, R_OK | X_OK) == 0; }

const char *cli_rules_dir(struct arena *a, str given) {
  static const char beside[] = "rules/cyber-support";
  char self[4096];
  const char *from_environment = getenv("SHIENKIN_RULES");
  if (given.n) return str_z(a, given);
  if (from_environment && *from_environment) return from_environment;
  if (folder_readable(beside)) return beside;
  /* build/shienkin stands one folder below the project. */
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  for (int up = 0; n > 0 && up < 3; up++) {
    while (n > 0 && self[--n] != '/') {}
    const char *path = str_z(a, str_format(a, "%.*s/%s", (int)n, self, beside));
    if (folder_readable(path)) return path;
  }
  return beside;
}

bool cli_today(const char *command, str given, int64_t *out) {
  if (!given.p) {
    struct clock clock = clock_system();
    *out = day_in_japan(clock_now_us(&clock));
    return true;
  }
  if (day_parse(given, out)) return true;
  (void)cli_usage(command, "--today は YYYY-MM-DD で指定してください。", "--today wants a day written YYYY-MM-DD.");
  return false;
}
