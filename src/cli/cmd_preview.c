/* preview: this program as the one that decodes pictures for the service; started by it alone, within walls. */
#include "commands.h"
#include "shienkin/document.h"

enum exit_code cmd_preview(int argc, char **argv) {
  if (!cli_options("preview", &argc, argv, NULL, 0)) return EXIT_USAGE;
  if (argc > 0) return cli_usage("preview", "引数はありません。", "It takes no words.");
  document_preview_child();
}
