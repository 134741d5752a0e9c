/* claim_page: one claim as its claimant reads it: where it stands, what happens next, what is asked of them now, and behind
 * that everything that was said and sent. */
#include "claim_page.h"
#include "file_form.h"

#include "shienkin/value.h"

/* ---- what is asked */

static struct json key_names(const struct page *p, const struct json *keys) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; keys && keys->kind == JSON_KIND_ARRAY && i < keys->count; i++)
    page_push(&list, json_of_str(scheme_fact_name(json_text(&keys->as.items[i]), !p->english)));
  return page_items(&list);
}

struct json claim_page__asked(struct mine *m, const struct json *asked) {
  struct page *p = &m->page;
  struct page_object o = page_object(p->arena);
  day due;
  bool dated = day_parse(page_member(asked, "due_on"), &due);
  page_set_str(&o, "question", page_member(asked, "text"));
  page_set_str(&o, "asked_at", page_moment(p, page_member(asked, "at")));
  page_set_str(&o, "due", dated ? page_day(p, due) : STR(""));
  page_set(&o, "keys", key_names(p, json_get(asked, STR("keys"))));
  page_set_bool(&o, "about", json_get(asked, STR("keys")) && json_get(asked, STR("keys"))->count > 0);
  page_set_str(&o, "answer_path", mine__path(m, str_z(p->arena, str_format(p->arena, "/requests/%.*s", STR_ARG(page_member(asked, "request"))))));
  return page_json(&o);
}

static void add_asked(struct mine *m) {
  const struct json *asked = json_get(&m->view, STR("asked"));
  struct page_list list = page_list(m->page.arena);
  for (uint32_t i = 0; asked && i < asked->count; i++) page_push(&list, claim_page__asked(m, &asked->as.items[i]));
  page_set(&m->page.document, "asked", page_items(&list));
  page_set_bool(&m->page.document, "is_asked", list.count > 0);
}

