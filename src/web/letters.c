/* letters: the mail room's page: which letters wait, printing them with their codes, saying that they went to the post. */
#include "messages.h"
#include "office.h"
#include "shienkin/document.h"

/* ---- the list */

static bool letters_of(struct desk *d, struct json *body, struct http_answer *failure) {
  return DESK_CALL(d, letter_list, NULL, body, failure);
}

str office__letter_state(const struct page *p, const struct json *letter) {
  str printed = page_member(letter, "printed_at"), posted = page_member(letter, "posted_at");
  str until = page_day(p, desk_day(letter, "expires_on"));
  if (posted.n) return page_say(p, "letters.state_posted", page_moment(p, posted), until);
  if (printed.n) return page_say(p, "letters.state_printed", page_moment(p, printed), until);
  return page_say(p, "letters.state_waiting");
}

/* The three states in which a letter is, and what each page chooses from. */
enum stage { WAITING, PRINTED, POSTED };

static enum stage stage_of(const struct json *letter) {
  return page_member(letter, "posted_at").n ? POSTED : page_member(letter, "printed_at").n ? PRINTED : WAITING;
}

static struct json row_of(const struct page *p, const struct json *letter, bool chosen) {
  struct page_object o = page_object(p->arena);
  str id = page_member(letter, "letter");
  page_set_str(&o, "letter", id);
  page_set_str(&o, "letter_version", str_format(p->arena, "%lld", (long long)page_int(letter, "version")));
  page_set_str(&o, "letter_name", page_member(letter, "name"));
  page_set_str(&o, "letter_login", page_member(letter, "login"));
  page_set_str(&o, "letter_kind", desk_code(p, "letters.kind_", page_member(letter, "kind")));
  page_set_str(&o, "letter_asked", page_moment(p, page_member(letter, "asked_at")));
  page_set_str(&o, "letter_state", office__letter_state(p, letter));
  page_set_bool(&o, "no_address", !page_flag(letter, "has_address"));
  page_set_str(&o, "print_path", page_flag(letter, "has_address") ? desk_path(p->arena, "/letters/print?letter=%s", id) : STR(""));
  page_set_bool(&o, "waits", stage_of(letter) == WAITING);
  page_set_bool(&o, "chosen", chosen);
  return page_json(&o);
}

static const char *const columns[] = { "letters.to", "people.login", "letters.kind", "letters.asked_at", "letters.printed_at", "letters.posted_at",
                                       "letters.expires_on" };

static struct desk_table table_of(struct desk *d, const struct json *body) {
  uint32_t count;
  const struct page *p = &d->page;
  const struct json *letters = desk_list(body, "letters", &count);
  struct desk_table t = desk_table(d, "letters.title", "letters", columns, COUNT_OF(columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){
        DESK_TEXT(page_member(&letters[i], "name")), DESK_TEXT(page_member(&letters[i], "login")),
        DESK_TEXT(desk_code(p, "letters.kind_", page_member(&letters[i], "kind"))),
        DESK_TEXT(page_moment(p, page_member(&letters[i], "asked_at"))),
        DESK_TEXT(page_moment(p, page_member(&letters[i], "printed_at"))),
        DESK_TEXT(page_moment(p, page_member(&letters[i], "posted_at"))),
        DESK_TEXT(page_day(p, desk_day(&letters[i], "expires_on"))) });
  return t;
}

/* A field by its name only: the boxes are the page's own, an error and its link are the form's. */
static const struct page_field boxes[] = { { .name = "letters", .kind = PAGE_CHECK, .label = "letters.choose" } };

static void put_stage(struct desk *d, const struct json *body, enum stage stage, const char *name) {
  uint32_t count;
  struct page_list rows = page_list(d->page.arena);
  const struct json *letters = desk_list(body, "letters", &count);
  for (uint32_t i = 0; i < count; i++)
    if (stage_of(&letters[i]) == stage) page_push(&rows, row_of(&d->page, &letters[i], true));
  page_set(&d->page.document, name, page_items(&rows));
  page_set_bool(&d->page.document, str_z(d->page.arena, str_format(d->page.arena, "any_%s", name)), rows.count > 0);
}

