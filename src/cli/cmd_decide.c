/* decide: claims in, decisions out, without a database. One JSON document, or NDJSON when the first line is a complete
 * value; a bad line costs only itself. */
#include <stdio.h>
#include <unistd.h>

#include "claims_in.h"
#include "commands.h"
#include "decide_why_not.h"
#include "messages.h"
#include "rule_files.h"

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

static void decide_claim(void *context, str bytes) {
  struct desk *desk = context;
  struct claim_call call = { desk, bytes, RESULT_OK };
  result ran = arena_run(desk->arena, decide_one, &call);
  if (ran != RESULT_OK || (call.ended != RESULT_OK && call.ended != RESULT_REFUSED)) {
    fprintf(stderr, "shienkin decide: %s\n", result_name(ran != RESULT_OK ? ran : call.ended));
    desk->failed = true;
  }
  if (desk->out.n > OUTPUT_FLUSHED_AT) flush(desk);
  arena_reset(desk->arena);
}

static void refuse_too_large(void *context) {
  struct desk *desk = context;
  struct findings f = findings_in(desk->arena);
  FINDING(&f, STR(""), &cli__line_too_large);
  write_refusal(desk, STR_NONE, &f);
}

static void decide_file(struct desk *desk, const char *path) {
  CLEANUP(fd_close) int fd = -1;
  result r = cli_open(path, &fd);
  const struct claims_taker taker = { decide_claim, refuse_too_large, desk };
  if (r == RESULT_OK) r = claims_each(fd, &taker);
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
