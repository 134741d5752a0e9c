/* The list of claims for those who work on them. */
#include "text.h"

static const struct page_text texts[] = {
  { "title", "申請の一覧", "Claims" },
  { "filter", "一覧をしぼりこむ", "Narrow the list" },
  { "words", "さがす", "Search" },
  { "words_hint", "受付番号、施設の名前やコード、会員番号（一部でもさがせます）", "Claim number, facility's name or code, member's number; a part will do" },
  { "state", "状態", "State" },
  { "whose", "担当", "Assigned to" },
  { "waits", "返事と期限", "Answers and dates" },
  { "order", "並べ方", "Order" },
  { "show", "表示する", "Show" },
  { "take_next", "次の申請を担当する", "Take the next claim" },
  { "take_hint", "だれも担当していない、いちばん古い申請が開きます。", "Opens the oldest claim that nobody has." },
  { "all", "すべての一覧と件数に戻る", "Back to the whole list with its numbers" },
  { "mine", "自分の担当", "Mine" },
  { "mine_answered", "自分の担当で返事あり", "Mine, answered" },
  { "mine_due", "自分の担当で期限まぢか", "Mine, due" },
  { "unassigned", "担当なし", "Nobody's" },
  { "nothing", "この条件の申請はありません。条件を変えるか、「進行中すべて」を選んでください。", "No claim fits. Change the filter, or choose “All that are open”." },
  { "unknown_facility", "（名簿で確認できない施設）", "(facility unknown to the roster)" },
  { "member", "会員番号", "Member" },
  { "assigned", "担当", "Assigned to" },
  { "nobody", "担当なし", "Nobody" },
  { "held", "保留あり", "Held" },
  { "age", "受付から{0}営業日", "{0} working days since it came" },
  { "due", "処理の目安", "Aim for" },
  { "late", "目安を過ぎています", "Late" },
  { "next", "続きを見る", "More" },
  { "first", "はじめから見る", "From the top" },
};
const struct page_area text_queue = { "queue", texts, COUNT_OF(texts) };
