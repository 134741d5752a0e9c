/* decide: facts -> rules -> decision. One decider belongs to one thread and holds a session for each rule file. */
#include "binding.h"
#include "messages.h"
#include "words.h"

struct seat {
  struct dmn_session *session;
  struct scheme__shapes *shapes;                 /* of the inputs */
  const struct dmn_shape *decision_shape, *item_shape;       /* of the answer */
  dmn_value outcomes[OUTCOME_COUNT];             /* the words as the model has them, so that most are known by their place */
};
static void make_answer_shapes(struct seat *seat);
struct scheme_decider {
  const struct rule_sets *sets;
  const struct calendar *national;
  struct arena *arena;                           /* as old as the decider: seats and shapes */
  struct seat *seats;                            /* one for each rule set */
  const struct seat *last;                       /* of the decision last made */
  bool trace;
};

static void take_seats(void *context) {
  struct scheme_decider *d = context;
  d->seats = ARENA_ARRAY(d->arena, struct seat, d->sets->count);
  memset(d->seats, 0, d->sets->count * sizeof *d->seats);
  for (size_t i = 0; i < d->sets->count; i++) {
    struct seat *seat = &d->seats[i];
    seat->session = dmn_session_new(d->sets->items[i].model, NULL, NULL);
    if (!seat->session) arena_leave(d->arena, RESULT_NO_MEMORY);
    seat->shapes = scheme__shapes_make(d->arena, seat->session);
    make_answer_shapes(seat);
  }
}

struct scheme_decider *scheme_decider_new(const struct rule_sets *sets, const struct calendar *national) {
  struct scheme_decider *d = mem_alloc(sizeof *d);
  if (!d) return NULL;
  *d = (struct scheme_decider){ .sets = sets, .national = national, .arena = arena_new(0) };
  if (d->arena && arena_run(d->arena, take_seats, d) == RESULT_OK) return d;
  scheme_decider_free(d);
  return NULL;
}

void scheme_decider_free(struct scheme_decider *d) {
  if (!d) return;
  for (size_t i = 0; d->seats && i < d->sets->count; i++) dmn_session_free(d->seats[i].session);
  arena_free(d->arena);
  mem_free(d);
}

void scheme_decider_trace(struct scheme_decider *d, bool on) { d->trace = on; }
struct dmn_session *scheme_decider_session(struct scheme_decider *d) { return d->last ? d->last->session : NULL; }

/* ---- the model's answer, held against the contract: anything of another shape is a fault of the rules */

/* What the rules call the entries of an item and of a decision. */
enum item_entry { ENTRY_OUTCOME, ENTRY_AMOUNT, ENTRY_POTENTIAL, ENTRY_REASONS, ENTRY_MISSING, ENTRY_ANY_OF, ENTRY_CLAUSES,
                  ITEM_ENTRIES };
static const str item_entries[ITEM_ENTRIES] = {
  [ENTRY_OUTCOME] = STR_INIT("結果"),   [ENTRY_AMOUNT] = STR_INIT("支給額"), [ENTRY_POTENTIAL] = STR_INIT("見込額"),
  [ENTRY_REASONS] = STR_INIT("理由"),   [ENTRY_MISSING] = STR_INIT("不足"), [ENTRY_ANY_OF] = STR_INIT("いずれか"),
  [ENTRY_CLAUSES] = STR_INIT("条項"),
};
enum decision_entry { WHOLE_OUTCOME, WHOLE_AMOUNT, WHOLE_POTENTIAL, WHOLE_CLAIMED_DAYS, WHOLE_CLOSED_DAYS, WHOLE_REASONS,
                      WHOLE_ITEMS, WHOLE_ENTRIES = WHOLE_ITEMS + ITEM_COUNT };
