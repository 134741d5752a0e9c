/* commands: all that the program does, on one screen. */
#include "commands.h"

#include <stdio.h>

#define RULES_OPTION_JA "  --rules フォルダー   規則のフォルダー（既定: SHIENKIN_RULES、なければ rules/cyber-support）\n"
#define RULES_OPTION_EN "  --rules DIR     folder of the rules (default: SHIENKIN_RULES, else rules/cyber-support)\n"

#define TODAY_OPTION_JA "  --today 日付      受付日。これより後の日付は拒まれます（既定: 今日の日本の日付）\n"
#define TODAY_OPTION_EN "  --today DATE    the day of receipt; later days are refused (default: today in Japan)\n"
#define FILE_OPTION_JA "  -               標準入力（既定）\n"
#define FILE_OPTION_EN "  -               standard input (the default)\n"
#define SECONDS_OPTION_JA "  --seconds N     一つの測定にかける秒数\n"
#define SECONDS_OPTION_EN "  --seconds N     how long each measurement takes\n"

#define REMOTE_OPTIONS_JA "  --json           答えをJSONのまま書きます\n"
#define REMOTE_OPTIONS_EN "  --json          writes the answer as the JSON that it is\n"
#define PAGE_OPTIONS_JA "  --limit 数        何件まで\n  --cursor 文字列   前の答えの next。続きから示します\n"
#define PAGE_OPTIONS_EN "  --limit N       how many at most\n  --cursor WORD   what `next` said: goes on from there\n"
#define KEY_OPTION_JA "  --key 文字列      この操作の印。同じ印なら二度しません\n"
#define KEY_OPTION_EN "  --key WORD      marks this request; the same mark is done once\n"

