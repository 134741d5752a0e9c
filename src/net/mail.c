/* mail: one message to a mail server, and whose fault it was when it was not taken. */
#include <string.h>

#include "curl_door.h"
#include "messages.h"
#include "mime.h"

#define PASSWORD_MOST 1024

struct delivery {
  struct arena *arena;
  const struct net_mail_server *server;
  const struct net_mail *mail;
  struct door door;
  str message, password;
  size_t given;
  bool began;                                   /* the envelope was opened: from here on a 5xx is about this message */
};

static size_t give(char *room, size_t size, size_t n, void *context) {
  struct delivery *d = context;
  size_t most = size * n, left = d->message.n - d->given;
  if (most > left) most = left;
  memcpy(room, d->message.p + d->given, most);
  d->given += most;
  return most;
}

/* What is sent passes by here; the envelope begins with MAIL FROM (RFC 5321 section 3.3). Nothing of it is kept. */
static int watch(CURL *curl, curl_infotype type, char *bytes, size_t n, void *context) {
  struct delivery *d = context;
  (void)curl;
  if (type == CURLINFO_HEADER_OUT && n >= 10 && memcmp(bytes, "MAIL FROM:", 10) == 0) d->began = true;
  return 0;
}

static void need(struct delivery *d, result r) {
  if (r != RESULT_OK) arena_leave(d->arena, r);
}

static void leave(struct delivery *d, result why, const struct message *m, str about, str said) {
  d->door.trouble = (struct trouble){ m, about, said };
  arena_leave(d->arena, why);
}

#define SET(option, value) do { if (curl_easy_setopt(d->door.curl, (option), (value)) != CURLE_OK) \
                                  arena_leave(d->arena, RESULT_NO_MEMORY); } while (0)

static void sign_in(struct delivery *d) {
  const struct net_mail_server *s = d->server;
  str text, rest;
  if (!s->user) return;
  SET(CURLOPT_USERNAME, s->user);
  if (!s->password_file) return;
  result r = file_read(d->arena, s->password_file, PASSWORD_MOST, &text);
  if (r != RESULT_OK) leave(d, RESULT_OUTSIDE, &net__file, str_of(s->password_file), STR(""));
  d->password = text;
  SET(CURLOPT_PASSWORD, str_z(d->arena, str_trim(str_cut(text, '\n', &rest))));
}

static void set_up(struct delivery *d) {
  const struct net_mail_server *s = d->server;
  need(d, door_open(&d->door, s->url, "smtp,smtps", s->ca_file, s->wait_ms));
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
  sign_in(d);
  SET(CURLOPT_MAIL_FROM, str_format(d->arena, "<%.*s>", STR_ARG(d->mail->from_address)).p);
  need(d, door_list_add(&d->door, str_format(d->arena, "<%.*s>", STR_ARG(d->mail->to_address)).p));
  SET(CURLOPT_MAIL_RCPT, d->door.list);
  SET(CURLOPT_UPLOAD, 1L);
  SET(CURLOPT_READFUNCTION, give);
  SET(CURLOPT_READDATA, d);
  SET(CURLOPT_VERBOSE, 1L);
  SET(CURLOPT_DEBUGFUNCTION, watch);
  SET(CURLOPT_DEBUGDATA, d);
}

/* Who could do something about it: the address's owner (for good), or whoever runs the servers (later). */
static void judge(struct delivery *d, CURLcode code) {
  if (code == CURLE_OK) return;
  long reply = 0;
  (void)curl_easy_getinfo(d->door.curl, CURLINFO_RESPONSE_CODE, &reply);
  str host = door_host(d->arena, d->server->url), said = str_format(d->arena, "%ld", reply);
  if (code == CURLE_LOGIN_DENIED) leave(d, RESULT_OUTSIDE, &net__mail_login, host, said);
  if (code == CURLE_USE_SSL_FAILED) leave(d, RESULT_OUTSIDE, &net__mail_tls, host, said);
  bool answered = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY;
  if (answered && d->began && reply >= 500 && reply < 600) leave(d, RESULT_REFUSED, &net__mail_refused, host, said);
  if (answered && reply >= 400 && reply < 600) leave(d, RESULT_OUTSIDE, &net__mail_later, host, said);
  result r = door_ended(&d->door, d->arena, code, d->server->url, d->server->ca_file);
  arena_leave(d->arena, r == RESULT_REFUSED ? RESULT_OUTSIDE : r);      /* a malformed server is nothing of the message's */
}

static void deliver(void *context) {
  struct delivery *d = context;
  d->message = mime__message(d->arena, d->mail);
  set_up(d);
  judge(d, curl_easy_perform(d->door.curl));
}

static bool server_ok(const char *url) { return door_url_ok(url, STR("smtps://")) || door_url_ok(url, STR("smtp://")); }

result net_mail_send(struct arena *a, const struct net_mail_server *s, const struct net_mail *m, struct findings *f) {
  const char *wrong = mime__fault(m);
  const str addresses[] = { m->from_address, m->to_address };
  if (!wrong && !mime__is_message_id(m->message_id)) wrong = "message_id";
  if (wrong || !server_ok(s->url)) {
    FINDING(f, STR(""), &net__malformed, str_of(wrong ? wrong : "URL"));
    return wrong ? RESULT_REFUSED : RESULT_OUTSIDE;
  }
  for (size_t i = 0; i < COUNT_OF(addresses); i++) {
    if (net_address_ok(addresses[i])) continue;
    FINDING(f, STR(""), &net__address, mime__can_be_shown(addresses[i]) ? addresses[i] : STR("?"));
    return RESULT_REFUSED;
  }
  struct delivery d = { .arena = a, .server = s, .mail = m };
  result ended = arena_run(a, deliver, &d);
  door_close(&d.door);
  if (d.password.n) explicit_bzero((char *)(uintptr_t)d.password.p, d.password.n);
  if (ended != RESULT_OK) door_tell(&d.door, f);
  return ended;
}
