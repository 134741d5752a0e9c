/* clamd_read: see the header. */
#include "clamd_read.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <time.h>

/* ---- where it stands */

static bool path_address(str place, struct clamd_address *out) {
  struct sockaddr_un un = { .sun_family = AF_UNIX };
  if (place.n >= sizeof un.sun_path || memchr(place.p, 0, place.n)) return false;
  memcpy(un.sun_path, place.p, place.n);
  memcpy(&out->socket, &un, sizeof un);
  out->length = sizeof un;
  return true;
}

/* Loopback as RFC 6890 has it: 127.0.0.0/8 and ::1. Names are not looked up. */
static bool loopback_address(str host, uint16_t port, struct clamd_address *out) {
  char text[INET6_ADDRSTRLEN];
  struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(port) };
  struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
  if (host.n == 0 || host.n >= sizeof text || memchr(host.p, 0, host.n)) return false;
  memcpy(text, host.p, host.n);
  text[host.n] = 0;
  if (inet_pton(AF_INET, text, &four.sin_addr) == 1 && ntohl(four.sin_addr.s_addr) >> 24 == 127) {
    memcpy(&out->socket, &four, sizeof four);
    out->length = sizeof four;
    return true;
  }
  bool bracketed = host.n > 2 && text[0] == '[' && text[host.n - 1] == ']';
  if (!bracketed) return false;
  text[host.n - 1] = 0;
  if (inet_pton(AF_INET6, text + 1, &six.sin6_addr) != 1 || !IN6_IS_ADDR_LOOPBACK(&six.sin6_addr)) return false;
  memcpy(&out->socket, &six, sizeof six);
  out->length = sizeof six;
  return true;
}

bool clamd__address(str place, struct clamd_address *out) {
  int64_t port;
  *out = (struct clamd_address){ .length = 0 };
  if (str_starts(place, STR("/"))) return path_address(place, out);
  size_t at = place.n;
  while (at > 0 && place.p[at - 1] != ':') at--;
  if (at == 0 || !str_to_int64(str_slice(place, at, place.n), &port) || port < 1 || port > UINT16_MAX) return false;
  return loopback_address(str_slice(place, 0, at - 1), (uint16_t)port, out);
}

/* ---- what it says */

/* What others named, for people and a column of the database: printable, bounded, never empty. */
static str plain(struct arena *a, str s) {
  s = str_trim(s);
  if (s.n == 0) return STR("?");
  size_t n = s.n < CLAMD_NAME_MOST ? s.n : CLAMD_NAME_MOST;
  char *out = arena_alloc(a, n);
  for (size_t i = 0; i < n; i++) out[i] = s.p[i] >= ' ' && s.p[i] <= '~' ? s.p[i] : '?';
  return (str){ out, n };
}

/* Of "stream: <words> <ending>" or "<words> <ending>" the words. */
static bool ends_with(str answer, str ending, str *words) {
  if (!str_ends(answer, ending)) return false;
  *words = str_slice(answer, 0, answer.n - ending.n);
  return true;
}

bool clamd__said(struct arena *a, str answer, struct clamd_said *out) {
  str words = answer, stream = STR("stream: ");
  bool about_stream = str_starts(answer, stream);
  if (about_stream) answer = str_slice(answer, stream.n, answer.n);
  *out = (struct clamd_said){ CLAMD_FAILED, STR("?") };
  if (about_stream && str_eq(answer, STR("OK"))) out->verdict = CLAMD_CLEAN;
  else if (about_stream && ends_with(answer, STR(" FOUND"), &words)) out->verdict = CLAMD_FOUND;
  else if (str_starts(answer, STR("INSTREAM size limit exceeded"))) out->verdict = CLAMD_TOO_LARGE;
  else if (!ends_with(answer, STR(" ERROR"), &words)) return false;
  out->words = plain(a, words);
  return true;
}

/* "Sun Nov 22 08:30:00 2026", as ctime(3) writes it. 0: it is not. */
static int64_t day_of(str text) {
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  str month, mday, clock, year;
  (void)str_cut(text, ' ', &month);
  month = str_cut(month, ' ', &mday);
  mday = str_cut(str_trim(mday), ' ', &clock);
  (void)str_cut(clock, ' ', &year);
  struct tm day = { .tm_mon = -1 };
  int64_t in_month, in_years;
  for (int i = 0; i < 12; i++)
    if (str_eq(month, (str){ months + 3 * i, 3 })) day.tm_mon = i;
  if (day.tm_mon < 0 || !str_to_int64(mday, &in_month) || !str_to_int64(str_trim(year), &in_years)) return 0;
  if (in_month < 1 || in_month > 31 || in_years < 1990 || in_years > 2200) return 0;
  day.tm_mday = (int)in_month;
  day.tm_year = (int)in_years - 1900;
  return timegm(&day);
}

/* "ClamAV <version>", and where its data says so "/<version of the data>/<when it was made>". */
bool clamd__engine(struct arena *a, str answer, struct clamd_engine *out) {
  str version, data, made;
  if (!str_starts(answer, STR("ClamAV "))) return false;
  version = plain(a, answer);
  (void)str_cut(version, '/', &data);
  (void)str_cut(data, '/', &made);
  *out = (struct clamd_engine){ version, day_of(made) };
  return true;
}
