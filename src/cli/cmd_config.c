/* config: the settings, their values and where each came from. The keys of the whole program stand in settings.c. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "messages.h"
#include "settings.h"

extern char **environ;
#define CONFIG_BYTES_MOST (1u << 20)

struct config_call { struct arena *arena; int argc; char **argv; enum exit_code exit; };

static void print_values(const struct config *c) {
  for (size_t i = 0; i < cli_setting_count; i++) {
    const struct config_key *key = &cli_settings[i];
    const char *source = config_source(c, key->name);
    if (key->kind == CONFIG_INT) printf("%s = %lld  # %s\n", key->name, (long long)config_int(c, key->name), source);
    else if (key->kind == CONFIG_BOOL) printf("%s = %s  # %s\n", key->name, config_bool(c, key->name) ? "true" : "false", source);
    else printf("%s = %.*s  # %s\n", key->name, STR_ARG(config_text(c, key->name)), source);
  }
}

static bool is_setting(str flag) {
  str value, name = str_starts(flag, STR("--")) ? str_cut(str_slice(flag, 2, flag.n), '=', &value) : STR("");
  for (size_t i = 0; i < cli_setting_count; i++)
    if (str_eq(name, str_of(cli_settings[i].name))) return true;
  return false;
}

static enum exit_code show(struct config_call *call) {
  struct arena *a = call->arena;
  struct findings f = findings_in(a);
  str file = STR_NONE, path = STR_NONE;
  str *flags = ARENA_ARRAY(a, str, (size_t)call->argc);
  size_t flag_count = 0;
  for (int i = 0; i < call->argc; i++) {
    str word = str_of(call->argv[i]);
    if (str_eq(word, STR("--config")) && i + 1 < call->argc) path = str_of(call->argv[++i]);
    else if (str_starts(word, STR("-")) && !is_setting(word)) return cli_no_such_option("config", call->argv[i]);
    else if (str_starts(word, STR("--"))) flags[flag_count++] = str_slice(word, 2, word.n);
    else return cli_usage("config", "引数は --名前=値 の形にしてください。", "Arguments have the form --name=value.");
  }
  if (path.n) {
    result read = file_read(a, str_z(a, path), CONFIG_BYTES_MOST, &file);
    if (read != RESULT_OK) {
      cli_unreadable(a, path, read);
      return EXIT_OUTSIDE;
    }
  }
  struct config *c;
  if (config_read(a, cli_settings, cli_setting_count, file, environ, flags, flag_count, &f, &c) != RESULT_OK) {
    cli_print_findings(STDERR_FILENO, &f, path);
    return EXIT_FINDING;
  }
  print_values(c);
  return EXIT_DONE;
}

static void config_body(void *context) {
  struct config_call *call = context;
  call->exit = show(call);
}

void cmd_config_help(bool japanese) {
  struct arena *a = arena_new(0);
  if (!a) return;
  str text = config_help(a, cli_settings, cli_setting_count, japanese);
  printf("\n%.*s", STR_ARG(text));
  arena_free(a);
}

enum exit_code cmd_config(int argc, char **argv) {
  struct config_call call = { arena_new(0), argc, argv, EXIT_OUTSIDE };
  if (!call.arena || arena_run(call.arena, config_body, &call) != RESULT_OK) call.exit = EXIT_OUTSIDE;
  arena_free(call.arena);
  return call.exit;
}
