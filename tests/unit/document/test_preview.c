/* Are papers decoded where nothing can happen? What is shown is right; what is broken, endless or too large ends soon and is told
 * from what can be shown; and the walls around a decoder hold: this program, started again within them, tries each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "confine.h"
#include "documents.h"
#include "picture.h"

static int setup(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}
static int teardown(void **state) {
  arena_free(*state);
  return 0;
}

static str paper(struct arena *a, const char *name) {
  str bytes;
  const char *path = str_z(a, str_format(a, SOURCE_DIR "/tests/unit/document/papers/%s", name));
  assert_int_equal(file_read(a, path, DOCUMENT_PREVIEW_BYTES_MOST, &bytes), RESULT_OK);
  return bytes;
}

/* A PDF of one page that holds `content`, with `resources`; readers find objects without a table. */
static str pdf_of(struct arena *a, const char *box, const char *resources, const char *content) {
  return str_format(a,
                    "%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<<%s>>/Contents 4 0 R>>endobj\n"
                    "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n",
                    box, resources, strlen(content), content);
}

/* ---- what is shown */

static void assert_is_picture(struct arena *a, const struct document_preview *p, uint32_t width, uint32_t height) {
  str points;
  assert_true(str_starts(p->jpeg, STR("\xFF\xD8\xFF\xE0")));
  assert_int_equal(p->width, width);
  assert_int_equal(p->height, height);
  assert_true(picture_decode(a, p->jpeg, &points));             /* as any reader would */
  assert_int_equal(points.n, PICTURE_HEAD + (size_t)width * height * PICTURE_POINT);
}

static void a_page_of_a_pdf_is_shown(void **state) {
  struct arena *a = *state;
  struct findings f = findings_in(a);
  struct document d = letter(a, 120);
  struct document_preview first, second, beyond;
  str pdf;
  assert_int_equal(document_pdf(a, &d, &f, &pdf), RESULT_OK);
  assert_int_equal(document_preview(a, STR("pdf"), pdf, 1, &first), RESULT_OK);
  assert_is_picture(a, &first, 1132, 1600);                     /* A4, 210 × 297 mm, rounded up */
  assert_true(first.pages >= 2);
  assert_int_equal(document_preview(a, STR("pdf"), pdf, 2, &second), RESULT_OK);
  assert_false(str_eq(first.jpeg, second.jpeg));
  assert_int_equal(document_preview(a, STR("pdf"), pdf, first.pages + 1, &beyond), RESULT_NOT_FOUND);
}

/* Blue, green, red of a point. */
static unsigned char colour(str points, uint32_t width, uint32_t x, uint32_t y, unsigned which) {
  return (unsigned char)points.p[PICTURE_HEAD + ((size_t)y * width + x) * PICTURE_POINT + which];
}
static bool is_red(str points, uint32_t width, uint32_t x, uint32_t y) {
  return colour(points, width, x, y, 2) > 180 && colour(points, width, x, y, 1) < 80 && colour(points, width, x, y, 0) < 80;
}

/* The picture is 64 × 32, its upper left quarter red; by orientation 6 it lies on its left side. */
static void pictures_are_shown_the_right_way_up(void **state) {
  struct arena *a = *state;
  struct document_preview p;
  str points;
  assert_int_equal(picture__orientation(paper(a, "quarter.jpg")), 1);
  assert_int_equal(picture__orientation(paper(a, "lying.jpg")), 6);
  assert_int_equal(document_preview(a, STR("png"), paper(a, "quarter.png"), 1, &p), RESULT_OK);
  assert_is_picture(a, &p, 64, 32);
  assert_int_equal(document_preview(a, STR("jpeg"), paper(a, "quarter.jpg"), 1, &p), RESULT_OK);
  assert_is_picture(a, &p, 64, 32);
  assert_true(picture_decode(a, p.jpeg, &points));
  assert_true(is_red(points, 64, 8, 4));
  assert_false(is_red(points, 64, 56, 4));
  assert_int_equal(document_preview(a, STR("jpeg"), paper(a, "lying.jpg"), 1, &p), RESULT_OK);
  assert_is_picture(a, &p, 32, 64);
  assert_true(picture_decode(a, p.jpeg, &points));
  assert_true(is_red(points, 32, 28, 8));                       /* turned to the right: now above on the right */
  assert_false(is_red(points, 32, 4, 8));
}

