/* claim_payee: the account that money goes to, named or changed after filing. What the bank will see is shown before anything is
 * sent, and only what was shown is sent. */
#include "files.h"
#include "mine.h"
#include "payee_form.h"
#include "shienkin/value/bank_directory.h"

struct change {
  struct mine m;
  struct json typed;                    /* {payee, asked} */
  int64_t version;                      /* the payee's that stands; 0: there is none */
  bool look, stale, edited;             /* it is to be looked at; somebody was quicker; something was typed after it was looked at */
};

static bool open_it(struct http_request *r, struct change *c, struct http_answer *answer) {
  *c = (struct change){ .version = 0 };
  if (!mine__open(r, &c->m, answer)) return false;
  const struct json *payee = json_get(&c->m.view, STR("payee"));
  if (payee && payee->kind == JSON_KIND_OBJECT) c->version = page_int(payee, "version");
  c->typed = json_of_object(NULL, 0);
  if (mine__is(&c->m, MINE_LIVING)) return true;
  *answer = page_go(r, mine__path(&c->m, ""), "claim_moved");
  return false;
}

/* ---- the account that stands, as far as it is shown again */

static str account_type_words(const struct page *p, str type) {
  static const struct { const char *type, *text; } types[] = {
    { "ordinary", "mine.type_ordinary" }, { "current", "mine.type_current" }, { "savings", "mine.type_savings" },
    { "other", "mine.type_other" },
  };
  for (size_t i = 0; i < COUNT_OF(types); i++)
    if (str_eq(type, str_of(types[i].type))) return page_say_with(p, types[i].text, 0, NULL);
  return STR("");
}

void mine__payee(struct mine *m) {
  struct page *p = &m->page;
  const struct json *payee = json_get(&m->view, STR("payee"));
  page_set_bool(&p->document, "payee", false);
  if (!payee || payee->kind != JSON_KIND_OBJECT) return;
  struct page_object o = page_object(p->arena);
  struct bank bank;
  struct bank_branch branch;
  str bank_code = page_member(payee, "bank_code"), branch_code = page_member(payee, "branch_code");
  page_set_str(&o, "bank", bank_code);
  page_set_str(&o, "branch", branch_code);
  page_set_str(&o, "bank_name", bank_find(bank_code, &bank) ? bank.name : STR(""));
  page_set_str(&o, "branch_name", bank_branch_find(bank_code, branch_code, &branch) ? branch.name : STR(""));
  page_set_str(&o, "holder", page_member(payee, "holder_name"));
  page_set_str(&o, "account_number", page_member(payee, "account_number"));
  page_set_str(&o, "account_type", account_type_words(p, page_member(payee, "account_type")));
  const struct json *warnings = json_get(payee, STR("warnings"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; warnings && warnings->kind == JSON_KIND_ARRAY && i < warnings->count; i++)
    page_push(&list, json_of_str(page_member(&warnings->as.items[i], p->english ? "message_en" : "message_ja")));
  page_set(&o, "warnings", page_items(&list));
  page_set(&p->document, "payee", page_json(&o));
}

/* ---- another */

/* Findings of payee_change() point into the payee itself. */
static const struct page_field *fields_of(struct arena *a) {
  struct page_field *fields = ARENA_ARRAY(a, struct page_field, PAYEE_FORM_QUESTIONS);
  for (size_t i = 0; i < PAYEE_FORM_QUESTIONS; i++) fields[i] = payee_form__questions[i].field;
  return fields;
}

static str seen_of(const struct change *c) { return facts_form__seen(c->m.page.arena, &c->typed, "payee"); }

static struct http_answer show(struct change *c, int status, const struct findings *f) {
  struct page *p = &c->m.page;
  struct json shown = payee_form__show(p, &c->typed), values = facts_form__values(p, &shown, payee_form__questions, PAYEE_FORM_QUESTIONS);
  bool whole = c->look && json_get(&c->typed, STR("payee"));
  struct json_member hidden[] = { { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)c->version)) },
                                  { STR("seen"), json_of_str(whole ? seen_of(c) : STR("")) } };
  mine__head(&c->m);
  mine__payee(&c->m);
  page_set_bool(&p->document, "look", whole);
  page_set_bool(&p->document, "stale", c->stale);
  page_set_bool(&p->document, "edited", c->edited);
  page_set_str(&p->document, "filing_script", web__asset_path(p->arena, "filing.js"));
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(&c->m, "/payee"), .submit = "mine.payee_look",
                                    .fields = fields_of(p->arena), .count = PAYEE_FORM_QUESTIONS, .values = &values, .findings = f,
                                    .hidden = hidden, .hidden_count = COUNT_OF(hidden), .once = true });
  return page_answer(p, status, "claim_payee", page_say_with(p, c->version ? "mine.way_payee" : "mine.way_payee_first", 0, NULL));
}

static struct http_answer get_payee(struct http_request *r) {
  struct change c;
  struct http_answer answer;
  return open_it(r, &c, &answer) ? show(&c, HTTP_OK, NULL) : answer;
}

static struct http_answer send(struct change *c) {
  struct page *p = &c->m.page;
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  static const struct json nothing = { .kind = JSON_KIND_OBJECT };
  const struct json *payee = json_get(&c->typed, STR("payee"));
  struct payee_request request = { c->m.claim, c->version, payee ? payee : &nothing };
  result why = PAGE_CALL(p, payee_change, &request, &f, &out);
  if (why == RESULT_OK) return page_go(p->r, mine__path(&c->m, "#payee"), "payee_changed");
  c->look = false;
  return mine__shown_again(why) ? show(c, why == RESULT_CONFLICT ? 409 : 422, &f) : page_failed(p, why, &f, &out);
}

static struct http_answer post_payee(struct http_request *r) {
  struct change c;
  struct http_answer answer;
  if (!open_it(r, &c, &answer)) return answer;
  str go = page_typed(&r->form, "go");
  c.typed = payee_form__read(&c.m.page, &c.typed);
  c.look = !str_eq(go, STR("stay"));
  c.stale = mine__posted_version(r) != c.version;
  if (c.stale) return show(&c, 409, NULL);
  if (!str_eq(go, STR("send"))) return show(&c, HTTP_OK, NULL);
  c.edited = !str_eq(page_typed(&r->form, "seen"), seen_of(&c));
  return c.edited ? show(&c, 422, NULL) : send(&c);
}

static const struct http_parameter form[] = { MINE_VERSION, MINE_TEXT("seen", 100), MINE_TEXT("go", 20), PAYEE_FORM_FIELDS, { 0 } };
static const struct http_route rows[] = {
  { MINE_ROW("claimPayeePage", HTTP_GET, "/claims/{claim}/payee", "振込先を変える画面", "Where the money goes, to be changed"), .step_up = true,
    .handler = get_payee },
  { MINE_FORM("claimPayeePagePost", "/claims/{claim}/payee", "振込先を届け出る・変える", "Name or change where the money goes", form, post_payee),
    .step_up = true },
};
const struct http_route_table web__claim_payee_routes = { rows, COUNT_OF(rows) };
