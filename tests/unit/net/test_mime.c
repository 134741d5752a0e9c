/* Are messages what RFC 5322 asks for, and is an address only an address? Nothing here reaches a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mime.h"

static int setup(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}
static int teardown(void **state) {
  arena_free(*state);
  return 0;
}

/* RFC 5322 section 3.4.1 and RFC 5321 section 4.5.3.1, less quotes, comments and literals. */
static void addresses_are_told_from_what_is_none(void **state) {
  struct arena *a = *state;
  static const char *const good[] = { "a@b", "first.last+tag@sub.example.jp", "!#$%&'*+-/=?^_`{|}~@example.jp", "x@xn--eckwd4c.jp" };
  static const char *const bad[] = { "", "a", "@b", "a@", "a@@b", "a@b@c", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@-b.c",
                                     "a@b-.c", "a b@c", "a@b c", "a@b\nRCPT TO:<c@d>", "a@b\r\nBcc: c@d", "<a@b>", "a@b>", "\"a b\"@c",
                                     "a@[192.0.2.1]", "a@b(c)", "\xE6\x94\xAF@example.jp", "a@\xE6\x94\xAF.jp", "a,b@c", "a;b@c" };
  for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(net_address_ok(str_of(good[i])));
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(net_address_ok(str_of(bad[i])));
  assert_false(net_address_ok((str){ "a\0b@c", 5 }));
  char local[80];
  memset(local, 'x', sizeof local);
  assert_true(net_address_ok(str_format(a, "%.64s@b", local)));
  assert_false(net_address_ok(str_format(a, "%.65s@b", local)));
  assert_true(net_address_ok(str_format(a, "a@%.63s.jp", local)));
  assert_false(net_address_ok(str_format(a, "a@%.64s.jp", local)));
}

static struct net_mail mail(void) {
  return (struct net_mail){ STR("desk@example.jp"), STR("Desk"), STR("clinic@example.jp"), STR("Receipt"), STR("Sign in.\n"),
                            STR("1@example.jp"), 1795305600000000 };
}

static void a_plain_message_is_readable_as_it_is(void **state) {
  struct net_mail m = mail();
  str expected = STR("Date: Sun, 22 Nov 2026 09:00:00 +0900\r\nFrom: \"Desk\"\r\n <desk@example.jp>\r\nTo: <clinic@example.jp>\r\n"
                     "Subject: Receipt\r\nMessage-ID: <1@example.jp>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSign in.\r\n");
  str got = mime__message(*state, &m);
  assert_int_equal(got.n, expected.n);
  assert_memory_equal(got.p, expected.p, got.n);
}

/* RFC 2047 section 2 and RFC 5322 section 2.1.1: whatever the words, lines stay short and ASCII. */
static void lines_stay_within_76_characters(void **state) {
  struct net_mail m = mail();
  struct buf b = buf_in(*state);
  for (size_t length = 1; length <= 130; length++) {
    buf_add(&b, length % 7 ? STR("支") : STR("x"));
    m.subject = m.from_name = buf_str(&b);
    m.text = length % 2 ? buf_str(&b) : str_format(*state, "%0300d%.*s", 7, STR_ARG(buf_str(&b)));
    if (m.subject.n > 400) break;
    assert_null(mime__fault(&m));
    str rest = mime__message(*state, &m), line;
    while (rest.n) {
      line = str_cut(rest, '\n', &rest);
      assert_true(line.n >= 1 && line.n <= 77 && line.p[line.n - 1] == '\r');
      for (size_t i = 0; i < line.n; i++) assert_true((unsigned char)line.p[i] < 0x7F);
    }
  }
}

