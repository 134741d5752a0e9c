/* framing: is this one request, and the one that everybody on its way saw? libmicrohttpd 0.9.75 reads more than it should:
 * bare line feeds, folded lines, spaces around the request's target, several lengths. It parses in place, replacing each
 * line end by zeros, so the places of its strings tell what stood between them: every header must begin two bytes (CR LF)
 * behind the one before, and the header must end four bytes behind the last. Whatever was folded, ended by a bare LF, or
 * held a zero breaks that chain and is refused.
 *
 * Newer releases check these shapes themselves, at stricter levels that must be asked for, and move their strings about: the
 * chain cannot be looked at there. Before this room is built against 0.9.76 or later, server.c has to ask for the strictest
 * level; until then such a build does not compile. */
#include <microhttpd.h>

#include "fields.h"
#include "messages.h"
#include "server_inside.h"

enum { LIBRARY_CHECKS_SINCE = 0x00097600 };
_Static_assert(MHD_VERSION < LIBRARY_CHECKS_SINCE, "ask the library for its strictest level first: see above");

/* Header fields that say something about the request as a whole and must not be said twice. */
static const char *const once[] = { "Host",
                                    "Content-Length",
                                    "Transfer-Encoding",
                                    "Content-Type",
                                    "Authorization",
                                    "Cookie",
                                    "Idempotency-Key",
                                    "traceparent",
                                    "Content-Encoding",
                                    "Expect",
                                    "Origin",
                                    "X-CSRF-Token",
                                    "Range",
                                    "If-Range" };

struct reading {
  struct job *job;
  struct http_header *headers;
  size_t count, most, bytes;
  const char *expected_at; /* where the next name must begin; NULL: not looked at */
  bool broken, too_many;
};

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                   const char *value, size_t value_n) {
  (void)kind;
  struct reading *g = context;
  if (g->count == g->most) {
    g->too_many = true;
    return MHD_NO;
  }
  bool chained = !g->expected_at || (name == g->expected_at && value > name + name_n);
  str n = { name, name_n }, v = { value, value_n };
  if (!chained || !value || !http__token(n) || !http__field_value(v)) {
    g->broken = true;
    return MHD_NO;
  }
  if (g->expected_at) g->expected_at = value + value_n + 2;
  g->bytes += name_n + value_n + 4;
  g->headers[g->count++] = (struct http_header){ n, http__field_trim(v) };
  return MHD_YES;
}

/* Does the request line say "METHOD target HTTP/1.1" with one space each? */
static bool line_straight(const struct job *j, const char *method, const char *version) {
  bool target = j->uri_at == method + strlen(method) + 1 && j->uri_n > 0;
  return target && version == j->uri_at + j->uri_n + 1;
}

static bool header_ends_where_it_should(const struct job *j, const struct reading *g, const char *method) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(j->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info && g->expected_at + 2 == method + info->header_size;
}

static bool refuse(struct job *j, struct http_answer *answer, const struct http_problem *p,
                   const struct http__reason *why) {
  *answer = http__because(&j->r, p, why);
  tally__count(j->s, TALLY_MALFORMED);
  return false;
}

static str value_of(const struct reading *g, const char *name, size_t *times) {
  str found = STR_NONE;
  *times = 0;
  for (size_t i = 0; i < g->count; i++) {
    if (!http__name_same(g->headers[i].name, str_of(name))) continue;
    if (!found.p) found = g->headers[i].value;
    ++*times;
  }
  return found;
}

/* ---- what the header says of body and host (RFC 9112 §3.2, §6) */

static bool check_once(struct job *j, const struct reading *g, struct http_answer *answer) {
  for (size_t i = 0; i < COUNT_OF(once); i++) {
    size_t times;
    (void)value_of(g, once[i], &times);
    if (times > 1) return refuse(j, answer, &http_problem_bad_request, &http__reason_field);
  }
  return true;
}

static bool host_good(str host) {
  for (size_t i = 0; i < host.n; i++) {
    char c = host.p[i];
    bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                (c != '\0' && strchr("-._~:[]", c));
    if (!good) return false;
  }
  return host.n > 0;
}

static bool all_digits(str s) {
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  }
  return s.n > 0;
}

static bool check_body(struct job *j, const struct reading *g, struct http_answer *answer) {
  size_t lengths, codings, expects, ignored;
  str length = value_of(g, "Content-Length", &lengths), coding = value_of(g, "Transfer-Encoding", &codings);
  str expect = value_of(g, "Expect", &expects), packed = value_of(g, "Content-Encoding", &ignored);
  if (lengths && codings) return refuse(j, answer, &http_problem_bad_request, &http__reason_length);
  if (lengths && (!all_digits(length) || !str_to_int64(length, &j->r.content_length)))
    return refuse(j, answer, &http_problem_bad_request, &http__reason_length);
  if (codings && !http__name_same(coding, STR("chunked")))
    return refuse(j, answer, &http_problem_not_implemented, &http__reason_coding);
  if (packed.n && !http__name_same(packed, STR("identity")))
    return refuse(j, answer, &http_problem_not_implemented, &http__reason_coding);
  if (codings) j->r.content_length = -1;
  j->has_body = codings || j->r.content_length > 0;
  j->expects_continue = expects && http__name_same(expect, STR("100-continue"));
  return true;
}

