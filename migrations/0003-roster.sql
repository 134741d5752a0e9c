-- The roster: members and facilities as the association knows them, in two times. `during` says when a thing was so in
-- the world, known_from/known_to when the roster said so. A decision reads the roster of the incident's day as known at
-- the decision; a later import adds rows and closes old ones, and so never rewrites what a decision read.
BEGIN;

CREATE TABLE shienkin.roster_import (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('member', 'facility')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  file_sha256 shienkin.sha256 NOT NULL,
  encoding text NOT NULL CHECK (encoding IN ('UTF-8', 'Shift_JIS')),
  lines integer NOT NULL CHECK (lines >= 0),
  added integer NOT NULL CHECK (added >= 0),
  changed integer NOT NULL CHECK (changed >= 0),
  ended integer NOT NULL CHECK (ended >= 0)
);
COMMENT ON TABLE shienkin.roster_import IS 'One CSV file that was taken whole; a file with a bad line leaves no row at all.';
COMMENT ON COLUMN shienkin.roster_import.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.roster_import.kind IS 'Which roster the file speaks of.';
COMMENT ON COLUMN shienkin.roster_import.file_name IS 'As uploaded, without folders.';
COMMENT ON COLUMN shienkin.roster_import.file_sha256 IS 'Of the file''s bytes.';
COMMENT ON COLUMN shienkin.roster_import.encoding IS 'As told apart, and confirmed by a flag where it is Shift_JIS.';
COMMENT ON COLUMN shienkin.roster_import.lines IS 'Data lines of the file.';
COMMENT ON COLUMN shienkin.roster_import.added IS 'Versions of things not known before.';
COMMENT ON COLUMN shienkin.roster_import.changed IS 'Versions that replaced another.';
COMMENT ON COLUMN shienkin.roster_import.ended IS 'Versions closed without a follower.';
CALL shienkin.acting('roster_import');
CALL shienkin.needs_role('roster_import', 'owner');
CALL shienkin.insert_only('roster_import');
CALL shienkin.guarded('roster_import');

CREATE TABLE shienkin.member (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 20)
);
COMMENT ON TABLE shienkin.member IS 'A member of the association, whatever is known of them when.';
COMMENT ON COLUMN shienkin.member.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.member.number IS 'The association''s number of the member.';
CALL shienkin.acting('member');
CALL shienkin.needs_role('member', 'owner');
CALL shienkin.insert_only('member');
CALL shienkin.guarded('member');

CREATE TABLE shienkin.member_version (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES shienkin.member (id),
  during daterange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during)),
  known_from shienkin.moment NOT NULL,
  known_to shienkin.moment,
  import_id uuid NOT NULL REFERENCES shienkin.roster_import (id),
  ended_by uuid REFERENCES shienkin.roster_import (id),
  class text NOT NULL CHECK (class IN ('A1', 'A2', 'A2B', 'A2C', 'B', 'C')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_kana text CHECK (length(name_kana) BETWEEN 1 AND 200),
  postal_code text CHECK (postal_code ~ '^[0-9]{7}$'),
  address text CHECK (length(address) BETWEEN 1 AND 500),
  telephone text CHECK (length(telephone) BETWEEN 1 AND 40),
  CHECK (known_to IS NULL OR known_to > known_from),
  CHECK ((known_to IS NULL) = (ended_by IS NULL)),
  CONSTRAINT member_one_truth EXCLUDE USING gist
    (member_id WITH =, during WITH &&, tstzrange(known_from, known_to, '[)') WITH &&)
);
COMMENT ON TABLE shienkin.member_version IS 'What the roster says of a member for a span of days, and since when it says so.';
COMMENT ON COLUMN shienkin.member_version.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.member_version.member_id IS 'Of whom.';
COMMENT ON COLUMN shienkin.member_version.during IS 'Days on which it was so, half-open, Japan''s days.';
COMMENT ON COLUMN shienkin.member_version.known_from IS 'Since when the roster says so.';
COMMENT ON COLUMN shienkin.member_version.known_to IS 'Until before when it said so; null while it does. Set once.';
COMMENT ON COLUMN shienkin.member_version.import_id IS 'The import that brought it.';
COMMENT ON COLUMN shienkin.member_version.ended_by IS 'The import that ended its being known.';
COMMENT ON COLUMN shienkin.member_version.class IS 'Membership class (P4).';
COMMENT ON COLUMN shienkin.member_version.name IS 'Name as registered, NFC.';
COMMENT ON COLUMN shienkin.member_version.name_kana IS 'Reading, full-width katakana.';
COMMENT ON COLUMN shienkin.member_version.postal_code IS 'Seven digits.';
COMMENT ON COLUMN shienkin.member_version.address IS 'Where codes are posted to: a mailbox proves nothing.';
COMMENT ON COLUMN shienkin.member_version.telephone IS 'Where call-backs go.';
CREATE INDEX member_version_name ON shienkin.member_version USING gin (name public.gin_trgm_ops);
CALL shienkin.closable('member_version', 'known_to', 'ended_by');
CALL shienkin.guarded('member_version');

