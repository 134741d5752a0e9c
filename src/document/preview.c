/* preview: a paper in, a picture of one page out: for a PDF how many pages there are, then the page as a PNG; then, as for any
 * picture, the points of it; then the JPEG. Three programs, each confined, each with the output of the one before. */
#include "shienkin/document/preview.h"

#include <unistd.h>

#include "confine.h"
#include "picture.h"

enum { INFO_BYTES_MOST = 64 << 10, PAGE_BYTES_MOST = 16 << 20, CPU_S = 5, WALL_MS = 8000 };
#define MEMORY_BYTES ((size_t)768 << 20)
#ifdef ARENA_WATCHED
#define OWN_MEMORY_BYTES 0              /* the sanitizer's shadow takes terabytes of addresses */
#else
#define OWN_MEMORY_BYTES MEMORY_BYTES
#endif

static const struct { str type; bool pages; } shown[] = {
  { STR_INIT("pdf"), true }, { STR_INIT("jpeg"), false }, { STR_INIT("png"), false },
};

bool document_preview_shows(str media_type) {
  for (size_t i = 0; i < COUNT_OF(shown); i++)
    if (str_eq(shown[i].type, media_type)) return true;
  return false;
}

/* ---- one program */

static result pass_through(struct arena *a, const char *const *words, size_t memory_bytes, size_t out_bytes, int in, int *out) {
  struct confined program = { words, memory_bytes, out_bytes, CPU_S, WALL_MS };
  TRY(confine_file(a, out));
  return confine_run(&program, in, *out);
}

static result read_all(struct arena *a, int fd, size_t most, str *bytes) {
  if (lseek(fd, 0, SEEK_SET) != 0) return RESULT_OUTSIDE;
  return file_read_fd(a, fd, most, bytes);
}

/* ---- a PDF */

/* "Pages:           12" among the lines of pdfinfo. */
static result count_pages(struct arena *a, int paper, uint32_t *pages) {
  static const char *const words[] = { "/usr/bin/pdfinfo", "-", NULL };
  int said;
  str rest, line;
  int64_t count = 0;
  TRY(pass_through(a, words, MEMORY_BYTES, INFO_BYTES_MOST, paper, &said));
  TRY(read_all(a, said, INFO_BYTES_MOST, &rest));
  while (rest.n) {
    line = str_cut(rest, '\n', &rest);
    if (str_starts(line, STR("Pages:")) && str_to_int64(str_trim(str_slice(line, 6, line.n)), &count)) break;
  }
  if (count < 1) return RESULT_REFUSED;
  *pages = count < DOCUMENT_PREVIEW_PAGES_MOST ? (uint32_t)count : DOCUMENT_PREVIEW_PAGES_MOST;
  return RESULT_OK;
}

static result draw_page(struct arena *a, int paper, uint32_t page, int *png) {
  const char *number = str_z(a, str_format(a, "%u", page)), *side = str_z(a, str_format(a, "%d", DOCUMENT_PREVIEW_SIDE));
  const char *const words[] = { "/usr/bin/pdftocairo", "-png", "-singlefile", "-f", number, "-l", number, "-scale-to", side, "-", "-", NULL };
  return pass_through(a, words, MEMORY_BYTES, PAGE_BYTES_MOST, paper, png);
}

/* ---- a picture */

static result encode_anew(struct arena *a, int file, struct document_preview *out) {
  static const char *const words[] = { CONFINE_SELF, "preview", NULL };
  int decoded;
  str points;
  TRY(pass_through(a, words, OWN_MEMORY_BYTES, PICTURE_BYTES_MOST, file, &decoded));
  TRY(read_all(a, decoded, PICTURE_BYTES_MOST, &points));
  return picture_encode(a, points, out);
}

_Noreturn void document_preview_child(void) {
  str file, points;
  struct arena *a = arena_new(0);
  bool done = a && file_read_fd(a, STDIN_FILENO, DOCUMENT_PREVIEW_BYTES_MOST, &file) == RESULT_OK && confine_to_computing() &&
              picture_decode(a, file, &points) && file_write_fd(STDOUT_FILENO, points) == RESULT_OK;
  _exit(done ? 0 : 1);
}

/* ---- a paper */

static result one_page(struct arena *a, bool has_pages, int paper, uint32_t page, struct document_preview *out) {
  int png;
  if (!has_pages) return page == 1 ? encode_anew(a, paper, out) : RESULT_NOT_FOUND;
  TRY(count_pages(a, paper, &out->pages));
  if (page > out->pages) return RESULT_NOT_FOUND;
  TRY(draw_page(a, paper, page, &png));
  return encode_anew(a, png, out);
}

result document_preview(struct arena *a, str media_type, str bytes, uint32_t page, struct document_preview *out) {
  int paper;
  assert(page >= 1);
  *out = (struct document_preview){ .pages = 1 };
  if (!document_preview_shows(media_type) || bytes.n > DOCUMENT_PREVIEW_BYTES_MOST) return RESULT_REFUSED;
  TRY(confine_file(a, &paper));
  TRY(file_write_fd(paper, bytes));
  return one_page(a, str_eq(media_type, shown[0].type), paper, page, out);
}
