/* documents: /openapi.json, and the contracts under /schemas/. The contracts are built into the program as they stand in
 * contract/. */
#include <pthread.h>

#include "openapi.h"

enum { AN_HOUR_S = 3600 };

/* ---- contracts, byte for byte */

#define CONTRACT(name)                                                                                                \
  __asm__(".pushsection .rodata\n.globl contract_" #name "_begin\n.globl contract_" #name "_end\ncontract_" #name       \
          "_begin:\n.incbin \"" CONTRACT_DIR "/" #name ".schema.json\"\ncontract_" #name "_end:\n.byte 0\n.popsection"); \
  extern const char contract_##name##_begin[] __attribute__((visibility("hidden")));                                  \
  extern const char contract_##name##_end[] __attribute__((visibility("hidden")));
CONTRACT(claim)
CONTRACT(decision)
CONTRACT(refusal)

static const struct {
  const char *name, *begin, *end;
} contracts[] = {
  { "claim", contract_claim_begin, contract_claim_end },
  { "decision", contract_decision_begin, contract_decision_end },
  { "refusal", contract_refusal_begin, contract_refusal_end },
};

str openapi__contract(str name) {
  for (size_t i = 0; i < COUNT_OF(contracts); i++)
    if (str_eq(str_of(contracts[i].name), name))
      return (str){ contracts[i].begin, (size_t)(contracts[i].end - contracts[i].begin) };
  return STR_NONE;
}

/* Two documents have no contract among modules: their schema is their spec. */
static str schema_named(struct arena *a, str name) {
  str contract = openapi__contract(name);
  if (contract.n > 0) return contract;
  const struct spec *spec = str_eq(name, STR("payee")) ? intake_payee_spec() : intake_report_spec();
  struct json schema = spec_schema(a, spec, str_format(a, "urn:shienkin:%.*s:1", STR_ARG(name)));
  return json_dump(a, &schema);
}

static struct http_answer schema(struct http_request *r) {
  str file = http_value(&r->path, "schema")->text;
  str name = str_slice(file, 0, file.n - STR(".schema.json").n);
  struct http_answer answer = http_bytes(HTTP_OK, "application/schema+json", schema_named(r->arena, name));
  http_answer_cacheable(r, &answer, AN_HOUR_S, false);
  return answer;
}

/* ---- the documentation, made once */

static pthread_once_t made = PTHREAD_ONCE_INIT;
static str documentation; /* written once, under `made` */

static void make(void) {
  struct arena *a = arena_new(0); /* lives as long as the program */
  assert(a && "there is memory for the documentation");
  documentation = api_openapi(a, api_routes, api_route_table_count, PROGRAM_VERSION);
}

static struct http_answer openapi(struct http_request *r) {
  pthread_once(&made, make);
  struct http_answer answer = http_json(HTTP_OK, documentation);
  http_answer_cacheable(r, &answer, AN_HOUR_S, false);
  return answer;
}

/* ---- the table */

static const char *const schema_names[] = { "claim.schema.json", "decision.schema.json", "refusal.schema.json",
                                            "payee.schema.json", "report.schema.json", NULL };
static const struct http_parameter schema_path[] = {
  { .name = "schema", .kind = HTTP_PARAMETER_WORD, .words = schema_names, .description_ja = "スキーマ",
    .description_en = "the document's schema" },
  { .name = NULL },
};

static const struct http_route rows[] = {
  { API_ROW("readOpenApi", HTTP_GET, "/openapi.json", "documents", "このAPIの説明", "This documentation"),
    .realms = HTTP_PUBLIC, .anonymous = true, .lane = HTTP_LANE_LIGHT, .handler = openapi,
    .answers = API_ANSWERS(API_OK(api__object, "OpenAPI 3.1")) },
  { API_ROW("readSchema", HTTP_GET, "/schemas/{schema}", "documents", "書類の形", "The schemas of documents"),
    .realms = HTTP_PUBLIC, .anonymous = true, .lane = HTTP_LANE_LIGHT, .path_parameters = schema_path,
    .produces = "application/schema+json", .handler = schema,
    .answers = API_ANSWERS({ 200, "application/schema+json", &api__object, "JSON Schema 2020-12" }) },
};
const struct http_route_table api__documents = { rows, COUNT_OF(rows) };
