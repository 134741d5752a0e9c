/* tls: the certificate that handshakes use, replaceable while the server runs. Each connection holds the credentials that
 * its handshake began with; they go when the last of these connections has gone. */
#include <gnutls/gnutls.h>

#include "messages.h"
#include "server_inside.h"

struct tls_credentials {
  _Atomic int holders;
  gnutls_certificate_credentials_t certificate;
};

struct tls {
  pthread_mutex_t mutex;
  struct tls_credentials *current;
};

static gnutls_datum_t datum(str s) {
  return (gnutls_datum_t){ .data = (unsigned char *)(uintptr_t)s.p, .size = (unsigned)s.n };
}

static result credentials_new(str certificate_pem, str key_pem, struct findings *f, struct tls_credentials **out) {
  struct tls_credentials *c = mem_alloc(sizeof *c);
  if (!c) return RESULT_NO_MEMORY;
  *c = (struct tls_credentials){ .holders = 1 };
  if (gnutls_certificate_allocate_credentials(&c->certificate) != 0) {
    mem_free(c);
    return RESULT_NO_MEMORY;
  }
  gnutls_datum_t certificate = datum(certificate_pem), key = datum(key_pem);
  int why = gnutls_certificate_set_x509_key_mem(c->certificate, &certificate, &key, GNUTLS_X509_FMT_PEM);
  if (why >= 0) {
    *out = c;
    return RESULT_OK;
  }
  bool pair = why == GNUTLS_E_CERTIFICATE_KEY_MISMATCH;
  FINDING(f, STR(""), pair ? &http__certificate_key : &http__certificate, str_of(gnutls_strerror(why)));
  tls__release(c);
  return RESULT_REFUSED;
}

result tls__new(str certificate_pem, str key_pem, struct findings *f, struct tls **out) {
  struct tls_credentials *c;
  TRY(credentials_new(certificate_pem, key_pem, f, &c));
  struct tls *t = mem_alloc(sizeof *t);
  if (!t) {
    tls__release(c);
    return RESULT_NO_MEMORY;
  }
  *t = (struct tls){ .current = c };
  pthread_mutex_init(&t->mutex, NULL);
  *out = t;
  return RESULT_OK;
}

result tls__replace(struct tls *t, str certificate_pem, str key_pem, struct findings *f) {
  struct tls_credentials *fresh, *old;
  TRY(credentials_new(certificate_pem, key_pem, f, &fresh));
  pthread_mutex_lock(&t->mutex);
  old = t->current;
  t->current = fresh;
  pthread_mutex_unlock(&t->mutex);
  tls__release(old);
  return RESULT_OK;
}

void tls__free(struct tls *t) {
  if (!t) return;
  tls__release(t->current);
  pthread_mutex_destroy(&t->mutex);
  mem_free(t);
}

struct tls_credentials *tls__attach(struct tls *t, void *gnutls_session) {
  pthread_mutex_lock(&t->mutex);
  struct tls_credentials *c = t->current;
  atomic_fetch_add(&c->holders, 1);
  pthread_mutex_unlock(&t->mutex);
  gnutls_credentials_set((gnutls_session_t)gnutls_session, GNUTLS_CRD_CERTIFICATE, c->certificate);
  return c;
}

void tls__release(struct tls_credentials *c) {
  if (!c || atomic_fetch_sub(&c->holders, 1) != 1) return;
  gnutls_certificate_free_credentials(c->certificate);
  mem_free(c);
}
