/* decide: claims in, decisions out, without a database. One JSON document, or NDJSON when the first line is a complete
 * value; a bad line costs only itself. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "decide_why_not.h"
#include "messages.h"
#include "rule_files.h"

#define CLAIM_BYTES_MOST (1u << 20)
#define FINDINGS_MOST (1u << 17)
#define OUTPUT_FLUSHED_AT (64u << 10)

enum explain { EXPLAIN_NOT, EXPLAIN_MEMBERS, EXPLAIN_TEXT };

struct desk {
  struct arena *arena;                           /* of one claim, reset between claims */
  struct arena *out_arena;
  struct buf out;
  struct scheme_decider *decider;
  const struct calendar *national;
  day today;
  enum explain explain;
  struct scheme_decider *asker;                  /* for --why-not: its questions leave the decision at hand alone; or NULL */
  bool refused, failed;
};

static void flush(struct desk *desk) {
  cli_print(STDOUT_FILENO, buf_str(&desk->out));
  desk->out.n = 0;
}

/* `,"explanation":{"ja":…,"en":…},"trace":…`. The trace is taken first: explaining asks the rules further questions. */
static str explanation_members(struct desk *desk, const struct facts *facts, const struct decision *decision) {
  str trace = dmn_trace_json(scheme_decider_session(desk->decider));
  struct buf extra = buf_in(desk->arena);
  struct json_writer w = json_writer_to(&extra);
  buf_add(&extra, STR(",\"explanation\":"));
  json_write_begin_object(&w);
  json_write_name(&w, STR("ja"));
  json_write_str(&w, scheme_explain(desk->decider, desk->arena, facts, decision, true));
  json_write_name(&w, STR("en"));
  json_write_str(&w, scheme_explain(desk->decider, desk->arena, facts, decision, false));
  json_write_end_object(&w);
  buf_add(&extra, STR(",\"trace\":"));
  buf_add(&extra, trace);
  return buf_str(&extra);
}

static void write_text(struct desk *desk, const struct facts *facts, const struct decision *decision) {
  str trace = dmn_trace_text(scheme_decider_session(desk->decider), cli_japanese());
  for (int ja = 1; ja >= 0; ja--) {
    buf_add(&desk->out, scheme_explain(desk->decider, desk->arena, facts, decision, ja));
    if (desk->asker) buf_add(&desk->out, cli_why_not_text(desk->asker, desk->arena, facts, decision, ja));
  }
  buf_add(&desk->out, trace);
}

static void write_decision(struct desk *desk, const struct facts *facts, const struct decision *decision) {
  if (desk->explain == EXPLAIN_TEXT) {
    write_text(desk, facts, decision);
  } else {
    struct buf extra = buf_in(desk->arena);
    if (desk->explain == EXPLAIN_MEMBERS) buf_add(&extra, explanation_members(desk, facts, decision));
    if (desk->asker) buf_add(&extra, cli_why_not_member(desk->asker, desk->arena, facts, decision));
    scheme_decision_write(&desk->out, facts->claim_id, decision, buf_str(&extra));
  }
  buf_byte(&desk->out, '\n');
}

static void write_refusal(struct desk *desk, str claim_id, const struct findings *f) {
  scheme_refusal_write(&desk->out, claim_id, f);
  buf_byte(&desk->out, '\n');
  desk->refused = true;
}

struct claim_call { struct desk *desk; str bytes; result ended; };

static void decide_one(void *context) {
  struct claim_call *call = context;
  struct desk *desk = call->desk;
  struct findings f = findings_in(desk->arena);
  f.limit = FINDINGS_MOST;
  struct facts facts;
  struct decision decision;
  str claim_id;
  call->ended = scheme_facts_read(desk->arena, call->bytes, desk->today, desk->national, &f, &facts, &claim_id);
  if (call->ended == RESULT_OK) call->ended = scheme_decide(desk->decider, &facts, &f, &decision);
  if (call->ended == RESULT_OK) write_decision(desk, &facts, &decision);
  else if (f.count) write_refusal(desk, claim_id, &f);
}

static void decide_claim(struct desk *desk, str bytes) {
  struct claim_call call = { desk, bytes, RESULT_OK };
  result ran = arena_run(desk->arena, decide_one, &call);
  if (ran != RESULT_OK || (call.ended != RESULT_OK && call.ended != RESULT_REFUSED)) {
    fprintf(stderr, "shienkin decide: %s\n", result_name(ran != RESULT_OK ? ran : call.ended));
    desk->failed = true;
  }
  if (desk->out.n > OUTPUT_FLUSHED_AT) flush(desk);
  arena_reset(desk->arena);
}

static void refuse_long_line(struct desk *desk) {
  struct findings f = findings_in(desk->arena);
  FINDING(&f, STR(""), &cli__line_too_large);
  write_refusal(desk, STR_NONE, &f);
}

static bool is_blank(str line) { return str_trim(line).n == 0; }

