/* messages: what the store tells the people who run it. */
#ifndef SHIENKIN_STORE_MESSAGES_H
#define SHIENKIN_STORE_MESSAGES_H

#include "shienkin/base.h"

extern const struct message store__database_away, store__schema_missing, store__schema_range, store__login_superuser,
    store__login_owner, store__login_rights, store__password_file;
extern const struct message store__key_file_missing, store__key_file_mode, store__key_file_line, store__key_file_empty;
extern const struct message store__migrations_missing, store__migration_order, store__migration_changed,
    store__migration_failed, store__bootstrap_failed, store__bootstrap_once;
extern const struct message store__cluster_programs, store__cluster_folder, store__cluster_path_long,
    store__cluster_foreign, store__cluster_user, store__cluster_initdb, store__cluster_down, store__cluster_running;

#endif
