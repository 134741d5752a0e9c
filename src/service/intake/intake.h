/* intake: what the use cases of this room share: who may speak for a facility, documents to rows. */
#ifndef SHIENKIN_SERVICE_INTAKE_INTAKE_H
#define SHIENKIN_SERVICE_INTAKE_INTAKE_H

#include "core/facts.h"
#include "intake/payee.h"
#include "shienkin/service/intake.h"

enum { INTAKE_ROLES = SERVICE_CLINIC | SERVICE_PROXY | SERVICE_ADJUSTER | SERVICE_APPROVER };

/* Clinics and proxies speak for the facilities of their mandates: 403 facility_not_yours. Row security hides claims of
 * others from clinics; for proxies, whose realm sees all, this is the check. */
MUST_USE result intake__speaks_for(struct work *w, struct uuid facility);
/* The claim, the caller speaking for it: both looked at in one journey. */
MUST_USE result intake__claim_read(struct work *w, struct uuid id, struct claim_row *claim);
/* 422 channel unless it fits the role. */
MUST_USE result intake__channel(struct work *w, str channel);
/* What facts_version.source says of a channel. */
str intake__source(str channel);
/* The claim locked, the caller speaking for it. */
MUST_USE result intake__lock(struct work *w, struct uuid id, struct claim_row *claim, struct incident_row *incident);
/* The text that stands now, asked for early so that it travels with other reads (tx_ask_one); and what was accepted held
 * against it: 422 declaration_required, declaration_outdated. */
struct declaration_asked { struct declaration_text_row text; result found; };
void intake__ask_declared(struct work *w, struct declaration_asked *out);
MUST_USE result intake__declared(struct work *w, const struct declaration *d, const struct declaration_asked *asked,
                                 struct declaration_text_row *out);
/* 422 at `pointer` for an empty or long text. */
MUST_USE result intake__text(struct work *w, str pointer, str text);

/* ---- documents of a claim, as rows */

/* A version of the facts: writes and notes the row. */
MUST_USE result intake__write_facts(struct work *w, struct uuid claim, int64_t version, str source,
                                    const struct declaration_text_row *declared, const struct json *document,
                                    day occurred_on, struct facts_version_row *out);
/* A version of the payee, and its hold where the roster does not match. */
MUST_USE result intake__write_payee(struct work *w, struct uuid claim, int64_t version, const struct payee *p,
                                    str match);
MUST_USE result intake__check_report(struct work *w, const struct json *report, str prefix);
MUST_USE result intake__write_report(struct work *w, struct uuid claim, int64_t version, const struct json *report);
void intake__hold(struct work *w, struct uuid claim, const char *kind);

#endif
