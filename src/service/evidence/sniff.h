/* sniff: what a file is, by its bytes as they pass. Nothing is unpacked and nothing is run. */
#ifndef SHIENKIN_SERVICE_EVIDENCE_SNIFF_H
#define SHIENKIN_SERVICE_EVIDENCE_SNIFF_H

#include "shienkin/base.h"

enum { SNIFF_HEAD = 64, SNIFF_OVERLAP = 63, SNIFF_MARKS = 4 };
struct sniff {
  char head[SNIFF_HEAD];
  size_t head_count;
  char tail[SNIFF_OVERLAP];
  size_t tail_count;       /* of the piece before, so that a mark across pieces is seen */
  bool marks[SNIFF_MARKS]; /* entries of an office document, macros among them */
  bool binary;             /* a byte that no text holds */
};
void sniff_add(struct sniff *s, str piece);

enum sniff_verdict { SNIFF_OK, SNIFF_UNKNOWN, SNIFF_PROGRAM, SNIFF_MACRO, SNIFF_NAME };
/* `name`: the file's; its ending must be one of the type's, and tells txt, csv and eml apart. *type: "pdf" …; for
 * SNIFF_NAME what the bytes are. */
enum sniff_verdict sniff_type(const struct sniff *s, str name, const char **type);
/* Is this media type one of those that are taken? */
bool sniff_takes(str media_type);

#endif
