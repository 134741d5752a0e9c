/* serve_fixture: a fixture's cluster for a script. Prints its state folder, keeps it up until standard input ends. */
#include "fixture.h"

int main(void) {
  struct fixture x = { 0 };
  fixture_up_cluster(&x);
  printf("%s\n", x.state);
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) continue;
  fixture_down(&x);
  return 0;
}
