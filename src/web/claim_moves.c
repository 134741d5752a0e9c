/* claim_moves: what a claimant does with a claim as a whole: answering, withdrawing, asking that other people look again. Each
 * is a page of its own that says what follows before it is done. */
#include "claim_page.h"

#include "shienkin/value.h"

/* ---- a page with one form */

struct move {
  const char *rest, *template, *title, *submit, *notice;
  const struct page_field *fields; size_t count;
  const char *states;                   /* in others the page leads back to the claim */
};

static struct http_answer show(struct mine *m, const struct move *move, int status, const struct findings *f) {
  struct page *p = &m->page;
  struct json_member hidden = mine__version(m);
  mine__head(m);
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(m, move->rest), .submit = move->submit,
                                    .fields = move->fields, .count = move->count,
                                    .posted = p->r->method == HTTP_POST ? &p->r->form : NULL, .findings = f,
                                    .hidden = &hidden, .hidden_count = 1, .once = true });
  return page_answer(p, status, move->template, page_say_with(p, move->title, 0, NULL));
}

static struct http_answer get(struct http_request *r, const struct move *move) {
  struct mine m;
  struct http_answer answer;
  if (!mine__open(r, &m, &answer)) return answer;
  if (!mine__is(&m, move->states)) return page_go(r, mine__path(&m, ""), "claim_moved");
  return show(&m, move, HTTP_OK, NULL);
}

static struct http_answer finish(struct page *p, const struct move *move, result why, const struct findings *f,
                                 const struct service_answer *out) {
  struct mine m;
  struct http_answer answer;
  if (why != RESULT_OK && !mine__shown_again(why)) return page_failed(p, why, f, out);
  if (!mine__open(p->r, &m, &answer)) return answer;
  if (why == RESULT_OK) return page_go(p->r, mine__path(&m, ""), move->notice);
  return show(&m, move, why == RESULT_CONFLICT ? 409 : 422, f);
}

/* ---- withdrawing */

static const struct page_field withdraw_fields[] = {
  { .name = "reason", .kind = PAGE_AREA, .label = "mine.withdraw_reason", .hint = "mine.withdraw_reason_hint", .optional = true },
  { .name = "sure", .kind = PAGE_CHECK, .label = "mine.withdraw_sure" },
};
static const struct move withdraw = { "/withdraw", "claim_withdraw", "mine.way_withdraw", "mine.withdraw_submit", "claim_withdrawn",
                                      withdraw_fields, COUNT_OF(withdraw_fields), "submitted in_review info_requested proposed" };

static struct http_answer get_withdraw(struct http_request *r) { return get(r, &withdraw); }

static struct http_answer post_withdraw(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct withdraw_request request = { http_value(&r->path, "claim")->id, mine__posted_version(r),
                                      str_trim(page_typed(&r->form, "reason")) };
  result why = RESULT_REFUSED;
  page_require(&p, withdraw_fields, COUNT_OF(withdraw_fields), &r->form, &f);
  if (!f.count) why = PAGE_CALL(&p, claim_withdraw, &request, &f, &out);
  return finish(&p, &withdraw, why, &f, &out);
}

/* ---- other people look again */

static const struct page_field grounds_fields[] = {
  { .name = "grounds", .kind = PAGE_AREA, .label = "mine.grounds", .hint = "mine.grounds_hint" },
};
static const struct move reconsider = { "/reconsideration", "claim_reconsider", "mine.way_reconsider", "mine.reconsider_submit",
                                        "reconsideration_asked", grounds_fields, COUNT_OF(grounds_fields), "decided" };

static struct http_answer get_reconsider(struct http_request *r) { return get(r, &reconsider); }

static struct http_answer post_reconsider(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct reconsider_request request = { http_value(&r->path, "claim")->id, mine__posted_version(r),
                                        str_trim(page_typed(&r->form, "grounds")) };
  result why = RESULT_REFUSED;
  page_require(&p, grounds_fields, COUNT_OF(grounds_fields), &r->form, &f);
  if (!f.count) why = PAGE_CALL(&p, reconsideration_ask, &request, &f, &out);
  return finish(&p, &reconsider, why, &f, &out);
}

static const struct move let_stand = { "/reconsideration/withdraw", "claim_let_stand", "mine.way_let_stand", "mine.let_stand_submit",
                                       "reconsideration_withdrawn", NULL, 0, "reconsideration" };

static struct http_answer get_let_stand(struct http_request *r) { return get(r, &let_stand); }

static struct http_answer post_let_stand(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct reconsider_withdraw_request request = { http_value(&r->path, "claim")->id, mine__posted_version(r) };
  result why = PAGE_CALL(&p, reconsideration_withdraw, &request, &f, &out);
  return finish(&p, &let_stand, why, &f, &out);
}

/* ---- answering what was asked */

static const struct page_field answer_fields[] = {
  { .name = "text", .kind = PAGE_AREA, .label = "mine.answer", .hint = "mine.answer_hint" },
};

