/* letter: the mail room. A code is made when its letter is printed, so that none lies about; it goes to the roster's address
 * of the facility, wherever the account's mail goes. Owners and proxies print: neither examines nor pays. */
#include <stdlib.h>

#include "people/people.h"

static const uint32_t mail_room = SERVICE_OWNER | SERVICE_PROXY;

/* ---- the list */

/* Printing makes another sheet, and its moment tells one from the other. */
static int64_t version_of(const struct letter_row *row) {
  enum { US_A_MS = 1000 };
  return row->printed_at == SQL_NONE ? 0 : row->printed_at / US_A_MS;
}

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
  members_add_int(&m, "version", version_of(row));
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

static int by_id(const void *left, const void *right) {
  const struct letter_shown *l = left, *r = right;
  int order = memcmp(&l->letter, &r->letter, sizeof l->letter);
  return order ? order : (l->version > r->version) - (l->version < r->version);
}

static result in_order(struct work *w, const struct letters_request *r, struct letters_request *sorted) {
  struct letter_shown *letters = ARENA_ARRAY(w->arena, struct letter_shown, r->count);
  if (r->count == 0) return REFUSE(w, STR("/letters"), "letters_none");
  if (r->count > LETTERS_AT_ONCE) return REFUSE(w, STR("/letters"), "letters_many", str_format(w->arena, "%d", LETTERS_AT_ONCE));
  memcpy(letters, r->letters, r->count * sizeof *letters);
  qsort(letters, r->count, sizeof *letters, by_id);
  *sorted = (struct letters_request){ letters, 1 };
  for (size_t i = 1; i < r->count; i++)
    if (by_id(&letters[i], &letters[i - 1]) != 0) letters[sorted->count++] = letters[i];
  return RESULT_OK;
}

static result hold_shown(struct work *w, const struct letter_shown *shown, struct letter_row *letter) {
  TRY(hold(w, shown->letter, letter));
  return version_of(letter) == shown->version ? RESULT_OK : REFUSE(w, STR("/letters"), "letter_printed", letter->facility_name);
}

static result print_several(struct work *w, const void *request) {
  struct letters_request all;
  TRY(in_order(w, request, &all));
  struct json *items = ARENA_ARRAY(w->arena, struct json, all.count);
  for (size_t i = 0; i < all.count; i++) {
    struct letter_row letter;
    struct members m = members_in(w->arena);
    TRY(hold_shown(w, &all.letters[i], &letter));
    TRY(print_one(w, &letter, &m));
    items[i] = members_object(&m);
  }
  struct members m = members_in(w->arena);
  members_add(&m, "letters", json_of_array(items, all.count));
  return service__answer(w, 200, &m, 0);
}

result letters_print(struct service *s, const struct caller *c, struct arena *a, const struct letters_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letters_print", mail_room, print_several, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

static result post_several(struct work *w, const void *request) {
  struct letters_request all;
  TRY(in_order(w, request, &all));
  for (size_t i = 0; i < all.count; i++) {
    struct letter_row letter;
    TRY(hold_shown(w, &all.letters[i], &letter));
    if (letter.printed_at == SQL_NONE) return REFUSE(w, STR("/letters"), "letter_unprinted", letter.facility_name);
    store_letter_post(w->tx, letter.id);
    TRY(letter_event(w, "letter.posted", &letter));
  }
  struct members m = members_in(w->arena);
  members_add_int(&m, "posted", (int64_t)all.count);
  return service__answer(w, 200, &m, 0);
}

result letters_post(struct service *s, const struct caller *c, struct arena *a, const struct letters_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letters_post", mail_room, post_several, false };
  return service__run(s, c, a, &use_case, r, f, out);
}