/* What was asked before, with what was answered. */
static void add_answered(struct mine *m) {
  struct page *p = &m->page;
  const struct json *answered = json_get(&m->view, STR("answered"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; answered && i < answered->count; i++) {
    const struct json *one = &answered->as.items[i];
    struct page_object o = page_object(p->arena);
    bool back = str_eq(page_member(one, "ended"), STR("taken_back"));
    page_set_str(&o, "question", page_member(one, "text"));
    page_set_str(&o, "asked_at", page_moment(p, page_member(one, "at")));
    page_set_str(&o, "reply", back ? page_say(p, "mine.asked_taken_back") : page_member(one, "reply"));
    page_set_str(&o, "reply_who", page_say(p, back ? "mine.from_us" : "mine.from_you"));
    page_set_str(&o, "replied_at", page_moment(p, page_member(one, "replied_at")));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "answered", page_items(&list));
  page_set_bool(&p->document, "any_answered", list.count > 0);
}

/* ---- words and files */

static void add_messages(struct mine *m) {
  struct page *p = &m->page;
  const struct json *messages = json_get(&m->view, STR("messages"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; messages && i < messages->count; i++) {
    const struct json *one = &messages->as.items[i];
    bool own = str_eq(page_member(one, "direction"), STR("from_claimant"));
    struct page_object o = page_object(p->arena);
    page_set_bool(&o, "own", own);
    page_set_str(&o, "who", page_say(p, own ? "mine.from_you" : "mine.from_us"));
    page_set_str(&o, "said_at", page_moment(p, page_member(one, "at")));
    page_set_str(&o, "text", page_member(one, "text"));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "messages", page_items(&list));
}

void claim_page__files(struct mine *m) {
  file_form__list(&m->page, json_get(&m->view, STR("evidence")), true);
  page_set_bool(&m->page.document, "may_send", mine__is(m, MINE_LIVING));
  page_set_str(&m->page.document, "files_path", mine__path(m, "/evidence"));
}

/* ---- what was decided */

static void add_decision(struct mine *m) {
  struct page *p = &m->page;
  const struct json *decision = json_get(&m->view, STR("decision"));
  if (!decision || decision->kind != JSON_KIND_OBJECT) {
    page_set_bool(&p->document, "decision", false);
    return;
  }
  const struct json *body = json_get(decision, STR("body"));
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "decided_at", page_moment(p, page_member(decision, "at")));
  page_set_str(&o, "decided_total", page_yen(p, page_int(body, "total_yen")));
  page_set_str(&o, "notice_path", mine__path(m, "/notice"));
  page_set_str(&o, "pdf_path", mine__path(m, "/notice.pdf"));
  page_set_bool(&o, "moving", !mine__is(m, "decided"));
  page_set(&p->document, "decision", page_json(&o));
}

/* ---- the way so far */

static void add_steps(struct mine *m) {
  struct page *p = &m->page;
  const struct json *steps = json_get(&m->view, STR("steps"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; steps && i < steps->count; i++) {
    const struct page_text *words = web__text_find(str_format(p->arena, "step.%.*s", STR_ARG(page_member(&steps->as.items[i], "type"))));
    if (!words) continue; /* a step of the house that a claimant has no word for */
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "step_at", page_moment(p, page_member(&steps->as.items[i], "at")));
    page_set_str(&o, "step_words", str_of(p->english ? words->en : words->ja));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "steps", page_items(&list));
}

/* ---- what one can do */

static const struct { const char *states, *rest, *text; } ways[] = {
  { CLAIM_PAGE_AMENDABLE, "/amend#filings", "mine.way_filings" },
  { CLAIM_PAGE_AMENDABLE, "/amend#closures", "mine.way_closures" },
  { CLAIM_PAGE_AMENDABLE, "/amend", "mine.way_amend" },
  { MINE_LIVING, "/report", "mine.way_report" },
  { "decided", "/reconsideration", "mine.way_reconsider" },
  { "reconsideration", "/reconsideration/withdraw", "mine.way_let_stand" },
  { "submitted in_review info_requested proposed", "/withdraw", "mine.way_withdraw" },
};

static void add_own_ways(struct mine *m) {
  struct page_object *d = &m->page.document;
  bool living = mine__is(m, MINE_LIVING), known = json_get(&m->view, STR("payee"))->kind == JSON_KIND_OBJECT;
  page_set_str(d, "payee_path", living ? mine__path(m, "/payee") : STR(""));
  page_set_str(d, "payee_way", page_say_with(&m->page, known ? "mine.way_payee" : "mine.way_payee_first", 0, NULL));
  page_set_str(d, "certificate_path", mine__path(m, "/certificate"));
  page_set_str(d, "receipt_path", str_format(m->page.arena, "/filing/%.*s/receipt", STR_ARG(m->id)));
}

static void add_ways(struct mine *m) {
  struct page_list list = page_list(m->page.arena);
  for (size_t i = 0; i < COUNT_OF(ways); i++) {
    if (!mine__is(m, ways[i].states)) continue;
    struct page_object o = page_object(m->page.arena);
    page_set_str(&o, "way_path", mine__path(m, ways[i].rest));
    page_set_str(&o, "way_words", page_say_with(&m->page, ways[i].text, 0, NULL));
    page_push(&list, page_json(&o));
  }
  page_set(&m->page.document, "ways", page_items(&list));
}

static void add_wake(struct mine *m) {
  struct json_member hidden = mine__version(m);
  page_set_bool(&m->page.document, "wake", false);
  if (!mine__is(m, "dormant")) return;
  page_form(&m->page, &(struct page_form){ .name = "wake", .action = mine__path(m, "/wake"), .submit = "mine.wake_submit",
                                           .hidden = &hidden, .hidden_count = 1, .once = true });
}

/* ---- the page */

static const struct page_field message_fields[] = {
  { .name = "text", .kind = PAGE_AREA, .label = "mine.message", .hint = "mine.message_hint" },
};

struct http_answer claim_page__show(struct mine *m, int status, const struct http_values *posted, const struct findings *f) {
  struct page *p = &m->page;
  mine__head(m);
  page_set_str(&p->document, "next_words", page_say_with(p, str_z(p->arena, str_format(p->arena, "mine.next_%.*s", STR_ARG(m->state))), 0, NULL));
  page_set_str(&p->document, "submitted", page_moment(p, page_member(&m->view, "submitted_at")));
  add_asked(m);
  add_answered(m);
  add_wake(m);
  add_decision(m);
  add_messages(m);
  claim_page__files(m);
  mine__payee(m);
  claim_page__told(m);
  add_steps(m);
  add_ways(m);
  add_own_ways(m);
  page_form(p, &(struct page_form){ .name = "say", .action = mine__path(m, "/messages"), .submit = "mine.message_submit",
                                    .fields = message_fields, .count = COUNT_OF(message_fields), .posted = posted,
                                    .findings = f, .once = true });
  return page_answer(p, status, "claim", page_say(p, "mine.title", page_member(&m->view, "number")));
}

static struct http_answer get_claim(struct http_request *r) {
  struct mine m;
  struct http_answer answer;
  if (!mine__open(r, &m, &answer)) return answer;
  return claim_page__show(&m, HTTP_OK, NULL, NULL);
}

static struct http_answer post_message(struct http_request *r) {
  struct page p = page_begin(r);
  struct mine m;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct message_request request = { http_value(&r->path, "claim")->id, str_trim(page_typed(&r->form, "text")) };
  result why = RESULT_REFUSED;
  page_require(&p, message_fields, COUNT_OF(message_fields), &r->form, &f);
  if (!f.count) why = PAGE_CALL(&p, message_write, &request, &f, &out);
  if (why != RESULT_OK && !mine__shown_again(why)) return page_failed(&p, why, &f, &out);
  if (!mine__open(r, &m, &answer)) return answer;
  if (why == RESULT_OK) return page_go(r, mine__path(&m, "#messages"), "message_sent");
  return claim_page__show(&m, 422, &r->form, &f);
}

static struct http_answer post_wake(struct http_request *r) {
  struct mine m;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct page p = page_begin(r);
  struct wake_request request = { http_value(&r->path, "claim")->id, mine__posted_version(r) };
  result why = PAGE_CALL(&p, claim_wake, &request, &f, &out);
  if (why != RESULT_OK && !mine__shown_again(why)) return page_failed(&p, why, &f, &out);
  if (!mine__open(r, &m, &answer)) return answer;
  if (why == RESULT_OK) return page_go(r, mine__path(&m, ""), "claim_woken");
  return claim_page__show(&m, 422, NULL, &f);
}

static const struct http_parameter message_form[] = { MINE_TEXT("text", TEXT_MOST_CHARACTERS * 2), { 0 } };
static const struct http_parameter wake_form[] = { MINE_VERSION, { 0 } };
static const struct http_route rows[] = {
  { MINE_ROW("claimPage", HTTP_GET, "/claims/{claim}", "申請の画面", "One claim"), .handler = get_claim },
  { MINE_FORM("messagePagePost", "/claims/{claim}/messages", "メッセージを送る", "Write a message", message_form, post_message) },
  { MINE_FORM("wakePagePost", "/claims/{claim}/wake", "休止した申請を再開する", "Wake a resting claim", wake_form, post_wake) },
};
const struct http_route_table web__claim_routes = { rows, COUNT_OF(rows) };
