/* command: `shienkin migrate` and `shienkin bootstrap` against a real server, as an operator calls them. */
#include "house.h"

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

/* Runs the program with these words, connected as this role; gives its exit code. */
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
  assert_int_equal(posix_spawn(&pid, line[0], NULL, NULL, line, environ), 0);
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

static void test_two_owners_once(void **state) {
  struct fixture *x = *state;
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "bootstrap", "甲", "kou", NULL }), 2);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "bootstrap", "甲", "owner-a", "乙", "owner-b", NULL }), 0);
  assert_int_equal(called(x, "shienkin_owner", "owner", (const char *const[]){ "bootstrap", "丙", "owner-c", "丁", "owner-d", NULL }), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_migrate_is_repeatable),
    cmocka_unit_test(test_two_owners_once),
  };
  return cmocka_run_group_tests(tests, up, down);
}