/* Exif holds where a photograph was taken; nothing of it may go on to a reader. */
static void nothing_of_the_paper_itself_goes_on(void **state) {
  struct arena *a = *state;
  struct document_preview p;
  str original = paper(a, "lying.jpg");
  assert_true(str_find(original, STR("Exif")) > 0 && str_find(original, STR("a camera of somebody")) > 0);
  assert_int_equal(document_preview(a, STR("jpeg"), original, 1, &p), RESULT_OK);
  assert_int_equal(str_find(p.jpeg, STR("Exif")), -1);
  assert_int_equal(str_find(p.jpeg, STR("a camera of somebody")), -1);
}

/* ---- what is not */

static void refused(struct arena *a, const char *type, str bytes) {
  struct document_preview p;
  assert_int_equal(document_preview(a, str_of(type), bytes, 1, &p), RESULT_REFUSED);
  assert_int_equal(p.jpeg.n, 0);
}

static str with_size(struct arena *a, str png, uint32_t width, uint32_t height) {
  str changed = str_copy(a, png);
  for (size_t i = 0; i < 4; i++) {
    ((char *)(uintptr_t)changed.p)[16 + i] = (char)(width >> (24 - 8 * i));
    ((char *)(uintptr_t)changed.p)[20 + i] = (char)(height >> (24 - 8 * i));
  }
  return changed;
}

static void what_is_broken_or_too_large_is_refused(void **state) {
  struct arena *a = *state;
  str png = paper(a, "quarter.png"), jpeg = paper(a, "quarter.jpg");
  refused(a, "png", str_slice(png, 0, png.n - 40));
  refused(a, "png", str_slice(png, 0, 20));
  refused(a, "png", with_size(a, png, 50000, 50000));
  refused(a, "png", with_size(a, png, 0xFFFFFFFF, 0xFFFFFFFF));
  refused(a, "png", with_size(a, png, 0, 32));
  refused(a, "png", STR(""));
  refused(a, "jpeg", str_slice(jpeg, 0, 30));
  refused(a, "pdf", STR("%PDF-1.5\nno more"));
  refused(a, "docx", STR("PK\x03\x04"));
  refused(a, "heic", png);
}

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A page as wide as a country; pages that are their own parents. */
static void bombs_end_soon(void **state) {
  struct arena *a = *state;
  struct document_preview p;
  str self = STR("%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000>>endobj\n"
                 "trailer<</Root 1 0 R>>\n%%EOF\n");
  int64_t began = now_ms();
  str wide = pdf_of(a, "[0 0 1000000000 1000000000]", "", "0 0 100 100 re f");
  assert_int_equal(document_preview(a, STR("pdf"), wide, 1, &p), RESULT_OK);
  assert_is_picture(a, &p, DOCUMENT_PREVIEW_SIDE, DOCUMENT_PREVIEW_SIDE);
  refused(a, "pdf", self);
  assert_true(now_ms() - began < 40000);
}

/* So many drawings, each of which is made of the next one eight times. */
static result draw_nested(struct arena *a, int drawings) {
  static const char *const words[] = { "/usr/bin/pdftocairo", "-png", "-singlefile", "-", "-", NULL };
  struct confined c = { words, 0, 1 << 20, 1, 5000 };
  struct buf b = buf_in(a);
  int last = 5 + drawings;
  buf_add(&b, STR("%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>endobj\n"
                  "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"));
  for (int i = 5; i < last; i++)
    buf_format(&b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 90 90]/Resources<</XObject<</X %d 0 R>>>>/Length 47>>stream\n"
               "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do\nendstream endobj\n", i, i + 1);
  buf_format(&b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 90 90]/Length 12>>stream\n0 0 9 9 re f\nendstream endobj\n"
             "trailer<</Root 1 0 R>>\n%%%%EOF\n", last);
  int in, out;
  assert_int_equal(confine_file(a, &in), RESULT_OK);
  assert_int_equal(confine_file(a, &out), RESULT_OK);
  assert_int_equal(file_write_fd(in, buf_str(&b)), RESULT_OK);
  return confine_run(&c, in, out);
}

/* Nothing is wrong with such a page but that it would never end: the second of processor time is what ends it. */
static void endless_pages_are_ended(void **state) {
  assert_int_equal(draw_nested(*state, 2), RESULT_OK);
  int64_t began = now_ms();
  assert_int_equal(draw_nested(*state, 40), RESULT_REFUSED);
  assert_true(now_ms() - began >= 900 && now_ms() - began < 20000);
}

/* ---- the walls */

