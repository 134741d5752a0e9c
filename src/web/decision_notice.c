/* decision_notice: see the header. */
#include "decision_notice.h"

#include "shienkin/document.h"
#include "shienkin/value.h"
#include "verdict.h"

static day day_of(str at) {
  day d;
  return at.n >= 10 && day_parse(str_slice(at, 0, 10), &d) ? d : DAY_NONE;
}

/* ---- items */

static str clauses_of(const struct page *p, const struct json *codes) {
  struct buf out = buf_in(p->arena);
  for (uint32_t i = 0; codes && codes->kind == JSON_KIND_ARRAY && i < codes->count; i++) {
    if (i) buf_byte(&out, ' ');
    buf_add(&out, json_text(&codes->as.items[i]));
  }
  return buf_str(&out);
}

static str result_words(const struct page *p, str outcome) {
  return page_say_with(p, str_z(p->arena, str_format(p->arena, "paper.result_%.*s", STR_ARG(outcome))), 0, NULL);
}

static struct json item_of(const struct page *p, enum item which, const struct json *said) {
  struct page_object o = page_object(p->arena);
  str outcome = page_member(said, "outcome");
  struct json any = verdict__words(p, json_get(said, STR("any_of")), scheme_fact_name);
  page_set_str(&o, "item_name", scheme_item_name(which, !p->english));
  page_set_str(&o, "item_result", result_words(p, outcome));
  page_set_str(&o, "item_amount", str_eq(outcome, STR("payable")) ? page_yen(p, page_int(said, "amount_yen")) : STR(""));
  page_set_str(&o, "clauses", clauses_of(p, json_get(said, STR("clauses"))));
  page_set(&o, "reasons", verdict__words(p, json_get(said, STR("reasons")), scheme_reason_name));
  page_set(&o, "missing", verdict__words(p, json_get(said, STR("missing")), scheme_fact_name));
  page_set(&o, "any_of", any);
  page_set_bool(&o, "any", any.count > 0);
  return page_json(&o);
}

/* ---- what kind of notice it is: by what was granted and what is still open, never by an amount of ours */

enum kind { GRANTED, REFUSED, WAITING };
static const struct { const char *title, *lead, *follows[3]; } kinds[] = {
  [GRANTED] = { "paper.title_granted", "paper.lead_granted", { "paper.follows_paid", "paper.follows_rest", NULL } },
  [REFUSED] = { "paper.title_refused", "paper.lead_refused", { "paper.follows_desk", NULL } },
  [WAITING] = { "paper.title_waiting", "paper.lead_waiting", { "paper.follows_arrive", NULL } },
};

static enum kind kind_of(const struct json *body) {
  if (page_int(body, "total_yen") > 0) return GRANTED;
  return str_eq(page_member(body, "outcome"), STR("not_payable")) ? REFUSED : WAITING;
}

static struct json follows_of(const struct page *p, const struct json *body, enum kind kind) {
  struct page_list list = page_list(p->arena);
  bool open = str_eq(page_member(body, "outcome"), STR("partly_payable"));
  for (size_t i = 0; kinds[kind].follows[i]; i++)
    if (strcmp(kinds[kind].follows[i], "paper.follows_rest") != 0 || open)
      page_push(&list, json_of_str(page_say_with(p, kinds[kind].follows[i], 0, NULL)));
  return page_items(&list);
}

static struct json ask_of(const struct page *p) {
  static const char *const said[] = { "paper.ask_how", "paper.ask_rule", "paper.ask_new" };
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(said); i++) page_push(&list, json_of_str(page_say_with(p, said[i], 0, NULL)));
  return page_items(&list);
}

/* The event that the approval left: the last of its kind, since a later one would be a later decision. */
static str event_of(const struct json *view) {
  const struct json *steps = json_get(view, STR("steps"));
  str event = STR("");
  for (uint32_t i = 0; steps && i < steps->count; i++)
    if (str_eq(page_member(&steps->as.items[i], "type"), STR("proposal.approved"))) event = page_member(&steps->as.items[i], "event");
  return event;
}

static str days_of(const struct page *p, const struct json *body) {
  int64_t claimed = page_int(body, "claimed_days");
  if (claimed == 0) return STR("");
  return page_say(p, "paper.days", str_format(p->arena, "%lld", (long long)claimed),
                  str_format(p->arena, "%lld", (long long)page_int(body, "closed_days")));
}

static str rules_of(const struct page *p, const struct json *body) {
  const struct json *rules = json_get(body, STR("rules"));
  return rules ? page_say(p, "paper.rules", page_member(rules, "id"), page_member(rules, "version")) : STR("");
}

