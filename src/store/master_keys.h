/* master_keys: the keys that wrap keys, out of a file. */
#ifndef SHIENKIN_STORE_MASTER_KEYS_H
#define SHIENKIN_STORE_MASTER_KEYS_H

#include "shienkin/store/seal.h"

enum { MASTER_KEYS_MOST = 16 };
struct master_key {
  char name[65];
  struct seal_key key;
};
struct master_keys {
  struct master_key keys[MASTER_KEYS_MOST]; /* the first wraps; the others still open */
  size_t count;
  struct seal_key blind;
};

const struct master_key *master_keys__find(const struct master_keys *m, str name);

#endif
