/* claim: claims over the service's API, as a clinic, its proxy or the staff. */
#include "commands.h"
#include "remote/verbs.h"

#define ONE "/v1/claims/{}"
#define DRAFT "/v1/drafts/{}"

static const struct verb verbs[] = {
  { "list", "", "GET", "/v1/claims", NULL, "cursor? limit?", NULL, NULL, NULL, "number claim state submitted_at moved_at",
    "自分の申請の一覧（新しい順）。続きは --cursor に next を渡します", "one's claims, newest first; --cursor takes what `next` said" },
  { "show", "CLAIM", "GET", ONE, NULL, NULL, NULL, NULL, NULL, NULL, "申請を見る", "shows a claim" },
  { "assess", "CLAIM", "GET", ONE "/assessment", NULL, NULL, NULL, NULL, NULL, NULL, "規則による見込みを見る", "what the rules say of it" },
  { "certificate", "CLAIM", "GET", ONE "/certificate", NULL, NULL, NULL, NULL, NULL, NULL, "申請の記録の証明を見る",
    "its state and the events behind it" },
  { "file", "", "POST", "/v1/claims", NULL, NULL, "", NULL, NULL, NULL,
    "下書きなしで申請する。FILE: {facility, declaration: {version, accepted}, facts, payee, report}",
    "files a claim in one step; FILE: {facility, declaration: {version, accepted}, facts, payee, report}" },
  { "amend", "CLAIM", "POST", ONE "/amendments", NULL, NULL, "", NULL, ONE, NULL,
    "内容を変える。FILE: {declaration, facts}、facts は全体", "amends it; FILE: {declaration, facts}, the facts whole" },
  { "payee", "CLAIM", "PUT", ONE "/payee", NULL, NULL, "", NULL, "", NULL, "振込先を変える（最初は --if-match 0-clinic）",
    "changes where the money goes (the first time: --if-match 0-clinic)" },
  { "report", "CLAIM", "PUT", ONE "/report", NULL, NULL, "", NULL, "", NULL, "被害の報告を保存する（最初は --if-match 0-clinic）",
    "saves the incident report (the first time: --if-match 0-clinic)" },
  { "withdraw", "CLAIM", "POST", ONE "/withdraw", "reason?", NULL, NULL, NULL, ONE, NULL, "取り下げる", "withdraws it" },
  { "wake", "CLAIM", "POST", ONE "/wake", NULL, NULL, NULL, NULL, ONE, NULL, "休止した申請を再開する", "wakes a dormant claim" },
  { "reply", "CLAIM REQUEST", "POST", ONE "/requests/{}/reply", "text", NULL, NULL, NULL, NULL, NULL, "照会に答える",
    "answers what was asked" },
  { "message", "CLAIM", "POST", ONE "/messages", "text", NULL, NULL, NULL, NULL, NULL, "メッセージを送る", "writes a message" },
  { "reconsider", "CLAIM", "POST", ONE "/reconsideration", "grounds", NULL, NULL, NULL, ONE, NULL, "再審査を求める",
    "asks for reconsideration" },
  { "evidence list", "CLAIM", "GET", ONE "/evidence", NULL, NULL, NULL, NULL, NULL, "evidence name length media_type scan/state sha256",
    "証拠書類の一覧", "its files" },
  { "draft begin", "", "POST", "/v1/drafts", NULL, NULL, "", NULL, NULL, NULL, "下書きを始める。FILE: {facility, document}",
    "begins a draft; FILE: {facility, document}" },
  { "draft show", "CLAIM", "GET", DRAFT, NULL, NULL, NULL, NULL, NULL, NULL, "下書きを見る", "shows a draft" },
  { "draft save", "CLAIM", "PUT", DRAFT, NULL, NULL, "", NULL, DRAFT, NULL, "下書きを保存する。FILE: {facts, payee, report, unknown, step}",
    "saves a draft; FILE: {facts, payee, report, unknown, step}" },
  { "draft assess", "CLAIM", "GET", DRAFT "/assessment", NULL, NULL, NULL, NULL, NULL, NULL, "提出する前に見込みを確かめる",
    "what the rules say before filing" },
  { "draft discard", "CLAIM", "DELETE", DRAFT, NULL, NULL, NULL, NULL, NULL, NULL, "下書きを捨てる", "throws a draft away" },
  { "submit", "CLAIM", "POST", DRAFT "/submit", NULL, NULL, "", NULL, DRAFT, NULL,
    "下書きを提出する。FILE: {declaration: {version, accepted}}", "files a draft; FILE: {declaration: {version, accepted}}" },
};

void cmd_claim_help(bool japanese) {
  verbs_help("claim", verbs, COUNT_OF(verbs), japanese);
}

enum exit_code cmd_claim(int argc, char **argv) { return verbs_run("claim", verbs, COUNT_OF(verbs), argc, argv); }

/* ---- attach: files up to a claim */

struct evidence_call { struct remote remote; int argc; char **argv; str purpose; enum exit_code code; };

static void send_files(void *context) {
  struct evidence_call *c = context;
  c->code = remote_signed_in(&c->remote);
  for (int i = 1; i < c->argc && c->code == EXIT_DONE; i++)
    c->code = remote_upload(&c->remote, str_of(c->argv[0]), c->argv[i], c->purpose);
}

enum exit_code cmd_claim_attach(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct evidence_call c = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .argv = argv,
                             .code = EXIT_OUTSIDE };
  const struct cli_option options[] = { { "purpose", true, &c.purpose, NULL }, { "json", false, NULL, &c.remote.json } };
  if (!a) return EXIT_OUTSIDE;
  if (!cli_options("claim attach", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc < 2) return cli_usage("claim attach", "申請とファイルを指定してください。", "Name the claim and at least one file.");
  c.argc = argc;
  return arena_run(a, send_files, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