static struct http_answer show_letters(struct desk *d, int status, const struct findings *f) {
  struct json body;
  struct http_answer failure;
  if (!letters_of(d, &body, &failure)) return failure;
  struct desk_table t = table_of(d, &body);
  if (d->page.r->method == HTTP_GET && desk_wants(d, &t)) return desk_file(d, &t);
  put_stage(d, &body, WAITING, "waiting");
  put_stage(d, &body, PRINTED, "printed");
  put_stage(d, &body, POSTED, "posted");
  page_set_bool(&d->page.document, "any_letters", t.rows.count > 0);
  page_form(&d->page, &(struct page_form){ .name = "form", .action = STR("/letters/posted"), .submit = "letters.post_submit",
                                           .fields = boxes, .count = COUNT_OF(boxes), .findings = f, .once = true });
  return page_answer(&d->page, status, "letters", page_say(&d->page, "letters.title"));
}

static struct http_answer get_letters(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_letters(&d, HTTP_OK, NULL);
}

/* The same for the mail room to sign by hand. */
static struct http_answer get_list(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct page *p = &d.page;
  struct json body;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  str pdf;
  if (!letters_of(&d, &body, &answer)) return answer;
  uint32_t count;
  const struct json *letters = desk_list(&body, "letters", &count);
  enum { COLUMNS = 6 };
  static const char *const heads[COLUMNS] = { "letters.number", "letters.to", "people.login", "letters.kind", "letters.printed_at",
                                              "letters.signed" };
  struct document_row *rows = ARENA_ARRAY(r->arena, struct document_row, (size_t)count + 1);
  str *cells = ARENA_ARRAY(r->arena, str, ((size_t)count + 1) * COLUMNS);
  for (size_t c = 0; c < COLUMNS; c++) cells[c] = page_say_with(p, heads[c], 0, NULL);
  rows[0] = (struct document_row){ cells, COLUMNS };
  size_t n = 1;
  for (uint32_t i = 0; i < count; i++) {
    if (stage_of(&letters[i]) == POSTED) continue;
    str *own = cells + n * COLUMNS;
    own[0] = str_format(r->arena, "%zu", n);
    own[1] = page_member(&letters[i], "name");
    own[2] = page_member(&letters[i], "login");
    own[3] = desk_code(p, "letters.kind_", page_member(&letters[i], "kind"));
    own[4] = page_moment(p, page_member(&letters[i], "printed_at"));
    own[5] = STR("");
    rows[n++] = (struct document_row){ own, COLUMNS };
  }
  const struct document_part parts[] = {
    { .kind = DOCUMENT_TITLE, .text = page_say(p, "letters.list_title") },
    { .kind = DOCUMENT_RIGHT, .text = page_day(p, day_in_japan(r->at_us)) },
    { .kind = DOCUMENT_TABLE, .rows = rows, .row_count = n },
  };
  const struct document list = { .title = page_say(p, "letters.list_title"), .language = p->english ? STR("en") : STR("ja"),
                                 .made_at_unix_s = r->at_us / 1000000, .parts = parts, .part_count = COUNT_OF(parts) };
  result made = document_pdf(r->arena, &list, &f, &pdf);
  if (made != RESULT_OK) return http_result(r, made, &f);
  answer = http_bytes(HTTP_OK, "application/pdf", pdf);
  http_answer_attachment(r, &answer, STR("mail-room.pdf"));
  return answer;
}

/* ---- what was chosen */

/* A letter and, of a box, the version that the page showed: "ltr_… 1792886400000". */
static struct letters_request chosen_of(struct http_request *r, const struct http_values *from, const char *name) {
  struct http_value_list list = http_value_list(from, name);
  struct letter_shown *letters = ARENA_ARRAY(r->arena, struct letter_shown, list.count);
  size_t n = 0;
  for (size_t i = 0; i < list.count; i++) {
    str version, id = str_cut(list.items[i].text, ' ', &version);
    if (!str_to_int64(version, &letters[n].version)) letters[n].version = 0;
    if (uuid_from_outside(id, service_prefix("letter"), &letters[n].letter)) n++;
  }
  return (struct letters_request){ letters, n };
}

static bool holds(const struct letters_request *chosen, str letter) {
  struct uuid id;
  if (!uuid_from_outside(letter, service_prefix("letter"), &id)) return false;
  for (size_t i = 0; i < chosen->count; i++)
    if (uuid_eq(chosen->letters[i].letter, id)) return true;
  return false;
}

/* ---- printing: the codes are made here, so the page is asked for with the second factor */

