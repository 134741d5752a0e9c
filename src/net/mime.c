/* mime: a mail as bytes. Headers are ASCII, other words in them are encoded (RFC 2047); the body is UTF-8 as quoted-printable
 * where most of it is ASCII, else base64 (RFC 2045). Lines stay within 76 characters. */
#include "mime.h"

#include <ctype.h>
#include <time.h>

#define LINE_MOST 76
#define WORD_FRAME 12                           /* "=?UTF-8?B?" and "?=" */
#define SUBJECT_MOST 400
#define JAPAN_SECONDS (9 * 3600)

/* ---- addresses: an addr-spec of dot-atoms (RFC 5322 section 3.4.1), with the lengths of RFC 5321 section 4.5.3.1 */

static bool is_dot_atom(str s, const char *marks) {
  if (!s.n || s.p[0] == '.' || s.p[s.n - 1] == '.' || str_find(s, STR("..")) >= 0) return false;
  for (size_t i = 0; i < s.n; i++)
    if (!isalnum((unsigned char)s.p[i]) && s.p[i] != '.' && (!s.p[i] || !strchr(marks, s.p[i]))) return false;
  return true;
}

static bool is_domain(str s) {
  if (s.n > 253 || !is_dot_atom(s, "-")) return false;
  for (str rest = s; rest.n;) {
    str label = str_cut(rest, '.', &rest);
    if (label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-') return false;
  }
  return true;
}

bool net_address_ok(str address) {
  str domain, local = str_cut(address, '@', &domain);
  return address.n <= 254 && local.n <= 64 && is_dot_atom(local, "!#$%&'*+-/=?^_`{|}~") && is_domain(domain);
}

bool mime__is_message_id(str s) { return net_address_ok(s); }

/* ---- words */

static bool has_control(str s, bool lines_allowed) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if ((c < 0x20 || c == 0x7F) && !(lines_allowed && (c == '\n' || c == '\r' || c == '\t'))) return true;
  }
  return false;
}

bool mime__can_be_shown(str s) { return utf8_valid(s, NULL) && !has_control(s, false); }

const char *mime__fault(const struct net_mail *m) {
  if (m->from_name.n > SUBJECT_MOST || !mime__can_be_shown(m->from_name)) return "from_name";
  if (m->subject.n > SUBJECT_MOST || !mime__can_be_shown(m->subject)) return "subject";
  if (m->text.n > NET_MAIL_TEXT_MOST || !utf8_valid(m->text, NULL) || has_control(m->text, true)) return "text";
  return NULL;
}

static void base64(struct buf *b, str s) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < s.n; i += 3) {
    size_t left = s.n - i;
    uint32_t three = (uint32_t)(unsigned char)s.p[i] << 16 | (left > 1 ? (uint32_t)(unsigned char)s.p[i + 1] << 8 : 0) |
                     (left > 2 ? (unsigned char)s.p[i + 2] : 0);
    buf_byte(b, digits[three >> 18]);
    buf_byte(b, digits[three >> 12 & 63]);
    buf_byte(b, left > 1 ? digits[three >> 6 & 63] : '=');
    buf_byte(b, left > 2 ? digits[three & 63] : '=');
  }
}

static bool is_plain(str s) {
  for (size_t i = 0; i < s.n; i++)
    if ((unsigned char)s.p[i] > '~') return false;
  return str_find(s, STR("=?")) < 0 && s.n <= 60;
}

/* RFC 2047 section 2: words of at most 75 characters, each of whole characters, a line each; `column` stands before. */
static void encoded_words(struct buf *b, str s, size_t column) {
  for (size_t at = 0; at < s.n;) {
    size_t most = (LINE_MOST - column - WORD_FRAME) / 4 * 3, end = at, next = at;
    while (next < s.n) {
      (void)utf8_next(s, &next);
      if (next - at > most) break;
      end = next;
    }
    if (at) buf_add(b, STR("\r\n "));
    buf_add(b, STR("=?UTF-8?B?"));
    base64(b, str_slice(s, at, end));
    buf_add(b, STR("?="));
    at = end;
    column = 1;
  }
}

