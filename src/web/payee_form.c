/* payee_form: see the header. */
#include "payee_form.h"

#include "shienkin/text.h"
#include "shienkin/value/bank_directory.h"

enum { FOUND_MOST = 20, NAME_MOST_BYTES = 30 };

static const struct page_choice ways[] = { { "bank", "filing.way_bank" }, { "yucho", "filing.way_yucho" } };
static const struct page_choice types[] = { { "ordinary", "filing.type_ordinary" }, { "current", "filing.type_current" },
                                            { "savings", "filing.type_savings" }, { "other", "filing.type_other" } };
const struct question payee_form__questions[PAYEE_FORM_QUESTIONS] = {
  { QUESTION_WORD, "/asked/payee_way", { .name = "way", .kind = PAGE_RADIO, .label = "filing.way", .choices = ways, .choice_count = 2 } },
  { QUESTION_TEXT, "/payee/bank_code", { .name = "bank_code", .kind = PAGE_NUMBER, .label = "filing.bank_code", .hint = "filing.bank_code_hint" } },
  { QUESTION_TEXT, "/payee/branch_code", { .name = "branch_code", .kind = PAGE_NUMBER, .label = "filing.branch_code", .hint = "filing.branch_code_hint" } },
  { QUESTION_WORD, "/payee/account_type", { .name = "account_type", .kind = PAGE_RADIO, .label = "filing.account_type", .choices = types, .choice_count = 4 } },
  { QUESTION_TEXT, "/payee/account_number", { .name = "account_number", .kind = PAGE_NUMBER, .label = "filing.account_number", .hint = "filing.account_number_hint" } },
  { QUESTION_TEXT, "/payee/yucho_symbol", { .name = "yucho_symbol", .kind = PAGE_NUMBER, .label = "filing.yucho_symbol", .hint = "filing.yucho_symbol_hint" } },
  { QUESTION_TEXT, "/payee/yucho_number", { .name = "yucho_number", .kind = PAGE_NUMBER, .label = "filing.yucho_number", .hint = "filing.yucho_number_hint" } },
  { QUESTION_TEXT, "/payee/holder_name", { .name = "holder_name", .kind = PAGE_LINE, .label = "filing.holder_name", .hint = "filing.holder_name_hint" } },
};

static str at(const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  return v && v->kind == JSON_KIND_STRING ? json_text(v) : STR("");
}

static bool is_yucho(const struct json *document) { return str_eq(at(document, "/asked/payee_way"), STR("yucho")); }

/* ---- what was typed */

static void put(const struct page *p, struct json *document, const char *key, const struct json *value) {
  *document = facts_form__put(p->arena, document, str_of(key), value);
}

/* A bank or branch that was chosen among those found goes before the code that was typed. What belongs to the other kind of
 * account is left away, and an account of which nothing was said is none. */
struct json payee_form__read(const struct page *p, const struct json *document) {
  static const char *const of_bank[] = { "/payee/bank_code", "/payee/branch_code", "/payee/account_type", "/payee/account_number" };
  static const char *const of_yucho[] = { "/payee/yucho_symbol", "/payee/yucho_number" };
  struct json typed = facts_form__read(p, document, payee_form__questions, PAYEE_FORM_QUESTIONS, &p->r->form);
  str bank = page_typed(&p->r->form, "bank_pick"), branch = page_typed(&p->r->form, "branch_pick");
  struct json bank_json = json_of_str(bank), branch_json = json_of_str(branch);
  if (bank.n) put(p, &typed, "/payee/bank_code", &bank_json);
  if (branch.n) put(p, &typed, "/payee/branch_code", &branch_json);
  if (is_yucho(&typed))
    for (size_t i = 0; i < COUNT_OF(of_bank); i++) put(p, &typed, of_bank[i], NULL);
  else
    for (size_t i = 0; i < COUNT_OF(of_yucho); i++) put(p, &typed, of_yucho[i], NULL);
  const struct json *payee = json_get(&typed, STR("payee"));
  bool only_type = payee && payee->count == 1 && json_get(payee, STR("account_type"));
  if (payee && (payee->count == 0 || only_type)) put(p, &typed, "/payee", NULL);
  return typed;
}

/* ---- finding banks */