/* Nothing chosen by the address: all that wait and can be posted. */
static struct http_answer show_print(struct desk *d, int status, const struct letters_request *chosen, const struct findings *f) {
  struct page *p = &d->page;
  struct json body;
  struct http_answer failure;
  uint32_t count;
  if (!letters_of(d, &body, &failure)) return failure;
  const struct json *letters = desk_list(&body, "letters", &count);
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; i < count && rows.count < LETTERS_AT_ONCE; i++) {
    bool named = holds(chosen, page_member(&letters[i], "letter"));
    if (!page_flag(&letters[i], "has_address")) continue;
    if (named || stage_of(&letters[i]) == WAITING) page_push(&rows, row_of(p, &letters[i], named || chosen->count == 0));
  }
  page_set(&p->document, "rows", page_items(&rows));
  page_set_bool(&p->document, "any_rows", rows.count > 0);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/letters/print"), .submit = "letters.print_submit", .fields = boxes,
                                    .count = COUNT_OF(boxes), .findings = f, .once = true });
  return page_answer(p, status, "letters_print", page_say(p, "letters.print_title"));
}

static struct http_answer get_print(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct letters_request chosen = chosen_of(r, &r->query, "letter");
  return show_print(&d, HTTP_OK, &chosen, NULL);
}

/* An address that fits no window: whose it is. Its codes are made and on no paper; printing again makes others. */
static void name_misfit(const struct json *letters, struct findings *f) {
  int64_t part;
  if (f->count == 0 || !str_starts(f->items[0].pointer, STR("/parts/"))) return;
  if (!str_to_int64(str_slice(f->items[0].pointer, strlen("/parts/"), f->items[0].pointer.n), &part)) return;
  size_t which = (size_t)part / GATE_LETTER_PARTS;
  str name = which < letters->count ? page_member(&letters->as.items[which], "name") : STR("");
  *f = findings_in(f->arena);
  FINDING(f, STR("/letters"), &web__messages[WEB_ADDRESS_MISFIT], name, name);
}

static struct http_answer post_print(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct letters_request chosen = chosen_of(r, &r->form, "letters[]");
  str pdf;
  result why = PAGE_CALL(&d.page, letters_print, &chosen, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_print(&d, 422, &chosen, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  struct json body = page_body(&d.page, &out);
  const struct json *letters = json_get(&body, STR("letters"));
  why = gate_letters_pdf(r, letters->as.items, letters->count, &f, &pdf);
  if (why == RESULT_REFUSED) {
    name_misfit(letters, &f);
    return show_print(&d, 422, &chosen, &f);
  }
  if (why != RESULT_OK) return http_result(r, why, &f);
  struct http_answer answer = http_bytes(HTTP_OK, "application/pdf", pdf);
  http_answer_attachment(r, &answer, STR("letters.pdf"));
  return answer;
}

/* ---- posted */

static struct http_answer post_posted(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct letters_request chosen = chosen_of(r, &r->form, "letters[]");
  result why = PAGE_CALL(&d.page, letters_post, &chosen, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/letters"), "letters_posted");
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_letters(&d, 422, &f);
  return page_failed(&d.page, why, &f, &out);
}

/* ---- the table */

#define CHOSEN { .name = "letters[]", .kind = HTTP_PARAMETER_TEXT, .repeated = true, .may_be_empty = true, .most = 64, .description_en = "Each letter that was chosen, and its version as shown" }
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };
static const struct http_parameter print_query[] = {
  { .name = "letter", .kind = HTTP_PARAMETER_TEXT, .repeated = true, .most = 40, .description_en = "Letters that are chosen already" }, { 0 },
};
static const struct http_parameter chosen_form[] = { CHOSEN, { 0 } };
static const struct http_route rows[] = {
  { OFFICE_GET("lettersPage", "/letters", get_letters, OFFICE_MAIL_ROOM, "発送する手紙の画面", "Letters to be posted"), .query = csv_query,
    .produces = "*" },
  { OFFICE_GET("lettersList", "/letters/list.pdf", get_list, OFFICE_MAIL_ROOM, "発送する手紙の一覧のPDF", "The mail room's list as PDF"),
    .lane = HTTP_LANE_SLOW, .produces = "application/pdf" },
  { OFFICE_GET("lettersPrintPage", "/letters/print", get_print, OFFICE_MAIL_ROOM, "手紙を印刷する画面", "Print letters"), .query = print_query,
    .step_up = true },
  { OFFICE_POST("lettersPrintPagePost", "/letters/print", post_print, OFFICE_MAIL_ROOM, chosen_form, "手紙を印刷する", "Print letters"),
    .lane = HTTP_LANE_SLOW, .produces = "*" },
  { OFFICE_ROW("lettersPostedPagePost", HTTP_POST, "/letters/posted", post_posted, OFFICE_MAIL_ROOM, "手紙を発送済みにする", "Letters were posted"),
    .body = HTTP_BODY_FORM, .form_parameters = chosen_form, .idempotent = true },
};
const struct http_route_table web__letters_routes = { rows, COUNT_OF(rows) };
