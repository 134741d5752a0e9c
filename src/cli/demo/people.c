/* people: somebody for every role, called by it. Owners come first, by the bootstrap that works once; whom they admit comes in
 * as anybody does: by a code, a password and, for the staff, an authenticator. */
#include "demo/inside.h"

enum { PASSWORD_RANDOM_BYTES = 15, SECOND_US = 1000000 };

struct staff_row { const char *login, *name, *realm; const char *roles[2]; uint32_t bits; };
static const struct staff_row staff[] = {
  { "demo-adjuster-1", "審査担当 一", "staff", { "adjuster" }, SERVICE_ADJUSTER },
  { "demo-adjuster-2", "審査担当 二", "staff", { "adjuster" }, SERVICE_ADJUSTER },
  { "demo-approver-1", "承認担当 一", "staff", { "approver" }, SERVICE_APPROVER },
  { "demo-approver-2", "承認担当 二", "staff", { "approver" }, SERVICE_APPROVER },
  { "demo-casework", "審査・承認担当 一", "staff", { "adjuster", "approver" }, SERVICE_ADJUSTER | SERVICE_APPROVER },
  { "demo-cashier-1", "支払担当 一", "staff", { "cashier" }, SERVICE_CASHIER },
  { "demo-cashier-2", "支払担当 二", "staff", { "cashier" }, SERVICE_CASHIER },
  { "demo-proxy", "代理申請担当 一", "staff", { "proxy" }, SERVICE_PROXY },
  { "demo-auditor", "監査人 一", "auditor", { "auditor" }, SERVICE_AUDITOR },
};
/* Whose facilities: from … below. */
static const struct { const char *login, *name, *kind; int from, below; } clinics[] = {
  { "demo-clinic-1", "見本クリニック一 院長", "representative", 0, 6 },
  { "demo-clinic-1-clerk", "見本クリニック一 事務", "clerk", 0, 1 },
  { "demo-clinic-2", "見本クリニック七 院長", "representative", 6, DEMO_FACILITIES },
};

static struct demo_person *add(struct demo *d, const char *login, uint32_t roles, enum store_realm realm) {
  char random[PASSWORD_RANDOM_BYTES];
  assert(d->people_count < DEMO_PEOPLE_MOST);
  struct demo_person *p = &d->people[d->people_count++];
  randomness_fill(&d->service.randomness, random, sizeof random);
  *p = (struct demo_person){ .login = login, .roles = roles, .realm = realm,
                             .password = base32_encode(d->arena, (str){ random, sizeof random }) };
  return p;
}

/* ---- coming in for the first time */

/* RFC 4648 §6, of what totp_enrol() wrote: upper case, no padding. */
static str base32_bytes(struct arena *a, str text) {
  char *out = arena_alloc(a, text.n * 5 / 8 + 1);
  uint32_t bits = 0, held = 0;
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    bits = bits << 5 | (uint32_t)(c >= 'A' ? c - 'A' : c - '2' + 26);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    out[n++] = (char)(bits >> held & 255);
  }
  return (str){ out, n };
}

static result enrol(struct demo *d, struct demo_person *p) {
  if (!str_eq(demo__text(d, "/next"), STR("enrol_totp"))) return RESULT_OK;
  str ticket = str_copy(d->arena, demo__text(d, "/ticket"));
  TRY(DEMO(d, totp_enrol, NULL, (&(struct totp_enrol_request){ .ticket = ticket })));
  p->totp = str_copy(d->arena, demo__text(d, "/secret"));
  int64_t then_s = demo__next_us(d) / SECOND_US;
  uint32_t code = totp_code(base32_bytes(d->arena, p->totp), (uint64_t)then_s / TOTP_STEP_SECONDS);
  return DEMO(d, totp_confirm, NULL, (&(struct totp_confirm_request){ .ticket = ticket, .code = str_format(d->arena, "%06u", code) }));
}

static result come_in(struct demo *d, struct demo_person *p, str code) {
  struct first_access_request r = { str_of(p->login), str_copy(d->arena, code), p->password };
  TRY(DEMO(d, first_access, NULL, &r));
  return enrol(d, p);
}

/* ---- owners */

static result bootstrap_owners(struct demo *d, str codes[2]) {
  static const char *const logins[] = { "demo-owner-1", "demo-owner-2" }, *const names[] = { "制度管理者 一", "制度管理者 二" };
  struct bootstrap_owner owners[2];
  for (int i = 0; i < 2; i++) {
    struct demo_person *p = add(d, logins[i], SERVICE_OWNER, STORE_STAFF);
    p->person = uuid_v7(&d->service.clock, &d->service.randomness);
    p->account = uuid_v7(&d->service.clock, &d->service.randomness);
    owners[i] = (struct bootstrap_owner){ .person = p->person, .account = p->account, .name = str_of(names[i]), .login = str_of(logins[i]) };
    codes[i] = first_access_code(d->arena, &d->service.randomness, d->service.keys, p->account, &owners[i].code);
  }
  demo__begin(d);
  return demo__answered(d, "owners", store_bootstrap_owners(d->step, d->ground->owner_conninfo, &d->service.clock, owners, &d->findings));
}

