/* Does every statement fit the schema: each is prepared and run once against the real one, with idle values.
 * What it finds or which rule refuses it does not matter here; a name or type that the schema does not know does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/fixture.h"

#define NONE ((struct uuid){ { 0 } })
#define NO_TEXT STR_NONE
#define NO_DIGEST ((struct sha256){ { 0 } })
#define NO_TEXTS ((struct strs){ NULL, 0 })
#define NO_UUIDS ((struct uuids){ NULL, 0 })
#define NO_PLACE ((struct queue_place){ 0 })
#define NO_TRAIL ((struct trail_filter){ 0 })
#define NO_ACCOUNTS ((struct account_search){ .limit = 1 })
#define NO_WANTS ((struct queue_wants){ 0 })
#define NO_SEARCH ((struct queue_search){ 0 })

/* clang-format off */
#define STATEMENTS(ONE, MANY, VALUE, ASK, PAIR, INSERT, WRITE)                                                        \
  INSERT(store_person_insert, person_row)                                                                             \
  ONE(store_person_by_id, person_row, NONE)                                                                           \
  INSERT(store_account_insert, account_row)                                                                           \
  ONE(store_account_by_id, account_row, NONE)                                                                         \
  ONE(store_account_by_login, account_row, NO_TEXT)                                                                   \
  WRITE(store_account_close, NONE)                                                                                    \
  MANY(store_role_held_now, role_held_row, NONE)                                                                      \
  MANY(store_role_holders, role_held_row, NO_TEXT)                                                                    \
  VALUE(store_role_holds, bool, NONE, NO_TEXTS)                                                                       \
  INSERT(store_role_grant_insert, role_grant_row)                                                                     \
  MANY(store_role_grant_open, role_grant_row)                                                                         \
  WRITE(store_role_grant_confirm, NONE)                                                                               \
  WRITE(store_role_revoke, NONE, FIXTURE_NOW_US, NO_TEXT)                                                             \
  INSERT(store_mandate_insert, mandate_row)                                                                           \
  WRITE(store_mandate_end, NONE)                                                                                      \
  MANY(store_mandate_of_account, mandate_row, NONE)                                                                   \
  MANY(store_mandate_named, mandate_named_row, NONE, NONE)                                                            \
  VALUE(store_trial_count, int64_t, NO_DIGEST, 900)                                                                   \
  WRITE(store_trial_forget, NO_DIGEST)                                                                                \
  ONE(store_sign_in_account, sign_in_row, NO_TEXT)                                                                    \
  WRITE(store_ticket_write, NO_DIGEST, NONE, NO_TEXT, NO_TEXT, FIXTURE_NOW_US)                                        \
  ONE(store_ticket_account, sign_in_row, NO_DIGEST, NO_TEXT)                                                          \
  WRITE(store_ticket_use, NO_DIGEST)                                                                                  \
  INSERT(store_session_begin, session_begin_row)                                                                      \
  VALUE(store_access_code_fits, bool, NONE, NO_DIGEST)                                                                \
  VALUE(store_access_code_use, bool, NONE, NO_DIGEST)                                                                 \
  ASK(store_ask_session_of, session_row, NO_DIGEST, 1800)                                                             \
  ASK(store_ask_machine_session_of, session_row, NO_DIGEST)                                                           \
  VALUE(store_roles_of, struct strs, NONE, STR("staff"))                                                              \
  VALUE(store_session_step_up, bool, NONE)                                                                            \
  VALUE(store_session_stepped_up, bool, NONE, 300)                                                                    \
  VALUE(store_session_end, int64_t, NONE)                                                                             \
  MANY(store_session_list, session_list_row, NONE, 1800)                                                              \
  VALUE(store_password_of, str, NONE)                                                                                 \
  WRITE(store_password_write, NONE, NO_TEXT, NONE)                                                                    \
  ONE(store_authenticator_of, authenticator_row, NONE, true)                                                          \
  WRITE(store_authenticator_write, NONE, NONE, NO_TEXT)                                                               \
  WRITE(store_authenticator_confirm, NONE)                                                                            \
  VALUE(store_authenticator_use, bool, NONE, 1)                                                                       \
  WRITE(store_recovery_codes_end, NONE)                                                                               \
  WRITE(store_recovery_code_write, NONE, NO_DIGEST)                                                                   \
  VALUE(store_recovery_code_use, bool, NONE, NO_DIGEST)                                                               \
  INSERT(store_machine_token_write, machine_token_row)                                                                \
  VALUE(store_machine_token_end, bool, NONE)                                                                          \
  MANY(store_machine_token_list, machine_token_row, NONE)                                                             \
  WRITE(store_language_write, STR("ja"))                                                                              \
  ONE(store_account_access, account_access_row, STORE_SERVICE_ACCOUNT)                                                \
  WRITE(store_access_code_write, NONE, NONE, NONE, NO_DIGEST, FIXTURE_NOW_US)                                         \
  WRITE(store_account_forget_secrets, NONE)                                                                           \
  VALUE(store_letter_ask, bool, NONE, NONE, NONE, NO_TEXT)                                                            \
  MANY(store_letter_open, letter_row, 0)                                                                              \
  ONE(store_letter_by_id, letter_row, NONE, 0)                                                                        \
  ONE(store_letter_of_account, letter_row, NONE, 0)                                                                   \
  WRITE(store_letter_hold, NONE)                                                                                      \
  WRITE(store_letter_post, NONE)                                                                                      \
  MANY(store_account_search, account_list_row, &NO_ACCOUNTS)                                                          \
  VALUE(store_claims_in_hand, struct uuids, NONE, 1)                                                                  \
  MANY(store_role_grant_waiting, role_grant_named_row)                                                                \
  MANY(store_role_held_named, role_grant_named_row)                                                                   \
  ONE(store_role_grant_by_id, role_grant_named_row, NONE)                                                             \
  ONE(store_mandate_by_id, mandate_row, NONE)                                                                         \
  INSERT(store_roster_import_insert, roster_import_row)                                                               \
  MANY(store_roster_import_list, roster_import_told_row, 1)                                                                \
  INSERT(store_member_insert, member_row)                                                                             \
  ONE(store_member_by_number, member_row, NO_TEXT)                                                                    \
  INSERT(store_member_version_insert, member_version_row)                                                             \
  WRITE(store_member_version_end, NONE, NONE)                                                                         \
  MANY(store_member_version_known, member_version_row)                                                                \
  INSERT(store_facility_insert, facility_row)                                                                         \
  ONE(store_facility_by_id, facility_row, NONE)                                                                       \
  ONE(store_facility_by_key, facility_row, NO_TEXT)                                                                   \
  INSERT(store_facility_version_insert, facility_version_row)                                                         \
  WRITE(store_facility_version_end, NONE, NONE)                                                                       \
  ONE(store_facility_version_on, facility_version_row, NONE, 0, FIXTURE_NOW_US)                                       \
  MANY(store_facility_version_known, facility_version_row)                                                            \
  MANY(store_facility_search, facility_version_row, NO_TEXT, 1)                                                       \
  INSERT(store_facility_relation_insert, facility_relation_row)                                                       \
  WRITE(store_facility_relation_end, NONE, NONE)                                                                      \
  ASK(store_ask_related_member_on, related_member_row, NONE, 0, FIXTURE_NOW_US)                                       \
  MANY(store_facility_relation_known, facility_relation_row)                                                          \
  MANY(store_roster_uses, roster_use_row)                                                                             \
  INSERT(store_roster_finding_insert, roster_finding_row)                                                             \
  MANY(store_roster_finding_open, roster_finding_row, NONE)                                                           \
  MANY(store_roster_finding_of_decision, roster_finding_row, NONE)                                                    \
  WRITE(store_roster_finding_settle, NONE, NONE, NO_TEXT, NO_TEXT)                                                    \
  INSERT(store_incident_insert, incident_row)                                                                         \
  ONE(store_incident_lock, incident_row, NONE)                                                                        \
  ONE(store_incident_by_id, incident_row, NONE)                                                                       \
  MANY(store_incident_of_facility, incident_row, NONE)                                                                \
  WRITE(store_incident_move, NONE, 1, NONE, 0)                                                                        \
  INSERT(store_claim_insert, claim_row)                                                                               \
  ONE(store_claim_lock, claim_row, NONE)                                                                              \
  ONE(store_claim_by_id, claim_row, NONE)                                                                             \
  ONE(store_claim_by_number, claim_row, NO_TEXT)                                                                      \
  MANY(store_claim_of_incident, claim_row, NONE)                                                                      \
  MANY(store_claim_of_facility, claim_row, NONE, NONE, 1)                                                             \
  MANY(store_claim_mine, claim_row, NONE, 1, STR("draft decided"), NONE, STR("26-0001"))                                \
  MANY(store_claim_queue, claim_row, NO_TEXT, NONE, FIXTURE_NOW_US, NONE, 1)                                          \
  ONE(store_claim_take_next, claim_row, NO_TEXT, NONE)                                                                \
  WRITE(store_claim_move, NONE, 1, NO_TEXT)                                                                           \
  WRITE(store_claim_submit, NONE, 1, NONE, NO_TEXT)                                                                   \
  WRITE(store_claim_assign, NONE, 1, NONE)                                                                            \
  WRITE(store_claim_take, NONE, 1, NONE, NO_TEXT)                                                                     \
  VALUE(store_claim_next_number, str, 2026)                                                                              \
  MANY(store_queue_all, queue_row, &NO_WANTS, NO_PLACE, false, 1)                                                      \
  MANY(store_queue_unassigned, queue_row, &NO_WANTS, NO_PLACE, false, 1)                                               \
  MANY(store_queue_assigned, queue_row, &NO_WANTS, NONE, NO_PLACE, false, 1)                                           \
  MANY(store_queue_search, queue_row, &NO_SEARCH, NO_PLACE, false, 1)                                                 \
  ASK(store_ask_queue_shares, queue_share_row, NONE)                                                                  \
  MANY(store_trail, event_read_row, &NO_TRAIL, 0, 1)                                                                  \
  ONE(store_trail_place, trail_place_row, NONE)                                                                       \
  MANY(store_person_names, person_name_row, NO_UUIDS)                                                                 \
  MANY(store_statistics_months, month_row, FIXTURE_NOW_US)                                                            \
  MANY(store_statistics_items, item_statistics_row)                                                                   \
  MANY(store_statistics_states, state_statistics_row)                                                                 \
  MANY(store_statistics_prefectures, prefecture_row)                                                                  \
  ONE(store_statistics_pace, pace_row, FIXTURE_NOW_US)                                                                \
  MANY(store_claim_counts, claim_count_row)                                                                           \
  INSERT(store_claim_withdrawal_insert, claim_withdrawal_row)                                                         \
  ONE(store_claim_withdrawal_of, claim_withdrawal_row, NONE)                                                          \
  INSERT(store_draft_insert, draft_row)                                                                               \
  WRITE(store_draft_save, NONE, 1, NO_TEXT)                                                                           \
  ONE(store_draft_of, draft_row, NONE)                                                                                \
  MANY(store_draft_unused, draft_row, FIXTURE_NOW_US, 1)                                                              \
  WRITE(store_draft_notice, NONE)                                                                                     \
  MANY(store_claim_erasable, erasable_row, 1)                                                                         \
  INSERT(store_declaration_text_insert, declaration_text_row)                                                         \
  WRITE(store_declaration_text_confirm, NONE)                                                                         \
  MANY(store_declaration_text_published, declaration_text_published_row)                                              \
  MANY(store_declaration_text_waiting, declaration_text_row)                                                          \
  INSERT(store_account_reset_insert, account_reset_row)                                                               \
  WRITE(store_account_reset_confirm, NONE)                                                                            \
  MANY(store_account_reset_waiting, account_reset_row)                                                                \
  ONE(store_account_reset_by_id, account_reset_row, NONE)                                                             \
  ONE(store_declaration_text_latest, declaration_text_row)                                                            \
  ONE(store_declaration_text_by_id, declaration_text_row, NONE)                                                       \
  INSERT(store_facts_version_insert, facts_version_row)                                                               \
  ONE(store_facts_version_latest, facts_version_row, NONE)                                                            \
  ONE(store_facts_version_by_id, facts_version_row, NONE)                                                             \
  MANY(store_facts_version_list, facts_version_row, NONE)                                                             \
  INSERT(store_payee_version_insert, payee_version_row)                                                               \
  ONE(store_payee_version_latest, payee_version_row, NONE)                                                            \
  MANY(store_payee_version_list, payee_version_row, NONE)                                                             \
  INSERT(store_payee_confirmation_insert, payee_confirmation_row)                                                     \
  MANY(store_payee_confirmation_list, payee_confirmation_row, NONE)                                                   \
  INSERT(store_incident_report_insert, incident_report_row)                                                           \
  ONE(store_incident_report_latest, incident_report_row, NONE)                                                        \
  INSERT(store_evidence_insert, evidence_row)                                                                         \
  ONE(store_evidence_by_id, evidence_row, NONE)                                                                       \
  MANY(store_evidence_of_claim, evidence_row, NONE)                                                                   \
  MANY(store_evidence_unfinished, evidence_row, FIXTURE_NOW_US, 1)                                                    \
  INSERT(store_evidence_chunk_insert, evidence_chunk_row)                                                             \
  ONE(store_evidence_chunk_at, evidence_chunk_row, NONE, 1)                                                           \
  VALUE(store_evidence_offset, int64_t, NONE)                                                                         \
  INSERT(store_evidence_finish_insert, evidence_finish_row)                                                           \
  ONE(store_evidence_finish_of, evidence_finish_row, NONE)                                                            \
  MANY(store_evidence_finish_of_claim, evidence_finish_row, NONE)                                                     \
  INSERT(store_evidence_scan_insert, evidence_scan_row)                                                               \
  ONE(store_evidence_scan_latest, evidence_scan_row, NONE)                                                            \
  MANY(store_evidence_scan_of_claim, evidence_scan_row, NONE)                                                         \
  ONE(store_evidence_scan_take, evidence_scan_turn_row)                                                               \
  INSERT(store_evidence_scan_turn, evidence_scan_turn_row)                                                            \
  INSERT(store_fact_check_insert, fact_check_row)                                                                     \
  MANY(store_fact_check_standing, fact_check_row, NONE)                                                               \
  MANY(store_fact_check_list, fact_check_row, NONE)                                                                   \
  INSERT(store_fact_check_evidence_insert, fact_check_evidence_row)                                                   \
  MANY(store_fact_check_evidence_list, fact_check_evidence_row, NONE)                                                 \
  INSERT(store_information_request_insert, information_request_row)                                                   \
  MANY(store_information_request_list, information_request_row, NONE)                                                 \
  MANY(store_information_request_open, information_request_row, NONE)                                                 \
  INSERT(store_information_reply_insert, information_reply_row)                                                       \
  MANY(store_information_reply_list, information_reply_row, NONE)                                                     \
  INSERT(store_message_insert, message_row)                                                                           \
  MANY(store_message_list, message_row, NONE)                                                                         \
  INSERT(store_note_insert, note_row)                                                                                 \
  MANY(store_note_list, note_row, NONE)                                                                               \
  INSERT(store_hold_insert, hold_row)                                                                                 \
  MANY(store_hold_lasting, hold_row, NONE)                                                                            \
  ONE(store_hold_by_id, hold_row, NONE)                                                                               \
  WRITE(store_hold_release, NONE, NONE, NO_TEXT)                                                                      \
  WRITE(store_recusal_insert, NONE, NO_TEXT)                                                                          \
  VALUE(store_recusal_holds, bool, NONE, NONE)                                                                        \
  MANY(store_duplicate_candidates, duplicate_candidate_row, NONE)                                                     \
  INSERT(store_duplicate_search_insert, duplicate_search_row)                                                         \
  MANY(store_duplicate_unsearched, duplicate_unsearched_row, 1)                                                       \
  INSERT(store_duplicate_suspicion_insert, duplicate_suspicion_row)                                                   \
  MANY(store_duplicate_suspicion_list, duplicate_suspicion_row, NONE)                                                 \
  INSERT(store_duplicate_resolution_insert, duplicate_resolution_row)                                                 \
  MANY(store_duplicate_resolution_list, duplicate_resolution_row, NONE)                                               \
  INSERT(store_rule_set_insert, rule_set_row)                                                                         \
  WRITE(store_rule_set_confirm, NONE)                                                                                 \
  ONE(store_rule_set_by_id, rule_set_row, NONE)                                                                       \
  MANY(store_rule_set_published, rule_set_head_row, NO_TEXT)                                                          \
  MANY(store_rule_set_waiting, rule_set_row)                                                                          \
  VALUE(store_rule_set_share, bool, NONE)                                                                             \
  INSERT(store_rule_scenario_insert, rule_scenario_row)                                                               \
  MANY(store_rule_scenario_list, rule_scenario_row, NONE)                                                             \
  INSERT(store_calendar_insert, calendar_row)                                                                         \
  WRITE(store_calendar_confirm, NONE)                                                                                 \
  ONE(store_calendar_by_id, calendar_row, NONE)                                                                       \
  ONE(store_calendar_latest, calendar_row, NO_TEXT)                                                                   \
  MANY(store_calendar_waiting, calendar_row)                                                                          \
  INSERT(store_fact_snapshot_insert, fact_snapshot_row)                                                               \
  ONE(store_fact_snapshot_by_id, fact_snapshot_row, NONE)                                                             \
  WRITE(store_fact_snapshot_check, NONE, NONE, NONE)                                                                  \
  MANY(store_fact_snapshot_checks, snapshot_check_row, NONE)                                                          \
  INSERT(store_reconsideration_insert, reconsideration_row)                                                           \
  WRITE(store_reconsideration_withdraw, NONE, NONE)                                                                   \
  ONE(store_reconsideration_open, reconsideration_row, NONE)                                                          \
  INSERT(store_proposal_insert, proposal_row)                                                                         \
  ONE(store_proposal_open, proposal_row, NONE)                                                                        \
  ONE(store_proposal_by_id, proposal_row, NONE)                                                                       \
  MANY(store_proposal_list, proposal_row, NONE)                                                                       \
  VALUE(store_proposal_refusal, str, NONE, NONE)                                                                      \
  MANY(store_proposal_waiting, proposal_waiting_row, NO_UUIDS, NONE)                                                  \
  WRITE(store_proposal_approve, NONE, NONE, NO_DIGEST)                                                                \
  WRITE(store_proposal_return, NONE, NONE, NO_TEXT)                                                                   \
  MANY(store_proposal_outcome_list, proposal_outcome_row, NONE)                                                       \
  INSERT(store_decision_insert, decision_row)                                                                         \
  ONE(store_decision_by_id, decision_row, NONE)                                                                       \
  ONE(store_decision_latest, decision_row, NONE)                                                                      \
  MANY(store_decision_list, decision_row, NONE)                                                                       \
  ONE(store_decision_standing_progress, standing_progress_row, 0, NONE)                                               \
  MANY(store_decision_standing, decided_row, 0, NONE, 1)                                                              \
  MANY(store_decision_items, decision_item_row, NONE)                                                                 \
  INSERT(store_entitlement_line_insert, entitlement_line_row)                                                         \
  MANY(store_entitlement_lines, entitlement_line_row, NONE)                                                           \
  WRITE(store_entitlement_cancel, NONE, NONE, NO_TEXT, NONE)                                                          \
  INSERT(store_recovery_insert, recovery_row)                                                                         \
  MANY(store_recoveries, recovery_row, NONE)                                                                          \
  WRITE(store_recovery_cancel, NONE, NONE, NO_TEXT, NONE)                                                             \
  MANY(store_entitlement_sums, entitlement_sum_row, NONE)                                                             \
  INSERT(store_event_insert, event_row)                                                                               \
  WRITE(store_event_salt, NONE, NO_DIGEST)                                                                            \
  MANY(store_event_of_claim, event_read_row, NONE)                                                                    \
  MANY(store_event_after, event_read_row, 1, 1)                                                                       \
  MANY(store_event_steps, event_step_row, NONE)                                                                       \
  VALUE(store_event_pending_count, int64_t)                                                                           \
  PAIR(store_ask_idempotency, idempotency_taking, STORE_SERVICE_ACCOUNT, STR("key"))                                  \
  PAIR(sealing_ask, sealing_asked, NONE)                                                                              \
  ONE(store_idempotency_of, idempotency_row, NONE, NO_TEXT)                                                           \
  INSERT(store_idempotency_insert, idempotency_row)                                                                   \
  VALUE(store_forget_expired, int64_t)                                                                                \
  VALUE(store_erase, bool, NONE, NONE, NO_TEXT, NO_DIGEST, NO_TEXT)
