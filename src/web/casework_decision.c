/* casework_decision: a decision as people read it, what two of them say differently, and the tables that led to it with the
 * clauses of the scheme beside them. Amounts come from the decision; none stands here. */
#include "casework.h"
#include "files.h"

static const char *const items[] = { "attack", "closure", "leak_by_attack", "leak_other" };

/* ---- one decision */

static struct json words_list(const struct page *p, const char *family, const struct json *codes) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < codes->count; i++) page_push(&list, json_of_str(casework__word(p, family, json_text(&codes->as.items[i]))));
  return page_items(&list);
}

static struct json fact_names(const struct page *p, const struct json *keys) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < keys->count; i++) page_push(&list, json_of_str(casework__fact_name(p, json_text(&keys->as.items[i]))));
  return page_items(&list);
}

static str joined(const struct page *p, const struct json *texts) {
  str *parts = ARENA_ARRAY(p->arena, str, texts->count);
  for (uint32_t i = 0; i < texts->count; i++) parts[i] = json_text(&texts->as.items[i]);
  return str_join(p->arena, parts, texts->count, STR(" "));
}

static struct json item_json(struct page *p, const char *code, const struct json *item) {
  struct page_object o = page_object(p->arena);
  struct json missing = casework__list(item, "missing"), any_of = casework__list(item, "any_of");
  struct json reasons = casework__list(item, "reasons"), clauses = casework__list(item, "clauses");
  page_set_str(&o, "item_name", casework__word(p, "item", str_of(code)));
  page_set_str(&o, "outcome_words", casework__word(p, "outcome", page_member(item, "outcome")));
  page_set_bool(&o, "pays", str_eq(page_member(item, "outcome"), STR("payable")));
  page_set_str(&o, "amount", page_yen(p, page_int(item, "amount_yen")));
  page_set_str(&o, "potential", page_int(item, "potential_yen") > page_int(item, "amount_yen")
                                    ? page_yen(p, page_int(item, "potential_yen")) : STR(""));
  page_set(&o, "missing", fact_names(p, &missing));
  page_set(&o, "any_of", fact_names(p, &any_of));
  page_set(&o, "reasons", words_list(p, "reason", &reasons));
  page_set_str(&o, "clauses", joined(p, &clauses));
  return page_json(&o);
}

struct json casework__decision(struct page *p, const struct json *decision) {
  struct page_object o = page_object(p->arena);
  struct page_list list = page_list(p->arena);
  const struct json *all = json_get(decision, STR("items")), *rules = json_get(decision, STR("rules"));
  struct json reasons = casework__list(decision, "reasons");
  for (size_t i = 0; i < COUNT_OF(items); i++) {
    const struct json *item = json_get(all, str_of(items[i]));
    if (item) page_push(&list, item_json(p, items[i], item));
  }
  int64_t total = page_int(decision, "total_yen"), potential = page_int(decision, "potential_total_yen");
  page_set_str(&o, "outcome_words", casework__word(p, "outcome", page_member(decision, "outcome")));
  page_set_str(&o, "total", page_yen(p, total));
  page_set_str(&o, "potential_total", potential > total ? page_yen(p, potential) : STR(""));
  page_set_int(&o, "claimed_days", page_int(decision, "claimed_days"));
  page_set_int(&o, "closed_days", page_int(decision, "closed_days"));
  page_set(&o, "reasons", words_list(p, "reason", &reasons));
  page_set(&o, "items", page_items(&list));
  page_set_str(&o, "rules", rules ? str_format(p->arena, "%.*s %.*s", STR_ARG(page_member(rules, "id")),
                                               STR_ARG(page_member(rules, "version"))) : STR(""));
  return page_json(&o);
}

/* ---- two decisions */

static void differ(struct page *p, struct page_list *list, str what, str was, str now) {
  if (str_eq(was, now)) return;
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "what", what);
  page_set_str(&o, "was", was);
  page_set_str(&o, "now", now);
  page_push(list, page_json(&o));
}

static str item_words(const struct page *p, const struct json *item) {
  return str_format(p->arena, "%.*s %.*s", STR_ARG(casework__word(p, "outcome", page_member(item, "outcome"))),
                    STR_ARG(page_yen(p, page_int(item, "amount_yen"))));
}

