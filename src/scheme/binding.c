/* binding: facts to the inputs of a rule file.
 *
 * Rules speak Japanese (rules/README.md): the words below are what a clerk reads in the tables, in the order of the
 * contract's enums. A new fact, and only a new fact, needs a new row here and a new contract. */
#include "binding.h"
#include "messages.h"

enum words_of { WORDS_ATTACK_TYPE, WORDS_CLASS, WORDS_RELATION, WORDS_KIND, WORDS_SCOPE, WORDS_WEEKDAY, WORDS_OF_COUNT };
#define WORDS_MOST 8
#define INPUTS_MOST 8
static const str words[WORDS_OF_COUNT][WORDS_MOST] = {
  [WORDS_ATTACK_TYPE] = { STR_INIT("ランサムウェア"), STR_INIT("マルウェア"), STR_INIT("不正アクセス"),
                          STR_INIT("サービス妨害"), STR_INIT("遠隔操作詐欺"), STR_INIT("その他") },
  [WORDS_CLASS] = { STR_INIT("A①会員"), STR_INIT("A②会員"), STR_INIT("A②会員(B)"), STR_INIT("A②会員(C)"),
                    STR_INIT("B会員"), STR_INIT("C会員"), STR_INIT("非会員") },
  [WORDS_RELATION] = { STR_INIT("開設"), STR_INIT("管理"), STR_INIT("なし") },
  [WORDS_KIND] = { STR_INIT("病院"), STR_INIT("診療所"), STR_INIT("医師会共同利用施設"), STR_INIT("介護サービス") },
  [WORDS_SCOPE] = { STR_INIT("全面休診"), STR_INIT("新患停止"), STR_INIT("一部休診") },
  [WORDS_WEEKDAY] = { STR_INIT("月曜"), STR_INIT("火曜"), STR_INIT("水曜"), STR_INIT("木曜"), STR_INIT("金曜"),
                      STR_INIT("土曜"), STR_INIT("日曜") },
};

/* The words as values of the engine, and the shapes of the contexts: made once for a session. */
struct scheme__shapes {
  const struct dmn_shape *of_input[INPUTS_MOST];
  dmn_value words[WORDS_OF_COUNT][WORDS_MOST];
};

struct feed {                                    /* what a component's value is made from */
  struct dmn_session *session;
  const struct scheme__shapes *shapes;
  const struct facts *facts;
  const struct calendar *national;
};

/* ---- values */

static dmn_value of_tri(enum tri t) { return t == TRI_UNKNOWN ? dmn_null() : dmn_boolean(t == TRI_YES); }
static dmn_value of_day(day d) { return d == DAY_NONE ? dmn_null() : dmn_date(d); }
static dmn_value of_word(const struct feed *f, enum words_of list, int index) { return f->shapes->words[list][index]; }

static dmn_value of_days(const struct feed *f, const day *days, size_t count) {
  if (count == 0) return dmn_list(NULL, 0);
  dmn_value *items = ARENA_ARRAY(dmn_session_arena(f->session), dmn_value, count);
  for (size_t i = 0; i < count; i++) items[i] = dmn_date(days[i]);
  return dmn_list(items, (uint32_t)count);
}

static dmn_value weekdays(const struct feed *f, unsigned closed) {
  if (!closed) return dmn_list(NULL, 0);
  dmn_value *items = ARENA_ARRAY(dmn_session_arena(f->session), dmn_value, 7);
  uint32_t count = 0;
  for (int i = 0; i < 7; i++)
    if (closed & 1u << i) items[count++] = of_word(f, WORDS_WEEKDAY, i);
  return dmn_list(items, count);
}

/* ---- inputs: the names of each one's components, and their values in the same order. Holidays have none: they are a
 * list by themselves. */

static const str incident_names[] = { STR_INIT("発生日"), STR_INIT("発覚日"), STR_INIT("サイバー攻撃"),
                                      STR_INIT("攻撃の種類"), STR_INIT("内部犯罪") };
