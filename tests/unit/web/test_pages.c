/* The house around every page, its forms and its words, without a server or a database. */
#include "casework.h"
#include "desk.h"
#include "fixture.h"

/* ---- templates and texts know each other */

static void every_text_that_a_template_names_is_there(void **state) {
  (void)state;
  size_t named = 0;
  for (size_t i = 0; i < web__templates_count; i++) {
    str rest = web__templates[i].bytes;
    for (ptrdiff_t at; (at = str_find(rest, STR("{{t."))) >= 0;) {
      rest = str_slice(rest, (size_t)at + 4, rest.n);
      str name = str_slice(rest, 0, (size_t)str_find(rest, STR("}}")));
      if (!web__text_find(name)) fail_msg("%s: no text %.*s", web__templates[i].name, STR_ARG(name));
      named++;
    }
  }
  assert_true(named > 20);
}

static void every_text_stands_in_both_languages_once(void **state) {
  (void)state;
  for (size_t i = 0; i < web__area_count; i++)
    for (size_t j = 0; j < web__areas[i]->count; j++) {
      const struct page_text *text = &web__areas[i]->texts[j];
      assert_true(utf8_valid(str_of(text->ja), NULL) && utf8_valid(str_of(text->en), NULL));
      if (!*text->ja || !*text->en) fail_msg("%s.%s lacks a language", web__areas[i]->name, text->name);
      for (size_t k = 0; k < j; k++)
        if (strcmp(text->name, web__areas[i]->texts[k].name) == 0) fail_msg("%s.%s stands twice", web__areas[i]->name, text->name);
    }
}

/* ---- the house */

static void a_page_has_one_heading_and_its_language(void **state) {
  struct fixture *x = *state;
  struct http_answer answer = fixture_get(x, "/sign-in", "");
  assert_int_equal(answer.status, 200);
  assert_int_equal(times(answer.body, "<h1>"), 1);
  ASSERT_HOLDS(answer.body, "<html lang=\"ja\">");
  ASSERT_HOLDS(answer.body, "<title>ログイン - 支援金の窓口</title>");
  ASSERT_LACKS(answer.body, "demo-banner");
  ASSERT_LACKS(answer.body, "{{");
  ASSERT_LACKS(answer.body, "style=");
}

static void the_language_is_the_accounts_then_the_cookies_then_the_browsers(void **state) {
  struct fixture *x = *state;
  x->r.language = HTTP_ENGLISH;
  ASSERT_HOLDS(fixture_get(x, "/sign-in", "").body, "<h1>Sign in</h1>");
  fixture_cookie(x, "__Host-shienkin-language", "ja");
  ASSERT_HOLDS(fixture_get(x, "/sign-in", "").body, "<h1>ログイン</h1>");
  struct http_identity who = { .has_language = true, .language = HTTP_ENGLISH };
  x->r.identity = &who;
  struct page p = page_begin(&x->r);
  assert_true(p.english && x->r.language == HTTP_ENGLISH);
}

static void a_notice_is_shown_once(void **state) {
  struct fixture *x = *state;
  fixture_cookie(x, "__Host-shienkin-notice", "signed_out");
  struct http_answer answer = fixture_get(x, "/sign-in", "");
  ASSERT_HOLDS(answer.body, "<p>ログアウトしました。</p>");
  ASSERT_HOLDS(fixture_header(&answer, "Set-Cookie"), "__Host-shienkin-notice=;");
  fixture_cookie(x, "__Host-shienkin-notice", "<script>");
  ASSERT_LACKS(fixture_get(x, "/sign-in", "").body, "class=\"notice\"");
}

/* ---- forms */

static void what_was_typed_comes_back_beside_its_error(void **state) {
  struct fixture *x = *state;
  struct http_answer answer = fixture_post(x, "/sign-in", "login=%22%3E%3Cb%3E&password=&next=%2Fclaims%2F1");
  assert_int_equal(answer.status, 422);
  ASSERT_HOLDS_ALL(answer.body, "<title>エラー: ログイン", "value=\"&quot;&gt;&lt;b&gt;\"",
                   "<a href=\"#f-password\">「パスワード」を入力してください。</a>", "id=\"f-password-error\"",
                   "aria-describedby=\"f-password-error\" aria-invalid=\"true\"", "name=\"next\" value=\"/claims/1\"");
}

