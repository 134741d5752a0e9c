/* serve: a small service behind a real server on loopback, for wire.py. It prints what it listens on, then obeys lines on
 * standard input: "stop <ms>", "reload <certificate> <key>", "abandoned". Limits come as name=value arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "shienkin/http.h"

/* ---- what the routes do */

static str json_pair(struct http_request *r, str name, str value) {
  struct buf out = buf_in(r->arena);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  json_write_name(&w, name);
  json_write_str(&w, value);
  json_write_end_object(&w);
  return buf_str(&out);
}

static struct http_answer hello(struct http_request *r) {
  return http_json(HTTP_OK, json_pair(r, STR("hello"), STR("世界")));
}

static struct http_answer show_claim(struct http_request *r) {
  if (http_if_none_match(r, 7)) return http_not_modified(r, 7);
  struct http_answer answer = http_json(HTTP_OK, json_pair(r, STR("claim"), http_value(&r->path, "claim")->text));
  http_answer_etag(r, &answer, 7);
  return answer;
}

static struct http_answer change_claim(struct http_request *r) {
  int64_t version = 0;
  result read = http_request_version(r, &version);
  if (read == RESULT_REFUSED || (read == RESULT_OK && version != 7))
    return HTTP_PROBLEM(r, &http_problem_precondition_failed);
  struct http_answer answer = http_json(HTTP_OK, json_dump(r->arena, &r->json));
  http_answer_etag(r, &answer, 8);
  return answer;
}

static struct http_answer echo(struct http_request *r) { return http_json(HTTP_OK, json_dump(r->arena, &r->json)); }

static void sleep_ms(int64_t ms) {
  struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
  nanosleep(&t, NULL);
}

/* How many of its calls before have ended, with what they deferred, which takes a while. */
static _Atomic int ended;

static void end_late(void *nothing) {
  (void)nothing;
  sleep_ms(200);
  ended++;
}

static struct http_answer defer(struct http_request *r) {
  str before = str_format(r->arena, "%d", ended);
  arena_defer(r->arena, end_late, NULL);
  return http_json(HTTP_OK, json_pair(r, STR("ended"), before));
}

static bool in_own_lane(const struct http_request *r);

static struct http_answer slow(struct http_request *r) {
  assert(in_own_lane(r) && "a route's lane is the lane of its worker");
  sleep_ms(http_value(&r->query, "ms")->number);
  return http_json(HTTP_OK, json_pair(r, STR("slept"), http_value(&r->query, "ms")->text));
}

static struct http_answer list(struct http_request *r) {
  const struct http_value *cursor = http_value(&r->query, "cursor");
  int64_t from = 0;
  if (cursor->present) {
    struct json position;
    if (http_cursor_read(r, cursor->text, &position) != RESULT_OK)
      return HTTP_PROBLEM(r, &http_problem_invalid_parameter);
    from = json_get(&position, STR("from"))->integer;
  }
  struct json next = json_of_int(r->arena, from + 10);
  struct json_member member = { STR("from"), next };
  struct json position = json_of_object(&member, 1);
  struct http_pair pair = { STR("cursor"), http_cursor_write(r, &position) };
  struct http_answer answer = http_json(HTTP_OK, str_format(r->arena, "{\"from\":%lld}", (long long)from));
  http_answer_link(r, &answer, "next",
                   str_format(r->arena, "/list?%.*s", STR_ARG(http_values_write(r->arena, &pair, 1))));
  return answer;
}

static struct http_answer devour(struct http_request *r) {
  for (int i = 0; i < 1000; i++) arena_alloc(r->arena, 1 << 20);
  return http_no_content();
}

static struct http_answer who(struct http_request *r) {
  bool hidden = !http_request_header(r, "Cookie").p && !http_request_header(r, "Authorization").p &&
                http_request_cookie(r, "__Host-shienkin").n == 0;
  assert(hidden && "handlers see no credentials");
  return http_json(HTTP_OK, json_pair(r, STR("realm"), str_of(http_realm_name(r->realm))));
}

static struct http_answer form(struct http_request *r) {
  struct http_answer answer = http_see_other(r, STR("/page"));
  http_answer_cookie(r, &answer, "__Host-note", STR("said"), 60);
  http_answer_header(r, &answer, "X-Said", http_percent_encode(r->arena, http_value(&r->form, "words")->text));
  http_answer_header(r, &answer, "X-Key", r->idempotency_key.n ? r->idempotency_key : STR("none"));
  return answer;
}

