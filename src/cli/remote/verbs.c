/* verbs: the words of a call become one request. */
#include "remote/verbs.h"

#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

enum { OPTIONS_MOST = 16, FILE_BYTES_MOST = 8 << 20 };

/* One option of a row. */
struct option { str name; const char *spelled; bool required, flag, in_query; str value; bool set; };

struct call {
  struct remote remote;
  const char *command;
  const struct verb *verb;
  int argc;
  char **argv;
  struct option options[OPTIONS_MOST];
  size_t count;
  str key, if_match;
  enum exit_code code;
};

/* ---- options of a row */

static void add_options(struct call *c, const char *list, bool in_query) {
  for (str rest = list ? str_of(list) : STR(""); rest.n;) {
    str word = str_cut(rest, ' ', &rest);
    bool optional = str_ends(word, STR("?")), flag = str_ends(word, STR("&"));
    str name = optional || flag ? str_slice(word, 0, word.n - 1) : word;
    char *spelled = (char *)(uintptr_t)str_z(c->remote.arena, name);
    for (char *p = spelled; *p; p++)
      if (*p == '_') *p = '-';
    assert(c->count < OPTIONS_MOST);
    c->options[c->count++] = (struct option){ .name = name, .spelled = spelled, .required = !optional && !flag, .flag = flag,
                                              .in_query = in_query };
  }
}

static bool read_options(struct call *c) {
  struct cli_option table[OPTIONS_MOST + 3];
  size_t n = 0;
  add_options(c, c->verb->members, false);
  add_options(c, c->verb->query, true);
  for (size_t i = 0; i < c->count; i++)
    table[n++] = (struct cli_option){ c->options[i].spelled, !c->options[i].flag, &c->options[i].value, &c->options[i].set };
  table[n++] = (struct cli_option){ "json", false, NULL, &c->remote.json };
  if (strcmp(c->verb->method, "GET") != 0) table[n++] = (struct cli_option){ "key", true, &c->key, NULL };
  if (c->verb->match) table[n++] = (struct cli_option){ "if-match", true, &c->if_match, NULL };
  if (!cli_options(c->command, &c->argc, c->argv, table, n)) return false;
  for (size_t i = 0; i < c->count; i++) {
    c->options[i].set = c->options[i].set || c->options[i].value.p;
    if (c->options[i].set || !c->options[i].required) continue;
    fprintf(stderr, cli_japanese() ? "shienkin %s: --%s が必要です。\n" : "shienkin %s: --%s is needed.\n", c->command, c->options[i].spelled);
    return false;
  }
  return true;
}

/* ---- the address */

static int words_in(const char *list) {
  int n = 0;
  for (str rest = str_of(list); rest.n; n++) (void)str_cut(rest, ' ', &rest);
  return n;
}

static void percent(struct buf *b, str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') buf_byte(b, (char)c);
    else buf_format(b, "%%%02X", c);
  }
}

static str path_of(struct call *c, const char *pattern) {
  struct buf b = buf_in(c->remote.arena);
  int operand = 0;
  for (const char *p = pattern; *p; p++) {
    if (p[0] == '{' && p[1] == '}') {
      percent(&b, str_of(c->argv[operand++]));
      p++;
    } else {
      buf_byte(&b, *p);
    }
  }
  return buf_str(&b);
}

static str address_of(struct call *c) {
  struct buf b = buf_in(c->remote.arena);
  char between = '?';
  buf_add(&b, path_of(c, c->verb->path));
  for (size_t i = 0; i < c->count; i++) {
    const struct option *o = &c->options[i];
    if (!o->in_query || !o->set) continue;
    buf_format(&b, "%c%.*s=", between, STR_ARG(o->name));
    percent(&b, o->flag ? STR("true") : o->value);
    between = '&';
  }
  return buf_str(&b);
}

/* ---- the body */

static bool read_document(struct call *c, const char *path, str *out) {
  CLEANUP(fd_close) int fd = -1;
  result r = cli_open(path, &fd);
  if (r == RESULT_OK) r = file_read_fd(c->remote.arena, fd, FILE_BYTES_MOST, out);
  if (r != RESULT_OK) cli_unreadable(c->remote.arena, str_of(path), r);
  c->code = EXIT_OUTSIDE;
  return r == RESULT_OK;
}

static bool check_json(struct call *c, const char *path, str text, struct json *out) {
  struct findings f = findings_in(c->remote.arena);
  struct json_limits limits = { .bytes = FILE_BYTES_MOST, .depth = 64 };
  if (json_read(c->remote.arena, text, limits, &f, out) == RESULT_OK) return true;
  cli_print_findings(STDERR_FILENO, &f, str_of(path));
  c->code = EXIT_FINDING;
  return false;
}

static str members_of(struct call *c, const char *file_member, const struct json *document) {
  struct json_member members[OPTIONS_MOST + 1];
  size_t n = 0;
  for (size_t i = 0; i < c->count; i++) {
    const struct option *o = &c->options[i];
    if (o->in_query || !o->set) continue;
    members[n++] = (struct json_member){ o->name, o->flag ? json_of_bool(true) : json_of_str(o->value) };
  }
  if (document) members[n++] = (struct json_member){ str_of(file_member), *document };
  struct json body = json_of_object(members, n);
  return json_dump(c->remote.arena, &body);
}

static bool texts_are_utf8(struct call *c) {
  for (size_t i = 0; i < c->count; i++)
    if (!utf8_valid(c->options[i].value, NULL)) {
      c->code = cli_usage(c->command, "文字は UTF-8 で渡してください。", "Texts are to be UTF-8.");
      return false;
    }
  return true;
}