static struct json found_row(struct page *p, const char *field, size_t i, const char *code, str name, str kana, bool chosen) {
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "found_id", str_format(p->arena, "f-%s-%zu", field, i));
  page_set_str(&o, "found_name", name);
  page_set_str(&o, "found_kana", kana);
  page_set_str(&o, "code", str_of(code));
  page_set_bool(&o, "chosen", chosen);
  return page_json(&o);
}

static void add_banks(struct page *p, str words, str code) {
  struct page_list list = page_list(p->arena);
  size_t count = 0;
  const struct bank *banks = words.n ? bank_search(p->arena, words, FOUND_MOST, &count) : NULL;
  for (size_t i = 0; i < count; i++)
    page_push(&list, found_row(p, "bank_pick", i, str_z(p->arena, str_of(banks[i].code)), banks[i].name, banks[i].kana,
                               count == 1 || str_eq(code, str_of(banks[i].code))));
  page_set(&p->document, "banks", page_items(&list));
  page_set_bool(&p->document, "any_bank", list.count > 0);
  page_set_bool(&p->document, "no_bank", words.n > 0 && list.count == 0);
}

static void add_branches(struct page *p, str bank, str words, str code) {
  struct page_list list = page_list(p->arena);
  size_t count = 0;
  const struct bank_branch *branches = words.n && bank.n ? bank_branch_search(p->arena, bank, words, FOUND_MOST, &count) : NULL;
  for (size_t i = 0; i < count; i++)
    page_push(&list, found_row(p, "branch_pick", i, str_z(p->arena, str_of(branches[i].code)), branches[i].name, branches[i].kana,
                               count == 1 || str_eq(code, str_of(branches[i].code))));
  page_set(&p->document, "branches", page_items(&list));
  page_set_bool(&p->document, "any_branch", list.count > 0);
  page_set_bool(&p->document, "no_branch", words.n > 0 && list.count == 0);
}

static bool bank_of(const struct json *document, struct bank *out) { return bank_find(at(document, "/payee/bank_code"), out); }

static bool branch_of(const struct json *document, struct bank_branch *out) {
  return bank_branch_find(at(document, "/payee/bank_code"), at(document, "/payee/branch_code"), out);
}

str payee_form__bank_words(const struct page *p, const struct json *document) {
  struct bank bank;
  struct bank_branch branch;
  if (!bank_of(document, &bank)) return STR("");
  if (!branch_of(document, &branch)) return bank.name;
  return str_format(p->arena, "%.*s・%.*s", STR_ARG(bank.name), STR_ARG(branch.name));
}

static void add_names(struct page *p, const struct json *document) {
  struct bank bank;
  struct bank_branch branch;
  page_set_str(&p->document, "bank_name", bank_of(document, &bank) ? bank.name : STR(""));
  page_set_str(&p->document, "branch_name", branch_of(document, &branch) ? branch.name : STR(""));
}

/* ---- the name as the bank will see it */

str payee_form__preview(const struct page *p, const struct json *document) {
  struct bank_options options = { .class = BANK_CLASS_NAME, .limit_bytes = NAME_MOST_BYTES, .wo_as_o = true };
  struct bank_name name;
  str typed = at(document, "/payee/holder_name");
  return typed.n && bank_name_normalize(p->arena, typed, &options, &name) == RESULT_OK ? name.utf8 : STR("");
}

/* ---- all of it */

struct json payee_form__show(struct page *p, const struct json *document) {
  bool posted = p->r->method == HTTP_POST;
  str bank_words = posted ? page_typed(&p->r->form, "bank_words") : STR("");
  str branch_words = posted ? page_typed(&p->r->form, "branch_words") : STR("");
  add_banks(p, str_trim(bank_words), at(document, "/payee/bank_code"));
  add_branches(p, at(document, "/payee/bank_code"), str_trim(branch_words), at(document, "/payee/branch_code"));
  add_names(p, document);
  page_set_str(&p->document, "preview", payee_form__preview(p, document));
  page_set(&p->document, "bank_words", json_of_str(bank_words));
  page_set(&p->document, "branch_words", json_of_str(branch_words));
  struct json shown = *document, bank = json_of_str(STR("bank"));
  if (!json_at(document, STR("/asked/payee_way"))) put(p, &shown, "/asked/payee_way", &bank);
  return shown;
}
