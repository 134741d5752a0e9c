/* json_floor: jansson alone, for benches. */
#include "shienkin/codec/json.h"

#include <jansson.h>

static int count_bytes(const char *bytes, size_t n, void *sum) {
  (void)bytes;
  *(size_t *)sum += n;
  return 0;
}

size_t json_library_round_trip(str bytes) {
  size_t dumped = 0;
  json_t *value = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
  if (value && json_dump_callback(value, count_bytes, &dumped, JSON_COMPACT) != 0) dumped = 0;
  json_decref(value);
  return dumped;
}
