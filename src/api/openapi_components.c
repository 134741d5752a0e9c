/* openapi_components: what operations refer to. Specs with a component are gathered by walking every body and answer; a
 * document that has a contract of its own is shown by that contract. */
#include "openapi.h"

/* ---- contracts as schemas within the documentation */

struct rewriting {
  struct arena *arena;
  const char *at; /* where the contract's root stands */
  bool loosely;   /* without what must be there: the roster's part is not sent */
};

static struct json rewritten(const struct rewriting *w, const struct json *j);

/* "#/$defs/item" → "#/components/schemas/Decision/$defs/item". */
static struct json rewritten_ref(const struct rewriting *w, str ref) {
  if (!str_starts(ref, STR("#"))) return json_of_str(ref);
  return json_of_str(str_format(w->arena, "%s%.*s", w->at, (int)ref.n - 1, ref.p + 1));
}

static bool is_left_out(const struct rewriting *w, const struct json_member *m) {
  bool names_itself = str_eq(m->name, STR("$schema")) || str_eq(m->name, STR("$id"));
  return names_itself || (w->loosely && m->value.kind == JSON_KIND_ARRAY && str_eq(m->name, STR("required")));
}

static struct json rewritten_object(const struct rewriting *w, const struct json *j) {
  struct json_member *members = ARENA_ARRAY(w->arena, struct json_member, j->count);
  size_t n = 0;
  for (uint32_t i = 0; i < j->count; i++) {
    const struct json_member *m = &j->as.members[i];
    if (is_left_out(w, m)) continue;
    bool ref = str_eq(m->name, STR("$ref")) && m->value.kind == JSON_KIND_STRING;
    members[n++] = (struct json_member){ m->name, ref ? rewritten_ref(w, json_text(&m->value)) : rewritten(w, &m->value) };
  }
  return json_of_object(members, n);
}

static struct json rewritten(const struct rewriting *w, const struct json *j) {
  if (j->kind == JSON_KIND_OBJECT) return rewritten_object(w, j);
  if (j->kind != JSON_KIND_ARRAY) return *j;
  struct json *items = ARENA_ARRAY(w->arena, struct json, j->count);
  for (uint32_t i = 0; i < j->count; i++) items[i] = rewritten(w, &j->as.items[i]);
  return json_of_array(items, j->count);
}

static struct json contract_schema(struct arena *a, const char *contract, const char *component) {
  struct findings f = findings_in(a);
  struct json document;
  result read = json_read(a, openapi__contract(str_of(contract)), (struct json_limits){ 0 }, &f, &document);
  assert(read == RESULT_OK && "contracts are JSON");
  (void)read;
  struct rewriting w = { a, str_z(a, str_format(a, OPENAPI_SCHEMAS "%s", component)), false };
  return rewritten(&w, &document);
}

/* Claimants send and read facts without what the roster knows, so that nothing is demanded here. */
static struct json facts_schema(struct arena *a) {
  struct json whole = spec_schema_within(a, scheme_claim_spec(), OPENAPI_SCHEMAS, true);
  struct rewriting w = { a, OPENAPI_SCHEMAS "Facts", true };
  return rewritten(&w, &whole);
}

static struct json schema_of(struct arena *a, const struct spec *s) {
  str component = str_of(s->component);
  if (str_eq(component, STR("Decision"))) return contract_schema(a, "decision", "Decision");
  if (str_eq(component, STR("Facts"))) return facts_schema(a);
  if (str_eq(component, STR("Payee"))) return spec_schema_within(a, intake_payee_spec(), OPENAPI_SCHEMAS, true);
  if (str_eq(component, STR("Report"))) return spec_schema_within(a, intake_report_spec(), OPENAPI_SCHEMAS, true);
  return spec_schema_within(a, s, OPENAPI_SCHEMAS, true);
}

/* ---- gathering */

static void gather(struct tree *schemas, const struct spec *s) {
  if (!s) return;
  if (s->component) {
    if (tree__has(schemas, str_of(s->component))) return;
    tree__add(schemas, s->component, schema_of(schemas->arena, s));
  }
  if (s->kind == SPEC_ARRAY || s->kind == SPEC_MAP) gather(schemas, s->items);
  for (const struct spec *const *one = s->kind == SPEC_CHOICE ? s->choices : NULL; one && *one; one++) gather(schemas, *one);
  for (const struct spec_member *m = s->kind == SPEC_OBJECT ? s->members : NULL; m && m->name; m++) gather(schemas, m->spec);
}

/* ---- problems (RFC 9457) */

static bool is_type(str s) { return str_starts(s, STR("urn:shienkin:problem:")); }
static const struct spec type = { .kind = SPEC_STRING, .pattern = is_type, .pattern_text = "^urn:shienkin:problem:[a-z][a-z0-9_]*$" };
static const struct spec status = { .kind = SPEC_INTEGER };
static const struct spec text = { .kind = SPEC_STRING };
static const struct spec line = { .kind = SPEC_INTEGER, .has_minimum = true, .minimum = 1, .description = "of a file that was sent" };
static const struct spec error = API_OBJECT({ "pointer", true, &text }, { "code", true, &text }, { "message_ja", true, &text },
                                            { "message_en", true, &text }, { "line", false, &line });
