/* Is what is sealed opened only where it belongs, by the keys it was sealed with, and by nobody after erasure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/fixture.h"

static struct fixture x;
static char key_file[160];
static struct uuid owner_account;

static struct uuid new_id(void) {
  struct clock c = clock_fixed(&x.now_us);
  struct randomness r = randomness_seeded(&x.seed);
  return uuid_v7(&c, &r);
}

static int set_up(void **state) {
  (void)state;
  fixture_up(&x);
  snprintf(key_file, sizeof key_file, "%s/keys", x.folder);
  struct clock c = clock_fixed(&x.now_us);
  struct bootstrap_owner owners[2] = { { new_id(), new_id(), STR("一人目"), STR("owner-1"), { { 0 } } },
                                       { new_id(), new_id(), STR("二人目"), STR("owner-2"), { { 0 } } } };
  owner_account = owners[0].account;
  struct findings f = findings_in(x.arena);
  return store_bootstrap_owners(x.arena, cluster_owner_conninfo(x.cluster), &c, owners, &f) == RESULT_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  fixture_down(&x);
  return 0;
}

/* ---- key files */

static result read_text(const char *text, mode_t mode, size_t *problems, struct master_keys **out) {
  char path[160];
  snprintf(path, sizeof path, "%s/tried", x.folder);
  assert_int_equal(file_replace(path, str_of(text), mode), RESULT_OK);
  struct findings f = findings_in(x.arena);
  result r = master_keys_read(x.arena, path, &f, out);
  *problems = f.count;
  for (size_t i = 0; i < f.count; i++) assert_string_equal(f.items[i].code, "key_file");
  return r;
}

#define HEX_A "0101010101010101010101010101010101010101010101010101010101010101"
#define HEX_B "0202020202020202020202020202020202020202020202020202020202020202"

