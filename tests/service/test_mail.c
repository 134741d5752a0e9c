/* mail: what people are told, over a real database and a real SMTP server with TLS: everything that should be told is, to
 * whom it should be, once; and no message holds more than the claim's number. */
#include <signal.h>
#include <time.h>

#include "casework.h"
#include "shienkin/service/mail.h"

/* A claim with words and a payee that no message may repeat. */
#define SECRET_FACTS                                                                                                            \
  "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"attack_type\":\"ransomware\",\"insider_crime\":false,"   \
  "\"summary\":\"電子カルテが暗号化された\"},\"facility\":{\"name\":\"やまだ医院\"},"                                               \
  "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-05-12\"}}"
#define SECRET_PAYEE                                                                                                          \
  "{\"bank_code\":\"9999\",\"branch_code\":\"999\",\"account_type\":\"ordinary\",\"account_number\":\"9876543\","       \
  "\"holder_name\":\"医療法人 ヤマダイイン\"}"

static struct house house;
static char sink_folder[128], sink_url[64], sink_ca[160];
static pid_t sink;

/* ---- the sink */

static const char *in_sink(struct house *h, const char *name) {
  return str_z(h->arena, str_format(h->arena, "%s/%s", sink_folder, name));
}

static void write_file(struct house *h, const char *path, str bytes) {
  (void)h;
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
  fclose(f);
}

static void sink_up(struct house *h) {
  static const char *const names[] = { "127.0.0.1", "localhost" };
  str certificate, key, port = STR("");
  snprintf(sink_folder, sizeof sink_folder, "%s/sink", h->fixture.folder);
  assert_int_equal(mkdir(sink_folder, 0700), 0);
  snprintf(sink_ca, sizeof sink_ca, "%s/certificate.pem", sink_folder);
  /* The certificate is for the clients' clock, which is the machine's. */
  struct clock clock = clock_system();
  assert_int_equal(certificate_self_signed(h->arena, names, 2, clock_now_us(&clock) / 1000000 - 3600, 30, &certificate, &key),
                   RESULT_OK);
  write_file(h, sink_ca, certificate);
  write_file(h, in_sink(h, "key.pem"), key);
  const char *words[] = { "/usr/bin/python3", SOURCE_DIR "/tests/service/smtp_sink.py", sink_folder, sink_ca,
                          in_sink(h, "key.pem"), NULL };
  assert_int_equal(posix_spawn(&sink, words[0], NULL, NULL, (char *const *)(uintptr_t)words, environ), 0);
  for (int i = 0; i < 200 && file_read(h->arena, in_sink(h, "port"), 16, &port) != RESULT_OK; i++)
    nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
  assert_true(port.n > 0);
  snprintf(sink_url, sizeof sink_url, "smtps://127.0.0.1:%.*s", STR_ARG(port));
}

static struct net_mail_server server_at(const char *url) {
  return (struct net_mail_server){ .url = url, .ca_file = sink_ca, .wait_ms = 10000 };
}

/* Runs of the job until one finds nothing due: a run leaves off when the server is away. */
static struct job_report sent_by(struct house *h, const char *url) {
  struct net_mail_server server = server_at(url);
  struct mail_settings m = { &server, STR("shienkin@med.example"), STR("サイバー支援金"), STR("https://shienkin.example") };
  struct job_report all = { 0, 0 }, run;
  do {
    assert_int_equal(job_send_mail(&h->service, &m, 100, &run), RESULT_OK);
    all.done += run.done;
    all.failed += run.failed;
  } while (run.done + run.failed > 0);
  return all;
}

static int arrived(struct house *h) {
  int n = 0;
  while (access(in_sink(h, str_z(h->arena, str_format(h->arena, "%d.eml", n + 1))), R_OK) == 0) n++;
  return n;
}

/* A header, or with NULL the text, of the nth message, as another reader understands it. */
static str read_message(struct house *h, int n, const char *header) {
  const char *out = str_z(h->arena, str_format(h->arena, "%s/read", sink_folder));
  const char *command = str_z(h->arena, str_format(h->arena, "/usr/bin/python3 '%s' '%s/%d.eml' %s > '%s'",
                                             SOURCE_DIR "/tests/service/eml.py", sink_folder, n, header ? header : "", out));
  fixture_program((const char *const[]){ "sh", "-c", command, NULL });
  str text;
  assert_int_equal(file_read(h->arena, out, 65536, &text), RESULT_OK);
  return text;
}