static struct http_answer page(struct http_request *r) {
  (void)r;
  return http_html(HTTP_OK, STR("<!doctype html><title>page</title>"));
}

static struct http_answer once(struct http_request *r) {
  char hex[65];
  sha256_write(r->fingerprint, hex);
  return http_created(
      r, STR("/v1/claims/1"),
      str_format(r->arena, "{\"key\":\"%.*s\",\"fingerprint\":\"%s\"}", STR_ARG(r->idempotency_key), hex));
}

static struct http_answer knock(struct http_request *r) {
  str key = str_format(r->arena, "address:%.*s", STR_ARG(r->network));
  int64_t wait_s = http_throttle_wait_s(r, key);
  if (wait_s) return http_throttled(r, wait_s);
  http_throttle_failed(r, key);
  return HTTP_PROBLEM(r, &http_problem_sign_in_required);
}

/* ---- streams in */

struct upload {
  struct sha256_state digest;
  uint64_t bytes, chunks;
};

static _Atomic unsigned abandoned;

static bool begin_upload(struct http_request *r, struct http_answer *answer) {
  if (http_request_header(r, "X-Refuse").n) {
    *answer = HTTP_PROBLEM(r, &http_problem_conflict);
    return false;
  }
  struct upload *u = ARENA_NEW(r->keep, struct upload);
  u->digest = sha256_begin();
  r->state = u;
  return true;
}

static bool take_upload(struct http_request *r, str bytes, struct http_answer *answer) {
  struct upload *u = r->state;
  if (http_request_header(r, "X-Refuse-Chunk").n) {
    *answer = HTTP_PROBLEM(r, &http_problem_conflict);
    return false;
  }
  sha256_add(&u->digest, bytes);
  u->bytes += bytes.n;
  u->chunks++;
  return true;
}

static struct http_answer end_upload(struct http_request *r) {
  struct upload *u = r->state;
  char hex[65];
  sha256_write(sha256_end(&u->digest), hex);
  const struct http_value *note = r->route->form_parameters ? http_value(&r->form, "note") : NULL;
  struct buf out = buf_in(r->arena);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("bytes"));
  json_write_int(&w, (int64_t)u->bytes);
  json_write_name(&w, STR("chunks"));
  json_write_int(&w, (int64_t)u->chunks);
  json_write_name(&w, STR("sha256"));
  json_write_str(&w, str_of(hex));
  json_write_name(&w, STR("file"));
  json_write_str(&w, http_request_file_name(r));
  json_write_name(&w, STR("note"));
  json_write_str(&w, note ? note->text : STR(""));
  json_write_end_object(&w);
  return http_json(HTTP_CREATED, buf_str(&out));
}

static void abandon_upload(struct http_request *r) {
  (void)r;
  abandoned++;
}

static const struct http_stream_in upload = { begin_upload, take_upload, end_upload, abandon_upload };

/* ---- streams out */

struct download {
  int64_t left, fails_after;
};

static result next_piece(struct http_request *r, void *state, char *out, size_t most, size_t *n) {
  (void)r;
  struct download *d = state;
  if (d->fails_after == 0) return RESULT_OUTSIDE;
  if (d->fails_after > 0) d->fails_after--;
  *n = d->left < (int64_t)most ? (size_t)d->left : most;
  for (size_t i = 0; i < *n; i++) out[i] = (char)('a' + (d->left - (int64_t)i) % 26);
  d->left -= (int64_t)*n;
  return RESULT_OK;
}

static struct http_answer download(struct http_request *r) {
  struct download *d = ARENA_NEW(r->keep, struct download);
  int64_t bytes = http_value(&r->query, "bytes")->number, from = 0, to = bytes - 1;
  const struct http_value *fails = http_value(&r->query, "fails_after");
  result range = http_request_range(r, bytes, STR("1-public"), &from, &to);
  if (range == RESULT_REFUSED) return http_range_refused(r, bytes);
  *d = (struct download){ to - from + 1, fails->present ? fails->number : -1 };
  struct http_source *source = ARENA_NEW(r->keep, struct http_source);
  *source = (struct http_source){ next_piece, NULL, d };
  bool chunked = http_value(&r->query, "chunked")->flag;
  struct http_answer answer = http_stream_out(range == RESULT_OK ? HTTP_PARTIAL : HTTP_OK, "application/octet-stream",
                                              source, chunked ? -1 : d->left);
  if (range == RESULT_OK) http_answer_content_range(r, &answer, from, to, bytes);
  http_answer_attachment(r, &answer, STR("証拠.csv"));
  return answer;
}

