/* findings: everything wrong with an input, in one answer. Each names the place (an RFC 6901 pointer, or line and
 * column), a code, and says in Japanese and English what is wrong and what to do next.
 *
 * The texts stand in catalogues: const tables of `struct message` in src/<module>/messages.c, one per module. */
#ifndef SHIENKIN_BASE_FINDINGS_H
#define SHIENKIN_BASE_FINDINGS_H

#include "str.h"

/* {0} … {9} in a text stand for the arguments given with the finding. */
struct message { const char *code, *ja, *en; };

struct finding {
  str pointer;                  /* "" for the whole document */
  const char *code;
  str ja, en;                   /* finished texts */
  uint32_t line, column;        /* 1-based; 0 where a place in a text says nothing; of a table, the column is the field */
};

struct findings {
  struct arena *arena;
  struct finding *items;
  size_t count, capacity;
  size_t limit;                 /* further findings are counted in `dropped`, not kept; 0: 1000 */
  size_t dropped;
};

struct findings findings_in(struct arena *a);
/* Adds one; the arguments are `argument_count` strs. Copies what it keeps. */
void findings_add(struct findings *f, str pointer, const struct message *m, size_t argument_count, const str *arguments);
void findings_add_at(struct findings *f, str pointer, uint32_t line, uint32_t column, const struct message *m,
                     size_t argument_count, const str *arguments);
#define FINDING(f, pointer, m, ...)                                                                   \
  findings_add((f), (pointer), (m), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1,      \
               (str[]){ STR(""), ##__VA_ARGS__ } + 1)
#define FINDING_AT(f, pointer, line, column, m, ...)                                                  \
  findings_add_at((f), (pointer), (line), (column), (m),                                              \
                  sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1, (str[]){ STR(""), ##__VA_ARGS__ } + 1)
/* By pointer (code points), then code; equal pairs keep their order. */
void findings_sort(struct findings *f);
/* By line, then column, as one reads a file; then as above. */
void findings_sort_by_place(struct findings *f);
bool findings_has(const struct findings *f, str pointer, const char *code);
/* RFC 6901: parent + "/" + escaped token. */
str pointer_member(struct arena *a, str parent, str name);
str pointer_index(struct arena *a, str parent, size_t index);

#endif
