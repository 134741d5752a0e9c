/* service: use cases over the store, the only code that opens transactions. A use case takes who asks and what they ask,
 * runs in one transaction under store_run()'s contract, leaves its events there, and answers with a finished JSON
 * document. It knows nothing of HTTP, sends no mail, and rests no invariant on reading before writing: rules that data can
 * hold are constraints (migrations/), and their names are codes of problems here.
 *
 *   service/core.h       service, caller, answer, problems: read this first
 *   service/event.h      the one table of event types
 *   service/roster.h     CSV imports of members and facilities, lookups by the incident's day
 *   service/intake.h     drafts, submission, payee, report, amendment, withdrawal, words, views of a claimant
 *   service/evidence.h   files, up and down
 *   service/review.h     fact checks, requests, assignment, holds, duplicates, the whole file for the staff
 *   service/decide.h     what the rules say; proposal, approval, reconsideration; lines and recoveries
 *   service/mail.h      telling people by mail that something waits for them
 *   service/people.h    who may come in: accounts, second factors, sessions, posted codes, mandates, grants
 *   service/queue.h      lists, stories, numbers and the trail, for the staff and auditors
 *   service/rules.h      rule sets and calendars, published by two owners
 *   service/jobs.h       what the program does by itself */
#ifndef SHIENKIN_SERVICE_H
#define SHIENKIN_SERVICE_H

#include "service/core.h"
#include "service/decide.h"
#include "service/event.h"
#include "service/evidence.h"
#include "service/intake.h"
#include "service/jobs.h"
#include "service/mail.h"
#include "service/people.h"
#include "service/queue.h"
#include "service/review.h"
#include "service/roster.h"
#include "service/rules.h"

#endif
