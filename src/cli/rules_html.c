/* rules_html: the rule file as one page: diagram, contents, and every decision with its description, what it needs, and
 * its tables as HTML tables. */
#include "rules_draw.h"

struct page { struct arena *arena; struct buf *out; const struct rule_set *set; bool ja; };

static str escaped(const struct page *p, str text) { return xml_escape(p->arena, rules_folded(p->arena, text)); }

static void cell(struct page *p, const char *element, str text) {
  buf_format(p->out, "<%s>%.*s</%s>", element, STR_ARG(escaped(p, text)), element);
}

static str column_head(const struct dmn_table_column *c) { return c->label.n ? c->label : c->text; }

static void write_table(struct page *p, const struct dmn_table_view *t) {
  buf_add(p->out, STR("<div class='wide'><table><thead><tr>"));
  cell(p, "th", t->hit_policy);
  for (uint32_t k = 0; k < t->input_count; k++) cell(p, "th", column_head(&t->inputs[k]));
  for (uint32_t k = 0; k < t->output_count; k++) cell(p, "th", column_head(&t->outputs[k]));
  for (uint32_t k = 0; k < t->annotation_count; k++) cell(p, "th", t->annotations[k]);
  buf_add(p->out, STR("</tr></thead><tbody>\n"));
  for (uint32_t i = 0; i < t->row_count; i++) {
    const struct dmn_table_row *row = &t->rows[i];
    buf_format(p->out, "<tr><th>%u</th>", i + 1);
    for (uint32_t k = 0; k < t->input_count; k++) cell(p, "td", row->inputs[k]);
    for (uint32_t k = 0; k < t->output_count; k++) cell(p, "td", row->outputs[k]);
    for (uint32_t k = 0; k < t->annotation_count; k++) cell(p, "td", row->annotations[k]);
    buf_add(p->out, STR("</tr>\n"));
  }
  buf_add(p->out, STR("</tbody></table></div>\n"));
}

static void write_logic(struct page *p, const struct dmn_boxed *b);

/* Parts with their labels, one row each. */
static void write_parts(struct page *p, const struct dmn_boxed *b) {
  buf_add(p->out, STR("<table><tbody>\n"));
  for (uint32_t i = 0; i < b->count; i++) {
    buf_add(p->out, STR("<tr>"));
    cell(p, "th", b->labels && b->labels[i].n ? b->labels[i] : STR("="));
    buf_add(p->out, STR("<td>"));
    write_logic(p, b->parts[i]);
    buf_add(p->out, STR("</td></tr>\n"));
  }
  buf_add(p->out, STR("</tbody></table>\n"));
}

static void write_relation(struct page *p, const struct dmn_boxed *b) {
  uint32_t columns = b->count ? b->parts[0]->count : 0;
  buf_add(p->out, STR("<div class='wide'><table><thead><tr>"));
  for (uint32_t k = 0; k < columns; k++) cell(p, "th", b->labels[k]);
  buf_add(p->out, STR("</tr></thead><tbody>\n"));
  for (uint32_t i = 0; i < b->count; i++) {
    buf_add(p->out, STR("<tr>"));
    for (uint32_t k = 0; k < b->parts[i]->count; k++) cell(p, "td", b->parts[i]->parts[k]->text);
    buf_add(p->out, STR("</tr>\n"));
  }
  buf_add(p->out, STR("</tbody></table></div>\n"));
}

static void write_logic(struct page *p, const struct dmn_boxed *b) {
  if (b->kind == DMN_LOGIC_TABLE) {
    write_table(p, b->table);
  } else if (b->kind == DMN_LOGIC_RELATION) {
    write_relation(p, b);
  } else if (b->kind == DMN_LOGIC_FUNCTION && b->count) {
    str parameters = str_join(p->arena, b->labels, b->count, STR(", "));
    buf_format(p->out, "<p class='parameters'>(%.*s)</p>\n", STR_ARG(escaped(p, parameters)));
    write_logic(p, b->parts[0]);
  } else {
    if (b->text.n) buf_format(p->out, "<code>%.*s</code>\n", STR_ARG(escaped(p, b->text)));
    if (b->count && b->parts) write_parts(p, b);
  }
}

