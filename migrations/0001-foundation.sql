-- The ground that every table stands on: schemas, the register of migrations, the moment and the actor of a
-- transaction, and the procedures that give a table its house rules, so that no table forgets one.
--
-- Words used in all migrations:
--   record   insert-only: what happened. A correction is a new row that names the old one.
--   root     one row per thing, whose state, version or assignment moves; never deleted.
--   acting columns   by_account, by_person, at: filled from the transaction's settings, a differing value is refused.
-- A rule that a trigger holds is refused with SQLSTATE 23514 and a CONSTRAINT name, like any CHECK: the service maps
-- names to problems and needs no second list.
BEGIN;

CREATE SCHEMA shienkin;
COMMENT ON SCHEMA shienkin IS 'The claims house: people, roster, claims, facts, decisions, entitlements, events.';
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA shienkin TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

-- ---- domains

CREATE DOMAIN shienkin.sha256 AS bytea CHECK (octet_length(VALUE) = 32);
COMMENT ON DOMAIN shienkin.sha256 IS 'A SHA-256 (or HMAC-SHA-256) value: 32 bytes.';
CREATE DOMAIN shienkin.sealed AS bytea CHECK (octet_length(VALUE) >= 29);
COMMENT ON DOMAIN shienkin.sealed IS
  'AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes); associated data "table|column|row id". An empty text is never sealed.';
CREATE DOMAIN shienkin.yen AS bigint CHECK (VALUE BETWEEN 0 AND 1000000000000000);
COMMENT ON DOMAIN shienkin.yen IS 'Whole yen, never negative; the bound keeps sums exact and is no amount of the scheme.';
CREATE DOMAIN shienkin.moment AS timestamptz(3);
COMMENT ON DOMAIN shienkin.moment IS 'A moment to the millisecond, given by the service''s clock.';

-- ---- refusals and settings of a transaction