static void controls_are_refused_before_anything_is_sent(void **state) {
  static const char *const bad[] = { "a\nBcc: b@c", "a\r\n\r\nbody", "a\rb", "a\x1B[31m", "a\x7F", "\xFF", "a\tb" };
  struct net_mail_server s = { .url = "smtps://192.0.2.1:465", .wait_ms = 1 };
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    for (int member = 0; member < 5; member++) {
      struct net_mail m = mail();
      str *members[] = { &m.subject, &m.from_name, &m.to_address, &m.from_address, &m.message_id };
      *members[member] = str_of(bad[i]);
      struct findings f = findings_in(*state);
      assert_int_equal(net_mail_send(*state, &s, &m, &f), RESULT_REFUSED);
      assert_int_equal(f.count, 1);
      for (size_t at = 0; at < f.items[0].en.n; at++) assert_true((unsigned char)f.items[0].en.p[at] >= ' ');
    }
  struct net_mail m = mail();
  m.text = (str){ "a\0b", 3 };
  struct findings f = findings_in(*state);
  assert_int_equal(net_mail_send(*state, &s, &m, &f), RESULT_REFUSED);
}

static void requests_are_looked_at_before_anything_is_sent(void **state) {
  static const char *const urls[] = { "http://example.jp/", "https://", "https:///x", "https://u:p@example.jp/", "https://a b/",
                                      "https://a/\r\nX: y", "ftp://a/", "file:///etc/passwd", "https://a/\xE6\x94\xAF", "" };
  static const char *const methods[] = { "", "GET X", "GET\r\n", "G/T", "ABCDEFGHIJKLMNOPQ" };
  static const struct net_header headers[] = { { STR_INIT("X"), STR_INIT("a\r\nY: b") }, { STR_INIT("X: y\r\nZ"), STR_INIT("b") },
                                               { STR_INIT(""), STR_INIT("b") }, { STR_INIT("X Y"), STR_INIT("b") },
                                               { STR_INIT("X"), STR_INIT("a\0b") }, { STR_INIT("X"), STR_INIT("\x7F") } };
  struct net_answer answer;
  for (size_t i = 0; i < COUNT_OF(urls) + COUNT_OF(methods) + COUNT_OF(headers); i++) {
    struct net_request r = { .method = "GET", .url = "https://192.0.2.1/", .wait_ms = 1 };
    if (i < COUNT_OF(urls)) r.url = urls[i];
    else if (i < COUNT_OF(urls) + COUNT_OF(methods)) r.method = methods[i - COUNT_OF(urls)];
    else r.headers = &headers[i - COUNT_OF(urls) - COUNT_OF(methods)], r.header_count = 1;
    struct findings f = findings_in(*state);
    assert_int_equal(net_https(*state, &r, &f, &answer), RESULT_REFUSED);
    assert_true(findings_has(&f, STR(""), "net_malformed"));
  }
}

struct attempt { struct arena *arena; result r; };
static void attempt(void *context) {
  struct attempt *t = context;
  struct findings f = findings_in(t->arena);
  struct net_request r = { .method = "POST", .url = "https://127.0.0.1:1/", .body = STR("x"),
                           .headers = &(struct net_header){ STR("A"), STR("b") }, .header_count = 1 };
  struct net_answer answer;
  t->r = net_https(t->arena, &r, &f, &answer);
}

static void memory_that_fails_is_a_result_and_leaves_nothing_behind(void **state) {
  (void)state;
  bool done = false;
  for (uint64_t nth = 1; !done && nth < 100; nth++) {
    struct arena *a = arena_new(0);
    struct attempt t = { a, RESULT_OK };
    mem_fail_at(nth);
    result r = arena_run(a, attempt, &t);
    done = mem_fail_at(0) < nth;
    assert_int_equal(r != RESULT_OK ? r : t.r, done ? RESULT_OUTSIDE : RESULT_NO_MEMORY);
    arena_free(a);
  }
  assert_true(done);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(addresses_are_told_from_what_is_none, setup, teardown),
    cmocka_unit_test_setup_teardown(a_plain_message_is_readable_as_it_is, setup, teardown),
    cmocka_unit_test_setup_teardown(lines_stay_within_76_characters, setup, teardown),
    cmocka_unit_test_setup_teardown(controls_are_refused_before_anything_is_sent, setup, teardown),
    cmocka_unit_test_setup_teardown(requests_are_looked_at_before_anything_is_sent, setup, teardown),
    cmocka_unit_test(memory_that_fails_is_a_result_and_leaves_nothing_behind),
  };
  return cmocka_run_group_tests_name("net: messages and requests", tests, NULL, NULL);
}
