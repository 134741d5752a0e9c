/* fact_check: an adjuster says what holds of a fact, and why. A whole set is looked at together: each check by itself first,
 * then the document that all of them make (P29), since two corrections may be right only together. */
#include "evidence/evidence.h"
#include "review/review.h"

struct checking {
  struct work *w;
  const struct fact_check_request *request;
  struct case_file file;
  struct evidence_finish_row *files;    /* finished ones of the claim */
  struct evidence_scan_row *scans;      /* what a scanner said of them */
  size_t file_count, scan_count;
  struct fact_check_row *rows;          /* one per item */
};

static const char *const verdicts[] = { "proved", "corrected", "refuted", "reopened" };

static str place(struct checking *c, size_t i, const char *member) {
  return pointer_member(c->w->arena, str_format(c->w->arena, "/checks/%zu", i), str_of(member));
}

/* ---- each check by itself */

static bool is_finished(const struct checking *c, struct uuid evidence) {
  for (size_t i = 0; i < c->file_count; i++)
    if (uuid_eq(c->files[i].evidence_id, evidence)) return true;
  return false;
}

static void check_ground(struct checking *c, size_t i) {
  const struct fact_check_item *item = &c->request->items[i];
  bool reason = str_trim(item->reason).n > 0, evidence = item->evidence_count > 0;
  bool enough = item->verdict == CHECK_PROVED      ? reason || evidence
                : item->verdict == CHECK_CORRECTED ? reason && evidence
                                                   : reason;
  if (!enough) FIND(c->w, place(c, i, reason ? "evidence" : "reason"), "check_reason");
  if (utf8_count(item->reason) > TEXT_MOST_CHARACTERS)
    FIND(c->w, place(c, i, "reason"), "text_too_long", str_format(c->w->arena, "%d", TEXT_MOST_CHARACTERS));
  for (size_t k = 0; k < item->evidence_count; k++) {
    const struct evidence_scan_row *scan = evidence__scan_among(c->scans, c->scan_count, item->evidence[k]);
    if (!is_finished(c, item->evidence[k])) FIND(c->w, place(c, i, "evidence"), "evidence_unknown");
    if (evidence__infected(scan)) FIND(c->w, place(c, i, "evidence"), "evidence_infected");
  }
}

/* What a refuted value becomes: false, no day, no list. False where that does not follow. */
static bool refuted_value(const struct json *base, struct json *out) {
  day d;
  switch (base->kind) {
    case JSON_KIND_TRUE: *out = json_of_bool(false); return true;
    case JSON_KIND_ARRAY: *out = json_of_array(NULL, 0); return base->count > 0;
    case JSON_KIND_STRING: *out = json_of_null(); return day_parse(json_text(base), &d);
    default: return false;
  }
}

/* P3: where silence is natural it means none or not filed, and that can be proved; elsewhere unknown is unknown. */
static bool silence_speaks(str key) {
  static const char *const natural[] = { "/closures", "/facility/", "/filings/" };
  for (size_t i = 0; i < COUNT_OF(natural); i++)
    if (str_starts(key, str_of(natural[i])) && !str_eq(key, STR("/facility/kind"))) return true;
  return false;
}

static void check_value(struct checking *c, size_t i, const struct case_fact *f, struct json *value) {
  const struct fact_check_item *item = &c->request->items[i];
  if ((item->verdict == CHECK_CORRECTED) != (item->value != NULL)) FIND(c->w, place(c, i, "value"), "check_value");
  if (item->verdict == CHECK_PROVED && f->base.kind == JSON_KIND_NULL && !silence_speaks(item->key))
    FIND(c->w, place(c, i, "verdict"), "fact_unknown");
  if (item->verdict == CHECK_REFUTED && !refuted_value(&f->base, value)) FIND(c->w, place(c, i, "verdict"), "must_be_corrected");
  if (item->verdict == CHECK_REOPENED && !f->check) FIND(c->w, place(c, i, "verdict"), "reopen_nothing");
  if (item->verdict != CHECK_CORRECTED || !item->value) return;
  *value = *item->value;
  if (json_same(value, &f->base)) FIND(c->w, place(c, i, "value"), "fact_check_changes");
}

/* Canonical bytes of a value that somebody sent; a number with a point or beyond 2^53 has none. */
static bool canonical_of(struct checking *c, size_t i, const struct json *value, str *out) {
  struct findings f = findings_in(c->w->arena);
  if (json_canonical(c->w->arena, value, &f, out) == RESULT_OK) return true;
  FIND(c->w, place(c, i, "value"), "check_value");
  return false;
}

/* Two people on one fact: the second looks at what the first said before saying otherwise. */
static bool is_stale(const struct checking *c, size_t i, const struct case_fact *f) {
  const struct uuid *seen = c->request->items[i].seen, none = { { 0 } };
  return seen && !uuid_eq(*seen, f->last ? f->last->id : none);
}

static result expect_seen(struct checking *c) {
  for (size_t i = 0; i < c->request->count; i++) {
    const struct case_fact *f = assess__fact(&c->file, c->request->items[i].key);
    if (f && is_stale(c, i, f)) return REFUSE(c->w, place(c, i, "key"), "check_stale");
  }
  return RESULT_OK;
}

