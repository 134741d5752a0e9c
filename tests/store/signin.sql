-- Sign-in: no service role reaches the tables; functions do one thing each, for one's own account; what ends access.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();

CREATE TEMP TABLE secret (name text);
INSERT INTO secret VALUES ('password'), ('authenticator'), ('authenticator_step'), ('recovery_code'), ('access_code'), ('ticket'),
  ('sign_in_failure'), ('session'), ('machine_token'), ('account_language');
SELECT is_empty($$SELECT s.name, r.role FROM secret s, (VALUES ('shienkin_clinic'), ('shienkin_staff'), ('shienkin_log'), ('shienkin_auditor')) r(role)
                  WHERE has_any_column_privilege(r.role, 'shienkin.' || s.name, 'SELECT, INSERT, UPDATE, REFERENCES')
                     OR has_table_privilege(r.role, 'shienkin.' || s.name, 'DELETE, TRUNCATE, TRIGGER')$$,
                'no service role has any right on what people prove themselves with');
SELECT is_empty($$SELECT p.proname, r.role FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'shienkin',
                    (VALUES ('shienkin_clinic'), ('shienkin_staff'), ('shienkin_auditor')) r(role)
                  WHERE p.proname IN ('sign_in_account', 'ticket_write', 'ticket_account', 'ticket_use', 'session_begin', 'session_of',
                                      'machine_session_of', 'access_code_fits', 'access_code_use')
                    AND has_function_privilege(r.role, p.oid, 'EXECUTE')$$,
                'judging a sign-in and beginning a session is the log''s login''s alone');
SELECT is_empty($$SELECT p.proname, r.role FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'shienkin',
                    (VALUES ('shienkin_clinic'), ('shienkin_staff'), ('shienkin_log'), ('shienkin_auditor')) r(role)
                  WHERE p.proname IN ('end_sessions', 'own_or_service', 'manages', 'bootstrap_access')
                    AND has_function_privilege(r.role, p.oid, 'EXECUTE')$$, 'what the functions rest on is nobody''s to call');

-- ---- one's own, and nobody else's
CREATE FUNCTION tap.phc(text) RETURNS text LANGUAGE sql AS $$ SELECT '$argon2id$v=19$m=19456,t=2,p=1$' || $1 $$;
SELECT tap.does('clinic-1', $$SELECT shienkin.password_write(tap.account('clinic-1'), tap.phc('a'), NULL)$$);
SELECT is(tap.sees('clinic-1', $$SELECT length(shienkin.password_of(tap.account('clinic-1')))$$), length(tap.phc('a'))::bigint, 'one''s own');
SELECT tap.refused('clinic-1', $$SELECT shienkin.password_of(tap.account('clinic-2'))$$, 'not_own_account', 'not another''s');
SELECT tap.refused('owner-1', $$SELECT shienkin.password_of(tap.account('clinic-1'))$$, 'not_own_account', 'not for an owner either');
SELECT tap.refused('auditor-1', $$SELECT shienkin.password_of(tap.account('clinic-1'))$$, 'not_own_account', 'nor the auditor');
SELECT tap.refused('clinic-1', $$SELECT shienkin.password_write(tap.account('clinic-2'), tap.phc('b'), NULL)$$, 'not_own_account', 'nobody sets another''s password');
SELECT tap.refused('owner-1', $$SELECT shienkin.authenticator_of(tap.account('owner-2'), true)$$, 'not_own_account', 'nor sees another''s authenticator');
SELECT tap.refused('owner-1', $$SELECT shienkin.authenticator_write(gen_random_uuid(), tap.account('owner-2'), tap.sealed())$$, 'not_own_account', 'nor gives them one');
SELECT tap.refused('owner-1', $$SELECT shienkin.recovery_code_write(tap.account('owner-2'), sha256('x'))$$, 'not_own_account', 'nor a recovery code');
SELECT tap.refused('clinic-1', $$SELECT shienkin.session_list(tap.account('clinic-2'), 60)$$, 'not_own_account', 'nor sees another''s sessions');
SELECT tap.refused('clinic-1', $$SELECT shienkin.account_access(tap.account('clinic-2'))$$, 'role_needed', 'nor what their access looks like');
SELECT tap.refused('clinic-1', $$SELECT shienkin.password_write(tap.account('clinic-1'), 'plain text', NULL)$$, 'password_phc_check', 'a password is stored as argon2id or not at all');

