/* encoding: what a text that should be UTF-8 may be instead, by its bytes. For messages alone: nothing is converted. */
#ifndef CODEC_ENCODING_H
#define CODEC_ENCODING_H

#include "shienkin/base.h"

/* "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16", "UTF-32"; NULL: it may well be UTF-8, or nobody can tell. */
const char *encoding__guess(str bytes);

#endif
