/* answers: the specs of what use cases answer, by area. Members stand in the order in which they are written. */
#ifndef SHIENKIN_API_ANSWERS_H
#define SHIENKIN_API_ANSWERS_H

#include "api_inside.h"

/* people.c */
extern const struct spec answer__contact;
extern const struct spec answer__step, answer__totp, answer__own, answer__token, answer__recovery_codes,
    answer__step_up;
/* claims.c */
extern const struct spec answer__draft_begun, answer__draft_saved, answer__draft, answer__receipt, answer__claim,
    answer__claims, answer__amended, answer__payee_changed, answer__report_saved, answer__claim_state, answer__reply,
    answer__message, answer__reconsideration, answer__certificate;
/* assess.c */
extern const struct spec answer__assessment, answer__draft_assessment, answer__estimate;
/* evidence.c */
extern const struct spec answer__upload_begun, answer__upload, answer__file, answer__files;
/* reference.c */
extern const struct spec answer__facilities, answer__declaration, answer__calendar, answer__banks, answer__branches;
/* What is odd and not wrong, and what is still open: [{pointer, code, message_ja, message_en}]. */
extern const struct spec answer__remarks, answer__remark;

#endif
