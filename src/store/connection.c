/* connection: queue, send, take the answers in order. Statements are prepared once per connection, under their own
 * name, in the same pipeline as their first use, so that preparing costs no round trip.
 *
 * libpq is not let wait by itself, since it would for ever: it writes and reads what goes at once, and the waiting is ours,
 * with an end. Reading while we write, a long queue cannot deadlock with the server's answers. */
#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>

#include "silence.h"
#include "wire.h"

static const char SETTINGS[] =
    "-c TimeZone=UTC -c search_path=shienkin,pg_catalog -c lock_timeout=2s -c statement_timeout=5s "
    "-c idle_in_transaction_session_timeout=10s -c default_transaction_isolation=read\\ committed -c jit=off "
    "-c bytea_output=hex -c DateStyle=ISO";

static void be_silent(void *context, const char *message) {
  (void)context;
  (void)message;
}

/* "host=… dbname=…" and what we add, as one expanded dbname: libpq reads it as a connection string. */
result connection_open(struct connection *c, const char *where, const struct store_login *login, str password) {
  const char *keys[] = { "dbname",          "user", "password", "options", "application_name", "client_encoding",
                         "connect_timeout", NULL };
  char secret[512] = "", seconds[12];
  snprintf(seconds, sizeof seconds, "%d", CONNECTION_OPEN_S);
  if (password.n >= sizeof secret) return RESULT_LIMIT;
  if (password.n > 0) memcpy(secret, password.p, password.n);
  const char *values[] = {
    where, login->user, password.n > 0 ? secret : NULL, SETTINGS, "shienkin", "UTF8", seconds, NULL
  };
  int64_t began_us = silence_clock_us();
  *c = (struct connection){ .pg = PQconnectdbParams(keys, values, 1),
                            .expects = c->expects,
                            .expects_capacity = c->expects_capacity,
                            .answer_ms = c->answer_ms };
  bytes_wipe(secret, sizeof secret);
  bool open = PQstatus(c->pg) == CONNECTION_OK;
  if (!open || PQenterPipelineMode(c->pg) != 1 || PQsetnonblocking(c->pg, 1) != 0) {
    /* libpq counts by whole seconds. */
    c->silent = !open && silence_clock_us() - began_us >= (CONNECTION_OPEN_S - 1) * INT64_C(1000000);
    connection_close(c);
    return RESULT_OUTSIDE;
  }
  PQsetNoticeProcessor(c->pg, be_silent, NULL);
  return RESULT_OK;
}

void connection_close(struct connection *c) {
  PQfinish(c->pg);
  c->pg = NULL;
  mem_free(c->expects);
  c->expects = NULL;
  c->expects_count = c->expects_capacity = 0;
}

bool connection_is_open(const struct connection *c) { return c->pg != NULL && PQstatus(c->pg) == CONNECTION_OK; }

/* ---- sending */

static bool expect(struct connection *c, struct connection_expects what) {
  if (c->expects_count == c->expects_capacity) {
    size_t capacity = c->expects_capacity ? c->expects_capacity * 2 : 32;
    struct connection_expects *grown = mem_realloc(c->expects, capacity * sizeof *grown);
    if (!grown) return false;
    c->expects = grown;
    c->expects_capacity = capacity;
  }
  c->expects[c->expects_count++] = what;
  return true;
}

/* Where the statement stands in the table of prepared ones, or the free slot where it would. */
static const struct statement **slot_of(struct connection *c, const struct statement *s) {
  size_t at = ((uintptr_t)s / sizeof(void *)) * 0x9E3779B1u % CONNECTION_STATEMENTS;
  for (size_t probes = 0; probes < CONNECTION_STATEMENTS; probes++, at = (at + 1) % CONNECTION_STATEMENTS)
    if (c->prepared[at] == s || c->prepared[at] == NULL) return &c->prepared[at];
  assert(!"more statements than slots");
  return NULL;
}

static bool already_sent(const struct connection *c, const struct statement *s) {
  for (size_t i = 0; i < c->expects_count; i++)
    if (c->expects[i].preparing && c->expects[i].statement == s) return true;
  return false;
}

