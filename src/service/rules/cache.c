/* cache: rule sets and calendars as loaded, by the hash of their bytes; and deciders over pairs of them, one to whoever
 * asks. Entries stay: a database holds few rule sets, and a decision made long ago may be computed again tomorrow. */
#include "rules/codex.h"

#include <pthread.h>

struct loaded_rules {
  struct sha256 sha256;
  struct arena *arena;
  struct rule_set set;
  struct rule_sets sets;                /* the one above: what P21 chose already */
  struct loaded_rules *next;
};
struct loaded_calendar {
  struct sha256 sha256;
  struct arena *arena;
  const struct calendar *calendar;
  struct loaded_calendar *next;
};
struct rules__seat {
  struct rules_cache *cache;
  const struct loaded_rules *rules;
  const struct loaded_calendar *calendar;
  struct scheme_decider *decider;
  struct rules__seat *next;             /* of the idle ones */
};
struct rules_cache {
  pthread_mutex_t mutex;
  struct loaded_rules *rules;
  struct loaded_calendar *calendars;
  struct rules__seat *idle;
};

struct rules_cache *rules_cache_new(void) {
  struct rules_cache *c = mem_alloc(sizeof *c);
  if (!c) return NULL;
  *c = (struct rules_cache){ .rules = NULL };
  if (pthread_mutex_init(&c->mutex, NULL) == 0) return c;
  mem_free(c);
  return NULL;
}

static void free_rules(struct loaded_rules *l) {
  if (!l) return;
  scheme_rules_free(&l->sets);
  arena_free(l->arena);
  mem_free(l);
}

static void free_calendar(struct loaded_calendar *l) {
  if (!l) return;
  arena_free(l->arena);
  mem_free(l);
}

static void free_seat(struct rules__seat *seat) {
  scheme_decider_free(seat->decider);
  mem_free(seat);
}

void rules_cache_free(struct rules_cache *c) {
  if (!c) return;
  for (struct rules__seat *s = c->idle, *next; s; s = next) {
    next = s->next;
    free_seat(s);
  }
  for (struct loaded_rules *l = c->rules, *next; l; l = next) {
    next = l->next;
    free_rules(l);
  }
  for (struct loaded_calendar *l = c->calendars, *next; l; l = next) {
    next = l->next;
    free_calendar(l);
  }
  pthread_mutex_destroy(&c->mutex);
  mem_free(c);
}

/* ---- what is loaded already */

static const struct loaded_rules *find_rules(struct rules_cache *c, struct sha256 hash) {
  assert(c);                            /* whoever started the program made none: service.rules */
  pthread_mutex_lock(&c->mutex);
  const struct loaded_rules *l = c->rules;
  while (l && memcmp(&l->sha256, &hash, sizeof hash) != 0) l = l->next;
  pthread_mutex_unlock(&c->mutex);
  return l;
}

static const struct loaded_calendar *find_calendar(struct rules_cache *c, struct sha256 hash) {
  assert(c);
  pthread_mutex_lock(&c->mutex);
  const struct loaded_calendar *l = c->calendars;
  while (l && memcmp(&l->sha256, &hash, sizeof hash) != 0) l = l->next;
  pthread_mutex_unlock(&c->mutex);
  return l;
}

/* ---- loading, in an arena of its own */

struct loading { struct arena *arena; str bytes; struct findings findings; struct rule_set set;
                 const struct calendar *calendar; result ended; };

static void load_rules_body(void *context) {
  struct loading *l = context;
  l->findings = findings_in(l->arena);
  l->ended = rules__load(l->arena, str_copy(l->arena, l->bytes), &l->findings, &l->set);
}

static void load_calendar_body(void *context) {
  struct loading *l = context;
  l->findings = findings_in(l->arena);
  l->ended = calendar_read(l->arena, str_copy(l->arena, l->bytes), &l->findings, &l->calendar);
}

/* What stands in the database was checked when it was published: a fault here is a fault of our own, and is logged. */
static result load(struct work *w, str bytes, void (*body)(void *), struct loading *l) {
  *l = (struct loading){ .arena = arena_new(0), .bytes = bytes };
  if (!l->arena) return RESULT_NO_MEMORY;
  result ran = arena_run(l->arena, body, l);
  result r = ran != RESULT_OK ? ran : l->ended;
  if (r == RESULT_OK) return r;
  if (ran == RESULT_OK && l->findings.count > 0)
    LOG(&w->service->log, LOG_ERROR, "service.rules", LOG_S("code", str_of(l->findings.items[0].code)),
        LOG_S("text", l->findings.items[0].en));
  arena_free(l->arena);
  return r == RESULT_REFUSED ? REFUSE(w, STR(""), "rules_broken") : r;
}

