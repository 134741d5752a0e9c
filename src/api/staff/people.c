/* people: accounts of others, mandates, grants and letters. A code that lets somebody in is shown once, where it is made. */
#include "staff.h"

/* ---- accounts */

static struct http_answer list(struct http_request *r) {
  const struct http_value *words = http_value(&r->query, "words"), *realm = http_value(&r->query, "realm");
  const struct http_value *role_ = http_value(&r->query, "role"), *state = http_value(&r->query, "state");
  struct accounts_request request = { .words = words->text, .realm = realm->text, .role = role_->text, .state = state->text,
                                      .limit = api__limit(r) };
  struct http_answer answer;
  if (!api__cursor(r, &request.after, &answer)) return answer;
  return api__paged(r, GATE_CALL(r, account_list, &request, STR_NONE), "acc_");
}

static struct http_answer view(struct http_request *r) {
  struct account_view_request request = { api__id(r, "account") };
  return GATE_CALL(r, account_view, &request, STR_NONE);
}

static struct http_answer open_account(struct http_request *r) {
  const struct json *j = &r->json;
  struct account_open_request request = { .realm = api__str(j, "realm"),
                                          .login = api__str(j, "login"),
                                          .name = api__str(j, "name"),
                                          .name_kana = api__str(j, "name_kana"),
                                          .person = api__id_in(j, "person", "per_"),
                                          .facility = api__id_in(j, "facility", "fac_"),
                                          .mandate_kind = api__str(j, "mandate_kind") };
  return GATE_CALL(r, account_open, &request, STR_NONE);
}

static struct http_answer close_account(struct http_request *r) {
  struct account_close_request request = { api__id(r, "account"), api__str(&r->json, "reason") };
  return GATE_CALL(r, account_close, &request, STR_NONE);
}

static struct http_answer reset_account(struct http_request *r) {
  struct account_reset_request request = { api__id(r, "account"), api__str(&r->json, "reason") };
  return GATE_CALL(r, account_reset, &request, STR_NONE);
}

static struct http_answer list_resets(struct http_request *r) { return GATE_CALL(r, account_reset_list, NULL, STR_NONE); }

static struct http_answer confirm_reset(struct http_request *r) {
  struct account_reset_confirm_request request = { api__id(r, "reset") };
  return GATE_CALL(r, account_reset_confirm, &request, STR_NONE);
}

/* ---- mandates and grants */

static struct http_answer list_mandates(struct http_request *r) {
  struct mandates_request request = { http_value(&r->query, "facility")->id };
  return GATE_CALL(r, mandate_list, &request, STR_NONE);
}

static struct http_answer give_mandate(struct http_request *r) {
  struct mandate_request request = { .account = api__id_in(&r->json, "account", "acc_"),
                                     .facility = api__id_in(&r->json, "facility", "fac_"),
                                     .kind = api__str(&r->json, "kind") };
  return GATE_CALL(r, mandate_give, &request, STR_NONE);
}

static struct http_answer end_mandate(struct http_request *r) {
  struct mandate_end_request request = { api__id(r, "mandate"), api__str(&r->json, "reason") };
  return GATE_CALL(r, mandate_end, &request, STR_NONE);
}

static struct http_answer list_roles(struct http_request *r) { return GATE_CALL(r, role_list, NULL, STR_NONE); }

static struct http_answer grant(struct http_request *r) {
  struct role_grant_request request = { .person = api__id_in(&r->json, "person", "per_"),
                                        .role = api__str(&r->json, "role"),
                                        .reason = api__str(&r->json, "reason"),
                                        .from = api__day(&r->json, "from"),
                                        .until = api__day(&r->json, "until") };
  return GATE_CALL(r, role_grant, &request, STR_NONE);
}

static struct http_answer confirm_grant(struct http_request *r) {
  struct role_confirm_request request = { api__id(r, "grant") };
  return GATE_CALL(r, role_confirm, &request, STR_NONE);
}

static struct http_answer revoke(struct http_request *r) {
  struct role_revoke_request request = { api__id(r, "grant"), api__str(&r->json, "reason") };
  return GATE_CALL(r, role_revoke, &request, STR_NONE);
}

