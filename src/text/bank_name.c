/* bank_name: how a payee's name gets into the bytes of a payment file.
 *
 * The order of the steps matters: legal forms are known by their kanji, so they go before anything is refused; width
 * comes last, because a kana and its mark part there. Each step that changes the name leaves a record. Nothing is
 * guessed: a kanji that is left over is the clinic's to spell. */
#include "unicode.h"

enum { MOST_NAME_BYTES = 1024 };

static const char *const step_names[BANK_STEP_COUNT] = {
  [BANK_STEP_NFKC] = "nfkc",
  [BANK_STEP_KATAKANA] = "katakana",
  [BANK_STEP_LEGAL_FORM] = "legal_form",
  [BANK_STEP_LARGE_KANA] = "large_kana",
  [BANK_STEP_HYPHEN] = "hyphen",
  [BANK_STEP_DOT] = "dot",
  [BANK_STEP_UPPER] = "upper",
  [BANK_STEP_HALF_WIDTH] = "half_width",
  [BANK_STEP_OLD_KANA] = "old_kana",
  [BANK_STEP_TRUNCATED] = "truncated",
};

const char *bank_step_name(enum bank_step step) {
  return (unsigned)step < BANK_STEP_COUNT ? step_names[step] : "unknown";
}

/* ---- legal forms */

/* As written after NFKC, and the banks' abbreviation. `bare`: stands without a parenthesis. A word that begins another
 * stands behind it, so that the longest one is found. */
struct legal_form {
  const char *word, *short_form;
  bool bare;
};

static const struct legal_form legal_forms[] = {
  { "社会保険診療報酬支払基金", "シヤホ", true },
  { "支払基金", "シヤホ", true },
  { "社会保険労務士法人", "ロウム", false },
  { "社労士法人", "ロウム", false },
  { "特定非営利活動法人", "トクヒ", false },
  { "NPO法人", "トクヒ", false },
  { "(特非)", "トクヒ", false },
  { "国民健康保険組合", "コクホ", true },
  { "国保組合", "コクホ", true },
  { "健康保険組合", "ケンポ", true },
  { "健保組合", "ケンポ", true },
  { "地方独立行政法人", "チドク", false },
  { "独立行政法人", "ドク", false },
  { "(独)", "ドク", false },
  { "医療法人社団", "イ", false },
  { "医療法人財団", "イ", false },
  { "社会医療法人", "イ", false },
  { "医療法人", "イ", false },
  { "(医)", "イ", false },
  { "一般社団法人", "シヤ", false },
  { "公益社団法人", "シヤ", false },
  { "社団法人", "シヤ", false },
  { "(一社)", "シヤ", false },
  { "(公社)", "シヤ", false },
  { "(社)", "シヤ", false },
  { "一般財団法人", "ザイ", false },
  { "公益財団法人", "ザイ", false },
  { "財団法人", "ザイ", false },
  { "(一財)", "ザイ", false },
  { "(公財)", "ザイ", false },
  { "(財)", "ザイ", false },
  { "社会福祉法人", "フク", false },
  { "(福)", "フク", false },
  { "(社福)", "フク", false },
  { "学校法人", "ガク", false },
  { "(学)", "ガク", false },
  { "宗教法人", "シユウ", false },
  { "(宗)", "シユウ", false },
  { "国立大学法人", "ダイ", false },
  { "公立大学法人", "ダイ", false },
  { "農事組合法人", "ノウ", false },
  { "司法書士法人", "シホウ", false },
  { "行政書士法人", "ギヨ", false },
  { "弁護士法人", "ベン", false },
  { "税理士法人", "ゼイ", false },
  { "株式会社", "カ", false },
  { "(株)", "カ", false },
  { "有限会社", "ユ", false },
  { "(有)", "ユ", false },
  { "合同会社", "ド", false },
  { "(同)", "ド", false },
  { "合資会社", "シ", false },
  { "(資)", "シ", false },
  { "合名会社", "メ", false },
  { "(名)", "メ", false },
  { "相互会社", "ソ", false },
  { "(相)", "ソ", false },
  { "生活協同組合", "セイキヨウ", true },
  { "生協", "セイキヨウ", true },
  { "連合会", "レン", true },
  { "営業所", "エイ", true },
  { "出張所", "シユツ", true },
};

static const struct legal_form *form_at(str s) {
  for (size_t i = 0; i < COUNT_OF(legal_forms); i++)
    if (str_starts(s, str_of(legal_forms[i].word))) return &legal_forms[i];
  return NULL;
}

static void drop_spaces_at_end(struct buf *b) {
  while (b->n && b->p[b->n - 1] == ' ') b->n--;
}

/* X) in front, (X) between, (X at the end. Spaces beside the form go: the parenthesis parts well enough. */
static void put_form(struct buf *b, const struct legal_form *form, bool last) {
  str x = str_of(form->short_form);
  if (!form->bare) drop_spaces_at_end(b);
  bool first = b->n == 0;
  if (!form->bare && !first) buf_byte(b, '(');
  buf_add(b, x);
  if (!form->bare && (first || !last)) buf_byte(b, ')');
}

