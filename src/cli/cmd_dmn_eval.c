/* dmn eval: one decision of a model over an input in JSON. Members of the input are the model's inputs by name. Strings,
 * numbers, truth values, arrays and objects mean themselves; where the declared type wants a date, a time or a duration, a
 * string is read as one. An object of one member named after a FEEL type gives a value of that type wherever it stands,
 * as the answers of --json do: {"date":"2026-05-12"}. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "dmn_files.h"
#include "shienkin/codec/json.h"
#include "tck.h"

enum { INPUT_BYTES = 16 << 20 };

struct eval_call {
  struct arena *arena;
  const char *model_path;
  str decision, input;
  bool json, trace;
  struct dmn_model *model;
  struct dmn_session *session;
  struct json document;
  enum exit_code code;
};

/* ---- JSON to values */

static dmn_value quoted(struct dmn_session *s, const char *function, str text) {
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] == '"' || text.p[i] == '\\') return dmn_null();
  return tck_feel(s, str_format(dmn_session_arena(s), "%s(\"%.*s\")", function, STR_ARG(text)));
}

static dmn_value value_of(struct dmn_session *s, const struct json *j);

static dmn_value list_of(struct dmn_session *s, const struct json *j) {
  dmn_value *items = ARENA_ARRAY(dmn_session_arena(s), dmn_value, j->count);
  for (uint32_t i = 0; i < j->count; i++) items[i] = value_of(s, &j->as.items[i]);
  return dmn_list(items, j->count);
}

static dmn_value context_of(struct dmn_session *s, const struct json *j) {
  str *names = ARENA_ARRAY(dmn_session_arena(s), str, j->count);
  dmn_value *values = ARENA_ARRAY(dmn_session_arena(s), dmn_value, j->count);
  for (uint32_t i = 0; i < j->count; i++) {
    names[i] = j->as.members[i].name;
    values[i] = value_of(s, &j->as.members[i].value);
  }
  return dmn_context_of(s, names, values, j->count);
}

/* {"date":"…"} and its like. False: an ordinary object. */
static bool tagged(struct dmn_session *s, const struct json *j, dmn_value *out) {
  static const struct { const char *tag, *function; } tags[] = {
    { "number", "number" }, { "date", "date" }, { "time", "time" }, { "date and time", "date and time" },
    { "days and time duration", "duration" }, { "years and months duration", "duration" }, { "range", "range" },
  };
  if (j->count != 1) return false;
  const struct json_member *m = &j->as.members[0];
  if (str_eq(m->name, STR("list")) && m->value.kind == JSON_KIND_ARRAY) return *out = list_of(s, &m->value), true;
  if (str_eq(m->name, STR("context")) && m->value.kind == JSON_KIND_OBJECT) return *out = context_of(s, &m->value), true;
  if (m->value.kind != JSON_KIND_STRING) return false;
  if (str_eq(m->name, STR("string"))) return *out = dmn_string(json_text(&m->value)), true;
  for (size_t i = 0; i < COUNT_OF(tags); i++)
    if (str_eq(m->name, str_of(tags[i].tag))) return *out = quoted(s, tags[i].function, json_text(&m->value)), true;
  return false;
}

static dmn_value value_of(struct dmn_session *s, const struct json *j) {
  dmn_value v;
  switch (j->kind) {
    case JSON_KIND_NULL: return dmn_null();
    case JSON_KIND_FALSE: return dmn_boolean(false);
    case JSON_KIND_TRUE: return dmn_boolean(true);
    case JSON_KIND_INTEGER:
    case JSON_KIND_DECIMAL: return j->fits ? dmn_integer(j->integer) : tck_feel(s, json_text(j));
    case JSON_KIND_STRING: return dmn_string(json_text(j));
    case JSON_KIND_ARRAY: return list_of(s, j);
    case JSON_KIND_OBJECT: return tagged(s, j, &v) ? v : context_of(s, j);
  }
  return dmn_null();
}

/* ---- evaluating */

static void complain(struct eval_call *c, const char *ja, const char *en, str what) {
  fprintf(stderr, "shienkin dmn eval: %s: %.*s\n", cli_japanese() ? ja : en, STR_ARG(what));
  c->code = EXIT_FINDING;
}

static void print_diagnostics(const struct eval_call *c) {
  uint32_t count;
  const struct dmn_diagnostic *d = dmn_diagnostics(c->session, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (d[i].class != DMN_FAULT) continue;
    str name = d[i].node == DMN_NO_NODE ? STR("") : dmn_model_node(c->model, d[i].node)->name;
    str text = cli_japanese() ? d[i].ja : d[i].en;
    fprintf(stderr, "%s:", c->model_path);
    if (d[i].line) fprintf(stderr, "%u:%u:", d[i].line, d[i].column);
    fprintf(stderr, " %.*s: %.*s [%s]\n", STR_ARG(name), STR_ARG(text), d[i].code);
  }
}

