/* commands: one function per command; the table that names them is in commands.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "command.h"

enum exit_code cmd_decide(int argc, char **argv);
enum exit_code cmd_rules_check(int argc, char **argv);
enum exit_code cmd_rules_test(int argc, char **argv);
enum exit_code cmd_rules_show(int argc, char **argv);
enum exit_code cmd_rules_diff(int argc, char **argv);
enum exit_code cmd_dmn_eval(int argc, char **argv);
enum exit_code cmd_dmn_tck(int argc, char **argv);
enum exit_code cmd_bench_decide(int argc, char **argv);
enum exit_code cmd_bench_dmn(int argc, char **argv);
enum exit_code cmd_migrate(int argc, char **argv);
enum exit_code cmd_bootstrap(int argc, char **argv);
enum exit_code cmd_keys(int argc, char **argv);
enum exit_code cmd_serve(int argc, char **argv);
enum exit_code cmd_preview(int argc, char **argv);
enum exit_code cmd_config(int argc, char **argv);
void cmd_config_help(bool japanese);
enum exit_code cmd_doctor(int argc, char **argv);
enum exit_code cmd_login(int argc, char **argv);
enum exit_code cmd_logout(int argc, char **argv);
enum exit_code cmd_claim(int argc, char **argv);
void cmd_claim_help(bool japanese);
enum exit_code cmd_claim_attach(int argc, char **argv);
enum exit_code cmd_user(int argc, char **argv);
void cmd_user_help(bool japanese);
enum exit_code cmd_roster_import(int argc, char **argv);
enum exit_code cmd_rules_publish(int argc, char **argv);
enum exit_code cmd_rules_confirm(int argc, char **argv);
enum exit_code cmd_rules_list(int argc, char **argv);
enum exit_code cmd_rules_scenarios(int argc, char **argv);
enum exit_code cmd_rules_add_scenarios(int argc, char **argv);
enum exit_code cmd_rules_differences(int argc, char **argv);
enum exit_code cmd_version(int argc, char **argv);

/* All commands a line each, or those whose first word is `family`. */
void commands_overview(const char *family);

#endif