/* ---- letters */

static struct http_answer list_letters(struct http_request *r) { return GATE_CALL(r, letter_list, NULL, STR_NONE); }

static struct http_answer print_letter(struct http_request *r) {
  struct letter_print_request request = { api__id(r, "letter") };
  return GATE_CALL(r, letter_print, &request, STR_NONE);
}

/* The same as sheets to be folded and posted. */
static struct http_answer sheets(struct http_request *r, struct http_answer printed, const char *name, const char *member) {
  struct findings f = findings_in(r->arena);
  struct json body;
  str pdf;
  if (printed.problem) return printed;
  result made = json_read(r->arena, printed.body, (struct json_limits){ 0 }, &f, &body);
  const struct json *letters = made == RESULT_OK && member ? json_get(&body, str_of(member)) : NULL;
  if (made == RESULT_OK)
    made = letters ? gate_letters_pdf(r, letters->as.items, letters->count, &f, &pdf) : gate_letters_pdf(r, &body, 1, &f, &pdf);
  if (made != RESULT_OK) return http_result(r, made, &f);
  struct http_answer sheet = http_bytes(HTTP_OK, "application/pdf", pdf);
  sheet.headers = printed.headers; /* the event that it left */
  http_answer_attachment(r, &sheet, str_of(name));
  return sheet;
}

static struct http_answer print_sheet(struct http_request *r) { return sheets(r, print_letter(r), "letter.pdf", NULL); }

static struct letters_request letters_in(struct http_request *r) {
  const struct json *list = json_get(&r->json, STR("letters"));
  struct letter_shown *letters = ARENA_ARRAY(r->arena, struct letter_shown, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    const struct json *shown = &list->as.items[i];
    letters[i] = (struct letter_shown){ api__id_in(shown, "letter", "ltr_"), api__int(shown, "version", 0) };
  }
  return (struct letters_request){ letters, list->count };
}

static struct http_answer print_sheets(struct http_request *r) {
  struct letters_request request = letters_in(r);
  return sheets(r, GATE_CALL(r, letters_print, &request, STR_NONE), "letters.pdf", "letters");
}

static struct http_answer post_letters(struct http_request *r) {
  struct letters_request request = letters_in(r);
  return GATE_CALL(r, letters_post, &request, STR_NONE);
}

/* ---- specs */

static const char *const realms[] = { "clinic", "staff", "auditor", NULL };
static const char *const mandate_kinds[] = { "representative", "clerk", "proxy", NULL };
static const char *const staff_roles[] = { "proxy", "adjuster", "approver", "cashier", "owner", "auditor", NULL };
static const struct spec realm = { .kind = SPEC_ENUM, .words = realms },
                         role = { .kind = SPEC_ENUM, .words = staff_roles };
static const struct spec mandate_kind = { .kind = SPEC_ENUM, .words = mandate_kinds };
static const struct spec mandate_kind_null = { .kind = SPEC_ENUM, .words = mandate_kinds, .nullable = true };
static const struct spec other_id = { .kind = SPEC_STRING, .max_length = 40 };

static const struct spec reset_id_null = { .kind = SPEC_STRING, .max_length = 40, .nullable = true };
static const struct spec open_body =
    API_OBJECT({ "realm", true, &realm }, { "login", true, &api__short }, { "name", false, &api__short_null },
               { "name_kana", false, &api__short_null }, { "person", false, &api__id_person_null },
               { "facility", false, &api__id_facility_null }, { "mandate_kind", false, &mandate_kind_null });
static const struct spec mandate_body = API_OBJECT(
    { "account", true, &api__id_account }, { "facility", true, &api__id_facility }, { "kind", true, &mandate_kind });
static const struct spec grant_body =
    API_OBJECT({ "person", true, &api__id_person }, { "role", true, &role }, { "reason", true, &api__text },
               { "from", false, &api__date_null }, { "until", false, &api__date_null });

