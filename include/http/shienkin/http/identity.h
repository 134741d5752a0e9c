/* identity: who is asking. http knows cookies and Authorization headers, not accounts: an interface that the rooms above
 * implement (with the service's sessions) turns a credential into a `struct http_identity`. */
#ifndef SHIENKIN_HTTP_IDENTITY_H
#define SHIENKIN_HTTP_IDENTITY_H

#include "shienkin/value.h"

/* Which of the database's logins works for a request, and which sessions may call a route. PUBLIC and LOG need no
 * sign-in; the others need a session or token of that realm. Values are bits of a route's `realms`. */
enum http_realm { HTTP_PUBLIC = 1, HTTP_CLINIC = 2, HTTP_STAFF = 4, HTTP_LOG = 8, HTTP_AUDITOR = 16 };
const char *http_realm_name(enum http_realm realm);              /* "public", "clinic", … */

enum http_role {
  HTTP_ROLE_CLINIC = 1, HTTP_ROLE_PROXY = 2, HTTP_ROLE_ADJUSTER = 4, HTTP_ROLE_APPROVER = 8, HTTP_ROLE_CASHIER = 16,
  HTTP_ROLE_OWNER = 32, HTTP_ROLE_AUDITOR = 64,
};
const char *http_role_name(enum http_role role);                 /* "clinic", … */

enum http_language { HTTP_JAPANESE, HTTP_ENGLISH };

/* A session cookie of the browser, or `Authorization: Bearer` (RFC 6750). */
enum http_credential { HTTP_COOKIE, HTTP_BEARER };

struct http_mandate { struct uuid facility; str kind; };

struct http_identity {
  struct uuid account, person, session;         /* session: the row of the session or token */
  enum http_realm realm;                        /* CLINIC, STAFF or AUDITOR */
  uint32_t roles;                               /* bits of http_role, those in force now */
  enum http_credential credential;
  bool machine;                                 /* a machine's token: refused where a route is `persons_only` */
  bool read_only;                               /* refused on every unsafe method */
  const struct http_mandate *mandates; size_t mandate_count;
  str csrf_token;                               /* as the forms carry it; compared in constant time */
  int64_t step_up_at_us;                        /* when the second factor was last given; 0: never */
  str name;                                     /* how the person is addressed on pages; never logged */
  bool has_language; enum http_language language;       /* the account's setting, before Accept-Language */
  void *more;                                   /* the implementer's own, in the arena */
};

struct http_identity_source {
  /* Called on a worker thread for a credential that came with the request. RESULT_OK fills *out (in the arena);
   * RESULT_NOT_FOUND: no such session or token, or it ended; anything else: 503. `worker` is what the worker factory
   * made for this thread. The token is the bytes as they came, at most 512, never logged. */
  result (*resolve)(void *context, void *worker, struct arena *a, enum http_credential credential, str token,
                    int64_t now_us, struct http_identity *out);
  void *context;
};

#endif
