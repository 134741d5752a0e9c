/* why_not: which facts stand between a claim and an item of it. A search over the rules by sets of growing size: each
 * candidate is one fact with one other value; a set whose facts together make the item payable is kept, and no set that
 * contains a kept one is tried. The rules alone say what is payable. */
#include "binding.h"

#define CANDIDATES_MOST 24
#define QUESTIONS_UNLESS_TOLD (1u << 16)

struct candidate {
  const char *pointer;
  enum why_kind kind;
  str with;
  void (*apply)(struct facts *f, const struct candidate *self);
  day on;
  enum tri tri;
  const struct closure *closures; uint32_t closure_count;
};

struct search {
  struct scheme_decider *decider;
  struct arena *arena;
  const struct facts *facts;
  enum item item;
  bool arrivals_only;
  struct candidate candidates[CANDIDATES_MOST]; uint32_t candidate_count;
  uint32_t masks[256]; uint32_t found;           /* kept sets, as bits over the candidates */
  uint32_t questions_left;
  bool complete;
  result ended;
};

/* ---- the facts that may arrive or change, one line each */

#define APPLY(name, member, value) \
  static void name(struct facts *f, const struct candidate *self) { f->member = (value); }
APPLY(apply_attack, incident.cyber_attack, self->tri)
APPLY(apply_insider, incident.insider_crime, self->tri)
APPLY(apply_occurred, leak.occurred, self->tri)
APPLY(apply_caused, leak.caused_by_attack, self->tri)
APPLY(apply_mhlw, filings.mhlw_on, self->on)
APPLY(apply_jma, filings.jma_on, self->on)
APPLY(apply_ppc, filings.ppc_on, self->on)
APPLY(apply_notified, filings.persons_notified_on, self->on)
APPLY(apply_measures, filings.ppc_prevention_measures, self->tri)

static void apply_closures(struct facts *f, const struct candidate *self) {
  f->closures = self->closures;
  f->closure_count = self->closure_count;
}

static void add_candidate(struct search *s, struct candidate c) {
  if (s->arrivals_only && c.kind == WHY_CHANGE) return;
  assert(s->candidate_count < CANDIDATES_MOST);
  s->candidates[s->candidate_count++] = c;
}

/* An unknown fact may arrive as yes or no; an asserted one may turn out to be the other. */
static void add_tri(struct search *s, const char *pointer, enum tri stands,
                    void (*apply)(struct facts *f, const struct candidate *self)) {
  static const enum tri values[] = { TRI_YES, TRI_NO };
  for (size_t i = 0; i < COUNT_OF(values); i++)
    if (values[i] != stands)
      add_candidate(s, (struct candidate){ .pointer = pointer, .kind = stands == TRI_UNKNOWN ? WHY_ARRIVAL : WHY_CHANGE,
                                           .with = values[i] == TRI_YES ? STR("true") : STR("false"), .apply = apply,
                                           .tri = values[i] });
}

static void add_filing(struct search *s, const char *pointer, day stands,
                       void (*apply)(struct facts *f, const struct candidate *self)) {
  day on = s->facts->incident.occurred_on;
  if (stands != DAY_NONE) return;
  str with = str_format(s->arena, "\"%.*s\"", STR_ARG(day_text(s->arena, on)));
  add_candidate(s, (struct candidate){ .pointer = pointer, .kind = WHY_ARRIVAL, .with = with, .apply = apply, .on = on });
}

/* A fortnight of closure from the day of the incident, beside what is filed: some day of it would count. */
static void add_closures(struct search *s) {
  const struct facts *f = s->facts;
  day from = f->incident.occurred_on, to = from + 13;
  if (f->closure_count >= CLOSURES_MOST) return;
  struct closure *closures = ARENA_ARRAY(s->arena, struct closure, (size_t)f->closure_count + 1);
  if (f->closure_count) memcpy(closures, f->closures, f->closure_count * sizeof *closures);
  closures[f->closure_count] = (struct closure){ from, to, SCOPE_ALL };
  str with = str_format(s->arena, "[{\"from\":\"%.*s\",\"scope\":\"all\",\"to\":\"%.*s\"}]", STR_ARG(day_text(s->arena, from)),
                        STR_ARG(day_text(s->arena, to)));
  add_candidate(s, (struct candidate){ .pointer = "/closures", .kind = WHY_CHANGE, .with = with, .apply = apply_closures,
                                       .closures = closures, .closure_count = f->closure_count + 1 });
}

