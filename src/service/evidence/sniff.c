/* sniff: signatures as tables. Office documents are told by the names of their entries, which stand uncompressed in the
 * archive; texts by holding no byte that texts do not hold. */
#include "evidence/sniff.h"

#include <strings.h>

/* ---- signatures at the head */

struct signature {
  const char *type;
  size_t at;
  str bytes;
};

static const struct signature programs[] = {
  { "exe", 0, STR_INIT("MZ") },
  { "elf", 0,
    STR_INIT("\x7f"
             "ELF") },
  { "mach-o", 0, STR_INIT("\xfe\xed\xfa\xce") },
  { "mach-o", 0, STR_INIT("\xfe\xed\xfa\xcf") },
  { "mach-o", 0, STR_INIT("\xce\xfa\xed\xfe") },
  { "mach-o", 0, STR_INIT("\xcf\xfa\xed\xfe") },
  { "class", 0, STR_INIT("\xca\xfe\xba\xbe") },
  { "script", 0, STR_INIT("#!") },
  { "shortcut", 0, STR_INIT("L\0\0\0\x01\x14\x02\0") },
};
static const struct signature documents[] = {
  { "pdf", 0, STR_INIT("%PDF-") },
  { "jpeg", 0, STR_INIT("\xff\xd8\xff") },
  { "png", 0, STR_INIT("\x89PNG\r\n\x1a\n") },
  { "heic", 4, STR_INIT("ftypheic") },
  { "heic", 4, STR_INIT("ftypheix") },
  { "heic", 4, STR_INIT("ftypheim") },
  { "heic", 4, STR_INIT("ftypheis") },
  { "heic", 4, STR_INIT("ftyphevc") },
  { "heic", 4, STR_INIT("ftypmif1") },
  { "heic", 4, STR_INIT("ftypmsf1") },
};
static const str archive = STR_INIT("PK\x03\x04");

static bool stands_at(const struct sniff *s, size_t at, str bytes) {
  return at + bytes.n <= s->head_count && memcmp(s->head + at, bytes.p, bytes.n) == 0;
}

static const struct signature *find_signature(const struct sniff *s, const struct signature *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (stands_at(s, table[i].at, table[i].bytes)) return &table[i];
  return NULL;
}

/* ---- marks anywhere */

enum mark { MARK_TYPES, MARK_WORD, MARK_EXCEL, MARK_MACRO };
static const str marks[SNIFF_MARKS] = {
  [MARK_TYPES] = STR_INIT("[Content_Types].xml"),
  [MARK_WORD] = STR_INIT("word/document.xml"),
  [MARK_EXCEL] = STR_INIT("xl/workbook.xml"),
  [MARK_MACRO] = STR_INIT("vbaProject.bin"),
};

static bool holds(str piece, str mark) { return piece.n >= mark.n && memmem(piece.p, piece.n, mark.p, mark.n) != NULL; }

/* The end of the piece before and the beginning of this one, for marks that lie across. */
static void look_across(struct sniff *s, str piece) {
  char joint[2 * SNIFF_OVERLAP];
  size_t more = piece.n < SNIFF_OVERLAP ? piece.n : SNIFF_OVERLAP;
  memcpy(joint, s->tail, s->tail_count);
  memcpy(joint + s->tail_count, piece.p, more);
  for (size_t i = 0; i < SNIFF_MARKS; i++)
    s->marks[i] = s->marks[i] || holds((str){ joint, s->tail_count + more }, marks[i]);
}

static void keep_tail(struct sniff *s, str piece) {
  char joint[2 * SNIFF_OVERLAP];
  size_t more = piece.n < SNIFF_OVERLAP ? piece.n : SNIFF_OVERLAP, all = s->tail_count + more;
  memcpy(joint, s->tail, s->tail_count);
  memcpy(joint + s->tail_count, piece.p + piece.n - more, more);
  s->tail_count = all < SNIFF_OVERLAP ? all : SNIFF_OVERLAP;
  memcpy(s->tail, joint + all - s->tail_count, s->tail_count);
}

/* Controls but tab, line ends, form feed and the escape of ISO-2022-JP. */
static bool is_binary(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b) || c == 0x7f;
}

void sniff_add(struct sniff *s, str piece) {
  size_t room = SNIFF_HEAD - s->head_count, take = piece.n < room ? piece.n : room;
  memcpy(s->head + s->head_count, piece.p, take);
  s->head_count += take;
  look_across(s, piece);
  for (size_t i = 0; i < SNIFF_MARKS; i++) s->marks[i] = s->marks[i] || holds(piece, marks[i]);
  for (size_t i = 0; i < piece.n && !s->binary; i++) s->binary = is_binary((unsigned char)piece.p[i]);
  keep_tail(s, piece);
}

/* ---- names */

static const struct {
  const char *type, *endings, *media_types;
} kinds[] = {
  { "pdf", "pdf", "application/pdf" },
  { "jpeg", "jpg jpeg", "image/jpeg" },
  { "png", "png", "image/png" },
  { "heic", "heic heif", "image/heic image/heif" },
  { "txt", "txt log", "text/plain" },
  { "csv", "csv", "text/csv application/csv" },
  { "eml", "eml", "message/rfc822" },
  { "docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

static bool is_word_of(str word, const char *words) {
  for (str rest = str_of(words); rest.n > 0;) {
    str one = str_cut(rest, ' ', &rest);
    if (one.n == word.n && strncasecmp(one.p, word.p, word.n) == 0) return true;
  }
  return false;
}

static str ending_of(str name) {
  for (size_t i = name.n; i > 0; i--)
    if (name.p[i - 1] == '.') return str_slice(name, i, name.n);
  return STR("");
}

static const char *type_of_ending(str name) {
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (is_word_of(ending_of(name), kinds[i].endings)) return kinds[i].type;
  return NULL;
}

bool sniff_takes(str media_type) {
  for (size_t i = 0; i < COUNT_OF(kinds); i++)
    if (is_word_of(media_type, kinds[i].media_types)) return true;
  return false;
}

/* ---- the verdict */

static const char *office_type(const struct sniff *s) {
  if (!stands_at(s, 0, archive) || !s->marks[MARK_TYPES] || s->marks[MARK_WORD] == s->marks[MARK_EXCEL]) return NULL;
  return s->marks[MARK_WORD] ? "docx" : "xlsx";
}

static bool is_text_type(const char *type) {
  return strcmp(type, "txt") == 0 || strcmp(type, "csv") == 0 || strcmp(type, "eml") == 0;
}

enum sniff_verdict sniff_type(const struct sniff *s, str name, const char **type) {
  const char *named = type_of_ending(name);
  if (find_signature(s, programs, COUNT_OF(programs))) return SNIFF_PROGRAM;
  const struct signature *found = find_signature(s, documents, COUNT_OF(documents));
  *type = found ? found->type : office_type(s);
  if (!*type && !s->binary && named && is_text_type(named)) *type = named;
  if (!*type) return SNIFF_UNKNOWN;
  if (s->marks[MARK_MACRO] && stands_at(s, 0, archive)) return SNIFF_MACRO;
  return named && strcmp(named, *type) == 0 ? SNIFF_OK : SNIFF_NAME;
}