static const struct spec roles = API_ARRAY(api__role);
static const struct spec account =
    API_OBJECT({ "account", true, &api__id_account }, { "person", true, &api__id_person },
               { "login", true, &api__short }, { "name", true, &api__short }, { "realm", true, &staff__code },
               { "roles", true, &roles }, { "opened_at", true, &api__moment }, { "closed_at", true, &api__moment_null },
               { "second_factor", true, &api__bool_spec }, { "seen_at", true, &api__moment_null });
static const struct spec accounts = API_ARRAY(account);
static const struct spec cursor = { .kind = SPEC_STRING,
                                    .nullable = true,
                                    .description = "for ?cursor=; null: this is the end" };
static const struct spec accounts_answer = API_OBJECT({ "accounts", true, &accounts }, { "next", true, &cursor });
static const struct spec opened = API_OBJECT({ "account", true, &api__id_account }, { "person", true, &api__id_person },
                                             { "login", true, &api__short }, { "code", true, &api__short_null });
static const struct spec closed = API_OBJECT({ "account", true, &api__id_account }, { "closed_at", true, &api__moment },
                                             { "claims_given_back", true, &api__integer });
static const struct spec renewed = API_OBJECT({ "account", true, &api__id_account }, { "login", true, &api__short },
                                              { "code", true, &api__short });
static const struct spec reset_asked = API_OBJECT({ "account", true, &api__id_account }, { "login", true, &api__short },
                                                  { "reset", true, &reset_id_null });
static const struct spec reset_waiting =
    API_OBJECT({ "reset", true, &other_id }, { "account", true, &api__id_account }, { "login", true, &api__short },
               { "name", true, &api__short }, { "reason", true, &api__text }, { "by", true, &api__short },
               { "at", true, &api__moment });
static const struct spec resets = API_ARRAY(reset_waiting);
static const struct spec resets_answer = API_OBJECT({ "waiting", true, &resets });
static const struct spec mandate = API_OBJECT({ "mandate", true, &other_id }, { "account", true, &api__id_account },
                                              { "facility", true, &api__id_facility }, { "kind", true, &mandate_kind });
static const struct spec granted =
    API_OBJECT({ "grant", true, &other_id }, { "person", true, &api__id_person }, { "role", true, &role });
static const struct spec waiting =
    API_OBJECT({ "grant", true, &other_id }, { "person", true, &api__id_person }, { "name", true, &api__short },
               { "role", true, &role }, { "from", true, &api__moment }, { "until", true, &api__moment_null },
               { "reason", true, &api__text }, { "by", true, &api__short });
static const struct spec held =
    API_OBJECT({ "grant", true, &other_id }, { "person", true, &api__id_person }, { "name", true, &api__short },
               { "role", true, &staff__code }, { "from", true, &api__moment }, { "until", true, &api__moment_null });
static const struct spec waiting_list = API_ARRAY(waiting), held_list = API_ARRAY(held), role_names = API_ARRAY(role);
static const struct spec roles_answer =
    API_OBJECT({ "waiting", true, &waiting_list }, { "held", true, &held_list }, { "short_of_two", true, &role_names });
static const struct spec letter = API_OBJECT(
    { "letter", true, &other_id }, { "account", true, &api__id_account }, { "login", true, &api__short },
    { "kind", true, &staff__code },
    { "facility", true, &api__id_facility_null }, { "name", true, &api__short_null }, { "asked_at", true, &api__moment },
    { "printed_at", true, &api__moment_null }, { "posted_at", true, &api__moment_null },
    { "expires_on", true, &api__date_null }, { "has_address", true, &api__bool_spec }, { "version", true, &api__integer });
static const struct spec *const maybe_letter[] = { &letter, NULL };
static const struct spec letter_or_null = { .kind = SPEC_CHOICE, .choices = maybe_letter, .nullable = true };
static const struct spec letters = API_ARRAY(letter);
static const struct spec letters_answer = API_OBJECT({ "letters", true, &letters });
static const struct spec letter_shown = API_OBJECT({ "letter", true, &api__id_letter }, { "version", true, &api__integer });
static const struct spec letters_shown = { .kind = SPEC_ARRAY, .items = &letter_shown, .max_items = LETTERS_AT_ONCE };
static const struct spec letters_body = API_OBJECT({ "letters", true, &letters_shown });
static const struct spec posted = API_OBJECT({ "posted", true, &api__integer });
static const struct spec mandate_named = API_OBJECT(
    { "mandate", true, &other_id }, { "account", true, &api__id_account }, { "login", true, &api__short },
    { "name", true, &api__short }, { "facility", true, &api__id_facility }, { "facility_name", true, &api__short_null },
    { "kind", true, &mandate_kind }, { "began_at", true, &api__moment }, { "by", true, &api__short });
