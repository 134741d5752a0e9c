/* crypto: digests, signatures, sealing and password hashes. The only door to OpenSSL and libargon2.
 *
 * Keys and digests are plain structs of bytes, compared in constant time. No call keeps state behind the caller's back;
 * randomness comes in by its interface. A call answers false or RESULT_REFUSED when the input does not verify, and
 * never says which part did not. Failures of the library itself (no memory) are RESULT_OUTSIDE where a result is given
 * and an abort in digests, which have no other way to fail. */
#ifndef SHIENKIN_CRYPTO_H
#define SHIENKIN_CRYPTO_H

#include "shienkin/base.h"

/* ---- digests: SHA-256 (FIPS 180-4), HMAC (RFC 2104), HKDF (RFC 5869) */
struct sha256 { uint8_t bytes[32]; };

struct sha256 sha256_of(str bytes);
/* In pieces: sha256_begin, sha256_add …, sha256_end. The state is a plain value and may be copied to go on twice. */
struct sha256_state { uint32_t words[28]; };                  /* opaque */
struct sha256_state sha256_begin(void);
void sha256_add(struct sha256_state *s, str bytes);
struct sha256 sha256_end(struct sha256_state *s);
struct sha256 sha256_pair(uint8_t prefix, const struct sha256 *left, const struct sha256 *right);   /* H(prefix ‖ left ‖ right) */
void sha256_write(struct sha256 d, char out[65]);               /* 64 lower-case hex digits, terminated */

struct sha256 hmac_sha256(str key, str bytes);
/* out_size <= 255 * 32, asserted. */
void hkdf_sha256(str secret, str salt, str info, uint8_t *out, size_t out_size);

/* ---- bytes */
bool bytes_equal(str a, str b);                                 /* constant time in the contents, not in the lengths */
void bytes_wipe(void *p, size_t n);                             /* not optimised away */

/* Strict decoding: RESULT_REFUSED for anything that the encoder here would not have written (upper-case hex is
 * accepted, white space is not; base64 of RFC 4648 §4 with padding, unused bits zero; base64url of §5 without). */
str hex_encode(struct arena *a, str bytes);
MUST_USE result hex_decode(struct arena *a, str text, str *bytes);
str base64_encode(struct arena *a, str bytes);
MUST_USE result base64_decode(struct arena *a, str text, str *bytes);
str base64url_encode(struct arena *a, str bytes);
MUST_USE result base64url_decode(struct arena *a, str text, str *bytes);

/* ---- signatures: Ed25519 (RFC 8032) */
struct ed25519_seed { uint8_t bytes[32]; };
struct ed25519_public { uint8_t bytes[32]; };
struct ed25519_signature { uint8_t bytes[64]; };
MUST_USE result ed25519_public_of(const struct ed25519_seed *seed, struct ed25519_public *out);
MUST_USE result ed25519_sign(const struct ed25519_seed *seed, str message, struct ed25519_signature *out);
bool ed25519_verify(const struct ed25519_public *key, str message, const struct ed25519_signature *signature);

/* ---- sealing: AES-256-GCM (SP 800-38D). Sealed bytes are nonce (12) ‖ ciphertext ‖ tag (16). A random nonce bounds
 * one key to 2^32 sealings. `bound` is authenticated and not stored: the place that the secret belongs to. */
struct seal_key { uint8_t bytes[32]; };
enum { SEAL_OVERHEAD_BYTES = 28 };
MUST_USE result seal(struct arena *a, const struct seal_key *key, const struct randomness *r, str plain, str bound, str *sealed);
/* RESULT_REFUSED when key, bound or bytes are not the ones. */
MUST_USE result unseal(struct arena *a, const struct seal_key *key, str sealed, str bound, str *plain);

/* ---- passwords: argon2id (RFC 9106), 19 MiB, t=2, p=1, as a PHC string. About 70 ms each: the caller bounds how many
 * run at once. Passwords are 1 to 1024 bytes, else RESULT_REFUSED. */
MUST_USE result password_hash(struct arena *a, const struct randomness *r, str password, str *phc);
/* RESULT_REFUSED for a wrong password or a string that is none of ours (other costs above 64 MiB, t=8, p=4 included). */
MUST_USE result password_verify(str phc, str password);

/* ---- one-time codes: TOTP (RFC 6238) with SHA-1, 30 s, 6 digits */
enum { TOTP_STEP_SECONDS = 30 };
uint32_t totp_code(str secret, uint64_t step);                  /* step = unix seconds / 30; 0–999999 */
/* The step that `code` (six ASCII digits) belongs to, among now ± window steps and later than `used_step`, so that no
 * code works twice. RESULT_REFUSED otherwise. `used_step` 0: none was used yet. */
MUST_USE result totp_verify(str secret, int64_t unix_seconds, unsigned window, uint64_t used_step, str code, uint64_t *step);
/* RFC 4648 §6 without padding, as authenticator apps want the secret. */
str base32_encode(struct arena *a, str bytes);

/* ---- certificates (RFC 5280): self-signed, for a demo, a test, or a first start before a real one is there. A new
 * P-256 key, ECDSA with SHA-256, a random serial number, the names as subjectAltName (addresses as such). Both as PEM; the
 * key unencrypted (PKCS #8). At least one name; days 1 to 825. */
MUST_USE result certificate_self_signed(struct arena *a, const char *const *names, size_t name_count,
                                        int64_t not_before_unix_s, int days, str *certificate_pem, str *key_pem);
/* When the first certificate of a PEM text ends. RESULT_REFUSED: there is none. */
MUST_USE result certificate_not_after(str certificate_pem, int64_t *unix_s);

#endif
