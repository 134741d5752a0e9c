/* analysis: what can be said of a model without running it on anybody's facts. Decision tables are cut along the
 * bounds of their literal cells into regions within which every cell gives the same answer, so that "no row", "two rows"
 * and "never this row" are proved for all values, not sampled (DMN 1.5, 8.2.8 and 8.2.10 say what a complete table and a
 * hit policy promise).
 *
 * A cell that is not literal may match or not: what follows only if it does, or only if it does not, is advice and says
 * so. null is a value of its own, unless the allowed values of an input leave it out or its expression is never null. Of
 * what the model computes it is not known whether it can be null: only where the column speaks of null is it taken to.
 * Two input columns of the same text are one input.
 *
 * Everything is allocated in the arena given; call inside its arena_run(). Models are only read. */
#ifndef SHIENKIN_DMN_ANALYSIS_H
#define SHIENKIN_DMN_ANALYSIS_H

#include "shienkin/dmn.h"

struct dmn_analysis_limits {
  uint64_t steps;                                /* of each check of a table; 0: 50 million, about a second */
  uint32_t findings;                             /* of one kind for each table; 0: 50 */
};

/* One thing found. Codes:
 *   table_gap               no row matches and there is no default; advice under COLLECT, RULE ORDER and OUTPUT ORDER
 *   table_overlap           two rows match together under UNIQUE
 *   table_conflict          two rows match together under ANY and answer differently
 *   rule_masked             FIRST: rows above take everything the row matches
 *   rule_misleading         PRIORITY: rows of higher priority always win where the row matches
 *   rule_never              no values match the row at all
 *   rule_duplicate          two rows with the same conditions and answers
 *   rule_subsumed           a row says nothing that another does not say as well
 *   input_irrelevant        a column that changes no answer
 *   cell_outside_domain     a literal that is none of the allowed values
 *   cell_type               a literal that is not of the input's type
 *   output_outside_values   an answer that is none of the allowed outputs
 *   table_no_priorities     PRIORITY or OUTPUT ORDER without a list of output values
 *   requirement_unused      drawn, but its name does not occur in the logic
 *   analysis_incomplete     a limit was met: the table may have more than was found (advice: more advice)
 * and only as advice: rule_mergeable, policy_unique, policy_any, table_gap_possible, table_gap_null,
 * table_overlap_possible. */
struct dmn_analysis_finding {
  const char *code;
  bool advice;                                   /* worth a look, not wrong */
  uint32_t node;
  const struct dmn_table_view *table;            /* NULL: not about a table */
  uint32_t line;                                 /* in the document */
  const uint32_t *rows; uint32_t row_count;      /* 1-based, as printed */
  uint32_t input;                                /* 1-based column; 0: none in particular */
  const dmn_value *example; uint32_t example_count;      /* a value for each input column; count 0: none */
  str region;                                    /* where it holds: a unary test for each input that matters; "" */
  str ja, en;
};
struct dmn_analysis {
  const struct dmn_analysis_finding *findings; uint32_t count;   /* in the order of the document */
  uint32_t tables;                               /* how many were looked at */
};
/* The model's own nodes, imported ones left out. Faults of FEEL texts are dmn_model_faults(). limits may be NULL. */
struct dmn_analysis dmn_analyse(struct arena *a, const struct dmn_model *m, const struct dmn_analysis_limits *limits);

/* Test cases for a table (modified condition/decision coverage): for each cell that is not met by all values, two cases
 * that differ in that one input, in one of which the row decides, and whose answers differ. A cell with several
 * alternatives is one condition. */
struct dmn_mcdc_case {
  const dmn_value *inputs;                       /* for each input column */
  const uint32_t *rows; uint32_t row_count;      /* that match, 1-based */
};
#define DMN_MCDC_NONE UINT32_MAX
struct dmn_mcdc_condition {
  uint32_t row, input;                           /* 1-based */
  uint32_t met, unmet;                           /* cases; DMN_MCDC_NONE: no pair shows this condition by itself */
};
struct dmn_mcdc {
  const struct dmn_table_view *table;
  const struct dmn_mcdc_case *cases; uint32_t case_count;
  const struct dmn_mcdc_condition *conditions; uint32_t condition_count;
  bool complete;                                 /* false: cells that are not literal, or a limit, kept it from an answer */
};
/* The tables of a node, nested ones included: `count` of them. */
const struct dmn_mcdc *dmn_mcdc_cases(struct arena *a, const struct dmn_model *m, uint32_t node,
                                      const struct dmn_analysis_limits *limits, uint32_t *count);

#endif
