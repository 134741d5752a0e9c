/* casework_facts: each fact with what the clinic says of it, what stands, who checked it, and where it is decided. */
#include "casework.h"

const struct json *casework__fact(const struct casework_case *c, str key) {
  const struct json *facts = json_get(&c->assessment, STR("facts"));
  for (uint32_t i = 0; facts && i < facts->count; i++)
    if (str_eq(page_member(&facts->as.items[i], "key"), key)) return &facts->as.items[i];
  return NULL;
}

static bool names(const struct json *item, const char *list, str key) {
  struct json keys = casework__list(item, list);
  for (uint32_t i = 0; i < keys.count; i++)
    if (str_eq(json_text(&keys.as.items[i]), key)) return true;
  return false;
}

bool casework__lacks(const struct casework_case *c, str key) {
  const struct json *decision = json_get(&c->assessment, STR("decision"));
  const struct json *items = decision ? json_get(decision, STR("items")) : NULL;
  for (uint32_t i = 0; items && i < items->count; i++) {
    const struct json *item = &items->as.members[i].value;
    if (names(item, "missing", key) || names(item, "any_of", key)) return true;
  }
  return false;
}

/* What stands of it, in the order in which it matters. */
static const char *standing_of(const struct json *fact) {
  const struct json *check = json_get(fact, STR("check")), *stands = json_get(fact, STR("stands"));
  str verdict = check ? page_member(check, "verdict") : STR("");
  if (str_eq(verdict, STR("proved"))) return "proved";
  if (str_eq(verdict, STR("corrected"))) return "corrected";
  if (str_eq(verdict, STR("refuted"))) return "refuted";
  if (page_flag(fact, "open")) return verdict.n ? "reopened" : "open";
  if (str_eq(page_member(fact, "source"), STR("roster"))) return "roster";
  return stands && stands->kind != JSON_KIND_NULL ? "asserted" : "unknown";
}

static void add_check(struct page *p, const struct casework_case *c, struct page_object *o, const struct json *fact) {
  const struct json *check = json_get(fact, STR("check"));
  bool checked = check && check->kind == JSON_KIND_OBJECT;
  page_set_str(o, "checked_by", checked ? casework__person(p, c, page_member(check, "by")) : STR(""));
  page_set_str(o, "checked_at", checked ? casework__moment(p, check, "at") : STR(""));
  page_set_str(o, "seen_check", checked ? page_member(check, "check") : STR("-"));
}

/* "<key> <check>": which fact is meant, and what was said of it when it was looked at. */
static str pick_of(const struct page *p, const struct json *fact) {
  const struct json *check = json_get(fact, STR("check"));
  str seen = check && check->kind == JSON_KIND_OBJECT ? page_member(check, "check") : STR("-");
  return str_format(p->arena, "%.*s %.*s", STR_ARG(page_member(fact, "key")), STR_ARG(seen));
}

static bool is_picked(const struct http_values *posted, str key) {
  struct http_value_list picks = posted ? http_value_list(posted, "pick[]") : (struct http_value_list){ NULL, 0 };
  for (size_t i = 0; i < picks.count; i++) {
    str rest;
    if (str_eq(str_cut(picks.items[i].text, ' ', &rest), key)) return true;
  }
  return false;
}

/* P3: where silence is natural it means none, and not that nobody knows. */
static struct json said(struct page *p, str key, const struct json *value) {
  static const char *const natural[] = { "/closures", "/filings/", "/facility/extra", "/facility/closed" };
  for (size_t i = 0; i < COUNT_OF(natural) && value && value->kind == JSON_KIND_NULL; i++) {
    if (!str_starts(key, str_of(natural[i]))) continue;
    struct page_list one = page_list(p->arena);
    page_push(&one, json_of_str(page_say(p, "fact.value_silent")));
    return page_items(&one);
  }
  return casework__value(p, value);
}

str casework__fact_path(const struct page *p, struct uuid claim, str key) {
  return str_format(p->arena, "%.*s?key=%.*s", STR_ARG(casework__path(p, claim, "/facts")), STR_ARG(http_percent_encode(p->arena, key)));
}

