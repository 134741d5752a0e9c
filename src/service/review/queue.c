/* queue: claims in the order they came, for those who work on them: filtered, searched, each with its age in working days. */
#include "shienkin/service/queue.h"
#include "core/people.h"
#include "review/review.h"

enum { LOOKERS = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER | SERVICE_AUDITOR };

static const str open_states[] = { STR_INIT("submitted"), STR_INIT("in_review"), STR_INIT("info_requested"),
                                   STR_INIT("dormant"),   STR_INIT("proposed"),  STR_INIT("reconsideration") };
static const str ended_states[] = { STR_INIT("decided"), STR_INIT("withdrawn") };

static bool is_one_of(str state, const str *states, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(state, states[i])) return true;
  return false;
}

/* ---- what is asked */

/* All that are open where none is named; a name twice is one. */
static result states_of(struct work *w, const struct queue_request *r, struct strs *out) {
  if (r->states.count == 0) {
    *out = (struct strs){ open_states, COUNT_OF(open_states) };
    return RESULT_OK;
  }
  str *kept = ARENA_ARRAY(w->arena, str, r->states.count);
  size_t count = 0;
  for (size_t i = 0; i < r->states.count; i++) {
    str state = r->states.items[i];
    if (!is_one_of(state, open_states, COUNT_OF(open_states)) &&
        !is_one_of(state, ended_states, COUNT_OF(ended_states)))
      return REFUSE(w, STR("/state"), "queue_state", state);
    if (!is_one_of(state, kept, count)) kept[count++] = state;
  }
  *out = (struct strs){ kept, count };
  return RESULT_OK;
}

/* Those of `states` that are among the others. */
static struct strs both(struct arena *a, struct strs states, const str *others, size_t count) {
  str *kept = ARENA_ARRAY(a, str, states.count);
  size_t n = 0;
  for (size_t i = 0; i < states.count; i++)
    if (is_one_of(states.items[i], others, count)) kept[n++] = states.items[i];
  return (struct strs){ kept, n };
}

/* The first moment of the day after the last on which a claim may have come to be due, at the latest, so many working days after
 * `on`. Where the calendar ends before, nothing is due: nothing came before 1970. */
static moment due_if_before(struct work *w, day on, int64_t within) {
  const struct calendar *national = service__national(w->service);
  day came = on;
  int64_t left = QUEUE_DUE_WORKING_DAYS - within;
  while (left > 0 && calendar_covers(national, came)) left -= calendar_open(national, CALENDAR_ADMINISTRATION, came--);
  return left > 0 ? 1 : day_begins_in_japan(came + 1);
}

static result wants_of(struct work *w, const struct queue_request *r, struct queue_wants *out) {
  static const str in_review[] = { STR_INIT("in_review") };
  bool late = r->due == QUEUE_DUE_LATE;
  *out = (struct queue_wants){ .answered = r->answered };
  TRY(states_of(w, r, &out->states));
  if (r->answered) out->states = both(w->arena, out->states, in_review, COUNT_OF(in_review));
  if (r->due == QUEUE_DUE_WHENEVER) return RESULT_OK;
  assert(late || (r->within >= 0 && r->within <= QUEUE_DUE_WORKING_DAYS));
  out->states = both(w->arena, out->states, open_states, COUNT_OF(open_states));
  out->came_before = due_if_before(w, service__today(w) - late, late ? 0 : r->within);
  return RESULT_OK;
}

/* A reading has kana in it and a number digits: what cannot be one is not looked for there. */
static void look_for(struct work *w, str words, struct queue_search *search) {
  bool kana = false, digit = false;
  for (size_t at = 0; at < words.n;) {
    uint32_t c = utf8_next(words, &at);
    kana = kana || (c >= 0x3040 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f);
    digit = digit || (c >= '0' && c <= '9');
  }
  search->key = words;
  search->like = service__like(w->arena, words);
  if (kana) search->kana_like = search->like;
  if (digit) search->number_like = search->like;
}

static result find(struct work *w, const struct queue_request *r, int64_t limit, struct queue_row **rows,
                   size_t *count) {
  struct queue_wants wants;
  struct queue_place after = { r->after_at, r->after };
  struct uuid person = uuid_none(r->person) ? w->caller->person : r->person;
  str words = str_trim(r->words);
  TRY(wants_of(w, r, &wants));
  if (utf8_count(words) > QUEUE_WORDS_MOST)
    return REFUSE(w, STR("/words"), "text_too_long", str_format(w->arena, "%d", QUEUE_WORDS_MOST));
  if (words.n > 0 || !uuid_none(r->facility) || !uuid_none(r->member)) {
    struct queue_search search = {
      .wants = wants, .facility_id = r->facility, .member_id = r->member, .unassigned = r->assigned == QUEUE_NOBODY
    };
    if (words.n > 0) look_for(w, words, &search);
    if (r->assigned == QUEUE_PERSON) search.person_id = person;
    return store_queue_search(w->tx, &search, after, r->newest_first, limit, rows, count);
  }
  switch (r->assigned) {
    case QUEUE_NOBODY: return store_queue_unassigned(w->tx, &wants, after, r->newest_first, limit, rows, count);
    case QUEUE_PERSON: return store_queue_assigned(w->tx, &wants, person, after, r->newest_first, limit, rows, count);
    default: return store_queue_all(w->tx, &wants, after, r->newest_first, limit, rows, count);
  }
}

/* ---- age */

