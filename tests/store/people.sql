-- Persons, accounts, roles: two owners, no incompatible roles in one person, the actor of every row.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();

-- ---- the actor
SELECT tap.refused('adjuster-1', $$SELECT set_config('shienkin.account', '', true);
  INSERT INTO shienkin.person (id, kind, name) VALUES (gen_random_uuid(), 'human', 'x')$$, 'actor_unknown', 'nobody writes anonymously');
SELECT tap.refused('adjuster-1', $$SELECT set_config('shienkin.account', gen_random_uuid()::text, true);
  INSERT INTO shienkin.person (id, kind, name) VALUES (gen_random_uuid(), 'human', 'x')$$, 'actor_unknown', 'nor through an account that is none');
SELECT tap.refused('adjuster-1', $$SELECT set_config('shienkin.at', '', true);
  INSERT INTO shienkin.person (id, kind, name) VALUES (gen_random_uuid(), 'human', 'x')$$, 'moment_unknown', 'nor without a moment');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.person (id, kind, name, by_person) VALUES (gen_random_uuid(), 'human', 'x', tap.person('owner-1'))$$,
                   'actor_differs', 'nobody writes in another person''s name');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.person (id, kind, name, by_account) VALUES (gen_random_uuid(), 'human', 'x', tap.account('owner-1'))$$,
                   'actor_differs', 'nor through another account');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.person (id, kind, name, at) VALUES (gen_random_uuid(), 'human', 'x', '2020-01-01')$$,
                   'actor_differs', 'nor at another time');
SELECT tap.refused('adjuster-1', $$SELECT set_config('shienkin.account', tap.account('clinic-1')::text, true);
  INSERT INTO shienkin.person (id, kind, name) VALUES (gen_random_uuid(), 'human', 'x')$$, 'actor_realm', 'a clinic''s account does not act under the staff''s role');
SELECT tap.refused('clinic-1', $$SELECT set_config('shienkin.account', tap.account('adjuster-1')::text, true);
  INSERT INTO shienkin.event_salt VALUES (gen_random_uuid(), sha256('x'));
  INSERT INTO shienkin.idempotency (account_id, key, fingerprint, status, headers, expires_at)
  VALUES (tap.account('adjuster-1'), 'k', sha256('x'), 200, '{}', '2027-01-01')$$, 'actor_realm', 'nor the other way round');
SELECT tap.does('owner-1', $$UPDATE shienkin.account SET closed_at = shienkin.at(), closed_by = tap.account('owner-1') WHERE login = 'nobody-1'$$);
SELECT tap.refused('nobody-1', $$INSERT INTO shienkin.person (id, kind, name) VALUES (gen_random_uuid(), 'human', 'x')$$, 'actor_unknown', 'a closed account acts no more');
SELECT tap.refused('owner-1', $$UPDATE shienkin.account SET closed_at = NULL, closed_by = NULL WHERE login = 'nobody-1'$$, 'closed_once', 'and is not opened again');

-- ---- accounts
SELECT tap.refused('adjuster-1', tap.account_of('x-1', 'staff'), 'role_needed', 'an adjuster opens no account of the staff');
SELECT tap.allowed('adjuster-1', tap.account_of('x-1', 'clinic'), 'but one of a clinic');
SELECT tap.refused('owner-1', tap.account_of('x-1', 'service'), 'service_account', 'the service has one account');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.account (id, person_id, realm, login) VALUES (gen_random_uuid(), tap.person('adjuster-1'), 'clinic', 'adjuster-too')$$,
                   'role_incompatible', 'a person of the staff gets no account of a clinic');

-- ---- grants by two owners
SELECT tap.refused('adjuster-1', tap.grant_of('nobody-1', 'approver', 'g'), 'role_needed', 'roles are granted by owners');
SELECT tap.does('owner-1', tap.grant_of('nobody-1', 'approver', 'g'));
SELECT is((SELECT count(*) FROM shienkin.role_held WHERE person_id = tap.person('nobody-1')), 0::bigint, 'a grant alone gives nothing');
SELECT tap.refused('owner-1', tap.confirmed('g'), 'second_owner', 'the same owner does not confirm');
SELECT tap.refused('adjuster-1', tap.confirmed('g'), 'role_needed', 'nor does somebody else');
SELECT tap.does('owner-2', tap.confirmed('g'));
SELECT is((SELECT count(*) FROM shienkin.role_held WHERE person_id = tap.person('nobody-1')), 1::bigint, 'the second owner''s yes gives the role');
SELECT tap.refused('owner-2', tap.confirmed('g'), 'role_grant_confirmation_pkey', 'once');
SELECT tap.does('owner-1', tap.grant_of('owner-1', 'auditor', 'self'));
SELECT tap.refused('owner-2', tap.confirmed('self'), 'grant_to_self', 'nobody grants to themselves');
SELECT tap.does('owner-1', tap.grant_of('owner-2', 'auditor', 'self 2'));
SELECT tap.refused('owner-2', tap.confirmed('self 2'), 'grant_to_self', 'nor confirms a role of their own');
SELECT tap.does('owner-1', tap.grant_of('service', 'adjuster', 'service'));
SELECT tap.refused('owner-2', tap.confirmed('service'), 'role_of_service', 'the service holds no role');
SELECT tap.refused('owner-1', tap.grant_of('nobody-1', 'clinic', 'c'), 'role_grant_role_check', 'the clinics'' role is not granted');

