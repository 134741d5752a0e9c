/* certificate: writes a self-signed certificate and its key where it is told: certificate FILE KEY NAME… */
#include "shienkin/crypto.h"

int main(int argc, char **argv) {
  assert(argc >= 4 && "certificate FILE KEY NAME…");
  struct arena *a = arena_new(0);
  struct clock clock = clock_system();
  str certificate, key;
  result made = certificate_self_signed(a, (const char *const *)(argv + 3), (size_t)argc - 3,
                                        clock_now_us(&clock) / 1000000, 30, &certificate, &key);
  bool good = made == RESULT_OK && file_replace(argv[1], certificate, 0644) == RESULT_OK &&
              file_replace(argv[2], key, 0600) == RESULT_OK;
  arena_free(a);
  return good ? 0 : 1;
}
