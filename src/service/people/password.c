/* password: length is what makes a password, so length is what is asked for, and that it is none of those that everybody
 * tries first. No rules of composition (NIST SP 800-63B §5.1.1.2). Normalised to NFC, so that two keyboards agree. */
#include "messages.h"
#include "people/people.h"
#include "shienkin/text.h"

/* Of the commonest, those that are long enough to pass otherwise; lower case. */
static const char *const commonest[] = {
  "000000000000",     "111111111111",     "112233445566",     "121212121212",     "123123123123",     "123456123456",
  "1234567890123",    "123456789012",     "12345678901234",   "123456789012345",  "1234567890123456", "123456789abc",
  "123456789qwe",     "123qweasdzxc",     "1q2w3e4r5t6y",     "1q2w3e4r5t6y7u",   "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv",
  "1qazxsw23edc",     "a1b2c3d4e5f6",     "abc123abc123",     "abcd12345678",     "abcdefghijkl",     "abcdefghijklm",
  "administrator",    "administrator1",   "asdfghjkl123",     "asdfghjkl;'\\",    "asdfasdfasdf",     "basketball123",
  "changeme1234",     "computer1234",     "doraemon1234",     "football1234",     "iloveyou1234",     "iloveyouiloveyou",
  "letmein12345",     "letmeinletmein",   "liverpool123",     "maintenance1",     "minecraft123",     "p@ssw0rd1234",
  "p@ssword1234",     "passw0rd1234",     "password1234",     "password12345",    "password123456",   "password2024",
  "password2025",     "password2026",     "passwordpassword", "pokemon12345",     "princess1234",     "q1w2e3r4t5y6",
  "qazwsxedcrfv",     "qazwsxedc123",     "qwer1234qwer",     "qwerqwerqwer",     "qwerty123456",     "qwertyqwerty",
  "qwertyuiop12",     "qwertyuiop123",    "qwertyuiop[]",     "qwertyuiopas",     "qwertyuiopasdf",   "sakurasakura",
  "shienkin1234",     "shienkinshienkin", "starwars1234",     "sunshine1234",     "superman1234",     "temporary123",
  "test12345678",     "testtesttest",     "trustno1trustno1", "welcome12345",     "welcome123456",    "zaq12wsxcde3",
  "zxcvbnm12345",     "zxcvbnmzxcvbnm",   "ilovejapan123",    "nihon12345678",    "tokyo12345678",    "aaaaaaaaaaaa",
};

static bool is_common(struct arena *a, str password) {
  str lower = text_lower(a, password);
  for (size_t i = 0; i < COUNT_OF(commonest); i++)
    if (str_eq(lower, str_of(commonest[i]))) return true;
  for (size_t i = 1; i < lower.n; i++)
    if (lower.p[i] != lower.p[0]) return false;
  return true; /* one character over and over */
}

static bool find(struct findings *f, str pointer, const char *code) {
  FINDING(f, pointer, &service_problem(str_of(code))->message);
  return false;
}

bool people__password_fits(struct arena *a, str pointer, str password, str login, struct findings *f, str *normal) {
  if (password.n > 4 * PASSWORD_MOST_BYTES || !utf8_valid(password, NULL)) return find(f, pointer, "password_too_long");
  *normal = text_nfc(a, password);
  if (normal->n > PASSWORD_MOST_BYTES) return find(f, pointer, "password_too_long");
  if (utf8_count(*normal) < PASSWORD_LEAST_CHARACTERS) return find(f, pointer, "password_too_short");
  if (is_common(a, *normal)) return find(f, pointer, "password_common");
  if (login.n > 0 && str_eq(text_lower(a, *normal), login)) return find(f, pointer, "password_is_login");
  return true;
}

/* argon2id of 32 random bytes that nobody has kept, at the costs of all others. */
static const str nobodys = STR_INIT("$argon2id$v=19$m=19456,t=2,p=1$b5bnKO3T6wnCR2LJDy671A$XVL1cu7pFWEJAH9UjTjMTT5W7/C30eqplFTeEC9P71A");

result people__password_is(struct arena *a, str phc, str password, bool *right) {
  bool sound = password.n >= 1 && password.n <= 4 * PASSWORD_MOST_BYTES && utf8_valid(password, NULL);
  str normal = sound ? text_nfc(a, password) : STR("x");
  if (normal.n > PASSWORD_MOST_BYTES) {
    sound = false;
    normal = STR("x");
  }
  result r = password_verify(phc.p ? phc : nobodys, normal);
  *right = sound && phc.p && r == RESULT_OK;
  return r == RESULT_OK || r == RESULT_REFUSED ? RESULT_OK : r;
}
