/* clamd: one connection, a command, perhaps a stream, an answer. The whole stands under one deadline. Nothing is allocated while
 * the connection is open, so that it is closed whatever happens. */
#include "shienkin/net/clamd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "clamd_read.h"
#include "messages.h"
#include "shienkin/base.h"

struct exchange {
  const struct clamd *clamd;
  int fd;
  int64_t until_us;
  bool answers;                         /* it has something to say, or has hung up: sending is over */
  bool whole;                           /* the stream was sent to its end */
  char answer[CLAMD__ANSWER_MOST];
  size_t n;
  const struct message *trouble;
  const char *why;                      /* in static storage */
};

static result fails(struct exchange *x, const struct message *trouble, const char *why) {
  x->trouble = trouble;
  x->why = why;
  return RESULT_OUTSIDE;
}

static result fails_by(struct exchange *x, const struct message *trouble, int error) {
  const char *why = strerrordesc_np(error);
  return fails(x, trouble, why ? why : "?");
}

/* Until one of the events is there, or the deadline. */
static result await(struct exchange *x, short events, short *there) {
  for (;;) {
    int64_t left_us = x->until_us - clock_monotonic_us(&x->clamd->clock);
    if (left_us <= 0) return fails_by(x, &net__timeout, ETIMEDOUT);
    struct pollfd p = { .fd = x->fd, .events = events };
    int ready = poll(&p, 1, (int)((left_us + 999) / 1000));
    if (ready < 0 && errno != EINTR) return fails_by(x, &net__broken, errno);
    if (ready <= 0) continue;
    *there = p.revents;
    return RESULT_OK;
  }
}

static result reach(struct exchange *x) {
  struct clamd_address at;
  short there;
  int error = 0;
  socklen_t length = sizeof error;
  if (!clamd__address(x->clamd->place, &at)) return fails(x, &net__clamd_place, "");
  x->fd = socket(at.socket.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (x->fd < 0) return fails_by(x, &net__unreachable, errno);
  if (connect(x->fd, (struct sockaddr *)&at.socket, at.length) == 0) return RESULT_OK;
  if (errno != EINPROGRESS) return fails_by(x, &net__unreachable, errno);
  TRY(await(x, POLLOUT, &there));
  if (getsockopt(x->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  return error ? fails_by(x, &net__unreachable, error) : RESULT_OK;
}

/* All of it, or as much as is wanted: who answers before the end, or hangs up, has heard enough. */
static result give(struct exchange *x, str bytes) {
  while (bytes.n > 0 && !x->answers) {
    short there;
    TRY(await(x, POLLIN | POLLOUT, &there));
    x->answers = there & (POLLIN | POLLHUP | POLLERR);
    if (x->answers) break;
    ssize_t n = send(x->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
    if (n >= 0) bytes = str_slice(bytes, (size_t)n, bytes.n);
    else if (errno == EPIPE || errno == ECONNRESET) x->answers = true;
    else if (errno != EAGAIN && errno != EINTR) return fails_by(x, &net__broken, errno);
  }
  return RESULT_OK;
}

/* clamd(8), INSTREAM: each piece behind its length, four bytes, the greatest first; a length of 0 is the end. */
static result give_stream(struct exchange *x, clamd_source *next, void *context) {
  str piece;
  do {
    TRY(next(context, &piece));
    assert(piece.n <= UINT32_MAX);
    uint32_t length = htonl((uint32_t)piece.n);
    TRY(give(x, (str){ (const char *)&length, sizeof length }));
    TRY(give(x, piece));
    x->whole = piece.n == 0 && !x->answers;
  } while (piece.n > 0 && !x->answers);
  return RESULT_OK;
}

/* Up to the zero byte that ends it. */
static result take_answer(struct exchange *x) {
  for (;;) {
    short there;
    TRY(await(x, POLLIN, &there));
    ssize_t n = recv(x->fd, x->answer + x->n, sizeof x->answer - x->n, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (n < 0) return fails_by(x, &net__broken, errno);
    if (n == 0) return fails_by(x, &net__broken, ECONNRESET);
    const char *end = memchr(x->answer + x->n, 0, (size_t)n);
    x->n += (size_t)n;
    if (end) {
      x->n = (size_t)(end - x->answer);
      return RESULT_OK;
    }
    if (x->n == sizeof x->answer) return fails(x, &net__too_large, "1024");
  }
}

static result talk(struct exchange *x, str command, clamd_source *next, void *context) {
  TRY(reach(x));
  TRY(give(x, command));
  if (next) TRY(give_stream(x, next, context));
  return take_answer(x);
}

static result exchange(const struct clamd *c, str command, clamd_source *next, void *context, struct findings *f,
                       struct exchange *x) {
  int64_t wait_ms = c->wait_ms ? c->wait_ms : CLAMD_WAIT_MS;
  *x = (struct exchange){ .clamd = c, .fd = -1, .until_us = clock_monotonic_us(&c->clock) + wait_ms * 1000 };
  result ended = talk(x, command, next, context);
  fd_close(&x->fd);
  if (x->trouble) FINDING(f, STR(""), x->trouble, c->place, str_of(x->why));
  return ended;
}

static result nonsense(const struct clamd *c, struct findings *f) {
  FINDING(f, STR(""), &net__clamd_answer, c->place);
  return RESULT_OUTSIDE;
}

/* ---- */

result clamd_place_check(str place, struct findings *f) {
  struct clamd_address at;
  if (clamd__address(place, &at)) return RESULT_OK;
  FINDING(f, STR(""), &net__clamd_place, place);
  return RESULT_REFUSED;
}

#define COMMAND(word) ((str){ (word), sizeof(word) })           /* with the zero byte that ends it */

result clamd_engine_ask(const struct clamd *c, struct arena *a, struct findings *f, struct clamd_engine *out) {
  struct exchange x;
  TRY(exchange(c, COMMAND("zVERSION"), NULL, NULL, f, &x));
  return clamd__engine(a, (str){ x.answer, x.n }, out) ? RESULT_OK : nonsense(c, f);
}

result clamd_scan(const struct clamd *c, struct arena *a, clamd_source *next, void *context, struct findings *f,
                  struct clamd_said *out) {
  struct exchange x;
  struct clamd_said said;
  TRY(exchange(c, COMMAND("zINSTREAM"), next, context, f, &x));
  if (!clamd__said(a, (str){ x.answer, x.n }, &said)) return nonsense(c, f);
  if (said.verdict == CLAMD_CLEAN && !x.whole) return nonsense(c, f); /* nobody knows that of what they have not seen */
  *out = said;
  return RESULT_OK;
}
