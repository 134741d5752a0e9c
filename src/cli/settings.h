/* settings: every key of the program's configuration, once. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "shienkin/base.h"

extern const struct config_key cli_settings[];
extern const size_t cli_setting_count;

#endif