static const struct spec mandates = API_ARRAY(mandate_named);
static const struct spec mandates_answer = API_OBJECT({ "mandates", true, &mandates });
static const struct spec viewed = API_OBJECT(
    { "account", true, &api__id_account }, { "person", true, &api__id_person }, { "login", true, &api__short },
    { "name", true, &api__short }, { "realm", true, &staff__code }, { "roles", true, &roles },
    { "opened_at", true, &api__moment }, { "closed_at", true, &api__moment_null }, { "second_factor", true, &api__bool_spec },
    { "seen_at", true, &api__moment_null }, { "name_kana", true, &api__short_null }, { "mandates", true, &mandates },
    { "letter", true, &letter_or_null });
static const struct spec printed = API_OBJECT(
    { "letter", true, &other_id }, { "kind", true, &staff__code }, { "login", true, &api__short },
    { "code", true, &api__short }, { "name", true, &api__short_null }, { "postal_code", true, &api__short_null },
    { "address", true, &api__text_null }, { "expires_on", true, &api__date });

/* ---- the table */

static const struct http_parameter account_path[] = { API_ID("account", "acc_", "アカウント", "the account"),
                                                      { .name = NULL } };
static const struct http_parameter reset_path[] = { API_ID("reset", "rst_", "やり直し", "the request"), { .name = NULL } };
static const struct http_parameter mandate_path[] = { API_ID("mandate", "mnd_", "委任", "the mandate"),
                                                      { .name = NULL } };
static const struct http_parameter grant_path[] = { API_ID("grant", "grt_", "役割の付与", "the grant"),
                                                    { .name = NULL } };
static const struct http_parameter mandates_query[] = {
  { .name = "facility", .kind = HTTP_PARAMETER_ID, .prefix = "fac_", .required = true, .description_ja = "施設", .description_en = "the facility" },
  { .name = NULL },
};
static const char *const states[] = { "open", "closed", "letter", NULL };
static const char *const held_roles[] = { "clinic", "proxy", "adjuster", "approver", "cashier", "owner", "auditor", NULL };
static const struct http_parameter letter_path[] = { API_ID("letter", "ltr_", "手紙", "the letter"), { .name = NULL } };
static const struct http_parameter accounts_query[] = {
  { .name = "words",
    .kind = HTTP_PARAMETER_TEXT,
    .most = 100,
    .description_ja = "名前かログイン名の一部",
    .description_en = "a part of a name or login" },
  { .name = "realm",
    .kind = HTTP_PARAMETER_WORD,
    .words = realms,
    .description_ja = "どこの人か",
    .description_en = "of which realm" },
  { .name = "role",
    .kind = HTTP_PARAMETER_WORD,
    .words = held_roles,
    .description_ja = "いま持っている役割",
    .description_en = "the role held now" },
  { .name = "state",
    .kind = HTTP_PARAMETER_WORD,
    .words = states,
    .description_ja = "使えるもの、閉じたもの、手紙を待つもの",
    .description_en = "open, closed, or waiting for a letter" },
  API_CURSOR,
  API_LIMIT,
  { .name = NULL },
};

