/* letter: what the mail room posts: a sheet for a window envelope, with the code that lets its reader in. In Japanese, with the
 * same in English below it. */
#include "shienkin/gate.h"

#include "shienkin/document.h"

/* ---- the words */

static const char title_ja[] = "ご利用開始のためのコードのお知らせ";
static const char how_ja[] =
    "このコードで、支援制度のサイトを使い始める（または、もう一度使えるようにする）ことができます。サイトの"
    "「届いたコードで始める」を開き、次のログイン名とコードを入れて、新しいパスワードを決めてください。";
static const char care_ja[] =
    "このコードは %s まで、一度だけ使えます。お申し込みに心当たりがないときは、コードを使わずに事務局へお知らせください。"
    "事務局が、お電話やメールでこのコードをお尋ねすることはありません。";
static const char how_en[] =
    "With this code you can begin to use the site of the support scheme, or come in again. Please open “Begin with the code that "
    "arrived” there, enter the login name and the code above, and choose a new password. The code works once, until %s. If you did "
    "not ask for it, please do not use it and tell the office. The office never asks for this code by telephone or by mail.";

/* ---- the sheets */

static str postal(struct arena *a, str digits) {
  if (digits.n != 7) return digits;
  return str_format(a, "%.*s-%.*s", 3, digits.p, 4, digits.p + 3);
}

static str member(const struct json *letter, const char *name) {
  const struct json *found = json_get(letter, str_of(name));
  return found && found->kind == JSON_KIND_STRING ? json_text(found) : STR("");
}

/* The address comes first: it begins the letter's own page. */
static void write_letter(struct http_request *r, const struct json *letter, struct document_part *parts) {
  struct arena *a = r->arena;
  const struct gate *g = gate_of(r);
  const char *until = str_z(a, member(letter, "expires_on"));
  str window = str_format(a, "〒%.*s\n%.*s\n%.*s 御中", STR_ARG(postal(a, member(letter, "postal_code"))),
                          STR_ARG(member(letter, "address")), STR_ARG(member(letter, "name")));
  const struct document_part sheet[GATE_LETTER_PARTS] = {
    { .kind = DOCUMENT_ADDRESS, .text = window },
    { .kind = DOCUMENT_RIGHT, .text = g->site_name_ja.n > 0 ? g->site_name_ja : STR("事務局") },
    { .kind = DOCUMENT_TITLE, .text = STR(title_ja) },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR(how_ja) },
    { .kind = DOCUMENT_HEADING, .text = STR("ログイン名 / Login name") },
    { .kind = DOCUMENT_PARAGRAPH, .text = member(letter, "login") },
    { .kind = DOCUMENT_HEADING, .text = STR("コード / Code") },
    { .kind = DOCUMENT_CODE, .text = member(letter, "code") },
    { .kind = DOCUMENT_PARAGRAPH, .text = str_format(a, care_ja, until) },
    { .kind = DOCUMENT_GAP },
    { .kind = DOCUMENT_SMALL, .text = str_format(a, how_en, until) },
  };
  memcpy(parts, sheet, sizeof sheet);
}

result gate_letters_pdf(struct http_request *r, const struct json *letters, size_t count, struct findings *f, str *pdf) {
  struct document_part *parts = ARENA_ARRAY(r->arena, struct document_part, count * GATE_LETTER_PARTS);
  for (size_t i = 0; i < count; i++) write_letter(r, &letters[i], parts + i * GATE_LETTER_PARTS);
  const struct document sheets = { .title = STR(title_ja),
                                   .language = STR("ja"),
                                   .made_at_unix_s = r->at_us / 1000000,
                                   .parts = parts,
                                   .part_count = count * GATE_LETTER_PARTS };
  return document_pdf(r->arena, &sheets, f, pdf);
}
