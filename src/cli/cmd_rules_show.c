/* rules show: a rule file as readable tables, in the order of the requirements: what a decision needs stands before it. */
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "rule_files.h"
#include "rules_draw.h"
#include "table_print.h"

enum show_as { SHOW_TEXT, SHOW_HTML, SHOW_SVG };
struct show_call { enum show_as as; int name_count; char **names; };

static str column_head(struct arena *a, const struct dmn_table_column *c, const char *mark) {
  return str_format(a, "%s%.*s", mark, STR_ARG(rules_folded(a, c->label.n ? c->label : c->text)));
}

static void show_table(struct buf *out, unsigned indent, const struct dmn_table_view *t) {
  struct arena *a = out->arena;
  size_t columns = 1 + (size_t)t->input_count + t->output_count + t->annotation_count;
  str *cells = ARENA_ARRAY(a, str, columns * ((size_t)t->row_count + 1));
  size_t at = 0;
  cells[at++] = t->hit_policy;
  for (uint32_t k = 0; k < t->input_count; k++) cells[at++] = column_head(a, &t->inputs[k], "");
  for (uint32_t k = 0; k < t->output_count; k++) cells[at++] = column_head(a, &t->outputs[k], "→ ");
  for (uint32_t k = 0; k < t->annotation_count; k++) cells[at++] = rules_folded(a, t->annotations[k]);
  for (uint32_t i = 0; i < t->row_count; i++) {
    const struct dmn_table_row *row = &t->rows[i];
    cells[at++] = str_format(a, "%u", i + 1);
    for (uint32_t k = 0; k < t->input_count; k++) cells[at++] = rules_folded(a, row->inputs[k]);
    for (uint32_t k = 0; k < t->output_count; k++) cells[at++] = rules_folded(a, row->outputs[k]);
    for (uint32_t k = 0; k < t->annotation_count; k++) cells[at++] = rules_folded(a, row->annotations[k]);
  }
  table_print(out, indent, cells, (size_t)t->row_count + 1, columns);
}

static void show_logic(struct buf *out, unsigned indent, const struct dmn_boxed *b);

static void show_part(struct buf *out, unsigned indent, str label, const struct dmn_boxed *part) {
  bool inlined = part->kind == DMN_LOGIC_LITERAL;
  buf_format(out, "%*s%.*s:%s", (int)indent, "", STR_ARG(label), inlined ? " " : "\n");
  if (inlined) buf_format(out, "%.*s\n", STR_ARG(rules_folded(out->arena, part->text)));
  else show_logic(out, indent + 2, part);
}

static void show_relation(struct buf *out, unsigned indent, const struct dmn_boxed *b) {
  size_t rows = b->count;
  uint32_t columns = rows ? b->parts[0]->count : 0;
  str *cells = ARENA_ARRAY(out->arena, str, (rows + 1) * columns);
  for (uint32_t k = 0; k < columns; k++) cells[k] = b->labels[k];
  for (size_t i = 0; i < rows; i++)
    for (uint32_t k = 0; k < columns; k++)
      cells[(i + 1) * columns + k] = k < b->parts[i]->count ? rules_folded(out->arena, b->parts[i]->parts[k]->text) : STR("");
  if (columns) table_print(out, indent, cells, rows + 1, columns);
}

static void show_logic(struct buf *out, unsigned indent, const struct dmn_boxed *b) {
  switch (b->kind) {
    case DMN_LOGIC_NONE: break;
    case DMN_LOGIC_LITERAL: buf_format(out, "%*s%.*s\n", (int)indent, "", STR_ARG(rules_folded(out->arena, b->text))); break;
    case DMN_LOGIC_TABLE: show_table(out, indent, b->table); break;
    case DMN_LOGIC_RELATION: show_relation(out, indent, b); break;
    default:
      if (b->text.n) buf_format(out, "%*s%.*s\n", (int)indent, "", STR_ARG(rules_folded(out->arena, b->text)));
      if (b->kind == DMN_LOGIC_FUNCTION) {
        str parameters = str_join(out->arena, b->labels, b->count, STR(", "));
        buf_format(out, "%*s(%.*s)\n", (int)indent, "", STR_ARG(parameters));
        show_logic(out, indent + 2, b->parts[0]);
        break;
      }
      for (uint32_t i = 0; i < b->count; i++)
        show_part(out, indent, b->labels && b->labels[i].n ? b->labels[i] : STR("="), b->parts[i]);
  }
}

