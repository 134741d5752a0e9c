/* process: signals of a child, between fork() and exec(): nothing here but calls that are safe there. */
#include "shienkin/base/process.h"

#include <signal.h>
#include <stddef.h>

void process_default_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  for (int s = 1; s < NSIG; s++) signal(s, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
}
