/* contact: where an account is told that something waits. Each address is kept; the one that stands is the one without end. */
#include "core/work.h"
#include "shienkin/service/mail.h"

enum { ADDRESS_MOST = 254 };

/* local@domain of RFC 5321's everyday form: no quoting, no white space, a domain with a dot. */
static bool is_address(str s) {
  size_t at = 0, dot = 0;
  if (s.n < 6 || s.n > ADDRESS_MOST) return false;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (c <= ' ' || c >= 0x7f || strchr("\"(),:;<>[\\]", c)) return false;
    if (c == '@') {
      if (at || i == 0 || i > 64) return false;
      at = i;
    }
    if (c == '.' && at) {
      if (i == at + 1 || (dot && i == dot + 1)) return false;
      dot = i;
    }
  }
  return at && dot && dot + 1 < s.n;
}

static result standing(struct work *w, struct contact_row *row, str *address) {
  *address = STR_NONE;
  result found = store_contact_of_account(w->tx, w->caller->account, row);
  if (found == RESULT_NOT_FOUND) {
    *row = (struct contact_row){ .id = { { 0 } } };
    return RESULT_OK;
  }
  TRY(found);
  return service__unseal(w, w->caller->account, "contact", "sealed_address", row->id, row->sealed_address, address);
}

static result own(struct work *w, const void *request) {
  (void)request;
  struct contact_row row;
  str address;
  TRY(standing(w, &row, &address));
  struct members m = members_in(w->arena);
  members_add_str(&m, "address", address);
  members_add_moment(&m, "since", uuid_none(row.id) ? SQL_NONE : row.by.at);
  return service__answer(w, 200, &m, 0);
}

result contact_own(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                   struct service_answer *out) {
  static const struct use_case use_case = { "contact_own", SERVICE_ANYBODY, own, true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}

static result write_address(struct work *w, str address) {
  struct contact_row row = { .id = tx_new_id(w->tx), .account_id = w->caller->account };
  result key = service__key_open(w, w->caller->account);
  TRY(key == RESULT_NOT_FOUND ? service__key_new(w, SEALING_ACCOUNT, w->caller->account, w->caller->account) : key);
  TRY(service__seal(w, w->caller->account, "contact", "sealed_address", row.id, address, &row.sealed_address));
  store_contact_insert(w->tx, &row);
  service__wrote(w, "contact", row.id, row.sealed_address);
  return RESULT_OK;
}

static result set(struct work *w, const void *request) {
  const struct contact_request *r = request;
  struct contact_row before;
  str old;
  if (r->address.n && !is_address(r->address)) return REFUSE(w, STR("/address"), "mail_address");
  TRY(standing(w, &before, &old));
  struct members m = members_in(w->arena), data = members_in(w->arena);
  members_add_str(&m, "address", r->address.n ? r->address : STR_NONE);
  if (str_eq(old, r->address)) return service__answer(w, 200, &m, 0);
  if (!uuid_none(before.id)) {
    store_contact_end(w->tx, before.id);
    service__wrote(w, "contact", before.id, STR_NONE);
  }
  if (r->address.n) TRY(write_address(w, r->address));
  members_add_bool(&data, "given", r->address.n > 0);
  TRY(service__event(w, &(struct event){ .type = "contact.changed", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  return service__answer(w, 200, &m, 0);
}

result contact_set(struct service *s, const struct caller *c, struct arena *a, const struct contact_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "contact_set", SERVICE_ANYBODY, set, false };
  return service__run(s, c, a, &use_case, r, f, out);
}
