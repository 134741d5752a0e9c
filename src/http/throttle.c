/* throttle: growing delay per key, in a bounded table. Keys are kept as keyed digests, so that the table holds no address
 * and nobody can choose keys that fall on one place. A set of eight places per digest; the least recently used gives way.
 *
 * After the third failure in a row a key waits 1 s, then 2, 4 … up to 15 minutes, each counted from the last failure.
 * A rate is kept as the moment at which all that came would have come, had it come evenly (the generic cell rate algorithm,
 * ITU-T I.371): it may lie a minute ahead, no more. */
#include "throttle.h"

#include <pthread.h>

#include "shienkin/crypto.h"

enum { WAYS = 8, SETS = 1024, FREE_FAILURES = 2, LONGEST_S = 15 * 60, FORGET_S = 3600, KEY_BYTES = 16, MINUTE_US = 60 * 1000000 };

struct place {
  uint8_t key[KEY_BYTES];
  uint32_t failures; /* 0: free */
  int64_t last_us;   /* of a rate: the even moment */
};

struct throttle {
  pthread_mutex_t mutex;
  uint8_t secret[32];
  struct place places[SETS][WAYS];
};

struct throttle *throttle__new(const struct randomness *r) {
  struct throttle *t = mem_alloc(sizeof *t);
  if (!t) return NULL;
  memset(t, 0, sizeof *t);
  pthread_mutex_init(&t->mutex, NULL);
  randomness_fill(r, t->secret, sizeof t->secret);
  return t;
}

void throttle__free(struct throttle *t) {
  if (!t) return;
  pthread_mutex_destroy(&t->mutex);
  mem_free(t);
}

static struct sha256 digest_of(const struct throttle *t, str key) {
  return hmac_sha256((str){ (const char *)t->secret, sizeof t->secret }, key);
}

static struct place *set_of(struct throttle *t, const struct sha256 *digest) {
  size_t at = (size_t)digest->bytes[KEY_BYTES] << 8 | digest->bytes[KEY_BYTES + 1];
  return t->places[at % SETS];
}

static struct place *find(struct place *set, const struct sha256 *digest, int64_t now_us) {
  for (size_t i = 0; i < WAYS; i++) {
    struct place *p = &set[i];
    bool kept = p->failures && now_us - p->last_us < (int64_t)FORGET_S * 1000000;
    if (kept && memcmp(p->key, digest->bytes, KEY_BYTES) == 0) return p;
  }
  return NULL;
}

static struct place *oldest(struct place *set) {
  struct place *found = set;
  for (size_t i = 0; i < WAYS; i++) {
    if (set[i].failures == 0) return &set[i];
    if (set[i].last_us < found->last_us) found = &set[i];
  }
  return found;
}

static int64_t delay_s(uint32_t failures) {
  if (failures <= FREE_FAILURES) return 0;
  uint32_t doublings = failures - FREE_FAILURES - 1;
  return doublings >= 10 ? LONGEST_S : (int64_t)1 << doublings;
}

int64_t throttle__wait_s(struct throttle *t, str key, int64_t now_us) {
  struct sha256 digest = digest_of(t, key);
  pthread_mutex_lock(&t->mutex);
  const struct place *p = find(set_of(t, &digest), &digest, now_us);
  int64_t until_us = p ? p->last_us + delay_s(p->failures) * 1000000 : now_us;
  pthread_mutex_unlock(&t->mutex);
  return until_us > now_us ? (until_us - now_us + 999999) / 1000000 : 0;
}

static struct place *find_or_begin(struct throttle *t, const struct sha256 *digest, int64_t now_us) {
  struct place *set = set_of(t, digest), *p = find(set, digest, now_us);
  if (p) return p;
  p = oldest(set);
  memcpy(p->key, digest->bytes, KEY_BYTES);
  p->failures = 0;
  p->last_us = now_us;
  return p;
}

void throttle__failed(struct throttle *t, str key, int64_t now_us) {
  struct sha256 digest = digest_of(t, key);
  pthread_mutex_lock(&t->mutex);
  struct place *p = find_or_begin(t, &digest, now_us);
  if (p->failures < UINT32_MAX) p->failures++;
  p->last_us = now_us;
  pthread_mutex_unlock(&t->mutex);
}

void throttle__passed(struct throttle *t, str key, int64_t now_us) {
  struct sha256 digest = digest_of(t, key);
  pthread_mutex_lock(&t->mutex);
  struct place *p = find(set_of(t, &digest), &digest, now_us);
  if (p) p->failures = 0;
  pthread_mutex_unlock(&t->mutex);
}

int64_t throttle__take(struct throttle *t, str key, uint32_t per_minute, int64_t now_us) {
  assert(per_minute >= 1 && per_minute <= 6000);
  int64_t each_us = MINUTE_US / per_minute;
  struct sha256 digest = digest_of(t, key);
  pthread_mutex_lock(&t->mutex);
  struct place *p = find_or_begin(t, &digest, now_us);
  int64_t even_us = (p->last_us > now_us ? p->last_us : now_us) + each_us, over_us = even_us - now_us - MINUTE_US;
  if (over_us <= 0) p->last_us = even_us;
  p->failures = 1;
  pthread_mutex_unlock(&t->mutex);
  return over_us > 0 ? (over_us + 999999) / 1000000 : 0;
}
