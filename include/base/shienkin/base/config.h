/* config: settings from a file, the environment and flags, in rising order of rank. The keys are a const table that
 * the program declares once; `config --help` prints it. */
#ifndef SHIENKIN_BASE_CONFIG_H
#define SHIENKIN_BASE_CONFIG_H

#include "findings.h"

enum config_kind { CONFIG_TEXT, CONFIG_INT, CONFIG_BOOL, CONFIG_PATH, CONFIG_SECRET_FILE };

/* name "http.port": file key `http.port = 8443`, environment SHIENKIN_HTTP_PORT, flag --http.port=8443. */
struct config_key {
  const char *name;
  enum config_kind kind;
  const char *fallback;         /* NULL: no default */
  int64_t least, most;          /* for CONFIG_INT */
  const char *help_ja, *help_en;
};

struct config;
/* Reads file text (NULL: none), environment (as environ) and flags ("name=value"); every problem is a finding with the
 * line or the name: unknown key, wrong kind, out of bounds. Values live in the arena. */
MUST_USE result config_read(struct arena *a, const struct config_key *keys, size_t key_count, str file_text,
                            char *const *environment, const str *flags, size_t flag_count, struct findings *f,
                            struct config **out);
str config_text(const struct config *c, const char *name);             /* asserts that the key is declared */
int64_t config_int(const struct config *c, const char *name);
bool config_bool(const struct config *c, const char *name);
/* "file", "environment", "flag" or "default": for `config` to show where a value came from. */
const char *config_source(const struct config *c, const char *name);
/* The table as text for people: every key with kind, default, bounds, environment name and help in both languages. */
str config_help(struct arena *a, const struct config_key *keys, size_t key_count, bool japanese);

#endif
