/* The bytes themselves are looked at first: a document in Shift_JIS should be told so, not that its third character is
 * a mistake. Then jansson's verdict is put into words of our catalogue, with the place found again in the document. */
#include "json_fault.h"

#include "encoding.h"
#include "json_mark.h"
#include "messages.h"

struct position {
  uint32_t line, column;
};

/* Line and column (in code points of valid UTF-8) of the byte at `offset`. */
static struct position position_of(str document, size_t offset) {
  struct position at = { 1, 1 };
  for (size_t i = 0; i < offset && i < document.n; i++) {
    unsigned char c = (unsigned char)document.p[i];
    if (c == '\n')
      at = (struct position){ at.line + 1, 1 };
    else if ((c & 0xC0) != 0x80)
      at.column++;
  }
  return at;
}

static str number_text(struct findings *f, uint64_t n) { return str_format(f->arena, "%llu", (unsigned long long)n); }

static result refuse(struct findings *f, enum codec_message message, struct position at, str detail) {
  FINDING_AT(f, STR(""), at.line, at.column, &codec__messages[message], number_text(f, at.line),
             number_text(f, at.column), detail);
  return RESULT_REFUSED;
}

result json__refuse_large(struct findings *f, size_t limit, size_t size) {
  FINDING(f, STR(""), &codec__messages[MALFORMED_LARGE], number_text(f, limit), number_text(f, size));
  return RESULT_REFUSED;
}

/* Bytes that are no UTF-8 document at all. RESULT_OK: they are. */
static result refuse_encoding(struct findings *f, str document) {
  const char *guess = encoding__guess(document);
  size_t bad_at = 0;
  bool valid = utf8_valid(document, &bad_at);
  if (guess) return refuse(f, MALFORMED_ENCODING, position_of(document, valid ? 0 : bad_at), str_of(guess));
  if (!valid) return refuse(f, MALFORMED_UTF8, position_of(document, bad_at), STR_NONE);
  if (str_starts(document, STR("\xEF\xBB\xBF"))) return refuse(f, MALFORMED_MARK, position_of(document, 0), STR_NONE);
  return RESULT_OK;
}

result json__refuse_deep(struct findings *f, str document, size_t at, unsigned limit) {
  TRY(refuse_encoding(f, document));
  return refuse(f, MALFORMED_DEEP, position_of(document, at), number_text(f, limit));
}

/* jansson ends most texts with "near '<token>'": the token tells where the fault began. */
static size_t token_length(const char *text) {
  const char *near = strstr(text, " near '");
  if (!near) return 0;
  size_t n = strlen(near + strlen(" near '"));
  return n > 0 ? n - 1 : 0;
}

/* A few characters to recognise the place by. */
static str excerpt(str document, size_t at) {
  size_t end = at;
  for (unsigned i = 0; i < 12 && end < document.n; i++) {
    if ((unsigned char)document.p[end] < 0x20 && end > at) break;
    utf8_next(document, &end);
  }
  return str_slice(document, at, end);
}

/* The name whose second use ends at `end`, with its quotes, as it was written. */
static size_t name_start(str document, size_t end) {
  size_t at = end > 0 ? end - 1 : 0;
  while (at > 0) {
    at--;
    if (document.p[at] != '"') continue;
    size_t backslashes = 0;
    while (backslashes < at && document.p[at - 1 - backslashes] == '\\') backslashes++;
    if (backslashes % 2 == 0) return at;
  }
  return 0;
}

/* What jansson says, by the start of its text, and what we say. Its position is behind the character at fault, behind
 * the whole token, or, where it has put the character back, just before it. */
enum jansson_stands { BEHIND_CHARACTER, BEHIND_TOKEN, BEFORE };
static const struct {
  const char *starts;
  enum codec_message message;
  enum jansson_stands stands;
} verdicts[] = {
  { "control character", MALFORMED_CONTROL, BEFORE },
  { "unexpected newline", MALFORMED_CONTROL, BEFORE },
  { "invalid escape", MALFORMED_ESCAPE, BEHIND_CHARACTER },
  { "invalid Unicode", MALFORMED_SURROGATE, BEHIND_CHARACTER },
  { "end of file expected", MALFORMED_BEHIND, BEHIND_TOKEN },
};

/* Mistakes that people make often deserve their own words. */
static enum codec_message guess_at_token(str rest) {
  static const char *const no_numbers[] = { "NaN", "nan", "Infinity", "-Infinity", "inf", "-inf" };
  static const char *const quotes[] = { "'", "“", "”", "‘", "’", "＂" };
  for (size_t i = 0; i < COUNT_OF(no_numbers); i++)
    if (str_starts(rest, str_of(no_numbers[i]))) return MALFORMED_NAN;
  for (size_t i = 0; i < COUNT_OF(quotes); i++)
    if (str_starts(rest, str_of(quotes[i]))) return MALFORMED_QUOTE;
  if (rest.n > 0 && strchr("+-.0123456789", rest.p[0]) && rest.p[0] != '\0') return MALFORMED_NUMBER;
  return MALFORMED_SYNTAX;
}

/* Where the byte that stands `back` before jansson's position is in the document as it was sent. */
static size_t offset_in(struct findings *f, str document, bool marked, const json_error_t *error, size_t back) {
  size_t position = error->position > 0 ? (size_t)error->position : 0;
  size_t offset = position >= back ? position - back : 0;
  if (marked) {
    struct buf again = buf_in(f->arena);
    offset = json__mark(document, &again, offset);
  }
  return offset < document.n ? offset : document.n;
}

static result refuse_syntax(struct findings *f, str document, bool marked, const json_error_t *error) {
  for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
    if (strncmp(error->text, verdicts[i].starts, strlen(verdicts[i].starts)) != 0) continue;
    const size_t back[] = { [BEHIND_CHARACTER] = 1, [BEHIND_TOKEN] = token_length(error->text), [BEFORE] = 0 };
    size_t at = offset_in(f, document, marked, error, back[verdicts[i].stands]);
    return refuse(f, verdicts[i].message, position_of(document, at), excerpt(document, at));
  }
  size_t at = offset_in(f, document, marked, error, token_length(error->text));
  while (at > 0 && at < document.n && ((unsigned char)document.p[at] & 0xC0) == 0x80) at--;
  return refuse(f, guess_at_token(str_slice(document, at, document.n)), position_of(document, at),
                excerpt(document, at));
}

result json__refuse_parse(struct findings *f, str document, bool marked, const json_error_t *error) {
  TRY(refuse_encoding(f, document));
  if (str_trim(document).n == 0) return refuse(f, MALFORMED_EMPTY, position_of(document, 0), STR_NONE);
  switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
      return refuse(f, MALFORMED_END, position_of(document, document.n), STR_NONE);
    case json_error_duplicate_key: {
      size_t end = offset_in(f, document, marked, error, 0);
      size_t at = name_start(document, end);
      return refuse(f, MALFORMED_TWICE, position_of(document, at), str_slice(document, at, end));
    }
    default: return refuse_syntax(f, document, marked, error);
  }
}
