/* line_reader: the lines of a stream that may be longer than memory, one at a time.
 *
 * One buffer holds [start, end) of unread bytes, of which [start, seen) are known to hold no line end. A line over the
 * bound is dropped as it arrives; the flag `skipping` remembers that until its end comes by. */
#include <errno.h>
#include <unistd.h>

#include "shienkin/base/file.h"

enum { FIRST_BUFFER_BYTES = 64 << 10 };

struct line_reader {
  int fd;
  bool ended, skipping;
  size_t limit; /* longest line without its '\n' */
  char *p;
  size_t capacity, start, seen, end;
};

struct line_reader *line_reader_new(int fd, size_t limit_bytes) {
  struct line_reader *r = mem_alloc(sizeof *r);
  char *p = r ? mem_alloc(FIRST_BUFFER_BYTES) : NULL;
  if (!p) {
    mem_free(r);
    return NULL;
  }
  *r = (struct line_reader){ .fd = fd, .limit = limit_bytes, .p = p, .capacity = FIRST_BUFFER_BYTES };
  return r;
}

void line_reader_free(struct line_reader *r) {
  if (!r) return;
  mem_free(r->p);
  mem_free(r);
}

/* Room for at least one more byte behind `end`: by moving the rest to the front, else by doubling. */
static result make_room(struct line_reader *r) {
  if (r->end < r->capacity) return RESULT_OK;
  if (r->start > 0) {
    memmove(r->p, r->p + r->start, r->end - r->start);
    r->seen -= r->start;
    r->end -= r->start;
    r->start = 0;
    return RESULT_OK;
  }
  char *p = mem_realloc(r->p, r->capacity * 2);
  if (!p) return RESULT_NO_MEMORY;
  r->p = p;
  r->capacity *= 2;
  return RESULT_OK;
}

static result fill(struct line_reader *r) {
  TRY(make_room(r));
  ssize_t got;
  do {
    got = read(r->fd, r->p + r->end, r->capacity - r->end);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return RESULT_OUTSIDE;
  r->ended = got == 0;
  r->end += (size_t)got;
  return RESULT_OK;
}

static void drop_all(struct line_reader *r) { r->start = r->seen = r->end = 0; }

/* Takes [start, to) as a line and moves behind `next`. RESULT_LIMIT for a line that was over the bound. */
static result take(struct line_reader *r, size_t to, size_t next, str *line) {
  str taken = { r->p + r->start, to - r->start };
  bool too_long = r->skipping || taken.n > r->limit;
  r->start = r->seen = next;
  r->skipping = false;
  if (too_long) return RESULT_LIMIT;
  *line = taken;
  return RESULT_OK;
}

result line_reader_next(struct line_reader *r, str *line) {
  for (;;) {
    const char *end = r->seen < r->end ? memchr(r->p + r->seen, '\n', r->end - r->seen) : NULL;
    if (end) return take(r, (size_t)(end - r->p), (size_t)(end - r->p) + 1, line);
    r->seen = r->end;
    if (r->ended) return r->start < r->end || r->skipping ? take(r, r->end, r->end, line) : RESULT_NOT_FOUND;
    if (r->end - r->start > r->limit) {
      r->skipping = true;
      drop_all(r);
    }
    TRY(fill(r));
  }
}
