/* tx: one transaction on one connection, as the runner and seal.c see it. */
#ifndef SHIENKIN_STORE_TX_H
#define SHIENKIN_STORE_TX_H

#include "connection.h"

/* A read on its way: where its rows will be decoded to. */
struct tx_asked {
  const struct statement *statement;
  PGresult *rows; /* once they came */
  void *out;      /* of the one row; of the array's address */
  result *found;  /* of one row; NULL: of many */
  size_t *count;
  struct tx_asked *next;
};

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
  bool looks;            /* nothing in it but reads: may be done twice */
  bool gathers;          /* lists are asked for, not waited for */
  struct tx_asked *asked, **asked_end; /* in the order in which they were sent */
  uint64_t nth;          /* queries so far, for the hook */
  unsigned savepoints;
};

/* BEGIN and the settings, queued. */
void tx__begin(struct tx *tx);
/* COMMIT with everything queued before it. On RESULT_OK it is durable. */
MUST_USE result tx__commit(struct tx *tx);
/* Decodes what the commit answered; leaves by the arena's guard where that is full. */
void tx__settle(struct tx *tx);
/* Leaves the connection outside any transaction, or closed. */
void tx__roll_back(struct tx *tx);
/* A control statement, under the hook. *done, in the transaction's arena, is set when it was done; NULL: nobody asks. */
void tx__command(struct tx *tx, const char *name, const char *sql, bool *done);

#endif
