/* calendar: between the two halves of the room: calendar.c answers, calendar_read.c takes a text in. */
#ifndef SHIENKIN_VALUE_CALENDAR_PRIVATE_H
#define SHIENKIN_VALUE_CALENDAR_PRIVATE_H

#include "shienkin/value.h"

/* What was read; everything lives in the arena of the reader. */
struct calendar_draft {
  enum calendar_kind kind;
  str version, sha256;
  day first, last;
  day *days;
  str *texts;
  size_t count, capacity;
};

const struct calendar *calendar__new(struct arena *a, const struct calendar_draft *d);

#endif