/* ---- the table */

static const struct spec text_spec = { .kind = SPEC_STRING, .max_length = 10 };
static const struct spec_member thing_members[] = { { "name", true, &text_spec }, { NULL, false, NULL } };
static const struct spec thing_spec = { .kind = SPEC_OBJECT, .members = thing_members };
static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_INTEGER, .least = 1, .most = 999 }, { .name = NULL }
};
static const struct http_parameter slow_query[] = {
  { .name = "ms", .kind = HTTP_PARAMETER_INTEGER, .required = true, .most = 60000 }, { .name = NULL }
};
static const struct http_parameter list_query[] = { { .name = "cursor", .kind = HTTP_PARAMETER_CURSOR },
                                                    { .name = NULL } };
static const struct http_parameter download_query[] = {
  { .name = "bytes", .kind = HTTP_PARAMETER_INTEGER, .required = true, .most = 1 << 30 },
  { .name = "chunked", .kind = HTTP_PARAMETER_FLAG },
  { .name = "fails_after", .kind = HTTP_PARAMETER_INTEGER, .most = 1000 },
  { .name = NULL },
};
static const struct http_parameter words_form[] = {
  { .name = "words", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 100 }, { .name = NULL }
};
static const struct http_parameter note_form[] = { { .name = "note", .kind = HTTP_PARAMETER_TEXT, .most = 100 },
                                                   { .name = NULL } };

enum { TWENTY_MIB = 20 << 20 };

#define ROUTE(n, m, p, r) .name = n, .method = m, .path = p, .realms = r, .summary_ja = n, .summary_en = n
static const struct http_route rows[] = {
  { ROUTE("hello", HTTP_GET, "/hello", HTTP_PUBLIC), .handler = hello },
  { ROUTE("showClaim", HTTP_GET, "/v1/claims/{claim}", HTTP_PUBLIC), .path_parameters = claim_path,
    .handler = show_claim, .etag = HTTP_ETAG_GIVEN },
  { ROUTE("changeClaim", HTTP_PATCH, "/v1/claims/{claim}", HTTP_PUBLIC), .path_parameters = claim_path,
    .handler = change_claim, .etag = HTTP_ETAG_REQUIRED, .body = HTTP_BODY_MERGE_PATCH },
  { ROUTE("echo", HTTP_POST, "/echo", HTTP_PUBLIC), .handler = echo, .body = HTTP_BODY_JSON, .body_spec = &thing_spec,
    .body_limit_bytes = 1000 },
  { ROUTE("slow", HTTP_GET, "/slow", HTTP_PUBLIC), .query = slow_query, .handler = slow },
  { ROUTE("slower", HTTP_GET, "/slower", HTTP_PUBLIC), .query = slow_query, .handler = slow, .lane = HTTP_LANE_SLOW },
  { ROUTE("paper", HTTP_GET, "/paper", HTTP_PUBLIC), .query = slow_query, .handler = slow, .lane = HTTP_LANE_PAPER },
  { ROUTE("defer", HTTP_GET, "/defer", HTTP_PUBLIC), .handler = defer },
  { ROUTE("list", HTTP_GET, "/list", HTTP_PUBLIC), .query = list_query, .handler = list },
  { ROUTE("devour", HTTP_GET, "/devour", HTTP_PUBLIC), .handler = devour },
  { ROUTE("who", HTTP_GET, "/who", HTTP_PUBLIC | HTTP_CLINIC | HTTP_STAFF), .handler = who },
  { ROUTE("clinicOnly", HTTP_GET, "/clinic", HTTP_CLINIC), .handler = who },
  { ROUTE("approve", HTTP_POST, "/approve", HTTP_STAFF), .roles = HTTP_ROLE_APPROVER, .step_up = true,
    .persons_only = true, .handler = who },
  { ROUTE("act", HTTP_POST, "/act", HTTP_CLINIC), .handler = who },
  { ROUTE("form", HTTP_POST, "/form", HTTP_PUBLIC | HTTP_CLINIC), .handler = form, .body = HTTP_BODY_FORM,
    .form_parameters = words_form, .face = HTTP_PAGE, .produces = "*" },
  { ROUTE("page", HTTP_GET, "/page", HTTP_PUBLIC), .handler = page, .face = HTTP_PAGE },
  { ROUTE("once", HTTP_POST, "/once", HTTP_PUBLIC), .handler = once, .body = HTTP_BODY_JSON, .idempotent = true },
  { ROUTE("knock", HTTP_POST, "/knock", HTTP_PUBLIC), .handler = knock },
  { ROUTE("upload", HTTP_POST, "/upload", HTTP_PUBLIC), .stream = &upload, .body = HTTP_BODY_STREAM,
    .body_limit_bytes = TWENTY_MIB },
  { ROUTE("clinicUpload", HTTP_PUT, "/clinic/upload", HTTP_CLINIC), .stream = &upload, .body = HTTP_BODY_STREAM,
    .body_limit_bytes = TWENTY_MIB },
  { ROUTE("parts", HTTP_POST, "/parts", HTTP_PUBLIC | HTTP_CLINIC), .stream = &upload, .body = HTTP_BODY_MULTIPART,
    .form_parameters = note_form, .body_limit_bytes = TWENTY_MIB + 4096 },
  { ROUTE("download", HTTP_GET, "/download", HTTP_PUBLIC), .query = download_query, .handler = download,
    .produces = "*" },
};
static const struct http_route_table table = { rows, COUNT_OF(rows) };

