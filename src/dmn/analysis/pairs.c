/* pairs: what two rows say of each other: they match together, say the same, or one says nothing that the other does not
 * say; and the hit policy that would do. */
#include "analysis/analysis.h"

struct pair {
  uint32_t a, b;
  bool together, surely, same_answer;
};

/* Do they match together? Fills a class for each dimension, where they surely do if anywhere. */
static struct pair look(const struct grid *g, uint32_t a, uint32_t b, uint32_t *classes) {
  struct pair p = { a, b, true, true, g->answers[a] == g->answers[b] };
  for (uint32_t i = 0; i < g->dim_count && p.together; i++) {
    const struct dimension *d = &g->dims[i];
    uint32_t may = d->class_count, yes = d->class_count;
    for (uint32_t w = d->words; w-- > 0;) {
      uint64_t m = d->may[a][w] & d->may[b][w], y = d->yes[a][w] & d->yes[b][w] & d->sure[w];
      if (m != 0) may = w * 64 + (uint32_t)__builtin_ctzll(m);
      if (y != 0) yes = w * 64 + (uint32_t)__builtin_ctzll(y);
    }
    p.together = may < d->class_count;
    p.surely = p.surely && yes < d->class_count;
    classes[i] = yes < d->class_count ? yes : may;
  }
  p.surely = p.surely && p.together;
  return p;
}

static bool subsumes(const struct grid *g, uint32_t wide, uint32_t narrow) {
  for (uint32_t i = 0; i < g->dim_count; i++) {
    if (analysis__same_cell(g, i, wide, narrow)) continue;
    if (!bits_within(g->dims[i].may[narrow], g->dims[i].yes[wide], g->dims[i].words)) return false;
  }
  return true;
}

static bool same_cells(const struct grid *g, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < g->dim_count; i++)
    if (!analysis__same_cell(g, i, a, b)) return false;
  return true;
}

/* FIRST: does a row between two, which matches together with `row`, answer something else? */
static bool parted(const struct grid *g, uint32_t row, uint32_t upper, uint32_t lower, uint32_t *scratch) {
  for (uint32_t i = upper + 1; i < lower; i++)
    if (g->answers[i] != g->answers[row] && look(g, row, i, scratch).together) return true;
  return false;
}

struct tally {
  uint32_t together, differing, overlaps, conflicts, subsumed, duplicates, possible;
};

static struct box common(struct grid *g, const struct pair *p) {
  struct box b = { ARENA_ARRAY(g->arena, const uint64_t *, g->dim_count) };
  for (uint32_t i = 0; i < g->dim_count; i++) {
    const struct dimension *d = &g->dims[i];
    uint64_t *s = bits_new(g->arena, d->words);
    const uint64_t *const *sets = p->surely ? d->yes : d->may;
    for (uint32_t w = 0; w < d->words; w++) s[w] = sets[p->a][w] & sets[p->b][w];
    b.sets[i] = s;
  }
  return b;
}

static void report_pair(struct grid *g, struct report *r, const char *code, const struct pair *p, bool advice,
                        const uint32_t *classes, uint32_t *count) {
  if ((*count)++ >= g->finding_limit) {
    *(advice ? &g->advice_cut : &g->cut) = true;
    return;
  }
  struct arena_mark mark = arena_mark(g->arena);
  struct dmn_analysis_finding f = analysis__about(g, code, p->a, p->b);
  f.advice = advice;
  f.region = analysis__region(g, common(g, p));
  analysis__example(g, &f, classes);
  analysis__add(r, g, f, STR_NONE);
  arena_release(g->arena, mark);
}

static void report_together(struct grid *g, struct report *r, const struct pair *p, const uint32_t *classes,
                            struct tally *t) {
  bool unique = g->table->policy == TABLE_UNIQUE, conflict = g->table->policy == TABLE_ANY && !p->same_answer;
  if (!unique && !conflict) return;
  if (!p->surely)
    report_pair(g, r, "table_overlap_possible", p, true, classes, &t->possible);
  else if (unique)
    report_pair(g, r, "table_overlap", p, false, classes, &t->overlaps);
  else
    report_pair(g, r, "table_conflict", p, false, classes, &t->conflicts);
}

