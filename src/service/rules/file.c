/* file: a rule set's bytes as they were published, for whoever computes a decision again. No personal data, so no event. */
#include "core/work.h"
#include "shienkin/service/rules.h"

static result file(struct work *w, const void *request) {
  const struct rules_file_request *r = request;
  struct rule_set_row row;
  FOUND(w, store_rule_set_by_id(w->tx, r->rule_set, &row), STR(""), "not_found");
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", row.id);
  members_add_str(&m, "version", row.model_version);
  members_add_sha256(&m, "sha256", row.sha256);
  members_add_str(&m, "base64", base64_encode(w->arena, row.bytes));
  return service__answer(w, 200, &m, 0);
}

result rules_file(struct service *s, const struct caller *c, struct arena *a, const struct rules_file_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_file", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR, .body = file,
                                            .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