-- ---- ways in for others
SELECT tap.refused('adjuster-1', $$SELECT shienkin.access_code_write(gen_random_uuid(), tap.account('approver-1'), NULL, sha256('x'), '2026-06-01')$$,
                   'role_needed', 'codes for the staff are an owner''s to hand over');
SELECT tap.at(shienkin.at() + interval '1 second');
CREATE FUNCTION tap.coded() RETURNS text LANGUAGE sql AS $$
  SELECT 'SELECT shienkin.access_code_write(gen_random_uuid(), tap.account(''approver-1''), NULL, sha256(''x''), ''2026-06-01'')' $$;
CREATE FUNCTION tap.forgotten() RETURNS text LANGUAGE sql AS $$ SELECT 'SELECT shienkin.account_forget_secrets(tap.account(''approver-1''))' $$;
CREATE FUNCTION tap.confirmed() RETURNS text LANGUAGE sql AS $$ SELECT 'INSERT INTO shienkin.account_reset_confirmation VALUES (tap.id(''reset''));' $$;
SELECT tap.refused('owner-1', tap.coded(), 'reset_confirmed', 'nor does an owner alone, for an account that lives');
SELECT tap.refused('owner-1', tap.forgotten(), 'reset_confirmed', 'nor forget its ways in');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.account_reset (id, account_id, reason) VALUES (tap.id('reset'), tap.account('approver-1'), 'lost')$$,
                   'role_needed', 'that an account begins anew is an owner''s to ask');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.account_reset (id, account_id, reason) VALUES (tap.id('reset'), tap.account('owner-1'), 'lost')$$,
                   'account_self', 'but for their own');
SELECT tap.does('owner-1', $$INSERT INTO shienkin.account_reset (id, account_id, reason) VALUES (tap.id('reset'), tap.account('approver-1'), 'lost')$$);
SELECT tap.refused('owner-1', tap.coded(), 'reset_confirmed', 'asking opens nothing');
SELECT tap.refused('owner-1', tap.confirmed(), 'second_owner', 'who asked does not confirm');
SELECT tap.refused('adjuster-1', tap.confirmed(), 'role_needed', 'nor does somebody else');
SELECT tap.allowed('owner-2', tap.confirmed() || tap.forgotten() || ';' || tap.coded(), 'a second owner does, and gives the code');
SELECT tap.does('owner-2', tap.confirmed());
SELECT tap.refused('owner-1', tap.coded(), 'reset_confirmed', 'the first owner makes no code for it even then');
SELECT tap.at(shienkin.at() + interval '1 second');
SELECT tap.refused('owner-2', tap.coded(), 'reset_confirmed', 'nor the second one later on');
SELECT tap.does('owner-1', $$INSERT INTO shienkin.account_reset (id, account_id, reason) VALUES (tap.id('reset 2'), tap.account('owner-2'), 'lost')$$);
SELECT tap.refused('owner-2', $$INSERT INTO shienkin.account_reset_confirmation VALUES (tap.id('reset 2'))$$, 'account_self', 'nobody confirms for their own account');
SELECT tap.at('2026-05-20T03:00:00Z');
SELECT tap.refused('adjuster-1', $$SELECT shienkin.account_forget_secrets(tap.account('owner-2'))$$, 'role_needed', 'nor does an adjuster make the staff begin anew');
SELECT tap.does('adjuster-1', $$SELECT shienkin.letter_ask(tap.id('letter'), tap.account('clinic-1'), NULL, 'recovery')$$);
SELECT is((SELECT facility_id FROM shienkin.letter), tap.id('facility-1'), 'a letter goes to the facility of the mandate');
SELECT tap.refused('adjuster-1', $$SELECT shienkin.access_code_write(gen_random_uuid(), tap.account('clinic-1'), tap.id('letter'), sha256('x'), '2026-06-01')$$,
                   'role_needed', 'who examines claims prints no letters');
