/* template_parse: from text to nodes, in one pass over the tags (mustache(5)). A tag of a section, a partial or a comment that
 * stands alone on its line takes the whole line with it. */
#include "template_inside.h"

struct parser {
  struct arena *arena;
  struct template *t;
  struct findings *f;
  bool raw_allowed;
  size_t capacity;
  size_t open[TEMPLATE_DEPTH];  /* the sections that are open, as node numbers */
  size_t depth;
  size_t skipped;               /* sections opened beyond the bound, so that their ends are not blamed too */
};

struct tag {
  char kind;                    /* '#' '^' '/' '>' '!' '&' '{' '=' or 0: a value */
  str name;
  size_t at, end;               /* the tag with its braces */
};

void template__refuse(struct findings *f, const struct template *t, size_t at, enum codec_message which, str argument) {
  uint32_t line = 1, column = 1;
  for (size_t i = 0; i < at && i < t->text.n; i++) {
    column++;
    if (t->text.p[i] == '\n') line++, column = 1;
  }
  findings_add_at(f, pointer_member(f->arena, STR(""), t->name), line, column, &codec__messages[which], 1, &argument);
}

static struct template_node *add_node(struct parser *p, enum template_node_kind kind, size_t at) {
  struct template *t = p->t;
  if (t->count == p->capacity) {
    size_t more = p->capacity ? p->capacity * 2 : 16;
    t->nodes = arena_grow(p->arena, t->nodes, p->capacity * sizeof *t->nodes, more * sizeof *t->nodes);
    p->capacity = more;
  }
  t->nodes[t->count] = (struct template_node){ .kind = kind, .at = at };
  return &t->nodes[t->count++];
}

static bool line_begins(str text, size_t at) { return at == 0 || text.p[at - 1] == '\n'; }

/* A node for each line of [from, to). */
static void add_text(struct parser *p, size_t from, size_t to) {
  str text = p->t->text;
  while (from < to) {
    const char *feed = memchr(text.p + from, '\n', to - from);
    size_t end = feed ? (size_t)(feed - text.p) + 1 : to;
    struct template_node *node = add_node(p, NODE_TEXT, from);
    node->text = str_slice(text, from, end);
    node->begins_line = line_begins(text, from);
    from = end;
  }
}

/* "a.b.c" into its parts; `.` has none. */
static bool read_path(struct parser *p, const struct tag *tag, struct template_node *node) {
  if (str_eq(tag->name, STR("."))) return true;
  size_t count = 1;
  for (size_t i = 0; i < tag->name.n; i++) count += tag->name.p[i] == '.';
  str *parts = ARENA_ARRAY(p->arena, str, count), rest = tag->name;
  for (size_t i = 0; i < count; i++) {
    parts[i] = str_cut(rest, '.', &rest);
    if (parts[i].n == 0) {
      template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_NAME, tag->name);
      return false;
    }
  }
  node->path = parts;
  node->path_count = count;
  return true;
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static bool name_fits(str name) {
  for (size_t i = 0; i < name.n; i++)
    if (blank(name.p[i]) || name.p[i] == '{' || name.p[i] == '}') return false;
  return name.n > 0;
}

/* Reads the tag whose braces open at `at`. false: it is never closed, and a finding says so. */
static bool read_tag(struct parser *p, size_t at, struct tag *tag) {
  str text = p->t->text;
  size_t inside = at + 2;
  *tag = (struct tag){ .at = at };
  if (inside < text.n && memchr("#^/>!&{=", text.p[inside], 8)) tag->kind = text.p[inside++];
  str closing = tag->kind == '{' ? STR("}}}") : STR("}}");
  ptrdiff_t length = str_find(str_slice(text, inside, text.n), closing);
  if (length < 0) {
    template__refuse(p->f, p->t, at, TEMPLATE_FAULT_UNCLOSED_TAG, STR(""));
    return false;
  }
  tag->name = str_trim(str_slice(text, inside, inside + (size_t)length));
  tag->end = inside + (size_t)length + closing.n;
  return true;
}

