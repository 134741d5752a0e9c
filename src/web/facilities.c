/* facilities: who may act for a clinic: found in the roster, its mandates given and ended, accounts opened for it. */
#include "office.h"

/* ---- searching the roster */

static const struct page_field search_fields[] = {
  { .name = "words", .kind = PAGE_LINE, .label = "facilities.words", .hint = "facilities.words_hint" },
};
static const char *const found_columns[] = { "desk.facility", "facilities.kind", "facilities.code", "facilities.from", "facilities.until" };

static void put_found(struct desk *d, const struct json *body) {
  uint32_t count;
  const struct page *p = &d->page;
  const struct json *found = desk_list(body, "facilities", &count);
  struct desk_table t = desk_table(d, "facilities.found", NULL, found_columns, COUNT_OF(found_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){
        DESK_LINK(page_member(&found[i], "name"), desk_path(p->arena, "/facilities/%s", page_member(&found[i], "facility"))),
        DESK_TEXT(desk_code(p, "fact.value_", page_member(&found[i], "kind"))), DESK_TEXT(page_member(&found[i], "code")),
        DESK_TEXT(page_day(p, desk_day(&found[i], "from"))), DESK_TEXT(page_day(p, desk_day(&found[i], "until"))) });
  struct desk_section s = desk_section(d, NULL);
  desk_put_table(&s, &t);
  desk_close(&s);
}

static struct http_answer get_search(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  struct roster_search_request request = { str_trim(http_value(&r->query, "words")->text) };
  if (request.words.n && !DESK_CALL(&d, roster_search, &request, &body, &failure)) return failure;
  desk_way(&d, "people.title", STR("/people"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "facilities.intro"));
  desk_form(&s, &(struct page_form){ .name = "form", .action = STR("/facilities"), .submit = "facilities.search", .fields = search_fields,
                                     .count = COUNT_OF(search_fields), .posted = &r->query });
  desk_close(&s);
  if (request.words.n) put_found(&d, &body);
  return desk_answer(&d, HTTP_OK, "facilities.title", STR(""));
}

static struct http_answer post_search(struct http_request *r) { return desk_ask(r, "/facilities"); }

/* ---- one facility: what the roster says of it today, who may act for it */

static const char *const by_facility[] = { "people.name", "people.login", "facilities.mandate", "facilities.since", "facilities.given_by", "people.change" };
static const char *const by_account[] = { "desk.facility", "facilities.mandate", "facilities.since", "facilities.given_by", "people.change" };

void office__put_mandates(struct desk_section *s, const struct json *document, bool of_facility) {
  uint32_t count;
  struct desk *d = s->desk;
  const struct page *p = &d->page;
  const struct json *all = desk_list(document, "mandates", &count);
  struct desk_table t = of_facility ? desk_table(d, "facilities.holders", NULL, by_facility, COUNT_OF(by_facility))
                                    : desk_table(d, "facilities.held", NULL, by_account, COUNT_OF(by_account));
  for (uint32_t i = 0; i < count; i++) {
    struct desk_cell person = DESK_LINK(page_member(&all[i], "name"), desk_path(p->arena, "/people/accounts/%s", page_member(&all[i], "account")));
    str name = page_member(&all[i], "facility_name");
    struct desk_cell place = DESK_LINK(name.n ? name : page_say(p, "facilities.unknown"),
                                       desk_path(p->arena, "/facilities/%s", page_member(&all[i], "facility")));
    struct desk_cell kind = DESK_TEXT(desk_code(p, "account.mandate_", page_member(&all[i], "kind")));
    struct desk_cell since = DESK_TEXT(page_moment(p, page_member(&all[i], "began_at"))), by = DESK_TEXT(page_member(&all[i], "by"));
    struct desk_cell end = DESK_LINK(page_say(p, "facilities.end"),
                                     desk_path(p->arena, "/people/mandates/%s/end", page_member(&all[i], "mandate")));
    if (of_facility) desk_row(&t, (struct desk_cell[]){ person, DESK_TEXT(page_member(&all[i], "login")), kind, since, by, end });
    else desk_row(&t, (struct desk_cell[]){ place, kind, since, by, end });
  }
  desk_put_table(s, &t);
}

static bool look_up(struct desk *d, struct json *body, struct http_answer *failure) {
  struct http_request *r = d->page.r;
  struct roster_lookup_request request = { http_value(&r->path, "facility")->id, day_in_japan(r->at_us) };
  return DESK_CALL(d, roster_look_up, &request, body, failure);
}

