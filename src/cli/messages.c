#include "messages.h"

const struct message cli__line_too_large = {
  "malformed",
  "この行は1 MiBを超えています。1件の申請を1行（1 MiB以下）にしてください。",
  "This line is larger than 1 MiB. Put one claim of at most 1 MiB on a line." };
const struct message cli__file_missing = {
  "unreadable", "ファイル {0} がありません。名前と場所を確かめてください。",
  "There is no file {0}. Check its name and where it stands." };
const struct message cli__file_unreadable = {
  "unreadable", "{0} を読めません。フォルダーではなくファイルか、読む権限があるかを確かめてください。",
  "{0} cannot be read. Check that it is a file and not a folder, and that you may read it." };
const struct message cli__file_too_large = {
  "unreadable", "ファイル {0} が大きすぎます。正しいファイルか確かめ、分けられるものは分けてください。",
  "The file {0} is too large. Check that it is the right one, and split it where it can be." };
const struct message cli__rules_unpublished = {
  "rules_unpublished", "フォルダー {0} に公開された規則がありません。definitions の publishedOn に公開日を書くと判定に使われます。",
  "The folder {0} holds no published rules. A rule file decides once publishedOn of its definitions gives the day." };
const struct message cli__case_shape = {
  "case_file", "事例「{0}」は書き方が正しくありません（使えるもの・要るもの: {1}）。rules/README.md の書き方を見てください。",
  "Case \"{0}\" is not written as cases are (known or needed: {1}). See rules/README.md for how to write it." };
const struct message cli__case_expected = {
  "case_failed", "事例「{0}」: {1} は {2} のはずですが {3} でした。", "Case \"{0}\": {1} should be {2} but is {3}." };
const struct message cli__node_without_clauses = {
  "clauses", "「{0}」の説明が [P8 P9] のような条項番号で始まっていません。",
  "The description of \"{0}\" does not begin with its clauses, like [P8 P9]." };
const struct message cli__table_without_clauses = {
  "clauses", "「{0}」の表に「条項」の列がありません。", "The table of \"{0}\" has no column 条項 for its clauses." };
const struct message cli__row_without_clause = {
  "clauses", "「{0}」の表の {1} 行目に条項がありません。", "Row {1} of the table of \"{0}\" cites no clause." };
const struct message cli__grid_fault = {
  "rules_fault", "事実の組み合わせ {0} で誤りが出ます: {1}", "Combination {0} of facts gives a fault: {1}" };
const struct message cli__decision_differs = {
  "differs", "申請 {0}: {1} が {2} から {3} に変わります。", "Claim {0}: {1} changes from {2} to {3}." };

/* ---- serve */
const struct message cli__serve_folder = {
  "serve_folder", "{0} を使えません（{1}）。場所と権限を確かめてください。", "{0} cannot be used ({1}). Check where it is and whose." };
const struct message cli__serve_no_state = {
  "serve_no_state", "状態フォルダーが決まりません。--state=フォルダー で指定してください。",
  "No state folder can be told. Name one: --state=FOLDER." };
const struct message cli__serve_user = {
  "serve_user",
  "利用者 {0} になれません。管理者として動かすサービスには専用の利用者が要ります: useradd --system --user-group {0}。または --user= で指定してください。",
  "The service cannot become the user {0}. Started as root it needs a user of its own: useradd --system --user-group {0}; or name "
  "another by --user=." };
const struct message cli__serve_foreign = {
  "serve_foreign", "{0} は shienkin の状態フォルダーではなく、空でもありません。空のフォルダーか、新しい名前を指定してください。",
  "{0} is no state folder of shienkin, and not empty. Name an empty folder or a new one." };
const struct message cli__serve_not_demo = {
  "serve_not_demo", "{0} は試用のものではありません。実際のデータを試用で開くことはできません。--state= で別のフォルダーを指定してください。",
  "{0} is not a demo's. Real data is never opened as a demo; name another folder by --state=." };
const struct message cli__serve_is_demo = {
  "serve_is_demo", "{0} は試用のものです。--demo を付けて起動するか、--state= で別のフォルダーを指定してください。",
  "{0} is a demo's. Start it with --demo, or name another folder by --state=." };
const struct message cli__serve_running = {
  "serve_running", "{0} はすでに動いているサービスのものです（プロセス {1}）。それを終わらせるか、--state= で別のフォルダーを指定してください。",
  "{0} belongs to a service that is running (process {1}). End that one, or name another folder by --state=." };
const struct message cli__serve_key_missing = {
  "key_file", "鍵ファイル {0} がありません。場所を確かめてください。", "There is no key file {0}. Check where it stands." };
const struct message cli__serve_key_mode = {
  "key_file", "鍵ファイル {0} をほかの人が読めます。持ち主だけが読めるようにしてください: chmod 600 {0}",
  "Others can read the key file {0}. Let its owner alone read it: chmod 600 {0}" };
const struct message cli__serve_key_unmade = {
  "key_file", "{0} を作れません。フォルダーの権限と空き容量を確かめてください。",
  "{0} cannot be made. Check the folder's rights and the space on its disk." };
const struct message cli__serve_cursor_key = {
  "key_file", "{0} はカーソル鍵ではありません。一行に64桁の16進数です。shienkin keys --cursor で新しく作れます。",
  "{0} is no cursor key: one line of 64 hex digits. Make a new one with shienkin keys --cursor." };
const struct message cli__serve_duty_link = {
  "duty_link", "設定 {0} が読めません。https:// で始まるアドレスと、それを確かめた日を空白で区切って書いてください。例 https://www.example.jp/ 2026-11-01",
  "The setting {0} cannot be read: an address that begins with https://, a space, the day on which it was looked at, as in https://www.example.jp/ 2026-11-01" };
const struct message cli__serve_master_missing = {
  "key_file",
  "封緘鍵のファイル {0} がありません。控えから戻してください。なければ、封じた個人情報は誰にも開けません。まだ何も入っていない"
  "データベースなら shienkin keys --master で作ります。",
  "There is no file of master keys, {0}. Bring it back from its copy: without it nobody opens what was sealed. For a database that "
  "is still empty, make one with shienkin keys --master." };
const struct message cli__serve_certificate = {
  "certificate", "{0} を証明書または鍵（PEM）として読めません。場所、権限、中身を確かめてください。",
  "{0} cannot be read as a certificate or key (PEM). Check its place, its rights and what it holds." };
const struct message cli__serve_certificate_half = {
  "certificate", "証明書と鍵は両方を設定してください: http.certificate と http.key。",
  "Set both the certificate and its key: http.certificate and http.key." };
const struct message cli__serve_demo_public = {
  "demo_public", "試用は合言葉なしで入れるので、このコンピューターの中だけで動きます。127.0.0.1 か ::1 を指定してください。",
  "A demo lets anybody in, so it runs on this machine alone: 127.0.0.1 or ::1." };
const struct message cli__serve_demo_unmade = {
  "demo_unmade", "試用のデータを作れませんでした。もう一度起動すると、はじめから作り直します。記録に理由があります。",
  "The demo's data could not be made. Start it again, and it is made anew from the beginning. The log tells why." };
const struct message cli__serve_no_database = {
  "no_database", "データベースがありません。database.where に場所を設定するか、--embedded で専用のものを動かすか、--demo で試してください。",
  "There is no database. Set database.where, run a private one with --embedded, or try it with --demo." };
const struct message cli__serve_two_databases = {
  "two_databases", "database.where と --embedded（--demo）はどちらか一方にしてください。",
  "Either database.where or --embedded (--demo), not both." };
