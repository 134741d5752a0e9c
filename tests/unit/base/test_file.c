/* Do files come in bounded and go out whole, and do lines of any length come one at a time. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "shienkin/base.h"

struct room {
  struct arena *a;
  char folder[64];
};

static int set_up(void **state) {
  static struct room r;
  snprintf(r.folder, sizeof r.folder, "%s", "/tmp/shienkin-file-XXXXXX");
  r.a = arena_new(0);
  *state = &r;
  return r.a && mkdtemp(r.folder) ? 0 : -1;
}

static int tear_down(void **state) {
  struct room *r = *state;
  str *names;
  size_t count;
  if (file_list(r->a, r->folder, &names, &count) == RESULT_OK)
    for (size_t i = 0; i < count; i++) unlink(str_format(r->a, "%s/%.*s", r->folder, STR_ARG(names[i])).p);
  rmdir(r->folder);
  arena_free(r->a);
  return 0;
}

static const char *path_of(struct room *r, const char *name) { return str_format(r->a, "%s/%s", r->folder, name).p; }

static void what_was_written_is_read(void **state) {
  struct room *r = *state;
  const char *path = path_of(r, "one");
  str out;
  assert_int_equal(file_replace(path, STR("first"), 0600), RESULT_OK);
  assert_int_equal(file_replace(path, STR("second\0half"), 0640), RESULT_OK);
  assert_int_equal(file_read(r->a, path, 100, &out), RESULT_OK);
  assert_true(str_eq(out, STR("second\0half")));
  assert_int_equal(out.p[out.n], '\0');
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0640);
}

static void the_bound_is_exact(void **state) {
  struct room *r = *state;
  const char *path = path_of(r, "bound");
  str out;
  assert_int_equal(file_replace(path, STR("12345"), 0600), RESULT_OK);
  assert_int_equal(file_read(r->a, path, 5, &out), RESULT_OK);
  assert_int_equal(out.n, 5);
  assert_int_equal(file_read(r->a, path, 4, &out), RESULT_LIMIT);
  assert_int_equal(file_replace(path, STR(""), 0600), RESULT_OK);
  assert_int_equal(file_read(r->a, path, 0, &out), RESULT_OK);
  assert_int_equal(out.n, 0);
}

static void large_files_and_pipes_come_whole(void **state) {
  struct room *r = *state;
  char *bytes = arena_alloc(r->a, 300000);
  for (size_t i = 0; i < 300000; i++) bytes[i] = (char)(i * 7);
  str all = { bytes, 300000 }, out;
  assert_int_equal(file_replace(path_of(r, "large"), all, 0600), RESULT_OK);
  assert_int_equal(file_read(r->a, path_of(r, "large"), 300000, &out), RESULT_OK);
  assert_true(str_eq(out, all));
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  str some = { bytes, 40000 };
  assert_int_equal(file_write_fd(ends[1], some), RESULT_OK);
  close(ends[1]);
  assert_int_equal(file_read_fd(r->a, ends[0], 40000, &out), RESULT_OK);
  assert_true(str_eq(out, some));
  close(ends[0]);
}

static void failures_are_told_apart(void **state) {
  struct room *r = *state;
  str out, *names;
  size_t count;
  assert_int_equal(file_read(r->a, path_of(r, "none"), 10, &out), RESULT_NOT_FOUND);
  assert_int_equal(file_read(r->a, r->folder, 10, &out), RESULT_OUTSIDE);
  assert_int_equal(file_replace(path_of(r, "none/x"), STR("x"), 0600), RESULT_NOT_FOUND);
  assert_int_equal(file_write_fd(-1, STR("x")), RESULT_OUTSIDE);
  assert_int_equal(file_list(r->a, path_of(r, "none"), &names, &count), RESULT_NOT_FOUND);
}

/* A target that cannot be replaced keeps its bytes, and no half file stays beside it. */
static void a_failed_replacement_leaves_no_trace(void **state) {
  struct room *r = *state;
  const char *path = path_of(r, "folder");
  assert_int_equal(mkdir(path, 0700), 0);
  assert_int_equal(file_replace(path, STR("x"), 0600), RESULT_OUTSIDE);
  str *names;
  size_t count;
  assert_int_equal(file_list(r->a, r->folder, &names, &count), RESULT_OK);
  assert_int_equal(count, 1);
  assert_int_equal(rmdir(path), 0);
}

static void names_are_sorted_bytewise(void **state) {
  struct room *r = *state;
  static const char *const given[] = { "b", "あ", "a10", "a2", "Z", ".hidden" };
  static const char *const sorted[] = { ".hidden", "Z", "a10", "a2", "b", "あ" };
  for (size_t i = 0; i < COUNT_OF(given); i++)
    assert_int_equal(file_replace(path_of(r, given[i]), STR(""), 0600), RESULT_OK);
  str *names;
  size_t count;
  assert_int_equal(file_list(r->a, r->folder, &names, &count), RESULT_OK);
  assert_int_equal(count, COUNT_OF(sorted));
  for (size_t i = 0; i < count; i++) assert_true(str_eq(names[i], str_of(sorted[i])));
}

