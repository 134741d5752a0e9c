/* ask: what only a person knows. Asked on the terminal, whatever standard input is; where there is none, a line of standard
 * input is the answer, so that a script can give it without the words of the call showing it. */
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "remote/remote.h"

enum { ANSWER_BYTES_MOST = 1024 };

/* One line, byte by byte: what stands behind it is somebody else's. */
static str line_of(struct remote *r, int fd) {
  char *line = arena_alloc(r->arena, ANSWER_BYTES_MOST), c;
  size_t n = 0;
  while (n < ANSWER_BYTES_MOST && read(fd, &c, 1) == 1 && c != '\n') line[n++] = c;
  return str_trim((str){ line, n });
}

static str ask(struct remote *r, const char *ja, const char *en, bool secret) {
  CLEANUP(fd_close) int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return line_of(r, STDIN_FILENO);
  struct termios before, silent;
  bool hide = secret && tcgetattr(terminal, &before) == 0;
  if (hide) {
    silent = before;
    silent.c_lflag &= (tcflag_t)~(unsigned)ECHO;
    (void)tcsetattr(terminal, TCSAFLUSH, &silent);
  }
  (void)!file_write_fd(terminal, str_format(r->arena, "%s: ", cli_japanese() ? ja : en));
  str answer = line_of(r, terminal);
  if (hide) {
    (void)tcsetattr(terminal, TCSAFLUSH, &before);
    (void)!file_write_fd(terminal, STR("\n"));
  }
  return answer;
}

str remote_ask(struct remote *r, const char *ja, const char *en) { return ask(r, ja, en, false); }
str remote_ask_secret(struct remote *r, const char *ja, const char *en) { return ask(r, ja, en, true); }