static dmn_value incident(const struct feed *f, const struct dmn_shape *shape) {
  const struct facts *facts = f->facts;
  bool known = facts->incident.attack_type != ATTACK_UNKNOWN;
  const dmn_value values[COUNT_OF(incident_names)] = {
    of_day(facts->incident.occurred_on),
    of_day(facts->incident.discovered_on),
    of_tri(facts->incident.cyber_attack),
    known ? of_word(f, WORDS_ATTACK_TYPE, (int)facts->incident.attack_type) : dmn_null(),
    of_tri(facts->incident.insider_crime),
  };
  return dmn_shaped(f->session, shape, values);
}

static const str member_names[] = { STR_INIT("区分"), STR_INIT("関係") };
static dmn_value member(const struct feed *f, const struct dmn_shape *shape) {
  const dmn_value values[COUNT_OF(member_names)] = {
    of_word(f, WORDS_CLASS, (int)f->facts->member.class),
    of_word(f, WORDS_RELATION, (int)f->facts->member.relation),
  };
  return dmn_shaped(f->session, shape, values);
}

static const str facility_names[] = { STR_INIT("種別"), STR_INIT("定休日"), STR_INIT("祝日休診"),
                                      STR_INIT("臨時診療日"), STR_INIT("臨時休診日") };
static dmn_value facility(const struct feed *f, const struct dmn_shape *shape) {
  const struct facts *facts = f->facts;
  const dmn_value values[COUNT_OF(facility_names)] = {
    of_word(f, WORDS_KIND, (int)facts->facility.kind),
    weekdays(f, facts->facility.closed_weekdays),
    dmn_boolean(facts->facility.closed_on_holidays),
    of_days(f, facts->facility.extra_open, facts->facility.extra_open_count),
    of_days(f, facts->facility.extra_closed, facts->facility.extra_closed_count),
  };
  return dmn_shaped(f->session, shape, values);
}

static const str closure_names[] = { STR_INIT("開始日"), STR_INIT("終了日"), STR_INIT("範囲") };
static dmn_value closures(const struct feed *f, const struct dmn_shape *shape) {
  const struct facts *facts = f->facts;
  if (!facts->closure_count) return dmn_list(NULL, 0);
  dmn_value *items = ARENA_ARRAY(dmn_session_arena(f->session), dmn_value, facts->closure_count);
  for (uint32_t i = 0; i < facts->closure_count; i++) {
    const struct closure *one = &facts->closures[i];
    const dmn_value values[COUNT_OF(closure_names)] = {
      dmn_date(one->from),
      dmn_date(one->to),
      of_word(f, WORDS_SCOPE, (int)one->scope),
    };
    items[i] = dmn_shaped(f->session, shape, values);
  }
  return dmn_list(items, facts->closure_count);
}

static const str leak_names[] = { STR_INIT("発生"), STR_INIT("攻撃起因") };
static dmn_value leak(const struct feed *f, const struct dmn_shape *shape) {
  const dmn_value values[COUNT_OF(leak_names)] = {
    of_tri(f->facts->leak.occurred),
    of_tri(f->facts->leak.caused_by_attack),
  };
  return dmn_shaped(f->session, shape, values);
}

static const str filing_names[] = { STR_INIT("厚生労働省"), STR_INIT("日本医師会"), STR_INIT("個人情報保護委員会"),
                                    STR_INIT("再発防止策"), STR_INIT("本人通知") };
static dmn_value filings(const struct feed *f, const struct dmn_shape *shape) {
  const struct facts *facts = f->facts;
  const dmn_value values[COUNT_OF(filing_names)] = {
    of_day(facts->filings.mhlw_on),
    of_day(facts->filings.jma_on),
    of_day(facts->filings.ppc_on),
    of_tri(facts->filings.ppc_prevention_measures),
    of_day(facts->filings.persons_notified_on),
  };
  return dmn_shaped(f->session, shape, values);
}

/* The national holidays inside the span of the closures: with them rules(snapshot) is closed, and anyone recomputes it. */
static dmn_value holidays(const struct feed *f, const struct dmn_shape *shape) {
  (void)shape;
  const struct facts *facts = f->facts;
  if (!facts->closure_count) return dmn_list(NULL, 0);
  day from = INT64_MAX, to = INT64_MIN;
  for (uint32_t i = 0; i < facts->closure_count; i++) {
    if (facts->closures[i].from < from) from = facts->closures[i].from;
    if (facts->closures[i].to > to) to = facts->closures[i].to;
  }
  size_t count;
  const day *days = calendar_within(f->national, from, to, &count);
  return of_days(f, days, count);
}

