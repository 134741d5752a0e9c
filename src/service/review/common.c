/* common: answers, events and texts of this room. */
#include "review/review.h"

result review__bound_text(struct work *w, const char *pointer, str text) {
  if (utf8_count(text) <= TEXT_MOST_CHARACTERS) return RESULT_OK;
  return REFUSE(w, str_of(pointer), "text_too_long", str_format(w->arena, "%d", TEXT_MOST_CHARACTERS));
}

result review__answer_claim(struct work *w, int status, struct members *m, const struct claim_row *claim, str state,
                            int64_t version) {
  members_add_id(m, "claim", "claim", claim->id);
  members_add_str(m, "state", state);
  members_add_int(m, "version", version);
  return service__answer(w, status, m, version);
}

result review__moved(struct work *w, const struct claim_row *claim, const char *type, const struct members *data) {
  return service__event(w, &(struct event){ .type = type, .subject = claim->id, .claim = claim->id,
                                            .claim_version = claim->version + 1, .data = members_object(data) });
}
