#include "bench_table.h"

#include <stdio.h>
#include <unistd.h>

#include "shienkin/codec.h"
#include "shienkin/dmn.h"

#define WORDS 16
#define QUESTIONS 1024

struct row { uint32_t word; int64_t from, to, age; int64_t answer; };       /* from <= amount < to, age >= */
struct question { uint32_t word; int64_t amount, age; };
struct bench_table {
  struct arena *arena;
  struct row *rows; uint32_t row_count;
  struct question questions[QUESTIONS];
  str words[WORDS];
  str xml;
  struct dmn_model *model;
  struct dmn_session *session;
  uint32_t nodes[3], decision;
  int64_t sum;                                   /* of the answers, so that no round can be left out */
};

static void write_rows(struct bench_table *t, uint32_t rows) {
  uint64_t seed = rows;
  struct randomness r = randomness_seeded(&seed);
  t->rows = ARENA_ARRAY(t->arena, struct row, rows);
  t->row_count = rows;
  for (uint32_t i = 0; i < rows; i++) {
    int64_t from = (int64_t)randomness_below(&r, 9000);
    t->rows[i] = (struct row){ (uint32_t)randomness_below(&r, WORDS), from, from + 100 + (int64_t)randomness_below(&r, 2000),
                               (int64_t)randomness_below(&r, 60), (int64_t)i + 1 };
  }
  t->rows[rows - 1] = (struct row){ UINT32_MAX, 0, 0, 0, 0 };                /* the last row catches all */
  for (uint32_t i = 0; i < QUESTIONS; i++)
    t->questions[i] = (struct question){ (uint32_t)randomness_below(&r, WORDS), (int64_t)randomness_below(&r, 11000),
                                         (int64_t)randomness_below(&r, 100) };
}

static void write_row_xml(struct bench_table *t, struct buf *xml, const struct row *row) {
  if (row->word == UINT32_MAX)
    buf_add(xml, STR("<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>"
                     "<inputEntry><text>-</text></inputEntry>"));
  else
    buf_format(xml, "<rule><inputEntry><text>\"%.*s\"</text></inputEntry><inputEntry><text>[%lld..%lld)</text></inputEntry>"
               "<inputEntry><text>&gt;= %lld</text></inputEntry>", STR_ARG(t->words[row->word]), (long long)row->from,
               (long long)row->to, (long long)row->age);
  buf_format(xml, "<outputEntry><text>%lld</text></outputEntry></rule>", (long long)row->answer);
}

static str write_model(struct bench_table *t) {
  static const char head[] =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"bench\" name=\"bench\" namespace=\"urn:bench\">"
    "<inputData id=\"i1\" name=\"word\"><variable name=\"word\" typeRef=\"string\"/></inputData>"
    "<inputData id=\"i2\" name=\"amount\"><variable name=\"amount\" typeRef=\"number\"/></inputData>"
    "<inputData id=\"i3\" name=\"age\"><variable name=\"age\" typeRef=\"number\"/></inputData>"
    "<decision id=\"d\" name=\"answer\"><variable name=\"answer\" typeRef=\"number\"/>"
    "<informationRequirement id=\"r1\"><requiredInput href=\"#i1\"/></informationRequirement>"
    "<informationRequirement id=\"r2\"><requiredInput href=\"#i2\"/></informationRequirement>"
    "<informationRequirement id=\"r3\"><requiredInput href=\"#i3\"/></informationRequirement>"
    "<decisionTable id=\"t\" hitPolicy=\"FIRST\">"
    "<input id=\"c1\"><inputExpression typeRef=\"string\"><text>word</text></inputExpression></input>"
    "<input id=\"c2\"><inputExpression typeRef=\"number\"><text>amount</text></inputExpression></input>"
    "<input id=\"c3\"><inputExpression typeRef=\"number\"><text>age</text></inputExpression></input>"
    "<output id=\"o\" typeRef=\"number\"/>";
  struct buf xml = buf_in(t->arena);
  buf_add(&xml, STR(head));
  for (uint32_t i = 0; i < t->row_count; i++) write_row_xml(t, &xml, &t->rows[i]);
  buf_add(&xml, STR("</decisionTable></decision></definitions>"));
  return buf_str(&xml);
}

struct making { struct bench_table *t; uint32_t rows; };

static void make(void *context) {
  struct making *m = context;
  struct bench_table *t = m->t;
  struct findings f = findings_in(t->arena);
  for (int i = 0; i < WORDS; i++) t->words[i] = str_format(t->arena, "word %c", 'a' + i);
  write_rows(t, m->rows);
  t->xml = write_model(t);
  struct dmn_source source = { STR("bench"), t->xml };
  if (dmn_model_load(&source, 1, NULL, &f, &t->model) == RESULT_OK) t->session = dmn_session_new(t->model, NULL, NULL);
  cli_print_findings(STDERR_FILENO, &f, STR("bench"));
  if (!t->session) return;
  static const str names[] = { STR_INIT("word"), STR_INIT("amount"), STR_INIT("age") };
  for (int i = 0; i < 3; i++) t->nodes[i] = dmn_model_find(t->model, names[i]);
  t->decision = dmn_model_find(t->model, STR("answer"));
}

