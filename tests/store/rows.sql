-- A clinic sees and touches what belongs to the facilities of its mandates, and nothing else.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.decided('claim-1', 'clinic-1', 'facility-1', '2026-05-11');
-- One row at least in every table of a claim that clinics may read.
SELECT tap.does('clinic-1', format($q$
  INSERT INTO shienkin.sealing_key (subject_id, subject_type, claim_id, kek_id, wrapped) VALUES (%1$L, 'claim', %1$L, 'k', tap.sealed('a') || '\x00'::bytea || substr(sha256('w'), 1, 27));
  INSERT INTO shienkin.payee_version (id, claim_id, version, sealed_body, account_blind, roster_match) VALUES (%2$L, %1$L, 1, tap.sealed(), sha256('a'), 'matches');
  INSERT INTO shienkin.incident_report (id, claim_id, version, sealed_body) VALUES (%3$L, %1$L, 1, tap.sealed());
  INSERT INTO shienkin.evidence (id, claim_id, sealed_name, declared_length) VALUES (%4$L, %1$L, tap.sealed(), 4);
  INSERT INTO shienkin.evidence_chunk (evidence_id, claim_id, ordinal, length, sealed_bytes) VALUES (%4$L, %1$L, 0, 4, tap.sealed());
  INSERT INTO shienkin.evidence_finish (evidence_id, claim_id, length, sha256, media_type) VALUES (%4$L, %1$L, 4, sha256('x'), 'pdf');
  INSERT INTO shienkin.message (id, claim_id, direction, sealed_text) VALUES (%5$L, %1$L, 'from_claimant', tap.sealed())$q$,
  tap.id('claim-1'), tap.id('payee'), tap.id('report'), tap.id('file'), tap.id('message')));

SELECT cmp_ok(tap.sees('clinic-1', 'SELECT count(*) FROM shienkin.claim'), '=', 1::bigint, 'a clinic sees its claim');
SELECT cmp_ok(tap.sees('clinic-1b', 'SELECT count(*) FROM shienkin.claim'), '=', 1::bigint, 'so does its colleague');
SELECT cmp_ok(tap.sees('adjuster-1', 'SELECT count(*) FROM shienkin.claim'), '=', 1::bigint, 'so does the staff');
SELECT cmp_ok(tap.sees('auditor-1', 'SELECT count(*) FROM shienkin.claim'), '=', 1::bigint, 'and the auditor');

-- Every table that a clinic may read: the own clinic sees rows where there are any, the other sees none of them.
CREATE TEMP TABLE readable AS
  SELECT c.relname AS name, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('claim_id', 'facility_id', 'account_id', 'id')
                               AND has_column_privilege('shienkin_clinic', c.oid, a.attnum, 'SELECT')
                             ORDER BY array_position(ARRAY['claim_id', 'facility_id', 'account_id', 'id'], a.attname::text) LIMIT 1) AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'shienkin' AND c.relkind = 'r' AND has_any_column_privilege('shienkin_clinic', c.oid, 'SELECT');
SELECT is(tap.sees('clinic-2', format('SELECT count(*) FROM shienkin.%I WHERE claim_id = tap.id(''claim-1'')', name)), 0::bigint,
          format('another clinic sees no %s of this claim', name)) FROM readable WHERE key = 'claim_id' ORDER BY name;
SELECT cmp_ok(tap.sees('clinic-1', format('SELECT count(*) FROM shienkin.%I WHERE claim_id = tap.id(''claim-1'')', name)), '>', 0::bigint,
              format('the clinic itself sees its %s', name))
FROM readable WHERE name IN ('facts_version', 'sealing_key', 'payee_version', 'incident_report', 'evidence', 'evidence_chunk', 'evidence_finish',
                             'message', 'decision', 'entitlement_line', 'fact_snapshot') ORDER BY name;
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.incident'), 0::bigint, 'nor its incident');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.decision_item'), 0::bigint, 'nor what was decided by item');
SELECT is(tap.sees('clinic-1', 'SELECT count(*) FROM shienkin.decision_item'), 4::bigint, 'which its own clinic sees');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.facility WHERE id = tap.id(''facility-1'')'), 0::bigint, 'nor its facility');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.facility_version WHERE facility_id = tap.id(''facility-1'')'), 0::bigint, 'nor the roster''s word of it');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.member_version'), 0::bigint, 'nor of members of others');
SELECT is(tap.sees('clinic-1', 'SELECT count(*) FROM shienkin.member_version'), 1::bigint, 'a clinic sees its member');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.person'), 1::bigint, 'of persons a clinic sees its own');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.account'), 1::bigint, 'of accounts too');
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.mandate'), 1::bigint, 'and of mandates');

