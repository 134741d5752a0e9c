/* assess: a claim's facts as they stand, and what the rules say of them.
 *
 * A fact's base value is the claimant's, or the roster's on the incident's day as known now. The check that stands for that
 * very value (claim, key, hash) may put another in its place. Corrections are applied as one set and validated as one. */
#ifndef SHIENKIN_SERVICE_ASSESS_H
#define SHIENKIN_SERVICE_ASSESS_H

#include "core/facts.h"
#include "rules/codex.h"

struct case_fact {
  const struct fact *fact;
  struct json base;                     /* null: unknown */
  str canonical;                        /* of base */
  struct sha256 sha256;                 /* of canonical: what checks bind to */
  bool from_roster;                     /* the roster says so: it needs no other proof */
  const struct fact_check_row *last;    /* of the chain for this value, reopened ones too; NULL: none */
  const struct fact_check_row *check;   /* the one that stands; NULL: none */
  struct json stands;                   /* with the check applied */
};
struct case_file {
  struct claim_row claim;
  struct incident_row incident;
  struct facts_version_row asserted;
  struct json document;                 /* asserted facts as a document */
  struct roster_on_day roster;
  struct case_fact *facts;              /* in the order of the table, without private ones */
  size_t fact_count;
  bool with_checks;                     /* clinics see none */
};

/* The file of a claim that was read or locked before. */
MUST_USE result assess__open(struct work *w, const struct claim_row *claim, const struct incident_row *incident, bool with_checks,
                             struct case_file *out);
struct case_fact *assess__fact(struct case_file *c, str key);           /* NULL: there is none */
/* A check under consideration in place of what stands; call assess__apply() afterwards. */
MUST_USE result assess__apply(struct work *w, struct case_file *c);
/* The document that the rules see: canonical JSON. Findings: member_unresolved and P29's. `lenient`: what the roster does
 * not know is no finding. The calendar is the one that judges days; NULL: the service's. */
MUST_USE result assess__document(struct work *w, const struct case_file *c, const struct calendar *national, bool lenient,
                                 str *canonical, struct facts *read);

struct verdict {
  struct rule_set_head_row rules;
  struct uuid calendar_id;
  struct sha256 calendar_sha256;
  struct days holidays;
  str body;                             /* the snapshot: what the rules saw */
  struct facts facts;
  str decision, trace;                  /* canonical */
  struct sha256 body_sha256, decision_sha256, trace_sha256;
  struct json document;                 /* the decision */
  enum outcome outcome;
  int64_t total_yen;
  enum outcome outcomes[ITEM_COUNT];
  int64_t amounts_yen[ITEM_COUNT];
  struct strs to_prove;                 /* 確認すべき事実, sorted */
};
struct explanation {                    /* asked of the same decider, after the verdict */
  str ja, en;
  struct json why_not;                  /* [{item, sets}] */
  struct json days, desks;              /* scheme_days(), scheme_desks(); only where arrivals alone are asked for */
  uint32_t questions_most;              /* given: how often the rules are asked for one item; 0: as for the staff */
};
/* Decides. `share` holds the rule set until the transaction ends. `explain` may be NULL. */
MUST_USE result assess__decide(struct work *w, struct case_file *c, bool share, bool arrivals_only, struct explanation *explain,
                               struct verdict *out);
/* The same over facts that were read and found in order, `body` being their canonical document: arrivals only. */
MUST_USE result assess__decide_facts(struct work *w, str body, const struct facts *facts, struct explanation *explain,
                                     struct verdict *out);
/* What was decided over a snapshot, computed again by that rule set and the snapshot's own calendar. Findings go to `f` and make
 * no answer of the use case. */
MUST_USE result assess__decide_again(struct work *w, const struct fact_snapshot_row *seen, struct uuid rule_set, struct findings *f,
                                     struct verdict *out);
/* Must this fact be proved, and is it not? */
bool assess__must_prove(const struct verdict *v, const struct case_fact *f);
bool assess__is_open(const struct verdict *v, const struct case_fact *f);
/* 422 facts_open for every one that is. */
MUST_USE result assess__expect_proved(struct work *w, const struct case_file *c, const struct verdict *v);
/* No item is undetermined, or at least one is payable: only then is there something to decide. */
bool assess__is_settled(const struct verdict *v);
/* The trace as a document. */
MUST_USE result assess__trace(struct work *w, const struct verdict *v, struct json *out);
/* The snapshot's row and its checks. */
struct uuid assess__keep(struct work *w, const struct case_file *c, const struct verdict *v);

#endif