static void files(struct house *h) {
  struct caller c = house_keyed(h, "clinic-1", "file");
  struct file_request r = { h->clinic_1, STR("online"), *casework_declared(),
                            { casework_json(h, SECRET_FACTS), casework_json(h, SECRET_PAYEE), NULL } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
}

static bool holds(str text, const char *part) { return str_find(text, str_of(part)) >= 0; }

/* ---- the house */

static int up(void **state) {
  house.fixture.quiet = true;             /* it makes its faults itself */
  casework_up(&house);
  sink_up(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  kill(sink, SIGKILL);
  waitpid(sink, NULL, 0);
  casework_down(*state);
  return 0;
}

static int next(void **state) {
  house_next(*state);
  return 0;
}

static void address(struct house *h, const char *who, const char *text) {
  struct caller c = house_caller(h, who);
  assert_ok(h, HOUSE(h, contact_set, &c, (&(struct contact_request){ str_of(text) })));
}

static void empty_the_outbox(struct house *h) {
  sent_by(h, sink_url);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.mail WHERE state = 'queued'"), 0);
}

/* ---- addresses */

static void test_addresses(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "clinic-1");
  static const char *const bad[] = { "desk", "desk@", "@example.jp", "desk@example", "a b@example.jp", "a@b@example.jp",
                                     "desk@example..jp", "desk@example.", "desk@.example.jp", "desk@example.jp\r\nBcc: x@example.jp",
                                     "<desk@example.jp>", "受付@example.jp" };
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    assert_refused(h, HOUSE(h, contact_set, &c, (&(struct contact_request){ str_of(bad[i]) })), 422, "mail_address");
  address(h, "clinic-1", "desk@clinic.example");
  assert_ok(h, HOUSE(h, contact_own, &c, NULL));
  assert_string_equal(str_z(h->arena, house_text(h, "/address")), "desk@clinic.example");
  struct caller other = house_caller(h, "clinic-2");
  assert_ok(h, HOUSE(h, contact_own, &other, NULL));
  assert_true(json_at(&h->body, STR("/address"))->kind == JSON_KIND_NULL);
  /* The column is sealed: the address stands nowhere in it. */
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.contact WHERE position('clinic.example'::bytea in "
                                  "sealed_address) > 0"), 0);
  empty_the_outbox(h);
}

/* ---- what is told, and what is not */

static void test_a_receipt_without_data(void **state) {
  struct house *h = *state;
  int before = arrived(h);
  files(h);
  str number = house_text(h, "/number");
  assert_int_equal(sent_by(h, sink_url).failed, 0);
  assert_int_equal(arrived(h), before + 2); /* the receipt, and the payee account that came with it */
  int receipt = holds(read_message(h, before + 1, "Subject"), "受け付けました") ? before + 1 : before + 2;
  assert_true(holds(read_message(h, receipt, "Subject"), str_z(h->arena, number)));
  assert_true(holds(read_message(h, receipt, "X-Sink-To"), "desk@clinic.example"));
  str text = read_message(h, receipt, NULL);
  assert_true(holds(text, str_z(h->arena, number)));
  assert_true(holds(text, "https://shienkin.example"));
  /* Neither the clinic, nor the incident, nor the account, nor any yen. */
  static const char *const secrets[] = { "やまだ", "ヤマダ", "9876543", "2026-05-11", "ransomware", "円", "暗号化" };
  for (size_t i = 0; i < COUNT_OF(secrets); i++) assert_false(holds(text, secrets[i]));
  /* Once: nothing is due any more. */
  assert_int_equal(sent_by(h, sink_url).done, 0);
}

/* The thief's first wish is that nobody hears of the new account or address. */
static void test_changes_are_told_to_the_earlier_address(void **state) {
  struct house *h = *state;
  int before = arrived(h);
  address(h, "clinic-1", "thief@elsewhere.example");
  sent_by(h, sink_url);
  bool old = false;
  for (int n = before + 1; n <= arrived(h); n++)
    old = old || holds(read_message(h, n, "X-Sink-To"), "desk@clinic.example");
  assert_true(old);
  before = arrived(h);
  files(h);
  sent_by(h, sink_url);
  int payee_to_old = 0, receipt_to_old = 0;
  for (int n = before + 1; n <= arrived(h); n++) {
    if (!holds(read_message(h, n, "X-Sink-To"), "desk@clinic.example")) continue;
    payee_to_old += holds(read_message(h, n, "Subject"), "振込先");
    receipt_to_old += holds(read_message(h, n, "Subject"), "受け付け");
  }
  assert_int_equal(payee_to_old, 1);
  assert_int_equal(receipt_to_old, 0);
  address(h, "clinic-1", "desk@clinic.example");
  empty_the_outbox(h);
}

