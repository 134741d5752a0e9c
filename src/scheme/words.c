/* words: the vocabularies of claim.schema.json and decision.schema.json. */
#include "words.h"

const char *const scheme__attack_types[] = { "ransomware", "malware", "unauthorized_access", "denial_of_service",
                                             "remote_control_scam", "other", NULL };
const char *const scheme__member_classes[] = { "A1", "A2", "A2B", "A2C", "B", "C", "none", NULL };
const char *const scheme__member_relations[] = { "opens", "manages", "none", NULL };
const char *const scheme__facility_kinds[] = { "hospital", "clinic", "shared_use", "care_service", NULL };
const char *const scheme__closure_scopes[] = { "all", "new_patients", "partial", NULL };
const char *const scheme__weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
const char *const scheme__items[] = { "attack", "closure", "leak_by_attack", "leak_other", NULL };
const char *const scheme__outcomes[] = { "payable",     "partly_payable", "awaiting_filing", "undetermined",
                                         "not_payable", "not_applicable", NULL };

_Static_assert(COUNT_OF(scheme__items) == ITEM_COUNT + 1, "one word for each item");
_Static_assert(COUNT_OF(scheme__outcomes) == OUTCOME_COUNT + 1, "one word for each outcome");

int scheme__word_index(const char *const *words, str word) {
  for (int i = 0; words[i]; i++)                 /* most differ in their first byte */
    if (word.n && words[i][0] == word.p[0] && str_eq(word, str_of(words[i]))) return i;
  return -1;
}

str scheme_item_code(enum item i) {
  assert((unsigned)i < ITEM_COUNT);
  return str_of(scheme__items[i]);
}

str scheme_outcome_code(enum outcome o) {
  assert((unsigned)o < OUTCOME_COUNT);
  return str_of(scheme__outcomes[o]);
}
