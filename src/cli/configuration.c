#include "configuration.h"

#include <stdlib.h>
#include <unistd.h>

#include "database.h"
#include "settings.h"

extern char **environ;
#define CONFIG_BYTES_MOST (1u << 20)

static const struct config_key *setting(str name) {
  for (size_t i = 0; i < cli_setting_count; i++)
    if (str_eq(name, str_of(cli_settings[i].name))) return &cli_settings[i];
  return NULL;
}

struct words { str *flags; size_t flag_count; str file; };

/* One word of the call, or two for --config FILE. False: a message was printed. */
static bool take_word(const char *command, struct arena *a, int argc, char **argv, int *i, struct words *out) {
  str word = str_of(argv[*i]), value;
  if (!str_starts(word, STR("-"))) {
    (void)cli_usage(command, "引数は --名前=値 の形にしてください。", "Arguments have the form --name=value.");
    return false;
  }
  str name = str_starts(word, STR("--")) ? str_cut(str_slice(word, 2, word.n), '=', &value) : STR("");
  const struct config_key *key = setting(name);
  if (str_eq(name, STR("config")) && (value.p || *i + 1 < argc)) {
    out->file = value.p ? value : str_of(argv[++*i]);
  } else if (!key) {
    (void)cli_no_such_option(command, argv[*i]);
    return false;
  } else if (key->kind == CONFIG_BOOL && !value.p) {
    out->flags[out->flag_count++] = str_format(a, "%s=true", key->name);
  } else {
    out->flags[out->flag_count++] = str_slice(word, 2, word.n);
  }
  return true;
}

enum exit_code cli_configuration(const char *command, struct arena *a, int argc, char **argv, struct config **out) {
  struct findings f = findings_in(a);
  struct words words = { ARENA_ARRAY(a, str, (size_t)argc), 0, STR_NONE };
  str text = STR_NONE;
  for (int i = 0; i < argc; i++)
    if (!take_word(command, a, argc, argv, &i, &words)) return EXIT_USAGE;
  result read = words.file.n ? file_read(a, str_z(a, words.file), CONFIG_BYTES_MOST, &text) : RESULT_OK;
  if (read != RESULT_OK) {
    cli_unreadable(a, words.file, read);
    return EXIT_OUTSIDE;
  }
  if (config_read(a, cli_settings, cli_setting_count, text, environ, words.flags, words.flag_count, &f, out) == RESULT_OK)
    return EXIT_DONE;
  cli_print_findings(STDERR_FILENO, &f, words.file);
  return EXIT_FINDING;
}

const char *cli_configured_folder(struct arena *a, const struct config *c, const char *name) {
  str value = config_text(c, name);
  bool found = str_eq(str_of(config_source(c, name)), STR("default"));
  return found ? cli_folder(a, STR_NONE, "", str_z(a, value)) : str_z(a, value);
}

str cli_default_state(struct arena *a, bool demo) {
  const char *home = getenv("HOME"), *given = getenv("XDG_STATE_HOME"), *suffix = demo ? "-demo" : "";
  if (geteuid() == 0) return str_format(a, "/var/lib/shienkin%s", suffix);
  if (given && *given == '/') return str_format(a, "%s/shienkin%s", given, suffix);
  return home && *home == '/' ? str_format(a, "%s/.local/state/shienkin%s", home, suffix) : STR("");
}
