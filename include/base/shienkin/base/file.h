/* file: whole files in and out, bounded. */
#ifndef SHIENKIN_BASE_FILE_H
#define SHIENKIN_BASE_FILE_H

#include "str.h"

/* The whole file (or everything from fd) into the arena, zero-terminated beyond n.
 * RESULT_NOT_FOUND, RESULT_LIMIT (larger than limit_bytes), RESULT_OUTSIDE (errno tells). */
MUST_USE result file_read(struct arena *a, const char *path, size_t limit_bytes, str *out);
MUST_USE result file_read_fd(struct arena *a, int fd, size_t limit_bytes, str *out);
MUST_USE result file_write_fd(int fd, str bytes);                       /* all of it, EINTR and short writes handled */
/* Write beside the target, fsync, rename: the target holds the old bytes or the new ones, never half. */
MUST_USE result file_replace(const char *path, str bytes, unsigned mode);
/* Names in a folder, sorted bytewise, without "." and "..". */
MUST_USE result file_list(struct arena *a, const char *path, str **names, size_t *count);
void fd_close(int *fd);                                                 /* for CLEANUP; -1 is fine */

/* Lines of a stream of any length, one at a time, each bounded. */
struct line_reader;
struct line_reader *line_reader_new(int fd, size_t limit_bytes);        /* NULL: no memory */
void line_reader_free(struct line_reader *r);
/* The next line without its '\n' (a '\r' before it stays), valid until the next call. RESULT_NOT_FOUND at the end;
 * RESULT_LIMIT for a line over the bound, which is skipped to its end so that the next call goes on behind it. */
MUST_USE result line_reader_next(struct line_reader *r, str *line);

#endif
