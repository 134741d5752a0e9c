/* papers: what is on a paper, as pictures of its pages that are made for the reader (shienkin/document.h); the paper itself is only
 * ever an attachment. Who may look is whom evidence_open() lets, and each look leaves its event before anything is shown. */
#include "casework.h"
#include "files.h"
#include "routes.h"
#include "shienkin/document.h"

enum { PAPER_READS = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY | CASE_JUDGES | HTTP_ROLE_AUDITOR };

struct paper { struct uuid id; str sha256, media_type; int64_t length, chunks; };

/* ---- the bytes, where a picture has to be made */

static result read_paper(struct page *p, const struct paper *paper, str *bytes) {
  char *whole = arena_alloc(p->arena, (size_t)paper->length);
  size_t n = 0;
  for (int64_t i = 0; i < paper->chunks; i++) {
    struct arena_mark mark = arena_mark(p->arena);
    struct evidence_bytes_request request = { paper->id, i };
    struct findings f = findings_in(p->arena);
    struct service_answer chunk = { 0 };
    TRY(PAGE_CALL(p, evidence_bytes, &request, &f, &chunk));
    if (chunk.body.n > (size_t)paper->length - n) return RESULT_OUTSIDE;
    memcpy(whole + n, chunk.body.p, chunk.body.n);
    n += chunk.body.n;
    arena_release(p->arena, mark);
  }
  *bytes = (str){ whole, n };
  return RESULT_OK;
}

static result make(struct page *p, const struct paper *paper, uint32_t page, struct document_preview *out) {
  str key, bytes;
  result why;
  TRY(hex_decode(p->arena, paper->sha256, &key));
  if (document_previews_find(p->gate->previews, p->arena, key, page, &why, out)) return why;
  TRY(read_paper(p, paper, &bytes));
  why = document_preview(p->arena, paper->media_type, bytes, page, out);
  document_previews_keep(p->gate->previews, key, page, why, out);
  if (why == RESULT_OUTSIDE) LOG(&p->gate->service->log, LOG_WARNING, "preview_not_made", LOG_S("type", paper->media_type));
  return why;
}

/* Opens the paper, with its event. false: *answer is the refusal. */
static bool open_paper(struct page *p, struct uuid id, struct paper *paper, struct http_answer *answer) {
  struct evidence_request request = { id };
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  result why = PAGE_CALL(p, evidence_open, &request, &f, &out);
  if (why != RESULT_OK) {
    *answer = page_failed(p, why, &f, &out);
    return false;
  }
  struct json body = page_body(p, &out);
  *paper = (struct paper){ id, page_member(&body, "sha256"), page_member(&body, "media_type"), page_int(&body, "length"),
                           page_int(&body, "chunks") };
  return true;
}

/* ---- a page as a picture alone, for where papers stand beside facts */

static struct http_answer get_picture(struct http_request *r) {
  struct page p = page_begin(r);
  struct paper paper;
  struct document_preview made;
  struct http_answer answer;
  if (!open_paper(&p, http_value(&r->path, "evidence")->id, &paper, &answer)) return answer;
  if (make(&p, &paper, (uint32_t)http_value(&r->path, "page")->number, &made) != RESULT_OK)
    return http_see_other(r, web__asset_path(r->arena, "no_picture.svg"));
  return http_bytes(HTTP_OK, "image/jpeg", made.jpeg);
}

/* ---- a page to be read, with the ways to the others */

static const struct json *file_of(const struct casework_case *c, str id) {
  const struct json *files = json_get(&c->evidence, STR("files"));
  for (uint32_t i = 0; files && i < files->count; i++)
    if (str_eq(page_member(&files->as.items[i], "evidence"), id)) return &files->as.items[i];
  return NULL;
}

static void add_turn(struct page *p, const char *name, bool there, str path, uint32_t page) {
  page_set_str(&p->document, name, there ? str_format(p->arena, "%.*s?page=%u", STR_ARG(path), page) : STR(""));
}

