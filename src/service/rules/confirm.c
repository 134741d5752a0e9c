/* confirm: the second owner's yes. Who published may not confirm: rule second_owner, held by the database. */
#include "rules/codex.h"

static result confirmed(struct work *w, const char *table, struct uuid id, const char *event, struct sha256 hash) {
  struct members data = members_in(w->arena);
  members_add_sha256(&data, "sha256", hash);
  TRY(service__event(w, &(struct event){ .type = event, .subject = id, .data = members_object(&data) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, table, table, id);
  members_add_moment(&m, "published_at", tx_at(w->tx));
  return service__answer(w, 200, &m, 0);
}

static result confirm_rules(struct work *w, const void *request) {
  const struct rules_confirm_request *r = request;
  struct rule_set_row row;
  FOUND(w, store_rule_set_by_id(w->tx, r->rule_set, &row), STR(""), "not_found");
  store_rule_set_confirm(w->tx, row.id);
  service__wrote(w, "rule_set_confirmation", row.id, STR_NONE);
  return confirmed(w, "rule_set", row.id, "rules.confirmed", row.sha256);
}

result rules_confirm(struct service *s, const struct caller *c, struct arena *a, const struct rules_confirm_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_confirm", .roles = SERVICE_OWNER, .body = confirm_rules };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result confirm_calendar(struct work *w, const void *request) {
  const struct calendar_confirm_request *r = request;
  struct calendar_row row;
  FOUND(w, store_calendar_by_id(w->tx, r->calendar, &row), STR(""), "not_found");
  store_calendar_confirm(w->tx, row.id);
  service__wrote(w, "calendar_confirmation", row.id, STR_NONE);
  return confirmed(w, "calendar", row.id, "calendar.confirmed", row.sha256);
}

result calendar_confirm(struct service *s, const struct caller *c, struct arena *a, const struct calendar_confirm_request *r,
                        struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "calendar_confirm", .roles = SERVICE_OWNER, .body = confirm_calendar };
  return service__run(s, c, a, &use_case, r, f, out);
}