/* The nth day after `from` on which the administration works; DAY_NONE where the calendar does not reach so far. */
static day working_day_after(const struct calendar *national, day from, int64_t n) {
  day d = from;
  while (n-- > 0) {
    d = calendar_next_open(national, CALENDAR_ADMINISTRATION, d + 1);
    if (!calendar_covers(national, d)) return DAY_NONE;
  }
  return d;
}

static int64_t working_days(const struct calendar *national, day from, day to) {
  int64_t n = 0;
  for (day d = from + 1; d <= to; d++) n += calendar_open(national, CALENDAR_ADMINISTRATION, d);
  return n;
}

static void add_age(struct work *w, struct members *m, const struct queue_row *row) {
  const struct calendar *national = service__national(w->service);
  day came = day_in_japan(row->submitted_at), today = service__today(w);
  day due = calendar_covers(national, came) ? working_day_after(national, came, QUEUE_DUE_WORKING_DAYS) : DAY_NONE;
  bool ended = is_one_of(row->state, ended_states, COUNT_OF(ended_states));
  bool counts = !ended && calendar_covers(national, came) && calendar_covers(national, today);
  members_add_day(m, "due_on", due);
  members_add(m, "working_days", counts ? json_of_int(w->arena, working_days(national, came, today)) : json_of_null());
  members_add(m, "late", counts && due != DAY_NONE ? json_of_bool(today > due) : json_of_null());
}

/* ---- the answer */

static struct json row_json(struct work *w, const struct queue_row *row) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", row->id);
  members_add_str(&m, "number", row->number);
  members_add_str(&m, "state", row->state);
  members_add_int(&m, "version", row->version);
  members_add_str(&m, "channel", row->channel);
  members_add_id(&m, "facility", "facility", row->facility_id);
  members_add_str(&m, "facility_key", row->facility_key);
  members_add_str(&m, "facility_name", row->facility_name);
  members_add_id(&m, "member", "member", row->member_id);
  members_add_str(&m, "member_number", row->member_number);
  members_add_day(&m, "occurred_on", row->occurred_on);
  members_add_moment(&m, "submitted_at", row->submitted_at);
  members_add_moment(&m, "moved_at", row->moved_at);
  members_add_id(&m, "assigned_to", "person", row->assigned_to);
  members_add_str(&m, "assigned_name", row->assigned_name);
  members_add_int(&m, "holds", row->holds);
  add_age(w, &m, row);
  return members_object(&m);
}

static struct json place_json(struct work *w, const struct queue_row *last) {
  struct members m = members_in(w->arena);
  members_add_int(&m, "at_us", last->submitted_at);
  members_add_id(&m, "claim", "claim", last->id);
  return members_object(&m);
}

static result list(struct work *w, const void *request) {
  const struct queue_request *r = request;
  struct queue_row *rows;
  size_t count;
  int64_t limit = r->limit < 1 ? 1 : r->limit > QUEUE_MOST ? QUEUE_MOST : r->limit;
  TRY(find(w, r, limit + 1, &rows, &count));
  size_t shown = count > (size_t)limit ? (size_t)limit : count;
  struct json *items = ARENA_ARRAY(w->arena, struct json, shown), *ids = ARENA_ARRAY(w->arena, struct json, shown);
  for (size_t i = 0; i < shown; i++) {
    items[i] = row_json(w, &rows[i]);
    ids[i] = json_of_str(service__uuid_text(w->arena, rows[i].id));
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "claims", json_of_array(ids, shown));
  TRY(service__event(
      w, &(struct event){ .type = "claim.listed", .subject = w->caller->account, .data = members_object(&data) }));
  members_add(&m, "claims", json_of_array(items, shown));
  members_add(&m, "next", count > shown ? place_json(w, &rows[shown - 1]) : json_of_null());
  return service__answer(w, 200, &m, 0);
}

result queue_list(struct service *s, const struct caller *c, struct arena *a, const struct queue_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "queue_list", .roles = LOOKERS, .body = list, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- counts: no personal data, so no event */

static result counts(struct work *w, const void *nothing) {
  (void)nothing;
  struct claim_count_row *rows;
  struct queue_share_row shares;
  result shared;
  size_t count, shown = 0;
  store_ask_queue_shares(w->tx, w->caller->person, &shares, &shared);
  TRY(store_claim_counts(w->tx, &rows, &count));
  TRY(shared);
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (str_eq(rows[i].state, STR("draft")) || str_eq(rows[i].state, STR("erased")))
      continue; /* their writers' alone */
    struct members m = members_in(w->arena);
    members_add_str(&m, "state", rows[i].state);
    members_add_int(&m, "claims", rows[i].count);
    items[shown++] = members_object(&m);
  }
  struct queue_waiting_row waiting;
  TRY(store_queue_waiting(w->tx, w->caller->person, due_if_before(w, service__today(w), QUEUE_SOON_WORKING_DAYS), &waiting));
  struct members m = members_in(w->arena);
  members_add(&m, "states", json_of_array(items, shown));
  members_add_int(&m, "mine", shares.mine);
  members_add_int(&m, "unassigned", shares.unassigned);
  members_add_int(&m, "due", waiting.due);
  members_add_int(&m, "answered", waiting.answered);
  return service__answer(w, 200, &m, 0);
}

result queue_counts(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                    struct service_answer *out) {
  static const struct use_case use_case = { .name = "queue_counts", .roles = LOOKERS, .body = counts, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
