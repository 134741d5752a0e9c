/* tx: one transaction on one connection, as the runner and seal.c see it. */
#ifndef SHIENKIN_STORE_TX_H
#define SHIENKIN_STORE_TX_H

#include "connection.h"

struct tx {
  struct store *store;
  const struct store_options *options;
  struct connection *connection;
  struct arena *arena;
  enum store_realm realm;
  struct actor who;
  moment at;
  struct tx_fault fault; /* the first failure; stays */
  bool retry;            /* the failure may pass when everything is done again */
  bool unsent;           /* statements are queued that no sync has answered */
  bool guarded;          /* one of them must touch a number of rows: looked at before the commit */
  uint64_t nth;          /* queries so far, for the hook */
  unsigned savepoints;
};

/* BEGIN and the settings, queued. */
void tx__begin(struct tx *tx);
/* COMMIT with everything queued before it. On RESULT_OK it is durable. */
MUST_USE result tx__commit(struct tx *tx);
/* Leaves the connection outside any transaction, or closed. */
void tx__roll_back(struct tx *tx);
/* A control statement, under the hook. */
void tx__command(struct tx *tx, const char *name, const char *sql);

#endif
