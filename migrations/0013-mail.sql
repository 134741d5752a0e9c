-- Mail: where people can be told that something waits for them, and what was told. No message carries data: its kind, the
-- claim's number, "please sign in". Messages are queued by a trigger in the transaction of the event that causes them, so
-- that none is sent for what was rolled back, and none is forgotten.
BEGIN;

-- ---- addresses

CREATE TABLE shienkin.contact (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  sealed_address shienkin.sealed NOT NULL,
  ended_at shienkin.moment,
  ended_by uuid REFERENCES shienkin.account (id),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
COMMENT ON TABLE shienkin.contact IS 'Mail addresses of accounts, each kept for ever: a change is announced to all that stood before.';
COMMENT ON COLUMN shienkin.contact.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.contact.account_id IS 'Whose address.';
COMMENT ON COLUMN shienkin.contact.sealed_address IS 'The address, under the account''s key.';
COMMENT ON COLUMN shienkin.contact.ended_at IS 'From then on another one, or none, stands; null for the one that stands.';
COMMENT ON COLUMN shienkin.contact.ended_by IS 'The account that ended it.';
CREATE UNIQUE INDEX contact_one ON shienkin.contact (account_id) WHERE ended_at IS NULL;
COMMENT ON INDEX shienkin.contact_one IS 'An account has one address at a time.';
CREATE INDEX contact_of_account ON shienkin.contact (account_id);
CALL shienkin.acting('contact');
CALL shienkin.closable('contact', 'ended_at', 'ended_by');
CALL shienkin.guarded('contact');
CREATE POLICY of_clinic ON shienkin.contact TO shienkin_clinic
  USING (account_id = shienkin.acting_account()) WITH CHECK (account_id = shienkin.acting_account());
GRANT SELECT, INSERT ON shienkin.contact TO shienkin_clinic, shienkin_staff;
GRANT UPDATE (ended_at, ended_by) ON shienkin.contact TO shienkin_clinic, shienkin_staff;
GRANT SELECT ON shienkin.contact TO shienkin_auditor;

-- ---- what is told of which event

CREATE TABLE shienkin.mail_kind (
  code text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
  event_type text NOT NULL CHECK (event_type ~ '^[a-z_]+(\.[a-z_]+)+$'),
  earlier boolean NOT NULL,
  UNIQUE (event_type)
);
COMMENT ON TABLE shienkin.mail_kind IS 'Which events are told by mail. A new one is a row here and its text in the program.';
COMMENT ON COLUMN shienkin.mail_kind.code IS 'The message: its text stands in the program under this name.';
COMMENT ON COLUMN shienkin.mail_kind.event_type IS 'The event that causes it.';
COMMENT ON COLUMN shienkin.mail_kind.earlier IS 'Told to the addresses of before as well: changes that a thief would rather hide.';
INSERT INTO shienkin.mail_kind VALUES
  ('receipt', 'claim.submitted', false),
  ('asked', 'information.requested', false),
  ('word', 'message.written', false),
  ('decision', 'proposal.approved', false),
  ('payee_changed', 'payee.changed', true),
  ('contact_changed', 'contact.changed', true);
CALL shienkin.insert_only('mail_kind');
CALL shienkin.guarded('mail_kind');
GRANT SELECT ON shienkin.mail_kind TO shienkin_staff, shienkin_auditor;

-- ---- the outbox

CREATE TABLE shienkin.mail (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL REFERENCES shienkin.event (id),
  contact_id uuid NOT NULL REFERENCES shienkin.contact (id),
  kind text NOT NULL REFERENCES shienkin.mail_kind (code),
  queued_at shienkin.moment NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'refused', 'given_up')),
  tries integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 100),
  due_at shienkin.moment,
  CONSTRAINT mail_once UNIQUE (event_id, contact_id),
  CHECK ((state = 'queued') = (due_at IS NOT NULL))
);
COMMENT ON TABLE shienkin.mail IS 'The outbox: one message for each event and address. A root: state, tries and due_at move, each move beside a row of mail_attempt.';
COMMENT ON COLUMN shienkin.mail.id IS 'Names the message for ever: its Message-ID, so that a second sending is seen as the same.';
COMMENT ON COLUMN shienkin.mail.event_id IS 'The event that it tells of.';
COMMENT ON COLUMN shienkin.mail.contact_id IS 'To which address.';
COMMENT ON COLUMN shienkin.mail.kind IS 'Which message.';
COMMENT ON COLUMN shienkin.mail.queued_at IS 'The moment of the event''s transaction.';
COMMENT ON COLUMN shienkin.mail.state IS 'queued until it was sent, refused for good by the server, or given up after the last try.';
COMMENT ON COLUMN shienkin.mail.tries IS 'How often a sending was begun.';
COMMENT ON COLUMN shienkin.mail.due_at IS 'Not before then; null when nothing more will be tried. Moved ahead while one instance is sending.';
CREATE INDEX mail_due ON shienkin.mail (due_at, id) WHERE state = 'queued';
CALL shienkin.never_lost('mail');
CALL shienkin.guarded('mail');
GRANT SELECT, UPDATE (state, tries, due_at) ON shienkin.mail TO shienkin_staff;
GRANT SELECT ON shienkin.mail TO shienkin_auditor;

