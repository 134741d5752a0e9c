/* call: one request. It carries a key by which the service knows it again, so that it may be sent again when nobody knows
 * what became of it: at once, and by the same words of a later call. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "remote/remote.h"
#include "shienkin/crypto.h"

enum { TRIES_MOST = 4, WAIT_S_MOST = 30, HEADERS_MOST = 8 };

/* ---- the request's words */

/* Server, account, method, address and body: the same words are the same request. */
static str fingerprint(struct remote *r, const struct remote_call *c) {
  struct sha256_state s = sha256_begin();
  char hex[65];
  sha256_add(&s, c->body);
  if (c->has_file) {
    char *piece = arena_alloc(r->arena, 65536);
    ssize_t n;
    while ((n = read(c->file, piece, 65536)) > 0) sha256_add(&s, (str){ piece, (size_t)n });
    (void)lseek(c->file, 0, SEEK_SET);
  }
  sha256_write(sha256_end(&s), hex);
  return str_format(r->arena, "%.*s %.*s %s %.*s %.*s %s", STR_ARG(r->url), STR_ARG(r->login), c->method, STR_ARG(c->path),
                    STR_ARG(c->if_match), hex);
}

static void header(struct net_request *q, struct net_header *headers, const char *name, str value) {
  if (!value.n) return;
  assert(q->header_count < HEADERS_MOST);
  headers[q->header_count++] = (struct net_header){ str_of(name), value };
}

static struct net_request request_of(struct remote *r, const struct remote_call *c, str key, struct net_header *headers) {
  bool has_body = c->body.n || c->has_file;
  struct net_request q = { .method = c->method, .url = str_format(r->arena, "%.*s%.*s", STR_ARG(r->url), STR_ARG(c->path)).p,
                           .headers = headers, .body = c->body, .ca_file = r->ca_file, .wait_ms = c->wait_ms,
                           .has_body_file = c->has_file, .body_file = c->file, .body_length = c->file_length,
                           .has_out_file = c->has_out, .out_file = c->out };
  if (!c->anonymous) header(&q, headers, "Authorization", str_format(r->arena, "Bearer %.*s", STR_ARG(r->token)));
  header(&q, headers, "Accept-Language", cli_japanese() ? STR("ja") : STR("en"));
  header(&q, headers, "Content-Type", has_body ? str_of(c->type ? c->type : "application/json") : STR(""));
  header(&q, headers, "If-Match", c->if_match);
  /* A string of structured fields (RFC 9651 section 3.3.3). */
  bool bare = key.n && key.p[0] != '"';
  header(&q, headers, "Idempotency-Key", bare ? str_format(r->arena, "\"%.*s\"", STR_ARG(key)) : key);
  return q;
}

/* ---- again? */

static str problem_code(struct remote *r, const struct net_answer *answer) {
  struct json problem = remote_json(r, answer->body);
  str type = remote_member(&problem, "type"), prefix = STR("urn:shienkin:problem:");
  return str_starts(type, prefix) ? str_slice(type, prefix.n, type.n) : STR("");
}

static void wait_s(int64_t seconds) {
  struct timespec pause = { .tv_sec = seconds };
  nanosleep(&pause, NULL);
}

/* The service says when to come again, and it is soon. */
static bool come_again(struct remote *r, const struct net_answer *answer) {
  int64_t seconds;
  bool later = answer->status == 503 || (answer->status == 409 && str_eq(problem_code(r, answer), STR("request_in_progress")));
  if (!later || !str_to_int64(net_answer_header(answer, "Retry-After"), &seconds) || seconds < 0 || seconds > WAIT_S_MOST) return false;
  wait_s(seconds);
  return true;
}

/* Nothing was sent, or it may be sent twice without harm. */
static bool may_repeat(const struct remote_call *c, const struct findings *f) {
  bool harmless = c->idempotent || strcmp(c->method, "GET") == 0 || strcmp(c->method, "HEAD") == 0;
  return harmless && (findings_has(f, STR(""), "net_broken") || findings_has(f, STR(""), "net_timeout"));
}

/* ---- the second factor, where it is due */

static bool confirm_oneself(struct remote *r) {
  str code = remote_ask_secret(r, "確認コード（認証アプリの6桁。設定していない方はパスワード）",
                               "Confirm that it is you: code of the authenticator (or the password, where there is none)");
  if (!code.n) return false;
  struct json_member member = { STR("code"), json_of_str(utf8_valid(code, NULL) ? code : STR("?")) };
  struct json body = json_of_object(&member, 1);
  struct remote_call c = { .method = "POST", .path = STR("/v1/session/step-up"), .body = json_dump(r->arena, &body) };
  struct net_answer answer;
  return remote_call(r, &c, &answer) == EXIT_DONE;
}

/* ---- the call */

static enum exit_code ended(struct remote *r, const struct remote_call *c, const struct net_answer *answer) {
  if (answer->status >= 200 && answer->status < 300) return EXIT_DONE;
  if (!c->quiet) remote_show_problem(r, answer);
  return answer->status >= 500 || answer->status < 400 ? EXIT_OUTSIDE : EXIT_FINDING;
}

static enum exit_code attempts(struct remote *r, struct remote_call *c, str key, struct net_answer *out) {
  bool confirmed = false;
  for (int tried = 1;; tried++) {
    struct net_header headers[HEADERS_MOST];
    struct net_request q = request_of(r, c, key, headers);
    struct findings f = findings_in(r->arena);
    if (c->has_file) (void)lseek(c->file, 0, SEEK_SET);
    result sent = net_https(r->arena, &q, &f, out);
    if (sent != RESULT_OK) {
      if (tried < TRIES_MOST && may_repeat(c, &f)) {
        wait_s(tried);
        continue;
      }
      cli_print_findings(STDERR_FILENO, &f, STR(""));
      return sent == RESULT_REFUSED ? EXIT_USAGE : EXIT_OUTSIDE;
    }
    if (tried < TRIES_MOST && come_again(r, out)) continue;
    if (out->status == 403 && !confirmed && str_eq(problem_code(r, out), STR("step_up_required"))) {
      confirmed = true;
      if (confirm_oneself(r)) continue;
    }
    return ended(r, c, out);
  }
}

enum exit_code remote_call(struct remote *r, struct remote_call *c, struct net_answer *out) {
  bool keep = c->idempotent && !c->key.n;
  str words = keep ? fingerprint(r, c) : STR(""), key = keep ? remote_key(r, words) : c->key;
  *out = (struct net_answer){ 0 };
  enum exit_code code = attempts(r, c, key, out);
  /* An answer that says what became of it ends the request; 5xx and silence do not. */
  if (keep && out->status >= 200 && out->status < 500) remote_key_done(r, words);
  return code;
}

struct json remote_json(struct remote *r, str body) {
  struct findings ignored = findings_in(r->arena);
  struct json out;
  result read = json_read(r->arena, body, (struct json_limits){ .bytes = NET_BYTES_MOST, .depth = 64 }, &ignored, &out);
  return read == RESULT_OK ? out : json_of_object(NULL, 0);
}