/* Under UNIQUE and ANY the narrow row can go; elsewhere that changes what is collected, or may be meant. */
static void report_subsumed(struct grid *g, struct report *r, const struct pair *p, const uint32_t *classes,
                            struct tally *t, uint32_t *scratch) {
  if (!p->same_answer) return;
  enum table_policy policy = g->table->policy;
  bool second = subsumes(g, p->a, p->b), first = !second && subsumes(g, p->b, p->a);
  if (policy == TABLE_FIRST) { /* a row below is masked, and told so */
    first = subsumes(g, p->b, p->a) && !parted(g, p->a, p->a, p->b, scratch);
    second = false;
  }
  if (!first && !second) return;
  struct pair told = second ? (struct pair){ p->b, p->a, true, p->surely, true } : *p;
  report_pair(g, r, "rule_subsumed", &told, policy > TABLE_ANY, classes, &t->subsumed);
}

static void look_at_pair(struct grid *g, struct report *r, uint32_t a, uint32_t b, uint32_t *classes, uint32_t *scratch,
                         struct tally *t) {
  struct pair p = look(g, a, b, classes);
  if (!p.together) return;
  t->together++;
  t->differing += !p.same_answer;
  report_together(g, r, &p, classes, t);
  if (p.same_answer && same_cells(g, a, b))
    report_pair(g, r, "rule_duplicate", &p, false, classes, &t->duplicates);
  else
    report_subsumed(g, r, &p, classes, t, scratch);
}

/* ---- the policy that would do */
static void advise_policy(struct grid *g, struct report *r, const struct tally *t) {
  enum table_policy policy = g->table->policy;
  if (g->exhausted || g->rows < 2 || policy > TABLE_PRIORITY) return;
  const char *code = NULL;
  if (t->together == 0 && policy != TABLE_UNIQUE)
    code = "policy_unique";
  else if (t->together > 0 && t->differing == 0 && policy != TABLE_ANY)
    code = "policy_any";
  if (code == NULL) return;
  struct dmn_analysis_finding f = analysis__about(g, code, UINT32_MAX, UINT32_MAX);
  f.advice = true;
  analysis__add(r, g, f, g->view->hit_policy);
}

void analysis__pairs(struct grid *g, struct report *r) {
  uint32_t *classes = ARENA_ARRAY(g->arena, uint32_t, g->dim_count),
           *scratch = ARENA_ARRAY(g->arena, uint32_t, g->dim_count);
  struct tally t = { 0 };
  for (uint32_t a = 0; a < g->rows; a++) {
    for (uint32_t b = a + 1; b < g->rows; b++) {
      if (!grid_step(g, g->dim_count + 1)) return;
      look_at_pair(g, r, a, b, classes, scratch, &t);
    }
  }
  advise_policy(g, r, &t);
}

/* ---- rows that one row could say: the same answer, the same cells but in one dimension. Where every hit counts they
 * must not match together; under FIRST nothing between may care. */

static bool may_merge(const struct grid *g, uint32_t a, uint32_t b, uint32_t *dim, uint32_t *scratch) {
  uint32_t differs = g->dim_count;
  if (g->answers[a] != g->answers[b]) return false;
  for (uint32_t i = 0; i < g->dim_count; i++) {
    if (analysis__same_cell(g, i, a, b)) continue;
    if (differs < g->dim_count) return false;
    differs = i;
  }
  if (differs == g->dim_count) return false; /* a duplicate, and told so */
  const struct dimension *d = &g->dims[differs];
  if (d->column_count > 1 || !bits_same(d->yes[a], d->may[a], d->words) || !bits_same(d->yes[b], d->may[b], d->words))
    return false;
  if (bits_within(d->yes[a], d->yes[b], d->words) || bits_within(d->yes[b], d->yes[a], d->words)) return false;
  *dim = differs;
  if (g->table->policy == TABLE_FIRST) return !parted(g, b, a, b, scratch) || !parted(g, a, a, b, scratch);
  if (g->table->policy <= TABLE_PRIORITY) return true;
  return !bits_meet(d->yes[a], d->yes[b], d->words) && (g->table->policy == TABLE_COLLECT || b == a + 1);
}

void analysis__merges(struct grid *g, struct report *r) {
  uint32_t *scratch = ARENA_ARRAY(g->arena, uint32_t, g->dim_count), count = 0;
  for (uint32_t a = 0; a < g->rows; a++) {
    for (uint32_t b = a + 1; b < g->rows; b++) {
      uint32_t dim;
      if (!grid_step(g, g->dim_count + 1)) return;
      if (!may_merge(g, a, b, &dim, scratch)) continue;
      if (count++ >= g->finding_limit) {
        g->advice_cut = true;
        return;
      }
      struct dmn_analysis_finding f = analysis__about(g, "rule_mergeable", a, b);
      f.advice = true;
      f.input = g->dims[dim].columns[0] + 1;
      analysis__add(r, g, f, STR_NONE);
    }
  }
}
