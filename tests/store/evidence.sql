-- Files in chunks: none missing, none too long, nothing after the end; and the keys that seal.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.does('clinic-1', tap.opened('claim-1', 'facility-1'));
CREATE FUNCTION tap.chunk(file text, ordinal integer, length integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.evidence_chunk (evidence_id, claim_id, ordinal, length, sealed_bytes) VALUES (%L, %L, %s, %s, decode(repeat(''00'', %s), ''hex''));',
                tap.id(file), tap.id('claim-1'), ordinal, length, length + 28) $$;
CREATE FUNCTION tap.finish(file text, length integer, digest text DEFAULT 'x') RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.evidence_finish (evidence_id, claim_id, length, sha256, media_type) VALUES (%L, %L, %s, sha256(%L), ''pdf'');',
                tap.id(file), tap.id('claim-1'), length, digest) $$;
CREATE FUNCTION tap.file(file text, length integer, digest text DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.evidence (id, claim_id, sealed_name, declared_length, declared_sha256) VALUES (%L, %L, tap.sealed(), %s, sha256(%L::bytea));
                 INSERT INTO shienkin.sealing_key (subject_id, subject_type, claim_id, kek_id, wrapped) VALUES (%1$L, ''evidence'', %2$L, ''k'', decode(repeat(''00'', 60), ''hex''));',
                tap.id(file), tap.id('claim-1'), length, digest) $$;

SELECT tap.refused('clinic-1', tap.file('big', 20971521), 'evidence_declared_length_check', 'at most 20 MiB');
SELECT tap.refused('clinic-1', tap.file('none', 0), 'evidence_declared_length_check', 'and something');
SELECT tap.does('clinic-1', tap.file('a', 300000, 'x'));
SELECT tap.refused('clinic-1', tap.chunk('a', 1, 10), 'evidence_chunk_follows', 'chunks begin with the first');
SELECT tap.refused('clinic-1', tap.chunk('a', 0, 262145), 'evidence_chunk_length_check', 'a chunk is at most 256 KiB');
SELECT tap.refused('clinic-1', replace(tap.chunk('a', 0, 262144), '262172', '262171'), 'evidence_chunk_length', 'a chunk has the length it says');
SELECT tap.refused('clinic-1', tap.chunk('a', 0, 1000) || tap.chunk('a', 1, 10), 'evidence_chunk_follows', 'only the last chunk is short');
SELECT tap.does('clinic-1', tap.chunk('a', 0, 262144));
SELECT tap.refused('clinic-1', tap.chunk('a', 0, 262144), 'evidence_chunk_once', 'a chunk comes once');
SELECT tap.refused('clinic-1', tap.chunk('a', 1, 37857), 'evidence_too_long', 'no more bytes than announced');
SELECT tap.refused('clinic-1', tap.finish('a', 262144), 'evidence_incomplete', 'an end before the end is none');
SELECT tap.does('clinic-1', tap.chunk('a', 1, 37856));
SELECT tap.refused('clinic-1', tap.finish('a', 300000, 'y'), 'evidence_incomplete', 'nor one with another hash');
SELECT tap.refused('clinic-1', replace(tap.finish('a', 300000), '''pdf''', '''exe'''), 'evidence_finish_media_type_check', 'nor one of another type');
SELECT tap.does('clinic-1', tap.finish('a', 300000));
SELECT tap.refused('clinic-1', tap.chunk('a', 2, 10), 'evidence_finished', 'after the end comes nothing');
SELECT tap.refused('clinic-1', tap.finish('a', 300000), 'evidence_finish_pkey', 'and it ends once');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.evidence_scan (id, evidence_id, verdict, engine) VALUES (gen_random_uuid(), %L, ''clean'', ''e'')', tap.id('a')),
                   '42501', 'nobody scans their own file');
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.evidence_scan (id, evidence_id, verdict, engine) VALUES (gen_random_uuid(), %L, ''clean'', ''e'')', tap.id('a')),
                   'role_needed', 'the service does');
-- A finished file waits for a scanner until there is a verdict.
SELECT is((SELECT t.due_at = f.at AND t.tries = 0 FROM shienkin.evidence_scan_turn t JOIN shienkin.evidence_finish f USING (evidence_id)), true,
          'a file waits from its finish on');