static void check_one(struct checking *c, size_t i) {
  const struct fact_check_item *item = &c->request->items[i];
  struct case_fact *f = assess__fact(&c->file, item->key);
  struct json value = json_of_null();
  size_t before = c->w->findings->count;
  if (!f) {
    FIND(c->w, place(c, i, "key"), "unknown_fact");
    return;
  }
  for (size_t k = 0; k < i; k++)
    if (str_eq(c->request->items[k].key, item->key)) FIND(c->w, place(c, i, "key"), "check_twice");
  check_ground(c, i);
  check_value(c, i, f, &value);
  if (c->w->findings->count > before) return;
  struct fact_check_row *row = &c->rows[i];
  *row = (struct fact_check_row){ .id = tx_new_id(c->w->tx), .claim_id = c->request->claim, .key = str_of(f->fact->key),
                                  .value_sha256 = f->sha256, .verdict = str_of(verdicts[item->verdict]) };
  if (f->last) row->supersedes = f->last->id;
  bool changes = item->verdict == CHECK_CORRECTED || item->verdict == CHECK_REFUTED;
  if (changes && canonical_of(c, i, &value, &row->new_value)) row->new_value_sha256 = sha256_of(row->new_value);
}

/* ---- all of them together */

static result check_set(struct checking *c) {
  str canonical;
  struct facts read;
  struct calendar_row calendar;
  const struct calendar *national;
  for (size_t i = 0; i < c->request->count; i++) {
    struct case_fact *f = assess__fact(&c->file, c->rows[i].key);
    f->check = c->request->items[i].verdict == CHECK_REOPENED ? NULL : &c->rows[i];
  }
  TRY(assess__apply(c->w, &c->file));
  TRY(rules__calendar(c->w, &calendar, &national));
  return assess__document(c->w, &c->file, national, true, &canonical, &read);
}

/* ---- writing */

static result write_one(struct checking *c, size_t i) {
  struct work *w = c->w;
  struct fact_check_row *row = &c->rows[i];
  const struct fact_check_item *item = &c->request->items[i];
  TRY(service__seal(w, row->claim_id, "fact_check", "sealed_reason", row->id, item->reason, &row->sealed_reason));
  store_fact_check_insert(w->tx, row);
  service__wrote(w, "fact_check", row->id, row->new_value.p ? row->new_value : row->sealed_reason);
  for (size_t k = 0; k < item->evidence_count; k++)
    store_fact_check_evidence_insert(w->tx, &(struct fact_check_evidence_row){
                                              .check_id = row->id, .evidence_id = item->evidence[k], .claim_id = row->claim_id });
  return RESULT_OK;
}

static struct json event_json(struct checking *c, size_t i) {
  const struct fact_check_row *row = &c->rows[i];
  const struct fact_check_item *item = &c->request->items[i];
  struct json *files = ARENA_ARRAY(c->w->arena, struct json, item->evidence_count);
  for (size_t k = 0; k < item->evidence_count; k++) files[k] = json_of_str(service__uuid_text(c->w->arena, item->evidence[k]));
  struct members m = members_in(c->w->arena);
  members_add_uuid(&m, "check", row->id);
  members_add_str(&m, "key", row->key);
  members_add_str(&m, "verdict", row->verdict);
  members_add_sha256(&m, "value_sha256", row->value_sha256);
  members_add_sha256(&m, "new_value_sha256", row->new_value_sha256);
  members_add_uuid(&m, "supersedes", row->supersedes);
  members_add(&m, "evidence", json_of_array(files, item->evidence_count));
  return members_object(&m);
}

static struct json answer_json(struct checking *c, size_t i) {
  struct members m = members_in(c->w->arena);
  members_add_id(&m, "check", "fact_check", c->rows[i].id);
  members_add_str(&m, "key", c->rows[i].key);
  members_add_str(&m, "verdict", c->rows[i].verdict);
  return members_object(&m);
}

static result write_all(struct checking *c) {
  struct work *w = c->w;
  struct json *told = ARENA_ARRAY(w->arena, struct json, c->request->count);
  struct json *answered = ARENA_ARRAY(w->arena, struct json, c->request->count);
  for (size_t i = 0; i < c->request->count; i++) {
    TRY(write_one(c, i));
    told[i] = event_json(c, i);
    answered[i] = answer_json(c, i);
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "checks", json_of_array(told, c->request->count));
  TRY(service__event(w, &(struct event){ .type = "facts.checked", .subject = c->request->claim, .claim = c->request->claim,
                                         .data = members_object(&data) }));
  members_add(&m, "checks", json_of_array(answered, c->request->count));
  return review__answer_claim(w, 201, &m, &c->file.claim, c->file.claim.state, c->file.claim.version);
}

static result check(struct work *w, const void *request) {
  struct checking c = { .w = w, .request = request };
  struct claim_row claim;
  struct incident_row incident;
  if (c.request->count == 0 || c.request->count > FACT_CHECKS_MOST) return REFUSE(w, STR("/checks"), "check_value");
  TRY(service__claim_lock(w, c.request->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, c.request->version));
  TRY(service__expect_state(w, &claim, "in_review info_requested dormant proposed reconsideration"));
  TRY(assess__open(w, &claim, &incident, true, &c.file));
  TRY(store_evidence_finish_of_claim(w->tx, claim.id, &c.files, &c.file_count));
  TRY(store_evidence_scan_of_claim(w->tx, claim.id, &c.scans, &c.scan_count));
  c.rows = ARENA_ARRAY(w->arena, struct fact_check_row, c.request->count);
  TRY(expect_seen(&c));
  for (size_t i = 0; i < c.request->count; i++) check_one(&c, i);
  if (w->findings->count > 0) return service__refused(w);
  TRY(check_set(&c));
  return write_all(&c);
}

result facts_check(struct service *s, const struct caller *c, struct arena *a, const struct fact_check_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "facts_check", .roles = SERVICE_ADJUSTER, .body = check };
  return service__run(s, c, a, &use_case, r, f, out);
}
