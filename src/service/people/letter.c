/* letter: the mail room. A code is made when its letter is printed, so that none lies about; it goes to the roster's address
 * of the facility, wherever the account's mail goes. Owners and proxies print: neither examines nor pays. */
#include "people/people.h"

static const uint32_t mail_room = SERVICE_OWNER | SERVICE_PROXY;

static result list(struct work *w, const void *request) {
  struct letter_row *rows;
  size_t count;
  (void)request;
  TRY(store_letter_open(w->tx, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    moment printed = rows[i].printed_at;
    struct members m = members_in(w->arena);
    members_add_id(&m, "letter", "letter", rows[i].id);
    members_add_str(&m, "kind", rows[i].kind);
    members_add_id(&m, "facility", "facility", rows[i].facility_id);
    members_add_str(&m, "name", rows[i].facility_name);
    members_add_moment(&m, "asked_at", rows[i].by.at);
    members_add_moment(&m, "printed_at", printed);
    members_add_day(&m, "expires_on", printed == SQL_NONE ? DAY_NONE : day_in_japan(printed) + POSTED_CODE_DAYS);
    items[i] = members_object(&m);
  }
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

static result print(struct work *w, const void *request) {
  const struct letter_print_request *r = request;
  struct letter_row letter;
  struct facility_version_row to = { .address = STR_NONE };
  struct sha256 kept;
  day last = service__today(w) + POSTED_CODE_DAYS;
  result found = store_letter_by_id(w->tx, r->letter, &letter);
  if (found == RESULT_NOT_FOUND) return REFUSE(w, STR(""), "not_found");
  TRY(found);
  found = store_facility_version_on(w->tx, letter.facility_id, service__today(w), tx_at(w->tx), &to);
  if (found != RESULT_OK && found != RESULT_NOT_FOUND) return found;
  if (!to.address.p) return REFUSE(w, STR(""), "letter_address");
  str code = first_access_code(w->arena, tx_randomness(w->tx), w->service->keys, letter.account_id, &kept);
  store_access_code_write(w->tx, tx_new_id(w->tx), letter.account_id, letter.id, kept, people__day_begins(last + 1));
  service__wrote(w, "letter", letter.id, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "account", letter.account_id);
  members_add_uuid(&data, "facility", letter.facility_id);
  TRY(service__event(w, &(struct event){ .type = "letter.printed", .subject = letter.id, .data = members_object(&data) }));
  members_add_id(&m, "letter", "letter", letter.id);
  members_add_str(&m, "kind", letter.kind);
  members_add_str(&m, "login", letter.login);
  members_add_str(&m, "code", code);
  members_add_str(&m, "name", to.name);
  members_add_str(&m, "postal_code", to.postal_code);
  members_add_str(&m, "address", to.address);
  members_add_day(&m, "expires_on", last);
  return service__answer(w, 200, &m, 0);
}

result letter_print(struct service *s, const struct caller *c, struct arena *a, const struct letter_print_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "letter_print", mail_room, print, false };
  return people__run(s, c, a, &use_case, r, f, out);
}