/* No descriptor stays open, even where reading leaves by the guard: the number of the next one tells. */
struct too_small {
  struct arena *a;
  const char *path;
  result r;
};

static void read_into_too_small_an_arena(void *context) {
  struct too_small *t = context;
  str out;
  t->r = file_read(t->a, t->path, 1 << 20, &out);
}

static void descriptors_are_closed(void **state) {
  struct room *r = *state;
  const char *path = path_of(r, "file");
  static const char bytes[50000];
  assert_int_equal(file_replace(path, (str){ bytes, sizeof bytes }, 0600), RESULT_OK);
  int before = dup(0);
  close(before);
  str out;
  for (int i = 0; i < 5; i++) assert_int_equal(file_read(r->a, path, 1 << 20, &out), RESULT_OK);
  struct too_small t = { arena_new(20000), path, RESULT_OK };
  assert_int_equal(arena_run(t.a, read_into_too_small_an_arena, &t), RESULT_LIMIT);
  arena_free(t.a);
  int after = dup(0);
  assert_int_equal(after, before);
  close(after);
}

/* ---- lines */

struct stream {
  int fd;
  struct line_reader *lines;
};

static struct stream stream_of(struct room *r, str bytes, size_t limit) {
  const char *path = path_of(r, "lines");
  assert_int_equal(file_replace(path, bytes, 0600), RESULT_OK);
  struct stream s = { open(path, O_RDONLY), NULL };
  s.lines = line_reader_new(s.fd, limit);
  assert_non_null(s.lines);
  return s;
}

static void stream_close(struct stream *s) {
  line_reader_free(s->lines);
  close(s->fd);
}

static void lines_come_without_their_end(void **state) {
  struct stream s = stream_of(*state, STR("one\r\n\ntwo\nthree"), 100);
  static const char *const expected[] = { "one\r", "", "two", "three" };
  str line;
  for (size_t i = 0; i < COUNT_OF(expected); i++) {
    assert_int_equal(line_reader_next(s.lines, &line), RESULT_OK);
    assert_true(str_eq(line, str_of(expected[i])));
  }
  assert_int_equal(line_reader_next(s.lines, &line), RESULT_NOT_FOUND);
  assert_int_equal(line_reader_next(s.lines, &line), RESULT_NOT_FOUND);
  stream_close(&s);
}

static void an_end_of_line_at_the_end_begins_no_line(void **state) {
  struct stream s = stream_of(*state, STR("x\n"), 100);
  str line;
  assert_int_equal(line_reader_next(s.lines, &line), RESULT_OK);
  assert_int_equal(line_reader_next(s.lines, &line), RESULT_NOT_FOUND);
  stream_close(&s);
}

/* Lengths around the bound, and around the reader's own buffer. */
static void lines_over_the_bound_are_skipped_whole(void **state) {
  struct room *r = *state;
  static const size_t bounds[] = { 1, 10, 65535, 65536, 100000 };
  for (size_t i = 0; i < COUNT_OF(bounds); i++) {
    struct buf b = buf_in(r->a);
    size_t lengths[] = { bounds[i], bounds[i] + 1, 0, bounds[i] * 3, 1, bounds[i] + 1 };
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
      for (size_t n = 0; n < lengths[k]; n++) buf_byte(&b, (char)('a' + k));
      if (k + 1 < COUNT_OF(lengths)) buf_byte(&b, '\n');
    }
    struct stream s = stream_of(r, buf_str(&b), bounds[i]);
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
      str line = STR("none");
      bool fits = lengths[k] <= bounds[i];
      assert_int_equal(line_reader_next(s.lines, &line), fits ? RESULT_OK : RESULT_LIMIT);
      if (!fits) continue;
      assert_int_equal(line.n, lengths[k]);
      for (size_t n = 0; n < line.n; n++) assert_int_equal(line.p[n], 'a' + k);
    }
    str line;
    assert_int_equal(line_reader_next(s.lines, &line), RESULT_NOT_FOUND);
    stream_close(&s);
  }
}

static void a_reader_without_memory_says_so(void **state) {
  struct room *r = *state;
  for (uint64_t n = 1; n <= 2; n++) {
    mem_fail_at(n);
    assert_null(line_reader_new(0, 10));
    mem_fail_at(0);
  }
  char *bytes = arena_alloc(r->a, 200000);
  memset(bytes, 'x', 200000);
  struct stream s = stream_of(r, (str){ bytes, 200000 }, 1 << 20);
  str line;
  mem_fail_at(1);
  assert_int_equal(line_reader_next(s.lines, &line), RESULT_NO_MEMORY);
  mem_fail_at(0);
  stream_close(&s);
}

#define in_room(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    in_room(what_was_written_is_read),
    in_room(the_bound_is_exact),
    in_room(large_files_and_pipes_come_whole),
    in_room(failures_are_told_apart),
    in_room(a_failed_replacement_leaves_no_trace),
    in_room(names_are_sorted_bytewise),
    in_room(descriptors_are_closed),
    in_room(lines_come_without_their_end),
    in_room(an_end_of_line_at_the_end_begins_no_line),
    in_room(lines_over_the_bound_are_skipped_whole),
    in_room(a_reader_without_memory_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
