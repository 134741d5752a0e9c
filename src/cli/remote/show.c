/* show: answers and refusals for people. Texts of the service are printed without characters that steer a terminal. */
#include <stdio.h>
#include <unistd.h>

#include "remote/remote.h"
#include "table_print.h"

enum { COLUMNS_MOST = 12 };

void remote_tell(const char *ja, const char *en) {
  fflush(stdout);
  fprintf(stderr, "shienkin: %s\n", cli_japanese() ? ja : en);
}

str remote_member(const struct json *object, const char *name) {
  const struct json *j = json_get(object, str_of(name));
  return j && j->kind == JSON_KIND_STRING ? json_text(j) : STR("");
}

str remote_plain(struct arena *a, str s) {
  struct buf b = buf_in(a);
  for (size_t at = 0; at < s.n;) {
    size_t from = at;
    uint32_t c = utf8_next(s, &at);
    bool steers = (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    buf_add(&b, steers ? STR("?") : str_slice(s, from, at));
  }
  return buf_str(&b);
}

/* ---- any value, a member a line */

static bool is_scalar(const struct json *j) { return j->kind != JSON_KIND_ARRAY && j->kind != JSON_KIND_OBJECT; }

static str scalar(struct arena *a, const struct json *j) {
  switch (j->kind) {
    case JSON_KIND_NULL: return STR("-");
    case JSON_KIND_FALSE: return cli_japanese() ? STR("いいえ") : STR("no");
    case JSON_KIND_TRUE: return cli_japanese() ? STR("はい") : STR("yes");
    default: return remote_plain(a, json_text(j));
  }
}

static void indent(struct buf *b, unsigned n) { while (n--) buf_add(b, STR("  ")); }

/* A text of more lines goes on under its name. */
static void write_value(struct buf *b, const struct json *j, unsigned depth);

static void write_member(struct buf *b, str name, const struct json *j, unsigned depth) {
  indent(b, depth);
  buf_format(b, "%.*s:", STR_ARG(remote_plain(b->arena, name)));
  if (is_scalar(j) || j->count == 0) {
    buf_byte(b, ' ');
    for (str rest = is_scalar(j) ? scalar(b->arena, j) : STR("-"); rest.p;) {
      buf_add(b, str_cut(rest, '\n', &rest));
      buf_byte(b, '\n');
      if (rest.p) indent(b, depth + 1);
    }
    return;
  }
  buf_byte(b, '\n');
  write_value(b, j, depth + 1);
}

static void write_value(struct buf *b, const struct json *j, unsigned depth) {
  if (j->kind == JSON_KIND_OBJECT) {
    for (uint32_t i = 0; i < j->count; i++) write_member(b, j->as.members[i].name, &j->as.members[i].value, depth);
  } else if (j->kind == JSON_KIND_ARRAY) {
    for (uint32_t i = 0; i < j->count; i++) write_member(b, str_format(b->arena, "%u", i + 1), &j->as.items[i], depth);
  } else {
    indent(b, depth);
    buf_add(b, scalar(b->arena, j));
    buf_byte(b, '\n');
  }
}

/* ---- lists */

/* "name" of the row, or "scan/state" of what stands in it. */
static str cell(struct arena *a, const struct json *row, str column) {
  const struct json *j = json_at(row, str_format(a, "/%.*s", STR_ARG(column)));
  if (!j) return STR("");
  if (is_scalar(j)) return scalar(a, j);
  struct buf b = buf_in(a);
  for (uint32_t i = 0; j->kind == JSON_KIND_ARRAY && i < j->count; i++)
    if (is_scalar(&j->as.items[i])) buf_format(&b, "%s%.*s", i ? ", " : "", STR_ARG(scalar(a, &j->as.items[i])));
  return buf_str(&b);
}

static void write_table(struct buf *b, const struct json *rows, const char *columns) {
  str names[COLUMNS_MOST], rest = str_of(columns);
  size_t count = 0;
  while (rest.n && count < COLUMNS_MOST) names[count++] = str_cut(rest, ' ', &rest);
  str *cells = ARENA_ARRAY(b->arena, str, (rows->count + (size_t)1) * count);
  for (size_t c = 0; c < count; c++) cells[c] = names[c];
  for (uint32_t i = 0; i < rows->count; i++)
    for (size_t c = 0; c < count; c++) cells[(i + (size_t)1) * count + c] = cell(b->arena, &rows->as.items[i], names[c]);
  table_print(b, 0, cells, rows->count + (size_t)1, count);
}

/* Members that are lists of objects stand as tables where the command knows their columns, the others by themselves. */
static void write_list(struct buf *b, const struct json *body, const char *columns) {
  for (uint32_t i = 0; body->kind == JSON_KIND_OBJECT && i < body->count; i++) {
    const struct json_member *m = &body->as.members[i];
    if (m->value.kind == JSON_KIND_ARRAY && m->value.count && m->value.as.items[0].kind == JSON_KIND_OBJECT) {
      buf_format(b, "%.*s: %u\n", STR_ARG(m->name), m->value.count);
      write_table(b, &m->value, columns);
    } else {
      write_member(b, m->name, &m->value, 0);
    }
  }
}

void remote_show(struct remote *r, const struct net_answer *answer, const char *columns) {
  struct buf b = buf_in(r->arena);
  if (r->json) {
    buf_add(&b, answer->body);
    if (answer->body.n) buf_byte(&b, '\n');
  } else {
    struct json body = remote_json(r, answer->body);
    if (columns) write_list(&b, &body, columns);
    else write_value(&b, &body, 0);
  }
  cli_print(STDOUT_FILENO, buf_str(&b));
}

/* ---- refusals */

static const struct { int status; const char *ja, *en; } next_steps[] = {
  { 401, "ログインが切れています。もう一度 shienkin login を実行してください。", "The sign-in has ended. Run shienkin login again." },
  { 412, "読んでから後に変わりました。もう一度読み、確かめてから実行してください。", "It has changed since you read it. Read it again, then decide." },
  { 428, "--if-match で版を指定してください。", "Name the version by --if-match." },
};

static void write_errors(struct buf *b, const struct json *problem) {
  const struct json *errors = json_get(problem, STR("errors"));
  for (uint32_t i = 0; errors && errors->kind == JSON_KIND_ARRAY && i < errors->count; i++) {
    const struct json *e = &errors->as.items[i];
    str pointer = remote_member(e, "pointer"), text = remote_member(e, cli_japanese() ? "message_ja" : "message_en");
    const struct json *line = json_get(e, STR("line"));
    if (line && line->fits) buf_format(b, cli_japanese() ? "  %lld行目" : "  line %lld", (long long)line->integer);
    buf_format(b, "  %.*s%s%.*s [%.*s]\n", STR_ARG(remote_plain(b->arena, pointer)), pointer.n ? ": " : "",
               STR_ARG(remote_plain(b->arena, text)), STR_ARG(remote_plain(b->arena, remote_member(e, "code"))));
  }
}

void remote_show_problem(struct remote *r, const struct net_answer *answer) {
  struct buf b = buf_in(r->arena);
  struct json problem = remote_json(r, answer->body);
  bool ja = cli_japanese();
  str title = remote_member(&problem, ja ? "title_ja" : "title_en"), detail = remote_member(&problem, ja ? "detail_ja" : "detail_en");
  if (r->json && answer->body.n) cli_print(STDOUT_FILENO, str_format(r->arena, "%.*s\n", STR_ARG(answer->body)));
  if (!title.n) title = str_format(r->arena, ja ? "サービスの答え: %d" : "the service answered %d", answer->status);
  buf_format(&b, "shienkin: %.*s\n", STR_ARG(remote_plain(r->arena, title)));
  if (detail.n) buf_format(&b, "  %.*s\n", STR_ARG(remote_plain(r->arena, detail)));
  write_errors(&b, &problem);
  for (size_t i = 0; i < COUNT_OF(next_steps); i++)
    if (next_steps[i].status == answer->status) buf_format(&b, "  %s\n", ja ? next_steps[i].ja : next_steps[i].en);
  str id = remote_member(&problem, "request_id");
  if (answer->status >= 500 && id.n)
    buf_format(&b, ja ? "  お問い合わせの際は、この番号をお知らせください: %.*s\n" : "  When you ask for help, give this number: %.*s\n",
               STR_ARG(remote_plain(r->arena, id)));
  cli_print(STDERR_FILENO, buf_str(&b));
}
