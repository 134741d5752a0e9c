/* Texts of findings that pages add. */
#include "messages.h"

const struct message web__messages[WEB_MESSAGE_COUNT] = {
  [WEB_REQUIRED] = { "required", "「{0}」を入力してください。", "Enter: {1}." },
  [WEB_NOT_SAME] = { "not_same", "2つの新しいパスワードが違います。同じものを2回入力してください。",
                     "The two new passwords differ. Enter the same one twice." },
  [WEB_NOT_A_DAY] = { "date", "日付は「2026-05-11」のように、年-月-日で入力してください。", "Write the day as year-month-day, such as 2026-05-11." },
  [WEB_CHOOSE] = { "choose", "どれか一つを選んでください。", "Please choose one." },
  [WEB_UNREADABLE] = { "unreadable", "この形では読み取れません。書き方の例のとおりに入力してください。",
                       "This cannot be read. Please write it as the example shows." },
  [WEB_PERSONAL] = { "personal", "電話番号、メールアドレス、長い番号のようなものが書かれています。要らなければ消し、要るなら「このまま書く」を選んでください。",
                     "This looks like a telephone number, a mail address or another long number. Take it out, or tick that it is needed." },
  [WEB_NO_SUCH_CLAIM] = { "no_such_claim", "受付番号「{0}」の申請は見つかりません。番号を確かめてください。",
                          "There is no claim {1}. Please check the number." },
};
