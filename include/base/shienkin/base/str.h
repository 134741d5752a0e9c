/* str: a borrowed slice of bytes, UTF-8 unless a function says otherwise; not terminated.
 * buf: bytes that grow in an arena. */
#ifndef SHIENKIN_BASE_STR_H
#define SHIENKIN_BASE_STR_H

#include <stdarg.h>
#include <string.h>

#include "arena.h"

typedef struct str { const char *p; size_t n; } str;

#define STR(literal) ((str){ (literal), sizeof(literal) - 1 })
#define STR_INIT(literal) { (literal), sizeof(literal) - 1 }     /* for static tables */
#define STR_ARG(s) (int)(s).n, (s).p            /* for "%.*s" */
#define STR_NONE ((str){ NULL, 0 })

static inline str str_of(const char *zero_terminated) {
  return (str){ zero_terminated, zero_terminated ? strlen(zero_terminated) : 0 };
}
static inline bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
int str_cmp(str a, str b);                      /* bytewise: for UTF-8 the order of code points */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_slice(str s, size_t from, size_t to);   /* from <= to <= n, asserted */
str str_trim(str s);                            /* ASCII white space */
ptrdiff_t str_find(str s, str needle);          /* offset or -1 */
/* The part before the separator; *rest is what follows (n = 0 and p = NULL when there is none). */
str str_cut(str s, char separator, str *rest);
bool str_to_int64(str s, int64_t *out);         /* decimal, optional '-', whole slice, no overflow */
uint64_t str_hash(str s);

str str_copy(struct arena *a, str s);           /* the copy is zero-terminated beyond n */
const char *str_z(struct arena *a, str s);      /* zero-terminated copy */
str str_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
str str_vformat(struct arena *a, const char *format, va_list arguments) PRINTF_LIKE(2, 0);
str str_join(struct arena *a, const str *parts, size_t count, str separator);

struct buf { struct arena *arena; char *p; size_t n, capacity; };
static inline struct buf buf_in(struct arena *a) { return (struct buf){ a, NULL, 0, 0 }; }
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, str s);
void buf_byte(struct buf *b, char c);
void buf_format(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
static inline str buf_str(const struct buf *b) { return (str){ b->p, b->n }; }

/* UTF-8. Strict: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool utf8_valid(str s, size_t *bad_at);         /* *bad_at: offset of the first bad byte; may be NULL */
size_t utf8_count(str s);                       /* code points of valid UTF-8 */
uint32_t utf8_next(str s, size_t *at);          /* code point at *at, moved past it; s valid, *at < n */
size_t utf8_put(char out[4], uint32_t code_point);

#endif
