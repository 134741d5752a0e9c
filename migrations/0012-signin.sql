-- Sign-in: passwords, authenticators, codes, sessions, tokens. No service role reads or writes these tables: functions with
-- the owner's rights and a fixed search path do the one thing each that a use case needs, for the acting account itself, for
-- the service (before anybody has signed in), or for whoever may manage the account. What stands here is argon2id, HMAC,
-- SHA-256 or sealed; nothing can be turned back into what people type.
BEGIN;

-- ---- what people prove themselves with

CREATE TABLE shienkin.password (
  account_id uuid PRIMARY KEY REFERENCES shienkin.account (id),
  phc text CHECK (phc LIKE '$argon2id$%' AND length(phc) <= 255),
  set_at shienkin.moment NOT NULL,
  kept_session uuid
);
COMMENT ON TABLE shienkin.password IS 'The password of an account as it stands; older ones are kept nowhere. Whatever sets it ends the account''s sessions.';
COMMENT ON COLUMN shienkin.password.account_id IS 'Whose.';
COMMENT ON COLUMN shienkin.password.phc IS 'argon2id as a PHC string; null: none, the next way in is a code that was posted or handed over.';
COMMENT ON COLUMN shienkin.password.set_at IS 'Since when.';
COMMENT ON COLUMN shienkin.password.kept_session IS 'The one session that goes on, in which it was changed; null: none.';
CALL shienkin.never_lost('password');
CALL shienkin.guarded('password');

CREATE TABLE shienkin.authenticator (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  sealed_secret shienkin.sealed NOT NULL,
  made_at shienkin.moment NOT NULL,
  confirmed_at shienkin.moment,
  ended_at shienkin.moment
);
COMMENT ON TABLE shienkin.authenticator IS 'A secret shared with an authenticator app (RFC 6238). It counts once a code of it has confirmed it.';
COMMENT ON COLUMN shienkin.authenticator.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.authenticator.account_id IS 'Whose.';
COMMENT ON COLUMN shienkin.authenticator.sealed_secret IS 'The secret, under the account''s key.';
COMMENT ON COLUMN shienkin.authenticator.made_at IS 'When it was shown.';
COMMENT ON COLUMN shienkin.authenticator.confirmed_at IS 'When a code of it came back; null: it does not count yet.';
COMMENT ON COLUMN shienkin.authenticator.ended_at IS 'When another took its place, or it was forgotten; null while it lasts.';
CREATE UNIQUE INDEX authenticator_one ON shienkin.authenticator (account_id) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX authenticator_waits ON shienkin.authenticator (account_id) WHERE confirmed_at IS NULL AND ended_at IS NULL;
CALL shienkin.closable('authenticator', 'confirmed_at', 'ended_at');
CALL shienkin.guarded('authenticator');

CREATE TABLE shienkin.authenticator_step (
  authenticator_id uuid NOT NULL REFERENCES shienkin.authenticator (id),
  step bigint NOT NULL CHECK (step > 0),
  used_at shienkin.moment NOT NULL,
  PRIMARY KEY (authenticator_id, step)
);
COMMENT ON TABLE shienkin.authenticator_step IS 'Codes that were used: each works once, whichever instance of the service saw it.';
COMMENT ON COLUMN shienkin.authenticator_step.authenticator_id IS 'Of which authenticator.';
COMMENT ON COLUMN shienkin.authenticator_step.step IS 'Unix seconds divided by 30: the code''s time step.';
COMMENT ON COLUMN shienkin.authenticator_step.used_at IS 'When.';
CALL shienkin.insert_only('authenticator_step');
CALL shienkin.guarded('authenticator_step');

CREATE TABLE shienkin.recovery_code (
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  hmac shienkin.sha256 NOT NULL,
  made_at shienkin.moment NOT NULL,
  used_at shienkin.moment,
  ended_at shienkin.moment,
  PRIMARY KEY (account_id, hmac)
);
COMMENT ON TABLE shienkin.recovery_code IS 'Codes on paper for a day without the authenticator; each works once.';
COMMENT ON COLUMN shienkin.recovery_code.account_id IS 'Whose.';
COMMENT ON COLUMN shienkin.recovery_code.hmac IS 'HMAC-SHA-256 of account and code under the blind-index key.';
COMMENT ON COLUMN shienkin.recovery_code.made_at IS 'When the ten were shown.';
COMMENT ON COLUMN shienkin.recovery_code.used_at IS 'When it was used; null: not yet.';
COMMENT ON COLUMN shienkin.recovery_code.ended_at IS 'When other ten took their place; null: they did not.';
CALL shienkin.closable('recovery_code', 'used_at', 'ended_at');
CALL shienkin.guarded('recovery_code');

CREATE TABLE shienkin.letter (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  kind text NOT NULL CHECK (kind IN ('first_access', 'recovery')),
  printed_at shienkin.moment,
  ended_at shienkin.moment
);
COMMENT ON TABLE shienkin.letter IS 'A letter with a code that is to be posted to the roster''s address of a facility.';
COMMENT ON COLUMN shienkin.letter.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.letter.account_id IS 'The account that its code opens.';
COMMENT ON COLUMN shienkin.letter.facility_id IS 'To whose address it goes, as the roster says on the day of printing.';
COMMENT ON COLUMN shienkin.letter.kind IS 'first_access, or recovery.';
COMMENT ON COLUMN shienkin.letter.printed_at IS 'When it was printed last: only then is there a code. Printing again makes another code.';
COMMENT ON COLUMN shienkin.letter.ended_at IS 'When its code was used, or another way in took its place; null while it lasts.';
CREATE UNIQUE INDEX letter_open ON shienkin.letter (account_id) WHERE ended_at IS NULL;
CALL shienkin.acting('letter');
CALL shienkin.never_lost('letter');
CALL shienkin.guarded('letter');

