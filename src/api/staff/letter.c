/* letter: what the mail room posts: one sheet for a window envelope, with the code that lets its reader in. In Japanese, with the
 * same in English below it. */
#include "letter.h"

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

/* ---- the sheet */

static str postal(struct arena *a, str digits) {
  if (digits.n != 7) return digits;
  return str_format(a, "%.*s-%.*s", 3, digits.p, 4, digits.p + 3);
}

result staff__letter_pdf(struct http_request *r, const struct json *letter, struct findings *f, str *pdf) {
  struct arena *a = r->arena;
  const struct gate *g = gate_of(r);
  str login = api__str(letter, "login"), code = api__str(letter, "code"), until = api__str(letter, "expires_on");
  const char *until_z = str_z(a, until);
  str window = str_format(a, "〒%.*s\n%.*s\n%.*s 御中", STR_ARG(postal(a, api__str(letter, "postal_code"))),
                          STR_ARG(api__str(letter, "address")), STR_ARG(api__str(letter, "name")));
  const struct document_part parts[] = {
    { .kind = DOCUMENT_ADDRESS, .text = window },
    { .kind = DOCUMENT_RIGHT, .text = g->site_name_ja.n > 0 ? g->site_name_ja : STR("事務局") },
    { .kind = DOCUMENT_TITLE, .text = STR(title_ja) },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR(how_ja) },
    { .kind = DOCUMENT_HEADING, .text = STR("ログイン名 / Login name") },
    { .kind = DOCUMENT_PARAGRAPH, .text = login },
    { .kind = DOCUMENT_HEADING, .text = STR("コード / Code") },
    { .kind = DOCUMENT_CODE, .text = code },
    { .kind = DOCUMENT_PARAGRAPH, .text = str_format(a, care_ja, until_z) },
    { .kind = DOCUMENT_GAP },
    { .kind = DOCUMENT_SMALL, .text = str_format(a, how_en, until_z) },
  };
  const struct document sheet = { .title = STR(title_ja),
                                  .language = STR("ja"),
                                  .made_at_unix_s = r->at_us / 1000000,
                                  .parts = parts,
                                  .part_count = COUNT_OF(parts) };
  return document_pdf(a, &sheet, f, pdf);
}