CREATE TABLE shienkin.facility (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 40)
);
COMMENT ON TABLE shienkin.facility IS 'A facility, whatever is known of it when. One without versions is a facility that the roster does not know (hold member_unresolved).';
COMMENT ON COLUMN shienkin.facility.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.facility.key IS 'The roster''s own key of the facility, or one minted for a facility it does not know.';
CALL shienkin.acting('facility');
CALL shienkin.needs_role('facility', 'owner', 'proxy', 'adjuster', 'approver');
CALL shienkin.insert_only('facility');
CALL shienkin.guarded('facility');

CREATE TABLE shienkin.facility_version (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  during daterange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during)),
  known_from shienkin.moment NOT NULL,
  known_to shienkin.moment,
  import_id uuid NOT NULL REFERENCES shienkin.roster_import (id),
  ended_by uuid REFERENCES shienkin.roster_import (id),
  kind text NOT NULL CHECK (kind IN ('hospital', 'clinic', 'shared_use', 'care_service')),
  code text CHECK (code ~ '^[0-9]{2}[0-9A-HJ-NPR-Z][0-9]{7}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_kana text CHECK (length(name_kana) BETWEEN 1 AND 200),
  closed_weekdays text[] NOT NULL DEFAULT '{}'
    CHECK (closed_weekdays <@ ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] AND array_position(closed_weekdays, NULL) IS NULL),
  closed_on_holidays boolean NOT NULL DEFAULT false,
  postal_code text CHECK (postal_code ~ '^[0-9]{7}$'),
  address text CHECK (length(address) BETWEEN 1 AND 500),
  telephone text CHECK (length(telephone) BETWEEN 1 AND 40),
  CHECK (known_to IS NULL OR known_to > known_from),
  CHECK ((known_to IS NULL) = (ended_by IS NULL)),
  CONSTRAINT facility_one_truth EXCLUDE USING gist
    (facility_id WITH =, during WITH &&, tstzrange(known_from, known_to, '[)') WITH &&),
  CONSTRAINT facility_code_once EXCLUDE USING gist
    (code WITH =, during WITH &&, tstzrange(known_from, known_to, '[)') WITH &&) WHERE (code IS NOT NULL)
);
COMMENT ON TABLE shienkin.facility_version IS 'What the roster says of a facility for a span of days, and since when it says so.';
COMMENT ON COLUMN shienkin.facility_version.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.facility_version.facility_id IS 'Of which facility.';
COMMENT ON COLUMN shienkin.facility_version.during IS 'Days on which it was so, half-open, Japan''s days.';
COMMENT ON COLUMN shienkin.facility_version.known_from IS 'Since when the roster says so.';
COMMENT ON COLUMN shienkin.facility_version.known_to IS 'Until before when it said so; null while it does. Set once.';
COMMENT ON COLUMN shienkin.facility_version.import_id IS 'The import that brought it.';
COMMENT ON COLUMN shienkin.facility_version.ended_by IS 'The import that ended its being known.';
COMMENT ON COLUMN shienkin.facility_version.kind IS 'Kind of facility (P5).';
COMMENT ON COLUMN shienkin.facility_version.code IS '医療機関コード or 介護保険事業所番号, ten characters.';
COMMENT ON COLUMN shienkin.facility_version.name IS 'Name, NFC.';
COMMENT ON COLUMN shienkin.facility_version.name_kana IS 'Reading, full-width katakana; what a payee''s name is compared with.';
COMMENT ON COLUMN shienkin.facility_version.closed_weekdays IS 'Regular days off: mon … sun (P12).';
COMMENT ON COLUMN shienkin.facility_version.closed_on_holidays IS 'Whether it closes on national holidays (P12).';
COMMENT ON COLUMN shienkin.facility_version.postal_code IS 'Seven digits.';
COMMENT ON COLUMN shienkin.facility_version.address IS 'Where codes are posted to.';
COMMENT ON COLUMN shienkin.facility_version.telephone IS 'Where call-backs go.';
CREATE INDEX facility_version_name ON shienkin.facility_version USING gin (name public.gin_trgm_ops);
CREATE INDEX facility_version_code ON shienkin.facility_version (code);
CALL shienkin.closable('facility_version', 'known_to', 'ended_by');
CALL shienkin.guarded('facility_version');

