/* template_set: templates that name each other, found by their sorted names. */
#include <stdlib.h>

#include "template_inside.h"

static int by_name(const void *a, const void *b) {
  return str_cmp(((const struct template *)a)->name, ((const struct template *)b)->name);
}

static const struct template *find(const struct template_set *set, str name) {
  struct template key = { .name = name };
  return set->count ? bsearch(&key, set->templates, set->count, sizeof key, by_name) : NULL;
}

static void link_partials(struct template_set *set, struct findings *f) {
  for (size_t i = 0; i < set->count; i++) {
    struct template *t = &set->templates[i];
    for (size_t j = 0; j < t->count; j++) {
      struct template_node *node = &t->nodes[j];
      if (node->kind != NODE_PARTIAL) continue;
      node->partial = find(set, node->name);
      if (!node->partial) template__refuse(f, t, node->at, TEMPLATE_FAULT_NO_PARTIAL, node->name);
    }
  }
}

result template_set_compile(struct arena *a, const struct template_source *sources, size_t count, bool raw_allowed,
                            struct findings *f, struct template_set **out) {
  size_t before = f->count + f->dropped;
  struct template_set *set = ARENA_NEW(a, struct template_set);
  set->templates = ARENA_ARRAY(a, struct template, count);
  set->count = count;
  for (size_t i = 0; i < count; i++)
    set->templates[i] = (struct template){ .name = str_copy(a, str_of(sources[i].name)), .text = str_copy(a, sources[i].text) };
  if (count) qsort(set->templates, count, sizeof *set->templates, by_name);
  for (size_t i = 0; i < count; i++) {
    if (i && str_eq(set->templates[i].name, set->templates[i - 1].name))
      template__refuse(f, &set->templates[i], 0, TEMPLATE_FAULT_TWICE, set->templates[i].name);
    template__parse(a, &set->templates[i], raw_allowed, f);
  }
  link_partials(set, f);
  if (f->count + f->dropped > before) return RESULT_REFUSED;
  *out = set;
  return RESULT_OK;
}

/* ---- rendering */

/* What names are looked up in: the item of each section around, innermost first. */
struct scope {
  const struct json *item;
  const struct scope *up;
};

struct rendering {
  struct buf *out;
  str indentation;              /* of the partials around, put before each of their lines */
  unsigned depth;
};

/* The first part is looked for from the innermost item outwards, the others only within what it names (mustache(5)). */
static const struct json *look_up(const struct template_node *node, const struct scope *scope) {
  if (node->path_count == 0) return scope->item;
  const struct json *found = NULL;
  for (; scope && !found; scope = scope->up) found = json_get(scope->item, node->path[0]);
  for (size_t i = 1; found && i < node->path_count; i++) found = json_get(found, node->path[i]);
  return found;
}

/* Whatever stands between tags or within a quoted attribute. */
static void add_escaped(struct buf *out, str s) {
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    str entity;
    switch (s.p[i]) {
      case '&': entity = STR("&amp;"); break;
      case '<': entity = STR("&lt;"); break;
      case '>': entity = STR("&gt;"); break;
      case '"': entity = STR("&quot;"); break;
      case '\'': entity = STR("&#39;"); break;
      default: continue;
    }
    buf_add(out, str_slice(s, from, i));
    buf_add(out, entity);
    from = i + 1;
  }
  buf_add(out, str_slice(s, from, s.n));
}

static void render_value(struct buf *out, const struct json *value, bool raw) {
  if (!value) return;
  switch (value->kind) {
    case JSON_KIND_TRUE: buf_add(out, STR("true")); break;
    case JSON_KIND_FALSE: buf_add(out, STR("false")); break;
    case JSON_KIND_INTEGER:
    case JSON_KIND_DECIMAL: buf_add(out, json_text(value)); break;
    case JSON_KIND_STRING:
      if (raw) buf_add(out, json_text(value));
      else add_escaped(out, json_text(value));
      break;
    default: break; /* null, lists and objects have no text */
  }
}

static bool is_nothing(const struct json *value) {
  return !value || value->kind == JSON_KIND_NULL || value->kind == JSON_KIND_FALSE ||
         (value->kind == JSON_KIND_ARRAY && value->count == 0);
}

static void render_nodes(struct rendering *r, const struct template *t, size_t from, size_t to, const struct scope *scope);

static void render_partial(struct rendering *r, const struct template_node *node, const struct scope *scope) {
  assert(r->depth < TEMPLATE_DEPTH);
  str outer = r->indentation;
  if (node->text.n) r->indentation = str_join(r->out->arena, (str[]){ outer, node->text }, 2, STR(""));
  r->depth++;
  render_nodes(r, node->partial, 0, node->partial->count, scope);
  r->depth--;
  r->indentation = outer;
}

static void render_section(struct rendering *r, const struct template *t, size_t at, const struct scope *scope) {
  const struct template_node *node = &t->nodes[at];
  const struct json *value = look_up(node, scope);
  if (is_nothing(value)) return;
  if (value->kind != JSON_KIND_ARRAY) {
    render_nodes(r, t, at + 1, node->end, &(struct scope){ value, scope });
    return;
  }
  for (uint32_t i = 0; i < value->count; i++)
    render_nodes(r, t, at + 1, node->end, &(struct scope){ &value->as.items[i], scope });
}

static void render_nodes(struct rendering *r, const struct template *t, size_t from, size_t to, const struct scope *scope) {
  for (size_t i = from; i < to; i++) {
    const struct template_node *node = &t->nodes[i];
    switch (node->kind) {
      case NODE_TEXT:
        if (node->begins_line) buf_add(r->out, r->indentation);
        buf_add(r->out, node->text);
        break;
      case NODE_VALUE: render_value(r->out, look_up(node, scope), false); break;
      case NODE_RAW: render_value(r->out, look_up(node, scope), true); break;
      case NODE_PARTIAL: render_partial(r, node, scope); break;
      case NODE_SECTION:
        render_section(r, t, i, scope);
        i = node->end - 1;
        break;
      case NODE_INVERTED:
        if (!is_nothing(look_up(node, scope))) i = node->end - 1;
        break;
    }
  }
}

void template_render(struct buf *out, const struct template_set *set, const char *name, const struct json *document) {
  const struct template *t = find(set, str_of(name));
  assert(t && "a page names a template that is not there");
  struct rendering r = { .out = out };
  render_nodes(&r, t, 0, t->count, &(struct scope){ document, NULL });
}
