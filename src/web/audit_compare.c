/* audit_compare: two versions of a claim's facts, or two decisions, side by side, leaf by leaf: what differs first. */
#include "audit.h"

enum { DEPTH_MOST = 8 };

/* ---- how a leaf is called, and what it says */

static str outcome_words(const struct page *p, const struct json *value) { return desk_code(p, "desk.outcome_", json_text(value)); }
static str yen_words(const struct page *p, const struct json *value) { return page_yen(p, value->integer); }
static str reason_words(const struct page *p, const struct json *value) { return casework__word(p, "reason", json_text(value)); }
static str fact_words(const struct page *p, const struct json *value) { return casework__fact_name(p, json_text(value)); }
static str plain_words(const struct page *p, const struct json *value) {
  (void)p;
  return json_text(value);
}

/* What a decision says, wherever it says it. What is not here is a fact. */
static const struct member { const char *name, *label; enum json_kind kind; str (*words)(const struct page *p, const struct json *value); } members[] = {
  { "outcome", "desk.outcome", JSON_KIND_STRING, outcome_words },
  { "amount_yen", "desk.amount", JSON_KIND_INTEGER, yen_words },
  { "potential_yen", "figures.potential", JSON_KIND_INTEGER, yen_words },
  { "total_yen", "desk.total", JSON_KIND_INTEGER, yen_words },
  { "potential_total_yen", "audit.potential_total", JSON_KIND_INTEGER, yen_words },
  { "claimed_days", "audit.claimed_days", JSON_KIND_INTEGER, NULL },
  { "closed_days", "audit.closed_days", JSON_KIND_INTEGER, NULL },
  { "reasons", "audit.reasons", JSON_KIND_STRING, reason_words },
  { "missing", "audit.missing", JSON_KIND_STRING, fact_words },
  { "any_of", "audit.any_of", JSON_KIND_STRING, fact_words },
  { "clauses", "audit.clauses", JSON_KIND_STRING, plain_words },
  { "id", "audit.rules_id", JSON_KIND_STRING, plain_words },
  { "version", "rules_pages.version", JSON_KIND_STRING, plain_words },
  { "sha256", "audit.sha256", JSON_KIND_STRING, plain_words },
  { "calendar", "audit.calendar", JSON_KIND_STRING, plain_words },
  { "claim_id", "desk.claim", JSON_KIND_STRING, plain_words },
};

static const struct member *member_of(str key) {
  size_t slash = key.n;
  while (slash > 0 && key.p[slash - 1] != '/') slash--;
  str name = str_slice(key, slash, key.n);
  bool decided = slash == 1 || str_starts(key, STR("/items/")) || str_starts(key, STR("/rules/"));
  for (size_t i = 0; decided && i < COUNT_OF(members); i++)
    if (str_eq(name, str_of(members[i].name))) return &members[i];
  return NULL;
}

static str leaf_name(const struct page *p, str key) {
  const struct member *m = member_of(key);
  if (!m) return casework__fact_name(p, key);
  str label = page_say_with(p, m->label, 0, NULL), rest = key;
  if (!str_starts(key, STR("/items/"))) return label;
  str_cut(str_slice(key, sizeof "/items/" - 1, key.n), '/', &rest);
  str item = str_slice(key, sizeof "/items/" - 1, key.n - rest.n - 1);
  return str_format(p->arena, "%.*s: %.*s", STR_ARG(desk_code(p, "desk.item_", item)), STR_ARG(label));
}

static str leaf_words(const struct page *p, str key, const struct json *value) {
  const struct member *m = member_of(key);
  if (!m || !m->words) return audit__value(p, value);
  if (value->kind == m->kind) return m->words(p, value);
  if (value->kind != JSON_KIND_ARRAY || value->count == 0) return STR("–");
  str *parts = ARENA_ARRAY(p->arena, str, value->count);
  for (uint32_t i = 0; i < value->count; i++)
    parts[i] = value->as.items[i].kind == m->kind ? m->words(p, &value->as.items[i]) : audit__value(p, &value->as.items[i]);
  return str_join(p->arena, parts, value->count, p->english ? STR("; ") : STR("、"));
}

/* ---- leaves */

struct leaf { str key, left, right; };
struct leaves { struct page *page; struct leaf *items; size_t count, capacity; };

