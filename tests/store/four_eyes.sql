-- Two people for every yen: who proposes, who approves, who may not, by person; and what holds an approval back.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.in_review('claim-1', 'clinic-1', 'facility-1', '2026-05-11');
CREATE FUNCTION tap.d() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT tap.decision(1000, 3000, 0, 0) $$;
CREATE FUNCTION tap.whole(name text DEFAULT 'p1') RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT tap.approval(name, tap.d()) || tap.line(name, 'attack', 1000) || tap.line(name, 'closure', 3000)
         || tap.move('claim-1', 'state = ''decided''') $$;

-- ---- who proposes
SELECT tap.refused('approver-1', tap.proposed('claim-1', 'p1', tap.d()), 'role_needed', 'an approver does not propose');
SELECT tap.refused('clinic-1', tap.proposed('claim-1', 'p1', tap.d()), '42501', 'a clinic has no right to');
SELECT tap.does('adjuster-2', format('INSERT INTO shienkin.recusal (claim_id) VALUES (%L)', tap.id('claim-1')));
SELECT tap.refused('adjuster-2', tap.proposed('claim-1', 'p1', tap.d()), 'recused', 'who stepped away does not propose');
SELECT tap.refused('adjuster-1', tap.move('claim-1', format('assigned_to = %L, assigned_at = shienkin.at()', tap.person('adjuster-2'))), 'recused', 'nor is assigned');
SELECT tap.refused('adjuster-1', replace(tap.proposed('claim-1', 'p1', tap.d()), tap.id('rules')::text, tap.id('other')::text), 'rules_confirmed', 'nothing is proposed by unknown rules');
SELECT tap.does('both-1', tap.proposed('claim-1', 'p1', tap.d()));
SELECT tap.refused('adjuster-1', tap.proposal('claim-1', 'p2', tap.d()), 'proposal_state', 'one proposal at a time');

-- ---- who approves
SELECT tap.refused('both-1', tap.whole(), 'approval_by_other_person', 'the proposer does not approve, adjuster and approver though he be');
SELECT tap.refused('adjuster-1', tap.whole(), 'role_needed', 'an adjuster does not approve');
SELECT tap.refused('cashier-1', tap.whole(), 'role_needed', 'nor a cashier');
SELECT tap.refused('clinic-1', tap.whole(), '42501', 'nor a clinic');
SELECT tap.does('both-2', $$INSERT INTO shienkin.fact_check (id, claim_id, key, value_sha256, verdict, new_value, new_value_sha256, sealed_reason)
  VALUES (tap.id('check'), tap.id('claim-1'), '/leak/occurred', sha256('true'), 'refuted', 'false', sha256('false'), tap.sealed())$$);
SELECT tap.refused('both-2', tap.whole(), 'approval_not_by_corrector', 'who corrected or refuted a fact does not approve');
SELECT tap.does('owner-1', tap.account_of('proxy-approver', 'staff') || tap.grant_of('proxy-approver', 'proxy', 'pa'));
SELECT tap.allowed('approver-1', tap.whole(), 'another approver may');
SELECT tap.does('approver-2', format('INSERT INTO shienkin.recusal (claim_id) VALUES (%L)', tap.id('claim-1')));
SELECT tap.refused('approver-2', tap.whole(), 'recused', 'who stepped away does not approve');

-- ---- one person, two accounts
INSERT INTO tap.who VALUES ('both-1 again', 'shienkin_staff');
SELECT tap.does('owner-1', format('INSERT INTO shienkin.account (id, person_id, realm, login) VALUES (%L, %L, ''staff'', ''both-1-again'')',
                                  tap.account('both-1 again'), tap.person('both-1')));
SELECT tap.refused('both-1 again', tap.whole(), 'approval_by_other_person', 'a second account is no second person');

-- ---- a decision is what was proposed, from its approver, at once
SELECT tap.refused('approver-1', replace(tap.whole(), '"potential_yen" : 3000', '"potential_yen" : 3001'), 'decision_differs', 'what was computed again must be byte-equal');
SELECT tap.refused('approver-1', split_part(tap.whole(), 'INSERT INTO shienkin.decision', 1) || tap.move('claim-1', 'state = ''in_review'''), 'approval_decides', 'an approval decides');
SELECT tap.refused('approver-1', 'INSERT INTO shienkin.decision' || split_part(tap.whole(), 'INSERT INTO shienkin.decision', 2), 'decision_approved', 'a decision is approved');
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.fact_snapshot (id, claim_id, facts_version_id, body, sha256, calendar_id, calendar_sha256, holidays, roster_known_at)
  VALUES (%L, %L, %L, ''{"a":1}'', sha256(''{"a":1}''), %L, sha256(''calendar''), ''{}'', shienkin.at())', tap.id('s2'), tap.id('claim-1'), tap.id('facts claim-1 1'), tap.id('calendar')));
