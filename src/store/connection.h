/* connection: one libpq connection in pipeline mode, and what its refusals mean. */
#ifndef SHIENKIN_STORE_CONNECTION_H
#define SHIENKIN_STORE_CONNECTION_H

#include <libpq-fe.h>

#include "shienkin/store/run.h"

enum { CONNECTION_OPEN_S = 5 };         /* how long the server may take to let us in */
enum { CONNECTION_STATEMENTS = 512 }; /* slots for prepared statements, a power of two, far above their number */

/* What the next result in the pipeline answers. */
struct connection_expects {
  const struct statement *statement; /* NULL for control statements */
  const char *name;
  bool preparing;  /* the answer to a Prepare, not to the statement itself */
  PGresult **rows; /* where its rows go, owned by whoever wants them; NULL: not wanted */
  bool *done;      /* set when it was done; NULL: nobody asks */
};

struct connection {
  PGconn *pg; /* NULL: closed */
  const struct statement *prepared[CONNECTION_STATEMENTS];
  struct connection_expects *expects; /* first in, first out */
  size_t expects_count, expects_capacity;
  int64_t answer_ms; /* how long an answer is waited for */
  bool silent;       /* none came in time: it was closed for that */
  struct connection *next; /* in the pool's list of free ones */
};

/* Opens pg. RESULT_OUTSIDE when the server is not there or turns us away, or (c->silent) does neither. */
MUST_USE result connection_open(struct connection *c, const char *where, const struct store_login *login, str password);
void connection_close(struct connection *c);
bool connection_is_open(const struct connection *c);

/* Queue a statement (preparing it first where this connection has not) or a control statement without parameters. What
 * `rows` and `done` point at lives until the next connection_sync() or connection_close(). False: the connection is gone. */
bool connection_send(struct connection *c, struct arena *scratch, const struct statement *s, const void *in,
                     PGresult **rows);
bool connection_command(struct connection *c, const char *name, const char *sql, bool *done);
/* Send all that was queued, and take every answer. The first failure goes into *fault (unless that has one already) and
 * is classified; rows that came before it still go where they are wanted. A server that says nothing for answer_ms is a
 * lost connection that is not worth a retry. */
void connection_sync(struct connection *c, const struct log *log, struct tx_fault *fault, bool *retry);

/* The result that a fault means to a caller. */
result fault_result(const struct tx_fault *f);

#endif
