/* waiting: the proposals that wait for an approver, each with the first rule that keeps the asking person from approving it.
 * The database enforces the same rules when somebody approves; here they are only told beforehand. */
#include "core/people.h"
#include "decide/decide.h"
#include "shienkin/service/queue.h"

struct waiting {
  struct work *w;
  struct queue_row *claims;
  struct proposal_waiting_row *proposals;
  size_t claim_count, proposal_count;
  struct names names;
};

static struct json refusal_json(struct arena *a, str code) {
  if (!code.p) return json_of_null();
  const struct service_problem *problem = service_problem(code);
  assert(problem && "a rule of approval has its words");
  struct members m = members_in(a);
  members_add_str(&m, "code", code);
  members_add_str(&m, "ja", str_of(problem->message.ja));
  members_add_str(&m, "en", str_of(problem->message.en));
  return members_object(&m);
}

static result one_json(const struct waiting *v, const struct queue_row *claim, const struct proposal_waiting_row *p, struct json *out) {
  struct work *w = v->w;
  struct json decision;
  TRY(service__facts_read(w, p->decision, &decision));
  struct members m = members_in(w->arena);
  members_add_id(&m, "proposal", "proposal", p->id);
  members_add_id(&m, "claim", "claim", claim->id);
  members_add_str(&m, "number", claim->number);
  members_add_int(&m, "version", claim->version);
  members_add_str(&m, "facility_name", claim->facility_name);
  members_add_str(&m, "facility_key", claim->facility_key);
  members_add_int(&m, "holds", claim->holds);
  members_add_id(&m, "by", "person", p->by.person);
  members_add_str(&m, "name", service__name(&v->names, p->by.person));
  members_add_moment(&m, "at", p->by.at);
  members_add_bool(&m, "reconsideration", !uuid_none(p->reconsideration_id));
  members_add(&m, "decision", decision);
  members_add(&m, "refusal", refusal_json(w->arena, p->refusal));
  *out = members_object(&m);
  return RESULT_OK;
}

static result find(struct work *w, struct waiting *v) {
  static const str proposed[] = { STR_INIT("proposed") };
  const struct queue_wants wants = { .states = { proposed, COUNT_OF(proposed) } };
  TRY(store_queue_all(w->tx, &wants, (struct queue_place){ 0 }, false, PROPOSALS_WAITING_MOST, &v->claims, &v->claim_count));
  struct uuid *ids = ARENA_ARRAY(w->arena, struct uuid, v->claim_count);
  for (size_t i = 0; i < v->claim_count; i++) ids[i] = v->claims[i].id;
  TRY(store_proposal_waiting(w->tx, (struct uuids){ ids, v->claim_count }, w->caller->person, &v->proposals, &v->proposal_count));
  struct uuid *people = ARENA_ARRAY(w->arena, struct uuid, v->proposal_count);
  for (size_t i = 0; i < v->proposal_count; i++) people[i] = v->proposals[i].by.person;
  return service__names(w, people, v->proposal_count, &v->names);
}

/* A claim that an approver dealt with since the list was read waits no more: NULL. */
static const struct proposal_waiting_row *proposal_of(const struct waiting *v, struct uuid claim) {
  for (size_t i = 0; i < v->proposal_count; i++)
    if (uuid_eq(v->proposals[i].claim_id, claim)) return &v->proposals[i];
  return NULL;
}

static result list(struct work *w, const void *nothing) {
  (void)nothing;
  struct waiting v = { .w = w };
  TRY(find(w, &v));
  struct json *items = ARENA_ARRAY(w->arena, struct json, v.claim_count), *ids = ARENA_ARRAY(w->arena, struct json, v.claim_count);
  size_t n = 0;
  for (size_t i = 0; i < v.claim_count; i++) {
    const struct proposal_waiting_row *p = proposal_of(&v, v.claims[i].id);
    if (!p) continue;
    TRY(one_json(&v, &v.claims[i], p, &items[n]));
    ids[n++] = json_of_str(service__uuid_text(w->arena, v.claims[i].id));
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "claims", json_of_array(ids, n));
  TRY(service__event(
    w, &(struct event){ .type = "claim.listed", .subject = w->caller->account, .data = members_object(&data) }));
  members_add(&m, "proposals", json_of_array(items, n));
  return service__answer(w, 200, &m, 0);
}

result proposals_waiting(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                         struct service_answer *out) {
  static const struct use_case use_case = { .name = "proposals_waiting", .roles = SERVICE_APPROVER, .body = list, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
