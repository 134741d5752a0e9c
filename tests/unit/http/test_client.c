/* Whose request is it, as limits count: an IPv4 address, or the 64 bits of IPv6 that a site has for itself. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "fixture.h"
#include "server_inside.h"

union address {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
};

static union address address(const char *text) {
  union address a = { .v4 = { .sin_family = AF_INET } };
  if (inet_pton(AF_INET, text, &a.v4.sin_addr) == 1) return a;
  a = (union address){ .v6 = { .sin6_family = AF_INET6 } };
  assert_int_equal(inet_pton(AF_INET6, text, &a.v6.sin6_addr), 1);
  return a;
}

static void addresses_of_one_site_count_as_one(void **state) {
  struct fixture *x = *state;
  static const struct { const char *address, *text, *network; } rows[] = {
    { "192.0.2.1", "192.0.2.1", "192.0.2.1" },
    { "192.0.2.2", "192.0.2.2", "192.0.2.2" },
    { "::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1" }, /* the same machine, by a socket for both */
    { "2001:db8:1:2::1", "2001:db8:1:2::1", "2001:db8:1:2::/64" },
    { "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64" },
    { "2001:db8:1:3::1", "2001:db8:1:3::1", "2001:db8:1:3::/64" },
    { "::1", "::1", "::/64" },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    union address a = address(rows[i].address);
    assert_true(str_eq(client__text(x->arena, &a.any), str_of(rows[i].text)));
    assert_true(str_eq(client__network_text(x->arena, client__network(&a.any)), str_of(rows[i].network)));
  }
  assert_true(str_eq(client__text(x->arena, NULL), STR("")));
}

int main(void) {
  const struct CMUnitTest tests[] = { TEST_WITH_FIXTURE(addresses_of_one_site_count_as_one) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