CREATE TABLE shienkin.facility_relation (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  member_id uuid NOT NULL REFERENCES shienkin.member (id),
  relation text NOT NULL CHECK (relation IN ('opens', 'manages')),
  during daterange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during)),
  known_from shienkin.moment NOT NULL,
  known_to shienkin.moment,
  import_id uuid NOT NULL REFERENCES shienkin.roster_import (id),
  ended_by uuid REFERENCES shienkin.roster_import (id),
  CHECK (known_to IS NULL OR known_to > known_from),
  CHECK ((known_to IS NULL) = (ended_by IS NULL)),
  CONSTRAINT relation_one_truth EXCLUDE USING gist
    (facility_id WITH =, member_id WITH =, during WITH &&, tstzrange(known_from, known_to, '[)') WITH &&)
);
COMMENT ON TABLE shienkin.facility_relation IS 'Which member opens or manages a facility for a span of days (P5); no row means none.';
COMMENT ON COLUMN shienkin.facility_relation.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.facility_relation.facility_id IS 'The facility.';
COMMENT ON COLUMN shienkin.facility_relation.member_id IS 'The member.';
COMMENT ON COLUMN shienkin.facility_relation.relation IS 'What the member is to the facility.';
COMMENT ON COLUMN shienkin.facility_relation.during IS 'Days on which it was so, half-open, Japan''s days.';
COMMENT ON COLUMN shienkin.facility_relation.known_from IS 'Since when the roster says so.';
COMMENT ON COLUMN shienkin.facility_relation.known_to IS 'Until before when it said so; null while it does. Set once.';
COMMENT ON COLUMN shienkin.facility_relation.import_id IS 'The import that brought it.';
COMMENT ON COLUMN shienkin.facility_relation.ended_by IS 'The import that ended its being known.';
CREATE INDEX facility_relation_of_member ON shienkin.facility_relation (member_id);
CALL shienkin.closable('facility_relation', 'known_to', 'ended_by');
CALL shienkin.guarded('facility_relation');

-- A version is known from the moment of the import that brought it until the moment of the one that ended it.
CREATE FUNCTION shienkin.check_known() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND (NEW.known_to IS NOT NULL
     OR NEW.known_from IS DISTINCT FROM (SELECT i.at FROM roster_import i WHERE i.id = NEW.import_id AND i.at = at())) THEN
    PERFORM refuse('known_with_import', 'a version of the roster is known from the moment of its own import');
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.known_to IS DISTINCT FROM
     (SELECT i.at FROM roster_import i WHERE i.id = NEW.ended_by AND i.at = at()) THEN
    PERFORM refuse('known_with_import', 'a version of the roster ends to be known at the moment of the import that ends it');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_known() IS 'known_from and known_to are moments of the imports named beside them, in this transaction.';
