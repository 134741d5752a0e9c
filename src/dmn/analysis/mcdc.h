/* mcdc (inside): test cases being gathered for one table. */
#ifndef DMN_ANALYSIS_MCDC_H
#define DMN_ANALYSIS_MCDC_H

#include "analysis/analysis.h"

struct mcdc_cases {
  struct dmn_mcdc_case *cases;
  const uint32_t **classes; /* of each case, by dimension */
  uint32_t case_count, capacity;
  struct dmn_mcdc_condition *conditions;
  uint32_t condition_count;
  bool complete;
};
void analysis__mcdc(struct grid *g, struct mcdc_cases *out);

#endif
