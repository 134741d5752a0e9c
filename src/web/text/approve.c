/* Approving, and the second factor again before it. */
#include "text.h"

static const struct page_text texts[] = {
  { "list_title", "承認を待っている決定案", "Approvals" },
  { "none", "いま承認を待っている決定案はありません。", "No proposal waits at the moment." },
  { "by", "提案", "Proposed by" },
  { "not_yours", "あなたは承認できません", "Not yours to approve" },
  { "reconsideration", "再審査", "Reconsideration" },
  { "title", "決定案 {0}", "Proposal {0}" },
  { "proposed", "提案された決定", "What is proposed" },
  { "changes", "前の決定から変わったこと", "What changed since the last decision" },
  { "first", "この事案の最初の決定です。", "This is the first decision of this incident." },
  { "last_at", "前の決定:", "Last decision:" },
  { "same", "決定の内容は前と同じです。", "The decision says the same as before." },
  { "facts", "医療機関が変えた事実:", "Facts that the clinic changed:" },
  { "checks", "前の決定のあとの確認", "Checks since then" },
  { "checks_first", "これまでの確認", "Checks so far" },
  { "decide", "承認するか、差し戻す", "Approve or send back" },
  { "decide_hint", "承認すると、いまの事実と規則でもう一度計算します。提案と少しでも違えば承認されません。直前に本人確認をお願いすることがあります。",
    "Approving computes the decision again; nothing is approved if it differs at all. You may be asked to confirm that it is you." },
  { "submit", "承認する", "Approve" },
  { "send_back", "理由を書いて差し戻す", "Send back with a reason" },
  { "to_case", "申請の画面を開く", "Open the claim" },
};
const struct page_area text_approve = { "approve", texts, COUNT_OF(texts) };

static const struct page_text step_up_texts[] = {
  { "title", "もう一度、本人確認をしてください", "Confirm it is you" },
  { "intro", "取り消せない操作の前に確認しています。確認すると元の画面に戻るので、もう一度ボタンを押してください。",
    "This comes before what cannot be taken back. You return to your page afterwards; please press the button there again." },
  { "code", "確認コード", "Code" },
  { "hint", "認証アプリの6桁の数字です。認証アプリを設定していないときは、パスワードを入力してください。",
    "Six digits of your authenticator. Without an authenticator, your password." },
  { "submit", "確認する", "Confirm" },
};
const struct page_area text_step_up = { "step_up", step_up_texts, COUNT_OF(step_up_texts) };
