/* explain: a decision in words. What is said comes from the decision and from further decisions of the same rule file
 * (which days count and why not, which facts must be proved, which desk helps), so that it can never say other than the
 * rules did. */
#include "binding.h"
#include "explain_texts.h"

struct telling {
  struct buf out;
  bool ja;
  struct dmn_session *session;
  const struct scheme_binding *binding;
};

static str say(const struct telling *t, enum text_family family, const char *code) {
  return scheme__text(family, str_of(code), t->ja);
}

static str yen_words(const struct telling *t, int64_t amount) {
  struct yen y;
  bool fits = yen_of(amount, &y);
  assert(fits);
  str digits = yen_text(t->out.arena, y);
  return t->ja ? str_format(t->out.arena, "%.*s円", STR_ARG(digits)) : str_format(t->out.arena, "¥%.*s", STR_ARG(digits));
}

static void tell_words(struct telling *t, const char *heading, enum text_family family, struct words words) {
  if (!words.count) return;
  buf_format(&t->out, "    %.*s:", STR_ARG(say(t, TEXT_PHRASE, heading)));
  for (uint32_t i = 0; i < words.count; i++)
    buf_format(&t->out, "%s%.*s", i ? (t->ja ? "、" : "; ") : " ", STR_ARG(scheme__text(family, words.items[i], t->ja)));
  buf_byte(&t->out, '\n');
}

static void tell_clauses(struct telling *t, struct words clauses) {
  if (!clauses.count) return;
  buf_format(&t->out, " [%.*s", STR_ARG(say(t, TEXT_PHRASE, "clauses")));
  for (uint32_t i = 0; i < clauses.count; i++) buf_format(&t->out, " %.*s", STR_ARG(clauses.items[i]));
  buf_byte(&t->out, ']');
}

static void tell_item(struct telling *t, enum item item, const struct item_decision *d) {
  buf_format(&t->out, "  %.*s: ", STR_ARG(scheme__text(TEXT_ITEM, scheme_item_code(item), t->ja)));
  if (d->outcome == OUTCOME_PAYABLE) buf_format(&t->out, "%.*s ", STR_ARG(yen_words(t, d->amount_yen)));
  buf_add(&t->out, scheme__text(TEXT_OUTCOME, scheme_outcome_code(d->outcome), t->ja));
  tell_clauses(t, d->clauses);
  buf_byte(&t->out, '\n');
  tell_words(t, "reason", TEXT_REASON, d->reasons);
  tell_words(t, "missing", TEXT_FACT, d->missing);
  tell_words(t, "any_of", TEXT_FACT, d->any_of);
}

/* ---- further decisions of the rule file; null where it has none, or when it fails */

static dmn_value ask(const struct telling *t, enum scheme__answer which) {
  uint32_t node = scheme__binding_answer(t->binding, which);
  dmn_value v = dmn_null();
  if (node == DMN_NO_NODE || dmn_evaluate(t->session, node, &v) != RESULT_OK) return dmn_null();
  return v;
}

static void tell_days_between(struct telling *t, day from, day to, str verdict) {
  char first[11], last[11];
  day_write(from, first);
  day_write(to, last);
  if (from == to) buf_format(&t->out, "    %s", first);
  else buf_format(&t->out, "    %s%s%s", first, t->ja ? "〜" : " to ", last);
  buf_format(&t->out, ": %.*s\n", STR_ARG(scheme__text(TEXT_DAY, verdict, t->ja)));
}

/* One line for each run of neighbouring days with the same verdict. */
static void tell_days(struct telling *t, const struct decision *d) {
  if (!d->claimed_days) return;
  buf_format(&t->out, "  %.*s: %.*s %lld / %.*s %lld\n", STR_ARG(say(t, TEXT_PHRASE, "days")),
             STR_ARG(say(t, TEXT_PHRASE, "closed_days")), (long long)d->closed_days,
             STR_ARG(say(t, TEXT_PHRASE, "claimed_days")), (long long)d->claimed_days);
  dmn_value days = ask(t, ANSWER_DAYS);
  if (days.kind != DMN_LIST) return;
  day from = DAY_NONE, to = DAY_NONE;
  str verdict = STR_NONE;
  for (uint32_t i = 0; i < days.length; i++) {
    dmn_value at = dmn_get(days.as.items[i], STR("日")), why = dmn_get(days.as.items[i], STR("判定"));
    if (at.kind != DMN_DATE || why.kind != DMN_STRING) continue;
    if (from != DAY_NONE && at.as.i == to + 1 && str_eq(verdict, dmn_text(why))) {
      to = at.as.i;
      continue;
    }
    if (from != DAY_NONE) tell_days_between(t, from, to, verdict);
    from = to = at.as.i;
    verdict = dmn_text(why);
  }
  if (from != DAY_NONE) tell_days_between(t, from, to, verdict);
}