static void key_files_are_read_strictly(void **state) {
  (void)state;
  static const struct {
    const char *text;
    mode_t mode;
    size_t problems;
  } cases[] = {
    { "a " HEX_A "\nblind-index " HEX_B "\n", 0600, 0 },
    { "# words\n\n a " HEX_A "\nblind-index " HEX_B, 0600, 0 },
    { "a " HEX_A "\nblind-index " HEX_B "\n", 0640, 1 }, /* others can read it */
    { "a " HEX_A "\n", 0600, 1 },                        /* no blind index */
    { "blind-index " HEX_B "\n", 0600, 1 },              /* no key */
    { "", 0600, 1 },
    { "a 01\nblind-index " HEX_B "\n", 0600, 1 },                     /* too short */
    { "A " HEX_A "\nblind-index " HEX_B "\n", 0600, 1 },              /* a name the database would not take */
    { "a " HEX_A "\na " HEX_B "\nblind-index " HEX_B "\n", 0600, 1 }, /* a name twice */
    { "a " HEX_A "\nblind-index " HEX_B "\nblind-index " HEX_A "\nwords\n", 0600, 2 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct master_keys *m;
    size_t problems;
    result r = read_text(cases[i].text, cases[i].mode, &problems, &m);
    assert_int_equal(problems, cases[i].problems);
    assert_int_equal(r, cases[i].problems ? RESULT_REFUSED : RESULT_OK);
  }
}

static void a_fresh_file_is_made_once(void **state) {
  (void)state;
  struct randomness r = randomness_seeded(&x.seed);
  assert_int_equal(master_keys_create(key_file, &r), RESULT_OK);
  assert_int_equal(master_keys_create(key_file, &r), RESULT_CONFLICT);
  struct stat st;
  assert_int_equal(stat(key_file, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  struct findings f = findings_in(x.arena);
  struct master_keys *m;
  assert_int_equal(master_keys_read(x.arena, key_file, &f, &m), RESULT_OK);
  assert_int_equal(unlink(key_file), 0);
}

static void blind_indexes_tell_equal_from_other(void **state) {
  (void)state;
  struct master_keys *m, *other;
  size_t problems;
  assert_int_equal(read_text("a " HEX_A "\nblind-index " HEX_B "\n", 0600, &problems, &m), RESULT_OK);
  assert_int_equal(read_text("a " HEX_A "\nblind-index " HEX_A "\n", 0600, &problems, &other), RESULT_OK);
  struct sha256 one = blind_index(m, "payee_account", STR("0001-001-1-1234567"));
  struct sha256 again = blind_index(m, "payee_account", STR("0001-001-1-1234567"));
  struct sha256 value = blind_index(m, "payee_account", STR("0001-001-1-1234568"));
  struct sha256 index = blind_index(m, "payee", STR("_account0001-001-1-1234567"));
  struct sha256 key = blind_index(other, "payee_account", STR("0001-001-1-1234567"));
  assert_memory_equal(&one, &again, sizeof one);
  assert_memory_not_equal(&one, &value, sizeof one);
  assert_memory_not_equal(&one, &index, sizeof one);
  assert_memory_not_equal(&one, &key, sizeof one);
}

/* ---- sealing */

struct job {
  const struct master_keys *keys;
  struct uuid subject, row;
  str sealed, plain;
  struct rotation rotation;
  result answer;
};

static result seal_for_account(struct tx *tx, void *context) {
  struct job *job = context;
  struct sealing s;
  TRY(sealing_create(tx, job->keys, SEALING_ACCOUNT, job->subject, job->subject, &s));
  TRY(sealing_seal(tx, &s, "idempotency", "sealed_body", job->row, STR("患者の名前"), &job->sealed));
  sealing_close(&s);
  return RESULT_OK;
}

/* Opens job->sealed where it is, and nowhere else. */
static result open_it(struct tx *tx, void *context) {
  struct job *job = context;
  struct sealing s;
  job->answer = sealing_open(tx, job->keys, job->subject, &s);
  if (job->answer != RESULT_OK) return RESULT_OK;
  str elsewhere;
  assert_int_equal(sealing_unseal(tx, &s, "idempotency", "sealed_body", new_id(), job->sealed, &elsewhere),
                   RESULT_REFUSED);
  assert_int_equal(sealing_unseal(tx, &s, "idempotency", "headers", job->row, job->sealed, &elsewhere), RESULT_REFUSED);
  assert_int_equal(sealing_unseal(tx, &s, "message", "sealed_body", job->row, job->sealed, &elsewhere), RESULT_REFUSED);
  job->answer = sealing_unseal(tx, &s, "idempotency", "sealed_body", job->row, job->sealed, &job->plain);
  sealing_close(&s);
  return RESULT_OK;
}

static result rotate(struct tx *tx, void *context) {
  struct job *job = context;
  return sealing_rotate(tx, job->keys, (struct uuid){ { 0 } }, 1, &job->rotation);
}

static result run(struct uuid account, tx_body *body, struct job *job) {
  return store_run(x.store, STORE_STAFF, (struct actor){ account, STR("") }, x.arena, body, job, NULL);
}

static void sealed_values_open_in_their_place_through_a_rotation(void **state) {
  (void)state;
  struct master_keys *old, *both, *fresh;
  size_t problems;
  assert_int_equal(read_text("old " HEX_A "\nblind-index " HEX_B "\n", 0600, &problems, &old), RESULT_OK);
  assert_int_equal(read_text("new " HEX_B "\nold " HEX_A "\nblind-index " HEX_B "\n", 0600, &problems, &both),
                   RESULT_OK);
  assert_int_equal(read_text("new " HEX_B "\nblind-index " HEX_B "\n", 0600, &problems, &fresh), RESULT_OK);
  struct job job = { .keys = old, .subject = owner_account, .row = owner_account };
  assert_int_equal(run(owner_account, seal_for_account, &job), RESULT_OK);
  assert_int_equal(job.sealed.n, STR("患者の名前").n + SEAL_OVERHEAD_BYTES);
  assert_int_equal(run(owner_account, open_it, &job), RESULT_OK);
  assert_int_equal(job.answer, RESULT_OK);
  assert_true(str_eq(job.plain, STR("患者の名前")));

  job.keys = fresh; /* the old master key is gone too early */
  assert_int_equal(run(owner_account, open_it, &job), RESULT_OK);
  assert_int_equal(job.answer, RESULT_REFUSED);
  assert_int_equal(run(STORE_SERVICE_ACCOUNT, rotate, &job), RESULT_OK);
  assert_int_equal(job.rotation.count, 0);
  assert_int_equal(job.rotation.unopened, 1);
  assert_int_equal(job.rotation.left, 1);
  job.keys = both;
  struct tx_fault fault;
  assert_int_equal(
      store_run(x.store, STORE_STAFF, (struct actor){ owner_account, STR("") }, x.arena, rotate, &job, &fault),
      RESULT_CONFLICT); /* the service alone wraps anew */
  assert_true(tx_fault_is(&fault, "role_needed"));
  assert_int_equal(run(STORE_SERVICE_ACCOUNT, rotate, &job), RESULT_OK);
  assert_int_equal(job.rotation.count, 1);
  assert_true(uuid_eq(job.rotation.subjects[0], owner_account));
  assert_int_equal(job.rotation.left, 0);
  job.keys = fresh;
  assert_int_equal(run(owner_account, open_it, &job), RESULT_OK);
  assert_int_equal(job.answer, RESULT_OK);
  job.keys = old;
  assert_int_equal(run(owner_account, open_it, &job), RESULT_OK);
  assert_int_equal(job.answer, RESULT_REFUSED);
}

static result erase_account(struct tx *tx, void *context) {
  struct job *job = context;
  struct uuid id = tx_new_id(tx);
  char text[37];
  uuid_write(id, text);
  str body = str_format(tx_arena(tx), "{\"id\":\"%s\",\"type\":\"subject.erased\"}", text);
  bool erased;
  TRY(store_erase(tx, job->subject, id, body, (struct sha256){ { 5 } }, STR("job"), &erased));
  return erased ? RESULT_OK : RESULT_NOT_FOUND;
}

static void what_is_erased_is_read_no_more(void **state) {
  (void)state;
  struct master_keys *keys;
  size_t problems;
  assert_int_equal(read_text("new " HEX_B "\nblind-index " HEX_B "\n", 0600, &problems, &keys), RESULT_OK);
  struct job job = { .keys = keys, .subject = owner_account, .row = owner_account };
  assert_int_equal(run(STORE_SERVICE_ACCOUNT, erase_account, &job), RESULT_OK);
  assert_int_equal(run(owner_account, open_it, &job), RESULT_OK);
  assert_int_equal(job.answer, RESULT_NOT_FOUND);
  assert_int_equal(run(STORE_SERVICE_ACCOUNT, erase_account, &job), RESULT_NOT_FOUND);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(key_files_are_read_strictly),
    cmocka_unit_test(a_fresh_file_is_made_once),
    cmocka_unit_test(blind_indexes_tell_equal_from_other),
    cmocka_unit_test(sealed_values_open_in_their_place_through_a_rotation),
    cmocka_unit_test(what_is_erased_is_read_no_more),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
