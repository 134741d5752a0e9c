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
  [WEB_ADDRESS_MISFIT] = { "address_misfit", "「{0}」の住所が長く、封筒の窓に収まりません。選択から外すか、名簿の住所を短くしてから印刷してください。ほかの手紙も、まだ印刷されていません。",
                           "The address of {1} is too long for the envelope's window. Leave it out, or shorten it in the roster. The other letters are not printed yet either." },
  [WEB_ROSTER_FILE] = { "required", "ファイルを選んでください。", "Please choose a file." },
  [WEB_ROSTER_UNSEEN] = { "roster_unseen", "確かめたものと、ファイルか答えが違います。もう一度「確かめる」を押してから取り込んでください。",
                          "The file or the answers differ from what was tried. Please try it again, then take it." },
  [WEB_ROSTER_FAULTS] = { "roster_faults", "このファイルには直すところが{0}か所あります。何も取り込んでいません。下の表を見て直し、もう一度選んでください。",
                          "{0} places of this file are to be mended, and nothing was taken. Please look at the table, mend them, choose it again." },
};
