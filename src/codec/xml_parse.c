/* libxml2 reads by SAX2 handlers, some of which are stood in for: one that meets a DOCTYPE stops the parser before
 * anything inside is looked at, one that counts elements and their depth stops it where a bound is met, and one that ends
 * an element steps back up. They go on to libxml2's own, which build its tree, or to a builder of ours. A builder may
 * allocate and so leave through the arena: it does so under a guard of its own, which stops the parser, and xml__parse()
 * leaves once libxml2's frames are off the stack. Errors come by this parser's own handler; nothing is set for the
 * process. */
#include "xml_parse.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>

#include "encoding.h"
#include "messages.h"

enum stop { STOP_NONE, STOP_DOCTYPE, STOP_DEEP, STOP_NODES, STOP_BUILDER };

/* One parse, reached from the handlers through the parser's _private. */
struct parse {
  struct xml_limits limits;
  struct arena *arena;
  const struct xml_builder *builder; /* NULL: libxml2's own handlers */
  result built;                      /* how the builder left, at STOP_BUILDER */
  size_t nodes;
  unsigned depth;
  enum stop stop;
  uint32_t line, column; /* of the stop or the first error */
  int error;             /* the first error's number; 0: none */
  char words[300];       /* what libxml2 said about it */
};

str xml__words(const char *message) { return str_trim(str_of(message ? message : "")); }

uint32_t xml__line(const xmlNode *element) { return (uint32_t)(uintptr_t)element->_private; }

static uint32_t current_line(const xmlParserCtxt *parser) {
  return parser->input && parser->input->line > 0 ? (uint32_t)parser->input->line : 0;
}

static void stop_parsing(xmlParserCtxt *parser, enum stop why) {
  struct parse *parse = parser->_private;
  if (parse->stop == STOP_NONE && parse->error == 0) {
    parse->stop = why;
    parse->line = current_line(parser);
  }
  xmlStopParser(parser);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
  (void)name, (void)public_id, (void)system_id;
  stop_parsing(context, STOP_DOCTYPE);
}

/* ---- what goes on to the builder */

struct element {
  const struct parse *parse;
  uint32_t line;
  const xmlChar *name, *uri, **attributes;
  size_t attribute_count;
  str text;
};

static void build_start(void *context) {
  const struct element *e = context;
  const struct xml_builder *b = e->parse->builder;
  b->start(b->context, e->line, e->name, e->uri, e->attributes, e->attribute_count);
}

static void build_characters(void *context) {
  const struct element *e = context;
  e->parse->builder->characters(e->parse->builder->context, e->text);
}

static void build_end(void *context) {
  const struct element *e = context;
  e->parse->builder->end(e->parse->builder->context);
}

static void build(xmlParserCtxt *parser, void (*body)(void *context), struct element *element) {
  struct parse *parse = parser->_private;
  element->parse = parse;
  result r = arena_run(parse->arena, body, element);
  if (r == RESULT_OK) return;
  stop_parsing(parser, STOP_BUILDER);
  parse->built = r;
}

static void on_characters(void *context, const xmlChar *text, int length) {
  xmlParserCtxt *parser = context;
  struct element element = { .text = { (const char *)text, (size_t)length } };
  if (((struct parse *)parser->_private)->stop == STOP_NONE) build(parser, build_characters, &element);
}

/* ---- handlers */

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
  xmlParserCtxt *parser = context;
  struct parse *parse = parser->_private;
  parse->nodes += 1 + (size_t)attribute_count + (size_t)namespace_count;
  parse->depth++;
  if (parse->depth > parse->limits.depth) {
    stop_parsing(parser, STOP_DEEP);
  } else if (parse->nodes > parse->limits.nodes) {
    stop_parsing(parser, STOP_NODES);
  } else if (parse->builder) {
    struct element element = { .line = current_line(parser), .name = name, .uri = uri, .attributes = attributes,
                               .attribute_count = (size_t)attribute_count };
    build(parser, build_start, &element);
  } else {
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted,
                          attributes);
    if (parser->node) parser->node->_private = (void *)(uintptr_t)current_line(parser);
  }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  xmlParserCtxt *parser = context;
  struct parse *parse = parser->_private;
  if (parse->depth > 0) parse->depth--;
  if (!parse->builder) {
    xmlSAX2EndElementNs(context, name, prefix, uri);
  } else if (parse->stop == STOP_NONE) {
    struct element element = { 0 };
    build(parser, build_end, &element);
  }
}

/* The first error is the one to mend; what follows is mostly its echo. */
static void on_error(void *context, xmlError *error) {
  xmlParserCtxt *parser = context;
  struct parse *parse = parser->_private;
  if (error->level < XML_ERR_ERROR || parse->error != 0 || parse->stop != STOP_NONE) return;
  parse->error = error->code;
  parse->line = error->line > 0 ? (uint32_t)error->line : current_line(parser);
  parse->column = error->int2 > 0 ? (uint32_t)error->int2 : 0;
  str words = xml__words(error->message);
  size_t n = words.n < sizeof parse->words - 1 ? words.n : sizeof parse->words - 1;
  memcpy(parse->words, words.p, n);
  parse->words[n] = '\0';
}