/* The picture stands in the page itself: asked for by an address of its own, it would be read, and noted as read, twice. */
static void add_picture(struct page *p, const struct paper *paper, str path, uint32_t page) {
  struct document_preview made;
  result why = make(p, paper, page, &made);
  bool shown = why == RESULT_OK;
  str data = shown ? str_format(p->arena, "data:image/jpeg;base64,%.*s", STR_ARG(base64_encode(p->arena, made.jpeg))) : STR("");
  page_set_str(&p->document, "picture", data);
  page_set_int(&p->document, "width", shown ? made.width : 0);
  page_set_int(&p->document, "height", shown ? made.height : 0);
  page_set_str(&p->document, "place", shown ? page_say(p, "case.paper_page", str_format(p->arena, "%u", page),
                                                       str_format(p->arena, "%u", made.pages)) : STR(""));
  page_set_bool(&p->document, "no_page", why == RESULT_NOT_FOUND);
  page_set_bool(&p->document, "only_first", shown && made.pages == DOCUMENT_PREVIEW_PAGES_MOST);
  add_turn(p, "earlier", page > 1, path, page - 1);
  add_turn(p, "later", shown && page < made.pages, path, page + 1);
}

static struct http_answer get_paper(struct http_request *r) {
  struct page p = page_begin(r);
  struct casework_case c;
  struct paper paper;
  struct http_answer answer;
  struct uuid claim = http_value(&r->path, "claim")->id, id = http_value(&r->path, "evidence")->id;
  const struct http_value *page = http_value(&r->query, "page");
  str outside = uuid_outside(r->arena, "evd_", id);
  if (!casework__read(&p, claim, CASE_PAPERS | CASE_NEIGHBOURS, &c, &answer)) return answer;
  const struct json *file = file_of(&c, outside);
  if (!file) return HTTP_PROBLEM(r, &http_problem_not_found);
  if (!open_paper(&p, id, &paper, &answer)) return answer;
  casework__add_head(&p, &c);
  page_set(&p.document, "file", casework__file(&p, &c, file, NULL));
  add_picture(&p, &paper, str_format(r->arena, "%.*s/%.*s", STR_ARG(casework__path(&p, claim, "/files")), STR_ARG(outside)),
              page->present ? (uint32_t)page->number : 1);
  return page_answer(&p, HTTP_OK, "case_paper", page_member(file, "name"));
}

/* ---- the table */

#define PAGE_NUMBER .kind = HTTP_PARAMETER_INTEGER, .least = 1, .most = DOCUMENT_PREVIEW_PAGES_MOST, .description_en = "The page, from 1"
static const struct http_parameter picture_path[] = {
  { .name = "evidence", .kind = HTTP_PARAMETER_ID, .prefix = "evd_", .description_en = "The file" },
  { .name = "page", PAGE_NUMBER },
  { 0 },
};
static const struct http_parameter paper_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" },
  { .name = "evidence", .kind = HTTP_PARAMETER_ID, .prefix = "evd_", .description_en = "The file" },
  { 0 },
};
static const struct http_parameter page_query[] = { { .name = "page", PAGE_NUMBER }, { 0 } };

static const struct http_route rows[] = {
  { .name = "evidencePicture", .method = HTTP_GET, .path = "/evidence/{evidence}/pages/{page}", .path_parameters = picture_path,
    .realms = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR, .roles = PAPER_READS, .face = HTTP_PAGE, .produces = "*", .lane = HTTP_LANE_PAPER,
    .handler = get_picture, .tag = "pages", .summary_ja = "書類の1ページの画像", .summary_en = "A page of a paper, as a picture" },
  { .name = "casePaperPage", .method = HTTP_GET, .path = "/cases/{claim}/files/{evidence}", .path_parameters = paper_path,
    .query = page_query, .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = CASE_JUDGES | HTTP_ROLE_AUDITOR, .face = HTTP_PAGE,
    .lane = HTTP_LANE_PAPER, .handler = get_paper, .tag = "pages", .summary_ja = "書類を読む画面", .summary_en = "A paper to be read" },
};
const struct http_route_table web__paper_routes = { rows, COUNT_OF(rows) };
