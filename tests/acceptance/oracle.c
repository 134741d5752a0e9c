#include "oracle.h"

/* ---- Kleene's logic (P22) */
static enum tri both(enum tri a, enum tri b) {
  if (a == TRI_NO || b == TRI_NO) return TRI_NO;
  return a == TRI_YES && b == TRI_YES ? TRI_YES : TRI_UNKNOWN;
}
static enum tri not_so(enum tri a) { return a == TRI_UNKNOWN ? TRI_UNKNOWN : a == TRI_YES ? TRI_NO : TRI_YES; }
static enum tri truth(bool b) { return b ? TRI_YES : TRI_NO; }

/* ---- days (P9–P12, P28) */
static bool listed(const day *days, uint32_t count, day d) {
  for (uint32_t i = 0; i < count; i++)
    if (days[i] == d) return true;
  return false;
}

/* P12: would the facility have opened on that date. */
static bool would_have_opened(const struct facts *f, const struct calendar *national, day d) {
  int weekday = (int)(((d % 7) + 7 + 3) % 7);    /* 1970-01-01 was a Thursday; Monday is 0 */
  if (listed(f->facility.extra_open, f->facility.extra_open_count, d)) return true;
  if (listed(f->facility.extra_closed, f->facility.extra_closed_count, d)) return false;
  if (f->facility.closed_weekdays & (1 << weekday)) return false;
  if (f->facility.closed_on_holidays && calendar_holds(national, d)) return false;
  return true;
}

/* P10: a scope that makes a day a closed day, by the kind of facility. */
static bool scope_counts(const struct facts *f, enum closure_scope scope) {
  if (scope == SCOPE_ALL) return true;
  return scope == SCOPE_NEW_PATIENTS && f->facility.kind != FACILITY_CARE_SERVICE;
}

static void count_days(const struct facts *f, const struct calendar *national, int64_t *claimed, int64_t *closed) {
  day first = INT64_MAX, last = INT64_MIN;
  *claimed = *closed = 0;
  for (uint32_t i = 0; i < f->closure_count; i++) {
    if (f->closures[i].from < first) first = f->closures[i].from;
    if (f->closures[i].to > last) last = f->closures[i].to;
  }
  for (day d = first; f->closure_count && d <= last; d++) {
    bool covered = false, counting = false;
    for (uint32_t i = 0; i < f->closure_count; i++) {
      if (d < f->closures[i].from || d > f->closures[i].to) continue;
      covered = true;
      if (scope_counts(f, f->closures[i].scope)) counting = true;
    }
    if (covered) ++*claimed;
    if (counting && d >= f->incident.occurred_on && would_have_opened(f, national, d)) ++*closed;
  }
}

/* ---- bars (P4–P7), in the order of their codes */
static int bars_of(const struct facts *f, const char **bars) {
  int n = 0;
  if (f->incident.occurred_on < day_from_civil(2022, 6, 1)) bars[n++] = "before_scheme_start";
  if (f->member.relation == RELATION_NONE) bars[n++] = "facility_not_members";
  if (f->incident.insider_crime == TRI_YES) bars[n++] = "insider_crime";
  if (f->member.class != CLASS_A1) bars[n++] = "member_not_a1";
  return n;
}

/* ---- items */
struct view {
  const struct facts *f;
  const char *bars[4]; int bar_count;
  int64_t closed_days;
  enum tri attack, occurred, caused;
};

static void add(const char **list, int *count, const char *pointer) {
  assert(*count < ORACLE_POINTERS_MOST);
  list[(*count)++] = pointer;
}

static void sort_pointers(const char **list, int count) {
  for (int i = 1; i < count; i++)
    for (int k = i; k > 0 && strcmp(list[k - 1], list[k]) > 0; k--) {
      const char *t = list[k];
      list[k] = list[k - 1];
      list[k - 1] = t;
    }
}

static bool attack_filed(const struct facts *f) {              /* P17 */
  return f->filings.mhlw_on != DAY_NONE || f->filings.jma_on != DAY_NONE;
}
static bool leak_filed(const struct facts *f) {                /* P18 */
  return f->filings.ppc_on != DAY_NONE && f->filings.ppc_prevention_measures == TRI_YES &&
         f->filings.persons_notified_on != DAY_NONE;
}

/* P22: the conjunction of an item, and which unknown facts stand in it. */
static enum tri conjunction(const struct view *v, enum item item) {
  switch (item) {
    case ITEM_ATTACK: return v->attack;
    case ITEM_CLOSURE: return both(truth(v->closed_days >= 1), v->attack);
    case ITEM_LEAK_BY_ATTACK: return both(v->occurred, both(v->caused, v->attack));
    case ITEM_LEAK_OTHER: return both(v->occurred, both(not_so(v->caused), not_so(v->attack)));
    case ITEM_COUNT: break;
  }
  return TRI_UNKNOWN;
}

static void list_unknowns(const struct view *v, enum item item, struct oracle_item *out) {      /* P24 */
  bool leak = item == ITEM_LEAK_BY_ATTACK || item == ITEM_LEAK_OTHER;
  if (v->attack == TRI_UNKNOWN) add(out->missing, &out->missing_count, "/incident/cyber_attack");
  if (leak && v->occurred == TRI_UNKNOWN) add(out->missing, &out->missing_count, "/leak/occurred");
  if (leak && v->caused == TRI_UNKNOWN) add(out->missing, &out->missing_count, "/leak/caused_by_attack");
  if (v->f->incident.insider_crime == TRI_UNKNOWN) add(out->missing, &out->missing_count, "/incident/insider_crime");
}

