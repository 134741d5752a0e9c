/* migrate: bootstrap (administrator: roles, database, extensions) and the numbered migrations (owner). `serve` runs
 * neither but for its embedded cluster; it starts only within the range of schemas that it knows. */
#ifndef SHIENKIN_STORE_MIGRATE_H
#define SHIENKIN_STORE_MIGRATE_H

#include "run.h"

enum { STORE_SCHEMA_LEAST = 20, STORE_SCHEMA_MOST = 20 };       /* numbers of migrations that this build works with */

/* Connected as an administrator (conninfo of libpq; any database): runs bootstrap/1-roles.sql, makes the database when
 * it is missing, then bootstrap/2-database.sql in it. `passwords`: five (owner, clinic, staff, log, auditor), stored as
 * SCRAM verifiers; NULL leaves passwords alone. Repeatable. */
MUST_USE result store_bootstrap(struct arena *a, const char *conninfo, const char *database, const char *folder,
                                const str *passwords, struct findings *f);

struct migration_report { int from, to; };      /* schema numbers before and after */
/* Connected as shienkin_owner: applies the files that are missing, each in its own transaction, under an advisory lock
 * so that two never race. RESULT_REFUSED with findings: migration_order, migration_changed (an applied file's bytes
 * differ), migration_failed (file, line, what the database said). */
MUST_USE result store_migrate(struct arena *a, const char *conninfo, const char *folder, const struct clock *clock,
                              struct findings *f, struct migration_report *out);

/* The first two owners of an empty database, as shienkin_owner; RESULT_CONFLICT ever after. */
struct bootstrap_owner {
  struct uuid person, account;
  str name, login;
  struct sha256 code;                   /* HMAC of the first-access code, good for 30 days; zero: no way in yet */
};
MUST_USE result store_bootstrap_owners(struct arena *a, const char *conninfo, const struct clock *clock,
                                       const struct bootstrap_owner owners[2], struct findings *f);

#endif