SELECT tap.refused('approver-1', replace(tap.whole(), 'p.id, p.snapshot_id, p.rule_set_id', format('p.id, %L::uuid, p.rule_set_id', tap.id('s2'))), 'decision_of_proposal',
                   'a decision is over the proposal''s snapshot');
SELECT tap.refused('approver-1', replace(tap.whole(), '(b_json ->> ''total_yen'')::bigint', '4001'), 'decision_total', 'the column says what the bytes say');

-- ---- what holds an approval back
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.hold (id, claim_id, kind) VALUES (%L, %L, ''legal'')', tap.id('hold'), tap.id('claim-1')));
SELECT tap.refused('approver-1', tap.whole(), 'hold_open', 'nothing is approved while it is held');
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.hold_release (hold_id, claim_id, sealed_reason) VALUES (%L, %L, tap.sealed())', tap.id('hold'), tap.id('claim-1')));
SELECT tap.refused('approver-1', tap.whole(), 'hold_open', 'one person''s release is not enough for this kind');
SELECT tap.refused('adjuster-1', format('INSERT INTO shienkin.hold_release (hold_id, claim_id, sealed_reason) VALUES (%L, %L, tap.sealed())', tap.id('hold'), tap.id('claim-1')),
                   'hold_release_by_other_person', 'nor the same person''s twice');
SELECT tap.does('approver-1', format('INSERT INTO shienkin.hold_release (hold_id, claim_id, sealed_reason) VALUES (%L, %L, tap.sealed())', tap.id('hold'), tap.id('claim-1')));
SELECT tap.allowed('approver-1', tap.whole(), 'two persons release it');

SELECT tap.in_review('claim-0', 'clinic-1', 'facility-1', '2026-05-01');
SELECT tap.does('service', format('INSERT INTO shienkin.duplicate_suspicion (id, claim_id, other_claim_id, grounds) VALUES (%L, %L, %L, ''{within_31_days}'')',
                                  tap.id('suspicion'), tap.id('claim-1'), tap.id('claim-0')));
SELECT tap.refused('approver-1', tap.whole(), 'duplicate_open', 'nothing is approved while it may be a duplicate');
CREATE FUNCTION tap.resolved(part text, verdict text, round integer DEFAULT 1) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT format('INSERT INTO shienkin.duplicate_resolution (id, suspicion_id, claim_id, round, part, verdict, sealed_reason) VALUES (%L, %L, %L, %s, %L, %L, tap.sealed());',
                gen_random_uuid(), tap.id('suspicion'), tap.id('claim-1'), round, part, verdict) $$;
SELECT tap.refused('approver-2', tap.resolved('adjuster', 'distinct'), 'role_needed', 'an approver does not speak as adjuster');
SELECT tap.refused('approver-1', tap.resolved('approver', 'distinct'), 'duplicate_resolution_order', 'the adjuster speaks first');
SELECT tap.does('both-1', tap.resolved('adjuster', 'distinct'));
SELECT tap.refused('approver-1', tap.whole(), 'duplicate_open', 'one person resolves no suspicion');
SELECT tap.refused('both-1', tap.resolved('approver', 'distinct'), 'resolution_by_other_person', 'nor twice the same person');
SELECT tap.does('approver-1', tap.resolved('approver', 'same'));
SELECT tap.refused('approver-1', tap.whole(), 'duplicate_open', 'nor two who disagree');
SELECT tap.does('adjuster-1', tap.resolved('adjuster', 'distinct', 2));
SELECT tap.does('approver-1', tap.resolved('approver', 'distinct', 2));
SELECT tap.allowed('approver-1', tap.whole(), 'two who agree do, in a new round');

SELECT tap.does('clinic-1', format('INSERT INTO shienkin.payee_version (id, claim_id, version, sealed_body, account_blind, roster_match) VALUES (%L, %L, 1, tap.sealed(), sha256(''a''), ''matches'')',
                                   tap.id('payee 1'), tap.id('claim-1')));
