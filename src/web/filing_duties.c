/* filing_duties: who must be told by when, as the model rules/reporting-duties answers it. Advice: it decides no money. The
 * model is built into the program; days, periods and grounds stand there and nowhere here. */
#include <pthread.h>

#include "files.h"
#include "filing.h"

enum { MODELS_MOST = 20, CLOSED_DAYS_AHEAD = 80 };
struct duty_model { struct dmn_model *model; day first_day; };

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
/* Written once, before anybody reads them; models live as long as the process. */
static struct duty_model models[MODELS_MOST];
static size_t model_count;

static void load(void) {
  struct arena *a = arena_new(0);
  assert(a && "there is memory for the duties");
  for (size_t i = 0; i < web__duties_count && model_count < MODELS_MOST; i++) {
    struct findings f = findings_in(a);
    struct dmn_source source = { str_of(web__duties[i].name), web__duties[i].bytes };
    struct duty_model *m = &models[model_count];
    result r = dmn_model_load(&source, 1, NULL, &f, &m->model);
    assert(r == RESULT_OK && "a model of duties does not load");
    if (r == RESULT_OK && day_parse(dmn_model_attribute(m->model, "urn:shienkin:rules:1", "firstDay"), &m->first_day)) model_count++;
  }
  arena_free(a);
}

/* The latest whose first day is not after the day, else the earliest. */
static const struct dmn_model *model_on(day on) {
  const struct duty_model *best = NULL;
  pthread_once(&loaded, load);
  for (size_t i = 0; i < model_count; i++) {
    const struct duty_model *m = &models[i];
    bool fits = m->first_day <= on, better = !best || (fits ? best->first_day > on || m->first_day > best->first_day
                                                            : best->first_day > on && m->first_day < best->first_day);
    if (better) best = m;
  }
  return best ? best->model : NULL;
}

/* ---- what is known */

static dmn_value tri_at(const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  if (!v || (v->kind != JSON_KIND_TRUE && v->kind != JSON_KIND_FALSE)) return dmn_null();
  return dmn_boolean(v->kind == JSON_KIND_TRUE);
}

static day known_on(const struct json *document) {
  day d;
  const struct json *v = json_at(document, STR("/facts/incident/discovered_on"));
  return v && v->kind == JSON_KIND_STRING && day_parse(json_text(v), &d) ? d : DAY_NONE;
}

/* An attack or an insider's crime was meant to do wrong; it was not where both are ruled out. */
static dmn_value wrongful(const struct json *document) {
  dmn_value attack = tri_at(document, "/facts/incident/cyber_attack"), insider = tri_at(document, "/facts/incident/insider_crime");
  if (dmn_is_true(attack) || dmn_is_true(insider)) return dmn_boolean(true);
  return dmn_is_false(attack) && dmn_is_false(insider) ? dmn_boolean(false) : dmn_null();
}

static dmn_value event_of(struct dmn_session *s, const struct json *document) {
  static const str names[] = { STR_INIT("知った日"), STR_INIT("漏えい等"), STR_INIT("高度な暗号化"), STR_INIT("要配慮個人情報"),
                               STR_INIT("財産的被害のおそれ"), STR_INIT("不正の目的のおそれ"), STR_INIT("本人の数"), STR_INIT("受託"),
                               STR_INIT("委託元へ通知済"), STR_INIT("医療情報システムへの攻撃"), STR_INIT("診療への支障") };
  const struct json *persons = json_at(document, STR("/facts/leak/persons"));
  day known = known_on(document);
  dmn_value values[] = { known == DAY_NONE ? dmn_null() : dmn_date(known),
                         tri_at(document, "/facts/leak/occurred"),
                         tri_at(document, "/asked/encrypted"),
                         tri_at(document, "/asked/sensitive"),
                         tri_at(document, "/asked/financial"),
                         wrongful(document),
                         persons && persons->kind == JSON_KIND_INTEGER ? dmn_integer(persons->integer) : dmn_null(),
                         tri_at(document, "/asked/entrusted"),
                         dmn_null(),
                         tri_at(document, "/facts/incident/cyber_attack"),
                         tri_at(document, "/asked/closed") };
  return dmn_context_of(s, names, values, COUNT_OF(names));
}

/* Days on which the authorities are closed, but for Saturdays and Sundays, from the day of knowing on. */
static dmn_value closed_days(struct arena *a, day known) {
  const struct calendar *national = calendar_national();
  dmn_value *days = ARENA_ARRAY(a, dmn_value, CLOSED_DAYS_AHEAD + 1);
  uint32_t count = 0;
  for (day d = known; known != DAY_NONE && d <= known + CLOSED_DAYS_AHEAD; d++)
    if (!calendar_open(national, CALENDAR_ADMINISTRATION, d)) days[count++] = dmn_date(d);
  return dmn_list(days, count);
}

