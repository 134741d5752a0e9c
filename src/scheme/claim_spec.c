/* claim_spec: claim.schema.json as a declared spec. What a document may hold by itself is said here; what its fields say
 * to each other is in facts.c. */
#include "words.h"

/* ^[0-9]{2}[0-9A-HJ-NPR-Z][0-9]{7}$ (claim.schema.json, facility.code) */
static bool facility_code_pattern(str s) {
  if (s.n != 10) return false;
  for (size_t i = 0; i < s.n; i++) {
    bool digit = s.p[i] >= '0' && s.p[i] <= '9';
    bool letter = i == 2 && s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[i] != 'I' && s.p[i] != 'O' && s.p[i] != 'Q';
    if (!digit && !letter) return false;
  }
  return true;
}

#define DESCRIBED(text) .description = (text)

static const struct spec a_date = { .kind = SPEC_DATE,
                                    DESCRIBED("YYYY-MM-DD, a day that exists, in Japan's time zone") };
static const struct spec maybe_date = { .kind = SPEC_DATE, .nullable = true };
static const struct spec filing_date = { .kind = SPEC_DATE, .nullable = true,
                                         DESCRIBED("absent and null mean not filed") };
static const struct spec maybe_bool = { .kind = SPEC_BOOL, .nullable = true };
static const struct spec filing_bool = { .kind = SPEC_BOOL, .nullable = true,
                                         DESCRIBED("absent and null mean not filed") };
static const struct spec a_bool = { .kind = SPEC_BOOL,
                                    DESCRIBED("closes on national holidays; absent means no") };
static const struct spec claim_id = { .kind = SPEC_STRING, .max_length = 64,
                                      DESCRIBED("Echoed in the decision; the rules ignore it.") };

static const struct spec attack_type = { .kind = SPEC_ENUM, .nullable = true, .words = scheme__attack_types };
static const struct spec summary = { .kind = SPEC_STRING, .nullable = true, .max_length = 4000 };
static const struct spec_member incident_members[] = {
  { "occurred_on", true, &a_date },      { "discovered_on", false, &maybe_date }, { "cyber_attack", false, &maybe_bool },
  { "attack_type", false, &attack_type }, { "insider_crime", false, &maybe_bool }, { "summary", false, &summary },
  { NULL, false, NULL },
};
static const struct spec incident = { .kind = SPEC_OBJECT, .members = incident_members };

static const struct spec member_number = { .kind = SPEC_STRING, .nullable = true, .max_length = 20 };
static const struct spec member_class = { .kind = SPEC_ENUM, .words = scheme__member_classes,
                                          DESCRIBED("JMA membership class on the date of the incident") };
static const struct spec member_relation = { .kind = SPEC_ENUM, .words = scheme__member_relations,
                                             DESCRIBED("what the member is to the facility") };
static const struct spec_member member_members[] = {
  { "number", false, &member_number },
  { "class", true, &member_class },
  { "relation", true, &member_relation },
  { NULL, false, NULL },
};
static const struct spec member = { .kind = SPEC_OBJECT, .members = member_members };

static const struct spec facility_code = { .kind = SPEC_STRING, .nullable = true, .pattern = facility_code_pattern,
                                           .pattern_text = "^[0-9]{2}[0-9A-HJ-NPR-Z][0-9]{7}$",
                                           DESCRIBED("保険医療機関番号 or 介護事業所番号") };
static const struct spec facility_name = { .kind = SPEC_STRING, .nullable = true, .max_length = 200 };
static const struct spec facility_kind = { .kind = SPEC_ENUM, .words = scheme__facility_kinds };
static const struct spec weekday_word = { .kind = SPEC_ENUM, .words = scheme__weekdays };
static const struct spec closed_weekdays = { .kind = SPEC_ARRAY, .distinct = true, .items = &weekday_word,
                                             DESCRIBED("regular days off; absent means none") };
static const struct spec extra_open = {
  .kind = SPEC_ARRAY, .distinct = true, .max_items = EXTRA_DATES_MOST, .items = &a_date,
  DESCRIBED("days off on which it would have opened all the same; absent means none") };
static const struct spec extra_closed = {
  .kind = SPEC_ARRAY, .distinct = true, .max_items = EXTRA_DATES_MOST, .items = &a_date,
  DESCRIBED("further days on which it would not have opened; absent means none; these may lie in the future") };
static const struct spec_member facility_members[] = {
  { "code", false, &facility_code },
  { "name", false, &facility_name },
  { "kind", true, &facility_kind },
  { "closed_weekdays", false, &closed_weekdays },
  { "closed_on_holidays", false, &a_bool },
  { "extra_open_dates", false, &extra_open },
  { "extra_closed_dates", false, &extra_closed },
  { NULL, false, NULL },
};
static const struct spec facility = { .kind = SPEC_OBJECT, .members = facility_members };

static const struct spec closure_scope = { .kind = SPEC_ENUM, .words = scheme__closure_scopes };
static const struct spec_member closure_members[] = {
  { "from", true, &a_date },
  { "to", true, &a_date },
  { "scope", true, &closure_scope },
  { NULL, false, NULL },
};
static const struct spec closure = { .kind = SPEC_OBJECT, .members = closure_members };
static const struct spec closures = { .kind = SPEC_ARRAY, .max_items = CLOSURES_MOST, .items = &closure,
                                      DESCRIBED("absent means none; each at most 366 days") };

static const struct spec persons = { .kind = SPEC_INTEGER, .nullable = true, .has_minimum = true,
                                     DESCRIBED("describes; decides nothing") };
static const struct spec_member leak_members[] = {
  { "occurred", false, &maybe_bool },
  { "caused_by_attack", false, &maybe_bool },
  { "persons", false, &persons },
  { NULL, false, NULL },
};
static const struct spec leak = { .kind = SPEC_OBJECT, .members = leak_members };

static const struct spec_member filing_members[] = {
  { "mhlw_on", false, &filing_date },
  { "jma_on", false, &filing_date },
  { "ppc_on", false, &filing_date },
  { "ppc_prevention_measures", false, &filing_bool },
  { "persons_notified_on", false, &filing_date },
  { NULL, false, NULL },
};
static const struct spec filings = { .kind = SPEC_OBJECT, .members = filing_members,
                                     DESCRIBED("absent means not filed") };

static const struct spec_member claim_members[] = {
  { "claim_id", false, &claim_id }, { "incident", true, &incident }, { "member", true, &member },
  { "facility", true, &facility },  { "closures", false, &closures }, { "leak", false, &leak },
  { "filings", false, &filings },   { NULL, false, NULL },
};
static const struct spec claim = {
  .kind = SPEC_OBJECT, .members = claim_members, .title = "Facts of one claim: one incident at one facility",
  DESCRIBED("What the rules see. Absent and null both mean unknown, except where a description says otherwise. "
            "Unknown properties are refused.") };

const struct spec *scheme_claim_spec(void) { return &claim; }
