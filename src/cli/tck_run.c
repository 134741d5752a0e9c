/* tck_run: one test file of the kit: its model, its cases, their result nodes. */
#include <unistd.h>

#include "command.h"
#include "dmn_files.h"
#include "tck.h"

enum { TEST_BYTES = 16 << 20 };

struct running {
  const char *path;
  struct arena *arena;                           /* of the file */
  const struct xml_node *root;
  struct dmn_model *model;                       /* NULL: refused */
  struct dmn_session *session;
  tck_report report;
  void *context;
  struct tck_file *out;
  const struct xml_node *test;                   /* the case at work */
  bool case_passed, case_telling;
};

static str folder_of(str path) {
  size_t n = path.n;
  while (n > 0 && path.p[n - 1] != '/') n--;
  return (str){ path.p, n };
}

/* ---- a case */

static bool is_data(const struct running *r, uint32_t node) {
  enum dmn_node_kind kind = dmn_model_node(r->model, node)->kind;
  return kind == DMN_NODE_INPUT || kind == DMN_NODE_DECISION;
}

/* The entries of a context given for an import are inputs below it, by their path. */
static void bind_below(struct running *r, str path, dmn_value v) {
  for (uint32_t i = 0; i < dmn_model_count(r->model); i++) {
    const struct dmn_node_info *info = dmn_model_node(r->model, i);
    str under = info->import_path;
    dmn_value at = v;
    if (!is_data(r, i) || !str_starts(under, path)) continue;
    under = str_slice(under, path.n, under.n);
    if (under.n > 0 && under.p[0] != '.') continue;
    while (under.n > 0) {
      str name = str_cut(str_slice(under, 1, under.n), '.', &under);
      under = under.p == NULL ? STR("") : (str){ under.p - 1, under.n + 1 };
      at = dmn_get(at, name);
    }
    dmn_value one = dmn_get(at, info->name);
    if (!dmn_is_null(one)) dmn_bind(r->session, i, one);
  }
}

/* An input of any import by name, and by namespace where one is given. */
static void bind_anywhere(struct running *r, str namespace_uri, str name, dmn_value v) {
  for (uint32_t i = 0; i < dmn_model_count(r->model); i++) {
    const struct dmn_node_info *info = dmn_model_node(r->model, i);
    bool wanted = namespace_uri.n == 0 || str_eq(info->namespace_uri, namespace_uri);
    if (wanted && str_eq(info->name, name) && is_data(r, i)) dmn_bind(r->session, i, v);
  }
}

/* The inputs, bound by name; what the model does not know stays unbound. */
static void bind_inputs(struct running *r) {
  for (const struct xml_node *i = xml_child(r->test, "inputNode"); i != NULL; i = xml_next_named(i, "inputNode")) {
    str name = xml_attr(i, "name"), namespace_uri = xml_attr(i, "namespace");
    uint32_t node = dmn_model_find(r->model, name);
    dmn_value v = tck_value(r->session, i);
    if (namespace_uri.n > 0) bind_anywhere(r, namespace_uri, name, v);
    else if (node == DMN_NO_NODE && v.kind == DMN_CONTEXT) bind_below(r, name, v);
    else if (node == DMN_NO_NODE) bind_anywhere(r, STR(""), name, v);
    else if (is_data(r, node)) dmn_bind(r->session, node, v);
  }
}

/* A service or knowledge model called with the inputs as named arguments. */
static dmn_value invoked(struct running *r, str invocable, str node) {
  uint32_t callee = dmn_model_find(r->model, invocable), count = 0;
  if (callee == DMN_NO_NODE) return dmn_null();
  for (const struct xml_node *i = xml_child(r->test, "inputNode"); i != NULL; i = xml_next_named(i, "inputNode")) count++;
  str *names = ARENA_ARRAY(dmn_session_arena(r->session), str, count);
  dmn_value *values = ARENA_ARRAY(dmn_session_arena(r->session), dmn_value, count), v;
  count = 0;
  for (const struct xml_node *i = xml_child(r->test, "inputNode"); i != NULL; i = xml_next_named(i, "inputNode")) {
    names[count] = xml_attr(i, "name");
    values[count++] = tck_value(r->session, i);
  }
  if (dmn_invoke(r->session, callee, names, values, count, &v) != RESULT_OK) return dmn_null();
  /* Of several outputs the result node names one. */
  dmn_value one = dmn_get(v, node);
  return v.kind == DMN_CONTEXT && !dmn_is_null(one) && !str_eq(node, invocable) ? one : v;
}