static const str decision_entries[WHOLE_ENTRIES] = {
  [WHOLE_OUTCOME] = STR_INIT("結果"),
  [WHOLE_AMOUNT] = STR_INIT("支給額"),
  [WHOLE_POTENTIAL] = STR_INIT("見込額"),
  [WHOLE_CLAIMED_DAYS] = STR_INIT("申告日数"),
  [WHOLE_CLOSED_DAYS] = STR_INIT("休診日数"),
  [WHOLE_REASONS] = STR_INIT("理由"),
  [WHOLE_ITEMS + ITEM_ATTACK] = STR_INIT("攻撃支援金"),
  [WHOLE_ITEMS + ITEM_CLOSURE] = STR_INIT("休診支援金"),
  [WHOLE_ITEMS + ITEM_LEAK_BY_ATTACK] = STR_INIT("攻撃漏えい支援金"),
  [WHOLE_ITEMS + ITEM_LEAK_OTHER] = STR_INIT("その他漏えい支援金"),
};

static void make_answer_shapes(struct seat *seat) {
  seat->decision_shape = dmn_shape_of(seat->session, decision_entries, WHOLE_ENTRIES);
  seat->item_shape = dmn_shape_of(seat->session, item_entries, ITEM_ENTRIES);
  for (int i = 0; i < OUTCOME_COUNT; i++) seat->outcomes[i] = dmn_word(seat->session, scheme_outcome_code((enum outcome)i));
}

struct answer {
  const struct seat *seat;
  struct arena *arena;
  bool sound;                                    /* until something has not the shape of the contract */
  str broken;                                    /* the first entry that had not */
};

static void break_answer(struct answer *r, str name) {
  if (r->sound) r->broken = name;
  r->sound = false;
}

static int64_t read_whole(struct answer *r, dmn_value v, str name) {
  int64_t whole = 0;
  if (!dmn_to_int64(v, &whole) || whole < 0 || whole > YEN_MOST) break_answer(r, name);
  return whole;
}

static enum outcome read_outcome(struct answer *r, dmn_value v, str name) {
  int at = 0;
  const dmn_value *known = r->seat->outcomes;
  while (at < OUTCOME_COUNT && (v.kind != DMN_STRING || v.as.text != known[at].as.text || v.length != known[at].length)) at++;
  if (at == OUTCOME_COUNT) at = v.kind == DMN_STRING ? scheme__word_index(scheme__outcomes, dmn_text(v)) : -1;
  if (at < 0) break_answer(r, name);
  return at < 0 ? OUTCOME_UNDETERMINED : (enum outcome)at;
}

static struct words read_list(struct answer *r, dmn_value v, str name) {
  struct words words = { NULL, 0 };
  if (v.kind != DMN_LIST) break_answer(r, name);
  if (v.kind != DMN_LIST) return words;
  str *items = ARENA_ARRAY(r->arena, str, v.length);
  for (uint32_t i = 0; i < v.length; i++) {
    if (v.as.items[i].kind != DMN_STRING) break_answer(r, name);
    else items[words.count++] = dmn_text(v.as.items[i]);
  }
  words.items = items;
  return words;
}

/* Most lists are empty. */
static inline struct words read_words(struct answer *r, dmn_value v, str name) {
  return v.kind == DMN_LIST && v.length == 0 ? (struct words){ NULL, 0 } : read_list(r, v, name);
}

/* NULL: the answer is broken, and nobody will see what is read of it. */
static inline const dmn_value *read_entries(struct answer *r, const struct dmn_shape *shape, dmn_value v, str name, dmn_value *room) {
  const dmn_value *entries = dmn_read(shape, v, room);
  if (entries == NULL) break_answer(r, name);
  return entries;
}

static void read_item(struct answer *r, dmn_value v, str name, struct item_decision *out) {
  dmn_value room[ITEM_ENTRIES];
  const dmn_value *e = read_entries(r, r->seat->item_shape, v, name, room);
  if (e == NULL) return;
  out->outcome = read_outcome(r, e[ENTRY_OUTCOME], item_entries[ENTRY_OUTCOME]);
  out->amount_yen = read_whole(r, e[ENTRY_AMOUNT], item_entries[ENTRY_AMOUNT]);
  out->potential_yen = read_whole(r, e[ENTRY_POTENTIAL], item_entries[ENTRY_POTENTIAL]);
  out->reasons = read_words(r, e[ENTRY_REASONS], item_entries[ENTRY_REASONS]);
  out->missing = read_words(r, e[ENTRY_MISSING], item_entries[ENTRY_MISSING]);
  out->any_of = read_words(r, e[ENTRY_ANY_OF], item_entries[ENTRY_ANY_OF]);
  out->clauses = read_words(r, e[ENTRY_CLAUSES], item_entries[ENTRY_CLAUSES]);
}

