/* pattern_translate: one pass over an XPath pattern that checks its grammar and writes what PCRE2 understands by the
 * same. Every character goes out as \x{…} and every class as ranges and properties, so that nothing of the input can
 * mean something to PCRE2 that it did not mean before. */
#include "builtin/pattern.h"

#define CLASS_DEPTH_MOST 16u
#define GROUP_DEPTH_MOST 200u
#define REPEAT_MOST 65535u
#define LAST_CODE_POINT 0x10FFFFu

struct translator {
  str s;
  size_t at;
  struct pattern_flags flags;
  struct buf out;
  uint32_t groups;                        /* capturing groups begun */
  uint32_t open[GROUP_DEPTH_MOST], depth; /* number of each open group; 0: it does not capture */
};

bool pattern__flags(str flags, struct pattern_flags *f) {
  *f = (struct pattern_flags){ 0 };
  for (size_t i = 0; i < flags.n; i++) {
    switch (flags.p[i]) {
      case 's': f->dot_all = true; break;
      case 'm': f->multiline = true; break;
      case 'i': f->ignore_case = true; break;
      case 'x': f->skip_space = true; break;
      case 'q': f->literal = true; break;
      default: return false;
    }
  }
  return true;
}

/* ---- reading */
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void skip_space(struct translator *t) {
  if (!t->flags.skip_space) return;
  while (t->at < t->s.n && is_space(t->s.p[t->at])) t->at++;
}

static char peek(const struct translator *t) { return t->at < t->s.n ? t->s.p[t->at] : '\0'; }

static bool take(struct translator *t, char c) {
  if (t->at == t->s.n || t->s.p[t->at] != c) return false;
  t->at++;
  return true;
}

static void put_char(struct translator *t, uint32_t c) { buf_format(&t->out, "\\x{%x}", c); }

/* No character lies between U+D800 and U+DFFF, and PCRE2 lets no range begin or end there. */
static void put_range(struct translator *t, uint32_t first, uint32_t last) {
  if (first >= 0xD800 && first <= 0xDFFF) first = 0xE000;
  if (last >= 0xD800 && last <= 0xDFFF) last = 0xD7FF;
  if (first <= last) buf_format(&t->out, "\\x{%x}-\\x{%x}", first, last);
}

/* ---- sets of characters: as members of a class */
struct range {
  uint32_t first, last;
};

