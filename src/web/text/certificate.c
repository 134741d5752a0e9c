/* Where a claim stands, for whoever wants to prove it later. */
#include "text.h"

static const struct page_text texts[] = {
  { "title", "申請の記録の証明", "Record of this claim" },
  { "intro", "いまの状態と、これまでの一つ一つの記録番号です。あとから記録を確かめるときに、この番号を使います。控えておいてください。",
    "How the claim stands, and the number on record of each step. Keep the numbers: they are what a later check of the record asks for." },
  { "at", "この証明の日時", "As of" },
  { "facts", "申請内容のハッシュ（SHA-256）", "Hash of the facts (SHA-256)" },
  { "decision", "決定のハッシュ（SHA-256）", "Hash of the decision (SHA-256)" },
  { "event", "記録番号", "Number on record" },
  { "events", "記録", "On record" },
};
const struct page_area text_certificate = { "certificate", texts, COUNT_OF(texts) };