static result owners_come_in(struct demo *d, const str codes[2]) {
  TRY(come_in(d, demo__person(d, "demo-owner-1"), codes[0]));
  return come_in(d, demo__person(d, "demo-owner-2"), codes[1]);
}

/* ---- staff */

static result grant(struct demo *d, const struct demo_person *p, const char *role) {
  struct role_grant_request r = { .person = p->person, .role = str_of(role), .reason = STR("見本の体制"), .from = demo__today(d),
                                  .until = DAY_NONE };
  TRY(DEMO(d, role_grant, "demo-owner-1", &r));
  struct uuid id = demo__id(d, "/grant", "role_grant");
  return DEMO(d, role_confirm, "demo-owner-2", (&(struct role_confirm_request){ id }));
}

static result admit(struct demo *d, const struct staff_row *row) {
  bool auditor = strcmp(row->realm, "auditor") == 0;
  struct demo_person *p = add(d, row->login, row->bits, auditor ? STORE_AUDITOR : STORE_STAFF);
  struct account_open_request r = { .realm = str_of(row->realm), .login = str_of(row->login), .name = str_of(row->name) };
  TRY(DEMO(d, account_open, "demo-owner-1", &r));
  p->account = demo__id(d, "/account", "account");
  p->person = demo__id(d, "/person", "person");
  str code = str_copy(d->arena, demo__text(d, "/code"));
  for (int i = 0; i < 2 && row->roles[i]; i++) TRY(grant(d, p, row->roles[i]));
  return come_in(d, p, code);
}

result demo__people(struct demo *d) {
  str codes[2];
  TRY(bootstrap_owners(d, codes));
  TRY(owners_come_in(d, codes));
  for (size_t i = 0; i < COUNT_OF(staff); i++) TRY(admit(d, &staff[i]));
  return RESULT_OK;
}

/* ---- clinics: their codes come by letter */

static result print_letter(struct demo *d, str *code) {
  TRY(DEMO(d, letter_list, "demo-owner-1", NULL));
  const struct json *letters = json_at(&d->body, STR("/letters"));
  struct uuid letter = { { 0 } };
  for (uint32_t i = 0; letters && i < letters->count; i++)
    if (!demo__text(d, str_z(d->step, str_format(d->step, "/letters/%u/printed_at", i))).n)
      letter = demo__id(d, str_z(d->step, str_format(d->step, "/letters/%u/letter", i)), "letter");
  TRY(DEMO(d, letter_print, "demo-owner-1", (&(struct letter_print_request){ letter })));
  *code = str_copy(d->arena, demo__text(d, "/code"));
  return RESULT_OK;
}

result demo__mandates(struct demo *d) {
  for (size_t i = 0; i < COUNT_OF(clinics); i++) {
    struct demo_person *p = add(d, clinics[i].login, SERVICE_CLINIC, STORE_CLINIC);
    struct account_open_request r = { .realm = STR("clinic"), .login = str_of(p->login), .name = str_of(clinics[i].name),
                                      .facility = d->facilities[clinics[i].from], .mandate_kind = str_of(clinics[i].kind) };
    str code;
    TRY(DEMO(d, account_open, "demo-adjuster-1", &r));
    p->account = demo__id(d, "/account", "account");
    p->person = demo__id(d, "/person", "person");
    for (int k = clinics[i].from + 1; k < clinics[i].below; k++)
      TRY(DEMO(d, mandate_give, "demo-adjuster-1", (&(struct mandate_request){ p->account, d->facilities[k], str_of(clinics[i].kind), STR_NONE })));
    TRY(print_letter(d, &code));
    TRY(come_in(d, p, code));
  }
  return DEMO(d, mandate_give, "demo-owner-1",
              (&(struct mandate_request){ demo__person(d, "demo-proxy")->account, d->facilities[0], STR("proxy"), STR_NONE }));
}

/* Opened last, and left to whoever looks around: its letter waits in the mail room. */
result demo__letter(struct demo *d) {
  struct account_open_request r = { .realm = STR("clinic"), .login = STR("demo-clinic-3"), .name = STR("見本病院三 事務長"),
                                    .facility = d->facilities[2], .mandate_kind = STR("clerk") };
  return DEMO(d, account_open, "demo-adjuster-1", &r);
}

/* ---- the file */

result demo__write_logins(struct demo *d) {
  struct buf b = buf_in(d->arena);
  buf_add(&b, STR("# shienkin の試用の利用者。ここにあるものはすべて架空です。ブラウザーからは /demo で、合言葉なしで入れます。\n"
                  "# The people of this demo, all made up. In a browser, /demo signs in as any of them with one click.\n"
                  "# login  password  authenticator (base32; for example: oathtool --totp --base32 …)\n"));
  for (size_t i = 0; i < d->people_count; i++) {
    const struct demo_person *p = &d->people[i];
    buf_format(&b, "%-20s %.*s %.*s\n", p->login, STR_ARG(p->password), STR_ARG(p->totp.n ? p->totp : STR("-")));
  }
  return file_replace(d->ground->logins, buf_str(&b), 0600);
}
