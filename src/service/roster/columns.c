/* columns: what a roster file may say, as tables: names, bounds, and how each value is written one way only. */
#include <stdio.h>

#include "roster/file.h"
#include "shienkin/text.h"

static str tidy(struct arena *a, str typed) { return str_trim(text_nfkc(a, typed)); }

/* ---- words: any of the spellings becomes the code */

struct word {
  const char *spelling, *code;
};

static bool find_word(struct arena *a, str typed, const struct word *words, size_t count, str *out) {
  str key = text_lower(a, tidy(a, typed));
  for (size_t i = 0; i < count; i++) {
    if (!str_eq(key, str_of(words[i].spelling))) continue;
    *out = str_of(words[i].code);
    return true;
  }
  return false;
}

static bool read_class(struct arena *a, str typed, str *out) {
  /* NFKC has made "A①" of full width into "a1". */
  static const struct word words[] = { { "a1", "A1" },   { "a2", "A2" },     { "a2b", "A2B" }, { "a2(b)", "A2B" },
                                       { "a2c", "A2C" }, { "a2(c)", "A2C" }, { "b", "B" },     { "c", "C" } };
  return find_word(a, typed, words, COUNT_OF(words), out);
}

static bool read_kind(struct arena *a, str typed, str *out) {
  static const struct word words[] = { { "hospital", "hospital" },
                                       { "病院", "hospital" },
                                       { "clinic", "clinic" },
                                       { "診療所", "clinic" },
                                       { "shared_use", "shared_use" },
                                       { "医師会共同利用施設", "shared_use" },
                                       { "care_service", "care_service" },
                                       { "介護サービス施設・事業所", "care_service" },
                                       { "介護", "care_service" } };
  return find_word(a, typed, words, COUNT_OF(words), out);
}

static bool read_relation(struct arena *a, str typed, str *out) {
  static const struct word words[] = {
    { "opens", "opens" }, { "開設", "opens" }, { "manages", "manages" }, { "管理", "manages" }
  };
  return find_word(a, typed, words, COUNT_OF(words), out);
}

static bool read_yes(struct arena *a, str typed, str *out) {
  static const struct word words[] = { { "yes", "yes" }, { "true", "yes" }, { "1", "yes" },    { "休", "yes" },
                                       { "○", "yes" },   { "no", "no" },    { "false", "no" }, { "0", "no" },
                                       { "診", "no" },   { "×", "no" } };
  return find_word(a, typed, words, COUNT_OF(words), out);
}

/* "土日", "土・日", "sat sun", "Sat,Sun": the days in the order of the week, "sat sun". */
static bool read_weekdays(struct arena *a, str typed, str *out) {
  static const struct {
    const char *ja, *en;
  } days[] = { { "月", "mon" }, { "火", "tue" }, { "水", "wed" }, { "木", "thu" },
               { "金", "fri" }, { "土", "sat" }, { "日", "sun" } };
  str rest = text_lower(a, tidy(a, typed));
  unsigned found = 0;
  while (rest.n > 0) {
    size_t took = 0;
    for (size_t i = 0; i < COUNT_OF(days) && took == 0; i++) {
      bool ja = str_starts(rest, str_of(days[i].ja)), en = str_starts(rest, str_of(days[i].en));
      if (ja || en) {
        took = ja ? strlen(days[i].ja) : strlen(days[i].en);
        found |= 1u << i;
      }
    }
    static const char *const separators[] = { " ", ",", "・", "/", "、", "曜日", "曜" };
    for (size_t i = 0; i < COUNT_OF(separators) && took == 0; i++)
      if (str_starts(rest, str_of(separators[i]))) took = strlen(separators[i]);
    if (took == 0) return false;
    rest = str_slice(rest, took, rest.n);
  }
  struct buf b = buf_in(a);
  for (size_t i = 0; i < COUNT_OF(days); i++)
    if (found & 1u << i) buf_format(&b, "%s%s", b.n > 0 ? " " : "", days[i].en);
  *out = buf_str(&b);
  return true;
}

/* ---- names, numbers, places */

static bool read_name(struct arena *a, str typed, str *out) {
  *out = str_trim(text_nfc(a, typed));
  return out->n > 0;
}