static struct leaf *leaf_at(struct leaves *l, str key) {
  for (size_t i = 0; i < l->count; i++)
    if (str_eq(l->items[i].key, key)) return &l->items[i];
  if (l->count == l->capacity) {
    size_t more = l->capacity ? l->capacity * 2 : 64;
    l->items = arena_grow(l->page->arena, l->items, l->capacity * sizeof *l->items, more * sizeof *l->items);
    l->capacity = more;
  }
  l->items[l->count] = (struct leaf){ key, STR("–"), STR("–") };
  return &l->items[l->count++];
}

/* Arrays are one leaf: what stands in them has no names to be compared by. */
static void gather(struct leaves *l, str key, const struct json *value, bool right, int depth) {
  if (value->kind == JSON_KIND_OBJECT && value->count && depth < DEPTH_MOST) {
    for (uint32_t i = 0; i < value->count; i++)
      gather(l, pointer_member(l->page->arena, key, value->as.members[i].name), &value->as.members[i].value, right, depth + 1);
    return;
  }
  struct leaf *leaf = leaf_at(l, key);
  *(right ? &leaf->right : &leaf->left) = leaf_words(l->page, key, value);
}

static const char *const columns[] = { "audit.place", "audit.before", "audit.after", "audit.differs" };

static struct desk_table beside(struct desk *d, const struct leaves *l) {
  struct desk_table t = desk_table(d, "audit.beside", "compare", columns, COUNT_OF(columns));
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < l->count; i++) {
      const struct leaf *leaf = &l->items[i];
      bool same = str_eq(leaf->left, leaf->right);
      if (same == (pass == 0)) continue;
      desk_row(&t, (struct desk_cell[]){ { .text = leaf_name(&d->page, leaf->key), .note = leaf->key }, DESK_TEXT(leaf->left),
                                         DESK_TEXT(leaf->right), DESK_TEXT(same ? STR("") : page_say(&d->page, "audit.differs_yes")) });
    }
  return t;
}

/* ---- which two */

struct pair { const struct audit_versions *of; const struct audit_version *left, *right; };

static const struct audit_version *version_of(const struct audit_versions *all, const struct http_value *asked, size_t otherwise) {
  if (!asked->present) return &all->items[otherwise];
  for (size_t i = 0; i < all->count; i++)
    if (str_eq(all->items[i].id, asked->text)) return &all->items[i];
  return NULL;
}

/* Where they are not named, the newest and the one before it. */
static bool find_pair(const struct http_request *r, const struct audit_past *past, struct pair *out) {
  const struct http_value *left = http_value(&r->query, "left"), *of = http_value(&r->query, "of");
  bool decisions = left->present ? str_starts(left->text, STR("dec_")) : of->present && str_eq(of->text, STR("decisions"));
  const struct audit_versions *all = decisions ? &past->decisions : &past->facts;
  if (all->count == 0) return false;
  size_t newest = all->count - 1;
  *out = (struct pair){ all, version_of(all, left, newest ? newest - 1 : 0), version_of(all, http_value(&r->query, "right"), newest) };
  return out->left && out->right;
}

/* ---- the page: which two stand there, how they differ, and any other two to choose */

static void add_choice(struct desk *d, const struct pair *pair, str action) {
  struct arena *a = d->page.arena;
  struct page_choice *choices = ARENA_ARRAY(a, struct page_choice, pair->of->count);
  str *said = ARENA_ARRAY(a, str, pair->of->count);
  for (size_t i = 0; i < pair->of->count; i++) {
    choices[i] = (struct page_choice){ str_z(a, pair->of->items[i].id), NULL };
    said[i] = pair->of->items[i].words;
  }
  struct page_field fields[] = {
    { .name = "left", .kind = PAGE_SELECT, .label = "audit.before", .choices = choices, .choice_count = pair->of->count, .said = said },
    { .name = "right", .kind = PAGE_SELECT, .label = "audit.after", .choices = choices, .choice_count = pair->of->count, .said = said },
  };
  struct page_object now = page_object(a);
  page_set_str(&now, "left", pair->left->id);
  page_set_str(&now, "right", pair->right->id);
  struct json values = page_json(&now);
  struct desk_section s = desk_section(d, "audit.choose");
  if (pair->of->count == 1) desk_words(&s, page_say(&d->page, "audit.only_one"));
  desk_form(&s, &(struct page_form){ .name = "form", .action = action, .submit = "audit.show", .fields = fields,
                                     .count = COUNT_OF(fields), .values = &values });
  desk_close(&s);
}