CREATE TABLE shienkin.access_code (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  letter_id uuid REFERENCES shienkin.letter (id),
  hmac shienkin.sha256 NOT NULL,
  made_at shienkin.moment NOT NULL,
  expires_at shienkin.moment NOT NULL,
  used_at shienkin.moment,
  ended_at shienkin.moment,
  CHECK (expires_at > made_at)
);
COMMENT ON TABLE shienkin.access_code IS 'A code that was posted or handed over: with it a password is set. One at a time lasts for an account.';
COMMENT ON COLUMN shienkin.access_code.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.access_code.account_id IS 'Which account it opens.';
COMMENT ON COLUMN shienkin.access_code.letter_id IS 'The letter that it stands in; null: handed over in person.';
COMMENT ON COLUMN shienkin.access_code.hmac IS 'HMAC-SHA-256 of account and code under the blind-index key.';
COMMENT ON COLUMN shienkin.access_code.made_at IS 'When it was made.';
COMMENT ON COLUMN shienkin.access_code.expires_at IS 'From then on it opens nothing.';
COMMENT ON COLUMN shienkin.access_code.used_at IS 'When it was used; null: not yet.';
COMMENT ON COLUMN shienkin.access_code.ended_at IS 'When another took its place; null: none did.';
CREATE UNIQUE INDEX access_code_one ON shienkin.access_code (account_id) WHERE used_at IS NULL AND ended_at IS NULL;
CALL shienkin.closable('access_code', 'used_at', 'ended_at');
CALL shienkin.guarded('access_code');

-- ---- what clears itself: neither is a record, their events are

CREATE TABLE shienkin.sign_in_failure (
  subject shienkin.sha256 PRIMARY KEY,
  failures bigint NOT NULL CHECK (failures >= 1),
  first_at shienkin.moment NOT NULL
);
COMMENT ON TABLE shienkin.sign_in_failure IS 'How often something was tried within a window of time, so that many instances cannot be played against each other. Counted before the trial is judged, forgotten when it passes.';
COMMENT ON COLUMN shienkin.sign_in_failure.subject IS 'HMAC of what is tried: a login (known or not), or an account''s second factor.';
COMMENT ON COLUMN shienkin.sign_in_failure.failures IS 'Trials in the window.';
COMMENT ON COLUMN shienkin.sign_in_failure.first_at IS 'Where the window begins; its end comes whatever is tried meanwhile.';
CALL shienkin.guarded('sign_in_failure');

CREATE TABLE shienkin.ticket (
  hash shienkin.sha256 PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  step text NOT NULL CHECK (step IN ('second_factor', 'enrol_totp')),
  how text NOT NULL CHECK (how IN ('password', 'access_code')),
  expires_at shienkin.moment NOT NULL,
  used_at shienkin.moment
);
COMMENT ON TABLE shienkin.ticket IS 'What ties the steps of one sign-in together.';
COMMENT ON COLUMN shienkin.ticket.hash IS 'SHA-256 of the ticket (256 random bits).';
COMMENT ON COLUMN shienkin.ticket.account_id IS 'Who has come so far.';
COMMENT ON COLUMN shienkin.ticket.step IS 'The one step that it is good for.';
COMMENT ON COLUMN shienkin.ticket.how IS 'How the first step was passed.';
COMMENT ON COLUMN shienkin.ticket.expires_at IS 'From then on it is good for nothing.';
COMMENT ON COLUMN shienkin.ticket.used_at IS 'When its step was passed; null: not yet.';
CREATE INDEX ticket_of_account ON shienkin.ticket (account_id);
CALL shienkin.guarded('ticket');

