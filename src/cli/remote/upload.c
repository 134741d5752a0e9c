/* upload: one file to a claim: announced, sent in pieces from where it broke off, finished. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "remote/remote.h"
#include "shienkin/crypto.h"

enum { PIECE_BYTES = 1 << 20, TRIES_MOST = 5 };          /* whole pieces of 256 KiB, as the service stores them */

struct upload { struct remote *r; int fd; int64_t length, at; str evidence; };

static str hash_of(struct remote *r, int fd) {
  struct sha256_state s = sha256_begin();
  char hex[65], *piece = arena_alloc(r->arena, 65536);
  ssize_t n;
  while ((n = read(fd, piece, 65536)) > 0) sha256_add(&s, (str){ piece, (size_t)n });
  sha256_write(sha256_end(&s), hex);
  return str_copy(r->arena, (str){ hex, 64 });
}

static enum exit_code announce(struct upload *u, str claim, const char *path, str purpose) {
  struct remote *r = u->r;
  const char *slash = strrchr(path, '/');
  struct json_member members[4] = { { STR("name"), json_of_str(str_of(slash ? slash + 1 : path)) },
                                    { STR("length"), json_of_int(r->arena, u->length) },
                                    { STR("sha256"), json_of_str(hash_of(r, u->fd)) }, { STR("purpose"), json_of_str(purpose) } };
  struct json body = json_of_object(members, purpose.n ? 4 : 3);
  struct remote_call c = { .method = "POST", .path = str_format(r->arena, "/v1/claims/%.*s/evidence", STR_ARG(claim)),
                           .body = json_dump(r->arena, &body), .idempotent = true };
  struct net_answer answer;
  enum exit_code code = remote_call(r, &c, &answer);
  if (code != EXIT_DONE) return code;
  struct json begun = remote_json(r, answer.body);
  u->evidence = remote_member(&begun, "evidence");
  return u->evidence.n ? EXIT_DONE : EXIT_OUTSIDE;
}

static void show_progress(const struct upload *u) {
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%lld / %lld KiB", (long long)(u->at / 1024), (long long)(u->length / 1024));
}

static enum exit_code send_piece(struct upload *u) {
  struct remote *r = u->r;
  char *bytes = arena_alloc(r->arena, PIECE_BYTES);
  ssize_t n = pread(u->fd, bytes, PIECE_BYTES, (off_t)u->at);
  if (n <= 0) {
    remote_tell("ファイルを読み終えられません。送っている間に変わったかもしれません。", "The file could not be read to its end. It may have changed meanwhile.");
    return EXIT_OUTSIDE;
  }
  struct remote_call c = { .method = "PATCH", .path = str_format(r->arena, "/v1/evidence/%.*s?offset=%lld", STR_ARG(u->evidence), (long long)u->at),
                           .body = { bytes, (size_t)n }, .type = "application/octet-stream" };
  struct net_answer answer;
  enum exit_code code = remote_call(r, &c, &answer);
  if (code == EXIT_DONE) u->at += n;
  return code;
}

/* How far the service has it. */
static enum exit_code look(struct upload *u) {
  struct remote_call c = { .method = "GET", .path = str_format(u->r->arena, "/v1/evidence/%.*s", STR_ARG(u->evidence)) };
  struct net_answer answer;
  enum exit_code code = remote_call(u->r, &c, &answer);
  if (code != EXIT_DONE) return code;
  struct json said = remote_json(u->r, answer.body);
  const struct json *offset = json_get(&said, STR("offset"));
  if (offset && offset->fits) u->at = offset->integer;
  return EXIT_DONE;
}

static enum exit_code send_all(struct upload *u) {
  enum exit_code code = EXIT_DONE;
  for (int tries = 0; u->at < u->length;) {
    struct arena_mark mark = arena_mark(u->r->arena);
    code = send_piece(u);
    if (code == EXIT_OUTSIDE && ++tries < TRIES_MOST) code = look(u);    /* the line broke; go on where it did */
    arena_release(u->r->arena, mark);
    if (code != EXIT_DONE) break;
    show_progress(u);
  }
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\n");
  return code;
}

static enum exit_code finish(struct upload *u) {
  struct remote_call c = { .method = "POST", .path = str_format(u->r->arena, "/v1/evidence/%.*s/finish", STR_ARG(u->evidence)), .idempotent = true };
  struct net_answer answer;
  enum exit_code code = remote_call(u->r, &c, &answer);
  if (code == EXIT_DONE) remote_show(u->r, &answer, NULL);
  return code;
}

enum exit_code remote_upload(struct remote *r, str claim, const char *path, str purpose) {
  CLEANUP(fd_close) int fd = -1;
  struct stat st;
  result opened = cli_open(path, &fd);
  if (opened == RESULT_OK && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) opened = RESULT_OUTSIDE;
  if (opened != RESULT_OK) {
    cli_unreadable(r->arena, str_of(path), opened);
    return EXIT_OUTSIDE;
  }
  struct upload u = { .r = r, .fd = fd, .length = (int64_t)st.st_size };
  enum exit_code code = announce(&u, claim, path, purpose);
  /* Announced by the same words before: the service answers with the same file, of which a part may be there. */
  if (code == EXIT_DONE) code = look(&u);
  if (code == EXIT_DONE) code = send_all(&u);
  return code == EXIT_DONE ? finish(&u) : code;
}
