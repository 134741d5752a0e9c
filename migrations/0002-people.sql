-- People: who acts, through which account, in which role, for which facility. Four eyes compare persons, never accounts
-- or names, so a person with two accounts is still one person.
BEGIN;

-- ---- persons and accounts

CREATE TABLE shienkin.person (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('human', 'service')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_kana text CHECK (length(name_kana) BETWEEN 1 AND 200),
  by_account uuid NOT NULL,
  by_person uuid NOT NULL,
  at shienkin.moment NOT NULL
);
COMMENT ON TABLE shienkin.person IS 'A natural person who works with the service, and one row for the service''s own jobs.';
COMMENT ON COLUMN shienkin.person.id IS 'UUIDv7; what four-eyes rules compare.';
COMMENT ON COLUMN shienkin.person.kind IS 'human; service for the jobs of the program, which can hold no role.';
COMMENT ON COLUMN shienkin.person.name IS 'As the person writes it, NFC.';
COMMENT ON COLUMN shienkin.person.name_kana IS 'Reading, in full-width katakana.';

CREATE TABLE shienkin.account (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES shienkin.person (id),
  realm text NOT NULL CHECK (realm IN ('clinic', 'staff', 'auditor', 'service')),
  login text NOT NULL UNIQUE CHECK (login = lower(login) AND length(login) BETWEEN 3 AND 200),
  by_account uuid NOT NULL,
  by_person uuid NOT NULL,
  at shienkin.moment NOT NULL,
  closed_at shienkin.moment,
  closed_by uuid REFERENCES shienkin.account (id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
COMMENT ON TABLE shienkin.account IS 'A way to sign in. One person may have several, each of one realm.';
COMMENT ON COLUMN shienkin.account.id IS 'UUIDv7; the setting shienkin.account names it.';
COMMENT ON COLUMN shienkin.account.person_id IS 'Whose account it is, for ever.';
COMMENT ON COLUMN shienkin.account.realm IS 'Which database role serves its requests: clinic, staff, auditor; service for the program''s jobs (staff or log).';
COMMENT ON COLUMN shienkin.account.login IS 'Lower case; what is typed at sign-in.';
COMMENT ON COLUMN shienkin.account.closed_at IS 'From then on the account acts no more; null while it is open.';
COMMENT ON COLUMN shienkin.account.closed_by IS 'The account that closed it.';
CREATE INDEX account_of_person ON shienkin.account (person_id);

ALTER TABLE shienkin.person
  ADD FOREIGN KEY (by_account) REFERENCES shienkin.account (id) DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (by_person) REFERENCES shienkin.person (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE shienkin.account
  ADD FOREIGN KEY (by_account) REFERENCES shienkin.account (id) DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (by_person) REFERENCES shienkin.person (id) DEFERRABLE INITIALLY DEFERRED;

-- The service's own person and account stand before everybody: jobs act through them, and so does bootstrap.
INSERT INTO shienkin.person (id, kind, name, by_account, by_person, at)
VALUES ('00000000-0000-7000-8000-000000000001', 'service', 'shienkin', '00000000-0000-7000-8000-000000000002',
        '00000000-0000-7000-8000-000000000001', shienkin.at());
INSERT INTO shienkin.account (id, person_id, realm, login, by_account, by_person, at)
VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'service', 'shienkin-service',
        '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', shienkin.at());
SET CONSTRAINTS ALL IMMEDIATE;

-- ---- the actor of a transaction

CREATE TYPE shienkin.acting_as AS (account_id uuid, person_id uuid, realm text);
COMMENT ON TYPE shienkin.acting_as IS 'Who acts: the account, the person behind it, and the account''s realm.';

CREATE FUNCTION shienkin.actor() RETURNS shienkin.acting_as
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  found acting_as;
BEGIN
  SELECT a.id, a.person_id, a.realm INTO found FROM account a
  WHERE a.id = nullif(current_setting('shienkin.account', true), '')::uuid
    AND (a.closed_at IS NULL OR a.closed_at > at());
  IF found.account_id IS NULL THEN
    PERFORM refuse('actor_unknown', 'the transaction names no open account (setting shienkin.account)');
  END IF;
  RETURN found;
END
$$;
COMMENT ON FUNCTION shienkin.actor() IS 'The account of the setting shienkin.account and its person; refuses where there is none or it is closed.';

CREATE FUNCTION shienkin.fill_acting() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  who shienkin.acting_as := shienkin.actor();
  now_there timestamptz := shienkin.at();
BEGIN
  IF NOT (CASE current_user::text
           WHEN 'shienkin_clinic' THEN who.realm = 'clinic'
           WHEN 'shienkin_staff' THEN who.realm IN ('staff', 'service')
           WHEN 'shienkin_auditor' THEN who.realm = 'auditor'
           WHEN 'shienkin_log' THEN who.realm = 'service'
           ELSE true END) THEN
    PERFORM shienkin.refuse('actor_realm', format('an account of the realm %s acts as %s', who.realm, current_user));
  END IF;
  IF NEW.by_account <> who.account_id OR NEW.by_person <> who.person_id OR NEW.at <> now_there THEN
    PERFORM shienkin.refuse('actor_differs', format('%I: by_account, by_person and at are those of the transaction',
                                                    TG_TABLE_NAME));
  END IF;
  NEW.by_account := who.account_id;
  NEW.by_person := who.person_id;
  NEW.at := now_there;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.fill_acting() IS 'Fills the acting columns from the transaction''s actor and moment; a differing value is refused.';

CREATE PROCEDURE shienkin.acting_trigger(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER a_acting BEFORE INSERT ON shienkin.%I FOR EACH ROW
                  EXECUTE FUNCTION shienkin.fill_acting()', name);
  EXECUTE format('COMMENT ON COLUMN shienkin.%I.by_account IS %L', name, 'Acting: the account that wrote the row.');
  EXECUTE format('COMMENT ON COLUMN shienkin.%I.by_person IS %L', name, 'Acting: the person behind that account.');
  EXECUTE format('COMMENT ON COLUMN shienkin.%I.at IS %L', name, 'Acting: the moment of the transaction that wrote the row.');
END
$$;
COMMENT ON PROCEDURE shienkin.acting_trigger(text) IS 'The trigger and comments of the acting columns.';

CREATE PROCEDURE shienkin.acting(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE shienkin.%I
                    ADD COLUMN by_account uuid NOT NULL REFERENCES shienkin.account (id),
                    ADD COLUMN by_person uuid NOT NULL REFERENCES shienkin.person (id),
                    ADD COLUMN at shienkin.moment NOT NULL', name);
  CALL shienkin.acting_trigger(name);
END
$$;
COMMENT ON PROCEDURE shienkin.acting(text) IS 'Adds the acting columns by_account, by_person, at with their trigger.';

CALL shienkin.acting_trigger('person');
CALL shienkin.acting_trigger('account');
CALL shienkin.insert_only('person');
CALL shienkin.closable('account', 'closed_at', 'closed_by');
CALL shienkin.guarded('person');
CALL shienkin.guarded('account');

-- ---- roles

CREATE TABLE shienkin.role (
  code text PRIMARY KEY,
  family text NOT NULL,
  realm text NOT NULL CHECK (realm IN ('clinic', 'staff', 'auditor')),
  ja text NOT NULL,
  en text NOT NULL,
  UNIQUE (code, family)
);
COMMENT ON TABLE shienkin.role IS 'What people may do. Two roles of different families never meet in one person at one time.';
COMMENT ON COLUMN shienkin.role.code IS 'The role''s name.';
COMMENT ON COLUMN shienkin.role.family IS 'Roles that one person may hold together share a family: adjuster and approver alone do (never on one claim).';
COMMENT ON COLUMN shienkin.role.realm IS 'The realm of the accounts through which it acts.';
COMMENT ON COLUMN shienkin.role.ja IS 'For people, in Japanese.';
COMMENT ON COLUMN shienkin.role.en IS 'For people, in English.';
INSERT INTO shienkin.role VALUES
  ('clinic', 'clinic', 'clinic', '医療機関', 'clinic'),
  ('proxy', 'proxy', 'staff', '代理入力', 'proxy'),
  ('adjuster', 'casework', 'staff', '審査担当', 'adjuster'),
  ('approver', 'casework', 'staff', '承認者', 'approver'),
  ('cashier', 'cashier', 'staff', '出納', 'cashier'),
  ('owner', 'owner', 'staff', '制度管理者', 'owner'),
  ('auditor', 'auditor', 'auditor', '監査', 'auditor');
CALL shienkin.insert_only('role');
CALL shienkin.guarded('role');

CREATE TABLE shienkin.role_held (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES shienkin.person (id),
  role text NOT NULL,
  family text NOT NULL,
  began_at shienkin.moment NOT NULL,
  ended_at shienkin.moment,
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(began_at, ended_at, '[)')) STORED,
  FOREIGN KEY (role, family) REFERENCES shienkin.role (code, family),
  CHECK (ended_at IS NULL OR ended_at >= began_at),
  CONSTRAINT role_held_once EXCLUDE USING gist (person_id WITH =, role WITH =, during WITH &&),
  CONSTRAINT role_incompatible EXCLUDE USING gist (person_id WITH =, family WITH <>, during WITH &&)
);
COMMENT ON TABLE shienkin.role_held IS 'Roles in force, written by the triggers of role_grant_confirmation, role_revocation and account alone.';
COMMENT ON COLUMN shienkin.role_held.id IS 'The grant''s id; the account''s id for the role of a clinic account.';
COMMENT ON COLUMN shienkin.role_held.person_id IS 'Who holds it.';
COMMENT ON COLUMN shienkin.role_held.role IS 'Which role.';
COMMENT ON COLUMN shienkin.role_held.family IS 'The role''s family, for the exclusion of incompatible roles.';
COMMENT ON COLUMN shienkin.role_held.began_at IS 'From this moment.';
COMMENT ON COLUMN shienkin.role_held.ended_at IS 'Until before this moment; null while it goes on.';
COMMENT ON COLUMN shienkin.role_held.during IS 'Both as a half-open range.';
CALL shienkin.closable('role_held', 'ended_at', 'during');
CALL shienkin.guarded('role_held');

CREATE FUNCTION shienkin.holds(who uuid, roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM role_held h WHERE h.person_id = who AND h.role = ANY (roles) AND h.during @> at())
      OR ('service' = ANY (roles) AND EXISTS (SELECT FROM person p WHERE p.id = who AND p.kind = 'service'));
$$;
COMMENT ON FUNCTION shienkin.holds(uuid, text[]) IS 'Whether the person holds one of the roles at the moment of the transaction; "service" stands for the program''s own jobs.';

CREATE FUNCTION shienkin.check_role() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NOT shienkin.holds(NEW.by_person, TG_ARGV) THEN
    PERFORM shienkin.refuse('role_needed', format('%I is written by %s', TG_TABLE_NAME, array_to_string(TG_ARGV, ' or ')));
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_role() IS 'Row trigger: the acting person holds one of the roles named as arguments.';

CREATE PROCEDURE shienkin.needs_role(name text, VARIADIC roles text[]) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER b_role BEFORE INSERT ON shienkin.%I FOR EACH ROW
                  EXECUTE FUNCTION shienkin.check_role(%s)', name,
                 (SELECT string_agg(quote_literal(r), ', ') FROM unnest(roles) AS r));
END
$$;
COMMENT ON PROCEDURE shienkin.needs_role(text, text[]) IS 'Rows of this table are written by holders of these roles alone.';

CREATE TABLE shienkin.role_grant (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES shienkin.person (id),
  role text NOT NULL REFERENCES shienkin.role (code) CHECK (role <> 'clinic'),
  began_at shienkin.moment NOT NULL,
  ended_at shienkin.moment,
  reason text NOT NULL CHECK (length(btrim(reason)) > 0),
  CHECK (ended_at IS NULL OR ended_at > began_at)
);
COMMENT ON TABLE shienkin.role_grant IS 'A role of the staff, proposed by one owner; without effect until a second owner confirms it.';
COMMENT ON COLUMN shienkin.role_grant.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.role_grant.person_id IS 'To whom.';
COMMENT ON COLUMN shienkin.role_grant.role IS 'Which role; the clinics'' role comes with their account instead.';
COMMENT ON COLUMN shienkin.role_grant.began_at IS 'From this moment.';
COMMENT ON COLUMN shienkin.role_grant.ended_at IS 'Until before this moment; null for until revoked.';
COMMENT ON COLUMN shienkin.role_grant.reason IS 'Why; names of roles and offices, no personal data.';
CALL shienkin.acting('role_grant');
CALL shienkin.needs_role('role_grant', 'owner');
CALL shienkin.insert_only('role_grant');
CALL shienkin.guarded('role_grant');

CREATE TABLE shienkin.role_grant_confirmation (
  grant_id uuid PRIMARY KEY REFERENCES shienkin.role_grant (id)
);
COMMENT ON TABLE shienkin.role_grant_confirmation IS 'The second owner''s yes; from here the role is held.';
COMMENT ON COLUMN shienkin.role_grant_confirmation.grant_id IS 'Which grant.';
CALL shienkin.acting('role_grant_confirmation');
CALL shienkin.needs_role('role_grant_confirmation', 'owner');
CALL shienkin.insert_only('role_grant_confirmation');
CALL shienkin.guarded('role_grant_confirmation');

CREATE FUNCTION shienkin.confirm_role_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  granted role_grant;
BEGIN
  SELECT * INTO granted FROM role_grant WHERE id = NEW.grant_id;
  IF NEW.by_person = granted.by_person THEN
    PERFORM refuse('second_owner', 'a role is confirmed by another owner than the one who granted it');
  END IF;
  IF granted.person_id IN (NEW.by_person, granted.by_person) THEN
    PERFORM refuse('grant_to_self', 'nobody grants or confirms a role of their own');
  END IF;
  IF (SELECT kind FROM person WHERE id = granted.person_id) = 'service' THEN
    PERFORM refuse('role_of_service', 'the service''s own person holds no role');
  END IF;
  INSERT INTO role_held (id, person_id, role, family, began_at, ended_at)
  SELECT granted.id, granted.person_id, r.code, r.family, greatest(granted.began_at, NEW.at), granted.ended_at
  FROM role r WHERE r.code = granted.role;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.confirm_role_grant() IS 'The second owner differs from the first, neither grants to themselves; then the role is held.';
CREATE TRIGGER c_confirm AFTER INSERT ON shienkin.role_grant_confirmation FOR EACH ROW
  EXECUTE FUNCTION shienkin.confirm_role_grant();

CREATE TABLE shienkin.role_revocation (
  grant_id uuid PRIMARY KEY REFERENCES shienkin.role_held (id),
  ended_at shienkin.moment NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) > 0)
);
COMMENT ON TABLE shienkin.role_revocation IS 'An early end of a role; one owner is enough, since it takes power away.';
COMMENT ON COLUMN shienkin.role_revocation.grant_id IS 'Which held role.';
COMMENT ON COLUMN shienkin.role_revocation.ended_at IS 'From when on it is held no more; not before the moment of the revocation.';
COMMENT ON COLUMN shienkin.role_revocation.reason IS 'Why.';
CALL shienkin.acting('role_revocation');
CALL shienkin.needs_role('role_revocation', 'owner');
CALL shienkin.insert_only('role_revocation');
CALL shienkin.guarded('role_revocation');