static void bind_inputs(struct eval_call *c) {
  for (uint32_t i = 0; i < c->document.count; i++) {
    const struct json_member *m = &c->document.as.members[i];
    uint32_t node = dmn_model_find(c->model, m->name);
    if (node == DMN_NO_NODE) complain(c, "モデルにない入力です", "the model has no such input", m->name);
    else dmn_bind(c->session, node, dmn_adapt(c->session, node, value_of(c->session, &m->value)));
  }
}

static void evaluate(void *context) {
  struct eval_call *c = context;
  uint32_t node = dmn_model_find(c->model, c->decision);
  if (node == DMN_NO_NODE) {
    complain(c, "モデルにない判断です", "the model has no such decision", c->decision);
    return;
  }
  bind_inputs(c);
  if (c->code != EXIT_DONE) return;
  dmn_value v;
  result r = dmn_evaluate(c->session, node, &v);
  if (r != RESULT_OK) complain(c, "評価の上限を超えました", "the evaluation exceeded its budget", str_of(result_name(r)));
  str text = c->json ? dmn_tagged_json(dmn_session_arena(c->session), v) : dmn_print(dmn_session_arena(c->session), v);
  printf("%.*s\n", STR_ARG(text));
  if (c->trace) {
    str lines = c->json ? dmn_trace_json(c->session) : dmn_trace_text(c->session, cli_japanese());
    printf("%.*s%s", STR_ARG(lines), c->json ? "\n" : "");
  }
  print_diagnostics(c);
  if (dmn_fault_count(c->session) > 0) c->code = EXIT_FINDING;
}

static void with_session(struct eval_call *c) {
  struct dmn_host host = dmn_files_host(c->arena);
  c->session = dmn_session_new(c->model, &host, NULL);
  if (c->session == NULL) arena_leave(c->arena, RESULT_NO_MEMORY);
  dmn_session_trace(c->session, c->trace ? DMN_TRACE_DECISIONS : DMN_TRACE_OFF);
  result r = arena_run(dmn_session_arena(c->session), evaluate, c);
  if (r != RESULT_OK) complain(c, "評価の上限を超えました", "the evaluation exceeded its budget", str_of(result_name(r)));
  dmn_session_free(c->session);
}

/* ---- reading */

static bool read_input(struct eval_call *c) {
  struct findings f = findings_in(c->arena);
  str bytes;
  c->document = json_of_object(NULL, 0);
  if (c->input.n == 0) return true;
  bool standard = str_eq(c->input, STR("-"));
  result r = standard ? file_read_fd(c->arena, STDIN_FILENO, INPUT_BYTES, &bytes)
                      : file_read(c->arena, str_z(c->arena, c->input), INPUT_BYTES, &bytes);
  if (r != RESULT_OK) {
    cli_unreadable(c->arena, c->input, r);
    c->code = EXIT_OUTSIDE;
    return false;
  }
  if (json_read(c->arena, bytes, (struct json_limits){ INPUT_BYTES, 0 }, &f, &c->document) != RESULT_OK) {
    cli_print_findings(STDERR_FILENO, &f, c->input);
    c->code = EXIT_FINDING;
    return false;
  }
  if (c->document.kind == JSON_KIND_OBJECT) return true;
  complain(c, "入力は JSON のオブジェクトにしてください", "the input must be a JSON object", c->input);
  return false;
}

static void run(void *context) {
  struct eval_call *c = context;
  struct findings f = findings_in(c->arena);
  if (!read_input(c)) return;
  result r = dmn_files_load(c->arena, c->model_path, &f, &c->model);
  if (r != RESULT_OK) {
    cli_print_findings(STDERR_FILENO, &f, str_of(c->model_path));
    if (f.count == 0) cli_unreadable(c->arena, str_of(c->model_path), r);
    c->code = r == RESULT_REFUSED ? EXIT_FINDING : EXIT_OUTSIDE;
    return;
  }
  cli_print_findings(STDERR_FILENO, dmn_model_faults(c->model), str_of(c->model_path));
  with_session(c);
}

enum exit_code cmd_dmn_eval(int argc, char **argv) {
  struct eval_call c = { .code = EXIT_DONE };
  const struct cli_option options[] = {
    { "decision", true, &c.decision, NULL },
    { "input", true, &c.input, NULL },
    { "json", false, NULL, &c.json },
    { "trace", false, NULL, &c.trace },
  };
  if (!cli_options("dmn eval", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc != 1) return cli_usage("dmn eval", "モデルのファイルを一つ指定してください。", "Name one model file.");
  if (c.decision.n == 0) return cli_usage("dmn eval", "--decision で判断の名前を指定してください。", "Name a decision with --decision.");
  c.model_path = argv[0];
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (a == NULL) return EXIT_OUTSIDE;
  c.arena = a;
  result r = arena_run(a, run, &c);
  dmn_model_free(c.model);
  return r == RESULT_OK ? c.code : EXIT_OUTSIDE;
}
