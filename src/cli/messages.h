/* messages: the catalogue of the command line's own findings. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include "shienkin/base.h"

extern const struct message cli__line_too_large, cli__file_unreadable, cli__case_file_shape, cli__case_expected;

#endif