static str shorten_forms(struct arena *a, str s) {
  struct buf b = buf_in(a);
  while (s.n) {
    const struct legal_form *form = form_at(s);
    if (form) {
      s = str_slice(s, strlen(form->word), s.n);
      if (!form->bare) s = str_trim(s);
      put_form(&b, form, s.n == 0);
    } else {
      size_t next = 0;
      utf8_next(s, &next);
      buf_add(&b, str_slice(s, 0, next));
      s = str_slice(s, next, s.n);
    }
  }
  return buf_str(&b);
}

/* ---- the other steps */

/* The free-standing marks ゛゜ would become a space and a combining mark in NFKC; as combining marks they join the kana
 * that they stand behind. */
static size_t marks_combining(uint32_t c, uint32_t out[2]) {
  out[0] = c == 0x309B ? 0x3099 : c == 0x309C ? 0x309A : c;
  return 1;
}

static str fold_width(struct arena *a, str s) { return str_trim(text_nfkc(a, text__map(a, s, marks_combining))); }

static size_t hyphen_rule(uint32_t c, uint32_t out[2]) {
  bool hyphen = c == 0x30FC || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xFF70;
  out[0] = hyphen ? '-' : c;
  return 1;
}

static size_t dot_rule(uint32_t c, uint32_t out[2]) {
  out[0] = c == 0x30FB ? '.' : c;
  return 1;
}

static size_t dot_as_space_rule(uint32_t c, uint32_t out[2]) {
  out[0] = c == 0x30FB || c == '.' ? ' ' : c;
  return 1;
}

static size_t upper_rule(uint32_t c, uint32_t out[2]) {
  out[0] = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
  return 1;
}

/* ヰ ヱ have no half width and are read イ エ. */
static size_t old_kana_rule(uint32_t c, uint32_t out[2]) {
  out[0] = c == 0x30F0 ? 0xFF72 : c == 0x30F1 ? 0xFF74 : c;
  return 1;
}

static size_t old_kana_and_wo_rule(uint32_t c, uint32_t out[2]) {
  if (c != 0xFF66) return old_kana_rule(c, out);
  out[0] = 0xFF75;
  return 1;
}

/* ---- the walk through the steps */

static str record(struct bank_name *n, enum bank_step step, str before, str after) {
  if (!str_eq(before, after)) n->changes[n->change_count++] = (struct bank_change){ step, after };
  return after;
}

static result refuse(struct bank_name *n, enum bank_fault fault, size_t at, str faulty) {
  n->fault = fault;
  n->fault_at = at;
  n->faulty = faulty;
  return RESULT_REFUSED;
}

static str walk(struct arena *a, str s, const struct bank_options *o, struct bank_name *n) {
  text__rule *dots = o->dot_as_space ? dot_as_space_rule : dot_rule;
  text__rule *old = o->wo_as_o && o->class != BANK_CLASS_EDI ? old_kana_and_wo_rule : old_kana_rule;
  s = record(n, BANK_STEP_NFKC, s, fold_width(a, s));
  s = record(n, BANK_STEP_KATAKANA, s, text_katakana(a, s));
  s = record(n, BANK_STEP_LEGAL_FORM, s, shorten_forms(a, s));
  s = record(n, BANK_STEP_LARGE_KANA, s, text_large_kana(a, s));
  s = record(n, BANK_STEP_HYPHEN, s, text__map(a, s, hyphen_rule));
  s = record(n, BANK_STEP_DOT, s, text__map(a, s, dots));
  s = record(n, BANK_STEP_UPPER, s, text__map(a, s, upper_rule));
  s = record(n, BANK_STEP_HALF_WIDTH, s, text_half_width(a, s));
  return record(n, BANK_STEP_OLD_KANA, s, text__map(a, s, old));
}

/* The offset in UTF-8 of the character that became byte `at`. */
static size_t utf8_offset(str s, size_t at) {
  size_t offset = 0;
  while (at--) utf8_next(s, &offset);
  return offset;
}

static bool is_mark(str jis, size_t at) { return at < jis.n && (uint8_t)jis.p[at] >= 0xDE; }

result bank_name_normalize(struct arena *a, str name, const struct bank_options *o, struct bank_name *out) {
  *out = (struct bank_name){ .fault = BANK_OK };
  if (name.n > MOST_NAME_BYTES) return refuse(out, BANK_TOO_LONG, name.n, name);
  str s = walk(a, name, o, out), jis;
  size_t at;
  if (s.n == 0) return refuse(out, BANK_EMPTY, 0, s);
  if (bank_from_utf8(a, s, &jis, &at) != RESULT_OK) return refuse(out, BANK_NOT_ALLOWED, at, s);
  enum bank_fault fault = bank_field_check(o->class, jis, &at);
  if (fault != BANK_OK) return refuse(out, fault, utf8_offset(s, at), s);
  if (jis.n > o->limit_bytes) {
    if (!o->truncate) return refuse(out, BANK_TOO_LONG, jis.n, s);
    jis.n = o->limit_bytes - is_mark(jis, o->limit_bytes);
    s = record(out, BANK_STEP_TRUNCATED, s, bank_to_utf8(a, jis));
  }
  out->jis = jis;
  out->utf8 = s;
  return RESULT_OK;
}
