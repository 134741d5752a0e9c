/* claim_amend: what was told, changed: the facts as they stand in a form; what differs is shown before anything is sent, and
 * declared anew. Facts that the form does not ask about stay as they are. */
#include "filing.h"
#include "mine.h"
#include "shienkin/value.h"

enum { QUESTIONS_MOST = 20, ROWS_SPARE = 2, ROWS_MOST = CLOSURES_MOST, LEAK_FACTS = 3 };
struct amend {
  struct mine m;
  struct question questions[QUESTIONS_MOST]; size_t count;
  struct json before, after;
  bool stale, edited;                   /* another window was quicker; something was typed after it was looked at */
};

/* The questions of filing that are facts; what it asks for the reporting duties alone is left away. */
static void gather(struct amend *a, const struct question *table, size_t count) {
  assert(a->count + count <= QUESTIONS_MOST);
  for (size_t i = 0; i < count; i++) a->questions[a->count++] = table[i];
}

static void gather_all(struct amend *a) {
  gather(a, filing__incident, filing__incident_count);
  gather(a, filing__leak, LEAK_FACTS);
  gather(a, filing__filings, filing__filings_count);
}

static struct json document_of(const struct mine *m) {
  struct page_object o = page_object(m->page.arena);
  const struct json *facts = json_get(&m->view, STR("facts"));
  page_set(&o, "facts", facts ? *facts : json_of_object(NULL, 0));
  return page_json(&o);
}

/* ---- closures */

static str nth(struct http_value_list list, size_t i) { return i < list.count ? str_trim(list.items[i].text) : STR(""); }

/* A period of which only one end was typed is one day. */
static struct json closures_of(const struct page *p) {
  struct http_value_list from = http_value_list(&p->r->form, "from[]"), to = http_value_list(&p->r->form, "to[]");
  struct http_value_list scope = http_value_list(&p->r->form, "scope[]");
  struct page_list rows = page_list(p->arena);
  for (size_t i = 0; i < from.count || i < to.count; i++) {
    str first = nth(from, i), last = nth(to, i), kind = nth(scope, i);
    if (first.n == 0 && last.n == 0) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "from", first.n ? first : last);
    page_set_str(&o, "to", last.n ? last : first);
    page_set_str(&o, "scope", kind.n ? kind : STR("all"));
    page_push(&rows, page_json(&o));
  }
  return page_items(&rows);
}

static str scope_words(const struct page *p, str scope) {
  if (str_eq(scope, STR("new_patients"))) return page_say(p, "filing.scope_new");
  return str_eq(scope, STR("partial")) ? page_say(p, "filing.scope_partial") : page_say(p, "filing.scope_all");
}

static str fault_of_row(const struct page *p, const struct findings *f, size_t i) {
  str pointer = str_format(p->arena, "/facts/closures/%zu/", i);
  for (size_t k = 0; f && k < f->count; k++)
    if (str_starts(f->items[k].pointer, pointer)) return p->english ? f->items[k].en : f->items[k].ja;
  return STR("");
}

static struct json row_of(struct page *p, const struct json *closure, size_t i, const struct findings *f) {
  struct page_object o = page_object(p->arena);
  str scope = closure ? page_member(closure, "scope") : STR("all"), wrong = fault_of_row(p, f, i);
  page_set(&o, "from", json_of_str(closure ? page_member(closure, "from") : STR("")));
  page_set(&o, "to", json_of_str(closure ? page_member(closure, "to") : STR("")));
  page_set_str(&o, "n", str_format(p->arena, "%zu", i + 1));
  page_set_str(&o, "row", str_format(p->arena, "f-row%zu", i));
  page_set_bool(&o, "new_patients", str_eq(scope, STR("new_patients")));
  page_set_bool(&o, "partial", str_eq(scope, STR("partial")));
  page_set_str(&o, "error", wrong);
  page_set_str(&o, "error_id", wrong.n ? str_format(p->arena, "f-row%zu-error", i) : STR(""));
  return page_json(&o);
}

static size_t add_rows(struct page *p, const struct json *document, const struct findings *f) {
  const struct json *closures = json_at(document, STR("/facts/closures"));
  struct page_list rows = page_list(p->arena);
  size_t known = closures && closures->kind == JSON_KIND_ARRAY ? closures->count : 0, shown = known + ROWS_SPARE;
  if (shown > ROWS_MOST) shown = ROWS_MOST;
  for (size_t i = 0; i < shown; i++) page_push(&rows, row_of(p, i < known ? &closures->as.items[i] : NULL, i, f));
  page_set(&p->document, "rows", page_items(&rows));
  return shown;
}

