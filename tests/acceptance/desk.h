/* desk: the rules of the project, loaded, with a decider: what the tests of this room share. */
#ifndef DESK_H
#define DESK_H

#include "oracle.h"

struct desk {
  struct arena *arena;
  struct rule_sets sets;
  struct scheme_decider *decider;
  struct findings findings;
};
/* Loads rules/cyber-support; on any failure prints the findings and fails the test. */
void desk_open(struct desk *d);
void desk_close(struct desk *d);
/* Decides and fails the test on any refusal. */
struct decision desk_decide(struct desk *d, const struct facts *facts);
/* Fails the test with both decisions printed where they differ from the oracle's in anything that P22–P28 say. */
void desk_agree(struct desk *d, const struct facts *facts);

/* A sound claim: an A① member's own clinic, an attack on Monday 2026-05-11, notified to the JMA, no leak. */
struct facts desk_sound_facts(void);

/* Repeatable random facts from a seed, biased to edges: unknowns, holidays, overlaps, empty lists. */
struct facts desk_random_facts(struct arena *a, uint64_t *seed);

#endif
