-- people: clinics of the bench, each one person, account, facility, member and session, as if they had been imported, had
-- come in by their letters and were signed in. As administrator and without triggers: only the bench's own cluster may be
-- filled so. Everything is named by its number n, so that pgbench can say it too.
--
--   psql -v clinics=256 -v from=0 -f people.sql
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL session_replication_role = replica;
SET LOCAL search_path = shienkin, public;

CREATE TEMP TABLE who ON COMMIT DROP AS
  SELECT n, md5('bench-account' || n)::uuid AS account, md5('bench-person' || n)::uuid AS person,
         md5('bench-facility' || n)::uuid AS facility, md5('bench-member' || n)::uuid AS member,
         'skc_' || left(md5('bench-one' || n) || md5('bench-two' || n), 43) AS token,
         a.id AS by_account, a.person_id AS by_person, i.id AS import, i.at AS at,
         (ARRAY['佐藤','鈴木','高橋','田中','伊藤','渡辺','山本','中村','小林','加藤','吉田','山田','佐々木','山口','松本','井上'])
           [1 + n % 16] || (ARRAY['内科','外科','小児科','眼科','皮膚科','耳鼻咽喉科','整形外科','産婦人科','歯科口腔外科','こころの'])
           [1 + n / 16 % 10] || (ARRAY['医院','クリニック','診療所','病院'])[1 + n / 160 % 4] AS name
  FROM generate_series(:from::bigint, :from::bigint + :clinics - 1) AS n,
       account a, (SELECT * FROM roster_import WHERE kind = 'facility' ORDER BY at LIMIT 1) i
  WHERE a.login = 'owner-1';

INSERT INTO person (id, kind, name, by_account, by_person, at)
  SELECT person, 'human', '担当者' || n, by_account, by_person, at FROM who;
INSERT INTO account (id, person_id, realm, login, by_account, by_person, at)
  SELECT account, person, 'clinic', 'bench-' || n, by_account, by_person, at FROM who;
INSERT INTO role_held (id, person_id, role, family, began_at) SELECT account, person, 'clinic', 'clinic', at FROM who;
INSERT INTO facility (id, key, by_account, by_person, at) SELECT facility, 'B-' || n, by_account, by_person, at FROM who;
INSERT INTO facility_version (id, facility_id, during, known_from, import_id, kind, name, name_kana, closed_weekdays,
                              closed_on_holidays, postal_code, address)
  SELECT md5('v' || facility)::uuid, facility, '[2015-04-01,)', at, import, 'clinic', name, 'イイン', '{sun}', true, '0000000',
         '某県某市' || n FROM who;
INSERT INTO member (id, number, by_account, by_person, at)
  SELECT member, 'B' || n, by_account, by_person, at FROM who;
INSERT INTO member_version (id, member_id, during, known_from, import_id, class, name)
  SELECT md5('v' || member)::uuid, member, '[2015-04-01,)', at, import, 'A1', '会員' || n FROM who;
INSERT INTO facility_relation (id, facility_id, member_id, relation, during, known_from, import_id)
  SELECT md5('r' || facility)::uuid, facility, member, 'opens', '[2015-04-01,)', at, import FROM who;
INSERT INTO mandate (id, account_id, facility_id, kind, began_at, by_account, by_person, at)
  SELECT md5('m' || facility)::uuid, account, facility, 'representative', at, by_account, by_person, at FROM who;
INSERT INTO session (id, hash, account_id, via, began_at, seen_at, expires_at)
  SELECT md5('s' || account)::uuid, sha256(convert_to(token, 'UTF8')), account, 'api', at, clock_timestamp(),
         clock_timestamp() + interval '12 hours' FROM who;
COMMIT;
-- pgbench resolves sessions and files over one connection of one role; the service has one per realm.
GRANT EXECUTE ON FUNCTION shienkin.session_of(bytea, integer) TO shienkin_clinic;