/* What is tried within them, by name: 0 where it was possible. */
static int try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 1; }
static int try_unix(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : 1; }
static int try_fork(void) { return fork() >= 0 ? 0 : 1; }
static int try_signal(void) { return kill(getppid(), 0) == 0 ? 0 : 1; }
static int try_thread(void) { return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ? 0 : 1; }
static int try_owner(void) { return fcntl(0, F_SETOWN, getppid()) == 0 ? 0 : 1; }
static int try_slow(void) { return syscall(SYS_sched_setaffinity, getppid(), sizeof(long), &(long){ 1 }) >= 0 ? 0 : 1; }
static int try_file(void) { return open(SOURCE_DIR "/README.md", O_RDONLY) >= 0 ? 0 : errno == EACCES ? 1 : 2; }
static int try_write(void) { return open("/tmp", O_TMPFILE | O_WRONLY, 0600) >= 0 ? 0 : 1; }
static int try_cut(void) { return truncate("/there-is-none", 0) == 0 || errno != EPERM ? 0 : 1; }
static int try_mode(void) { return chmod("/there-is-none", 0) == 0 || errno != EPERM ? 0 : 1; }
static int try_descriptor(void) { return fcntl(3, F_GETFD) >= 0 ? 0 : 1; }
static int try_environment(void) { return environ && environ[0] ? 0 : 1; }
static int try_much(void) { return file_write_fd(1, (str){ (char[4096]){ 0 }, 4096 }) == RESULT_OK ? 0 : 1; }
static int try_long(void) {
  for (volatile uint64_t i = 0; i < UINT64_MAX; i++) continue;
  return 0;
}
static int try_sleep(void) {
  pause();
  return 0;
}
static int try_open_computing(void) {
  if (!confine_to_computing()) return 1;
  return open("/dev/null", O_RDONLY) >= 0 ? 0 : 1;
}
static int try_nothing(void) { return 0; }
static const struct { const char *name; int (*attempt)(void); } attempts[] = {
  { "socket", try_socket },         { "unix", try_unix }, { "fork", try_fork },   { "signal", try_signal },
  { "thread", try_thread },         { "owner", try_owner }, { "slow", try_slow }, { "cut", try_cut }, { "mode", try_mode },
  { "file", try_file },             { "write", try_write }, { "descriptor", try_descriptor }, { "environment", try_environment },
  { "much", try_much },             { "long", try_long }, { "sleep", try_sleep }, { "open_computing", try_open_computing },
  { "nothing", try_nothing },
};

static result attempt(struct arena *a, const char *name) {
  const char *const words[] = { CONFINE_SELF, "attempt", name, NULL };
  struct confined c = { words, 0, 100, 1, 1500 };
  int in, out;
  assert_int_equal(confine_file(a, &in), RESULT_OK);
  assert_int_equal(confine_file(a, &out), RESULT_OK);
  return confine_run(&c, in, out);
}

static void the_walls_hold(void **state) {
  static const char *const held[] = { "socket", "unix", "fork", "signal", "thread", "owner", "slow", "cut", "mode", "descriptor", "environment",
                                      "much", "open_computing" };
  assert_int_equal(attempt(*state, "nothing"), RESULT_OK);
  for (size_t i = 0; i < COUNT_OF(held); i++)
    if (attempt(*state, held[i]) != RESULT_REFUSED) fail_msg("possible within the walls: %s", held[i]);
}

/* Where the kernel has Landlock, what is not among fonts, libraries and programs cannot be seen, and no file be made. */
static void files_are_out_of_sight(void **state) {
  if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1) skip();
  assert_int_equal(attempt(*state, "file"), RESULT_REFUSED);
  assert_int_equal(attempt(*state, "write"), RESULT_REFUSED);
}

static void time_is_bounded(void **state) {
  int64_t began = now_ms();
  assert_int_equal(attempt(*state, "long"), RESULT_REFUSED);
  assert_int_equal(attempt(*state, "sleep"), RESULT_REFUSED);
  assert_true(now_ms() - began < 10000);
}

static void a_program_that_is_not_there_is_told_apart(void **state) {
  static const char *const words[] = { "/usr/bin/there-is-no-such-program", NULL };
  struct confined c = { words, 0, 100, 1, 1000 };
  int in, out;
  assert_int_equal(confine_file(*state, &in), RESULT_OK);
  assert_int_equal(confine_file(*state, &out), RESULT_OK);
  assert_int_equal(confine_run(&c, in, out), RESULT_OUTSIDE);
}

/* No fault of the paper, and so nothing to be remembered of it. */
static void want_of_descriptors_is_told_apart(void **state) {
  static const char *const words[] = { CONFINE_SELF, "attempt", "nothing", NULL };
  struct confined c = { words, 0, 100, 1, 1500 };
  struct rlimit before;
  int in, out;
  assert_int_equal(confine_file(*state, &in), RESULT_OK);
  assert_int_equal(confine_file(*state, &out), RESULT_OK);
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ (rlim_t)out + 1, before.rlim_max }), 0);
  result ran = confine_run(&c, in, out);
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
  assert_int_equal(ran, RESULT_OUTSIDE);
}

