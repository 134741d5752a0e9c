/* clock: what time the database's machine has. Rows are dated by the program's clock alone; a machine whose clock has gone
 * astray shows by comparing the two. */
#include "shienkin/store.h"

struct clock_out {
  int64_t now_us;
};
static const struct sql_field CLOCK_OUT[] = { SQL_FIELD(INT, struct clock_out, now_us) };
static const struct statement CLOCK =
    STATEMENT_READS_ALL("clock", CLOCK_OUT, struct clock_out,
                        "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");

static result read_clock(struct tx *tx, void *context) { return tx_one(tx, &CLOCK, NULL, context); }

result store_clock_read(struct store *s, enum store_realm realm, int64_t *now_us) {
  struct clock_out out;
  struct arena *a = arena_new(1 << 16);
  if (!a) return RESULT_NO_MEMORY;
  result r = store_run(s, realm, (struct actor){ { { 0 } }, STR("") }, a, read_clock, &out, NULL);
  arena_free(a);
  if (r == RESULT_OK) *now_us = out.now_us;
  return r;
}