CREATE TABLE shienkin.session (
  id uuid PRIMARY KEY,
  hash shienkin.sha256 NOT NULL,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  via text NOT NULL CHECK (via IN ('web', 'api', 'job', 'command')),
  began_at shienkin.moment NOT NULL,
  seen_at shienkin.moment NOT NULL,
  step_up_at shienkin.moment,
  expires_at shienkin.moment NOT NULL,
  ended_at shienkin.moment,
  end_reason text CHECK (end_reason IN ('signed_out', 'role_changed', 'account_closed', 'password_set')),
  CONSTRAINT session_hash_once UNIQUE (hash),
  CHECK (expires_at > began_at),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
COMMENT ON TABLE shienkin.session IS 'Somebody who has signed in. Idle too long or older than its bound, it ends by itself.';
COMMENT ON COLUMN shienkin.session.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.session.hash IS 'SHA-256 of its token (256 random bits behind the realm''s prefix).';
COMMENT ON COLUMN shienkin.session.account_id IS 'Who.';
COMMENT ON COLUMN shienkin.session.via IS 'How they came: a browser, or a program of theirs.';
COMMENT ON COLUMN shienkin.session.began_at IS 'When it began.';
COMMENT ON COLUMN shienkin.session.seen_at IS 'When it was used last, to the minute.';
COMMENT ON COLUMN shienkin.session.step_up_at IS 'When the second factor was given last; null: it was not asked for.';
COMMENT ON COLUMN shienkin.session.expires_at IS 'The end that use does not move.';
COMMENT ON COLUMN shienkin.session.ended_at IS 'When it was ended before that; null: it was not.';
COMMENT ON COLUMN shienkin.session.end_reason IS 'Why.';
CREATE INDEX session_of_account ON shienkin.session (account_id) WHERE ended_at IS NULL;
CALL shienkin.guarded('session');

-- ---- tokens of machines, and an account's own settings

CREATE TABLE shienkin.machine_token (
  id uuid PRIMARY KEY,
  hash shienkin.sha256 NOT NULL,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  scope text NOT NULL CHECK (scope IN ('clinic', 'read')),
  made_at shienkin.moment NOT NULL,
  expires_at shienkin.moment NOT NULL,
  ended_at shienkin.moment,
  CONSTRAINT machine_token_hash_once UNIQUE (hash),
  CHECK (expires_at > made_at)
);
COMMENT ON TABLE shienkin.machine_token IS 'A token for a program: what a clinic may do, or reading alone; never for somebody with a role over money or people.';
COMMENT ON COLUMN shienkin.machine_token.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.machine_token.hash IS 'SHA-256 of the token (256 random bits behind its prefix).';
COMMENT ON COLUMN shienkin.machine_token.account_id IS 'For whom the program acts.';
COMMENT ON COLUMN shienkin.machine_token.name IS 'What its owner calls it.';
COMMENT ON COLUMN shienkin.machine_token.scope IS 'clinic: what the clinic''s account may do; read: reading alone.';
COMMENT ON COLUMN shienkin.machine_token.made_at IS 'When it was made.';
COMMENT ON COLUMN shienkin.machine_token.expires_at IS 'From then on it opens nothing.';
COMMENT ON COLUMN shienkin.machine_token.ended_at IS 'When it was ended before that; null: it was not.';
CREATE INDEX machine_token_of_account ON shienkin.machine_token (account_id);
CALL shienkin.closable('machine_token', 'ended_at');
CALL shienkin.guarded('machine_token');

CREATE FUNCTION shienkin.check_machine_token() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  holder account;
BEGIN
  SELECT * INTO holder FROM account a WHERE a.id = NEW.account_id;
  IF NEW.scope = 'clinic' AND holder.realm <> 'clinic' THEN
    PERFORM refuse('token_scope', 'outside the clinics a program reads and does nothing else');
  END IF;
  IF holds(holder.person_id, ARRAY['approver', 'cashier', 'owner']) THEN
    PERFORM refuse('token_money_role', 'who approves, pays or grants has no token for a program');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_machine_token() IS 'A token holds a clinic''s scope or reads, and is nobody''s who has a role over money or people.';
CREATE TRIGGER c_scope BEFORE INSERT ON shienkin.machine_token FOR EACH ROW EXECUTE FUNCTION shienkin.check_machine_token();

CREATE TABLE shienkin.account_language (
  account_id uuid PRIMARY KEY REFERENCES shienkin.account (id),
  language text NOT NULL CHECK (language IN ('ja', 'en'))
);
COMMENT ON TABLE shienkin.account_language IS 'In which language an account is answered, where it has said so.';
COMMENT ON COLUMN shienkin.account_language.account_id IS 'Whose.';
COMMENT ON COLUMN shienkin.account_language.language IS 'ja or en.';
CALL shienkin.never_lost('account_language');
CALL shienkin.guarded('account_language');

-- ---- what ends access, whoever causes it

CREATE FUNCTION shienkin.end_sessions(which uuid, but uuid, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  UPDATE session s SET ended_at = at(), end_reason = why
  WHERE s.account_id = which AND s.ended_at IS NULL AND s.id IS DISTINCT FROM but;
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM ticket t WHERE t.account_id = which;
  RETURN gone;
END
$$;
COMMENT ON FUNCTION shienkin.end_sessions(uuid, uuid, text) IS 'Ends the sessions of an account but one, and half-finished sign-ins with them. For triggers and functions of this file.';

CREATE FUNCTION shienkin.role_ends_access() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM end_sessions(a.id, NULL, 'role_changed') FROM account a WHERE a.person_id = NEW.person_id;
  UPDATE machine_token t SET ended_at = at() FROM account a
  WHERE a.person_id = NEW.person_id AND t.account_id = a.id AND t.ended_at IS NULL;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.role_ends_access() IS 'A role that comes or goes ends the person''s sessions and tokens: nobody works on under what they held before.';
CREATE TRIGGER e_access AFTER INSERT OR UPDATE ON shienkin.role_held FOR EACH ROW EXECUTE FUNCTION shienkin.role_ends_access();

CREATE FUNCTION shienkin.closing_ends_access() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM end_sessions(NEW.id, NULL, 'account_closed');
  UPDATE machine_token t SET ended_at = at() WHERE t.account_id = NEW.id AND t.ended_at IS NULL;
  UPDATE access_code c SET ended_at = at() WHERE c.account_id = NEW.id AND c.used_at IS NULL AND c.ended_at IS NULL;
  UPDATE letter l SET ended_at = at() WHERE l.account_id = NEW.id AND l.ended_at IS NULL;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.closing_ends_access() IS 'A closed account has no session, token, letter or code any more.';
CREATE TRIGGER e_access AFTER UPDATE OF closed_at ON shienkin.account FOR EACH ROW
  WHEN (NEW.closed_at IS NOT NULL) EXECUTE FUNCTION shienkin.closing_ends_access();

CREATE FUNCTION shienkin.password_ends_access() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM end_sessions(NEW.account_id, NEW.kept_session, 'password_set');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.password_ends_access() IS 'A password that is set or forgotten ends the account''s sessions but the one in which that was done.';
CREATE TRIGGER e_access AFTER INSERT OR UPDATE ON shienkin.password FOR EACH ROW EXECUTE FUNCTION shienkin.password_ends_access();

-- ---- who may

CREATE FUNCTION shienkin.own_or_service(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  who acting_as := actor();
BEGIN
  IF who.account_id <> which AND NOT holds(who.person_id, ARRAY['service']) THEN
    PERFORM refuse('not_own_account', 'an account''s secrets are its own');
  END IF;
END
$$;
COMMENT ON FUNCTION shienkin.own_or_service(uuid) IS 'Refuses unless the acting account is this one, or the service acts for somebody who is signing in.';

CREATE FUNCTION shienkin.manages(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  of_realm text;
BEGIN
  SELECT a.realm INTO of_realm FROM account a WHERE a.id = which AND a.realm <> 'service';
  IF of_realm IS NULL OR NOT holds((actor()).person_id, CASE WHEN of_realm = 'clinic'
       THEN ARRAY['owner', 'adjuster', 'approver', 'service'] ELSE ARRAY['owner', 'service'] END) THEN
    PERFORM refuse('role_needed', 'accounts of the staff are an owner''s matter, those of clinics the staff''s');
  END IF;
END
$$;
COMMENT ON FUNCTION shienkin.manages(uuid) IS 'Refuses unless the actor may open ways into this account: owners for the staff, the staff for clinics.';

-- ---- trials, counted

CREATE FUNCTION shienkin.count_trial(which bytea, window_seconds integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  counted bigint;
  edge timestamptz := at() - make_interval(secs => window_seconds);
BEGIN
  INSERT INTO sign_in_failure AS f (subject, failures, first_at) VALUES (which, 1, at())
  ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN f.first_at <= edge THEN 1 ELSE f.failures + 1 END,
                                      first_at = CASE WHEN f.first_at <= edge THEN at() ELSE f.first_at END
  RETURNING f.failures INTO counted;
  RETURN counted;
END
$$;
COMMENT ON FUNCTION shienkin.count_trial(bytea, integer) IS 'Counts one trial before it is judged, holding the row until the transaction ends; gives how many the window has seen.';

CREATE FUNCTION shienkin.forget_trials(which bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  DELETE FROM sign_in_failure f WHERE f.subject = which;
END
$$;
COMMENT ON FUNCTION shienkin.forget_trials(bytea) IS 'A trial that passed ends its window.';

-- ---- signing in

CREATE FUNCTION shienkin.sign_in_account(typed text)
RETURNS TABLE (account_id uuid, person_id uuid, realm text, name text, phc text, authenticator_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT a.id, a.person_id, a.realm, p.name, w.phc, f.id
    FROM account a JOIN person p ON p.id = a.person_id LEFT JOIN password w ON w.account_id = a.id
    LEFT JOIN authenticator f ON f.account_id = a.id AND f.confirmed_at IS NOT NULL AND f.ended_at IS NULL
    WHERE a.login = typed AND a.realm <> 'service' AND (a.closed_at IS NULL OR a.closed_at > at());
END
$$;
COMMENT ON FUNCTION shienkin.sign_in_account(text) IS 'What the service needs of an open account to judge a sign-in.';

CREATE FUNCTION shienkin.ticket_write(ticket_hash bytea, which uuid, for_step text, come_by text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO ticket (hash, account_id, step, how, expires_at) VALUES (ticket_hash, which, for_step, come_by, until);
END
$$;
COMMENT ON FUNCTION shienkin.ticket_write(bytea, uuid, text, text, timestamptz) IS 'A ticket for the next step of a sign-in.';

CREATE FUNCTION shienkin.ticket_account(ticket_hash bytea, for_step text)
RETURNS TABLE (account_id uuid, person_id uuid, realm text, name text, login text, how text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT a.id, a.person_id, a.realm, p.name, a.login, t.how
    FROM ticket t JOIN account a ON a.id = t.account_id JOIN person p ON p.id = a.person_id
    WHERE t.hash = ticket_hash AND t.step = for_step AND t.used_at IS NULL AND t.expires_at > at()
      AND (a.closed_at IS NULL OR a.closed_at > at())
    FOR UPDATE OF t;
END
$$;
COMMENT ON FUNCTION shienkin.ticket_account(bytea, text) IS 'Who holds a ticket that is still good for the step; the ticket''s row is held until the transaction ends.';

CREATE FUNCTION shienkin.ticket_use(ticket_hash bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  UPDATE ticket t SET used_at = at() WHERE t.hash = ticket_hash;
END
$$;
COMMENT ON FUNCTION shienkin.ticket_use(bytea) IS 'The ticket''s step is passed: it is good for nothing more.';

CREATE FUNCTION shienkin.session_begin(new_id uuid, token_hash bytea, which uuid, come_via text, stepped_up boolean, until timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO session (id, hash, account_id, via, began_at, seen_at, step_up_at, expires_at)
  VALUES (new_id, token_hash, which, come_via, at(), at(), CASE WHEN stepped_up THEN at() END, until);
END
$$;
COMMENT ON FUNCTION shienkin.session_begin(uuid, bytea, uuid, text, boolean, timestamptz) IS 'A session begins; for the service, which has judged the sign-in.';

CREATE FUNCTION shienkin.roles_of(who uuid, of_realm text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT coalesce(array_agg(h.role ORDER BY h.role), '{}') FROM role_held h JOIN role r ON r.code = h.role
  WHERE h.person_id = who AND r.realm = of_realm AND h.during @> at();
$$;
COMMENT ON FUNCTION shienkin.roles_of(uuid, text) IS 'The roles that a person holds now and that act through accounts of the realm.';

CREATE FUNCTION shienkin.session_of(token_hash bytea, idle_seconds integer)
RETURNS TABLE (session_id uuid, account_id uuid, person_id uuid, realm text, name text, language text, roles text[],
               step_up_at timestamptz, read_only boolean, facilities uuid[], kinds text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  found session;
BEGIN
  SELECT * INTO found FROM session s
  WHERE s.hash = token_hash AND s.ended_at IS NULL AND s.expires_at > at()
    AND s.seen_at > at() - make_interval(secs => idle_seconds);
  IF found.id IS NULL THEN
    RETURN;
  END IF;
  IF found.seen_at <= at() - interval '1 minute' THEN
    UPDATE session s SET seen_at = at() WHERE s.id = found.id AND s.ended_at IS NULL AND s.seen_at < at();
  END IF;
  RETURN QUERY SELECT found.id, a.id, a.person_id, a.realm, p.name, l.language, roles_of(a.person_id, a.realm),
      found.step_up_at::timestamptz, false, m.facilities, m.kinds
    FROM account a JOIN person p ON p.id = a.person_id LEFT JOIN account_language l ON l.account_id = a.id,
    LATERAL (SELECT coalesce(array_agg(x.facility_id ORDER BY x.facility_id), '{}') AS facilities,
                    coalesce(array_agg(x.kind ORDER BY x.facility_id), '{}') AS kinds
             FROM mandate x WHERE x.account_id = a.id AND x.during @> at()) m
    WHERE a.id = found.account_id AND (a.closed_at IS NULL OR a.closed_at > at());
END
$$;
COMMENT ON FUNCTION shienkin.session_of(bytea, integer) IS 'The session of a token as it stands now, with roles and mandates in force; moves its idle clock at most once a minute.';

CREATE FUNCTION shienkin.machine_session_of(token_hash bytea)
RETURNS TABLE (session_id uuid, account_id uuid, person_id uuid, realm text, name text, language text, roles text[],
               step_up_at timestamptz, read_only boolean, facilities uuid[], kinds text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT t.id, a.id, a.person_id, a.realm, p.name, l.language, roles_of(a.person_id, a.realm),
      NULL::timestamptz, t.scope = 'read', m.facilities, m.kinds
    FROM machine_token t JOIN account a ON a.id = t.account_id JOIN person p ON p.id = a.person_id
    LEFT JOIN account_language l ON l.account_id = a.id,
    LATERAL (SELECT coalesce(array_agg(x.facility_id ORDER BY x.facility_id), '{}') AS facilities,
                    coalesce(array_agg(x.kind ORDER BY x.facility_id), '{}') AS kinds
             FROM mandate x WHERE x.account_id = a.id AND x.during @> at()) m
    WHERE t.hash = token_hash AND t.ended_at IS NULL AND t.expires_at > at() AND (a.closed_at IS NULL OR a.closed_at > at())
      AND NOT holds(a.person_id, ARRAY['approver', 'cashier', 'owner']);
END
$$;
COMMENT ON FUNCTION shienkin.machine_session_of(bytea) IS 'The same for a program''s token, which never steps up and never stands for a role over money or people.';

-- ---- sessions of one's own

CREATE FUNCTION shienkin.session_step_up(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  UPDATE session s SET step_up_at = at()
  WHERE s.id = which AND s.account_id = (actor()).account_id AND s.ended_at IS NULL AND s.expires_at > at();
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.session_step_up(uuid) IS 'The second factor was given anew in a session of the acting account. False: there is no such session.';

CREATE FUNCTION shienkin.session_stepped_up(which uuid, seconds integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM session s WHERE s.id = which AND s.account_id = (actor()).account_id AND s.ended_at IS NULL
                   AND s.expires_at > at() AND s.step_up_at > at() - make_interval(secs => seconds));
END
$$;
COMMENT ON FUNCTION shienkin.session_stepped_up(uuid, integer) IS 'Whether the second factor was given in that session of the acting account within so many seconds.';

CREATE FUNCTION shienkin.session_end(which uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  IF which IS NULL THEN
    RETURN end_sessions((actor()).account_id, NULL, 'signed_out');
  END IF;
  UPDATE session s SET ended_at = at(), end_reason = 'signed_out'
  WHERE s.id = which AND s.account_id = (actor()).account_id AND s.ended_at IS NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$$;
COMMENT ON FUNCTION shienkin.session_end(uuid) IS 'Ends a session of the acting account, or all of them where none is named; gives how many.';

CREATE FUNCTION shienkin.session_list(which uuid, idle_seconds integer)
RETURNS TABLE (id uuid, via text, began_at timestamptz, seen_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  RETURN QUERY SELECT s.id, s.via, s.began_at::timestamptz, s.seen_at::timestamptz FROM session s
    WHERE s.account_id = which AND s.ended_at IS NULL AND s.expires_at > at()
      AND s.seen_at > at() - make_interval(secs => idle_seconds) ORDER BY s.began_at, s.id;
END
$$;
COMMENT ON FUNCTION shienkin.session_list(uuid, integer) IS 'The sessions of one''s own account that last.';

-- ---- passwords, authenticators, codes

CREATE FUNCTION shienkin.password_of(which uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  RETURN (SELECT w.phc FROM password w WHERE w.account_id = which);
END
$$;
COMMENT ON FUNCTION shienkin.password_of(uuid) IS 'The PHC string of one''s own account; null: there is none.';

CREATE FUNCTION shienkin.password_write(which uuid, new_phc text, keep uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  INSERT INTO password (account_id, phc, set_at, kept_session) VALUES (which, new_phc, at(), keep)
  ON CONFLICT (account_id) DO UPDATE SET phc = excluded.phc, set_at = excluded.set_at, kept_session = excluded.kept_session;
END
$$;
COMMENT ON FUNCTION shienkin.password_write(uuid, text, uuid) IS 'Sets the password of one''s own account.';

CREATE FUNCTION shienkin.authenticator_of(which uuid, is_confirmed boolean)
RETURNS TABLE (id uuid, sealed_secret bytea, last_step bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  RETURN QUERY SELECT f.id, f.sealed_secret::bytea,
      coalesce((SELECT max(s.step) FROM authenticator_step s WHERE s.authenticator_id = f.id), 0)
    FROM authenticator f WHERE f.account_id = which AND f.ended_at IS NULL AND (f.confirmed_at IS NOT NULL) = is_confirmed;
END
$$;
COMMENT ON FUNCTION shienkin.authenticator_of(uuid, boolean) IS 'The sealed secret of one''s own authenticator, the confirmed one or the one that waits, and the last step that was used.';

CREATE FUNCTION shienkin.authenticator_write(new_id uuid, which uuid, secret bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  UPDATE authenticator f SET ended_at = at() WHERE f.account_id = which AND f.confirmed_at IS NULL AND f.ended_at IS NULL;
  INSERT INTO authenticator (id, account_id, sealed_secret, made_at) VALUES (new_id, which, secret, at());
END
$$;
COMMENT ON FUNCTION shienkin.authenticator_write(uuid, uuid, bytea) IS 'A new authenticator of one''s own, which waits for a code; another that waited ends.';

CREATE FUNCTION shienkin.authenticator_confirm(which_one uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  confirmed authenticator;
BEGIN
  SELECT * INTO confirmed FROM authenticator f WHERE f.id = which_one;
  PERFORM own_or_service(confirmed.account_id);
  UPDATE authenticator f SET ended_at = at()
  WHERE f.account_id = confirmed.account_id AND f.confirmed_at IS NOT NULL AND f.ended_at IS NULL;
  UPDATE authenticator f SET confirmed_at = at() WHERE f.id = which_one;
END
$$;
COMMENT ON FUNCTION shienkin.authenticator_confirm(uuid) IS 'From now on this authenticator counts, and the one before does not.';

CREATE FUNCTION shienkin.authenticator_use(which_one uuid, at_step bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service((SELECT f.account_id FROM authenticator f WHERE f.id = which_one FOR UPDATE));
  IF EXISTS (SELECT FROM authenticator_step s WHERE s.authenticator_id = which_one AND s.step >= at_step) THEN
    RETURN false;
  END IF;
  INSERT INTO authenticator_step (authenticator_id, step, used_at) VALUES (which_one, at_step, at())
  ON CONFLICT (authenticator_id, step) DO NOTHING;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.authenticator_use(uuid, bigint) IS 'Uses a code up. False: this step or a later one was used already, by whichever instance.';

CREATE FUNCTION shienkin.recovery_codes_end(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  UPDATE recovery_code c SET ended_at = at() WHERE c.account_id = which AND c.ended_at IS NULL AND c.used_at IS NULL;
END
$$;
COMMENT ON FUNCTION shienkin.recovery_codes_end(uuid) IS 'The recovery codes of one''s own account work no more.';

CREATE FUNCTION shienkin.recovery_code_write(which uuid, code_hmac bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  INSERT INTO recovery_code (account_id, hmac, made_at) VALUES (which, code_hmac, at());
END
$$;
COMMENT ON FUNCTION shienkin.recovery_code_write(uuid, bytea) IS 'A recovery code of one''s own account.';

CREATE FUNCTION shienkin.recovery_code_use(which uuid, code_hmac bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  UPDATE recovery_code c SET used_at = at()
  WHERE c.account_id = which AND c.hmac = code_hmac AND c.used_at IS NULL AND c.ended_at IS NULL;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.recovery_code_use(uuid, bytea) IS 'Uses a recovery code up. False: it is none, or was used.';

CREATE FUNCTION shienkin.access_code_write(new_id uuid, which uuid, of_letter uuid, code_hmac bytea, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF of_letter IS NULL THEN
    PERFORM manages(which);
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
COMMENT ON FUNCTION shienkin.access_code_write(uuid, uuid, uuid, bytea, timestamptz) IS 'A code that is handed over or printed in a letter; the one before opens nothing more.';

CREATE FUNCTION shienkin.access_code_fits(which uuid, code_hmac bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM access_code c WHERE c.account_id = which AND c.hmac = code_hmac AND c.used_at IS NULL
                   AND c.ended_at IS NULL AND c.expires_at > at());
$$;
COMMENT ON FUNCTION shienkin.access_code_fits(uuid, bytea) IS 'Whether the code would open the account now.';

CREATE FUNCTION shienkin.access_code_use(which uuid, code_hmac bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  UPDATE access_code c SET used_at = at() WHERE c.account_id = which AND c.hmac = code_hmac AND c.used_at IS NULL
    AND c.ended_at IS NULL AND c.expires_at > at();
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE letter l SET ended_at = at() WHERE l.account_id = which AND l.ended_at IS NULL;
  UPDATE machine_token t SET ended_at = at() WHERE t.account_id = which AND t.ended_at IS NULL;
  RETURN true;
END
$$;
COMMENT ON FUNCTION shienkin.access_code_use(uuid, bytea) IS 'Uses the code up, and the letter with it; whoever begins anew does so alone, so programs'' tokens end. False: it opens nothing.';

CREATE FUNCTION shienkin.letter_ask(new_id uuid, which uuid, to_facility uuid, of_kind text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM manages(which);
  INSERT INTO letter (id, account_id, facility_id, kind)
  SELECT new_id, which, coalesce(to_facility, (SELECT m.facility_id FROM mandate m WHERE m.account_id = which AND m.during @> at()
                                               ORDER BY m.began_at, m.id LIMIT 1)), of_kind
  FROM account a WHERE a.id = which AND a.realm = 'clinic'
    AND (to_facility IS NOT NULL OR EXISTS (SELECT FROM mandate m WHERE m.account_id = which AND m.during @> at()))
  ON CONFLICT (account_id) WHERE ended_at IS NULL DO NOTHING;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.letter_ask(uuid, uuid, uuid, text) IS 'A letter for the mail room, to the facility named or that of the first mandate in force. False: one waits already, or there is nowhere to post it to.';

CREATE FUNCTION shienkin.account_forget_secrets(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM manages(which);
  INSERT INTO password (account_id, phc, set_at) VALUES (which, NULL, at())
  ON CONFLICT (account_id) DO UPDATE SET phc = NULL, set_at = excluded.set_at, kept_session = NULL;
  UPDATE authenticator f SET ended_at = at() WHERE f.account_id = which AND f.ended_at IS NULL;
  UPDATE recovery_code c SET ended_at = at() WHERE c.account_id = which AND c.ended_at IS NULL AND c.used_at IS NULL;
  UPDATE access_code c SET ended_at = at() WHERE c.account_id = which AND c.used_at IS NULL AND c.ended_at IS NULL;
  UPDATE letter l SET ended_at = at() WHERE l.account_id = which AND l.ended_at IS NULL;
  UPDATE machine_token t SET ended_at = at() WHERE t.account_id = which AND t.ended_at IS NULL;
END
$$;
COMMENT ON FUNCTION shienkin.account_forget_secrets(uuid) IS 'Forgets password, authenticator and codes of an account that is to begin anew; its sessions and tokens end.';

-- ---- tokens, language, what the staff sees of an account

CREATE FUNCTION shienkin.machine_token_write(new_id uuid, token_hash bytea, called text, of_scope text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO machine_token (id, hash, account_id, name, scope, made_at, expires_at)
  VALUES (new_id, token_hash, (actor()).account_id, called, of_scope, at(), until);
END
$$;
COMMENT ON FUNCTION shienkin.machine_token_write(uuid, bytea, text, text, timestamptz) IS 'A token for a program of the acting account.';

CREATE FUNCTION shienkin.machine_token_end(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  UPDATE machine_token t SET ended_at = at() WHERE t.id = which AND t.account_id = (actor()).account_id AND t.ended_at IS NULL;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.machine_token_end(uuid) IS 'Ends a token of the acting account. False: there is none that lasts.';

CREATE FUNCTION shienkin.machine_token_list(which uuid)
RETURNS TABLE (id uuid, name text, scope text, expires_at timestamptz, ended_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM own_or_service(which);
  RETURN QUERY SELECT t.id, t.name, t.scope, t.expires_at::timestamptz, t.ended_at::timestamptz FROM machine_token t
    WHERE t.account_id = which ORDER BY t.id LIMIT 100;
END
$$;
COMMENT ON FUNCTION shienkin.machine_token_list(uuid) IS 'The tokens of one''s own account.';

CREATE FUNCTION shienkin.language_write(to_language text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO account_language (account_id, language) VALUES ((actor()).account_id, to_language)
  ON CONFLICT (account_id) DO UPDATE SET language = excluded.language;
END
$$;
COMMENT ON FUNCTION shienkin.language_write(text) IS 'In which language the acting account is answered.';

CREATE FUNCTION shienkin.account_access(which uuid)
RETURNS TABLE (second_factor boolean, recovery_codes_left bigint, seen_at timestamptz, language text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF (actor()).account_id <> which AND NOT holds((actor()).person_id, ARRAY['owner', 'adjuster', 'approver', 'auditor', 'service']) THEN
    PERFORM refuse('role_needed', 'what an account''s access looks like is its own matter and the staff''s');
  END IF;
  RETURN QUERY SELECT
    EXISTS (SELECT FROM authenticator f WHERE f.account_id = which AND f.confirmed_at IS NOT NULL AND f.ended_at IS NULL),
    (SELECT count(*) FROM recovery_code c WHERE c.account_id = which AND c.used_at IS NULL AND c.ended_at IS NULL),
    (SELECT max(s.seen_at)::timestamptz FROM session s WHERE s.account_id = which),
    (SELECT l.language FROM account_language l WHERE l.account_id = which);
END
$$;
COMMENT ON FUNCTION shienkin.account_access(uuid) IS 'Whether an account has a second factor, how many recovery codes are left, when it was seen last, its language: no secret.';

-- ---- the first two owners

CREATE FUNCTION shienkin.bootstrap_access(first_account uuid, first_hmac bytea, second_account uuid, second_hmac bytea, days integer)
RETURNS void LANGUAGE plpgsql SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM access_code) OR EXISTS (SELECT FROM password) THEN
    PERFORM refuse('bootstrap_once', 'the first owners get their codes once');
  END IF;
  INSERT INTO access_code (id, account_id, hmac, made_at, expires_at)
  SELECT x.account, x.account, x.hmac, at(), at() + make_interval(days => bootstrap_access.days)
  FROM (VALUES (first_account, first_hmac), (second_account, second_hmac)) AS x(account, hmac);
END
$$;
COMMENT ON FUNCTION shienkin.bootstrap_access(uuid, bytea, uuid, bytea, integer) IS 'First-access codes of the first two owners, whose ids they borrow. For shienkin_owner alone.';

-- ---- what is over is forgotten

CREATE OR REPLACE FUNCTION shienkin.forget_expired() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  DELETE FROM idempotency WHERE expires_at <= at();
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM sign_in_failure f WHERE f.first_at <= at() - interval '1 day';
  DELETE FROM ticket t WHERE t.expires_at <= at();
  DELETE FROM session s WHERE s.expires_at <= at() - interval '90 days';
  RETURN gone;
END
$$;
COMMENT ON FUNCTION shienkin.forget_expired() IS 'Drops remembered answers whose time is over, old trials and tickets, and sessions that ended 90 days ago; none of them is a record. Gives the number of answers.';

-- ---- rights: no table but the mail room's list; sign-in works under the login of the log, which sees no claim

GRANT SELECT ON shienkin.letter TO shienkin_staff, shienkin_auditor;
GRANT EXECUTE ON FUNCTION
  shienkin.sign_in_account(text), shienkin.ticket_write(bytea, uuid, text, text, timestamptz),
  shienkin.ticket_account(bytea, text), shienkin.ticket_use(bytea),
  shienkin.session_begin(uuid, bytea, uuid, text, boolean, timestamptz), shienkin.session_of(bytea, integer),
  shienkin.machine_session_of(bytea), shienkin.access_code_fits(uuid, bytea), shienkin.access_code_use(uuid, bytea),
  shienkin.letter_ask(uuid, uuid, uuid, text), shienkin.roles_of(uuid, text)
TO shienkin_log;
GRANT EXECUTE ON FUNCTION
  shienkin.count_trial(bytea, integer), shienkin.forget_trials(bytea), shienkin.password_of(uuid),
  shienkin.password_write(uuid, text, uuid), shienkin.authenticator_of(uuid, boolean),
  shienkin.authenticator_write(uuid, uuid, bytea), shienkin.authenticator_confirm(uuid), shienkin.authenticator_use(uuid, bigint),
  shienkin.recovery_codes_end(uuid), shienkin.recovery_code_write(uuid, bytea), shienkin.recovery_code_use(uuid, bytea),
  shienkin.session_step_up(uuid), shienkin.session_stepped_up(uuid, integer), shienkin.session_end(uuid),
  shienkin.session_list(uuid, integer), shienkin.machine_token_write(uuid, bytea, text, text, timestamptz),
  shienkin.machine_token_end(uuid), shienkin.machine_token_list(uuid), shienkin.language_write(text),
  shienkin.account_access(uuid)
TO shienkin_log, shienkin_clinic, shienkin_staff, shienkin_auditor;
GRANT EXECUTE ON FUNCTION
  shienkin.access_code_write(uuid, uuid, uuid, bytea, timestamptz), shienkin.letter_ask(uuid, uuid, uuid, text),
  shienkin.account_forget_secrets(uuid), shienkin.roles_of(uuid, text)
TO shienkin_staff;
-- Authenticators are sealed before anybody has signed in: under an account's own key, and no other.
GRANT SELECT, INSERT ON shienkin.sealing_key TO shienkin_log;
CREATE POLICY of_log ON shienkin.sealing_key FOR SELECT TO shienkin_log USING (subject_type = 'account');
CREATE POLICY of_log_writing ON shienkin.sealing_key FOR INSERT TO shienkin_log WITH CHECK (subject_type = 'account');

SELECT shienkin.register_migration(12, 'signin');
COMMIT;