static str closure_words(const struct page *p, const struct json *document) {
  const struct json *closures = json_at(document, STR("/facts/closures"));
  struct buf out = buf_in(p->arena);
  for (uint32_t i = 0; closures && closures->kind == JSON_KIND_ARRAY && i < closures->count; i++) {
    const struct json *one = &closures->as.items[i];
    if (i) buf_byte(&out, '\n');
    buf_add(&out, page_say(p, "mine.period", page_member(one, "from"), page_member(one, "to"), scope_words(p, page_member(one, "scope"))));
  }
  return buf_str(&out);
}

/* ---- what differs */

static void push_change(const struct page *p, struct page_list *list, const char *label, str before, str after) {
  if (str_eq(before, after)) return;
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "change_label", page_say_with(p, label, 0, NULL));
  page_set_str(&o, "change_before", before.n ? before : page_say(p, "mine.change_none"));
  page_set_str(&o, "change_after", after.n ? after : page_say(p, "mine.change_none"));
  page_push(list, page_json(&o));
}

static size_t add_changes(struct amend *a) {
  struct page *p = &a->m.page;
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < a->count; i++)
    push_change(p, &list, a->questions[i].field.label, facts_form__words(p, &a->before, &a->questions[i]),
                facts_form__words(p, &a->after, &a->questions[i]));
  push_change(p, &list, "mine.closures", closure_words(p, &a->before), closure_words(p, &a->after));
  page_set(&p->document, "changes", page_items(&list));
  page_set_bool(&p->document, "changed", list.count > 0);
  return list.count;
}

/* ---- the page */

static str declaration_version(struct page *p) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  page_set_bool(&p->document, "declaration", false);
  if (PAGE_CALL(p, declaration_in_force, NULL, &f, &out) != RESULT_OK) return STR("");
  struct json body = page_body(p, &out);
  page_set_str(&p->document, "declaration", page_member(&body, p->english ? "en" : "ja"));
  return page_member(&body, "version");
}

/* The questions, the box of the declaration, and what stands for the rows where faults are led to. */
static const struct page_field *fields_of(struct amend *a, size_t rows, size_t *count) {
  struct arena *arena = a->m.page.arena;
  struct page_field *all = ARENA_ARRAY(arena, struct page_field, a->count + 1 + rows);
  memcpy(all, facts_form__fields(arena, a->questions, a->count), a->count * sizeof *all);
  *count = a->count;
  all[(*count)++] = (struct page_field){ .name = "sure", .kind = PAGE_CHECK, .label = "mine.declare", .pointer = "/declaration" };
  for (size_t i = 0; i < rows; i++)
    all[(*count)++] = (struct page_field){ .name = str_z(arena, str_format(arena, "row%zu", i)), .label = "filing.period",
                                           .pointer = str_z(arena, str_format(arena, "/facts/closures/%zu", i)), .optional = true };
  return all;
}

/* What was shown before it is sent: a digest of the facts as they would be. */
static str digest_of(const struct amend *a) {
  const struct json *facts = json_get(&a->after, STR("facts"));
  struct sha256 digest = sha256_of(facts ? json_dump(a->m.page.arena, facts) : STR(""));
  struct buf out = buf_in(a->m.page.arena);
  for (size_t i = 0; i < sizeof digest.bytes / 2; i++) buf_format(&out, "%02x", digest.bytes[i]);
  return buf_str(&out);
}

static struct http_answer show(struct amend *a, int status, bool preview, const struct findings *f) {
  struct page *p = &a->m.page;
  str declared = declaration_version(p);
  size_t rows = add_rows(p, &a->after, f), changes = add_changes(a), count;
  struct json values = facts_form__values(p, &a->after, a->questions, a->count);
  const struct page_field *fields = fields_of(a, rows, &count);
  struct json_member hidden[] = { mine__version(&a->m), { STR("declared"), json_of_str(declared) },
                                  { STR("seen"), json_of_str(preview ? digest_of(a) : STR("")) } };
  mine__head(&a->m);
  page_set_bool(&p->document, "preview", preview && changes > 0);
  page_set_bool(&p->document, "same", preview && changes == 0);
  page_set_bool(&p->document, "stale", a->stale);
  page_set_bool(&p->document, "edited", a->edited);
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(&a->m, "/amend"), .submit = "mine.amend_look",
                                    .fields = fields, .count = count, .values = &values, .findings = f, .hidden = hidden,
                                    .hidden_count = COUNT_OF(hidden), .once = true });
  return page_answer(p, status, "claim_amend", page_say(p, "mine.way_amend"));
}