CREATE TRIGGER c_known BEFORE INSERT OR UPDATE ON shienkin.member_version FOR EACH ROW EXECUTE FUNCTION shienkin.check_known();
CREATE TRIGGER c_known BEFORE INSERT OR UPDATE ON shienkin.facility_version FOR EACH ROW EXECUTE FUNCTION shienkin.check_known();
CREATE TRIGGER c_known BEFORE INSERT OR UPDATE ON shienkin.facility_relation FOR EACH ROW EXECUTE FUNCTION shienkin.check_known();

-- ---- who may act for a facility

CREATE TABLE shienkin.mandate (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  kind text NOT NULL CHECK (kind IN ('representative', 'clerk', 'proxy')),
  began_at shienkin.moment NOT NULL,
  ended_at shienkin.moment,
  ended_by uuid REFERENCES shienkin.account (id),
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(began_at, ended_at, '[)')) STORED,
  CHECK (ended_at IS NULL OR ended_at >= began_at),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CONSTRAINT mandate_once EXCLUDE USING gist (account_id WITH =, facility_id WITH =, during WITH &&)
);
COMMENT ON TABLE shienkin.mandate IS 'Which account may act for which facility, and when. Row security of clinics rests on it.';
COMMENT ON COLUMN shienkin.mandate.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.mandate.account_id IS 'Who may act: an account of the realm clinic, or of a proxy for the kind proxy.';
COMMENT ON COLUMN shienkin.mandate.facility_id IS 'For which facility.';
COMMENT ON COLUMN shienkin.mandate.kind IS 'representative, clerk (of the facility), proxy (of the association, marked on every claim).';
COMMENT ON COLUMN shienkin.mandate.began_at IS 'From this moment.';
COMMENT ON COLUMN shienkin.mandate.ended_at IS 'Until before this moment; null while it goes on. Set once.';
COMMENT ON COLUMN shienkin.mandate.ended_by IS 'The account that ended it.';
COMMENT ON COLUMN shienkin.mandate.during IS 'Both as a half-open range.';
CREATE INDEX mandate_of_facility ON shienkin.mandate (facility_id);
CALL shienkin.acting('mandate');
CALL shienkin.needs_role('mandate', 'owner', 'adjuster', 'approver', 'service');
CALL shienkin.closable('mandate', 'ended_at', 'ended_by', 'during');
CALL shienkin.guarded('mandate');

CREATE FUNCTION shienkin.check_mandate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  holder account;
BEGIN
  SELECT * INTO holder FROM account WHERE id = NEW.account_id;
  IF (NEW.kind = 'proxy') <> (holder.realm = 'staff') OR holder.realm NOT IN ('clinic', 'staff')
     OR (NEW.kind = 'proxy' AND NOT holds(holder.person_id, ARRAY['proxy'])) THEN
    PERFORM refuse('mandate_realm', 'clinics hold mandates of their own people; a proxy of the association holds the kind proxy');
  END IF;
  IF holder.person_id = NEW.by_person THEN
    PERFORM refuse('mandate_to_self', 'nobody gives a mandate to themselves');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_mandate() IS 'The kind of a mandate fits the account''s realm; nobody gives one to themselves.';
CREATE TRIGGER c_realm BEFORE INSERT ON shienkin.mandate FOR EACH ROW EXECUTE FUNCTION shienkin.check_mandate();

CREATE FUNCTION shienkin.mandated() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT coalesce(array_agg(m.facility_id), '{}') FROM mandate m
  WHERE m.account_id = nullif(current_setting('shienkin.account', true), '')::uuid AND m.during @> at();
$$;
COMMENT ON FUNCTION shienkin.mandated() IS 'The facilities that the acting account may act for at the moment of the transaction.';

CREATE FUNCTION shienkin.represents(who uuid, which_facility uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM mandate m JOIN account a ON a.id = m.account_id
                 WHERE a.person_id = who AND m.facility_id = which_facility);
$$;
COMMENT ON FUNCTION shienkin.represents(uuid, uuid) IS 'Whether the person holds or ever held a mandate for the facility: such a person decides nothing about it.';
GRANT EXECUTE ON FUNCTION shienkin.actor(), shienkin.holds(uuid, text[]), shienkin.mandated()
  TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

SELECT shienkin.register_migration(3, 'roster');
COMMIT;
