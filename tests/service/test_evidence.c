/* evidence: files up in pieces, resumed, refused for every reason there is, and back again byte for byte. */
#include "claims.h"
#include "files.h"
#include "shienkin/service/jobs.h"

static void test_resumed_and_read_back(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  str bytes = a_pdf(h, 600000);
  assert_ok(h, begin(h, claim, "届出書.pdf", 600000, sha256_of(bytes)));
  struct uuid file = house_id(h, "/evidence", "evidence");
  assert_ok(h, append(h, file, 0, str_slice(bytes, 0, 262144)));
  assert_int_equal(house_int(h, "/offset"), 262144);
  /* The line broke; the sender tries what it sent before, asks, and goes on. */
  assert_conflict(h, append(h, file, 0, str_slice(bytes, 0, 262144)), 409, "evidence_offset");
  struct caller c = house_caller(h, "clinic-1b");
  struct evidence_request r = { file };
  assert_ok(h, HOUSE(h, evidence_offset, &c, &r));
  assert_int_equal(house_int(h, "/offset"), 262144);
  assert_refused(h, append(h, file, 262144, str_slice(bytes, 262144, 262244)), 422, "evidence_piece");
  assert_ok(h, append(h, file, 262144, str_slice(bytes, 262144, 524288)));
  assert_refused(h, finish(h, file), 422, "evidence_incomplete");
  assert_refused(h, append(h, file, 524288, str_slice(bytes, 0, 75713)), 422, "evidence_too_long");
  assert_ok(h, append(h, file, 524288, str_slice(bytes, 524288, 600000)));
  assert_ok(h, finish(h, file));
  assert_int_equal(h->answer.status, 201);
  assert_conflict(h, finish(h, file), 409, "evidence_finished");

  /* What lies in the database opens to nobody without the key, and reads back byte for byte. */
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.evidence_chunk WHERE position('%PDF'::bytea in sealed_bytes) > 0"),
      0);
  c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, evidence_open, &c, &r));
  assert_int_equal(house_int(h, "/chunks"), 3);
  struct sha256_state hash = sha256_begin();
  for (int64_t i = 0; i < 3; i++) {
    struct evidence_bytes_request b = { file, i };
    house_begin(h);
    assert_int_equal(evidence_bytes(&h->service, &c, h->arena, &b, &h->findings, &h->answer), RESULT_OK);
    sha256_add(&hash, h->answer.body);
  }
  struct sha256 got = sha256_end(&hash), wanted = sha256_of(bytes);
  assert_memory_equal(&got, &wanted, sizeof got);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'evidence.read'"), 1);
  struct evidence_list_request l = { claim };
  assert_ok(h, HOUSE(h, evidence_list, &c, &l));
  assert_int_equal(house_int(h, "/bytes"), 600000);
  assert_true(str_eq(house_text(h, "/files/0/name"), STR("届出書.pdf")));
}

static void test_another_hash(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  str bytes = a_pdf(h, 1000);
  assert_ok(h, begin(h, claim, "a.pdf", 1000, sha256_of(STR("another"))));
  struct uuid file = house_id(h, "/evidence", "evidence");
  assert_ok(h, append(h, file, 0, bytes));
  assert_refused(h, finish(h, file), 422, "evidence_incomplete");
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_finish f JOIN shienkin.evidence e ON e.id = "
                                  "f.evidence_id WHERE e.declared_length = 1000"),
                   0);
}