static void write_needs(struct page *p, const struct dmn_node_info *info) {
  if (!info->requires_count) return;
  buf_format(p->out, "<p class='needs'>%s", p->ja ? "使うもの: " : "Needs: ");
  for (uint32_t i = 0; i < info->requires_count; i++)
    buf_format(p->out, "%s<a href='#n%u'>%.*s</a>", i ? ", " : "", info->requires[i],
               STR_ARG(escaped(p, dmn_model_node(p->set->model, info->requires[i])->name)));
  buf_add(p->out, STR("</p>\n"));
}

static str shown_name(const struct dmn_node_info *info) { return info->label.n ? info->label : info->name; }

static void write_node(struct page *p, uint32_t node) {
  const struct dmn_node_info *info = dmn_model_node(p->set->model, node);
  const struct dmn_boxed *logic = dmn_model_logic(p->set->model, node);
  buf_format(p->out, "<section id='n%u'><h2>%.*s</h2>\n", node, STR_ARG(escaped(p, shown_name(info))));
  if (info->description.n) buf_format(p->out, "<p>%.*s</p>\n", STR_ARG(escaped(p, info->description)));
  write_needs(p, info);
  if (logic) write_logic(p, logic);
  buf_add(p->out, STR("</section>\n"));
}

static void write_contents(struct page *p) {
  buf_format(p->out, "<nav aria-label='%s'><ol>\n", p->ja ? "目次" : "Contents");
  for (uint32_t node = 0; node < dmn_model_count(p->set->model); node++)
    buf_format(p->out, "<li><a href='#n%u'>%.*s</a></li>\n", node, STR_ARG(escaped(p, shown_name(dmn_model_node(p->set->model, node)))));
  buf_add(p->out, STR("</ol></nav>\n"));
}

static const char style[] =
  "<style>body{font:16px/1.7 'Noto Sans CJK JP','Noto Sans JP',sans-serif;color:#1a1a1c;max-width:72rem;margin:0 auto;padding:1rem}"
  "table{border-collapse:collapse;margin:.5rem 0}th,td{border:1px solid #b3b3b3;padding:.3rem .6rem;text-align:left;vertical-align:top}"
  "th{background:#f2f2f2}.wide,figure{overflow-x:auto;margin:0}code{font-family:monospace}svg{min-width:100rem}"
  "nav ol{columns:16rem}a{color:#0017c1}.needs,.parameters,.file{color:#626264}</style>\n";

void rules_html(struct arena *a, const struct rule_set *set, bool ja, struct buf *out) {
  struct page p = { a, out, set, ja };
  str title = escaped(&p, dmn_model_name(set->model));
  struct buf svg = buf_in(a);
  buf_format(out, "<!DOCTYPE html>\n<html lang='%s'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
             "<title>%.*s</title>\n", ja ? "ja" : "en", STR_ARG(title));
  buf_add(out, STR(style));
  buf_format(out, "</head><body><main><h1>%.*s</h1>\n<p class='file'>%.*s %.*s · %s %.*s · SHA-256 <code>%s</code></p>\n", STR_ARG(title),
             STR_ARG(set->id), STR_ARG(set->version), ja ? "適用開始日" : "first day", STR_ARG(day_text(a, set->first_day)), set->sha256);
  if (rules_svg(a, set, &svg) == RESULT_OK) buf_format(out, "<figure>%.*s</figure>\n", STR_ARG(buf_str(&svg)));
  write_contents(&p);
  for (uint32_t node = 0; node < dmn_model_count(set->model); node++) write_node(&p, node);
  buf_add(out, STR("</main></body></html>\n"));
}

str rules_folded(struct arena *a, str text) {
  struct buf out = buf_in(a);
  text = str_trim(text);
  for (size_t i = 0; i < text.n; i++) {
    bool space = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r';
    if (!space) buf_byte(&out, text.p[i]);
    else if (out.n && out.p[out.n - 1] != ' ') buf_byte(&out, ' ');
  }
  return buf_str(&out);
}