static void add_beside(struct desk *d, const struct pair *pair) {
  struct leaves l = { .page = &d->page };
  gather(&l, STR(""), &pair->left->document, false, 0);
  gather(&l, STR(""), &pair->right->document, true, 0);
  struct desk_table t = beside(d, &l);
  struct desk_section s = desk_section(d, NULL);
  desk_fact(&s, "audit.before", pair->left->words, STR(""));
  desk_fact(&s, "audit.after", pair->right->words, STR(""));
  desk_words(&s, page_say(&d->page, "audit.beside_intro"));
  desk_put_table(&s, &t);
  desk_close(&s);
}

/* Auditors come from a claim's record, the others from its case. */
static struct http_answer show(struct http_request *r, const char *home, const char *back) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct audit_past past;
  struct pair pair;
  const struct http_value *id = http_value(&r->path, "claim");
  if (!audit__past(&d, id->id, &past, &failure)) return failure;
  if (!find_pair(r, &past, &pair)) return HTTP_PROBLEM(r, &http_problem_not_found);
  str own = desk_path(r->arena, home, id->text), action = str_format(r->arena, "%.*s/compare", STR_ARG(own));
  desk_way(&d, back, own);
  if (past.facts.count) desk_way(&d, "audit.versions", str_format(r->arena, "%.*s?of=facts", STR_ARG(action)));
  if (past.decisions.count) desk_way(&d, "audit.decisions", str_format(r->arena, "%.*s?of=decisions", STR_ARG(action)));
  add_choice(&d, &pair, action);
  add_beside(&d, &pair);
  return desk_answer(&d, HTTP_OK, "audit.beside_of", past.number);
}

static struct http_answer get_of_record(struct http_request *r) { return show(r, "/audit/claims/%s", "audit.back_to_claim"); }
static struct http_answer get_of_case(struct http_request *r) { return show(r, "/cases/%s", "audit.back_to_claim"); }

static struct http_answer post_choice(struct http_request *r) {
  str query;
  return desk_ask(r, str_z(r->arena, str_cut(r->target, '?', &query)));
}

/* ---- the table */

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" }, { 0 },
};
#define CHOSEN \
  { .name = "left", .kind = HTTP_PARAMETER_TEXT, .most = 40, .description_en = "A version of the facts, or a decision" }, \
  { .name = "right", .kind = HTTP_PARAMETER_TEXT, .most = 40, .description_en = "The other one" }
static const char *const kinds[] = { "facts", "decisions", NULL };
static const struct http_parameter compare_query[] = {
  CHOSEN, DESK_CSV,
  { .name = "of", .kind = HTTP_PARAMETER_WORD, .words = kinds, .description_en = "Of which the newest two, where none are named" }, { 0 },
};
static const struct http_parameter compare_form[] = { CHOSEN, { 0 } };

#define COMPARE(n, m, p, rl, ro, h) \
  .name = (n), .method = (m), .path = (p), .realms = (rl), .roles = (ro), .face = HTTP_PAGE, .path_parameters = claim_path, \
  .handler = (h), .tag = "pages", .summary_ja = "二つの版を並べる", .summary_en = "Two versions side by side"
static const struct http_route rows[] = {
  { COMPARE("auditComparePage", HTTP_GET, "/audit/claims/{claim}/compare", HTTP_AUDITOR, HTTP_ROLE_AUDITOR, get_of_record),
    .query = compare_query, .produces = "*" },
  { COMPARE("auditComparePost", HTTP_POST, "/audit/claims/{claim}/compare", HTTP_AUDITOR, HTTP_ROLE_AUDITOR, post_choice),
    .body = HTTP_BODY_FORM, .form_parameters = compare_form },
  { COMPARE("caseComparePage", HTTP_GET, "/cases/{claim}/compare", HTTP_STAFF | HTTP_AUDITOR, CASE_LOOKS, get_of_case),
    .query = compare_query, .produces = "*" },
  { COMPARE("caseComparePost", HTTP_POST, "/cases/{claim}/compare", HTTP_STAFF | HTTP_AUDITOR, CASE_LOOKS, post_choice),
    .body = HTTP_BODY_FORM, .form_parameters = compare_form },
};
const struct http_route_table web__audit_compare_routes = { rows, COUNT_OF(rows) };
