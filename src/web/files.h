/* files: templates and assets as they were built into the program (tools/embed.cmake). */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include "shienkin/base.h"

struct embedded {
  const char *name;             /* "home.mustache", "style.css" */
  str bytes;
  const char *digest;           /* 32 hex digits: the first half of the SHA-256 */
};

extern const struct embedded web__templates[], web__assets[];
extern const struct embedded web__duties[];            /* the models of rules/reporting-duties */
extern const struct embedded web__clauses[];           /* the scheme's own words: rules/cyber-support/policy-ja.md, policy.md */
extern const size_t web__templates_count, web__assets_count, web__duties_count, web__clauses_count;

/* "/assets/style.0123456789abcdef….css"; asserts that there is such a file. */
str web__asset_path(struct arena *a, const char *name);

#endif
