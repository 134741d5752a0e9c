-- Who may touch what. Rights are column grants; rows are policies. Nobody but the owner role holds a DELETE or TRUNCATE
-- on a record, and the owner meets the triggers. Read it as the table of the house's doors.
BEGIN;

-- ---- the staff and the auditor read; what each writes is said below

GRANT SELECT ON
  shienkin.person, shienkin.account, shienkin.role, shienkin.role_held, shienkin.role_grant,
  shienkin.role_grant_confirmation, shienkin.role_revocation, shienkin.mandate,
  shienkin.roster_import, shienkin.member, shienkin.member_version, shienkin.facility, shienkin.facility_version,
  shienkin.facility_relation, shienkin.incident, shienkin.claim_state, shienkin.claim_transition, shienkin.claim,
  shienkin.declaration_text, shienkin.draft, shienkin.facts_version, shienkin.payee_version, shienkin.payee_confirmation,
  shienkin.incident_report, shienkin.claim_withdrawal, shienkin.sealing_key,
  shienkin.evidence, shienkin.evidence_chunk, shienkin.evidence_finish, shienkin.evidence_scan,
  shienkin.fact_check, shienkin.fact_check_evidence, shienkin.information_request, shienkin.information_reply,
  shienkin.message, shienkin.note, shienkin.hold_kind, shienkin.hold, shienkin.hold_release, shienkin.recusal,
  shienkin.duplicate_search, shienkin.duplicate_suspicion, shienkin.duplicate_resolution,
  shienkin.rule_set, shienkin.rule_set_confirmation, shienkin.calendar, shienkin.calendar_confirmation,
  shienkin.item, shienkin.fact_snapshot, shienkin.fact_snapshot_check, shienkin.reconsideration,
  shienkin.reconsideration_withdrawal, shienkin.proposal, shienkin.proposal_outcome, shienkin.decision,
  shienkin.decision_item, shienkin.entitlement_line, shienkin.entitlement_cancellation, shienkin.recovery,
  shienkin.recovery_cancellation, shienkin.roster_finding, shienkin.roster_finding_outcome, shienkin.event,
  shienkin.event_pending
TO shienkin_staff, shienkin_auditor;
GRANT SELECT ON shienkin.event_salt TO shienkin_auditor, shienkin_log;
GRANT SELECT ON shienkin.idempotency TO shienkin_staff;
GRANT INSERT ON shienkin.event, shienkin.event_salt TO shienkin_auditor, shienkin_log;
GRANT SELECT, DELETE ON shienkin.event_pending TO shienkin_log;
GRANT SELECT ON shienkin.event TO shienkin_log;
CREATE POLICY of_log_writing ON shienkin.event FOR INSERT TO shienkin_log WITH CHECK (true);
CREATE POLICY of_log_writing ON shienkin.event_salt FOR INSERT TO shienkin_log WITH CHECK (true);

-- ---- what the staff writes

GRANT INSERT ON
  shienkin.person, shienkin.account, shienkin.role_grant, shienkin.role_grant_confirmation, shienkin.role_revocation,
  shienkin.mandate, shienkin.roster_import, shienkin.member, shienkin.member_version, shienkin.facility,
  shienkin.facility_version, shienkin.facility_relation, shienkin.incident, shienkin.claim, shienkin.declaration_text,
  shienkin.draft, shienkin.facts_version, shienkin.payee_version, shienkin.payee_confirmation, shienkin.incident_report,
  shienkin.claim_withdrawal, shienkin.sealing_key, shienkin.evidence, shienkin.evidence_chunk, shienkin.evidence_finish,
  shienkin.evidence_scan, shienkin.fact_check, shienkin.fact_check_evidence, shienkin.information_request,
  shienkin.information_reply, shienkin.message, shienkin.note, shienkin.hold, shienkin.hold_release, shienkin.recusal,
  shienkin.duplicate_search, shienkin.duplicate_suspicion, shienkin.duplicate_resolution, shienkin.rule_set,
  shienkin.rule_set_confirmation, shienkin.calendar, shienkin.calendar_confirmation, shienkin.fact_snapshot,
  shienkin.fact_snapshot_check, shienkin.reconsideration, shienkin.reconsideration_withdrawal, shienkin.proposal,
  shienkin.proposal_outcome, shienkin.decision, shienkin.entitlement_line, shienkin.entitlement_cancellation,
  shienkin.recovery, shienkin.recovery_cancellation, shienkin.roster_finding, shienkin.roster_finding_outcome,
  shienkin.event, shienkin.event_salt, shienkin.idempotency
