-- What is told to whom, in the transaction of the event; and that a message ends once, by an attempt.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
CREATE FUNCTION tap.contact(name text, called text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.contact (id, account_id, sealed_address) VALUES (%L, %L, tap.sealed());', tap.id(called), tap.account(name)) $$;
CREATE FUNCTION tap.told(kind text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(n.name, ' ' ORDER BY n.name), 'nobody') FROM shienkin.mail m
  JOIN (VALUES ('first'), ('second'), ('later'), ('colleague'), ('other')) n(name) ON m.contact_id = tap.id(n.name) WHERE m.kind = told.kind $$;

SELECT tap.does('clinic-1', tap.contact('clinic-1', 'first'));
SELECT tap.refused('clinic-1', tap.contact('clinic-1', 'second'), 'contact_one', 'one address at a time');
SELECT tap.refused('clinic-1', tap.contact('clinic-2', 'second'), '42501', 'a clinic gives no address for another account');
SELECT tap.does('clinic-1b', tap.contact('clinic-1b', 'colleague'));
SELECT tap.does('clinic-2', tap.contact('clinic-2', 'other'));
SELECT is(tap.sees('clinic-2', 'SELECT count(*) FROM shienkin.contact'), 1::bigint, 'nor sees another''s');

SELECT tap.does('clinic-1', tap.opened('claim-1', 'facility-1'));
SELECT is(tap.told('receipt'), 'nobody', 'a draft is told to nobody');
SELECT tap.does('clinic-1', tap.submitted('claim-1', 'facility-1', '2026-05-11'));
SELECT is(tap.told('receipt'), 'colleague first', 'a receipt goes to all who act for the facility, and to no other');

SELECT tap.does('clinic-1', format('UPDATE shienkin.contact SET ended_at = shienkin.at(), ended_by = %L WHERE id = %L;', tap.account('clinic-1'), tap.id('first'))
                || tap.contact('clinic-1', 'later'));
SELECT tap.does('adjuster-1', tap.event('information.requested', 'claim-1'));
SELECT is(tap.told('asked'), 'colleague later', 'a question goes to the addresses that stand');
SELECT tap.does('clinic-1', tap.event('payee.changed', 'claim-1'));
SELECT is(tap.told('payee_changed'), 'colleague first later', 'another payee is told to the earlier addresses too');
SELECT tap.does('clinic-1', tap.event('claim.read', 'claim-1'));
SELECT is((SELECT count(*) FROM shienkin.mail m JOIN shienkin.event e ON e.id = m.event_id WHERE e.type = 'claim.read'), 0::bigint, 'reading is told to nobody');

-- ---- nobody but the trigger queues, nobody but the service's staff role moves
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.mail (event_id, contact_id, kind, queued_at, due_at) SELECT id, %L, ''receipt'', at, at FROM shienkin.event LIMIT 1', tap.id('other')),
                   '42501', 'no message is made by hand');
SELECT tap.refused('clinic-1', 'UPDATE shienkin.mail SET state = ''sent'', due_at = NULL', '42501', 'clinics do not see the outbox');
SELECT tap.refused('service', 'DELETE FROM shienkin.mail', '42501', 'messages stay');
SELECT tap.refused('service', 'UPDATE shienkin.mail SET state = ''sent'', due_at = NULL', 'mail_moves', 'a message ends by a try');
SELECT tap.refused('service', 'UPDATE shienkin.mail SET tries = 2', 'mail_moves', 'tries are counted one by one');
SELECT tap.refused('service', 'UPDATE shienkin.mail SET tries = 1, state = ''sent'', due_at = NULL', 'mail_attempted', 'and the try is written down');
SELECT tap.does('service', 'UPDATE shienkin.mail SET tries = 1; UPDATE shienkin.mail SET state = ''sent'', due_at = NULL;
  INSERT INTO shienkin.mail_attempt (mail_id, ordinal, outcome) SELECT id, 1, ''sent'' FROM shienkin.mail');
SELECT tap.refused('service', 'UPDATE shienkin.mail SET state = ''queued'', due_at = shienkin.at()', 'mail_moves', 'what was sent stays sent');
SELECT tap.refused('service', 'INSERT INTO shienkin.mail_attempt (mail_id, ordinal, outcome) SELECT id, 1, ''sent'' FROM shienkin.mail', 'mail_attempt_pkey', 'a try ends once');
SELECT * FROM finish();
ROLLBACK;