/* ---- what a decoder that was turned against us may say */

static void lies_of_a_decoder_are_refused(void **state) {
  struct document_preview p;
  static const char zeros[PICTURE_HEAD + 16];
  char huge[PICTURE_HEAD + 4] = { 0, 0, 0x40, 0, 0, 0, 0x40, 0 }, one[PICTURE_HEAD + 4] = { 0, 0, 0, 1, 0, 0, 0, 1 };
  assert_int_equal(picture_encode(*state, STR(""), &p), RESULT_REFUSED);
  assert_int_equal(picture_encode(*state, (str){ zeros, sizeof zeros }, &p), RESULT_REFUSED);
  assert_int_equal(picture_encode(*state, (str){ huge, sizeof huge }, &p), RESULT_REFUSED);
  assert_int_equal(picture_encode(*state, (str){ one, sizeof one - 1 }, &p), RESULT_REFUSED);
  assert_int_equal(picture_encode(*state, (str){ one, sizeof one }, &p), RESULT_OK);
}

/* ---- what was made is kept */

static const char key_one[32] = "one", key_two[32] = "two";
#define KEY(k) ((str){ (k), 32 })

static void pictures_are_kept_and_go(void **state) {
  struct arena *a = *state, *reader = arena_new(0);
  struct document_previews *kept = document_previews_new(100);
  struct document_preview made = { STR("0123456789012345678901234567890123456789"), 4, 10, 3 }, out;
  result why;
  assert_false(document_previews_find(kept, a, KEY(key_one), 1, &why, &out));
  document_previews_keep(kept, KEY(key_one), 1, RESULT_OK, &made);
  document_previews_keep(kept, KEY(key_one), 2, RESULT_REFUSED, &made);
  document_previews_keep(kept, KEY(key_two), 7, RESULT_OUTSIDE, &made);
  assert_true(document_previews_find(kept, reader, KEY(key_one), 1, &why, &out));
  assert_true(why == RESULT_OK && str_eq(out.jpeg, made.jpeg) && out.pages == 3);
  assert_true(document_previews_find(kept, a, KEY(key_one), 2, &why, &made) && why == RESULT_REFUSED);
  assert_false(document_previews_find(kept, a, KEY(key_two), 7, &why, &made));
  struct document_preview large = { STR("012345678901234567890123456789012345678901234567890123456789012345678901"), 1, 1, 1 };
  document_previews_keep(kept, KEY(key_two), 1, RESULT_OK, &large);       /* 40 + 72 bytes do not fit 100 */
  assert_false(document_previews_find(kept, a, KEY(key_one), 1, &why, &made));
  assert_true(str_starts(out.jpeg, STR("0123456789")));                   /* a reader's own goes with the reader */
  arena_free(reader);
  arena_reset(a);
  document_previews_free(kept);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_page_of_a_pdf_is_shown, setup, teardown),
    cmocka_unit_test_setup_teardown(pictures_are_shown_the_right_way_up, setup, teardown),
    cmocka_unit_test_setup_teardown(nothing_of_the_paper_itself_goes_on, setup, teardown),
    cmocka_unit_test_setup_teardown(what_is_broken_or_too_large_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(bombs_end_soon, setup, teardown),
    cmocka_unit_test_setup_teardown(endless_pages_are_ended, setup, teardown),
    cmocka_unit_test_setup_teardown(the_walls_hold, setup, teardown),
    cmocka_unit_test_setup_teardown(files_are_out_of_sight, setup, teardown),
    cmocka_unit_test_setup_teardown(time_is_bounded, setup, teardown),
    cmocka_unit_test_setup_teardown(a_program_that_is_not_there_is_told_apart, setup, teardown),
    cmocka_unit_test_setup_teardown(want_of_descriptors_is_told_apart, setup, teardown),
    cmocka_unit_test_setup_teardown(lies_of_a_decoder_are_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(pictures_are_kept_and_go, setup, teardown),
  };
  if (argc == 2 && strcmp(argv[1], "preview") == 0) document_preview_child();
  for (size_t i = 0; argc == 3 && i < COUNT_OF(attempts); i++)
    if (strcmp(argv[2], attempts[i].name) == 0) _exit(attempts[i].attempt());
  return cmocka_run_group_tests(tests, NULL, NULL);
}
