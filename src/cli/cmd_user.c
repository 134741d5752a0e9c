/* user: accounts, mandates, roles and letters, as owners and the staff keep them. */
#include "commands.h"
#include "remote/verbs.h"

#define ACCOUNT_COLUMNS "account login name realm roles closed_at seen_at person"

static const struct verb verbs[] = {
  { "list", "", "GET", "/v1/accounts", NULL, "words? realm? role? state? cursor? limit?", NULL, NULL, NULL, ACCOUNT_COLUMNS,
    "アカウントの一覧", "accounts, by a part of name or login, by realm, role or state" },
  { "show", "ACCOUNT", "GET", "/v1/accounts/{}", NULL, NULL, NULL, NULL, NULL, NULL, "アカウントの内容、委任、待っている手紙",
    "an account, whom it may act for, the letter that waits" },
  { "open", "", "POST", "/v1/accounts", "realm login name? name_kana? person? facility? mandate_kind?", NULL, NULL, NULL, NULL, NULL,
    "アカウントを開く。realm は clinic staff auditor。職員の利用開始コードは一度だけ表示されます",
    "opens an account; realm: clinic, staff or auditor. The code of the staff is shown once" },
  { "close", "ACCOUNT", "POST", "/v1/accounts/{}/close", "reason", NULL, NULL, NULL, NULL, NULL, "アカウントを閉じる", "closes an account" },
  { "reset", "ACCOUNT", "POST", "/v1/accounts/{}/reset", "reason", NULL, NULL, NULL, NULL, NULL,
    "本人確認をやり直せるようにする。医療機関には手紙が出ます。職員のものはもう一人の制度管理者が確認するまで効きません",
    "lets an account begin anew: a clinic's by letter, one of the staff once another owner has confirmed" },
  { "resets", "", "GET", "/v1/account-resets", NULL, NULL, NULL, NULL, NULL, "reset login name reason by at",
    "職員の再設定で、もう一人の制度管理者の確認を待つもの", "resets of the staff that wait for another owner" },
  { "reset confirm", "RESET", "POST", "/v1/account-resets/{}/confirm", NULL, NULL, NULL, NULL, NULL, NULL,
    "ほかの制度管理者が頼んだ再設定を確認する。コードは一度だけ表示されます", "confirms another owner's reset; the code is shown once" },
  { "roles", "", "GET", "/v1/grants", NULL, NULL, NULL, NULL, NULL, "grant name role from until reason person",
    "役割、確認待ちの付与、二人に足りない役割", "who holds what, grants that wait, roles that two persons cannot staff" },
  { "grant", "", "POST", "/v1/grants", "person role reason from? until?", NULL, NULL, NULL, NULL, NULL,
    "役割を付与する。もう一人の制度管理者が確認するまで効きません", "grants a role; without effect until another owner confirms" },
  { "confirm", "GRANT", "POST", "/v1/grants/{}/confirm", NULL, NULL, NULL, NULL, NULL, NULL, "付与を確認する", "confirms another owner's grant" },
  { "revoke", "GRANT", "POST", "/v1/grants/{}/revoke", "reason", NULL, NULL, NULL, NULL, NULL, "役割を取り消す", "revokes a role" },
  { "mandate", "", "POST", "/v1/mandates", "account facility kind", NULL, NULL, NULL, NULL, NULL,
    "委任を登録する。kind は representative clerk proxy", "says that an account may act for a facility; kind: representative, clerk or proxy" },
  { "mandates", "", "GET", "/v1/mandates", NULL, "facility", NULL, NULL, NULL, "mandate kind login name began_at by",
    "施設の委任の一覧", "who may act for a facility" },
  { "mandate end", "MANDATE", "POST", "/v1/mandates/{}/end", "reason", NULL, NULL, NULL, NULL, NULL, "委任を終える", "ends a mandate" },
  { "letters", "", "GET", "/v1/letters", NULL, NULL, NULL, NULL, NULL, "letter kind name login asked_at printed_at posted_at expires_on facility",
    "発送する手紙の一覧", "letters for the mail room" },
  { "letter", "LETTER", "POST", "/v1/letters/{}/print", NULL, NULL, NULL, NULL, NULL, NULL,
    "手紙のコードを作って表示する。前のコードは使えなくなります", "makes a letter's code and shows it; the code before is void" },
};

void cmd_user_help(bool japanese) {
  verbs_help("user", verbs, COUNT_OF(verbs), japanese);
}

enum exit_code cmd_user(int argc, char **argv) { return verbs_run("user", verbs, COUNT_OF(verbs), argc, argv); }