SELECT tap.allowed('approver-1', tap.whole(), 'a first payee needs no call');
SELECT tap.does('clinic-1', format('INSERT INTO shienkin.payee_version (id, claim_id, version, sealed_body, account_blind, roster_match) VALUES (%L, %L, 2, tap.sealed(), sha256(''b''), ''matches'')',
                                   tap.id('payee 2'), tap.id('claim-1')));
SELECT tap.refused('approver-1', tap.whole(), 'payee_call_back', 'a payee changed within ten days is called back');
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.payee_confirmation (id, claim_id, payee_version_id, how) VALUES (gen_random_uuid(), %L, %L, ''posted_code'')', tap.id('claim-1'), tap.id('payee 2')));
SELECT tap.refused('approver-1', tap.whole(), 'payee_call_back', 'a code by post is no call');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.payee_confirmation (id, claim_id, payee_version_id, how) VALUES (gen_random_uuid(), %L, %L, ''call_back'')', tap.id('claim-1'), tap.id('payee 2')),
                   '42501', 'who claims confirms nothing');
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.payee_confirmation (id, claim_id, payee_version_id, how) VALUES (gen_random_uuid(), %L, %L, ''call_back'')', tap.id('claim-1'), tap.id('payee 2')));
SELECT tap.allowed('approver-1', tap.whole(), 'and after the call it goes on');
SELECT tap.does('clinic-1', format('INSERT INTO shienkin.payee_version (id, claim_id, version, sealed_body, account_blind, roster_match) VALUES (%L, %L, 3, tap.sealed(), sha256(''c''), ''matches'')',
                                   tap.id('payee 3'), tap.id('claim-1')));
SELECT tap.refused('approver-1', tap.whole(), 'payee_call_back', 'each change wants its own call');
SELECT tap.at(shienkin.at() + interval '10 days' - interval '1 second');
SELECT tap.refused('approver-1', tap.whole(), 'payee_call_back', 'for ten days to the second');
SELECT tap.at(shienkin.at() + interval '1 second');
SELECT tap.allowed('approver-1', tap.whole(), 'after which nobody need be called');
SELECT tap.at(shienkin.at() - interval '10 days');
SELECT tap.does('adjuster-1', format('INSERT INTO shienkin.payee_confirmation (id, claim_id, payee_version_id, how) VALUES (gen_random_uuid(), %L, %L, ''call_back'')', tap.id('claim-1'), tap.id('payee 3')));

SELECT tap.does('clinic-1b', tap.facts('claim-1', 2, '2026-05-11'));
SELECT tap.refused('approver-1', tap.whole(), 'facts_moved', 'new facts want a new proposal');

-- ---- return, and once only
SELECT tap.refused('approver-1', format('INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome) VALUES (%L, %L, ''returned'')', tap.id('proposal p1'), tap.id('claim-1'))
  || ';' || tap.move('claim-1', 'state = ''in_review'''), 'proposal_outcome_check1', 'a return says why');
SELECT tap.does('approver-1', format('INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome, sealed_reason) VALUES (%L, %L, ''returned'', tap.sealed());', tap.id('proposal p1'), tap.id('claim-1'))
  || tap.move('claim-1', 'state = ''in_review'''));
SELECT tap.refused('approver-1', format('INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome, sealed_reason) VALUES (%L, %L, ''returned'', tap.sealed())', tap.id('proposal p1'), tap.id('claim-1')),
                   'proposal_outcome_once', 'a proposal has one outcome');
SELECT tap.does('adjuster-1', tap.proposed('claim-1', 'p3', tap.d(), 2));
SELECT tap.refused('approver-1', tap.whole('p3'), 'duplicates_searched', 'the search is made over the latest facts');
SELECT tap.does('service', tap.searched('claim-1', 2));
SELECT tap.does('approver-1', tap.whole('p3'));
SELECT tap.refused('approver-2', tap.whole('p3'), 'approval_state', 'and a decided claim is not approved again');

