/* entitle: P20's arithmetic over history, and nothing else. The incident's row is locked, so nobody adds between; at commit
 * the database proves that lines less recoveries are what the decision says, item by item. */
#include "decide/decide.h"

struct entitling {
  struct work *w;
  const struct decision_row *decision;
  struct entitlement_line_row *lines;
  struct recovery_row *recoveries;
  size_t line_count, recovery_count;
  struct uuid *cancelled_lines, *cancelled_recoveries;
  struct entitled *out;
};

static void open_line(struct entitling *e, enum item item, int64_t amount) {
  struct entitlement_line_row row = {
    .id = tx_new_id(e->w->tx), .claim_id = e->decision->claim_id, .incident_id = e->decision->incident_id,
    .item = scheme_item_code(item), .decision_id = e->decision->id, .amount_yen = { amount },
  };
  store_entitlement_line_insert(e->w->tx, &row);
  service__wrote(e->w, "entitlement_line", row.id, STR_NONE);
  e->out->lines[item] = row.id;
  e->out->line_yen[item] = amount;
}

static void open_recovery(struct entitling *e, enum item item, int64_t amount) {
  struct recovery_row row = {
    .id = tx_new_id(e->w->tx), .claim_id = e->decision->claim_id, .incident_id = e->decision->incident_id,
    .item = scheme_item_code(item), .decision_id = e->decision->id, .amount_yen = { amount },
  };
  store_recovery_insert(e->w->tx, &row);
  service__wrote(e->w, "recovery", row.id, STR_NONE);
  e->out->recoveries[item] = row.id;
  e->out->recovery_yen[item] = amount;
}

/* A rise: recoveries that fit into it whole are needless, newest first; what is left of it is a new line. */
static void raise_item(struct entitling *e, enum item item, int64_t delta) {
  for (size_t i = e->recovery_count; i-- > 0 && delta > 0;) {
    const struct recovery_row *r = &e->recoveries[i];
    if (r->cancelled || !str_eq(r->item, scheme_item_code(item)) || r->amount_yen.amount > delta) continue;
    store_recovery_cancel(e->w->tx, r->id, r->incident_id, r->item, e->decision->id);
    service__wrote(e->w, "recovery_cancellation", r->id, STR_NONE);
    e->cancelled_recoveries[e->out->cancelled_recoveries.count++] = r->id;
    delta -= r->amount_yen.amount;
  }
  if (delta > 0) open_line(e, item, delta);
}

/* A fall: lines that are still ours to cancel go first, newest first. A line goes whole; where more went than was due, the
 * difference is owed anew; where less, it is a recovery. */
static void lower_item(struct entitling *e, enum item item, int64_t shortfall) {
  for (size_t i = e->line_count; i-- > 0 && shortfall > 0;) {
    const struct entitlement_line_row *l = &e->lines[i];
    bool cancellable = str_eq(l->state, STR("payable")) || str_eq(l->state, STR("held"));
    if (!cancellable || !str_eq(l->item, scheme_item_code(item))) continue;
    store_entitlement_cancel(e->w->tx, l->id, l->incident_id, l->item, e->decision->id);
    service__wrote(e->w, "entitlement_cancellation", l->id, STR_NONE);
    e->cancelled_lines[e->out->cancelled_lines.count++] = l->id;
    shortfall -= l->amount_yen.amount;
  }
  if (shortfall < 0) open_line(e, item, -shortfall);
  if (shortfall > 0) open_recovery(e, item, shortfall);
}

static int64_t owed_before(const struct entitlement_sum_row *sums, size_t count, enum item item) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(sums[i].item, scheme_item_code(item))) return sums[i].lines_yen - sums[i].recoveries_yen;
  assert(!"an item that the database does not know");
  return 0;
}

result decide__entitle(struct work *w, const struct decision_row *decision, const struct verdict *v, struct entitled *out) {
  struct entitling e = { .w = w, .decision = decision, .out = out };
  struct entitlement_sum_row *sums;
  size_t sum_count;
  *out = (struct entitled){ .cancelled_lines = { NULL, 0 } };
  TRY(store_entitlement_sums(w->tx, decision->incident_id, &sums, &sum_count));
  TRY(store_entitlement_lines(w->tx, decision->incident_id, &e.lines, &e.line_count));
  TRY(store_recoveries(w->tx, decision->incident_id, &e.recoveries, &e.recovery_count));
  out->cancelled_lines.items = e.cancelled_lines = ARENA_ARRAY(w->arena, struct uuid, e.line_count);
  out->cancelled_recoveries.items = e.cancelled_recoveries = ARENA_ARRAY(w->arena, struct uuid, e.recovery_count);
  for (int i = 0; i < ITEM_COUNT; i++) {
    int64_t delta = v->amounts_yen[i] - owed_before(sums, sum_count, (enum item)i);
    if (delta > 0) raise_item(&e, (enum item)i, delta);
    if (delta < 0) lower_item(&e, (enum item)i, -delta);
  }
  return RESULT_OK;
}
