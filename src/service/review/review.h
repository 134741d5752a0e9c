/* review: what the use cases of this room share. */
#ifndef SHIENKIN_SERVICE_REVIEW_INSIDE_H
#define SHIENKIN_SERVICE_REVIEW_INSIDE_H

#include "assess/assess.h"
#include "decide/decide.h"
#include "shienkin/service/intake.h"
#include "shienkin/service/review.h"

/* Optional text: only its length is looked at. */
MUST_USE result review__bound_text(struct work *w, const char *pointer, str text);
/* The claim's usual answer; members may be added before. */
MUST_USE result review__answer_claim(struct work *w, int status, struct members *m, const struct claim_row *claim, str state,
                                     int64_t version);
/* An event that moves the claim to its next version. */
MUST_USE result review__moved(struct work *w, const struct claim_row *claim, const char *type, const struct members *data);

#endif
