/* csv: RFC 4180 read with bounds. UTF-8 in (text_to_utf8() first). Records end at CRLF or LF; a field in quotes may hold
 * commas, line ends and "" for a quote. Lines that are wholly empty are passed over. What is wrong with one record is said
 * at that record and does not stop the others, but for a quote that is never closed. */
#ifndef SHIENKIN_CODEC_CSV_H
#define SHIENKIN_CODEC_CSV_H

#include "shienkin/base.h"

enum csv_fault {
  CSV_OK,
  CSV_QUOTE_IN_FIELD,           /* a"b: a quote inside a field that did not begin with one */
  CSV_AFTER_QUOTE,              /* "a"b: something between the closing quote and the comma */
  CSV_NOT_CLOSED,               /* the file ends inside quotes; the last record */
  CSV_TOO_MANY_FIELDS,
  CSV_FIELD_TOO_LONG,
};

struct csv_row {
  uint32_t line;                /* 1-based, where the record begins */
  uint32_t count;
  const str *fields;            /* in the arena or slices of the input; empty where fault is not CSV_OK */
  enum csv_fault fault;
};
struct csv { struct csv_row *rows; size_t count; };

struct csv_limits { size_t rows; uint32_t fields; size_t field_bytes; };

/* RESULT_LIMIT: more rows than limits.rows. Faults of records are in the rows. */
MUST_USE result csv_read(struct arena *a, str text, struct csv_limits limits, struct csv *out);

#endif