/* ---- what the model says */

static str text_of(const struct page *p, dmn_value duty, const char *ja, const char *en) {
  dmn_value v = dmn_get(duty, str_of(p->english ? en : ja));
  return v.kind == DMN_STRING ? str_copy(p->arena, dmn_text(v)) : STR("");
}

static void add_link(const struct page *p, struct page_object *o, str duty) {
  page_set_str(o, "link", STR(""));
  for (size_t i = 0; i < GATE_DUTY_LINKS; i++) {
    const struct gate_duty_link *link = &p->gate->duty_links[i];
    if (link->address.n == 0 || !str_eq(duty, str_of(link->duty))) continue;
    page_set_str(o, "link", link->address);
    page_set_str(o, "link_checked", page_say(p, "filing.duty_checked", page_day(p, link->checked_on)));
  }
}

static struct json duty_of(const struct page *p, dmn_value duty) {
  static const struct { const char *word, *text; } needs[] = { { "必要", "filing.duty_needed" }, { "不要", "filing.duty_not_needed" } };
  struct page_object o = page_object(p->arena);
  str need = text_of(p, duty, "要否", "要否"), nature = text_of(p, duty, "期限の性質", "英語期限の性質");
  dmn_value by = dmn_get(duty, STR("期限"));
  const char *words = "filing.duty_unknown";
  for (size_t i = 0; i < COUNT_OF(needs); i++)
    if (str_eq(need, str_of(needs[i].word))) words = needs[i].text;
  page_set_str(&o, "duty_name", text_of(p, duty, "名称", "英語名称"));
  page_set_str(&o, "needed", page_say_with(p, words, 0, NULL));
  page_set_str(&o, "to", text_of(p, duty, "先", "英語先"));
  page_set_str(&o, "by", by.kind == DMN_DATE ? page_day(p, by.as.i) : STR(""));
  bool needed = !str_eq(need, STR("不要"));
  page_set_bool(&o, "past", needed && by.kind == DMN_DATE && by.as.i < day_in_japan(p->r->at_us));
  page_set_str(&o, "nature", nature);
  bool strict = str_eq(text_of(p, duty, "期限の性質", "期限の性質"), STR("期限"));
  page_set_str(&o, "nature_alone", by.kind == DMN_DATE ? STR("") : strict ? page_say(p, "filing.duty_no_day") : nature);
  add_link(p, &o, text_of(p, duty, "符号", "符号"));
  page_set_str(&o, "basis", text_of(p, duty, "根拠", "根拠"));
  return page_json(&o);
}

struct asking { struct page *page; struct dmn_session *session; const struct dmn_model *model; const struct json *document; };

static void ask(void *context) {
  struct asking *q = context;
  struct dmn_session *s = q->session;
  uint32_t event = dmn_model_find(q->model, STR("事態")), closed = dmn_model_find(q->model, STR("閉庁日"));
  uint32_t answer = dmn_model_find(q->model, STR("報告義務"));
  if (event == DMN_NO_NODE || closed == DMN_NO_NODE || answer == DMN_NO_NODE) return;
  dmn_bind(s, event, event_of(s, q->document));
  dmn_bind(s, closed, closed_days(dmn_session_arena(s), known_on(q->document)));
  dmn_value duties;
  if (dmn_evaluate(s, answer, &duties) != RESULT_OK || duties.kind != DMN_LIST) return;
  struct page_list list = page_list(q->page->arena);
  struct page_object o = page_object(q->page->arena);
  for (uint32_t i = 0; i < duties.length; i++) page_push(&list, duty_of(q->page, duties.as.items[i]));
  day known = known_on(q->document);
  page_set_str(&o, "duties_known", known == DAY_NONE ? page_say(q->page, "filing.duties_no_day")
                                                    : page_say(q->page, "filing.duties_day", page_day(q->page, known)));
  page_set(&o, "list", page_items(&list));
  page_set(&q->page->document, "duties", page_json(&o));
}

static void free_session(void *session) { dmn_session_free(session); }

void filing__duties(struct page *p, const struct json *document) {
  page_set_bool(&p->document, "duties", false);
  day known = known_on(document);
  const struct dmn_model *model = model_on(known == DAY_NONE ? day_in_japan(p->r->at_us) : known);
  struct dmn_host host = { .now_us = p->r->at_us, .utc_offset_s = 9 * 3600 };
  struct dmn_session *session = model ? dmn_session_new(model, &host, NULL) : NULL;
  if (!session) return;
  arena_defer(p->arena, free_session, session);
  struct asking q = { p, session, model, document };
  /* What does not fit the engine's memory leaves the page without its advice. */
  if (arena_run(dmn_session_arena(session), ask, &q) != RESULT_OK) page_set_bool(&p->document, "duties", false);
}
