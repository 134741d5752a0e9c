/* requirements: lines that are drawn in the graph, though the logic at their end never mentions what they bring. */
#include "analysis/analysis.h"

void analysis__requirements(struct report *r, uint32_t node) {
  const struct model_node *n = &r->model->nodes[node];
  if (n->logic == NULL || n->unused == NULL) return;
  for (uint32_t i = 0; i < n->info.requires_count; i++) {
    if (!n->unused[i]) continue;
    struct dmn_analysis_finding f = {
      .code = "requirement_unused", .node = node, .line = n->xml->line, .region = STR("")
    };
    analysis__add(r, NULL, f, dmn_model_node(r->model, n->info.requires[i])->name);
  }
}