SELECT tap.refused('proxy-1', $$SELECT shienkin.access_code_write(gen_random_uuid(), tap.account('clinic-2'), tap.id('letter'), sha256('x'), '2026-06-01')$$,
                   'role_needed', 'a letter''s code opens the letter''s account alone');
SELECT tap.does('proxy-1', $$SELECT shienkin.access_code_write(gen_random_uuid(), tap.account('clinic-1'), tap.id('letter'), sha256('1'), '2026-06-01')$$);
SELECT tap.refused('adjuster-1', $$SELECT shienkin.letter_post(tap.id('letter'))$$, 'role_needed', 'nor does an adjuster post them');
SELECT tap.does('proxy-1', $$SELECT shienkin.letter_post(tap.id('letter'))$$);
SELECT is((SELECT posted_at::timestamptz FROM shienkin.letter), shienkin.at(), 'a sheet went to the post');
SELECT tap.does('proxy-1', $$SELECT shienkin.access_code_write(gen_random_uuid(), tap.account('clinic-1'), tap.id('letter'), sha256('2'), '2026-06-01')$$);
SELECT is((SELECT posted_at::timestamptz FROM shienkin.letter), NULL, 'the next one waits to be posted');
SELECT is((SELECT array_agg(hmac::bytea) FROM shienkin.access_code WHERE ended_at IS NULL), ARRAY[sha256('2')], 'printing again voids the first code');