TO shienkin_staff;
GRANT UPDATE (state, version, incident_id, number, submitted_at, assigned_to, assigned_at) ON shienkin.claim TO shienkin_staff;
GRANT UPDATE (member_id, occurred_on, version) ON shienkin.incident TO shienkin_staff;
GRANT UPDATE (version, saved_at, notice_at, sealed_body) ON shienkin.draft TO shienkin_staff;
GRANT UPDATE (closed_at, closed_by) ON shienkin.account TO shienkin_staff;
GRANT UPDATE (ended_at, ended_by) ON shienkin.mandate TO shienkin_staff;
GRANT UPDATE (known_to, ended_by) ON shienkin.member_version, shienkin.facility_version, shienkin.facility_relation TO shienkin_staff;

-- ---- what clinics see and write: their own accounts, and what belongs to the facilities of their mandates

GRANT SELECT ON shienkin.role, shienkin.claim_state, shienkin.claim_transition, shienkin.item, shienkin.declaration_text,
  shienkin.calendar, shienkin.calendar_confirmation, shienkin.rule_set, shienkin.rule_set_confirmation TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.role FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.claim_state FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.claim_transition FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.item FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.declaration_text FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.calendar FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.calendar_confirmation FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.rule_set FOR SELECT TO shienkin_clinic USING (true);
CREATE POLICY of_clinic ON shienkin.rule_set_confirmation FOR SELECT TO shienkin_clinic USING (true);

CREATE FUNCTION shienkin.acting_account() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT nullif(current_setting('shienkin.account', true), '')::uuid;
$$;
COMMENT ON FUNCTION shienkin.acting_account() IS 'The account of the setting shienkin.account, unchecked: for policies.';
GRANT EXECUTE ON FUNCTION shienkin.acting_account() TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

GRANT SELECT ON shienkin.account, shienkin.person, shienkin.mandate, shienkin.facility, shienkin.facility_version,
  shienkin.facility_relation, shienkin.member, shienkin.member_version TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.account FOR SELECT TO shienkin_clinic USING (id = shienkin.acting_account());
CREATE POLICY of_clinic ON shienkin.person FOR SELECT TO shienkin_clinic
  USING (id = (SELECT a.person_id FROM shienkin.account a WHERE a.id = shienkin.acting_account()));
CREATE POLICY of_clinic ON shienkin.mandate FOR SELECT TO shienkin_clinic USING (account_id = shienkin.acting_account());
CREATE POLICY of_clinic ON shienkin.facility FOR SELECT TO shienkin_clinic
  USING (id = ANY ((SELECT shienkin.mandated())::uuid[]));
CREATE POLICY of_clinic ON shienkin.facility_version FOR SELECT TO shienkin_clinic
  USING (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]));
CREATE POLICY of_clinic ON shienkin.facility_relation FOR SELECT TO shienkin_clinic
  USING (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]));
CREATE POLICY of_clinic ON shienkin.member FOR SELECT TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.facility_relation r WHERE r.member_id = member.id));
CREATE POLICY of_clinic ON shienkin.member_version FOR SELECT TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.facility_relation r WHERE r.member_id = member_version.member_id));

GRANT SELECT, INSERT ON shienkin.incident, shienkin.claim TO shienkin_clinic;
GRANT UPDATE (state, version, incident_id, number, submitted_at) ON shienkin.claim TO shienkin_clinic;
GRANT UPDATE (member_id, occurred_on, version) ON shienkin.incident TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.incident TO shienkin_clinic
  USING (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]))
  WITH CHECK (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]));
CREATE POLICY of_clinic ON shienkin.claim TO shienkin_clinic
  USING (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]))
  WITH CHECK (facility_id = ANY ((SELECT shienkin.mandated())::uuid[]));

