/* differences: standing decisions, decided again by a rule set that may become theirs. Nothing is changed: a decision made
 * stays with its file (P21), and whoever thinks that a claim deserves the new one amends it or has it reconsidered. */
#include "rules/codex.h"

struct comparing {
  struct work *w;
  struct codex *codex;
  struct rule_set_head_row *heads;      /* published ones, and this one */
  size_t head_count;
  struct json *differ, *unreadable;
  size_t differ_count, unreadable_count, compared;
  struct json *claims;                  /* ids of those that differ, for the event */
};

/* The heads as they would be once this one is confirmed. */
static result collect_heads(struct comparing *c) {
  struct rule_set_head_row *heads;
  size_t count;
  TRY(store_rule_set_published(c->w->tx, STR(RULES_SCHEME), &heads, &count));
  c->heads = ARENA_ARRAY(c->w->arena, struct rule_set_head_row, count + 1);
  memcpy(c->heads, heads, count * sizeof *heads);
  c->head_count = count;
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(heads[i].id, c->codex->rules.id)) return RESULT_OK;
  c->heads[count] = c->codex->rules;
  c->heads[count].published_at = tx_at(c->w->tx);
  c->head_count++;
  return RESULT_OK;
}

static struct json sum_json(struct work *w, str outcome, int64_t total) {
  struct members m = members_in(w->arena);
  members_add_str(&m, "outcome", outcome);
  members_add_int(&m, "total_yen", total);
  return members_object(&m);
}

/* The items whose outcome or amount is another one. */
static result differing_items(struct work *w, struct uuid decision, const struct decision *now, struct json *out, bool *differs) {
  struct decision_item_row *items;
  size_t count, found = 0;
  TRY(store_decision_items(w->tx, decision, &items, &count));
  struct json *codes = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++)
    for (int k = 0; k < ITEM_COUNT; k++) {
      if (!str_eq(items[i].item, scheme_item_code((enum item)k))) continue;
      if (items[i].amount_yen.amount != now->items[k].amount_yen ||
          !str_eq(items[i].outcome, scheme_outcome_code(now->items[k].outcome)))
        codes[found++] = json_of_str(items[i].item);
    }
  *out = json_of_array(codes, found);
  *differs = found > 0;
  return RESULT_OK;
}

static void note_unreadable(struct comparing *c, const struct decided_row *d, const struct findings *f) {
  struct members m = members_in(c->w->arena);
  members_add_id(&m, "claim", "claim", d->claim_id);
  members_add_str(&m, "number", d->number);
  members_add_str(&m, "code", f->count > 0 ? str_of(f->items[0].code) : STR("limit"));
  c->unreadable[c->unreadable_count++] = members_object(&m);
}

static result note_difference(struct comparing *c, const struct decided_row *d, const struct decision *now) {
  struct work *w = c->w;
  struct decision_row was;
  struct json items;
  bool differs;
  TRY(differing_items(w, d->decision_id, now, &items, &differs));
  TRY(store_decision_by_id(w->tx, d->decision_id, &was));
  if (!differs && str_eq(was.outcome, scheme_outcome_code(now->outcome))) return RESULT_OK;
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", d->claim_id);
  members_add_str(&m, "number", d->number);
  members_add_id(&m, "decision", "decision", d->decision_id);
  members_add(&m, "was", sum_json(w, was.outcome, was.total_yen.amount));
  members_add(&m, "now", sum_json(w, scheme_outcome_code(now->outcome), now->total_yen));
  members_add(&m, "items", items);
  c->claims[c->differ_count] = json_of_str(service__uuid_text(w->arena, d->claim_id));
  c->differ[c->differ_count++] = members_object(&m);
  return RESULT_OK;
}

static result compare(struct comparing *c, const struct decided_row *d) {
  struct work *w = c->w;
  if (uuid_eq(d->rule_set_id, c->codex->rules.id)) return RESULT_OK;
  struct fact_snapshot_row snapshot;
  TRY(store_fact_snapshot_by_id(w->tx, d->snapshot_id, &snapshot));
  struct findings f = findings_in(w->arena);
  struct facts facts;
  struct decision now;
  str claim_id;
  result r = scheme_facts_read(w->arena, snapshot.body, service__today(w), c->codex->national, &f, &facts, &claim_id);
  if (r == RESULT_OK) {
    const struct rule_set_head_row *head = rules__select(c->heads, c->head_count, facts.incident.occurred_on);
    if (!head || !uuid_eq(head->id, c->codex->rules.id)) return RESULT_OK;
    c->compared++;
    r = scheme_decide(c->codex->decider, &facts, &f, &now);
  }
  if (r == RESULT_REFUSED || r == RESULT_LIMIT) {
    note_unreadable(c, d, &f);
    return RESULT_OK;
  }
  TRY(r);
  return note_difference(c, d, &now);
}

/* Before all first days the earliest file decides: then older incidents are of interest too. */
static day first_of_interest(const struct comparing *c) {
  const struct rule_set_head_row *oldest = rules__select(c->heads, c->head_count, DAY_NONE + 1);
  return uuid_eq(oldest->id, c->codex->rules.id) ? day_from_civil(1, 1, 1) : c->codex->rules.first_day;
}

static result compare_batch(struct comparing *c, const struct decided_row *decided, size_t count) {
  struct arena *a = c->w->arena;
  c->differ = ARENA_ARRAY(a, struct json, count);
  c->unreadable = ARENA_ARRAY(a, struct json, count);
  c->claims = ARENA_ARRAY(a, struct json, count);
  for (size_t i = 0; i < count; i++) TRY(compare(c, &decided[i]));
  return RESULT_OK;
}

static result leave_event(struct comparing *c) {
  struct members data = members_in(c->w->arena);
  members_add_int(&data, "compared", (int64_t)c->compared);
  members_add(&data, "differ", json_of_array(c->claims, c->differ_count));
  return service__event(c->w, &(struct event){ .type = "rules.compared", .subject = c->codex->rules.id, .data = members_object(&data) });
}

static result differences(struct work *w, const void *request) {
  const struct rules_differences_request *r = request;
  struct comparing c = { .w = w };
  struct standing_progress_row progress;
  struct decided_row *decided;
  size_t count;
  int64_t limit = r->limit > 0 && r->limit < RULES_DIFFERENCES_MOST ? r->limit : RULES_DIFFERENCES_MOST;
  TRY(rules__codex_of(w, r->rule_set, (struct uuid){ { 0 } }, &c.codex));
  TRY(collect_heads(&c));
  day from = first_of_interest(&c);
  TRY(store_decision_standing(w->tx, from, r->after, limit, &decided, &count));
  TRY(compare_batch(&c, decided, count));
  TRY(store_decision_standing_progress(w->tx, from, count ? decided[count - 1].decision_id : r->after, &progress));
  TRY(leave_event(&c));
  rules__codex_close(c.codex);
  struct members m = members_in(w->arena);
  members_add_int(&m, "compared", (int64_t)c.compared);
  members_add(&m, "differ", json_of_array(c.differ, c.differ_count));
  members_add(&m, "unreadable", json_of_array(c.unreadable, c.unreadable_count));
  members_add_int(&m, "done", progress.done);
  members_add_int(&m, "all", progress.all);
  members_add_id(&m, "next", "decision", count && progress.done < progress.all ? decided[count - 1].decision_id : (struct uuid){ { 0 } });
  return service__answer(w, 200, &m, 0);
}

result rules_differences(struct service *s, const struct caller *c, struct arena *a, const struct rules_differences_request *r,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_differences", .roles = SERVICE_OWNER | SERVICE_AUDITOR,
                                            .body = differences, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
