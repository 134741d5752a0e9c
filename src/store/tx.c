/* tx: statements queue in the connection's pipeline; a read, a flush or the commit takes the answers. The first failure
 * stays: what comes after does nothing, so that a body may send without looking and TRY() where it reads. */
#include "tx.h"

#include <stdio.h>

#include "wire.h"

/* The actor and the moment of the transaction; empty texts stand for none. */
struct settings_in {
  str account, request, at;
};
#define F(kind, member) SQL_FIELD(kind, struct settings_in, member)
static const struct sql_field SETTINGS_IN[] = { F(TEXT, account), F(TEXT, request), F(TEXT, at) };
#undef F
static const struct statement SETTINGS =
    STATEMENT_WRITES("settings", SETTINGS_IN, -1,
                     "SELECT set_config('shienkin.account', $1, true), set_config('shienkin.request', $2, true), "
                     "set_config('shienkin.at', $3, true)");

/* ---- the hook of tests */

/* What the hook wants instead of the query; STORE_UNHURT: send it. */
static enum store_injury injury(struct tx *tx, const char *name) {
  tx->nth++;
  const struct store_hook *hook = &tx->options->hook;
  if (!hook->before) return STORE_UNHURT;
  enum store_injury what = hook->before(hook->context, tx->nth, name);
  if (what == STORE_CUT_BEFORE) connection_close(tx->connection);
  return what;
}

static bool send_injury(struct tx *tx, const char *name, enum store_injury what) {
  const char *sql = what == STORE_RETRY ? "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"
                                        : "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '58000'; END $$";
  return connection_command(tx->connection, name, sql);
}

/* The query goes out, its answer never comes: the server meets our goodbye behind it, and so does it first. */
static void cut_after(struct tx *tx) {
  if (connection_is_open(tx->connection) && PQpipelineSync(tx->connection->pg) == 1) connection_close(tx->connection);
}

static void note_sent(struct tx *tx, bool sent, const char *name) {
  tx->unsent = true;
  if (sent || tx->fault.kind != TX_FAULT_NONE) return;
  tx->fault.kind = TX_FAULT_CONNECTION;
  snprintf(tx->fault.statement, sizeof tx->fault.statement, "%s", name);
  tx->retry = true;
}

void tx__command(struct tx *tx, const char *name, const char *sql) {
  enum store_injury what = injury(tx, name);
  bool sent = what == STORE_FAIL || what == STORE_RETRY ? send_injury(tx, name, what)
                                                        : connection_command(tx->connection, name, sql);
  note_sent(tx, sent, name);
  if (what == STORE_CUT_AFTER) cut_after(tx);
}

/* ---- statements */

void tx_send(struct tx *tx, const struct statement *s, const void *in) {
  if (tx->fault.kind != TX_FAULT_NONE) return;
  enum store_injury what = injury(tx, s->name);
  bool sent = what == STORE_FAIL || what == STORE_RETRY ? send_injury(tx, s->name, what)
                                                        : connection_send(tx->connection, tx->arena, s, in);
  note_sent(tx, sent, s->name);
  if (s->touches >= 0) tx->guarded = true;
  if (what == STORE_CUT_AFTER) cut_after(tx);
}

static PGresult *sync_rows(struct tx *tx) {
  PGresult *rows = NULL;
  connection_sync(tx->connection, &tx->options->log, &tx->fault, &tx->retry, &rows);
  tx->unsent = tx->guarded = false;
  return rows;
}

result tx_flush(struct tx *tx) {
  if (tx->fault.kind == TX_FAULT_NONE && tx->unsent) PQclear(sync_rows(tx));
  return fault_result(&tx->fault);
}

static void clear_result(void *rows) { PQclear(rows); }

/* Decodes into the arena, which frees libpq's rows when it goes: decoding may leave by the arena's guard. */
static void decode_rows(struct tx *tx, const struct statement *s, const PGresult *rows, void *out) {
  for (int i = 0; i < PQntuples(rows); i++)
    wire_decode(tx->arena, s->out, s->out_count, rows, i, (char *)out + (size_t)i * s->row_bytes);
}

static PGresult *read_rows(struct tx *tx, const struct statement *s, const void *in) {
  tx_send(tx, s, in);
  if (tx->fault.kind == TX_FAULT_NONE || tx->unsent) return sync_rows(tx);
  return NULL;
}

result tx_one(struct tx *tx, const struct statement *s, const void *in, void *out) {
  PGresult *rows = read_rows(tx, s, in);
  if (!rows) return fault_result(&tx->fault);
  int count = PQntuples(rows);
  assert(count <= 1);
  if (count == 0) {
    PQclear(rows);
    return RESULT_NOT_FOUND;
  }
  arena_defer(tx->arena, clear_result, rows);
  decode_rows(tx, s, rows, out);
  return RESULT_OK;
}

