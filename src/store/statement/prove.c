/* prove: the rules that stand at commit, now */
#include "shienkin/store.h"

static const struct statement PROVE = { "prove", "SET CONSTRAINTS ALL IMMEDIATE", NULL, 0, NULL, 0, 0, -1 };

void tx_prove(struct tx *tx) { tx_send(tx, &PROVE, NULL); }
