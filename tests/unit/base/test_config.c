/* Is every setting read from its three places in the right rank, and every problem told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/base.h"

static const struct config_key keys[] = {
  { "http.port", CONFIG_INT, "8443", 1, 65535, "待ち受けるポート", "the port to listen on" },
  { "http.bind", CONFIG_TEXT, "::1", 0, 0, "待ち受ける住所", "the address to listen on" },
  { "demo", CONFIG_BOOL, "false", 0, 0, "試しの始め方", "start as a demonstration" },
  { "state-folder", CONFIG_PATH, NULL, 0, 0, "データの置き場所", "where data lives" },
  { "seal.key", CONFIG_SECRET_FILE, NULL, 0, 0, "鍵のファイル", "the file of the key" },
};

struct reading {
  struct arena *a;
  struct findings f;
  struct config *c;
  result r;
};

static struct reading read_all(struct arena *a, str file, char *const *environment, const str *flags,
                               size_t flag_count) {
  struct reading g = { .a = a, .f = findings_in(a) };
  g.r = config_read(a, keys, COUNT_OF(keys), file, environment, flags, flag_count, &g.f, &g.c);
  return g;
}

#define assert_str(actual, expected) assert_true(str_eq((actual), STR(expected)))

static int set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

static void defaults_hold_alone(void **state) {
  struct reading g = read_all(*state, STR_NONE, NULL, NULL, 0);
  assert_int_equal(g.r, RESULT_OK);
  assert_int_equal(config_int(g.c, "http.port"), 8443);
  assert_str(config_text(g.c, "http.bind"), "::1");
  assert_false(config_bool(g.c, "demo"));
  assert_null(config_text(g.c, "state-folder").p);
  assert_string_equal(config_source(g.c, "http.port"), "default");
}

static void later_places_win(void **state) {
  char *environment[] = { "PATH=/bin", "SHIENKIN_HTTP_PORT=9000", "SHIENKIN_STATE_FOLDER=/srv/a=b",
                          "SHIENKIN_DEMO=true", NULL };
  str flags[] = { STR("http.port=9001"), STR("seal.key=/k") };
  str file = STR("# a comment\n\n  http.port = 7000\r\nhttp.bind=0.0.0.0 \n\tdemo=false");
  struct reading g = read_all(*state, file, environment, flags, COUNT_OF(flags));
  assert_int_equal(g.r, RESULT_OK);
  assert_int_equal(config_int(g.c, "http.port"), 9001);
  assert_string_equal(config_source(g.c, "http.port"), "flag");
  assert_str(config_text(g.c, "http.bind"), "0.0.0.0");
  assert_string_equal(config_source(g.c, "http.bind"), "file");
  assert_true(config_bool(g.c, "demo"));
  assert_string_equal(config_source(g.c, "demo"), "environment");
  assert_str(config_text(g.c, "state-folder"), "/srv/a=b");
  assert_str(config_text(g.c, "seal.key"), "/k");
}

static void every_problem_of_a_file_is_told_with_its_line(void **state) {
  str file = STR("http.port = 0\n" /* out of bounds */
                 "http.prot = 1\n" /* unknown */
                 "just words\n"    /* no '=' */
                 "demo = yes\n"    /* not a bool */
                 "http.bind =\n"   /* empty */
                 "state-folder = /a\n"
                 "state-folder = /b\n" /* twice */
                 "seal.key = \xFF\n"   /* not UTF-8 */
                 " = 1\n");            /* no name */
  static const struct {
    uint32_t line;
    const char *code, *pointer;
  } expected[] = {
    { 1, "config_out_of_bounds", "/http.port" }, { 2, "config_unknown_key", "/line 2" },
    { 3, "config_syntax", "/line 3" },           { 4, "config_not_bool", "/demo" },
    { 5, "config_empty", "/http.bind" },         { 7, "config_twice", "/state-folder" },
    { 8, "config_not_utf8", "/line 8" },         { 9, "config_syntax", "/line 9" },
  };
  struct reading g = read_all(*state, file, NULL, NULL, 0);
  assert_int_equal(g.r, RESULT_REFUSED);
  assert_int_equal(g.f.count, COUNT_OF(expected));
  for (size_t i = 0; i < COUNT_OF(expected); i++) {
    assert_int_equal(g.f.items[i].line, expected[i].line);
    assert_string_equal(g.f.items[i].code, expected[i].code);
    assert_true(str_eq(g.f.items[i].pointer, str_of(expected[i].pointer)));
    assert_true(str_find(g.f.items[i].en, str_format(*state, "line %u", expected[i].line)) >= 0);
    assert_true(g.f.items[i].ja.n > 0);
  }
}

