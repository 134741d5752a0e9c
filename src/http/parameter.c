/* parameter: texts of paths, queries and forms, read by their declarations. One function per kind reads one text; the
 * rest gathers the values of a table and says everything that is wrong with them at once. */
#include "shienkin/http/parameter.h"

#include "messages.h"

enum { FIELDS_MOST = 256, REPEATED_MOST = 100, TEXT_MOST = 1000 };

static bool control_free(str text, bool multiline) {
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (multiline && (c == '\t' || c == '\n' || c == '\r')) continue;
    if (c < 0x20 || c == 0x7f) return false;
  }
  return true;
}

static const char *read_text(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)out;
  if (text.n == 0) return p->may_be_empty ? NULL : "required";
  if (!control_free(text, multiline)) return "pattern";
  if (utf8_count(text) > (size_t)(p->most ? p->most : TEXT_MOST)) return "max_length";
  return p->pattern && !p->pattern(text) ? "pattern" : NULL;
}

static const char *read_id(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)multiline;
  return uuid_from_outside(text, p->prefix, &out->id) ? NULL : "pattern";
}

static const char *read_integer(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)multiline;
  str digits = text.n && text.p[0] == '-' ? str_slice(text, 1, text.n) : text;
  if (digits.n == 0 || (digits.n > 1 && digits.p[0] == '0') || (digits.n != text.n && digits.p[0] == '0'))
    return "pattern";
  if (!str_to_int64(text, &out->number)) return "pattern";
  if (out->number < p->least) return "minimum";
  return out->number > p->most ? "maximum" : NULL;
}

static const char *read_day(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)p;
  (void)multiline;
  return day_parse(text, &out->day) ? NULL : "date";
}

static const char *read_word(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)multiline;
  for (int64_t i = 0; p->words[i]; i++) {
    if (!str_eq(text, str_of(p->words[i]))) continue;
    out->number = i;
    return NULL;
  }
  return "enum";
}

static const char *read_flag(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)p;
  (void)multiline;
  out->flag = str_eq(text, STR("true"));
  return out->flag || str_eq(text, STR("false")) ? NULL : "pattern";
}

static const char *read_hex(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)multiline;
  (void)out;
  if (text.n != (size_t)p->most) return "pattern";
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return "pattern";
  }
  return NULL;
}

/* Only its alphabet: whether it is one of ours, http_cursor_read() finds out. */
static const char *read_cursor(const struct http_parameter *p, str text, bool multiline, struct http_value *out) {
  (void)p;
  (void)multiline;
  (void)out;
  if (text.n == 0 || text.n > 2048) return "pattern";
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    bool fits =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    if (!fits) return "pattern";
  }
  return NULL;
}

bool http_value_read(const struct http_parameter *p, str text, bool multiline, struct http_value *out,
                     const char **fault) {
  static const char *(*const readers[])(const struct http_parameter *, str, bool, struct http_value *) = {
    [HTTP_PARAMETER_TEXT] = read_text, [HTTP_PARAMETER_ID] = read_id,         [HTTP_PARAMETER_INTEGER] = read_integer,
    [HTTP_PARAMETER_DAY] = read_day,   [HTTP_PARAMETER_WORD] = read_word,     [HTTP_PARAMETER_FLAG] = read_flag,
    [HTTP_PARAMETER_HEX] = read_hex,   [HTTP_PARAMETER_CURSOR] = read_cursor,
  };
  *out = (struct http_value){ .present = true, .text = text };
  *fault = readers[p->kind](p, text, multiline, out);
  return *fault == NULL;
}

static size_t count_of(const struct http_parameter *declared) {
  size_t count = 0;
  while (declared && declared[count].name) count++;
  return count;
}

static ptrdiff_t place_of(const struct http_parameter *declared, str name) {
  for (ptrdiff_t i = 0; declared && declared[i].name; i++) {
    if (str_eq(name, str_of(declared[i].name))) return i;
  }
  return -1;
}

static str words_text(struct arena *a, const char *const *words) {
  struct buf out = buf_in(a);
  for (size_t i = 0; words[i]; i++) {
    if (i) buf_add(&out, STR(", "));
    buf_add(&out, str_of(words[i]));
  }
  return buf_str(&out);
}

static void add_fault(struct findings *f, str prefix, const struct http_parameter *p, const char *fault) {
  struct arena *a = f->arena;
  str name = str_of(p->name), pointer = pointer_member(a, prefix, name);
  const struct message *m = http__message_of(fault);
  str least = str_format(a, "%lld", (long long)p->least), most = str_format(a, "%lld", (long long)p->most);
  if (p->kind == HTTP_PARAMETER_WORD) {
    FINDING(f, pointer, m, name, words_text(a, p->words));
  } else if (p->kind == HTTP_PARAMETER_TEXT) {
    FINDING(f, pointer, m, name, p->most ? most : str_format(a, "%d", TEXT_MOST));
  } else {
    FINDING(f, pointer, m, name, least, most);
  }
}

