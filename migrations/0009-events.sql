-- Events, idempotency, erasure. Every change and every read of personal data leaves one event in its own transaction;
-- the log takes them from event_pending, which a trigger fills, so that none is passed over.
BEGIN;

CREATE TABLE shienkin.event (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  id uuid PRIMARY KEY,
  at shienkin.moment NOT NULL,
  type text NOT NULL CHECK (type ~ '^[a-z_]+(\.[a-z_]+)+$'),
  by_account uuid NOT NULL REFERENCES shienkin.account (id),
  by_person uuid NOT NULL REFERENCES shienkin.person (id),
  role text CHECK (role ~ '^[a-z]+$'),
  via text NOT NULL CHECK (via IN ('web', 'api', 'job', 'command')),
  request_id text CHECK (length(request_id) BETWEEN 1 AND 100),
  claim_id uuid REFERENCES shienkin.claim (id),
  claim_version integer CHECK (claim_version >= 1),
  subject_type text NOT NULL CHECK (subject_type ~ '^[a-z_]+$'),
  subject_id uuid NOT NULL,
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 2 AND 65536),
  transaction xid8 NOT NULL,
  CONSTRAINT event_seq UNIQUE (seq),
  CONSTRAINT event_id_in_body CHECK (id::text = convert_from(body, 'UTF8')::jsonb ->> 'id'),
  CONSTRAINT event_type_in_body CHECK (type = convert_from(body, 'UTF8')::jsonb ->> 'type'),
  CHECK (claim_version IS NULL OR claim_id IS NOT NULL)
);
COMMENT ON TABLE shienkin.event IS 'What happened, and who read what. The body is the leaf''s content; columns beside it are for queries.';
COMMENT ON COLUMN shienkin.event.seq IS 'The order of insertion, with gaps; not the order of commit.';
COMMENT ON COLUMN shienkin.event.id IS 'UUIDv7; outside evt_ and 26 Crockford characters.';
COMMENT ON COLUMN shienkin.event.type IS 'From the one table of event types: "claim.submitted".';
COMMENT ON COLUMN shienkin.event.role IS 'The role in which the person acted; null for the service''s jobs.';
COMMENT ON COLUMN shienkin.event.via IS 'How it came: web, api, job, command.';
COMMENT ON COLUMN shienkin.event.request_id IS 'The request that caused it.';
COMMENT ON COLUMN shienkin.event.claim_id IS 'The claim that it is about; null where none.';
COMMENT ON COLUMN shienkin.event.claim_version IS 'The version that the claim''s row got by it; null where it did not move.';
COMMENT ON COLUMN shienkin.event.subject_type IS 'What it is about: a table''s name.';
COMMENT ON COLUMN shienkin.event.subject_id IS 'Its row.';
COMMENT ON COLUMN shienkin.event.body IS 'Canonical JSON {v,id,type,at,actor,subject,claim,rows:[{table,id,sha256}],data}.';
COMMENT ON COLUMN shienkin.event.transaction IS 'The transaction that wrote it: roots move only beside an event of their own transaction.';
CREATE UNIQUE INDEX event_of_claim_version ON shienkin.event (claim_id, claim_version) WHERE claim_version IS NOT NULL;
COMMENT ON INDEX shienkin.event_of_claim_version IS 'Each version of a claim came by one event, so the auditor replays them.';
CREATE INDEX event_of_claim ON shienkin.event (claim_id, seq) WHERE claim_id IS NOT NULL;
CREATE INDEX event_of_subject ON shienkin.event (subject_type, subject_id, seq);
CREATE INDEX event_of_person ON shienkin.event (by_person, seq);
CALL shienkin.acting_trigger('event');
CALL shienkin.insert_only('event');
CALL shienkin.guarded('event');
CREATE POLICY of_log ON shienkin.event FOR SELECT TO shienkin_log USING (true);