/* clang-format on */

/* ---- a body for each */

#define ONE(function, row, ...)                                \
  static result try_##function(struct tx *tx, void *context) { \
    struct row out;                                            \
    (void)context;                                             \
    return function(tx, ##__VA_ARGS__, &out);                  \
  }
#define MANY(function, row, ...)                               \
  static result try_##function(struct tx *tx, void *context) { \
    struct row *rows;                                          \
    size_t count;                                              \
    (void)context;                                             \
    return function(tx, ##__VA_ARGS__, &rows, &count);         \
  }
#define VALUE(function, type, ...)                             \
  static result try_##function(struct tx *tx, void *context) { \
    type out;                                                  \
    (void)context;                                             \
    return function(tx, ##__VA_ARGS__, &out);                  \
  }
#define ASK(function, row, ...)                                \
  static result try_##function(struct tx *tx, void *context) { \
    struct row out;                                            \
    result found;                                              \
    (void)context;                                             \
    function(tx, ##__VA_ARGS__, &out, &found);                 \
    return tx_flush(tx);                                       \
  }
#define PAIR(function, row, ...)                               \
  static result try_##function(struct tx *tx, void *context) { \
    struct row out;                                            \
    (void)context;                                             \
    function(tx, ##__VA_ARGS__, &out);                         \
    return tx_flush(tx);                                       \
  }