static void read_decision(struct answer *r, dmn_value v, struct decision *out) {
  dmn_value room[WHOLE_ENTRIES];
  const dmn_value *e = read_entries(r, r->seat->decision_shape, v, STR("決定"), room);
  if (e == NULL) return;
  out->outcome = read_outcome(r, e[WHOLE_OUTCOME], decision_entries[WHOLE_OUTCOME]);
  out->total_yen = read_whole(r, e[WHOLE_AMOUNT], decision_entries[WHOLE_AMOUNT]);
  out->potential_total_yen = read_whole(r, e[WHOLE_POTENTIAL], decision_entries[WHOLE_POTENTIAL]);
  out->claimed_days = read_whole(r, e[WHOLE_CLAIMED_DAYS], decision_entries[WHOLE_CLAIMED_DAYS]);
  out->closed_days = read_whole(r, e[WHOLE_CLOSED_DAYS], decision_entries[WHOLE_CLOSED_DAYS]);
  out->reasons = read_words(r, e[WHOLE_REASONS], decision_entries[WHOLE_REASONS]);
  for (int i = 0; i < ITEM_COUNT; i++) read_item(r, e[WHOLE_ITEMS + i], decision_entries[WHOLE_ITEMS + i], &out->items[i]);
}

/* ---- faults */

static result refuse_faults(const struct rule_set *rules, struct dmn_session *s, struct findings *f) {
  uint32_t count;
  const struct dmn_diagnostic *all = dmn_diagnostics(s, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (all[i].class != DMN_FAULT) continue;
    str name = all[i].node == DMN_NO_NODE ? STR("?") : dmn_model_node(rules->model, all[i].node)->name;
    FINDING(f, STR(""), &scheme__rules_fault, name, all[i].ja, all[i].en);
  }
  return RESULT_REFUSED;
}

static result refuse_answer(struct findings *f, str entry) {
  FINDING(f, STR(""), &scheme__rules_answer, entry);
  return RESULT_REFUSED;
}

/* ---- one decision */

struct deciding {
  struct scheme_decider *d;
  const struct rule_set *rules;
  const struct facts *facts;
  struct findings *f;
  struct decision *out;
  result ended;
};

static result decide(struct deciding *c) {
  struct dmn_session *s = c->d->last->session;
  dmn_value answer;
  scheme__binding_bind(c->rules->binding, c->d->last->shapes, s, c->facts, c->d->national);
  result evaluated = dmn_evaluate(s, scheme__binding_answer(c->rules->binding, ANSWER_DECISION), &answer);
  if (dmn_fault_count(s)) return refuse_faults(c->rules, s, c->f);
  if (evaluated != RESULT_OK) return evaluated;
  struct answer reading = { c->d->last, dmn_session_arena(s), true, STR_NONE };
  read_decision(&reading, answer, c->out);
  return reading.sound ? RESULT_OK : refuse_answer(c->f, reading.broken);
}

static void decide_body(void *context) {
  struct deciding *c = context;
  c->ended = decide(c);
}

result scheme_decide(struct scheme_decider *d, const struct facts *facts, struct findings *f, struct decision *out) {
  const struct rule_set *rules = scheme_rules_select(d->sets, facts->incident.occurred_on);
  assert(rules != NULL);                         /* whoever made the decider saw to a published one */
  d->last = &d->seats[rules - d->sets->items];
  dmn_session_reset(d->last->session);
  dmn_session_trace(d->last->session, d->trace ? DMN_TRACE_DECISIONS : DMN_TRACE_OFF);
  *out = (struct decision){ .rules = rules, .calendar = d->national };
  struct deciding call = { d, rules, facts, f, out, RESULT_OK };
  result ran = arena_run(dmn_session_arena(d->last->session), decide_body, &call);
  if (ran != RESULT_OK) {
    FINDING(f, STR(""), &scheme__rules_memory);
    return ran;
  }
  return call.ended;
}
