/* The steps of a claim as its claimant reads them, by the names of the events. */
#include "text.h"

static const struct page_text texts[] = {
  { "claim.begun", "申請を書き始めました", "The claim was begun" },
  { "claim.submitted", "申請を受け付けました", "The claim was received" },
  { "claim.amended", "申請の内容が変わりました", "The claim was changed" },
  { "claim.withdrawn", "取り下げられました", "The claim was withdrawn" },
  { "claim.assigned", "担当者が決まりました", "Somebody took it up" },
  { "claim.rested", "お答えがないため、審査を休みました", "Without an answer, it came to rest" },
  { "claim.woken", "審査を再開しました", "It goes on" },
  { "claim.stirred", "お答えをいただき、審査を再開しました", "An answer came, and it goes on" },
  { "claim.reopened", "決定のあと、もう一度審査することになりました", "After the decision it went back to review" },
  { "information.requested", "おたずねしました", "We asked you something" },
  { "information.taken_back", "おたずねを取りやめました", "We took a question back" },
  { "information.replied", "お答えをいただきました", "You answered" },
  { "proposal.made", "決定の案ができました", "A decision was proposed" },
  { "proposal.approved", "決定しました", "It was decided" },
  { "proposal.returned", "案をもう一度確かめることになりました", "The proposal went back to be checked" },
  { "proposal.withdrawn", "案を作り直すことになりました", "The proposal is made anew" },
  { "reconsideration.asked", "もう一度の審査が求められました", "Reconsideration was asked for" },
  { "reconsideration.withdrawn", "もう一度の審査が取り下げられました", "Reconsideration was taken back" },
};
const struct page_area text_step = { "step", texts, COUNT_OF(texts) };
