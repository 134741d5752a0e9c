/* audit_versions: what of a claim there is more than one of: versions of its facts, and its decisions. */
#include "audit.h"

struct record { struct desk *desk; struct uuid claim; struct json file, versions, story; };

/* Together, so that what is chosen from is one state of the claim. */
static bool read_record(struct page *p, void *context, struct http_answer *failure) {
  struct record *r = context;
  (void)p; /* the desk's own */
  return DESK_CALL(r->desk, case_view, (&(struct case_request){ r->claim }), &r->file, failure) &&
         DESK_CALL(r->desk, facts_versions, (&(struct facts_versions_request){ r->claim }), &r->versions, failure) &&
         DESK_CALL(r->desk, claim_timeline, (&(struct timeline_request){ r->claim, false }), &r->story, failure);
}

/* The story names who acted. */
static str by_whom(const struct record *r, const struct json *one) {
  return audit__name(&r->desk->page, json_get(&r->story, STR("events")), page_member(one, "by"));
}

static str counted(const struct page *p, const char *words, const struct json *one, const char *number) {
  return page_say_with(p, words, 1, (str[]){ str_format(p->arena, "%lld", (long long)page_int(one, number)) });
}

static struct audit_version facts_version(const struct record *r, const struct json *one) {
  const struct page *p = &r->desk->page;
  const struct json *facts = json_get(one, STR("facts"));
  return (struct audit_version){ .id = str_format(p->arena, "%lld", (long long)page_int(one, "version")),
                                 .words = page_say(p, "audit.one_of", counted(p, "audit.version_number", one, "version"),
                                                   page_moment(p, page_member(one, "at")),
                                                   desk_code(p, "desk.source_", page_member(one, "source")), by_whom(r, one)),
                                 .document = facts ? *facts : json_of_null() };
}

static struct audit_version decision_version(const struct record *r, const struct json *one) {
  const struct page *p = &r->desk->page;
  const struct json *document = json_get(one, STR("decision_document"));
  return (struct audit_version){ .id = page_member(one, "decision"),
                                 .words = page_say(p, "audit.one_of", counted(p, "audit.decision_number", one, "number"),
                                                   page_moment(p, page_member(one, "at")),
                                                   page_yen(p, page_int(one, "total_yen")), by_whom(r, one)),
                                 .document = document ? *document : json_of_null() };
}

static struct audit_versions listed(const struct record *r, const struct json *body, const char *name,
                                    struct audit_version (*one)(const struct record *r, const struct json *row)) {
  uint32_t count;
  const struct json *rows = desk_list(body, name, &count);
  struct audit_version *items = ARENA_ARRAY(r->desk->page.arena, struct audit_version, count);
  for (uint32_t i = 0; i < count; i++) items[i] = one(r, &rows[i]);
  return (struct audit_versions){ items, count };
}

bool audit__past(struct desk *d, struct uuid claim, struct audit_past *out, struct http_answer *failure) {
  struct record r = { .desk = d, .claim = claim };
  if (!page_together(&d->page, read_record, &r, failure)) return false;
  *out = (struct audit_past){ page_member(&r.file, "number"), listed(&r, &r.versions, "versions", facts_version),
                              listed(&r, &r.file, "decisions", decision_version) };
  return true;
}
