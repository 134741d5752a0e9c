/* event_types: every kind of thing that happens, and what its event says. To add one: a row here, and its spec. */
#include "shienkin/service/event.h"

#include "shienkin/store.h"

/* ---- kinds of values */

static bool is_uuid(str s) {
  struct uuid u;
  return uuid_parse(s, &u);
}

static bool is_sha256(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'))) return false;
  return s.n == 64;
}

#define UUID_PATTERN "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
static const struct spec a_uuid = { .kind = SPEC_STRING, .pattern = is_uuid, .pattern_text = UUID_PATTERN };
static const struct spec maybe_uuid = {
  .kind = SPEC_STRING, .nullable = true, .pattern = is_uuid, .pattern_text = UUID_PATTERN
};
static const struct spec a_sha256 = { .kind = SPEC_STRING, .pattern = is_sha256, .pattern_text = "^[0-9a-f]{64}$" };
static const struct spec maybe_sha256 = {
  .kind = SPEC_STRING, .nullable = true, .pattern = is_sha256, .pattern_text = "^[0-9a-f]{64}$"
};
static const struct spec a_code = { .kind = SPEC_STRING, .max_length = 100 };
static const struct spec maybe_code = { .kind = SPEC_STRING, .nullable = true, .max_length = 100 };
static const struct spec a_bool = { .kind = SPEC_BOOL };
static const struct spec a_count = { .kind = SPEC_INTEGER, .has_minimum = true };
static const struct spec a_date = { .kind = SPEC_DATE };
static const struct spec codes = { .kind = SPEC_ARRAY, .max_items = 1000, .items = &a_code };
static const struct spec uuids = { .kind = SPEC_ARRAY, .max_items = 1000, .items = &a_uuid };