/* ---- when the server is away */

static void test_tried_again_later(void **state) {
  struct house *h = *state;
  int before = arrived(h);
  files(h);
  struct job_report r = sent_by(h, "smtps://127.0.0.1:1");
  assert_true(r.failed >= 2);
  assert_int_equal(sent_by(h, sink_url).done, 0); /* not at once */
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.mail WHERE state = 'queued'"), r.failed);
  write_file(h, in_sink(h, "busy"), STR("1"));
  h->fixture.now_us += INT64_C(61000000);
  assert_int_equal(sent_by(h, sink_url).failed, r.failed);
  assert_int_equal(unlink(in_sink(h, "busy")), 0);
  h->fixture.now_us += INT64_C(121000000);
  assert_int_equal(sent_by(h, sink_url).done, r.failed);
  assert_int_equal(arrived(h), before + r.failed);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.mail m WHERE m.tries = 3 AND m.state = 'sent' AND 3 = "
                                  "(SELECT count(*) FROM shienkin.mail_attempt a WHERE a.mail_id = m.id)"), r.failed);
}

static void test_refused_for_good(void **state) {
  struct house *h = *state;
  write_file(h, in_sink(h, "refuse"), STR("1"));
  int64_t sent = house_count(h, "SELECT count(*) FROM shienkin.mail WHERE state = 'sent'");
  files(h);
  struct job_report r = sent_by(h, sink_url);
  assert_int_equal(unlink(in_sink(h, "refuse")), 0);
  assert_true(r.failed >= 2);
  h->fixture.now_us += INT64_C(86400000000);
  assert_int_equal(sent_by(h, sink_url).done, 0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.mail WHERE state = 'refused'"), r.failed);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.mail WHERE state = 'sent'"), sent);
}

/* The program is gone between sending and writing down: the lease runs out, and the message comes again as the same one. */
static void test_a_crash_after_sending(void **state) {
  struct house *h = *state;
  int before = arrived(h);
  address(h, "clinic-2", "desk@second.example");
  empty_the_outbox(h);
  before = arrived(h);
  address(h, "clinic-2", "");
  /* The taking has begun, leased and committed; the next transaction never gets to its first query. */
  uint64_t queries = 0;
  struct net_mail_server server = server_at(sink_url);
  struct mail_settings m = { &server, STR("shienkin@med.example"), STR("サイバー支援金"), STR("https://shienkin.example") };
  struct job_report report;
  result r = RESULT_OK;
  for (h->fail_at = 1; arrived(h) == before && h->fail_at < 40; h->fail_at++) {
    h->seen = 0;
    h->injury = STORE_FAIL;
    h->fixture.now_us += INT64_C(11) * 60 * 1000000;
    r = job_send_mail(&h->service, &m, 1, &report);
    queries = h->fail_at;
  }
  assert_int_not_equal(r, RESULT_OK);
  assert_true(queries > 3);
  h->fail_at = 0;
  h->fixture.now_us += INT64_C(11) * 60 * 1000000;
  assert_int_equal(sent_by(h, sink_url).done, 1);
  assert_int_equal(arrived(h), before + 2);
  str first = read_message(h, before + 1, "Message-ID"), second = read_message(h, before + 2, "Message-ID");
  assert_true(first.n > 20 && str_eq(first, second));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_addresses, next),
    cmocka_unit_test_setup(test_a_receipt_without_data, next),
    cmocka_unit_test_setup(test_changes_are_told_to_the_earlier_address, next),
    cmocka_unit_test_setup(test_tried_again_later, next),
    cmocka_unit_test_setup(test_refused_for_good, next),
    cmocka_unit_test_setup(test_a_crash_after_sending, next),
  };
  return cmocka_run_group_tests_name("mail", tests, up, down);
}
