/* staff: what the endpoints of the staff share: who may, and answers that many of them give. */
#ifndef SHIENKIN_API_STAFF_H
#define SHIENKIN_API_STAFF_H

#include "api_inside.h"

enum {
  STAFF_LOOKS = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR,
  STAFF_JUDGES = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER,
  STAFF_HOLDS = STAFF_JUDGES | HTTP_ROLE_OWNER,
  STAFF_ANY = HTTP_ROLE_PROXY | STAFF_HOLDS | HTTP_ROLE_CASHIER,
};

/* A look: the staff, and auditors under their own realm. */
#define STAFF_READ(n, p, t, ja, en, handler_) \
  API_ROW(n, HTTP_GET, p, t, ja, en), .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_LOOKS, .handler = (handler_)
/* A change: once per key. */
#define STAFF_POST(n, p, t, ja, en, roles_, handler_)                                               \
  API_ROW(n, HTTP_POST, p, t, ja, en), .realms = HTTP_STAFF, .roles = (roles_), .idempotent = true, \
                                       .handler = (handler_)
#define STAFF_BODY(spec_) .body = HTTP_BODY_JSON, .body_spec = &(spec_)
/* On the claim, as it stood when it was looked at. */
#define STAFF_MOVES .etag = HTTP_ETAG_REQUIRED
/* What needs the second factor again, and a person. */
#define STAFF_STEP_UP .step_up = true, .persons_only = true

extern const struct http_parameter staff__claim_path[];
/* {claim, state, version} */
extern const struct spec staff__claim_moved;
/* {reason} */
extern const struct spec staff__reason;
extern const struct spec staff__code, staff__code_null; /* a word of a table: a kind, a verdict, a role */
extern const struct spec staff__pointers;               /* facts, as JSON Pointers */

#endif