static bool body_of(struct call *c, int operands, str *out) {
  const struct verb *v = c->verb;
  struct json document;
  *out = STR("");
  if (!texts_are_utf8(c)) return false;
  if (!v->document) {
    if (v->members) *out = members_of(c, NULL, NULL);
    return true;
  }
  const char *path = c->argv[operands];
  if (!read_document(c, path, out)) return false;
  if (v->type) return true;
  if (!check_json(c, path, *out, &document)) return false;
  if (*v->document) *out = members_of(c, v->document, &document);
  return true;
}

/* ---- the version that is changed */

static bool version_of(struct call *c) {
  const struct verb *v = c->verb;
  if (!v->match) return true;
  if (c->if_match.n) {
    if (c->if_match.p[0] != '"' && c->if_match.p[0] != '*')
      c->if_match = str_format(c->remote.arena, "\"%.*s\"", STR_ARG(c->if_match));
    return true;
  }
  if (!*v->match) {
    c->code = cli_usage(c->command, "--if-match で変える版を指定してください（例 --if-match 0-clinic）。",
                        "Name the version that is changed by --if-match, like --if-match 0-clinic.");
    return false;
  }
  struct remote_call read = { .method = "GET", .path = path_of(c, v->match) };
  struct net_answer answer;
  c->code = remote_call(&c->remote, &read, &answer);
  c->if_match = net_answer_header(&answer, "ETag");
  return c->code == EXIT_DONE;
}

/* ---- the story of a call */

static void run(void *context) {
  struct call *c = context;
  const struct verb *v = c->verb;
  struct remote_call request = { .method = v->method, .type = v->type };
  struct net_answer answer;
  int operands = words_in(v->operands);
  c->code = EXIT_USAGE;
  if (!read_options(c)) return;
  if (c->argc != operands + (v->document ? 1 : 0)) {
    fprintf(stderr, cli_japanese() ? "使い方: shienkin %s %s%s\n" : "Usage: shienkin %s %s%s\n", c->command, v->operands, v->document ? " FILE" : "");
    return;
  }
  if (!body_of(c, operands, &request.body)) return;
  c->code = remote_signed_in(&c->remote);
  if (c->code != EXIT_DONE || !version_of(c)) return;
  request.path = address_of(c);
  request.if_match = c->if_match;
  request.key = c->key;
  request.idempotent = strcmp(v->method, "POST") == 0 || (strcmp(v->method, "PUT") == 0 && v->match && !*v->match);
  c->code = remote_call(&c->remote, &request, &answer);
  if (c->code == EXIT_DONE) remote_show(&c->remote, &answer, v->columns);
}

enum exit_code verbs_run_one(const char *command, const struct verb *verb, int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct call c = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .command = command,
                    .verb = verb, .argc = argc, .argv = argv, .code = EXIT_OUTSIDE };
  return a && arena_run(a, run, &c) == RESULT_OK ? c.code : EXIT_OUTSIDE;
}

static int words_matched(const char *name, int argc, char **argv) {
  int n = 0;
  for (str rest = str_of(name); rest.n; n++)
    if (n >= argc || !str_eq(str_cut(rest, ' ', &rest), str_of(argv[n]))) return 0;
  return n;
}

enum exit_code verbs_run(const char *family, const struct verb *verbs, size_t count, int argc, char **argv) {
  const struct verb *best = NULL;
  int words = 0;
  for (size_t i = 0; i < count; i++) {
    int n = words_matched(verbs[i].name, argc, argv);
    if (n <= words) continue;
    words = n;
    best = &verbs[i];
  }
  if (!best) return cli_usage(family, "何をするかを指定してください。", "Say what to do.");
  char command[64];
  snprintf(command, sizeof command, "%s %s", family, best->name);
  return verbs_run_one(command, best, argc - words, argv + words);
}

/* ---- help */

static void list_options(const char *list) {
  for (str rest = list ? str_of(list) : STR(""); rest.n;) {
    str word = str_cut(rest, ' ', &rest);
    bool optional = str_ends(word, STR("?")), flag = str_ends(word, STR("&"));
    str name = optional || flag ? str_slice(word, 0, word.n - 1) : word;
    printf(optional || flag ? " [--" : " --");
    for (size_t i = 0; i < name.n; i++) putchar(name.p[i] == '_' ? '-' : name.p[i]);
    printf("%s%s", flag ? "" : " …", optional || flag ? "]" : "");
  }
}

void verbs_help(const char *family, const struct verb *verbs, size_t count, bool japanese) {
  (void)family;
  printf("\n");
  for (size_t i = 0; i < count; i++) {
    const struct verb *v = &verbs[i];
    printf("  %s%s%s%s", v->name, *v->operands ? " " : "", v->operands, v->document ? " FILE" : "");
    list_options(v->members);
    list_options(v->query);
    if (v->match) printf(*v->match ? " [--if-match …]" : " --if-match …");
    printf("\n      %s\n", japanese ? v->ja : v->en);
  }
  printf("\n%s", japanese
    ? "  --json           答えをJSONのまま書きます\n"
      "  --key 文字列      この操作の印。同じ印なら二度しません（既定: 自動。途切れた操作を同じ言葉で繰り返せば同じ印）\n"
      "  --if-match 版     この版のときだけ変えます（既定: 実行の直前に読んだ版）\n"
      "  FILE             JSONのファイル。- は標準入力\n"
    : "  --json          writes the answer as the JSON that it is\n"
      "  --key WORD      marks this request; the same mark is done once (default: made, and kept until its end is known)\n"
      "  --if-match V    changes it only while it has this version (default: as read just before)\n"
      "  FILE            a file of JSON; - is standard input\n");
}
