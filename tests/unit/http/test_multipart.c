/* multipart/form-data: the same whatever pieces it comes in. */
#include "multipart.h"

#include "fixture.h"

#define TYPE "multipart/form-data; boundary=AaB03x"

struct outcome {
  enum multipart_event last;
  struct buf file;
  unsigned files;
};

/* Feeds the body in pieces of `step` bytes. */
static struct outcome feed(struct arena *a, struct multipart *m, str body, size_t step) {
  struct outcome o = { MULTIPART_MORE, buf_in(a), 0 };
  for (size_t at = 0; at < body.n && o.last != MULTIPART_BAD;) {
    size_t n = body.n - at < step ? body.n - at : step, used = 0;
    str data = STR_NONE;
    o.last = multipart__feed(m, str_slice(body, at, at + n), &used, &data);
    assert_true(used <= n);
    if (o.last == MULTIPART_DATA) buf_add(&o.file, data);
    if (o.last == MULTIPART_FILE) o.files++;
    at += used;
  }
  return o;
}

static const char whole[] =
    "a preamble that nobody reads\r\n"
    "--AaB03x  \r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nline one\r\n--AaB03\r\nline two\r\n"
    "--AaB03x\r\ncontent-disposition: FORM-DATA; name=\"f\"; filename=\"証拠 \\\"1\\\".pdf\"\r\nContent-Type: Application/PDF\r\n\r\n"
    "%PDF\r\r\n-\r\n--AaB\r\n\r\n--AaB03x--\r\nan epilogue\r\n--AaB03x\r\n";

static void any_pieces(void **state) {
  struct fixture *x = *state;
  for (size_t step = 1; step < sizeof whole; step += step < 90 ? 1 : 37) {
    struct multipart *m = multipart__new(x->arena, STR(TYPE));
    struct outcome o = feed(x->arena, m, (str){ whole, sizeof whole - 1 }, step);
    size_t count;
    const struct http_pair *fields = multipart__fields(m, &count);
    assert_int_equal(count, 1);
    SAME(fields[0].name, "note");
    SAME(fields[0].value, "line one\r\n--AaB03\r\nline two");
    assert_int_equal(o.files, 1);
    SAME(buf_str(&o.file), "%PDF\r\r\n-\r\n--AaB\r\n");
    SAME(multipart__file_name(m), "証拠 \"1\".pdf");
    SAME(multipart__file_type(m), "application/pdf");
    assert_true(multipart__whole(m));
  }
}

static void boundaries(void **state) {
  struct fixture *x = *state;
  assert_non_null(multipart__new(x->arena, STR("multipart/form-data; boundary=\"a b'()+_,-./:=?\"")));
  static const char *const bad[] = {
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\"a \"",
    "multipart/form-data; boundary=a\"b",
    "multipart/form-data; boundary=é",
    "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901",
  };
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_null(multipart__new(x->arena, str_of(bad[i])));
}

#define FIELD(name, value) "--AaB03x\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name) "--AaB03x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" name "\"\r\n\r\nbytes\r\n"
#define END "--AaB03x--\r\n"

static void no_file_was_chosen(void **state) {
  struct fixture *x = *state;
  struct multipart *m = multipart__new(x->arena, STR(TYPE));
  struct outcome o = feed(x->arena, m, STR(FILE_PART("") FIELD("a", "1") END), 1000);
  assert_int_equal(o.files, 0);
  assert_true(multipart__whole(m));
  assert_int_equal(multipart__file_name(m).n, 0);
  size_t count;
  multipart__fields(m, &count);
  assert_int_equal(count, 1);
}

static void refused(void **state) {
  struct fixture *x = *state;
  static const char *const bodies[] = {
    FILE_PART("a") FILE_PART("b") END,
    FILE_PART("a") FIELD("a", "1") END,
    "--AaB03x\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n" END,
    "--AaB03x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n" END,
    "--AaB03x\r\nContent-Type: text/plain\r\n\r\nx\r\n" END,
    "--AaB03xyz\r\n",
    "--AaB03x\rX",
    FIELD("a", "\xff") END,
    FIELD("\xff", "1") END,
  };
  for (size_t i = 0; i < COUNT_OF(bodies); i++) {
    struct multipart *m = multipart__new(x->arena, STR(TYPE));
    assert_int_equal(feed(x->arena, m, str_of(bodies[i]), 7).last, MULTIPART_BAD);
    assert_false(multipart__whole(m));
  }
}

static void unfinished(void **state) {
  struct fixture *x = *state;
  static const char *const bodies[] = { "", "--AaB03x", FIELD("a", "1"), FILE_PART("a"), FILE_PART("a") "--AaB03x-" };
  for (size_t i = 0; i < COUNT_OF(bodies); i++) {
    struct multipart *m = multipart__new(x->arena, STR(TYPE));
    assert_int_not_equal(feed(x->arena, m, str_of(bodies[i]), 3).last, MULTIPART_BAD);
    assert_false(multipart__whole(m));
  }
}

static void bounded(void **state) {
  struct fixture *x = *state;
  struct buf many = buf_in(x->arena), long_value = buf_in(x->arena), long_head = buf_in(x->arena);
  for (int i = 0; i < 70; i++) buf_add(&many, STR(FIELD("a", "1")));
  buf_add(&long_value, STR("--AaB03x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"));
  buf_add(&long_head, STR("--AaB03x\r\nX: "));
  for (int i = 0; i < 70000; i++) buf_byte(&long_value, 'x');
  for (int i = 0; i < 9000; i++) buf_byte(&long_head, 'x');
  const str bodies[] = { buf_str(&many), buf_str(&long_value), buf_str(&long_head) };
  for (size_t i = 0; i < COUNT_OF(bodies); i++) {
    struct multipart *m = multipart__new(x->arena, STR(TYPE));
    assert_int_equal(feed(x->arena, m, bodies[i], 1000).last, MULTIPART_BAD);
  }
}

/* RFC 7578: the file last, nothing behind the closing delimiter but a line end: its length is known before it came. */
static void length_of_the_last_file(void **state) {
  struct fixture *x = *state;
  static const char body[] = "--AaB03x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n1\r\n"
                             "--AaB03x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n"
                             "12345\r\n--AaB03x--\r\n";
  for (size_t step = 1; step < sizeof body; step += 7) {
    struct multipart *m = multipart__new(x->arena, STR(TYPE));
    assert_int_equal(multipart__file_length(m, sizeof body - 1), -1);
    struct outcome o = feed(x->arena, m, (str){ body, sizeof body - 1 }, step);
    assert_int_equal(o.file.n, 5);
    assert_int_equal(multipart__file_length(m, sizeof body - 1), 5);
    assert_int_equal(multipart__file_length(m, -1), -1);
    assert_int_equal(multipart__file_length(m, 10), -1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(any_pieces), TEST_WITH_FIXTURE(boundaries), TEST_WITH_FIXTURE(no_file_was_chosen),
    TEST_WITH_FIXTURE(refused),    TEST_WITH_FIXTURE(unfinished), TEST_WITH_FIXTURE(bounded),
    TEST_WITH_FIXTURE(length_of_the_last_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