/* The open request of the path; NULL: it was answered or taken back meanwhile. */
static const struct json *request_of(const struct mine *m) {
  const struct json *asked = json_get(&m->view, STR("asked"));
  str id = uuid_outside(m->page.arena, "req_", http_value(&m->page.r->path, "request")->id);
  for (uint32_t i = 0; asked && i < asked->count; i++)
    if (str_eq(page_member(&asked->as.items[i], "request"), id)) return &asked->as.items[i];
  return NULL;
}

static struct http_answer show_answer(struct mine *m, int status, const struct findings *f) {
  struct page *p = &m->page;
  const struct json *asked = request_of(m);
  if (!asked) return page_go(p->r, mine__path(m, ""), "claim_moved");
  struct json one = claim_page__asked(m, asked);
  mine__head(m);
  claim_page__files(m);
  page_set(&p->document, "asked", one);
  page_set_str(&p->document, "amend_path", mine__is(m, "info_requested") ? mine__path(m, "/amend") : STR(""));
  page_form(p, &(struct page_form){ .name = "form", .action = page_member(&one, "answer_path"), .submit = "mine.answer_submit",
                                    .fields = answer_fields, .count = COUNT_OF(answer_fields),
                                    .posted = p->r->method == HTTP_POST ? &p->r->form : NULL, .findings = f, .once = true });
  return page_answer(p, status, "claim_answer", page_say(p, "mine.answer_title"));
}

static struct http_answer get_answer(struct http_request *r) {
  struct mine m;
  struct http_answer answer;
  return mine__open(r, &m, &answer) ? show_answer(&m, HTTP_OK, NULL) : answer;
}

static struct http_answer post_answer(struct http_request *r) {
  struct page p = page_begin(r);
  struct mine m;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct reply_request request = { http_value(&r->path, "claim")->id, http_value(&r->path, "request")->id,
                                   str_trim(page_typed(&r->form, "text")) };
  result why = RESULT_REFUSED;
  page_require(&p, answer_fields, COUNT_OF(answer_fields), &r->form, &f);
  if (!f.count) why = PAGE_CALL(&p, information_reply, &request, &f, &out);
  if (why != RESULT_OK && !mine__shown_again(why)) return page_failed(&p, why, &f, &out);
  if (!mine__open(r, &m, &answer)) return answer;
  if (why == RESULT_OK) return page_go(r, mine__path(&m, ""), "answer_sent");
  return show_answer(&m, 422, &f);
}

static const struct http_parameter withdraw_form[] = { MINE_VERSION, MINE_TEXT("reason", TEXT_MOST_CHARACTERS * 2), MINE_TEXT("sure", 10),
                                                       { 0 } };
static const struct http_parameter grounds_form[] = { MINE_VERSION, MINE_TEXT("grounds", TEXT_MOST_CHARACTERS * 2), { 0 } };
static const struct http_parameter version_form[] = { MINE_VERSION, { 0 } };
static const struct http_parameter answer_form[] = { MINE_TEXT("text", TEXT_MOST_CHARACTERS * 2), { 0 } };
static const struct http_parameter request_path[] = {
  MINE_CLAIM, { .name = "request", .kind = HTTP_PARAMETER_ID, .prefix = "req_", .description_en = "what was asked" }, { 0 },
};
#define REQUEST "/claims/{claim}/requests/{request}"
#define ANSWER_ROW(name_, method_, ja, en)                                                                       \
  .name = (name_), .method = (method_), .path = REQUEST, .realms = MINE_REALMS, .roles = MINE_ROLES, .face = HTTP_PAGE, \
  .path_parameters = request_path, .tag = "pages", .summary_ja = (ja), .summary_en = (en)

static const struct http_route rows[] = {
  { MINE_ROW("withdrawPage", HTTP_GET, "/claims/{claim}/withdraw", "取り下げの画面", "Before a claim is withdrawn"),
    .handler = get_withdraw },
  { MINE_FORM("withdrawPagePost", "/claims/{claim}/withdraw", "申請を取り下げる", "Withdraw a claim", withdraw_form, post_withdraw) },
  { MINE_ROW("reconsiderPage", HTTP_GET, "/claims/{claim}/reconsideration", "再審査の画面", "Before reconsideration is asked for"),
    .handler = get_reconsider },
  { MINE_FORM("reconsiderPagePost", "/claims/{claim}/reconsideration", "再審査を求める", "Ask for reconsideration", grounds_form,
              post_reconsider) },
  { MINE_ROW("letStandPage", HTTP_GET, "/claims/{claim}/reconsideration/withdraw", "再審査をやめる画面",
             "Before reconsideration is taken back"),
    .handler = get_let_stand },
  { MINE_FORM("letStandPagePost", "/claims/{claim}/reconsideration/withdraw", "再審査の求めを取り下げる",
              "Take back the wish for reconsideration", version_form, post_let_stand) },
  { ANSWER_ROW("answerPage", HTTP_GET, "照会に答える画面", "What was asked, and a form to answer"), .handler = get_answer },
  { ANSWER_ROW("answerPagePost", HTTP_POST, "照会に答える", "Answer what was asked"), .body = HTTP_BODY_FORM,
    .form_parameters = answer_form, .idempotent = true, .handler = post_answer },
};
const struct http_route_table web__claim_moves_routes = { rows, COUNT_OF(rows) };
