/* claims_in: the first line tells which of its two forms the input has. */
#include "claims_in.h"

#include "shienkin/codec/json.h"

#define CLAIM_BYTES_MOST (1u << 20)

struct claims {
  struct arena *arena;                           /* of the first line's values, or of the document */
  struct line_reader *lines;
  const struct claims_taker *taker;
  result ended;
};

static void take(const struct claims *c, str bytes) { c->taker->claim(c->taker->context, bytes); }
static void tell_too_large(const struct claims *c) { c->taker->too_large(c->taker->context); }
static bool is_blank(str line) { return str_trim(line).n == 0; }

static bool is_complete_value(const struct claims *c, str line) {
  struct findings ignored = findings_in(c->arena);
  struct json value;
  return json_read(c->arena, line, (struct json_limits){ 0, 0 }, &ignored, &value) == RESULT_OK;
}

static result take_lines(const struct claims *c, str line) {
  result r = RESULT_OK;
  for (; r == RESULT_OK || r == RESULT_LIMIT; r = line_reader_next(c->lines, &line)) {
    if (r == RESULT_LIMIT) tell_too_large(c);
    else if (!is_blank(line)) take(c, line);
  }
  return r;
}

/* The rest of the input behind its first line, as one document. A byte over the bound is enough to be refused. */
static result take_document(const struct claims *c, str line, bool long_line) {
  struct buf document = buf_in(c->arena);
  result r = RESULT_OK;
  for (bool first = true; r == RESULT_OK; r = line_reader_next(c->lines, &line), first = false) {
    if (!first) buf_byte(&document, '\n');
    if (document.n <= CLAIM_BYTES_MOST) buf_add(&document, line);
  }
  bool ended = r == RESULT_NOT_FOUND || r == RESULT_LIMIT;
  if (r == RESULT_LIMIT || (ended && long_line)) tell_too_large(c);
  else if (ended) take(c, buf_str(&document));
  return ended ? RESULT_NOT_FOUND : r;
}

static void walk(void *context) {
  struct claims *c = context;
  str line = STR("");
  result r = line_reader_next(c->lines, &line);
  while (r == RESULT_OK && is_blank(line)) r = line_reader_next(c->lines, &line);
  if (r == RESULT_OK) r = is_complete_value(c, line) ? take_lines(c, line) : take_document(c, line, false);
  else if (r == RESULT_LIMIT) r = take_document(c, STR(""), true);
  else if (r == RESULT_NOT_FOUND) take(c, STR(""));        /* refused like any other document that is none */
  c->ended = r == RESULT_NOT_FOUND ? RESULT_OK : r;
}

result claims_each(int fd, const struct claims_taker *taker) {
  struct claims c = { arena_new(0), line_reader_new(fd, CLAIM_BYTES_MOST), taker, RESULT_OK };
  result ran = c.arena && c.lines ? arena_run(c.arena, walk, &c) : RESULT_NO_MEMORY;
  line_reader_free(c.lines);
  arena_free(c.arena);
  return ran == RESULT_OK ? c.ended : ran;
}
