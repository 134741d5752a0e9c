/* ask: net on the command line, for talk.py. `ask https NAME=VALUE…`, `ask mail NAME=VALUE…`; a value @FILE is that file's
 * bytes. Prints "result", the findings' codes and the answer, a line each. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "shienkin/net.h"

static str value(struct arena *a, int argc, char **argv, const char *name) {
  str wanted = str_format(a, "%s=", name), bytes;
  for (int i = 2; i < argc; i++) {
    str word = str_of(argv[i]);
    if (!str_starts(word, wanted)) continue;
    word = str_slice(word, wanted.n, word.n);
    if (!word.n || word.p[0] != '@') return word;
    return file_read(a, word.p + 1, 64u << 20, &bytes) == RESULT_OK ? bytes : STR_NONE;
  }
  return STR_NONE;
}

static const char *word(struct arena *a, int argc, char **argv, const char *name) {
  str v = value(a, argc, argv, name);
  return v.p ? str_z(a, v) : NULL;
}

static int64_t number(struct arena *a, int argc, char **argv, const char *name) {
  int64_t n = 0;
  return str_to_int64(value(a, argc, argv, name), &n) ? n : 0;
}

static void ended(result r, const struct findings *f) {
  printf("result %s\n", result_name(r));
  for (size_t i = 0; i < f->count; i++) printf("finding %s %.*s\n", f->items[i].code, STR_ARG(f->items[i].en));
}

static void https(struct arena *a, int argc, char **argv) {
  struct net_header headers[8];
  struct net_request r = { .method = word(a, argc, argv, "method"), .url = word(a, argc, argv, "url"), .headers = headers,
                           .body = value(a, argc, argv, "body"), .ca_file = word(a, argc, argv, "ca"),
                           .wait_ms = number(a, argc, argv, "wait"), .most_bytes = (size_t)number(a, argc, argv, "most") };
  for (str rest = value(a, argc, argv, "headers"); rest.n && r.header_count < COUNT_OF(headers);) {
    str pair = str_cut(rest, ';', &rest), v, name = str_cut(pair, ':', &v);
    headers[r.header_count++] = (struct net_header){ name, v };
  }
  const char *in = word(a, argc, argv, "in"), *out = word(a, argc, argv, "out");
  if (in) {
    r.has_body_file = true;
    r.body_file = open(in, O_RDONLY | O_CLOEXEC);
    r.body_length = number(a, argc, argv, "length");
  }
  if (out) {
    r.has_out_file = true;
    r.out_file = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  }
  struct findings f = findings_in(a);
  struct net_answer answer;
  result ok = net_https(a, &r, &f, &answer);
  ended(ok, &f);
  if (ok == RESULT_OK) {
    printf("status %d\netag %.*s\n", answer.status, STR_ARG(net_answer_header(&answer, "etag")));
    printf("body %.*s\n", STR_ARG(answer.body));
  }
  if (in) close(r.body_file);
  if (out) close(r.out_file);
}

static void mail(struct arena *a, int argc, char **argv) {
  struct net_mail_server s = { .url = word(a, argc, argv, "url"), .user = word(a, argc, argv, "user"),
                               .password_file = word(a, argc, argv, "password"), .ca_file = word(a, argc, argv, "ca"),
                               .wait_ms = number(a, argc, argv, "wait") };
  struct net_mail m = { value(a, argc, argv, "from"), value(a, argc, argv, "name"), value(a, argc, argv, "to"),
                        value(a, argc, argv, "subject"), value(a, argc, argv, "text"), value(a, argc, argv, "id"),
                        number(a, argc, argv, "at") };
  struct findings f = findings_in(a);
  ended(net_mail_send(a, &s, &m, &f), &f);
}

int main(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(256u << 20);
  if (argc < 2 || !a) return 2;
  if (str_eq(str_of(argv[1]), STR("https"))) https(a, argc, argv);
  else mail(a, argc, argv);
  return 0;
}
