/* listener: the socket that a daemon listens on, opened here so that what is wrong with an address or port can be said. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "messages.h"
#include "server_inside.h"

enum { BACKLOG = 1024 };

union endpoint {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
};

static bool read_address(const char *address, uint16_t port, union endpoint *out, socklen_t *n) {
  *out = (union endpoint){ 0 };
  if (inet_pton(AF_INET, address, &out->v4.sin_addr) == 1) {
    out->v4.sin_family = AF_INET;
    out->v4.sin_port = htons(port);
    *n = sizeof out->v4;
    return true;
  }
  *out = (union endpoint){ 0 };
  if (inet_pton(AF_INET6, address, &out->v6.sin6_addr) != 1) return false;
  out->v6.sin6_family = AF_INET6;
  out->v6.sin6_port = htons(port);
  *n = sizeof out->v6;
  return true;
}

static bool listen_on(int fd, const union endpoint *e, socklen_t n) {
  int on = 1, off = 0;
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return false;
  if (e->any.sa_family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) != 0) return false;
  return bind(fd, &e->any, n) == 0 && listen(fd, BACKLOG) == 0;
}

uint16_t listener__port(int fd) {
  union endpoint e = { 0 };
  socklen_t n = sizeof e;
  if (getsockname(fd, &e.any, &n) != 0) return 0;
  return ntohs(e.any.sa_family == AF_INET6 ? e.v6.sin6_port : e.v4.sin_port);
}

result listener__open(const char *address, uint16_t port, struct findings *f, int *fd, uint16_t *bound) {
  union endpoint e;
  socklen_t n;
  if (!read_address(address, port, &e, &n)) {
    FINDING(f, STR(""), &http__address, str_of(address));
    return RESULT_REFUSED;
  }
  *fd = socket(e.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listen_on(*fd, &e, n)) {
    *bound = listener__port(*fd);
    return RESULT_OK;
  }
  FINDING(f, STR(""), &http__port, str_format(f->arena, "%u", port), str_of(strerror(errno)));
  fd_close(fd);
  return RESULT_OUTSIDE;
}

result http_listen(const char *address, uint16_t port, struct findings *f, int *fd) {
  uint16_t bound;
  *fd = -1;
  return listener__open(address, port, f, fd, &bound);
}
