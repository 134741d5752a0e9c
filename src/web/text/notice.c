/* What the next page says once, after something was done. */
#include "text.h"

static const struct page_text texts[] = {
  { "signed_out", "ログアウトしました。", "You have signed out." },
  { "sign_in_again", "時間がたったため、もう一度はじめからログインしてください。", "Too much time has passed. Please sign in from the beginning." },
  { "session_ended", "しばらく操作がなかったためログアウトしました。ログインすると元の画面に戻ります。最後に保存したところまでの内容は残っています。",
    "You were signed out after a while without activity. Sign in to return to your page. What was saved last is still there." },
  { "filing_saved", "保存しました。いつでも続きを書けます。", "Saved. You can go on whenever you like." },
  { "filing_saved_here", "保存しました。", "Saved." },
  { "filing_discarded", "下書きを捨てました。", "The draft was thrown away." },
  { "filing_not_discarded", "下書きは捨てていません。捨てるときは、確認の欄にチェックを入れてください。", "The draft is still there. Tick the box to throw it away." },
  { "filing_file_came", "ファイルを受け取りました。", "The file was received." },
};
const struct page_area text_notice = { "notice", texts, COUNT_OF(texts) };
