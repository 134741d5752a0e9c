/* dispatch: from the words of the call to the command. */
#ifndef CLI_DISPATCH_H
#define CLI_DISPATCH_H

#include "command.h"

enum exit_code cli_dispatch(int argc, char **argv);       /* argv[0] is the first word behind the program's name */

#endif
