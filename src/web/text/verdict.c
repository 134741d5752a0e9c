/* What the rules would say, before anything was decided. */
#include "text.h"

static const struct page_text texts[] = {
  { "title", "いまの内容での見込み", "What this comes to as it stands" },
  { "total", "支給の見込み", "Payable now" },
  { "at_most", "書類や事実がそろったときの最大:", "At most, once everything still open is answered:" },
  { "then", "。整えば", "; then" },
  { "missing", "必要:", "Needed:" },
  { "any_of", "次のどれか一つが必要:", "One of these is needed:" },
  { "days", "申告した休診日 {0}日のうち、数えられるのは{1}日です。", "Of {0} days of closure, {1} count." },
  { "desks", "ご相談の窓口", "Who can help" },
  { "desks_nothing", "この制度で支給できるものがないときも、次の窓口が相談に応じます", "Even where this scheme pays nothing, these desks can help" },
  { "not_final", "これは見込みです。担当者が事実を確認し、別の担当者が承認して決まります。",
    "This is an outlook. One person verifies the facts and another approves." },
};
const struct page_area text_verdict = { "verdict", texts, COUNT_OF(texts) };