static void add_candidates(struct search *s) {
  const struct facts *f = s->facts;
  add_closures(s);
  add_filing(s, "/filings/jma_on", f->filings.jma_on, apply_jma);
  add_filing(s, "/filings/mhlw_on", f->filings.mhlw_on, apply_mhlw);
  add_filing(s, "/filings/persons_notified_on", f->filings.persons_notified_on, apply_notified);
  add_filing(s, "/filings/ppc_on", f->filings.ppc_on, apply_ppc);
  if (f->filings.ppc_prevention_measures != TRI_YES)
    add_candidate(s, (struct candidate){ .pointer = "/filings/ppc_prevention_measures", .kind = WHY_ARRIVAL, .with = STR("true"),
                                         .apply = apply_measures, .tri = TRI_YES });
  add_tri(s, "/incident/cyber_attack", f->incident.cyber_attack, apply_attack);
  if (f->incident.insider_crime == TRI_UNKNOWN)  /* an asserted one is P7's own, and stands */
    add_candidate(s, (struct candidate){ .pointer = "/incident/insider_crime", .kind = WHY_ARRIVAL, .with = STR("false"),
                                         .apply = apply_insider, .tri = TRI_NO });
  add_tri(s, "/leak/caused_by_attack", f->leak.caused_by_attack, apply_caused);
  add_tri(s, "/leak/occurred", f->leak.occurred, apply_occurred);
}

/* ---- the search */

static bool holds_found(const struct search *s, uint32_t mask) {
  for (uint32_t i = 0; i < s->found; i++)
    if ((s->masks[i] & mask) == s->masks[i]) return true;
  return false;
}

/* Two values of one fact, or facts that contradict each other (P29), are no set. */
static bool is_possible(const struct search *s, uint32_t mask, const struct facts *f) {
  const char *last = NULL;
  for (uint32_t i = 0; i < s->candidate_count; i++) {
    if (!(mask & 1u << i)) continue;
    if (last && strcmp(last, s->candidates[i].pointer) == 0) return false;
    last = s->candidates[i].pointer;
  }
  return f->leak.caused_by_attack != TRI_YES || (f->incident.cyber_attack != TRI_NO && f->leak.occurred != TRI_NO);
}

static bool is_payable_with(struct search *s, uint32_t mask) {
  struct facts f = *s->facts;
  struct findings findings = findings_in(s->arena);
  struct decision d;
  for (uint32_t i = 0; i < s->candidate_count; i++)
    if (mask & 1u << i) s->candidates[i].apply(&f, &s->candidates[i]);
  if (!is_possible(s, mask, &f)) return false;
  if (s->questions_left == 0) {
    s->complete = false;
    return false;
  }
  s->questions_left--;
  s->ended = scheme_decide(s->decider, &f, &findings, &d);
  return s->ended == RESULT_OK && d.items[s->item].outcome == OUTCOME_PAYABLE;
}

/* Every set of `left` more candidates from `first` on, added to `mask`. */
static void try_sets(struct search *s, uint32_t mask, uint32_t first, uint32_t left) {
  if (s->ended != RESULT_OK || !s->complete) return;
  if (left == 0) {
    if (holds_found(s, mask) || !is_payable_with(s, mask)) return;
    if (s->found == COUNT_OF(s->masks)) s->complete = false;
    else s->masks[s->found++] = mask;
    return;
  }
  for (uint32_t i = first; i + left <= s->candidate_count; i++) try_sets(s, mask | 1u << i, i + 1, left - 1);
}

static struct why_set set_of(const struct search *s, uint32_t mask) {
  struct why_fact *facts = ARENA_ARRAY(s->arena, struct why_fact, WHY_FACTS_MOST);
  uint32_t count = 0;
  for (uint32_t i = 0; i < s->candidate_count; i++)
    if (mask & 1u << i)
      facts[count++] = (struct why_fact){ str_of(s->candidates[i].pointer), s->candidates[i].kind, s->candidates[i].with };
  return (struct why_set){ facts, count };
}

result scheme_why_not(struct scheme_decider *d, struct arena *a, const struct facts *facts, enum item item, bool arrivals_only,
                      uint32_t questions, struct why_not *out) {
  struct search *s = ARENA_NEW(a, struct search);
  *s = (struct search){ .decider = d, .arena = a, .facts = facts, .item = item, .arrivals_only = arrivals_only,
                        .questions_left = questions ? questions : QUESTIONS_UNLESS_TOLD, .complete = true };
  add_candidates(s);
  for (uint32_t size = 1; size <= WHY_FACTS_MOST; size++) try_sets(s, 0, 0, size);
  if (s->ended != RESULT_OK) return s->ended;
  struct why_set *sets = ARENA_ARRAY(a, struct why_set, s->found);
  for (uint32_t i = 0; i < s->found; i++) sets[i] = set_of(s, s->masks[i]);
  *out = (struct why_not){ sets, s->found, s->complete };
  return RESULT_OK;
}
