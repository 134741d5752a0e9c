/* config: the settings, their values and where each came from. The keys of the whole program stand in settings.c. */
#include <stdio.h>

#include "commands.h"
#include "configuration.h"
#include "settings.h"

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

static enum exit_code show(struct config_call *call) {
  struct config *c;
  enum exit_code read = cli_configuration("config", call->arena, call->argc, call->argv, &c);
  if (read == EXIT_DONE) print_values(c);
  return read;
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
