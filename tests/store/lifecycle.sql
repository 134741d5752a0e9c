-- Beginning, submission, withdrawal: a claim's state says what its records show.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
-- ---- beginning
SELECT tap.refused('clinic-1', $$INSERT INTO shienkin.claim (id, facility_id, channel, state) VALUES (gen_random_uuid(), tap.id('facility-1'), 'online', 'decided')$$,
                   'claim_opens_as_draft', 'a claim begins as a draft');
SELECT tap.refused('clinic-1', $$INSERT INTO shienkin.claim (id, facility_id, channel) VALUES (gen_random_uuid(), tap.id('facility-1'), 'paper')$$,
                   'claim_channel', 'a clinic files online');
SELECT tap.refused('adjuster-1', $$INSERT INTO shienkin.claim (id, facility_id, channel) VALUES (gen_random_uuid(), tap.id('facility-1'), 'online')$$,
                   'claim_channel', 'the staff does not file as if a clinic did');
SELECT tap.refused('proxy-1', tap.opened('claim-p', 'facility-2', 'proxy'), 'claim_channel', 'a proxy files for its mandate alone');
SELECT tap.allowed('proxy-1', tap.opened('claim-p', 'facility-1', 'proxy'), 'a proxy files for its mandate, marked');
SELECT tap.allowed('adjuster-1', tap.opened('claim-p', 'facility-1', 'telephone'), 'an adjuster types what was told by telephone, marked');
SELECT tap.refused('cashier-1', tap.opened('claim-p', 'facility-1', 'telephone'), 'claim_channel', 'a cashier types no claim');

-- ---- each version with its event
SELECT tap.refused('clinic-1', $$INSERT INTO shienkin.claim (id, facility_id, channel) VALUES (gen_random_uuid(), tap.id('facility-1'), 'online')$$,
                   'claim_evented', 'a claim is not opened without an event');
SELECT tap.does('clinic-1', tap.opened('claim-1', 'facility-1'));
SELECT tap.refused('clinic-1', $$UPDATE shienkin.claim SET version = 2 WHERE id = tap.id('claim-1')$$, 'claim_evented', 'nor does it move without one');
SELECT tap.refused('clinic-1', $$UPDATE shienkin.claim SET version = 2 WHERE id = tap.id('claim-1');$$ || tap.event('claim.moved', 'claim-1', 7),
                   'claim_evented', 'the event names the version');
SELECT tap.refused('clinic-1', $$UPDATE shienkin.claim SET version = 3 WHERE id = tap.id('claim-1')$$, 'claim_version', 'versions go one by one');
SELECT tap.refused('clinic-1', $$UPDATE shienkin.claim SET version = version, submitted_at = NULL WHERE id = tap.id('claim-1')$$, 'claim_version', 'no change without a version');

-- ---- submission
SELECT tap.refused('clinic-1', tap.move('claim-1', 'state = ''submitted'''), 'claim_submitted_whole', 'a submitted claim has incident, number and moment');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.incident (id, facility_id, occurred_on) VALUES (%L, %L, ''2026-05-11'');', tap.id('i'), tap.id('facility-1'))
  || tap.move('claim-1', format('state = ''submitted'', incident_id = %L, number = ''C-2026-900000'', submitted_at = shienkin.at()', tap.id('i'))),
  'claim_submitted_whole', 'and facts, declared true');
SELECT tap.does('clinic-1', tap.submitted('claim-1', 'facility-1', '2026-05-11'));
SELECT matches((SELECT number FROM shienkin.claim WHERE id = tap.id('claim-1')), '^C-2026-[0-9]{6}$', 'it has a number for people');
SELECT tap.refused('clinic-1', tap.move('claim-1', 'number = ''C-2026-900000'''), 'claim_fixed', 'a number stays');
SELECT tap.refused('clinic-1', tap.move('claim-1', 'incident_id = incident_id, submitted_at = shienkin.at() + interval ''1 day'''), 'claim_fixed', 'so does the moment');
SELECT throws_ok($$UPDATE shienkin.claim SET facility_id = tap.id('facility-2'), version = version + 1 WHERE id = tap.id('claim-1')$$, '23514', NULL, 'and the facility');
SELECT tap.refused('clinic-1', tap.move('claim-1', 'assigned_to = NULL'), '42501', 'a clinic assigns nobody');

