/* bank_directory: banks and branches of the Zengin system by code, kana and name, compiled in (data/banks). It helps people
 * to find their branch and lets a typed code be doubted aloud. It is never newer than the build, so it refuses nothing:
 * "not in the directory" means "look again", not "wrong". Immutable; every text lives as long as the program. */
#ifndef SHIENKIN_VALUE_BANK_DIRECTORY_H
#define SHIENKIN_VALUE_BANK_DIRECTORY_H

#include "shienkin/base.h"

struct bank { char code[5]; str kana, name; };                  /* "0001", "ミズホ", "みずほ" */
struct bank_branch { char code[4]; str kana, name; };           /* "001", "トウキヨウ", "東京営業部" */

str bank_directory_version(void);                               /* of the pinned package */
str bank_directory_sha256(void);                                /* of the text in data/banks, 64 lower-case hex digits */

/* The code is exactly four (three) ASCII digits. false: the directory has no such one; *out is untouched. */
MUST_USE bool bank_find(str code, struct bank *out);
MUST_USE bool bank_branch_find(str bank, str branch, struct bank_branch *out);

/* By what people type (valid UTF-8): digits at the beginning of a code, or a part of kana or name, in either kana, any width, with or
 * without 銀行, 支店, 信用金庫 and the like behind it. Those that begin with the words come first, each in the order of codes.
 * At most `limit` (1–BANK_SEARCH_MOST, asserted); nothing for empty words. Results live in the arena. */
enum { BANK_SEARCH_MOST = 100, BANK_SEARCH_WORDS_MOST = 100 };  /* longer words, in bytes, find nothing */
const struct bank *bank_search(struct arena *a, str words, size_t limit, size_t *count);
const struct bank_branch *bank_branch_search(struct arena *a, str bank, str words, size_t limit, size_t *count);

#endif
