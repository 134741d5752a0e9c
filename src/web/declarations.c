/* declarations: what claimants declare to be true: read by anybody of the house, put forward by one owner, confirmed by another. */
#include "rules_pages.h"

static const struct page_field declaration_fields[] = {
  { .name = "version", .kind = PAGE_LINE, .label = "rules_pages.version", .hint = "rules_pages.version_hint" },
  { .name = "ja", .kind = PAGE_AREA, .label = "rules_pages.text_ja" },
  { .name = "en", .kind = PAGE_AREA, .label = "rules_pages.text_en" },
};

static void add_declaration(struct desk *d, const struct json *one, const char *heading, bool waits) {
  struct desk_section s = desk_section(d, heading);
  desk_fact(&s, "rules_pages.version", page_member(one, "version"), STR(""));
  desk_fact(&s, "rules_pages.published_at", page_moment(&d->page, page_member(one, "published_at")), STR(""));
  desk_fact(&s, "rules_pages.text_ja", page_member(one, "ja"), STR(""));
  desk_fact(&s, "rules_pages.text_en", page_member(one, "en"), STR(""));
  if (waits && rules__owns(d))
    rules__add_yes(&s, desk_path(d->page.arena, "/declarations/%s/confirm", page_member(one, "declaration")), "rules_pages.confirm_declaration");
  desk_close(&s);
}

static struct http_answer show_declarations(struct desk *d, int status, const struct http_values *posted, const struct findings *f) {
  struct http_answer failure;
  struct json body;
  uint32_t count, waits;
  if (!DESK_CALL(d, declaration_list, NULL, &body, &failure)) return failure;
  const struct json *published = desk_list(&body, "declarations", &count), *waiting = desk_list(&body, "waiting", &waits);
  desk_way(d, "rules_pages.title", STR("/rules"));
  for (uint32_t i = 0; i < waits; i++) add_declaration(d, &waiting[i], "rules_pages.declaration_waiting", true);
  for (uint32_t i = 0; i < count; i++)
    add_declaration(d, &published[i], i ? "rules_pages.declaration_before" : "rules_pages.declaration_now", false);
  if (rules__owns(d)) {
    struct desk_section s = desk_section(d, "rules_pages.declaration_new");
    desk_form(&s, &(struct page_form){ .name = "new", .action = STR("/declarations"), .submit = "rules_pages.put_forward",
                                       .fields = declaration_fields, .count = COUNT_OF(declaration_fields), .posted = posted,
                                       .findings = f, .once = true });
    desk_close(&s);
  }
  return desk_answer(d, status, "rules_pages.declarations", STR(""));
}

static struct http_answer get_declarations(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_declarations(&d, HTTP_OK, NULL, NULL);
}

static struct http_answer post_declaration(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct declaration_publish_request request = { page_typed(&r->form, "version"), page_typed(&r->form, "ja"), page_typed(&r->form, "en") };
  page_require(&d.page, declaration_fields, COUNT_OF(declaration_fields), &r->form, &f);
  if (f.count) return show_declarations(&d, 422, &r->form, &f);
  result why = PAGE_CALL(&d.page, declaration_publish, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/declarations"), "put_forward");
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_declarations(&d, 422, &r->form, &f);
  return page_failed(&d.page, why, &f, &out);
}

static struct http_answer post_confirm_declaration(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct declaration_confirm_request request = { http_value(&r->path, "declaration")->id };
  result why = PAGE_CALL(&d.page, declaration_confirm, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/declarations"), "declaration_confirmed");
  return page_failed(&d.page, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter declaration_path[] = { { .name = "declaration", .kind = HTTP_PARAMETER_ID, .prefix = "dcl_", .description_en = "The text" }, { 0 } };
static const struct http_parameter nothing[] = { { 0 } };
#define WORDS_FIELD(n, most_) { .name = (n), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_), .description_en = (n) }
static const struct http_parameter declaration_form[] = { WORDS_FIELD("version", 200), WORDS_FIELD("ja", 10000), WORDS_FIELD("en", 10000), { 0 } };
static const struct http_route rows[] = {
  { RULES_GET("declarationsPage", "/declarations", get_declarations, RULES_READERS, "誓約の文面", "Texts of the declaration") },
  { RULES_POST("declarationsPagePost", "/declarations", post_declaration, declaration_form, "文面を登録する", "Put a text forward") },
  { RULES_POST("declarationConfirmPagePost", "/declarations/{declaration}/confirm", post_confirm_declaration, nothing, "文面を公布する", "Confirm a text"),
    .path_parameters = declaration_path },
};
const struct http_route_table web__declaration_routes = { rows, COUNT_OF(rows) };