static bool open_it(struct http_request *r, struct amend *a, struct http_answer *answer) {
  *a = (struct amend){ .count = 0 };
  if (!mine__open(r, &a->m, answer)) return false;
  gather_all(a);
  a->before = a->after = document_of(&a->m);
  if (mine__is(&a->m, "submitted in_review info_requested proposed decided")) return true;
  *answer = page_go(r, mine__path(&a->m, ""), "claim_moved");
  return false;
}

static struct http_answer get_amend(struct http_request *r) {
  struct amend a;
  struct http_answer answer;
  return open_it(r, &a, &answer) ? show(&a, HTTP_OK, false, NULL) : answer;
}

static void read_typed(struct amend *a) {
  struct page *p = &a->m.page;
  struct json closures = closures_of(p);
  a->after = facts_form__read(p, &a->before, a->questions, a->count, &p->r->form);
  a->after = facts_form__put(p->arena, &a->after, STR("/facts/closures"), closures.count ? &closures : NULL);
  a->stale = mine__posted_version(p->r) != a->m.version;
}

/* What came is looked at, shown with what it changes, and sent where just this was shown and is declared. */
static struct http_answer post_amend(struct http_request *r) {
  struct amend a;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  if (!open_it(r, &a, &answer)) return answer;
  struct page *p = &a.m.page;
  read_typed(&a);
  if (a.stale) return show(&a, 409, true, NULL);
  if (!str_eq(page_typed(&r->form, "go"), STR("send"))) return show(&a, HTTP_OK, true, NULL);
  a.edited = !str_eq(page_typed(&r->form, "seen"), digest_of(&a));
  if (a.edited) return show(&a, 422, true, NULL);
  struct amend_request request = { .claim = a.m.claim, .version = a.m.version,
                                   .channel = r->realm == HTTP_CLINIC ? STR("online") : STR("proxy"),
                                   .declaration = { page_typed(&r->form, "declared"), str_eq(page_typed(&r->form, "sure"), STR("yes")) },
                                   .facts = json_get(&a.after, STR("facts")) };
  result why = PAGE_CALL(p, claim_amend, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, mine__path(&a.m, ""), "claim_amended");
  return mine__shown_again(why) ? show(&a, why == RESULT_CONFLICT ? 409 : 422, true, &f) : page_failed(p, why, &f, &out);
}

#define PERIODS(field, most_) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .repeated = true, .may_be_empty = true, .most = (most_), .description_en = "As typed" }
static const struct http_parameter form[] = {
  MINE_VERSION, MINE_TEXT("declared", 100), MINE_TEXT("seen", 100), MINE_TEXT("go", 20), MINE_TEXT("sure", 10), MINE_TEXT("occurred_on", 40),
  MINE_TEXT("discovered_on", 40), MINE_TEXT("cyber_attack", 20), MINE_TEXT("attack_type", 40), MINE_TEXT("insider_crime", 20),
  MINE_TEXT("summary", 10000), MINE_TEXT("occurred", 20), MINE_TEXT("caused", 20), MINE_TEXT("persons", 40), MINE_TEXT("mhlw_on", 40),
  MINE_TEXT("jma_on", 40), MINE_TEXT("ppc_on", 40), MINE_TEXT("ppc_measures", 20), MINE_TEXT("persons_on", 40),
  PERIODS("from[]", 40), PERIODS("to[]", 40), PERIODS("scope[]", 40), { 0 },
};
static const struct http_route rows[] = {
  { MINE_ROW("amendPage", HTTP_GET, "/claims/{claim}/amend", "内容を変える画面", "What was told, to be changed"), .handler = get_amend },
  { MINE_FORM("amendPagePost", "/claims/{claim}/amend", "申請の内容を変える", "Change what was told", form, post_amend) },
};
const struct http_route_table web__amend_routes = { rows, COUNT_OF(rows) };
