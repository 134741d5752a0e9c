/* Does document keep its contract: the same bytes for the same document, from any thread; refusals that name the part;
 * bounds; nothing held when an arena or the system has no more memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "documents.h"

static int setup(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}
static int teardown(void **state) {
  arena_free(*state);
  return 0;
}

static str printed(struct arena *a, int rows) {
  struct findings f = findings_in(a);
  struct document d = letter(a, rows);
  str pdf = STR("");
  assert_int_equal(document_pdf(a, &d, &f, &pdf), RESULT_OK);
  assert_int_equal(f.count, 0);
  assert_true(str_starts(pdf, STR("%PDF-1.5")));
  return pdf;
}

static void the_same_document_gives_the_same_bytes(void **state) {
  str first = printed(*state, 80), other = printed(*state, 79), second = printed(*state, 80);
  assert_true(str_eq(first, second));
  assert_false(str_eq(first, other));
}

static void *print_in_a_thread(void *context) {
  str *out = context;
  struct arena *a = arena_new(64u << 20);
  out[1] = (str){ NULL, 0 };
  if (!a) return NULL;
  struct findings f = findings_in(a);
  struct document d = letter(a, 60);
  for (int i = 0; i < 3; i++) {
    str pdf;
    if (document_pdf(a, &d, &f, &pdf) == RESULT_OK && str_eq(pdf, out[0])) out[1] = STR("same");
    else out[1] = STR("differs");
    if (out[1].n != 4) break;
  }
  arena_free(a);
  return NULL;
}

static void threads_print_at_once(void **state) {
  str expected = printed(*state, 60), seen[4][2];
  pthread_t threads[4];
  for (size_t i = 0; i < 4; i++) {
    seen[i][0] = expected;
    assert_int_equal(pthread_create(&threads[i], NULL, print_in_a_thread, seen[i]), 0);
  }
  for (size_t i = 0; i < 4; i++) {
    pthread_join(threads[i], NULL);
    assert_int_equal(seen[i][1].n, 4);
  }
}

/* Prints one part; what it ended with, and the finding's code and pointer. */
static result one(struct arena *a, struct document_part part, size_t copies, struct findings *f) {
  *f = findings_in(a);
  struct document_part *parts = ARENA_ARRAY(a, struct document_part, copies);
  for (size_t i = 0; i < copies; i++) parts[i] = part;
  struct document d = { .title = STR("t"), .language = STR("ja"), .parts = parts, .part_count = copies };
  str pdf;
  return document_pdf(a, &d, f, &pdf);
}

static void what_cannot_be_printed_is_refused_and_named(void **state) {
  struct arena *a = *state;
  struct findings f;
  char *long_text = arena_alloc(a, DOCUMENT_QR_BYTES_MOST + 1);
  memset(long_text, 'a', DOCUMENT_QR_BYTES_MOST + 1);
  struct document_part qr = { .kind = DOCUMENT_QR, .text = { long_text, DOCUMENT_QR_BYTES_MOST } };
  assert_int_equal(one(a, qr, 1, &f), RESULT_OK);
  qr.text.n++;
  assert_int_equal(one(a, qr, 1, &f), RESULT_REFUSED);
  assert_true(findings_has(&f, STR("/parts/0"), "qr_too_long"));
  str svg;
  assert_int_equal(document_qr_svg(a, qr.text, STR("t"), &svg), RESULT_LIMIT);

  struct document_part address = { .kind = DOCUMENT_ADDRESS, .text = lines_of(a, "町", 7) };
  assert_int_equal(one(a, address, 2, &f), RESULT_OK);
  address.text = lines_of(a, "町", 9);
  assert_int_equal(one(a, address, 1, &f), RESULT_REFUSED);
  assert_true(findings_has(&f, STR("/parts/0"), "address_too_long"));
}

static void bounds_are_kept(void **state) {
  struct arena *a = *state;
  struct findings f;
  struct document_part leaf = { .kind = DOCUMENT_PAGE_BREAK };
  assert_int_equal(one(a, leaf, DOCUMENT_PAGES_MOST - 1, &f), RESULT_OK);
  assert_int_equal(one(a, leaf, DOCUMENT_PAGES_MOST, &f), RESULT_LIMIT);
  assert_true(findings_has(&f, STR(""), "document_too_long"));
  struct document_part gap = { .kind = DOCUMENT_GAP };
  assert_int_equal(one(a, gap, DOCUMENT_PARTS_MOST + 1, &f), RESULT_LIMIT);
  assert_true(findings_has(&f, STR(""), "document_too_long"));
  str cells[DOCUMENT_COLUMNS_MOST + 1];
  for (size_t i = 0; i < COUNT_OF(cells); i++) cells[i] = STR("列");
  struct document_row row = { cells, DOCUMENT_COLUMNS_MOST };
  struct document_part table = { .kind = DOCUMENT_TABLE, .rows = &row, .row_count = 1 };
  assert_int_equal(one(a, table, 1, &f), RESULT_OK);
  row.count++;
  assert_int_equal(one(a, table, 1, &f), RESULT_LIMIT);
  assert_true(findings_has(&f, STR("/parts/0"), "too_many_columns"));
}

