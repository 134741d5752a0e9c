#include <signal.h>

#include "dispatch.h"

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);                      /* a reader that leaves is an error of writing, told by its exit code */
  return (int)cli_dispatch(argc - 1, argv + 1);
}
