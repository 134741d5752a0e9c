/* store: the handle behind include/store. (Here "store.h" is this header; the public one is shienkin/store.h.) */
#ifndef SHIENKIN_STORE_PRIVATE_H
#define SHIENKIN_STORE_PRIVATE_H

#include "pool.h"
#include "silence.h"

struct store {
  struct arena *arena; /* passwords and names, for the store's life */
  struct store_options options;
  struct pool pools[STORE_REALMS];
  struct silence silence;
};

#endif