/* ---- who, and which request */

static void name_request(struct job *j, const struct reading *g) {
  struct http_request *r = &j->r;
  const struct http_config *c = &j->s->config;
  size_t times;
  uuid_write(uuid_v7(&c->clock, &c->randomness), r->request_id);
  if (http_trace_read(value_of(g, "traceparent", &times), &r->trace) != RESULT_OK) {
    r->trace = (struct http_trace){ 0 };
    randomness_fill(&c->randomness, r->trace.trace_id, sizeof r->trace.trace_id);
    r->trace.trace_id[0] |= 1; /* never all zero */
  } else {
    r->trace.state = value_of(g, "tracestate", &times);
  }
  randomness_fill(&c->randomness, r->trace.parent, sizeof r->trace.parent);
  r->trace.parent[0] |= 1;
  r->language = http__language(value_of(g, "Accept-Language", &times));
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(j->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  r->client = client__text(j->keep, info ? info->client_addr : NULL);
  r->network = client__network_text(j->keep, j->connection->network);
}

/* Handlers see headers without credentials: who is asking, the identity tells. */
static void give_headers(struct job *j, const struct reading *g) {
  j->r.headers = g->headers;
  j->r.header_count = g->count;
}

static enum http_method method_of(str word) {
  static const enum http_method all[] = { HTTP_GET,   HTTP_HEAD,   HTTP_POST,   HTTP_PUT,
                                          HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS };
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    if (str_eq(word, str_of(http_method_name(all[i])))) return all[i];
  }
  return 0;
}

/* RFC 9112 §3.2.2: a server accepts the absolute form too. It must name this host. */
static void strip_origin(struct job *j, str host) {
  str target = j->r.target, scheme = STR("https://");
  size_t n = scheme.n + host.n;
  if (target.n <= n || !http__name_same(str_slice(target, 0, scheme.n), scheme) || target.p[n] != '/') return;
  if (http__name_same(str_slice(target, scheme.n, n), host)) j->r.target = str_slice(target, n, target.n);
}

static bool check_line(struct job *j, const char *method, const char *version, bool look, struct http_answer *answer) {
  const struct http_limits *limits = &j->s->config.limits;
  if (look && !line_straight(j, method, version))
    return refuse(j, answer, &http_problem_bad_request, &http__reason_line);
  if (!str_eq(str_of(version), STR("HTTP/1.1")))
    return refuse(j, answer, &http_problem_bad_request, &http__reason_version);
  if (!j->r.method) return refuse(j, answer, &http_problem_not_implemented, &http__reason_method);
  if (j->uri_n > limits->url_bytes) {
    *answer = HTTP_PROBLEM(&j->r, &http_problem_url_too_long, str_format(j->keep, "%zu", limits->url_bytes));
    return false;
  }
  bool target = j->r.target.n && (j->r.target.p[0] == '/' || str_eq(j->r.target, STR("*")));
  for (size_t i = 0; i < j->r.target.n; i++) {
    unsigned char c = (unsigned char)j->r.target.p[i];
    target = target && c > 0x20 && c < 0x7f && c != '#';
  }
  return target || refuse(j, answer, &http_problem_bad_request, &http__reason_target);
}

bool framing__read(struct job *j, const char *method, const char *version, struct http_answer *answer) {
  const struct http_limits *limits = &j->s->config.limits;
  bool look = MHD_VERSION < LIBRARY_CHECKS_SINCE;
  struct reading g = { .job = j, .most = limits->header_count, .bytes = j->uri_n };
  g.headers = ARENA_ARRAY(j->keep, struct http_header, g.most);
  g.expected_at = look ? version + strlen(version) + 2 : NULL;
  MHD_get_connection_values_n(j->mhd, MHD_HEADER_KIND, take_header, &g);
  name_request(j, &g);
  give_headers(j, &g);
  j->r.method = method_of(str_of(method));
  if (g.too_many || g.bytes > limits->header_bytes) {
    *answer = HTTP_PROBLEM(&j->r, &http_problem_headers_too_large, str_format(j->keep, "%zu", limits->header_bytes),
                           str_format(j->keep, "%u", limits->header_count));
    return false;
  }
  bool whole = !g.broken && (!look || header_ends_where_it_should(j, &g, method));
  if (!whole) return refuse(j, answer, &http_problem_bad_request, &http__reason_line);
  size_t hosts;
  str host = value_of(&g, "Host", &hosts);
  if (!check_once(j, &g, answer)) return false;
  if (hosts != 1 || !host_good(host)) return refuse(j, answer, &http_problem_bad_request, &http__reason_host);
  strip_origin(j, host);
  return check_body(j, &g, answer) && check_line(j, method, version, look, answer);
}
