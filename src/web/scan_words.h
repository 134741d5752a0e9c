/* scan_words: how a file stands with the scanner for malware, in words beside the file. */
#ifndef WEB_SCAN_WORDS_H
#define WEB_SCAN_WORDS_H

#include "page.h"

enum scan_reader { SCAN_STAFF, SCAN_CLAIMANT };
/* Of a file of evidence_list() or claim_view(): "scan" and "scan_advice", each n = 0 where there is nothing to say, and "infected", which
 * nobody opens: it gets no picture and no way to its bytes. Where no scanner is configured claimants read nothing of it, since they can
 * do nothing about it; those who open originals are told. */
void scan_words__add(const struct page *p, struct page_object *o, const struct json *file, enum scan_reader reader);
bool scan_words__infected(const struct json *file);

#endif