CREATE FUNCTION shienkin.revoke_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NEW.ended_at < NEW.at THEN
    PERFORM refuse('revocation_in_past', 'a role ends now or later: what was done under it stays done under it');
  END IF;
  UPDATE role_held SET ended_at = greatest(NEW.ended_at, began_at) WHERE id = NEW.grant_id;
  IF (SELECT count(DISTINCT person_id) FROM role_held WHERE role = 'owner' AND during @> NEW.ended_at::timestamptz) < 2
     AND (SELECT role FROM role_held WHERE id = NEW.grant_id) = 'owner' THEN
    PERFORM refuse('two_owners', 'two owners must remain: grants need the second one');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.revoke_role() IS 'Ends the held role; never leaves fewer than two owners.';
CREATE TRIGGER c_revoke AFTER INSERT ON shienkin.role_revocation FOR EACH ROW EXECUTE FUNCTION shienkin.revoke_role();

CREATE FUNCTION shienkin.hold_clinic_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT holds(NEW.by_person, CASE WHEN NEW.realm = 'clinic' THEN ARRAY['owner', 'adjuster', 'approver', 'service']
                                   ELSE ARRAY['owner', 'service'] END) THEN
    PERFORM refuse('role_needed', 'accounts of the staff are opened by an owner, those of clinics by the staff');
  END IF;
  IF NEW.realm = 'service' OR (SELECT kind FROM person WHERE id = NEW.person_id) = 'service' THEN
    PERFORM refuse('service_account', 'the service has the one account it was made with');
  END IF;
  IF NEW.realm = 'clinic' AND NOT EXISTS (SELECT FROM role_held h WHERE h.person_id = NEW.person_id
                                            AND h.role = 'clinic' AND h.during @> NEW.at::timestamptz) THEN
    INSERT INTO role_held (id, person_id, role, family, began_at)
    VALUES (NEW.id, NEW.person_id, 'clinic', 'clinic', NEW.at);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.hold_clinic_role() IS 'A clinic account brings the clinics'' role, so that the exclusion keeps its person out of every staff role.';
