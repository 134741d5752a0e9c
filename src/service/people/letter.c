/* letter: the mail room. A code is made when its letter is printed, so that none lies about; it goes to the roster's address
 * of the facility, wherever the account's mail goes. Owners and proxies print: neither examines nor pays. */
#include <stdlib.h>

#include "people/people.h"

static const uint32_t mail_room = SERVICE_OWNER | SERVICE_PROXY;

/* ---- the list */

struct json people__letter_json(struct arena *a, const struct letter_row *row) {
  moment printed = row->printed_at;
  struct members m = members_in(a);
  members_add_id(&m, "letter", "letter", row->id);
  members_add_id(&m, "account", "account", row->account_id);
  members_add_str(&m, "login", row->login);
  members_add_str(&m, "kind", row->kind);
  members_add_id(&m, "facility", "facility", row->facility_id);
  members_add_str(&m, "name", row->facility_name);
  members_add_moment(&m, "asked_at", row->by.at);
  members_add_moment(&m, "printed_at", printed);
  members_add_moment(&m, "posted_at", row->posted_at);
  members_add_day(&m, "expires_on", printed == SQL_NONE ? DAY_NONE : day_in_japan(printed) + POSTED_CODE_DAYS);
  members_add_bool(&m, "has_address", row->has_address);
  return members_object(&m);
}

static result list(struct work *w, const void *request) {
  struct letter_row *rows;
  size_t count;
  (void)request;
  TRY(store_letter_open(w->tx, service__today(w), &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) items[i] = people__letter_json(w->arena, &rows[i]);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "letters", (int64_t)count);
  TRY(service__event(w, &(struct event){ .type = "letter.listed", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add(&m, "letters", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

result letter_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                   struct service_answer *out) {
  static const struct use_case use_case = { "letter_list", mail_room, list, true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}

/* ---- printing */

/* Held first: what is read then is what stands until the end. */
static result hold(struct work *w, struct uuid id, struct letter_row *letter) {
  store_letter_hold(w->tx, id);
  result found = store_letter_by_id(w->tx, id, service__today(w), letter);
  return found == RESULT_NOT_FOUND ? REFUSE(w, STR(""), "not_found") : found;
}

static result letter_event(struct work *w, const char *type, const struct letter_row *letter) {
  struct members data = members_in(w->arena);
  service__wrote(w, "letter", letter->id, STR_NONE);
  members_add_uuid(&data, "account", letter->account_id);
  members_add_uuid(&data, "facility", letter->facility_id);
  return service__event(w, &(struct event){ .type = type, .subject = letter->id, .data = members_object(&data) });
}

static result print_one(struct work *w, const struct letter_row *letter, struct members *m) {
  struct facility_version_row to = { .address = STR_NONE };
  struct sha256 kept;
  day last = service__today(w) + POSTED_CODE_DAYS;
  result found = store_facility_version_on(w->tx, letter->facility_id, service__today(w), tx_at(w->tx), &to);
  if (found != RESULT_OK && found != RESULT_NOT_FOUND) return found;
  if (!to.address.p) return REFUSE(w, STR(""), "letter_address");
  str code = first_access_code(w->arena, tx_randomness(w->tx), w->service->keys, letter->account_id, &kept);
  store_access_code_write(w->tx, tx_new_id(w->tx), letter->account_id, letter->id, kept, people__day_begins(last + 1));
  TRY(letter_event(w, "letter.printed", letter));
  members_add_id(m, "letter", "letter", letter->id);
  members_add_str(m, "kind", letter->kind);
  members_add_str(m, "login", letter->login);
  members_add_str(m, "code", code);
  members_add_str(m, "name", to.name);
  members_add_str(m, "postal_code", to.postal_code);
  members_add_str(m, "address", to.address);
  members_add_day(m, "expires_on", last);
  return RESULT_OK;
}

static result print(struct work *w, const void *request) {
  const struct letter_print_request *r = request;
  struct letter_row letter;
  struct members m = members_in(w->arena);
  TRY(hold(w, r->letter, &letter));
  TRY(print_one(w, &letter, &m));
  return service__answer(w, 200, &m, 0);
}

result letter_print(struct service *s, const struct caller *c, struct arena *a, const struct letter_print_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letter_print", mail_room, print, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

/* ---- several at once, held in the order of their ids, so that two who do it wait for each other and nobody for ever */

static int by_id(const void *left, const void *right) { return memcmp(left, right, sizeof(struct uuid)); }

static result in_order(struct work *w, const struct uuid *letters, size_t count, struct uuids *sorted) {
  struct uuid *ids = ARENA_ARRAY(w->arena, struct uuid, count);
  if (count == 0) return REFUSE(w, STR("/letters"), "letters_none");
  if (count > LETTERS_AT_ONCE) return REFUSE(w, STR("/letters"), "letters_many", str_format(w->arena, "%d", LETTERS_AT_ONCE));
  memcpy(ids, letters, count * sizeof *ids);
  qsort(ids, count, sizeof *ids, by_id);
  *sorted = (struct uuids){ ids, 1 };
  for (size_t i = 1; i < count; i++)
    if (!uuid_eq(ids[i], ids[i - 1])) ids[sorted->count++] = ids[i];
  return RESULT_OK;
}

static result print_several(struct work *w, const void *request) {
  const struct letters_print_request *r = request;
  struct uuids ids;
  TRY(in_order(w, r->letters, r->count, &ids));
  struct json *items = ARENA_ARRAY(w->arena, struct json, ids.count);
  for (size_t i = 0; i < ids.count; i++) {
    struct letter_row letter;
    struct members m = members_in(w->arena);
    TRY(hold(w, ids.items[i], &letter));
    bool since = r->as_of != SQL_NONE && letter.printed_at != SQL_NONE && letter.printed_at >= r->as_of;
    if (since) return REFUSE(w, STR("/letters"), "letter_printed", letter.facility_name);
    TRY(print_one(w, &letter, &m));
    items[i] = members_object(&m);
  }
  struct members m = members_in(w->arena);
  members_add(&m, "letters", json_of_array(items, ids.count));
  return service__answer(w, 200, &m, 0);
}

result letters_print(struct service *s, const struct caller *c, struct arena *a, const struct letters_print_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letters_print", mail_room, print_several, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

static result post_several(struct work *w, const void *request) {
  const struct letters_post_request *r = request;
  struct uuids ids;
  TRY(in_order(w, r->letters, r->count, &ids));
  for (size_t i = 0; i < ids.count; i++) {
    struct letter_row letter;
    TRY(hold(w, ids.items[i], &letter));
    if (letter.printed_at == SQL_NONE) return REFUSE(w, STR("/letters"), "letter_unprinted", letter.facility_name);
    store_letter_post(w->tx, letter.id);
    TRY(letter_event(w, "letter.posted", &letter));
  }
  struct members m = members_in(w->arena);
  members_add_int(&m, "posted", (int64_t)ids.count);
  return service__answer(w, 200, &m, 0);
}

result letters_post(struct service *s, const struct caller *c, struct arena *a, const struct letters_post_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letters_post", mail_room, post_several, false };
  return service__run(s, c, a, &use_case, r, f, out);
}
