/* migrate: SQL files by plain libpq, one connection, no pipeline. Migrations are transactions of their own that
 * register themselves (shienkin.register_migration); we tell them the moment and the hash of their bytes, and apply
 * none that the register holds. */
#include "shienkin/store/migrate.h"

#include <libpq-fe.h>
#include <stdio.h>

#include "messages.h"

enum { FILE_BYTES_MOST = 4 << 20 };
/* Any number that nobody else uses: "shkn" in ASCII, for the advisory lock that two migrations meet at. */
static const char LOCK[] = "SELECT pg_advisory_lock(1936223086)";

static void finish(PGconn **c) { PQfinish(*c); }
static void clear(PGresult **r) { PQclear(*r); }

static result away(struct findings *f, PGconn *c) {
  FINDING(f, STR(""), &store__database_away, str_trim(str_of(PQerrorMessage(c))));
  return RESULT_OUTSIDE;
}

static void be_silent(void *context, const char *message) {
  (void)context;
  (void)message;
}

static PGconn *connect_to(const char *conninfo, const char *database) {
  const char *keys[] = { "dbname", "dbname", "application_name", "client_encoding", "options", NULL };
  const char *values[] = { conninfo, database, "shienkin-migrate", "UTF8", "-c TimeZone=UTC", NULL };
  if (!database) {
    keys[1] = "connect_timeout";
    values[1] = "5";
  }
  PGconn *c = PQconnectdbParams(keys, values, 1);
  PQsetNoticeProcessor(c, be_silent, NULL);
  return c;
}

