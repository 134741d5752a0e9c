/* What was typed and could not be carried out at once. */
#include "text.h"

static const struct page_text texts[] = {
  { "title", "まだ送られていません", "Not sent yet" },
  { "signed_in", "本人確認ができました。入力した内容は残っています。確かめて、下のボタンで送ってください。",
    "You have shown that it is you. What you entered is kept: please look at it and send it with the button below." },
  { "old", "この画面を開いたあとで、ログインし直しています。入力した内容は残っています。確かめて、下のボタンで送ってください。",
    "You signed in anew after this page was opened. What you entered is kept: please look at it and send it with the button below." },
  { "busy", "いまは受け付けられませんでした。入力した内容は残っています。少し待ってから、もう一度送ってください。二重になることはありません。",
    "We could not take it just now. What you entered is kept. Please wait a moment and send it again; nothing happens twice." },
  { "unsure_title", "送れたかどうかを確かめています", "Not known yet whether it was sent" },
  { "unsure", "受け付けられたかどうかを、まだ確かめられません。入力した内容は残っています。少し待ってから、もう一度送ってください。もう受け付けられていたときも、二重になることはありません。",
    "Whether it was taken is not known yet. What you entered is kept. Please wait a moment and send it again; even if it was taken already, nothing happens twice." },
  { "fault", "こちらの誤りで受け付けられませんでした。入力した内容は残っています。少し待ってから、もう一度送ってください。二重になることはありません。"
             "続くときは、この番号を添えて運営の担当者にお知らせください：{0}",
    "Through a fault of ours it could not be taken. What you entered is kept. Please wait a moment and send it again; nothing happens twice. "
    "If it goes on, please tell those who run this service, with this number: {0}" },
  { "typed", "入力した内容", "What you entered" },
  { "send", "この内容で送る", "Send this" },
  { "again", "もう一度送る", "Send again" },
  { "back", "送らずに、もとの画面に戻る", "Go back to the page without sending" },
  { "ended", "しばらく操作がなかったためログアウトしていました。入力した内容は残っています。ログインすると、続きから送れます。",
    "You had been signed out after a while without activity. What you entered is kept: sign in, and you can go on and send it." },
  { "confirm", "入力した内容は残っています。本人確認がすむと、続きから送れます。",
    "What you entered is kept: once you have confirmed that it is you, you can go on and send it." },
  { "demo_login", "デモのアカウント（例：demo-clinic-1）", "Account of the demo (such as demo-clinic-1)" },
  { "demo_submit", "デモのアカウントで続ける", "Go on with an account of the demo" },
};
const struct page_area text_kept = { "kept", texts, COUNT_OF(texts) };