static void a_password_never_comes_back(void **state) {
  struct fixture *x = *state;
  struct http_answer answer = fixture_post(x, "/first-access", "login=a&code=b&password=one+secret&again=other+secret");
  assert_int_equal(answer.status, 422);
  ASSERT_LACKS(answer.body, "secret");
  ASSERT_HOLDS(answer.body, "<a href=\"#f-again\">");
}

/* A refusal of a use case finds its field by its pointer, also below it; what has no field stands in the summary
 * alone. Far from its field a message names it, unless it does so itself; a place that is no field is named and led to. */
static void findings_find_their_fields(void **state) {
  struct fixture *x = *state;
  static const struct page_choice choices[] = { { "yes", "common.home" }, { "no", "common.sign_in" } };
  static const struct page_field fields[] = {
    { .name = "day", .kind = PAGE_DAY, .label = "common.home", .pointer = "/facts/incident/occurred_on" },
    { .name = "kind", .kind = PAGE_RADIO, .label = "common.home", .choices = choices, .choice_count = 2, .optional = true },
  };
  static const struct message message = { "bad", "直してください", "Mend it" };
  struct findings f = findings_in(x->arena);
  FINDING(&f, STR("/facts/incident/occurred_on"), &message);
  FINDING(&f, STR("/facts/incident"), &message);
  FINDING(&f, STR("/kind/0"), &message);
  static const struct message named = { "bad", "はじめの画面を直してください", "Mend Home" };
  FINDING(&f, STR("/kind/1"), &named);
  FINDING(&f, STR("/leak/occurred"), &message);
  const struct page_place place = { STR("/leak/occurred"), STR("漏えい"), STR("/cases/1/facts") };
  struct json_member values[] = { { STR("day"), json_of_str(STR("2026-05-11")) }, { STR("kind"), json_of_str(STR("no")) } };
  struct json begin = json_of_object(values, 2);
  struct page p = page_begin(&x->r);
  page_form(&p, &(struct page_form){ .name = "form", .action = STR("/x"), .submit = "common.home", .fields = fields, .count = 2,
                                     .values = &begin, .findings = &f, .places = &place, .place_count = 1 });
  struct http_answer answer = page_answer(&p, 422, "second_factor", STR("t"));
  ASSERT_HOLDS(answer.body, "<li><a href=\"#f-day\">はじめの画面：直してください</a></li>\n<li>直してください</li>\n"
                            "<li><a href=\"#f-kind\">はじめの画面：直してください</a></li>\n"
                            "<li><a href=\"#f-kind\">はじめの画面を直してください</a></li>\n"
                            "<li><a href=\"/cases/1/facts\">漏えい：直してください</a></li>");
  ASSERT_HOLDS(answer.body, "type=\"date\" value=\"2026-05-11\"");
  ASSERT_HOLDS(answer.body, "id=\"f-kind\" name=\"kind\" value=\"yes\">");
  ASSERT_HOLDS(answer.body, "id=\"f-kind-1\" name=\"kind\" value=\"no\" checked>");
  ASSERT_LACKS(answer.body, "idempotency_key");
}

static void forms_of_the_signed_in_carry_their_token(void **state) {
  struct fixture *x = *state;
  struct http_identity who = { .csrf_token = STR("tok\"en"), .name = STR("医療機関の担当"), .roles = HTTP_ROLE_CLINIC };
  x->r.identity = &who;
  struct page p = page_begin(&x->r);
  page_form(&p, &(struct page_form){ .name = "form", .action = STR("/x"), .submit = "common.home", .once = true });
  str body = page_answer(&p, 200, "second_factor", STR("t")).body;
  assert_int_equal(times(body, "name=\"csrf_token\" value=\"tok&quot;en\""), 3);       /* language, sign out, the form */
  ASSERT_HOLDS(body, "name=\"idempotency_key\" value=\"frm_");
  ASSERT_HOLDS(body, "<a href=\"/account\">医療機関の担当</a> <span class=\"badge\">医療機関</span>");
}