const struct command cli_commands[] = {
  { "serve", cmd_serve, "[--config FILE] [--embedded] [--demo] [--NAME=VALUE…]",
    "サービスを動かします。終わりは Ctrl-C または SIGTERM、SIGHUP で証明書と記録を開き直します。",
    "Runs the service until Ctrl-C or SIGTERM; SIGHUP reads the certificate again and opens the log anew.",
    "  --config ファイル  設定ファイル。一行に「名前 = 値」\n"
    "  --embedded       専用のPostgreSQLを、状態フォルダーの中で子として動かします\n"
    "  --demo           架空の医療機関と職員と申請で試します。このコンピューターの中だけで動きます\n"
    "設定の一覧は shienkin config --help で表示します。\n",
    "  --config FILE   the file of settings, a line each: name = value\n"
    "  --embedded      runs a private PostgreSQL as a child, in the state folder\n"
    "  --demo          with made-up clinics, staff and claims, on this machine alone\n"
    "shienkin config --help lists all settings.\n", NULL },
  { "decide", cmd_decide, "[--rules DIR] [--today DATE] [--explain] [--text] [--why-not] [FILE…]",
    "申請（JSON、複数ならNDJSON）を読み、決定をNDJSONで同じ順に書き出します。",
    "Reads claims (JSON, or NDJSON when there are more) and writes decisions as NDJSON in the same order.",
    RULES_OPTION_JA TODAY_OPTION_JA
    "  --explain        説明（日英）と計算の跡を加えます\n"
    "  --text           JSONの代わりに、説明と跡を文章で書きます\n"
    "  --why-not        支給できない項目ごとに、何が届くか変われば支給できるかを加えます\n"
    FILE_OPTION_JA,
    RULES_OPTION_EN TODAY_OPTION_EN
    "  --explain       adds the explanation (both languages) and the trace to each line\n"
    "  --text          writes explanation and trace as text instead of JSON\n"
    "  --why-not       adds, for each item that is not payable, what would have to arrive or change\n"
    FILE_OPTION_EN, NULL },
  { "rules check", cmd_rules_check, "[--rules DIR] [--advice] [--mcdc NAME] [FILE…]",
    "規則ファイルを検査します: 読めるか、条項があるか、どんな事実でも誤りが出ないか、表と式に穴や重なりがないか。",
    "Checks the rule files: they load, cite their clauses, decide any facts without a fault, have no gaps or dead rows.",
    RULES_OPTION_JA
    "  --advice         直さなくてもよいが見る価値のあるもの（まとめられる行、合うヒットポリシー、式次第の穴や重なり）も示します\n"
    "  --mcdc 名前       その判断の表を、条件ごとに答えが変わる組で試す事例（MC/DC）を示します\n"
    "  FILE             任意のDMNモデル。表と式の検査だけをします\n",
    RULES_OPTION_EN
    "  --advice        shows as well what is not wrong but worth a look: rows that could be one, a hit policy that would do,\n"
    "                  gaps and overlaps that depend on conditions that are expressions\n"
    "  --mcdc NAME     shows test cases for the tables of that decision: for each condition a pair that it alone tells apart\n"
    "  FILE            any DMN model; only its tables and texts are checked\n", NULL },
  { "rules test", cmd_rules_test, "[--rules DIR] [FILE…]",
    "規則の事例表（cases/*.json）を判定し、期待と違うものを示します。",
    "Decides the scenario tables beside the rules (cases/*.json) and shows what differs from what is expected.",
    RULES_OPTION_JA, RULES_OPTION_EN, NULL },
  { "rules show", cmd_rules_show, "[--rules DIR] [--html | --svg] [NAME…]",
    "規則を読みやすい表で示します。名前を付けるとその判断だけを示します。",
    "Shows the rules as readable tables; names limit it to those decisions.",
    RULES_OPTION_JA "  --html           最新の規則を一枚のHTMLにします\n  --svg            最新の規則の要求図をSVGにします\n",
    RULES_OPTION_EN "  --html          the newest rules as one HTML page\n  --svg           the requirements graph of the newest rules as SVG\n", NULL },
  { "rules diff", cmd_rules_diff, "--rules DIR --against DIR [--today DATE] [FILE…]",
    "同じ申請を二組の規則で判定し、変わる決定を示します。",
    "Decides the same claims by two sets of rules and shows the decisions that differ.",
    RULES_OPTION_JA "  --against フォルダー 比べる規則のフォルダー\n" TODAY_OPTION_JA FILE_OPTION_JA,
    RULES_OPTION_EN "  --against DIR   the rules to compare with\n" TODAY_OPTION_EN FILE_OPTION_EN, NULL },
  { "dmn eval", cmd_dmn_eval, "MODEL --decision NAME [--input FILE] [--json] [--trace]",
    "DMNモデルの一つの判断を、JSONの入力で計算します。", "Evaluates one decision of a DMN model over an input in JSON.",
    "  --decision 名前   計算する判断の名前または id\n"
    "  --input ファイル   入力名をキーとするJSONのオブジェクト（- は標準入力）。日付などは、\n"
    "                   型の宣言があれば文字列のまま、なければ {\"date\":\"2026-05-12\"} と書きます\n"
    "  --json           値を型付きのJSONで書きます（既定: FEELの書き方）\n"
    "  --trace          どの行と値からそうなったかも示します\n取り込むモデルは同じフォルダーの .dmn から探します。\n",
    "  --decision NAME the decision, by name or id\n"
    "  --input FILE    a JSON object, inputs by name (- is standard input); dates and the like as strings where\n"
    "                  the model declares their type, else as {\"date\":\"2026-05-12\"}\n"
    "  --json          writes the value as typed JSON (default: as FEEL writes it)\n"
    "  --trace         also tells by which rows and values it came about\nImported models are looked for among the .dmn files beside MODEL.\n", NULL },
  { "dmn tck", cmd_dmn_tck, "[--json] PATH…", "DMN互換性試験を実行し、合格率を示します。",
    "Runs the DMN compatibility kit and prints its rates.",
    "  --json           結果を節点ごとに一行のJSONで書き、合格率は標準エラーに書きます\n",
    "  --json          writes a line of JSON for each result node, the rates on standard error\n", NULL },
  { "bench decide", cmd_bench_decide, "[--seconds N] [--rules DIR] [FILE]",
    "判定の速さを、同じ実行の中の基準と並べて測ります。", "Measures how fast claims are decided, beside its floor in the same run.",
    SECONDS_OPTION_JA RULES_OPTION_JA, SECONDS_OPTION_EN RULES_OPTION_EN, NULL },
  { "bench dmn", cmd_bench_dmn, "[--seconds N] [--only PART] [--rounds N] [--table ROWS] [--rules DIR] [FILE]",
    "規則エンジンの速さを、部分ごとに測ります。", "Measures the rule engine, part by part.",
    SECONDS_OPTION_JA
    "  --only 部分      一つの部分だけ: table-12 table-1001 scheme scheme-trace ndjson load threads\n"
    "  --rounds N      時間を測らず、N回だけ動かします（命令数を数えるため）\n"
    "  --table 行数     測る表と問いと答えをJSONで書きます（ほかのエンジンを測るため）\n" RULES_OPTION_JA,
    SECONDS_OPTION_EN
    "  --only PART     one part alone: table-12 table-1001 scheme scheme-trace ndjson load threads\n"
    "  --rounds N      runs so many rounds and times nothing (for counting instructions)\n"
    "  --table ROWS    writes a table, its questions and answers as JSON (for measuring other engines)\n" RULES_OPTION_EN, NULL },
  { "migrate", cmd_migrate, "[--database CONNINFO] [--migrations DIR] | --bootstrap [--name NAME] [--secrets DIR]",
    "データベースのスキーマを、この版まで進めます（--bootstrap: 役割とデータベースを用意します）。",
    "Brings the database up to this program's schema (--bootstrap: makes its roles and the database).",
    "  --database 接続   libpqの接続文字列（既定: PGHOSTなどの環境変数）。所有者 shienkin_owner として、--bootstrap は管理者として\n"
    "  --bootstrap      役割、データベース、拡張機能を用意します。繰り返しても構いません\n"
    "  --name 名前       データベースの名前（既定: shienkin）\n"
    "  --secrets フォルダー 役割ごとのパスワードのファイル: owner clinic staff log auditor\n"
    "  --migrations フォルダー 移行ファイル（既定: SHIENKIN_MIGRATIONS、なければ migrations）\n",
    "  --database CONNINFO  libpq's words (default: PGHOST and its like); as shienkin_owner, for --bootstrap as administrator\n"
    "  --bootstrap     makes roles, database and extensions; may be repeated\n"
    "  --name NAME     the database's name (default: shienkin)\n"
    "  --secrets DIR   a file with a password for each role: owner clinic staff log auditor\n"
    "  --migrations DIR  the migrations (default: SHIENKIN_MIGRATIONS, else migrations)\n", NULL },
  { "bootstrap", cmd_bootstrap, "--master FILE [--database CONNINFO] NAME LOGIN NAME LOGIN",
    "空のデータベースに、最初の制度管理者を二人登録し、初回の符号を表示します。二度はできません。",
    "Makes the first two owners of an empty database and tells their first-access codes; it works once.",
    "  --database 接続   libpqの接続文字列（既定: PGHOSTなどの環境変数）。所有者 shienkin_owner として\n"
    "  --master ファイル   サービスの主鍵。符号はこの鍵で照合します\n",
    "  --database CONNINFO  libpq's words (default: PGHOST and its like), as shienkin_owner\n"
    "  --master FILE   the service's master keys, with which codes are compared\n", NULL },
  { "keys", cmd_keys, "[--master FILE] [--cursor FILE]",
    "封緘鍵とカーソル鍵のファイルを新しく作ります。あるものは変えません。",
    "Makes the files of master keys and cursor key anew; what is there is left alone.",
    "  --master ファイル  個人情報を封じる鍵。失うと誰にも開けません。データベースとは別に控えを取ってください\n"
    "  --cursor ファイル  一覧の続きの印に署名する鍵。すべてのインスタンスで同じもの\n",
    "  --master FILE   seals personal data; lost, nobody opens it: keep a copy apart from the database\n"
    "  --cursor FILE   signs the marks by which lists go on; the same for all instances\n", NULL },
  { "doctor", cmd_doctor, "[--config FILE] [--NAME=VALUE…]",
    "鍵のファイル、証明書、空き容量、データベース、時計、役割に不備がないかを調べます。何も変えません。",
    "Looks whether key files, certificate, room, database, clock and roles are in order. It changes nothing.",
    "  --config ファイル  serve と同じ設定のファイル。設定は --名前=値 でも指定できます\n"
    "ログインしていれば、サービスと役割も調べます（shienkin login）。\n",
    "  --config FILE   the settings, as for serve; each can also be given as --NAME=VALUE\n"
    "Where somebody is signed in, the service and the roles are looked at too (shienkin login).\n", NULL },
  { "login", cmd_login, "[URL [LOGIN]] [--ca FILE] [--first-access] [--demo]",
    "動いているサービスにログインし、ほかの命令のために保存します。", "Signs in to a running service, for the other commands.",
    "  URL             サービスのアドレス（https://…）。パスワードと確認コードは尋ねます\n"
    "  --ca ファイル      信頼する証明書（PEM）。これだけを信頼し、ログインの間は保存します（既定: システムのもの）\n"
    "  --first-access   届いたコードで、はじめての利用や再開をします\n"
    "  --demo           体験用のサービスに、パスワードなしでログインします\n",
    "  URL             the service's address (https://…); password and code are asked for\n"
    "  --ca FILE       certificates to trust (PEM), and no others; kept with the sign-in (default: the system's)\n"
    "  --first-access  first access or recovery, by the code that you were given\n"
    "  --demo          signs in to a demo, without a password\n", NULL },
  { "logout", cmd_logout, "", "ログアウトし、この端末の記録を消します。", "Signs out and forgets the sign-in here.", NULL, NULL, NULL },
  { "claim", cmd_claim, "VERB [WORD…]", "申請を、動いているサービスで扱います（shienkin login の後に）。",
    "Claims at a running service (after shienkin login).", NULL, NULL, cmd_claim_help },
  { "claim attach", cmd_claim_attach, "CLAIM FILE… [--purpose TEXT] [--json]",
    "証拠書類を送ります。途切れたら、同じ言葉で続きから送ります。",
    "Sends files to a claim; what broke off goes on by the same words.",
    "  --purpose 文字列   何の書類か\n  --json           答えをJSONのまま書きます\n",
    "  --purpose TEXT  what the files show\n  --json          writes the answer as the JSON that it is\n", NULL },
  { "user", cmd_user, "VERB [WORD…]", "アカウント、役割、委任を、動いているサービスで扱います。",
    "Accounts, roles and mandates at a running service.", NULL, NULL, cmd_user_help },
  { "roster import", cmd_roster_import, "--members | --facilities [--preview] [--shift-jis] [--whole] [--json] [--key WORD] FILE",
    "会員か施設の名簿（CSV）を、動いているサービスに取り込みます。全部か、まったくしないかです。",
    "Takes a roster file (CSV) into a running service, whole or not at all.",
    "  --members        会員の名簿\n  --facilities     施設の名簿\n"
    "  --preview        見比べるだけで、取り込みません\n"
    "  --shift-jis      Shift_JISのファイルです\n"
    "  --whole          名簿の全体です。ここにないものは終わりとします\n"
    "  --json           答えをJSONのまま書きます\n  --key 文字列      この操作の印。同じ印なら二度しません\n",
    "  --members       members\n  --facilities    facilities\n"
    "  --preview       compares and takes nothing\n"
    "  --shift-jis     the file is Shift_JIS\n"
    "  --whole         the whole roster: what it does not name is known no more\n"
    "  --json          writes the answer as the JSON that it is\n  --key WORD      marks this request; the same mark is done once\n", NULL },
  { "rules list", cmd_rules_list, "[--json]", "サービスにある規則と、確認待ちのものを示します。",
    "Lists the rule sets of a running service, and those that wait for a second owner.", REMOTE_OPTIONS_JA, REMOTE_OPTIONS_EN, NULL },
  { "rules publish", cmd_rules_publish, "FILE [--json] [--key WORD]",
    "規則のファイルを登録します。もう一人の制度管理者が確認するまで効きません。",
    "Puts a rule file forward; without effect until another owner confirms.", REMOTE_OPTIONS_JA KEY_OPTION_JA, REMOTE_OPTIONS_EN KEY_OPTION_EN, NULL },
  { "rules confirm", cmd_rules_confirm, "RULE_SET [--json] [--key WORD]", "ほかの制度管理者が登録した規則を確認し、公布します。",
    "Confirms what another owner put forward: it is published.", REMOTE_OPTIONS_JA KEY_OPTION_JA, REMOTE_OPTIONS_EN KEY_OPTION_EN, NULL },
  { "rules scenarios", cmd_rules_scenarios, "RULE_SET [--json]", "サービスの規則に添えた事例表を、いま試した結果を示します。",
    "Runs the cases beside a rule set of a running service, and shows what came of them.", REMOTE_OPTIONS_JA, REMOTE_OPTIONS_EN, NULL },
  { "rules add-scenarios", cmd_rules_add_scenarios, "RULE_SET FILE [--json] [--key WORD]",
    "サービスの規則に事例表を添えます（書き方は rules/README.md）。判定は変わりません。",
    "Puts a table of cases beside a rule set, as rules/README.md describes. It decides nothing.", REMOTE_OPTIONS_JA KEY_OPTION_JA,
    REMOTE_OPTIONS_EN KEY_OPTION_EN, NULL },
  { "rules differences", cmd_rules_differences, "RULE_SET [--cursor WORD] [--limit N] [--json]",
    "いまの決定が、この規則ではどう変わるかを示します。決定は変わりません。",
    "What a rule set would decide differently. No decision changes by it.", REMOTE_OPTIONS_JA PAGE_OPTIONS_JA,
    REMOTE_OPTIONS_EN PAGE_OPTIONS_EN, NULL },
  { "config", cmd_config, "[--config FILE] [--NAME=VALUE…]",
    "設定の値と、それがどこから来たかを示します。", "Shows the settings and where each value came from.",
    "  --config ファイル  設定ファイル。一行に「名前 = 値」\n", "  --config FILE   the file of settings, a line each: name = value\n", cmd_config_help },
  { "preview", cmd_preview, "", "サービスが証拠書類の画像を作るときに自分で呼びます。人が使うものではありません。",
    "Called by the service itself where it makes a picture of a paper; not for people.", NULL, NULL, NULL },
  { "version", cmd_version, "", "版を示します。", "Prints the version.", NULL, NULL, NULL },
  { .name = NULL },
};

