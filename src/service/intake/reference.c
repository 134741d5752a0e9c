/* reference: what whoever files must know beforehand: for which facilities they may, and what they declare. */
#include "intake/intake.h"
#include "roster/on_day.h"

/* ---- facilities of one's mandates, as the roster knows them today */

static result facility_json(struct work *w, const struct mandate_row *mandate, struct json *out) {
  struct facility_row key;
  struct roster_on_day roster;
  struct members m = members_in(w->arena);
  TRY(store_facility_by_id(w->tx, mandate->facility_id, &key));
  TRY(roster__on_day(w, mandate->facility_id, service__today(w), tx_at(w->tx), &roster));
  members_add_id(&m, "facility", "facility", mandate->facility_id);
  members_add_str(&m, "mandate", mandate->kind);
  members_add_str(&m, "key", key.key);
  members_add_str(&m, "name", roster.facility_known ? roster.facility.name : STR_NONE);
  members_add_str(&m, "kind", roster.facility_known ? roster.facility.kind : STR_NONE);
  members_add_str(&m, "code", roster.facility_known ? roster.facility.code : STR_NONE);
  members_add_words(&m, "closed_weekdays", roster.facility_known ? roster.facility.closed_weekdays : (struct strs){ NULL, 0 });
  members_add_bool(&m, "closed_on_holidays", roster.facility_known && roster.facility.closed_on_holidays);
  *out = members_object(&m);
  return RESULT_OK;
}

static result facilities_body(struct work *w, const void *nothing) {
  (void)nothing;
  struct mandate_row *mandates;
  size_t count;
  TRY(store_mandate_of_account(w->tx, w->caller->account, &mandates, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) TRY(facility_json(w, &mandates[i], &items[i]));
  struct members m = members_in(w->arena);
  members_add(&m, "facilities", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

static const struct use_case facilities_case = { "facilities_mine", SERVICE_CLINIC | SERVICE_PROXY, facilities_body, true };

result facilities_mine(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                       struct service_answer *out) {
  return service__run(s, c, a, &facilities_case, nothing, f, out);
}

/* ---- the declaration in force */

static result declaration_body(struct work *w, const void *nothing) {
  (void)nothing;
  struct declaration_text_row row;
  FOUND(w, store_declaration_text_latest(w->tx, &row), STR(""), "not_found");
  struct members m = members_in(w->arena);
  members_add_id(&m, "declaration", "declaration_text", row.id);
  members_add_str(&m, "version", row.version);
  members_add_str(&m, "ja", row.ja);
  members_add_str(&m, "en", row.en);
  return service__answer(w, 200, &m, 0);
}

static const struct use_case declaration_case = { "declaration_in_force", SERVICE_ANYBODY, declaration_body, true };

/* Nobody has to be known for it: the clinics' connection without an account, which reads published texts. */
result declaration_in_force(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                            struct service_answer *out) {
  struct caller anybody = { .roles = SERVICE_CLINIC, .realm = STORE_CLINIC, .via = c->via, .request_id = c->request_id };
  return service__run(s, &anybody, a, &declaration_case, nothing, f, out);
}
