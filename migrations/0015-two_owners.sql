-- Two owners for two things that one could do alone: the words that every claimant declares to be true, and a staff account
-- that begins anew. Whoever gets the code of such an account gets its roles, so that one asks and another one hands it over.
BEGIN;

-- ---- declarations

CREATE TABLE shienkin.declaration_text_confirmation (
  declaration_text_id uuid PRIMARY KEY REFERENCES shienkin.declaration_text (id)
);
COMMENT ON TABLE shienkin.declaration_text_confirmation IS 'The second owner''s yes: from here the text is what claimants declare. The last one confirmed stands.';
COMMENT ON COLUMN shienkin.declaration_text_confirmation.declaration_text_id IS 'Which text.';
CALL shienkin.acting('declaration_text_confirmation');
CALL shienkin.needs_role('declaration_text_confirmation', 'owner');
CALL shienkin.insert_only('declaration_text_confirmation');
CALL shienkin.guarded('declaration_text_confirmation');
GRANT SELECT ON shienkin.declaration_text_confirmation TO shienkin_clinic, shienkin_staff, shienkin_auditor;
GRANT INSERT ON shienkin.declaration_text_confirmation TO shienkin_staff;
CREATE POLICY of_clinic ON shienkin.declaration_text_confirmation FOR SELECT TO shienkin_clinic USING (true);

CREATE FUNCTION shienkin.check_declared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM declaration_text_confirmation c WHERE c.declaration_text_id = NEW.declaration_id) THEN
    PERFORM refuse('declaration_confirmed', 'nothing is declared by a text that one owner alone knows');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_declared() IS 'Facts are declared by a text that two owners have published.';
CREATE TRIGGER c_declared BEFORE INSERT ON shienkin.facts_version FOR EACH ROW EXECUTE FUNCTION shienkin.check_declared();

-- ---- accounts of the staff that begin anew

CREATE TABLE shienkin.account_reset (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  reason text NOT NULL CHECK (length(btrim(reason)) > 0)
);
COMMENT ON TABLE shienkin.account_reset IS 'An owner asks that an account of the staff begins anew. Nothing happens until a second owner confirms.';
COMMENT ON COLUMN shienkin.account_reset.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.account_reset.account_id IS 'Whose.';
COMMENT ON COLUMN shienkin.account_reset.reason IS 'Why; names of roles and offices, no personal data.';
CREATE INDEX account_reset_of_account ON shienkin.account_reset (account_id);
COMMENT ON INDEX shienkin.account_reset_of_account IS 'What was asked for an account.';
CALL shienkin.acting('account_reset');
CALL shienkin.needs_role('account_reset', 'owner');
CALL shienkin.insert_only('account_reset');
CALL shienkin.guarded('account_reset');
GRANT SELECT ON shienkin.account_reset TO shienkin_staff, shienkin_auditor;
GRANT INSERT ON shienkin.account_reset TO shienkin_staff;

CREATE TABLE shienkin.account_reset_confirmation (
  reset_id uuid PRIMARY KEY REFERENCES shienkin.account_reset (id)
);
COMMENT ON TABLE shienkin.account_reset_confirmation IS 'The second owner''s yes: the way in is forgotten, and this owner hands over the new code.';
COMMENT ON COLUMN shienkin.account_reset_confirmation.reset_id IS 'Which request.';
CALL shienkin.acting('account_reset_confirmation');
CALL shienkin.needs_role('account_reset_confirmation', 'owner');
CALL shienkin.insert_only('account_reset_confirmation');
CALL shienkin.guarded('account_reset_confirmation');
GRANT SELECT ON shienkin.account_reset_confirmation TO shienkin_staff, shienkin_auditor;
GRANT INSERT ON shienkin.account_reset_confirmation TO shienkin_staff;

CREATE FUNCTION shienkin.check_account_reset() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  holder account;
BEGIN
  SELECT a.* INTO holder FROM account a WHERE a.id = NEW.account_id;
  IF holder.realm = 'service' THEN
    PERFORM refuse('service_account', 'the service has no way in');
  END IF;
  IF holder.person_id = NEW.by_person THEN
    PERFORM refuse('account_self', 'nobody asks for a code of their own account');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_account_reset() IS 'Nobody asks that their own account begins anew.';
CREATE TRIGGER c_reset BEFORE INSERT ON shienkin.account_reset FOR EACH ROW EXECUTE FUNCTION shienkin.check_account_reset();

