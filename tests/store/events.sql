-- Events: written once, salted, waiting for the log from their transaction on; answers remembered; the auditor's schema.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.in_review('claim-1', 'clinic-1', 'facility-1', '2026-05-11');
SELECT is((SELECT count(*) FROM shienkin.event_pending), (SELECT count(*) FROM shienkin.event), 'every event waits for the log');
SELECT tap.refused('adjuster-1', split_part(tap.event('x.y', 'claim-1'), ';', 1), 'event_salted', 'an event has its salt');
SELECT tap.refused('adjuster-1', replace(tap.event('x.y', 'claim-1'), $$'type', 'x.y'$$, $$'type', 'x.z'$$), 'event_type_in_body', 'its type is in its body');
SELECT tap.refused('adjuster-1', regexp_replace(tap.event('x.y', 'claim-1'), '(json_build_object\(''id'', '')[0-9a-f]{8}', '\1ffffffff'), 'event_id_in_body', 'so is its id');
SELECT tap.refused('adjuster-1', replace(tap.event('x.y', 'claim-1'), '''x.y''', '''X''') , 'event_type_check', 'a type has a form');
SELECT tap.refused('adjuster-1', tap.event('x.y', 'claim-1', 2), 'event_of_claim_version', 'each version of a claim came by one event');
SELECT tap.refused('adjuster-1', $$DELETE FROM shienkin.event_pending$$, '42501', 'only the log takes what waits');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.event_pending SELECT seq, id FROM shienkin.event$$, '42501', 'and only the trigger puts there');
SELECT tap.refused('adjuster-1', $$SELECT salt FROM shienkin.event_salt$$, '42501', 'the staff reads no salt');
SELECT tap.allowed('auditor-1', tap.event('audit.read', 'claim-1'), 'the auditor''s reads leave events too');
SELECT tap.refused('auditor-1', tap.move('claim-1', 'state = ''in_review'''), '42501', 'but the auditor moves nothing');
SELECT tap.refused('auditor-1', format('INSERT INTO shienkin.note (id, claim_id, sealed_text) VALUES (gen_random_uuid(), %L, tap.sealed())', tap.id('claim-1')), '42501', 'and writes nothing here');

-- ---- the log
RESET ROLE;
INSERT INTO tap.who VALUES ('log', 'shienkin_log');
SELECT tap.allowed('log', $$SELECT set_config('shienkin.account', '', true); DELETE FROM shienkin.event_pending WHERE seq = (SELECT min(seq) FROM shienkin.event_pending)$$, 'the log takes what waits');
SELECT tap.refused('log', 'DELETE FROM shienkin.event', '42501', 'the log deletes no event');
SELECT tap.refused('log', 'SELECT count(*) FROM shienkin.claim', '42501', 'the log sees no claim');
SELECT cmp_ok(tap.sees('log', 'SELECT count(*) FROM shienkin.event_salt'), '>', 0::bigint, 'the log reads salts');

-- ---- idempotency
CREATE FUNCTION tap.answer(key text, account text DEFAULT 'clinic-1') RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.idempotency (account_id, key, fingerprint, status, headers, expires_at) VALUES (%L, %L, sha256(''f''), 201, ''{}'', ''2026-05-23T03:00:00Z'')',
                tap.account(account), key) $$;
SELECT tap.does('clinic-1', tap.answer('k1'));
SELECT tap.refused('clinic-1', tap.answer('k1'), 'idempotency_once', 'a key answers once');
SELECT tap.allowed('clinic-1b', tap.answer('k1', 'clinic-1b'), 'keys of two accounts never meet');
SELECT tap.refused('clinic-1', replace(tap.answer('k2'), '201', '500'), 'idempotency_status_check', 'a failure is not remembered');
SELECT tap.refused('clinic-1', $$UPDATE shienkin.idempotency SET status = 200$$, '42501', 'an answer is not rewritten');
SELECT is(tap.sees('clinic-1b', 'SELECT count(*) FROM shienkin.idempotency'), 0::bigint, 'nor read by the colleague');
SELECT tap.does('service', 'SELECT shienkin.forget_expired()');
SELECT is((SELECT count(*) FROM shienkin.idempotency), 1::bigint, 'before its time it stays');
SELECT tap.at('2026-05-23T03:00:00Z');
SELECT tap.does('service', 'SELECT shienkin.forget_expired()');
SELECT is((SELECT count(*) FROM shienkin.idempotency), 0::bigint, 'then it goes');

-- ---- the auditor's schema
SELECT tap.does('auditor-1', $$INSERT INTO audit.run VALUES (tap.id('run'), shienkin.at(), 1, 'p');
  INSERT INTO audit.finding VALUES (tap.id('finding'), tap.id('run'), shienkin.at(), 'x', 'error', 'decision', NULL, '{}')$$);
SELECT tap.refused('auditor-1', 'UPDATE audit.finding SET code = ''y''', '42501', 'a finding is not changed');
SELECT tap.refused('auditor-1', 'DELETE FROM audit.finding', '42501', 'nor deleted');
SELECT tap.refused('owner-1', $$INSERT INTO audit.closure (finding_id, reason) VALUES (tap.id('finding'), 'x')$$, '42501', 'nor closed by an owner');
SELECT tap.allowed('auditor-1', $$INSERT INTO audit.closure (finding_id, reason) VALUES (tap.id('finding'), 'explained')$$, 'an auditor closes it, with a reason');
SELECT tap.refused('auditor-1', $$INSERT INTO audit.closure (finding_id, reason) VALUES (tap.id('finding'), ' ')$$, 'closure_reason_check', 'with a reason');
SELECT throws_ok('DELETE FROM audit.finding', '23514', NULL, 'whoever may delete meets the trigger');
SELECT throws_ok('TRUNCATE audit.finding CASCADE', '23514', NULL, 'and truncate');
SELECT tap.refused('clinic-1', 'SELECT count(*) FROM audit.finding', '42501', 'clinics see nothing of it');
SELECT * FROM finish();
ROLLBACK;