static const struct input {
  str name;
  dmn_value (*value)(const struct feed *f, const struct dmn_shape *shape);
  const str *components;
  uint32_t count;
} inputs[] = {
  { STR_INIT("事案"), incident, incident_names, COUNT_OF(incident_names) },
  { STR_INIT("会員"), member, member_names, COUNT_OF(member_names) },
  { STR_INIT("施設"), facility, facility_names, COUNT_OF(facility_names) },
  { STR_INIT("休診"), closures, closure_names, COUNT_OF(closure_names) },
  { STR_INIT("漏えい"), leak, leak_names, COUNT_OF(leak_names) },
  { STR_INIT("届出"), filings, filing_names, COUNT_OF(filing_names) },
  { STR_INIT("祝日"), holidays, NULL, 0 },
};
#define INPUTS COUNT_OF(inputs)

static const str answers[ANSWER_COUNT] = {
  [ANSWER_DECISION] = STR_INIT("決定"), [ANSWER_MUST_PROVE] = STR_INIT("確認すべき事実"),
  [ANSWER_DESKS] = STR_INIT("案内先"),  [ANSWER_HIGHEST] = STR_INIT("最高額"),
  [ANSWER_DAYS] = STR_INIT("休診日の内訳"),
};

struct scheme_binding { uint32_t input_nodes[INPUTS], answer_nodes[ANSWER_COUNT]; };
_Static_assert(INPUTS <= INPUTS_MOST, "the shapes hold a place for each input");

/* ---- against a rule file */

static int input_index(str name) {
  for (size_t i = 0; i < INPUTS; i++)
    if (str_eq(inputs[i].name, name)) return (int)i;
  return -1;
}

/* An input that nobody can feed would be null for ever, and a rule over it silently undecided. */
static void refuse_unknown_inputs(const struct rule_set *set, struct findings *f) {
  for (uint32_t node = 0; node < dmn_model_count(set->model); node++) {
    const struct dmn_node_info *info = dmn_model_node(set->model, node);
    if (info->kind == DMN_NODE_INPUT && input_index(info->name) < 0)
      FINDING(f, STR(""), &scheme__rules_input_unknown, set->path, info->name);
  }
}

result scheme__binding_make(struct arena *a, const struct rule_set *set, struct findings *f, struct scheme_binding **out) {
  struct scheme_binding *b = ARENA_NEW(a, struct scheme_binding);
  size_t before = f->count;
  for (size_t i = 0; i < INPUTS; i++) b->input_nodes[i] = dmn_model_find(set->model, inputs[i].name);
  for (size_t i = 0; i < ANSWER_COUNT; i++) b->answer_nodes[i] = dmn_model_find(set->model, answers[i]);
  if (b->answer_nodes[ANSWER_DECISION] == DMN_NO_NODE)
    FINDING(f, STR(""), &scheme__rules_node_missing, set->path, answers[ANSWER_DECISION]);
  refuse_unknown_inputs(set, f);
  *out = b;
  return f->count == before ? RESULT_OK : RESULT_REFUSED;
}

struct scheme__shapes *scheme__shapes_make(struct arena *a, struct dmn_session *s) {
  struct scheme__shapes *shapes = ARENA_NEW(a, struct scheme__shapes);
  for (size_t i = 0; i < INPUTS; i++)
    if (inputs[i].count) shapes->of_input[i] = dmn_shape_of(s, inputs[i].components, inputs[i].count);
  for (size_t list = 0; list < WORDS_OF_COUNT; list++)
    for (size_t i = 0; i < WORDS_MOST && words[list][i].p; i++) shapes->words[list][i] = dmn_word(s, words[list][i]);
  return shapes;
}

void scheme__binding_bind(const struct scheme_binding *b, const struct scheme__shapes *shapes, struct dmn_session *s,
                          const struct facts *facts, const struct calendar *national) {
  struct feed f = { s, shapes, facts, national };
  for (size_t i = 0; i < INPUTS; i++)
    if (b->input_nodes[i] != DMN_NO_NODE)
      dmn_bind(s, b->input_nodes[i], inputs[i].value(&f, shapes->of_input[i]));
}

uint32_t scheme__binding_answer(const struct scheme_binding *b, enum scheme__answer which) { return b->answer_nodes[which]; }