static str facility_path(const struct desk *d, const char *pattern) {
  return desk_path(d->page.arena, pattern, http_value(&d->page.r->path, "facility")->text);
}

static str name_of(const struct desk *d, const struct json *body) {
  const struct json *known = json_get(body, STR("known"));
  str name = page_member(known, "name");
  return name.n ? name : page_say(&d->page, "facilities.unknown");
}

static void put_roster(struct desk *d, const struct json *body) {
  const struct page *p = &d->page;
  const struct json *known = json_get(body, STR("known")), *member = json_get(body, STR("member"));
  bool is_known = known && known->kind == JSON_KIND_OBJECT, has_member = member && member->kind == JSON_KIND_OBJECT;
  struct desk_section s = desk_section(d, "facilities.roster");
  if (!is_known) desk_words(&s, page_say(p, "facilities.not_known"));
  desk_fact(&s, "facilities.key", page_member(body, "key"), STR(""));
  if (is_known) {
    desk_fact(&s, "facilities.kind", desk_code(p, "fact.value_", page_member(known, "kind")), STR(""));
    desk_fact(&s, "facilities.code", page_member(known, "code"), STR(""));
    desk_fact(&s, "facilities.from", page_day(p, desk_day(known, "from")), STR(""));
    desk_fact(&s, "facilities.until", page_day(p, desk_day(known, "until")), STR(""));
  }
  if (has_member) {
    desk_fact(&s, "facilities.member", page_member(member, "name"), STR(""));
    desk_fact(&s, "facilities.member_number", page_member(member, "number"), STR(""));
    desk_fact(&s, "facilities.class", desk_code(p, "fact.value_", page_member(member, "class")), STR(""));
    desk_fact(&s, "facilities.relation", desk_code(p, "fact.value_", page_member(member, "relation")), STR(""));
  }
  desk_close(&s);
}

static struct http_answer get_facility(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json roster, mandates;
  struct mandates_request request = { http_value(&r->path, "facility")->id };
  if (!look_up(&d, &roster, &failure)) return failure;
  if (!DESK_CALL(&d, mandate_list, &request, &mandates, &failure)) return failure;
  desk_way(&d, "facilities.title", STR("/facilities"));
  put_roster(&d, &roster);
  struct desk_section s = desk_section(&d, "facilities.mandates");
  desk_words(&s, page_say(&d.page, "facilities.mandates_intro"));
  office__put_mandates(&s, &mandates, true);
  desk_link(&s, page_say(&d.page, "facilities.open"), facility_path(&d, "/facilities/%s/open"));
  desk_link(&s, page_say(&d.page, "facilities.give"), facility_path(&d, "/facilities/%s/give"));
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "facilities.one", name_of(&d, &roster));
}

/* ---- opening an account for it; letting an account that is there act for it */

static const struct page_choice own_kinds[] = { { "representative", "account.mandate_representative" }, { "clerk", "account.mandate_clerk" } };
static const struct page_choice all_kinds[] = { { "representative", "account.mandate_representative" }, { "clerk", "account.mandate_clerk" },
                                                { "proxy", "account.mandate_proxy" } };
static const struct page_field open_fields[] = {
  { .name = "login", .kind = PAGE_LINE, .label = "people.login", .hint = "people.login_hint" },
  { .name = "name", .kind = PAGE_LINE, .label = "people.name" },
  { .name = "name_kana", .kind = PAGE_LINE, .label = "people.name_kana", .optional = true },
  { .name = "mandate_kind", .kind = PAGE_RADIO, .label = "facilities.mandate", .choices = own_kinds, .choice_count = COUNT_OF(own_kinds) },
};
static const struct page_field give_fields[] = {
  { .name = "login", .kind = PAGE_LINE, .label = "people.login", .hint = "facilities.login_hint" },
  { .name = "kind", .kind = PAGE_RADIO, .label = "facilities.mandate", .hint = "facilities.kind_hint", .choices = all_kinds,
    .choice_count = COUNT_OF(all_kinds) },
};

static result do_open(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct account_open_request request = { .realm = STR("clinic"), .login = page_typed(&r->form, "login"),
                                          .name = page_typed(&r->form, "name"), .name_kana = page_typed(&r->form, "name_kana"),
                                          .facility = http_value(&r->path, "facility")->id,
                                          .mandate_kind = page_typed(&r->form, "mandate_kind") };
  return PAGE_CALL(p, account_open, &request, f, out);
}

