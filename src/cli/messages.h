/* messages: the catalogue of the command line's own findings. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include "shienkin/base.h"

extern const struct message cli__line_too_large, cli__file_missing, cli__file_unreadable, cli__file_too_large, cli__rules_unpublished,
  cli__case_file_shape, cli__case_shape, cli__case_expected,
  cli__node_without_clauses, cli__table_without_clauses, cli__row_without_clause, cli__grid_fault, cli__decision_differs;

#endif
