#include "settings.h"

#define PORT_MOST 65535
#define DAY_SECONDS "86400"

/* Folders and files without a default are looked for where serve/place.c and serve/keys.c say. */
const struct config_key cli_settings[] = {
  { "rules", CONFIG_PATH, "rules/cyber-support", 0, 0, "規則のフォルダー", "the folder of the rules" },
  { "migrations", CONFIG_PATH, "migrations", 0, 0, "データベースの移行ファイルのフォルダー", "the folder of the migrations" },
  { "calendars", CONFIG_PATH, "data/calendars", 0, 0, "暦のフォルダー", "the folder of the calendars" },

  { "embedded", CONFIG_BOOL, "false", 0, 0, "専用のPostgreSQLを子として動かすか", "run a private PostgreSQL as a child" },
  { "demo", CONFIG_BOOL, "false", 0, 0, "架空のデータで試すか（このコンピューターの中だけ）",
    "try it with made-up data, on this machine alone" },
  { "state", CONFIG_PATH, NULL, 0, 0,
    "状態フォルダー。既定は管理者なら /var/lib/shienkin、ほかは $XDG_STATE_HOME/shienkin（試用では末尾に -demo）",
    "the state folder; default: /var/lib/shienkin as root, else $XDG_STATE_HOME/shienkin (for a demo with -demo)" },
  { "user", CONFIG_TEXT, "shienkin", 0, 0, "管理者として起動したとき、サービスが権限を落とす先の利用者",
    "whom the service becomes when it is started as root" },

  { "http.address", CONFIG_TEXT, "127.0.0.1", 0, 0, "待ち受けるアドレス", "the address to listen on" },
  { "http.port", CONFIG_INT, "8443", 0, PORT_MOST, "待ち受けるポート。0は空いているもの", "the port to listen on; 0: any that is free" },
  { "http.origin", CONFIG_TEXT, NULL, 0, 0, "利用者が開くアドレス（例 https://shienkin.example）。既定は求めのHostから",
    "where people find it (https://shienkin.example); default: by the request's Host" },
  { "http.certificate", CONFIG_PATH, NULL, 0, 0, "証明書の連なり（PEM、先頭が自分のもの）。既定は自分で作るもの",
    "the chain of certificates (PEM, leaf first); default: one made by itself" },
  { "http.key", CONFIG_SECRET_FILE, NULL, 0, 0, "証明書の鍵（PEM）", "the certificate's key (PEM)" },
  { "http.names", CONFIG_TEXT, "localhost", 0, 0, "自分で作る証明書の名前。空白で区切る", "names for a certificate made by itself, with spaces between" },
  { "http.connections", CONFIG_INT, "4096", 1, PORT_MOST, "同時につながる数の上限", "connections at one time, at most" },
  { "http.connections-per-address", CONFIG_INT, "256", 1, PORT_MOST, "一つのアドレスからつながる数の上限",
    "connections from one address, at most" },
  { "http.workers", CONFIG_INT, "8", 1, 64, "求めに答えるスレッドの数", "threads that answer requests" },
  { "http.slow-workers", CONFIG_INT, "2", 1, 16, "時間のかかる求めに答えるスレッドの数", "threads for requests that take long" },
  { "metrics.address", CONFIG_TEXT, "127.0.0.1", 0, 0, "/metrics を出すアドレス", "the address of /metrics" },
  { "metrics.port", CONFIG_INT, "8444", -1, PORT_MOST, "/metrics を出すポート。0は空いているもの、-1は出さない",
    "the port of /metrics; 0: any that is free, -1: none" },
  { "stop.grace-seconds", CONFIG_INT, "30", 0, 600, "終わるとき、受けた求めに答え終えるまで待つ秒数",
    "how long a stop waits for requests that were accepted" },

  { "database.where", CONFIG_TEXT, NULL, 0, 0, "データベースの場所（libpqの host=… dbname=…。利用者とパスワードは書かない）",
    "where the database is (libpq: host=… dbname=…), without user and password" },
  { "database.clinic.user", CONFIG_TEXT, "shienkin_clinic", 0, 0, "医療機関の求めのロール", "the role for requests of clinics" },
  { "database.clinic.password", CONFIG_SECRET_FILE, NULL, 0, 0, "そのパスワードのファイル", "the file with its password" },
  { "database.staff.user", CONFIG_TEXT, "shienkin_staff", 0, 0, "職員の求めと自動の仕事のロール", "the role for the staff and the jobs" },
  { "database.staff.password", CONFIG_SECRET_FILE, NULL, 0, 0, "そのパスワードのファイル", "the file with its password" },
  { "database.auditor.user", CONFIG_TEXT, "shienkin_auditor", 0, 0, "監査人の求めのロール", "the role for requests of auditors" },
  { "database.auditor.password", CONFIG_SECRET_FILE, NULL, 0, 0, "そのパスワードのファイル", "the file with its password" },
  { "database.connections", CONFIG_INT, "10", 1, 100, "ロールごとの接続の上限", "connections of each role, at most" },
  { "database.wait-seconds", CONFIG_INT, "30", 0, 3600, "起動のとき、データベースを待つ秒数", "how long a start waits for the database" },
  { "keys.master", CONFIG_SECRET_FILE, NULL, 0, 0, "封緘鍵のファイル。既定は状態フォルダーの secrets/master-keys",
    "the file of the master keys; default: secrets/master-keys in the state folder" },
  { "keys.cursor", CONFIG_SECRET_FILE, NULL, 0, 0, "カーソルに署名する鍵のファイル。すべてのインスタンスで同じもの",
    "the key that signs cursors, the same for all instances; default: secrets/cursor-key" },

  { "site.name-ja", CONFIG_TEXT, "サイバー攻撃・個人情報漏えい一時支援金", 0, 0, "ページに出る名前（日本語）", "the name on the pages, in Japanese" },
  { "site.name-en", CONFIG_TEXT, "One-time support payments for cyber attacks and leaks", 0, 0, "ページに出る名前（英語）",
    "the name on the pages, in English" },
  { "log.level", CONFIG_TEXT, "info", 0, 0, "記録の細かさ: debug info warning error", "how much is logged: debug info warning error" },
  { "log.file", CONFIG_PATH, NULL, 0, 0, "記録のファイル。既定は標準エラー。SIGHUPで開き直す",
    "the file of the log; default: standard error; opened anew on SIGHUP" },

  { "jobs.enabled", CONFIG_BOOL, "true", 0, 0, "このインスタンスが自動の仕事をするか", "does this instance do the jobs" },
  { "jobs.search-duplicates-seconds", CONFIG_INT, "60", 0, 604800, "重複を探す間隔（秒）。0はしない", "seconds between searches for duplicates; 0: none" },
  { "jobs.rest-silent-seconds", CONFIG_INT, "3600", 0, 604800, "返事のない申請を休ませる間隔（秒）", "seconds between looks for silent claims" },
  { "jobs.erase-uploads-seconds", CONFIG_INT, "3600", 0, 604800, "終わらなかった送信を消す間隔（秒）", "seconds between erasing unfinished uploads" },
  { "jobs.notice-drafts-seconds", CONFIG_INT, DAY_SECONDS, 0, 604800, "使われない下書きを知らせる間隔（秒）", "seconds between notices of unused drafts" },
  { "jobs.erase-drafts-seconds", CONFIG_INT, DAY_SECONDS, 0, 604800, "使われない下書きを消す間隔（秒）", "seconds between erasing unused drafts" },
  { "jobs.forget-answers-seconds", CONFIG_INT, "3600", 0, 604800, "覚えた答えを忘れる間隔（秒）", "seconds between forgetting old answers" },
  { "jobs.silence-days", CONFIG_INT, "30", 1, 366, "返事の期日から休ませるまでの日数", "days of silence after which a claim rests" },
};
const size_t cli_setting_count = COUNT_OF(cli_settings);