CREATE TABLE shienkin.mail_attempt (
  mail_id uuid NOT NULL REFERENCES shienkin.mail (id),
  ordinal integer NOT NULL CHECK (ordinal BETWEEN 1 AND 100),
  outcome text NOT NULL CHECK (outcome IN ('sent', 'refused', 'later')),
  code text CHECK (code ~ '^[a-z0-9_]+$'),
  PRIMARY KEY (mail_id, ordinal)
);
COMMENT ON TABLE shienkin.mail_attempt IS 'How each sending ended. A sending that a crash cut off has no row; it is tried again.';
COMMENT ON COLUMN shienkin.mail_attempt.mail_id IS 'Of which message.';
COMMENT ON COLUMN shienkin.mail_attempt.ordinal IS 'The which of its sendings.';
COMMENT ON COLUMN shienkin.mail_attempt.outcome IS 'sent; refused for good; later: worth another try.';
COMMENT ON COLUMN shienkin.mail_attempt.code IS 'Why not, as a code; never an address or the server''s words.';
CALL shienkin.acting('mail_attempt');
CALL shienkin.insert_only('mail_attempt');
CALL shienkin.guarded('mail_attempt');
GRANT SELECT, INSERT ON shienkin.mail_attempt TO shienkin_staff;
GRANT SELECT ON shienkin.mail_attempt TO shienkin_auditor;

CREATE FUNCTION shienkin.move_mail() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['state', 'tries', 'due_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'tries', 'due_at'] THEN
    PERFORM shienkin.refuse('insert_only', 'mail: what is told to whom never changes');
  END IF;
  IF OLD.state <> 'queued' OR NEW.tries NOT IN (OLD.tries, OLD.tries + 1) OR (NEW.state <> 'queued' AND NEW.tries = 0) THEN
    PERFORM shienkin.refuse('mail_moves', 'a message that has ended stays ended; tries are counted one by one');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.move_mail() IS 'A message goes from queued to its end, once; its tries count up.';
CREATE TRIGGER a_move BEFORE UPDATE ON shienkin.mail FOR EACH ROW EXECUTE FUNCTION shienkin.move_mail();

CREATE FUNCTION shienkin.prove_mail_attempt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM mail_attempt a WHERE a.mail_id = NEW.id AND a.ordinal = NEW.tries) THEN
    PERFORM refuse('mail_attempted', 'a message ends with the attempt that ended it');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_mail_attempt() IS 'At commit: the attempt that ended a message is written down.';
CREATE CONSTRAINT TRIGGER b_attempted AFTER UPDATE ON shienkin.mail DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state <> 'queued') EXECUTE FUNCTION shienkin.prove_mail_attempt();

-- ---- queueing: in the transaction of the event

-- Whose addresses an event is told to: of a claim, the accounts that hold a mandate for its facility; else the account itself.
-- Words of the claimant's own are not told back to them, and what the staff reads is told to nobody.
CREATE FUNCTION shienkin.queue_mail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  told mail_kind;
BEGIN
  SELECT * INTO told FROM mail_kind k WHERE k.event_type = NEW.type;
  IF NOT FOUND OR (told.code = 'word' AND NEW.role IN ('clinic', 'proxy')) THEN
    RETURN NULL;
  END IF;
  INSERT INTO mail (event_id, contact_id, kind, queued_at, due_at)
  SELECT NEW.id, c.id, told.code, NEW.at, NEW.at
  FROM contact c
  WHERE (c.ended_at IS NULL OR told.earlier)
    AND CASE WHEN NEW.claim_id IS NULL THEN c.account_id = NEW.subject_id
             ELSE c.account_id IN (SELECT m.account_id FROM mandate m JOIN claim k ON k.facility_id = m.facility_id
                                   WHERE k.id = NEW.claim_id AND m.kind <> 'proxy' AND m.during @> NEW.at::timestamptz) END;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.queue_mail() IS 'Queues the message of an event for each address that it is told to.';
CREATE TRIGGER g_mail AFTER INSERT ON shienkin.event FOR EACH ROW EXECUTE FUNCTION shienkin.queue_mail();

SELECT shienkin.register_migration(13, 'mail');
COMMIT;
