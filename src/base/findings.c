/* findings: the list of everything wrong with an input, with texts filled in from a catalogue. */
#include "shienkin/base/findings.h"

enum { DEFAULT_LIMIT = 1000 };

struct findings findings_in(struct arena *a) {
  return (struct findings){ .arena = a };
}

/* The template with {0} … {9} replaced; a brace that names no given argument stays as it is. */
static str fill(struct arena *a, const char *template, size_t count, const str *arguments) {
  struct buf b = buf_in(a);
  for (const char *p = template; *p; p++) {
    bool slot = p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}';
    if (slot && (size_t)(p[1] - '0') < count) {
      buf_add(&b, arguments[p[1] - '0']);
      p += 2;
    } else {
      buf_byte(&b, *p);
    }
  }
  return buf_str(&b);
}

static void make_room(struct findings *f) {
  if (f->count < f->capacity) return;
  size_t capacity = f->capacity ? f->capacity * 2 : 8;
  f->items = arena_grow(f->arena, f->items, f->capacity * sizeof *f->items, capacity * sizeof *f->items);
  f->capacity = capacity;
}

void findings_add(struct findings *f, str pointer, const struct message *m, size_t argument_count,
                  const str *arguments) {
  findings_add_at(f, pointer, 0, 0, m, argument_count, arguments);
}

void findings_add_at(struct findings *f, str pointer, uint32_t line, uint32_t column, const struct message *m,
                     size_t argument_count, const str *arguments) {
  assert(f->arena && m && m->code && m->ja && m->en);
  if (f->count >= (f->limit ? f->limit : DEFAULT_LIMIT)) {
    f->dropped++;
    return;
  }
  make_room(f);
  f->items[f->count] = (struct finding){
    .pointer = str_copy(f->arena, pointer),
    .code = m->code,
    .ja = fill(f->arena, m->ja, argument_count, arguments),
    .en = fill(f->arena, m->en, argument_count, arguments),
    .line = line,
    .column = column,
  };
  f->count++;
}

typedef int comparison(const struct finding *a, const struct finding *b);

static int by_pointer(const struct finding *a, const struct finding *b) {
  int order = str_cmp(a->pointer, b->pointer);
  return order ? order : strcmp(a->code, b->code);
}

static int by_place(const struct finding *a, const struct finding *b) {
  int order = (a->line > b->line) - (a->line < b->line);
  if (order == 0) order = (a->column > b->column) - (a->column < b->column);
  return order ? order : by_pointer(a, b);
}

/* Merges items[from, middle) and items[middle, to), both sorted, by way of `spare`. */
static void merge(struct finding *items, struct finding *spare, size_t from, size_t middle, size_t to,
                  comparison *compare) {
  size_t left = from, right = middle;
  for (size_t i = from; i < to; i++) {
    bool take_right = left == middle || (right < to && compare(&items[left], &items[right]) > 0);
    spare[i] = items[take_right ? right++ : left++];
  }
  memcpy(items + from, spare + from, (to - from) * sizeof *items);
}

/* A merge sort from the bottom up: stable, and never quadratic however the input is arranged. */
static void sort(struct findings *f, comparison *compare) {
  if (f->count < 2) return;
  struct finding *spare = ARENA_ARRAY(f->arena, struct finding, f->count);
  for (size_t width = 1; width < f->count; width *= 2) {
    for (size_t from = 0; from + width < f->count; from += 2 * width) {
      size_t to = from + 2 * width;
      merge(f->items, spare, from, from + width, to < f->count ? to : f->count, compare);
    }
  }
}

void findings_sort(struct findings *f) { sort(f, by_pointer); }
void findings_sort_by_place(struct findings *f) { sort(f, by_place); }

bool findings_has(const struct findings *f, str pointer, const char *code) {
  for (size_t i = 0; i < f->count; i++)
    if (str_eq(f->items[i].pointer, pointer) && strcmp(f->items[i].code, code) == 0) return true;
  return false;
}

/* RFC 6901 §3: '~' is written "~0", '/' is written "~1". */
str pointer_member(struct arena *a, str parent, str name) {
  struct buf b = buf_in(a);
  buf_reserve(&b, parent.n + 1 + name.n);
  buf_add(&b, parent);
  buf_byte(&b, '/');
  for (size_t i = 0; i < name.n; i++) {
    if (name.p[i] == '~')
      buf_add(&b, STR("~0"));
    else if (name.p[i] == '/')
      buf_add(&b, STR("~1"));
    else
      buf_byte(&b, name.p[i]);
  }
  return buf_str(&b);
}

str pointer_index(struct arena *a, str parent, size_t index) {
  return str_format(a, "%.*s/%zu", STR_ARG(parent), index);
}