-- The second owner of whatever was put forward by a first: one function, as before, with two tables more.
CREATE OR REPLACE FUNCTION shienkin.check_second_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  first uuid;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'calendar_confirmation' THEN SELECT c.by_person INTO first FROM calendar c WHERE c.id = NEW.calendar_id;
    WHEN 'rule_set_confirmation' THEN SELECT r.by_person INTO first FROM rule_set r WHERE r.id = NEW.rule_set_id;
    WHEN 'declaration_text_confirmation' THEN
      SELECT d.by_person INTO first FROM declaration_text d WHERE d.id = NEW.declaration_text_id;
    WHEN 'account_reset_confirmation' THEN SELECT s.by_person INTO first FROM account_reset s WHERE s.id = NEW.reset_id;
  END CASE;
  IF first = NEW.by_person THEN
    PERFORM refuse('second_owner', 'it is confirmed by another owner than the one who put it forward');
  END IF;
  IF TG_TABLE_NAME = 'account_reset_confirmation' THEN
    IF EXISTS (SELECT FROM account_reset s JOIN account a ON a.id = s.account_id
               WHERE s.id = NEW.reset_id AND a.person_id = NEW.by_person) THEN
      PERFORM refuse('account_self', 'nobody confirms a code of their own account');
    END IF;
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_second_owner() IS 'Who confirms is another person than who put it forward, and confirms no code of their own.';
CREATE TRIGGER c_second_owner BEFORE INSERT ON shienkin.declaration_text_confirmation FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_second_owner();
CREATE TRIGGER c_second_owner BEFORE INSERT ON shienkin.account_reset_confirmation FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_second_owner();

-- ---- the doors that a code opens ask for the second owner themselves

CREATE FUNCTION shienkin.begins_anew(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM account a WHERE a.id = which AND a.realm = 'clinic')
      OR EXISTS (SELECT FROM account_reset s JOIN account_reset_confirmation c ON c.reset_id = s.id
                 WHERE s.account_id = which AND c.at = at() AND c.by_person = (actor()).person_id);
$$;
COMMENT ON FUNCTION shienkin.begins_anew(uuid) IS 'Whether the ways into this account may be forgotten now: a clinic''s, whose code is posted; the staff''s as its second owner confirms, at that very moment.';

CREATE OR REPLACE FUNCTION shienkin.account_forget_secrets(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM manages(which);
  IF NOT begins_anew(which) THEN
    PERFORM refuse('reset_confirmed', 'an account of the staff begins anew when a second owner confirms it');
  END IF;
  INSERT INTO password (account_id, phc, set_at) VALUES (which, NULL, at())
  ON CONFLICT (account_id) DO UPDATE SET phc = NULL, set_at = excluded.set_at, kept_session = NULL;
  UPDATE authenticator f SET ended_at = at() WHERE f.account_id = which AND f.ended_at IS NULL;
  UPDATE recovery_code c SET ended_at = at() WHERE c.account_id = which AND c.ended_at IS NULL AND c.used_at IS NULL;
  UPDATE access_code c SET ended_at = at() WHERE c.account_id = which AND c.used_at IS NULL AND c.ended_at IS NULL;
  UPDATE letter l SET ended_at = at() WHERE l.account_id = which AND l.ended_at IS NULL;
  UPDATE machine_token t SET ended_at = at() WHERE t.account_id = which AND t.ended_at IS NULL;
END
$$;

CREATE OR REPLACE FUNCTION shienkin.access_code_write(new_id uuid, which uuid, of_letter uuid, code_hmac bytea, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF of_letter IS NULL THEN
    PERFORM manages(which);
    IF NOT begins_anew(which) AND NOT EXISTS (SELECT FROM account a WHERE a.id = which AND a.at = at()) THEN
      PERFORM refuse('reset_confirmed', 'an account of the staff gets a code when it is opened, or when a second owner confirms');
    END IF;
  ELSIF NOT holds((actor()).person_id, ARRAY['owner', 'proxy'])
     OR NOT EXISTS (SELECT FROM letter l WHERE l.id = of_letter AND l.account_id = which AND l.ended_at IS NULL) THEN
    PERFORM refuse('role_needed', 'letters are printed by owners and proxies, while they last');
  END IF;
  UPDATE access_code c SET ended_at = at() WHERE c.account_id = which AND c.used_at IS NULL AND c.ended_at IS NULL;
  INSERT INTO access_code (id, account_id, letter_id, hmac, made_at, expires_at)
  VALUES (new_id, which, of_letter, code_hmac, at(), until);
  UPDATE letter l SET printed_at = at() WHERE l.id = of_letter;
END
$$;

SELECT shienkin.register_migration(15, 'two_owners');
COMMIT;
