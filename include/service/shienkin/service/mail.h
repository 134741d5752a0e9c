/* mail: telling people by mail that something waits for them. No message holds data: what happened, the claim's number, and
 * that one should sign in. Messages come from events, in their transaction (migrations/0013); a job sends them, each as often
 * as it takes, always under the same Message-ID.
 *
 * A claimant's mailbox may be a thief's: mail proves nothing, so nothing can be done by answering or by a link alone. A change
 * of address or payee is told to all addresses that stood before. */
#ifndef SHIENKIN_SERVICE_MAIL_H
#define SHIENKIN_SERVICE_MAIL_H

#include "jobs.h"
#include "shienkin/net.h"

/* One's own address: {address, since} or {address: null}. */
MUST_USE result contact_own(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                            struct findings *f, struct service_answer *out);
/* Another address, or none (n = 0); told to the earlier ones. 200 {address}. 422 mail_address. */
struct contact_request { str address; };
MUST_USE result contact_set(struct service *s, const struct caller *c, struct arena *a, const struct contact_request *r,
                            struct findings *f, struct service_answer *out);

struct mail_settings {
  const struct net_mail_server *server;
  str from_address, from_name;
  str site;                             /* "https://shienkin.example": where to sign in */
};
enum { MAIL_MOST_TRIES = 12 };          /* after 1 min, 2, 4, … at most 6 hours apart: about a day and a half */

/* Sends at most `limit` messages that are due. No database connection is held while the network is waited for. */
MUST_USE result job_send_mail(struct service *s, const struct mail_settings *m, int64_t limit, struct job_report *out);

#endif