static void integers_have_bounds_and_form(void **state) {
  static const struct {
    const char *flag, *code;
  } cases[] = {
    { "http.port=65536", "config_out_of_bounds" },
    { "http.port=0", "config_out_of_bounds" },
    { "http.port=-1", "config_out_of_bounds" },
    { "http.port=80x", "config_not_integer" },
    { "http.port=99999999999999999999", "config_not_integer" },
    { "http.port=", "config_empty" },
    { "http.port=1", NULL },
    { "http.port=65535", NULL },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str flag = str_of(cases[i].flag);
    struct reading g = read_all(*state, STR_NONE, NULL, &flag, 1);
    assert_int_equal(g.r, cases[i].code ? RESULT_REFUSED : RESULT_OK);
    if (cases[i].code) assert_true(findings_has(&g.f, STR("/http.port"), cases[i].code));
  }
}

static void problems_of_environment_and_flags_name_their_place(void **state) {
  char *environment[] = { "SHIENKIN_HTTP_PROT=1", "SHIENKIN_DEMO=TRUE", "SHIENKIN_HTTP_BIND=\xFF", "NOT_OURS=\xFF",
                          NULL };
  str flags[] = { STR("http.prot=1"), STR("demo"), STR("http.bind=a"), STR("http.bind=b"), STR("\xFF=1") };
  struct reading g = read_all(*state, STR_NONE, environment, flags, COUNT_OF(flags));
  static const struct {
    const char *code, *words;
  } expected[] = {
    { "config_unknown_key", "SHIENKIN_HTTP_PROT" },
    { "config_not_bool", "SHIENKIN_DEMO" },
    { "config_not_utf8", "SHIENKIN_" },
    { "config_unknown_key", "--http.prot" },
    { "config_syntax", "--demo" },
    { "config_twice", "--http.bind" },
    { "config_not_utf8", "--" },
  };
  assert_int_equal(g.r, RESULT_REFUSED);
  assert_int_equal(g.f.count, COUNT_OF(expected));
  for (size_t i = 0; i < COUNT_OF(expected); i++) {
    assert_string_equal(g.f.items[i].code, expected[i].code);
    assert_true(str_starts(g.f.items[i].en, str_of(expected[i].words)));
    assert_int_equal(g.f.items[i].line, 0);
    assert_true(utf8_valid(g.f.items[i].en, NULL));
  }
}

static void help_shows_every_key_with_all_that_one_needs(void **state) {
  struct arena *a = *state;
  str ja = config_help(a, keys, COUNT_OF(keys), true), en = config_help(a, keys, COUNT_OF(keys), false);
  for (size_t i = 0; i < COUNT_OF(keys); i++) {
    assert_true(str_find(en, str_of(keys[i].name)) >= 0);
    assert_true(str_find(en, str_of(keys[i].help_en)) >= 0);
    assert_true(str_find(ja, str_of(keys[i].help_ja)) >= 0);
  }
  assert_true(str_find(en, STR("SHIENKIN_STATE_FOLDER")) >= 0);
  assert_true(str_find(en, STR("1-65535")) >= 0);
  assert_true(str_find(en, STR("default 8443")) >= 0);
}

static void a_byte_order_mark_before_the_file_is_passed_over(void **state) {
  struct reading g = read_all(*state, STR("\xEF\xBB\xBFhttp.port = 99\n"), NULL, NULL, 0);
  assert_int_equal(g.r, RESULT_OK);
  assert_int_equal(config_int(g.c, "http.port"), 99);
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    in_arena(defaults_hold_alone),
    in_arena(later_places_win),
    in_arena(every_problem_of_a_file_is_told_with_its_line),
    in_arena(integers_have_bounds_and_form),
    in_arena(problems_of_environment_and_flags_name_their_place),
    in_arena(help_shows_every_key_with_all_that_one_needs),
    in_arena(a_byte_order_mark_before_the_file_is_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