/* Each kind by its bytes, and every refusal. */
static void test_kinds(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  static const struct {
    const char *name;
    str bytes;
    const char *type, *refused;
  } cases[] = {
    { "a.PDF", STR_INIT("%PDF-1.4 x"), "pdf", NULL },
    { "a.jpg", STR_INIT("\xff\xd8\xff\xe0\0\x10JFIF"), "jpeg", NULL },
    { "a.png", STR_INIT("\x89PNG\r\n\x1a\n...."), "png", NULL },
    { "a.heic",
      STR_INIT("\0\0\0\x18"
               "ftypheic\0\0"),
      "heic", NULL },
    { "a.txt", STR_INIT("\x93\xfa\x96\x7b\x8c\xea\r\n"), "txt", NULL }, /* 日本語 in CP932 */
    { "log.csv", STR_INIT("a,b\r\n1,2\r\n"), "csv", NULL },
    { "mail.eml", STR_INIT("From: a@example.jp\r\n\r\n\x1b$B%F\x1b(B"), "eml", NULL },
    { "a.docx", STR_INIT("PK\x03\x04....[Content_Types].xml....word/document.xml"), "docx", NULL },
    { "a.xlsx", STR_INIT("PK\x03\x04....[Content_Types].xml....xl/workbook.xml"), "xlsx", NULL },
    { "a.pdf", STR_INIT("MZ\x90\0\x03"), NULL, "evidence_program" }, /* a program called a document */
    { "a.txt",
      STR_INIT("\x7f"
               "ELF\x02"),
      NULL, "evidence_program" },
    { "a.txt", STR_INIT("#!/bin/sh\nrm\n"), NULL, "evidence_program" },
    { "a.jpg", STR_INIT("%PDF-1.4 x"), NULL, "evidence_name_differs" },
    { "a.pdf.exe", STR_INIT("%PDF-1.4 x"), NULL, "evidence_name_differs" },
    { "a", STR_INIT("%PDF-1.4 x"), NULL, "evidence_name_differs" },
    { "a.docx", STR_INIT("PK\x03\x04..[Content_Types].xml..word/document.xml..word/vbaProject.bin"), NULL,
      "evidence_macro" },
    { "a.docx", STR_INIT("PK\x03\x04 just an archive"), NULL, "evidence_type" },
    { "a.txt", STR_INIT("text\0with nothing"), NULL, "evidence_type" },
    { "a.bat", STR_INIT("del *.*\r\n"), NULL, "evidence_type" },
    { "a.html", STR_INIT("<html><script>"), NULL, "evidence_type" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    result r = sent(h, claim, cases[i].name, cases[i].bytes);
    if (cases[i].refused) {
      assert_refused(h, r, 422, cases[i].refused);
    } else {
      assert_ok(h, r);
      assert_true(str_eq(house_text(h, "/media_type"), str_of(cases[i].type)));
    }
  }
}

/* A mark of an office document that lies across two pieces is seen all the same. */
static void test_mark_across_pieces(void **state) {
  struct house *h = *state;
  size_t size = EVIDENCE_CHUNK_BYTES + 100;
  char *bytes = arena_alloc(h->arena, size);
  memset(bytes, 1, size);
  memcpy(bytes, "PK\x03\x04", 4);
  memcpy(bytes + 10, "[Content_Types].xml", 19);
  memcpy(bytes + EVIDENCE_CHUNK_BYTES - 8, "word/document.xml", 17);
  assert_ok(h, sent(h, a_draft(h), "a.docx", (str){ bytes, size }));
  memcpy(bytes + EVIDENCE_CHUNK_BYTES + 20, "word/vbaProject.bin", 19);
  assert_refused(h, sent(h, a_draft(h), "a.docx", (str){ bytes, size }), 422, "evidence_macro");
}

/* What a file manager takes for a folder, what nobody sees, and what makes "exe.pdf" read as "fdp.exe". */
static void test_names(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  struct sha256 none = { { 0 } };
  static const char *const refused[] = {
    "", ".", "..", "../a.pdf", "a\\b.pdf", "a\tb.pdf", "a\x7f" ".pdf", "a\xc2\x85" ".pdf", "a\u202efdp.exe.txt", "\u202aa.pdf",
    "a\u2066b.pdf", "a\u2069.pdf", NULL,
  };
  for (size_t i = 0; refused[i]; i++) assert_refused(h, begin(h, claim, refused[i], 1, none), 422, "evidence_name");
  static const char *const taken[] = { "...pdf", ".a.pdf", "届出 (1).pdf", "e\u0301\u2029.pdf", "a\u200db.pdf", NULL };
  for (size_t i = 0; taken[i]; i++) assert_ok(h, begin(h, claim, taken[i], 1, none));
}

/* The bounds hold for what is finished, however many were begun while there was room; and halves do not pile up. A day later
 * they no longer count, since they are erased. */
static void test_bounds_of_what_was_begun_at_once(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h), files[EVIDENCE_FILES_MOST + 1];
  struct sha256 none = { { 0 } };
  for (size_t i = 0; i < COUNT_OF(files); i++) {
    assert_ok(h, begin(h, claim, "a.txt", 2, none));
    files[i] = house_id(h, "/evidence", "evidence");
    assert_ok(h, append(h, files[i], 0, STR("x\n")));
  }
  for (size_t i = 0; i < EVIDENCE_FILES_MOST; i++) assert_ok(h, finish(h, files[i]));
  assert_refused(h, finish(h, files[EVIDENCE_FILES_MOST]), 422, "evidence_full");

  struct uuid other = a_draft(h);
  for (size_t i = 0; i < 20; i++) assert_ok(h, begin(h, other, "a.pdf", EVIDENCE_MOST_BYTES, none)); /* twice 200 MiB */
  assert_conflict(h, begin(h, other, "a.pdf", 1, none), 409, "evidence_under_way");
  h->fixture.now_us += INT64_C(25) * 3600 * 1000000;
  assert_ok(h, begin(h, other, "a.pdf", 1, none));
}

