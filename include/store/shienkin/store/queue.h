/* queue: what the staff and auditors look through: claims in the order they came, numbers over all of them, the trail.
 *
 * Lists go by keys that never change (submitted_at, id; seq), so that going on after a row neither skips nor repeats one that
 * stayed, whatever moves meanwhile. Staff and auditor only: their policies are constant, so indexes serve them. */
#ifndef SHIENKIN_STORE_QUEUE_H
#define SHIENKIN_STORE_QUEUE_H

#include "event.h"

enum { STORE_FOUND_MOST = 200 };        /* facilities, members and numbers that words may find, each */

/* A claim with what a list shows of it. Names are the roster's of the incident's day, as it says now. */
struct queue_row {
  struct uuid id;
  str number;
  str state;
  int64_t version;
  str channel;
  moment submitted_at;
  moment moved_at;
  struct uuid assigned_to;              /* null: nobody */
  str assigned_name;                    /* null: nobody */
  struct uuid facility_id;
  str facility_key;
  str facility_name;                    /* null: the roster does not know it on that day */
  struct uuid member_id;                /* may be null */
  str member_number;                    /* may be null */
  day occurred_on;
  int64_t holds;                        /* that last */
};

/* Where to go on; both zero: from the top. */
struct queue_place { moment at; struct uuid id; };

struct queue_wants {
  struct strs states;
  moment came_before;                   /* submitted before then; 0: whenever */
  bool answered;                        /* in review, as a claimant's answer left it: no fact checked since */
};
/* Submitted claims that are wanted. Oldest first, or newest. */
MUST_USE result store_queue_all(struct tx *tx, const struct queue_wants *wants, struct queue_place after, bool newest,
                                int64_t limit, struct queue_row **rows, size_t *count);
MUST_USE result store_queue_unassigned(struct tx *tx, const struct queue_wants *wants, struct queue_place after, bool newest,
                                       int64_t limit, struct queue_row **rows, size_t *count);
MUST_USE result store_queue_assigned(struct tx *tx, const struct queue_wants *wants, struct uuid person_id,
                                     struct queue_place after, bool newest, int64_t limit, struct queue_row **rows,
                                     size_t *count);

/* Those that words, a facility or a member narrow down to few. */
struct queue_search {
  struct queue_wants wants;
  str key;                              /* words: a member's number, a facility's key or code; null: no words */
  str like;                             /* the words as a LIKE pattern over names; null: no words */
  str kana_like, number_like;           /* the same over readings and claims' numbers; null: they can be none */
  struct uuid facility_id, member_id;   /* null: any */
  struct uuid person_id;                /* assigned to; null: anybody */
  bool unassigned;                      /* and to nobody alone */
};
MUST_USE result store_queue_search(struct tx *tx, const struct queue_search *s, struct queue_place after, bool newest,
                                   int64_t limit, struct queue_row **rows, size_t *count);

/* How many claims are mine, and how many wait for somebody, among those that are open. */
struct queue_share_row { int64_t mine, unassigned; };
void store_ask_queue_shares(struct tx *tx, struct uuid person_id, struct queue_share_row *out, result *found);

/* Of those that are mine: those that came before then, and those that are answered (struct queue_wants). */
struct queue_waiting_row { int64_t due, answered; };
MUST_USE result store_queue_waiting(struct tx *tx, struct uuid person_id, moment came_before, struct queue_waiting_row *out);

/* ---- names of persons, for trails */
struct person_name_row { struct uuid id; str name; };
MUST_USE result store_person_names(struct tx *tx, struct uuids ids, struct person_name_row **rows, size_t *count);

/* ---- the trail: events in the order of seq; `after` 0: from the first. At most one of claim and person is followed by its
 * index, the rest filters. */
struct trail_filter {
  struct uuid claim_id;                 /* null: of any, or of none */
  struct uuid person_id;                /* who acted; null: anybody */
  str type;                             /* null: any */
};
MUST_USE result store_trail(struct tx *tx, const struct trail_filter *filter, int64_t after, int64_t limit,
                            struct event_read_row **rows, size_t *count);

/* The claim, and the decision where there is one, of a row with a claim: a decision, line, recovery, proposal, snapshot, file,
 * check, version of facts, event, incident. RESULT_NOT_FOUND: no such row. */
struct trail_place_row {
  struct uuid claim_id;
  struct uuid decision_id;              /* may be null */
};
MUST_USE result store_trail_place(struct tx *tx, struct uuid id, struct trail_place_row *out);

/* ---- statistics */

/* Months are the first days of Japan's months. */
struct month_row {
  day month;
  int64_t submitted, decided;           /* claims that came in, decisions that were made */
  int64_t decided_yen;                  /* the sum of those decisions */
};
MUST_USE result store_statistics_months(struct tx *tx, moment from, struct month_row **rows, size_t *count);

/* Of the decisions that stand: the latest of each incident whose claim was not withdrawn. */
struct item_statistics_row { str item, outcome; int64_t decisions, amount_yen, potential_yen; };
MUST_USE result store_statistics_items(struct tx *tx, struct item_statistics_row **rows, size_t *count);
struct state_statistics_row { str state; int64_t claims, decided_yen; };
MUST_USE result store_statistics_states(struct tx *tx, struct state_statistics_row **rows, size_t *count);
struct prefecture_row { str prefecture; int64_t claims, decided_yen; };        /* JIS X 0401; null where the roster has no code */
MUST_USE result store_statistics_prefectures(struct tx *tx, struct prefecture_row **rows, size_t *count);

/* From a claim's submission to its first decision, over decisions made since `from`; SQL_NONE where there are none. */
struct pace_row { int64_t decisions, median_s, p90_s, awaiting_filing, standing; };
MUST_USE result store_statistics_pace(struct tx *tx, moment from, struct pace_row *out);

#endif