-- ---- an incident is claimed once
SELECT tap.does('clinic-1', tap.opened('claim-2', 'facility-1'));
SELECT tap.refused('clinic-1', tap.facts('claim-2', 1, '2026-05-11')
  || tap.move('claim-2', format('state = ''submitted'', incident_id = %L, number = ''C-2026-900001'', submitted_at = shienkin.at()', tap.id('incident claim-1'))),
  'claim_one_per_incident', 'an incident is claimed once');
SELECT tap.does('clinic-1', format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause) VALUES (%L, ''by_claimant'');', tap.id('claim-1'))
  || tap.move('claim-1', 'state = ''withdrawn'''));
SELECT tap.allowed('clinic-1', tap.facts('claim-2', 1, '2026-05-11')
  || tap.move('claim-2', format('state = ''submitted'', incident_id = %L, number = ''C-2026-900001'', submitted_at = shienkin.at()', tap.id('incident claim-1'))),
  'a withdrawn claim frees its incident');
SELECT tap.refused('clinic-1', tap.facts('claim-2', 1, '2026-05-11')
  || format('INSERT INTO shienkin.incident (id, facility_id, occurred_on) VALUES (%L, %L, ''2026-05-11'');', tap.id('i2'), tap.id('facility-1'))
  || tap.move('claim-2', format('state = ''submitted'', incident_id = %L, number = (SELECT number FROM shienkin.claim WHERE id = %L), submitted_at = shienkin.at()',
                                tap.id('i2'), tap.id('claim-1'))), 'claim_number_key', 'a number is nobody else''s');
SELECT tap.refused('adjuster-1', tap.move('claim-1', 'state = ''in_review'''), 'claim_ended', 'a withdrawn claim stays so');
SELECT tap.refused('clinic-1', tap.facts('claim-1', 2, '2026-05-12'), 'claim_ended', 'and takes no facts');

-- ---- withdrawal says why; states agree with records
SELECT tap.in_review('claim-3', 'clinic-1', 'facility-1', '2026-04-01');
SELECT tap.refused('clinic-1', tap.move('claim-3', 'state = ''withdrawn'''), 'claim_withdrawn', 'a withdrawal says why');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause) VALUES (%L, ''by_claimant'')', tap.id('claim-3')),
                   'claim_withdrawn', 'and withdraws');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause, merged_into) VALUES (%L, ''same_incident'', %L);', tap.id('claim-3'), tap.id('claim-1'))
  || tap.move('claim-3', 'state = ''withdrawn'''), 'merged_by_two', 'which claims are one is not said by a clinic');
-- ---- merging: found to be the same by two persons, the facts word for word
SELECT tap.in_review('claim-a', 'clinic-1', 'facility-1', '2026-03-01');
SELECT tap.in_review('claim-b', 'clinic-1', 'facility-1', '2026-03-02');
CREATE FUNCTION tap.merged() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT format('INSERT INTO shienkin.claim_withdrawal (claim_id, cause, merged_into) VALUES (%L, ''same_incident'', %L);', tap.id('claim-b'), tap.id('claim-a'))
         || tap.move('claim-b', 'state = ''withdrawn''') $$;
CREATE FUNCTION tap.same(part text) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT format('INSERT INTO shienkin.duplicate_resolution (id, suspicion_id, claim_id, part, verdict, sealed_reason) VALUES (%L, %L, %L, %L, ''same'', tap.sealed())',
                gen_random_uuid(), tap.id('suspicion b'), tap.id('claim-b'), part) $$;
SELECT tap.does('service', format('INSERT INTO shienkin.duplicate_suspicion (id, claim_id, other_claim_id, grounds) VALUES (%L, %L, %L, ''{within_31_days}'')',
                                  tap.id('suspicion b'), tap.id('claim-b'), tap.id('claim-a')));
SELECT tap.refused('adjuster-1', tap.merged(), 'merged_by_two', 'nobody merges alone');
SELECT tap.does('adjuster-1', tap.same('adjuster'));
SELECT tap.refused('adjuster-1', tap.merged(), 'merged_by_two', 'nor on one person''s word');
SELECT tap.does('approver-1', tap.same('approver'));
SELECT tap.refused('approver-1', tap.facts('claim-a', 2, '2026-03-02', 'merged'), 'facts_merged', 'facts are not merged before their claim');
SELECT tap.refused('clinic-1', tap.merged(), '42501', 'nor by the clinic, whoever found it');
SELECT tap.does('approver-1', tap.merged());
SELECT tap.refused('approver-1', tap.facts('claim-a', 2, '2026-03-01', 'merged'), 'facts_merged', 'nor in other words');
SELECT tap.does('approver-1', tap.facts('claim-a', 2, '2026-03-02', 'merged'));
SELECT tap.does('service', tap.searched('claim-a', 2));
SELECT tap.does('adjuster-1', tap.proposed('claim-a', 'pa', tap.decision(0, 0, 0, 0), 2));
SELECT is(shienkin.approval_refusal(tap.id('proposal pa'), tap.person('approver-1')), NULL, 'who merged typed nothing, and may approve');

