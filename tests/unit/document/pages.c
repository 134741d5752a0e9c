/* pages: makes what read.py reads. `pages letter ROWS`, `pages words WORD…`: a PDF; `pages qr TEXT`: an SVG. */
#include <unistd.h>

#include "documents.h"

static int write_out(result r, str bytes) {
  return r == RESULT_OK && file_write_fd(STDOUT_FILENO, bytes) == RESULT_OK ? 0 : 1;
}

static int make(struct arena *a, char **argv) {
  struct findings f = findings_in(a);
  str word = str_of(argv[1]), out;
  int64_t rows;
  if (str_eq(word, STR("qr"))) return write_out(document_qr_svg(a, str_of(argv[2]), STR("<コード & \"印\">"), &out), out);
  struct document d;
  if (str_eq(word, STR("letter")) && str_to_int64(str_of(argv[2]), &rows)) {
    d = letter(a, (int)rows);
  } else {
    struct document_part part = { .kind = DOCUMENT_PARAGRAPH, .text = str_of(argv[2]) };
    struct document words = { .title = STR("言葉"), .language = STR("ja"), .parts = &part, .part_count = 1 };
    return write_out(document_pdf(a, &words, &f, &out), out);
  }
  return write_out(document_pdf(a, &d, &f, &out), out);
}

int main(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(256u << 20);
  return argc == 3 && a ? make(a, argv) : 2;
}