CREATE FUNCTION shienkin.refuse(rule text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule, MESSAGE = message;
END
$$;
COMMENT ON FUNCTION shienkin.refuse(text, text) IS 'Raises check_violation under the rule''s name.';

CREATE FUNCTION shienkin.at() RETURNS timestamptz LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  moment timestamptz(3) := nullif(current_setting('shienkin.at', true), '')::timestamptz(3);
BEGIN
  IF moment IS NULL THEN
    PERFORM shienkin.refuse('moment_unknown', 'the transaction has no setting shienkin.at');
  END IF;
  RETURN moment;
END
$$;
COMMENT ON FUNCTION shienkin.at() IS
  'The moment of this transaction, as the service''s clock gave it (setting shienkin.at). SQL never asks a clock of its own.';

CREATE FUNCTION shienkin.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  -- The one way out is the erasing function, which names the subject that it erases and runs as the owner.
  IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'erasable' AND current_user = 'shienkin_owner'
     AND coalesce(current_setting('shienkin.erasing', true), '') <> '' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'insert_only',
    MESSAGE = format('%s of %I.%I: its rows never change; write a new row that names the old one',
                     TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME);
END
$$;
COMMENT ON FUNCTION shienkin.refuse_change() IS 'Statement trigger of insert-only tables: refuses UPDATE, DELETE and TRUNCATE.';

CREATE FUNCTION shienkin.close_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  closing text;
BEGIN
  IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
    PERFORM shienkin.refuse('insert_only', format('%I: only %s may be set, and only once', TG_TABLE_NAME,
                                                  array_to_string(TG_ARGV, ', ')));
  END IF;
  FOREACH closing IN ARRAY TG_ARGV LOOP
    CONTINUE WHEN closing = 'during';           -- generated from the others, and not yet computed here
    IF to_jsonb(OLD) -> closing <> 'null'::jsonb AND to_jsonb(OLD) -> closing <> to_jsonb(NEW) -> closing THEN
      PERFORM shienkin.refuse('closed_once', format('%I.%I is set already', TG_TABLE_NAME, closing));
    END IF;
  END LOOP;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.close_once() IS
  'Row trigger of rows with an end: the columns named as arguments go from null to a value once, nothing else moves.';

-- ---- house rules for a table

CREATE PROCEDURE shienkin.never_lost(name text, erasable boolean DEFAULT false) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER a_no_delete BEFORE DELETE ON shienkin.%I FOR EACH STATEMENT
                  EXECUTE FUNCTION shienkin.refuse_change(%L)', name, CASE WHEN erasable THEN 'erasable' ELSE '' END);
  EXECUTE format('CREATE TRIGGER a_no_truncate BEFORE TRUNCATE ON shienkin.%I FOR EACH STATEMENT
                  EXECUTE FUNCTION shienkin.refuse_change()', name);
  EXECUTE format('ALTER TABLE shienkin.%I ENABLE ALWAYS TRIGGER a_no_delete, ENABLE ALWAYS TRIGGER a_no_truncate', name);
END
$$;
COMMENT ON PROCEDURE shienkin.never_lost(text, boolean) IS 'No DELETE and no TRUNCATE, ever.';

CREATE PROCEDURE shienkin.insert_only(name text, erasable boolean DEFAULT false) LANGUAGE plpgsql AS $$
BEGIN
  CALL shienkin.never_lost(name, erasable);
  EXECUTE format('CREATE TRIGGER a_no_update BEFORE UPDATE ON shienkin.%I FOR EACH STATEMENT
                  EXECUTE FUNCTION shienkin.refuse_change()', name);
  EXECUTE format('ALTER TABLE shienkin.%I ENABLE ALWAYS TRIGGER a_no_update', name);
END
$$;
COMMENT ON PROCEDURE shienkin.insert_only(text, boolean) IS 'Rows of this table are records: no UPDATE, no DELETE, no TRUNCATE.';

CREATE PROCEDURE shienkin.closable(name text, VARIADIC closing text[]) LANGUAGE plpgsql AS $$
BEGIN
  CALL shienkin.never_lost(name);
  EXECUTE format('CREATE TRIGGER a_close_once BEFORE UPDATE ON shienkin.%I FOR EACH ROW
                  EXECUTE FUNCTION shienkin.close_once(%s)', name,
                 (SELECT string_agg(quote_literal(c), ', ') FROM unnest(closing) AS c));
  EXECUTE format('ALTER TABLE shienkin.%I ENABLE ALWAYS TRIGGER a_close_once', name);
END
$$;
COMMENT ON PROCEDURE shienkin.closable(text, text[]) IS 'Records whose named columns are null until the row''s end, and are set once.';

CREATE PROCEDURE shienkin.guarded(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE shienkin.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE shienkin.%I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY of_owner ON shienkin.%I TO shienkin_owner USING (true) WITH CHECK (true)', name);
  EXECUTE format('CREATE POLICY of_staff ON shienkin.%I TO shienkin_staff USING (true) WITH CHECK (true)', name);
  EXECUTE format('CREATE POLICY of_auditor ON shienkin.%I TO shienkin_auditor USING (true) WITH CHECK (true)', name);
END
$$;
COMMENT ON PROCEDURE shienkin.guarded(text) IS
  'Row security on and forced. Staff and auditor see every row (their bounds are column grants); clinics see none until a policy of_clinic says which.';

-- ---- the register of migrations

CREATE TABLE shienkin.migration (
  number integer PRIMARY KEY CHECK (number >= 1),
  name text NOT NULL UNIQUE,
  sha256 shienkin.sha256,
  applied_at shienkin.moment NOT NULL
);
COMMENT ON TABLE shienkin.migration IS 'Migrations that this database has gone through, in order and without gaps.';
COMMENT ON COLUMN shienkin.migration.number IS 'The file''s number; a program starts only within the range that it knows.';
COMMENT ON COLUMN shienkin.migration.name IS 'The file''s name without its number and ending.';
COMMENT ON COLUMN shienkin.migration.sha256 IS 'Of the file''s bytes, told by the migrating program; null where psql ran the file.';
COMMENT ON COLUMN shienkin.migration.applied_at IS 'When it was applied.';
CALL shienkin.insert_only('migration');
CALL shienkin.guarded('migration');
CREATE POLICY of_clinic ON shienkin.migration FOR SELECT TO shienkin_clinic, shienkin_log USING (true);
GRANT SELECT ON shienkin.migration TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

CREATE FUNCTION shienkin.register_migration(which integer, called text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF which <> (SELECT coalesce(max(number), 0) + 1 FROM shienkin.migration) THEN
    PERFORM shienkin.refuse('migration_order', format('migration %s does not follow the last one applied', which));
  END IF;
  INSERT INTO shienkin.migration (number, name, sha256, applied_at)
  VALUES (which, called, decode(nullif(current_setting('shienkin.migration_sha256', true), ''), 'hex'), shienkin.at());
END
$$;
COMMENT ON FUNCTION shienkin.register_migration(integer, text) IS 'Called by each migration in its own transaction; refuses gaps and repetition.';

GRANT EXECUTE ON FUNCTION shienkin.at(), shienkin.refuse(text, text)
  TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

SELECT shienkin.register_migration(1, 'foundation');
COMMIT;