static result do_give(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct mandate_request request = { .facility = http_value(&r->path, "facility")->id, .kind = page_typed(&r->form, "kind"),
                                     .login = page_typed(&r->form, "login") };
  return PAGE_CALL(p, mandate_give, &request, f, out);
}

static const struct step { const char *path, *title, *intro, *submit, *notice; office_deed *deed; const struct page_field *fields; size_t count; } steps[] = {
  { "/facilities/%s/open", "facilities.open", "facilities.open_intro", "people.open_submit", "clinic_opened", do_open, open_fields, COUNT_OF(open_fields) },
  { "/facilities/%s/give", "facilities.give", "facilities.give_intro", "facilities.give_submit", "mandate_given", do_give, give_fields, COUNT_OF(give_fields) },
};

static const struct step *step_of(const struct http_request *r) {
  return str_ends(str_of(r->route->path), STR("/open")) ? &steps[0] : &steps[1];
}

static struct http_answer show_step(struct desk *d, int status, const struct http_values *posted, const struct findings *f) {
  const struct step *one = step_of(d->page.r);
  struct json roster;
  struct http_answer failure;
  if (!look_up(d, &roster, &failure)) return failure;
  desk_way(d, "facilities.back", facility_path(d, "/facilities/%s"));
  struct desk_section s = desk_section_named(d, name_of(d, &roster));
  desk_words(&s, page_say_with(&d->page, one->intro, 0, NULL));
  desk_form(&s, &(struct page_form){ .name = "form", .action = facility_path(d, one->path), .submit = one->submit, .fields = one->fields,
                                     .count = one->count, .posted = posted, .findings = f, .once = true });
  desk_close(&s);
  return desk_answer(d, status, one->title, STR(""));
}

static struct http_answer get_step(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_step(&d, HTTP_OK, NULL, NULL);
}

static struct http_answer post_step(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct step *one = step_of(r);
  page_require(&d.page, one->fields, one->count, &r->form, &f);
  if (f.count) return show_step(&d, 422, &r->form, &f);
  result why = one->deed(&d.page, r, &f, &out);
  if (why == RESULT_OK) return page_go(r, facility_path(&d, "/facilities/%s"), one->notice);
  return why == RESULT_REFUSED || why == RESULT_CONFLICT ? show_step(&d, 422, &r->form, &f) : page_failed(&d.page, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter facility_path_parameters[] = { OFFICE_ID("facility", "fac_"), { 0 } };
static const struct http_parameter words_query[] = { OFFICE_TEXT("words", 100), { 0 } };
static const struct http_parameter open_form[] = { OFFICE_TEXT("login", 320), OFFICE_TEXT("name", 400), OFFICE_TEXT("name_kana", 400),
                                                   OFFICE_TEXT("mandate_kind", 20), { 0 } };
static const struct http_parameter give_form[] = { OFFICE_TEXT("login", 320), OFFICE_TEXT("kind", 20), { 0 } };
static const struct http_route rows[] = {
  { OFFICE_GET("facilitiesPage", "/facilities", get_search, OFFICE_MANAGERS, "医療機関を名簿で探す画面", "Find a facility"), .query = words_query },
  { OFFICE_ASK("facilitiesPagePost", "/facilities", post_search, OFFICE_MANAGERS, words_query, "医療機関を名簿で探す", "Find a facility") },
  { OFFICE_GET("facilityPage", "/facilities/{facility}", get_facility, OFFICE_MANAGERS, "医療機関の画面", "A facility, and who may act for it"),
    .path_parameters = facility_path_parameters },
  { OFFICE_GET("facilityOpenPage", "/facilities/{facility}/open", get_step, OFFICE_MANAGERS, "医療機関のアカウントを作る画面", "Open an account of a clinic"),
    .path_parameters = facility_path_parameters, .step_up = true },
  { OFFICE_POST("facilityOpenPagePost", "/facilities/{facility}/open", post_step, OFFICE_MANAGERS, open_form, "医療機関のアカウントを作る", "Open an account of a clinic"),
    .path_parameters = facility_path_parameters },
  { OFFICE_GET("facilityGivePage", "/facilities/{facility}/give", get_step, OFFICE_MANAGERS, "届出権限を与える画面", "Give a mandate"),
    .path_parameters = facility_path_parameters, .step_up = true },
  { OFFICE_POST("facilityGivePagePost", "/facilities/{facility}/give", post_step, OFFICE_MANAGERS, give_form, "届出権限を与える", "Give a mandate"),
    .path_parameters = facility_path_parameters },
};
const struct http_route_table web__facilities_routes = { rows, COUNT_OF(rows) };
