-- Lines less recoveries are what the incident's latest decision says, item by item, at every commit.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.in_review('claim-1', 'clinic-1', 'facility-1', '2026-05-11');
CREATE FUNCTION tap.d(a bigint, c bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT tap.decision(a, c, 0, 0) $$;
CREATE FUNCTION tap.approved(name text, a bigint, c bigint) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT tap.approval(name, tap.d(a, c)) || tap.move('claim-1', 'state = ''decided''') $$;
CREATE FUNCTION tap.net(item text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT sum(amount_yen) FROM shienkin.entitlement_line l WHERE l.item = net.item
                     AND NOT EXISTS (SELECT FROM shienkin.entitlement_cancellation x WHERE x.line_id = l.id)), 0)::bigint
       - coalesce((SELECT sum(amount_yen) FROM shienkin.recovery r WHERE r.item = net.item
                     AND NOT EXISTS (SELECT FROM shienkin.recovery_cancellation x WHERE x.recovery_id = r.id)), 0)::bigint $$;
-- As if the bank had paid a line: transfers are not in this schema yet, so the function that derives a line's state says so.
CREATE FUNCTION tap.settle(line uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($q$CREATE OR REPLACE FUNCTION shienkin.line_state(which uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = shienkin, pg_temp AS $f$ SELECT CASE WHEN which = %L THEN 'settled'
      WHEN EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = which) THEN 'cancelled' ELSE 'payable' END $f$ $q$, line);
END
$$;

SELECT tap.does('adjuster-1', tap.proposed('claim-1', 'one', tap.d(1000, 3000)));
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000), 'entitlement_proved', 'a decision opens its lines');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 1000), 'entitlement_proved', 'all of them');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 1000) || tap.line('one', 'closure', 3001), 'entitlement_proved', 'to the yen');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 4000), 'entitlement_proved', 'item by item, not in sum');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 1000) || tap.line('one', 'closure', 3000) || tap.line('one', 'leak_other', 5),
                   'entitlement_proved', 'and none beside');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 500) || replace(tap.line('one', 'attack', 500), tap.id('line one attack')::text, tap.id('second')::text),
                   'entitlement_line_once', 'one line for one item of one decision');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 0), 'entitlement_line_amount_yen_check', 'a line is above nothing');
SELECT tap.refused('approver-1', tap.approved('one', 1000, 3000) || replace(tap.line('one', 'attack', 1000), '1000', '-1000'), 'yen_check', 'and never below');
SELECT tap.does('approver-1', tap.approved('one', 1000, 3000) || tap.line('one', 'attack', 1000) || tap.line('one', 'closure', 3000));
SELECT set_eq($$SELECT item, amount_yen::bigint FROM shienkin.decision_item$$, $$VALUES ('attack', 1000::bigint), ('closure', 3000), ('leak_by_attack', 0), ('leak_other', 0)$$,
              'the decision''s items are spread from its bytes');

-- ---- a line beside the decision
SELECT tap.refused('cashier-1', replace(tap.line('one', 'leak_other', 5), 'leak_other'', d.id', 'leak_other'', d.id'), 'entitlement_proved', 'no line comes later out of nowhere');
SELECT tap.refused('cashier-1', tap.cancelled('one', 'attack', 'one'), 'entitlement_proved', 'none goes');
SELECT tap.refused('cashier-1', tap.recovered('one', 'attack', 10), 'entitlement_proved', 'no recovery comes');
SELECT tap.refused('cashier-1', $$INSERT INTO shienkin.decision_item VALUES (tap.id('decision one'), 'attack', 'payable', 9, 9)$$, '42501', 'items are the database''s to write');

-- ---- an amendment raises: the difference
SELECT tap.does('clinic-1', tap.facts('claim-1', 2, '2026-05-11') || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.does('service', tap.searched('claim-1', 2));
SELECT tap.does('adjuster-1', tap.proposed('claim-1', 'two', tap.d(1000, 4000), 2));
SELECT tap.refused('approver-1', tap.approved('two', 1000, 4000) || tap.line('two', 'closure', 4000), 'entitlement_proved', 'not the whole again');
SELECT tap.does('approver-1', tap.approved('two', 1000, 4000) || tap.line('two', 'closure', 1000));
SELECT is(tap.net('closure'), 4000::bigint, 'the difference is owed');
SELECT is((SELECT max(number) FROM shienkin.decision), 2, 'decisions of an incident are numbered');

-- ---- it falls, nothing paid yet: lines are cancelled, the rest is a new line
SELECT tap.does('clinic-1', tap.facts('claim-1', 3, '2026-05-11') || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.does('service', tap.searched('claim-1', 3));
SELECT tap.does('adjuster-1', tap.proposed('claim-1', 'three', tap.d(1000, 500), 3));
SELECT tap.refused('approver-1', tap.approved('three', 1000, 500), 'entitlement_proved', 'a fall does nothing silently');
SELECT tap.does('approver-1', tap.approved('three', 1000, 500) || tap.cancelled('one', 'closure', 'three') || tap.cancelled('two', 'closure', 'three') || tap.line('three', 'closure', 500));
SELECT is(tap.net('closure'), 500::bigint, 'the lower sum is owed');
SELECT tap.refused('approver-1', tap.cancelled('one', 'closure', 'three'), 'line_not_payable', 'a cancelled line is not cancelled again');

-- ---- it falls after money has gone: a recovery
SELECT tap.settle(tap.id('line one attack'));
SELECT tap.does('clinic-1', tap.facts('claim-1', 4, '2026-05-11') || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause) VALUES (%L, ''by_claimant'');', tap.id('claim-1')) || tap.move('claim-1', 'state = ''withdrawn'''),
                   'withdrawn_unpaid', 'with money owed a claim is not withdrawn');
SELECT tap.does('service', tap.searched('claim-1', 4));
SELECT tap.does('adjuster-1', tap.proposed('claim-1', 'four', tap.d(0, 500), 4));
SELECT tap.refused('approver-1', tap.approved('four', 0, 500) || tap.cancelled('one', 'attack', 'four'), 'line_not_payable', 'a settled line is not cancelled');
SELECT tap.does('approver-1', tap.approved('four', 0, 500) || tap.recovered('four', 'attack', 1000));
SELECT is(tap.net('attack'), 0::bigint, 'what was paid too much is a recovery');
SELECT is((SELECT count(*) FROM shienkin.entitlement_cancellation WHERE item = 'attack'), 0::bigint, 'the line that was paid stays');

-- ---- reconsideration: other people, at most once, and the recovery made needless
SELECT tap.does('clinic-1', format('INSERT INTO shienkin.reconsideration (id, claim_id, decision_id, sealed_grounds) VALUES (%L, %L, %L, tap.sealed());',
                                   tap.id('again'), tap.id('claim-1'), tap.id('decision four')) || tap.move('claim-1', 'state = ''reconsideration'''));