static void free_document(void *handle) { xml__forget(handle); }

void xml__forget(struct xml_document *d) {
  if (d->doc) xmlFreeDoc(d->doc);
  d->doc = NULL;
}

static str number(struct findings *f, size_t n) { return str_format(f->arena, "%zu", n); }

/* The parser's words quote the document, whose bytes need not be UTF-8 where they end. */
static str readable(struct findings *f, str words) {
  size_t bad_at = 0;
  while (!utf8_valid(words, &bad_at)) words = str_slice(words, 0, bad_at);
  return str_copy(f->arena, words);
}

static bool is_encoding_error(int code) {
  return code == XML_ERR_INVALID_ENCODING || code == XML_ERR_INVALID_CHAR || code == XML_ERR_DOCUMENT_EMPTY;
}

static result refuse(struct findings *f, str bytes, const struct parse *parse) {
  static const enum codec_message stops[] = {
    [STOP_DOCTYPE] = XML_FAULT_DOCTYPE,
    [STOP_DEEP] = XML_FAULT_DEEP,
    [STOP_NODES] = XML_FAULT_NODES,
  };
  str detail = STR_NONE;
  enum codec_message message = XML_FAULT_FORM;
  const char *encoding = NULL;
  if (parse->stop != STOP_NONE) {
    message = stops[parse->stop];
    detail = number(f, parse->stop == STOP_DEEP ? parse->limits.depth : parse->limits.nodes);
  } else if (is_encoding_error(parse->error) && (encoding = encoding__guess(bytes))) {
    message = XML_FAULT_ENCODING;
    detail = str_of(encoding);
  } else {
    detail = readable(f, str_of(parse->words));
  }
  uint32_t line = parse->line > 0 ? parse->line : 1;
  FINDING_AT(f, STR(""), line, parse->column, &codec__messages[message], number(f, line), number(f, parse->column),
             detail);
  return RESULT_REFUSED;
}

static void prepare(xmlParserCtxt *parser, struct parse *parse) {
  parser->_private = parse;
  parser->sax->internalSubset = on_doctype;
  parser->sax->startElementNs = on_start;
  parser->sax->endElementNs = on_end;
  parser->sax->serror = on_error;
  if (!parse->builder) return;
  parser->sax->characters = parser->sax->ignorableWhitespace = on_characters;
  parser->sax->comment = NULL;
  parser->sax->processingInstruction = NULL;
}

/* Without a DOCTYPE there are no entities but the five of XML, and character references: a builder is given what they
 * stand for. */
static int options(const struct parse *parse) {
  return XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT |
         (parse->builder ? XML_PARSE_NOENT : 0);
}

/* Where libxml2 builds its tree, want of memory is told to the thread alone: the document would look sound and lack an
 * attribute's text. */
static bool lost_something(void) {
  const xmlError *last = xmlGetLastError();
  return last && last->code == XML_ERR_NO_MEMORY;
}

static pthread_once_t library_ready = PTHREAD_ONCE_INIT;

result xml__parse(struct arena *a, str bytes, struct xml_limits limits, struct findings *f,
                  const struct xml_builder *builder, struct xml_document **out) {
  struct parse parse = { .arena = a,
                         .builder = builder,
                         .limits = {
                             .bytes = limits.bytes ? limits.bytes : (size_t)16 << 20,
                             .depth = limits.depth ? limits.depth : 256,
                             .nodes = limits.nodes ? limits.nodes : 1000000,
                         } };
  assert(parse.limits.depth <= 256 && parse.limits.bytes <= INT32_MAX);
  if (bytes.n > parse.limits.bytes) {
    FINDING(f, STR(""), &codec__messages[XML_FAULT_LARGE], number(f, parse.limits.bytes), number(f, bytes.n));
    return RESULT_REFUSED;
  }
  struct xml_document *document = ARENA_NEW(a, struct xml_document);
  arena_defer(a, free_document, document);

  pthread_once(&library_ready, xmlInitParser);
  xmlParserCtxt *parser = xmlNewParserCtxt();
  if (!parser) return RESULT_NO_MEMORY;
  prepare(parser, &parse);
  xmlResetLastError();
  document->doc = xmlCtxtReadMemory(parser, bytes.n ? bytes.p : "", (int)bytes.n, NULL, NULL, options(&parse));
  bool sound = document->doc && parser->wellFormed && parse.stop == STOP_NONE && parse.error == 0;
  bool exhausted = parse.error == XML_ERR_NO_MEMORY || parser->errNo == XML_ERR_NO_MEMORY || lost_something();
  bool silent = !sound && parse.stop == STOP_NONE && parse.error == 0; /* it failed and had nothing to say */
  xmlFreeParserCtxt(parser);
  document->nodes = parse.nodes;
  if (sound && !exhausted) {
    *out = document;
    return RESULT_OK;
  }
  xml__forget(document);
  if (parse.stop == STOP_BUILDER) arena_leave(a, parse.built);
  if (exhausted || (silent && bytes.n > 0)) return RESULT_NO_MEMORY;
  return refuse(f, bytes, &parse);
}
