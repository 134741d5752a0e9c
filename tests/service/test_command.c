/* command: `shienkin migrate` and `shienkin bootstrap` against a real server, as an operator calls them. */
#include "newcomers.h"

static struct fixture fixture;

static int up(void **state) {
  fixture_up_cluster(&fixture);
  *state = &fixture;
  return 0;
}

static int down(void **state) {
  fixture_down(*state);
  return 0;
}

static const char *secret(struct fixture *x, const char *role) {
  str text;
  const char *path = str_z(x->arena, str_format(x->arena, "%s/secrets/%s", x->state, role));
  assert_int_equal(file_read(x->arena, path, 1024, &text), RESULT_OK);
  return str_z(x->arena, str_trim(text));
}

static const char *said_path(struct fixture *x) {
  return str_z(x->arena, str_format(x->arena, "%s/said", x->folder));
}

/* Runs the program with these words, connected as this role, its words of answer into a file; gives its exit code. */
static int called(struct fixture *x, const char *user, const char *role, const char *const *words) {
  char *line[16] = { NULL };
  size_t n = 0;
  pid_t pid;
  int status;
  setenv("PGHOST", str_z(x->arena, str_format(x->arena, "%s/run", x->state)), 1);
  setenv("PGUSER", user, 1);
  setenv("PGDATABASE", "shienkin", 1);
  setenv("PGPASSWORD", secret(x, role), 1);
  line[n++] = (char *)(uintptr_t)BINARY_DIR "/shienkin";
  while (*words) line[n++] = (char *)(uintptr_t)*words++;
  posix_spawn_file_actions_t to_file;
  posix_spawn_file_actions_init(&to_file);
  posix_spawn_file_actions_addopen(&to_file, 1, said_path(x), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_int_equal(posix_spawn(&pid, line[0], &to_file, NULL, line, environ), 0);
  posix_spawn_file_actions_destroy(&to_file);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_migrate_is_repeatable(void **state) {
  struct fixture *x = *state;
  assert_int_equal(called(x, "shienkin_admin", "admin", (const char *const[]){ "migrate", "--bootstrap", NULL }), 0);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "migrate", NULL }), 0);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "migrate", "--name", "x", NULL }), 2);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "migrate", "--database", "host=/nowhere", NULL }), 3);
}

/* The code that stands in the nth line of what the program said. */
static str told_code(struct fixture *x, int line) {
  str text, one = STR("");
  assert_int_equal(file_read(x->arena, said_path(x), 4096, &text), RESULT_OK);
  for (int i = 0; i <= line; i++) one = str_cut(text, '\n', &text);
  assert_true(one.n > 14);
  return str_slice(one, one.n - 14, one.n);
}

static void test_two_owners_once(void **state) {
  struct fixture *x = *state;
  const char *master = str_z(x->arena, str_format(x->arena, "%s/master-keys", x->folder));
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "keys", "--master", master, NULL }), 0);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "bootstrap", "--master", master, "甲", "kou", NULL }), 2);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "bootstrap", "甲", "owner-a", "乙", "owner-b", NULL }), 2);
  assert_int_equal(called(x, "shienkin_owner", "owner",
                          (const char *const[]){ "bootstrap", "--master", master, "甲", "owner-a", "乙", "owner-b", NULL }), 0);
  str first = told_code(x, 0), second = told_code(x, 1);
  assert_false(str_eq(first, second));
  assert_int_equal(called(x, "shienkin_owner", "owner",
                          (const char *const[]){ "bootstrap", "--master", master, "丙", "owner-c", "丁", "owner-d", NULL }), 1);

  /* Each owner comes in by the code that was told, and makes a colleague. */
  struct house h = { .fixture = *x, .arena = arena_new(0) };
  h.findings = findings_in(h.arena);
  struct master_keys *keys;
  assert_int_equal(master_keys_read(x->arena, master, &h.findings, &keys), RESULT_OK);
  struct clock now = clock_system();
  h.fixture.now_us = clock_now_us(&now); /* the codes were made by the program's own clock */
  fixture_open_store(&h.fixture);
  h.service = (struct service){ .store = h.fixture.store, .keys = keys, .clock = clock_fixed(&h.fixture.now_us),
                                .randomness = randomness_seeded(&h.fixture.seed) };
  struct newcomer a = { .login = STR("owner-a") }, b = { .login = STR("owner-b") };
  assert_refused(&h, enter(&h, a.login, second, GOOD_PASSWORD), 422, "sign_in_refused");
  assert_ok(&h, enter(&h, a.login, first, GOOD_PASSWORD));
  enrol(&h, &a);
  assert_ok(&h, enter(&h, b.login, second, GOOD_PASSWORD));
  enrol(&h, &b);
  assert_true(a.caller.roles == SERVICE_OWNER && b.caller.roles == SERVICE_OWNER);
  struct account_open_request staff = { .realm = STR("staff"), .login = STR("colleague-1"), .name = STR("丙") };
  assert_ok(&h, HOUSE(&h, account_open, &a.caller, &staff));
  store_close(h.fixture.store);
  arena_free(h.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_migrate_is_repeatable),
    cmocka_unit_test(test_two_owners_once),
  };
  return cmocka_run_group_tests(tests, up, down);
}
