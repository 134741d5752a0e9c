/* seal: the form with a given nonce, for published test vectors. A nonce must never serve twice under one key, so
 * nobody outside the room can choose it. */
#ifndef SHIENKIN_CRYPTO_SEAL_PRIVATE_H
#define SHIENKIN_CRYPTO_SEAL_PRIVATE_H

#include "shienkin/crypto.h"

MUST_USE result seal__with_nonce(struct arena *a, const struct seal_key *key, const uint8_t nonce[12], str plain,
                                 str bound, str *sealed);

#endif
