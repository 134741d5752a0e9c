/* The store's catalogue. {0} is the place or name, {1} what was said about it. */
#include "messages.h"

const struct message store__database_away = {
  "database_away",
  "データベース（{0}）に接続できません。起動しているか、接続先とパスワードファイルが正しいか確認してください。",
  "The database ({0}) cannot be reached. Check that it runs and that the place and password file are right."
};
const struct message store__schema_missing = {
  "schema_range", "データベースにスキーマがありません。`shienkin migrate` を実行してください。",
  "The database has no schema. Run `shienkin migrate`."
};
const struct message store__schema_range = {
  "schema_range",
  "データベースのスキーマは {0} 番ですが、このプログラムが扱えるのは {1} 番です。`shienkin migrate` を実行するか、対応する版を使ってください。",
  "The database's schema is number {0}, and this program works with {1}. Run `shienkin migrate`, or use the fitting version."
};
const struct message store__login_superuser = {
  "login_superuser",
  "ロール {0} は管理者権限（SUPERUSER または BYPASSRLS）を持っています。サービス用のロールで接続してください。",
  "The role {0} is a superuser or bypasses row security. Connect as one of the service's own roles."
};
const struct message store__login_owner = {
  "login_owner", "ロール {0} はスキーマの所有者か、その一員です。サービス用のロールで接続してください。",
  "The role {0} owns the schema or is a member of its owner. Connect as one of the service's own roles."
};
const struct message store__login_rights = {
  "login_rights", "ロール {0} は追記専用の表に対して余分な権限を持っています: {1}。権限を取り消してください。",
  "The role {0} has rights on append-only tables that it must not have: {1}. Revoke them."
};
const struct message store__password_file = {
  "password_file", "パスワードファイル {0} を読めません。存在し、1 行目にパスワードがあるか確認してください。",
  "The password file {0} cannot be read. Check that it exists and holds the password in its first line."
};

const struct message store__key_file_missing = { "key_file",
                                                 "封緘鍵ファイル {0} を読めません。パスと権限を確認してください。",
                                                 "The key file {0} cannot be read. Check its path and rights." };
const struct message store__key_file_mode = { "key_file",
                                              "封緘鍵ファイル {0} を他の利用者が読めます。`chmod 600` してください。",
                                              "Others can read the key file {0}. Run `chmod 600` on it." };
const struct message store__key_file_line = {
  "key_file", "封緘鍵ファイル {0} のこの行は「名前 16進数64桁」の形ではないか、名前が重複しています。",
  "This line of the key file {0} is not \"name and 64 hex digits\", or repeats a name."
};
const struct message store__key_file_empty = {
  "key_file", "封緘鍵ファイル {0} には少なくとも 1 つの鍵と blind-index の行が必要です。",
  "The key file {0} needs at least one key and the line blind-index."
};

const struct message store__migrations_missing = { "migrations_missing", "移行ファイルのフォルダー {0} を読めません。",
                                                   "The folder of migrations {0} cannot be read." };
const struct message store__migration_order = { "migration_order", "移行ファイル {0} は番号が続いていません。",
                                                "The migration {0} does not follow the one before it." };
const struct message store__migration_changed = {
  "migration_changed",
  "移行ファイル {0} は適用後に変更されています。元の内容に戻し、変更は新しい番号のファイルにしてください。",
  "The migration {0} was changed after it was applied. Restore it, and put what is new into a file with the next number."
};
const struct message store__migration_failed = {
  "migration_failed", "移行ファイル {0} を適用できません（{1}）。このファイルの変更は取り消されました。",
  "The migration {0} could not be applied ({1}). Nothing of this file remains."
};
const struct message store__bootstrap_failed = { "bootstrap_failed", "データベースの準備（{0}）に失敗しました: {1}",
                                                 "Preparing the database ({0}) failed: {1}" };
const struct message store__bootstrap_once = {
  "bootstrap_once", "最初の制度管理者はすでに作成されています。役割の付与は二人の制度管理者が行います。",
  "The first owners were made already. Roles are granted by two owners from here on."
};

const struct message store__cluster_programs = {
  "cluster_programs",
  "PostgreSQL のプログラム（initdb, postgres）が見つかりません。`apt-get install postgresql-15` を実行してください。",
  "PostgreSQL's programs (initdb, postgres) were not found. Run `apt-get install postgresql-15`."
};
const struct message store__cluster_folder = { "cluster_folder", "状態フォルダー {0} を作成または使用できません: {1}",
                                               "The state folder {0} cannot be made or used: {1}" };
const struct message store__cluster_path_long = {
  "cluster_path_long",
  "状態フォルダーのパス {0} が長すぎます。ソケットのパスは 107 バイトまでです。短いパスを指定してください。",
  "The path of the state folder {0} is too long: a socket's path has at most 107 bytes. Name a shorter one."
};
const struct message store__cluster_foreign = {
  "cluster_foreign",
  "フォルダー {0} は shienkin の状態フォルダーではありません。空のフォルダーか、以前の状態フォルダーを指定してください。",
  "The folder {0} is not a state folder of shienkin. Name an empty one, or one it made before."
};
const struct message store__cluster_user = {
  "cluster_user", "root で動かすときは利用者 postgres が必要です。postgresql-15 を導入してください。",
  "Running as root needs the user postgres. Install postgresql-15."
};
const struct message store__cluster_initdb = { "cluster_initdb",
                                               "データベースを作成できません。記録 {0} を確認してください。",
                                               "The database could not be created. See the log {0}." };
const struct message store__cluster_down = { "cluster_down",
                                             "データベースが起動しません。記録 {0} を確認してください。",
                                             "The database did not come up. See the log {0}." };
const struct message store__cluster_running = {
  "cluster_running", "状態フォルダー {0} のデータベースはすでに動いています（PID {1}）。先にそちらを終了してください。",
  "The database of the state folder {0} is running already (PID {1}). End that one first."
};
