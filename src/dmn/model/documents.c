/* documents: the XML of a model and of what it imports, and how elements are found in it. */
#include "model/model.h"

/* The model namespaces that are read: 1.1 to 1.5 differ in what they may hold, not in what the same thing means. */
static const char *const namespaces[] = {
  "https://www.omg.org/spec/DMN/20230324/MODEL/",              /* 1.5 */
  "https://www.omg.org/spec/DMN/20211108/MODEL/",              /* 1.4 */
  "https://www.omg.org/spec/DMN/20191111/MODEL/",              /* 1.3 */
  "http://www.omg.org/spec/DMN/20180521/MODEL/",               /* 1.2 */
  "http://www.omg.org/spec/DMN/20151101/dmn.xsd",              /* 1.1 */
};
/* What an expressionLanguage may say and mean FEEL. */
static const char *const languages[] = {
  "https://www.omg.org/spec/DMN/20230324/FEEL/",
  "https://www.omg.org/spec/DMN/20211108/FEEL/",
  "https://www.omg.org/spec/DMN/20191111/FEEL/",
  "http://www.omg.org/spec/DMN/20180521/FEEL/",
  "http://www.omg.org/spec/FEEL/20140401",
  "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
  "feel",
  "FEEL",
};

static bool among(str s, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(s, str_of(list[i]))) return true;
  return false;
}

bool model__is_dmn(str namespace_uri) {
  return among(namespace_uri, namespaces, COUNT_OF(namespaces));
}

bool model__is(const struct xml_node *x, const char *name) {
  return str_eq(x->name, str_of(name)) && model__is_dmn(x->namespace_uri);
}

static const struct xml_node *from(const struct xml_node *x, const char *name) {
  while (x != NULL && !model__is(x, name)) x = x->next;
  return x;
}

const struct xml_node *model__child(const struct xml_node *x, const char *name) {
  return from(x->first_child, name);
}

const struct xml_node *model__next(const struct xml_node *x, const char *name) {
  return from(x->next, name);
}

str model__attr(const struct xml_node *x, const char *name) {
  str s = xml_attr(x, name);
  return s.p == NULL ? STR("") : str_trim(s);
}

str model__text_of(const struct xml_node *x, const char *child) {
  const struct xml_node *c = model__child(x, child);
  return c == NULL ? STR_NONE : str_trim(c->text);
}

bool model__is_feel(const struct model_document *d, const struct xml_node *x) {
  str language = model__attr(x, "expressionLanguage");
  if (language.n == 0) language = model__attr(d->root, "expressionLanguage");
  return language.n == 0 || among(language, languages, COUNT_OF(languages));
}

str model__feel_text(const struct xml_node *x, uint32_t *line) {
  const struct xml_node *text = model__child(x, "text");
  *line = text == NULL ? x->line : text->line;
  return text == NULL ? STR("") : text->text;
}

/* ---- findings */

str model__path(struct arena *a, const struct xml_node *at) {
  str id = model__attr(at, "id");
  if (id.n == 0) id = model__attr(at, "name");
  str own = id.n == 0 ? at->name : str_format(a, "%.*s[%.*s]", STR_ARG(at->name), STR_ARG(id));
  if (at->parent == NULL) return own;
  return str_format(a, "%.*s/%.*s", STR_ARG(model__path(a, at->parent)), STR_ARG(own));
}

void model__refuse(struct model_loader *l, const struct xml_node *at, const struct message *m, size_t count, const str *arguments) {
  findings_add_at(l->findings, at == NULL ? STR("") : model__path(l->arena, at), at == NULL ? 0 : at->line, 0, m, count, arguments);
}

void model__fault(struct model_loader *l, const struct xml_node *at, const struct message *m, size_t count, const str *arguments) {
  findings_add_at(&l->model->faults, model__path(l->arena, at), at->line, 0, m, count, arguments);
}

/* ---- reading */

static void check_root(struct model_loader *l, const struct model_document *d) {
  if (!model__is_dmn(d->root->namespace_uri))
    MODEL_REFUSE(l, d->root, dmn__message("model_namespace"), d->file, d->root->namespace_uri);
  else if (!model__is(d->root, "definitions"))
    MODEL_REFUSE(l, d->root, dmn__message("model_root"), d->file, d->root->name);
  else if (d->namespace_uri.n == 0)
    MODEL_REFUSE(l, d->root, dmn__message("model_no_namespace"), d->file);
}

static struct xml_limits xml_bounds(const struct model_loader *l) {
  return (struct xml_limits){ .bytes = l->limits.bytes, .depth = l->limits.depth, .nodes = l->limits.expressions * 16 };
}

/* NULL after a refusal. */
static const struct xml_node *read_root(struct model_loader *l, const struct dmn_source *source, struct findings *f) {
  const struct xml_node *root = NULL;
  if (source->bytes.n > l->limits.bytes) {
    FINDING(f, STR(""), dmn__message("model_bytes"), source->name, str_format(l->arena, "%zu", l->limits.bytes));
    return NULL;
  }
  return xml_read(l->arena, source->bytes, xml_bounds(l), f, &root) == RESULT_OK ? root : NULL;
}

