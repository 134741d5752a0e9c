/* texts: the messages. Japanese first, English below, in one message: who reads it is not known. */
#ifndef SHIENKIN_SERVICE_MAIL_TEXTS_H
#define SHIENKIN_SERVICE_MAIL_TEXTS_H

#include "shienkin/base.h"

struct mail_text { const char *kind, *subject, *ja, *en; };
const struct mail_text *mail__text(str kind);           /* NULL: a kind that this program does not know */
/* 「【医師会サイバー支援金】受付のお知らせ C-2026-000123」 */
str mail__subject(struct arena *a, const struct mail_text *t, str number);
str mail__body(struct arena *a, const struct mail_text *t, str number, str site);

#endif
