/* texts: what each message says: what happened, and that one should sign in. A new kind is a row here and in mail_kind. */
#include "mail/texts.h"

#include "shienkin/scheme.h"

static const struct mail_text texts[] = {
  { "receipt", "申請を受け付けました / Claim received", "申請を受け付けました。受付の控えと今後の流れは、ログインするとご覧になれます。",
    "Your claim was received. Sign in to see the receipt and what happens next." },
  { "asked", "確認したいことがあります / We have a question",
    "申請について確認したいことがあります。ログインして照会の内容をご覧のうえ、ご回答ください。回答が遅れても、それだけで不支給になることはありません。",
    "We need to ask you something about your claim. Please sign in, read it and answer. A late answer alone is never a refusal." },
  { "word", "連絡が届いています / A message for you", "申請について連絡が届いています。ログインしてご覧ください。",
    "There is a message about your claim. Please sign in to read it." },
  { "decision", "申請の決定について / Decision on your claim", "申請について決定がありました。ログインして決定通知書をご覧ください。",
    "Your claim has been decided. Please sign in to read the notice." },
  { "payee_changed", "振込先が届け出られました / Payee account given or changed",
    "振込先の口座が届け出られたか、変更されました。お心当たりがないときは、すぐに日本医師会サイバーセキュリティ対応相談窓口（" SCHEME_SECURITY_DESK "、毎日6時〜21時）へ電話でお知らせください。",
    "The payee account was given or changed. If this was not you, please telephone the JMA cyber-security desk at once: " SCHEME_SECURITY_DESK ", every day, 6:00–21:00 (in Japanese)." },
  { "contact_changed", "連絡先が変更されました / Contact address changed",
    "お知らせの送り先のメールアドレスが変更されました。お心当たりがないときは、すぐに日本医師会サイバーセキュリティ対応相談窓口（" SCHEME_SECURITY_DESK "、毎日6時〜21時）へ電話でお知らせください。",
    "The mail address for notices was changed. If this was not you, please telephone the JMA cyber-security desk at once: " SCHEME_SECURITY_DESK ", every day, 6:00–21:00 (in Japanese)." },
};

const struct mail_text *mail__text(str kind) {
  for (size_t i = 0; i < COUNT_OF(texts); i++)
    if (str_eq(kind, str_of(texts[i].kind))) return &texts[i];
  return NULL;
}

str mail__subject(struct arena *a, const struct mail_text *t, str number) {
  return number.n ? str_format(a, "【サイバー支援金】%s %.*s", t->subject, STR_ARG(number))
                  : str_format(a, "【サイバー支援金】%s", t->subject);
}

/* No name, no link with a token: the address of the service is all that stands in it, so that a false message is told by
 * whatever more it has. */
str mail__body(struct arena *a, const struct mail_text *t, str number, str site) {
  str about_ja = number.n ? str_format(a, "受付番号: %.*s\n", STR_ARG(number)) : STR("");
  str about_en = number.n ? str_format(a, "Claim: %.*s\n", STR_ARG(number)) : STR("");
  return str_format(a,
                    "%s\n\n%.*sログイン: %.*s\n\n"
                    "このメールに個人情報は書かれていません。返信しても届きません。パスワードや確認コードをメールでお尋ねすることはありません。\n\n"
                    "----\n\n%s\n\n%.*sSign in: %.*s\n\n"
                    "This message holds no personal data. Replies are not read. We never ask for a password or a code by mail.\n",
                    t->ja, STR_ARG(about_ja), STR_ARG(site), t->en, STR_ARG(about_en), STR_ARG(site));
}
