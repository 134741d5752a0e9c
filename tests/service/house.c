/* house: built with the store's own statements where no use case exists (people), and by use cases where one does. */
#include "house.h"

static const struct {
  const char *name;
  const char *realm;
  const char *roles[2];
  uint32_t bits;
} staff[] = {
  { "adjuster-1", "staff", { "adjuster" }, SERVICE_ADJUSTER },
  { "adjuster-2", "staff", { "adjuster" }, SERVICE_ADJUSTER },
  { "approver-1", "staff", { "approver" }, SERVICE_APPROVER },
  { "approver-2", "staff", { "approver" }, SERVICE_APPROVER },
  { "both-1", "staff", { "adjuster", "approver" }, SERVICE_ADJUSTER | SERVICE_APPROVER },
  { "cashier-1", "staff", { "cashier" }, SERVICE_CASHIER },
  { "proxy-1", "staff", { "proxy" }, SERVICE_PROXY },
  { "auditor-1", "auditor", { "auditor" }, SERVICE_AUDITOR },
  { "clinic-1", "clinic", { NULL }, SERVICE_CLINIC },
  { "clinic-1b", "clinic", { NULL }, SERVICE_CLINIC },
  { "clinic-2", "clinic", { NULL }, SERVICE_CLINIC },
};

/* ---- the database's hook */

static enum store_injury injure(void *context, uint64_t nth, const char *statement) {
  struct house *h = context;
  (void)nth;
  if (h->also) h->also(statement);
  h->seen++;
  return h->fail_at != 0 && h->seen == h->fail_at ? h->injury : STORE_UNHURT;
}

/* ---- people */

static struct uuid fresh_id(struct house *h) { return uuid_v7(&h->service.clock, &h->service.randomness); }

static struct house_person *add_person(struct house *h, const char *name, uint32_t roles, const char *realm) {
  assert_true(h->people_count < HOUSE_PEOPLE);
  struct house_person *p = &h->people[h->people_count++];
  enum store_realm r = strcmp(realm, "clinic") == 0    ? STORE_CLINIC
                       : strcmp(realm, "auditor") == 0 ? STORE_AUDITOR
                                                       : STORE_STAFF;
  *p = (struct house_person){ name, fresh_id(h), fresh_id(h), roles, r };
  return p;
}

const struct house_person *house_person(const struct house *h, const char *name) {
  for (size_t i = 0; i < h->people_count; i++)
    if (strcmp(h->people[i].name, name) == 0) return &h->people[i];
  fail_msg("nobody is called %s", name);
  return NULL;
}

void house_does(struct house *h, const char *name, tx_body *body, void *context) {
  const struct house_person *p = house_person(h, name);
  struct actor who = { p->account, STR("req-house") };
  struct tx_fault fault;
  result r = store_run(h->service.store, p->realm, who, h->arena, body, context, &fault);
  if (r != RESULT_OK) fail_msg("%s: %s %s %s", name, result_name(r), fault.constraint, fault.statement);
}

static result open_accounts(struct tx *tx, void *context) {
  struct house *h = context;
  for (size_t i = 0; i < COUNT_OF(staff); i++) {
    const struct house_person *p = house_person(h, staff[i].name);
    store_person_insert(tx, &(struct person_row){ .id = p->person, .kind = STR("human"), .name = str_of(p->name) });
    store_account_insert(
        tx, &(struct account_row){
                .id = p->account, .person_id = p->person, .realm = str_of(staff[i].realm), .login = str_of(p->name) });
  }
  return RESULT_OK;
}

struct grants {
  struct house *h;
  struct uuid ids[2 * COUNT_OF(staff)];
  size_t count;
};

static result grant_roles(struct tx *tx, void *context) {
  struct grants *g = context;
  g->count = 0;
  for (size_t i = 0; i < COUNT_OF(staff); i++)
    for (size_t k = 0; k < 2 && staff[i].roles[k]; k++) {
      struct role_grant_row row = { .id = tx_new_id(tx),
                                    .person_id = house_person(g->h, staff[i].name)->person,
                                    .role = str_of(staff[i].roles[k]),
                                    .began_at = tx_at(tx),
                                    .ended_at = SQL_NONE,
                                    .reason = STR("opening of the house") };
      store_role_grant_insert(tx, &row);
      g->ids[g->count++] = row.id;
    }
  return RESULT_OK;
}

static result confirm_roles(struct tx *tx, void *context) {
  struct grants *g = context;
  for (size_t i = 0; i < g->count; i++) store_role_grant_confirm(tx, g->ids[i]);
  return RESULT_OK;
}

