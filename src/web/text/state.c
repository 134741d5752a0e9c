/* The states of a claim as its claimant reads them. */
#include "text.h"

static const struct page_text texts[] = {
  { "draft", "下書き（未提出）", "Draft, not submitted" },
  { "submitted", "受け付けました。審査の順番を待っています", "Received, waiting for its turn" },
  { "in_review", "審査しています", "Being reviewed" },
  { "info_requested", "お答えを待っています", "Waiting for your answer" },
  { "dormant", "お答えがないため休止しています。お答えいただくと再開します", "At rest without an answer; it goes on when you answer" },
  { "proposed", "審査を終え、承認を待っています", "Reviewed, waiting for approval" },
  { "decided", "決定しました", "Decided" },
  { "reconsideration", "もう一度審査しています", "Being reconsidered" },
  { "withdrawn", "取り下げられました", "Withdrawn" },
  { "erased", "消去された下書き", "Erased draft" },
};
const struct page_area text_state = { "state", texts, COUNT_OF(texts) };
