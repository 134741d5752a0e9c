/* client: the other side's address, as text and as limits count it. Who has one IPv6 address has 2^64 of them (RFC 4291
 * §2.5.1: the last 64 bits name the interface), so that these count as one. The address is the connection's own: what
 * forwarding headers say is believed from nobody. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "server_inside.h"

enum { SITE_BYTES = 8, MAPPED_BYTES = 12 };

static const struct in6_addr *address_6(const struct sockaddr *any) {
  return &((const struct sockaddr_in6 *)(const void *)any)->sin6_addr;
}

static struct in_addr address_4(const struct sockaddr *any) {
  return ((const struct sockaddr_in *)(const void *)any)->sin_addr;
}

/* IPv4 in the form that IPv6 has for it (RFC 4291 §2.5.5.2). */
static struct network mapped(const void *four_bytes) {
  struct network net = { .bytes = { [10] = 0xff, [11] = 0xff } };
  memcpy(net.bytes + MAPPED_BYTES, four_bytes, sizeof net.bytes - MAPPED_BYTES);
  return net;
}

struct network client__network(const struct sockaddr *any) {
  struct network net = { { 0 } };
  if (any && any->sa_family == AF_INET) {
    struct in_addr four = address_4(any);
    return mapped(&four);
  }
  if (!any || any->sa_family != AF_INET6) return net;
  if (IN6_IS_ADDR_V4MAPPED(address_6(any))) return mapped(address_6(any)->s6_addr + MAPPED_BYTES);
  memcpy(net.bytes, address_6(any)->s6_addr, SITE_BYTES);
  return net;
}

static bool is_four(const uint8_t bytes[16]) {
  static const uint8_t prefix[MAPPED_BYTES] = { [10] = 0xff, [11] = 0xff };
  return memcmp(bytes, prefix, sizeof prefix) == 0;
}

static str text_of(struct arena *a, const uint8_t bytes[16]) {
  char *text = arena_zalloc(a, INET6_ADDRSTRLEN);
  bool four = is_four(bytes);
  inet_ntop(four ? AF_INET : AF_INET6, four ? bytes + MAPPED_BYTES : bytes, text, INET6_ADDRSTRLEN);
  return str_of(text);
}

str client__network_text(struct arena *a, struct network net) {
  str text = text_of(a, net.bytes);
  return is_four(net.bytes) ? text : str_format(a, "%.*s/64", STR_ARG(text));
}

str client__text(struct arena *a, const struct sockaddr *any) {
  if (any && any->sa_family == AF_INET6) return text_of(a, address_6(any)->s6_addr);
  return any && any->sa_family == AF_INET ? text_of(a, client__network(any).bytes) : STR("");
}
