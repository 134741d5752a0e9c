/* scheme: the support scheme in code, as far as code knows it: facts, their validation (policy.md P29), how facts reach
 * the rules, which rule file decides (P21), and what the rules answered. No amount, cap, date or condition of the scheme
 * stands here; those are data in rules/. Pure: no clock, no database; files only through scheme_rules_read().
 *
 * facts (one claim)  --validate-->  inputs of a DMN model  --evaluate-->  decision */
#ifndef SHIENKIN_SCHEME_H
#define SHIENKIN_SCHEME_H

#include "shienkin/codec.h"
#include "shienkin/dmn.h"

/* ------------------------------------------------------------------ facts: claim.schema.json as one struct */
enum tri { TRI_UNKNOWN, TRI_NO, TRI_YES };                      /* P3: absent and null are unknown */

/* Words of the contract, in the order of claim.schema.json; the enums index them. */
enum attack_type { ATTACK_RANSOMWARE, ATTACK_MALWARE, ATTACK_UNAUTHORIZED_ACCESS, ATTACK_DENIAL_OF_SERVICE,
                   ATTACK_REMOTE_CONTROL_SCAM, ATTACK_OTHER, ATTACK_UNKNOWN };
enum member_class { CLASS_A1, CLASS_A2, CLASS_A2B, CLASS_A2C, CLASS_B, CLASS_C, CLASS_NONE };
enum member_relation { RELATION_OPENS, RELATION_MANAGES, RELATION_NONE };
enum facility_kind { FACILITY_HOSPITAL, FACILITY_CLINIC, FACILITY_SHARED_USE, FACILITY_CARE_SERVICE };
enum closure_scope { SCOPE_ALL, SCOPE_NEW_PATIENTS, SCOPE_PARTIAL };

#define CLOSURES_MOST 100
#define CLOSURE_DAYS_MOST 366
#define EXTRA_DATES_MOST 100

struct closure { day from, to; enum closure_scope scope; };
struct facts {
  str claim_id;                                                 /* p = NULL: absent */
  struct {
    day occurred_on, discovered_on;                             /* DAY_NONE: unknown */
    enum tri cyber_attack, insider_crime;
    enum attack_type attack_type;
    str summary;
  } incident;
  struct { str number; enum member_class class; enum member_relation relation; } member;
  struct {
    str code, name;
    enum facility_kind kind;
    uint8_t closed_weekdays;                                    /* bit (weekday - 1), Monday first */
    bool closed_on_holidays;
    const day *extra_open, *extra_closed; uint32_t extra_open_count, extra_closed_count;
  } facility;
  const struct closure *closures; uint32_t closure_count;
  struct { enum tri occurred, caused_by_attack; int64_t persons; } leak;     /* persons -1: unknown */
  struct { day mhlw_on, jma_on, ppc_on, persons_notified_on; enum tri ppc_prevention_measures; } filings;
};

/* The contract as a declared spec; scheme_claim_spec() printed as a schema equals contract/claim.schema.json in effect. */
const struct spec *scheme_claim_spec(void);

/* Reads and validates one claim document. `today` judges `in_future`; the calendar's horizon judges `beyond_calendar`.
 * RESULT_REFUSED: every finding of P29, sorted; *claim_id is then what may be echoed (p = NULL: nothing). */
MUST_USE result scheme_facts_read(struct arena *a, str bytes, day today, const struct calendar *national,
                                  struct findings *f, struct facts *out, str *claim_id);
MUST_USE result scheme_facts_check(struct arena *a, const struct json *document, day today, const struct calendar *national,
                                   struct findings *f, struct facts *out, str *claim_id);

/* The refusal document (refusal.schema.json), compact, without a line end. */
void scheme_refusal_write(struct buf *out, str claim_id, const struct findings *f);

/* ------------------------------------------------------------------ rule files */
struct rule_set {
  str path;                                                     /* where it was read from, for messages */
  str bytes;
  str scheme, id, version;
  day first_day, published_on;                                  /* published_on DAY_NONE: a draft, which decides nothing */
  char sha256[65];
  struct dmn_model *model;
  struct scheme_binding *binding;                               /* which node and entry takes which fact */
};
struct rule_sets { struct rule_set *items; size_t count; };

/* Loads every .dmn below dir/<any>/ (one level of folders per first day). All problems are findings that name the file.
 * At least one file, but maybe drafts alone. The sets own their models: scheme_rules_free(). */
MUST_USE result scheme_rules_read(struct arena *a, const char *dir, struct findings *f, struct rule_sets *out);
/* One file's bytes. */
MUST_USE result scheme_rule_set_load(struct arena *a, str path, str bytes, struct findings *f, struct rule_set *out);
void scheme_rules_free(struct rule_sets *sets);
/* P21, over the published files; NULL: none is published. */
const struct rule_set *scheme_rules_select(const struct rule_sets *sets, day occurred_on);

/* ------------------------------------------------------------------ decisions: decision.schema.json as one struct */
enum item { ITEM_ATTACK, ITEM_CLOSURE, ITEM_LEAK_BY_ATTACK, ITEM_LEAK_OTHER, ITEM_COUNT };
enum outcome { OUTCOME_PAYABLE, OUTCOME_PARTLY_PAYABLE, OUTCOME_AWAITING_FILING, OUTCOME_UNDETERMINED, OUTCOME_NOT_PAYABLE,
               OUTCOME_NOT_APPLICABLE, OUTCOME_COUNT };