/* A growing list per parameter: parameters are few and values fewer, so each addition copies nothing but itself. */
struct gathering {
  struct http_value *items;
  size_t count, capacity;
};

static void gather(struct arena *a, struct gathering *g, const struct http_value *value) {
  if (g->count == g->capacity) {
    size_t wider = g->capacity ? g->capacity * 2 : 1;
    g->items = arena_grow(a, g->items, g->capacity * sizeof *g->items, wider * sizeof *g->items);
    g->capacity = wider;
  }
  g->items[g->count++] = *value;
}

static void take_pair(struct arena *a, const struct http_parameter *declared, struct gathering *all,
                      const struct http_pair *pair, bool multiline, str prefix, struct findings *f) {
  str pointer = pointer_member(a, prefix, pair->name);
  ptrdiff_t at = place_of(declared, pair->name);
  if (at < 0) {
    FINDING(f, pointer, &http__unknown_parameter, pair->name);
    return;
  }
  const struct http_parameter *p = &declared[at];
  if (all[at].count >= (p->repeated ? REPEATED_MOST : 1)) {
    FINDING(f, pointer, &http__duplicate_parameter, pair->name);
    return;
  }
  struct http_value value;
  const char *fault = NULL;
  bool left_empty = multiline && pair->value.n == 0 && !p->may_be_empty; /* a form sends fields that nobody filled in */
  if (left_empty) return;
  if (!http_value_read(p, pair->value, multiline, &value, &fault)) {
    add_fault(f, prefix, p, fault);
    value = (struct http_value){ .present = true, .text = pair->value };
  }
  gather(a, &all[at], &value);
}

result http_values_of(struct arena *a, const struct http_parameter *declared, const struct http_pair *pairs,
                      size_t count, bool multiline, str pointer_prefix, struct findings *f, struct http_values *out) {
  size_t before = f->count + f->dropped, parameters = count_of(declared);
  struct gathering *all = arena_zalloc(a, parameters * sizeof *all);
  for (size_t i = 0; i < count; i++) take_pair(a, declared, all, &pairs[i], multiline, pointer_prefix, f);
  struct http_value_list *lists = arena_zalloc(a, parameters * sizeof *lists);
  for (size_t i = 0; i < parameters; i++) {
    lists[i] = (struct http_value_list){ all[i].items, all[i].count };
    if (declared[i].required && all[i].count == 0) add_fault(f, pointer_prefix, &declared[i], "required");
  }
  *out = (struct http_values){ declared, lists };
  return f->count + f->dropped == before ? RESULT_OK : RESULT_REFUSED;
}

result http_pairs_read(struct arena *a, str encoded, str pointer_prefix, struct findings *f, struct http_pair **out,
                       size_t *out_count) {
  struct http_pair *pairs = ARENA_ARRAY(a, struct http_pair, FIELDS_MOST);
  size_t count = 0, before = f->count + f->dropped;
  for (str rest = encoded; rest.n;) {
    str field = str_cut(rest, '&', &rest), value;
    if (field.n == 0) continue;
    str name = str_cut(field, '=', &value);
    if (count == FIELDS_MOST) {
      FINDING(f, pointer_prefix, &http__too_many_fields, STR(""), str_format(a, "%d", FIELDS_MOST));
      break;
    }
    struct http_pair *pair = &pairs[count++];
    bool good = http_percent_decode(a, name, true, &pair->name) == RESULT_OK &&
                http_percent_decode(a, value, true, &pair->value) == RESULT_OK;
    if (good) continue;
    FINDING(f, pointer_prefix, &http__invalid_encoding);
    count--;
  }
  *out = pairs;
  *out_count = count;
  return f->count + f->dropped == before ? RESULT_OK : RESULT_REFUSED;
}

result http_values_read(struct arena *a, const struct http_parameter *declared, str encoded, bool multiline,
                        str pointer_prefix, struct findings *f, struct http_values *out) {
  struct http_pair *pairs;
  size_t count;
  result split = http_pairs_read(a, encoded, pointer_prefix, f, &pairs, &count);
  result read = http_values_of(a, declared, pairs, count, multiline, pointer_prefix, f, out);
  return split == RESULT_OK ? read : split;
}

struct http_value_list http_value_list(const struct http_values *v, const char *name) {
  ptrdiff_t at = place_of(v->declared, str_of(name));
  assert(at >= 0 && "a handler asks only for parameters that its route declares");
  return v->lists ? v->lists[at] : (struct http_value_list){ NULL, 0 };
}

const struct http_value *http_value(const struct http_values *v, const char *name) {
  static const struct http_value absent = { 0 };
  struct http_value_list list = http_value_list(v, name);
  return list.count ? &list.items[0] : &absent;
}
