/* vectors: published vectors are printed in hex; this reads them. */
#ifndef SHIENKIN_TESTS_CRYPTO_VECTORS_H
#define SHIENKIN_TESTS_CRYPTO_VECTORS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/crypto.h"

static inline int vectors_set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static inline int vectors_tear_down(void **state) {
  arena_free(*state);
  return 0;
}

#define IN_ARENA(f) cmocka_unit_test_setup_teardown(f, vectors_set_up, vectors_tear_down)

/* Reads hex without the help of what is tested. */
static inline str bytes_of(struct arena *a, const char *hex) {
  size_t n = strlen(hex) / 2;
  char *p = arena_alloc(a, n + 1);
  for (size_t i = 0; i < n; i++) {
    char two[3] = { hex[2 * i], hex[2 * i + 1], '\0' };
    p[i] = (char)strtol(two, NULL, 16);
  }
  return (str){ p, n };
}

static inline bool bytes_are(str bytes, const char *hex) {
  if (bytes.n * 2 != strlen(hex)) return false;
  for (size_t i = 0; i < bytes.n; i++) {
    char two[3];
    snprintf(two, sizeof two, "%02x", (unsigned char)bytes.p[i]);
    if (memcmp(two, hex + 2 * i, 2) != 0) return false;
  }
  return true;
}

#define BYTES(object) ((str){ (const char *)(object).bytes, sizeof(object).bytes })

#endif
