/* steps: what clinics and staff do, in the words that they might use. Who proposes and who approves are two, always the same
 * two, but for what is decided anew. */
#include "demo/inside.h"
#include "shienkin/document.h"

enum { ANSWER_DAYS = 12, NOTIFIED_AFTER_DAYS = 3 };

/* ---- facts */

static str date(struct demo *d, day when) {
  char text[11];
  day_write(when, text);
  return str_copy(d->arena, str_of(text));
}

static const struct { const char *incident, *leak; bool closes, filed, attack; } kinds[] = {
  [FACTS_WHOLE] = { "\"cyber_attack\":true,\"attack_type\":\"ransomware\",\"insider_crime\":false,\"summary\":\"電子カルテが暗号化され、診療を休んだ\"",
                    "{\"occurred\":true,\"caused_by_attack\":true,\"persons\":1200}", true, true, true },
  [FACTS_NO_LEAK] = { "\"cyber_attack\":true,\"attack_type\":\"malware\",\"insider_crime\":false,\"summary\":\"受付の端末が感染し、復旧まで休診した\"",
                      "{\"occurred\":false}", true, true, true },
  [FACTS_NOT_FILED] = { "\"cyber_attack\":true,\"attack_type\":\"unauthorized_access\",\"insider_crime\":false,\"summary\":\"外部から予約システムに侵入された\"",
                        "{\"occurred\":true,\"caused_by_attack\":true,\"persons\":80}", true, false, true },
  [FACTS_INSIDER] = { "\"cyber_attack\":true,\"attack_type\":\"unauthorized_access\",\"insider_crime\":true,\"summary\":\"元職員による持ち出しとわかった\"",
                      "{\"occurred\":true,\"caused_by_attack\":true,\"persons\":40}", false, true, true },
  [FACTS_LOST_RECORDS] = { "\"cyber_attack\":false,\"insider_crime\":false,\"summary\":\"利用者の記録が入った端末を置き忘れた\"",
                           "{\"occurred\":true,\"persons\":42}", false, false, false },
  [FACTS_LEAK_UNKNOWN] = { "\"cyber_attack\":true,\"attack_type\":\"ransomware\",\"insider_crime\":false,\"summary\":\"漏えいの有無は調査中\"",
                           "{\"occurred\":null}", true, true, true },
};

static const struct json *facts_of(struct demo *d, const struct demo_case *k) {
  day on = k->occurred_on;
  str closures = STR(""), filings = STR("{}");
  if (kinds[k->story->facts].closes)
    closures = str_format(d->arena, "{\"from\":\"%.*s\",\"to\":\"%.*s\",\"scope\":\"all\"}", STR_ARG(date(d, on + 1)), STR_ARG(date(d, on + 6)));
  day notified_on = k->notified ? demo__today(d) : on + 1;
  if (kinds[k->story->facts].filed || k->notified) filings = str_format(d->arena, "{\"jma_on\":\"%.*s\"}", STR_ARG(date(d, notified_on)));
  return demo__json(d, str_format(d->arena, "{\"incident\":{\"occurred_on\":\"%.*s\",%s},\"closures\":[%.*s],\"leak\":%s,\"filings\":%.*s}",
                                  STR_ARG(date(d, on)), kinds[k->story->facts].incident, STR_ARG(closures),
                                  kinds[k->story->facts].leak, STR_ARG(filings)));
}

static const char *const holders[DEMO_FACILITIES] = {
  "ミホンクリニックイチ", "ミホンクリニックニ", "ミホンビョウインサン", "ミホンイインヨン", "ミホンイインゴ", "ミホンホウモンカイゴロク",
  "ミホンクリニックナナ", "ミホンクリニックハチ", "ミホンビョウインキュウ", "ミホンイインジュウ", "ミホンイインジュウイチ", "ミホンイインジュウニ",
};

/* A number of its own for each claim: the same account again would be suspected to be the same claim. */
static const struct json *payee_of(struct demo *d, const struct demo_case *k) {
  return demo__json(d, str_format(d->arena, "{\"bank_code\":\"9999\",\"branch_code\":\"999\",\"account_type\":\"ordinary\","
                                            "\"account_number\":\"%07llu\",\"holder_name\":\"%s\"}",
                                  (unsigned long long)(1000000 + d->keys), holders[k->story->facility]));
}

/* ---- what clinics do */

static const struct declaration accepted = { STR_INIT("2026-04"), true };

