/* idempotency: the same key gives the same answer. The remembered body is sealed under the account's key. */
#ifndef SHIENKIN_SERVICE_CORE_IDEMPOTENCY_H
#define SHIENKIN_SERVICE_CORE_IDEMPOTENCY_H

#include "core/work.h"

/* Takes the key for this transaction. *found: the answer of an earlier run is in w->answer (and w->findings), and *how is
 * what it returned. 409 while the same request runs elsewhere, 422 where the key was used for another one. */
MUST_USE result idempotency__take(struct work *w, bool *found, result *how);
/* Writes the answer down, in the transaction of the act. */
MUST_USE result idempotency__remember(struct work *w, result how);

#endif
