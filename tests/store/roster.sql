-- The roster in two times: one truth for each day as known at each moment, changed by imports alone.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.at('2026-06-01T00:00:00Z');
CREATE FUNCTION tap.import(name text, kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.roster_import (id, kind, file_name, file_sha256, encoding, lines, added, changed, ended) VALUES (%L, %L, ''f.csv'', sha256(''f''), ''Shift_JIS'', 1, 0, 1, 0);',
                tap.id(name), kind) $$;
CREATE FUNCTION tap.member_version(name text, during text, import text, class text DEFAULT 'A1') RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('INSERT INTO shienkin.member_version (id, member_id, during, known_from, import_id, class, name) VALUES (%L, %L, %L, shienkin.at(), %L, %L, ''試験 一郎'');',
                tap.id(name), tap.id('member-1'), during, tap.id(import), class) $$;
CREATE FUNCTION tap.ended(name text, import text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('UPDATE shienkin.member_version SET known_to = shienkin.at(), ended_by = %L WHERE id = %L;', tap.id(import), tap.id(name)) $$;

SELECT tap.refused('adjuster-1', tap.import('i3', 'member'), 'role_needed', 'the roster is imported by an owner');
SELECT tap.refused('owner-1', tap.import('i3', 'member') || tap.member_version('v2', '[2025-04-01,)', 'i3'), 'member_one_truth', 'memberships of one member do not overlap');
SELECT tap.refused('owner-1', tap.member_version('v2', '[2010-04-01,2011-04-01)', 'import 1'), 'known_with_import', 'a version comes with its own import');
SELECT tap.refused('owner-1', replace(tap.import('i3', 'member') || tap.member_version('v2', '[2010-04-01,2011-04-01)', 'i3'), 'shienkin.at(), ', '''2020-01-01'', '), 'known_with_import', 'known from its moment, not before');
SELECT tap.refused('owner-1', tap.ended('member-1 version', 'import 1'), 'known_with_import', 'and ends with an import of this moment');
SELECT tap.refused('owner-1', tap.import('i3', 'member') || tap.member_version('v2', '[2010-04-01,2010-04-01)', 'i3'), 'member_version_during_check', 'a span has days');
SELECT tap.refused('owner-1', tap.import('i3', 'member') || tap.member_version('v2', '(,2010-04-01)', 'i3'), 'member_version_during_check', 'and a first one');
SELECT tap.refused('owner-1', tap.import('i3', 'member') || tap.member_version('v2', '[2010-04-01,2011-04-01)', 'i3', 'Z'), 'member_version_class_check', 'classes are the association''s');
SELECT tap.does('owner-1', tap.import('i3', 'member') || tap.ended('member-1 version', 'i3') || tap.member_version('v2', '[2020-04-01,2026-04-01)', 'i3') || tap.member_version('v3', '[2026-04-01,)', 'i3', 'B'));
CREATE FUNCTION tap.class_on(day date, known timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT class FROM shienkin.member_version WHERE member_id = tap.id('member-1') AND during @> day AND tstzrange(known_from, known_to) @> known $$;
SELECT is(tap.class_on('2026-05-11', '2026-05-25'), 'A1', 'what was known then stays known');
SELECT is(tap.class_on('2026-05-11', '2026-06-02'), 'B', 'what is known now is another thing');
SELECT is(tap.class_on('2026-03-31', '2026-06-02'), 'A1', 'spans are half-open: the last day is in');
SELECT tap.refused('owner-1', tap.import('i4', 'member') || tap.ended('member-1 version', 'i4'), 'closed_once', 'what ended to be known does not end again');
SELECT tap.refused('owner-1', $$UPDATE shienkin.member_version SET class = 'A1' WHERE id = tap.id('v3')$$, '42501', 'nobody edits the roster');
SELECT tap.refused('owner-1', format($q$%s INSERT INTO shienkin.facility_version (id, facility_id, during, known_from, import_id, kind, code, name)
  VALUES (gen_random_uuid(), %L, '[2019-01-01,2020-01-01)', shienkin.at(), %L, 'clinic', '1312345679', 'x'),
         (gen_random_uuid(), %L, '[2019-06-01,2019-07-01)', shienkin.at(), %L, 'clinic', '1312345679', 'y')$q$,
  tap.import('i5', 'facility'), tap.id('facility-1'), tap.id('i5'), tap.id('facility-2'), tap.id('i5')), 'facility_code_once', 'two facilities do not share a code');
SELECT tap.refused('owner-1', format($q$%s INSERT INTO shienkin.facility_version (id, facility_id, during, known_from, import_id, kind, code, name)
  VALUES (gen_random_uuid(), %L, '[2019-01-01,2021-01-01)', shienkin.at(), %L, 'clinic', '2710123452', 'x')$q$, tap.import('i5', 'facility'), tap.id('facility-1'), tap.id('i5')),
  'facility_one_truth', 'nor has one facility two truths');
SELECT tap.refused('owner-1', format($q$%s INSERT INTO shienkin.facility_relation (id, facility_id, member_id, relation, during, known_from, import_id)
  VALUES (gen_random_uuid(), %L, %L, 'manages', '[2021-01-01,2022-01-01)', shienkin.at(), %L)$q$, tap.import('i5', 'facility'), tap.id('facility-1'), tap.id('member-1'), tap.id('i5')),
  'relation_one_truth', 'nor a member two relations to one facility');
SELECT tap.refused('owner-1', format($q$%s INSERT INTO shienkin.facility_version (id, facility_id, during, known_from, import_id, kind, name, closed_weekdays)
  VALUES (gen_random_uuid(), %L, '[2019-01-01,2019-02-01)', shienkin.at(), %L, 'clinic', 'x', '{someday}')$q$, tap.import('i5', 'facility'), tap.id('facility-1'), tap.id('i5')),
  'facility_version_closed_weekdays_check', 'weekdays are weekdays');
SELECT tap.refused('owner-1', $$INSERT INTO shienkin.member (id, number) VALUES (gen_random_uuid(), 'M-1')$$, 'member_number_key', 'a member''s number is unique');
SELECT * FROM finish();
ROLLBACK;