CREATE TABLE shienkin.event_salt (
  event_id uuid PRIMARY KEY REFERENCES shienkin.event (id) DEFERRABLE INITIALLY DEFERRED,
  salt shienkin.sha256 NOT NULL
);
COMMENT ON TABLE shienkin.event_salt IS 'The random salt of an event''s commitment. Deleting it (erasure) makes the leaf say nothing for ever.';
COMMENT ON COLUMN shienkin.event_salt.event_id IS 'Of which event.';
COMMENT ON COLUMN shienkin.event_salt.salt IS '32 random bytes; the leaf commits to SHA-256(salt ‖ body).';
CALL shienkin.insert_only('event_salt', erasable => true);
CALL shienkin.guarded('event_salt');
CREATE POLICY of_log ON shienkin.event_salt FOR SELECT TO shienkin_log USING (true);
CREATE POLICY of_clinic ON shienkin.event_salt FOR INSERT TO shienkin_clinic WITH CHECK (true);

CREATE TABLE shienkin.event_pending (
  seq bigint PRIMARY KEY REFERENCES shienkin.event (seq),
  event_id uuid NOT NULL UNIQUE REFERENCES shienkin.event (id)
);
COMMENT ON TABLE shienkin.event_pending IS 'Events that the log has not taken yet: filled by a trigger, emptied by the sequencer in the transaction that adds their leaves.';
COMMENT ON COLUMN shienkin.event_pending.seq IS 'The event''s seq: the order in which the sequencer takes them.';
COMMENT ON COLUMN shienkin.event_pending.event_id IS 'Which event.';
CALL shienkin.guarded('event_pending');
CREATE POLICY of_log ON shienkin.event_pending TO shienkin_log USING (true) WITH CHECK (true);
CREATE TRIGGER a_no_truncate BEFORE TRUNCATE ON shienkin.event_pending FOR EACH STATEMENT EXECUTE FUNCTION shienkin.refuse_change();
CREATE TRIGGER a_no_update BEFORE UPDATE ON shienkin.event_pending FOR EACH STATEMENT EXECUTE FUNCTION shienkin.refuse_change();

CREATE FUNCTION shienkin.stamp_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.transaction := pg_current_xact_id();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.stamp_event() IS 'Writes the transaction''s id into its events.';
CREATE TRIGGER c_stamp BEFORE INSERT ON shienkin.event FOR EACH ROW EXECUTE FUNCTION shienkin.stamp_event();

CREATE FUNCTION shienkin.pend_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO event_pending (seq, event_id) VALUES (NEW.seq, NEW.id);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.pend_event() IS 'Every event waits for the log from the moment it is written.';
CREATE TRIGGER d_pend AFTER INSERT ON shienkin.event FOR EACH ROW EXECUTE FUNCTION shienkin.pend_event();

CREATE FUNCTION shienkin.prove_salted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM event_salt s WHERE s.event_id = NEW.id) THEN
    PERFORM refuse('event_salted', 'an event is written with its salt');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_salted() IS 'At commit: an event has its salt.';
CREATE CONSTRAINT TRIGGER e_salted AFTER INSERT ON shienkin.event DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_salted();

CREATE FUNCTION shienkin.prove_evented() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM event e WHERE e.claim_id = NEW.id AND e.claim_version = NEW.version
                   AND e.transaction = pg_current_xact_id()) THEN
    PERFORM refuse('claim_evented', 'a claim moves only with an event that names its new version, in the same transaction');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_evented() IS 'At commit: each version of a claim came with an event of this transaction.';
CREATE CONSTRAINT TRIGGER f_evented AFTER INSERT OR UPDATE ON shienkin.claim DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_evented();

-- ---- idempotency

CREATE TABLE shienkin.idempotency (
  account_id uuid NOT NULL REFERENCES shienkin.account (id),
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint shienkin.sha256 NOT NULL,
  status integer NOT NULL CHECK (status BETWEEN 200 AND 499),
  headers text NOT NULL,
  sealed_body shienkin.sealed,
  expires_at shienkin.moment NOT NULL,
  CONSTRAINT idempotency_once PRIMARY KEY (account_id, key)
);
COMMENT ON TABLE shienkin.idempotency IS 'The answer that a request got, written in its own transaction, so that the same key gives the same answer for 72 hours.';
COMMENT ON COLUMN shienkin.idempotency.account_id IS 'Whose key; keys of two accounts never meet.';
COMMENT ON COLUMN shienkin.idempotency.key IS 'As the client or the form gave it.';
COMMENT ON COLUMN shienkin.idempotency.fingerprint IS 'SHA-256 of method, path and canonical body; another one under the same key is refused.';
COMMENT ON COLUMN shienkin.idempotency.status IS 'Stored are 2xx and the domain''s own 409, 412, 422.';
COMMENT ON COLUMN shienkin.idempotency.headers IS 'Headers of the answer, JSON.';
COMMENT ON COLUMN shienkin.idempotency.sealed_body IS 'Body of the answer, under the account''s key; null for an empty one.';
COMMENT ON COLUMN shienkin.idempotency.expires_at IS 'From then on forget_expired() may drop the row and the key is free.';
CREATE INDEX idempotency_expiry ON shienkin.idempotency (expires_at);
CALL shienkin.acting('idempotency');
CALL shienkin.guarded('idempotency');
CREATE POLICY of_clinic ON shienkin.idempotency TO shienkin_clinic
  USING (account_id = nullif(current_setting('shienkin.account', true), '')::uuid)
  WITH CHECK (account_id = nullif(current_setting('shienkin.account', true), '')::uuid);
