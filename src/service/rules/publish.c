/* publish: a file goes into the database only when it can decide every claim: it loads, names itself, and no combination of
 * yes, no and unknown ends in a fault. What is quickly refused is refused first; the grid takes seconds, and no connection
 * is held meanwhile. */
#include "messages.h"
#include "rules/codex.h"

static void find(struct findings *f, const char *code, size_t count, const str *arguments) {
  findings_add(f, STR(""), &service_problem(str_of(code))->message, count, arguments);
}

result rules__load(struct arena *a, str bytes, struct findings *f, struct rule_set *out) {
  TRY(scheme_rule_set_load(a, STR("rules.dmn"), bytes, f, out));
  bool known = str_eq(out->scheme, STR(RULES_SCHEME));
  if (known && out->published_on != DAY_NONE) return RESULT_OK;
  find(f, known ? "rules_undated" : "rules_scheme", 1, (str[]){ out->scheme });
  dmn_model_free(out->model);
  out->model = NULL;
  return RESULT_REFUSED;
}

/* ---- the whole grid */

static result run_grid(struct scheme_decider *d, struct findings *f) {
  for (uint64_t i = 0; i < scheme_grid_size(); i++) {
    struct facts facts = scheme_grid_facts(i);
    struct decision decision;
    TRY(scheme_decide(d, &facts, f, &decision));
  }
  return RESULT_OK;
}

static result check_grid(struct rule_set *set, struct findings *f) {
  struct rule_sets sets = { set, 1 };
  struct scheme_decider *d = scheme_decider_new(&sets, calendar_national());
  result r = d ? run_grid(d, f) : RESULT_NO_MEMORY;
  scheme_decider_free(d);
  return r;
}

/* ---- rule sets */

struct checked_rules { str bytes, scheme, id, version; day first_day, published_on; struct sha256 sha256; };

/* Outside of this database the day of publication tells the later of two files with one first day (P21); inside, the
 * moment of confirmation does. Both must tell the same. */
static result check_order(struct work *w, const struct checked_rules *r, int64_t *revision) {
  struct rule_set_head_row *heads;
  struct rule_set_row *waiting;
  size_t head_count, waiting_count;
  *revision = 1;
  TRY(store_rule_set_published(w->tx, r->scheme, &heads, &head_count));
  TRY(store_rule_set_waiting(w->tx, &waiting, &waiting_count));
  for (size_t i = 0; i < waiting_count; i++)
    if (waiting[i].first_day == r->first_day && waiting[i].revision >= *revision) *revision = waiting[i].revision + 1;
  for (size_t i = 0; i < head_count; i++) {
    if (heads[i].first_day != r->first_day) continue;
    const struct rule_set *before;
    TRY(rules__set(w, &heads[i], &before));
    if (before->published_on >= r->published_on)
      return REFUSE(w, STR(""), "rules_not_later", day_text(w->arena, before->published_on));
    if (heads[i].revision >= *revision) *revision = heads[i].revision + 1;
  }
  return RESULT_OK;
}

