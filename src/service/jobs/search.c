/* search: facts that no search for duplicates has seen. */
#include "jobs/jobs.h"
#include "shienkin/service/review.h"

static result find_unsearched(struct tx *tx, struct job_list *list) {
  struct duplicate_unsearched_row *rows;
  TRY(store_duplicate_unsearched(tx, list->limit, &rows, &list->count));
  list->claims = ARENA_ARRAY(tx_arena(tx), struct uuid, list->count);
  for (size_t i = 0; i < list->count; i++) list->claims[i] = rows[i].claim_id;
  return RESULT_OK;
}

static result search_one(struct service *s, const struct caller *c, struct arena *a, struct uuid claim, int64_t argument,
                         struct findings *f, struct service_answer *out) {
  (void)argument;
  return duplicates_search(s, c, a, &(struct duplicates_search_request){ claim }, f, out);
}

result job_search_duplicates(struct service *s, int64_t limit, struct job_report *out) {
  return jobs__each(s, "search_duplicates", limit, 0, find_unsearched, search_one, out);
}