static bool prepare(struct connection *c, const struct statement *s) {
  if (*slot_of(c, s) == s || already_sent(c, s)) return true;
  Oid types[WIRE_MOST_FIELDS];
  assert(s->in_count <= WIRE_MOST_FIELDS);
  for (size_t i = 0; i < s->in_count; i++) types[i] = wire_oid(s->in[i].kind);
  return expect(c, (struct connection_expects){ .statement = s, .name = s->name, .preparing = true }) &&
         PQsendPrepare(c->pg, s->name, s->sql, s->in_count, types) == 1;
}

bool connection_send(struct connection *c, struct arena *scratch, const struct statement *s, const void *in,
                     PGresult **rows) {
  if (!connection_is_open(c) || !prepare(c, s)) return false;
  struct arena_mark mark = arena_mark(scratch);
  struct wire_parameters p;
  wire_encode(scratch, s->in, s->in_count, in, &p);
  bool sent = expect(c, (struct connection_expects){ .statement = s, .name = s->name, .rows = rows }) &&
              PQsendQueryPrepared(c->pg, s->name, p.count, p.values, p.lengths, p.formats, 1) == 1;
  arena_release(scratch, mark);
  return sent;
}

bool connection_command(struct connection *c, const char *name, const char *sql, bool *done) {
  return connection_is_open(c) && expect(c, (struct connection_expects){ .name = name, .done = done }) &&
         PQsendQueryParams(c->pg, sql, 0, NULL, NULL, NULL, NULL, 1) == 1;
}

/* ---- what a refusal means */

static const struct {
  const char *prefix;
  enum tx_fault_kind kind;
  bool retry;
} meanings[] = {
  { "40001", TX_FAULT_BUSY, true },     /* serialization_failure */
  { "40P01", TX_FAULT_BUSY, true },     /* deadlock_detected */
  { "55P03", TX_FAULT_BUSY, true },     /* lock_not_available: lock_timeout */
  { "57014", TX_FAULT_TIMEOUT, false }, /* query_canceled: statement_timeout */
  { "25P03", TX_FAULT_TIMEOUT, false }, /* idle_in_transaction_session_timeout: we dawdled */
  { "57P", TX_FAULT_CONNECTION, true }, /* shutting down, starting up, crashed */
  { "08", TX_FAULT_CONNECTION, true },  /* connection exception */
  { "53", TX_FAULT_CONNECTION, false }, /* insufficient resources: disk_full above all */
  { "58030", TX_FAULT_CONNECTION, false }, /* io_error */
  { "23", TX_FAULT_RULE, false },       /* integrity constraint violation, our rules included */
  { "42501", TX_FAULT_RIGHT, false },   /* insufficient_privilege, row security included */
};

static void copy_field(char *out, size_t size, const char *text) {
  size_t n = text ? strlen(text) : 0;
  if (n >= size) n = size - 1;
  if (n > 0) memcpy(out, text, n);
  out[n] = '\0';
}

static void note_lost(struct tx_fault *fault, bool *retry, const char *name) {
  if (fault->kind != TX_FAULT_NONE) return;
  fault->kind = TX_FAULT_CONNECTION;
  copy_field(fault->statement, sizeof fault->statement, name);
  *retry = true;
}

static void note_refusal(const PGresult *r, const char *name, const struct log *log, struct tx_fault *fault,
                         bool *retry) {
  if (fault->kind != TX_FAULT_NONE) return;
  const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
  if (!state) {
    note_lost(fault, retry, name);
    return;
  }
  copy_field(fault->sqlstate, sizeof fault->sqlstate, state);
  copy_field(fault->constraint, sizeof fault->constraint, PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME));
  copy_field(fault->table, sizeof fault->table, PQresultErrorField(r, PG_DIAG_TABLE_NAME));
  copy_field(fault->statement, sizeof fault->statement, name);
  fault->kind = TX_FAULT_OTHER;
  for (size_t i = 0; i < COUNT_OF(meanings); i++) {
    if (!str_starts(str_of(state), str_of(meanings[i].prefix))) continue;
    fault->kind = meanings[i].kind;
    *retry = meanings[i].retry;
    break;
  }
  bool full = fault->kind == TX_FAULT_CONNECTION && !*retry; /* somebody has to make room */
  if (full || fault->kind == TX_FAULT_OTHER || fault->kind == TX_FAULT_RIGHT)
    LOG(log, LOG_ERROR, "store.refused", LOG_S("sqlstate", str_of(state)), LOG_S("statement", str_of(name)),
        LOG_S("message", str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY))));
}

