/* payee: the account document: its own checks (bank characters of the Zengin formats, Japan Post Bank's numbers), written
 * one way, and how its holder compares with the roster. Nothing is guessed: what cannot be written in bank characters is refused with the place. */
#ifndef SHIENKIN_SERVICE_INTAKE_PAYEE_H
#define SHIENKIN_SERVICE_INTAKE_PAYEE_H

#include "core/work.h"
#include "roster/on_day.h"

enum { PAYEE_CHANGES_MOST = 12, PAYEE_WARNINGS_MOST = 4 };
struct payee {
  str bank_code, branch_code; /* 4 and 3 digits */
  str account_type;           /* "ordinary", "current", "savings", "other" */
  str account_number;         /* 7 digits */
  str holder_name;            /* bank characters, as UTF-8 */
  const char *changes[PAYEE_CHANGES_MOST];
  size_t change_count; /* steps of normalising that changed something */
  const char *warnings[PAYEE_WARNINGS_MOST];
  size_t warning_count; /* codes of service_warning(): odd, not wrong */
};
/* Findings below `prefix`; RESULT_REFUSED when there are any. */
MUST_USE result payee__read(struct work *w, const struct json *document, str prefix, struct payee *out);
/* The normalised document, canonical; what is sealed. */
str payee__document(struct arena *a, const struct payee *p);
/* A warning, and all of them, for people: {code, pointer, message_ja, message_en}. */
struct json payee__warning(struct arena *a, str code);
struct json payee__warnings(struct arena *a, const struct payee *p);
/* Is a kept document the same account under the same name, however it was typed then? */
bool payee__is(const struct json *kept, const struct payee *p);
/* "matches", "differs", or "unknown" where the roster has no reading to compare with. */
str payee__roster_match(struct arena *a, const struct payee *p, const struct roster_on_day *roster);
struct sha256 payee__blind(struct work *w, const struct payee *p);

#endif