static void show_needs(struct buf *out, const struct dmn_model *m, const struct dmn_node_info *info) {
  if (!info->requires_count) return;
  buf_format(out, "  %s", cli_japanese() ? "使うもの:" : "needs:");
  for (uint32_t i = 0; i < info->requires_count; i++)
    buf_format(out, "%s%.*s", i ? ", " : " ", STR_ARG(dmn_model_node(m, info->requires[i])->name));
  buf_byte(out, '\n');
}

static void show_node(struct buf *out, const struct dmn_model *m, uint32_t node) {
  const struct dmn_node_info *info = dmn_model_node(m, node);
  const struct dmn_boxed *logic = dmn_model_logic(m, node);
  buf_format(out, "\n■ %.*s", STR_ARG(info->name));
  if (info->label.n && !str_eq(info->label, info->name)) buf_format(out, "（%.*s）", STR_ARG(info->label));
  if (info->type_name.n) buf_format(out, " : %.*s", STR_ARG(info->type_name));
  buf_byte(out, '\n');
  if (info->description.n) buf_format(out, "  %.*s\n", STR_ARG(rules_folded(out->arena, info->description)));
  show_needs(out, m, info);
  if (logic) show_logic(out, 2, logic);
}

/* Depth first over the requirements. */
static void show_after_needs(struct buf *out, const struct dmn_model *m, uint32_t node, bool *shown) {
  const struct dmn_node_info *info = dmn_model_node(m, node);
  if (shown[node]) return;
  shown[node] = true;
  for (uint32_t i = 0; i < info->requires_count; i++) show_after_needs(out, m, info->requires[i], shown);
  show_node(out, m, node);
}

static bool show_named(struct buf *out, const struct rule_set *set, const struct show_call *call) {
  bool found = false;
  for (int i = 0; i < call->name_count; i++) {
    uint32_t node = dmn_model_find(set->model, str_of(call->names[i]));
    if (node == DMN_NO_NODE) continue;
    show_node(out, set->model, node);
    found = true;
  }
  return found;
}

static void show_whole(struct buf *out, const struct rule_set *set) {
  uint32_t count = dmn_model_count(set->model);
  bool *shown = arena_zalloc(out->arena, count ? count : 1);
  for (uint32_t node = 0; node < count; node++) show_after_needs(out, set->model, node, shown);
}

/* One file alone is drawn: the one in force last. */
static enum exit_code draw(struct arena *a, const struct rule_sets *sets, enum show_as as) {
  const struct rule_set *set = scheme_rules_select(sets, INT64_MAX);
  struct buf out = buf_in(a);
  if (as == SHOW_HTML) rules_html(a, set, cli_japanese(), &out);
  else if (rules_svg(a, set, &out) != RESULT_OK) {
    (void)cli_usage("rules show", "この規則ファイルには図の情報（DMNDI）がありません。", "The rule file carries no diagram (DMNDI).");
    return EXIT_FINDING;
  }
  cli_print(STDOUT_FILENO, buf_str(&out));
  return EXIT_DONE;
}

static enum exit_code show(struct arena *a, const struct rule_sets *sets, void *context) {
  const struct show_call *call = context;
  bool found = call->name_count == 0;
  if (call->as != SHOW_TEXT) return draw(a, sets, call->as);
  for (size_t i = 0; i < sets->count; i++) {
    const struct rule_set *set = &sets->items[i];
    struct buf out = buf_in(a);
    str name = dmn_model_name(set->model);
    buf_format(&out, "%s%.*s  %.*s %.*s  %s %.*s\n  sha256 %s\n", i ? "\n" : "", STR_ARG(name), STR_ARG(set->id),
               STR_ARG(set->version), cli_japanese() ? "適用開始日" : "first day", STR_ARG(day_text(a, set->first_day)),
               set->sha256);
    if (set->published_on == PUBLISHED_LAST)
      buf_format(&out, "  %s\n", cli_japanese() ? "未公開の案です。" : "A draft, not published.");
    if (call->name_count) found |= show_named(&out, set, call);
    else show_whole(&out, set);
    cli_print(STDOUT_FILENO, buf_str(&out));
  }
  if (found) return EXIT_DONE;
  (void)cli_usage("rules show", "その名前の判断は規則にありません。", "The rules have no decision of that name.");
  return EXIT_FINDING;
}

enum exit_code cmd_rules_show(int argc, char **argv) {
  str rules = STR_NONE;
  bool html = false, svg = false;
  const struct cli_option options[] = {
    { "rules", true, &rules, NULL }, { "html", false, NULL, &html }, { "svg", false, NULL, &svg } };
  if (!cli_options("rules show", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  struct show_call call = { html ? SHOW_HTML : svg ? SHOW_SVG : SHOW_TEXT, argc, argv };
  return cli_with_rules(rules, RULES_WITH_DRAFTS, show, &call);
}
