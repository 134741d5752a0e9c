/* intervals: how points and ranges lie to each other (table 78).
 *
 * A point is the range [point..point]. An end that is missing lies at infinity and is not included. Then each relation
 * has one form, in which `start(a)` and `end(a)` are compared as bounds; the table's longer conditions about what is
 * included are what remains of it. */
#include "builtin/functions.h"

struct interval {
  dmn_value start, end;
  bool open_start, open_end, has_start, has_end, is_point;
};

static struct interval interval_of(dmn_value v) {
  if (v.kind != DMN_RANGE) return (struct interval){ v, v, false, false, true, true, true };
  const struct dmn_range *r = v.as.range;
  return (struct interval){
    r->start, r->end, r->open_start || !r->has_start, r->open_end || !r->has_end, r->has_start, r->has_end, false
  };
}

/* The orders between the ends of a and b that the relations speak of: -1, 0, 1. */
struct relation {
  struct interval a, b;
  int start_start, start_end, end_start, end_end; /* of a's end named first against b's named second */
};

/* A bound that is missing lies at `infinity`, -1 below or 1 above all values. False: the two kinds have no order. */
static bool bound_order(struct dmn_eval *e, bool has_a, dmn_value a, int infinity_a, bool has_b, dmn_value b,
                        int infinity_b, int *out) {
  if (has_a && has_b) return dmn_order(e, a, b, out);
  int at_a = has_a ? 0 : infinity_a, at_b = has_b ? 0 : infinity_b;
  *out = (at_a > at_b) - (at_a < at_b);
  return true;
}

static bool relate(struct dmn_eval *e, const dmn_value *v, struct relation *r) {
  r->a = interval_of(v[0]);
  r->b = interval_of(v[1]);
  const struct interval *a = &r->a, *b = &r->b;
  bool fine = bound_order(e, a->has_start, a->start, -1, b->has_start, b->start, -1, &r->start_start) &&
              bound_order(e, a->has_start, a->start, -1, b->has_end, b->end, 1, &r->start_end) &&
              bound_order(e, a->has_end, a->end, 1, b->has_start, b->start, -1, &r->end_start) &&
              bound_order(e, a->has_end, a->end, 1, b->has_end, b->end, 1, &r->end_end);
  if (!fine)
    dmn_raise(e, DMN_DIAG_TYPE, str_format(e->arena, "%s, %s", dmn_kind_name(v[0].kind), dmn_kind_name(v[1].kind)));
  return fine;
}

/* ---- the relations; `b` mirrors `a` in the ones called "by" */
/* a ends before b starts: they share no point. */
static bool is_before(const struct relation *r) {
  return r->end_start < 0 || (r->end_start == 0 && (r->a.open_end || r->b.open_start));
}

static bool is_after(const struct relation *r) {
  return r->start_end > 0 || (r->start_end == 0 && (r->a.open_start || r->b.open_end));
}

static bool does_meet(const struct relation *r) { return !r->a.open_end && !r->b.open_start && r->end_start == 0; }
static bool is_met_by(const struct relation *r) { return !r->a.open_start && !r->b.open_end && r->start_end == 0; }

static bool overlaps(const struct relation *r) { return !is_before(r) && !is_after(r); }

/* a's start lies no later than b's: it lets in all that b's lets in. */
static bool starts_no_later(const struct relation *r) {
  return r->start_start < 0 || (r->start_start == 0 && (!r->a.open_start || r->b.open_start));
}
static bool starts_no_earlier(const struct relation *r) {
  return r->start_start > 0 || (r->start_start == 0 && (r->a.open_start || !r->b.open_start));
}
static bool ends_no_later(const struct relation *r) {
  return r->end_end < 0 || (r->end_end == 0 && (r->a.open_end || !r->b.open_end));
}
static bool ends_no_earlier(const struct relation *r) {
  return r->end_end > 0 || (r->end_end == 0 && (!r->a.open_end || r->b.open_end));
}

static bool overlaps_before(const struct relation *r) {
  bool starts_earlier = r->start_start < 0 || (r->start_start == 0 && !r->a.open_start && r->b.open_start);
  return starts_earlier && !is_before(r) && ends_no_later(r);
}

static bool overlaps_after(const struct relation *r) {
  bool starts_later = r->start_start > 0 || (r->start_start == 0 && r->a.open_start && !r->b.open_start);
  return starts_later && !is_after(r) && ends_no_earlier(r);
}

static bool same_start(const struct relation *r) { return r->start_start == 0 && r->a.open_start == r->b.open_start; }
static bool same_end(const struct relation *r) { return r->end_end == 0 && r->a.open_end == r->b.open_end; }

static bool finishes(const struct relation *r) { return same_end(r) && starts_no_earlier(r); }
static bool finished_by(const struct relation *r) { return same_end(r) && starts_no_later(r); }
static bool includes(const struct relation *r) { return starts_no_later(r) && ends_no_earlier(r); }
static bool during(const struct relation *r) { return starts_no_earlier(r) && ends_no_later(r); }
static bool starts(const struct relation *r) { return same_start(r) && ends_no_later(r); }
static bool started_by(const struct relation *r) { return same_start(r) && ends_no_earlier(r); }
static bool coincides(const struct relation *r) { return same_start(r) && same_end(r); }

/* ---- the builtins */
#define INTERVAL(name, holds)                                                         \
  dmn_value builtin__##name(struct dmn_eval *e, const dmn_value *a, uint32_t count) { \
    (void)count;                                                                      \
    struct relation r;                                                                \
    return relate(e, a, &r) ? dmn_boolean(holds(&r)) : dmn_null();                    \
  }
INTERVAL(before, is_before)
INTERVAL(after, is_after)
INTERVAL(meets, does_meet)
INTERVAL(met_by, is_met_by)
INTERVAL(overlaps, overlaps)
INTERVAL(overlaps_before, overlaps_before)
INTERVAL(overlaps_after, overlaps_after)
INTERVAL(includes, includes)
INTERVAL(during, during)
INTERVAL(finishes, finishes)
INTERVAL(finished_by, finished_by)
INTERVAL(starts, starts)
INTERVAL(started_by, started_by)

/* A point and a range are no pair that could coincide. */
dmn_value builtin__coincides(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct relation r;
  if ((a[0].kind == DMN_RANGE) != (a[1].kind == DMN_RANGE))
    return dmn_raise(e, DMN_DIAG_TYPE,
                     str_format(e->arena, "%s, %s", dmn_kind_name(a[0].kind), dmn_kind_name(a[1].kind)));
  return relate(e, a, &r) ? dmn_boolean(coincides(&r)) : dmn_null();
}
