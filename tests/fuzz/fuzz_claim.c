/* A claim from outside. Whatever the bytes: sound facts or findings; sound facts are decided without a fault, pay at most
 * what they might, and the document written is sound JSON. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "shienkin/scheme.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct { struct arena *arena; struct rule_sets sets; struct scheme_decider *decider; } desk;

static void open_rules(void *context) {
  struct findings f = findings_in(desk.arena);
  (void)context;
  result read = scheme_rules_read(desk.arena, SOURCE_DIR "/rules/cyber-support", &f, &desk.sets);
  assert(read == RESULT_OK);
}

static void open_desk(void) {
  if (desk.decider) return;
  desk.arena = arena_new(0);
  result opened = desk.arena ? arena_run(desk.arena, open_rules, NULL) : RESULT_NO_MEMORY;
  assert(opened == RESULT_OK);
  desk.decider = scheme_decider_new(&desk.sets, calendar_national());
  assert(desk.decider != NULL);
}

struct input { struct arena *arena; str bytes; };

static void check_decision(struct arena *a, const struct facts *facts) {
  struct findings f = findings_in(a);
  struct decision d;
  struct json written;
  struct buf out = buf_in(a);
  result decided = scheme_decide(desk.decider, facts, &f, &d);
  assert(decided == RESULT_OK);
  assert(d.total_yen <= d.potential_total_yen && d.closed_days <= d.claimed_days);
  scheme_decision_write(&out, facts->claim_id, &d, STR_NONE);
  result read = json_read(a, buf_str(&out), (struct json_limits){ 0, 0 }, &f, &written);
  assert(read == RESULT_OK);
  assert(scheme_explain(desk.decider, a, facts, &d, true).n > 0);
}

static void check_input(void *context) {
  const struct input *in = context;
  struct findings f = findings_in(in->arena);
  struct facts facts;
  str claim_id;
  result read = scheme_facts_read(in->arena, in->bytes, day_from_civil(2026, 11, 22), calendar_national(), &f, &facts, &claim_id);
  assert((read == RESULT_OK) == (f.count == 0));
  if (read == RESULT_OK) {
    check_decision(in->arena, &facts);
    return;
  }
  struct buf out = buf_in(in->arena);
  struct findings none = findings_in(in->arena);
  struct json written;
  scheme_refusal_write(&out, claim_id, &f);
  result again = json_read(in->arena, buf_str(&out), (struct json_limits){ (size_t)64 << 20, 0 }, &none, &written);
  assert(again == RESULT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  open_desk();
  struct input in = { arena_new((size_t)64 << 20), { (const char *)bytes, n } };
  if (!in.arena) return 0;
  result ran = arena_run(in.arena, check_input, &in);
  assert(ran == RESULT_OK || ran == RESULT_LIMIT || ran == RESULT_NO_MEMORY);
  arena_free(in.arena);
  return 0;
}
