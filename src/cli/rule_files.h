/* rule_files: opening the rules for a command, and closing them whatever happens. */
#ifndef CLI_RULE_FILES_H
#define CLI_RULE_FILES_H

#include "command.h"
#include "shienkin/scheme.h"

/* What a command is about: deciding needs a published file; whoever tries rules takes drafts as published last. */
enum rules_wanted { RULES_IN_FORCE, RULES_WITH_DRAFTS };
#define PUBLISHED_LAST INT64_MAX                 /* published_on of a draft under RULES_WITH_DRAFTS */

/* Loads the rules below `dir` and runs body(sets, context) inside the arena's guard; findings go to standard error. */
enum exit_code cli_with_rules(str dir, enum rules_wanted wanted,
                              enum exit_code (*body)(struct arena *a, const struct rule_sets *sets, void *context),
                              void *context);

#endif
