/* documents: what the tests of document print. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "shienkin/document.h"

static inline str lines_of(struct arena *a, const char *line, int count) {
  struct buf b = buf_in(a);
  for (int i = 1; i <= count; i++) buf_format(&b, "%s %d%s", line, i, i < count ? "\n" : "");
  return buf_str(&b);
}

/* A letter as the mail room would fold it: every kind of part once, a table that runs over pages. */
static inline struct document letter(struct arena *a, int rows) {
  static const str head[] = { STR_INIT("日"), STR_INIT("摘要"), STR_INIT("金額") };
  struct document_row *table = ARENA_ARRAY(a, struct document_row, (size_t)rows + 1);
  table[0] = (struct document_row){ head, 3 };
  for (int i = 1; i <= rows; i++) {
    str *cells = ARENA_ARRAY(a, str, 3);
    cells[0] = str_format(a, "令和8年5月%d日", i % 30 + 1);
    cells[1] = str_format(a, "第%d行の摘要", i);
    cells[2] = str_format(a, "%d,%03d円", i, i % 1000);
    table[i] = (struct document_row){ cells, 3 };
  }
  struct document_part parts[] = {
    { .kind = DOCUMENT_ADDRESS, .text = STR("〒100-0000\n東京都千代田区例町一丁目2番3号\n医療法人社団 髙﨑会 例診療所\n院長 様") },
    { .kind = DOCUMENT_RIGHT, .text = STR("令和8年11月22日\n番号 C-2026-000123") },
    { .kind = DOCUMENT_TITLE, .text = STR("はじめてのサインイン") },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR("この手紙には、申請の窓口に入るための暗号が書かれています。届いた日から十四日のうちにお使いください。"
                                              "心当たりのない場合は、使わずにそのままお知らせください。") },
    { .kind = DOCUMENT_CODE, .text = STR("ABCD2345EFGH6789") },
    { .kind = DOCUMENT_HEADING, .text = STR("手順") },
    { .kind = DOCUMENT_SMALL, .text = STR("One code, one use.") },
    { .kind = DOCUMENT_QR, .text = STR("https://shienkin.example/first-access"), .caption = STR("この頁を開いてください。") },
    { .kind = DOCUMENT_GAP },
    { .kind = DOCUMENT_TABLE, .rows = table, .row_count = (size_t)rows + 1, .right_from = 2 },
    { .kind = DOCUMENT_PAGE_BREAK },
    { .kind = DOCUMENT_PARAGRAPH, .text = STR("最後の頁です。") },
  };
  struct document_part *kept = ARENA_ARRAY(a, struct document_part, COUNT_OF(parts));
  memcpy(kept, parts, sizeof parts);
  return (struct document){ .title = STR("はじめてのサインイン"), .language = STR("ja"), .footer = STR("支援金事務局"),
                            .made_at_unix_s = 1795305600, .parts = kept, .part_count = COUNT_OF(parts) };
}

#endif