struct words { const str *items; uint32_t count; };
struct item_decision {
  enum outcome outcome;
  int64_t amount_yen, potential_yen;
  struct words reasons, missing, any_of, clauses;
};
struct decision {
  enum outcome outcome;
  int64_t total_yen, potential_total_yen, claimed_days, closed_days;
  struct words reasons;
  struct item_decision items[ITEM_COUNT];
  const struct rule_set *rules;
  const struct calendar *calendar;
};
str scheme_item_code(enum item i);                              /* "attack" */
str scheme_outcome_code(enum outcome o);                        /* "payable" */

/* One thread's decider: holds a session per rule set. */
struct scheme_decider;
struct scheme_decider *scheme_decider_new(const struct rule_sets *sets, const struct calendar *national);   /* NULL: no memory */
void scheme_decider_free(struct scheme_decider *d);
void scheme_decider_trace(struct scheme_decider *d, bool on);
/* What it points to lives until the next call on this decider. RESULT_REFUSED with code `rules_fault` when any evaluated
 * node had a fault or the model's answer has not the shape of the contract: a broken rule never looks like a pending claim. */
MUST_USE result scheme_decide(struct scheme_decider *d, const struct facts *facts, struct findings *f, struct decision *out);
/* The session of the last decision: trace, further decisions of the same model over the same facts. */
struct dmn_session *scheme_decider_session(struct scheme_decider *d);

/* The decision document, compact, without a line end; extra (may be n = 0) is `,"name":value…` put before the closing brace. */
void scheme_decision_write(struct buf *out, str claim_id, const struct decision *decision, str extra);

/* Every combination of yes, no and unknown facts (with filings, bars and closures that do or do not count). Facts numbered
 * from 0; what they point to is static. Combinations that validation would refuse as contradictions are among them. */
uint64_t scheme_grid_size(void);
struct facts scheme_grid_facts(uint64_t index);

/* ------------------------------------------------------------------ scenario tables (rules/README.md)
 * A base claim and cases that change it, run by the rules that they tell about. */
struct case_difference { str where, expected, got; };           /* a pointer into the decision, or a further answer's name */
struct case_result {
  str name, name_en;                                            /* n = 0: it has none */
  struct words clauses;
  bool held;
  const char *shape;                                            /* what a case may hold, where this one is none; else NULL */
  struct findings refused;                                      /* the claim is none, or the rules failed over it */
  const struct case_difference *differences; uint32_t difference_count;
};
struct case_table { str about; const struct case_result *items; uint32_t count, failed; };
#define CASE_TABLE_BYTES_MOST (4u << 20)
/* Every case of one table, in the arena. RESULT_REFUSED: it is no table. The decider's last decision is another one afterwards. */
MUST_USE result scheme_cases_run(struct scheme_decider *d, const struct rule_set *rules, const struct calendar *national,
                                 struct arena *a, str bytes, struct findings *f, struct case_table *out);

/* ------------------------------------------------------------------ explanations */
/* What the decision says, in words: which clause gave which yen, which closure days did not count and why, what is missing,
 * which desk helps. Lines of text in one language. Evaluates further decisions of the model in the decider's session. */
str scheme_explain(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision,
                   bool japanese);

/* The words for an item and for a fact of the contract by its pointer; a pointer without words is given back. */
str scheme_item_name(enum item i, bool japanese);
str scheme_fact_name(str pointer, bool japanese);
/* The same for codes of outcomes and reasons, and for what the model says of a day (判定: "算入", "定休日", …). */
str scheme_outcome_name(str code, bool japanese);
str scheme_reason_name(str code, bool japanese);
str scheme_day_name(str verdict, bool japanese);

/* Of the decider's last decision, by further decisions of the same file: each day that was claimed with what the rules say of
 * it (休診日の内訳), [{day, verdict, counts, ja, en}]; the desks that can help (案内先), [{code, name_ja, name_en, telephone,
 * hours_ja, hours_en, for_ja, for_en}], null where the model has none. Empty where the file does not answer. */
struct json scheme_days(struct scheme_decider *d, struct arena *a, const struct decision *decision);
/* The telephone of the desk that helps with the incident itself, on every page, notice and warning; the rules name it too. */
#define SCHEME_SECURITY_DESK "0120-179-066"
struct json scheme_desks(struct scheme_decider *d, struct arena *a, const struct decision *decision);

/* ------------------------------------------------------------------ why not
 * For an item that is not payable: the smallest sets of facts whose arrival or change would make it payable, found by asking
 * the rules, not written by hand. An arrival is a fact that is unknown or a filing that is absent; a change is of a fact
 * that somebody asserted. Facts behind P4–P7 that somebody asserted (class, relation, kind, the day, an insider's crime)
 * are never among them. */
enum why_kind { WHY_ARRIVAL, WHY_CHANGE };
struct why_fact { str pointer; enum why_kind kind; str with; };  /* with: the JSON value that was tried */
struct why_set { const struct why_fact *facts; uint32_t count; };
struct why_not { const struct why_set *sets; uint32_t count; bool complete; };      /* complete: no smaller search was cut off */
#define WHY_FACTS_MOST 6                                        /* the largest set that is looked for */
/* Asks the rules at most `questions` times (0: 65,536). The decider's last decision is another one afterwards.
 * Sets are sorted by size, then by pointers; none is a superset of another. */
MUST_USE result scheme_why_not(struct scheme_decider *d, struct arena *a, const struct facts *facts, enum item item,
                               bool arrivals_only, uint32_t questions, struct why_not *out);

#endif
