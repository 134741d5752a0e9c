/* fixture: a request as the server would hand it on, without a server. */
#ifndef TEST_WEB_FIXTURE_H
#define TEST_WEB_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "files.h"
#include "page.h"

struct fixture {
  struct arena *arena;
  int64_t now_us;
  uint64_t seed;
  struct service service;
  struct gate gate;
  struct http_request r;
};

static inline int fixture_open(void **state) {
  static struct fixture x;
  x = (struct fixture){ .arena = arena_new(0), .now_us = INT64_C(1795000000000000), .seed = 7 };
  if (!x.arena) return -1;
  x.service = (struct service){ .clock = clock_fixed(&x.now_us), .randomness = randomness_seeded(&x.seed) };
  x.gate = (struct gate){ .service = &x.service, .site_name_ja = STR_INIT("支援金の窓口"), .site_name_en = STR_INIT("Support desk"), .version = "test" };
  x.r = (struct http_request){ .arena = x.arena, .keep = x.arena, .app = &x.gate, .method = HTTP_GET, .realm = HTTP_PUBLIC,
                               .target = STR("/somewhere"), .at_us = x.now_us };
  *state = &x;
  return 0;
}

static inline int fixture_close(void **state) {
  arena_free(((struct fixture *)*state)->arena);
  return 0;
}

#define TEST_WITH_FIXTURE(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

static inline const struct http_route *fixture_route(enum http_method method, const char *path) {
  for (size_t i = 0; i < web_route_table_count; i++)
    for (size_t j = 0; j < web_routes[i]->count; j++)
      if (web_routes[i]->rows[j].method == method && strcmp(web_routes[i]->rows[j].path, path) == 0) return &web_routes[i]->rows[j];
  fail_msg("no route %s", path);
  return NULL;
}

/* Fields or parameters as they would have come, read by their declaration. */
static inline void fixture_read(struct fixture *x, const struct http_parameter *declared, const char *encoded, struct http_values *out) {
  struct findings f = findings_in(x->arena);
  assert_int_equal(http_values_read(x->arena, declared, str_of(encoded), true, STR(""), &f, out), RESULT_OK);
}

static inline struct http_answer fixture_get(struct fixture *x, const char *path, const char *query) {
  x->r.route = fixture_route(HTTP_GET, path);
  x->r.method = HTTP_GET;
  if (x->r.route->query) fixture_read(x, x->r.route->query, query, &x->r.query);
  return x->r.route->handler(&x->r);
}

static inline struct http_answer fixture_post(struct fixture *x, const char *path, const char *fields) {
  x->r.route = fixture_route(HTTP_POST, path);
  x->r.method = HTTP_POST;
  fixture_read(x, x->r.route->form_parameters, fields, &x->r.form);
  return x->r.route->handler(&x->r);
}

static inline void fixture_cookie(struct fixture *x, const char *name, const char *value) {
  struct http_cookie_pair *pair = ARENA_NEW(x->arena, struct http_cookie_pair);
  *pair = (struct http_cookie_pair){ str_of(name), str_of(value) };
  x->r.cookies = pair;
  x->r.cookie_count = 1;
}

static inline str fixture_header(const struct http_answer *answer, const char *name) {
  for (const struct http_answer_header *h = answer->headers; h; h = h->next)
    if (strcmp(h->name, name) == 0) return h->value;
  return STR("");
}

static inline size_t times(str text, const char *needle) {
  size_t n = 0;
  for (ptrdiff_t at; (at = str_find(text, str_of(needle))) >= 0; n++) text = str_slice(text, (size_t)at + strlen(needle), text.n);
  return n;
}

#define ASSERT_HOLDS(text, needle) \
  do { if (str_find((text), STR(needle)) < 0) fail_msg("'%s' is not in: %.*s", needle, STR_ARG(text)); } while (0)
#define ASSERT_HOLDS_ALL(text, ...)                                                        \
  do {                                                                                     \
    static const char *const needles_[] = { __VA_ARGS__ };                                 \
    for (size_t i_ = 0; i_ < COUNT_OF(needles_); i_++)                                     \
      if (str_find((text), str_of(needles_[i_])) < 0) fail_msg("'%s' is not in: %.*s", needles_[i_], STR_ARG(text)); \
  } while (0)
#define ASSERT_LACKS(text, needle) assert_true(str_find((text), STR(needle)) < 0)
#define ASSERT_STR(actual, expected) \
  do { str a_ = (actual); if (!str_eq(a_, STR(expected))) fail_msg("'%.*s' is not '%s'", STR_ARG(a_), expected); } while (0)

#endif