static void test_bounds(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  struct sha256 none = { { 0 } };
  assert_refused(h, begin(h, claim, "a.pdf", EVIDENCE_MOST_BYTES + 1, none), 422, "evidence_large");
  assert_refused(h, begin(h, claim, "a.pdf", 0, none), 422, "evidence_empty");
  struct caller c = house_caller(h, "clinic-1");
  struct evidence_begin_request r = {
    .claim = claim, .name = STR("a.zip"), .length = 10, .declared_type = STR("application/zip")
  };
  assert_refused(h, HOUSE(h, evidence_begin, &c, &r), 422, "evidence_type");
  for (int i = 0; i < EVIDENCE_FILES_MOST; i++) assert_ok(h, sent(h, claim, "a.txt", STR("x\n")));
  assert_refused(h, begin(h, claim, "a.txt", 2, none), 422, "evidence_full");
}

/* A day later what was never finished is gone with its key; what was finished stays. */
static void test_unfinished_is_erased(void **state) {
  struct house *h = *state;
  struct uuid claim = a_draft(h);
  struct sha256 none = { { 0 } };
  assert_ok(h, sent(h, claim, "kept.txt", STR("kept\n")));
  assert_ok(h, begin(h, claim, "half.pdf", 600000, none));
  struct uuid half = house_id(h, "/evidence", "evidence");
  assert_ok(h, append(h, half, 0, a_pdf(h, 262144)));
  struct job_report report;
  assert_int_equal(job_erase_uploads(&h->service, 100, &report), RESULT_OK);
  int64_t chunks = house_count(h, "SELECT count(*) FROM shienkin.evidence_chunk c JOIN shienkin.evidence e ON e.id = "
                                  "c.evidence_id WHERE e.declared_length = 600000 AND NOT EXISTS (SELECT FROM "
                                  "shienkin.evidence_finish f WHERE f.evidence_id = e.id)");
  assert_int_equal(chunks, 1);
  h->fixture.now_us += INT64_C(25) * 3600 * 1000000;
  assert_int_equal(job_erase_uploads(&h->service, 100, &report), RESULT_OK);
  assert_true(report.done >= 1 && report.failed == 0);
  assert_conflict(h, append(h, half, 262144, a_pdf(h, 262144)), 409, "erased");
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.evidence_chunk c WHERE NOT EXISTS (SELECT FROM "
                                  "shienkin.evidence_finish f WHERE f.evidence_id = c.evidence_id)"),
                   0);
  assert_true(
      house_count(
          h, "SELECT count(*) FROM shienkin.event WHERE type = 'subject.erased' AND subject_type = 'evidence'") >= 1);
  struct caller c = house_caller(h, "clinic-1");
  struct evidence_list_request l = { claim };
  assert_ok(h, HOUSE(h, evidence_list, &c, &l));
  assert_int_equal(house_int(h, "/count"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_resumed_and_read_back, house_between),
    cmocka_unit_test_setup(test_another_hash, house_between),
    cmocka_unit_test_setup(test_kinds, house_between),
    cmocka_unit_test_setup(test_mark_across_pieces, house_between),
    cmocka_unit_test_setup(test_bounds, house_between),
    cmocka_unit_test_setup(test_names, house_between),
    cmocka_unit_test_setup(test_bounds_of_what_was_begun_at_once, house_between),
    cmocka_unit_test_setup(test_unfinished_is_erased, house_between),
  };
  return cmocka_run_group_tests(tests, house_open, house_close);
}
