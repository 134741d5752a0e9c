/* json_mark: numbers through jansson unharmed. jansson turns a number with a point or exponent into a double, refuses
 * large integers, forgets the sign of -0, and knows no NUL in a name. So such tokens are written anew as strings that
 * begin with the mark U+0001, before jansson reads the document:
 *
 *   a number           1.50        ->  "\u0001N1.50"
 *   a string that begins with the mark or holds a NUL
 *                      "\u0001a\u0000"  ->  "\u0001S\u00011a\u00010"      (mark + '1' is a mark, mark + '0' is a NUL)
 *
 * No other string of the new document begins with the mark, so the way back is unambiguous, and two names are equal
 * after marking exactly when they were before. */
#ifndef CODEC_JSON_MARK_H
#define CODEC_JSON_MARK_H

#include "shienkin/base.h"

/* Writes the marked document to `out`, at most until it holds `until` bytes. Returns the offset in `document` that the
 * end of `out` stands for, so that a fault found in the marked text can be told in the one that was sent.
 * Only numbers of valid grammar are marked, and none in the place of a name: the rest is left for jansson to refuse. */
size_t json__mark(str document, struct buf *out, size_t until);

enum json_mark { JSON_MARK_NONE, JSON_MARK_NUMBER, JSON_MARK_STRING };
/* What a string of the marked document is. */
enum json_mark json__mark_of(str text);
/* The number's text or the string's bytes into `out`, which has room for text.n. Returns their count. */
size_t json__unmark(str text, char *out);

/* RFC 8259 §6: the whole of `s` is one number. */
bool json__number_valid(str s);
/* … written without point and exponent, and not -0. */
bool json__number_whole(str s);

#endif