-- ---- the log's login, for whoever is not known yet
CREATE FUNCTION tap.as_log(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  answer text;
BEGIN
  PERFORM set_config('shienkin.account', tap.account('service')::text, true);
  PERFORM set_config('role', 'shienkin_log', true);
  EXECUTE query INTO answer;
  PERFORM set_config('role', 'none', true);
  RETURN answer;
EXCEPTION WHEN OTHERS THEN
  PERFORM set_config('role', 'none', true);
  RAISE;
END
$$;
SELECT is(tap.as_log($$SELECT account_id FROM shienkin.sign_in_account('clinic-1')$$), tap.account('clinic-1')::text, 'an account by its login');
SELECT is(tap.as_log($$SELECT count(*) FROM shienkin.sign_in_account('shienkin-service')$$), '0', 'never the service''s own');
SELECT is(tap.as_log($$SELECT shienkin.access_code_fits(tap.account('clinic-1'), sha256('1'))$$), 'false', 'a void code does not fit');
SELECT is(tap.as_log($$SELECT shienkin.access_code_use(tap.account('clinic-1'), sha256('2'))$$), 'true', 'the code opens');
SELECT is(tap.as_log($$SELECT shienkin.access_code_use(tap.account('clinic-1'), sha256('2'))$$), 'false', 'once');
SELECT isnt((SELECT ended_at FROM shienkin.letter), NULL, 'and the letter is done');
SELECT throws_ok($$SELECT tap.as_log('SELECT count(*) FROM shienkin.claim')$$, '42501', NULL, 'this login sees no claim');
SELECT throws_ok($$SELECT tap.as_log('SELECT count(*) FROM shienkin.person')$$, '42501', NULL, 'and no person');
SELECT is(tap.as_log($$SELECT count(*) FROM shienkin.sealing_key WHERE subject_type <> 'account'$$), '0', 'and no key but those of accounts');

-- ---- trials
SELECT is(tap.as_log($$SELECT max(shienkin.count_trial(sha256('t'), 900)) FROM generate_series(1, 10)$$), '10', 'trials are counted');
SELECT tap.at('2026-05-20T03:14:59Z');
SELECT is(tap.as_log($$SELECT shienkin.count_trial(sha256('t'), 900)$$), '11', 'within the window');
SELECT tap.at('2026-05-20T03:15:00Z');
SELECT is(tap.as_log($$SELECT shienkin.count_trial(sha256('t'), 900)$$), '1', 'which ends whatever was tried');
SELECT tap.at('2026-05-20T03:00:00Z');

-- ---- authenticators: one that counts, each step once and forwards
SELECT tap.does('owner-1', $$SELECT shienkin.authenticator_write(tap.id('app 1'), tap.account('owner-1'), tap.sealed())$$);
SELECT is(tap.sees('owner-1', $$SELECT count(*) FROM shienkin.authenticator_of(tap.account('owner-1'), true)$$), 0::bigint, 'it does not count yet');
SELECT tap.does('owner-1', $$SELECT shienkin.authenticator_confirm(tap.id('app 1'))$$);
SELECT is(tap.sees('owner-1', $$SELECT shienkin.authenticator_use(tap.id('app 1'), 100)::int::bigint$$), 1::bigint, 'a step is used');
SELECT is(tap.sees('owner-1', $$SELECT shienkin.authenticator_use(tap.id('app 1'), 100)::int::bigint$$), 0::bigint, 'once');
SELECT is(tap.sees('owner-1', $$SELECT shienkin.authenticator_use(tap.id('app 1'), 99)::int::bigint$$), 0::bigint, 'and none before it');
SELECT is(tap.sees('owner-1', $$SELECT shienkin.authenticator_use(tap.id('app 1'), 101)::int::bigint$$), 1::bigint, 'the next one is');
SELECT tap.refused('owner-2', $$SELECT shienkin.authenticator_use(tap.id('app 1'), 102)$$, 'not_own_account', 'another uses none of mine');
SELECT tap.does('owner-1', $$SELECT shienkin.authenticator_write(tap.id('app 2'), tap.account('owner-1'), tap.sealed());
  SELECT shienkin.authenticator_confirm(tap.id('app 2'))$$);
SELECT is((SELECT array_agg(id) FROM shienkin.authenticator WHERE ended_at IS NULL), ARRAY[tap.id('app 2')], 'a new one takes the place of the old');

-- ---- sessions
CREATE FUNCTION tap.session(name text, token text) RETURNS void LANGUAGE sql AS $$
  SELECT tap.as_log(format('SELECT shienkin.session_begin(%L, sha256(%L), %L, ''web'', true, shienkin.at() + interval ''12 h'')',
                           tap.id('session ' || token), token, tap.account(name))) $$;
CREATE FUNCTION tap.lasts(token text) RETURNS text LANGUAGE sql AS $$
  SELECT tap.as_log(format('SELECT array_to_string(roles, '','') FROM shienkin.session_of(sha256(%L), 1800)', token)) $$;
SELECT tap.session('owner-1', 'o'), tap.session('adjuster-1', 'a'), tap.session('clinic-1', 'c'), tap.session('clinic-1', 'c2'), tap.session('both-1', 'b');
SELECT is(tap.lasts('b'), 'adjuster,approver', 'a session has the roles in force');
SELECT is(tap.as_log($$SELECT facilities[1] FROM shienkin.session_of(sha256('c'), 1800)$$), tap.id('facility-1')::text, 'and the mandates');
SELECT tap.at('2026-05-20T03:00:59Z');
SELECT is(tap.lasts('c'), 'clinic', 'used within the minute');
SELECT is((SELECT seen_at::timestamptz FROM shienkin.session WHERE id = tap.id('session c')), '2026-05-20T03:00:00Z', 'its clock stays');
SELECT tap.at('2026-05-20T03:01:00Z');
SELECT is(tap.lasts('c'), 'clinic', 'used after a minute');
SELECT is((SELECT seen_at::timestamptz FROM shienkin.session WHERE id = tap.id('session c')), '2026-05-20T03:01:00Z', 'its clock moves');
SELECT tap.at('2026-05-20T03:30:00Z');
SELECT is(tap.lasts('c'), 'clinic', 'it lasts');
SELECT is(tap.lasts('c2'), NULL, 'the idle one ended');
SELECT tap.at('2026-05-20T03:00:00Z');
SELECT is(tap.sees('clinic-2', $$SELECT shienkin.session_end(tap.id('session c'))$$), 0::bigint, 'nobody ends another''s session');
SELECT is(tap.sees('clinic-2', $$SELECT shienkin.session_step_up(tap.id('session c'))::int::bigint$$), 0::bigint, 'nor steps up in it');
SELECT throws_ok($$SELECT tap.session('clinic-2', 'c')$$, '23505', NULL, 'a token is one session''s');

-- ---- what ends access, whoever causes it
SELECT tap.does('clinic-1', $$SELECT shienkin.password_write(tap.account('clinic-1'), tap.phc('c'), tap.id('session c'))$$);
SELECT is((SELECT array_agg(end_reason) FROM shienkin.session WHERE account_id = tap.account('clinic-1')), ARRAY[NULL, 'password_set']::text[],
          'a new password ends the other sessions');
SELECT tap.does('owner-2', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason)
  SELECT h.id, shienkin.at(), 'x' FROM shienkin.role_held h WHERE h.person_id = tap.person('both-1') AND h.role = 'approver'$$);
