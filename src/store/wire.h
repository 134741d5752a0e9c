/* wire: fields of a struct to and from PostgreSQL's binary format. */
#ifndef SHIENKIN_STORE_WIRE_H
#define SHIENKIN_STORE_WIRE_H

#include <libpq-fe.h>

#include "shienkin/store/sql.h"

enum { WIRE_MOST_FIELDS = 32 };

/* The parameters of one statement, ready for libpq; the bytes live in the arena that wire_encode() was given. */
struct wire_parameters {
  int count;
  const char *values[WIRE_MOST_FIELDS];
  int lengths[WIRE_MOST_FIELDS];
  int formats[WIRE_MOST_FIELDS];
};

unsigned wire_oid(enum sql_kind kind); /* the type that a parameter of this kind is sent as */
void wire_encode(struct arena *a, const struct sql_field *fields, size_t count, const void *row,
                 struct wire_parameters *out);
/* One row of a result into the struct; texts and bytes are copied into the arena. Asserts that the columns are of the
 * kinds that the statement declares: a difference is our bug, not the world's. */
void wire_decode(struct arena *a, const struct sql_field *fields, size_t count, const PGresult *r, int at, void *row);

#endif