SELECT tap.refused('clinic-1', tap.move('claim-1', 'state = ''decided'''), 'claim_decided', 'an open reconsideration is answered or taken back');
SELECT tap.refused('adjuster-1', tap.proposed('claim-1', 'five', tap.d(1000, 500), 4, 'again'), 'reconsideration_by_others', 'who proposed before does not reconsider');
SELECT tap.refused('both-1', tap.proposed('claim-1', 'five', tap.d(1000, 500), 4), 'proposal_reconsideration', 'a proposal says that it reconsiders');
SELECT tap.does('both-1', tap.proposed('claim-1', 'five', tap.d(1000, 500), 4, 'again'));
SELECT tap.refused('approver-1', tap.approved('five', 1000, 500), 'reconsideration_by_others', 'who approved before does not reconsider');
SELECT tap.does('approver-2', format('INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome, sealed_reason) VALUES (%L, %L, ''returned'', tap.sealed());', tap.id('proposal five'), tap.id('claim-1'))
                              || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.refused('adjuster-1', tap.proposed('claim-1', 'six', tap.d(1000, 500), 4, 'again'), 'reconsideration_by_others', 'a return does not bring the old people back');
SELECT tap.does('both-1', tap.proposed('claim-1', 'six', tap.d(1000, 500), 4, 'again'));
SELECT tap.does('approver-2', tap.approved('six', 1000, 500) || format($q$INSERT INTO shienkin.recovery_cancellation (recovery_id, incident_id, item, decision_id)
  VALUES (%L, %L, 'attack', %L)$q$, tap.id('recovery four attack'), tap.id('incident claim-1'), tap.id('decision six')));
SELECT is(tap.net('attack'), 1000::bigint, 'the recovery is cancelled: what was paid was owed');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.reconsideration (id, claim_id, decision_id, sealed_grounds) VALUES (gen_random_uuid(), %L, %L, tap.sealed());',
                                      tap.id('claim-1'), tap.id('decision four')) || tap.move('claim-1', 'state = ''reconsideration'''), 'reconsideration_once', 'a decision is reconsidered once');

-- ---- taken back: the old decision stands
SELECT tap.decided('claim-2', 'clinic-2', 'facility-2', '2026-05-11');
SELECT tap.does('clinic-2', format('INSERT INTO shienkin.reconsideration (id, claim_id, decision_id, sealed_grounds) VALUES (%L, %L, %L, tap.sealed());',
                                   tap.id('again 2'), tap.id('claim-2'), tap.id('decision claim-2')) || tap.move('claim-2', 'state = ''reconsideration'''));
SELECT tap.allowed('clinic-2', format('INSERT INTO shienkin.reconsideration_withdrawal (reconsideration_id, claim_id) VALUES (%L, %L);', tap.id('again 2'), tap.id('claim-2'))
                               || tap.move('claim-2', 'state = ''decided'''), 'taken back, the old decision stands');

-- ---- withdrawal before anything was paid cancels what is payable
SELECT tap.decided('claim-3', 'clinic-2', 'facility-2', '2026-03-11');
SELECT tap.does('clinic-2', tap.move('claim-3', 'state = ''in_review'''));
SELECT tap.allowed('adjuster-1', format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause) VALUES (%1$L, ''by_claimant'');
  INSERT INTO shienkin.entitlement_cancellation (line_id, incident_id, item) SELECT id, incident_id, item FROM shienkin.entitlement_line WHERE claim_id = %1$L;', tap.id('claim-3'))
  || tap.move('claim-3', 'state = ''withdrawn'''), 'a withdrawn claim is owed nothing');
SELECT * FROM finish();
ROLLBACK;