static void list_filings(const struct view *v, enum item item, struct oracle_item *out) {
  const struct facts *f = v->f;
  if (item != ITEM_LEAK_OTHER) {
    if (attack_filed(f)) return;
    add(out->any_of, &out->any_of_count, "/filings/jma_on");
    add(out->any_of, &out->any_of_count, "/filings/mhlw_on");
    return;
  }
  if (f->filings.ppc_on == DAY_NONE) add(out->missing, &out->missing_count, "/filings/ppc_on");
  if (f->filings.ppc_prevention_measures != TRI_YES) add(out->missing, &out->missing_count, "/filings/ppc_prevention_measures");
  if (f->filings.persons_notified_on == DAY_NONE) add(out->missing, &out->missing_count, "/filings/persons_notified_on");
}

static int64_t full_amount(const struct view *v, enum item item) {
  switch (item) {
    case ITEM_ATTACK: return 100000;                                                   /* P8 */
    case ITEM_CLOSURE: return v->closed_days * 100000 > 300000 ? 300000 : v->closed_days * 100000;   /* P9 */
    case ITEM_LEAK_BY_ATTACK: return 100000;                                           /* P13 */
    case ITEM_LEAK_OTHER: return 50000;                                                /* P14 */
    case ITEM_COUNT: break;
  }
  return 0;
}

static struct oracle_item decide_item(const struct view *v, enum item item) {           /* P23 */
  struct oracle_item out = { .outcome = OUTCOME_PAYABLE };
  enum tri applies = conjunction(v, item);
  bool filed = item == ITEM_LEAK_OTHER ? leak_filed(v->f) : attack_filed(v->f);
  if (applies == TRI_NO) {
    out.outcome = OUTCOME_NOT_APPLICABLE;                                              /* P25 */
    if (item == ITEM_CLOSURE && v->attack == TRI_YES && v->closed_days == 0) out.reasons[out.reason_count++] = "no_closed_day";
    if (item == ITEM_LEAK_OTHER && v->attack == TRI_YES && v->occurred == TRI_YES &&
        v->f->leak.caused_by_attack == TRI_NO)
      out.reasons[out.reason_count++] = "separate_incident";
    return out;
  }
  if (v->bar_count) {
    out.outcome = OUTCOME_NOT_PAYABLE;
    for (int i = 0; i < v->bar_count; i++) out.reasons[out.reason_count++] = v->bars[i];
    return out;
  }
  if (applies == TRI_UNKNOWN || v->f->incident.insider_crime == TRI_UNKNOWN) out.outcome = OUTCOME_UNDETERMINED;
  else if (!filed) out.outcome = OUTCOME_AWAITING_FILING;
  out.potential_yen = full_amount(v, item);                                            /* P27 */
  if (out.outcome == OUTCOME_PAYABLE) {
    out.amount_yen = out.potential_yen;
    return out;
  }
  list_unknowns(v, item, &out);
  list_filings(v, item, &out);
  sort_pointers(out.missing, out.missing_count);
  return out;
}

static bool any_item(const struct oracle_decision *d, enum outcome outcome) {
  for (int i = 0; i < ITEM_COUNT; i++)
    if (d->items[i].outcome == outcome) return true;
  return false;
}

static enum outcome decide_whole(const struct view *v, struct oracle_decision *d) {     /* P26 */
  bool undetermined = any_item(d, OUTCOME_UNDETERMINED), awaiting = any_item(d, OUTCOME_AWAITING_FILING);
  if (v->bar_count) {
    for (int i = 0; i < v->bar_count; i++) d->reasons[d->reason_count++] = v->bars[i];
    return OUTCOME_NOT_PAYABLE;
  }
  if (d->total_yen > 0) return undetermined || awaiting ? OUTCOME_PARTLY_PAYABLE : OUTCOME_PAYABLE;
  if (undetermined) return OUTCOME_UNDETERMINED;
  if (awaiting) return OUTCOME_AWAITING_FILING;
  d->reasons[d->reason_count++] = "nothing_claimable";
  return OUTCOME_NOT_PAYABLE;
}

struct oracle_decision oracle_decide(const struct facts *f, const struct calendar *national) {
  struct oracle_decision d = { .outcome = OUTCOME_UNDETERMINED };
  struct view v = { .f = f, .attack = f->incident.cyber_attack, .occurred = f->leak.occurred };
  v.bar_count = bars_of(f, v.bars);
  v.caused = f->leak.caused_by_attack != TRI_UNKNOWN ? f->leak.caused_by_attack
             : v.attack == TRI_NO                    ? TRI_NO
                                                     : TRI_UNKNOWN;
  count_days(f, national, &d.claimed_days, &d.closed_days);
  v.closed_days = d.closed_days;
  int64_t with_attack = 0;
  for (int i = 0; i < ITEM_COUNT; i++) {
    d.items[i] = decide_item(&v, (enum item)i);
    d.total_yen += d.items[i].amount_yen;
    if (i != ITEM_LEAK_OTHER) with_attack += d.items[i].potential_yen;
  }
  int64_t other = d.items[ITEM_LEAK_OTHER].potential_yen;
  d.potential_total_yen = with_attack > other ? with_attack : other;                   /* P27 */
  d.outcome = decide_whole(&v, &d);
  return d;
}
