/* view: the model as its readers see it: names, nodes, logic as drawn. */
#include "model/model.h"

str dmn_model_name(const struct dmn_model *m) { return m->name; }
str dmn_model_id(const struct dmn_model *m) { return m->id; }
str dmn_model_namespace(const struct dmn_model *m) { return m->namespace_uri; }
const struct findings *dmn_model_faults(const struct dmn_model *m) { return &m->faults; }
uint32_t dmn_model_count(const struct dmn_model *m) { return m->node_count; }

str dmn_model_attribute(const struct dmn_model *m, const char *namespace_uri, const char *name) {
  return namespace_uri == NULL ? xml_attr(m->definitions, name) : xml_attr_ns(m->definitions, namespace_uri, name);
}

const struct dmn_node_info *dmn_model_node(const struct dmn_model *m, uint32_t node) {
  assert(node < m->node_count);
  return &m->nodes[node].info;
}

const struct dmn_boxed *dmn_model_logic(const struct dmn_model *m, uint32_t node) {
  assert(node < m->node_count);
  return m->nodes[node].logic;
}

/* "prefix.name" of an imported node. */
static bool is_qualified(const struct model_node *n, str name) {
  str prefix = n->document->prefix;
  if (prefix.n == 0) return str_eq(name, n->info.name);
  return name.n == prefix.n + 1 + n->info.name.n && str_starts(name, prefix) && name.p[prefix.n] == '.' && str_ends(name, n->info.name);
}

uint32_t dmn_model_find(const struct dmn_model *m, str name) {
  dmn_symbol symbol = dmn_symbols_find(m->symbols, name);
  for (uint32_t i = 0; i < m->own_count && symbol != DMN_SYM_NONE; i++)
    if (m->nodes[i].symbol == symbol) return i;
  for (uint32_t i = 0; i < m->own_count; i++)
    if (str_eq(m->nodes[i].info.id, name) && name.n > 0) return i;
  for (uint32_t i = m->own_count; i < m->node_count; i++)
    if (is_qualified(&m->nodes[i], name)) return i;
  return DMN_NO_NODE;
}