#define MEMBERS(name, ...)                                                                   \
  static const struct spec_member name##_members[] = { __VA_ARGS__, { NULL, false, NULL } }; \
  static const struct spec name = { .kind = SPEC_OBJECT, .members = name##_members }
static const struct spec_member no_members[] = { { NULL, false, NULL } };
static const struct spec nothing = { .kind = SPEC_OBJECT, .members = no_members };

/* ---- roster */
MEMBERS(roster_imported, { "kind", true, &a_code }, { "encoding", true, &a_code }, { "file_sha256", true, &a_sha256 },
        { "lines", true, &a_count }, { "added", true, &a_count }, { "changed", true, &a_count },
        { "ended", true, &a_count }, { "versions_sha256", true, &a_sha256 });
MEMBERS(roster_finding_opened, { "keys", true, &codes }, { "decision", true, &a_uuid }, { "import", true, &a_uuid });
MEMBERS(roster_previewed, { "kind", true, &a_code }, { "file_sha256", true, &a_sha256 }, { "lines", true, &a_count });
MEMBERS(roster_looked_up, { "day", true, &a_date }, { "known", true, &codes });
MEMBERS(facility_opened, { "key", true, &a_code });
MEMBERS(roster_searched, { "found", true, &a_count });

/* ---- mail */
MEMBERS(contact_changed, { "given", true, &a_bool });
MEMBERS(mail_ended, { "kind", true, &a_code }, { "tries", true, &a_count }, { "outcome", true, &a_code },
        { "code", true, &maybe_code });

/* ---- a claim's own story */
MEMBERS(claim_begun, { "channel", true, &a_code }, { "facility", true, &a_uuid });
MEMBERS(draft_noticed, { "erased_from", true, &a_date });
MEMBERS(draft_saved, { "version", true, &a_count });
MEMBERS(claim_submitted, { "number", true, &a_code }, { "channel", true, &a_code }, { "incident", true, &a_uuid },
        { "facts_version", true, &a_count }, { "facts_sha256", true, &a_sha256 }, { "declaration", true, &a_code },
        { "holds", true, &codes });
MEMBERS(claim_amended, { "facts_version", true, &a_count }, { "facts_sha256", true, &a_sha256 },
        { "declaration", true, &a_code }, { "changed", true, &codes }, { "from", true, &a_code },
        { "to", true, &a_code }, { "holds", true, &codes });
MEMBERS(claim_withdrawn, { "cause", true, &a_code }, { "merged_into", true, &maybe_uuid },
        { "cancelled_lines", true, &uuids });
MEMBERS(payee_changed, { "version", true, &a_count }, { "roster_match", true, &a_code }, { "held", true, &a_bool });
MEMBERS(versioned, { "version", true, &a_count });
MEMBERS(information_replied, { "request", true, &a_uuid }, { "state", true, &a_code });
MEMBERS(message_written, { "direction", true, &a_code });
MEMBERS(documents_read, { "documents", true, &codes });
MEMBERS(claims_listed, { "claims", true, &uuids });

/* ---- evidence */
MEMBERS(evidence_begun, { "length", true, &a_count }, { "declared_sha256", true, &maybe_sha256 },
        { "purpose", true, &a_bool });
MEMBERS(evidence_finished, { "length", true, &a_count }, { "sha256", true, &a_sha256 },
        { "media_type", true, &a_code });
MEMBERS(evidence_read, { "sha256", true, &a_sha256 });
static const struct spec a_name = { .kind = SPEC_STRING, .max_length = 200 };
static const struct spec maybe_name = { .kind = SPEC_STRING, .nullable = true, .max_length = 200 };
MEMBERS(evidence_scanned, { "verdict", true, &a_code }, { "engine", true, &a_name }, { "signature", true, &maybe_name });

/* ---- review */
MEMBERS(fact_check, { "check", true, &a_uuid }, { "key", true, &a_code }, { "verdict", true, &a_code },
        { "value_sha256", true, &a_sha256 }, { "new_value_sha256", true, &maybe_sha256 },
        { "supersedes", true, &maybe_uuid }, { "evidence", true, &uuids });
static const struct spec fact_checks = { .kind = SPEC_ARRAY, .max_items = 100, .items = &fact_check };
MEMBERS(facts_checked, { "checks", true, &fact_checks });
MEMBERS(information_requested, { "request", true, &a_uuid }, { "keys", true, &codes }, { "due_on", true, &a_date });
MEMBERS(claim_assigned, { "to", true, &maybe_uuid }, { "from", true, &maybe_uuid }, { "state", true, &a_code });
MEMBERS(hold_set, { "kind", true, &a_code });
MEMBERS(hold_released, { "kind", true, &a_code }, { "lasts", true, &a_bool });
MEMBERS(payee_confirmed, { "how", true, &a_code });
MEMBERS(claim_rested, { "silent_since", true, &a_date });
MEMBERS(finding_settled, { "key", true, &a_code }, { "verdict", true, &a_code });
MEMBERS(claim_reopened, { "finding", true, &a_uuid });

/* ---- decisions */
MEMBERS(claim_assessed, { "facts_sha256", true, &a_sha256 }, { "rules_sha256", true, &a_sha256 },
        { "calendar_sha256", true, &a_sha256 }, { "outcome", true, &a_code });
MEMBERS(draft_assessed, { "facts_sha256", true, &maybe_sha256 }, { "rules_sha256", true, &maybe_sha256 },
        { "calendar_sha256", true, &maybe_sha256 }, { "outcome", true, &maybe_code });
MEMBERS(proposal_made, { "proposal", true, &a_uuid }, { "snapshot_sha256", true, &a_sha256 },
        { "rules_sha256", true, &a_sha256 }, { "calendar_sha256", true, &a_sha256 },
        { "decision_sha256", true, &a_sha256 }, { "trace_sha256", true, &a_sha256 }, { "outcome", true, &a_code },
        { "total_yen", true, &a_count }, { "reconsideration", true, &maybe_uuid });
MEMBERS(proposal_approved, { "proposal", true, &a_uuid }, { "decision", true, &a_uuid }, { "number", true, &a_count },
        { "decision_sha256", true, &a_sha256 }, { "outcome", true, &a_code }, { "total_yen", true, &a_count },
        { "lines", true, &uuids }, { "cancelled_lines", true, &uuids }, { "recoveries", true, &uuids },
        { "cancelled_recoveries", true, &uuids });
MEMBERS(proposal_ended, { "proposal", true, &a_uuid });
MEMBERS(reconsideration_moved, { "reconsideration", true, &a_uuid }, { "decision", true, &a_uuid });

/* ---- duplicates */
MEMBERS(duplicates_searched, { "facts_version", true, &a_uuid }, { "found", true, &a_count });
MEMBERS(duplicate_suspected, { "other", true, &a_uuid }, { "grounds", true, &codes });
MEMBERS(duplicate_judged, { "round", true, &a_count }, { "part", true, &a_code }, { "verdict", true, &a_code },
        { "settled", true, &a_bool });
MEMBERS(facts_offered, { "from", true, &a_uuid }, { "facts_version", true, &a_uuid },
        { "facts_sha256", true, &a_sha256 });

/* ---- the trail */
MEMBERS(trail_read, { "after", true, &a_count }, { "events", true, &a_count }, { "claim", true, &maybe_uuid },
        { "person", true, &maybe_uuid });

/* ---- rules */
MEMBERS(rules_published, { "scheme", true, &a_code }, { "first_day", true, &a_date }, { "revision", true, &a_count },
        { "version", true, &a_code }, { "sha256", true, &a_sha256 });
MEMBERS(calendar_published, { "kind", true, &a_code }, { "version", true, &a_code }, { "sha256", true, &a_sha256 });
MEMBERS(rules_confirmed, { "sha256", true, &a_sha256 });
MEMBERS(rules_scenarios_added, { "sha256", true, &a_sha256 });
MEMBERS(rules_compared, { "compared", true, &a_count }, { "differ", true, &uuids });

/* ---- keys */
MEMBERS(keys_rotated, { "wrapped_by", true, &a_code }, { "wrapped", true, &a_count }, { "left", true, &a_count });

/* ---- people */
static const struct spec a_reason = { .kind = SPEC_STRING, .max_length = 1000 };
static const struct spec maybe_reason = { .kind = SPEC_STRING, .nullable = true, .max_length = 1000 };
MEMBERS(session_begun, { "session", true, &a_uuid }, { "how", true, &a_code });
MEMBERS(session_ended, { "session", true, &maybe_uuid }, { "ended", true, &a_count });
MEMBERS(trial_refused, { "step", true, &a_code });
MEMBERS(how_alone, { "how", true, &a_code });
MEMBERS(count_alone, { "count", true, &a_count });
MEMBERS(recovery_asked, { "letter", true, &a_uuid });
MEMBERS(letter_moved, { "account", true, &a_uuid }, { "facility", true, &a_uuid });
MEMBERS(letters_listed, { "letters", true, &a_count });
MEMBERS(mandates_listed, { "mandates", true, &a_count });
MEMBERS(token_made, { "scope", true, &a_code }, { "expires_on", true, &a_date });
MEMBERS(language_chosen, { "language", true, &a_code });
MEMBERS(account_opened, { "realm", true, &a_code }, { "person", true, &a_uuid }, { "facility", true, &maybe_uuid });
MEMBERS(account_closed, { "claims", true, &uuids }, { "roles", true, &codes }, { "reason", true, &a_reason });
MEMBERS(reset_asked, { "account", true, &a_uuid }, { "reason", true, &a_reason });
MEMBERS(declaration_published, { "version", true, &a_code });
MEMBERS(resets_listed, { "waiting", true, &a_count });
MEMBERS(reason_alone, { "reason", true, &a_reason });
MEMBERS(accounts_listed, { "accounts", true, &uuids });
MEMBERS(mandate_moved, { "account", true, &a_uuid }, { "facility", true, &a_uuid }, { "kind", true, &a_code },
        { "reason", true, &maybe_reason });
MEMBERS(role_moved, { "person", true, &a_uuid }, { "role", true, &a_code });
MEMBERS(roles_listed, { "waiting", true, &a_count }, { "held", true, &a_count });

/* ---- the table */

#define CHANGES(name, subject, data, ja, en) \
  { name, subject, false, false, &data, ja, en }
#define MOVES(name, data, ja, en) \
  { name, "claim", false, true, &data, ja, en }
#define READS(name, subject, data, ja, en) \
  { name, subject, true, false, &data, ja, en }
static const struct event_type types[] = {
  CHANGES("roster.imported", "roster_import", roster_imported, "名簿を取り込んだ", "a roster file was taken"),
  CHANGES("roster_finding.opened", "roster_finding", roster_finding_opened, "名簿の変更が決定に関わると分かった",
          "an import changed values that a decision had used; the claim is held"),
  READS("roster.previewed", "account", roster_previewed, "名簿ファイルを取り込む前に見比べた",
        "a roster file was compared with the roster, nothing was taken"),
  READS("roster.looked_up", "facility", roster_looked_up, "施設と会員を名簿で調べた",
        "a facility and its members were looked up for a day"),
  READS("roster.searched", "account", roster_searched, "施設を名簿で探した", "facilities were searched for"),

  CHANGES("facility.opened", "facility", facility_opened, "名簿にない施設を登録した",
          "a facility that the roster does not know was opened for a claim"),

  MOVES("claim.begun", claim_begun, "下書きを始めた", "a draft was begun"),
  CHANGES("draft.saved", "draft", draft_saved, "下書きを保存した", "a draft was saved"),
  CHANGES("draft.noticed", "draft", draft_noticed, "下書きが消去されることを知らせた",
          "the writer of an unused draft is told that it will be erased"),
  MOVES("draft.discarded", nothing, "下書きを捨てた", "a draft was thrown away"),
  MOVES("claim.submitted", claim_submitted, "申請した", "a claim was submitted"),
  MOVES("claim.amended", claim_amended, "申請内容を変更した", "a claim's facts were amended"),
  MOVES("claim.withdrawn", claim_withdrawn, "申請を取り下げた", "a claim was withdrawn"),
  CHANGES("payee.changed", "payee_version", payee_changed, "振込先を届け出た",
          "the payee's account was given or changed"),
  CHANGES("report.saved", "incident_report", versioned, "事案報告を保存した", "the incident report was saved"),
  CHANGES("message.written", "message", message_written, "連絡を書いた", "a message was written"),
  MOVES("claim.stirred", nothing, "休止中の申請が動き出した", "a dormant claim was taken up again by its claimant"),
  MOVES("information.replied", information_replied, "照会に回答した", "a request for information was answered"),
  READS("claim.read", "claim", documents_read, "申請を見た", "a claim was read"),
  READS("claim.listed", "account", claims_listed, "申請の一覧を見た", "a list of claims was read"),

  CHANGES("facts.checked", "claim", facts_checked, "事実を確認した",
          "facts were proved, corrected, refuted or reopened"),
  MOVES("information.requested", information_requested, "照会した", "information was asked for"),
  MOVES("information.taken_back", information_replied, "照会を取りやめた", "a request for information was taken back"),
  CHANGES("note.written", "note", nothing, "職員のメモを書いた", "a note of the staff was written"),
  MOVES("claim.assigned", claim_assigned, "担当を決めた", "a claim was taken, handed over or given back"),
  CHANGES("claim.recused", "claim", nothing, "審査から身を引いた", "a person stepped away from a claim"),
  CHANGES("hold.set", "hold", hold_set, "保留にした", "a claim was held back"),
  CHANGES("hold.released", "hold", hold_released, "保留の解除に同意した", "a person released a hold"),
  CHANGES("payee.confirmed", "payee_version", payee_confirmed, "振込先を確かめた", "a payee was confirmed"),
  MOVES("claim.rested", claim_rested, "回答がないため休止した",
        "a claim rests, since nobody answered; that is no refusal"),
  MOVES("claim.woken", nothing, "休止から戻した", "a resting claim stirred"),
  CHANGES("roster_finding.settled", "roster_finding", finding_settled, "名簿の変更の扱いを決めた",
          "what follows from a change of the roster was settled"),
  MOVES("claim.reopened", claim_reopened, "決定済みの申請を審査に戻した", "a decided claim went back to review"),

  READS("claim.assessed", "claim", claim_assessed, "規則による見立てを見た", "what the rules say of a claim was read"),
  READS("draft.assessed", "claim", draft_assessed, "下書きのまま規則による見立てを見た",
        "what the rules say of a draft was read"),
  MOVES("proposal.made", proposal_made, "決定案を作った", "a decision was proposed"),
  MOVES("proposal.approved", proposal_approved, "決定した", "a proposal was approved: the claim is decided"),
  MOVES("proposal.returned", proposal_ended, "決定案を差し戻した", "a proposal was returned with a reason"),
  MOVES("proposal.withdrawn", proposal_ended, "決定案を取り下げた", "a proposal was taken back by who made it"),
  MOVES("reconsideration.asked", reconsideration_moved, "再審査を請求した",
        "a decision is to be looked at again by others"),
  MOVES("reconsideration.withdrawn", reconsideration_moved, "再審査の請求を取り下げた",
        "a reconsideration was taken back: the old decision stands"),

  CHANGES("duplicates.searched", "claim", duplicates_searched, "重複を検索した",
          "other claims of the same incident were searched for"),
  CHANGES("duplicate.suspected", "duplicate_suspicion", duplicate_suspected, "重複の疑いを記録した",
          "two claims may speak of the same incident"),
  CHANGES("duplicate.judged", "duplicate_suspicion", duplicate_judged, "重複の疑いを判断した",
          "one of two persons judged a suspicion"),
  CHANGES("facts.offered", "claim", facts_offered, "取り下げた申請の内容を引き継げるようにした",
          "the facts of a claim of the same incident were offered to this one"),

  CHANGES("rules.published", "rule_set", rules_published, "規則を登録した", "a rule set was put forward by one owner"),
  CHANGES("rules.confirmed", "rule_set", rules_confirmed, "規則を公布した",
          "a rule set was confirmed by a second owner"),
  CHANGES("rules.scenarios_added", "rule_set", rules_scenarios_added, "規則のそばに事例表を登録した",
          "a table of cases was put beside a rule set"),
  READS("rules.compared", "rule_set", rules_compared, "規則による決定の違いを見た",
        "standing decisions were compared with a rule set"),
  CHANGES("calendar.published", "calendar", calendar_published, "暦を登録した",
          "a calendar was put forward by one owner"),
  CHANGES("calendar.confirmed", "calendar", rules_confirmed, "暦を公布した",
          "a calendar was confirmed by a second owner"),

  CHANGES("declaration.published", "declaration_text", declaration_published, "誓約の文面を登録した",
          "the text of the declaration was put forward by one owner"),
  CHANGES("declaration.confirmed", "declaration_text", declaration_published, "誓約の文面を公布した",
          "the text of the declaration was confirmed by a second owner"),

  READS("trail.read", "account", trail_read, "監査人が記録を見た", "an auditor read a part of the trail"),
  READS("decision.traced", "decision", nothing, "監査人が決定の根拠をたどった",
        "an auditor followed a decision back to what it rests on"),

  CHANGES("evidence.begun", "evidence", evidence_begun, "証拠の送信を始めた", "the upload of a file was begun"),
  CHANGES("evidence.finished", "evidence", evidence_finished, "証拠の送信を終えた",
          "a file was received whole and checked"),
  CHANGES("evidence.scanned", "evidence", evidence_scanned, "証拠のウイルス検査をした", "a file was scanned for malware"),
  READS("evidence.read", "evidence", evidence_read, "証拠を開いた", "a file was read"),
  CHANGES("keys.rotated", "account", keys_rotated, "鍵を新しい主鍵で包み直した",
          "keys were wrapped anew by the newest master key; what they seal did not change"),


  CHANGES("session.begun", "account", session_begun, "ログインした", "somebody signed in"),
  CHANGES("session.stepped_up", "account", session_begun, "本人確認をもう一度行った", "the second factor was given again"),
  CHANGES("session.ended", "account", session_ended, "ログアウトした", "sessions were ended by their own account"),
  CHANGES("sign_in.refused", "account", trial_refused, "本人確認に失敗した",
          "a password or code of an account was refused"),
  CHANGES("password.set", "account", how_alone, "パスワードを設定した", "a password was set; other sessions ended"),
  CHANGES("authenticator.offered", "account", nothing, "認証アプリの登録を始めた",
          "the secret of a new authenticator was shown"),
  CHANGES("authenticator.confirmed", "account", nothing, "認証アプリを登録した", "a new authenticator was confirmed by its code"),
  CHANGES("recovery_codes.made", "account", count_alone, "予備の符号を作った",
          "new recovery codes were shown; the old ones ended"),
  CHANGES("recovery.asked", "account", recovery_asked, "再設定の手紙を頼んだ", "a letter to recover an account was asked for"),
  CHANGES("token.made", "machine_token", token_made, "プログラム用のトークンを作った", "a token for a program was made"),
  CHANGES("token.ended", "machine_token", nothing, "プログラム用のトークンを終えた", "a token for a program was ended"),
  CHANGES("language.set", "account", language_chosen, "言語を選んだ", "a language was chosen"),
  READS("account.read", "account", nothing, "自分のアカウントを見た", "an account was read by itself"),
  CHANGES("account.opened", "account", account_opened, "アカウントを作った", "an account was opened"),
  CHANGES("account.closed", "account", account_closed, "アカウントを閉じた",
          "an account was closed; its claims went back, its sessions ended"),
  CHANGES("account.reset", "account", reason_alone, "アカウントの本人確認をやり直させた",
          "password and second factor of an account were forgotten, a new code was made"),
  CHANGES("account.reset_asked", "account_reset", reset_asked, "アカウントの本人確認のやり直しを起案した",
          "one owner asked that an account of the staff begins anew"),
  READS("account.resets_listed", "account", resets_listed, "本人確認のやり直しの一覧を見た",
        "the list of accounts that wait to begin anew was read"),
  READS("account.viewed", "account", nothing, "アカウントの内容を見た", "an account was read by who looks after it"),
  READS("account.listed", "account", accounts_listed, "アカウントの一覧を見た", "a list of accounts was read"),
  CHANGES("mandate.given", "mandate", mandate_moved, "届出権限を与えた", "a mandate for a facility was given"),
  CHANGES("mandate.ended", "mandate", mandate_moved, "届出権限を終えた", "a mandate for a facility was ended"),
  CHANGES("role.granted", "role_grant", role_moved, "役割を与える起案をした", "a role was put forward by one owner"),
  CHANGES("role.confirmed", "role_grant", role_moved, "役割を与えた", "a role was confirmed by a second owner"),
  CHANGES("role.revoked", "role_held", role_moved, "役割を終えた", "a role was ended"),
  READS("role.listed", "account", roles_listed, "役割の一覧を見た", "the list of roles was read"),
  READS("mandate.listed", "facility", mandates_listed, "施設の届出権限の一覧を見た", "who may act for a facility was read"),
  READS("letter.listed", "account", letters_listed, "手紙の一覧を見た", "the mail room's list was read"),
  CHANGES("letter.printed", "letter", letter_moved, "手紙を印刷した", "a letter with a code was printed"),
  CHANGES("letter.posted", "letter", letter_moved, "手紙を発送した", "a letter with a code went to the post"),

  CHANGES("contact.changed", "account", contact_changed, "お知らせの送り先を変えた", "the address for notices was changed"),
  CHANGES("mail.ended", "mail", mail_ended, "お知らせの送信を試みた", "a notice was sent, or could not be"),
  CHANGES("subject.erased", NULL, nothing, "消去した",
          "the key of a subject was deleted: nothing under it can be read again"),
};

const struct event_type *event_types(size_t *count) {
  *count = COUNT_OF(types);
  return types;
}

const struct event_type *event_type(str name) {
  for (size_t i = 0; i < COUNT_OF(types); i++)
    if (str_eq(name, str_of(types[i].name))) return &types[i];
  return NULL;
}

/* ---- the body around the data */

static const struct spec a_version = {
  .kind = SPEC_INTEGER, .has_minimum = true, .minimum = 1, .has_maximum = true, .maximum = 1
};
static const struct spec a_moment = { .kind = SPEC_STRING, .max_length = 24, .description = "UTC, to the millisecond" };
static const struct spec maybe_version = { .kind = SPEC_INTEGER, .nullable = true, .has_minimum = true, .minimum = 1 };
MEMBERS(actor, { "account", true, &a_uuid }, { "person", true, &a_uuid }, { "role", true, &maybe_code },
        { "via", true, &a_code }, { "request", true, &maybe_code });
MEMBERS(subject, { "type", true, &a_code }, { "id", true, &a_uuid });
static const struct spec_member claim_members[] = { { "id", true, &a_uuid },
                                                    { "version", true, &maybe_version },
                                                    { NULL, false, NULL } };
static const struct spec claim = { .kind = SPEC_OBJECT, .nullable = true, .members = claim_members };
MEMBERS(written, { "table", true, &a_code }, { "id", true, &a_uuid }, { "sha256", true, &maybe_sha256 });
static const struct spec rows = { .kind = SPEC_ARRAY, .max_items = 1000, .items = &written };

const struct spec *event_body_spec(struct arena *a, const struct event_type *type) {
  const struct spec_member members[] = {
    { "v", true, &a_version },    { "id", true, &a_uuid },       { "type", true, &a_code }, { "at", true, &a_moment },
    { "actor", true, &actor },    { "subject", true, &subject }, { "claim", true, &claim }, { "rows", true, &rows },
    { "data", true, type->data }, { NULL, false, NULL },
  };
  struct spec_member *kept = ARENA_ARRAY(a, struct spec_member, COUNT_OF(members));
  memcpy(kept, members, sizeof members);
  struct spec *s = ARENA_NEW(a, struct spec);
  *s = (struct spec){ .kind = SPEC_OBJECT, .members = kept, .title = type->name, .description = type->en };
  return s;
}
