#include "explain_texts.h"

static const struct message items[] = {
  { "attack", "サイバー攻撃の支援金", "Support for a cyber attack" },
  { "closure", "休診の支援金", "Support for days of closure" },
  { "leak_by_attack", "サイバー攻撃による漏えいの支援金", "Support for a leak caused by the attack" },
  { "leak_other", "その他の漏えいの支援金", "Support for a leak without an attack" },
  { NULL, NULL, NULL },
};

static const struct message outcomes[] = {
  { "payable", "支給できます", "payable" },
  { "partly_payable", "一部を支給でき、残りは書類か事実の確認を待っています", "partly payable; the rest waits for papers or facts" },
  { "awaiting_filing", "届出を待っています", "awaiting a filing" },
  { "undetermined", "まだわからない事実があります", "undetermined: a fact is still unknown" },
  { "not_payable", "支給の対象になりません", "not payable" },
  { "not_applicable", "この事案には当たりません", "does not apply to this incident" },
  { NULL, NULL, NULL },
};

static const struct message reasons[] = {
  { "member_not_a1", "発生日に日本医師会A①会員ではありません", "the member was no A① member of the JMA on the day of the incident" },
  { "facility_not_members", "発生日にその会員が開設または管理する施設ではありません",
    "the member neither opened nor managed the facility on the day of the incident" },
  { "before_scheme_start", "制度の開始日より前の事案です", "the incident happened before the scheme began" },
  { "insider_crime", "内部犯罪に起因する事案は対象外です", "a case caused by an insider's crime is excluded" },
  { "no_closed_day", "算入できる休診日がありません", "no day of closure counts" },
  { "separate_incident", "攻撃と、攻撃によらない漏えいは別の事案です。漏えいを別に申請してください",
    "an attack, and a leak that it did not cause, are two incidents: please file the leak as a claim of its own" },
  { "nothing_claimable", "支給の対象となる出来事がありません", "nothing happened that the scheme pays for" },
  { NULL, NULL, NULL },
};

static const struct message facts[] = {
  { "/incident/occurred_on", "事案の発生日", "the date of the incident" },
  { "/incident/cyber_attack", "サイバー攻撃であったかどうか", "whether it was a cyber attack" },
  { "/incident/insider_crime", "内部犯罪かどうか", "whether it was an insider's crime" },
  { "/member/class", "会員区分", "the member's class" },
  { "/member/relation", "会員と施設の関係", "what the member is to the facility" },
  { "/facility/kind", "施設の種別", "the kind of facility" },
  { "/facility/closed_weekdays", "定休日", "the regular days off" },
  { "/facility/closed_on_holidays", "祝日の休診", "whether it closes on holidays" },
  { "/facility/extra_open_dates", "臨時に診療する日", "extra open days" },
  { "/facility/extra_closed_dates", "臨時に休診する日", "extra closed days" },
  { "/closures", "休診した期間", "the closures" },
  { "/leak/occurred", "個人情報の漏えいが起きたかどうか", "whether personal data leaked" },
  { "/leak/caused_by_attack", "漏えいの原因がサイバー攻撃かどうか", "whether the attack caused the leak" },
  { "/filings/mhlw_on", "厚生労働省への届出", "notification of the Ministry of Health, Labour and Welfare" },
  { "/filings/jma_on", "日本医師会への届出", "notification of the Japan Medical Association" },
  { "/filings/ppc_on", "個人情報保護委員会への報告", "the report to the Personal Information Protection Commission" },
  { "/filings/ppc_prevention_measures", "報告に再発防止策が書かれていること", "measures against recurrence in that report" },
  { "/filings/persons_notified_on", "本人への通知", "notice to the persons concerned" },
  { NULL, NULL, NULL },
};

static const struct message days[] = {
  { "算入", "算入", "counts" },
  { "範囲対象外", "範囲が対象外（一部休診など）", "the scope does not count" },
  { "事案発生前", "事案の発生前", "before the incident" },
  { "臨時休診日", "もともと臨時休診の日", "a day off announced anyway" },
  { "定休日", "定休日", "a regular day off" },
  { "祝日", "祝日の休診日", "a holiday on which it closes" },
  { NULL, NULL, NULL },
};

static const struct message phrases[] = {
  { "claim", "申請", "Claim" },
  { "total", "支給額 合計", "Total" },
  { "potential", "未確定の事実と届出がすべて整った場合の最大", "At most, once everything still open is answered" },
  { "missing", "必要なもの（すべて）", "Needed (all of these)" },
  { "any_of", "必要なもの（いずれか一つ）", "Needed (one of these)" },
  { "clauses", "条項", "clauses" },
  { "reason", "理由", "Reason" },
  { "days", "休診日", "Days of closure" },
  { "closed_days", "算入した休診日数", "Days that count" },
  { "claimed_days", "申告した日数", "days filed" },
  { "desks", "ご相談の窓口", "Who can help" },
  { "rules", "判定に使った規則", "Decided by" },
  { "calendar", "祝日表", "holiday calendar" },
  { "proof", "確認すべき事実", "Facts to be proved" },
  { NULL, NULL, NULL },
};

static const struct message *const families[TEXT_FAMILY_COUNT] = {
  [TEXT_ITEM] = items, [TEXT_OUTCOME] = outcomes, [TEXT_REASON] = reasons, [TEXT_FACT] = facts,
  [TEXT_DAY] = days,   [TEXT_PHRASE] = phrases,
};

str scheme__text(enum text_family family, str code, bool japanese) {
  for (const struct message *m = families[family]; m->code; m++)
    if (str_eq(code, str_of(m->code))) return str_of(japanese ? m->ja : m->en);
  return code;
}

str scheme_item_name(enum item i, bool japanese) { return scheme__text(TEXT_ITEM, scheme_item_code(i), japanese); }
str scheme_fact_name(str pointer, bool japanese) { return scheme__text(TEXT_FACT, pointer, japanese); }
str scheme_outcome_name(str code, bool japanese) { return scheme__text(TEXT_OUTCOME, code, japanese); }
str scheme_reason_name(str code, bool japanese) { return scheme__text(TEXT_REASON, code, japanese); }
str scheme_day_name(str verdict, bool japanese) { return scheme__text(TEXT_DAY, verdict, japanese); }
