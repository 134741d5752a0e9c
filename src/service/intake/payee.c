/* payee: digits are normalised to ASCII, Japan Post's 記号番号 become branch, type and number, names become bank characters
 * with every change on record. A bank or branch that the directory does not list is warned of and taken: directories change
 * weekly, and the bank itself has the last word. */
#include "intake/payee.h"

#include "shienkin/service/intake.h"
#include "shienkin/text.h"
#include "shienkin/value/bank_directory.h"

enum { NAME_MOST_BYTES = 30 };

static const char *const account_types[] = { "ordinary", "current", "savings", "other", NULL };
static const struct spec a_text = { .kind = SPEC_STRING, .max_length = 100 };
static const struct spec a_name = { .kind = SPEC_STRING,
                                    .max_length = 200,
                                    .description =
                                        "kana as on the bank book; spaces, letters, ( ) - . and digits may stand" };
static const struct spec a_type = { .kind = SPEC_ENUM, .words = account_types };
static const struct spec_member payee_members[] = {
  { "bank_code", false, &a_text },    { "bank_name", false, &a_text },
  { "branch_code", false, &a_text },  { "branch_name", false, &a_text },
  { "account_type", false, &a_type }, { "account_number", false, &a_text },
  { "yucho_symbol", false, &a_text }, { "yucho_number", false, &a_text },
  { "holder_name", true, &a_name },   { NULL, false, NULL },
};
static const struct spec payee_spec = {
  .kind = SPEC_OBJECT,
  .members = payee_members,
  .title = "Account of the payee",
  .description =
      "Either bank_code, branch_code, account_type and account_number, or yucho_symbol and yucho_number (記号・番号)"
};

const struct spec *intake_payee_spec(void) { return &payee_spec; }

struct reading {
  struct work *w;
  const struct json *document;
  str prefix;
  struct payee *out;
};

static void find(struct reading *r, const char *member, const char *code, str first) {
  FIND(r->w, str_format(r->w->arena, "%.*s/%s", STR_ARG(r->prefix), member), code, first);
}

static str text_of(const struct reading *r, const char *member) {
  const struct json *v = json_get(r->document, str_of(member));
  return v && v->kind == JSON_KIND_STRING ? json_text(v) : STR_NONE;
}

static bool all_digits(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  return s.n > 0;
}

/* The member's digits, "１２３-４" being 1234; n = 0 and a finding when they are not between least and most many. */
static str digits_of(struct reading *r, const char *member, size_t least, size_t most, const char *code) {
  str typed = text_of(r, member);
  if (!typed.p) {
    find(r, member, "payee_required", STR(""));
    return STR("");
  }
  bool changed;
  str s = identifier_normalize(r->w->arena, typed, &changed);
  if (all_digits(s) && s.n >= least && s.n <= most) return s;
  find(r, member, code, STR(""));
  return STR("");
}

static str padded(struct arena *a, str digits, size_t width) {
  return str_format(a, "%0*d%.*s", (int)(width - digits.n), 0, STR_ARG(digits));
}

static str padded_to_7(struct arena *a, str digits) { return digits.n == 7 ? digits : padded(a, digits, 7); }

static void warn(struct payee *p, const char *code) {
  assert(p->warning_count < PAYEE_WARNINGS_MOST && service_warning(str_of(code)));
  p->warnings[p->warning_count++] = code;
}

static bool all_zero(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] != '0') return false;
  return true;
}

/* ---- an account at a bank */

/* Branches of Japan Post Bank end in 8 (ordinary, savings) or 9 (current). */
static void check_yucho_branch(struct reading *r) {
  const struct payee *p = r->out;
  if (!str_eq(p->bank_code, STR("9900")) || p->branch_code.n != 3) return;
  bool current = str_eq(p->account_type, STR("current"));
  if (p->branch_code.p[2] != (current ? '9' : '8')) find(r, "branch_code", "payee_yucho_branch", STR(""));
}

static void read_bank_account(struct reading *r) {
  struct payee *p = r->out;
  p->bank_code = digits_of(r, "bank_code", 4, 4, "payee_bank");
  p->branch_code = digits_of(r, "branch_code", 3, 3, "payee_branch");
  p->account_type = text_of(r, "account_type");
  if (!p->account_type.p) find(r, "account_type", "payee_required", STR(""));
  str number = digits_of(r, "account_number", 1, 7, "payee_number");
  if (number.n == 0) return;
  if (all_zero(number)) find(r, "account_number", "payee_number", STR(""));
  p->account_number = padded_to_7(r->w->arena, number);
  check_yucho_branch(r);
}

/* ---- 記号・番号 of Japan Post Bank, as the bank publishes how they become a transfer's branch and account */