CREATE TRIGGER c_clinic_role AFTER INSERT ON shienkin.account FOR EACH ROW EXECUTE FUNCTION shienkin.hold_clinic_role();

CREATE FUNCTION shienkin.bootstrap_owners(first_person uuid, first_account uuid, first_name text, first_login text,
                                          second_person uuid, second_account uuid, second_name text, second_login text)
RETURNS void LANGUAGE plpgsql SET search_path = shienkin, pg_temp AS $$
BEGIN
  LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM person WHERE kind = 'human') THEN
    PERFORM refuse('bootstrap_once', 'the first two owners are made in an empty database, never again');
  END IF;
  PERFORM set_config('shienkin.account', '00000000-0000-7000-8000-000000000002', true);
  INSERT INTO person (id, kind, name) VALUES (first_person, 'human', first_name), (second_person, 'human', second_name);
  INSERT INTO account (id, person_id, realm, login)
  VALUES (first_account, first_person, 'staff', first_login), (second_account, second_person, 'staff', second_login);
  INSERT INTO role_held (id, person_id, role, family, began_at)
  VALUES (first_account, first_person, 'owner', 'owner', at()), (second_account, second_person, 'owner', 'owner', at());
END
$$;
COMMENT ON FUNCTION shienkin.bootstrap_owners(uuid, uuid, text, text, uuid, uuid, text, text) IS
  'The first two owners of an empty database; refuses as soon as a human exists. For shienkin_owner alone.';

SELECT shienkin.register_migration(2, 'people');
COMMIT;