-- ---- incompatible roles, pair by pair: only adjuster and approver meet
SELECT is_empty($$
  SELECT a.code, b.code FROM shienkin.role a, shienkin.role b
  WHERE a.code < b.code AND a.code <> 'clinic' AND b.code <> 'clinic' AND tap.refusal('owner-1',
    tap.account_of('pair', 'staff') || tap.grant_of('pair', a.code, 'pair a') || tap.grant_of('pair', b.code, 'pair b')
    || format($q$SELECT set_config('shienkin.account', tap.account('owner-2')::text, true);%s%s$q$, tap.confirmed('pair a'), tap.confirmed('pair b')))
    IS DISTINCT FROM CASE WHEN (a.code, b.code) = ('adjuster', 'approver') THEN NULL ELSE 'role_incompatible' END$$,
  'of all pairs of roles only adjuster and approver meet in one person');
SELECT tap.does('owner-1', tap.grant_of('adjuster-1', 'adjuster', 'again'));
SELECT tap.refused('owner-2', tap.confirmed('again'), 'role_held_once', 'a role is not held twice at once');

-- ---- revocation
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES (tap.id('grant cashier-1'), shienkin.at(), 'x')$$,
                   'role_needed', 'roles are revoked by owners');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES (tap.id('grant cashier-1'), '2026-01-02', 'x')$$,
                   'revocation_in_past', 'not in the past');
SELECT tap.does('owner-1', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES (tap.id('grant cashier-1'), '2026-05-21', 'leaves')$$);
SELECT is((SELECT ended_at::timestamptz FROM shienkin.role_held WHERE id = tap.id('grant cashier-1')), '2026-05-21'::timestamptz, 'a role ends');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES (tap.account('owner-2'), '2026-05-21', 'x')$$,
                   'two_owners', 'two owners remain');
SELECT tap.at('2026-05-22T03:00:00Z');
SELECT tap.does('owner-1', tap.grant_of('cashier-1', 'auditor', 'later'));
SELECT tap.allowed('owner-2', tap.confirmed('later'), 'after its end another role is free');
SELECT tap.at('2026-05-20T03:00:00Z');

-- ---- mandates
SELECT tap.refused('adjuster-2', $$INSERT INTO shienkin.mandate (id, account_id, facility_id, kind, began_at)
  VALUES (gen_random_uuid(), tap.account('clinic-1'), tap.id('facility-1'), 'clerk', '2026-03-01')$$, 'mandate_once', 'mandates of one account and facility do not overlap');
SELECT tap.refused('adjuster-2', $$INSERT INTO shienkin.mandate (id, account_id, facility_id, kind, began_at)
  VALUES (gen_random_uuid(), tap.account('approver-1'), tap.id('facility-1'), 'representative', '2026-03-01')$$, 'mandate_realm', 'the staff holds no mandate of a clinic');
SELECT tap.refused('adjuster-2', $$INSERT INTO shienkin.mandate (id, account_id, facility_id, kind, began_at)
  VALUES (gen_random_uuid(), tap.account('approver-1'), tap.id('facility-1'), 'proxy', '2026-03-01')$$, 'mandate_realm', 'nor one of a proxy without that role');
SELECT tap.refused('clinic-1', $$INSERT INTO shienkin.mandate (id, account_id, facility_id, kind, began_at)
  VALUES (gen_random_uuid(), tap.account('clinic-1'), tap.id('facility-2'), 'clerk', '2026-03-01')$$, '42501', 'a clinic takes no mandate');
SELECT tap.refused('adjuster-2', $$UPDATE shienkin.mandate SET ended_at = NULL, ended_by = NULL WHERE id = tap.id('mandate clinic-1');
  UPDATE shienkin.mandate SET ended_at = shienkin.at(), ended_by = tap.account('adjuster-2') WHERE id = tap.id('mandate clinic-1');
  UPDATE shienkin.mandate SET ended_at = '2027-01-01' WHERE id = tap.id('mandate clinic-1')$$, 'closed_once', 'an ended mandate stays ended');

-- ---- bootstrap
SELECT throws_ok($$SET LOCAL ROLE shienkin_owner; SELECT shienkin.bootstrap_owners(gen_random_uuid(), gen_random_uuid(), 'a', 'aaa', gen_random_uuid(), gen_random_uuid(), 'b', 'bbb')$$,
                 '23514', NULL, 'the first owners are made once');
RESET ROLE;
SELECT tap.refused('owner-1', $$SELECT shienkin.bootstrap_owners(gen_random_uuid(), gen_random_uuid(), 'a', 'aaa', gen_random_uuid(), gen_random_uuid(), 'b', 'bbb')$$,
                   '42501', 'and by no service role');
SELECT * FROM finish();
ROLLBACK;
