/* rooms: what the rooms above the server export, joined into one. */
#include "messages.h"
#include "serve/serve.h"
#include "shienkin/api.h"
#include "shienkin/document.h"
#include "shienkin/web.h"

#define VERSION "0.1.0"
enum { PROBLEM_TABLES = 2, PREVIEW_BYTES_MOST = 64 << 20 };

static const char *address_text(struct serving *s) { return str_z(s->arena, config_text(s->config, "http.address")); }

str serve__address(struct serving *s) {
  str origin = config_text(s->config, "http.origin"), address = config_text(s->config, "http.address");
  if (origin.n) return origin;
  bool every = str_eq(address, STR("0.0.0.0")) || str_eq(address, STR("::"));
  bool six = !every && str_find(address, STR(":")) >= 0;
  return str_format(s->arena, "https://%s%.*s%s:%u", six ? "[" : "", STR_ARG(every ? STR("localhost") : address), six ? "]" : "",
                    (unsigned)http_server_port(s->server));
}

static struct http_limits limits_of(const struct config *c) {
  return (struct http_limits){ .quick_workers = (unsigned)config_int(c, "http.workers"),
                               .slow_workers = (unsigned)config_int(c, "http.slow-workers"),
                               .connections = (unsigned)config_int(c, "http.connections"),
                               .connections_per_address = (unsigned)config_int(c, "http.connections-per-address") };
}

static struct http_route_table *routes_of(struct serving *s, size_t *count) {
  struct http_route_table *tables = ARENA_ARRAY(s->arena, struct http_route_table, api_route_table_count + web_route_table_count);
  *count = 0;
  for (size_t i = 0; i < api_route_table_count; i++) tables[(*count)++] = *api_routes[i];
  for (size_t i = 0; i < web_route_table_count; i++) tables[(*count)++] = *web_routes[i];
  return tables;
}

static struct http_problem_table *problems_of(struct serving *s) {
  struct http_problem_table *tables = ARENA_ARRAY(s->arena, struct http_problem_table, PROBLEM_TABLES);
  tables[0] = gate_problems();
  tables[1] = api_problems;
  return tables;
}

static result read_duty_links(struct serving *s) {
  static const struct { const char *setting, *duty; } links[GATE_DUTY_LINKS] = {
    { "duties.preliminary-report", "preliminary_report" }, { "duties.final-report", "final_report" },
    { "duties.persons", "persons" }, { "duties.mhlw", "mhlw" },
  };
  for (size_t i = 0; i < COUNT_OF(links); i++) {
    s->gate.duty_links[i].duty = links[i].duty;
    if (gate_duty_link_read(config_text(s->config, links[i].setting), &s->gate.duty_links[i]) == RESULT_OK) continue;
    FINDING(&s->findings, STR(""), &cli__serve_duty_link, str_of(links[i].setting));
    return RESULT_REFUSED;
  }
  return RESULT_OK;
}

static result open_gate(struct serving *s) {
  s->gate = (struct gate){ .service = &s->service, .previews = document_previews_new(PREVIEW_BYTES_MOST), .demo = s->demo,
                           .site_name_ja = config_text(s->config, "site.name-ja"),
                           .site_name_en = config_text(s->config, "site.name-en"), .version = VERSION };
  return read_duty_links(s);
}

result serve__bind(struct serving *s) {
  return http_listen(address_text(s), (uint16_t)config_int(s->config, "http.port"), &s->findings, &s->listener);
}

result serve__listen(struct serving *s) {
  size_t route_tables;
  TRY(open_gate(s));
  struct http_config config = { .address = address_text(s),
                                .port = (uint16_t)config_int(s->config, "http.port"),
                                .listener = s->listener,
                                .metrics_address = str_z(s->arena, config_text(s->config, "metrics.address")),
                                .metrics_port = (int)config_int(s->config, "metrics.port"),
                                .certificate_pem = s->certificate_pem,
                                .key_pem = s->key_pem,
                                .origin = config_text(s->config, "http.origin"),
                                .routes = routes_of(s, &route_tables),
                                .problems = problems_of(s),
                                .problem_table_count = PROBLEM_TABLES,
                                .identity = gate_identity(&s->gate),
                                .pages = web_pages(),
                                .app = &s->gate,
                                .readiness = serve__readiness(s),
                                .clock = s->clock,
                                .randomness = s->randomness,
                                .log = s->log,
                                .metrics = s->metrics,
                                .version = VERSION,
                                .limits = limits_of(s->config) };
  config.route_table_count = route_tables;
  memcpy(config.cursor_key, s->cursor_key, sizeof s->cursor_key);
  return http_server_start(&config, &s->findings, &s->server);
}
