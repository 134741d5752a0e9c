/* reference: what there is to know before a claim is filed, most of it by anybody: the rules' answer to facts, the
 * declaration, holidays, banks. */
#include "documents_in.h"
#include "shienkin/value/bank_directory.h"

enum { FOUND_MOST = 50, A_DAY_S = 24 * 3600 };

/* ---- facilities and the declaration */

static struct http_answer facilities(struct http_request *r) { return GATE_CALL(r, facilities_mine, NULL, STR_NONE); }
static struct http_answer declaration(struct http_request *r) { return GATE_CALL(r, declaration_in_force, NULL, STR_NONE); }

/* ---- what the rules would say */

static struct http_answer ask_rules(struct http_request *r) {
  struct estimate_request request = { &r->json };
  int64_t wait_s = gate_estimate_wait_s(r);
  if (wait_s) return http_throttled(r, wait_s);
  return GATE_CALL(r, estimate, &request, STR_NONE);
}

/* ---- holidays */

static void write_member(struct json_writer *w, const char *name, str value) {
  json_write_name(w, str_of(name));
  json_write_str(w, value);
}

static struct http_answer holidays(struct http_request *r) {
  const struct calendar *c = calendar_national();
  const struct http_value *year = http_value(&r->query, "year");
  day from = year->present ? day_from_civil(year->number, 1, 1) : calendar_first(c);
  day to = year->present ? day_from_civil(year->number, 12, 31) : calendar_last(c);
  size_t count;
  const day *days = calendar_within(c, from, to, &count);
  struct buf out = buf_in(r->arena);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  write_member(&w, "kind", STR("national"));
  write_member(&w, "version", calendar_version(c));
  write_member(&w, "sha256", calendar_sha256(c));
  write_member(&w, "from", day_text(r->arena, from));
  write_member(&w, "to", day_text(r->arena, to));
  json_write_name(&w, STR("days"));
  json_write_begin_array(&w);
  for (size_t i = 0; i < count; i++) {
    json_write_begin_object(&w);
    write_member(&w, "day", day_text(r->arena, days[i]));
    write_member(&w, "name", calendar_name(c, days[i]));
    json_write_end_object(&w);
  }
  json_write_end_array(&w);
  json_write_end_object(&w);
  struct http_answer answer = http_json(HTTP_OK, buf_str(&out));
  http_answer_cacheable(r, &answer, A_DAY_S, false);
  return answer;
}

/* ---- banks */

static void write_named(struct json_writer *w, const char *code, str kana, str name) {
  json_write_begin_object(w);
  write_member(w, "code", str_of(code));
  write_member(w, "kana", kana);
  write_member(w, "name", name);
  json_write_end_object(w);
}

static struct http_answer found(struct http_request *r, struct buf *out) {
  struct http_answer answer = http_json(HTTP_OK, buf_str(out));
  http_answer_cacheable(r, &answer, A_DAY_S, false);
  return answer;
}

static struct json_writer begin_found(struct buf *out, const char *what) {
  struct json_writer w = json_writer_to(out);
  json_write_begin_object(&w);
  write_member(&w, "directory", bank_directory_version());
  json_write_name(&w, str_of(what));
  json_write_begin_array(&w);
  return w;
}

static void end_found(struct json_writer *w) {
  json_write_end_array(w);
  json_write_end_object(w);
}

static struct http_answer banks(struct http_request *r) {
  size_t count;
  const struct bank *items = bank_search(r->arena, http_value(&r->query, "words")->text, FOUND_MOST, &count);
  struct buf out = buf_in(r->arena);
  struct json_writer w = begin_found(&out, "banks");
  for (size_t i = 0; i < count; i++) write_named(&w, items[i].code, items[i].kana, items[i].name);
  end_found(&w);
  return found(r, &out);
}

static struct http_answer branches(struct http_request *r) {
  size_t count;
  str bank = http_value(&r->path, "bank")->text, words = http_value(&r->query, "words")->text;
  const struct bank_branch *items = bank_branch_search(r->arena, bank, words, FOUND_MOST, &count);
  struct buf out = buf_in(r->arena);
  struct json_writer w = begin_found(&out, "branches");
  for (size_t i = 0; i < count; i++) write_named(&w, items[i].code, items[i].kana, items[i].name);
  end_found(&w);
  return found(r, &out);
}

/* ---- the table */

static bool is_bank_code(str s) {
  if (s.n != 4) return false;
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  return true;
}

static const struct http_parameter year_query[] = {
  { .name = "year", .kind = HTTP_PARAMETER_INTEGER, .least = 1970, .most = 2050, .description_ja = "年（なければ全期間）",
    .description_en = "one year; all of them where none is said" },
  { .name = NULL },
};
static const struct http_parameter words_query[] = {
  { .name = "words", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 30,
    .description_ja = "コードの始め、またはカナか名前の一部", .description_en = "the beginning of a code, or a part of kana or name" },
  { .name = NULL },
};
static const struct http_parameter bank_path[] = {
  { .name = "bank", .kind = HTTP_PARAMETER_TEXT, .most = 4, .pattern = is_bank_code, .pattern_text = "^[0-9]{4}$",
    .description_ja = "金融機関コード", .description_en = "the bank's code" },
  { .name = NULL },
};

#define ROW(n, m, p, ja, en, handler_) API_ROW(n, m, p, "reference", ja, en), .handler = (handler_)

static const struct http_route rows[] = {
  { ROW("listFacilities", HTTP_GET, "/v1/facilities", "自分が届け出られる施設", "The facilities of one's mandates", facilities),
    .realms = API_CLAIMANTS, .roles = API_SPEAKS, .answers = API_ANSWERS(API_OK(answer__facilities, "facilities")) },
  { ROW("readDeclaration", HTTP_GET, "/v1/declaration", "提出のときの宣言文", "The declaration that filing asks for", declaration),
    .realms = HTTP_PUBLIC, .answers = API_ANSWERS(API_OK(answer__declaration, "the text in force")) },
  { ROW("estimate", HTTP_POST, "/v1/estimate", "申請する前に、規則の答えを試す", "What the rules in force say of any facts",
        ask_rules),
    .realms = HTTP_PUBLIC, .body = HTTP_BODY_JSON, .body_limit_bytes = ESTIMATE_MOST_BYTES, .body_spec = &api__document_facts,
    .description_en = "Facts as claim.schema.json has them. Nobody is known, nothing is stored. An address may ask 60 times a minute.",
    .answers = API_ANSWERS(API_OK(answer__estimate, "the decision as it would be")), .problems = API_PROBLEMS("rules_missing", "too_many_attempts") },
  { ROW("readHolidays", HTTP_GET, "/v1/calendars/national", "国民の祝日", "National holidays, as decisions count them", holidays),
    .realms = HTTP_PUBLIC, .query = year_query, .answers = API_ANSWERS(API_OK(answer__calendar, "the calendar of this build")) },
  { ROW("findBanks", HTTP_GET, "/v1/banks", "金融機関を探す", "Find a bank", banks), .realms = HTTP_PUBLIC, .query = words_query,
    .answers = API_ANSWERS(API_OK(answer__banks, "at most 50")) },
  { ROW("findBranches", HTTP_GET, "/v1/banks/{bank}/branches", "支店を探す", "Find a branch of a bank", branches),
    .realms = HTTP_PUBLIC, .path_parameters = bank_path, .query = words_query,
    .answers = API_ANSWERS(API_OK(answer__branches, "at most 50; a code may be newer than the directory")) },
};
const struct http_route_table api__reference = { rows, COUNT_OF(rows) };
