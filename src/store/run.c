/* run: the transaction runner. Its contract stands in include/store/shienkin/store/run.h. */
#include <time.h>

#include "store.h"
#include "tx.h"

enum { TRIES = 5, ANSWER_MS_DEFAULT = 8000 };

struct body_call {
  struct tx *tx;
  tx_body *body;
  void *context;
  result answer;
};

static void call_body(void *context) {
  struct body_call *call = context;
  call->answer = call->body(call->tx, call->context);
}

static void settle(void *context) {
  tx__settle(context);
}

/* One try: begin, body, commit or roll back. What the arena's guard says counts as the body's answer. */
static result try_once(struct tx *tx, tx_body *body, void *context) {
  struct body_call call = { tx, body, context, RESULT_OK };
  tx__begin(tx);
  result left = arena_run(tx->arena, call_body, &call);
  result answer = left != RESULT_OK ? left : call.answer;
  if (answer == RESULT_OK) {
    answer = tx__commit(tx);
    if (answer == RESULT_OK) return arena_run(tx->arena, settle, tx);
  }
  if (connection_is_open(tx->connection))
    tx__roll_back(tx);
  else
    connection_close(tx->connection);
  /* A failure that may pass hides behind whatever the body made of it. */
  return tx->retry && left == RESULT_OK ? fault_result(&tx->fault) : answer;
}

/* 1–3, 2–6, 4–12, 8–24 ms: long enough for the other to end, apart enough not to meet again. */
static void pause_before(int attempt, const struct randomness *r) {
  int64_t least_us = INT64_C(1000) << (attempt - 1);
  int64_t us = least_us + (int64_t)randomness_below(r, (uint64_t)least_us * 2);
  struct timespec t = { .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
  nanosleep(&t, NULL);
}

/* What is run, and for whom. */
struct order {
  enum store_realm realm;
  struct actor who;
  bool looks;
  tx_body *body;
  void *context;
};

static struct tx tx_new(struct store *s, const struct order *o, struct arena *a, struct connection *c) {
  int64_t now = clock_now_us(&s->options.clock);
  return (struct tx){ .store = s,
                      .options = &s->options,
                      .connection = c,
                      .arena = a,
                      .realm = o->realm,
                      .who = o->who,
                      .looks = o->looks,
                      .at = now - (now % 1000 + 1000) % 1000 };
}

static int64_t answer_ms(const struct store *s) {
  return s->options.answer_ms ? s->options.answer_ms : ANSWER_MS_DEFAULT;
}

/* One try with a connection, which is made where there is none. What the server did with it is noted for the others. */
static result try_on(struct tx *tx, struct pool *pool, const struct order *o) {
  struct connection *c = tx->connection;
  int64_t since_us = silence_clock_us();
  c->answer_ms = answer_ms(tx->store);
  result r = pool_connect(pool, c);
  if (r == RESULT_OK) {
    r = try_once(tx, o->body, o->context);
  } else {
    tx->fault.kind = TX_FAULT_CONNECTION;
    tx->retry = !c->silent;
  }
  if (c->silent) silence_kept(&tx->store->silence, since_us);
  else silence_broken(&tx->store->silence);
  return r;
}

static result run_on(struct store *s, const struct order *o, struct arena *a, struct connection *c,
                     struct tx_fault *fault) {
  struct pool *pool = &s->pools[o->realm];
  struct arena_mark mark = arena_mark(a);
  result r = RESULT_OUTSIDE;
  uint64_t retries = 0;
  for (int attempt = 1; attempt <= TRIES; attempt++) {
    struct tx tx = tx_new(s, o, a, c);
    r = try_on(&tx, pool, o);
    *fault = tx.fault;
    if (r == RESULT_OK || !tx.retry || attempt == TRIES) break;
    arena_release(a, mark);
    retries++;
    pause_before(attempt, &s->options.randomness);
  }
  pool_count(pool, retries, r != RESULT_OK && fault->kind != TX_FAULT_RULE && fault->kind != TX_FAULT_STALE);
  return r;
}

static result run(struct store *s, const struct order *o, struct arena *a, struct tx_fault *fault) {
  struct tx_fault own;
  if (!fault) fault = &own;
  *fault = (struct tx_fault){ .kind = TX_FAULT_NONE };
  struct pool *pool = &s->pools[o->realm];
  assert(pool->connections); /* a realm that was given a login */
  if (!silence_lets_through(&s->silence, CONNECTION_OPEN_S * 1000 + answer_ms(s))) {
    fault->kind = TX_FAULT_CONNECTION;
    return RESULT_OUTSIDE;
  }
  struct connection *c;
  if (pool_take(pool, &c) != RESULT_OK) {
    fault->kind = TX_FAULT_BUSY;
    return RESULT_LIMIT;
  }
  result r = run_on(s, o, a, c, fault);
  pool_give(pool, c);
  return r;
}

result store_run(struct store *s, enum store_realm realm, struct actor who, struct arena *a, tx_body *body,
                 void *context, struct tx_fault *fault) {
  return run(s, &(struct order){ .realm = realm, .who = who, .body = body, .context = context }, a, fault);
}

result store_read(struct store *s, enum store_realm realm, struct actor who, struct arena *a, tx_body *body,
                  void *context, struct tx_fault *fault) {
  return run(s, &(struct order){ .realm = realm, .who = who, .looks = true, .body = body, .context = context }, a,
             fault);
}

static result no_body(struct tx *tx, void *context) {
  (void)tx;
  (void)context;
  return RESULT_OK;
}

result store_ping(struct store *s, enum store_realm realm) {
  struct arena *a = arena_new(1 << 16);
  if (!a) return RESULT_NO_MEMORY;
  result r = store_read(s, realm, (struct actor){ { { 0 } }, STR("") }, a, no_body, NULL, NULL);
  arena_free(a);
  return r;
}

struct store_figures store_figures(struct store *s, enum store_realm realm) {
  struct pool *p = &s->pools[realm];
  if (!p->connections) return (struct store_figures){ 0 };
  pthread_mutex_lock(&p->mutex);
  int open = p->busy;
  for (const struct connection *c = p->free; c; c = c->next) open += connection_is_open(c);
  struct store_figures f = { open, p->busy, p->transactions, p->retries, p->failures };
  pthread_mutex_unlock(&p->mutex);
  return f;
}
