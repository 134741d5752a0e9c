/* What if the Nth allocation fails, for every N? First ours, and so jansson's, which works in our arena; then libxml2's.
 * Whatever happens the call answers, nothing leaks (the sanitizers watch), and with memory back the same call succeeds. */
#include <stdlib.h>

#include "fixture.h"

/* libxml2's header needs a folder that this test does not see; this is all it wants of it. */
int xmlMemSetup(void (*release)(void *), void *(*acquire)(size_t), void *(*again)(void *, size_t),
                char *(*duplicate)(const char *));

/* ---- the operations, each inside arena_run() */

struct operation {
  struct arena *arena;
  struct findings findings;
  result answer;
};

static const char *const words[] = { "a", "b", NULL };
static const struct spec a_word = { .kind = SPEC_ENUM, .words = words };
static const struct spec some_words = { .kind = SPEC_ARRAY, .distinct = true, .max_items = 60, .items = &a_word };
static const struct spec_member members[] = { { "n", true, &(struct spec){ .kind = SPEC_INTEGER } },
                                              { "w", false, &some_words },
                                              { NULL, false, NULL } };
static const struct spec object = { .kind = SPEC_OBJECT, .members = members };

static const char sound[] =
    "{\"n\":1,\"x\":[1.5,-0,\"a\\u0000\",{\"deep\":[[\"text\",true,null]]}],\"w\":[\"a\",\"b\",\"c\",\"c\"]}";
static const char unsound[] = "{\"n\":1.5,\"w\":[\"a\",\"\\u0000\",\"a\" \"b\"]}";
static const char whole[] = "{\"z\":[1,2,{\"b\":1,\"a\":\"\\n\"}],\"a\":9007199254740991}";
static const char document[] = "<r xmlns='u' a='1'><b>text</b><c d='&lt;' e='&#10;'/><!-- --><f><g/></f></r>";
static const char torn[] = "<r xmlns='u' a='1'><b>text</c></r>";

static void read_sound(void *context) {
  struct operation *o = context;
  struct json j;
  o->answer = json_read(o->arena, STR(sound), (struct json_limits){ 0 }, &o->findings, &j);
  if (o->answer == RESULT_OK) assert_int_equal(j.count, 3);
}

static void read_unsound(void *context) {
  struct operation *o = context;
  struct json j;
  o->answer = json_read(o->arena, STR(unsound), (struct json_limits){ 0 }, &o->findings, &j);
  assert_true(o->answer != RESULT_OK);
}

static void check_spec(void *context) {
  struct operation *o = context;
  struct buf text = buf_in(o->arena);
  buf_add(&text, STR("{\"w\":[\"a\""));
  for (int i = 0; i < 70; i++) buf_add(&text, STR(",\"a\"")); /* enough for the hash table */
  buf_add(&text, STR("],\"zz\":1}"));
  struct json j;
  o->answer = json_read(o->arena, buf_str(&text), (struct json_limits){ 0 }, &o->findings, &j);
  if (o->answer == RESULT_OK) o->answer = spec_check(o->arena, &object, &j, &o->findings);
}

static void canonical(void *context) {
  struct operation *o = context;
  struct json j;
  str out;
  o->answer = json_read(o->arena, STR(whole), (struct json_limits){ 0 }, &o->findings, &j);
  if (o->answer != RESULT_OK) return;
  o->answer = json_canonical(o->arena, &j, &o->findings, &out);
  if (o->answer == RESULT_OK) assert_str(out, "{\"a\":9007199254740991,\"z\":[1,2,{\"a\":\"\\n\",\"b\":1}]}");
}

static void read_xml(void *context) {
  struct operation *o = context;
  const struct xml_node *root;
  o->answer = xml_read(o->arena, STR(document), (struct xml_limits){ 0 }, &o->findings, &root);
  if (o->answer == RESULT_OK) assert_str(xml_attr(xml_child(root, "c"), "e"), "\n");
}

static void read_torn_xml(void *context) {
  struct operation *o = context;
  const struct xml_node *root;
  o->answer = xml_read(o->arena, STR(torn), (struct xml_limits){ 0 }, &o->findings, &root);
  assert_true(o->answer != RESULT_OK);
}

