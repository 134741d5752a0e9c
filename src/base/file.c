/* file: whole files in and out, each bounded by the caller. */
#include "shienkin/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP_BYTES = 16 << 10, MOST_NAMES = 1 << 16 };

/* read(2) until something comes, the end or a failure. */
static ssize_t read_some(int fd, void *out, size_t n) {
  ssize_t got;
  do {
    got = read(fd, out, n);
  } while (got < 0 && errno == EINTR);
  return got;
}

void fd_close(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

/* The size fstat tells is a hint alone: a pipe tells none, and a file may grow while it is read. */
static size_t size_hint(int fd, size_t limit_bytes) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0) return READ_STEP_BYTES;
  size_t size = (size_t)st.st_size;
  return (size < limit_bytes ? size : limit_bytes) + 1;
}

result file_read_fd(struct arena *a, int fd, size_t limit_bytes, str *out) {
  struct buf b = buf_in(a);
  buf_reserve(&b, size_hint(fd, limit_bytes) + 1);
  for (;;) {
    if (b.capacity - b.n < 2) buf_reserve(&b, READ_STEP_BYTES);
    ssize_t got = read_some(fd, b.p + b.n, b.capacity - b.n - 1);
    if (got < 0) return RESULT_OUTSIDE;
    if (got == 0) break;
    b.n += (size_t)got;
    if (b.n > limit_bytes) return RESULT_LIMIT;
  }
  b.p[b.n] = '\0';
  *out = buf_str(&b);
  return RESULT_OK;
}

static void close_deferred(void *handle) { fd_close(handle); }

/* The descriptor belongs to the arena while the bytes are read, because growing the buffer may leave by the guard. */
result file_read(struct arena *a, const char *path, size_t limit_bytes, str *out) {
  int *fd = ARENA_NEW(a, int);
  *fd = -1;
  arena_defer(a, close_deferred, fd);
  *fd = open(path, O_RDONLY | O_CLOEXEC);
  if (*fd < 0) return errno == ENOENT || errno == ENOTDIR ? RESULT_NOT_FOUND : RESULT_OUTSIDE;
  result r = file_read_fd(a, *fd, limit_bytes, out);
  int why = errno;
  fd_close(fd);
  errno = why;
  return r;
}

result file_write_fd(int fd, str bytes) {
  for (size_t at = 0; at < bytes.n;) {
    ssize_t wrote = write(fd, bytes.p + at, bytes.n - at);
    if (wrote < 0) {
      if (errno == EINTR) continue;
      return RESULT_OUTSIDE;
    }
    at += (size_t)wrote;
  }
  return RESULT_OK;
}

/* ---- replacing a file */

/* The name of a folder that holds `path`, into out. */
static bool folder_of(const char *path, char *out, size_t capacity) {
  const char *slash = strrchr(path, '/');
  int n = !slash          ? snprintf(out, capacity, ".")
          : slash == path ? snprintf(out, capacity, "/")
                          : snprintf(out, capacity, "%.*s", (int)(slash - path), path);
  return n > 0 && (size_t)n < capacity;
}

/* The new name is on disk only when the folder is. */
static result sync_folder(const char *path) {
  char folder[4096];
  if (!folder_of(path, folder, sizeof folder)) return RESULT_LIMIT;
  CLEANUP(fd_close)
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return fd >= 0 && fsync(fd) == 0 ? RESULT_OK : RESULT_OUTSIDE;
}

static result write_beside(int fd, str bytes, unsigned mode) {
  TRY(file_write_fd(fd, bytes));
  return fchmod(fd, mode) == 0 && fsync(fd) == 0 ? RESULT_OK : RESULT_OUTSIDE;
}

result file_replace(const char *path, str bytes, unsigned mode) {
  char beside[4096];
  int n = snprintf(beside, sizeof beside, "%s.new-XXXXXX", path);
  if (n < 0 || (size_t)n >= sizeof beside) return RESULT_LIMIT;
  CLEANUP(fd_close)
  int fd = mkostemp(beside, O_CLOEXEC);
  if (fd < 0) return errno == ENOENT || errno == ENOTDIR ? RESULT_NOT_FOUND : RESULT_OUTSIDE;
  result r = write_beside(fd, bytes, mode);
  if (r == RESULT_OK && rename(beside, path) != 0) r = RESULT_OUTSIDE;
  if (r != RESULT_OK) {
    int why = errno;
    unlink(beside);
    errno = why;
    return r;
  }
  return sync_folder(path);
}

/* ---- listing a folder */

struct listing {
  str *items;
  size_t count, capacity;
};

static void listing_add(struct arena *a, struct listing *l, const char *name) {
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 16;
    l->items = arena_grow(a, l->items, l->capacity * sizeof(str), capacity * sizeof(str));
    l->capacity = capacity;
  }
  l->items[l->count++] = str_copy(a, str_of(name));
}

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static void folder_close_deferred(void *handle) {
  DIR **folder = handle;
  if (*folder) closedir(*folder);
  *folder = NULL;
}

result file_list(struct arena *a, const char *path, str **names, size_t *count) {
  DIR **folder = ARENA_NEW(a, DIR *);
  arena_defer(a, folder_close_deferred, folder);
  *folder = opendir(path);
  if (!*folder) return errno == ENOENT || errno == ENOTDIR ? RESULT_NOT_FOUND : RESULT_OUTSIDE;
  struct listing l = { NULL, 0, 0 };
  errno = 0;
  for (struct dirent *entry; (entry = readdir(*folder)); errno = 0) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (l.count == MOST_NAMES) return RESULT_LIMIT;
    listing_add(a, &l, entry->d_name);
  }
  if (errno) return RESULT_OUTSIDE;
  folder_close_deferred(folder);
  if (l.count) qsort(l.items, l.count, sizeof *l.items, by_bytes);
  *names = l.items;
  *count = l.count;
  return RESULT_OK;
}
