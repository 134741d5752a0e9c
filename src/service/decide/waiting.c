/* waiting: the proposals that wait for an approver, each with the first rule that keeps the asking person from approving it.
 * The database enforces the same rules when somebody approves; here they are only told beforehand. */
#include "core/people.h"
#include "decide/decide.h"
#include "shienkin/service/queue.h"

struct waiting { struct work *w; struct queue_row *claims; struct proposal_row *proposals; size_t count; struct names names; };

static result refusal_json(struct work *w, const struct proposal_row *p, struct json *out) {
  str code;
  *out = json_of_null();
  TRY(store_proposal_refusal(w->tx, p->id, w->caller->person, &code));
  if (!code.p) return RESULT_OK;
  const struct service_problem *problem = service_problem(code);
  assert(problem && "a rule of approval has its words");
  struct members m = members_in(w->arena);
  members_add_str(&m, "code", code);
  members_add_str(&m, "ja", str_of(problem->message.ja));
  members_add_str(&m, "en", str_of(problem->message.en));
  *out = members_object(&m);
  return RESULT_OK;
}

static result one_json(const struct waiting *v, size_t i, struct json *out) {
  struct work *w = v->w;
  const struct queue_row *claim = &v->claims[i];
  const struct proposal_row *p = &v->proposals[i];
  struct json refusal, decision;
  TRY(refusal_json(w, p, &refusal));
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
  members_add(&m, "refusal", refusal);
  *out = members_object(&m);
  return RESULT_OK;
}

/* A claim that an approver dealt with since the list was read waits no more, and is left out. */
static result find(struct work *w, struct waiting *v) {
  static const str proposed[] = { STR_INIT("proposed") };
  struct queue_row *rows;
  size_t count;
  TRY(store_queue_all(w->tx, (struct strs){ proposed, 1 }, (struct queue_place){ 0 }, false, PROPOSALS_WAITING_MOST, &rows, &count));
  struct uuid *people = ARENA_ARRAY(w->arena, struct uuid, count);
  v->claims = ARENA_ARRAY(w->arena, struct queue_row, count);
  v->proposals = ARENA_ARRAY(w->arena, struct proposal_row, count);
  for (size_t i = 0; i < count; i++) {
    result r = store_proposal_open(w->tx, rows[i].id, &v->proposals[v->count]);
    if (r == RESULT_NOT_FOUND) continue;
    TRY(r);
    people[v->count] = v->proposals[v->count].by.person;
    v->claims[v->count++] = rows[i];
  }
  return service__names(w, people, v->count, &v->names);
}

static result list(struct work *w, const void *nothing) {
  (void)nothing;
  struct waiting v = { .w = w };
  TRY(find(w, &v));
  struct json *items = ARENA_ARRAY(w->arena, struct json, v.count), *ids = ARENA_ARRAY(w->arena, struct json, v.count);
  for (size_t i = 0; i < v.count; i++) {
    TRY(one_json(&v, i, &items[i]));
    ids[i] = json_of_str(service__uuid_text(w->arena, v.claims[i].id));
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "claims", json_of_array(ids, v.count));
  TRY(service__event(
    w, &(struct event){ .type = "claim.listed", .subject = w->caller->account, .data = members_object(&data) }));
  members_add(&m, "proposals", json_of_array(items, v.count));
  return service__answer(w, 200, &m, 0);
}

result proposals_waiting(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                         struct service_answer *out) {
  static const struct use_case use_case = { .name = "proposals_waiting", .roles = SERVICE_APPROVER, .body = list, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