SELECT tap.refused('adjuster-1', tap.move('claim-3', 'state = ''proposed'''), 'claim_proposed', 'proposed needs a proposal');
SELECT tap.refused('adjuster-1', tap.proposal('claim-3', 'p', tap.decision(1, 0, 0, 0)), 'claim_proposed', 'and a proposal proposes');
SELECT tap.does('adjuster-1', tap.proposed('claim-3', 'p', tap.decision(1, 0, 0, 0)));
SELECT tap.refused('approver-1', tap.move('claim-3', 'state = ''decided'''), 'claim_proposed', 'decided needs an outcome');
SELECT tap.does('clinic-1', tap.facts('claim-3', 2, '2026-04-01') || tap.move('claim-3', 'state = ''in_review'''));
SELECT is((SELECT outcome FROM shienkin.proposal_outcome WHERE proposal_id = tap.id('proposal p')), 'void', 'an amendment voids the proposal');
SELECT is((SELECT by_account FROM shienkin.proposal_outcome WHERE proposal_id = tap.id('proposal p')), tap.account('clinic-1'), 'in the name of who amended');

-- ---- facts
SELECT tap.refused('clinic-1', replace(tap.facts('claim-3', 2, '2026-04-01'), tap.id('facts claim-3 2')::text, tap.id('another id')::text), 'facts_version_once', 'versions of facts are unique');
SELECT tap.refused('clinic-1', tap.facts('claim-3', 4, '2026-04-01'), 'facts_version_follows', 'and leave no gap');
SELECT tap.refused('clinic-1', tap.facts('claim-3', 3, '2026-04-01', 'paper'), 'facts_source', 'a clinic''s facts are a clinic''s');
SELECT tap.refused('adjuster-1', tap.facts('claim-3', 3, '2026-04-01'), 'facts_source', 'what the staff types is marked');
SELECT tap.refused('clinic-1', replace(tap.facts('claim-3', 3, '2026-04-01'), 'sha256(f)', 'sha256(''other'')'), 'facts_version_sha256', 'the hash is of the bytes');
SELECT tap.refused('clinic-1', replace(tap.facts('claim-3', 3, '2026-04-01'), $$'2026-04-01', f$$, $$'2026-04-02', f$$), 'facts_version_occurred_on',
                   'the column is what the bytes say');

-- ---- drafts
SELECT tap.does('clinic-1', tap.opened('claim-4', 'facility-1')
  || format('INSERT INTO shienkin.draft (claim_id, saved_at, sealed_body) VALUES (%L, shienkin.at(), tap.sealed(''1''))', tap.id('claim-4')));
SELECT tap.allowed('clinic-1', format('UPDATE shienkin.draft SET version = 2, sealed_body = tap.sealed(''2'') WHERE claim_id = %L', tap.id('claim-4')), 'a draft is saved');
SELECT tap.refused('clinic-1', format('UPDATE shienkin.draft SET version = 1, sealed_body = tap.sealed(''2'') WHERE claim_id = %L', tap.id('claim-4')),
                   'draft_version', 'with a version of its own');
SELECT tap.refused('clinic-1', format('INSERT INTO shienkin.draft (claim_id, saved_at, sealed_body) VALUES (%L, shienkin.at(), tap.sealed(''1''))', tap.id('claim-3')),
                   'draft_submitted', 'a submitted claim takes no draft');

-- ---- incidents
SELECT tap.refused('clinic-1', $$UPDATE shienkin.incident SET occurred_on = '2026-04-02' WHERE id = tap.id('incident claim-3')$$, 'incident_fixed', 'an incident moves with a version');
SELECT throws_ok($$UPDATE shienkin.incident SET facility_id = tap.id('facility-2'), version = version + 1 WHERE id = tap.id('incident claim-3')$$, '23514', NULL,
                 'and keeps its facility');
SELECT tap.allowed('clinic-1', $$UPDATE shienkin.incident SET occurred_on = '2026-04-02', version = 2 WHERE id = tap.id('incident claim-3')$$, 'its day follows the facts');
SELECT * FROM finish();
ROLLBACK;
