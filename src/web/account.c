/* account: one's own account at a glance: who one is here, what opens it, where one is signed in, which programs may come in. */
#include "account.h"

#include "shienkin/value.h"

str account__tries(struct http_request *r) { return uuid_outside(r->arena, "acc_", r->identity->account); }

bool account__own(struct page *p, struct json *own, struct http_answer *answer) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct own_request request = { p->r->identity->session };
  result why = PAGE_CALL(p, account_own, &request, &f, &out);
  if (why == RESULT_OK) *own = page_body(p, &out);
  else *answer = page_failed(p, why, &f, &out);
  return why == RESULT_OK;
}

/* ---- parts of the page */

static void add_mandates(struct page *p, const struct json *own) {
  const struct json *all = json_get(own, STR("mandates"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; all && i < all->count; i++) {
    struct page_object o = page_object(p->arena);
    str kind = page_member(&all->as.items[i], "kind");
    const struct page_text *words = web__text_find(str_format(p->arena, "account.mandate_%.*s", STR_ARG(kind)));
    page_set_str(&o, "mandate_name", page_member(&all->as.items[i], "name"));
    page_set_str(&o, "mandate_kind", words ? str_of(p->english ? words->en : words->ja) : kind);
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "mandates", page_items(&list));
  page_set_bool(&p->document, "has_mandates", list.count > 0);
}

static void add_sessions(struct page *p, const struct json *own) {
  const struct json *all = json_get(own, STR("sessions"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; all && i < all->count; i++) {
    const struct json *one = &all->as.items[i];
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "began", page_moment(p, page_member(one, "began_at")));
    page_set_str(&o, "seen", page_moment(p, page_member(one, "seen_at")));
    page_set_bool(&o, "this_one", page_flag(one, "this"));
    page_set_str(&o, "end_path", str_format(p->arena, "/account/sessions/%.*s/end", STR_ARG(page_member(one, "session"))));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "sessions", page_items(&list));
}

static void add_tokens(struct page *p, const struct json *own) {
  const struct json *all = json_get(own, STR("tokens"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; all && i < all->count; i++) {
    const struct json *one = &all->as.items[i];
    struct page_object o = page_object(p->arena);
    day until;
    bool ended = page_member(one, "ended_at").n > 0;
    page_set_str(&o, "token_name", page_member(one, "name"));
    page_set_str(&o, "token_scope", page_say_with(p, page_flag(one, "read_only") ? "account.token_reads" : "account.token_files", 0, NULL));
    page_set_str(&o, "token_until", day_parse(page_member(one, "expires_on"), &until) ? page_day(p, until) : STR(""));
    page_set_bool(&o, "token_ended", ended);
    page_set_str(&o, "token_end_path", ended ? STR("") : str_format(p->arena, "/account/tokens/%.*s/end",
                                                                    STR_ARG(page_member(one, "token_id"))));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "tokens", page_items(&list));
}

static void add_contact(struct page *p) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  page_set_bool(&p->document, "mail_address", false);
  if (PAGE_CALL(p, contact_own, NULL, &f, &out) != RESULT_OK) return;
  struct json body = page_body(p, &out);
  page_set_str(&p->document, "mail_address", page_member(&body, "address"));
}

static struct http_answer get_account(struct http_request *r) {
  struct page p = page_begin(r);
  struct json own;
  struct http_answer answer;
  if (!account__own(&p, &own, &answer)) return answer;
  const struct json *left = json_get(&own, STR("recovery_codes_left"));
  bool factor = page_flag(&own, "second_factor");
  page_set_str(&p.document, "login", page_member(&own, "login"));
  page_set_str(&p.document, "own_name", page_member(&own, "name"));
  page_set_bool(&p.document, "second_factor", factor);
  page_set_str(&p.document, "codes_left", factor && left ? page_say(&p, "account.codes_left", json_text(left)) : STR(""));
  add_mandates(&p, &own);
  add_sessions(&p, &own);
  add_tokens(&p, &own);
  add_contact(&p);
  return page_answer(&p, HTTP_OK, "account", page_say(&p, "account.title"));
}

/* ---- ending sessions */

static struct http_answer end_session(struct http_request *r, struct uuid session, const char *notice) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct session_end_request request = { session };
  result why = PAGE_CALL(&p, session_end, &request, &f, &out);
  if (why != RESULT_OK && why != RESULT_NOT_FOUND) return page_failed(&p, why, &f, &out);
  bool own = uuid_none(session) || uuid_eq(session, r->identity->session);
  struct http_answer answer = page_go(r, own ? STR("/sign-in") : STR("/account#sessions"), notice);
  if (own) gate_session_forget(r, &answer);
  return answer;
}

static struct http_answer post_end_one(struct http_request *r) {
  return end_session(r, http_value(&r->path, "session")->id, "session_ended_there");
}

static struct http_answer post_end_all(struct http_request *r) { return end_session(r, (struct uuid){ { 0 } }, "sessions_ended"); }

static const struct http_parameter session_path[] = {
  { .name = "session", .kind = HTTP_PARAMETER_ID, .prefix = "ses_", .description_en = "the session" }, { 0 },
};
static const struct http_parameter no_fields[] = { { 0 } };
static const struct http_route rows[] = {
  { ACCOUNT_ROW("accountPage", HTTP_GET, "/account", "自分のアカウントの画面", "One's own account"), .handler = get_account },
  { ACCOUNT_ROW("endSessionPagePost", HTTP_POST, "/account/sessions/{session}/end", "一つのログインを終える", "End one session"),
    .path_parameters = session_path, .body = HTTP_BODY_FORM, .form_parameters = no_fields, .handler = post_end_one },
  { ACCOUNT_ROW("endSessionsPagePost", HTTP_POST, "/account/sessions/end", "すべてのログインを終える", "End all sessions"),
    .body = HTTP_BODY_FORM, .form_parameters = no_fields, .handler = post_end_all },
};
const struct http_route_table web__account_routes = { rows, COUNT_OF(rows) };
