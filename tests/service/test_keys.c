/* keys: a new master key comes, every key is wrapped by it, the old one goes, and everything still opens. */
#include "claims.h"
#include "shienkin/service/jobs.h"

/* The house's key file with a line before it, or with only its last line, the blind index's. */
static const struct master_keys *keys_of(struct house *h, const char *file, const char *first_lines, bool with_old) {
  struct arena *a = h->fixture.arena;
  str kept, rest;
  assert_int_equal(file_read(a, str_z(a, str_format(a, "%s/keys", h->fixture.folder)), 4096, &kept), RESULT_OK);
  (void)str_cut(kept, '\n', &rest);
  const char *path = str_z(a, str_format(a, "%s/%s", h->fixture.folder, file));
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  assert_true(fd >= 0);
  assert_int_equal(file_write_fd(fd, str_format(a, "%s%.*s", first_lines, STR_ARG(with_old ? kept : rest))), RESULT_OK);
  fd_close(&fd);
  struct master_keys *out;
  assert_int_equal(master_keys_read(a, path, &h->findings, &out), RESULT_OK);
  return out;
}

#define SECOND "second 1111111111111111111111111111111111111111111111111111111111111111\n"
#define THIRD "third 2222222222222222222222222222222222222222222222222222222222222222\n"

static int64_t wrapped_by(struct house *h, const char *name) {
  return house_count(h, str_z(h->arena, str_format(h->arena, "SELECT count(*) FROM shienkin.sealing_key WHERE kek_id = '%s'", name)));
}

static int64_t rotations(struct house *h) {
  return house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'keys.rotated'");
}

static void assert_opens(struct house *h, struct uuid claim) {
  struct caller c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, claim_view, &c, (&(struct claim_request){ claim })));
  assert_true(str_eq(house_text(h, "/facts/incident/summary"), STR("電子カルテが暗号化された")));
}

static void test_a_new_master_key_takes_over(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct job_report report;
  int64_t keys = wrapped_by(h, "first");
  assert_true(keys >= 2);                       /* the claim's, and the account's under which the answer is remembered */
  assert_int_equal(job_rotate_keys(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
  assert_int_equal(rotations(h), 0);            /* nothing to do leaves no event */

  h->service.keys = keys_of(h, "keys-2", SECOND, true);
  assert_int_equal(job_rotate_keys(&h->service, 1, &report), RESULT_OK);
  assert_int_equal(report.done, 1);             /* a batch, and it stops anywhere */
  assert_opens(h, claim);
  assert_int_equal(job_rotate_keys(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, keys - 1);
  assert_int_equal(report.failed, 0);
  assert_int_equal(wrapped_by(h, "second"), keys);
  assert_int_equal(rotations(h), 2);
  assert_int_equal(house_count(h, "SELECT sum(jsonb_array_length(convert_from(body, 'UTF8')::jsonb -> 'rows'))::bigint FROM "
                                  "shienkin.event WHERE type = 'keys.rotated'"), keys);

  h->service.keys = keys_of(h, "keys-3", SECOND, false);
  assert_opens(h, claim);                       /* without the old master key */
}

/* The old master key went too early: what it wraps is told of, and the rest goes on. */
static void test_a_lost_master_key_stops_nothing_else(void **state) {
  struct house *h = *state;
  struct job_report report;
  const struct master_keys *before = h->service.keys;
  h->service.keys = keys_of(h, "keys-4", THIRD, false);
  struct caller c = house_caller(h, "clinic-1b");
  assert_ok(h, HOUSE(h, draft_begin, &c, (&(struct draft_begin_request){ h->clinic_1, STR("online"), NULL })));
  assert_int_equal(wrapped_by(h, "third"), 1);
  h->service.keys = keys_of(h, "keys-5", "fourth 3333333333333333333333333333333333333333333333333333333333333333\n" THIRD, false);
  int64_t lost = wrapped_by(h, "second");
  assert_int_equal(job_rotate_keys(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.failed, lost);
  assert_int_equal(report.done, 1);
  assert_int_equal(wrapped_by(h, "third"), 0);
  h->service.keys = before;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_a_new_master_key_takes_over, house_between),
    cmocka_unit_test_setup(test_a_lost_master_key_stops_nothing_else, house_between),
  };
  return cmocka_run_group_tests(tests, house_open, house_close);
}