static result take_rules(struct work *w, const struct rule_set_row *row, const struct loaded_rules **out) {
  struct rules_cache *c = w->service->rules;
  struct loading l;
  TRY(load(w, row->bytes, load_rules_body, &l));
  struct loaded_rules *fresh = mem_alloc(sizeof *fresh);
  if (!fresh) {
    dmn_model_free(l.set.model);
    arena_free(l.arena);
    return RESULT_NO_MEMORY;
  }
  *fresh = (struct loaded_rules){ .sha256 = row->sha256, .arena = l.arena, .set = l.set };
  fresh->sets = (struct rule_sets){ &fresh->set, 1 };
  pthread_mutex_lock(&c->mutex);
  struct loaded_rules *other = c->rules;
  while (other && memcmp(&other->sha256, &row->sha256, sizeof row->sha256) != 0) other = other->next;
  if (!other) {
    fresh->next = c->rules;
    c->rules = fresh;
  }
  pthread_mutex_unlock(&c->mutex);
  if (other) free_rules(fresh);         /* another thread was faster */
  *out = other ? other : fresh;
  return RESULT_OK;
}

static result take_calendar(struct work *w, const struct calendar_row *row, const struct loaded_calendar **out) {
  struct rules_cache *c = w->service->rules;
  if ((*out = find_calendar(c, row->sha256))) return RESULT_OK;
  struct loading l;
  TRY(load(w, row->bytes, load_calendar_body, &l));
  struct loaded_calendar *fresh = mem_alloc(sizeof *fresh);
  if (!fresh) {
    arena_free(l.arena);
    return RESULT_NO_MEMORY;
  }
  *fresh = (struct loaded_calendar){ .sha256 = row->sha256, .arena = l.arena, .calendar = l.calendar };
  pthread_mutex_lock(&c->mutex);
  struct loaded_calendar *other = c->calendars;
  while (other && memcmp(&other->sha256, &row->sha256, sizeof row->sha256) != 0) other = other->next;
  if (!other) {
    fresh->next = c->calendars;
    c->calendars = fresh;
  }
  pthread_mutex_unlock(&c->mutex);
  if (other) free_calendar(fresh);
  *out = other ? other : fresh;
  return RESULT_OK;
}

/* ---- deciders */

static struct rules__seat *take_idle(struct rules_cache *c, const struct loaded_rules *rules,
                                     const struct loaded_calendar *calendar) {
  pthread_mutex_lock(&c->mutex);
  struct rules__seat **at = &c->idle;
  while (*at && ((*at)->rules != rules || (*at)->calendar != calendar)) at = &(*at)->next;
  struct rules__seat *seat = *at;
  if (seat) *at = seat->next;
  pthread_mutex_unlock(&c->mutex);
  return seat;
}

static struct rules__seat *make_seat(struct rules_cache *c, const struct loaded_rules *rules,
                                     const struct loaded_calendar *calendar) {
  struct rules__seat *seat = mem_alloc(sizeof *seat);
  if (!seat) return NULL;
  *seat = (struct rules__seat){ .cache = c, .rules = rules, .calendar = calendar,
                                .decider = scheme_decider_new(&rules->sets, calendar->calendar) };
  if (seat->decider) return seat;
  mem_free(seat);
  return NULL;
}

void rules__codex_close(struct codex *c) {
  struct rules__seat *seat = c->seat;
  if (!seat) return;
  c->seat = NULL;
  c->decider = NULL;
  pthread_mutex_lock(&seat->cache->mutex);
  seat->next = seat->cache->idle;
  seat->cache->idle = seat;
  pthread_mutex_unlock(&seat->cache->mutex);
}

static void close_late(void *handle) {
  rules__codex_close(handle);
}

