/* configuration: the settings of one call: from the file, the environment and the words of the call. */
#ifndef CLI_CONFIGURATION_H
#define CLI_CONFIGURATION_H

#include "command.h"

/* Words are --config FILE, --NAME=VALUE, and --NAME alone for a setting that is true or false. EXIT_DONE fills *out, in the
 * arena; otherwise a message was printed. */
enum exit_code cli_configuration(const char *command, struct arena *a, int argc, char **argv, struct config **out);

/* A folder of the project: as it was set, else looked for beside the program (cli_folder). */
const char *cli_configured_folder(struct arena *a, const struct config *c, const char *name);

/* Where the state stands when no setting says so; n = 0 where there is no home either. */
str cli_default_state(struct arena *a, bool demo);

#endif
