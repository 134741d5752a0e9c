/* bench_table: a decision table of any length with three inputs (a word, an amount within a range, an age above a bound) as
 * a DMN model, and the same rules as a hand-written loop over an array: the floor. */
#ifndef CLI_BENCH_TABLE_H
#define CLI_BENCH_TABLE_H

#include "bench.h"

struct bench_table;
/* NULL: the engine refused the model (that is a defect; findings on standard error) or there was no memory. */
struct bench_table *bench_table_new(uint32_t rows);
void bench_table_free(struct bench_table *t);
uint64_t bench_table_engine(void *table);        /* rounds for bench_work */
uint64_t bench_table_loop(void *table);
/* Do both give the same answer to every question of the bench. */
bool bench_table_agree(struct bench_table *t);
/* The table and its questions as one JSON document, for engines that are measured elsewhere:
 * {"questions":[{"age":…,"amount":…,"answer":…,"word":…}…],"rows":[{"age":…,"answer":…,"from":…,"to":…,"word":…}…],"xml":…}; the last
 * row has only an answer and catches all. */
void bench_table_print(const struct bench_table *t, struct buf *out);
/* Makes a table, holds its answers against the loop's, measures both and prints. False: a message was printed. */
bool bench_table_measure(uint32_t rows, double seconds);

#endif