static void add_heads(const struct page *p, const struct json *view, struct page_object *o) {
  const struct json *decision = json_get(view, STR("decision")), *incident = json_get(view, STR("incident"));
  const struct json *roster = json_get(view, STR("roster"));
  int64_t number = page_int(decision, "number");
  str claim = page_member(view, "number"), count = str_format(p->arena, "%lld", (long long)number);
  day occurred = incident ? day_of(page_member(incident, "occurred_on")) : DAY_NONE;
  str facility = roster ? page_member(roster, "name") : STR("");
  page_set_str(o, "document_number", str_format(p->arena, "%.*s-%.*s", STR_ARG(claim), STR_ARG(count)));
  page_set_str(o, "claim_number", claim);
  page_set_str(o, "facility_name", facility);
  page_set_str(o, "addressed", facility.n ? page_say(p, "paper.addressed", facility) : STR(""));
  page_set_str(o, "decided_on", page_wareki(p, day_of(page_member(decision, "at"))));
  page_set_str(o, "occurred_on", page_wareki(p, occurred));
  page_set_str(o, "changed", number > 1 ? page_say(p, "paper.changed", count, str_format(p->arena, "%lld", (long long)(number - 1))) : STR(""));
  page_set_str(o, "event", event_of(view));
}

struct json decision_notice(const struct page *p, const struct json *view, str url) {
  const struct json *decision = json_get(view, STR("decision"));
  assert(decision && decision->kind == JSON_KIND_OBJECT);
  const struct json *body = json_get(decision, STR("body")), *items = json_get(body, STR("items"));
  enum kind kind = kind_of(body);
  struct page_object o = page_object(p->arena);
  struct page_list list = page_list(p->arena);
  for (int i = 0; i < ITEM_COUNT; i++) page_push(&list, item_of(p, (enum item)i, json_get(items, scheme_item_code((enum item)i))));
  add_heads(p, view, &o);
  str title = page_say_with(p, kinds[kind].title, 0, NULL);
  page_set_str(&o, "notice_title", page_int(decision, "number") > 1 ? page_say(p, "paper.title_changed", title) : title);
  page_set_str(&o, "lead", page_say_with(p, kinds[kind].lead, 0, NULL));
  page_set_str(&o, "total", page_yen(p, page_int(body, "total_yen")));
  page_set(&o, "items", page_items(&list));
  page_set(&o, "whole_reasons", verdict__words(p, json_get(body, STR("reasons")), scheme_reason_name));
  page_set_str(&o, "days", days_of(p, body));
  page_set(&o, "follows", follows_of(p, body, kind));
  page_set(&o, "ask", ask_of(p));
  page_set_str(&o, "rules", rules_of(p, body));
  page_set_str(&o, "url", url);
  page_set_str(&o, "office", page_say(p, "paper.office"));
  return page_json(&o);
}

/* ---- on paper */

enum { PARTS_MOST = 40 };
struct sheet { const struct page *p; struct document_part parts[PARTS_MOST]; size_t count; };

static void put(struct sheet *s, enum document_part_kind kind, str text) {
  if (text.n == 0 && kind != DOCUMENT_GAP) return;
  assert(s->count < PARTS_MOST);
  s->parts[s->count++] = (struct document_part){ .kind = kind, .text = text };
}

static void put_list(struct sheet *s, const struct json *list) {
  for (uint32_t i = 0; list && i < list->count; i++) put(s, DOCUMENT_PARAGRAPH, json_text(&list->as.items[i]));
}

static str joined(const struct page *p, const char *label, const struct json *list) {
  if (!list || list->count == 0) return STR("");
  struct buf out = buf_in(p->arena);
  buf_add(&out, page_say_with(p, label, 0, NULL));
  for (uint32_t i = 0; i < list->count; i++) {
    if (i) buf_add(&out, p->english ? STR("; ") : STR("、"));
    buf_add(&out, json_text(&list->as.items[i]));
  }
  return buf_str(&out);
}

/* The result, and under it why, or what is still waited for. */
static str ground_of(const struct page *p, const struct json *item) {
  struct buf out = buf_in(p->arena);
  str lines[] = { page_member(item, "item_result"), joined(p, "paper.reason", json_get(item, STR("reasons"))),
                  joined(p, "paper.missing", json_get(item, STR("missing"))),
                  joined(p, "paper.any_of", json_get(item, STR("any_of"))) };
  for (size_t i = 0; i < COUNT_OF(lines); i++) {
    if (lines[i].n == 0) continue;
    if (out.n) buf_byte(&out, '\n');
    buf_add(&out, lines[i]);
  }
  return buf_str(&out);
}