-- Tables of a claim: (name, reads, writes). A claim that the clinic sees is one of its mandates' facilities.
DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('draft', true, true), ('facts_version', true, true), ('payee_version', true, true), ('incident_report', true, true),
    ('claim_withdrawal', true, true), ('sealing_key', true, true), ('evidence', true, true), ('evidence_chunk', true, true),
    ('evidence_finish', true, true), ('information_request', true, false), ('information_reply', true, true),
    ('message', true, true), ('reconsideration', true, true), ('reconsideration_withdrawal', true, true),
    ('fact_snapshot', true, false), ('decision', true, false), ('entitlement_line', true, false), ('recovery', true, false),
    ('hold', false, true)) AS of_claim(name, reads, writes)
  LOOP
    IF t.reads THEN
      EXECUTE format('GRANT SELECT ON shienkin.%I TO shienkin_clinic', t.name);
      EXECUTE format('CREATE POLICY of_clinic ON shienkin.%I FOR SELECT TO shienkin_clinic
                      USING (EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id))', t.name);
    END IF;
    IF t.writes THEN
      EXECUTE format('GRANT INSERT ON shienkin.%I TO shienkin_clinic', t.name);
      EXECUTE format('CREATE POLICY of_clinic_writing ON shienkin.%I FOR INSERT TO shienkin_clinic
                      WITH CHECK (EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id))', t.name);
    END IF;
  END LOOP;
END
$$;
GRANT UPDATE (version, saved_at, notice_at, sealed_body) ON shienkin.draft TO shienkin_clinic;
CREATE POLICY of_clinic_saving ON shienkin.draft FOR UPDATE TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id))
  WITH CHECK (EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id));
-- A clinic's request may hold its own claim only for what the roster does not know or does not match.
DROP POLICY of_clinic_writing ON shienkin.hold;
CREATE POLICY of_clinic_writing ON shienkin.hold FOR INSERT TO shienkin_clinic
  WITH CHECK (kind IN ('member_unresolved', 'payee_mismatch') AND EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id));
-- An account's own key opens what is sealed for the account.
CREATE POLICY of_clinic_account ON shienkin.sealing_key FOR SELECT TO shienkin_clinic
  USING (account_id = shienkin.acting_account());
CREATE POLICY of_clinic_account_writing ON shienkin.sealing_key FOR INSERT TO shienkin_clinic
  WITH CHECK (account_id = shienkin.acting_account());
-- Clinics write only what comes from them.
CREATE POLICY of_clinic_words ON shienkin.message AS RESTRICTIVE FOR INSERT TO shienkin_clinic
  WITH CHECK (direction = 'from_claimant');
CREATE POLICY of_clinic_words ON shienkin.information_reply AS RESTRICTIVE FOR INSERT TO shienkin_clinic
  WITH CHECK (kind = 'answer');
CREATE POLICY of_clinic_words ON shienkin.claim_withdrawal AS RESTRICTIVE FOR INSERT TO shienkin_clinic
  WITH CHECK (cause = 'by_claimant');

GRANT SELECT ON shienkin.decision_item TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.decision_item FOR SELECT TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.decision d WHERE d.id = decision_id));
GRANT SELECT ON shienkin.evidence_scan TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.evidence_scan FOR SELECT TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.evidence_finish f WHERE f.evidence_id = evidence_scan.evidence_id));
GRANT SELECT, INSERT ON shienkin.idempotency TO shienkin_clinic;
GRANT INSERT ON shienkin.event, shienkin.event_salt TO shienkin_clinic;
GRANT SELECT (seq, id, at, type, claim_id, claim_version, subject_type, subject_id, transaction) ON shienkin.event TO shienkin_clinic;
CREATE POLICY of_clinic ON shienkin.event FOR SELECT TO shienkin_clinic
  USING (EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id));
CREATE POLICY of_clinic_writing ON shienkin.event FOR INSERT TO shienkin_clinic
  WITH CHECK (by_account = shienkin.acting_account()
              AND (claim_id IS NULL OR EXISTS (SELECT FROM shienkin.claim c WHERE c.id = claim_id)));

SELECT shienkin.register_migration(11, 'rights');
COMMIT;
