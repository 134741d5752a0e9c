-- many: claims of years, spread over the clinics that people.sql made from number `from` on, mostly decided, some open, each
-- with its incident, facts and two events. As administrator and without triggers, in the bench's own cluster alone. What is
-- sealed cannot be made here: these claims have no payee, no report and no key.
--
--   psql -v claims=100000 -v clinics=60000 -v from=1000000 -f many.sql
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL session_replication_role = replica;
SET LOCAL search_path = shienkin, public;

CREATE TEMP TABLE filed ON COMMIT DROP AS
  SELECT n, md5('bench-facility' || c) ::uuid AS facility, md5('bench-member' || c)::uuid AS member,
         md5('bench-account' || c)::uuid AS account, md5('bench-person' || c)::uuid AS person, filed_at AS at,
         (filed_at AT TIME ZONE 'Asia/Tokyo')::date - 10 AS occurred_on,
         -- Nine of ten are over; the others wait in the states of an ordinary week.
         CASE WHEN n <= :claims * 0.9 THEN (CASE WHEN n % 10 = 0 THEN 'withdrawn' ELSE 'decided' END)
              ELSE (ARRAY['submitted', 'submitted', 'submitted', 'in_review', 'in_review', 'in_review', 'info_requested', 'dormant',
                          'proposed', 'reconsideration'])[1 + n % 10] END AS state,
         lpad(to_hex((extract(epoch FROM filed_at) * 1000)::bigint), 12, '0') AS stamp, md5('bench-claim' || n) AS mixed
  FROM (SELECT n, :from::bigint + n * 7919 % :clinics AS c,
               date_trunc('milliseconds', timestamptz '2022-06-15 00:00Z' + (n / :claims::float8) * (timestamptz '2026-11-01 00:00Z' - timestamptz '2022-06-15 00:00Z')) AS filed_at
        FROM generate_series(1, :claims::bigint) AS n) AS spread;
ALTER TABLE filed ADD claim uuid, ADD incident uuid, ADD worker uuid;
UPDATE filed SET claim = (stamp || '7' || left(mixed, 3) || '8' || substr(mixed, 5, 15))::uuid,
                 incident = (stamp || '7' || left(mixed, 3) || '9' || substr(mixed, 5, 15))::uuid,
                 worker = CASE WHEN state NOT IN ('submitted', 'withdrawn') AND n % 3 > 0 THEN
                            (SELECT person_id FROM account WHERE login = CASE n % 2 WHEN 0 THEN 'adjuster-1' ELSE 'adjuster-2' END) END;

INSERT INTO incident (id, facility_id, member_id, occurred_on, by_account, by_person, at)
  SELECT incident, facility, member, occurred_on, account, person, at FROM filed;
INSERT INTO claim (id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, assigned_at,
                   by_account, by_person, at)
  SELECT claim, facility, 'online', state, 2, incident,
         format('C-%s-%s', extract(year FROM occurred_on - interval '3 months'), lpad((100000 + n)::text, 6, '0')), at, at, worker,
         CASE WHEN worker IS NOT NULL THEN at END, account, person, at FROM filed;
INSERT INTO facts_version (id, claim_id, version, source, declaration_id, occurred_on, rule_facts, sha256, by_account, by_person, at)
  SELECT (stamp || '7' || left(mixed, 3) || 'a' || substr(mixed, 5, 15))::uuid, claim, 1, 'clinic',
         (SELECT id FROM declaration_text LIMIT 1), occurred_on, said, sha256(said), account, person, at
  FROM filed, LATERAL (SELECT convert_to(format('{"closures":[{"from":"%s","scope":"all","to":"%s"}],"filings":{"jma_on":"%s"},"incident":{"cyber_attack":true,"insider_crime":false,"occurred_on":"%s"},"leak":{"caused_by_attack":true,"occurred":true}}',
                                         occurred_on + 1, occurred_on + 7, occurred_on + 1, occurred_on), 'UTF8') AS said) AS facts;
-- Every third was asked, and answered a day later; of half of those somebody checked a fact since.
INSERT INTO information_request (id, claim_id, keys, due_on, sealed_text, by_account, by_person, at)
  SELECT md5('bench-request' || n)::uuid, claim, '{/leak/occurred}', occurred_on + 30, decode(repeat('00', 60), 'hex'), account, person, at
  FROM filed WHERE n % 3 = 0;
INSERT INTO information_reply (id, request_id, claim_id, kind, sealed_text, by_account, by_person, at)
  SELECT md5('bench-reply' || n)::uuid, md5('bench-request' || n)::uuid, claim, 'answer', decode(repeat('00', 60), 'hex'), account, person,
         at + interval '1 day' FROM filed WHERE n % 3 = 0;
INSERT INTO fact_check (id, claim_id, key, value_sha256, verdict, by_account, by_person, at)
  SELECT md5('bench-check' || n)::uuid, claim, '/leak/occurred', sha256('true'::bytea), 'proved', account, person, at + interval '2 days'
  FROM filed WHERE n % 6 = 0;
INSERT INTO event (id, at, type, by_account, by_person, role, via, request_id, claim_id, claim_version, subject_type, subject_id, body, transaction)
  SELECT id, at, type, account, person, 'clinic', 'api', mixed, claim, version, 'claim', claim,
         convert_to(format('{"actor":{"account":"%s","person":"%s","request":"%s","role":"clinic","via":"api"},"at":"%s","claim":{"id":"%s","version":%s},"data":{},"id":"%s","rows":[],"subject":{"id":"%s","type":"claim"},"type":"%s","v":1}',
                           account, person, mixed, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), claim, version, id, claim, type), 'UTF8'),
         pg_current_xact_id()
  FROM filed, LATERAL (VALUES ('claim.begun', 1, (stamp || '7' || left(mixed, 3) || 'b' || substr(mixed, 5, 15))::uuid),
                              ('claim.submitted', 2, (stamp || '7' || left(mixed, 3) || '8' || substr(mixed, 6, 15))::uuid)) AS of_claim (type, version, id);
COMMIT;
VACUUM (ANALYZE);
