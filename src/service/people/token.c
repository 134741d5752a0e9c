/* token: for programs. It holds what a clinic's account may do, or reads alone; who approves, pays or grants gets none (a
 * rule of the database), and loses those there are with such a role. */
#include "people/people.h"
#include "shienkin/text.h"

enum { NAME_MOST_CHARACTERS = 100 };

static result make(struct work *w, const void *request) {
  const struct token_create_request *r = request;
  day today = service__today(w);
  bool sound = utf8_valid(r->name, NULL) && str_trim(r->name).n > 0;
  if (!sound) return REFUSE(w, STR("/name"), "text_needed");
  if (utf8_count(str_trim(r->name)) > NAME_MOST_CHARACTERS) return REFUSE(w, STR("/name"), "text_too_long", STR("100"));
  if (r->expires_on == DAY_NONE || r->expires_on < today || r->expires_on > today + TOKEN_MOST_DAYS)
    return REFUSE(w, STR("/expires_on"), "token_days");
  str token = people__token_new(w->arena, tx_randomness(w->tx), "skm_");
  struct machine_token_row row = { .id = tx_new_id(w->tx), .hash = sha256_of(token),
                                   .name = text_nfc(w->arena, str_trim(r->name)),
                                   .scope = r->read_only ? STR("read") : STR("clinic"),
                                   .expires_at = people__day_begins(r->expires_on + 1) };
  store_machine_token_write(w->tx, &row);
  service__wrote(w, "machine_token", row.id, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "scope", row.scope);
  members_add_day(&data, "expires_on", r->expires_on);
  TRY(service__event(w, &(struct event){ .type = "token.made", .subject = row.id, .data = members_object(&data) }));
  members_add_id(&m, "token_id", "machine_token", row.id);
  members_add_str(&m, "token", token);
  members_add_moment(&m, "expires_at", row.expires_at);
  return service__answer(w, 201, &m, 0);
}

result token_create(struct service *s, const struct caller *c, struct arena *a, const struct token_create_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "token_create", USE_CASE_OWN, make, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

static result end(struct work *w, const void *request) {
  const struct token_end_request *r = request;
  struct members data = members_in(w->arena), m = members_in(w->arena);
  bool ended;
  TRY(store_machine_token_end(w->tx, r->token, &ended));
  if (!ended) return REFUSE(w, STR(""), "not_found");
  TRY(service__event(w, &(struct event){ .type = "token.ended", .subject = r->token, .data = members_object(&data) }));
  members_add_id(&m, "token_id", "machine_token", r->token);
  return service__answer(w, 200, &m, 0);
}

result token_end(struct service *s, const struct caller *c, struct arena *a, const struct token_end_request *r,
                 struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "token_end", USE_CASE_OWN, end, false };
  return people__run(s, c, a, &use_case, r, f, out);
}
