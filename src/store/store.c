/* store: opening. Before anything is served we look at the schema's number and at what each login could do: a service
 * that may change what was decided is refused, whatever it means to do. */
#include "store.h"

#include "messages.h"
#include "shienkin/store/migrate.h"
#include "tx.h"

const char *store_realm_name(enum store_realm realm) {
  static const char *const names[STORE_REALMS] = { "clinic", "staff", "log", "auditor" };
  assert(realm < STORE_REALMS);
  return names[realm];
}

/* ---- what a login must not be able to do */

struct look_row {
  int64_t schema;
  bool powerful, owner;
  str rights; /* "table: RIGHT, …"; null: none too many */
};
#define F(kind, member) SQL_FIELD(kind, struct look_row, member)
static const struct sql_field LOOK_OUT[] = { F(INT, schema), F(BOOL, powerful), F(BOOL, owner), F(TEXT, rights) };
#undef F
static const struct statement LOOK = STATEMENT_READS_ALL(
    "look", LOOK_OUT, struct look_row,
    "SELECT (SELECT coalesce(max(m.number), 0) FROM shienkin.migration m), "
    "(SELECT r.rolsuper OR r.rolbypassrls FROM pg_catalog.pg_roles r WHERE r.rolname = current_user), "
    "pg_has_role(current_user, 'shienkin_owner', 'MEMBER'), "
    "(SELECT string_agg(format('%s: %s', c.relname, p.privilege), ', ' ORDER BY c.relname, p.privilege) "
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    " CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) AS p(privilege) "
    " WHERE n.nspname IN ('shienkin', 'audit') AND c.relkind = 'r' "
    " AND EXISTS (SELECT FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid "
    "             WHERE t.tgrelid = c.oid AND f.proname = 'refuse_change' AND t.tgname IN ('a_no_update', 'a_no_change')) "
    " AND c.relname <> 'event_pending' AND (has_table_privilege(current_user, c.oid, p.privilege) "
    "      OR (p.privilege = 'UPDATE' AND has_any_column_privilege(current_user, c.oid, 'UPDATE'))))");

static result look(struct tx *tx, void *context) { return tx_one(tx, &LOOK, NULL, context); }

static result check_realm(struct store *s, struct arena *a, enum store_realm realm, struct findings *f) {
  const char *user = s->options.logins[realm].user;
  struct look_row row = { 0 };
  struct tx_fault fault;
  result r = store_run(s, realm, (struct actor){ { { 0 } }, STR("") }, a, look, &row, &fault);
  if (r != RESULT_OK && strcmp(fault.sqlstate, "42P01") == 0) {
    FINDING(f, STR(""), &store__schema_missing);
    return RESULT_REFUSED;
  }
  if (r != RESULT_OK) {
    FINDING(f, STR(""), &store__database_away, str_of(s->options.where));
    return r;
  }
  size_t before = f->count;
  if (row.schema < STORE_SCHEMA_LEAST || row.schema > STORE_SCHEMA_MOST)
    FINDING(f, STR(""), &store__schema_range, str_format(a, "%d", (int)row.schema),
            STORE_SCHEMA_LEAST == STORE_SCHEMA_MOST ? str_format(a, "%d", STORE_SCHEMA_MOST)
                                                    : str_format(a, "%d–%d", STORE_SCHEMA_LEAST, STORE_SCHEMA_MOST));
  if (row.powerful) FINDING(f, STR(""), &store__login_superuser, str_of(user));
  if (row.owner && !row.powerful) FINDING(f, STR(""), &store__login_owner, str_of(user));
  if (row.rights.p && !row.powerful && !row.owner) FINDING(f, STR(""), &store__login_rights, str_of(user), row.rights);
  return f->count > before ? RESULT_REFUSED : RESULT_OK;
}

/* ---- opening and closing */

static result read_password(struct store *s, const struct store_login *login, struct findings *f, str *out) {
  *out = STR("");
  if (!login->password_file) return RESULT_OK;
  str text, rest;
  if (file_read(s->arena, login->password_file, 4096, &text) != RESULT_OK) {
    FINDING(f, STR(""), &store__password_file, str_of(login->password_file));
    return RESULT_REFUSED;
  }
  *out = str_cut(text, '\n', &rest);
  return RESULT_OK;
}

static result open_pools(struct store *s, struct findings *f) {
  for (int realm = 0; realm < STORE_REALMS; realm++) {
    struct store_login *login = &s->options.logins[realm];
    if (!login->user) continue;
    login->user = str_z(s->arena, str_of(login->user));
    str password;
    TRY(read_password(s, login, f, &password));
    TRY(pool_init(&s->pools[realm], s->options.where, login, password, s->options.wait_ms));
  }
  return RESULT_OK;
}

result store_look(struct store *s, struct arena *a, struct findings *f) {
  for (int realm = 0; realm < STORE_REALMS; realm++)
    if (s->options.logins[realm].user) TRY(check_realm(s, a, (enum store_realm)realm, f));
  return RESULT_OK;
}

result store_open(struct arena *a, const struct store_options *options, struct findings *f, struct store **out) {
  struct arena *own = arena_new(1 << 20);
  if (!own) return RESULT_NO_MEMORY;
  struct store *s = ARENA_NEW(own, struct store);
  *s = (struct store){ .arena = own, .options = *options };
  s->options.where = str_z(own, str_of(options->where));
  result r = open_pools(s, f);
  if (r == RESULT_OK) r = store_look(s, a, f);
  if (r != RESULT_OK) {
    store_close(s);
    return r;
  }
  *out = s;
  return RESULT_OK;
}

void store_close(struct store *s) {
  if (!s) return;
  for (int realm = 0; realm < STORE_REALMS; realm++) {
    str password = s->pools[realm].password;
    pool_close(&s->pools[realm]);
    if (password.n > 0) bytes_wipe((void *)(uintptr_t)password.p, password.n);
  }
  arena_free(s->arena);
}
