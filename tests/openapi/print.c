/* print: the documentation on standard output, as /openapi.json gives it, so that others' tools read it without a server. */
#include <unistd.h>

#include "shienkin/api.h"

int main(void) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (!a) return 1;
  str text = api_openapi(a, api_routes, api_route_table_count, "0");
  return file_write_fd(STDOUT_FILENO, text) == RESULT_OK ? 0 : 1;
}
