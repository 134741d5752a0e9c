/* certificate: a self-signed X.509 certificate by way of OpenSSL, and when one ends. For machines that have no real
 * certificate yet: browsers warn, programs are given the certificate itself to trust. */
#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "shienkin/crypto.h"

enum { DAYS_MOST = 825, SERIAL_BITS = 127, DAY_SECONDS = 86400, CERTIFICATE_BYTES = 2048, KEY_BYTES = 1024 };

static void key_free(EVP_PKEY **key) { EVP_PKEY_free(*key); }
static void certificate_free(X509 **certificate) { X509_free(*certificate); }
static void bio_free(BIO **bio) { BIO_free(*bio); }
static void number_free(BIGNUM **n) { BN_free(*n); }
static void extension_free(X509_EXTENSION **e) { X509_EXTENSION_free(*e); }

static bool is_address(const char *name) {
  unsigned char ignored[16];
  return inet_pton(AF_INET, name, ignored) == 1 || inet_pton(AF_INET6, name, ignored) == 1;
}

static str names_text(struct arena *a, const char *const *names, size_t count) {
  struct buf out = buf_in(a);
  for (size_t i = 0; i < count; i++) {
    assert(!strpbrk(names[i], ",\n\r") && "a name of a host or an address");
    buf_format(&out, "%s%s:%s", i ? "," : "", is_address(names[i]) ? "IP" : "DNS", names[i]);
  }
  buf_byte(&out, '\0');
  return buf_str(&out);
}

static bool set_serial(X509 *certificate) {
  CLEANUP(number_free)
  BIGNUM *serial = BN_new();
  return serial && BN_rand(serial, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != NULL;
}

static bool set_name(X509 *certificate, const char *name) {
  X509_NAME *subject = X509_get_subject_name(certificate);
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, subject) == 1;
}

static bool add_extension(X509 *certificate, int kind, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
  CLEANUP(extension_free)
  X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &context, kind, value);
  return e && X509_add_ext(certificate, e, -1) == 1;
}

static bool set_times(X509 *certificate, int64_t from_unix_s, int days) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)from_unix_s) != NULL &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)(from_unix_s + (int64_t)days * DAY_SECONDS)) != NULL;
}

/* Into room that was allocated before any handle was open: an exhausted arena must leave none behind. */
static bool take_text(BIO *bio, char *room, size_t most, str *out) {
  char *bytes;
  long n = BIO_get_mem_data(bio, &bytes);
  if (n <= 0 || (size_t)n > most) return false;
  memcpy(room, bytes, (size_t)n);
  *out = (str){ room, (size_t)n };
  return true;
}

result certificate_self_signed(struct arena *a, const char *const *names, size_t name_count, int64_t not_before_unix_s,
                               int days, str *certificate_pem, str *key_pem) {
  assert(name_count > 0 && days > 0 && days <= DAYS_MOST && "a certificate names its host and ends");
  str alternative = names_text(a, names, name_count);
  size_t certificate_most = CERTIFICATE_BYTES + 2 * alternative.n;
  char *certificate_room = arena_alloc(a, certificate_most), *key_room = arena_alloc(a, KEY_BYTES);
  CLEANUP(key_free)
  EVP_PKEY *key = EVP_EC_gen("P-256");
  CLEANUP(certificate_free)
  X509 *certificate = X509_new();
  CLEANUP(bio_free)
  BIO *certificate_out = BIO_new(BIO_s_mem());
  CLEANUP(bio_free)
  BIO *key_out = BIO_new(BIO_s_secmem());
  bool made = key && certificate && certificate_out && key_out && X509_set_version(certificate, X509_VERSION_3) == 1 &&
              set_serial(certificate) && set_name(certificate, names[0]) &&
              set_times(certificate, not_before_unix_s, days) && X509_set_pubkey(certificate, key) == 1 &&
              add_extension(certificate, NID_subject_alt_name, alternative.p) &&
              add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
              add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
              add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
              X509_sign(certificate, key, EVP_sha256()) > 0 && PEM_write_bio_X509(certificate_out, certificate) == 1 &&
              PEM_write_bio_PrivateKey(key_out, key, NULL, NULL, 0, NULL, NULL) == 1 &&
              take_text(certificate_out, certificate_room, certificate_most, certificate_pem) &&
              take_text(key_out, key_room, KEY_BYTES, key_pem);
  return made ? RESULT_OK : RESULT_OUTSIDE;
}

result certificate_not_after(str certificate_pem, int64_t *unix_s) {
  if (certificate_pem.n > INT32_MAX) return RESULT_REFUSED;
  CLEANUP(bio_free)
  BIO *in = BIO_new_mem_buf(certificate_pem.p, (int)certificate_pem.n);
  CLEANUP(certificate_free)
  X509 *certificate = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
  if (!certificate) return in ? RESULT_REFUSED : RESULT_OUTSIDE;
  struct tm ends;
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &ends) != 1) return RESULT_REFUSED;
  *unix_s = (int64_t)timegm(&ends);
  return RESULT_OK;
}
