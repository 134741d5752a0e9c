/* What the next page says once, after something was done. */
#include "text.h"

static const struct page_text texts[] = {
  { "signed_out", "ログアウトしました。", "You have signed out." },
  { "sign_in_again", "時間がたったため、もう一度はじめからログインしてください。", "Too much time has passed. Please sign in from the beginning." },
  { "session_ended", "しばらく操作がなかったためログアウトしました。ログインすると元の画面に戻ります。最後に保存したところまでの内容は残っています。",
    "You were signed out after a while without activity. Sign in to return to your page. What was saved last is still there." },
  { "message_sent", "送りました。返事はこの画面に届きます。", "Sent. The answer will come here." },
  { "answer_sent", "お答えを受け取りました。続きを審査します。", "We have your answer and go on." },
  { "claim_woken", "審査を再開しました。", "The claim goes on." },
  { "claim_moved", "申請の状態が変わっていたため、申請の画面に戻りました。", "The claim has moved meanwhile, so you are back on its page." },
  { "claim_withdrawn", "申請を取り下げました。", "The claim was withdrawn." },
  { "reconsideration_asked", "もう一度の審査を受け付けました。別の担当者が見直します。", "We have your wish. Other people will look again." },
  { "reconsideration_withdrawn", "見直しの求めを取り下げました。前の決定が有効です。", "Taken back. The earlier decision stands." },
  { "filing_saved", "保存しました。いつでも続きを書けます。", "Saved. You can go on whenever you like." },
  { "filing_saved_here", "保存しました。", "Saved." },
  { "filing_discarded", "下書きを捨てました。", "The draft was thrown away." },
  { "filing_not_discarded", "下書きは捨てていません。捨てるときは、確認の欄にチェックを入れてください。", "The draft is still there. Tick the box to throw it away." },
  { "filing_file_came", "ファイルを受け取りました。", "The file was received." },
};
const struct page_area text_notice = { "notice", texts, COUNT_OF(texts) };
