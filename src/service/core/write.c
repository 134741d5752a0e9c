/* write: documents that we build: answers, event data, facts. */
#include "core/work.h"

struct members members_in(struct arena *a) {
  return (struct members){ .arena = a };
}

void members_add(struct members *m, const char *name, struct json value) {
  if (m->count == m->capacity) {
    size_t capacity = m->capacity ? m->capacity * 2 : 8;
    m->items = arena_grow(m->arena, m->items, m->capacity * sizeof *m->items, capacity * sizeof *m->items);
    m->capacity = capacity;
  }
  m->items[m->count++] = (struct json_member){ str_of(name), value };
}

void members_add_str(struct members *m, const char *name, str value) {
  members_add(m, name, value.p ? json_of_str(value) : json_of_null());
}

void members_add_int(struct members *m, const char *name, int64_t value) {
  members_add(m, name, json_of_int(m->arena, value));
}

void members_add_bool(struct members *m, const char *name, bool value) { members_add(m, name, json_of_bool(value)); }

void members_add_words(struct members *m, const char *name, struct strs words) {
  struct json *items = ARENA_ARRAY(m->arena, struct json, words.count);
  for (size_t i = 0; i < words.count; i++) items[i] = json_of_str(words.items[i]);
  members_add(m, name, json_of_array(items, words.count));
}

void members_add_id(struct members *m, const char *name, const char *table, struct uuid id) {
  members_add(m, name, uuid_none(id) ? json_of_null() : json_of_str(uuid_outside(m->arena, service_prefix(table), id)));
}

str service__uuid_text(struct arena *a, struct uuid id) {
  char text[37];
  uuid_write(id, text);
  return str_copy(a, str_of(text));
}

void members_add_uuid(struct members *m, const char *name, struct uuid id) {
  members_add(m, name, uuid_none(id) ? json_of_null() : json_of_str(service__uuid_text(m->arena, id)));
}

void members_add_moment(struct members *m, const char *name, moment at) {
  members_add(m, name, at == SQL_NONE ? json_of_null() : json_of_str(service_moment_text(m->arena, at)));
}

void members_add_day(struct members *m, const char *name, day d) {
  members_add(m, name, d == DAY_NONE ? json_of_null() : json_of_str(day_text(m->arena, d)));
}

void members_add_sha256(struct members *m, const char *name, struct sha256 d) {
  char text[65];
  sha256_write(d, text);
  members_add(m, name, sha256_none(d) ? json_of_null() : json_of_str(str_copy(m->arena, str_of(text))));
}

struct json members_object(const struct members *m) {
  return json_of_object(m->items, m->count);
}

result service__answer(struct work *w, int status, const struct members *m, int64_t version) {
  struct json j = members_object(m);
  w->answer->status = status;
  w->answer->body = json_dump(w->arena, &j);
  w->answer->version = version;
  return RESULT_OK;
}

str service__canonical(struct arena *a, const struct json *j) {
  struct findings f = findings_in(a);
  str bytes;
  result r = json_canonical(a, j, &f, &bytes);
  assert(r == RESULT_OK);
  return bytes;
}

static str moment_at_offset(struct arena *a, moment m, int64_t offset_us, const char *suffix) {
  int64_t local = m + offset_us;
  int64_t days = local / INT64_C(86400000000) - (local % INT64_C(86400000000) < 0);
  int64_t ms = (local - days * INT64_C(86400000000)) / 1000;
  struct civil c = day_civil(days);
  return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%s", (int)c.year, c.month, c.day, (int)(ms / 3600000),
                    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000), suffix);
}

str service_moment_text(struct arena *a, moment m) {
  return moment_at_offset(a, m, INT64_C(9) * 3600 * 1000000, "+09:00");
}

str service__moment_utc(struct arena *a, moment m) { return moment_at_offset(a, m, 0, "Z"); }

const struct calendar *service__national(const struct service *s) {
  return s->national ? s->national : calendar_national();
}

day service__today(struct work *w) { return day_in_japan(tx_at(w->tx)); }

static const struct {
  const char *table, *prefix;
} prefixes[] = {
  { "account", "acc_" },
  { "account_reset", "rst_" },
  { "calendar", "cal_" },
  { "claim", "clm_" },
  { "decision", "dec_" },
  { "declaration_text", "dcl_" },
  { "duplicate_suspicion", "dup_" },
  { "entitlement_line", "lin_" },
  { "event", "evt_" },
  { "evidence", "evd_" },
  { "facility", "fac_" },
  { "fact_check", "chk_" },
  { "fact_snapshot", "snp_" },
  { "facts_version", "fct_" },
  { "hold", "hld_" },
  { "incident", "inc_" },
  { "incident_report", "irp_" },
  { "information_reply", "ans_" },
  { "information_request", "req_" },
  { "letter", "ltr_" },
  { "machine_token", "tok_" },
  { "mandate", "mnd_" },
  { "member", "mem_" },
  { "message", "msg_" },
  { "note", "nte_" },
  { "payee_version", "pye_" },
  { "person", "per_" },
  { "proposal", "prp_" },
  { "reconsideration", "rec_" },
  { "recovery", "rcv_" },
  { "role_grant", "grt_" },
  { "roster_finding", "rfd_" },
  { "roster_import", "imp_" },
  { "rule_scenario", "scn_" },
  { "rule_set", "rul_" },
  { "session", "ses_" },
};

const char *service_prefix(const char *table) {
  for (size_t i = 0; i < COUNT_OF(prefixes); i++)
    if (strcmp(prefixes[i].table, table) == 0) return prefixes[i].prefix;
  assert(!"a table without a prefix");
  return "";
}

static const char *const role_names[] = { "clinic",  "proxy", "adjuster", "approver",
                                          "cashier", "owner", "auditor",  "service" };

const char *service_role_name(enum service_role one) {
  for (size_t i = 0; i < COUNT_OF(role_names); i++)
    if (one == 1u << i) return role_names[i];
  return "";
}

struct caller service_job_caller(void) {
  return (struct caller){ .account = STORE_SERVICE_ACCOUNT,
                          .person = STORE_SERVICE_PERSON,
                          .roles = SERVICE_JOB,
                          .realm = STORE_STAFF,
                          .via = SERVICE_BY_JOB };
}