static void tell_proofs(struct telling *t) {
  dmn_value facts = ask(t, ANSWER_MUST_PROVE);
  if (facts.kind != DMN_LIST || !facts.length) return;
  buf_format(&t->out, "  %.*s:", STR_ARG(say(t, TEXT_PHRASE, "proof")));
  for (uint32_t i = 0; i < facts.length; i++)
    if (facts.as.items[i].kind == DMN_STRING)
      buf_format(&t->out, "%s%.*s", i ? (t->ja ? "、" : "; ") : " ",
                 STR_ARG(scheme__text(TEXT_FACT, dmn_text(facts.as.items[i]), t->ja)));
  buf_byte(&t->out, '\n');
}

static void tell_desk(struct telling *t, dmn_value desk) {
  static const char *const parts[][2] = { { "名称", "英語名称" }, { "電話", "電話" }, { "受付", "英語受付" }, { "対象", "英語対象" } };
  const char *before = "    ";
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    dmn_value v = dmn_get(desk, str_of(parts[i][t->ja ? 0 : 1]));
    if (v.kind != DMN_STRING) continue;
    buf_format(&t->out, "%s%.*s", before, STR_ARG(dmn_text(v)));
    before = t->ja ? "　" : ", ";
  }
  buf_byte(&t->out, '\n');
}

static void tell_desks(struct telling *t) {
  dmn_value desks = ask(t, ANSWER_DESKS);
  if (desks.kind != DMN_LIST || !desks.length) return;
  buf_format(&t->out, "  %.*s:\n", STR_ARG(say(t, TEXT_PHRASE, "desks")));
  for (uint32_t i = 0; i < desks.length; i++) tell_desk(t, desks.as.items[i]);
}

static void tell_head(struct telling *t, str claim_id, const struct decision *d) {
  buf_format(&t->out, "%.*s%s%.*s: %.*s\n", STR_ARG(say(t, TEXT_PHRASE, "claim")), claim_id.n ? " " : "", STR_ARG(claim_id),
             STR_ARG(scheme__text(TEXT_OUTCOME, scheme_outcome_code(d->outcome), t->ja)));
  buf_format(&t->out, "  %.*s: %.*s\n", STR_ARG(say(t, TEXT_PHRASE, "total")), STR_ARG(yen_words(t, d->total_yen)));
  if (d->potential_total_yen != d->total_yen)
    buf_format(&t->out, "  %.*s: %.*s\n", STR_ARG(say(t, TEXT_PHRASE, "potential")), STR_ARG(yen_words(t, d->potential_total_yen)));
  tell_words(t, "reason", TEXT_REASON, d->reasons);
}

static void tell_rules(struct telling *t, const struct decision *d) {
  str calendar = calendar_version(d->calendar);
  buf_format(&t->out, "  %.*s: %.*s %.*s (sha256 %.12s…), %.*s %.*s\n", STR_ARG(say(t, TEXT_PHRASE, "rules")),
             STR_ARG(d->rules->id), STR_ARG(d->rules->version), d->rules->sha256, STR_ARG(say(t, TEXT_PHRASE, "calendar")),
             STR_ARG(calendar));
}

str scheme_explain(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision,
                   bool japanese) {
  struct telling t = { buf_in(a), japanese, scheme_decider_session(d), decision->rules->binding };
  tell_head(&t, facts->claim_id, decision);
  for (int i = 0; i < ITEM_COUNT; i++) tell_item(&t, (enum item)i, &decision->items[i]);
  tell_days(&t, decision);
  tell_proofs(&t);
  tell_desks(&t);
  tell_rules(&t, decision);
  return buf_str(&t.out);
}