enum { MAIL_ROOM = HTTP_ROLE_OWNER | HTTP_ROLE_PROXY };
#define PEOPLE_POST(n, p, ja, en, roles_, h) STAFF_POST(n, p, "people", ja, en, roles_, h)
static const struct http_route rows[] = {
  { API_ROW("listAccounts", HTTP_GET, "/v1/accounts", "people", "アカウントの一覧を見る", "List accounts"),
    .realms = HTTP_STAFF, .roles = STAFF_HOLDS, .query = accounts_query, .handler = list,
    .answers = API_ANSWERS(API_OK(accounts_answer, "a page of accounts")) },
  { API_ROW("viewAccount", HTTP_GET, "/v1/accounts/{account}", "people", "アカウントを見る", "An account and all that hangs on it"),
    .realms = HTTP_STAFF, .roles = STAFF_HOLDS, .path_parameters = account_path, .handler = view,
    .answers = API_ANSWERS(API_OK(viewed, "the account, whom it may act for, the letter that waits")) },
  { PEOPLE_POST("openAccount", "/v1/accounts", "アカウントを開く", "Open an account", STAFF_HOLDS, open_account),
    STAFF_STEP_UP, STAFF_BODY(open_body),
    .description_en =
        "Of the staff: owners; the code is shown once, to be handed over in person. Of a clinic: a letter waits for the mail room.",
    .answers = API_ANSWERS(API_CREATED(opened, "opened")), .problems = API_PROBLEMS("letter_nowhere", "role_needed") },
  { PEOPLE_POST("closeAccount", "/v1/accounts/{account}/close", "アカウントを閉じる", "Close an account", STAFF_HOLDS,
                close_account),
    .path_parameters = account_path, STAFF_STEP_UP, STAFF_BODY(staff__reason),
    .answers = API_ANSWERS(API_OK(closed, "closed; nothing that was done changes")),
    .problems = API_PROBLEMS("account_closed", "account_self") },
  { PEOPLE_POST("resetAccount", "/v1/accounts/{account}/reset", "アカウントの本人確認をやり直させる",
                "Let an account begin anew", STAFF_HOLDS, reset_account),
    .path_parameters = account_path, STAFF_STEP_UP, STAFF_BODY(staff__reason),
    .description_en = "Of a clinic: at once, and a letter waits for the mail room. Of the staff: without effect until another "
                      "owner confirms, to whom the code is told.",
    .answers = API_ANSWERS(API_OK(reset_asked, "a clinic's: a letter waits"),
                           API_CREATED(reset_asked, "the staff's: it waits for a second owner")),
    .problems = API_PROBLEMS("account_closed", "account_self", "letter_nowhere") },
  { API_ROW("listAccountResets", HTTP_GET, "/v1/account-resets", "people", "本人確認のやり直しの一覧を見る",
            "Accounts that wait to begin anew"),
    .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .handler = list_resets,
    .answers = API_ANSWERS(API_OK(resets_answer, "what waits for a second owner")) },
  { PEOPLE_POST("confirmAccountReset", "/v1/account-resets/{reset}/confirm", "本人確認のやり直しを確認する",
                "Confirm that an account begins anew", HTTP_ROLE_OWNER, confirm_reset),
    .path_parameters = reset_path, STAFF_STEP_UP,
    .answers = API_ANSWERS(API_OK(renewed, "a new code, told once; password and second factor are forgotten")),
    .problems = API_PROBLEMS("second_owner", "account_closed", "account_self") },
  { API_ROW("listMandates", HTTP_GET, "/v1/mandates", "people", "施設の委任の一覧を見る", "Who may act for a facility"),
    .realms = HTTP_STAFF, .roles = STAFF_HOLDS, .query = mandates_query, .handler = list_mandates,
    .answers = API_ANSWERS(API_OK(mandates_answer, "mandates in force")) },
  { PEOPLE_POST("giveMandate", "/v1/mandates", "委任を登録する", "Give a mandate", STAFF_HOLDS, give_mandate),
    STAFF_STEP_UP, STAFF_BODY(mandate_body),
    .answers = API_ANSWERS(API_CREATED(mandate, "the account may act for the facility")) },
  { PEOPLE_POST("endMandate", "/v1/mandates/{mandate}/end", "委任を終える", "End a mandate", STAFF_HOLDS, end_mandate),
    .path_parameters = mandate_path, STAFF_STEP_UP, STAFF_BODY(staff__reason),
    .answers = API_ANSWERS(API_OK(mandate, "ended")) },
  { API_ROW("listRoles", HTTP_GET, "/v1/grants", "people", "役割の一覧を見る", "Roles, and grants that wait"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, .handler = list_roles,
    .answers = API_ANSWERS(API_OK(roles_answer, "who holds what, and roles that two persons cannot staff")) },
  { PEOPLE_POST("grantRole", "/v1/grants", "役割を付与する", "Grant a role", HTTP_ROLE_OWNER, grant), STAFF_STEP_UP,
    STAFF_BODY(grant_body), .description_en = "Without effect until another owner confirms.",
    .answers = API_ANSWERS(API_CREATED(granted, "waits for a second owner")),
    .problems = API_PROBLEMS("role_incompatible", "grant_to_self") },
  { PEOPLE_POST("confirmGrant", "/v1/grants/{grant}/confirm", "役割の付与を確認する", "Confirm a grant",
                HTTP_ROLE_OWNER, confirm_grant),
    .path_parameters = grant_path, STAFF_STEP_UP,
    .answers = API_ANSWERS(API_OK(granted, "in force; the person's sessions end")),
    .problems = API_PROBLEMS("second_owner", "role_incompatible") },
  { PEOPLE_POST("revokeRole", "/v1/grants/{grant}/revoke", "役割を取り消す", "Revoke a role", HTTP_ROLE_OWNER, revoke),
    .path_parameters = grant_path, STAFF_STEP_UP, STAFF_BODY(staff__reason),
    .answers = API_ANSWERS(API_OK(granted, "revoked; the person's sessions end")) },
  { API_ROW("listLetters", HTTP_GET, "/v1/letters", "people", "発送する手紙の一覧を見る", "Letters for the mail room"),
    .realms = HTTP_STAFF, .roles = MAIL_ROOM, .handler = list_letters,
    .answers = API_ANSWERS(API_OK(letters_answer, "letters and whether they were printed")) },
  { PEOPLE_POST("printLetter", "/v1/letters/{letter}/print", "手紙を印刷する", "Print a letter", MAIL_ROOM,
                print_letter),
    .path_parameters = letter_path, STAFF_STEP_UP, .lane = HTTP_LANE_SLOW,
    .description_en =
        "Printing makes the code, so that none lies about; printing again makes another, and the first is void.",
    .answers = API_ANSWERS(API_OK(printed, "what the letter says")), .problems = API_PROBLEMS("letter_address") },
  { PEOPLE_POST("printLetterSheet", "/v1/letters/{letter}/sheet", "手紙をPDFで印刷する", "Print a letter as a sheet",
                MAIL_ROOM, print_sheet),
    .path_parameters = letter_path, STAFF_STEP_UP, .lane = HTTP_LANE_SLOW, .produces = "application/pdf",
    .description_en = "For a window envelope. As with `printLetter`, each print under a new key makes another code.",
    .answers = API_ANSWERS({ 200, "application/pdf", NULL, "the sheet" }), .problems = API_PROBLEMS("letter_address") },
  { PEOPLE_POST("printLetterSheets", "/v1/letters/sheets", "手紙をまとめてPDFで印刷する", "Print several letters as sheets",
                MAIL_ROOM, print_sheets),
    STAFF_STEP_UP, STAFF_BODY(letters_body), .lane = HTTP_LANE_SLOW, .produces = "application/pdf",
    .description_en = "Each with the `version` that the list gave, all or none: a letter that was printed meanwhile "
                      "refuses it. As with `printLetter`, each print makes other codes.",
    .answers = API_ANSWERS({ 200, "application/pdf", NULL, "the sheets, one after the other" }),
    .problems = API_PROBLEMS("letter_address", "letter_printed") },
  { PEOPLE_POST("postLetters", "/v1/letters/posted", "手紙を発送済みにする", "Letters went to the post", MAIL_ROOM, post_letters),
    STAFF_BODY(letters_body), .persons_only = true, .answers = API_ANSWERS(API_OK(posted, "how many")),
    .problems = API_PROBLEMS("letter_unprinted", "letter_printed") },
};
const struct http_route_table api__staff_people = { rows, COUNT_OF(rows) };
