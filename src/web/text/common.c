/* What stands on every page. */
#include "text.h"

static const struct page_text texts[] = {
  { "skip", "本文へ移動", "Skip to main content" },
  { "home", "はじめの画面", "Home" },
  { "sign_in", "ログイン", "Sign in" },
  { "sign_out", "ログアウト", "Sign out" },
  { "signed_in_as", "ログイン中", "Signed in" },
  { "switch_language", "English", "日本語" },
  { "other_language", "en", "ja" },
  { "demo_banner", "これはデモです。本当の申請や個人情報は入力しないでください。", "This is a demo. Do not enter real claims or personal data." },
  { "demo_link", "デモの入口へ", "To the demo's door" },
  { "error_mark", "エラー: ", "Error: " },
  { "errors_title", "入力を確認してください", "Please check what you entered" },
  { "optional", "任意", "optional" },
  { "notice_title", "お知らせ", "Notice" },
  { "footer_desk", "困ったときは、日本医師会サイバーセキュリティ対応相談窓口", "In trouble? Call the JMA cyber-security desk on" },
  { "footer_telephone", TEXT_SECURITY_DESK, TEXT_SECURITY_DESK },
  { "footer_hours", "（毎日6時〜21時）へお電話ください。", "(every day, 6:00–21:00, in Japanese)." },
  { "role_clinic", "医療機関", "clinic" },
  { "role_proxy", "代行", "proxy" },
  { "role_adjuster", "審査担当", "adjuster" },
  { "role_approver", "承認担当", "approver" },
  { "role_casework", "審査担当・承認担当", "adjuster and approver" },
  { "role_cashier", "支払担当", "cashier" },
  { "role_owner", "制度の管理者", "owner of the scheme" },
  { "role_auditor", "監査担当", "auditor" },
};
const struct page_area text_common = { "common", texts, COUNT_OF(texts) };
