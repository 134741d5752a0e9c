/* documents_in: the documents of a claim as they are sent. Their places are checked by the use case, which finds all that
 * is wrong at once and names each place by its document. */
#include "documents_in.h"

const struct spec api__declared = API_OBJECT({ "version", true, &api__short }, { "accepted", true, &api__bool_spec });

#define DOCUMENT(name, component_, text)                                                                          \
  const struct spec name = { .kind = SPEC_MAP, .items = &api__any, .component = (component_), .description = (text) }; \
  static const struct spec *const name##_or_null[] = { &name, NULL };                                             \
  const struct spec name##_null = { .kind = SPEC_CHOICE, .nullable = true, .choices = name##_or_null }

DOCUMENT(api__document_facts, "Facts", "see schemas/claim.schema.json");
DOCUMENT(api__document_payee, "Payee", "see schemas/payee.schema.json");
DOCUMENT(api__document_report, "Report", "see schemas/report.schema.json");

struct declaration api__declaration(const struct json *body) {
  const struct json *said = api__json(body, "declaration");
  return (struct declaration){ api__str(said, "version"), api__bool(said, "accepted") };
}

struct claim_documents api__documents_of(const struct json *body) {
  return (struct claim_documents){ api__json(body, "facts"), api__json(body, "payee"), api__json(body, "report") };
}

str api__channel_of(const struct http_request *r) {
  str said = api__str(&r->json, "channel");
  if (said.n > 0) return said;
  if (http_request_may(r, HTTP_ROLE_CLINIC)) return STR("online");
  return http_request_may(r, HTTP_ROLE_PROXY) ? STR("proxy") : STR("");
}
