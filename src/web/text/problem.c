/* Pages that say that something did not work. */
#include "text.h"

static const struct page_text texts[] = {
  { "home", "はじめの画面へ戻る", "Back to the home page" },
  { "ours", "入力された内容に問題があるわけではありません。少し待ってから、もう一度お試しください。",
    "Nothing is wrong with what you entered. Please wait a moment and try again." },
  { "number", "お問い合わせのときは、この番号をお知らせください", "If you ask us about this, please give this number" },
};
const struct page_area text_problem = { "problem", texts, COUNT_OF(texts) };