static bool run(PGconn *c, const char *sql) {
  CLEANUP(clear)
  PGresult *r = PQexec(c, sql);
  ExecStatusType status = PQresultStatus(r);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool ask(PGconn *c, const char *sql, int count, const char *const *values, char *out, size_t size) {
  CLEANUP(clear)
  PGresult *r = PQexecParams(c, sql, count, NULL, values, NULL, NULL, 0);
  if (PQresultStatus(r) != PGRES_TUPLES_OK) return false;
  snprintf(out, size, "%s", PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : "");
  return true;
}

static str said(struct arena *a, PGconn *c) { return str_copy(a, str_trim(str_of(PQerrorMessage(c)))); }

/* ---- bootstrap */

static const char *const roles[] = { "shienkin_owner", "shienkin_clinic", "shienkin_staff", "shienkin_log",
                                     "shienkin_auditor" };

static result bootstrap_failed(struct arena *a, struct findings *f, PGconn *c, const char *step) {
  FINDING(f, STR(""), &store__bootstrap_failed, str_of(step), said(a, c));
  return RESULT_REFUSED;
}

static result run_file(struct arena *a, PGconn *c, const char *folder, const char *name, struct findings *f) {
  str text;
  const char *path = str_z(a, str_format(a, "%s/bootstrap/%s", folder, name));
  if (file_read(a, path, FILE_BYTES_MOST, &text) != RESULT_OK) {
    FINDING(f, STR(""), &store__migrations_missing, str_of(path));
    return RESULT_REFUSED;
  }
  return run(c, text.p) ? RESULT_OK : bootstrap_failed(a, f, c, name);
}

/* The server gets a SCRAM verifier; the password itself stays here. */
static result set_password(struct arena *a, PGconn *c, const char *role, str password, struct findings *f) {
  char *verifier = PQencryptPasswordConn(c, str_z(a, password), role, "scram-sha-256");
  if (!verifier) return bootstrap_failed(a, f, c, role);
  char *literal = PQescapeLiteral(c, verifier, strlen(verifier));
  PQfreemem(verifier);
  if (!literal) return bootstrap_failed(a, f, c, role);
  str sql = str_format(a, "ALTER ROLE %s PASSWORD %s", role, literal);
  PQfreemem(literal);
  return run(c, sql.p) ? RESULT_OK : bootstrap_failed(a, f, c, role);
}

static result make_database(struct arena *a, PGconn *c, const char *database, struct findings *f) {
  char found[8];
  if (!ask(c, "SELECT 1 FROM pg_database WHERE datname = $1", 1, &database, found, sizeof found))
    return bootstrap_failed(a, f, c, "database");
  if (found[0] == '1') return RESULT_OK;
  char *name = PQescapeIdentifier(c, database, strlen(database));
  if (!name) return bootstrap_failed(a, f, c, "database");
  str sql = str_format(a, "CREATE DATABASE %s OWNER shienkin_owner ENCODING 'UTF8' TEMPLATE template0", name);
  PQfreemem(name);
  return run(c, sql.p) ? RESULT_OK : bootstrap_failed(a, f, c, "database");
}

result store_bootstrap(struct arena *a, const char *conninfo, const char *database, const char *folder,
                       const str *passwords, struct findings *f) {
  CLEANUP(finish)
  PGconn *c = connect_to(conninfo, NULL);
  if (PQstatus(c) != CONNECTION_OK) return away(f, c);
  TRY(run_file(a, c, folder, "1-roles.sql", f));
  for (size_t i = 0; passwords && i < COUNT_OF(roles); i++) TRY(set_password(a, c, roles[i], passwords[i], f));
  TRY(make_database(a, c, database, f));
  CLEANUP(finish)
  PGconn *inside = connect_to(conninfo, database);
  if (PQstatus(inside) != CONNECTION_OK) return away(f, inside);
  return run_file(a, inside, folder, "2-database.sql", f);
}

/* ---- migrations */

struct file {
  int number;
  str name;
}; /* 3, "0003-roster.sql" */

static bool number_of(str name, int *out) {
  int64_t number;
  if (name.n < 10 || !str_ends(name, STR(".sql")) || name.p[4] != '-') return false;
  if (!str_to_int64(str_slice(name, 0, 4), &number)) return false;
  *out = (int)number;
  return true;
}

/* Numbered files in order; anything else in the folder is none of ours. */
static result list_files(struct arena *a, const char *folder, struct findings *f, struct file **out, size_t *count) {
  str *names;
  size_t found;
  *count = 0;
  if (file_list(a, folder, &names, &found) == RESULT_OK) {
    *out = ARENA_ARRAY(a, struct file, found);
    for (size_t i = 0; i < found; i++) {
      struct file *next = &(*out)[*count];
      *next = (struct file){ 0, names[i] };
      if (!number_of(names[i], &next->number)) continue;
      if (next->number != (int)*count + 1) {
        FINDING(f, STR(""), &store__migration_order, names[i]);
        return RESULT_REFUSED;
      }
      ++*count;
    }
  }
  if (*count > 0) return RESULT_OK;
  FINDING(f, STR(""), &store__migrations_missing, str_of(folder));
  return RESULT_REFUSED;
}

static bool applied_hash(PGconn *c, int number, char out[72]) {
  char text[16];
  snprintf(text, sizeof text, "%d", number);
  const char *values[] = { text };
  return ask(c, "SELECT coalesce(encode(sha256, 'hex'), '?') FROM shienkin.migration WHERE number = $1::integer", 1,
             values, out, 72);
}

static result register_settings(struct arena *a, PGconn *c, const struct clock *clock, const char *sha256,
                                struct findings *f) {
  int64_t ms = clock_now_us(clock) / 1000;
  char at[32], ignored[72];
  snprintf(at, sizeof at, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
  const char *values[] = { at, sha256 };
  if (ask(c,
          "SELECT set_config('shienkin.at', to_timestamp($1::numeric)::text, false), "
          "set_config('shienkin.migration_sha256', $2, false)",
          2, values, ignored, sizeof ignored))
    return RESULT_OK;
  FINDING(f, STR(""), &store__migration_failed, STR("settings"), said(a, c));
  return RESULT_REFUSED;
}

/* "line 12: what the database said" where it tells a position, else the words alone. */
static str explain(struct arena *a, PGresult *r, str text) {
  const char *primary = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY),
             *position = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
  int64_t at;
  if (!position || !str_to_int64(str_of(position), &at)) return str_format(a, "%s", primary ? primary : "?");
  int line = 1;
  for (size_t i = 0; i < text.n && (int64_t)i + 1 < at; i++) line += text.p[i] == '\n';
  return str_format(a, "line %d: %s", line, primary ? primary : "?");
}

static result apply(struct arena *a, PGconn *c, const struct file *file, str text, struct findings *f) {
  CLEANUP(clear)
  PGresult *r = PQexec(c, text.p);
  ExecStatusType status = PQresultStatus(r);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return RESULT_OK;
  FINDING(f, STR(""), &store__migration_failed, file->name, explain(a, r, text));
  run(c, "ROLLBACK");
  return RESULT_REFUSED;
}

static result migrate_file(struct arena *a, PGconn *c, const char *folder, const struct file *file, bool schema,
                           const struct clock *clock, struct findings *f) {
  str text;
  const char *path = str_z(a, str_format(a, "%s/%.*s", folder, STR_ARG(file->name)));
  if (file_read(a, path, FILE_BYTES_MOST, &text) != RESULT_OK) {
    FINDING(f, STR(""), &store__migrations_missing, str_of(path));
    return RESULT_REFUSED;
  }
  char hash[65], applied[72] = "";
  sha256_write(sha256_of(text), hash);
  if (schema && !applied_hash(c, file->number, applied)) return away(f, c);
  if (applied[0] == '\0') {
    TRY(register_settings(a, c, clock, hash, f));
    return apply(a, c, file, text, f);
  }
  if (strcmp(applied, "?") == 0 || strcmp(applied, hash) == 0) return RESULT_OK;
  FINDING(f, STR(""), &store__migration_changed, file->name);
  return RESULT_REFUSED;
}

result store_migrate(struct arena *a, const char *conninfo, const char *folder, const struct clock *clock,
                     struct findings *f, struct migration_report *out) {
  struct file *files;
  size_t count;
  TRY(list_files(a, folder, f, &files, &count));
  CLEANUP(finish)
  PGconn *c = connect_to(conninfo, NULL);
  if (PQstatus(c) != CONNECTION_OK || !run(c, LOCK)) return away(f, c);
  char schema[8], number[16] = "0";
  if (!ask(c, "SELECT 1 FROM pg_tables WHERE schemaname = 'shienkin' AND tablename = 'migration'", 0, NULL, schema,
           sizeof schema))
    return away(f, c);
  static const char HIGHEST[] = "SELECT coalesce(max(number), 0) FROM shienkin.migration";
  if (schema[0] == '1' && !ask(c, HIGHEST, 0, NULL, number, sizeof number)) return away(f, c);
  int64_t from;
  if (!str_to_int64(str_of(number), &from)) return RESULT_OUTSIDE;
  for (size_t i = 0; i < count; i++) TRY(migrate_file(a, c, folder, &files[i], schema[0] == '1' || i > 0, clock, f));
  *out = (struct migration_report){ (int)from, from > (int64_t)count ? (int)from : (int)count };
  return RESULT_OK;
}

/* ---- the first owners */

enum { FIRST_CODE_DAYS = 30 };

static bool called(PGconn *c, const char *sql, int count, const char *const *values, char rule[64]) {
  CLEANUP(clear)
  PGresult *r = PQexecParams(c, sql, count, NULL, values, NULL, NULL, 0);
  const char *name = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
  snprintf(rule, 64, "%s", name ? name : "");
  return PQresultStatus(r) == PGRES_TUPLES_OK;
}

static bool make_owners(struct arena *a, PGconn *c, const struct bootstrap_owner owners[2], char rule[64]) {
  char ids[4][37];
  const char *values[8];
  for (int i = 0; i < 2; i++) {
    uuid_write(owners[i].person, ids[2 * i]);
    uuid_write(owners[i].account, ids[2 * i + 1]);
    values[4 * i] = ids[2 * i];
    values[4 * i + 1] = ids[2 * i + 1];
    values[4 * i + 2] = str_z(a, owners[i].name);
    values[4 * i + 3] = str_z(a, owners[i].login);
  }
  return called(c, "SELECT shienkin.bootstrap_owners($1, $2, $3, $4, $5, $6, $7, $8)", 8, values, rule);
}

static bool give_codes(struct arena *a, PGconn *c, const struct bootstrap_owner owners[2], char rule[64]) {
  char ids[2][37], codes[2][65];
  const char *days = str_z(a, str_format(a, "%d", FIRST_CODE_DAYS));
  if (sha256_none(owners[0].code) || sha256_none(owners[1].code)) return true;
  for (int i = 0; i < 2; i++) {
    uuid_write(owners[i].account, ids[i]);
    sha256_write(owners[i].code, codes[i]);
  }
  return called(c, "SELECT shienkin.bootstrap_access($1, decode($2, 'hex'), $3, decode($4, 'hex'), $5)", 5,
                (const char *const[]){ ids[0], codes[0], ids[1], codes[1], days }, rule);
}

result store_bootstrap_owners(struct arena *a, const char *conninfo, const struct clock *clock,
                              const struct bootstrap_owner owners[2], struct findings *f) {
  CLEANUP(finish)
  PGconn *c = connect_to(conninfo, NULL);
  char rule[64] = "";
  if (PQstatus(c) != CONNECTION_OK) return away(f, c);
  TRY(register_settings(a, c, clock, "", f));
  bool done = run(c, "BEGIN") && make_owners(a, c, owners, rule) && give_codes(a, c, owners, rule) && run(c, "COMMIT");
  if (done) return RESULT_OK;
  if (strcmp(rule, "bootstrap_once") == 0) {
    FINDING(f, STR(""), &store__bootstrap_once);
    return RESULT_CONFLICT;
  }
  return bootstrap_failed(a, f, c, "owners");
}