static result publish(struct work *w, const void *request) {
  const struct checked_rules *r = request;
  struct rule_set_row row = { .id = tx_new_id(w->tx), .scheme = r->scheme, .first_day = r->first_day, .model_id = r->id,
                              .model_version = r->version, .sha256 = r->sha256, .bytes = r->bytes };
  TRY(check_order(w, r, &row.revision));
  store_rule_set_insert(w->tx, &row);
  service__wrote_sha256(w, "rule_set", row.id, row.sha256);
  struct members data = members_in(w->arena);
  members_add_str(&data, "scheme", row.scheme);
  members_add_day(&data, "first_day", row.first_day);
  members_add_int(&data, "revision", row.revision);
  members_add_str(&data, "version", row.model_version);
  members_add_sha256(&data, "sha256", row.sha256);
  TRY(service__event(w, &(struct event){ .type = "rules.published", .subject = row.id, .data = members_object(&data) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", row.id);
  members_add_str(&m, "scheme", row.scheme);
  members_add_day(&m, "first_day", row.first_day);
  members_add_int(&m, "revision", row.revision);
  members_add_str(&m, "id", row.model_id);
  members_add_str(&m, "version", row.model_version);
  members_add_sha256(&m, "sha256", row.sha256);
  return service__answer(w, 201, &m, 0);
}

/* Could it be published at all? What was answered to this key before will be answered again, so nothing is looked at. */
static result look(struct work *w, const void *request) {
  struct idempotency_row row;
  struct members m = members_in(w->arena);
  int64_t revision;
  bool keyed = w->caller->idempotency_key.n > 0;
  result r = keyed ? store_idempotency_of(w->tx, w->caller->account, w->caller->idempotency_key, &row) : RESULT_NOT_FOUND;
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  w->answer->replayed = r == RESULT_OK;
  if (!w->answer->replayed) TRY(check_order(w, request, &revision));
  return service__answer(w, 200, &m, 0);
}

struct checking { struct arena *arena; str bytes; struct findings *findings; struct rule_set set; result ended; };

static void load_body(void *context) {
  struct checking *c = context;
  c->ended = rules__load(c->arena, str_copy(c->arena, c->bytes), c->findings, &c->set);
}

static void grid_body(void *context) {
  struct checking *c = context;
  c->ended = check_grid(&c->set, c->findings);
}

static result checked(struct checking *c, void (*body)(void *), struct service_answer *out) {
  result ran = arena_run(c->arena, body, c);
  if (ran == RESULT_OK) ran = c->ended;
  if (ran != RESULT_OK) *out = (struct service_answer){ .status = ran == RESULT_REFUSED ? 422 : 503 };
  return ran;
}

static result publish_loaded(struct service *s, const struct caller *c, struct checking *k, struct service_answer *out) {
  static const struct use_case looking = { .name = "rules_publish", .roles = SERVICE_OWNER, .body = look, .reads = true };
  static const struct use_case publishing = { .name = "rules_publish", .roles = SERVICE_OWNER, .body = publish };
  struct checked_rules rules = { k->bytes, k->set.scheme, k->set.id, k->set.version, k->set.first_day, k->set.published_on,
                                 sha256_of(k->bytes) };
  TRY(service__run(s, c, k->arena, &looking, &rules, k->findings, out));
  if (!out->replayed) TRY(checked(k, grid_body, out));
  return service__run(s, c, k->arena, &publishing, &rules, k->findings, out);
}

/* Roles are looked at before anything is loaded: nobody else may make us work. */
result rules_publish(struct service *s, const struct caller *c, struct arena *a, const struct rules_publish_request *r,
                     struct findings *f, struct service_answer *out) {
  struct checking k = { .arena = a, .bytes = r->bytes, .findings = f };
  if (c->roles & SERVICE_OWNER) TRY(checked(&k, load_body, out));
  result done = publish_loaded(s, c, &k, out);
  dmn_model_free(k.set.model);
  return done;
}

/* ---- calendars */

static const char *const kinds[] = { "national", "bank", "administration" };

static result publish_calendar(struct work *w, const void *request) {
  const struct calendar_publish_request *r = request;
  const struct calendar *read;
  result parsed = calendar_read(w->arena, r->bytes, w->findings, &read);
  if (parsed == RESULT_REFUSED) return service__refused(w);
  TRY(parsed);
  struct calendar_row row = { .id = tx_new_id(w->tx), .kind = str_of(kinds[calendar_kind_of(read)]),
                              .version = calendar_version(read), .first_day = calendar_first(read),
                              .last_day = calendar_last(read), .sha256 = sha256_of(r->bytes), .bytes = r->bytes };
  store_calendar_insert(w->tx, &row);
  service__wrote_sha256(w, "calendar", row.id, row.sha256);
  struct members data = members_in(w->arena);
  members_add_str(&data, "kind", row.kind);
  members_add_str(&data, "version", row.version);
  members_add_sha256(&data, "sha256", row.sha256);
  TRY(service__event(w, &(struct event){ .type = "calendar.published", .subject = row.id, .data = members_object(&data) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, "calendar", "calendar", row.id);
  members_add_str(&m, "kind", row.kind);
  members_add_str(&m, "version", row.version);
  members_add_sha256(&m, "sha256", row.sha256);
  return service__answer(w, 201, &m, 0);
}

result calendar_publish(struct service *s, const struct caller *c, struct arena *a, const struct calendar_publish_request *r,
                        struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "calendar_publish", .roles = SERVICE_OWNER, .body = publish_calendar };
  return service__run(s, c, a, &use_case, r, f, out);
}
