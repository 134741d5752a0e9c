/* rules_svg: shapes and edges of the file's own diagram interchange (DMN 1.5, chapter 13), drawn with the notation of
 * chapter 6: decisions as boxes, inputs with round ends, knowledge models with cut corners, sources with a wavy foot;
 * information requirements as solid arrows, knowledge as dashed ones, authority with a dot. */
#include "rules_draw.h"

#define MARGIN 20
#define LINE_PX 17
#define FONT_PX 13

struct box { int64_t x, y, width, height; };
struct drawing { struct arena *arena; const struct xml_node *root; struct buf *out; struct box bounds; };

static str of_attr(const struct xml_node *n, const char *name) {
  str value = xml_attr(n, name);
  return value.p ? value : STR("");
}

/* Coordinates are decimals; the whole part is enough to draw. */
static int64_t whole(const struct xml_node *n, const char *name) {
  str rest, text = str_cut(of_attr(n, name), '.', &rest);
  int64_t value = 0;
  return str_to_int64(text, &value) && value > -1000000 && value < 1000000 ? value : 0;
}

/* The element of that id, anywhere below. */
static const struct xml_node *by_id(const struct xml_node *n, str id) {
  if (str_eq(of_attr(n, "id"), id)) return n;
  for (const struct xml_node *child = n->first_child; child; child = child->next) {
    const struct xml_node *found = by_id(child, id);
    if (found) return found;
  }
  return NULL;
}

static struct box box_of(const struct xml_node *shape) {
  const struct xml_node *b = xml_child(shape, "Bounds");
  if (!b) return (struct box){ 0, 0, 0, 0 };
  return (struct box){ whole(b, "x"), whole(b, "y"), whole(b, "width"), whole(b, "height") };
}

static void widen(struct box *all, struct box one) {
  int64_t right = all->x + all->width, bottom = all->y + all->height;
  if (all->width == 0) {
    *all = one;
    return;
  }
  if (one.x + one.width > right) right = one.x + one.width;
  if (one.y + one.height > bottom) bottom = one.y + one.height;
  if (one.x < all->x) all->x = one.x;
  if (one.y < all->y) all->y = one.y;
  all->width = right - all->x;
  all->height = bottom - all->y;
}

/* ---- shapes */

#define BOX_INTS(b) (long long)(b).x, (long long)(b).y, (long long)(b).width, (long long)(b).height

static void draw_decision(struct buf *out, struct box b) {
  buf_format(out, "<rect class='decision' x='%lld' y='%lld' width='%lld' height='%lld'/>", BOX_INTS(b));
}
static void draw_input(struct buf *out, struct box b) {
  buf_format(out, "<rect class='input' x='%lld' y='%lld' width='%lld' height='%lld' rx='%lld'/>", BOX_INTS(b), (long long)b.height / 2);
}
static void draw_knowledge(struct buf *out, struct box b) {
  long long x = b.x, y = b.y, r = b.x + b.width, d = b.y + b.height, cut = 14;
  buf_format(out, "<path class='knowledge' d='M%lld %lld H%lld V%lld L%lld %lld H%lld V%lld Z'/>", x + cut, y, r, d - cut, r - cut, d, x,
             y + cut);
}
static void draw_source(struct buf *out, struct box b) {
  long long x = b.x, y = b.y, w = b.width, d = b.y + b.height;
  buf_format(out, "<path class='source' d='M%lld %lld H%lld V%lld q%lld %lld %lld 0 t%lld 0 V%lld Z'/>", x, y, x + w, d, -w / 4, 20LL,
             -w / 2, -w / 2, y);
}

static const struct { const char *element; void (*draw)(struct buf *out, struct box b); } notation[] = {
  { "decision", draw_decision },
  { "inputData", draw_input },
  { "businessKnowledgeModel", draw_knowledge },
  { "knowledgeSource", draw_source },
};

/* The name in one or two lines, cut at a character. */
static void draw_name(struct drawing *d, struct box b, str name) {
  size_t across = (size_t)(b.width / FONT_PX), at = 0, count = 0, first_end = name.n;
  while (at < name.n) {
    if (count++ == across) first_end = at;
    (void)utf8_next(name, &at);
  }
  bool two = first_end < name.n;
  long long middle = b.x + b.width / 2, base = b.y + b.height / 2 + FONT_PX / 3 - (two ? LINE_PX / 2 : 0);
  str first = xml_escape(d->arena, str_slice(name, 0, first_end)), second = xml_escape(d->arena, str_slice(name, first_end, name.n));
  buf_format(d->out, "<text x='%lld' y='%lld'>%.*s</text>", middle, base, STR_ARG(first));
  if (two) buf_format(d->out, "<text x='%lld' y='%lld'>%.*s</text>", middle, base + LINE_PX, STR_ARG(second));
  buf_byte(d->out, '\n');
}