/* Does the tag stand alone? Then [*line, tag->at) is its indentation, and the text goes on at *next. */
static bool stands_alone(str text, const struct tag *tag, size_t from, size_t *line, size_t *next) {
  if (!tag->kind || !memchr("#^/>!=", tag->kind, 6)) return false;
  size_t begin = tag->at, end = tag->end;
  while (begin > from && (text.p[begin - 1] == ' ' || text.p[begin - 1] == '\t')) begin--;
  if (!line_begins(text, begin)) return false;
  while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t')) end++;
  if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n') end++;
  if (end < text.n && text.p[end] != '\n') return false;
  *line = begin;
  *next = end < text.n ? end + 1 : end;
  return true;
}

static void open_section(struct parser *p, const struct tag *tag) {
  if (p->depth == TEMPLATE_DEPTH) {
    template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_DEPTH, STR("32"));
    p->skipped++;
    return;
  }
  size_t number = p->t->count;
  struct template_node *node = add_node(p, tag->kind == '#' ? NODE_SECTION : NODE_INVERTED, tag->at);
  node->name = tag->name;
  read_path(p, tag, node);
  p->open[p->depth++] = number;
}

static void close_section(struct parser *p, const struct tag *tag) {
  if (p->skipped) {
    p->skipped--;
    return;
  }
  struct template_node *opening = p->depth ? &p->t->nodes[p->open[p->depth - 1]] : NULL;
  if (!opening || !str_eq(opening->name, tag->name)) {
    template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_UNOPENED, tag->name);
    return;
  }
  opening->end = p->t->count;
  p->depth--;
}

static void add_value(struct parser *p, const struct tag *tag) {
  bool raw = tag->kind != 0;
  if (raw && !p->raw_allowed) template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_RAW, tag->name);
  read_path(p, tag, add_node(p, raw ? NODE_RAW : NODE_VALUE, tag->at));
}

static void add_partial(struct parser *p, const struct tag *tag, str indentation) {
  struct template_node *node = add_node(p, NODE_PARTIAL, tag->at);
  node->name = tag->name;
  node->text = indentation;
}

static void add_tag(struct parser *p, const struct tag *tag, str indentation) {
  if (tag->kind == '!') return;
  if (tag->kind == '=') {
    template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_DELIMITERS, STR(""));
    return;
  }
  if (!name_fits(tag->name)) {
    template__refuse(p->f, p->t, tag->at, TEMPLATE_FAULT_NAME, tag->name);
    return;
  }
  switch (tag->kind) {
    case '#':
    case '^': open_section(p, tag); break;
    case '/': close_section(p, tag); break;
    case '>': add_partial(p, tag, indentation); break;
    default: add_value(p, tag); break;
  }
}

void template__parse(struct arena *a, struct template *t, bool raw_allowed, struct findings *f) {
  struct parser p = { .arena = a, .t = t, .f = f, .raw_allowed = raw_allowed };
  size_t from = 0;
  for (;;) {
    ptrdiff_t offset = str_find(str_slice(t->text, from, t->text.n), STR("{{"));
    if (offset < 0) break;
    struct tag tag;
    size_t line, next;
    if (!read_tag(&p, from + (size_t)offset, &tag)) return;
    if (stands_alone(t->text, &tag, from, &line, &next)) {
      add_text(&p, from, line);
      add_tag(&p, &tag, str_slice(t->text, line, tag.at));
      from = next;
    } else {
      add_text(&p, from, tag.at);
      if (line_begins(t->text, tag.at)) add_node(&p, NODE_TEXT, tag.at)->begins_line = true;
      add_tag(&p, &tag, STR(""));
      from = tag.end;
    }
  }
  add_text(&p, from, t->text.n);
  for (size_t i = 0; i < p.depth; i++) {
    const struct template_node *open = &t->nodes[p.open[i]];
    template__refuse(f, t, open->at, TEMPLATE_FAULT_UNCLOSED_SECTION, open->name);
  }
}