/* The service's own work, after each filing and amendment. */
static result search_duplicates(struct demo *d, const struct demo_case *k) {
  return DEMO(d, duplicates_search, "service", (&(struct duplicates_search_request){ k->claim }));
}

static result file_as(struct demo *d, struct demo_case *k, const char *who, const char *channel) {
  struct file_request r = { .facility = d->facilities[k->story->facility], .channel = str_of(channel), .declaration = accepted,
                            .documents = { .facts = facts_of(d, k), .payee = payee_of(d, k) } };
  TRY(DEMO(d, claim_file, who, &r));
  k->claim = demo__id(d, "/claim", "claim");
  k->version = demo__int(d, "/version");
  return search_duplicates(d, k);
}

result demo__file(struct demo *d, struct demo_case *k) { return file_as(d, k, k->story->clinic, "online"); }
result demo__file_on_paper(struct demo *d, struct demo_case *k) { return file_as(d, k, "demo-adjuster-2", "paper"); }

/* Two days later, of the same facility: as it happens when two people of a clinic file. */
result demo__file_again(struct demo *d, struct demo_case *k) {
  k->occurred_on += 2;
  return demo__file(d, k);
}

result demo__draft(struct demo *d, struct demo_case *k) {
  str text = str_format(d->arena, "{\"facts\":{\"incident\":{\"occurred_on\":\"%.*s\",\"cyber_attack\":true}},"
                                  "\"unknown\":[\"/leak/occurred\"],\"step\":\"closures\"}",
                        STR_ARG(date(d, k->occurred_on)));
  struct draft_begin_request r = { d->facilities[k->story->facility], STR("online"), demo__json(d, text) };
  return DEMO(d, draft_begin, k->story->clinic, &r);
}

static result send(struct demo *d, struct demo_case *k, str name, str purpose, str bytes) {
  struct evidence_begin_request begin = { .claim = k->claim, .name = name, .length = (int64_t)bytes.n, .sha256 = sha256_of(bytes),
                                          .purpose = purpose };
  TRY(DEMO(d, evidence_begin, k->story->clinic, &begin));
  struct uuid id = demo__id(d, "/evidence", "evidence");
  for (size_t at = 0; at < bytes.n; at += EVIDENCE_CHUNK_BYTES) {
    size_t end = at + EVIDENCE_CHUNK_BYTES < bytes.n ? at + EVIDENCE_CHUNK_BYTES : bytes.n;
    TRY(DEMO(d, evidence_append, k->story->clinic, (&(struct evidence_append_request){ id, (int64_t)at, str_slice(bytes, at, end) })));
  }
  return DEMO(d, evidence_finish, k->story->clinic, (&(struct evidence_request){ id }));
}

/* What hung on the clinic's door, and its door a day later. */
static result notice_on_the_door(struct demo *d, str *pdf) {
  static const struct document_part parts[] = {
    { .kind = DOCUMENT_TITLE, .text = STR_INIT("休診のお知らせ（見本）") },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR_INIT("電子カルテが使えなくなったため、復旧するまで休診します。\n"
                                                   "お急ぎの方は、近くの医療機関をご案内します。受付にお申し出ください。") },
    { .kind = DOCUMENT_PAGE_BREAK },
    { .kind = DOCUMENT_TITLE, .text = STR_INIT("休診の延長のお知らせ（見本）") },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR_INIT("調査を続けています。再開の日が決まりましたら、ここに掲示します。") },
  };
  struct document document = { .title = STR("休診のお知らせ"), .language = STR("ja"), .parts = parts, .part_count = COUNT_OF(parts) };
  struct findings f = findings_in(d->arena);
  return document_pdf(d->arena, &document, &f, pdf);
}

result demo__send_evidence(struct demo *d, struct demo_case *k) {
  str notice;
  TRY(notice_on_the_door(d, &notice));
  TRY(send(d, k, STR("休診の掲示.pdf"), STR("/closures"), notice));
  return send(d, k, STR("届出の控え.txt"), STR("/filings/jma_on"), STR("見本: 日本医師会へ届出済み。受付番号 見本-12345。\n"));
}

result demo__write(struct demo *d, struct demo_case *k) {
  return DEMO(d, message_write, k->story->clinic,
              (&(struct message_request){ k->claim, STR("ネットワークはまだ切ってあります。急ぎの連絡は電話でお願いします。") }));
}

