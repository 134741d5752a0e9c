/* declaration: the words that every claimant declares to be true. They bind people, so one owner puts them forward and another
 * confirms; texts that somebody has declared by stay as they were. */
#include "rules/codex.h"
#include "shienkin/text.h"

static void check_text(struct work *w, const char *pointer, str text, int64_t most) {
  if (str_trim(text).n == 0 || !utf8_valid(text, NULL)) FIND(w, str_of(pointer), "text_needed");
  else if (utf8_count(text) > (size_t)most)
    FIND(w, str_of(pointer), "text_too_long", str_format(w->arena, "%lld", (long long)most));
}

static result told(struct work *w, const char *type, const struct declaration_text_row *row) {
  struct members data = members_in(w->arena);
  members_add_str(&data, "version", row->version);
  return service__event(w, &(struct event){ .type = type, .subject = row->id, .data = members_object(&data) });
}

static result publish(struct work *w, const void *request) {
  const struct declaration_publish_request *r = request;
  size_t before = w->findings->count;
  check_text(w, "/version", r->version, DECLARATION_VERSION_MOST);
  check_text(w, "/ja", r->ja, DECLARATION_TEXT_MOST);
  check_text(w, "/en", r->en, DECLARATION_TEXT_MOST);
  if (w->findings->count > before) return service__refused(w);
  struct declaration_text_row row = { .id = tx_new_id(w->tx), .version = str_trim(r->version),
                                      .ja = text_nfc(w->arena, str_trim(r->ja)), .en = str_trim(r->en) };
  store_declaration_text_insert(w->tx, &row);
  service__wrote(w, "declaration_text", row.id, STR_NONE);
  TRY(told(w, "declaration.published", &row));
  struct members m = members_in(w->arena);
  members_add_id(&m, "declaration", "declaration_text", row.id);
  members_add_str(&m, "version", row.version);
  return service__answer(w, 201, &m, 0);
}

result declaration_publish(struct service *s, const struct caller *c, struct arena *a,
                           const struct declaration_publish_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "declaration_publish", .roles = SERVICE_OWNER, .body = publish };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result confirm(struct work *w, const void *request) {
  const struct declaration_confirm_request *r = request;
  struct declaration_text_row row;
  FOUND(w, store_declaration_text_by_id(w->tx, r->declaration, &row), STR(""), "not_found");
  store_declaration_text_confirm(w->tx, row.id);
  service__wrote(w, "declaration_text_confirmation", row.id, STR_NONE);
  TRY(told(w, "declaration.confirmed", &row));
  struct members m = members_in(w->arena);
  members_add_id(&m, "declaration", "declaration_text", row.id);
  members_add_moment(&m, "published_at", tx_at(w->tx));
  return service__answer(w, 200, &m, 0);
}

result declaration_confirm(struct service *s, const struct caller *c, struct arena *a,
                           const struct declaration_confirm_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "declaration_confirm", .roles = SERVICE_OWNER, .body = confirm };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- the list: no personal data, so no event */

static struct json text_json(struct work *w, struct uuid id, str version, str ja, str en, moment published_at) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "declaration", "declaration_text", id);
  members_add_str(&m, "version", version);
  members_add_str(&m, "ja", ja);
  members_add_str(&m, "en", en);
  members_add_moment(&m, "published_at", published_at);
  return members_object(&m);
}

static result list(struct work *w, const void *request) {
  struct declaration_text_published_row *published;
  struct declaration_text_row *waiting;
  size_t count, waits;
  (void)request;
  TRY(store_declaration_text_published(w->tx, &published, &count));
  TRY(store_declaration_text_waiting(w->tx, &waiting, &waits));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count), *others = ARENA_ARRAY(w->arena, struct json, waits);
  for (size_t i = 0; i < count; i++)
    items[i] = text_json(w, published[i].id, published[i].version, published[i].ja, published[i].en, published[i].published_at);
  for (size_t i = 0; i < waits; i++)
    others[i] = text_json(w, waiting[i].id, waiting[i].version, waiting[i].ja, waiting[i].en, SQL_NONE);
  struct members m = members_in(w->arena);
  members_add(&m, "declarations", json_of_array(items, count));
  members_add(&m, "waiting", json_of_array(others, waits));
  return service__answer(w, 200, &m, 0);
}

result declaration_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                        struct service_answer *out) {
  static const struct use_case use_case = { .name = "declaration_list", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR,
                                            .body = list, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
