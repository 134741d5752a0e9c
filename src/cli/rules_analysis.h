/* rules_analysis: what the analysis of a model says, for people. */
#ifndef CLI_RULES_ANALYSIS_H
#define CLI_RULES_ANALYSIS_H

#include "shienkin/dmn/analysis.h"

/* Faults of FEEL texts and findings of the analysis are added to f with their lines, what is worth a look to
 * `advice`. */
void rules_analysis(struct arena *a, const struct dmn_model *m, struct findings *f, struct findings *advice);

/* Test cases for the tables of the node of that name, on standard output. False: there is no such node, or no table. */
bool rules_print_cases(struct arena *a, const struct dmn_model *m, str name);

#endif
