/* The one variable of this file is the thread's own and is set for the length of one call alone. */
#include "json_load.h"

#include <pthread.h>

static _Thread_local struct arena *working_in;

static void *give(size_t size) { return working_in ? arena_alloc(working_in, size) : mem_alloc(size); }

/* What json__load() is given back was given by it: jansson keeps nothing from one call to the next. */
static void take_back(void *p) {
  if (!working_in) mem_free(p);
}

static pthread_once_t allocator_set = PTHREAD_ONCE_INIT;
static void set_allocator(void) { json_set_alloc_funcs(give, take_back); }

struct loading {
  str text;
  json_t *tree;
  json_error_t *error;
};

static void load(void *context) {
  struct loading *l = context;
  l->tree = json_loadb(l->text.n ? l->text.p : "", l->text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL,
                       l->error);
}

result json__load(struct arena *a, str text, json_t **tree, json_error_t *error) {
  pthread_once(&allocator_set, set_allocator);
  assert(!working_in);
  struct loading l = { text, NULL, error };
  working_in = a;
  result r = arena_run(a, load, &l);
  working_in = NULL;
  *tree = l.tree;
  return r;
}
