/* What the next page says once, after something was done. */
#include "text.h"

static const struct page_text texts[] = {
  { "signed_out", "ログアウトしました。", "You have signed out." },
  { "sign_in_again", "時間がたったため、もう一度はじめからログインしてください。", "Too much time has passed. Please sign in from the beginning." },
  { "session_ended", "しばらく操作がなかったためログアウトしました。ログインすると元の画面に戻ります。最後に保存したところまでの内容は残っています。",
    "You were signed out after a while without activity. Sign in to return to your page. What was saved last is still there." },
};
const struct page_area text_notice = { "notice", texts, COUNT_OF(texts) };