-- ---- typed by the staff: the typist neither proposes nor approves
SELECT tap.does('both-2', tap.opened('claim-5', 'facility-1', 'paper'));
SELECT tap.does('both-2', tap.submitted('claim-5', 'facility-1', '2026-02-01', 'paper'));
SELECT tap.does('both-2', tap.move('claim-5', 'state = ''in_review'''));
SELECT tap.does('service', tap.searched('claim-5', 1));
SELECT tap.refused('both-2', tap.proposed('claim-5', 'p5', tap.d()), 'proposal_by_other_person', 'who typed a claim does not propose it');
SELECT tap.does('adjuster-1', tap.proposed('claim-5', 'p5', tap.d()));
SELECT tap.refused('both-2', tap.approval('p5', tap.d()), 'approval_not_by_filer', 'nor approves it');

-- ---- rules that only one owner knows
SELECT tap.in_review('claim-6', 'clinic-2', 'facility-2', '2026-05-11');
SELECT tap.does('owner-1', $$INSERT INTO shienkin.rule_set (id, scheme, first_day, revision, model_id, model_version, sha256, bytes)
  VALUES (tap.id('rules 2'), 'cyber-support', '2022-06-01', 2, 'm', '2', sha256('rules 2'), 'rules 2')$$);
SELECT tap.refused('adjuster-1', replace(replace(tap.proposed('claim-6', 'p6', tap.d()), tap.id('rules')::text, tap.id('rules 2')::text), $$sha256('rules')$$, $$sha256('rules 2')$$),
                   'rules_confirmed', 'nothing is proposed by rules that one owner alone knows');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.rule_set_confirmation VALUES (tap.id('rules 2'))$$, 'second_owner', 'the publisher does not confirm');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.rule_set_confirmation VALUES (tap.id('rules 2'))$$, 'role_needed', 'nor does somebody else');
SELECT tap.allowed('owner-2', $$INSERT INTO shienkin.rule_set_confirmation VALUES (tap.id('rules 2'))$$, 'a second owner does');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.rule_set (id, scheme, first_day, revision, model_id, model_version, sha256, bytes)
  VALUES (gen_random_uuid(), 'cyber-support', '2022-06-01', 4, 'm', '4', sha256('rules 4'), 'rules 4')$$, 'rule_set_follows', 'revisions leave no gap');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.rule_set (id, scheme, first_day, revision, model_id, model_version, sha256, bytes)
  VALUES (gen_random_uuid(), 'cyber-support', '2022-06-01', 3, 'm', '3', sha256('other'), 'rules 3')$$, 'rule_set_sha256', 'a rule set is its bytes');
SELECT tap.allowed('owner-1', $$INSERT INTO shienkin.rule_scenario (id, rule_set_id, sha256, bytes)
  VALUES (gen_random_uuid(), tap.id('rules 2'), sha256('{}'), '{}')$$, 'cases stand beside a rule set');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.rule_scenario (id, rule_set_id, sha256, bytes)
  VALUES (gen_random_uuid(), tap.id('rules 2'), sha256('{}'), '{}')$$, 'role_needed', 'owners put them there');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.rule_scenario (id, rule_set_id, sha256, bytes)
  VALUES (gen_random_uuid(), tap.id('rules 2'), sha256('{ }'), '{}')$$, 'rule_scenario_sha256', 'a table of cases is its bytes');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.calendar (id, kind, version, first_day, last_day, sha256, bytes)
  VALUES (gen_random_uuid(), 'national', '1', '1970-01-01', '2050-12-31', sha256('other'), 'other')$$, 'calendar_once', 'a calendar''s version is unique');

-- ---- words that only one owner knows
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.declaration_text (id, version, ja, en) VALUES (tap.id('words'), '2', 'あ', 'a')$$, 'role_needed', 'what is declared is an owner''s to say');
SELECT tap.does('owner-1', $$INSERT INTO shienkin.declaration_text (id, version, ja, en) VALUES (tap.id('words'), '2', 'あ', 'a')$$);
SELECT tap.refused('clinic-1', replace(tap.facts('claim-1', 3, '2026-05-11'), tap.id('declaration')::text, tap.id('words')::text), 'declaration_confirmed',
                   'nothing is declared by a text that one owner alone knows');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.declaration_text_confirmation VALUES (tap.id('words'))$$, 'second_owner', 'the publisher does not confirm');
SELECT tap.refused('clinic-1', $$INSERT INTO shienkin.declaration_text_confirmation VALUES (tap.id('words'))$$, '42501', 'a clinic has no right to');
SELECT tap.allowed('owner-2', $$INSERT INTO shienkin.declaration_text_confirmation VALUES (tap.id('words'))$$, 'a second owner does');
SELECT * FROM finish();
ROLLBACK;