/* The codex stands in the use case's arena, whose end gives the decider back where a body left early. */
static result sit(struct work *w, const struct loaded_rules *rules, const struct loaded_calendar *calendar, struct codex *out) {
  out->seat = NULL;
  arena_defer(w->arena, close_late, out);
  struct rules__seat *seat = take_idle(w->service->rules, rules, calendar);
  if (!seat) seat = make_seat(w->service->rules, rules, calendar);
  if (!seat) return RESULT_NO_MEMORY;
  scheme_decider_trace(seat->decider, true);
  out->seat = seat;
  out->decider = seat->decider;
  out->set = &rules->set;
  out->national = calendar->calendar;
  return RESULT_OK;
}

/* ---- choosing */

static bool decides_before(const struct rule_set_head_row *a, const struct rule_set_head_row *b) {
  if (a->first_day != b->first_day) return a->first_day > b->first_day;
  return a->published_at > b->published_at;
}

static bool is_earlier(const struct rule_set_head_row *a, const struct rule_set_head_row *b) {
  if (a->first_day != b->first_day) return a->first_day < b->first_day;
  return a->published_at > b->published_at;
}

const struct rule_set_head_row *rules__select(const struct rule_set_head_row *heads, size_t count, day occurred_on) {
  const struct rule_set_head_row *best = NULL, *earliest = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!earliest || is_earlier(&heads[i], earliest)) earliest = &heads[i];
    if (heads[i].first_day <= occurred_on && (!best || decides_before(&heads[i], best))) best = &heads[i];
  }
  return best ? best : earliest;
}

static result latest_calendar(struct work *w, struct calendar_row *row, const struct loaded_calendar **out) {
  FOUND(w, store_calendar_latest(w->tx, STR("national"), row), STR(""), "rules_missing");
  return take_calendar(w, row, out);
}

result rules__calendar(struct work *w, struct calendar_row *row, const struct calendar **out) {
  const struct loaded_calendar *loaded;
  TRY(latest_calendar(w, row, &loaded));
  *out = loaded->calendar;
  return RESULT_OK;
}

static result rules_of(struct work *w, const struct rule_set_head_row *head, const struct loaded_rules **out) {
  if ((*out = find_rules(w->service->rules, head->sha256))) return RESULT_OK;
  struct rule_set_row row;
  TRY(store_rule_set_by_id(w->tx, head->id, &row));
  return take_rules(w, &row, out);
}

result rules__set(struct work *w, const struct rule_set_head_row *head, const struct rule_set **out) {
  const struct loaded_rules *rules;
  TRY(rules_of(w, head, &rules));
  *out = &rules->set;
  return RESULT_OK;
}

static result calendar_of(struct work *w, struct uuid id, struct calendar_row *row, const struct loaded_calendar **out) {
  if (uuid_none(id)) return latest_calendar(w, row, out);
  TRY(store_calendar_by_id(w->tx, id, row));
  return take_calendar(w, row, out);
}

static result open_codex(struct work *w, const struct rule_set_head_row *head, struct uuid of, struct codex **made) {
  struct codex *out = *made = ARENA_NEW(w->arena, struct codex);
  const struct loaded_rules *rules;
  const struct loaded_calendar *calendar;
  struct calendar_row row;
  out->rules = *head;
  TRY(calendar_of(w, of, &row, &calendar));
  out->calendar_id = row.id;
  out->calendar_sha256 = row.sha256;
  TRY(rules_of(w, head, &rules));
  return sit(w, rules, calendar, out);
}

result rules__codex(struct work *w, day occurred_on, bool share, struct codex **out) {
  struct rule_set_head_row *heads;
  size_t count;
  TRY(store_rule_set_published(w->tx, STR(RULES_SCHEME), &heads, &count));
  const struct rule_set_head_row *head = rules__select(heads, count, occurred_on);
  bool held = true;
  if (!head) return REFUSE(w, STR(""), "rules_missing");
  if (share) TRY(store_rule_set_share(w->tx, head->id, &held));
  assert(held);                         /* rule sets are never deleted */
  return open_codex(w, head, (struct uuid){ { 0 } }, out);
}

result rules__codex_of(struct work *w, struct uuid rule_set, struct uuid calendar, struct codex **out) {
  struct rule_set_row row;
  FOUND(w, store_rule_set_by_id(w->tx, rule_set, &row), STR(""), "not_found");
  struct rule_set_head_row head = { .id = row.id, .first_day = row.first_day, .revision = row.revision, .model_id = row.model_id,
                                    .model_version = row.model_version, .sha256 = row.sha256, .published_at = SQL_NONE };
  return open_codex(w, &head, calendar, out);
}
