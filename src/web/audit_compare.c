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

/* ---- the two documents */

static bool version_document(struct desk *d, struct uuid claim, str which, struct json *out, struct http_answer *failure) {
  struct facts_versions_request request = { claim };
  struct json body;
  uint32_t count;
  if (!DESK_CALL(d, facts_versions, &request, &body, failure)) return false;
  const struct json *versions = desk_list(&body, "versions", &count);
  for (uint32_t i = 0; i < count; i++) {
    const struct json *facts = json_get(&versions[i], STR("facts"));
    if (!str_eq(which, str_format(d->page.arena, "%lld", (long long)page_int(&versions[i], "version"))) || !facts) continue;
    *out = *facts;
    return true;
  }
  *failure = HTTP_PROBLEM(d->page.r, &http_problem_not_found);
  return false;
}

static bool document_of(struct desk *d, struct uuid claim, str which, struct json *out, struct http_answer *failure) {
  struct audit_trace_request request;
  struct json body;
  if (!uuid_from_outside(which, "dec_", &request.decision)) return version_document(d, claim, which, out, failure);
  if (!DESK_CALL(d, audit_trace, &request, &body, failure)) return false;
  const struct json *document = json_at(&body, STR("/decision/document"));
  *out = document ? *document : json_of_null();
  return true;
}

static struct http_answer get_compare(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json left, right;
  const struct http_value *id = http_value(&r->path, "claim");
  struct leaves l = { .page = &d.page };
  if (!document_of(&d, id->id, http_value(&r->query, "left")->text, &left, &failure)) return failure;
  if (!document_of(&d, id->id, http_value(&r->query, "right")->text, &right, &failure)) return failure;
  gather(&l, STR(""), &left, false, 0);
  gather(&l, STR(""), &right, true, 0);
  struct desk_table t = beside(&d, &l);
  desk_way(&d, "audit.back_to_claim", desk_path(r->arena, "/audit/claims/%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "audit.beside_intro"));
  desk_put_table(&s, &t);
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "audit.beside", STR(""));
}

/* ---- the table */

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" }, { 0 },
};
static const struct http_parameter compare_query[] = {
  { .name = "left", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 40, .description_en = "A version of the facts, or a decision" },
  { .name = "right", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 40, .description_en = "The other one" }, DESK_CSV, { 0 },
};
static const struct http_route rows[] = {
  { .name = "auditComparePage", .method = HTTP_GET, .path = "/audit/claims/{claim}/compare", .realms = HTTP_AUDITOR,
    .roles = HTTP_ROLE_AUDITOR, .face = HTTP_PAGE, .produces = "*", .path_parameters = claim_path, .query = compare_query,
    .lane = HTTP_LANE_SLOW, .handler = get_compare, .tag = "pages", .summary_ja = "二つの版を並べる", .summary_en = "Two versions side by side" },
};
const struct http_route_table web__audit_compare_routes = { rows, COUNT_OF(rows) };