struct json casework__fact_row(struct page *p, const struct casework_case *c, const struct json *fact,
                               const struct http_values *posted) {
  struct page_object o = page_object(p->arena);
  str key = page_member(fact, "key"), source = page_member(fact, "source");
  const struct json *value = json_get(fact, STR("value")), *stands = json_get(fact, STR("stands"));
  const char *standing = standing_of(fact);
  bool differs = value && stands && !json_same(value, stands);
  page_set_str(&o, "key", key);
  page_set_str(&o, "fact_name", casework__fact_name(p, key));
  page_set(&o, "says", said(p, key, value));
  page_set_str(&o, "source_words", source.n ? casework__word(p, "source", source) : STR(""));
  page_set(&o, "stands", differs ? casework__value(p, stands) : json_of_bool(false));
  page_set_bool(&o, "moved", differs);
  page_set_str(&o, "standing", str_of(standing));
  page_set_str(&o, "standing_words", casework__word(p, "standing", str_of(standing)));
  page_set_bool(&o, "open", page_flag(fact, "open"));
  page_set_str(&o, "pick", pick_of(p, fact));
  page_set_int(&o, "pick_id", (int64_t)(fact - json_get(&c->assessment, STR("facts"))->as.items));
  page_set_bool(&o, "picked", posted ? is_picked(posted, key) : false);
  page_set_str(&o, "fact_path", casework__fact_path(p, c->claim, key));
  add_check(p, c, &o, fact);
  return page_json(&o);
}

/* What the rules never see: free words of the newest version. */
static void add_private(const struct casework_case *c, struct page_object *o) {
  struct json versions = casework__list(&c->versions, "versions");
  const struct json *facts = versions.count ? json_get(&versions.as.items[versions.count - 1], STR("facts")) : NULL;
  const struct json *summary = facts ? json_at(facts, STR("/incident/summary")) : NULL;
  page_set_str(o, "summary", summary && summary->kind == JSON_KIND_STRING ? json_text(summary) : STR(""));
  page_set_int(o, "versions", versions.count);
}

/* Which heading a fact stands under: what is to be done comes first. */
enum fact_group { FACTS_OPEN, FACTS_LACKING, FACTS_MUST, FACTS_REST, FACT_GROUPS };
static const struct { const char *list, *any; } groups[FACT_GROUPS] = {
  [FACTS_OPEN] = { "open", "any_open" }, [FACTS_LACKING] = { "lacking", "any_lacking" }, [FACTS_MUST] = { "must", "any_must" },
  [FACTS_REST] = { "rest", "any_rest" },
};

static enum fact_group group_of(const struct casework_case *c, const struct json *fact) {
  if (page_flag(fact, "open")) return FACTS_OPEN;
  if (casework__lacks(c, page_member(fact, "key"))) return FACTS_LACKING;
  return page_flag(fact, "must_prove") ? FACTS_MUST : FACTS_REST;
}

void casework__add_facts(struct page *p, const struct casework_case *c, const struct http_values *posted) {
  struct json facts = casework__list(&c->assessment, "facts");
  struct page_list lists[FACT_GROUPS];
  struct page_object o = page_object(p->arena);
  for (size_t i = 0; i < FACT_GROUPS; i++) lists[i] = page_list(p->arena);
  for (uint32_t i = 0; i < facts.count; i++) {
    const struct json *fact = &facts.as.items[i];
    page_push(&lists[group_of(c, fact)], casework__fact_row(p, c, fact, posted));
  }
  for (size_t i = 0; i < FACT_GROUPS; i++) {
    page_set(&o, groups[i].list, page_items(&lists[i]));
    page_set_bool(&o, groups[i].any, lists[i].count > 0);
  }
  page_set_int(&o, "open_count", (int64_t)lists[FACTS_OPEN].count);
  bool proves = lists[FACTS_OPEN].count > 0 && http_request_may(p->r, HTTP_ROLE_ADJUSTER) && !str_eq(c->state, STR("submitted"));
  page_set_str(&o, "prove_path", proves ? casework__path(p, c->claim, "/do/prove") : STR(""));
  add_private(c, &o);
  page_set(&p->document, "facts", page_json(&o));
}
