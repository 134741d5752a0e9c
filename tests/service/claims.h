/* claims: what tests file, in few words. JSON texts become documents in the house's arena. */
#ifndef SHIENKIN_TESTS_SERVICE_CLAIMS_H
#define SHIENKIN_TESTS_SERVICE_CLAIMS_H

#include "house.h"

static inline const struct json *json_text_of(struct house *h, const char *text) {
  struct json *j = ARENA_NEW(h->arena, struct json);
  struct findings f = findings_in(h->arena);
  if (json_read(h->arena, str_of(text), (struct json_limits){ 0 }, &f, j) != RESULT_OK) fail_msg("not JSON: %s", text);
  return j;
}

/* The worked example of policy.md without what the roster says; the fixture's day is 2026-05-20. */
#define FACTS_WORKED                                                                                    \
  "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"attack_type\":\"ransomware\"," \
  "\"insider_crime\":false,\"summary\":\"電子カルテが暗号化された\"},"                      \
  "\"facility\":{\"name\":\"やまだ医院\"},"                                                        \
  "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"all\"}],"                   \
  "\"leak\":{\"occurred\":true,\"caused_by_attack\":true},\"filings\":{\"jma_on\":\"2026-05-12\"}}"
#define PAYEE_YAMADA                                                                                                            \
  "{\"bank_code\":\"9999\",\"branch_code\":\"999\",\"account_type\":\"ordinary\",\"account_number\":\"９８７６５４３\"," \
  "\"holder_name\":\"医療法人 ヤマダイイン\"}"

static inline struct declaration declared(void) { return (struct declaration){ STR("2026-04"), true }; }

/* A claim of clinic-1, filed in one step; its id. */
static inline struct uuid filed(struct house *h) {
  struct caller c = house_keyed(h, "clinic-1", "file");
  struct file_request r = {
    h->clinic_1, STR("online"), declared(), { json_text_of(h, FACTS_WORKED), json_text_of(h, PAYEE_YAMADA), NULL }
  };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  return house_id(h, "/claim", "claim");
}

#endif
