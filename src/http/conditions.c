/* conditions: entity tags (RFC 9110 §8.8.3), the conditional headers made of them (§13), and ranges (§14). Our tags are
 * strong: "<version>-<realm>", because what a clinic reads and what staff read of one version are different bytes. */
#include "fields.h"
#include "shienkin/http/answer.h"

enum { TAGS_MOST = 64 };

static bool tag_character(char c) {
  unsigned char u = (unsigned char)c;
  return u == 0x21 || (u >= 0x23 && u != 0x7f);
}

/* W/"…" or "…": the tag without its quotes. */
static bool read_tag(str element, str *tag, bool *weak) {
  *weak = str_starts(element, STR("W/"));
  if (*weak) element = str_slice(element, 2, element.n);
  if (element.n < 2 || element.p[0] != '"' || element.p[element.n - 1] != '"') return false;
  *tag = str_slice(element, 1, element.n - 1);
  for (size_t i = 0; i < tag->n; i++) {
    if (!tag_character(tag->p[i])) return false;
  }
  return true;
}

/* Tags may hold backslashes, which escape nothing: the general list reader would misread them. */
static bool next_tag(str *rest, str *element) {
  while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t' || rest->p[0] == ','))
    *rest = str_slice(*rest, 1, rest->n);
  if (rest->n == 0) return false;
  bool quoted = false;
  size_t end = 0;
  for (; end < rest->n && (quoted || rest->p[end] != ','); end++) quoted ^= rest->p[end] == '"';
  *element = http__field_trim(str_slice(*rest, 0, end));
  *rest = end < rest->n ? str_slice(*rest, end + 1, rest->n) : STR_NONE;
  return true;
}

result http_etags_read(struct arena *a, str header, struct http_etags *out) {
  *out = (struct http_etags){ .present = true };
  str trimmed = http__field_trim(header);
  if (str_eq(trimmed, STR("*"))) {
    out->any = true;
    return RESULT_OK;
  }
  str *tags = ARENA_ARRAY(a, str, TAGS_MOST);
  bool *weak = ARENA_ARRAY(a, bool, TAGS_MOST);
  size_t count = 0;
  for (str rest = trimmed, element; next_tag(&rest, &element); count++) {
    if (count == TAGS_MOST || !read_tag(element, &tags[count], &weak[count])) return RESULT_REFUSED;
  }
  out->tags = tags;
  out->weak = weak;
  out->count = count;
  return count ? RESULT_OK : RESULT_REFUSED;
}

bool http_etags_strong(const struct http_etags *list, str tag) {
  if (list->any) return true;
  for (size_t i = 0; i < list->count; i++) {
    if (!list->weak[i] && str_eq(list->tags[i], tag)) return true;
  }
  return false;
}

bool http_etags_weak(const struct http_etags *list, str tag) {
  if (list->any) return true;
  for (size_t i = 0; i < list->count; i++) {
    if (str_eq(list->tags[i], tag)) return true;
  }
  return false;
}

static str tag_of(struct arena *a, const struct http_request *r, int64_t version) {
  return str_format(a, "%lld-%s", (long long)version, http_realm_name(r->realm));
}

result http_request_version(const struct http_request *r, int64_t *version) {
  const struct http_etags *list = &r->if_match;
  if (list->any) return RESULT_NOT_FOUND;
  if (!list->present || list->count != 1 || list->weak[0]) return RESULT_REFUSED;
  str realm, number = str_cut(list->tags[0], '-', &realm);
  if (!str_eq(realm, str_of(http_realm_name(r->realm)))) return RESULT_REFUSED;
  bool plain = number.n && number.p[0] >= '0' && number.p[0] <= '9' && (number.n == 1 || number.p[0] != '0');
  return plain && str_to_int64(number, version) ? RESULT_OK : RESULT_REFUSED;
}

bool http_if_none_match(const struct http_request *r, int64_t version) {
  return r->if_none_match.present && http_etags_weak(&r->if_none_match, tag_of(r->arena, r, version));
}

void http_answer_etag(struct http_request *r, struct http_answer *answer, int64_t version) {
  http_answer_header(r, answer, "ETag",
                     str_format(r->arena, "\"%lld-%s\"", (long long)version, http_realm_name(r->realm)));
}

struct http_answer http_not_modified(struct http_request *r, int64_t version) {
  struct http_answer answer = { .status = HTTP_NOT_MODIFIED, .length = -1 };
  http_answer_etag(r, &answer, version);
  return answer;
}

/* ---- ranges */

static bool digits_to(str s, int64_t *out) { return s.n && s.p[0] >= '0' && s.p[0] <= '9' && str_to_int64(s, out); }

/* "bytes=5-", "bytes=5-9", "bytes=-5"; more than one range is legal and unusable: all is sent. */
static bool one_range(str header, str *first, str *last) {
  str ranges, unit = http__field_trim(str_cut(header, '=', &ranges));
  if (!http__name_same(unit, STR("bytes")) || str_find(ranges, STR(",")) >= 0) return false;
  if (str_find(ranges, STR("-")) < 0) return false;
  *first = http__field_trim(str_cut(ranges, '-', last));
  *last = http__field_trim(*last);
  return true;
}

result http_request_range(const struct http_request *r, int64_t length, str tag, int64_t *from, int64_t *to) {
  str header = http_request_header(r, "Range"), condition = http_request_header(r, "If-Range"), first, last;
  if (r->method != HTTP_GET || header.n == 0 || !one_range(header, &first, &last)) return RESULT_NOT_FOUND;
  if (condition.n) {
    str wanted;
    bool weak;
    if (!read_tag(http__field_trim(condition), &wanted, &weak) || weak || !str_eq(wanted, tag)) return RESULT_NOT_FOUND;
  }
  if (first.n == 0) {
    int64_t suffix;
    if (!digits_to(last, &suffix)) return RESULT_NOT_FOUND;
    if (suffix == 0 || length == 0) return RESULT_REFUSED;
    *from = suffix < length ? length - suffix : 0;
    *to = length - 1;
    return RESULT_OK;
  }
  *to = length - 1;
  if (!digits_to(first, from) || (last.n && !digits_to(last, to))) return RESULT_NOT_FOUND;
  if (last.n && *to < *from) return RESULT_NOT_FOUND;
  if (*from >= length) return RESULT_REFUSED;
  if (*to >= length) *to = length - 1;
  return RESULT_OK;
}

void http_answer_content_range(struct http_request *r, struct http_answer *answer, int64_t from, int64_t to,
                               int64_t length) {
  http_answer_header(r, answer, "Content-Range",
                     str_format(r->arena, "bytes %lld-%lld/%lld", (long long)from, (long long)to, (long long)length));
}

struct http_answer http_range_refused(struct http_request *r, int64_t length) {
  struct http_answer answer = HTTP_PROBLEM(r, &http_problem_range_not_satisfiable);
  http_answer_header(r, &answer, "Content-Range", str_format(r->arena, "bytes */%lld", (long long)length));
  return answer;
}