/* Imports within imports open documents anew; a model that imports twice what imports twice grows fast. */
enum { DOCUMENTS_MOST = 64 };

/* NULL after a refusal. The document is appended, so that the model stays first. */
static struct model_document *add_document(struct model_loader *l, const struct dmn_source *source, const struct xml_node *root,
                                           const struct xml_node *import, struct model_document *importer) {
  size_t before = l->findings->count + l->findings->dropped;
  struct model_document *d = ARENA_NEW(l->arena, struct model_document);
  *d = (struct model_document){
    .file = str_copy(l->arena, source->name), .root = root, .name = model__attr(root, "name"),
    .namespace_uri = model__attr(root, "namespace"), .importer = importer,
  };
  check_root(l, d);
  if (++l->document_count > DOCUMENTS_MOST) MODEL_REFUSE(l, import, dmn__message("model_imports"), str_format(l->arena, "%d", DOCUMENTS_MOST));
  if (l->findings->count + l->findings->dropped != before) return NULL;
  if (importer != NULL) {
    str name = model__attr(import, "name");
    bool both = importer->prefix.n > 0 && name.n > 0;
    d->prefix = both ? str_format(l->arena, "%.*s.%.*s", STR_ARG(importer->prefix), STR_ARG(name)) : name.n > 0 ? name : importer->prefix;
  }
  struct model_document **tail = &l->documents;
  while (*tail != NULL) tail = &(*tail)->next;
  *tail = d;
  return d;
}

/* What a document knows under a namespace: itself, what it imports, and (some tools write such references without an
 * import) anything that was read. */
struct model_document *model__document_of(struct model_loader *l, const struct model_document *from, str namespace_uri) {
  for (uint32_t i = 0; i < from->import_count; i++)
    if (str_eq(from->imports[i].document->namespace_uri, namespace_uri)) return from->imports[i].document;
  for (struct model_document *d = l->documents; d != NULL; d = d->next)
    if (d == from && str_eq(d->namespace_uri, namespace_uri)) return d;
  for (struct model_document *d = l->documents; d != NULL; d = d->next)
    if (str_eq(d->namespace_uri, namespace_uri)) return d;
  return NULL;
}

/* Reads the other sources once, when the first import asks for them. One that is no XML is nobody's import; the import
 * that finds nothing says so. */
static void read_others(struct model_loader *l) {
  if (l->others != NULL) return;
  l->others = ARENA_ARRAY(l->arena, const struct xml_node *, l->source_count);
  for (size_t i = 0; i < l->source_count; i++) {
    struct findings ignored = findings_in(l->arena);
    l->others[i] = i == 0 ? NULL : read_root(l, &l->sources[i], &ignored);
  }
}

/* A document is opened anew by each import, because its elements are known by the path of imports that leads to them:
 * what one importer binds is not what another binds. Only a document that imports its own importer finds it open. */
static struct model_document *import_document(struct model_loader *l, struct model_document *importer, const struct xml_node *x) {
  str namespace_uri = model__attr(x, "namespace");
  for (struct model_document *d = importer; d != NULL; d = d->importer)
    if (str_eq(d->namespace_uri, namespace_uri)) return d;
  read_others(l);
  for (size_t i = 1; i < l->source_count; i++)
    if (l->others[i] != NULL && str_eq(model__attr(l->others[i], "namespace"), namespace_uri))
      return add_document(l, &l->sources[i], l->others[i], x, importer);
  MODEL_REFUSE(l, x, dmn__message("model_import"), namespace_uri);
  return NULL;
}

static void read_imports(struct model_loader *l, struct model_document *d) {
  uint32_t count = 0;
  for (const struct xml_node *x = model__child(d->root, "import"); x != NULL; x = model__next(x, "import")) count++;
  d->imports = ARENA_ARRAY(l->arena, struct model_import, count);
  for (const struct xml_node *x = model__child(d->root, "import"); x != NULL; x = model__next(x, "import")) {
    if (!model__is_dmn(model__attr(x, "importType"))) continue;      /* schemas, PMML: nothing here reads them */
    struct model_document *imported = import_document(l, d, x);
    if (imported == NULL) continue;
    str name = model__attr(x, "name");
    d->imports[d->import_count++] = (struct model_import){ name, name.n == 0 ? DMN_SYM_NONE : model__symbol(l, name), x, imported };
  }
}

/* The model, then what it imports, then what those import: the list grows while it is walked. */
void model__read_documents(struct model_loader *l) {
  const struct xml_node *root = read_root(l, &l->sources[0], l->findings);
  if (root == NULL || add_document(l, &l->sources[0], root, NULL, NULL) == NULL) return;
  for (struct model_document *d = l->documents; d != NULL; d = d->next) read_imports(l, d);
}
