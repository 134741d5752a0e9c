/* document: the values that hold, as one claim of the contract. What is unknown is left out. The claim's outside name is
 * in it, so that the document decides to the same bytes wherever it is decided. */
#include "assess/assess.h"

static struct json compose(struct work *w, const struct case_file *c) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim_id", "claim", c->claim.id);
  struct json out = members_object(&m);
  for (size_t i = 0; i < c->fact_count; i++) {
    const struct case_fact *f = &c->facts[i];
    if (f->stands.kind != JSON_KIND_NULL) out = service__facts_with(w->arena, &out, str_of(f->fact->key), &f->stands);
  }
  return out;
}

static const char *const from_roster[] = { "/facility/kind", "/member/class", "/member/relation" };

static bool is_unresolved(const struct json *document, str pointer) {
  for (size_t i = 0; i < COUNT_OF(from_roster); i++) {
    str key = str_of(from_roster[i]);
    bool inside = str_eq(pointer, key) || (str_starts(key, pointer) && key.n > pointer.n && key.p[pointer.n] == '/');
    if (inside && !json_at(document, key)) return true;
  }
  return false;
}

/* What the roster does not know has a name and a remedy of its own; it is never written as `none`. */
static void say_unresolved(struct work *w, const struct json *document) {
  for (size_t i = 0; i < COUNT_OF(from_roster); i++)
    if (!json_at(document, str_of(from_roster[i]))) FIND(w, str_of(from_roster[i]), "member_unresolved");
}

static void take_over(struct work *w, const struct json *document, const struct findings *from) {
  for (size_t i = 0; i < from->count; i++) {
    const struct finding *one = &from->items[i];
    if (strcmp(one->code, "required") == 0 && is_unresolved(document, one->pointer)) continue;
    struct message m = { one->code, "{0}", "{1}" };
    FINDING(w->findings, one->pointer, &m, one->ja, one->en);
  }
}

result assess__document(struct work *w, const struct case_file *c, const struct calendar *national, bool lenient, str *canonical,
                        struct facts *read) {
  struct json document = compose(w, c);
  struct findings found = findings_in(w->arena);
  str claim_id;
  size_t before = w->findings->count;
  result r = scheme_facts_check(w->arena, &document, service__today(w), national ? national : service__national(w->service),
                                &found, read, &claim_id);
  if (r != RESULT_OK && r != RESULT_REFUSED) return r;
  if (!lenient) say_unresolved(w, &document);
  take_over(w, &document, &found);
  if (w->findings->count > before) return service__refused(w);
  *canonical = service__canonical(w->arena, &document);
  return RESULT_OK;
}
