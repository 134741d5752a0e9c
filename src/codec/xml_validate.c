/* XML Schema, for tests: is a document what its published schema says? Schemas are trusted files of the tests; the
 * document is parsed with the same shut doors as any other. What the validator says is kept in memory taken before it
 * is called, because its callback must not allocate: an exhausted arena would leave across libxml2's frames. */
#include <libxml/xmlschemas.h>

#include "messages.h"
#include "xml_parse.h"

#define COMPLAINTS_MOST 50

struct complaint {
  uint32_t line;
  size_t n;
  char words[400];
};
struct complaints {
  size_t count;
  struct complaint items[COMPLAINTS_MOST];
};

static void on_complaint(void *context, xmlError *error) {
  struct complaints *all = context;
  if (all->count == COMPLAINTS_MOST || error->level < XML_ERR_ERROR) return;
  struct complaint *one = &all->items[all->count++];
  const xmlNode *node = error->node;
  one->line = node && node->type == XML_ELEMENT_NODE && node->_private ? xml__line(node)
                                                                       : (uint32_t)(error->line > 0 ? error->line : 0);
  str words = xml__words(error->message);
  one->n = words.n < sizeof one->words ? words.n : sizeof one->words;
  memcpy(one->words, words.p, one->n);
}

static void report(struct findings *f, const struct complaints *all, enum codec_message message) {
  for (size_t i = 0; i < all->count; i++) {
    const struct complaint *one = &all->items[i];
    size_t bad_at = 0;
    str words = { one->words, one->n };
    if (!utf8_valid(words, &bad_at)) words = str_slice(words, 0, bad_at);
    FINDING_AT(f, STR(""), one->line, 0, &codec__messages[message], str_format(f->arena, "%u", one->line), STR_NONE,
               words);
  }
}

static void free_schema(void *handle) { xmlSchemaFree(handle); }

/* NULL when the schema cannot be used; `all` tells why. */
static xmlSchema *load_schema(const char *path, struct complaints *all) {
  xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
  if (!parser) return NULL;
  xmlSchemaSetParserStructuredErrors(parser, on_complaint, all);
  xmlSchema *schema = xmlSchemaParse(parser);
  xmlSchemaFreeParserCtxt(parser);
  return schema;
}

result xml_validate(struct arena *a, str bytes, const char *schema_path, struct findings *f) {
  struct complaints *all = ARENA_NEW(a, struct complaints);
  struct xml_document *document = NULL;
  TRY(xml__parse(a, bytes, (struct xml_limits){ 0 }, f, NULL, &document));
  xmlSchema *schema = load_schema(schema_path, all);
  if (!schema) {
    report(f, all, XML_FAULT_SCHEMA_FILE);
    return all->count > 0 ? RESULT_REFUSED : RESULT_OUTSIDE;
  }
  arena_defer(a, free_schema, schema);
  xmlSchemaValidCtxt *validator = xmlSchemaNewValidCtxt(schema);
  if (!validator) return RESULT_NO_MEMORY;
  xmlSchemaSetValidStructuredErrors(validator, on_complaint, all);
  int verdict = xmlSchemaValidateDoc(validator, document->doc);
  xmlSchemaFreeValidCtxt(validator);
  xml__forget(document);
  report(f, all, XML_FAULT_SCHEMA);
  if (verdict < 0) return RESULT_OUTSIDE;
  return verdict == 0 ? RESULT_OK : RESULT_REFUSED;
}