/* ---- who is asking: "clinic", "approver", "stale-approver", "reader", "machine", or nobody */

struct person {
  const char *token;
  enum http_realm realm;
  uint32_t roles;
  bool read_only, machine, fresh;
};
static const struct person people[] = {
  { "clinic", HTTP_CLINIC, HTTP_ROLE_CLINIC, false, false, false },
  { "adjuster", HTTP_STAFF, HTTP_ROLE_ADJUSTER, false, false, true },
  { "approver", HTTP_STAFF, HTTP_ROLE_APPROVER, false, false, true },
  { "stale-approver", HTTP_STAFF, HTTP_ROLE_APPROVER, false, false, false },
  { "reader", HTTP_CLINIC, HTTP_ROLE_CLINIC, true, false, false },
  { "machine", HTTP_STAFF, HTTP_ROLE_APPROVER, false, true, true },
};

static result resolve(void *context, void *worker, struct arena *a, enum http_credential credential, str token,
                      int64_t now_us, struct http_identity *out) {
  (void)context;
  (void)worker;
  (void)a;
  (void)credential;
  if (str_eq(token, STR("broken"))) return RESULT_OUTSIDE;
  for (size_t i = 0; i < COUNT_OF(people); i++) {
    const struct person *p = &people[i];
    if (!str_eq(token, str_of(p->token))) continue;
    *out = (struct http_identity){ .realm = p->realm,
                                   .roles = p->roles,
                                   .read_only = p->read_only,
                                   .machine = p->machine,
                                   .csrf_token = STR("the-token"),
                                   .step_up_at_us = p->fresh ? now_us - 1 : 0 };
    return RESULT_OK;
  }
  return RESULT_NOT_FOUND;
}

static bool ready(void *context, struct arena *a, str *why) {
  (void)a;
  *why = STR("asleep");
  return access(context, F_OK) != 0;
}

/* ---- what each worker has, and how a page's problem looks */

struct context {
  enum http_lane lane;
  unsigned number;
};

static bool in_own_lane(const struct http_request *r) {
  const struct context *c = r->worker;
  return c && c->lane == r->route->lane;
}

static void *make_context(void *context, enum http_lane lane, unsigned number) {
  (void)context;
  struct context *c = mem_alloc(sizeof *c);
  if (c) *c = (struct context){ lane, number };
  return c;
}

static void unmake_context(void *context, void *worker) {
  (void)context;
  mem_free(worker);
}

static struct http_answer problem_page(struct http_request *r, const struct http_answer *problem) {
  bool browser = str_find(http_request_header(r, "Accept"), STR("text/html")) >= 0;
  if (!browser) return http_bytes(problem->status, "application/problem+json", http_problem_json(r, problem));
  return http_html(problem->status,
                   str_format(r->arena, "<!doctype html><title>%s</title>", problem->problem->title_en));
}

/* ---- the program */

struct setting {
  const char *name;
  unsigned *value;
};

