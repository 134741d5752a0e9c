/* endpoints_staff: the staff's endpoints from a claim in the queue to its decision and back along its trail, each answer held
 * against what its row declares. */
#include "endpoints.h"

static struct house house;
static struct casework_places places;
static struct desk desk;
static size_t place;

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 12);
  desk_up(&desk, &house);
  *state = &desk;
  return 0;
}

static int down(void **state) {
  (void)state;
  desk_down(&desk);
  casework_down(&house);
  return 0;
}

static int next(void **state) {
  (void)state;
  house_next(&house);
  return 0;
}

static struct kase filed_here(struct desk *d) {
  return filed_with(d->house, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
}

/* An address of a claim: "/v1/cases/clm_…" and what follows. */
static str of_case(struct desk *d, const struct kase *k, const char *rest) {
  str id = uuid_outside(d->house->arena, service_prefix("claim"), k->claim);
  return str_format(d->house->arena, "/v1/cases/%.*s%s", STR_ARG(id), rest);
}

#define POST(d, who, target, body, version) desk_call((d), (who), HTTP_POST, (target), (body), (version))
#define TEXT(d, ...) str_z((d)->house->arena, str_format((d)->house->arena, __VA_ARGS__))

/* A letter as the mail room's list shows it now. */
static const char *letter_seen(struct desk *d, str letter) {
  assert_int_equal(desk_get(d, "proxy-1", STR("/v1/letters")), 200);
  const struct json *all = json_at(&d->body, STR("/letters"));
  for (uint32_t i = 0; i < all->count; i++) {
    if (!str_eq(json_text(json_get(&all->as.items[i], STR("letter"))), letter)) continue;
    return TEXT(d, "{\"letters\":[{\"letter\":\"%.*s\",\"version\":%lld}]}", STR_ARG(letter),
                (long long)json_get(&all->as.items[i], STR("version"))->integer);
  }
  fail_msg("the list does not hold %.*s", STR_ARG(letter));
  return NULL;
}

/* Every fact that is open, proved by one request. */
static void prove(struct desk *d, const char *who, const struct kase *k, int64_t version) {
  assert_int_equal(desk_get(d, who, of_case(d, k, "/assessment")), 200);
  const struct json *open = json_at(&d->body, STR("/open"));
  struct buf body = buf_in(d->house->arena);
  for (uint32_t i = 0; i < open->count; i++)
    buf_format(&body, "%s{\"key\":\"%.*s\",\"verdict\":\"proved\",\"reason\":\"書類で確かめた\"}", i ? "," : "",
               STR_ARG(json_text(&open->as.items[i])));
  assert_int_equal(
      POST(d, who, of_case(d, k, "/checks"), TEXT(d, "{\"checks\":[%.*s]}", STR_ARG(buf_str(&body))), version), 201);
}

static int64_t propose_here(struct desk *d, struct kase *k, str *proposal) {
  assert_int_equal(
      POST(d, "adjuster-1", of_case(d, k, "/assignment"),
           TEXT(d, "{\"person\":\"%.*s\"}",
                STR_ARG(uuid_outside(d->house->arena, "per_", house_person(d->house, "adjuster-1")->person))),
           k->version),
      200);
  int64_t version = desk_int(d, "/version");
  prove(d, "adjuster-1", k, version);
  assert_int_equal(POST(d, "adjuster-1", of_case(d, k, "/proposals"), NULL, version), 201);
  *proposal = desk_text(d, "/proposal");
  return desk_int(d, "/version");
}

/* ---- the whole way */

static void test_from_the_queue_to_the_decision(void **state) {
  struct desk *d = *state;
  struct kase k = filed_here(d);
  str proposal;
  assert_int_equal(desk_get(d, "adjuster-1", STR("/v1/cases?state=submitted&assigned=nobody&limit=5")), 200);
  assert_int_equal(desk_get(d, "adjuster-1", STR("/v1/cases/counts")), 200);
  int64_t version = propose_here(d, &k, &proposal);
  assert_int_equal(POST(d, "approver-1", of_case(d, &k, TEXT(d, "/proposals/%.*s/return", STR_ARG(proposal))),
                        "{\"reason\":\"もう一度\"}", version),
                   200);
  version = desk_int(d, "/version");
  assert_int_equal(POST(d, "adjuster-1", of_case(d, &k, "/proposals"), NULL, version), 201);
  proposal = desk_text(d, "/proposal");
  str approve = of_case(d, &k, TEXT(d, "/proposals/%.*s/approve", STR_ARG(proposal)));
  version = desk_int(d, "/version");
  assert_int_equal(POST(d, "approver-1", approve, NULL, version - 1), 412); /* another version was looked at */
  assert_int_equal(POST(d, "approver-1", approve, NULL, version), 201);
  assert_int_equal(desk_int(d, "/total_yen"), 300000);
  str decision = desk_text(d, "/decision");
  assert_int_equal(desk_get(d, "adjuster-1", of_case(d, &k, "")), 200);
  assert_int_equal(desk_get(d, "auditor-1", of_case(d, &k, "")), 200);
  assert_int_equal(desk_get(d, "approver-1", of_case(d, &k, "/facts")), 200);
  assert_int_equal(desk_get(d, "owner-1", of_case(d, &k, "/timeline?reads=true")), 200);
  assert_int_equal(desk_get(d, "auditor-1", str_format(d->house->arena, "/v1/audit/decisions/%.*s", STR_ARG(decision))),
                   200);
  assert_int_equal(
      desk_get(d, "auditor-1", str_format(d->house->arena, "/v1/audit/find?id=%.*s", STR_ARG(decision))), 200);
  assert_int_equal(desk_get(d, "auditor-1", STR("/v1/statistics?from=2026-01-01")), 200);
  assert_int_equal(
      POST(d, "approver-2", of_case(d, &k, "/reconsideration"), "{\"grounds\":\"書面で申し出があった\"}", version + 1),
      201);
  assert_int_equal(POST(d, "approver-2", of_case(d, &k, "/reconsideration/withdraw"), NULL, version + 2), 200);
}

/* ---- pages over cursors */

static void test_pages_by_cursor(void **state) {
  struct desk *d = *state;
  struct kase a = filed_here(d), b = filed_here(d);
  (void)a;
  (void)b;
  assert_int_equal(desk_get(d, "adjuster-1", STR("/v1/cases?limit=1&order=newest")), 200);
  str first = desk_text(d, "/claims/0/claim"), cursor = desk_text(d, "/next");
  assert_int_equal(desk_get(d, "adjuster-1",
                            str_format(d->house->arena, "/v1/cases?limit=1&order=newest&cursor=%.*s", STR_ARG(cursor))),
                   200);
  assert_false(str_eq(first, desk_text(d, "/claims/0/claim")));
  /* made for another person */
  assert_int_equal(
      desk_get(d, "adjuster-2", str_format(d->house->arena, "/v1/cases?limit=1&cursor=%.*s", STR_ARG(cursor))), 400);
  assert_int_equal(desk_get(d, "auditor-1", STR("/v1/audit/events?limit=2")), 200);
  int64_t seq = desk_int(d, "/events/1/seq");
  cursor = desk_text(d, "/next");
  assert_int_equal(
      desk_get(d, "auditor-1", str_format(d->house->arena, "/v1/audit/events?limit=2&cursor=%.*s", STR_ARG(cursor))),
      200);
  assert_true(desk_int(d, "/events/0/seq") > seq);
  assert_int_equal(desk_get(d, "owner-1", STR("/v1/audit/event-types")), 200);
}

/* ---- review */

static void test_review(void **state) {
  struct desk *d = *state;
  struct kase k = filed_here(d);
  assert_int_equal(POST(d, "adjuster-2", STR("/v1/cases/take-next"), "{}", -1), 200);
  str adjuster = uuid_outside(d->house->arena, "per_", house_person(d->house, "adjuster-1")->person);
  assert_int_equal(
      POST(d, "adjuster-1", of_case(d, &k, "/assignment"), TEXT(d, "{\"person\":\"%.*s\"}", STR_ARG(adjuster)), -1),
      200);
  int64_t version = desk_int(d, "/version");
  assert_int_equal(POST(d, "adjuster-1", of_case(d, &k, "/requests"),
                        "{\"keys\":[\"/closures\"],\"due_on\":\"2026-06-30\",\"text\":\"休業日を教えてください。\"}",
                        version),
                   201);
  str request = desk_text(d, "/request");
  version = desk_int(d, "/version");
  assert_int_equal(
      POST(d, "adjuster-1", of_case(d, &k, TEXT(d, "/requests/%.*s/take-back", STR_ARG(request))), NULL, version), 200);
  assert_int_equal(POST(d, "adjuster-1", of_case(d, &k, "/messages"), "{\"text\":\"受け付けました。\"}", -1), 201);
  assert_int_equal(POST(d, "approver-1", of_case(d, &k, "/notes"), "{\"text\":\"電話で確認\"}", -1), 201);
  assert_int_equal(POST(d, "approver-1", of_case(d, &k, "/holds"), "{\"kind\":\"other\",\"reason\":\"確認中\"}", -1),
                   201);
  str hold = desk_text(d, "/hold");
  assert_int_equal(POST(d, "adjuster-1", str_format(d->house->arena, "/v1/holds/%.*s/release", STR_ARG(hold)),
                        "{\"reason\":\"済んだ\"}", -1),
                   200);
  assert_int_equal(POST(d, "approver-2", of_case(d, &k, "/recusal"), "{\"reason\":\"知人\"}", -1), 201);
  struct kase other = filed_here(d);
  str other_id = uuid_outside(d->house->arena, "clm_", other.claim);
  assert_int_equal(
      POST(d, "adjuster-1", of_case(d, &k, "/duplicates"), TEXT(d, "{\"other\":\"%.*s\"}", STR_ARG(other_id)), -1),
      201);
  str suspicion = desk_text(d, "/suspicion");
  assert_int_equal(POST(d, "adjuster-1", of_case(d, &k, TEXT(d, "/duplicates/%.*s", STR_ARG(suspicion))),
                        "{\"verdict\":\"distinct\",\"reason\":\"別の日\"}", -1),
                   201);
  assert_int_equal(desk_get(d, "auditor-1", of_case(d, &k, "/duplicates")), 200);
  assert_int_equal(POST(d, "adjuster-1", of_case(d, &k, "/duplicates/search"), NULL, -1), 200);
  assert_int_equal(desk_get(d, "adjuster-1", of_case(d, &k, "")), 200);
}

/* ---- roster, rules, people */

static void test_roster_and_rules(void **state) {
  struct desk *d = *state;
  str facility = uuid_outside(d->house->arena, "fac_", places.ids[0]);
  assert_int_equal(desk_get(d, "adjuster-1",
                            str_format(d->house->arena, "/v1/roster/facilities/%.*s?on=2026-05-01", STR_ARG(facility))),
                   200);
  assert_int_equal(desk_get(d, "proxy-1", STR("/v1/roster/facilities?words=Clinic")), 200);
  assert_int_equal(
      POST(d, "adjuster-1", STR("/v1/roster/facilities"), "{\"reason\":\"名簿にない施設からの紙の申請\"}", -1), 201);
  assert_int_equal(desk_get(d, "auditor-1", STR("/v1/rule-sets")), 200);
  str rules = desk_text(d, "/rule_sets/0/rule_set");
  assert_int_equal(
      desk_get(d, "owner-1", str_format(d->house->arena, "/v1/rule-sets/%.*s/differences?limit=10", STR_ARG(rules))),
      200);
  assert_int_equal(POST(d, "owner-1", STR("/v1/rule-sets"), "<nothing/>", -1), 422);
}

/* Owners see what was taken, by whom and what it did. */
static void assert_imported(struct desk *d, const char *file_name) {
  assert_int_equal(desk_get(d, "owner-1", STR("/v1/roster/imports")), 200);
  assert_true(str_eq(desk_text(d, "/imports/0/file_name"), str_of(file_name)));
  assert_true(str_eq(desk_text(d, "/imports/0/name"), STR("owner-1")));
  assert_int_equal(desk_int(d, "/imports/0/changed"), 1);
  assert_int_equal(desk_int(d, "/imports/0/findings"), 0);
  assert_int_equal(desk_get(d, "adjuster-1", STR("/v1/roster/imports")), 403);
}

static void test_people(void **state) {
  struct desk *d = *state;
  assert_int_equal(desk_get(d, "owner-1", STR("/v1/accounts?limit=5")), 200);
  str cursor = desk_text(d, "/next");
  assert_int_equal(
      desk_get(d, "owner-1", str_format(d->house->arena, "/v1/accounts?limit=5&cursor=%.*s", STR_ARG(cursor))), 200);
  assert_int_equal(desk_get(d, "owner-1", STR("/v1/accounts?words=adjuster&realm=staff")), 200);
  assert_int_equal(POST(d, "owner-1", STR("/v1/accounts"),
                        "{\"realm\":\"staff\",\"login\":\"adjuster-9\",\"name\":\"審査担当 九\"}", -1),
                   201);
  str account = desk_text(d, "/account"), person = desk_text(d, "/person");
  assert_int_equal(POST(d, "owner-1", STR("/v1/grants"),
                        TEXT(d, "{\"person\":\"%.*s\",\"role\":\"adjuster\",\"reason\":\"着任\"}", STR_ARG(person)),
                        -1),
                   201);
  str grant = desk_text(d, "/grant");
  assert_int_equal(desk_get(d, "owner-2", STR("/v1/grants")), 200);
  assert_int_equal(POST(d, "owner-2", str_format(d->house->arena, "/v1/grants/%.*s/confirm", STR_ARG(grant)), NULL, -1),
                   200);
  assert_int_equal(POST(d, "owner-1", str_format(d->house->arena, "/v1/accounts/%.*s/reset", STR_ARG(account)),
                        "{\"reason\":\"端末の紛失\"}", -1),
                   201);
  str reset = desk_text(d, "/reset");
  assert_int_equal(desk_get(d, "owner-2", STR("/v1/account-resets")), 200);
  assert_int_equal(POST(d, "owner-2", str_format(d->house->arena, "/v1/account-resets/%.*s/confirm", STR_ARG(reset)), NULL, -1),
                   200);
  assert_true(desk_text(d, "/code").n > 0);
  assert_int_equal(POST(d, "owner-2", str_format(d->house->arena, "/v1/grants/%.*s/revoke", STR_ARG(grant)),
                        "{\"reason\":\"異動\"}", -1),
                   200);
  assert_int_equal(POST(d, "owner-1", str_format(d->house->arena, "/v1/accounts/%.*s/close", STR_ARG(account)),
                        "{\"reason\":\"退職\"}", -1),
                   200);
  str facility = uuid_outside(d->house->arena, "fac_", places.ids[10]);
  assert_int_equal(
      POST(
          d, "approver-1", STR("/v1/accounts"),
          TEXT(
              d,
              "{\"realm\":\"clinic\",\"login\":\"clinic-9\",\"name\":\"院長\",\"facility\":\"%.*s\",\"mandate_kind\":\"representative\"}",
              STR_ARG(facility)),
          -1),
      201);
  account = desk_text(d, "/account");
  str second = uuid_outside(d->house->arena, "fac_", places.ids[11]);
  assert_int_equal(POST(d, "approver-1", STR("/v1/mandates"),
                        TEXT(d, "{\"account\":\"%.*s\",\"facility\":\"%.*s\",\"kind\":\"clerk\"}", STR_ARG(account),
                             STR_ARG(second)),
                        -1),
                   201);
  str mandate = desk_text(d, "/mandate");
  assert_int_equal(POST(d, "approver-1", str_format(d->house->arena, "/v1/mandates/%.*s/end", STR_ARG(mandate)),
                        "{\"reason\":\"委任の終了\"}", -1),
                   200);
  assert_int_equal(desk_get(d, "owner-1", STR("/v1/letters")), 200);
  str letter = desk_text(d, "/letters/0/letter");
  str print = str_format(d->house->arena, "/v1/letters/%.*s/print", STR_ARG(letter));
  assert_true(POST(d, "proxy-1", print, NULL, -1) >= 400);
  assert_string_equal(d->answer.problem->code, "letter_address");
  const char *roster = "key,kind,name,from,member_number,relation,postal_code,address\n"
                       "S-0010,clinic,Clinic 10,2020-04-01,100001,opens,1138621,東京都文京区本駒込2-28-16\n";
  str import = STR("/v1/roster/imports?kind=facilities&file_name=places.csv");
  assert_int_equal(POST(d, "owner-1", str_format(d->house->arena, "%.*s&preview=true", STR_ARG(import)), roster, -1),
                   200);
  assert_int_equal(desk_int(d, "/changed"), 1);
  assert_int_equal(POST(d, "owner-1", import, roster, -1), 201);
  assert_int_equal(desk_int(d, "/changed"), 1);
  assert_int_equal(POST(d, "owner-1", import, "key,kind\nS-0010,", -1), 422);
  assert_imported(d, "places.csv");
  assert_int_equal(POST(d, "proxy-1", print, NULL, -1), 200);
  assert_true(str_eq(desk_text(d, "/postal_code"), STR("1138621")));
  str sheet = str_format(d->house->arena, "/v1/letters/%.*s/sheet", STR_ARG(letter));
  assert_int_equal(POST(d, "proxy-1", sheet, NULL, -1), 200);
  assert_true(str_starts(d->answer.body, STR("%PDF-")));
  const char *seen = letter_seen(d, letter);
  d->house->fixture.now_us += 1000000;
  assert_int_equal(POST(d, "proxy-1", STR("/v1/letters/sheets"), seen, -1), 200);
  assert_true(str_starts(d->answer.body, STR("%PDF-")));
  assert_int_equal(POST(d, "proxy-1", STR("/v1/letters/posted"), seen, -1), 409);
  assert_string_equal(d->answer.problem->code, "letter_printed");
  assert_int_equal(POST(d, "proxy-1", STR("/v1/letters/posted"), letter_seen(d, letter), -1), 200);
  assert_int_equal(desk_int(d, "/posted"), 1);
  assert_int_equal(desk_get(d, "approver-1", str_format(d->house->arena, "/v1/accounts/%.*s", STR_ARG(account))), 200);
  assert_true(str_eq(desk_text(d, "/letter/letter"), letter) && str_eq(desk_text(d, "/mandates/0/login"), STR("clinic-9")));
  assert_int_equal(desk_get(d, "approver-1", str_format(d->house->arena, "/v1/mandates?facility=%.*s", STR_ARG(facility))), 200);
  assert_true(str_find(d->answer.body, account) >= 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_from_the_queue_to_the_decision, next),
    cmocka_unit_test_setup(test_pages_by_cursor, next),
    cmocka_unit_test_setup(test_review, next),
    cmocka_unit_test_setup(test_roster_and_rules, next),
    cmocka_unit_test_setup(test_people, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
