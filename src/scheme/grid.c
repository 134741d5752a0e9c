/* grid: every combination of yes, no and unknown facts, with and without each filing, each kind of bar, and closures that
 * count, count in part, or not: for `rules check` and for tests. */
#include "shienkin/scheme.h"

/* A number in mixed radix: each call takes the next digit. */
static unsigned take(uint64_t *rest, unsigned radix) {
  unsigned digit = (unsigned)(*rest % radix);
  *rest /= radix;
  return digit;
}

#define GRID_MONDAY 20584                        /* 2026-05-11, a Monday */
static const struct closure not_counting[] = { { GRID_MONDAY + 6, GRID_MONDAY + 8, SCOPE_PARTIAL } };
static const struct closure new_patients[] = { { GRID_MONDAY + 1, GRID_MONDAY + 1, SCOPE_NEW_PATIENTS } };
static const struct closure overlapping[] = { { GRID_MONDAY - 4, GRID_MONDAY + 6, SCOPE_ALL },
                                              { GRID_MONDAY + 4, GRID_MONDAY + 11, SCOPE_NEW_PATIENTS } };
static const struct { const struct closure *closures; uint32_t count; } closures[] = {
  { NULL, 0 }, { not_counting, 1 }, { new_patients, 1 }, { overlapping, 2 } };

static const enum facility_kind kinds[] = { FACILITY_HOSPITAL, FACILITY_CARE_SERVICE };
static const enum member_class classes[] = { CLASS_A1, CLASS_B };
static const enum member_relation relations[] = { RELATION_MANAGES, RELATION_NONE };

uint64_t scheme_grid_size(void) {
  return UINT64_C(3) * 3 * 3 * 3 * 3 * 2 * 2 * 2 * 2 * COUNT_OF(kinds) * COUNT_OF(classes) * COUNT_OF(relations) * 2 *
         COUNT_OF(closures);
}

struct facts scheme_grid_facts(uint64_t index) {
  assert(index < scheme_grid_size());
  const day on = GRID_MONDAY;
  struct facts f = { .incident = { .discovered_on = DAY_NONE, .attack_type = ATTACK_UNKNOWN },
                     .facility = { .closed_weekdays = 1u << (WEEKDAY_SUN - 1) }, .leak = { .persons = -1 } };
  f.incident.cyber_attack = (enum tri)take(&index, 3);
  f.incident.insider_crime = (enum tri)take(&index, 3);
  f.leak.occurred = (enum tri)take(&index, 3);
  f.leak.caused_by_attack = (enum tri)take(&index, 3);
  f.filings.ppc_prevention_measures = (enum tri)take(&index, 3);
  f.filings.mhlw_on = take(&index, 2) ? on : DAY_NONE;
  f.filings.jma_on = take(&index, 2) ? on : DAY_NONE;
  f.filings.ppc_on = take(&index, 2) ? on : DAY_NONE;
  f.filings.persons_notified_on = take(&index, 2) ? on : DAY_NONE;
  f.facility.kind = kinds[take(&index, COUNT_OF(kinds))];
  f.member.class = classes[take(&index, COUNT_OF(classes))];
  f.member.relation = relations[take(&index, COUNT_OF(relations))];
  f.incident.occurred_on = take(&index, 2) ? on : on - 4 * 365 - 200;       /* within the scheme, and before it began */
  unsigned which = take(&index, COUNT_OF(closures));
  f.closures = closures[which].closures;
  f.closure_count = closures[which].count;
  return f;
}
