/* withdraw: a claim ends without effect; also what a duplicate's resolution "same" does to the later claim. */
#ifndef SHIENKIN_SERVICE_INTAKE_WITHDRAW_H
#define SHIENKIN_SERVICE_INTAKE_WITHDRAW_H

#include "core/work.h"

/* The claim is locked. `merged_into` zero: by the claimant. `reason` may be empty. Writes withdrawal, cancellations of
 * payable lines (not in the realm of clinics: there a line at all is 409 withdrawn_unpaid), the move and its event. */
MUST_USE result intake__withdraw(struct work *w, const struct claim_row *claim, struct uuid merged_into, str reason);

#endif