CREATE TRIGGER a_no_update BEFORE UPDATE ON shienkin.idempotency FOR EACH STATEMENT EXECUTE FUNCTION shienkin.refuse_change();
CREATE TRIGGER a_no_truncate BEFORE TRUNCATE ON shienkin.idempotency FOR EACH STATEMENT EXECUTE FUNCTION shienkin.refuse_change();

CREATE FUNCTION shienkin.forget_expired() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  DELETE FROM idempotency WHERE expires_at <= at();
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$$;
COMMENT ON FUNCTION shienkin.forget_expired() IS 'Drops remembered answers whose time is over; answers are no records.';
GRANT EXECUTE ON FUNCTION shienkin.forget_expired() TO shienkin_staff;

-- ---- erasure: the one way by which a record's content ends

CREATE FUNCTION shienkin.erase(subject uuid, event_id uuid, event_body bytea, salt bytea, event_via text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  erased sealing_key;
  who acting_as := actor();
BEGIN
  SELECT * INTO erased FROM sealing_key WHERE subject_id = subject FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF NOT holds(who.person_id, ARRAY['owner', 'service']) THEN
    PERFORM refuse('role_needed', 'erasure is an owner''s, or the service''s by its timetable');
  END IF;
  IF erased.subject_type = 'claim' AND (SELECT state FROM claim WHERE id = subject) <> 'erased' THEN
    PERFORM refuse('erasure_of_claim', 'only a draft that was never submitted is erased; a claim keeps its trail');
  END IF;
  IF erased.subject_type = 'evidence' AND EXISTS (SELECT FROM evidence_finish f WHERE f.evidence_id = subject) THEN
    PERFORM refuse('erasure_of_evidence', 'only a file that was never finished is erased');
  END IF;
  PERFORM set_config('shienkin.erasing', subject::text, true);
  DELETE FROM evidence_chunk c WHERE c.evidence_id = subject
     OR c.evidence_id IN (SELECT e.id FROM evidence e WHERE e.claim_id = subject);
  DELETE FROM sealing_key k WHERE k.subject_id = subject OR (erased.subject_type = 'claim' AND k.claim_id = subject);
  DELETE FROM event_salt s USING event e
  WHERE e.id = s.event_id AND (e.subject_id = subject OR (erased.subject_type = 'claim' AND e.claim_id = subject))
    AND NOT EXISTS (SELECT FROM event_pending p WHERE p.event_id = e.id);
  PERFORM set_config('shienkin.erasing', '', true);
  INSERT INTO event (id, type, via, request_id, claim_id, subject_type, subject_id, body)
  VALUES (erase.event_id, 'subject.erased', event_via, nullif(current_setting('shienkin.request', true), ''),
          erased.claim_id, erased.subject_type, subject, event_body);
  INSERT INTO event_salt (event_id, salt) VALUES (erase.event_id, erase.salt);
  RETURN true;
END
$$;
COMMENT ON FUNCTION shienkin.erase(uuid, uuid, bytea, bytea, text) IS
  'Deletes a subject''s sealing key (what it sealed can be read no more), the chunks of unfinished files and the salts of its sequenced events, and writes the erasure event. No other DELETE of records exists.';
GRANT EXECUTE ON FUNCTION shienkin.erase(uuid, uuid, bytea, bytea, text) TO shienkin_staff;

SELECT shienkin.register_migration(9, 'events');
COMMIT;
