/* demo: made once, in the order in which a real house comes to be: owners, staff, roster, mandates, rules, claims. */
#include "demo/inside.h"

enum { WEEKS_BACK = 10, STEP_US = 7 * 60 * 1000000, SECOND_US = 1000000, CONNECTIONS = 2 };
#define DAY_US (INT64_C(86400) * SECOND_US)

/* ---- calling */

void demo__begin(struct demo *d) {
  arena_reset(d->step);
  d->findings = findings_in(d->step);
  d->answer = (struct service_answer){ 0 };
  d->body = json_of_null();
  d->now_us = demo__next_us(d);
}

struct demo_person *demo__person(struct demo *d, const char *login) {
  for (size_t i = 0; i < d->people_count; i++)
    if (strcmp(d->people[i].login, login) == 0) return &d->people[i];
  assert(!"somebody of this demo");
  return NULL;
}

struct caller demo__caller(struct demo *d, const char *login) {
  if (!login) return (struct caller){ .realm = STORE_CLINIC, .via = SERVICE_COMMAND };
  if (strcmp(login, "service") == 0) return service_job_caller();
  const struct demo_person *p = demo__person(d, login);
  return (struct caller){ .account = p->account, .person = p->person, .roles = p->roles, .realm = p->realm, .via = SERVICE_COMMAND,
                          .request_id = str_format(d->step, "demo-%llu", (unsigned long long)++d->keys) };
}

result demo__answered(struct demo *d, const char *name, result r) {
  struct findings ignored = findings_in(d->step);
  if (r == RESULT_OK && d->answer.body.n > 0)
    return json_read(d->step, d->answer.body, (struct json_limits){ 16 << 20, 0 }, &ignored, &d->body);
  if (r != RESULT_OK)
    LOG(&d->service.log, LOG_ERROR, "demo_step", LOG_S("step", str_of(name)), LOG_S("result", str_of(result_name(r))),
        LOG_S("code", d->findings.count ? str_of(d->findings.items[0].code) : STR("")),
        LOG_S("pointer", d->findings.count ? d->findings.items[0].pointer : STR("")));
  return r;
}

str demo__text(struct demo *d, const char *pointer) {
  const struct json *j = json_at(&d->body, str_of(pointer));
  return j && j->kind == JSON_KIND_STRING ? json_text(j) : STR("");
}

int64_t demo__int(struct demo *d, const char *pointer) {
  const struct json *j = json_at(&d->body, str_of(pointer));
  return j && j->kind == JSON_KIND_INTEGER ? j->integer : 0;
}

struct uuid demo__id(struct demo *d, const char *pointer, const char *table) {
  struct uuid id = { { 0 } };
  bool read = uuid_from_outside(demo__text(d, pointer), service_prefix(table), &id);
  assert(read && "use cases name what they made");
  return id;
}

const struct json *demo__json(struct demo *d, str text) {
  struct findings f = findings_in(d->arena);
  struct json *out = ARENA_NEW(d->arena, struct json);
  result r = json_read(d->arena, text, (struct json_limits){ 0 }, &f, out);
  assert(r == RESULT_OK && "our own documents can be read");
  return out;
}

day demo__today(const struct demo *d) { return day_in_japan(d->now_us); }

/* Tickets of a sign-in last ten minutes, so a step takes less. */
int64_t demo__next_us(const struct demo *d) { return d->now_us + STEP_US; }

/* ---- the whole */

static result make(struct demo *d, int64_t until_us) {
  TRY(demo__people(d));
  TRY(demo__roster(d));
  TRY(demo__mandates(d));
  TRY(demo__rules(d));
  TRY(demo__claims(d, until_us));
  TRY(demo__letter(d));
  return demo__write_logins(d);
}

/* A store of its own, since every row is dated by its store's clock. */
static result open_store(struct demo *d, struct findings *f) {
  struct store_options o = d->ground->store;
  o.clock = clock_fixed(&d->now_us);
  for (int i = 0; i < STORE_REALMS; i++) o.logins[i].connections = CONNECTIONS;
  return store_open(d->arena, &o, f, &d->service.store);
}

result demo_make(struct arena *a, const struct demo_ground *g, const struct service *like, struct findings *f) {
  int64_t until_us = clock_now_us(&like->clock);
  struct demo *d = ARENA_NEW(a, struct demo);
  *d = (struct demo){ .arena = a, .step = arena_new(0), .ground = g, .service = *like };
  if (!d->step) return RESULT_NO_MEMORY;
  d->now_us = until_us - WEEKS_BACK * 7 * DAY_US;
  d->service.clock = clock_fixed(&d->now_us);
  d->service.keys = g->keys;
  result r = open_store(d, f);
  if (r == RESULT_OK) r = make(d, until_us);
  store_close(d->service.store);
  for (size_t i = 0; i < d->people_count; i++) {
    bytes_wipe((char *)(uintptr_t)d->people[i].password.p, d->people[i].password.n);
    bytes_wipe((char *)(uintptr_t)d->people[i].totp.p, d->people[i].totp.n);
  }
  arena_free(d->step);
  return r;
}
