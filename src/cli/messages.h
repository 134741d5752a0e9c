/* messages: the catalogue of the command line's own findings. */
#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include "shienkin/base.h"

extern const struct message cli__line_too_large, cli__file_missing, cli__file_unreadable, cli__file_too_large, cli__rules_unpublished,
  cli__case_shape, cli__case_expected,
  cli__node_without_clauses, cli__table_without_clauses, cli__row_without_clause, cli__grid_fault, cli__decision_differs,
  cli__serve_folder, cli__serve_no_state, cli__serve_user, cli__serve_foreign, cli__serve_not_demo, cli__serve_is_demo,
  cli__serve_running, cli__serve_key_missing, cli__serve_key_mode, cli__serve_key_unmade, cli__serve_cursor_key, cli__serve_duty_link,
  cli__serve_master_missing, cli__serve_certificate, cli__serve_certificate_half, cli__serve_demo_public, cli__serve_demo_unmade, cli__serve_no_database, cli__serve_two_databases;

#endif