/* The fourth digit of the symbol checks both: over triples of symbol (its fourth digit as 0) and number. */
static bool yucho_check_fits(struct arena *a, str symbol, str number) {
  str all = str_format(a, "%.3s0%c%.*s", symbol.p, symbol.p[4], STR_ARG(number.n == 8 ? number : padded(a, number, 8)));
  int sum = 0;
  for (size_t i = 0; i < 12; i += 3) {
    int x = all.p[i] - '0', y = all.p[i + 1] - '0', z = all.p[i + 2] - '0';
    sum += x + 3 * y + (z < 5 ? 2 * z : 2 * z - 9);
  }
  return (sum + all.p[12] - '0') % 10 == symbol.p[3] - '0';
}

static void read_general(struct reading *r, str symbol, str number) {
  struct payee *p = r->out;
  if (number.p[number.n - 1] != '1' || number.n < 2) {
    find(r, "yucho_number", "payee_yucho_number", STR(""));
    return;
  }
  str type = text_of(r, "account_type");
  p->branch_code = str_format(r->w->arena, "%.2s8", symbol.p + 1);
  p->account_type = str_eq(type, STR("savings")) ? type : STR("ordinary");
  p->account_number = padded_to_7(r->w->arena, str_slice(number, 0, number.n - 1));
}

static void read_giro(struct reading *r, str symbol, str number) {
  struct payee *p = r->out;
  if (number.n > 6) {
    find(r, "yucho_number", "payee_yucho_number", STR(""));
    return;
  }
  p->branch_code = str_format(r->w->arena, "%.2s9", symbol.p + 1);
  p->account_type = STR("current");
  p->account_number = padded_to_7(r->w->arena, number);
}

static void read_yucho_account(struct reading *r) {
  struct payee *p = r->out;
  str symbol =
      digits_of(r, "yucho_symbol", 5, 6, "payee_yucho_symbol"); /* a sixth digit stands between and is not used */
  str number = digits_of(r, "yucho_number", 1, 8, "payee_yucho_number");
  if (symbol.n == 0 || number.n == 0) return;
  p->bank_code = STR("9900");
  if (symbol.p[0] == '1' && symbol.p[4] == '0')
    read_general(r, symbol, number);
  else if (symbol.p[0] == '0')
    read_giro(r, symbol, number);
  else
    find(r, "yucho_symbol", "payee_yucho_symbol", STR(""));
  if (p->account_number.n == 7 && !yucho_check_fits(r->w->arena, symbol, number))
    warn(p, "yucho_check_digit");
}

/* ---- the directory */

static void look_up(struct payee *p) {
  struct bank bank;
  struct bank_branch branch;
  if (!bank_find(p->bank_code, &bank))
    warn(p, "payee_bank_unlisted");
  else if (!bank_branch_find(p->bank_code, p->branch_code, &branch))
    warn(p, "payee_branch_unlisted");
}

/* ---- the holder */

static const char *const name_faults[] = { [BANK_NOT_ALLOWED] = "payee_name_character",
                                           [BANK_LOOSE_MARK] = "payee_name_mark",
                                           [BANK_TOO_LONG] = "payee_name_long",
                                           [BANK_EMPTY] = "payee_required" };

static str faulty_character(const struct bank_name *n) {
  if (n->fault_at >= n->faulty.n) return STR("");
  size_t end = n->fault_at;
  (void)utf8_next(n->faulty, &end);
  return str_slice(n->faulty, n->fault_at, end);
}

static void read_holder(struct reading *r) {
  struct payee *p = r->out;
  str typed = text_of(r, "holder_name");
  if (!typed.p) return; /* the spec has said so */
  struct bank_options options = { .class = BANK_CLASS_NAME, .limit_bytes = NAME_MOST_BYTES, .wo_as_o = true };
  struct bank_name name;
  if (bank_name_normalize(r->w->arena, typed, &options, &name) != RESULT_OK) {
    find(r, "holder_name", name_faults[name.fault], name.fault == BANK_TOO_LONG ? STR("30") : faulty_character(&name));
    return;
  }
  p->holder_name = name.utf8;
  for (size_t i = 0; i < name.change_count && i < PAYEE_CHANGES_MOST; i++)
    p->changes[p->change_count++] = bank_step_name(name.changes[i].step);
}

static void take_over(struct reading *r, const struct findings *found) {
  for (size_t i = 0; i < found->count; i++) {
    const struct finding *one = &found->items[i];
    struct message message = { one->code, "{0}", "{1}" };
    FINDING(r->w->findings, str_format(r->w->arena, "%.*s%.*s", STR_ARG(r->prefix), STR_ARG(one->pointer)), &message,
            one->ja, one->en);
  }
}

result payee__read(struct work *w, const struct json *document, str prefix, struct payee *out) {
  *out = (struct payee){ .holder_name = STR("") };
  struct reading r = { w, document, prefix, out };
  struct findings found = findings_in(w->arena);
  size_t before = w->findings->count;
  result by_spec = spec_check(w->arena, &payee_spec, document, &found);
  if (by_spec != RESULT_OK && by_spec != RESULT_REFUSED) return by_spec;
  take_over(&r, &found);
  if (by_spec == RESULT_REFUSED) return RESULT_REFUSED;
  if (text_of(&r, "yucho_symbol").p || text_of(&r, "yucho_number").p)
    read_yucho_account(&r);
  else
    read_bank_account(&r);
  read_holder(&r);
  if (w->findings->count > before) return RESULT_REFUSED;
  look_up(out);
  return RESULT_OK;
}

