/* Are migrations applied in order, once, and never when they were changed; does the store refuse a schema or a login
 * that it should not serve with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/fixture.h"

static struct fixture x;
static char folder[160], admin[400];

static const char *in_folder(const char *name) { return str_z(x.arena, str_format(x.arena, "%s/%s", folder, name)); }

static int set_up(void **state) {
  (void)state;
  fixture_up(&x);
  snprintf(folder, sizeof folder, "%s/migrations", x.folder);
  fixture_program((const char *const[]){ "cp", "-a", FIXTURE_MIGRATIONS, folder, NULL });
  str password, rest;
  if (file_read(x.arena, str_z(x.arena, str_format(x.arena, "%s/secrets/admin", x.state)), 200, &password) != RESULT_OK)
    return -1;
  snprintf(admin, sizeof admin, "host='%s/run' dbname=postgres user=shienkin_admin password=%.*s", x.state,
           STR_ARG(str_cut(password, '\n', &rest)));
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  fixture_down(&x);
  return 0;
}

static result migrate(struct findings *f, struct migration_report *out) {
  struct clock c = clock_system();
  *f = findings_in(x.arena);
  return store_migrate(x.arena, cluster_owner_conninfo(x.cluster), folder, &c, f, out);
}

static void applies_what_is_missing_once(void **state) {
  (void)state;
  struct findings f;
  struct migration_report r;
  assert_int_equal(migrate(&f, &r), RESULT_OK);
  assert_int_equal(r.from, STORE_SCHEMA_MOST);
  assert_int_equal(r.to, STORE_SCHEMA_MOST);
}

static void refuses_a_changed_file(void **state) {
  (void)state;
  str text;
  const char *path = in_folder("0007-rules.sql");
  assert_int_equal(file_read(x.arena, path, 1 << 20, &text), RESULT_OK);
  assert_int_equal(file_replace(path, str_format(x.arena, "%.*s\n-- more\n", STR_ARG(text)), 0644), RESULT_OK);
  struct findings f;
  struct migration_report r;
  assert_int_equal(migrate(&f, &r), RESULT_REFUSED);
  assert_true(findings_has(&f, STR(""), "migration_changed"));
  assert_int_equal(file_replace(path, text, 0644), RESULT_OK);
}

static void refuses_a_gap(void **state) {
  (void)state;
  const char *path = in_folder("0099-far.sql");
  assert_int_equal(file_replace(path, STR("BEGIN; COMMIT;\n"), 0644), RESULT_OK);
  struct findings f;
  struct migration_report r;
  assert_int_equal(migrate(&f, &r), RESULT_REFUSED);
  assert_true(findings_has(&f, STR(""), "migration_order"));
  assert_int_equal(unlink(path), 0);
}

static void refuses_an_empty_folder(void **state) {
  (void)state;
  struct clock c = clock_system();
  struct findings f = findings_in(x.arena);
  struct migration_report r;
  assert_int_equal(store_migrate(x.arena, cluster_owner_conninfo(x.cluster), x.folder, &c, &f, &r), RESULT_REFUSED);
  assert_true(findings_has(&f, STR(""), "migrations_missing"));
}

static struct store_options options_with(const char *user, const char *password_file) {
  struct store_options o = { .where = cluster_where(x.cluster),
                             .clock = clock_fixed(&x.now_us),
                             .randomness = randomness_seeded(&x.seed),
                             .log = { 2, LOG_ERROR, clock_system() } };
  o.logins[STORE_STAFF] = (struct store_login){ user, password_file, 1 };
  return o;
}

static bool store_refused(const char *user, const char *secret, const char *code) {
  struct store_options o = options_with(user, str_z(x.arena, str_format(x.arena, "%s/secrets/%s", x.state, secret)));
  struct findings f = findings_in(x.arena);
  struct store *s = NULL;
  result r = store_open(x.arena, &o, &f, &s);
  if (r == RESULT_OK) store_close(s);
  return r != RESULT_OK && findings_has(&f, STR(""), code);
}

/* As the administrator, through a migration that registers nothing: a way to run SQL with what the store offers. */
static void run_as_admin(const char *sql) {
  char *const words[] = { "psql",
                          "-X",
                          "-q",
                          "-d",
                          (char *)(uintptr_t)str_z(x.arena, str_format(x.arena, "%s", admin)),
                          "-v",
                          "ON_ERROR_STOP=1",
                          "-c",
                          (char *)(uintptr_t)sql,
                          NULL };
  char *database = strstr(words[4], "dbname=postgres");
  memcpy(database, "dbname=shienkin", strlen("dbname=shienkin"));
  fixture_program((const char *const *)words);
}