-- ---- writing into another's claim
SELECT tap.refused('clinic-2', tap.opened('claim-x', 'facility-1'), '42501', 'no claim is opened for another''s facility');
SELECT tap.refused('clinic-2', tap.facts('claim-1', 2, '2026-05-11'), '42501', 'no facts are given to another''s claim');
SELECT tap.refused('clinic-2', format('INSERT INTO shienkin.message (id, claim_id, direction, sealed_text) VALUES (gen_random_uuid(), %L, ''from_claimant'', tap.sealed())', tap.id('claim-1')),
                   '42501', 'no message');
SELECT tap.refused('clinic-2', format('INSERT INTO shienkin.evidence (id, claim_id, sealed_name, declared_length) VALUES (gen_random_uuid(), %L, tap.sealed(), 1)', tap.id('claim-1')),
                   '42501', 'no file');
SELECT tap.refused('clinic-2', format('INSERT INTO shienkin.hold (id, claim_id, kind) VALUES (gen_random_uuid(), %L, ''member_unresolved'')', tap.id('claim-1')), '42501', 'no hold');
SELECT tap.refused('clinic-2', tap.event('claim.read', 'claim-1'), '42501', 'no event about it');
SELECT is(tap.sees('clinic-2', $$WITH moved AS (UPDATE shienkin.claim SET version = version + 1 RETURNING id) SELECT count(*) FROM moved WHERE id = tap.id('claim-1')$$),
          0::bigint, 'an update finds nothing');

-- ---- what a clinic may say about its own claim
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.message (id, claim_id, direction, sealed_text) VALUES (gen_random_uuid(), %L, ''to_claimant'', tap.sealed())', tap.id('claim-1')),
                   '42501', 'a clinic does not write in the staff''s voice');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.hold (id, claim_id, kind) VALUES (gen_random_uuid(), %L, ''legal'')', tap.id('claim-1')), '42501', 'holds are the staff''s');
SELECT tap.allowed('clinic-1', format('INSERT INTO shienkin.hold (id, claim_id, kind) VALUES (gen_random_uuid(), %L, ''member_unresolved'')', tap.id('claim-1')),
                   'but what its own submission finds unresolved');
SELECT tap.refused('clinic-1', 'SELECT count(*) FROM shienkin.note', '42501', 'notes are not for clinics');
SELECT tap.refused('clinic-1', 'SELECT count(*) FROM shienkin.duplicate_suspicion', '42501', 'nor suspicions');
SELECT tap.refused('clinic-1', 'SELECT count(*) FROM shienkin.proposal', '42501', 'nor proposals');
SELECT tap.refused('clinic-1', 'SELECT count(*) FROM shienkin.fact_check', '42501', 'nor checks');
SELECT tap.refused('clinic-1', 'SELECT body FROM shienkin.event', '42501', 'of events a clinic reads no body');
SELECT tap.refused('clinic-1', 'SELECT by_person FROM shienkin.event', '42501', 'nor who of the staff acted');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.idempotency (account_id, key, fingerprint, status, headers, expires_at) VALUES (%L, ''k'', sha256(''x''), 200, ''{}'', ''2027-01-01'')',
                                      tap.account('clinic-2')), '42501', 'no answer is remembered under another''s account');

-- ---- a mandate that has ended
SELECT tap.does('adjuster-2', $$UPDATE shienkin.mandate SET ended_at = shienkin.at(), ended_by = tap.account('adjuster-2') WHERE id = tap.id('mandate clinic-1')$$);
SELECT is(tap.sees('clinic-1', 'SELECT count(*) FROM shienkin.claim'), 0::bigint, 'with the mandate the sight ends');
SELECT is(tap.sees('clinic-1b', 'SELECT count(*) FROM shienkin.claim'), 1::bigint, 'the colleague keeps hers');

-- ---- without an actor nothing is seen
SELECT set_config('shienkin.account', '', true);
SET LOCAL ROLE shienkin_clinic;
SELECT set_config('tap.seen', (SELECT count(*) FROM shienkin.claim)::text, true);
RESET ROLE;
SELECT is(current_setting('tap.seen'), '0', 'a connection that names nobody sees nothing');
SELECT * FROM finish();
ROLLBACK;