struct size_setting {
  const char *name;
  size_t *value;
};

static void read_settings(int count, char **arguments, struct http_config *config) {
  struct http_limits *l = &config->limits;
  const struct size_setting sizes[] = { { "bodies_bytes", &l->bodies_bytes }, { "linger_bytes", &l->linger_bytes } };
  const struct setting settings[] = {
    { "quick_workers", &l->quick_workers },
    { "slow_workers", &l->slow_workers },
    { "quick_queue", &l->quick_queue },
    { "slow_queue", &l->slow_queue },
    { "connections_per_address", &l->connections_per_address },
    { "connections", &l->connections },
    { "header_seconds", &l->header_seconds },
    { "idle_seconds", &l->idle_seconds },
    { "progress_seconds", &l->progress_seconds },
    { "progress_bytes", &l->progress_bytes },
    { "linger_seconds", &l->linger_seconds },
    { "lingering", &l->lingering },
  };
  for (int i = 0; i < count; i++) {
    str value, name = str_cut(str_of(arguments[i]), '=', &value);
    int64_t number = 0;
    if (str_eq(name, STR("origin"))) {
      config->origin = value;
      continue;
    }
    bool read = str_to_int64(value, &number), known = false;
    for (size_t k = 0; k < COUNT_OF(settings); k++) {
      if (!str_eq(name, str_of(settings[k].name))) continue;
      *settings[k].value = (unsigned)number;
      known = true;
    }
    for (size_t k = 0; k < COUNT_OF(sizes); k++) {
      if (!str_eq(name, str_of(sizes[k].name))) continue;
      *sizes[k].value = (size_t)number;
      known = true;
    }
    assert(read && known && "a setting that exists");
  }
}

static str file_text(struct arena *a, const char *path) {
  str text = STR_NONE;
  result read = file_read(a, path, 1 << 20, &text);
  return read == RESULT_OK ? text : STR_NONE;
}

static void tell(const char *text) {
  printf("%s\n", text);
  fflush(stdout);
}

static void reload(struct arena *a, struct http_server *s, str files) {
  struct findings f = findings_in(a);
  str key, certificate = str_cut(files, ' ', &key);
  result done = http_server_reload_certificate(s, file_text(a, str_z(a, certificate)), file_text(a, str_z(a, key)), &f);
  tell(done == RESULT_OK ? "ok" : f.items[0].code);
}

static void obey(struct arena *a, struct http_server *s) {
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    str rest, word = str_cut(str_trim(str_of(line)), ' ', &rest);
    int64_t ms = 0;
    if (str_eq(word, STR("reload"))) reload(a, s, rest);
    if (str_eq(word, STR("abandoned"))) tell(str_z(a, str_format(a, "%u", abandoned)));
    if (str_eq(word, STR("stop")) && str_to_int64(rest, &ms)) {
      tell(http_server_stop(s, (unsigned)ms) ? "whole" : "cut");
      return;
    }
  }
  (void)http_server_stop(s, 0);
}

int main(int argc, char **argv) {
  assert(argc >= 5 && "serve CERTIFICATE KEY LOG SLEEP-FILE [name=value…]");
  struct arena *a = arena_new(0);
  struct findings f = findings_in(a);
  FILE *log = fopen(argv[3], "a");
  struct http_config config = {
    .address = "127.0.0.1",
    .metrics_port = 0,
    .certificate_pem = file_text(a, argv[1]),
    .key_pem = file_text(a, argv[2]),
    .routes = &table,
    .route_table_count = 1,
    .identity = { resolve, NULL },
    .readiness = { ready, argv[4] },
    .clock = clock_system(),
    .randomness = randomness_system(),
    .version = "test",
  };
  config.workers = (struct http_worker_factory){ make_context, unmake_context, NULL };
  config.pages = (struct http_pages){ .problem = problem_page };
  config.log = (struct log){ fileno(log), LOG_INFO, config.clock };
  read_settings(argc - 5, argv + 5, &config);
  config.limits.call_bytes = 8 << 20;
  struct http_server *s = NULL;
  if (http_server_start(&config, &f, &s) != RESULT_OK) {
    tell(f.count ? f.items[0].code : "failed");
    return 1;
  }
  tell(str_z(a, str_format(a, "%u %u", http_server_port(s), http_server_metrics_port(s))));
  obey(a, s);
  fclose(log);
  arena_free(a);
  return 0;
}
