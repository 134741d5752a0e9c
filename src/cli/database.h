/* database: what the few commands share that open the database themselves. */
#ifndef CLI_DATABASE_H
#define CLI_DATABASE_H

#include "command.h"

/* A folder of the project: given, else the variable of the environment, else `beside` at the working folder or one of the
 * three folders above the program. */
const char *cli_folder(struct arena *a, str given, const char *variable, const char *beside);
/* Prints what was found; the exit code for how it ended. */
enum exit_code cli_database_ended(result r, const struct findings *f);

#endif