result demo__reply(struct demo *d, struct demo_case *k) {
  TRY(DEMO(d, information_reply, k->story->clinic,
           (&(struct reply_request){ k->claim, k->asked, STR("調査会社の報告書が届きました。漏えいは確認されています。") })));
  k->version = demo__int(d, "/version");
  return RESULT_OK;
}

/* The notification that was missing has been made: the facts are told anew, with it. */
result demo__notify(struct demo *d, struct demo_case *k) {
  k->notified = true;
  d->now_us += NOTIFIED_AFTER_DAYS * INT64_C(86400000000);
  struct amend_request r = { k->claim, k->version, STR("online"), accepted, facts_of(d, k) };
  TRY(DEMO(d, claim_amend, k->story->clinic, &r));
  k->version = demo__int(d, "/version");
  return search_duplicates(d, k);
}

result demo__withdraw(struct demo *d, struct demo_case *k) {
  return DEMO(d, claim_withdraw, k->story->clinic,
              (&(struct withdraw_request){ k->claim, k->version, STR("ほかの施設の分を誤って申請しました。") }));
}

result demo__reconsider(struct demo *d, struct demo_case *k) {
  return DEMO(d, reconsideration_ask, k->story->clinic,
              (&(struct reconsider_request){ k->claim, k->version, STR("休診日の数え方を確かめてください。土曜日も開ける予定でした。") }));
}

/* ---- what the staff does */

result demo__take(struct demo *d, struct demo_case *k) {
  struct uuid person = demo__person(d, "demo-adjuster-1")->person;
  TRY(DEMO(d, claim_assign, "demo-adjuster-1", (&(struct assign_request){ k->claim, k->version, person })));
  k->version = demo__int(d, "/version");
  return RESULT_OK;
}

result demo__prove(struct demo *d, struct demo_case *k) {
  TRY(DEMO(d, claim_assess, "demo-adjuster-1", (&(struct assess_request){ k->claim })));
  const struct json *open = json_at(&d->body, STR("/open"));
  size_t count = open ? open->count : 0;
  if (count == 0) return RESULT_OK;
  struct fact_check_item *items = ARENA_ARRAY(d->arena, struct fact_check_item, count);
  for (size_t i = 0; i < count; i++)
    items[i] = (struct fact_check_item){ .key = str_copy(d->arena, json_text(&open->as.items[i])), .verdict = CHECK_PROVED,
                                         .reason = STR("電話で確かめ、届いた書類と照合した。") };
  return DEMO(d, facts_check, "demo-adjuster-1", (&(struct fact_check_request){ k->claim, SERVICE_ANY_VERSION, items, count }));
}

result demo__note(struct demo *d, struct demo_case *k) {
  return DEMO(d, note_write, "demo-adjuster-1",
              (&(struct note_request){ k->claim, STR("事務長と電話。復旧は来週の見込み。届出の控えは受け取り済み。") }));
}

result demo__ask(struct demo *d, struct demo_case *k) {
  str keys[] = { STR("/leak/occurred"), STR("/leak/caused_by_attack") };
  struct information_request_request r = { k->claim, k->version, keys, COUNT_OF(keys), demo__today(d) + ANSWER_DAYS,
                                           STR("個人情報が漏れたかどうか、調査の結果がわかりましたらお知らせください。") };
  TRY(DEMO(d, information_ask, "demo-adjuster-1", &r));
  k->version = demo__int(d, "/version");
  k->asked = demo__id(d, "/request", "information_request");
  return RESULT_OK;
}

result demo__propose(struct demo *d, struct demo_case *k) {
  TRY(DEMO(d, claim_propose, "demo-adjuster-1", (&(struct propose_request){ k->claim, k->version })));
  k->version = demo__int(d, "/version");
  k->proposal = demo__id(d, "/proposal", "proposal");
  return RESULT_OK;
}

result demo__approve(struct demo *d, struct demo_case *k) {
  TRY(DEMO(d, proposal_approve, "demo-approver-1", (&(struct approve_request){ k->claim, k->version, k->proposal })));
  k->version = demo__int(d, "/version");
  return RESULT_OK;
}

result demo__return(struct demo *d, struct demo_case *k) {
  struct return_request r = { k->claim, k->version, k->proposal, STR("休診した日の根拠になる書類を付けてください。") };
  return DEMO(d, proposal_return, "demo-approver-1", &r);
}