result tx_many(struct tx *tx, const struct statement *s, const void *in, void *rows_out, size_t *count) {
  PGresult *rows = read_rows(tx, s, in);
  if (!rows) return fault_result(&tx->fault);
  arena_defer(tx->arena, clear_result, rows);
  *count = (size_t)PQntuples(rows);
  void *out = arena_array(tx->arena, *count, s->row_bytes);
  decode_rows(tx, s, rows, out);
  memcpy(rows_out, &out, sizeof out);
  return RESULT_OK;
}

/* ---- begin, commit, roll back */

void tx__begin(struct tx *tx) {
  char account[37] = "", at[32];
  if (!uuid_none(tx->who.account)) uuid_write(tx->who.account, account);
  struct civil c = day_civil(tx->at / 86400000000 - (tx->at % 86400000000 < 0));
  int64_t of_day = tx->at - day_from_civil(c.year, c.month, c.day) * INT64_C(86400000000);
  int64_t ms = of_day / 1000;
  snprintf(at, sizeof at, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", (int)c.year, c.month, c.day, (int)(ms / 3600000),
           (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
  struct settings_in in = { str_of(account), tx->who.request_id.p ? tx->who.request_id : STR(""), str_of(at) };
  tx__command(tx, "begin", "BEGIN");
  tx_send(tx, &SETTINGS, &in);
}

result tx__commit(struct tx *tx) {
  if (tx->guarded) TRY(tx_flush(tx)); /* a stale version must be seen before anything is committed */
  if (tx->fault.kind != TX_FAULT_NONE) return fault_result(&tx->fault);
  tx__command(tx, "commit", "COMMIT");
  bool sent = tx->fault.kind == TX_FAULT_NONE;
  PQclear(sync_rows(tx));
  bool said = tx->fault.sqlstate[0] && !tx->retry; /* the server is there and refused: nothing was done */
  if (tx->fault.kind == TX_FAULT_CONNECTION && sent && !said) {
    /* What was sent may have been done: nobody may do it again without asking. */
    tx->fault.kind = TX_FAULT_UNKNOWN;
    tx->retry = false;
  }
  return fault_result(&tx->fault);
}

void tx__roll_back(struct tx *tx) {
  struct connection *c = tx->connection;
  struct tx_fault ignored = { .kind = TX_FAULT_NONE };
  bool retry;
  if (tx->unsent) connection_sync(c, &tx->options->log, &ignored, &retry, NULL);
  ignored = (struct tx_fault){ .kind = TX_FAULT_NONE };
  bool sent = connection_command(c, "rollback", "ROLLBACK");
  connection_sync(c, &tx->options->log, &ignored, &retry, NULL);
  if (!sent || ignored.kind != TX_FAULT_NONE) connection_close(c);
  tx->unsent = tx->guarded = false;
}

/* ---- attempts */

static bool ends_transaction(const struct tx *tx) {
  return tx->retry || tx->fault.kind == TX_FAULT_CONNECTION || tx->fault.kind == TX_FAULT_TIMEOUT ||
         tx->fault.kind == TX_FAULT_BUSY;
}

result tx_attempt(struct tx *tx, tx_body *body, void *context, struct tx_fault *fault) {
  char save[48], back[96], release[64];
  unsigned number = ++tx->savepoints;
  snprintf(save, sizeof save, "SAVEPOINT attempt_%u", number);
  snprintf(back, sizeof back, "ROLLBACK TO SAVEPOINT attempt_%u", number);
  snprintf(release, sizeof release, "RELEASE SAVEPOINT attempt_%u", number);
  if (fault) *fault = (struct tx_fault){ .kind = TX_FAULT_NONE };

  tx__command(tx, "savepoint", save);
  TRY(tx_flush(tx));
  result r = body(tx, context);
  result flushed = tx_flush(tx);
  if (r == RESULT_OK) r = flushed;
  if (r == RESULT_OK) {
    tx__command(tx, "release", release);
    return RESULT_OK;
  }
  if (ends_transaction(tx)) return fault_result(&tx->fault);
  if (fault) *fault = tx->fault;
  tx->fault = (struct tx_fault){ .kind = TX_FAULT_NONE };
  tx__command(tx, "rollback to", back);
  tx__command(tx, "release", release);
  TRY(tx_flush(tx));
  return r;
}

/* ---- what a body asks */

struct arena *tx_arena(struct tx *tx) {
  return tx->arena;
}
moment tx_at(struct tx *tx) { return tx->at; }
struct uuid tx_account(struct tx *tx) {
  return tx->who.account;
}
enum store_realm tx_realm(struct tx *tx) { return tx->realm; }
str tx_request_id(struct tx *tx) { return tx->who.request_id; }
struct uuid tx_new_id(struct tx *tx) {
  return uuid_v7(&tx->options->clock, &tx->options->randomness);
}
const struct randomness *tx_randomness(struct tx *tx) { return &tx->options->randomness; }
const struct tx_fault *tx_fault(const struct tx *tx) { return &tx->fault; }
