/* templates: compiled when the first page is asked for. They are part of the program, so one that does not compile is a fault
 * of ours: the test of templates meets it before anybody else does. */
#include "templates.h"

#include <pthread.h>

#include "files.h"

static pthread_once_t compiled = PTHREAD_ONCE_INIT;
/* Written once, before anybody reads them; the arena lives as long as the process. */
static struct arena *arena;
static struct template_set *set;

static void compile(void) {
  struct arena *a = arena = arena_new(0);
  assert(a && "there is memory when the program starts");
  struct template_source *sources = ARENA_ARRAY(a, struct template_source, web__templates_count);
  for (size_t i = 0; i < web__templates_count; i++) {
    str stem = str_of(web__templates[i].name);
    assert(str_ends(stem, STR(".mustache")));
    stem.n -= strlen(".mustache");
    sources[i] = (struct template_source){ str_z(a, stem), web__templates[i].bytes };
  }
  struct findings f = findings_in(a);
  result r = template_set_compile(a, sources, web__templates_count, false, &f, &set);
  assert(r == RESULT_OK && "a page's template does not compile");
  (void)r;
}

const struct template_set *web__template_set(void) {
  pthread_once(&compiled, compile);
  return set;
}
