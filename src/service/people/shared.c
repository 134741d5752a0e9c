/* shared: running without a key, trials, refusals that are kept. */
#include "messages.h"
#include "people/people.h"

struct caller people__service(const struct caller *c) {
  struct caller service = service_job_caller();
  service.realm = STORE_LOG;
  service.via = c->via;
  service.request_id = c->request_id;
  return service;
}

result people__run(struct service *s, const struct caller *c, struct arena *a, const struct use_case *u, const void *request,
                   struct findings *f, struct service_answer *out) {
  struct caller without_key = *c;
  without_key.idempotency_key = STR_NONE;
  TRY(service__run(s, &without_key, a, u, request, f, out));
  return out->status < 400 ? RESULT_OK : RESULT_REFUSED;
}

result people__refuse(struct work *w, const char *code) {
  FIND(w, STR(""), code);
  w->answer->status = service_problem(str_of(code))->status;
  w->answer->body = STR("");
  w->answer->event = (struct uuid){ { 0 } }; /* an event would tell that there is such an account */
  return RESULT_OK;
}

result people__away(struct arena *a, result r, struct findings *f, struct service_answer *out) {
  (void)a;
  FINDING(f, STR(""), &service_problem(STR("busy"))->message);
  *out = (struct service_answer){ .status = 503 };
  return r;
}

result people__went(struct work *w) {
  w->answer->status = 200;
  return RESULT_OK;
}

str people__account_text(struct arena *a, struct uuid account) { return service__uuid_text(a, account); }

result people__try(struct work *w, const char *kind, str value, int64_t most, struct sha256 *trial, bool *open) {
  int64_t trials;
  *trial = blind_index(w->service->keys, kind, value);
  TRY(store_trial_count(w->tx, *trial, TRIAL_WINDOW_S, &trials));
  *open = trials <= most;
  return RESULT_OK;
}

result people__refused_event(struct work *w, struct uuid account, const char *step) {
  struct members data = members_in(w->arena);
  members_add_str(&data, "step", str_of(step));
  return service__event(w, &(struct event){ .type = "sign_in.refused", .subject = account, .data = members_object(&data) });
}

uint32_t people__role_bits(struct strs roles) {
  uint32_t bits = 0;
  for (unsigned bit = 1; bit < SERVICE_JOB; bit <<= 1)
    for (size_t i = 0; i < roles.count; i++)
      if (str_eq(roles.items[i], str_of(service_role_name((enum service_role)bit)))) bits |= bit;
  return bits;
}

struct json people__role_names(struct arena *a, struct strs roles) {
  struct json *items = ARENA_ARRAY(a, struct json, roles.count);
  for (size_t i = 0; i < roles.count; i++) items[i] = json_of_str(roles.items[i]);
  return json_of_array(items, roles.count);
}

result people__reason(struct work *w, str reason) {
  if (str_trim(reason).n == 0) return REFUSE(w, STR("/reason"), "text_needed");
  if (utf8_count(reason) <= REASON_MOST_CHARACTERS) return RESULT_OK;
  return REFUSE(w, STR("/reason"), "text_too_long", str_format(w->arena, "%d", REASON_MOST_CHARACTERS));
}

moment people__day_begins(day d) { return (d * 24 - 9) * INT64_C(3600000000); }
