/* confine: a program run on bytes that nobody trusts, with nothing around it that it could reach.
 *
 *   input      a memory file, at its begin; output: another; nothing else is open, and nothing stands in the environment
 *   network    no socket can be made (seccomp)
 *   files      fonts, libraries and programs can be read, nothing written, nothing else seen (Landlock, where the kernel has it);
 *              none is cut, nor its mode or owner changed (seccomp)
 *   others     no process can be started, traced, slowed or signalled (seccomp)
 *   how much   memory, seconds of processor time, bytes of output (limits of the kernel); seconds at all (then it is killed)
 *
 * No way out and none up: PR_SET_NO_NEW_PRIVS; it dies with the thread that started it. */
#ifndef DOCUMENT_CONFINE_H
#define DOCUMENT_CONFINE_H

#include "shienkin/base.h"

#define CONFINE_SELF "/proc/self/exe"           /* the program that runs already */

struct confined {
  const char *const *words;                     /* path first, ended by NULL */
  size_t memory_bytes;                          /* of addresses; 0: not bounded */
  size_t out_bytes;
  unsigned cpu_s;
  int wall_ms;
};
/* Runs it to its end. RESULT_OK: it said that all went well. RESULT_REFUSED: it failed, or was stopped at one of its bounds.
 * RESULT_OUTSIDE: it cannot be started. */
MUST_USE result confine_run(const struct confined *c, int in, int out);

/* Within such a program, once all its input is read: from here on nothing but computing and writing; anything else ends it. */
MUST_USE bool confine_to_computing(void);

/* confine_walls.c: what a child puts around itself. Safe between fork() and exec(). */
MUST_USE bool confine__files(void);
MUST_USE bool confine__calls(void);

/* A file in memory, closed with the arena. RESULT_OUTSIDE: there is none to be had. */
MUST_USE result confine_file(struct arena *a, int *fd);

#endif