struct json casework__differences(struct page *p, const struct json *was, const struct json *now) {
  struct page_list list = page_list(p->arena);
  const struct json *before = json_get(was, STR("items")), *after = json_get(now, STR("items"));
  differ(p, &list, page_say(p, "case.total"), page_yen(p, page_int(was, "total_yen")), page_yen(p, page_int(now, "total_yen")));
  for (size_t i = 0; i < COUNT_OF(items); i++) {
    const struct json *one = json_get(before, str_of(items[i])), *other = json_get(after, str_of(items[i]));
    if (one && other) differ(p, &list, casework__word(p, "item", str_of(items[i])), item_words(p, one), item_words(p, other));
  }
  const struct json *old_rules = json_get(was, STR("rules")), *new_rules = json_get(now, STR("rules"));
  if (old_rules && new_rules)
    differ(p, &list, page_say(p, "case.rules"), page_member(old_rules, "version"), page_member(new_rules, "version"));
  return page_items(&list);
}

/* ---- clauses */

/* Rows of the scheme's tables: "| P8 | text |", "| P8 | `attack` ① | S | text |"; the clause is the longest cell. */
static str clause_of_line(str line) {
  str rest = line, longest = STR("");
  for (int cell = 0; rest.n; cell++) {
    str text = str_trim(str_cut(rest, '|', &rest));
    if (cell >= 2 && text.n > longest.n) longest = text;
  }
  return longest;
}

/* Without the marks of the document that it stands in. */
static str plain(struct arena *a, str text) {
  struct buf out = buf_in(a);
  for (size_t i = 0; i < text.n; i++) {
    bool mark = text.p[i] == '`' || (text.p[i] == '*' && i + 1 < text.n && text.p[i + 1] == '*') ||
                (text.p[i] == '*' && i > 0 && text.p[i - 1] == '*');
    if (!mark) buf_byte(&out, text.p[i]);
  }
  return buf_str(&out);
}

static str clauses_in(bool english) {
  const char *name = english ? "policy.md" : "policy-ja.md";
  for (size_t i = 0; i < web__clauses_count; i++)
    if (strcmp(web__clauses[i].name, name) == 0) return web__clauses[i].bytes;
  assert(!"the clauses of the scheme are built in");
  return STR("");
}

str casework__clause(struct arena *a, bool english, str number) {
  str rest = clauses_in(english), head = str_format(a, "| %.*s |", STR_ARG(number));
  while (rest.n) {
    str line = str_cut(rest, '\n', &rest);
    if (str_starts(line, head)) return plain(a, clause_of_line(line));
  }
  return STR("");
}

enum { CLAUSES_MOST = 100 };
struct named_clauses { bool named[CLAUSES_MOST]; };

/* "P3 P18 P19" */
static void name_clauses(struct named_clauses *n, str words) {
  str rest = words;
  while (rest.n) {
    str word = str_trim(str_cut(rest, ' ', &rest));
    int64_t number;
    if (word.n < 2 || word.p[0] != 'P' || !str_to_int64(str_slice(word, 1, word.n), &number)) continue;
    if (number >= 0 && number < CLAUSES_MOST) n->named[number] = true;
  }
}

