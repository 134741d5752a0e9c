/* rules of a running service: published by one owner, confirmed by another, with the cases that show what they do. */
#include "commands.h"
#include "remote/verbs.h"

#define ONE "/v1/rule-sets/{}"

enum exit_code cmd_rules_list(int argc, char **argv) {
  static const struct verb verb = { "list", "", "GET", "/v1/rule-sets", NULL, NULL, NULL, NULL, NULL,
                                    "rule_set first_day revision id version published_at", "", "" };
  return verbs_run_one("rules list", &verb, argc, argv);
}

enum exit_code cmd_rules_publish(int argc, char **argv) {
  static const struct verb verb = { "publish", "", "POST", "/v1/rule-sets", NULL, NULL, "", "application/dmn+xml", NULL, NULL, "", "" };
  return verbs_run_one("rules publish", &verb, argc, argv);
}

enum exit_code cmd_rules_confirm(int argc, char **argv) {
  static const struct verb verb = { "confirm", "RULE_SET", "POST", ONE "/confirm", NULL, NULL, NULL, NULL, NULL, NULL, "", "" };
  return verbs_run_one("rules confirm", &verb, argc, argv);
}

enum exit_code cmd_rules_scenarios(int argc, char **argv) {
  static const struct verb verb = { "scenarios", "RULE_SET", "GET", ONE "/scenarios", NULL, NULL, NULL, NULL, NULL, NULL, "", "" };
  return verbs_run_one("rules scenarios", &verb, argc, argv);
}

enum exit_code cmd_rules_add_scenarios(int argc, char **argv) {
  static const struct verb verb = { "add-scenarios", "RULE_SET", "POST", ONE "/scenarios", NULL, NULL, "", NULL, NULL, NULL, "", "" };
  return verbs_run_one("rules add-scenarios", &verb, argc, argv);
}

enum exit_code cmd_rules_differences(int argc, char **argv) {
  static const struct verb verb = { "differences", "RULE_SET", "GET", ONE "/differences", NULL, "cursor? limit?", NULL, NULL, NULL, NULL, "", "" };
  return verbs_run_one("rules differences", &verb, argc, argv);
}