/* ---- written one way */

str payee__document(struct arena *a, const struct payee *p) {
  struct members m = members_in(a);
  members_add_str(&m, "bank_code", p->bank_code);
  members_add_str(&m, "branch_code", p->branch_code);
  members_add_str(&m, "account_type", p->account_type);
  members_add_str(&m, "account_number", p->account_number);
  members_add_str(&m, "holder_name", p->holder_name);
  struct json *changes = ARENA_ARRAY(a, struct json, p->change_count),
              *warnings = ARENA_ARRAY(a, struct json, p->warning_count);
  for (size_t i = 0; i < p->change_count; i++) changes[i] = json_of_str(str_of(p->changes[i]));
  for (size_t i = 0; i < p->warning_count; i++) warnings[i] = json_of_str(str_of(p->warnings[i]));
  members_add(&m, "changes", json_of_array(changes, p->change_count));
  members_add(&m, "warnings", json_of_array(warnings, p->warning_count));
  struct json j = members_object(&m);
  return service__canonical(a, &j);
}

/* What each warning is about, in the document as it is kept. */
static const struct {
  const char *code, *pointer;
} warned_at[] = {
  { "yucho_check_digit", "/account_number" },
  { "payee_bank_unlisted", "/bank_code" },
  { "payee_branch_unlisted", "/branch_code" },
};

struct json payee__warning(struct arena *a, str code) {
  const struct message *said = service_warning(code);
  struct members m = members_in(a);
  members_add_str(&m, "code", code);
  for (size_t i = 0; i < COUNT_OF(warned_at); i++)
    if (str_eq(code, str_of(warned_at[i].code))) members_add_str(&m, "pointer", str_of(warned_at[i].pointer));
  members_add_str(&m, "message_ja", said ? str_of(said->ja) : code);
  members_add_str(&m, "message_en", said ? str_of(said->en) : code);
  return members_object(&m);
}

struct json payee__warnings(struct arena *a, const struct payee *p) {
  struct json *items = ARENA_ARRAY(a, struct json, p->warning_count);
  for (size_t i = 0; i < p->warning_count; i++) items[i] = payee__warning(a, str_of(p->warnings[i]));
  return json_of_array(items, p->warning_count);
}

bool payee__is(const struct json *kept, const struct payee *p) {
  const struct {
    const char *name;
    str value;
  } members[] = {
    { "bank_code", p->bank_code },           { "branch_code", p->branch_code }, { "account_type", p->account_type },
    { "account_number", p->account_number }, { "holder_name", p->holder_name },
  };
  for (size_t i = 0; i < COUNT_OF(members); i++) {
    const struct json *v = json_get(kept, str_of(members[i].name));
    if (!v || v->kind != JSON_KIND_STRING || !str_eq(json_text(v), members[i].value)) return false;
  }
  return true;
}

struct sha256 payee__blind(struct work *w, const struct payee *p) {
  str account = str_format(w->arena, "%.*s-%.*s-%.*s-%.*s", STR_ARG(p->bank_code), STR_ARG(p->branch_code),
                           STR_ARG(p->account_type), STR_ARG(p->account_number));
  return blind_index(w->service->keys, "payee_account", account);
}

/* ---- the roster */

/* How a name compares: in bank characters, folded, without the abbreviation of a legal form in front. n = 0: none. */
static str match_key(struct arena *a, str name) {
  struct bank_options options = { .class = BANK_CLASS_NAME, .limit_bytes = 200, .wo_as_o = true };
  struct bank_name n;
  if (!name.p || name.n == 0 || bank_name_normalize(a, name, &options, &n) != RESULT_OK) return STR("");
  str key = bank_match_key(a, n.jis);
  ptrdiff_t bracket = str_find(key, STR(")"));
  return bracket > 0 && bracket <= 4 ? str_slice(key, (size_t)bracket + 1, key.n) : key;
}

static bool is_pair(str key, str first, str second) {
  return first.n > 0 && second.n > 0 && key.n == first.n + second.n && str_starts(key, first) && str_ends(key, second);
}

str payee__roster_match(struct arena *a, const struct payee *p, const struct roster_on_day *roster) {
  str holder = match_key(a, p->holder_name);
  str facility = roster->facility_known ? match_key(a, roster->facility.name_kana) : STR("");
  str member = roster->member_known ? match_key(a, roster->member.name_kana) : STR("");
  if (facility.n == 0 && member.n == 0) return STR("unknown");
  bool same = str_eq(holder, facility) || str_eq(holder, member) || is_pair(holder, facility, member) ||
              is_pair(holder, member, facility);
  return same && holder.n > 0 ? STR("matches") : STR("differs");
}
