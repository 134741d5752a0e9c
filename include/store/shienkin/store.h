/* store: PostgreSQL, and the only door to libpq. Rows in, rows out; no rule of the scheme and no HTTP.
 *
 *   run.h       the store, its pools per realm, and the transaction runner with its contract: read this first
 *   sql.h       how a statement is declared: SQL, typed fields of a struct; for statement files
 *   seal.h      master keys, a key per subject, sealing of columns
 *   cluster.h   a private PostgreSQL as our child
 *   migrate.h   bootstrap and migrations
 *   people.h signin.h roster.h claim.h evidence.h review.h rules.h decision.h event.h queue.h
 *               the rows of migrations/, and every statement over them
 *
 * The database's own documentation is in its comments: migrations/ *.sql, COMMENT ON each table and column. */
#ifndef SHIENKIN_STORE_H
#define SHIENKIN_STORE_H

#include "shienkin/base.h"
#include "shienkin/crypto.h"
#include "shienkin/value.h"

#include "store/sql.h"
#include "store/run.h"
#include "store/seal.h"
#include "store/cluster.h"
#include "store/migrate.h"
#include "store/people.h"
#include "store/signin.h"
#include "store/roster.h"
#include "store/claim.h"
#include "store/evidence.h"
#include "store/review.h"
#include "store/rules.h"
#include "store/decision.h"
#include "store/event.h"
#include "store/queue.h"
#include "store/mail.h"

#endif