static const struct spec errors = API_ARRAY(error);
static const struct spec problem = API_OBJECT(
    { "type", true, &type }, { "title", true, &text }, { "status", true, &status }, { "detail", true, &text },
    { "instance", true, &text }, { "request_id", true, &text }, { "trace_id", true, &text }, { "title_ja", true, &text },
    { "title_en", true, &text }, { "detail_ja", true, &text }, { "detail_en", true, &text }, { "errors", false, &errors });

static struct json schemas(struct arena *a, const struct http_route_table *const *tables, size_t table_count) {
  struct tree all = tree__in(a);
  tree__add(&all, "Problem", spec_schema_within(a, &problem, OPENAPI_SCHEMAS, true));
  for (size_t t = 0; t < table_count; t++) {
    for (size_t i = 0; i < tables[t]->count; i++) {
      const struct http_route *route = &tables[t]->rows[i];
      if (route->face != HTTP_API) continue;
      gather(&all, route->body_spec);
      for (const struct http_route_answer *answer = route->answers; answer && answer->status; answer++)
        gather(&all, answer->spec);
    }
  }
  return tree__object(&all);
}

/* ---- headers and parameters that many operations share */

static const struct {
  const char *component, *name, *pattern, *text;
  bool required;
} sent[] = {
  { "IfMatch", "If-Match", "^(\\*|\"[0-9]+-[a-z]+\")$",
    "the ETag that was read, so that nobody's change is lost; * for any version", true },
  { "IdempotencyKey", "Idempotency-Key", "^\"[ -~]{1,64}\"$",
    "a quoted string of 1 to 64 characters: the same request under the same key is done once, and answered alike for 72 hours",
    true },
  { "CsrfToken", "X-CSRF-Token", NULL, "with a session's cookie alone: the session's token", false },
};
static const struct {
  const char *component, *pattern, *text;
} given[] = {
  { "ETag", "^\"[0-9]+-[a-z]+\"$", "the version that was read, for If-Match" },
  { "Location", NULL, "where it lives from now on" },
  { "Event", "^evt_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "the event that the change left" },
  { "Replayed", "^true$", "this is the answer to an earlier request under the same key" },
  { "RetryAfter", "^[0-9]+$", "seconds after which asking again may help" },
};

static struct json string_schema(struct arena *a, const char *pattern) {
  struct tree t = tree__in(a);
  tree__text(&t, "type", "string");
  if (pattern) tree__text(&t, "pattern", pattern);
  return tree__object(&t);
}

static struct json parameters(struct arena *a) {
  struct tree all = tree__in(a);
  for (size_t i = 0; i < COUNT_OF(sent); i++) {
    struct tree t = tree__in(a);
    tree__text(&t, "name", sent[i].name);
    tree__text(&t, "in", "header");
    tree__flag(&t, "required", sent[i].required);
    tree__text(&t, "description", sent[i].text);
    tree__add(&t, "schema", string_schema(a, sent[i].pattern));
    tree__add(&all, sent[i].component, tree__object(&t));
  }
  return tree__object(&all);
}

static struct json headers(struct arena *a) {
  struct tree all = tree__in(a);
  for (size_t i = 0; i < COUNT_OF(given); i++) {
    struct tree t = tree__in(a);
    tree__text(&t, "description", given[i].text);
    tree__add(&t, "schema", string_schema(a, given[i].pattern));
    tree__add(&all, given[i].component, tree__object(&t));
  }
  return tree__object(&all);
}

static struct json security(struct arena *a) {
  struct tree cookie = tree__in(a), bearer = tree__in(a), all = tree__in(a);
  tree__text(&cookie, "type", "apiKey");
  tree__text(&cookie, "in", "cookie");
  tree__text(&cookie, "name", GATE_SESSION_COOKIE);
  tree__text(&cookie, "description", "a browser's session, from the sign-in page; changes need X-CSRF-Token too");
  tree__text(&bearer, "type", "http");
  tree__text(&bearer, "scheme", "bearer");
  tree__text(&bearer, "description", "the token of a session (signIn) or of a machine (createToken)");
  tree__add(&all, "cookie", tree__object(&cookie));
  tree__add(&all, "bearer", tree__object(&bearer));
  return tree__object(&all);
}

struct json openapi__components(struct arena *a, const struct http_route_table *const *tables, size_t table_count) {
  struct tree t = tree__in(a);
  tree__add(&t, "schemas", schemas(a, tables, table_count));
  tree__add(&t, "parameters", parameters(a));
  tree__add(&t, "headers", headers(a));
  tree__add(&t, "securitySchemes", security(a));
  return tree__object(&t);
}
