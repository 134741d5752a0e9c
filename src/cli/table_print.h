/* table_print: a table for people on a terminal; columns as wide as their widest cell, counting Japanese as two. */
#ifndef CLI_TABLE_PRINT_H
#define CLI_TABLE_PRINT_H

#include "shienkin/base.h"

/* cells: rows × columns, the first row being the heads. Written into out, each line indented. */
void table_print(struct buf *out, unsigned indent, const str *cells, size_t rows, size_t columns);

#endif
