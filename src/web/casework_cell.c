/* casework_cell: a cell of a decision table, read by somebody who never saw FEEL. Tables are written in few forms: a dash, yes,
 * no, null, texts and whole numbers, several of them, not(…) and […]. Whatever is none of these stays as it was written. */
#include "casework.h"

static bool is_text(str s) { return s.n >= 2 && s.p[0] == '"' && str_find(str_slice(s, 1, s.n), STR("\"")) == (ptrdiff_t)s.n - 2; }

/* A code of the rules by its name; other words are the model's own. */
static str named(const struct page *p, str code) {
  if (str_starts(code, STR("/"))) return casework__fact_name(p, code);
  str reason = casework__word(p, "reason", code);
  return str_eq(reason, code) ? casework__word(p, "outcome", code) : reason;
}

/* False: it is more than one value that can be told. */
static bool read_one(const struct page *p, str s, str *out) {
  int64_t number;
  if (str_eq(s, STR("true"))) *out = page_say(p, "filing.yes");
  else if (str_eq(s, STR("false"))) *out = page_say(p, "filing.no");
  else if (str_eq(s, STR("null"))) *out = page_say(p, "fact.cell_unknown");
  else if (is_text(s)) *out = named(p, str_slice(s, 1, s.n - 1));
  else if (str_to_int64(s, &number)) *out = s;
  else return false;
  return true;
}

static bool read_several(const struct page *p, str s, str *out) {
  struct buf all = buf_in(p->arena);
  for (str rest = s; rest.p;) {
    str word;
    if (!read_one(p, str_trim(str_cut(rest, ',', &rest)), &word)) return false;
    if (all.n) buf_add(&all, p->english ? STR(", ") : STR("、"));
    buf_add(&all, word);
  }
  *out = buf_str(&all);
  return true;
}

static bool inside(str s, str head, str tail, str *out) {
  if (!str_starts(s, head) || !str_ends(s, tail)) return false;
  *out = str_trim(str_slice(s, head.n, s.n - tail.n));
  return true;
}

str casework__cell(const struct page *p, str cell) {
  str s = str_trim(cell), inner, out;
  if (str_eq(s, STR("-"))) return page_say(p, "fact.cell_any");
  if (inside(s, STR("["), STR("]"), &inner)) {
    if (inner.n == 0) return page_say(p, "fact.value_none");
    return read_several(p, inner, &out) ? out : cell;
  }
  if (inside(s, STR("not("), STR(")"), &inner)) return read_several(p, inner, &out) ? page_say(p, "fact.cell_not", out) : cell;
  return s.n && read_several(p, s, &out) ? out : cell;
}

struct json casework__cells(const struct page *p, const struct json *row, const char *part) {
  struct json texts = casework__list(row, part);
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < texts.count; i++) page_push(&list, json_of_str(casework__cell(p, json_text(&texts.as.items[i]))));
  return page_items(&list);
}