static void subject(struct buf *b, str s) {
  buf_add(b, STR("Subject: "));
  if (is_plain(s)) buf_add(b, s);
  else encoded_words(b, s, 9);
  buf_add(b, STR("\r\n"));
}

/* A name is a quoted string or encoded words; the address goes on a line of its own where those are long. */
static void from(struct buf *b, str name, str address) {
  buf_add(b, STR("From: "));
  if (name.n && is_plain(name)) {
    buf_byte(b, '"');
    for (size_t i = 0; i < name.n; i++) {
      if (name.p[i] == '"' || name.p[i] == '\\') buf_byte(b, '\\');
      buf_byte(b, name.p[i]);
    }
    buf_byte(b, '"');
  } else {
    encoded_words(b, name, 6);
  }
  buf_format(b, "%s<%.*s>\r\n", name.n ? "\r\n " : "", STR_ARG(address));
}

/* RFC 5322 section 3.3, in Japan's time. */
static void date(struct buf *b, int64_t at_us) {
  static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  time_t at = (time_t)(at_us / 1000000 + JAPAN_SECONDS);
  struct tm t;
  if (!gmtime_r(&at, &t)) return;
  buf_format(b, "Date: %s, %d %s %d %02d:%02d:%02d +0900\r\n", days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900,
             t.tm_hour, t.tm_min, t.tm_sec);
}

/* ---- the body */

/* "\n", "\r" and "\r\n" all end a line; as CRLF, the last one too. */
static str lines(struct arena *a, str s) {
  struct buf b = buf_in(a);
  for (size_t i = 0; i < s.n; i++) {
    bool end = s.p[i] == '\n' || s.p[i] == '\r';
    if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n') i++;
    if (end) buf_add(&b, STR("\r\n"));
    else buf_byte(&b, s.p[i]);
  }
  if (!str_ends(buf_str(&b), STR("\r\n"))) buf_add(&b, STR("\r\n"));
  return buf_str(&b);
}

static void body_base64(struct buf *b, str s) {
  for (size_t at = 0; at < s.n; at += LINE_MOST / 4 * 3) {
    size_t end = at + LINE_MOST / 4 * 3;
    base64(b, str_slice(s, at, end < s.n ? end : s.n));
    buf_add(b, STR("\r\n"));
  }
}

/* RFC 2045 section 6.7; a blank before a line's end is encoded, or it would be lost on the way. */
static void body_quoted(struct buf *b, str s) {
  size_t column = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '\r') {
      buf_add(b, STR("\r\n"));
      column = 0;
      i++;
      continue;
    }
    bool last = i + 1 < s.n && s.p[i + 1] == '\r';
    bool quoted = c == '=' || c > '~' || ((c == ' ' || c == '\t') && last);
    if (column + (quoted ? 3 : 1) > LINE_MOST - 1) {
      buf_add(b, STR("=\r\n"));
      column = 0;
    }
    if (quoted) buf_format(b, "=%02X", (unsigned)c);
    else buf_byte(b, (char)c);
    column += quoted ? 3 : 1;
  }
}

str mime__message(struct arena *a, const struct net_mail *m) {
  struct buf b = buf_in(a);
  str text = lines(a, m->text);
  size_t foreign = 0;
  for (size_t i = 0; i < text.n; i++) foreign += (unsigned char)text.p[i] > '~';
  bool quoted = foreign * 6 < text.n;
  date(&b, m->at_us);
  from(&b, m->from_name, m->from_address);
  buf_format(&b, "To: <%.*s>\r\n", STR_ARG(m->to_address));
  subject(&b, m->subject);
  buf_format(&b, "Message-ID: <%.*s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
             "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n",
             STR_ARG(m->message_id), quoted ? "quoted-printable" : "base64");
  if (quoted) body_quoted(&b, text);
  else body_base64(&b, text);
  return buf_str(&b);
}
