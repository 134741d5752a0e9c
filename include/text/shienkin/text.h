/* text: Unicode, kana, the Japanese calendar in writing, bank characters, and the encodings that files come in.
 * The only door to ICU. Everything is UTF-8 in and out unless a function says otherwise; input must be valid UTF-8
 * (utf8_valid), which is asserted. Results live in the arena; where nothing changes they may be the input itself.
 * Sources: UAX #15; for bank characters the Japanese Bankers Association's record formats of 2019-12, appendix 1; for eras
 * the Era Act and the orders under it. */
#ifndef SHIENKIN_TEXT_H
#define SHIENKIN_TEXT_H

#include "shienkin/base.h"

/* ---- Unicode */
str text_nfc(struct arena *a, str s);
str text_nfkc(struct arena *a, str s);
bool text_is_nfc(struct arena *a, str s);               /* a for scratch alone */
str text_upper(struct arena *a, str s);                 /* full case mapping, root locale: "ß" -> "SS" */
str text_lower(struct arena *a, str s);

/* ---- kana */
str text_katakana(struct arena *a, str s);              /* hiragana -> katakana, U+3041–3096 and the iteration marks */
str text_hiragana(struct arena *a, str s);              /* katakana that has a hiragana -> hiragana */
str text_half_width(struct arena *a, str s);            /* ガ -> ｶﾞ, Ａ -> A, 　 -> space; ヰヱヮヵヶ and ヷヸヹヺ have no such form */
str text_full_width(struct arena *a, str s);            /* ｶﾞ -> ガ, A -> Ａ */
str text_large_kana(struct arena *a, str s);            /* small kana -> large, both kanas: ャ -> ヤ, ゃ -> や */
/* What two spellings of a name have in common: NFKC, katakana, large kana, upper case, spaces removed. For looking
 * up, never for showing. */
str text_search_key(struct arena *a, str s);

/* ---- the Japanese calendar in writing (wareki). Years of an era start at 1; its days are bounded on both sides. */
enum wareki_era { WAREKI_NONE, WAREKI_MEIJI, WAREKI_TAISHO, WAREKI_SHOWA, WAREKI_HEISEI, WAREKI_REIWA };  /* as receipts number them */
struct wareki_date { enum wareki_era era; int year, month, day; };
struct text_civil { int year, month, day; };
/* The era in force on a civil date that exists. WAREKI_NONE before 1873-01-01, when Japan counted by another calendar. */
struct wareki_date wareki_of(struct text_civil date);
/* RESULT_REFUSED when there is no such day or the era was not in force (H31-05-01, R1-04-30). */
MUST_USE result wareki_civil(struct wareki_date w, struct text_civil *out);
/* "令和8年5月11日", "令和元年5月1日"; "" for WAREKI_NONE. */
str wareki_text(struct arena *a, struct wareki_date w);
/* One of: 令和8年5月11日 (元年, full-width digits and spaces allowed), R8.5.11 (also / and -), GYYMMDD of receipts
 * (5080511). RESULT_REFUSED for anything else and for days that are none. */
MUST_USE result wareki_parse(struct arena *a, str s, struct text_civil *out);

/* ---- bank characters (Zengin, appendix 1): bytes of JIS X 0201 */
enum bank_class { BANK_CLASS_BANK, BANK_CLASS_NAME, BANK_CLASS_EDI };
bool bank_byte_allowed(enum bank_class c, uint8_t byte);
enum bank_fault { BANK_OK, BANK_NOT_ALLOWED, BANK_LOOSE_MARK, BANK_TOO_LONG, BANK_EMPTY };
/* Is a field of a payment file well formed: every byte in the class, voicing marks behind the kana that take them.
 * *at: offset of the first fault. Spaces at the end are padding and fine. */
enum bank_fault bank_field_check(enum bank_class c, str jis, size_t *at);
str bank_to_utf8(struct arena *a, str jis);             /* half-width kana as U+FF61–FF9F, 5C as "\" */
/* UTF-8 of ASCII and half-width kana to bytes. RESULT_REFUSED with the offset of what has no byte. */
MUST_USE result bank_from_utf8(struct arena *a, str s, str *jis, size_t *at);
/* For matching a name that came back: hyphens and long marks, large and small kana, and spaces made equal. */
str bank_match_key(struct arena *a, str jis);

/* Normalising a payee's name. Every step that changed something is recorded with what it made. */
enum bank_step {
  BANK_STEP_NFKC, BANK_STEP_KATAKANA, BANK_STEP_LEGAL_FORM, BANK_STEP_LARGE_KANA, BANK_STEP_HYPHEN, BANK_STEP_DOT,
  BANK_STEP_UPPER, BANK_STEP_HALF_WIDTH, BANK_STEP_OLD_KANA, BANK_STEP_TRUNCATED, BANK_STEP_COUNT
};
struct bank_change { enum bank_step step; str after; };         /* the whole name after the step, UTF-8 */
struct bank_options {
  enum bank_class class;
  size_t limit_bytes;                   /* 30 for a payee, 40 for the payer */
  bool dot_as_space;                    /* ・ becomes a space, for banks that refuse "." */
  bool wo_as_o;                         /* ヲ becomes ｵ where the class has no ｦ; otherwise it is refused */
  bool truncate;                        /* over-long names are cut, never between a kana and its mark */
};
struct bank_name {
  str jis;                              /* the bytes for the file */
  str utf8;                             /* the same to show */
  struct bank_change changes[BANK_STEP_COUNT];
  size_t change_count;
  enum bank_fault fault;                /* not BANK_OK: the result was RESULT_REFUSED */
  size_t fault_at;                      /* byte offset, in `faulty`; for BANK_TOO_LONG the length in bytes */
  str faulty;                           /* UTF-8: the name at the step where it could not go on */
};
MUST_USE result bank_name_normalize(struct arena *a, str name, const struct bank_options *o, struct bank_name *out);
const char *bank_step_name(enum bank_step step);                /* "nfkc", "legal_form", … for records */

/* ---- encodings of files that people upload */
enum text_encoding { TEXT_UNKNOWN, TEXT_UTF8, TEXT_UTF8_BOM, TEXT_UTF16LE, TEXT_UTF16BE, TEXT_CP932, TEXT_EUC_JP };
/* By byte-order mark, else strict UTF-8, else the one of CP932 and EUC-JP that is well formed and reads as the more
 * usual Japanese. Pure ASCII is TEXT_UTF8. */
enum text_encoding text_guess(str bytes);
const char *text_encoding_name(enum text_encoding e);
/* To UTF-8 without byte-order mark. RESULT_REFUSED with *at, the offset of the first byte that is no character, or for
 * TEXT_UNKNOWN. */
MUST_USE result text_to_utf8(struct arena *a, enum text_encoding e, str bytes, str *out, size_t *at);

#endif