SELECT tap.refused('clinic-1', 'UPDATE shienkin.evidence_scan_turn SET tries = 1', '42501', 'clinics do not see who is next');
SELECT tap.refused('service', 'DELETE FROM shienkin.evidence_scan_turn', '42501', 'nobody drops a turn');
SELECT tap.refused('service', 'UPDATE shienkin.evidence_scan_turn SET tries = 2', 'scan_turn_moves', 'tries are counted one by one');
SELECT tap.refused('service', 'UPDATE shienkin.evidence_scan_turn SET due_at = NULL', 'scan_turn_verdict', 'nothing waits no more without a verdict');
SELECT tap.does('service', format('INSERT INTO shienkin.evidence_scan (id, evidence_id, verdict, engine) VALUES (gen_random_uuid(), %L, ''clean'', ''e'')', tap.id('a')));
SELECT is((SELECT due_at FROM shienkin.evidence_scan_turn), NULL, 'a verdict ends the waiting');
SELECT tap.refused('service', 'UPDATE shienkin.evidence_scan_turn SET due_at = shienkin.at()', 'scan_turn_moves', 'and it stays ended');
-- 30 files
SELECT tap.does('clinic-1', (SELECT string_agg(tap.file('f' || i, 1) || tap.chunk('f' || i, 0, 1) || tap.finish('f' || i, 1), '' ORDER BY i) FROM generate_series(2, 30) i));
SELECT tap.refused('clinic-1', tap.file('f31', 1) || tap.chunk('f31', 0, 1) || tap.finish('f31', 1), 'evidence_full', 'at most 30 files for a claim');

-- ---- erasure, the one DELETE
SELECT tap.does('clinic-1', tap.file('u', 10) || tap.chunk('u', 0, 5));
CREATE FUNCTION tap.erasure(subject text) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT format('SELECT shienkin.erase(%L, %L, convert_to(%L, ''UTF8''), sha256(''salt''), ''job'');', tap.id(subject), e.id,
                json_build_object('id', e.id, 'type', 'subject.erased')::text) FROM (SELECT gen_random_uuid() AS id) e $$;
SELECT tap.refused('clinic-1', tap.erasure('u'), '42501', 'a clinic erases nothing by itself');
SELECT tap.refused('adjuster-1', tap.erasure('u'), 'role_needed', 'nor an adjuster');
SELECT tap.refused('service', tap.erasure('a'), 'erasure_of_evidence', 'finished evidence stays');
SELECT tap.does('service', tap.erasure('u'));
SELECT is((SELECT count(*) FROM shienkin.evidence_chunk WHERE evidence_id = tap.id('u')), 0::bigint, 'the chunks of an unfinished file are gone');
SELECT is((SELECT count(*) FROM shienkin.sealing_key WHERE subject_id = tap.id('u')), 0::bigint, 'so is its key');
SELECT is((SELECT count(*) FROM shienkin.event WHERE type = 'subject.erased' AND subject_id = tap.id('u')), 1::bigint, 'and an event says so');
SELECT is((SELECT count(*) FROM shienkin.evidence WHERE id = tap.id('u')), 1::bigint, 'the row that it was there stays');

SELECT tap.does('clinic-2', tap.opened('claim-2', 'facility-2') || format('INSERT INTO shienkin.sealing_key (subject_id, subject_type, claim_id, kek_id, wrapped)
  VALUES (%1$L, ''claim'', %1$L, ''k'', decode(repeat(''00'', 60), ''hex''))', tap.id('claim-2')));
SELECT tap.refused('service', tap.erasure('claim-2'), 'erasure_of_claim', 'a living draft is not erased');
SELECT tap.does('service', tap.move('claim-2', 'state = ''erased'''));
SELECT tap.does('service', tap.erasure('claim-2'));
SELECT is((SELECT count(*) FROM shienkin.sealing_key WHERE claim_id = tap.id('claim-2')), 0::bigint, 'with its key an unused draft is erased');
SELECT tap.refused('owner-1', $$SELECT set_config('shienkin.erasing', 'x', true); DELETE FROM shienkin.sealing_key$$, '42501', 'the setting alone opens nothing');

-- ---- keys
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.sealing_key (subject_id, subject_type, claim_id, kek_id, wrapped) VALUES (gen_random_uuid(), ''claim'', %L, ''k'', decode(repeat(''00'', 60), ''hex''))', tap.id('claim-1')),
                   'sealing_key_check', 'a claim''s key is the claim''s');
SELECT tap.refused('clinic-1', $$UPDATE shienkin.sealing_key SET wrapped = wrapped$$, '42501', 'keys are not rewritten');
SELECT tap.refused('adjuster-1', format('SELECT shienkin.rewrap(%L, ''k2'', decode(repeat(''00'', 60), ''hex''))', tap.id('a')), 'role_needed', 'but by the service, when the master key changes');
SELECT tap.allowed('service', format('SELECT shienkin.rewrap(%L, ''k2'', decode(repeat(''00'', 60), ''hex''))', tap.id('a')), 'which wraps them anew');
SELECT * FROM finish();
ROLLBACK;
