/* Templates as mustache(5) tells them; the examples of its page, the white space of tags that stand alone, and what a page may
 * not do: write unescaped, name a partial that is not there, leave a section open. Then the format's own tests, read in place
 * where they are: the folder named by MUSTACHE_SPEC, else ../shared/mustache-spec beside the project. */
#include <stdlib.h>

#include "fixture.h"

static result compile_one(struct fixture *x, const char *text, bool raw, struct template_set **set) {
  x->findings = findings_in(x->arena);
  struct template_source source = { "page", str_of(text) };
  return template_set_compile(x->arena, &source, 1, raw, &x->findings, set);
}

static void assert_renders(struct fixture *x, const char *text, const char *data, const char *expected) {
  struct template_set *set = NULL;
  struct json document = fixture_json(x, data);
  assert_int_equal(compile_one(x, text, true, &set), RESULT_OK);
  struct buf out = buf_in(x->arena);
  template_render(&out, set, "page", &document);
  assert_str(buf_str(&out), expected);
}

static void assert_refused(struct fixture *x, const char *text, const char *code, uint32_t line, uint32_t column) {
  struct template_set *set = NULL;
  assert_int_equal(compile_one(x, text, false, &set), RESULT_REFUSED);
  assert_int_equal(x->findings.count, 1);
  assert_string_equal(x->findings.items[0].code, code);
  assert_str(x->findings.items[0].pointer, "/page");
  assert_int_equal(x->findings.items[0].line, line);
  assert_int_equal(x->findings.items[0].column, column);
}

static void the_examples_of_the_manual_come_out(void **state) {
  struct fixture *x = *state;
  assert_renders(x, "Hello {{name}}\nYou have just won {{value}} dollars!\n{{#in_ca}}\nWell, {{taxed}} dollars, after taxes.\n{{/in_ca}}\n",
                 "{\"name\":\"Chris\",\"value\":10000,\"taxed\":\"6000.0\",\"in_ca\":true}",
                 "Hello Chris\nYou have just won 10000 dollars!\nWell, 6000.0 dollars, after taxes.\n");
  assert_renders(x, "* {{name}}\n* {{age}}\n* {{company}}\n* {{{company}}}\n* {{&company}}\n",
                 "{\"name\":\"Chris\",\"company\":\"<b>GitHub</b>\"}",
                 "* Chris\n* \n* &lt;b&gt;GitHub&lt;/b&gt;\n* <b>GitHub</b>\n* <b>GitHub</b>\n");
  assert_renders(x, "{{#repo}}\n  <b>{{name}}</b>\n{{/repo}}\n", "{\"repo\":[{\"name\":\"resque\"},{\"name\":\"hub\"},{\"name\":\"rip\"}]}",
                 "  <b>resque</b>\n  <b>hub</b>\n  <b>rip</b>\n");
  assert_renders(x, "{{#repo}}\n  <b>{{name}}</b>\n{{/repo}}\n{{^repo}}\n  No repos :(\n{{/repo}}\n", "{\"repo\":[]}", "  No repos :(\n");
  assert_renders(x, "* {{client.name}}\n* {{age}}\n", "{\"client\":{\"name\":\"Chris & Friends\"},\"age\":50}", "* Chris &amp; Friends\n* 50\n");
  assert_renders(x, "<h1>Today{{! ignore me }}.</h1>", "{}", "<h1>Today.</h1>");
}

static void five_characters_never_come_through(void **state) {
  struct fixture *x = *state;
  const char *data = "{\"v\":\"\\\"><script>alert('x')&lt;\"}";
  assert_renders(x, "<p>{{v}}</p>", data, "<p>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;lt;</p>");
  assert_renders(x, "<input value=\"{{v}}\">", data, "<input value=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;lt;\">");
  assert_renders(x, "{{v}}", "{\"v\":\"{{v}} 髙﨑 {{{v}}}\"}", "{{v}} 髙﨑 {{{v}}}");
}

