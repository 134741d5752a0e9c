/* verbs: a family of commands as a table. `shienkin claim withdraw CLAIM --reason TEXT`: the family is `claim`, the verb
 * `withdraw`. The words of the call become one request; which of them do stands in the row. */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "remote/remote.h"

struct verb {
  const char *name;             /* "withdraw", "draft begin" */
  const char *operands;         /* "CLAIM REQUEST": each takes the place of a {} in the path, in order */
  const char *method, *path;
  /* Options, separated by spaces: "reason" is required, "reason?" not, "read_only&" a flag. They become members of the body
   * (texts and booleans), or parameters of the address. A "_" is written "-" on the command line. */
  const char *members, *query;
  const char *document;         /* FILE, behind the operands, is read and put there: "" is the body itself; NULL: no file */
  const char *type;             /* of such a file; NULL: application/json, which is looked at before it is sent */
  const char *match;            /* whose ETag is the version that is changed: read just before, unless --if-match names it;
                                 * "" : --if-match must name it; NULL: none is needed */
  const char *columns;          /* of a list */
  const char *ja, *en;
};

enum exit_code verbs_run(const char *family, const struct verb *verbs, size_t count, int argc, char **argv);
/* The one verb of a command whose name says all. */
enum exit_code verbs_run_one(const char *command, const struct verb *verb, int argc, char **argv);
void verbs_help(const char *family, const struct verb *verbs, size_t count, bool japanese);

#endif