/* Is the first line a complete value: then every line is a claim, else the whole input is one. */
struct line_call { struct arena *arena; str line; bool complete; };
static void read_line_alone(void *context) {
  struct line_call *call = context;
  struct findings ignored = findings_in(call->arena);
  struct json value;
  call->complete = json_read(call->arena, call->line, (struct json_limits){ 0, 0 }, &ignored, &value) == RESULT_OK;
}

static bool is_complete_value(struct desk *desk, str line) {
  struct line_call call = { desk->arena, line, false };
  result ran = arena_run(desk->arena, read_line_alone, &call);
  arena_reset(desk->arena);
  return ran == RESULT_OK && call.complete;
}

static result decide_lines(struct desk *desk, struct line_reader *lines, str line) {
  result r = RESULT_OK;
  for (; r == RESULT_OK || r == RESULT_LIMIT; r = line_reader_next(lines, &line)) {
    if (r == RESULT_LIMIT) refuse_long_line(desk);
    else if (!is_blank(line)) decide_claim(desk, line);
  }
  return r == RESULT_NOT_FOUND ? RESULT_OK : r;
}

/* The rest of the input behind its first line, as one document. A byte over the bound is enough to be refused. */
static result decide_document(struct desk *desk, struct line_reader *lines, str line, bool long_line) {
  struct buf document = buf_in(desk->out_arena);
  result r = RESULT_OK;
  for (bool first = true; r == RESULT_OK; r = line_reader_next(lines, &line), first = false) {
    if (!first) buf_byte(&document, '\n');
    if (document.n <= CLAIM_BYTES_MOST) buf_add(&document, line);
  }
  if (r == RESULT_LIMIT || long_line) refuse_long_line(desk);
  else if (r == RESULT_NOT_FOUND) decide_claim(desk, buf_str(&document));
  return r == RESULT_NOT_FOUND || r == RESULT_LIMIT ? RESULT_OK : r;
}

static result decide_stream(struct desk *desk, int fd) {
  struct line_reader *lines = line_reader_new(fd, CLAIM_BYTES_MOST);
  if (!lines) return RESULT_NO_MEMORY;
  str line;
  result r = line_reader_next(lines, &line);
  while (r == RESULT_OK && is_blank(line)) r = line_reader_next(lines, &line);
  if (r == RESULT_OK && is_complete_value(desk, line)) r = decide_lines(desk, lines, line);
  else if (r == RESULT_OK) r = decide_document(desk, lines, line, false);
  else if (r == RESULT_LIMIT) r = decide_document(desk, lines, STR(""), true);
  else if (r == RESULT_NOT_FOUND) {
    decide_claim(desk, STR(""));                 /* an empty document is refused like any other that is none */
    r = RESULT_OK;
  }
  line_reader_free(lines);
  return r;
}

static void decide_file(struct desk *desk, const char *path) {
  CLEANUP(fd_close) int fd = -1;
  result r = cli_open(path, &fd);
  if (r == RESULT_OK) r = decide_stream(desk, fd);
  if (r == RESULT_OK) return;
  flush(desk);
  cli_unreadable(desk->out_arena, str_of(path), r);
  desk->failed = true;
}

struct decide_call {
  day today;
  enum explain explain;
  bool why_not;
  int file_count; char **files;
};

static enum exit_code decide_files(struct arena *a, const struct rule_sets *sets, void *context) {
  struct decide_call *c = context;
  const struct calendar *national = calendar_national();
  struct desk desk = { .arena = arena_new(0), .out_arena = a, .out = buf_in(a), .national = national,
                       .decider = scheme_decider_new(sets, national), .today = c->today, .explain = c->explain,
                       .asker = c->why_not ? scheme_decider_new(sets, national) : NULL };
  desk.failed = !desk.arena || !desk.decider || (c->why_not && !desk.asker);
  if (!desk.failed) {
    scheme_decider_trace(desk.decider, c->explain != EXPLAIN_NOT);
    for (int i = 0; i < c->file_count; i++) decide_file(&desk, c->files[i]);
    flush(&desk);
  }
  scheme_decider_free(desk.asker);
  scheme_decider_free(desk.decider);
  arena_free(desk.arena);
  return desk.failed ? EXIT_OUTSIDE : desk.refused ? EXIT_FINDING : EXIT_DONE;
}

enum exit_code cmd_decide(int argc, char **argv) {
  static char *standard_input[] = { "-" };
  str rules = STR_NONE, today = STR_NONE;
  bool explain = false, text = false;
  struct decide_call call = { 0 };
  const struct cli_option options[] = {
    { "rules", true, &rules, NULL },
    { "today", true, &today, NULL },
    { "explain", false, NULL, &explain },
    { "text", false, NULL, &text },
    { "why-not", false, NULL, &call.why_not },
  };
  if (!cli_options("decide", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (!cli_today("decide", today, &call.today)) return EXIT_USAGE;
  call.explain = text ? EXPLAIN_TEXT : explain ? EXPLAIN_MEMBERS : EXPLAIN_NOT;
  call.file_count = argc ? argc : 1;
  call.files = argc ? argv : standard_input;
  return cli_with_rules(rules, RULES_IN_FORCE, decide_files, &call);
}
