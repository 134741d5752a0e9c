/* bank_directory: two sorted tables over one text of words. Looking up a code is a binary search; searching by words walks
 * the banks (or one bank's branches) and compares folded spellings, which is a matter of milliseconds. */
#include "shienkin/value/bank_directory.h"

#include <stdio.h>

#include "shienkin/text.h"

struct bank_row { uint16_t code, first, count; uint32_t kana_at, name_at; uint8_t kana_n, name_n; };
struct branch_row { uint16_t code; uint32_t kana_at, name_at; uint8_t kana_n, name_n; };

#include "bank_directory.inc"

static_assert(COUNT_OF(directory_branches) <= UINT16_MAX, "the first branch of a bank fits its row");

str bank_directory_version(void) { return STR(BANK_DIRECTORY_VERSION); }

str bank_directory_sha256(void) { return STR(BANK_DIRECTORY_SHA256); }

static str word_at(uint32_t at, uint8_t n) { return (str){ directory_words + at, n }; }

static struct bank bank_of(const struct bank_row *r) {
  struct bank b = { .kana = word_at(r->kana_at, r->kana_n), .name = word_at(r->name_at, r->name_n) };
  snprintf(b.code, sizeof b.code, "%04u", r->code % 10000u);
  return b;
}

static struct bank_branch branch_of(const struct branch_row *r) {
  struct bank_branch b = { .kana = word_at(r->kana_at, r->kana_n), .name = word_at(r->name_at, r->name_n) };
  snprintf(b.code, sizeof b.code, "%03u", r->code % 1000u);
  return b;
}

/* ---- by code */

/* -1 unless the text is exactly so many digits. */
static int number_of(str code, size_t digits) {
  int number = 0;
  if (code.n != digits) return -1;
  for (size_t i = 0; i < code.n; i++) {
    if (code.p[i] < '0' || code.p[i] > '9') return -1;
    number = number * 10 + (code.p[i] - '0');
  }
  return number;
}

static const struct bank_row *bank_row(str code) {
  int number = number_of(code, 4);
  for (size_t from = 0, to = COUNT_OF(directory_banks); from < to;) {
    size_t middle = (from + to) / 2;
    if (directory_banks[middle].code == number) return &directory_banks[middle];
    if (directory_banks[middle].code < number) from = middle + 1;
    else to = middle;
  }
  return NULL;
}

bool bank_find(str code, struct bank *out) {
  const struct bank_row *row = bank_row(code);
  if (row) *out = bank_of(row);
  return row != NULL;
}

bool bank_branch_find(str bank, str branch, struct bank_branch *out) {
  const struct bank_row *in = bank_row(bank);
  int number = number_of(branch, 3);
  for (size_t from = in ? in->first : 0, to = in ? (size_t)in->first + in->count : 0; from < to;) {
    size_t middle = (from + to) / 2;
    if (directory_branches[middle].code == number) {
      *out = branch_of(&directory_branches[middle]);
      return true;
    }
    if (directory_branches[middle].code < number) from = middle + 1;
    else to = middle;
  }
  return false;
}

/* ---- by words */

/* Hyphens, minus signs and long marks are written for one another; dots between words are left out as often as not. */
static const struct { const char *from, *to; } folds[] = {
  { "ー", "-" }, { "‐", "-" }, { "‑", "-" }, { "–", "-" }, { "—", "-" }, { "―", "-" }, { "−", "-" }, { "・", "" }, { ".", "" },
};

static str fold(struct arena *a, str s) {
  str key = text_search_key(a, s);
  struct buf out = buf_in(a);
  for (size_t i = 0; i < key.n;) {
    size_t k = 0, from = i;
    str rest = str_slice(key, i, key.n);
    while (k < COUNT_OF(folds) && !str_starts(rest, str_of(folds[k].from))) k++;
    if (k < COUNT_OF(folds)) {
      buf_add(&out, str_of(folds[k].to));
      i += strlen(folds[k].from);
    } else {
      (void)utf8_next(key, &i);
      buf_add(&out, str_slice(key, from, i));
    }
  }
  return buf_str(&out);
}

/* What people write behind a name and the directory shortens. */
static const struct { const char *from, *to; } endings[] = {
  { "銀行", "" },           { "ギンコウ", "" },       { "支店", "" },       { "シテン", "" },
  { "信用金庫", "信金" },   { "信用組合", "信組" },   { "労働金庫", "労金" }, { "農業協同組合", "農協" },
  { "シンヨウキンコ", "シンキン" }, { "シンヨウクミアイ", "シンクミ" }, { "ロウドウキンコ", "ロウキン" },
  { "ノウギヨウキヨウドウクミアイ", "ノウキヨウ" },
};

