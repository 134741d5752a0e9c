/* rooms: what the rooms above the server export, joined into one. */
#include "messages.h"
#include "serve/serve.h"

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

result serve__listen(struct serving *s) {
  struct http_config config = { .address = address_text(s),
                                .port = (uint16_t)config_int(s->config, "http.port"),
                                .metrics_address = str_z(s->arena, config_text(s->config, "metrics.address")),
                                .metrics_port = (int)config_int(s->config, "metrics.port"),
                                .certificate_pem = s->certificate_pem,
                                .key_pem = s->key_pem,
                                .origin = config_text(s->config, "http.origin"),
                                .readiness = serve__readiness(s),
                                .clock = s->clock,
                                .randomness = s->randomness,
                                .log = s->log,
                                .metrics = s->metrics,
                                .version = "0.1.0",
                                .limits = limits_of(s->config) };
  memcpy(config.cursor_key, s->cursor_key, sizeof s->cursor_key);
  return http_server_start(&config, &s->findings, &s->server);
}
