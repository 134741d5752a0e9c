/* password: argon2id (RFC 9106) as a PHC string, $argon2id$v=19$m=19456,t=2,p=1$salt$hash. The costs are the smaller
 * set that OWASP recommends; the string carries them, so that they can rise while old hashes still verify. */
#include <argon2.h>
#include <stdio.h>

#include "shienkin/crypto.h"

enum {
  MEMORY_KIB = 19456,
  PASSES = 2,
  LANES = 1,
  SALT_BYTES = 16,
  HASH_BYTES = 32,
  MOST_PASSWORD_BYTES = 1024,
  MOST_PHC_BYTES = 256,
  MOST_MEMORY_KIB = 65536,
  MOST_PASSES = 8,
  MOST_LANES = 4,
};

static bool password_fits(str password) { return password.n >= 1 && password.n <= MOST_PASSWORD_BYTES; }

result password_hash(struct arena *a, const struct randomness *r, str password, str *phc) {
  if (!password_fits(password)) return RESULT_REFUSED;
  uint8_t salt[SALT_BYTES];
  randomness_fill(r, salt, sizeof salt);
  char text[MOST_PHC_BYTES];
  int code = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password.p, password.n, salt, sizeof salt, HASH_BYTES,
                                   text, sizeof text);
  if (code != ARGON2_OK) return code == ARGON2_MEMORY_ALLOCATION_ERROR ? RESULT_NO_MEMORY : RESULT_OUTSIDE;
  *phc = str_copy(a, str_of(text));
  return RESULT_OK;
}

/* The number of one "name=12" before the separator, within 1 … most. */
static bool cost_within(str part, str name, int64_t most) {
  int64_t value;
  return str_starts(part, name) && str_to_int64(str_slice(part, name.n, part.n), &value) && value >= 1 && value <= most;
}

/* Looks at the costs before paying them: a string from elsewhere must not make us fill memory for minutes. */
static bool costs_are_bearable(str phc) {
  const str head = STR_INIT("$argon2id$v=19$");
  if (phc.n >= MOST_PHC_BYTES || !str_starts(phc, head)) return false;
  str rest, costs = str_cut(str_slice(phc, head.n, phc.n), '$', &rest);
  str memory = str_cut(costs, ',', &costs), passes = str_cut(costs, ',', &costs);
  return cost_within(memory, STR("m="), MOST_MEMORY_KIB) && cost_within(passes, STR("t="), MOST_PASSES) &&
         cost_within(costs, STR("p="), MOST_LANES);
}

result password_verify(str phc, str password) {
  if (!password_fits(password) || !costs_are_bearable(phc)) return RESULT_REFUSED;
  char text[MOST_PHC_BYTES];
  memcpy(text, phc.p, phc.n);
  text[phc.n] = '\0';
  if (strlen(text) != phc.n) return RESULT_REFUSED;
  int code = argon2id_verify(text, password.p, password.n);
  if (code == ARGON2_OK) return RESULT_OK;
  return code == ARGON2_MEMORY_ALLOCATION_ERROR ? RESULT_NO_MEMORY : RESULT_REFUSED;
}
