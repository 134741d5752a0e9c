/* What is said beside fields of any form. */
#include "text.h"

static const struct page_text texts[] = {
  { "error", "エラー", "Error" },
  { "show_password", "パスワードを表示する", "Show the password" },
};
const struct page_area text_field = { "field", texts, COUNT_OF(texts) };