static bool read_kana(struct arena *a, str typed, str *out) {
  *out = str_trim(text_katakana(a, text_nfkc(a, typed)));
  return out->n > 0;
}

static bool read_text(struct arena *a, str typed, str *out) {
  *out = tidy(a, typed);
  return out->n > 0;
}

static bool read_postal_code(struct arena *a, str typed, str *out) {
  bool changed;
  *out = identifier_normalize(a, typed, &changed);
  for (size_t i = 0; i < out->n; i++)
    if (out->p[i] < '0' || out->p[i] > '9') return false;
  return out->n == 7;
}

static bool read_facility_code(struct arena *a, str typed, str *out) {
  bool changed;
  *out = identifier_normalize(a, typed, &changed);
  return facility_code_check(*out) == IDENTIFIER_OK;
}

/* ---- the tables. Their order is that of the values of an entry (compare.c, apply.c). */

static const struct roster_value member_values[] = {
  { "class", "会員区分", true, read_class, 20, "roster_class" },
  { "name", "氏名", true, read_name, 200, "roster_text" },
  { "name_kana", "氏名カナ", false, read_kana, 200, "roster_text" },
  { "postal_code", "郵便番号", false, read_postal_code, 20, "roster_postal_code" },
  { "address", "住所", false, read_text, 500, "roster_text" },
  { "telephone", "電話番号", false, read_text, 40, "roster_text" },
};
static const struct roster_value facility_values[] = {
  { "kind", "施設種別", true, read_kind, 40, "roster_kind" },
  { "code", "医療機関コード", false, read_facility_code, 40, "roster_code" },
  { "name", "施設名", true, read_name, 200, "roster_text" },
  { "name_kana", "施設名カナ", false, read_kana, 200, "roster_text" },
  { "closed_weekdays", "休診曜日", false, read_weekdays, 60, "roster_weekdays" },
  { "closed_on_holidays", "祝日休診", false, read_yes, 10, "roster_yes_no" },
  { "postal_code", "郵便番号", false, read_postal_code, 20, "roster_postal_code" },
  { "address", "住所", false, read_text, 500, "roster_text" },
  { "telephone", "電話番号", false, read_text, 40, "roster_text" },
};
static const struct roster_value relation_values[] = {
  { "relation", "会員との関係", false, read_relation, 20, "roster_relation" },
};
const struct roster_columns roster__columns[ROSTER_TABLES] = {
  [ROSTER_MEMBER_VERSION] = { "member_version", "member_number", "会員番号", member_values, COUNT_OF(member_values) },
  [ROSTER_FACILITY_VERSION] = { "facility_version", "key", "施設キー", facility_values, COUNT_OF(facility_values) },
  [ROSTER_RELATION] = { "facility_relation", "key", "施設キー", relation_values, COUNT_OF(relation_values) },
};
const struct roster_column roster__fixed[ROSTER_FIXED] = {
  [ROSTER_FROM] = { "from", "適用開始日", true },
  [ROSTER_UNTIL] = { "until", "適用終了日", false },
  [ROSTER_MEMBER_NUMBER] = { "member_number", "会員番号", false },
};

/* ---- for people */

size_t roster_file_columns(enum roster_kind kind, struct roster_column columns[ROSTER_COLUMNS_MOST]) {
  bool members = kind == ROSTER_MEMBERS;
  enum roster_table first = members ? ROSTER_MEMBER_VERSION : ROSTER_FACILITY_VERSION, last = members ? first : ROSTER_RELATION;
  size_t n = 0;
  columns[n++] = (struct roster_column){ roster__columns[first].key_en, roster__columns[first].key_ja, true };
  for (int i = 0; i < (members ? ROSTER_MEMBER_NUMBER : ROSTER_FIXED); i++) columns[n++] = roster__fixed[i];
  for (enum roster_table t = first; t <= last; t++)
    for (uint32_t i = 0; i < roster__columns[t].count; i++) {
      const struct roster_value *v = &roster__columns[t].values[i];
      assert(n < ROSTER_COLUMNS_MOST);
      columns[n++] = (struct roster_column){ v->en, v->ja, v->required && t == first };
    }
  return n;
}
