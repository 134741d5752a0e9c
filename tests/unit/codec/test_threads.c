/* Each thread reads in its own arena: jansson's one allocator and libxml2's one start serve them all. Run under the
 * thread sanitizer this tells races; in every build it tells memory that went to the wrong arena. */
#include <pthread.h>

#include "fixture.h"

enum { THREADS = 4, ROUNDS = 200 };

struct work {
  int number;
  int done;
};

static void read_once(struct arena *a, int number, int round) {
  struct findings f = findings_in(a);
  struct json j;
  str text = str_format(a, "{\"thread\":%d,\"rounds\":[%d,1.5,\"\\u0000\",{\"%d\":-0}]}", number, round, round);
  bool read = json_read(a, text, (struct json_limits){ 0 }, &f, &j) == RESULT_OK;
  bool same = read && json_get(&j, STR("thread"))->integer == number && json_at(&j, STR("/rounds/0"))->integer == round;
  struct json none;
  bool refused = json_read(a, STR("{\"a\":1,\"a\":2}"), (struct json_limits){ 0 }, &f, &none) == RESULT_REFUSED;
  const struct xml_node *root = NULL;
  str xml = str_format(a, "<r n=\"%d\"><a>%d</a></r>", number, round);
  bool tree = xml_read(a, xml, (struct xml_limits){ 0 }, &f, &root) == RESULT_OK;
  bool torn = xml_read(a, STR("<r><a></r>"), (struct xml_limits){ 0 }, &f, &root) == RESULT_REFUSED;
  assert(same && refused && tree && torn);
}

static void *work(void *context) {
  struct work *w = context;
  struct arena *a = arena_new(0);
  if (!a) return NULL;
  for (int round = 0; round < ROUNDS; round++) {
    read_once(a, w->number, round);
    arena_reset(a);
    w->done++;
  }
  arena_free(a);
  return w;
}

static void threads_do_not_meet(void **state) {
  (void)state;
  pthread_t threads[THREADS];
  struct work works[THREADS] = { { 0 } };
  for (int i = 0; i < THREADS; i++) {
    works[i].number = i;
    assert_int_equal(pthread_create(&threads[i], NULL, work, &works[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) {
    void *answer = NULL;
    assert_int_equal(pthread_join(threads[i], &answer), 0);
    assert_ptr_equal(answer, &works[i]);
    assert_int_equal(works[i].done, ROUNDS);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(threads_do_not_meet) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