struct asked { str words, shorter; };   /* folded; `shorter` with the ending as the directory writes it, n = 0: the same */

static struct asked asked_of(struct arena *a, str words) {
  struct asked q = { fold(a, words), STR("") };
  for (size_t i = 0; i < COUNT_OF(endings); i++) {
    str ending = str_of(endings[i].from);
    if (!str_ends(q.words, ending) || q.words.n == ending.n) continue;
    q.shorter = str_format(a, "%.*s%s", (int)(q.words.n - ending.n), q.words.p, endings[i].to);
  }
  return q;
}

enum fit { FIT_NONE, FIT_BEGINS, FIT_WITHIN };

static enum fit fit_of_word(str key, str words) {
  if (words.n == 0) return FIT_NONE;
  ptrdiff_t at = str_find(key, words);
  return at < 0 ? FIT_NONE : at == 0 ? FIT_BEGINS : FIT_WITHIN;
}

static enum fit better(enum fit x, enum fit y) {
  if (x == FIT_BEGINS || y == FIT_BEGINS) return FIT_BEGINS;
  return x == FIT_WITHIN || y == FIT_WITHIN ? FIT_WITHIN : FIT_NONE;
}

static enum fit fit_of(struct arena *a, const struct asked *q, const char *code, str kana, str name) {
  if (str_starts(str_of(code), q->words)) return FIT_BEGINS;
  struct arena_mark mark = arena_mark(a);
  str spellings[] = { fold(a, kana), fold(a, name) };
  enum fit best = FIT_NONE;
  for (size_t i = 0; i < COUNT_OF(spellings); i++) {
    best = better(best, fit_of_word(spellings[i], q->words));
    best = better(best, fit_of_word(spellings[i], q->shorter));
  }
  arena_release(a, mark);
  return best;
}

/* Places of rows: those that begin with the words, then those that hold them. */
struct hits { size_t limit, begins, within; size_t at[2][BANK_SEARCH_MOST]; };

static void take(struct hits *h, enum fit fit, size_t row) {
  if (fit == FIT_BEGINS && h->begins < h->limit) h->at[0][h->begins++] = row;
  if (fit == FIT_WITHIN && h->within < h->limit) h->at[1][h->within++] = row;
}

static size_t hit_count(const struct hits *h) {
  return h->begins + h->within < h->limit ? h->begins + h->within : h->limit;
}

static size_t hit(const struct hits *h, size_t i) { return i < h->begins ? h->at[0][i] : h->at[1][i - h->begins]; }

static bool is_askable(str words, size_t limit) {
  assert(limit >= 1 && limit <= BANK_SEARCH_MOST);
  return str_trim(words).n > 0 && words.n <= BANK_SEARCH_WORDS_MOST;
}

const struct bank *bank_search(struct arena *a, str words, size_t limit, size_t *count) {
  struct hits hits = { .limit = limit };
  *count = 0;
  if (!is_askable(words, limit)) return NULL;
  struct asked q = asked_of(a, words);
  for (size_t i = 0; q.words.n > 0 && i < COUNT_OF(directory_banks) && hits.begins < limit; i++) {
    struct bank b = bank_of(&directory_banks[i]);
    take(&hits, fit_of(a, &q, b.code, b.kana, b.name), i);
  }
  *count = hit_count(&hits);
  struct bank *out = ARENA_ARRAY(a, struct bank, *count);
  for (size_t i = 0; i < *count; i++) out[i] = bank_of(&directory_banks[hit(&hits, i)]);
  return out;
}

const struct bank_branch *bank_branch_search(struct arena *a, str bank, str words, size_t limit, size_t *count) {
  const struct bank_row *in = bank_row(bank);
  struct hits hits = { .limit = limit };
  *count = 0;
  if (!is_askable(words, limit) || !in) return NULL;
  struct asked q = asked_of(a, words);
  for (size_t i = in->first; q.words.n > 0 && i < (size_t)in->first + in->count && hits.begins < limit; i++) {
    struct bank_branch b = branch_of(&directory_branches[i]);
    take(&hits, fit_of(a, &q, b.code, b.kana, b.name), i);
  }
  *count = hit_count(&hits);
  struct bank_branch *out = ARENA_ARRAY(a, struct bank_branch, *count);
  for (size_t i = 0; i < *count; i++) out[i] = branch_of(&directory_branches[hit(&hits, i)]);
  return out;
}