static dmn_value evaluated(struct running *r, str name) {
  uint32_t node = dmn_model_find(r->model, name);
  dmn_value v;
  if (node == DMN_NO_NODE || dmn_evaluate(r->session, node, &v) != RESULT_OK) return dmn_null();
  return v;
}

static void run_node(struct running *r, const struct xml_node *x) {
  str invocable = xml_attr(r->test, "invocableName");
  struct tck_node n = { str_of(r->path), xml_attr(r->test, "id"), xml_attr(x, "name"), dmn_null(), dmn_null(), false };
  n.expected = tck_value(r->session, xml_child(x, "expected"));
  if (r->model != NULL) {
    n.actual = invocable.n > 0 ? invoked(r, invocable, n.node) : evaluated(r, n.node);
    n.passed = tck_same(r->session, n.expected, n.actual);
  }
  r->case_passed = r->case_passed && n.passed;
  r->case_telling = r->case_telling || !dmn_is_null(n.expected);
  r->report(r->context, r->session, &n);
}

static void run_case(void *context) {
  struct running *r = context;
  if (r->model != NULL) bind_inputs(r);
  for (const struct xml_node *x = xml_child(r->test, "resultNode"); x != NULL; x = xml_next_named(x, "resultNode")) run_node(r, x);
}

static void count_case(struct running *r) {
  r->out->cases++;
  r->out->cases_passed += r->case_passed;
  if (!r->case_telling) return;
  r->out->telling++;
  r->out->telling_passed += r->case_passed;
}

/* ---- a file */

static void tell_refusal(struct running *r, str model, const struct findings *f, result why) {
  r->out->refused = true;
  if (f->count > 0) cli_print_findings(STDERR_FILENO, f, model);
  else cli_unreadable(r->arena, model, why);
}

/* A session needs a model; where the kit's was refused, an empty one serves to build and print values. */
static struct dmn_model *empty_model(struct arena *a) {
  static const char text[] = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"none\" namespace=\"none\"/>";
  const struct dmn_source source = { STR("none"), STR(text) };
  struct findings f = findings_in(a);
  struct dmn_model *m;
  return dmn_model_load(&source, 1, NULL, &f, &m) == RESULT_OK ? m : NULL;
}

static void run_cases(struct running *r, const struct dmn_model *model) {
  struct dmn_host host = dmn_files_host(r->arena);
  r->session = dmn_session_new(model, &host, NULL);
  if (r->session == NULL) arena_leave(r->arena, RESULT_NO_MEMORY);
  for (r->test = xml_child(r->root, "testCase"); r->test != NULL; r->test = xml_next_named(r->test, "testCase")) {
    dmn_session_reset(r->session);
    r->case_passed = true;
    r->case_telling = false;
    if (arena_run(dmn_session_arena(r->session), run_case, r) != RESULT_OK) r->case_passed = false;
    count_case(r);
  }
  dmn_session_free(r->session);
}

static void run_file(void *context) {
  struct running *r = context;
  str bytes, name;
  struct findings f = findings_in(r->arena);
  result read = file_read(r->arena, r->path, TEST_BYTES, &bytes);
  if (read != RESULT_OK) arena_leave(r->arena, read);
  if (xml_read(r->arena, bytes, (struct xml_limits){ 0 }, &f, &r->root) != RESULT_OK) {
    cli_print_findings(STDERR_FILENO, &f, str_of(r->path));
    arena_leave(r->arena, RESULT_REFUSED);
  }
  r->out->is_test = str_eq(r->root->name, STR("testCases"));
  const struct xml_node *model_name = xml_child(r->root, "modelName");
  if (!r->out->is_test || model_name == NULL) return;
  name = str_trim(model_name->text);
  const char *path = str_z(r->arena, str_format(r->arena, "%.*s%.*s", STR_ARG(folder_of(str_of(r->path))), STR_ARG(name)));
  result loaded = dmn_files_load(r->arena, path, &f, &r->model);
  if (loaded != RESULT_OK) tell_refusal(r, str_of(path), &f, loaded);
  struct dmn_model *shown = r->model != NULL ? r->model : empty_model(r->arena);
  if (shown != NULL) run_cases(r, shown);
  dmn_model_free(shown);
}

result tck_run(const char *path, tck_report report, void *context, struct tck_file *out) {
  *out = (struct tck_file){ .path = path };
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (a == NULL) return RESULT_NO_MEMORY;
  struct running r = { .path = path, .arena = a, .report = report, .context = context, .out = out };
  return arena_run(a, run_file, &r);
}
