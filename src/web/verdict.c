/* verdict: see the header. Every amount, day and desk comes from the rules' answer. */
#include "verdict.h"

static const char *const item_codes[ITEM_COUNT] = { "attack", "closure", "leak_by_attack", "leak_other" };

struct json verdict__words(const struct page *p, const struct json *codes, str (*name)(str, bool)) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; codes && codes->kind == JSON_KIND_ARRAY && i < codes->count; i++)
    page_push(&list, json_of_str(name(json_text(&codes->as.items[i]), !p->english)));
  return page_items(&list);
}

static struct json item_of(const struct page *p, enum item which, const struct json *said) {
  struct page_object o = page_object(p->arena);
  str outcome = page_member(said, "outcome");
  bool payable = str_eq(outcome, STR("payable"));
  bool open = str_eq(outcome, STR("awaiting_filing")) || str_eq(outcome, STR("undetermined"));
  page_set_str(&o, "name", scheme_item_name(which, !p->english));
  page_set_str(&o, "outcome", scheme_outcome_name(outcome, !p->english));
  page_set_str(&o, "amount", payable ? page_yen(p, page_int(said, "amount_yen")) : STR(""));
  page_set_str(&o, "potential", open ? page_yen(p, page_int(said, "potential_yen")) : STR(""));
  page_set_bool(&o, "payable", payable);
  page_set(&o, "reasons", verdict__words(p, json_get(said, STR("reasons")), scheme_reason_name));
  page_set(&o, "missing", verdict__words(p, json_get(said, STR("missing")), scheme_fact_name));
  struct json any = verdict__words(p, json_get(said, STR("any_of")), scheme_fact_name);
  page_set(&o, "any_of", any);
  page_set_bool(&o, "any", any.count > 0);
  return page_json(&o);
}

static struct json desks_of(const struct page *p, const struct json *desks) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; desks && i < desks->count; i++) {
    const struct json *desk = &desks->as.items[i];
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "desk_name", page_member(desk, p->english ? "name_en" : "name_ja"));
    page_set_str(&o, "telephone", page_member(desk, "telephone"));
    page_set_str(&o, "hours", page_member(desk, p->english ? "hours_en" : "hours_ja"));
    page_set_str(&o, "purpose", page_member(desk, p->english ? "for_en" : "for_ja"));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

void verdict__show(struct page *p, const struct json *answer) {
  const struct json *decision = json_get(answer, STR("decision")), *items = json_at(answer, STR("/decision/items"));
  if (!decision || decision->kind != JSON_KIND_OBJECT || !items) {
    page_set_bool(&p->document, "verdict", false);
    return;
  }
  struct page_object o = page_object(p->arena);
  struct page_list list = page_list(p->arena);
  int64_t total = page_int(decision, "total_yen"), potential = page_int(decision, "potential_total_yen");
  for (int i = 0; i < ITEM_COUNT; i++) page_push(&list, item_of(p, (enum item)i, json_get(items, str_of(item_codes[i]))));
  page_set_str(&o, "outcome_words", scheme_outcome_name(page_member(decision, "outcome"), !p->english));
  page_set_str(&o, "total", page_yen(p, total));
  page_set_str(&o, "at_most", potential != total ? page_yen(p, potential) : STR(""));
  page_set_bool(&o, "nothing", total == 0 && potential == 0);
  page_set(&o, "whole_reasons", verdict__words(p, json_get(decision, STR("reasons")), scheme_reason_name));
  page_set(&o, "items", page_items(&list));
  bool days = page_int(decision, "claimed_days") > 0;
  str counted = str_format(p->arena, "%lld", (long long)page_int(decision, "closed_days"));
  str claimed = str_format(p->arena, "%lld", (long long)page_int(decision, "claimed_days"));
  page_set_str(&o, "days", days ? page_say(p, "verdict.days", claimed, counted) : STR(""));
  struct json desks = desks_of(p, json_get(answer, STR("desks")));
  page_set(&o, "desks", desks);
  page_set_bool(&o, "any_desk", desks.count > 0);
  page_set(&p->document, "verdict", page_json(&o));
}

struct findings verdict__open(const struct page *p, const struct json *answer, const char *prefix) {
  struct findings f = findings_in(p->arena);
  const struct json *open = json_get(answer, STR("open"));
  for (uint32_t i = 0; open && i < open->count; i++) {
    const struct json *one = &open->as.items[i];
    struct message said = { str_z(p->arena, page_member(one, "code")), "{0}", "{1}" };
    FINDING(&f, str_format(p->arena, "%s%.*s", prefix, STR_ARG(page_member(one, "pointer"))), &said, page_member(one, "message_ja"),
            page_member(one, "message_en"));
  }
  return f;
}
