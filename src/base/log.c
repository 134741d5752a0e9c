/* log: one JSON object a line, made in a buffer of fixed size and written at once, so that lines of several threads do
 * not mix and a full disk or a slow reader costs no memory.
 *
 *   {"at":"2026-11-22T09:00:00.000+09:00","level":"info","event":"started","port":8443}
 *
 * A value that does not fit is cut at a character and ends in "…"; the fields behind it are left out, and
 * "cut":true says so. Bytes that are not UTF-8 come out as U+FFFD, so that each line is valid JSON whatever came in. */
#include "shienkin/base/log.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define CUT_MARK "…"
#define CUT_END ",\"cut\":true}\n"
#define CUT_STRING_END CUT_MARK "\"" CUT_END /* with the quote of the string that was cut */

enum {
  LINE_BYTES = 8192,
  RESERVED_BYTES = sizeof CUT_STRING_END,
  JAPAN_SECONDS = 9 * 3600,
};

struct line {
  char p[LINE_BYTES];
  size_t n;
  bool cut;
};

static const char *const level_names[] = { "debug", "info", "warning", "error" };

/* All of s, or nothing and the mark that the line is full. */
static bool put(struct line *l, str s) {
  if (l->cut || l->n + s.n > LINE_BYTES - RESERVED_BYTES) {
    l->cut = true;
    return false;
  }
  memcpy(l->p + l->n, s.p, s.n);
  l->n += s.n;
  return true;
}

/* The next character of s at *at as JSON writes it; `out` holds at least 8 bytes. */
static str escaped(str s, size_t *at, char out[8]) {
  unsigned char c = (unsigned char)s.p[*at];
  if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
    ++*at;
    int n = c == '"' || c == '\\' ? snprintf(out, 8, "\\%c", c) : snprintf(out, 8, "\\u%04x", c);
    return (str){ out, (size_t)n };
  }
  size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  str one = { s.p + *at, length };
  if (*at + length > s.n || !utf8_valid(one, NULL)) {
    ++*at;
    return STR("\xEF\xBF\xBD");
  }
  *at += length;
  return one;
}

static void put_string(struct line *l, str s) {
  if (!put(l, STR("\""))) return;
  char room[8];
  for (size_t at = 0; at < s.n;)
    if (!put(l, escaped(s, &at, room))) return;
  put(l, STR("\""));
}

static void put_field(struct line *l, const struct log_field *f) {
  char number[24];
  size_t before = l->n;
  put(l, STR(",\""));
  put(l, str_of(f->key));
  put(l, STR("\":"));
  size_t value_at = l->n;
  if (f->kind == LOG_STR)
    put_string(l, f->s);
  else if (f->kind == LOG_BOOL)
    put(l, f->i ? STR("true") : STR("false"));
  else
    put(l, (str){ number, (size_t)snprintf(number, sizeof number, "%lld", (long long)f->i) });
  /* A key without the start of a string behind it is taken back: the line must stay one object. */
  bool string_begun = f->kind == LOG_STR && l->n > value_at;
  if (l->cut && !string_begun) l->n = before;
}

/* Local time of Japan, where the log is read: UTC+9 without summer time. */
static void put_at(struct line *l, int64_t now_us) {
  int64_t seconds = now_us / 1000000, rest_us = now_us % 1000000;
  if (rest_us < 0) {
    rest_us += 1000000;
    seconds--;
  }
  time_t local = (time_t)(seconds + JAPAN_SECONDS);
  struct tm t;
  char text[64];
  if (!gmtime_r(&local, &t)) t = (struct tm){ .tm_year = 70, .tm_mday = 1 };
  size_t n = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &t);
  n += (size_t)snprintf(text + n, sizeof text - n, ".%03d+09:00", (int)(rest_us / 1000));
  put(l, (str){ text, n });
}

/* Ends the object. A string that was cut is still open; anything else that did not fit was taken back whole. */
static void finish(struct line *l, bool string_open) {
  str end = !l->cut ? STR("}\n") : string_open ? STR(CUT_STRING_END) : STR(CUT_END);
  assert(l->n + end.n <= LINE_BYTES);
  memcpy(l->p + l->n, end.p, end.n);
  l->n += end.n;
}

void log_write(const struct log *l, enum log_level level, const char *event, const struct log_field *fields,
               size_t count) {
  if (level < l->least) return;
  struct line line = { .n = 0 };
  put(&line, STR("{\"at\":\""));
  put_at(&line, clock_now_us(&l->clock));
  put(&line, STR("\",\"level\":\""));
  put(&line, str_of(level_names[level]));
  put(&line, STR("\",\"event\":"));
  put_string(&line, str_of(event));
  bool string_open = line.cut;
  for (size_t i = 0; i < count && !line.cut; i++) {
    size_t before = line.n;
    put_field(&line, &fields[i]);
    string_open = line.cut && line.n > before;
  }
  finish(&line, string_open);
  ssize_t wrote;
  do {
    wrote = write(l->fd, line.p, line.n);
  } while (wrote < 0 && errno == EINTR);
}