/* ---- tables as files */

static void the_table_that_is_asked_for_as_a_file_is_the_answer(void **state) {
  struct fixture *x = *state;
  static const char *const columns[] = { "desk.reason" };
  const struct http_route *page = fixture_route(HTTP_GET, "/audit/decisions/{decision}");
  x->r.target = STR("/audit/decisions/dec_1?csv=events");
  fixture_read(x, page->query, "csv=events", &x->r.query);
  struct desk d = desk_begin(&x->r);
  static const char *const names[] = { "facts", "events", "reads" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    struct desk_section s = desk_section(&d, NULL);
    struct desk_table t = desk_table(&d, "audit.facts", names[i], columns, COUNT_OF(columns));
    desk_row(&t, &DESK_TEXT(str_of(names[i])));
    desk_put_table(&s, &t);
    desk_close(&s);
  }
  struct http_answer answer = desk_answer(&d, HTTP_OK, "audit.title", STR(""));
  assert_string_equal(answer.content_type, "text/csv; charset=utf-8");
  ASSERT_STR(answer.body, "\xEF\xBB\xBF\"理由\"\r\n\"events\"\r\n");
  ASSERT_HOLDS(fixture_header(&answer, "Content-Disposition"), "events.csv");
}

/* ---- ways */

static void only_paths_of_ours_are_gone_back_to(void **state) {
  (void)state;
  static const char *const foreign[] = { "", "claims", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y", "/a b", "/髙" };
  static const char *const ours[] = { "/", "/claims/1", "/claims?after=x&n=1", "/a//b" };
  for (size_t i = 0; i < COUNT_OF(foreign); i++) ASSERT_STR(page_local_path(str_of(foreign[i]), STR("/")), "/");
  for (size_t i = 0; i < COUNT_OF(ours); i++) assert_true(str_eq(page_local_path(str_of(ours[i]), STR("?")), str_of(ours[i])));
}

static void who_is_not_signed_in_is_led_there_and_back(void **state) {
  struct fixture *x = *state;
  struct http_pages pages = web_pages();
  x->r.route = fixture_route(HTTP_GET, "/");
  x->r.target = STR("/claims/1?tab=2");
  struct http_answer refusal = HTTP_PROBLEM(&x->r, &http_problem_sign_in_required);
  struct http_answer answer = pages.problem(&x->r, &refusal);
  assert_int_equal(answer.status, 303);
  ASSERT_STR(fixture_header(&answer, "Location"), "/sign-in?next=%2Fclaims%2F1%3Ftab%3D2");
}

static void an_ended_session_leads_back_to_the_form_and_not_to_its_post(void **state) {
  struct fixture *x = *state;
  struct http_header headers[] = { { STR("Host"), STR("desk.example") }, { STR("Referer"), STR("https://desk.example/claims/1/edit") } };
  x->r.route = fixture_route(HTTP_POST, "/sign-out");
  x->r.method = HTTP_POST;
  x->r.target = STR("/claims/1/save");
  x->r.headers = headers;
  x->r.header_count = 2;
  struct http_answer refusal = HTTP_PROBLEM(&x->r, &http_problem_token_invalid);
  struct http_answer answer = web_pages().problem(&x->r, &refusal);
  ASSERT_STR(fixture_header(&answer, "Location"), "/sign-in?next=%2Fclaims%2F1%2Fedit");
  ASSERT_HOLDS(fixture_header(&answer, "Set-Cookie"), "session_ended");
  headers[1].value = STR("https://desk.example.evil.example/x");
  answer = web_pages().problem(&x->r, &refusal);
  ASSERT_STR(fixture_header(&answer, "Location"), "/sign-in");
}

static void refusals_are_pages_of_the_house(void **state) {
  struct fixture *x = *state;
  struct http_answer refusal = HTTP_PROBLEM(&x->r, &http_problem_not_found);
  struct http_answer answer = web_pages().problem(&x->r, &refusal);
  assert_int_equal(answer.status, 404);
  assert_null(answer.problem);
  assert_int_equal(times(answer.body, "<h1>"), 1);
  refusal = HTTP_PROBLEM(&x->r, &http_problem_unavailable);
  assert_int_equal(web_pages().problem(&x->r, &refusal).status, 503);
}

static void the_demo_has_no_door_unless_it_is_one(void **state) {
  struct fixture *x = *state;
  assert_int_equal(fixture_get(x, "/demo", "").status, 404);
  assert_int_equal(fixture_post(x, "/demo", "login=demo-owner-1").status, 404);
  x->gate.demo = true;
  str body = fixture_get(x, "/demo", "").body;
  assert_int_equal(times(body, "name=\"login\""), 13);
  ASSERT_HOLDS(body, "demo-banner");
}

static void assets_are_served_by_their_digest_for_ever(void **state) {
  struct fixture *x = *state;
  str path = web__asset_path(x->arena, "style.css");
  assert_true(str_starts(path, STR("/assets/style.")) && str_ends(path, STR(".css")));
  x->r.route = fixture_route(HTTP_GET, "/assets/{name}");
  struct http_value value = { .present = true, .text = str_slice(path, 8, path.n) };
  struct http_value_list list = { &value, 1 };
  x->r.path = (struct http_values){ x->r.route->path_parameters, &list };
  struct http_answer answer = x->r.route->handler(&x->r);
  assert_int_equal(answer.status, 200);
  assert_string_equal(answer.content_type, "text/css; charset=utf-8");
  ASSERT_HOLDS(fixture_header(&answer, "Cache-Control"), "immutable");
  value.text = STR("style.css");
  assert_int_equal(x->r.route->handler(&x->r).status, 404);
}

/* ---- words */

static void days_times_and_sums_are_written_as_people_write_them(void **state) {
  struct fixture *x = *state;
  struct page p = page_begin(&x->r);
  day d = day_from_civil(2026, 5, 11);          /* a Monday */
  ASSERT_STR(page_day(&p, d), "2026年5月11日（月）");
  ASSERT_STR(page_wareki(&p, d), "令和8年5月11日");
  ASSERT_STR(page_wareki(&p, day_from_civil(2019, 5, 1)), "令和元年5月1日");
  ASSERT_STR(page_moment(&p, STR("2026-11-22T09:05:00.000+09:00")), "2026年11月22日 9:05");
  ASSERT_STR(page_moment(&p, STR("")), "");
  ASSERT_STR(page_yen(&p, 1234567), "1,234,567円");
  ASSERT_STR(page_day(&p, DAY_NONE), "");
  p.english = true;
  ASSERT_STR(page_day(&p, d), "11 May 2026 (Mon)");
  ASSERT_STR(page_moment(&p, STR("2026-11-22T19:05:00.000+09:00")), "22 Nov 2026, 19:05 JST");
  ASSERT_STR(page_yen(&p, 1234567), "1,234,567 yen");
  ASSERT_STR(page_say(&p, "home.asked_by", STR("<b>")), "We have a question. Please answer by <b>.");
}

/* One number for the desk in trouble: what every page says is what the scheme's rules answer with. */
static void the_desk_on_every_page_is_the_one_of_the_rules(void **state) {
  (void)state;
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  str model;
  assert_int_equal(file_read(a, SOURCE_DIR "/rules/cyber-support/2022-06-01/cyber-support.dmn", 4 << 20, &model), RESULT_OK);
  assert_true(str_find(model, STR("<text>\"" TEXT_SECURITY_DESK "\"</text>")) >= 0);
}

/* A table's cells as people read them; what is no form of a cell stays as it was written. */
static void cells_are_read_without_knowing_feel(void **state) {
  struct fixture *x = *state;
  static const struct { const char *cell, *words; } cells[] = {
    { "-", "（問わない）" }, { "true", "はい" }, { "false", "いいえ" }, { "true, null", "はい、わからない" }, { "[]", "なし" },
    { "\"全面休診\"", "全面休診" }, { "\"病院\", \"診療所\"", "病院、診療所" }, { "not(\"開設\", \"管理\")", "開設、管理 以外" },
    { "[\"P8\", \"P17\"]", "P8、P17" }, { "\"insider_crime\"", "内部犯罪に起因する事案は対象外です" },
    { "\"/leak/occurred\"", "個人情報の漏えいが起きたかどうか" }, { "100000", "100000" }, { "満額", "満額" }, { "判定.理由", "判定.理由" },
    { "concatenate(不足の届出, 未確定の事実)", "concatenate(不足の届出, 未確定の事実)" }, { "[1..5]", "[1..5]" }, { "\"a\" + \"b\"", "\"a\" + \"b\"" },
    { "not(x)", "not(x)" }, { "", "" },
  };
  struct page p = page_begin(&x->r);
  for (size_t i = 0; i < COUNT_OF(cells); i++) {
    str words = casework__cell(&p, str_of(cells[i].cell));
    if (!str_eq(words, str_of(cells[i].words))) fail_msg("%s: %.*s", cells[i].cell, STR_ARG(words));
  }
}

/* The sums of a clause, as figures with commas, one after the other. */
static str sums_of(struct arena *a, str text) {
  struct buf out = buf_in(a);
  for (size_t i = 0; i < text.n; i++) {
    bool digit = text.p[i] >= '0' && text.p[i] <= '9', comma = text.p[i] == ',' && i + 1 < text.n && text.p[i + 1] == '0';
    if (digit || comma) buf_byte(&out, text.p[i]);
    else if (out.n && out.p[out.n - 1] != ' ') buf_byte(&out, ' ');
  }
  return buf_str(&out);
}

/* P1 to P28 are read in Japanese and in English, and name the same sums. */
static void every_clause_stands_in_both_languages(void **state) {
  (void)state;
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  static const int with_sums[] = { 8, 9, 13, 14 };
  for (int i = 1; i <= 28; i++) {
    str number = str_format(a, "P%d", i);
    if (!casework__clause(a, false, number).n || !casework__clause(a, true, number).n) fail_msg("P%d lacks a language", i);
  }
  for (size_t i = 0; i < COUNT_OF(with_sums); i++) {
    str number = str_format(a, "P%d", with_sums[i]), ja = sums_of(a, casework__clause(a, false, number));
    for (str rest = sums_of(a, casework__clause(a, true, number)); rest.n;) {
      str sum = str_cut(rest, ' ', &rest);
      if (sum.n > 3 && str_find(ja, sum) < 0) fail_msg("P%d: %.*s", with_sums[i], STR_ARG(sum));
    }
  }
  assert_int_equal(casework__clause(a, false, STR("P29")).n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_desk_on_every_page_is_the_one_of_the_rules),
    cmocka_unit_test(every_clause_stands_in_both_languages),
    cmocka_unit_test(every_text_that_a_template_names_is_there),
    cmocka_unit_test(every_text_stands_in_both_languages_once),
    TEST_WITH_FIXTURE(cells_are_read_without_knowing_feel),
    TEST_WITH_FIXTURE(a_page_has_one_heading_and_its_language),
    TEST_WITH_FIXTURE(the_language_is_the_accounts_then_the_cookies_then_the_browsers),
    TEST_WITH_FIXTURE(a_notice_is_shown_once),
    TEST_WITH_FIXTURE(what_was_typed_comes_back_beside_its_error),
    TEST_WITH_FIXTURE(a_password_never_comes_back),
    TEST_WITH_FIXTURE(findings_find_their_fields),
    TEST_WITH_FIXTURE(forms_of_the_signed_in_carry_their_token),
    TEST_WITH_FIXTURE(the_table_that_is_asked_for_as_a_file_is_the_answer),
    TEST_WITH_FIXTURE(only_paths_of_ours_are_gone_back_to),
    TEST_WITH_FIXTURE(who_is_not_signed_in_is_led_there_and_back),
    TEST_WITH_FIXTURE(an_ended_session_leads_back_to_the_form_and_not_to_its_post),
    TEST_WITH_FIXTURE(refusals_are_pages_of_the_house),
    TEST_WITH_FIXTURE(the_demo_has_no_door_unless_it_is_one),
    TEST_WITH_FIXTURE(assets_are_served_by_their_digest_for_ever),
    TEST_WITH_FIXTURE(days_times_and_sums_are_written_as_people_write_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