result fault_result(const struct tx_fault *f) {
  switch (f->kind) {
    case TX_FAULT_NONE: return RESULT_OK;
    case TX_FAULT_RULE:
    case TX_FAULT_STALE: return RESULT_CONFLICT;
    case TX_FAULT_RIGHT: return RESULT_REFUSED;
    case TX_FAULT_BUSY:
    case TX_FAULT_TIMEOUT: return RESULT_LIMIT;
    case TX_FAULT_CONNECTION:
    case TX_FAULT_UNKNOWN:
    case TX_FAULT_OTHER: return RESULT_OUTSIDE;
  }
  return RESULT_OUTSIDE;
}

/* ---- taking the answers */

/* False: the connection is lost, or nothing came until then. */
static bool wait_for_more(struct connection *c, int64_t until_us) {
  int unsent = PQflush(c->pg);
  int64_t left_us = until_us - silence_clock_us();
  if (unsent < 0 || left_us <= 0) {
    c->silent = unsent >= 0;
    return false;
  }
  struct pollfd socket = { .fd = PQsocket(c->pg), .events = (short)(POLLIN | (unsent ? POLLOUT : 0)) };
  int moved = poll(&socket, 1, (int)((left_us + 999) / 1000));
  if (moved == 0 || (moved < 0 && errno == EINTR)) return true; /* the clock decides, above */
  return moved > 0 && (!(socket.revents & ~POLLOUT) || PQconsumeInput(c->pg) == 1);
}

/* NULL: the end of a statement's results, or the connection is lost. */
static PGresult *next_result(struct connection *c) {
  int64_t until_us = silence_clock_us() + c->answer_ms * 1000;
  while (PQisBusy(c->pg)) {
    if (!wait_for_more(c, until_us)) return NULL;
  }
  return PQgetResult(c->pg);
}

static void check_touched(const PGresult *r, const struct connection_expects *e, struct tx_fault *fault) {
  if (fault->kind != TX_FAULT_NONE || e->preparing || !e->statement || e->statement->touches < 0) return;
  int64_t touched = 0;
  if (str_to_int64(str_of(PQcmdTuples((PGresult *)(uintptr_t)r)), &touched) && touched == e->statement->touches) return;
  fault->kind = TX_FAULT_STALE;
  copy_field(fault->statement, sizeof fault->statement, e->name);
}

/* What came of a statement that did well: rows to whoever wants them, which clears *r; and that it was done. */
static void hand_over(const struct connection_expects *e, PGresult **r) {
  if (e->done) *e->done = true;
  if (!e->rows || PQresultStatus(*r) != PGRES_TUPLES_OK) return;
  *e->rows = *r;
  *r = NULL;
}

static bool take_answer(struct connection *c, const struct connection_expects *e, const struct log *log,
                        struct tx_fault *fault, bool *retry) {
  PGresult *r = next_result(c);
  if (!r) {
    note_lost(fault, retry, e->name);
    return false;
  }
  ExecStatusType status = PQresultStatus(r);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
    if (e->preparing) *slot_of(c, e->statement) = e->statement;
    check_touched(r, e, fault);
    hand_over(e, &r);
  } else if (status != PGRES_PIPELINE_ABORTED) {
    note_refusal(r, e->name, log, fault, retry);
  }
  PQclear(r);
  PGresult *end = next_result(c); /* NULL: the end of this statement's results */
  assert(!end || PQstatus(c->pg) != CONNECTION_OK);
  PQclear(end);
  return PQstatus(c->pg) == CONNECTION_OK && !c->silent;
}

void connection_sync(struct connection *c, const struct log *log, struct tx_fault *fault, bool *retry) {
  bool there = connection_is_open(c) && PQpipelineSync(c->pg) == 1;
  for (size_t i = 0; there && i < c->expects_count; i++) there = take_answer(c, &c->expects[i], log, fault, retry);
  c->expects_count = 0;
  PGresult *sync = there ? next_result(c) : NULL;
  if (!sync || PQresultStatus(sync) != PGRES_PIPELINE_SYNC) note_lost(fault, retry, "sync");
  PQclear(sync);
  if (c->silent) {
    *retry = false;
    connection_close(c);
  }
}
