/* Is every line of the log one JSON object of bounded length, whatever is thrown at it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "shienkin/base.h"

/* 2026-11-22T00:00:00.123456Z */
static int64_t moment = INT64_C(1795305600123456);

/* ---- a small judge of JSON, written from RFC 8259 for objects of strings, integers and booleans */

static bool json_string(const char **p) {
  if (*(*p)++ != '"') return false;
  for (; **p != '"'; ++*p) {
    unsigned char c = (unsigned char)**p;
    if (c < 0x20) return false;
    if (c != '\\') continue;
    ++*p;
    if (**p == 'u') {
      for (int i = 0; i < 4; i++)
        if (!strchr("0123456789abcdefABCDEF", *++*p) || !**p) return false;
    } else if (!**p || !strchr("\"\\/bfnrt", **p)) {
      return false;
    }
  }
  ++*p;
  return true;
}

static bool json_value(const char **p) {
  if (**p == '"') return json_string(p);
  static const char *const words[] = { "true", "false" };
  for (size_t i = 0; i < 2; i++) {
    if (strncmp(*p, words[i], strlen(words[i])) == 0) {
      *p += strlen(words[i]);
      return true;
    }
  }
  if (**p == '-') ++*p;
  size_t digits = strspn(*p, "0123456789");
  *p += digits;
  return digits > 0;
}

static bool json_object_line(const char *p) {
  if (*p++ != '{') return false;
  for (;;) {
    if (!json_string(&p) || *p++ != ':' || !json_value(&p)) return false;
    if (*p == ',')
      p++;
    else
      break;
  }
  return strcmp(p, "}\n") == 0;
}

/* ---- capturing what is written */

static struct {
  int pipe[2];
  char text[16384];
  size_t n;
} caught;

static struct log log_begin(enum log_level least) {
  assert_int_equal(pipe(caught.pipe), 0);
  return (struct log){ caught.pipe[1], least, clock_fixed(&moment) };
}

static const char *log_end(void) {
  close(caught.pipe[1]);
  ssize_t got = read(caught.pipe[0], caught.text, sizeof caught.text - 1);
  close(caught.pipe[0]);
  caught.n = got > 0 ? (size_t)got : 0;
  caught.text[caught.n] = '\0';
  return caught.text;
}

static void a_line_shows_time_level_event_and_fields(void **state) {
  (void)state;
  struct log l = log_begin(LOG_DEBUG);
  LOG(&l, LOG_INFO, "started", LOG_S("folder", STR("/srv/状態")), LOG_I("port", -8443), LOG_B("demo", true));
  assert_string_equal(log_end(), "{\"at\":\"2026-11-22T09:00:00.123+09:00\",\"level\":\"info\",\"event\":\"started\","
                                 "\"folder\":\"/srv/状態\",\"port\":-8443,\"demo\":true}\n");
}

static void a_line_without_fields_is_complete(void **state) {
  (void)state;
  struct log l = log_begin(LOG_DEBUG);
  log_write(&l, LOG_ERROR, "x", NULL, 0);
  assert_true(json_object_line(log_end()));
}

static void below_the_least_level_nothing_is_written(void **state) {
  (void)state;
  struct log l = log_begin(LOG_WARNING);
  LOG(&l, LOG_INFO, "quiet", LOG_I("n", 1));
  assert_string_equal(log_end(), "");
}

static void controls_quotes_and_bad_bytes_are_escaped(void **state) {
  (void)state;
  struct log l = log_begin(LOG_DEBUG);
  LOG(&l, LOG_INFO, "e", LOG_S("v", STR("\"\\\n\t\x01\x7F\x00z\xFF\xE3\x81")));
  const char *line = log_end();
  assert_true(json_object_line(line));
  assert_true(utf8_valid(str_of(line), NULL));
  assert_non_null(
      strstr(line, "\"v\":\"\\\"\\\\\\u000a\\u0009\\u0001\\u007f\\u0000z\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

/* Each length around the bound is tried, so that no cut falls into an escape, a character or the end of the object. */
static void long_values_are_cut_and_the_line_stays_valid(void **state) {
  (void)state;
  static char value[9000];
  for (size_t n = 7900; n < 8300; n++) {
    for (size_t i = 0; i < n; i++) value[i] = "あ"[i % 3];
    str s = { value, n / 3 * 3 };
    if (n % 7 == 0) memset(value, '\n', n);
    struct log l = log_begin(LOG_DEBUG);
    LOG(&l, LOG_INFO, "long", LOG_I("before", 1), LOG_S("value", s), LOG_I("after", 2));
    const char *line = log_end();
    assert_true(caught.n <= 8192);
    assert_true(utf8_valid((str){ line, caught.n }, NULL));
    assert_true(json_object_line(line));
    bool cut = strstr(line, "\"cut\":true") != NULL, whole = strstr(line, "\"after\":2") != NULL;
    assert_int_equal(cut, !whole);
    if (n > 8250) assert_true(cut);
  }
}

static void many_fields_are_left_out_whole(void **state) {
  (void)state;
  struct log_field fields[600];
  for (size_t i = 0; i < COUNT_OF(fields); i++)
    fields[i] = i % 2 ? (struct log_field)LOG_I("number_of_things", 1234567) : (struct log_field)LOG_S("k", STR("v"));
  for (size_t count = 400; count < COUNT_OF(fields); count++) {
    struct log l = log_begin(LOG_DEBUG);
    log_write(&l, LOG_INFO, "many", fields, count);
    assert_true(json_object_line(log_end()));
  }
  assert_non_null(strstr(caught.text, "\"cut\":true"));
}

static void a_log_that_cannot_be_written_stops_nothing(void **state) {
  (void)state;
  struct log l = { -1, LOG_DEBUG, clock_fixed(&moment) };
  LOG(&l, LOG_ERROR, "lost", LOG_I("n", 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_line_shows_time_level_event_and_fields),
    cmocka_unit_test(a_line_without_fields_is_complete),
    cmocka_unit_test(below_the_least_level_nothing_is_written),
    cmocka_unit_test(controls_quotes_and_bad_bytes_are_escaped),
    cmocka_unit_test(long_values_are_cut_and_the_line_stays_valid),
    cmocka_unit_test(many_fields_are_left_out_whole),
    cmocka_unit_test(a_log_that_cannot_be_written_stops_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