static void nothing_is_false_null_absent_and_the_empty_list(void **state) {
  struct fixture *x = *state;
  const char *text = "{{#v}}yes{{/v}}{{^v}}no{{/v}}";
  static const char *const nothing[] = { "{}", "{\"v\":null}", "{\"v\":false}", "{\"v\":[]}" };
  static const char *const something[] = { "{\"v\":true}", "{\"v\":0}", "{\"v\":\"\"}", "{\"v\":{}}", "{\"v\":[null]}" };
  for (size_t i = 0; i < COUNT_OF(nothing); i++) assert_renders(x, text, nothing[i], "no");
  for (size_t i = 0; i < COUNT_OF(something); i++) assert_renders(x, text, something[i], "yes");
}

static void names_are_looked_for_outwards_but_paths_stay_inside(void **state) {
  struct fixture *x = *state;
  assert_renders(x, "{{#a}}{{b}}{{c}}{{/a}}", "{\"a\":{\"b\":1},\"b\":2,\"c\":3}", "13");
  assert_renders(x, "{{#a}}{{b.c}}{{/a}}", "{\"a\":{\"b\":{}},\"b\":{\"c\":\"outside\"}}", "");
  assert_renders(x, "{{#l}}({{.}}){{/l}}", "{\"l\":[1,\"<\",true,1.50]}", "(1)(&lt;)(true)(1.50)");
}

static void partials_take_the_place_of_their_tag(void **state) {
  struct fixture *x = *state;
  struct template_source sources[] = { { "row", STR("<li>{{name}}\n<b></b>\n") }, { "list", STR("<ul>\n  {{#rows}}\n  {{> row}}\n  {{/rows}}\n</ul>\n") } };
  struct template_set *set = NULL;
  assert_int_equal(template_set_compile(x->arena, sources, 2, false, &x->findings, &set), RESULT_OK);
  struct json document = fixture_json(x, "{\"rows\":[{\"name\":\"a\\nb\"},{\"name\":\"c\"}]}");
  struct buf out = buf_in(x->arena);
  template_render(&out, set, "list", &document);
  assert_str(buf_str(&out), "<ul>\n  <li>a\nb\n  <b></b>\n  <li>c\n  <b></b>\n</ul>\n");
}

static void faults_are_told_with_their_place(void **state) {
  struct fixture *x = *state;
  assert_refused(x, "a\n {{b", "template_unclosed_tag", 2, 2);
  assert_refused(x, "{{#a}}", "template_unclosed_section", 1, 1);
  assert_refused(x, "x {{/a}}", "template_unopened", 1, 3);
  assert_refused(x, "{{{a}}}", "template_raw", 1, 1);
  assert_refused(x, "\n\n{{&a}}", "template_raw", 3, 1);
  assert_refused(x, "{{=<% %>=}}", "template_delimiters", 1, 1);
  assert_refused(x, "{{a b}}", "template_name", 1, 1);
  assert_refused(x, "{{}}", "template_name", 1, 1);
  assert_refused(x, "{{a..b}}", "template_name", 1, 1);
  assert_refused(x, "{{> nowhere}}", "template_no_partial", 1, 1);
}

static void one_pass_tells_all_faults(void **state) {
  struct fixture *x = *state;
  struct template_set *set = NULL;
  assert_int_equal(compile_one(x, "{{{a}}} {{#b}} {{a b}}", false, &set), RESULT_REFUSED);
  assert_findings(x, "/page template_raw\n/page template_name\n/page template_unclosed_section");
  struct template_source twice[] = { { "a", STR("") }, { "a", STR("") } };
  x->findings = findings_in(x->arena);
  assert_int_equal(template_set_compile(x->arena, twice, 2, false, &x->findings, &set), RESULT_REFUSED);
  assert_findings(x, "/a template_twice");
}