/* [{clause, clause_text}] in their order. */
static struct json clause_rows(struct page *p, const struct named_clauses *n) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < CLAUSES_MOST; i++) {
    if (!n->named[i]) continue;
    struct page_object o = page_object(p->arena);
    str number = str_format(p->arena, "P%zu", i), text = casework__clause(p->arena, p->english, number);
    page_set_str(&o, "clause", number);
    page_set_str(&o, "clause_text", text);
    if (text.n) page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

struct json casework__clauses(struct page *p, const struct json *decision) {
  const struct json *all = json_get(decision, STR("items"));
  struct named_clauses n = { { false } };
  for (size_t i = 0; i < COUNT_OF(items); i++) {
    const struct json *item = json_get(all, str_of(items[i]));
    struct json clauses = item ? casework__list(item, "clauses") : json_of_array(NULL, 0);
    for (uint32_t k = 0; k < clauses.count; k++) name_clauses(&n, json_text(&clauses.as.items[k]));
  }
  return clause_rows(p, &n);
}

/* ---- tables: those that were asked, what they were given, the rows that answered */

struct asked { struct page *p; const struct json *trace; struct named_clauses named; };

/* A value of a trace: {"boolean": true}, {"string": …}, {"list": […]}, null. */
static str given(const struct page *p, const struct json *value) {
  if (!value || value->kind != JSON_KIND_OBJECT || value->count == 0) return page_say(p, "fact.value_unknown");
  const struct json *inner = &value->as.members[0].value;
  if (inner->kind == JSON_KIND_TRUE || inner->kind == JSON_KIND_FALSE) return page_say_with(p, inner->kind == JSON_KIND_TRUE ? "filing.yes" : "filing.no", 0, NULL);
  if (inner->kind == JSON_KIND_STRING) return json_text(inner);
  if (inner->kind != JSON_KIND_ARRAY) return STR("…");
  struct buf out = buf_in(p->arena);
  for (uint32_t i = 0; i < inner->count; i++) {
    if (i) buf_add(&out, STR(", "));
    buf_add(&out, given(p, &inner->as.items[i]));
  }
  return inner->count ? buf_str(&out) : page_say(p, "fact.value_none");
}

/* How often a row answered, over all runs; *runs: how often its table was asked; *last: the run that was told last. */
static int64_t hits_of(const struct json *trace, str node, str row, int64_t *runs, const struct json **last) {
  struct json steps = casework__list(trace, "steps");
  int64_t hits = 0;
  *runs = 0;
  for (uint32_t i = 0; i < steps.count; i++) {
    if (!str_eq(page_member(&steps.as.items[i], "node"), node)) continue;
    struct json tables = casework__list(&steps.as.items[i], "tables");
    for (uint32_t k = 0; k < tables.count; k++) {
      struct json rows = casework__list(&tables.as.items[k], "rows");
      ++*runs;
      *last = &json_get(&steps.as.items[i], STR("tables"))->as.items[k];
      for (uint32_t n = 0; n < rows.count; n++) hits += str_eq(page_member(&rows.as.items[n], "id"), row);
    }
  }
  return hits;
}

static struct json row_json(struct asked *q, const struct json *row, size_t number, int64_t hits) {
  struct page_object o = page_object(q->p->arena);
  struct json annotations = casework__list(row, "annotations");
  page_set_int(&o, "row_number", (int64_t)number);
  page_set_bool(&o, "hit", hits > 0);
  page_set(&o, "cells", casework__cells(q->p, row, "inputs"));
  page_set(&o, "outputs", casework__cells(q->p, row, "outputs"));
  page_set_str(&o, "annotation", joined(q->p, &annotations));
  for (uint32_t i = 0; hits && i < annotations.count; i++) name_clauses(&q->named, json_text(&annotations.as.items[i]));
  return page_json(&o);
}

static struct json given_json(const struct page *p, const struct json *run) {
  struct page_list list = page_list(p->arena);
  struct json inputs = casework__list(run, "inputs");
  for (uint32_t i = 0; i < inputs.count; i++) page_push(&list, json_of_str(given(p, json_get(&inputs.as.items[i], STR("value")))));
  return page_items(&list);
}

/* false: the table was never asked. */
static bool table_json(struct asked *q, str node, const struct json *table, struct json *out) {
  struct json rows = casework__list(table, "rows"), outputs = casework__list(table, "outputs");
  struct page_list told = page_list(q->p->arena);
  struct buf answered = buf_in(q->p->arena);
  const struct json *last = NULL;
  int64_t runs = 0;
  for (uint32_t i = 0; i < rows.count; i++) {
    int64_t hits = hits_of(q->trace, node, page_member(&rows.as.items[i], "id"), &runs, &last);
    if (runs == 0) return false;
    if (hits) buf_format(&answered, "%s%u", answered.n ? ", " : "", i + 1);
    page_push(&told, row_json(q, &rows.as.items[i], i + 1, hits));
  }
  struct page_object o = page_object(q->p->arena);
  page_set_str(&o, "table_name", node);
  page_set_str(&o, "answered", buf_str(&answered));
  page_set(&o, "columns", casework__list(table, "inputs"));
  page_set(&o, "output_columns", outputs);
  page_set_bool(&o, "any_given", runs == 1);
  page_set(&o, "given", runs == 1 ? given_json(q->p, last) : json_of_bool(false));
  page_set(&o, "outputs_blank", outputs);
  page_set_str(&o, "runs", runs > 1 ? page_say(q->p, "case.asked_times", str_format(q->p->arena, "%lld", (long long)runs)) : STR(""));
  page_set(&o, "rows", page_items(&told));
  *out = page_json(&o);
  return true;
}

struct json casework__tables(struct page *p, const struct json *rules, const struct json *trace) {
  struct asked q = { .p = p, .trace = trace };
  struct page_list list = page_list(p->arena);
  struct json nodes = casework__list(rules, "nodes");
  for (uint32_t i = 0; i < nodes.count; i++) {
    struct json blocks = casework__list(&nodes.as.items[i], "blocks"), one;
    for (uint32_t k = 0; k < blocks.count; k++)
      if (page_member(&blocks.as.items[k], "hit_policy").n &&
          table_json(&q, page_member(&nodes.as.items[i], "name"), &blocks.as.items[k], &one))
        page_push(&list, one);
  }
  struct page_object o = page_object(p->arena);
  page_set(&o, "list", page_items(&list));
  page_set(&o, "clauses", clause_rows(p, &q.named));
  return page_json(&o);
}
