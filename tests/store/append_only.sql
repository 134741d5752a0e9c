-- Nothing that was decided changes: UPDATE, DELETE and TRUNCATE of every record, by the owner of the tables himself.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.decided('claim-1', 'clinic-1', 'facility-1', '2026-05-11');

-- As the owner, whose rights nothing bounds but the triggers.
CREATE FUNCTION tap.owner_refusal(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  rule text;
  state text;
BEGIN
  BEGIN
    SET LOCAL ROLE shienkin_owner;
    EXECUTE statement;
    RAISE EXCEPTION USING ERRCODE = 'TAP00';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME;
  END;
  RETURN CASE WHEN state = 'TAP00' THEN NULL WHEN rule <> '' THEN rule ELSE state END;
END
$$;
SELECT is(tap.owner_refusal(format(s.statement, r.name)), 'insert_only', format(s.statement, r.name))
FROM (SELECT c.relname AS name, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attgenerated = ''
                                   AND a.attidentity = '' ORDER BY a.attnum LIMIT 1) AS first
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'shienkin' AND t.tgname = 'a_no_update' AND c.relname NOT IN ('event_pending', 'idempotency')) r,
     LATERAL (VALUES ('UPDATE shienkin.%I SET ' || quote_ident(r.first) || ' = ' || quote_ident(r.first)),
                     ('DELETE FROM shienkin.%I'), ('TRUNCATE shienkin.%I CASCADE')) s(statement)
ORDER BY r.name, s.statement;

-- What clears itself: answers and what the log has taken; neither is truncated or rewritten.
SELECT is(tap.owner_refusal('UPDATE shienkin.event_pending SET seq = seq'), 'insert_only', 'pending events are not rewritten');
SELECT is(tap.owner_refusal('TRUNCATE shienkin.event_pending'), 'insert_only', 'nor thrown away at once');
SELECT is(tap.owner_refusal('UPDATE shienkin.idempotency SET status = 200'), 'insert_only', 'answers are not rewritten');
SELECT is(tap.owner_refusal('TRUNCATE shienkin.idempotency'), 'insert_only', 'nor thrown away at once');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.event_pending WHERE false'), NULL, 'the log takes pending events');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.idempotency WHERE false'), NULL, 'answers expire');

-- Roots: never deleted, what they are never changes.
SELECT is(tap.owner_refusal('DELETE FROM shienkin.claim'), 'insert_only', 'a claim is not deleted');
SELECT is(tap.owner_refusal('TRUNCATE shienkin.claim CASCADE'), 'insert_only', 'claims are not truncated');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.incident'), 'insert_only', 'an incident is not deleted');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.draft'), 'insert_only', 'a draft is not deleted');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.sealing_key'), 'insert_only', 'a key is deleted by erasure alone');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.role_held'), 'insert_only', 'a held role is not deleted');
SELECT is(tap.owner_refusal('DELETE FROM shienkin.member_version'), 'insert_only', 'the roster forgets nothing');
SELECT is(tap.owner_refusal($$UPDATE shienkin.member_version SET class = 'B'$$), 'insert_only', 'and rewrites nothing');
SELECT is(tap.owner_refusal($$UPDATE shienkin.facility_version SET kind = 'hospital'$$), 'insert_only', 'of facilities neither');
SELECT is(tap.owner_refusal($$UPDATE shienkin.mandate SET facility_id = tap.id('facility-2')$$), 'insert_only', 'a mandate keeps its facility');
SELECT is(tap.owner_refusal($$UPDATE shienkin.account SET person_id = tap.person('owner-1') WHERE login = 'adjuster-1'$$), 'insert_only',
          'an account keeps its person');

-- The service's roles have not even the right.
SELECT tap.refused('approver-1', 'UPDATE shienkin.decision SET total_yen = 1', '42501', 'staff has no right to change a decision');
SELECT tap.refused('approver-1', 'DELETE FROM shienkin.decision', '42501', 'nor to delete it');
SELECT tap.refused('approver-1', 'TRUNCATE shienkin.decision', '42501', 'nor to truncate');
SELECT tap.refused('clinic-1', 'UPDATE shienkin.facts_version SET version = 9', '42501', 'a clinic has no right to change its facts');
SELECT tap.refused('auditor-1', 'DELETE FROM shienkin.event', '42501', 'the auditor has no right to delete an event');
SELECT tap.refused('adjuster-1', $$UPDATE shienkin.event SET type = 'x.y'$$, '42501', 'an event is not changed');
SELECT tap.refused('adjuster-1', 'DELETE FROM shienkin.sealing_key', '42501', 'nor a key deleted by hand');
SELECT tap.refused('owner-1', 'UPDATE shienkin.role_held SET ended_at = shienkin.at()', '42501', 'nor a role ended by hand');
SELECT * FROM finish();
ROLLBACK;