static void people_up(struct house *h) {
  struct bootstrap_owner owners[2];
  for (int i = 0; i < 2; i++) {
    struct house_person *p = add_person(h, i == 0 ? "owner-1" : "owner-2", SERVICE_OWNER, "staff");
    owners[i] = (struct bootstrap_owner){ p->person, p->account, str_of(p->name), str_of(p->name), { { 0 } } };
  }
  if (store_bootstrap_owners(h->arena, cluster_owner_conninfo(h->fixture.cluster), &h->service.clock, owners,
                             &h->findings) != RESULT_OK)
    fail_msg("owners");
  for (size_t i = 0; i < COUNT_OF(staff); i++) add_person(h, staff[i].name, staff[i].bits, staff[i].realm);
  struct house_person *service = add_person(h, "service", SERVICE_JOB, "staff");
  service->person = STORE_SERVICE_PERSON;
  service->account = STORE_SERVICE_ACCOUNT;
  house_does(h, "owner-1", open_accounts, h);
  struct grants g = { .h = h };
  house_does(h, "owner-1", grant_roles, &g);
  house_does(h, "owner-2", confirm_roles, &g);
}

/* ---- roster, mandates, declaration */

static const char members_csv[] = "member_number,class,from,name,name_kana\r\n"
                                  "100001,A1,2020-04-01,山田太郎,ヤマダタロウ\r\n"
                                  "100002,A2B,2020-04-01,佐藤花子,サトウハナコ\r\n";
static const char facilities_csv[] =
    "key,kind,code,name,name_kana,closed_weekdays,closed_on_holidays,from,member_number,relation\r\n"
    "F-0001,clinic,1312345679,やまだ医院,ヤマダイイン,sun,yes,2020-04-01,100001,opens\r\n"
    "F-0002,hospital,,佐藤病院,サトウビヨウイン,,no,2020-04-01,100002,manages\r\n";

static void import(struct house *h, enum roster_kind kind, const char *text) {
  struct caller c = house_caller(h, "owner-1");
  struct roster_import_request r = { .kind = kind, .file_name = STR("roster.csv"), .bytes = str_of(text) };
  assert_ok(h, HOUSE(h, roster_import, &c, &r));
}

static result find_facilities(struct tx *tx, void *context) {
  struct house *h = context;
  struct facility_row row;
  TRY(store_facility_by_key(tx, STR("F-0001"), &row));
  h->clinic_1 = row.id;
  TRY(store_facility_by_key(tx, STR("F-0002"), &row));
  h->clinic_2 = row.id;
  return RESULT_OK;
}

static result give_mandates(struct tx *tx, void *context) {
  struct house *h = context;
  const struct {
    const char *name;
    struct uuid facility;
    const char *kind;
  } mandates[] = {
    { "clinic-1", h->clinic_1, "representative" },
    { "clinic-1b", h->clinic_1, "clerk" },
    { "clinic-2", h->clinic_2, "representative" },
    { "proxy-1", h->clinic_1, "proxy" },
  };
  for (size_t i = 0; i < COUNT_OF(mandates); i++)
    store_mandate_insert(tx, &(struct mandate_row){ .id = tx_new_id(tx),
                                                    .facility_id = mandates[i].facility,
                                                    .account_id = house_person(h, mandates[i].name)->account,
                                                    .kind = str_of(mandates[i].kind),
                                                    .began_at = tx_at(tx) });
  return RESULT_OK;
}

static void declare(struct house *h) {
  struct caller first = house_caller(h, "owner-1"), second = house_caller(h, "owner-2");
  struct declaration_publish_request r = { STR("2026-04"), STR("申請内容は事実に相違ありません。"), STR("What is filed here is true.") };
  assert_ok(h, HOUSE(h, declaration_publish, &first, &r));
  struct declaration_confirm_request yes = { house_id(h, "/declaration", "declaration_text") };
  assert_ok(h, HOUSE(h, declaration_confirm, &second, &yes));
}

void house_up(struct house *h) {
  h->fixture.hook = (struct store_hook){ injure, h };
  fixture_up(&h->fixture);
  h->arena = arena_new(0);
  h->findings = findings_in(h->arena);
  const char *keys = str_z(h->fixture.arena, str_format(h->fixture.arena, "%s/keys", h->fixture.folder));
  h->service = (struct service){ .store = h->fixture.store,
                                 .clock = clock_fixed(&h->fixture.now_us),
                                 .randomness = randomness_seeded(&h->fixture.seed),
                                 .log = { h->fixture.quiet ? -1 : 2, LOG_ERROR, clock_system() } };
  struct master_keys *master;
  assert_int_equal(master_keys_create(keys, &h->service.randomness), RESULT_OK);
  assert_int_equal(master_keys_read(h->fixture.arena, keys, &h->findings, &master), RESULT_OK);
  h->service.keys = master;
  people_up(h);
  import(h, ROSTER_MEMBERS, members_csv);
  h->fixture.now_us += 1000000;
  import(h, ROSTER_FACILITIES, facilities_csv);
  house_does(h, "owner-1", find_facilities, h);
  house_does(h, "owner-1", give_mandates, h);
  declare(h);
  house_next(h);
}

void house_down(struct house *h) {
  arena_free(h->arena);
  fixture_down(&h->fixture);
}

void house_next(struct house *h) {
  arena_reset(h->arena);
  h->findings = findings_in(h->arena);
  h->fixture.now_us += 1000000;
  h->fail_at = 0;
}

