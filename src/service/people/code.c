/* code: what people type from paper, and what programs carry. A code is 60 random bits as three groups of four Crockford
 * characters, which have no I, L, O or U; whoever reads them so is understood. A token is 256 bits behind a prefix that
 * tells the realm. */
#include "people/people.h"
#include "shienkin/text.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { CODE_CHARACTERS = 12, TOKEN_BYTES = 32 };

str people__code_new(struct arena *a, const struct randomness *r) {
  uint8_t bytes[CODE_CHARACTERS];
  char text[CODE_CHARACTERS + 2];
  randomness_fill(r, bytes, sizeof bytes);
  for (size_t i = 0, at = 0; i < CODE_CHARACTERS; i++) {
    if (i == 4 || i == 8) text[at++] = '-';
    text[at++] = alphabet[bytes[i] & 31];
  }
  return str_copy(a, (str){ text, sizeof text });
}

static char as_made(char c) {
  if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
  return c == 'I' || c == 'L' ? '1' : c == 'O' ? '0' : c;
}

bool people__code_read(struct arena *a, str typed, str *code) {
  bool changed;
  if (typed.n > TYPED_CODE_MOST_BYTES || !utf8_valid(typed, NULL)) return false;
  str plain = identifier_normalize(a, typed, &changed);
  if (plain.n != CODE_CHARACTERS) return false;
  char text[CODE_CHARACTERS];
  for (size_t i = 0; i < CODE_CHARACTERS; i++) {
    text[i] = as_made(plain.p[i]);
    if (text[i] == '\0' || !strchr(alphabet, text[i])) return false;
  }
  *code = str_copy(a, (str){ text, sizeof text });
  return true;
}

struct sha256 people__code_hmac(const struct master_keys *keys, const char *index, struct uuid account, str code) {
  char text[37 + 1 + CODE_CHARACTERS];
  assert(code.n == CODE_CHARACTERS);
  uuid_write(account, text);
  text[36] = '|';
  memcpy(text + 37, code.p, code.n);
  return blind_index(keys, index, (str){ text, 37 + code.n });
}

str first_access_code(struct arena *a, const struct randomness *r, const struct master_keys *keys, struct uuid account,
                      struct sha256 *kept) {
  str shown = people__code_new(a, r), plain;
  bool read = people__code_read(a, shown, &plain);
  assert(read);
  *kept = people__code_hmac(keys, ACCESS_CODE, account, plain);
  return shown;
}

str people__token_new(struct arena *a, const struct randomness *r, const char *prefix) {
  uint8_t bytes[TOKEN_BYTES];
  randomness_fill(r, bytes, sizeof bytes);
  str text = base64url_encode(a, (str){ (const char *)bytes, sizeof bytes });
  bytes_wipe(bytes, sizeof bytes);
  return str_format(a, "%s%.*s", prefix, STR_ARG(text));
}

const char *people__token_prefix(str realm) {
  if (str_eq(realm, STR("clinic"))) return "skc_";
  return str_eq(realm, STR("auditor")) ? "ska_" : "sks_";
}

/* Made of the token itself: nothing more needs to be kept, and who knows it knows no token. */
str people__csrf(struct arena *a, str token) {
  struct sha256 mac = hmac_sha256(token, STR("csrf"));
  return base64url_encode(a, (str){ (const char *)mac.bytes, sizeof mac.bytes });
}

str people__login(struct arena *a, str typed) {
  if (typed.n > 1024 || !utf8_valid(typed, NULL)) return STR("");
  return text_lower(a, text_nfkc(a, str_trim(typed)));
}
