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
  return connection_command(tx->connection, name, sql, NULL);
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

void tx__command(struct tx *tx, const char *name, const char *sql, bool *done) {
  enum store_injury what = injury(tx, name);
  bool sent = what == STORE_FAIL || what == STORE_RETRY ? send_injury(tx, name, what)
                                                        : connection_command(tx->connection, name, sql, done);
  note_sent(tx, sent, name);
  if (what == STORE_CUT_AFTER) cut_after(tx);
}

/* ---- statements */

static void send(struct tx *tx, const struct statement *s, const void *in, PGresult **rows) {
  if (tx->fault.kind != TX_FAULT_NONE) return;
  enum store_injury what = injury(tx, s->name);
  bool sent = what == STORE_FAIL || what == STORE_RETRY ? send_injury(tx, s->name, what)
                                                        : connection_send(tx->connection, tx->arena, s, in, rows);
  note_sent(tx, sent, s->name);
  if (s->touches >= 0) tx->guarded = true;
  if (what == STORE_CUT_AFTER) cut_after(tx);
}

void tx_send(struct tx *tx, const struct statement *s, const void *in) {
  send(tx, s, in, NULL);
}

static void sync(struct tx *tx) {
  connection_sync(tx->connection, &tx->options->log, &tx->fault, &tx->retry);
  tx->unsent = tx->guarded = false;
}

/* ---- reads: asked for, and decoded when their answers came */

/* The arena frees libpq's rows when it goes: asking and decoding may leave by its guard. */
static void clear_asked(void *handle) {
  struct tx_asked *asked = handle;
  PQclear(asked->rows);
  asked->rows = NULL;
}

static void ask(struct tx *tx, const struct statement *s, const void *in, struct tx_asked what) {
  struct tx_asked *asked = ARENA_NEW(tx->arena, struct tx_asked);
  *asked = what;
  arena_defer(tx->arena, clear_asked, asked);
  *tx->asked_end = asked;
  tx->asked_end = &asked->next;
  send(tx, s, in, &asked->rows);
}

void tx_ask_one(struct tx *tx, const struct statement *s, const void *in, void *out, result *found) {
  *found = RESULT_NOT_FOUND;
  ask(tx, s, in, (struct tx_asked){ .statement = s, .out = out, .found = found });
}

void tx_ask_many(struct tx *tx, const struct statement *s, const void *in, void *rows, size_t *count) {
  *count = 0;
  ask(tx, s, in, (struct tx_asked){ .statement = s, .out = rows, .count = count });
}

static void decode_rows(struct tx *tx, const struct statement *s, const PGresult *rows, void *out) {
  for (int i = 0; i < PQntuples(rows); i++)
    wire_decode(tx->arena, s->out, s->out_count, rows, i, (char *)out + (size_t)i * s->row_bytes);
}

static void decode_one(struct tx *tx, const struct tx_asked *asked) {
  int count = PQntuples(asked->rows);
  assert(count <= 1);
  decode_rows(tx, asked->statement, asked->rows, asked->out);
  if (count == 1) *asked->found = RESULT_OK;
}

static void decode_many(struct tx *tx, const struct tx_asked *asked) {
  *asked->count = (size_t)PQntuples(asked->rows);
  void *items = arena_array(tx->arena, *asked->count, asked->statement->row_bytes);
  decode_rows(tx, asked->statement, asked->rows, items);
  memcpy(asked->out, &items, sizeof items);
}

static void forget_asked(struct tx *tx) {
  tx->asked = NULL;
  tx->asked_end = &tx->asked;
  tx->gathers = false;
}

void tx__settle(struct tx *tx) {
  for (struct tx_asked *asked = tx->asked; asked; asked = asked->next) {
    if (asked->found)
      decode_one(tx, asked);
    else
      decode_many(tx, asked);
    clear_asked(asked);
  }
  forget_asked(tx);
}

result tx_flush(struct tx *tx) {
  if (tx->fault.kind == TX_FAULT_NONE && tx->unsent) sync(tx);
  if (tx->fault.kind == TX_FAULT_NONE)
    tx__settle(tx);
  else
    forget_asked(tx);
  return fault_result(&tx->fault);
}

void tx_gather(struct tx *tx) { tx->gathers = true; }

void tx_forget(struct tx *tx) { forget_asked(tx); }

result tx_one(struct tx *tx, const struct statement *s, const void *in, void *out) {
  result found;
  assert(!tx->gathers);
  tx_ask_one(tx, s, in, out, &found);
  TRY(tx_flush(tx));
  return found;
}

result tx_many(struct tx *tx, const struct statement *s, const void *in, void *rows_out, size_t *count) {
  tx_ask_many(tx, s, in, rows_out, count);
  return tx->gathers ? fault_result(&tx->fault) : tx_flush(tx);
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
  forget_asked(tx);
  tx__command(tx, "begin", "BEGIN", NULL);
  tx_send(tx, &SETTINGS, &in);
}

result tx__commit(struct tx *tx) {
  if (tx->fault.kind != TX_FAULT_NONE) return fault_result(&tx->fault);
  assert(tx->looks || !tx->asked); /* who writes waits for what it asked before it ends */
  if (tx->guarded) TRY(tx_flush(tx)); /* a stale version must be seen before anything is committed */
  tx__command(tx, "commit", "COMMIT", NULL);
  bool sent = tx->fault.kind == TX_FAULT_NONE;
  sync(tx);
  bool said = tx->fault.sqlstate[0] && !tx->retry; /* the server is there and refused: nothing was done */
  if (tx->fault.kind == TX_FAULT_CONNECTION && sent && !said && !tx->looks) {
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
  if (tx->unsent) connection_sync(c, &tx->options->log, &ignored, &retry);
  ignored = (struct tx_fault){ .kind = TX_FAULT_NONE };
  bool sent = connection_command(c, "rollback", "ROLLBACK", NULL);
  connection_sync(c, &tx->options->log, &ignored, &retry);
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

  if (tx->guarded || tx->asked) TRY(tx_flush(tx)); /* what went stale, or was asked, before the savepoint is not the body's */
  bool *saved = ARENA_NEW(tx->arena, bool);
  *saved = false;
  tx__command(tx, "savepoint", save, saved);
  result r = body(tx, context);
  if (r != RESULT_OK) tx_forget(tx); /* whoever asked has left */
  result flushed = tx_flush(tx);
  if (r == RESULT_OK) r = flushed;
  if (r == RESULT_OK) {
    tx__command(tx, "release", release, NULL);
    return RESULT_OK;
  }
  /* Without the savepoint, what failed came before it: nothing to go back to. */
  if (!*saved || ends_transaction(tx)) return fault_result(&tx->fault);
  if (fault) *fault = tx->fault;
  tx->fault = (struct tx_fault){ .kind = TX_FAULT_NONE };
  tx__command(tx, "rollback to", back, NULL);
  tx__command(tx, "release", release, NULL);
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
