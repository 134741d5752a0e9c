/* routes: from an address to its row. The patterns are laid into a tree of segments once; finding a row walks the tree
 * along the address. At each place a literal segment is tried first, then a parameter, then the pattern's rest, and a walk
 * that ends nowhere goes back to the last choice, so that what is found does not hang on the order of the tables. */
#include "shienkin/http/route.h"

enum { DEPTH_MOST = 16, METHODS = 7 };

struct node {
  str literal;                  /* of the edge that leads here */
  struct node *child, *sibling; /* literal children */
  struct node *parameter;       /* "{…}" */
  struct node *rest;            /* "{…*}" */
  const struct http_route *rows[METHODS];
};

struct http_routes {
  struct arena *arena;
  struct node root;
  const struct http_route_table *tables;
  size_t table_count;
};

static unsigned method_place(enum http_method method) { return (unsigned)__builtin_ctz((unsigned)method); }

static bool is_parameter(str segment) {
  return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}
static bool is_rest(str segment) { return is_parameter(segment) && segment.p[segment.n - 2] == '*'; }

/* ---- laying the patterns into the tree */

static struct node *literal_child(struct arena *a, struct node *parent, str segment) {
  for (struct node *n = parent->child; n; n = n->sibling) {
    if (str_eq(n->literal, segment)) return n;
  }
  struct node *made = ARENA_NEW(a, struct node);
  made->literal = segment;
  made->sibling = parent->child;
  parent->child = made;
  return made;
}

static struct node *child_for(struct arena *a, struct node *parent, str segment) {
  if (!is_parameter(segment)) return literal_child(a, parent, segment);
  struct node **slot = is_rest(segment) ? &parent->rest : &parent->parameter;
  if (!*slot) *slot = ARENA_NEW(a, struct node);
  return *slot;
}

static void check_parameter(const struct http_route *route, size_t at, str segment) {
  str name = str_slice(segment, 1, segment.n - (is_rest(segment) ? 2 : 1));
  bool declared = route->path_parameters && route->path_parameters[at].name &&
                  str_eq(name, str_of(route->path_parameters[at].name));
  assert(declared && "a pattern's parameters are declared in their order");
  (void)declared;
}

static void check_route(const struct http_route *route) {
  bool streams = route->body == HTTP_BODY_STREAM || route->body == HTTP_BODY_MULTIPART;
  bool carries = route->method == HTTP_POST || route->method == HTTP_PUT || route->method == HTTP_PATCH;
  bool one_method = route->method && (route->method & (route->method - 1)) == 0;
  assert(route->name && route->path && route->path[0] == '/' && "a route has a name and an address");
  assert(one_method && route->method != HTTP_HEAD && route->method != HTTP_OPTIONS &&
         "HEAD and OPTIONS come by themselves");
  assert((route->body == HTTP_BODY_NONE || carries) && "only POST, PUT and PATCH carry a body");
  assert((streams ? route->stream != NULL && route->body_limit_bytes : route->handler != NULL) && "somebody answers");
  assert(route->realms && "a route says for whom it is");
  assert((!route->anonymous || route->realms == HTTP_PUBLIC) && "who may only be somebody is asked who he is");
  (void)streams;
  (void)carries;
  (void)one_method;
}

static void lay(struct http_routes *routes, const struct http_route *route) {
  check_route(route);
  struct node *at = &routes->root;
  size_t parameters = 0, depth = 0;
  str path = str_of(route->path);
  for (str rest = str_slice(path, 1, path.n); rest.n; depth++) {
    str segment = str_cut(rest, '/', &rest);
    if (is_parameter(segment)) check_parameter(route, parameters++, segment);
    assert((!is_rest(segment) || rest.n == 0) && "the rest of an address stands last");
    at = child_for(routes->arena, at, segment);
  }
  assert(depth <= DEPTH_MOST && "an address is not deeper than the walk goes");
  assert((!route->path_parameters || !route->path_parameters[parameters].name) && "no parameter without its place");
  const struct http_route **row = &at->rows[method_place(route->method)];
  assert(!*row && "one row per method and address");
  *row = route;
}

static const struct http_route *row_at(const struct http_route_table *tables, size_t table_count, size_t n) {
  for (size_t t = 0; t < table_count; n -= tables[t++].count) {
    if (n < tables[t].count) return &tables[t].rows[n];
  }
  return NULL;
}

static void lay_all(void *context) {
  struct http_routes *routes = context;
  const struct http_route *route;
  for (size_t i = 0; (route = row_at(routes->tables, routes->table_count, i)) != NULL; i++) {
    for (size_t j = 0; j < i; j++) {
      const struct http_route *other = row_at(routes->tables, routes->table_count, j);
      assert(!str_eq(str_of(other->name), str_of(route->name)) && "no two routes of one name");
      (void)other;
    }
    lay(routes, route);
  }
}

