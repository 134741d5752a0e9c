/* serve: the service, until it is told to end. */
#include "commands.h"
#include "configuration.h"
#include "serve/serve.h"

struct serve_call { struct serving serving; int argc; char **argv; enum exit_code code; };

static void run(void *context) {
  struct serve_call *c = context;
  struct config *config;
  c->code = cli_configuration("serve", c->serving.arena, c->argc, c->argv, &config);
  c->serving.config = config;
  if (c->code == EXIT_DONE) c->code = serve_run(&c->serving);
}

enum exit_code cmd_serve(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct serve_call c = { .serving = { .arena = a }, .argc = argc, .argv = argv, .code = EXIT_OUTSIDE };
  return a && arena_run(a, run, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