enum { COLUMNS = 4, ROWS_MOST = ITEM_COUNT + 2 };

static void put_items(struct sheet *s, const struct json *content) {
  const struct page *p = s->p;
  const struct json *items = json_get(content, STR("items"));
  struct document_row *rows = ARENA_ARRAY(p->arena, struct document_row, ROWS_MOST);
  str *cells = ARENA_ARRAY(p->arena, str, ROWS_MOST * COLUMNS);
  static const char *const heads[COLUMNS] = { "paper.column_item", "paper.column_ground", "paper.column_clauses", "paper.column_amount" };
  size_t n = 0;
  for (size_t c = 0; c < COLUMNS; c++) cells[c] = page_say_with(p, heads[c], 0, NULL);
  rows[n++] = (struct document_row){ cells, COLUMNS };
  for (uint32_t i = 0; i < items->count; i++, n++) {
    const struct json *item = &items->as.items[i];
    str *own = cells + n * COLUMNS;
    own[0] = page_member(item, "item_name");
    own[1] = ground_of(p, item);
    own[2] = page_member(item, "clauses");
    own[3] = page_member(item, "item_amount");
    rows[n] = (struct document_row){ own, COLUMNS };
  }
  str *sum = cells + n * COLUMNS;
  sum[0] = page_say(p, "paper.total");
  sum[1] = sum[2] = STR("");
  sum[3] = page_member(content, "total");
  rows[n++] = (struct document_row){ sum, COLUMNS };
  assert(s->count < PARTS_MOST);
  s->parts[s->count++] = (struct document_part){ .kind = DOCUMENT_TABLE, .rows = rows, .row_count = n, .right_from = 3 };
}

static void put_top(struct sheet *s, const struct json *content) {
  const struct page *p = s->p;
  put(s, DOCUMENT_RIGHT, str_format(p->arena, "%.*s\n%.*s\n%.*s",
                                    STR_ARG(page_say(p, "paper.number", page_member(content, "document_number"))),
                                    STR_ARG(page_member(content, "decided_on")), STR_ARG(page_member(content, "office"))));
  put(s, DOCUMENT_TITLE, page_member(content, "notice_title"));
  put(s, DOCUMENT_PARAGRAPH, page_member(content, "addressed"));
  put(s, DOCUMENT_PARAGRAPH, page_member(content, "lead"));
  put(s, DOCUMENT_PARAGRAPH, page_member(content, "changed"));
  put(s, DOCUMENT_PARAGRAPH, page_say(p, "paper.about", page_member(content, "claim_number"), page_member(content, "occurred_on")));
}

static void put_bottom(struct sheet *s, const struct json *content, str url) {
  const struct page *p = s->p;
  str event = page_member(content, "event");
  put(s, DOCUMENT_PARAGRAPH, page_member(content, "days"));
  put(s, DOCUMENT_HEADING, page_say(p, "paper.follows"));
  put_list(s, json_get(content, STR("follows")));
  put(s, DOCUMENT_HEADING, page_say(p, "paper.ask"));
  put_list(s, json_get(content, STR("ask")));
  put(s, DOCUMENT_SMALL, page_member(content, "rules"));
  put(s, DOCUMENT_SMALL, event.n ? page_say(p, "paper.event", event) : STR(""));
  assert(s->count < PARTS_MOST);
  s->parts[s->count++] = (struct document_part){ .kind = DOCUMENT_QR, .text = url, .caption = page_say(p, "paper.qr", url) };
}

result decision_notice_pdf(const struct page *p, const struct json *view, str url, struct findings *f, str *pdf) {
  struct json content = decision_notice(p, view, url);
  struct sheet sheet = { .p = p };
  const struct json *whole = json_get(&content, STR("whole_reasons"));
  day made = day_of(page_member(json_get(view, STR("decision")), "at"));
  put_top(&sheet, &content);
  put_items(&sheet, &content);
  put(&sheet, DOCUMENT_PARAGRAPH, joined(p, "paper.reason", whole));
  put_bottom(&sheet, &content, url);
  struct document d = { .title = str_format(p->arena, "%.*s %.*s", STR_ARG(page_member(&content, "notice_title")),
                                            STR_ARG(page_member(&content, "document_number"))),
                        .language = p->english ? STR("en") : STR("ja"),
                        .footer = page_say(p, "paper.footer", page_member(&content, "document_number")),
                        .made_at_unix_s = made == DAY_NONE ? 0 : made * 86400,
                        .parts = sheet.parts, .part_count = sheet.count };
  return document_pdf(p->arena, &d, f, pdf);
}