static bool is_of(const struct command *c, const char *family) {
  str rest;
  return !family || str_eq(str_cut(str_of(c->name), ' ', &rest), str_of(family));
}

void commands_overview(const char *family) {
  bool ja = cli_japanese();
  size_t widest = 0;
  printf(ja ? "shienkin — 日本医師会サイバー攻撃一時支援金・個人情報漏えい一時支援金の判定\n\n使い方: shienkin 命令 [引数]\n\n"
            : "shienkin — decides the one-time support payments of the JMA's cyber-security scheme\n\nUsage: shienkin COMMAND [ARGUMENT…]\n\n");
  for (const struct command *c = cli_commands; c->name; c++)
    if (is_of(c, family) && strlen(c->name) > widest) widest = strlen(c->name);
  for (const struct command *c = cli_commands; c->name; c++)
    if (is_of(c, family)) printf("  %-*s  %s\n", (int)widest, c->name, ja ? c->ja : c->en);
  printf(ja ? "\n命令ごとの説明: shienkin 命令 --help\n" : "\nMore on each: shienkin COMMAND --help\n");
}

enum exit_code cmd_version(int argc, char **argv) {
  if (!cli_options("version", &argc, argv, NULL, 0)) return EXIT_USAGE;
  if (argc) return cli_usage("version", "引数は要りません。", "It takes no arguments.");
  puts("shienkin 0.1.0");
  return EXIT_DONE;
}
