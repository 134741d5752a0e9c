/* mine: see the header. */
#include "mine.h"

#include "shienkin/value.h"

const struct http_parameter mine__claim_path[] = { MINE_CLAIM, { 0 } };

str mine__path(const struct mine *m, const char *rest) {
  return str_format(m->page.arena, "/claims/%.*s%s", STR_ARG(m->id), rest);
}

bool mine__open(struct http_request *r, struct mine *m, struct http_answer *answer) {
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  *m = (struct mine){ .page = page_begin(r), .claim = http_value(&r->path, "claim")->id };
  m->id = uuid_outside(r->arena, "clm_", m->claim);
  struct claim_request request = { m->claim };
  result why = PAGE_CALL(&m->page, claim_view, &request, &f, &out);
  if (why == RESULT_CONFLICT && f.count && str_eq(str_of(f.items[0].code), STR("claim_state"))) {
    *answer = page_go(r, str_format(r->arena, "/filing/%.*s", STR_ARG(m->id)), NULL);
    return false;
  }
  if (why != RESULT_OK) {
    *answer = page_failed(&m->page, why, &f, &out);
    return false;
  }
  m->view = page_body(&m->page, &out);
  m->state = page_member(&m->view, "state");
  m->version = page_int(&m->view, "version");
  return true;
}

bool mine__is(const struct mine *m, const char *states) {
  for (str rest = str_of(states); rest.p;)
    if (str_eq(str_cut(rest, ' ', &rest), m->state)) return true;
  return false;
}

void mine__head(struct mine *m) {
  struct page *p = &m->page;
  const struct json *roster = json_get(&m->view, STR("roster"));
  page_set_str(&p->document, "claim_number", page_member(&m->view, "number"));
  page_set_str(&p->document, "claim_path", mine__path(m, ""));
  page_set_str(&p->document, "facility_name", roster ? page_member(roster, "name") : STR(""));
  page_set_str(&p->document, "state_words", page_state(p, m->state));
}

struct json_member mine__version(const struct mine *m) {
  return (struct json_member){ STR("version"), json_of_str(str_format(m->page.arena, "%lld", (long long)m->version)) };
}

int64_t mine__posted_version(const struct http_request *r) {
  const struct http_value *v = http_value(&r->form, "version");
  return v->present ? v->number : 0;
}
