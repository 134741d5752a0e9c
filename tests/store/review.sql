-- Checks bind to values and chain; requests are answered once; who represents a claimant works on no claim of theirs.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.in_review('claim-1', 'clinic-1', 'facility-1', '2026-05-11');
CREATE FUNCTION tap.check(name text, verdict text, more text DEFAULT 'NULL, NULL, tap.sealed(), NULL', value text DEFAULT 'true', key text DEFAULT '/leak/occurred')
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.fact_check (id, claim_id, key, value_sha256, verdict, new_value, new_value_sha256, sealed_reason, supersedes)
                 VALUES (%L, %L, %L, sha256(%L), %L, %s);', tap.id(name), tap.id('claim-1'), key, value, verdict, more) $$;
SELECT tap.refused('approver-1', tap.check('c1', 'proved'), 'role_needed', 'facts are checked by adjusters');
SELECT tap.refused('clinic-1', tap.check('c1', 'proved'), '42501', 'not by clinics');
SELECT tap.refused('adjuster-1', tap.check('c1', 'proved', 'NULL, NULL, NULL, NULL'), 'fact_check_evidence', 'a proof has evidence or a reason');
SELECT tap.refused('adjuster-1', tap.check('c1', 'corrected'), 'fact_check_value', 'a correction has a value');
SELECT tap.refused('adjuster-1', tap.check('c1', 'corrected', '''false'', sha256(''false''), NULL, NULL'), 'fact_check_reason', 'and a reason');
SELECT tap.refused('adjuster-1', tap.check('c1', 'corrected', '''false'', sha256(''false''), tap.sealed(), NULL'), 'fact_check_evidence', 'and evidence');
SELECT tap.refused('adjuster-1', tap.check('c1', 'refuted', '''false'', sha256(''other''), tap.sealed(), NULL'), 'fact_check_sha256', 'its hash is of its value');
SELECT tap.refused('adjuster-1', tap.check('c1', 'refuted', '''true'', sha256(''true''), tap.sealed(), NULL'), 'fact_check_changes', 'and its value is another');
SELECT tap.refused('adjuster-1', tap.check('c1', 'proved', '''false'', sha256(''false''), tap.sealed(), NULL'), 'fact_check_value', 'a proof has no value of its own');
SELECT tap.refused('adjuster-1', tap.check('c1', 'proved', key => 'leak'), 'fact_check_key_check', 'a fact is a pointer');
SELECT tap.does('adjuster-1', tap.check('c1', 'proved'));
SELECT tap.refused('adjuster-2', tap.check('c2', 'refuted', '''false'', sha256(''false''), tap.sealed(), NULL'), 'fact_check_first', 'of one value one chain of checks');
SELECT tap.refused('adjuster-2', tap.check('c2', 'refuted', format('''null'', sha256(''null''), tap.sealed(), %L', tap.id('c1')), 'false'), 'fact_check_supersedes',
                   'a check replaces one of the same value');
SELECT tap.does('adjuster-2', tap.check('c2', 'refuted', format('''false'', sha256(''false''), tap.sealed(), %L', tap.id('c1'))));
SELECT tap.refused('adjuster-2', tap.check('c3', 'reopened', format('NULL, NULL, tap.sealed(), %L', tap.id('c1'))), 'fact_check_superseded_once', 'and each is replaced once');
SELECT tap.allowed('adjuster-2', tap.check('c3', 'proved', value => 'false'), 'another value is another fact to check');

-- evidence of another claim proves nothing
SELECT tap.does('clinic-2', tap.opened('claim-2', 'facility-2') || format($q$
  INSERT INTO shienkin.evidence (id, claim_id, sealed_name, declared_length) VALUES (%1$L, %2$L, tap.sealed(), 1);
  INSERT INTO shienkin.evidence_chunk (evidence_id, claim_id, ordinal, length, sealed_bytes) VALUES (%1$L, %2$L, 0, 1, decode(repeat('00', 29), 'hex'));
  INSERT INTO shienkin.evidence_finish (evidence_id, claim_id, length, sha256, media_type) VALUES (%1$L, %2$L, 1, sha256('x'), 'pdf')$q$, tap.id('foreign'), tap.id('claim-2')));
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.fact_check_evidence (check_id, evidence_id, claim_id) VALUES (%L, %L, %L)', tap.id('c1'), tap.id('foreign'), tap.id('claim-1')),
                   'fact_check_evidence_evidence_id_claim_id_fkey', 'a file of another claim proves nothing here');

-- ---- a person of the staff who represents the facility
SELECT tap.does('proxy-1', tap.event('x.y', 'claim-1'));
SELECT tap.does('owner-1', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES (tap.id('grant proxy-1'), shienkin.at(), 'moves');$$
                           || tap.event('x.y', 'claim-1'));
SELECT tap.does('owner-1', replace(tap.grant_of('proxy-1', 'adjuster', 'moved'), '2026-01-01', '2026-05-20T03:00:00Z'));
SELECT tap.does('owner-2', tap.confirmed('moved'));
SELECT tap.refused('proxy-1', tap.check('c9', 'proved', value => 'null'), 'represents_claimant', 'who ever represented the facility does not check its facts');
SELECT tap.refused('adjuster-1', tap.move('claim-1', format('assigned_to = %L, assigned_at = shienkin.at()', tap.person('proxy-1'))), 'represents_claimant', 'nor is assigned');

-- ---- requests
SELECT tap.does('adjuster-1', format($q$INSERT INTO shienkin.information_request (id, claim_id, keys, due_on, sealed_text) VALUES (%L, %L, '{/leak/occurred}', '2026-06-01', tap.sealed());$q$,
                                     tap.id('request'), tap.id('claim-1')) || tap.move('claim-1', 'state = ''info_requested'''));
SELECT tap.refused('clinic-2', format($q$INSERT INTO shienkin.information_reply (id, request_id, claim_id, kind, sealed_text) VALUES (gen_random_uuid(), %L, %L, 'answer', tap.sealed())$q$, tap.id('request'), tap.id('claim-1')),
                   '42501', 'another clinic does not answer');
SELECT tap.refused('clinic-1', format($q$INSERT INTO shienkin.information_reply (id, request_id, claim_id, kind) VALUES (gen_random_uuid(), %L, %L, 'taken_back')$q$, tap.id('request'), tap.id('claim-1')),
                   '42501', 'a clinic takes no request back');
SELECT tap.does('clinic-1', format($q$INSERT INTO shienkin.information_reply (id, request_id, claim_id, kind, sealed_text) VALUES (gen_random_uuid(), %L, %L, 'answer', tap.sealed());$q$, tap.id('request'), tap.id('claim-1'))
                            || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.refused('adjuster-1', format($q$INSERT INTO shienkin.information_reply (id, request_id, claim_id, kind) VALUES (gen_random_uuid(), %L, %L, 'taken_back')$q$, tap.id('request'), tap.id('claim-1')),
                   'information_reply_once', 'a request is closed once');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.note (id, claim_id, sealed_text) VALUES (gen_random_uuid(), %L, tap.sealed())', tap.id('claim-1')), '42501', 'notes are the staff''s');
SELECT tap.refused('cashier-1', format('INSERT INTO shienkin.note (id, claim_id, sealed_text) VALUES (gen_random_uuid(), %L, tap.sealed())', tap.id('claim-1')), 'role_needed', 'those who work on it');
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.note (id, claim_id, sealed_text) VALUES (gen_random_uuid(), %L, ''plain words'')', tap.id('claim-1')), 'sealed_check', 'and never plain');
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.hold (id, claim_id, kind) VALUES (gen_random_uuid(), %L, ''whim'')', tap.id('claim-1')), 'hold_kind_fkey', 'a hold has a kind');
SELECT tap.refused('cashier-1', format('INSERT INTO shienkin.duplicate_suspicion (id, claim_id, other_claim_id, grounds) VALUES (gen_random_uuid(), %L, %L, ''{noticed}'')', tap.id('claim-1'), tap.id('claim-2')),
                   'role_needed', 'suspicions are raised by who works on claims');
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.duplicate_suspicion (id, claim_id, other_claim_id, grounds) VALUES (gen_random_uuid(), %1$L, %1$L, ''{noticed}'')', tap.id('claim-1')),
                   'duplicate_suspicion_check', 'no claim is its own duplicate');
SELECT * FROM finish();
ROLLBACK;