static const struct {
  const char *name;
  void (*run)(void *context);
  result expected;
} operations[] = {
  { "json_read", read_sound, RESULT_OK },       { "json_read, malformed", read_unsound, RESULT_REFUSED },
  { "spec_check", check_spec, RESULT_REFUSED }, { "json_canonical", canonical, RESULT_OK },
  { "xml_read", read_xml, RESULT_OK },          { "xml_read, torn", read_torn_xml, RESULT_REFUSED },
};

/* In an arena of at most `limit` bytes (0: as many as there are). */
static result perform(size_t which, size_t limit) {
  struct arena *arena = arena_new(limit);
  if (!arena) return RESULT_NO_MEMORY;
  struct operation o = { .arena = arena, .findings = findings_in(arena), .answer = RESULT_OUTSIDE };
  result r = arena_run(arena, operations[which].run, &o);
  if (r == RESULT_OK) r = o.answer;
  if (r == RESULT_REFUSED) assert_true(o.findings.count + o.findings.dropped > 0);
  arena_free(arena);
  return r;
}

static void answers_as_expected(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(operations); i++) assert_int_equal(perform(i, 0), operations[i].expected);
}

/* Sixteen bytes more each time: every allocation in the arena is once the one that finds no room. */
static void survives_any_arena_limit(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(operations); i++) {
    unsigned met = 0, limit = 16;
    while (perform(i, limit) == RESULT_LIMIT) met++, limit += 16;
    if (met < 10) fail_msg("%s met its limit %u times alone", operations[i].name, met);
    assert_int_equal(perform(i, limit), operations[i].expected);
  }
}

static void survives_any_failing_allocation(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(operations); i++) {
    (void)mem_fail_at(0);
    assert_int_equal(perform(i, 0), operations[i].expected);
    uint64_t allocations = mem_fail_at(0);
    assert_true(allocations >= 2);
    for (uint64_t n = 1; n <= allocations; n++) {
      (void)mem_fail_at(n);
      result r = perform(i, 0);
      (void)mem_fail_at(0);
      assert_int_equal(r, RESULT_NO_MEMORY);
    }
  }
}

/* ---- libxml2's own memory */

static uint64_t calls, fail_call; /* this program has one thread */

static bool fails(void) { return ++calls == fail_call; }
static void *library_malloc(size_t n) { return fails() ? NULL : malloc(n); }
static void *library_realloc(void *old, size_t n) { return fails() ? NULL : realloc(old, n); }
static void library_free(void *p) { free(p); }
static char *library_strdup(const char *s) {
  size_t n = strlen(s) + 1;
  char *copy = library_malloc(n);
  if (copy) memcpy(copy, s, n);
  return copy;
}

/* libxml2 does not always tell want of memory from a fault of the document, so a refusal is an answer too; half a
 * document is not. */
static void fail_each_library_call(size_t which) {
  fail_call = 0;
  calls = 0;
  assert_int_equal(perform(which, 0), operations[which].expected);
  uint64_t made = calls;
  assert_true(made > 0);
  for (uint64_t n = 1; n <= made; n++) {
    calls = 0;
    fail_call = n;
    result r = perform(which, 0);
    fail_call = 0;
    if (r != RESULT_NO_MEMORY && r != RESULT_REFUSED && r != operations[which].expected)
      fail_msg("%s: %s at call %llu", operations[which].name, result_name(r), (unsigned long long)n);
    assert_int_equal(perform(which, 0), operations[which].expected);
  }
}

static void survives_libxml2_without_memory(void **state) {
  (void)state;
  assert_int_equal(perform(4, 0), RESULT_OK); /* what it makes once for the process is made */
  assert_int_equal(xmlMemSetup(library_free, library_malloc, library_realloc, library_strdup), 0);
  for (size_t i = 4; i < 6; i++) fail_each_library_call(i);
  assert_int_equal(xmlMemSetup(free, malloc, realloc, strdup), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(answers_as_expected),
    cmocka_unit_test(survives_any_arena_limit),
    cmocka_unit_test(survives_any_failing_allocation),
    cmocka_unit_test(survives_libxml2_without_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