SELECT is(tap.lasts('b'), NULL, 'a role that goes ends the sessions');
SELECT tap.session('nobody-1', 'n');
SELECT tap.does('owner-1', tap.grant_of('nobody-1', 'auditor', 'n'));
SELECT is(tap.lasts('n'), '', 'one owner''s word does nothing');
SELECT tap.does('owner-2', tap.confirmed('n'));
SELECT is(tap.lasts('n'), NULL, 'a role that comes ends them too');
SELECT tap.does('adjuster-1', $$SELECT shienkin.machine_token_write(tap.id('token'), sha256('m'), 'report', 'read', '2026-12-31')$$);
SELECT is(tap.as_log($$SELECT read_only FROM shienkin.machine_session_of(sha256('m'))$$), 'true', 'a program of the staff reads');
SELECT tap.does('owner-1', $$UPDATE shienkin.account SET closed_at = shienkin.at(), closed_by = tap.account('owner-1') WHERE id = tap.account('adjuster-1')$$);
SELECT is((SELECT end_reason FROM shienkin.session WHERE id = tap.id('session a')), 'account_closed', 'a closed account has no session');
SELECT is(tap.as_log($$SELECT count(*) FROM shienkin.machine_session_of(sha256('m'))$$), '0', 'and no token');
SELECT is(tap.as_log($$SELECT count(*) FROM shienkin.sign_in_account('adjuster-1')$$), '0', 'and no way in');

-- ---- tokens of machines: a clinic's scope or reading; nothing for a role over money
SELECT tap.refused('approver-1', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'read', '2026-12-31')$$, 'token_money_role', 'none for an approver');
SELECT tap.refused('cashier-1', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'read', '2026-12-31')$$, 'token_money_role', 'none for a cashier');
SELECT tap.refused('owner-1', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'read', '2026-12-31')$$, 'token_money_role', 'none for an owner');
SELECT tap.refused('adjuster-2', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'clinic', '2026-12-31')$$, 'token_scope', 'the staff reads');
SELECT tap.refused('clinic-1', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'cashier', '2026-12-31')$$, 'machine_token_scope_check', 'there is no other scope');
SELECT tap.allowed('clinic-1', $$SELECT shienkin.machine_token_write(gen_random_uuid(), sha256('x'), 'x', 'clinic', '2026-12-31')$$, 'a clinic''s program does what the clinic may');

-- ---- what is over is forgotten, and no more than that
SELECT tap.at('2026-05-21T03:15:00Z');
SELECT tap.does('service', $$SELECT shienkin.forget_expired()$$);
SELECT is((SELECT count(*) FROM shienkin.sign_in_failure), 0::bigint, 'old trials go');
SELECT cmp_ok((SELECT count(*) FROM shienkin.session), '>', 0::bigint, 'sessions stay for 90 days');
SELECT * FROM finish();
ROLLBACK;
