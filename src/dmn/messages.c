/* The catalogue of the dmn module. {0} … {9} stand for the arguments of a finding. Sorted by nothing but sense; codes
 * are distinct. */
#include "messages.h"

static const struct message rows[] = {
  { "feel_syntax", "FEEL の式として読めません：{0}", "This is not a FEEL expression: {0}" },
};

const struct message *dmn__messages(size_t *count) {
  *count = COUNT_OF(rows);
  return rows;
}

const struct message *dmn__message(const char *code) {
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (strcmp(rows[i].code, code) == 0) return &rows[i];
  assert(false && "a code that is not in the catalogue");
  return NULL;
}
