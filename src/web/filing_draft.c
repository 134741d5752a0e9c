/* filing_draft: opening a draft, saving a part of it, and what two windows do to each other. */
#include "filing.h"

const char *const filing__names[FILING_STEPS] = {
  [FILING_INCIDENT] = "incident", [FILING_CLOSURES] = "closures", [FILING_LEAK] = "leak",         [FILING_FILINGS] = "filings",
  [FILING_PAYEE] = "payee",       [FILING_REPORT] = "report",     [FILING_EVIDENCE] = "evidence", [FILING_REVIEW] = "review",
};

const struct http_parameter filing__claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_ja = "申請", .description_en = "the claim" },
  { 0 },
};

str filing__path(struct arena *a, str id, const char *rest) { return str_format(a, "/filing/%.*s/%s", STR_ARG(id), rest); }

/* ---- opening */

/* What is no draft any more was filed, or thrown away. */
static struct http_answer elsewhere(struct filing *f, const struct findings *why_not, const struct service_answer *said) {
  struct findings found = findings_in(f->page.arena);
  struct service_answer out = { 0 };
  struct claim_request request = { f->claim };
  if (PAGE_CALL(&f->page, claim_view, &request, &found, &out) == RESULT_OK) {
    struct json claim = page_body(&f->page, &out);
    if (page_member(&claim, "number").n) return page_go(f->page.r, filing__path(f->page.arena, f->id, "receipt"), NULL);
  }
  return page_failed(&f->page, RESULT_NOT_FOUND, why_not, said);
}

static result read(struct filing *f, struct findings *found, struct service_answer *out) {
  struct claim_request request = { f->claim };
  result why = PAGE_CALL(&f->page, draft_read, &request, found, out);
  if (why != RESULT_OK) return why;
  struct json body = page_body(&f->page, out);
  const struct json *document = json_get(&body, STR("document"));
  f->facility = page_member(&body, "facility");
  f->saved_at = page_member(&body, "saved_at");
  f->version = out->version;
  f->document = document && document->kind == JSON_KIND_OBJECT ? *document : json_of_object(NULL, 0);
  return RESULT_OK;
}

bool filing__open(struct http_request *r, struct filing *f, struct http_answer *answer) {
  *f = (struct filing){ .page = page_begin(r), .claim = http_value(&r->path, "claim")->id };
  f->id = uuid_outside(r->arena, "clm_", f->claim);
  page_set_bool(&f->page.document, "stale", false);
  page_set_bool(&f->page.document, "stale_any", false);
  page_set_bool(&f->page.document, "saved_with_faults", false);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  result why = read(f, &found, &out);
  if (why == RESULT_OK) return true;
  *answer = why == RESULT_NOT_FOUND ? elsewhere(f, &found, &out) : page_failed(&f->page, why, &found, &out);
  return false;
}

/* ---- saving */

str filing__seen(const struct filing *f, const struct json *document, const char *const *keys, size_t count) {
  struct buf all = buf_in(f->page.arena);
  for (size_t i = 0; i < count; i++) {
    const struct json *value = json_at(document, str_of(keys[i]));
    buf_format(&all, "%s=", keys[i]);
    if (value) buf_add(&all, json_dump(f->page.arena, value));
    buf_byte(&all, '\n');
  }
  struct sha256 digest = sha256_of(buf_str(&all));
  struct buf out = buf_in(f->page.arena);
  for (size_t i = 0; i < sizeof digest.bytes / 2; i++) buf_format(&out, "%02x", digest.bytes[i]);
  return buf_str(&out);
}

static struct json with_part(struct filing *f, const struct filing_part *part, const struct json *typed) {
  struct json out = f->document;
  for (size_t i = 0; i < part->key_count; i++)
    out = facts_form__put(f->page.arena, &out, str_of(part->keys[i]), json_at(typed, str_of(part->keys[i])));
  struct json step = json_of_str(str_of(filing__names[part->step]));
  out = facts_form__put(f->page.arena, &out, STR("/asked/periods"), NULL);      /* words for comparing, no answer */
  return facts_form__put(f->page.arena, &out, STR("/step"), &step);
}

enum filing_saved filing__save(struct filing *f, const struct filing_part *part, const struct json *typed, str seen,
                               struct http_answer *answer) {
  enum { TRIES = 3 };
  for (int i = 0; i < TRIES; i++) {
    str mine = filing__seen(f, typed, part->keys, part->key_count), now = filing__seen(f, &f->document, part->keys, part->key_count);
    if (seen.n && !str_eq(seen, now) && !str_eq(mine, now) && facts_form__differ(&f->page, &f->document, typed, part->questions, part->count)) return FILING_STALE;
    struct json document = with_part(f, part, typed);
    struct findings found = findings_in(f->page.arena);
    struct service_answer out = { 0 };
    struct draft_save_request request = { f->claim, f->version, &document };
    result why = PAGE_CALL(&f->page, draft_save, &request, &found, &out);
    if (why == RESULT_OK) {
      f->version = out.version;
      f->document = document;
      return FILING_SAVED;
    }
    if (why == RESULT_CONFLICT && out.status != 409) why = read(f, &found, &out);
    if (why == RESULT_OK) continue;
    *answer = page_failed(&f->page, why, &found, &out);
    return FILING_FAILED;
  }
  *answer = HTTP_PROBLEM(f->page.r, &http_problem_conflict);
  return FILING_FAILED;
}

/* ---- looking at it */

bool filing__assess(struct filing *f, struct json *assessment, struct http_answer *answer) {
  struct findings found = findings_in(f->page.arena);
  struct service_answer out = { 0 };
  struct assess_request request = { f->claim };
  result why = PAGE_CALL(&f->page, draft_assess, &request, &found, &out);
  if (why != RESULT_OK) {
    *answer = page_failed(&f->page, why, &found, &out);
    return false;
  }
  *assessment = page_body(&f->page, &out);
  return true;
}

static bool inside(str pointer, str key) {
  return str_starts(pointer, key) && (pointer.n == key.n || pointer.p[key.n] == '/');
}

struct findings filing__faults(struct filing *f, const struct filing_part *part, const struct json *assessment) {
  struct findings out = findings_in(f->page.arena);
  const struct json *open = json_get(assessment, STR("open"));
  for (uint32_t i = 0; open && i < open->count; i++) {
    const struct json *one = &open->as.items[i];
    str pointer = page_member(one, "pointer");
    bool ours = false;
    for (size_t k = 0; k < part->key_count && !ours; k++)
      ours = inside(pointer, str_of(part->keys[k])) && json_at(&f->document, str_of(part->keys[k]));
    if (!ours) continue;
    struct message said = { str_z(f->page.arena, page_member(one, "code")), "{0}", "{1}" };
    FINDING(&out, pointer, &said, page_member(one, "message_ja"), page_member(one, "message_en"));
  }
  return out;
}
