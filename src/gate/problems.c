/* problems: the service's catalogue as http's. A service's problem is one text of a few sentences: what happened, then what
 * to do. Its first sentence, without what the service fills in, is the title; the text as it was filled in is the detail. */
#include "problems.h"

#include <pthread.h>

enum { PROBLEMS_MOST = 1024 };

/* Written once, under `made`, before anybody reads it. */
static pthread_once_t made = PTHREAD_ONCE_INIT;
static struct {
  struct arena *texts; /* lives as long as the program */
  struct http_problem problems[PROBLEMS_MOST];
  const struct http_problem *rows[PROBLEMS_MOST];
  size_t count;
} table;

/* Places that are filled in go, with the brackets around them and the space before. */
static str without_places(struct arena *a, str text) {
  static const str forms[] = { STR_INIT("（{0}）"), STR_INIT("「{0}」"), STR_INIT(" ({0})"), STR_INIT(" \"{0}\""),
                               STR_INIT(" {0}"),    STR_INIT("{0}"),    STR_INIT("{1}"),    STR_INIT("{2}") };
  for (size_t i = 0; i < COUNT_OF(forms); i++) {
    for (ptrdiff_t at; (at = str_find(text, forms[i])) >= 0;) {
      str parts[] = { str_slice(text, 0, (size_t)at), str_slice(text, (size_t)at + forms[i].n, text.n) };
      text = str_join(a, parts, COUNT_OF(parts), STR(""));
    }
  }
  return text;
}

/* Up to where the first sentence ends, without its full stop. */
static const char *title_of(struct arena *a, const char *text, str full_stop, str last) {
  str s = str_of(text);
  ptrdiff_t end = str_find(s, full_stop);
  if (end >= 0) s = str_slice(s, 0, (size_t)end);
  if (str_ends(s, last)) s = str_slice(s, 0, s.n - last.n);
  return str_z(a, without_places(a, s));
}

static bool is_http_s(const char *code) {
  for (size_t i = 0; i < http_problems.count; i++)
    if (strcmp(http_problems.rows[i]->code, code) == 0) return true;
  return false;
}

static void make(void) {
  size_t count;
  const struct service_problem *all = service_problems(&count);
  assert(count <= PROBLEMS_MOST && "the table holds the catalogue");
  table.texts = arena_new(0);
  assert(table.texts && "there is memory when the program starts");
  for (size_t i = 0; i < count; i++) {
    const struct message *m = &all[i].message;
    if (is_http_s(m->code)) continue;
    struct http_problem *p = &table.problems[table.count];
    *p = (struct http_problem){
      .code = m->code,
      .status = all[i].status,
      .title_ja = title_of(table.texts, m->ja, STR("。"), STR("。")),
      .title_en = title_of(table.texts, m->en, STR(". "), STR(".")),
      .detail_ja = m->ja,
      .detail_en = m->en,
    };
    table.rows[table.count++] = p;
  }
}

struct http_problem_table gate_problems(void) {
  pthread_once(&made, make);
  return (struct http_problem_table){ table.rows, table.count };
}

static const struct http_problem *among(const struct http_problem_table *t, str code) {
  for (size_t i = 0; i < t->count; i++)
    if (str_eq(str_of(t->rows[i]->code), code)) return t->rows[i];
  return NULL;
}

const struct http_problem *gate_problem(str code) {
  struct http_problem_table own = gate_problems();
  const struct http_problem *found = among(&http_problems, code);
  return found ? found : among(&own, code);
}

const struct http_problem *gate__problem_of_status(int status) {
  switch (status) {
    case 403: return &http_problem_forbidden;
    case 404: return &http_problem_not_found;
    case 409: return &http_problem_conflict;
    case 412: return &http_problem_precondition_failed;
    case 422: return &http_problem_invalid_body;
    case 503: return &http_problem_unavailable;
    default: return &http_problem_internal;
  }
}
