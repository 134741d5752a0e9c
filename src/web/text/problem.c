/* Pages that say that something did not work. What is named as a problem's code takes the place of its detail, which is for
 * programs. */
#include "text.h"

static const struct page_text texts[] = {
  { "home", "はじめの画面へ戻る", "Back to the home page" },
  { "internal", "こちらの誤りで、この画面を表示できませんでした。あなたの操作に問題があるわけではありません。少し待ってから、もう一度お試しください。"
                "続くときは、下の番号を添えて運営の担当者にお知らせください。",
    "Through a fault of ours this page could not be shown; it is nothing that you did. Please wait a moment and try again. If it goes on, "
    "please tell those who run this service, with the number below." },
  { "busy", "ただいま混み合っています。あなたの操作に問題があるわけではありません。少し待ってから、もう一度お試しください。",
    "There is a lot to do just now; it is nothing that you did. Please wait a moment and try again." },
  { "unavailable", "ただいま、この画面を表示できません。あなたの操作に問題があるわけではありません。保存されたものは残っています。"
                   "1〜2分待ってから、もう一度お試しください。",
    "This page cannot be shown just now. It is nothing that you did, and what was saved is safe. Please wait a minute or two and try again." },
  { "shutting_down", "ただいま再起動しています。1〜2分待ってから、もう一度お試しください。",
    "The service is restarting. Please wait a minute or two and try again." },
  { "outcome_unknown", "処理が終わったかどうかを、まだ確かめられません。1〜2分待ってもとの画面を開き、反映されているかをご確認ください。",
    "Whether this was done is not known yet. Please wait a minute or two, open the page again and see whether it is there." },
  { "precondition_failed", "画面を開いたあとに、内容が変わっています。もとの画面を開き直して、最新の内容をご確認ください。",
    "It has changed since you opened the page. Please open the page again and look at what it says now." },
  { "number", "お問い合わせのときは、この番号をお知らせください", "If you ask us about this, please give this number" },
};
const struct page_area text_problem = { "problem", texts, COUNT_OF(texts) };