struct http_routes *http_routes_new(const struct http_route_table *tables, size_t table_count) {
  struct arena *arena = arena_new(0);
  struct http_routes *routes = arena ? mem_alloc(sizeof *routes) : NULL;
  if (!routes) {
    arena_free(arena);
    return NULL;
  }
  *routes = (struct http_routes){ .arena = arena, .tables = tables, .table_count = table_count };
  result laid = arena_run(arena, lay_all, routes);
  routes->tables = NULL; /* the rows live as long as the program; the list of tables was the caller's */
  if (laid == RESULT_OK) return routes;
  http_routes_free(routes);
  return NULL;
}

void http_routes_free(struct http_routes *routes) {
  if (!routes) return;
  arena_free(routes->arena);
  mem_free(routes);
}

/* ---- the walk */

struct walk {
  str segments[DEPTH_MOST]; /* decoded */
  size_t count;
  str values[DEPTH_MOST]; /* what parameters took, in order */
  size_t value_count;
};

static bool split(struct arena *a, str path, struct walk *w) {
  if (path.n == 0 || path.p[0] != '/') return false;
  str rest = str_slice(path, 1, path.n);
  if (rest.n == 0) return true;
  for (bool more = true; more;) {
    more = str_find(rest, STR("/")) >= 0;
    str segment = str_cut(rest, '/', &rest), *out = &w->segments[w->count];
    if (w->count == DEPTH_MOST || segment.n == 0) return false;
    if (http_percent_decode(a, segment, false, out) != RESULT_OK) return false;
    bool dots = str_eq(*out, STR(".")) || str_eq(*out, STR(".."));
    if (dots || str_find(*out, STR("/")) >= 0) return false;
    w->count++;
  }
  return true;
}

static bool has_rows(const struct node *n) {
  for (size_t i = 0; i < METHODS; i++) {
    if (n->rows[i]) return true;
  }
  return false;
}

static const struct node *walk_from(struct arena *a, const struct node *at, struct walk *w, size_t depth) {
  if (depth == w->count) return has_rows(at) ? at : NULL;
  const struct node *found = NULL;
  for (const struct node *n = at->child; n && !found; n = n->sibling) {
    if (str_eq(n->literal, w->segments[depth])) found = walk_from(a, n, w, depth + 1);
  }
  if (found) return found;
  size_t values = w->value_count;
  if (at->parameter) {
    w->values[w->value_count++] = w->segments[depth];
    found = walk_from(a, at->parameter, w, depth + 1);
    if (!found) w->value_count = values;
  }
  if (!found && at->rest) {
    w->values[w->value_count++] = str_join(a, w->segments + depth, w->count - depth, STR("/"));
    found = at->rest;
  }
  return found;
}

/* Reads what the walk took by the row's declarations; false: this address names nothing. */
static bool read_values(struct arena *a, const struct http_route *route, const struct walk *w,
                        struct http_values *out) {
  struct http_value *values = arena_zalloc(a, w->value_count * sizeof *values);
  struct http_value_list *lists = arena_zalloc(a, w->value_count * sizeof *lists);
  for (size_t i = 0; i < w->value_count; i++) {
    const char *fault;
    if (!http_value_read(&route->path_parameters[i], w->values[i], false, &values[i], &fault)) return false;
    lists[i] = (struct http_value_list){ &values[i], 1 };
  }
  *out = (struct http_values){ route->path_parameters, lists };
  return true;
}

static uint32_t methods_of(const struct node *n) {
  uint32_t methods = HTTP_OPTIONS;
  for (unsigned i = 0; i < METHODS; i++) {
    if (n->rows[i]) methods |= 1u << i;
  }
  return methods & HTTP_GET ? methods | HTTP_HEAD : methods;
}

void http_routes_match(struct arena *a, const struct http_routes *routes, enum http_method method, str path,
                       struct http_match *out) {
  *out = (struct http_match){ 0 };
  struct walk w = { .count = 0 };
  if (!split(a, path, &w)) return;
  const struct node *n = walk_from(a, &routes->root, &w, 0);
  if (!n) return;
  enum http_method asked = method == HTTP_HEAD ? HTTP_GET : method;
  const struct http_route *route = n->rows[method_place(asked)];
  if (route && !read_values(a, route, &w, &out->path)) return;
  out->route = route;
  out->allowed = methods_of(n);
}

/* ---- back from a row to an address */

str http_route_target(struct arena *a, const struct http_route *route, const str *values, size_t count) {
  struct buf out = buf_in(a);
  size_t used = 0;
  str path = str_of(route->path);
  for (str rest = str_slice(path, 1, path.n); rest.n;) {
    str segment = str_cut(rest, '/', &rest);
    buf_byte(&out, '/');
    if (!is_parameter(segment)) {
      buf_add(&out, segment);
      continue;
    }
    assert(used < count && "a value for each parameter of the pattern");
    str left = values[used++];
    while (is_rest(segment) && str_find(left, STR("/")) >= 0) {
      buf_add(&out, http_percent_encode(a, str_cut(left, '/', &left)));
      buf_byte(&out, '/');
    }
    buf_add(&out, http_percent_encode(a, left));
  }
  assert(used == count && "a place for each value");
  if (out.n == 0) buf_byte(&out, '/');
  return buf_str(&out);
}