/* Nothing that a writer may hand over makes a page that never ends. */
static void odd_documents_end(void **state) {
  struct arena *a = *state;
  struct findings f;
  str tall = lines_of(a, "行", 200), cells[] = { tall, STR("b") };
  struct document_row rows[] = { { cells, 2 }, { cells, 2 }, { cells, 1 }, { NULL, 0 } };
  struct document_part parts[] = {
    { .kind = DOCUMENT_TABLE, .rows = rows, .row_count = 4, .right_from = 1 },
    { .kind = DOCUMENT_TABLE }, { .kind = DOCUMENT_TABLE, .rows = &rows[3], .row_count = 1 },
    { .kind = DOCUMENT_PARAGRAPH }, { .kind = DOCUMENT_CODE }, { .kind = DOCUMENT_CODE, .text = lines_of(a, "C", 100) },
    { .kind = DOCUMENT_TITLE, .text = tall }, { .kind = DOCUMENT_QR, .text = STR("x"), .caption = tall },
    { .kind = DOCUMENT_RIGHT, .text = tall }, { .kind = DOCUMENT_ADDRESS }, { .kind = DOCUMENT_RIGHT, .text = tall },
    { .kind = DOCUMENT_SMALL, .text = STR("\t\x01\xE2\x80\xAE rtl \xF0\x9F\x8F\xA5") },
  };
  f = findings_in(a);
  struct document d = { .title = STR(""), .language = STR("en"), .parts = parts, .part_count = COUNT_OF(parts) };
  str pdf;
  assert_int_equal(document_pdf(a, &d, &f, &pdf), RESULT_OK);
  d.part_count = 0;
  assert_int_equal(document_pdf(a, &d, &f, &pdf), RESULT_OK);
}

struct attempt { struct arena *arena; result r; };
static void attempt(void *context) {
  struct attempt *t = context;
  struct findings f = findings_in(t->arena);
  struct document d = letter(t->arena, 40);
  str pdf;
  t->r = document_pdf(t->arena, &d, &f, &pdf);
}

/* Under the leak sanitizer this also shows that no handle of cairo or pango stays behind. */
static void an_arena_that_gives_up_leaves_nothing_behind(void **state) {
  (void)state;
  int ok = 0, limited = 0;
  for (size_t limit = 8u << 10; !ok && limit < (64u << 20); limit += limit / 4) {
    struct arena *a = arena_new(limit);
    assert_non_null(a);
    struct attempt t = { a, RESULT_OK };
    result r = arena_run(a, attempt, &t);
    if (r == RESULT_OK) r = t.r;
    assert_true(r == RESULT_OK || r == RESULT_LIMIT);
    ok += r == RESULT_OK;
    limited += r == RESULT_LIMIT;
    arena_free(a);
  }
  assert_int_equal(ok, 1);
  assert_true(limited > 3);
}

static void no_memory_is_a_result(void **state) {
  (void)state;
  bool done = false;
  for (uint64_t nth = 1; !done && nth < 200; nth++) {
    struct arena *a = arena_new(0);
    struct attempt t = { a, RESULT_OK };
    mem_fail_at(nth);
    result r = arena_run(a, attempt, &t);
    done = mem_fail_at(0) < nth;
    if (r == RESULT_OK) r = t.r;
    assert_int_equal(r, done ? RESULT_OK : RESULT_NO_MEMORY);
    arena_free(a);
  }
  assert_true(done);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_same_document_gives_the_same_bytes, setup, teardown),
    cmocka_unit_test_setup_teardown(threads_print_at_once, setup, teardown),
    cmocka_unit_test_setup_teardown(what_cannot_be_printed_is_refused_and_named, setup, teardown),
    cmocka_unit_test_setup_teardown(bounds_are_kept, setup, teardown),
    cmocka_unit_test_setup_teardown(odd_documents_end, setup, teardown),
    cmocka_unit_test(an_arena_that_gives_up_leaves_nothing_behind),
    cmocka_unit_test(no_memory_is_a_result),
  };
  return cmocka_run_group_tests_name("document: pdf", tests, NULL, NULL);
}