static void refuses_logins_that_may_too_much(void **state) {
  (void)state;
  assert_false(store_refused("shienkin_staff", "staff", "login_rights"));
  assert_true(store_refused("shienkin_owner", "owner", "login_owner"));
  assert_true(store_refused("shienkin_admin", "admin", "login_superuser"));
  run_as_admin("GRANT UPDATE (total_yen) ON shienkin.decision TO shienkin_staff");
  assert_true(store_refused("shienkin_staff", "staff", "login_rights"));
  run_as_admin("REVOKE UPDATE (total_yen) ON shienkin.decision FROM shienkin_staff");
  run_as_admin("GRANT DELETE ON shienkin.event TO shienkin_staff");
  assert_true(store_refused("shienkin_staff", "staff", "login_rights"));
  run_as_admin("REVOKE DELETE ON shienkin.event FROM shienkin_staff");
  assert_false(store_refused("shienkin_staff", "staff", "login_rights"));
}

static void tells_a_wrong_password_and_a_missing_file(void **state) {
  (void)state;
  assert_true(store_refused("shienkin_staff", "clinic", "database_away"));
  assert_true(store_refused("shienkin_staff", "nothing", "password_file"));
}

static void refuses_a_schema_that_it_does_not_know(void **state) {
  (void)state;
  char name[32], text[100];
  snprintf(name, sizeof name, "%04d-next.sql", STORE_SCHEMA_MOST + 1);
  snprintf(text, sizeof text, "BEGIN; SELECT shienkin.register_migration(%d, 'next'); COMMIT;\n", STORE_SCHEMA_MOST + 1);
  assert_int_equal(file_replace(in_folder(name), str_of(text), 0644), RESULT_OK);
  struct findings f;
  struct migration_report r;
  assert_int_equal(migrate(&f, &r), RESULT_OK);
  assert_int_equal(r.to, STORE_SCHEMA_MOST + 1);
  assert_true(store_refused("shienkin_staff", "staff", "schema_range"));
}

static void a_failing_migration_leaves_nothing(void **state) {
  (void)state;
  char name[32];
  snprintf(name, sizeof name, "%04d-bad.sql", STORE_SCHEMA_MOST + 2); /* after the one that the test before left */
  const char *path = in_folder(name);
  const str bad = STR("BEGIN;\nCREATE TABLE shienkin.half (id uuid);\nSELECT nonsense;\nCOMMIT;\n");
  assert_int_equal(file_replace(path, bad, 0644), RESULT_OK);
  struct findings f;
  struct migration_report r;
  for (int again = 0; again < 2; again++) {
    assert_int_equal(migrate(&f, &r), RESULT_REFUSED);
    assert_true(findings_has(&f, STR(""), "migration_failed"));
    assert_true(str_find(f.items[0].en, STR("line 3")) >= 0);
    assert_true(str_find(f.items[0].en, STR("nonsense")) >= 0);
  }
}

static void makes_two_owners_once(void **state) {
  (void)state;
  struct clock c = clock_fixed(&x.now_us);
  struct randomness random = randomness_seeded(&x.seed);
  struct bootstrap_owner owners[2];
  for (int i = 0; i < 2; i++)
    owners[i] = (struct bootstrap_owner){ uuid_v7(&c, &random), uuid_v7(&c, &random), STR("制度 管理"),
                                          i ? STR("owner-2") : STR("owner-1"), { { 0 } } };
  struct findings f = findings_in(x.arena);
  assert_int_equal(store_bootstrap_owners(x.arena, cluster_owner_conninfo(x.cluster), &c, owners, &f), RESULT_OK);
  owners[0].person = uuid_v7(&c, &random);
  assert_int_equal(store_bootstrap_owners(x.arena, cluster_owner_conninfo(x.cluster), &c, owners, &f), RESULT_CONFLICT);
  assert_true(findings_has(&f, STR(""), "bootstrap_once"));
}

static void bootstrap_may_be_repeated(void **state) {
  (void)state;
  struct findings f = findings_in(x.arena);
  assert_int_equal(store_bootstrap(x.arena, admin, "shienkin", folder, NULL, &f), RESULT_OK);
  assert_int_equal(store_bootstrap(x.arena, admin, "another one", folder, NULL, &f), RESULT_OK);
  assert_int_equal(f.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(applies_what_is_missing_once),
    cmocka_unit_test(refuses_a_changed_file),
    cmocka_unit_test(refuses_a_gap),
    cmocka_unit_test(refuses_an_empty_folder),
    cmocka_unit_test(refuses_logins_that_may_too_much),
    cmocka_unit_test(tells_a_wrong_password_and_a_missing_file),
    cmocka_unit_test(makes_two_owners_once),
    cmocka_unit_test(bootstrap_may_be_repeated),
    cmocka_unit_test(refuses_a_schema_that_it_does_not_know),
    cmocka_unit_test(a_failing_migration_leaves_nothing),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