int house_open(void **state) {
  static struct house house;
  house_up(&house);
  *state = &house;
  return 0;
}

int house_close(void **state) {
  house_down(*state);
  return 0;
}

int house_between(void **state) {
  house_next(*state);
  return 0;
}

/* ---- calling */

struct caller house_caller(struct house *h, const char *name) {
  const struct house_person *p = house_person(h, name);
  return (struct caller){ .account = p->account,
                          .person = p->person,
                          .roles = p->roles,
                          .realm = p->realm,
                          .via = SERVICE_API,
                          .request_id = str_format(h->arena, "req-%llu", (unsigned long long)++h->keys) };
}

struct caller house_keyed(struct house *h, const char *name, const char *what) {
  struct caller c = house_caller(h, name);
  c.idempotency_key = str_format(h->arena, "key-%llu", (unsigned long long)++h->keys);
  c.fingerprint = sha256_of(str_of(what));
  return c;
}

void house_begin(struct house *h) {
  h->findings = findings_in(h->arena);
  h->answer = (struct service_answer){ 0 };
  h->seen = 0;
  h->fixture.now_us += 1000;
}

result house_answered(struct house *h, result r) {
  h->body = json_of_null();
  if (h->answer.body.n > 0) {
    struct findings f = findings_in(h->arena);
    assert_int_equal(json_read(h->arena, h->answer.body, (struct json_limits){ 16 << 20, 0 }, &f, &h->body), RESULT_OK);
  }
  return r;
}

void house_assert_result(struct house *h, result r, result wanted, int status, const char *code, const char *file,
                         int line) {
  bool fits = r == wanted && (status == 0 || h->answer.status == status);
  bool coded = code == NULL;
  for (size_t i = 0; i < h->findings.count; i++) coded = coded || strcmp(h->findings.items[i].code, code) == 0;
  if (fits && coded) return;
  for (size_t i = 0; i < h->findings.count; i++)
    print_error("  %.*s (line %u) %s: %.*s\n", STR_ARG(h->findings.items[i].pointer), h->findings.items[i].line,
                h->findings.items[i].code, STR_ARG(h->findings.items[i].en));
  print_error("%s:%d: %s %d, wanted %s %d %s\n", file, line, result_name(r), h->answer.status, result_name(wanted),
              status, code ? code : "");
  fail();
}

static const struct json *at(struct house *h, const char *pointer) {
  const struct json *j = json_at(&h->body, str_of(pointer));
  if (!j) fail_msg("nothing at %s in %.*s", pointer, STR_ARG(h->answer.body));
  return j;
}

str house_text(struct house *h, const char *pointer) {
  const struct json *j = at(h, pointer);
  if (j->kind != JSON_KIND_STRING) fail_msg("no text at %s in %.*s", pointer, STR_ARG(h->answer.body));
  return json_text(j);
}

int64_t house_int(struct house *h, const char *pointer) {
  const struct json *j = at(h, pointer);
  if (j->kind != JSON_KIND_INTEGER) fail_msg("no number at %s in %.*s", pointer, STR_ARG(h->answer.body));
  return j->integer;
}

struct uuid house_id(struct house *h, const char *pointer, const char *table) {
  struct uuid id;
  assert_true(uuid_from_outside(house_text(h, pointer), service_prefix(table), &id));
  return id;
}

/* ---- counting: a statement of its own each time, under the auditor, who sees every row */

struct counted {
  int64_t value;
};
static const struct sql_field counted_out[] = { SQL_FIELD(INT, struct counted, value) };
struct counting {
  const struct statement *statement;
  struct counted row;
};

static result count_body(struct tx *tx, void *context) {
  struct counting *c = context;
  return tx_one(tx, c->statement, NULL, &c->row);
}

/* The same text is the same statement, so that a loop does not prepare without end. */
static const struct statement *statement_of(struct house *h, const char *sql) {
  for (size_t i = 0; i < h->counted_count; i++)
    if (strcmp(h->counted[i]->sql, sql) == 0) return h->counted[i];
  assert_true(h->counted_count < COUNT_OF(h->counted));
  struct arena *a = h->fixture.arena;
  struct statement *s = ARENA_NEW(a, struct statement);
  const char *name = str_z(a, str_format(a, "count_%zu", h->counted_count));
  *s = (struct statement){ name, str_z(a, str_of(sql)), NULL, 0, counted_out, 1, sizeof(struct counted), -1 };
  h->counted[h->counted_count++] = s;
  return s;
}

int64_t house_count(struct house *h, const char *sql) {
  struct counting c = { statement_of(h, sql), { 0 } };
  struct tx_fault fault;
  uint64_t fail_at = h->fail_at;
  h->fail_at = 0;
  result r = store_run(h->service.store, STORE_AUDITOR, (struct actor){ .request_id = STR("") }, h->arena, count_body,
                       &c, &fault);
  h->fail_at = fail_at;
  if (r != RESULT_OK) fail_msg("%s: %s (fault %d, %s %s)", sql, result_name(r), (int)fault.kind, fault.statement, fault.sqlstate);
  return c.row.value;
}
