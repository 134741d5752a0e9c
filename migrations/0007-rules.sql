-- Rule sets and calendars in the database: bytes that never change, published by one owner and confirmed by another.
-- Which rule set decides is P21, computed by the service over the confirmed ones.
BEGIN;

CREATE TABLE shienkin.rule_set (
  id uuid PRIMARY KEY,
  scheme text NOT NULL CHECK (scheme ~ '^[a-z0-9-]{1,64}$'),
  first_day date NOT NULL,
  revision integer NOT NULL CHECK (revision >= 1),
  previous integer GENERATED ALWAYS AS (nullif(revision, 1) - 1) STORED,
  model_id text NOT NULL CHECK (length(model_id) BETWEEN 1 AND 200),
  model_version text NOT NULL CHECK (length(model_version) BETWEEN 1 AND 100),
  sha256 shienkin.sha256 NOT NULL UNIQUE,
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 8388608),
  CONSTRAINT rule_set_once UNIQUE (scheme, first_day, revision),
  CONSTRAINT rule_set_follows FOREIGN KEY (scheme, first_day, previous) REFERENCES shienkin.rule_set (scheme, first_day, revision),
  CONSTRAINT rule_set_sha256 CHECK (sha256 = sha256(bytes)),
  UNIQUE (id, sha256)
);
COMMENT ON TABLE shienkin.rule_set IS 'One self-contained DMN file. It decides nothing until a second owner confirms it, and never changes.';
COMMENT ON COLUMN shienkin.rule_set.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.rule_set.scheme IS 'Which scheme: the folder''s name under rules/.';
COMMENT ON COLUMN shienkin.rule_set.first_day IS 'The first day of incidents that it decides (P21).';
COMMENT ON COLUMN shienkin.rule_set.revision IS 'Of files with one first day, counted from 1; the later published decides.';
COMMENT ON COLUMN shienkin.rule_set.previous IS 'The revision before, which must exist.';
COMMENT ON COLUMN shienkin.rule_set.model_id IS 'id of the file''s definitions.';
COMMENT ON COLUMN shienkin.rule_set.model_version IS 'version of the file''s definitions.';
COMMENT ON COLUMN shienkin.rule_set.sha256 IS 'Of the file''s bytes; decisions name it.';
COMMENT ON COLUMN shienkin.rule_set.bytes IS 'The file.';
CALL shienkin.acting('rule_set');
CALL shienkin.needs_role('rule_set', 'owner');
CALL shienkin.insert_only('rule_set');
CALL shienkin.guarded('rule_set');

CREATE TABLE shienkin.rule_set_confirmation (
  rule_set_id uuid PRIMARY KEY REFERENCES shienkin.rule_set (id)
);
COMMENT ON TABLE shienkin.rule_set_confirmation IS 'The second owner''s yes: the moment of publication (P21).';
COMMENT ON COLUMN shienkin.rule_set_confirmation.rule_set_id IS 'Which rule set.';
CALL shienkin.acting('rule_set_confirmation');
CALL shienkin.needs_role('rule_set_confirmation', 'owner');
CALL shienkin.insert_only('rule_set_confirmation');
CALL shienkin.guarded('rule_set_confirmation');

CREATE TABLE shienkin.calendar (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('national', 'bank', 'administration')),
  version text NOT NULL CHECK (length(version) BETWEEN 1 AND 100),
  first_day date NOT NULL,
  last_day date NOT NULL,
  sha256 shienkin.sha256 NOT NULL UNIQUE,
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1048576),
  CHECK (last_day >= first_day),
  CONSTRAINT calendar_once UNIQUE (kind, version),
  CONSTRAINT calendar_sha256 CHECK (sha256 = sha256(bytes)),
  UNIQUE (id, sha256)
);
COMMENT ON TABLE shienkin.calendar IS 'Holidays decide money, so calendars are data with version, horizon and hash, published like rule sets.';
COMMENT ON COLUMN shienkin.calendar.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.calendar.kind IS 'national; bank (12-31 to 01-03 too); administration (12-29 to 01-03 too).';
COMMENT ON COLUMN shienkin.calendar.version IS 'As the file says.';
COMMENT ON COLUMN shienkin.calendar.first_day IS 'Horizon: days before are unknown to it';
COMMENT ON COLUMN shienkin.calendar.last_day IS 'and days after.';
COMMENT ON COLUMN shienkin.calendar.sha256 IS 'Of the file''s bytes; decisions name it.';
COMMENT ON COLUMN shienkin.calendar.bytes IS 'The file: one "YYYY-MM-DD name" a line.';
CALL shienkin.acting('calendar');
CALL shienkin.needs_role('calendar', 'owner');
CALL shienkin.insert_only('calendar');
CALL shienkin.guarded('calendar');

CREATE TABLE shienkin.calendar_confirmation (
  calendar_id uuid PRIMARY KEY REFERENCES shienkin.calendar (id)
);
COMMENT ON TABLE shienkin.calendar_confirmation IS 'The second owner''s yes: from here a calendar may be decided by.';
COMMENT ON COLUMN shienkin.calendar_confirmation.calendar_id IS 'Which calendar.';
CALL shienkin.acting('calendar_confirmation');
CALL shienkin.needs_role('calendar_confirmation', 'owner');
CALL shienkin.insert_only('calendar_confirmation');
CALL shienkin.guarded('calendar_confirmation');

CREATE FUNCTION shienkin.check_second_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  publisher uuid;
BEGIN
  IF TG_TABLE_NAME = 'calendar_confirmation' THEN
    SELECT c.by_person INTO publisher FROM calendar c WHERE c.id = NEW.calendar_id;
  ELSE
    SELECT r.by_person INTO publisher FROM rule_set r WHERE r.id = NEW.rule_set_id;
  END IF;
  IF publisher = NEW.by_person THEN
    PERFORM refuse('second_owner', 'it is confirmed by another owner than the one who published it');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_second_owner() IS 'Who confirms is another person than who published.';
CREATE TRIGGER c_second_owner BEFORE INSERT ON shienkin.rule_set_confirmation FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_second_owner();
CREATE TRIGGER c_second_owner BEFORE INSERT ON shienkin.calendar_confirmation FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_second_owner();

CREATE FUNCTION shienkin.share_rule_set(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM FROM rule_set r WHERE r.id = which FOR SHARE;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.share_rule_set(uuid) IS 'Locks the rule set FOR SHARE until the deciding transaction ends; app roles have no UPDATE that FOR SHARE would ask for.';
GRANT EXECUTE ON FUNCTION shienkin.share_rule_set(uuid) TO shienkin_staff;

SELECT shienkin.register_migration(7, 'rules');
COMMIT;