struct bench_table *bench_table_new(uint32_t rows) {
  struct arena *arena = arena_new(0);
  struct bench_table *t = arena ? ARENA_NEW(arena, struct bench_table) : NULL;
  if (!t) return NULL;
  t->arena = arena;
  struct making making = { t, rows };
  if (arena_run(arena, make, &making) == RESULT_OK && t->session) return t;
  bench_table_free(t);
  return NULL;
}

void bench_table_free(struct bench_table *t) {
  if (!t) return;
  dmn_session_free(t->session);
  dmn_model_free(t->model);
  arena_free(t->arena);
}

static int64_t ask_engine(struct bench_table *t, const struct question *q) {
  dmn_value answer;
  int64_t whole = -1;
  dmn_session_reset(t->session);
  dmn_bind(t->session, t->nodes[0], dmn_string(t->words[q->word]));
  dmn_bind(t->session, t->nodes[1], dmn_integer(q->amount));
  dmn_bind(t->session, t->nodes[2], dmn_integer(q->age));
  if (dmn_evaluate(t->session, t->decision, &answer) != RESULT_OK || !dmn_to_int64(answer, &whole)) return -1;
  return whole;
}

static int64_t ask_loop(const struct bench_table *t, const struct question *q) {
  for (uint32_t i = 0; i < t->row_count; i++) {
    const struct row *row = &t->rows[i];
    if (row->word == UINT32_MAX) return row->answer;
    if (row->word == q->word && q->amount >= row->from && q->amount < row->to && q->age >= row->age) return row->answer;
  }
  return -1;
}

uint64_t bench_table_engine(void *table) {
  struct bench_table *t = table;
  for (uint32_t i = 0; i < QUESTIONS; i++) t->sum += ask_engine(t, &t->questions[i]);
  return QUESTIONS;
}

uint64_t bench_table_loop(void *table) {
  struct bench_table *t = table;
  for (uint32_t i = 0; i < QUESTIONS; i++) t->sum -= ask_loop(t, &t->questions[i]);
  return QUESTIONS;
}

bool bench_table_agree(struct bench_table *t) {
  for (uint32_t i = 0; i < QUESTIONS; i++)
    if (ask_engine(t, &t->questions[i]) != ask_loop(t, &t->questions[i])) return false;
  return true;
}

static void print_member(struct json_writer *w, const char *name, int64_t value) {
  json_write_name(w, str_of(name));
  json_write_int(w, value);
}

static void print_word(const struct bench_table *t, struct json_writer *w, uint32_t word) {
  json_write_name(w, STR("word"));
  json_write_str(w, t->words[word]);
}

static void print_row(const struct bench_table *t, struct json_writer *w, const struct row *row) {
  json_write_begin_object(w);
  if (row->word != UINT32_MAX) {
    print_member(w, "age", row->age);
    print_member(w, "from", row->from);
    print_member(w, "to", row->to);
    print_word(t, w, row->word);
  }
  print_member(w, "answer", row->answer);
  json_write_end_object(w);
}

void bench_table_print(const struct bench_table *t, struct buf *out) {
  struct json_writer w = json_writer_to(out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("questions"));
  json_write_begin_array(&w);
  for (uint32_t i = 0; i < QUESTIONS; i++) {
    const struct question *q = &t->questions[i];
    json_write_begin_object(&w);
    print_member(&w, "age", q->age);
    print_member(&w, "amount", q->amount);
    print_member(&w, "answer", ask_loop(t, q));
    print_word(t, &w, q->word);
    json_write_end_object(&w);
  }
  json_write_end_array(&w);
  json_write_name(&w, STR("rows"));
  json_write_begin_array(&w);
  for (uint32_t i = 0; i < t->row_count; i++) print_row(t, &w, &t->rows[i]);
  json_write_end_array(&w);
  json_write_name(&w, STR("xml"));
  json_write_str(&w, t->xml);
  json_write_end_object(&w);
}

bool bench_table_measure(uint32_t rows, double seconds) {
  struct bench_table *t = bench_table_new(rows);
  if (!t || !bench_table_agree(t)) {
    fprintf(stderr, "bench: the table of %u rows could not be made, or disagrees with the loop\n", rows);
    bench_table_free(t);
    return false;
  }
  char name[64];
  snprintf(name, sizeof name, "decision table, %u rows, 3 inputs", rows);
  struct bench_pair pair = { { name, bench_table_engine, t }, { "hand-written C loop", bench_table_loop, t }, "decisions" };
  bench_measure(&pair, seconds);
  bench_table_free(t);
  return true;
}