static void sections_nest_to_their_bound(void **state) {
  struct fixture *x = *state;
  struct template_set *set = NULL;
  for (size_t depth = 32; depth <= 33; depth++) {
    struct buf text = buf_in(x->arena);
    for (size_t i = 0; i < depth; i++) buf_add(&text, STR("{{#a}}"));
    for (size_t i = 0; i < depth; i++) buf_add(&text, STR("{{/a}}"));
    assert_int_equal(compile_one(x, str_z(x->arena, buf_str(&text)), false, &set), depth == 32 ? RESULT_OK : RESULT_REFUSED);
  }
  assert_findings(x, "/page template_depth");
}

/* ---- the format's own tests */

static const struct json *member(const struct json *test, const char *name) { return json_get(test, str_of(name)); }

/* The page and its partials. The specification suggests that an unknown partial be empty; here it is refused instead, so that
 * a page never lacks a part in silence. */
static void run_example(struct fixture *x, const struct json *test) {
  const struct json *partials = member(test, "partials");
  size_t count = 1;
  struct template_source sources[8] = { { "the page", json_text(member(test, "template")) } };
  for (uint32_t i = 0; partials && i < partials->count; i++)
    sources[count++] = (struct template_source){ str_z(x->arena, partials->as.members[i].name), json_text(&partials->as.members[i].value) };
  struct template_set *set = NULL;
  struct findings f = findings_in(x->arena);
  result r = template_set_compile(x->arena, sources, count, true, &f, &set);
  str name = json_text(member(test, "name"));
  if (str_eq(name, STR("Failed Lookup"))) {
    assert_int_equal(r, RESULT_REFUSED);
    assert_string_equal(f.items[0].code, "template_no_partial");
    return;
  }
  if (r != RESULT_OK) fail_msg("'%.*s' does not compile", STR_ARG(name));
  struct buf out = buf_in(x->arena);
  template_render(&out, set, "the page", member(test, "data"));
  str expected = json_text(member(test, "expected")), actual = buf_str(&out);
  if (!str_eq(expected, actual)) fail_msg("'%.*s': '%.*s' is not '%.*s'", STR_ARG(name), STR_ARG(actual), STR_ARG(expected));
}

static size_t run_chapter(struct fixture *x, const char *path) {
  str bytes;
  struct json chapter;
  if (file_read(x->arena, path, 1 << 20, &bytes) != RESULT_OK) fail_msg("cannot be read: %s", path);
  assert_int_equal(fixture_read(x, bytes, &chapter), RESULT_OK);
  const struct json *tests = member(&chapter, "tests");
  assert_true(tests && tests->count > 0);
  for (uint32_t i = 0; i < tests->count; i++) run_example(x, &tests->as.items[i]);
  return tests->count;
}

static void the_formats_own_tests_pass(void **state) {
  struct fixture *x = *state;
  static const char *const chapters[] = { "comments", "interpolation", "inverted", "partials", "sections" };
  const char *folder = getenv("MUSTACHE_SPEC");
  if (!folder || !*folder) folder = SOURCE_DIR "/../shared/mustache-spec";
  str *names;
  size_t count;
  if (file_list(x->arena, folder, &names, &count) != RESULT_OK) {
    printf("skipped: the tests of Mustache are not here; name their folder in MUSTACHE_SPEC\n");
    skip();
  }
  size_t run = 0;
  for (size_t i = 0; i < COUNT_OF(chapters); i++)
    run += run_chapter(x, str_z(x->arena, str_format(x->arena, "%s/%s.json", folder, chapters[i])));
  printf("%zu examples of the specification\n", run);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(the_examples_of_the_manual_come_out),
    TEST_WITH_FIXTURE(five_characters_never_come_through),
    TEST_WITH_FIXTURE(nothing_is_false_null_absent_and_the_empty_list),
    TEST_WITH_FIXTURE(names_are_looked_for_outwards_but_paths_stay_inside),
    TEST_WITH_FIXTURE(partials_take_the_place_of_their_tag),
    TEST_WITH_FIXTURE(faults_are_told_with_their_place),
    TEST_WITH_FIXTURE(one_pass_tells_all_faults),
    TEST_WITH_FIXTURE(sections_nest_to_their_bound),
    TEST_WITH_FIXTURE(the_formats_own_tests_pass),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
