/* clamd: the client of a scanner for malware on this machine (clamd(8), section COMMANDS: VERSION and INSTREAM, with the prefix
 * "z"). Bytes are streamed to it as they come, a verdict comes back. The protocol is plain text without a sign-in, so nothing
 * but a socket of this machine is talked to. Any number of threads may ask at once.
 *
 * Each call is one connection and blocks the calling thread for at most `wait_ms`, the time that its source takes included.
 * Nothing is logged. */
#ifndef SHIENKIN_NET_CLAMD_H
#define SHIENKIN_NET_CLAMD_H

#include "shienkin/base.h"

enum { CLAMD_WAIT_MS = 60000, CLAMD_NAME_MOST = 200 };

/* `place`: the absolute path of its socket, or a loopback address with a port, "127.0.0.1:3310" or "[::1]:3310". */
struct clamd { str place; struct clock clock; int64_t wait_ms; };       /* 0: CLAMD_WAIT_MS */

/* RESULT_REFUSED with net_clamd_place: no such place. Nothing is connected to. */
MUST_USE result clamd_place_check(str place, struct findings *f);

/* What it calls itself and its data, "ClamAV 1.4.3/27400/Sun Nov 22 08:30:00 2026", at most CLAMD_NAME_MOST printable characters;
 * when its data was made, to the day: 0 where it does not say, as with data that was not downloaded. */
struct clamd_engine { str name; int64_t data_unix_s; };
/* RESULT_OUTSIDE with a finding: net_unreachable, net_timeout, net_broken, net_too_large, net_clamd_answer (somebody else answers). */
MUST_USE result clamd_engine_ask(const struct clamd *c, struct arena *a, struct findings *f, struct clamd_engine *out);

enum clamd_verdict {
  CLAMD_CLEAN,                  /* it found nothing */
  CLAMD_FOUND,                  /* `words` names what it found */
  CLAMD_TOO_LARGE,              /* more bytes than it takes (its setting StreamMaxLength) */
  CLAMD_FAILED,                 /* it could not look; `words` says why */
};
struct clamd_said { enum clamd_verdict verdict; str words; };   /* at most CLAMD_NAME_MOST printable characters, never empty */

/* The next piece of what is to be scanned, valid until the next call; n = 0: that was all. It returns to its caller whatever
 * happens: it may not leave by an arena that was running before. Anything but RESULT_OK ends the exchange. */
typedef result clamd_source(void *context, str *piece);
/* Has it scan what the source gives. RESULT_OK with any verdict; without, *out stays as it was. RESULT_OUTSIDE with a finding, as
 * above; or, without one, what the source returned. An answer that comes before the source is at its end ends the sending. */
MUST_USE result clamd_scan(const struct clamd *c, struct arena *a, clamd_source *next, void *context, struct findings *f,
                           struct clamd_said *out);

#endif