#define INSERT(function, row)                                  \
  static result try_##function(struct tx *tx, void *context) { \
    struct row in = { 0 };                                     \
    (void)context;                                             \
    function(tx, &in);                                         \
    return tx_flush(tx);                                       \
  }
#define WRITE(function, ...)                                   \
  static result try_##function(struct tx *tx, void *context) { \
    (void)context;                                             \
    function(tx, ##__VA_ARGS__);                               \
    return tx_flush(tx);                                       \
  }
STATEMENTS(ONE, MANY, VALUE, ASK, PAIR, INSERT, WRITE)
#undef ONE
#undef MANY
#undef VALUE
#undef ASK
#undef PAIR
#undef INSERT
#undef WRITE

#define ENTRY(function, ...) { #function, try_##function },
static const struct {
  const char *name;
  tx_body *body;
} statements[] = { STATEMENTS(ENTRY, ENTRY, ENTRY, ENTRY, ENTRY, ENTRY, ENTRY) };

static struct fixture x;

static int set_up(void **state) {
  (void)state;
  x.quiet = true; /* what the staff may not call is called under the log */
  fixture_up(&x);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  fixture_down(&x);
  return 0;
}

static result try_one(struct tx *tx, void *context) {
  size_t at = *(const size_t *)context;
  struct tx_fault fault;
  result r = tx_attempt(tx, statements[at].body, NULL, &fault);
  if (fault.kind == TX_FAULT_RIGHT && tx_realm(tx) == STORE_STAFF) return RESULT_REFUSED; /* the log's, perhaps */
  bool known = fault.kind == TX_FAULT_NONE || fault.kind == TX_FAULT_RULE || fault.kind == TX_FAULT_STALE;
  if (!known) print_error("%s: result %s, SQLSTATE %s\n", statements[at].name, result_name(r), fault.sqlstate);
  return known ? RESULT_OK : RESULT_REFUSED;
}

static void every_statement_fits_the_schema(void **state) {
  (void)state;
  struct actor service = { STORE_SERVICE_ACCOUNT, STR("") };
  size_t bad = 0;
  for (size_t i = 0; i < COUNT_OF(statements); i++)
    bad += store_run(x.store, STORE_STAFF, service, x.arena, try_one, &i, NULL) != RESULT_OK &&
           store_run(x.store, STORE_LOG, service, x.arena, try_one, &i, NULL) != RESULT_OK;
  assert_int_equal(bad, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_statement_fits_the_schema) };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
