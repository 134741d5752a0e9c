#include "settings.h"

const struct config_key cli_settings[] = {
  { "rules", CONFIG_PATH, "rules/cyber-support", 0, 0, "規則のフォルダー", "the folder of the rules" },
  { "log.level", CONFIG_TEXT, "info", 0, 0, "記録の細かさ: debug info warning error",
    "how much is logged: debug info warning error" },
};
const size_t cli_setting_count = COUNT_OF(cli_settings);