static const struct range spaces[] = { { '\t', '\n' }, { '\r', '\r' }, { ' ', ' ' } };
/* XML 1.0, NameStartChar and NameChar. */
static const struct range name_starts[] = {
  { ':', ':' },       { 'A', 'Z' },       { '_', '_' },       { 'a', 'z' },
  { 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2FF },    { 0x370, 0x37D },
  { 0x37F, 0x1FFF },  { 0x200C, 0x200D }, { 0x2070, 0x218F }, { 0x2C00, 0x2FEF },
  { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
};
static const struct range names[] = {
  { '-', '.' },       { '0', ':' },       { 'A', 'Z' },         { '_', '_' },       { 'a', 'z' },
  { 0xB7, 0xB7 },     { 0xC0, 0xD6 },     { 0xD8, 0xF6 },       { 0xF8, 0x37D },    { 0x37F, 0x1FFF },
  { 0x200C, 0x200D }, { 0x203F, 0x2040 }, { 0x2070, 0x218F },   { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF },
  { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
};

/* The ranges, or what lies between them: a complement inside a class must be spelled out. */
static void put_ranges(struct translator *t, const struct range *ranges, size_t count, bool complement) {
  uint32_t next = 0;
  for (size_t i = 0; i < count; i++) {
    if (!complement)
      put_range(t, ranges[i].first, ranges[i].last);
    else if (ranges[i].first > 0)
      put_range(t, next, ranges[i].first - 1);
    next = ranges[i].last + 1;
  }
  if (complement) put_range(t, next, LAST_CODE_POINT);
}

static bool is_category(str s) {
  static const char *const categories[] = { "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd",
                                            "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z",  "Zs",
                                            "Zl", "Zp", "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn" };
  for (size_t i = 0; i < COUNT_OF(categories); i++)
    if (str_eq(str_of(categories[i]), s)) return true;
  return false;
}

/* {Name} behind \p or \P. */
static bool take_property(struct translator *t, bool complement) {
  if (!take(t, '{')) return false;
  size_t from = t->at;
  while (t->at < t->s.n && t->s.p[t->at] != '}') t->at++;
  str name = str_slice(t->s, from, t->at);
  if (!take(t, '}')) return false;
  struct range block;
  if (is_category(name)) {
    buf_format(&t->out, "\\%c{%.*s}", complement ? 'P' : 'p', STR_ARG(name));
    return true;
  }
  if (!str_starts(name, STR("Is")) || !pattern__block(str_slice(name, 2, name.n), &block.first, &block.last))
    return false;
  put_ranges(t, &block, 1, complement);
  return true;
}

/* The single character that an escape stands for; 0: it is none of these. */
static uint32_t single_escape(char c) {
  if (c == 'n') return '\n';
  if (c == 'r') return '\r';
  if (c == 't') return '\t';
  return c != '\0' && strchr("\\|.?*+(){}-[]^$", c) != NULL ? (uint32_t)(unsigned char)c : 0;
}

/* The members for an escape that stands for many; c is the letter behind the backslash, taken already. */
static bool put_multi_escape(struct translator *t, char c) {
  switch (c) {
    case 's':
    case 'S': put_ranges(t, spaces, COUNT_OF(spaces), c == 'S'); return true;
    case 'i':
    case 'I': put_ranges(t, name_starts, COUNT_OF(name_starts), c == 'I'); return true;
    case 'c':
    case 'C': put_ranges(t, names, COUNT_OF(names), c == 'C'); return true;
    case 'd': buf_add(&t->out, STR("\\p{Nd}")); return true;
    case 'D': buf_add(&t->out, STR("\\P{Nd}")); return true;
    case 'w': buf_add(&t->out, STR("\\p{L}\\p{M}\\p{N}\\p{S}")); return true;
    case 'W': buf_add(&t->out, STR("\\p{P}\\p{Z}\\p{C}")); return true;
    case 'p':
    case 'P': return take_property(t, c == 'P');
    default: return false;
  }
}

/* ---- classes */
static bool translate_class(struct translator *t, uint32_t level);

/* One character of a class, escaped or not. False: it is no single character, and nothing was taken. */
static bool take_class_char(struct translator *t, uint32_t *out) {
  if (t->at == t->s.n) return false;
  char c = t->s.p[t->at];
  if (c == '[' || c == ']') return false;
  if (c == '\\') {
    uint32_t single = t->at + 1 < t->s.n ? single_escape(t->s.p[t->at + 1]) : 0;
    if (single != 0) t->at += 2;
    *out = single;
    return single != 0;
  }
  *out = utf8_next(t->s, &t->at);
  return true;
}

/* A character, or a range of two. A bare '-' is a character at the start or the end alone. */
static bool take_class_range(struct translator *t, bool first) {
  bool bare_hyphen = peek(t) == '-';
  uint32_t low, high;
  if (!take_class_char(t, &low)) return false;
  bool last = peek(t) == ']' || (peek(t) == '-' && t->at + 1 < t->s.n && t->s.p[t->at + 1] == '[');
  if (bare_hyphen && !first && !last) return false;
  bool range = peek(t) == '-' && t->at + 1 < t->s.n && t->s.p[t->at + 1] != ']' && t->s.p[t->at + 1] != '[';
  if (!range || bare_hyphen) {
    put_char(t, low);
    return true;
  }
  t->at++;
  if (peek(t) == '-' || !take_class_char(t, &high) || high < low) return false;
  put_range(t, low, high);
  return true;
}

static bool at_multi_escape(const struct translator *t) {
  return peek(t) == '\\' && (t->at + 1 == t->s.n || single_escape(t->s.p[t->at + 1]) == 0);
}

/* What stands between '[' and ']' or "-[", at least one member. */
static bool translate_members(struct translator *t) {
  bool first = true;
  while (true) {
    if (t->at == t->s.n) return false;
    if (peek(t) == ']' || (peek(t) == '-' && t->at + 1 < t->s.n && t->s.p[t->at + 1] == '[' && !first)) return !first;
    if (at_multi_escape(t)) {
      if (t->at + 1 == t->s.n) return false;
      t->at += 2;
      if (!put_multi_escape(t, t->s.p[t->at - 1])) return false;
    } else if (!take_class_range(t, first)) {
      return false;
    }
    first = false;
  }
}

/* [members-[taken away]] becomes (?:(?![taken away])[members]): the text of the members is moved behind. */
static bool translate_class(struct translator *t, uint32_t level) {
  if (level == CLASS_DEPTH_MOST || !take(t, '[')) return false;
  size_t start = t->out.n;
  buf_add(&t->out, take(t, '^') ? STR("[^") : STR("["));
  if (!translate_members(t)) return false;
  buf_byte(&t->out, ']');
  if (take(t, ']')) return true;
  t->at++; /* the '-' before the inner '[' */
  str members = str_copy(t->out.arena, str_slice(buf_str(&t->out), start, t->out.n));
  t->out.n = start;
  buf_add(&t->out, STR("(?:(?!"));
  if (!translate_class(t, level + 1) || !take(t, ']')) return false;
  buf_byte(&t->out, ')');
  buf_add(&t->out, members);
  buf_byte(&t->out, ')');
  return true;
}

/* ---- atoms */
/* \N: a group that is closed already; further digits belong to the number as long as such a group exists. */
static bool translate_back_reference(struct translator *t, uint32_t n) {
  for (; peek(t) >= '0' && peek(t) <= '9'; t->at++) {
    uint32_t longer = n * 10 + (uint32_t)(peek(t) - '0');
    if (longer > t->groups) break;
    n = longer;
  }
  if (n > t->groups) return false;
  for (uint32_t i = 0; i < t->depth; i++)
    if (t->open[i] == n) return false;
  buf_format(&t->out, "(?:\\g{%u})", n);
  return true;
}

static bool translate_escape(struct translator *t) {
  t->at++;
  skip_space(t);
  if (t->at == t->s.n) return false;
  char c = t->s.p[t->at++];
  uint32_t single = single_escape(c);
  if (single != 0) {
    put_char(t, single);
    return true;
  }
  if (c >= '1' && c <= '9') return translate_back_reference(t, (uint32_t)(c - '0'));
  buf_byte(&t->out, '[');
  if (!put_multi_escape(t, c)) return false;
  buf_byte(&t->out, ']');
  return true;
}

static bool open_group(struct translator *t) {
  t->at++;
  if (t->depth == GROUP_DEPTH_MOST) return false;
  skip_space(t);
  bool plain = t->at + 1 < t->s.n && t->s.p[t->at] == '?' && t->s.p[t->at + 1] == ':';
  if (plain)
    t->at += 2;
  else if (++t->groups > PATTERN_GROUPS_MOST)
    return false;
  t->open[t->depth++] = plain ? 0 : t->groups;
  buf_add(&t->out, plain ? STR("(?:") : STR("("));
  return true;
}

static bool close_group(struct translator *t) {
  if (t->depth == 0) return false;
  t->at++;
  t->depth--;
  buf_byte(&t->out, ')');
  return true;
}

/* ---- quantifiers */
static bool take_count(struct translator *t, uint32_t *out) {
  uint32_t n = 0;
  if (peek(t) < '0' || peek(t) > '9') return false;
  for (; peek(t) >= '0' && peek(t) <= '9'; t->at++)
    if ((n = n * 10 + (uint32_t)(peek(t) - '0')) > REPEAT_MOST) return false;
  *out = n;
  return true;
}

static bool translate_counts(struct translator *t) {
  uint32_t least, most;
  t->at++;
  skip_space(t);
  if (!take_count(t, &least)) return false;
  skip_space(t);
  buf_format(&t->out, "{%u", least);
  if (take(t, ',')) {
    buf_byte(&t->out, ',');
    skip_space(t);
    if (peek(t) != '}') {
      if (!take_count(t, &most) || most < least) return false;
      buf_format(&t->out, "%u", most);
      skip_space(t);
    }
  }
  buf_byte(&t->out, '}');
  return take(t, '}');
}

/* At most one quantifier and the '?' that makes it reluctant: PCRE2's possessive ones do not exist here. */
static bool translate_quantifier(struct translator *t) {
  skip_space(t);
  char c = peek(t);
  if (c == '{') {
    if (!translate_counts(t)) return false;
  } else if (c != '\0' && strchr("?*+", c) != NULL) {
    t->at++;
    buf_byte(&t->out, c);
  } else {
    return true;
  }
  skip_space(t);
  if (take(t, '?')) buf_byte(&t->out, '?');
  return true;
}

/* ---- the whole */
static bool translate_anchor(struct translator *t, char c) {
  t->at++;
  if (t->flags.multiline)
    buf_byte(&t->out, c);
  else
    buf_add(&t->out, c == '^' ? STR("\\A") : STR("\\z"));
  return true;
}

/* What begins here, and its quantifier. */
static bool translate_piece(struct translator *t) {
  char c = peek(t);
  bool fine;
  switch (c) {
    case '(': return open_group(t);
    case '|':
      t->at++;
      buf_byte(&t->out, '|');
      return true;
    case '^':
    case '$': fine = translate_anchor(t, c); break;
    case ')': fine = close_group(t); break;
    case '[': fine = translate_class(t, 0); break;
    case '\\': fine = translate_escape(t); break;
    case '.':
      t->at++;
      buf_add(&t->out, t->flags.dot_all ? STR("(?s:.)") : STR("[^\\x{a}]"));
      fine = true;
      break;
    case '?':
    case '*':
    case '+':
    case '{':
    case '}':
    case ']': fine = false; break;
    default: put_char(t, utf8_next(t->s, &t->at)); fine = true;
  }
  return fine && translate_quantifier(t);
}

bool pattern__translate(struct arena *a, str pattern, struct pattern_flags flags, str *out, uint32_t *groups) {
  struct translator t = { .s = pattern, .flags = flags, .out = buf_in(a) };
  bool fine = true;
  if (flags.literal) {
    while (t.at < pattern.n) put_char(&t, utf8_next(pattern, &t.at));
  } else {
    for (skip_space(&t); fine && t.at < pattern.n; skip_space(&t)) fine = translate_piece(&t);
  }
  *out = buf_str(&t.out);
  *groups = t.groups;
  return fine && t.depth == 0;
}
