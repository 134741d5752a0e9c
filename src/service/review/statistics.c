/* statistics: numbers over all claims; of nobody in particular, so that a look at them leaves no event. */
#include "review/review.h"
#include "shienkin/service/queue.h"

static struct json int_or_null(struct work *w, int64_t value) {
  return value == SQL_NONE ? json_of_null() : json_of_int(w->arena, value);
}

static result states(struct work *w, struct members *m) {
  struct state_statistics_row *rows;
  size_t count;
  TRY(store_statistics_states(w->tx, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(w->arena);
    members_add_str(&one, "state", rows[i].state);
    members_add_int(&one, "claims", rows[i].claims);
    members_add_int(&one, "decided_yen", rows[i].decided_yen);
    items[i] = members_object(&one);
  }
  members_add(m, "states", json_of_array(items, count));
  return RESULT_OK;
}

/* Rows come item by item, an item's outcomes together. */
static result items(struct work *w, struct members *m) {
  struct item_statistics_row *rows;
  size_t count, item_count = 0;
  TRY(store_statistics_items(w->tx, &rows, &count));
  struct json *told = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count;) {
    struct json *outcomes = ARENA_ARRAY(w->arena, struct json, count);
    size_t outcome_count = 0;
    int64_t amount_yen = 0;
    str item = rows[i].item;
    for (; i < count && str_eq(rows[i].item, item); i++) {
      struct members one = members_in(w->arena);
      members_add_str(&one, "outcome", rows[i].outcome);
      members_add_int(&one, "decisions", rows[i].decisions);
      members_add_int(&one, "amount_yen", rows[i].amount_yen);
      members_add_int(&one, "potential_yen", rows[i].potential_yen);
      outcomes[outcome_count++] = members_object(&one);
      amount_yen += rows[i].amount_yen;
    }
    struct members one = members_in(w->arena);
    members_add_str(&one, "item", item);
    members_add_int(&one, "amount_yen", amount_yen);
    members_add(&one, "outcomes", json_of_array(outcomes, outcome_count));
    told[item_count++] = members_object(&one);
  }
  members_add(m, "items", json_of_array(told, item_count));
  return RESULT_OK;
}

static result months(struct work *w, struct members *m, moment from) {
  struct month_row *rows;
  size_t count;
  TRY(store_statistics_months(w->tx, from, &rows, &count));
  struct json *told = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(w->arena);
    members_add_str(&one, "month", str_slice(day_text(w->arena, rows[i].month), 0, 7));
    members_add_int(&one, "submitted", rows[i].submitted);
    members_add_int(&one, "decided", rows[i].decided);
    members_add_int(&one, "decided_yen", rows[i].decided_yen);
    told[i] = members_object(&one);
  }
  members_add(m, "months", json_of_array(told, count));
  return RESULT_OK;
}

/* Those whose code the roster does not know come last, under null. */
static result prefectures(struct work *w, struct members *m) {
  struct prefecture_row *rows;
  size_t count;
  TRY(store_statistics_prefectures(w->tx, &rows, &count));
  struct json *told = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(w->arena);
    members_add_str(&one, "prefecture", rows[i].prefecture);
    members_add_int(&one, "claims", rows[i].claims);
    members_add_int(&one, "decided_yen", rows[i].decided_yen);
    told[i] = members_object(&one);
  }
  members_add(m, "prefectures", json_of_array(told, count));
  return RESULT_OK;
}

static result pace(struct work *w, struct members *m, moment from) {
  struct pace_row row;
  struct members time = members_in(w->arena), awaiting = members_in(w->arena);
  TRY(store_statistics_pace(w->tx, from, &row));
  members_add_int(&time, "decisions", row.decisions);
  members_add(&time, "median_s", int_or_null(w, row.median_s));
  members_add(&time, "p90_s", int_or_null(w, row.p90_s));
  members_add_int(&awaiting, "decisions", row.awaiting_filing);
  members_add_int(&awaiting, "of", row.standing);
  members_add(m, "time_to_decision", members_object(&time));
  members_add(m, "awaiting_filing", members_object(&awaiting));
  return RESULT_OK;
}

static result view(struct work *w, const void *request) {
  const struct statistics_request *r = request;
  struct civil today = day_civil(service__today(w));
  day from = r->from == DAY_NONE ? day_from_civil(today.year - 1, today.month, 1) : r->from;
  moment from_at = day_begins_in_japan(from);
  struct members m = members_in(w->arena);
  members_add_moment(&m, "as_of", tx_at(w->tx));
  members_add_day(&m, "from", from);
  TRY(states(w, &m));
  TRY(items(w, &m));
  TRY(months(w, &m, from_at));
  TRY(prefectures(w, &m));
  TRY(pace(w, &m, from_at));
  return service__answer(w, 200, &m, 0);
}

result statistics_view(struct service *s, const struct caller *c, struct arena *a, const struct statistics_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "statistics_view",
                                            .roles = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_CASHIER |
                                                     SERVICE_OWNER | SERVICE_AUDITOR,
                                            .body = view,
                                            .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