static void draw_shape(struct drawing *d, const struct xml_node *shape) {
  const struct xml_node *element = by_id(d->root, of_attr(shape, "dmnElementRef"));
  struct box b = box_of(shape);
  for (size_t i = 0; element && i < COUNT_OF(notation); i++) {
    if (!str_eq(element->name, str_of(notation[i].element))) continue;
    notation[i].draw(d->out, b);
    str label = of_attr(element, "label");
    draw_name(d, b, label.n ? label : of_attr(element, "name"));
  }
}

static void draw_edge(struct drawing *d, const struct xml_node *edge) {
  const struct xml_node *element = by_id(d->root, of_attr(edge, "dmnElementRef"));
  const char *before = "M";
  str class = element ? element->name : STR("informationRequirement");
  buf_format(d->out, "<path class='%.*s' d='", STR_ARG(class));
  for (const struct xml_node *p = xml_child(edge, "waypoint"); p; p = xml_next_named(p, "waypoint")) {
    buf_format(d->out, "%s%lld %lld", before, (long long)whole(p, "x"), (long long)whole(p, "y"));
    before = " L";
  }
  buf_add(d->out, STR("'/>\n"));
}

static const char style[] =
  "<style>.decision,.input,.knowledge,.source{fill:#fff;stroke:#1a1a1c;stroke-width:1.5}.input{fill:#f0f6ff}"
  ".knowledge{fill:#f7f7f7}.source{fill:#fffbe8}path.informationRequirement,path.knowledgeRequirement,path.authorityRequirement"
  "{fill:none;stroke:#626264}path.informationRequirement{marker-end:url(#arrow)}path.knowledgeRequirement{stroke-dasharray:6 4;"
  "marker-end:url(#open)}path.authorityRequirement{stroke-dasharray:6 4;marker-end:url(#dot)}"
  "text{font:13px 'Noto Sans CJK JP','Noto Sans JP',sans-serif;text-anchor:middle;fill:#1a1a1c}</style>\n"
  "<defs><marker id='arrow' markerWidth='10' markerHeight='8' refX='9' refY='4' orient='auto'><path d='M0 0L10 4L0 8Z' fill='#626264'/>"
  "</marker><marker id='open' markerWidth='10' markerHeight='8' refX='9' refY='4' orient='auto'><path d='M0 0L9 4L0 8' fill='none' "
  "stroke='#626264'/></marker><marker id='dot' markerWidth='8' markerHeight='8' refX='4' refY='4'><circle cx='4' cy='4' r='3' "
  "fill='#626264'/></marker></defs>\n";

static void draw_diagram(struct drawing *d, const struct xml_node *diagram, str title) {
  for (const struct xml_node *s = xml_child(diagram, "DMNShape"); s; s = xml_next_named(s, "DMNShape")) widen(&d->bounds, box_of(s));
  struct box b = { d->bounds.x - MARGIN, d->bounds.y - MARGIN, d->bounds.width + 2 * MARGIN, d->bounds.height + 2 * MARGIN };
  buf_format(d->out, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='%lld %lld %lld %lld' role='img'>\n<title>%.*s</title>\n", BOX_INTS(b),
             STR_ARG(xml_escape(d->arena, title)));
  buf_add(d->out, STR(style));
  for (const struct xml_node *e = xml_child(diagram, "DMNEdge"); e; e = xml_next_named(e, "DMNEdge")) draw_edge(d, e);
  for (const struct xml_node *s = xml_child(diagram, "DMNShape"); s; s = xml_next_named(s, "DMNShape")) draw_shape(d, s);
  buf_add(d->out, STR("</svg>\n"));
}

result rules_svg(struct arena *a, const struct rule_set *set, struct buf *out) {
  struct findings f = findings_in(a);
  const struct xml_node *root;
  TRY(xml_read(a, set->bytes, (struct xml_limits){ 0, 0, 0 }, &f, &root));
  const struct xml_node *interchange = xml_child(root, "DMNDI");
  const struct xml_node *diagram = interchange ? xml_child(interchange, "DMNDiagram") : NULL;
  if (!diagram || !xml_child(diagram, "DMNShape")) return RESULT_NOT_FOUND;
  struct drawing d = { a, root, out, { 0, 0, 0, 0 } };
  draw_diagram(&d, diagram, dmn_model_name(set->model));
  return RESULT_OK;
}
