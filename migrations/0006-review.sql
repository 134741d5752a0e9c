-- Review: what people find out about a claim's facts, ask, say, hold back and step away from.
BEGIN;

-- ---- fact checks

CREATE TABLE shienkin.fact_check (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  key text NOT NULL CHECK (key ~ '^(/[a-z_]+){1,3}$'),
  value_sha256 shienkin.sha256 NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('proved', 'corrected', 'refuted', 'reopened')),
  new_value bytea CHECK (octet_length(new_value) BETWEEN 1 AND 65536),
  new_value_sha256 shienkin.sha256,
  sealed_reason shienkin.sealed,
  supersedes uuid,
  CONSTRAINT fact_check_value CHECK
    ((verdict IN ('corrected', 'refuted')) = (new_value IS NOT NULL) AND (new_value IS NULL) = (new_value_sha256 IS NULL)),
  CONSTRAINT fact_check_sha256 CHECK (new_value_sha256 = sha256(new_value)),
  CONSTRAINT fact_check_reason CHECK (verdict = 'proved' OR sealed_reason IS NOT NULL),
  CONSTRAINT fact_check_changes CHECK (new_value_sha256 <> value_sha256),
  UNIQUE (id, claim_id),
  UNIQUE (id, claim_id, key, value_sha256),
  CONSTRAINT fact_check_supersedes FOREIGN KEY (supersedes, claim_id, key, value_sha256)
    REFERENCES shienkin.fact_check (id, claim_id, key, value_sha256),
  CONSTRAINT fact_check_superseded_once UNIQUE (supersedes)
);
COMMENT ON TABLE shienkin.fact_check IS 'What an adjuster found out about one fact. It binds to the value it was made of, and survives amendments that leave that value alone.';
COMMENT ON COLUMN shienkin.fact_check.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.fact_check.key IS 'JSON Pointer of the fact in claim.schema; an array is one fact.';
COMMENT ON COLUMN shienkin.fact_check.value_sha256 IS 'SHA-256 of the canonical JSON of the value that was checked (null where it was unknown).';
COMMENT ON COLUMN shienkin.fact_check.verdict IS 'proved: stands. corrected: another value holds. refuted: not so. reopened: an earlier check is taken back.';
COMMENT ON COLUMN shienkin.fact_check.new_value IS 'Canonical JSON of the value that holds instead.';
COMMENT ON COLUMN shienkin.fact_check.new_value_sha256 IS 'Of new_value.';
COMMENT ON COLUMN shienkin.fact_check.sealed_reason IS 'Why, under the claim''s key.';
COMMENT ON COLUMN shienkin.fact_check.supersedes IS 'The check of the same value that this one replaces.';
CREATE UNIQUE INDEX fact_check_first ON shienkin.fact_check (claim_id, key, value_sha256) WHERE supersedes IS NULL;
COMMENT ON INDEX shienkin.fact_check_first IS 'One chain of checks per claim, fact and value, so that one check stands at its end.';
CALL shienkin.of_claim('fact_check');
CALL shienkin.acting('fact_check');
CALL shienkin.needs_role('fact_check', 'adjuster');
CALL shienkin.insert_only('fact_check');
CALL shienkin.guarded('fact_check');

CREATE TABLE shienkin.fact_check_evidence (
  check_id uuid NOT NULL,
  evidence_id uuid NOT NULL REFERENCES shienkin.evidence_finish (evidence_id),
  claim_id uuid NOT NULL,
  PRIMARY KEY (check_id, evidence_id),
  FOREIGN KEY (check_id, claim_id) REFERENCES shienkin.fact_check (id, claim_id),
  FOREIGN KEY (evidence_id, claim_id) REFERENCES shienkin.evidence (id, claim_id)
);
COMMENT ON TABLE shienkin.fact_check_evidence IS 'The finished files that a check rests on, of the same claim.';
COMMENT ON COLUMN shienkin.fact_check_evidence.check_id IS 'The check.';
COMMENT ON COLUMN shienkin.fact_check_evidence.evidence_id IS 'The file.';
CALL shienkin.of_claim('fact_check_evidence');
CALL shienkin.acting('fact_check_evidence');
CALL shienkin.needs_role('fact_check_evidence', 'adjuster');
CALL shienkin.insert_only('fact_check_evidence');
CALL shienkin.guarded('fact_check_evidence');

CREATE FUNCTION shienkin.fact_check_grounded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF (NEW.verdict = 'corrected' OR (NEW.verdict = 'proved' AND NEW.sealed_reason IS NULL))
     AND NOT EXISTS (SELECT FROM fact_check_evidence e WHERE e.check_id = NEW.id) THEN
    PERFORM refuse('fact_check_evidence', 'a proof rests on evidence or a reason, a correction on both');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.fact_check_grounded() IS 'At commit: a proof has evidence or a reason, a correction has both.';
CREATE CONSTRAINT TRIGGER d_grounded AFTER INSERT ON shienkin.fact_check DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.fact_check_grounded();

-- ---- asking and answering

CREATE TABLE shienkin.information_request (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  keys text[] NOT NULL CHECK (array_position(keys, NULL) IS NULL),
  due_on date NOT NULL,
  sealed_text shienkin.sealed NOT NULL,
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.information_request IS 'What the staff asks of the claimant, all in one letter.';
COMMENT ON COLUMN shienkin.information_request.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.information_request.keys IS 'The facts asked for, as JSON Pointers; may be empty.';
COMMENT ON COLUMN shienkin.information_request.due_on IS 'The day by which an answer is hoped for; silence is never a refusal.';
COMMENT ON COLUMN shienkin.information_request.sealed_text IS 'The letter, under the claim''s key.';
CREATE INDEX information_request_of_claim ON shienkin.information_request (claim_id);
CALL shienkin.of_claim('information_request');
CALL shienkin.acting('information_request');
CALL shienkin.needs_role('information_request', 'adjuster');
CALL shienkin.insert_only('information_request');
CALL shienkin.guarded('information_request');

CREATE TABLE shienkin.information_reply (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('answer', 'taken_back')),
  sealed_text shienkin.sealed,
  FOREIGN KEY (request_id, claim_id) REFERENCES shienkin.information_request (id, claim_id),
  CONSTRAINT information_reply_once UNIQUE (request_id)
);
COMMENT ON TABLE shienkin.information_reply IS 'What closed a request: the claimant''s answer, or the staff taking it back.';
COMMENT ON COLUMN shienkin.information_reply.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.information_reply.request_id IS 'Which request.';
COMMENT ON COLUMN shienkin.information_reply.kind IS 'Which of the two.';
COMMENT ON COLUMN shienkin.information_reply.sealed_text IS 'In words, under the claim''s key; facts and files come by their own ways.';
CREATE INDEX information_reply_of_claim ON shienkin.information_reply (claim_id);
CALL shienkin.of_claim('information_reply');
CALL shienkin.acting('information_reply');
CALL shienkin.insert_only('information_reply');
CALL shienkin.guarded('information_reply');

CREATE TABLE shienkin.message (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  direction text NOT NULL CHECK (direction IN ('to_claimant', 'from_claimant')),
  sealed_text shienkin.sealed NOT NULL
);
COMMENT ON TABLE shienkin.message IS 'Words between claimant and staff.';
COMMENT ON COLUMN shienkin.message.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.message.direction IS 'Whose words.';
COMMENT ON COLUMN shienkin.message.sealed_text IS 'The words, under the claim''s key.';
CALL shienkin.of_claim('message');
CALL shienkin.acting('message');
CREATE INDEX message_of_claim ON shienkin.message (claim_id, at);
CALL shienkin.insert_only('message');
CALL shienkin.guarded('message');

CREATE TABLE shienkin.note (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  sealed_text shienkin.sealed NOT NULL
);
COMMENT ON TABLE shienkin.note IS 'Words of the staff for the staff. Clinics have no right on it.';
COMMENT ON COLUMN shienkin.note.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.note.sealed_text IS 'The words, under the claim''s key.';
CALL shienkin.of_claim('note');
CALL shienkin.acting('note');
CREATE INDEX note_of_claim ON shienkin.note (claim_id, at);
CALL shienkin.needs_role('note', 'adjuster', 'approver');
CALL shienkin.insert_only('note');
CALL shienkin.guarded('note');

-- ---- holding back

CREATE TABLE shienkin.hold_kind (
  code text PRIMARY KEY,
  blocks_approval boolean NOT NULL,
  blocks_payment boolean NOT NULL,
  releases integer NOT NULL CHECK (releases IN (1, 2)),
  ja text NOT NULL,
  en text NOT NULL
);
COMMENT ON TABLE shienkin.hold_kind IS 'Why a claim is held, what that stops, and how many persons must release it.';
COMMENT ON COLUMN shienkin.hold_kind.code IS 'The kind''s name.';
COMMENT ON COLUMN shienkin.hold_kind.blocks_approval IS 'No approval while it lasts.';
COMMENT ON COLUMN shienkin.hold_kind.blocks_payment IS 'No payment while it lasts.';
COMMENT ON COLUMN shienkin.hold_kind.releases IS 'Persons who must release it.';
COMMENT ON COLUMN shienkin.hold_kind.ja IS 'For people, in Japanese.';
COMMENT ON COLUMN shienkin.hold_kind.en IS 'For people, in English.';
INSERT INTO shienkin.hold_kind VALUES
  ('member_unresolved', true, true, 1, '会員・施設が名簿で確認できない', 'the roster does not know the member or facility on that day'),
  ('payee_mismatch', false, true, 2, '口座名義が名簿と一致しない', 'the payee''s name differs from the roster''s'),
  ('payee_returned', false, true, 2, '振込が戻された口座', 'a transfer to this account came back'),
  ('roster_finding', true, true, 1, '名簿の訂正が決定に影響しうる', 'a change of the roster touches a decision'),
  ('audit_finding', true, true, 2, '監査の指摘', 'a finding of the audit'),
  ('legal', true, true, 2, '法的な事情', 'a legal matter'),
  ('other', true, true, 1, 'その他', 'another reason');
CALL shienkin.insert_only('hold_kind');
CALL shienkin.guarded('hold_kind');

CREATE TABLE shienkin.hold (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  kind text NOT NULL REFERENCES shienkin.hold_kind (code),
  sealed_reason shienkin.sealed,
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.hold IS 'A claim is held back until enough persons release it.';
COMMENT ON COLUMN shienkin.hold.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.hold.kind IS 'Why.';
COMMENT ON COLUMN shienkin.hold.sealed_reason IS 'More words, under the claim''s key.';
CREATE INDEX hold_of_claim ON shienkin.hold (claim_id);
CALL shienkin.of_claim('hold');
CALL shienkin.acting('hold');
CALL shienkin.insert_only('hold');
CALL shienkin.guarded('hold');

CREATE TABLE shienkin.hold_release (
  hold_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  sealed_reason shienkin.sealed NOT NULL,
  FOREIGN KEY (hold_id, claim_id) REFERENCES shienkin.hold (id, claim_id)
);
COMMENT ON TABLE shienkin.hold_release IS 'One person''s release of a hold.';
COMMENT ON COLUMN shienkin.hold_release.hold_id IS 'Which hold.';
COMMENT ON COLUMN shienkin.hold_release.sealed_reason IS 'Why it may go on, under the claim''s key.';
CALL shienkin.of_claim('hold_release');
CALL shienkin.acting('hold_release');
ALTER TABLE shienkin.hold_release ADD CONSTRAINT hold_release_by_other_person PRIMARY KEY (hold_id, by_person);
CALL shienkin.needs_role('hold_release', 'adjuster', 'approver', 'owner');
CALL shienkin.insert_only('hold_release');
CALL shienkin.guarded('hold_release');

CREATE FUNCTION shienkin.hold_lasts(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT k.releases > (SELECT count(DISTINCT r.by_person) FROM hold_release r WHERE r.hold_id = h.id)
  FROM hold h JOIN hold_kind k ON k.code = h.kind WHERE h.id = which;
$$;
COMMENT ON FUNCTION shienkin.hold_lasts(uuid) IS 'Whether a hold still lasts: fewer persons released it than its kind demands.';

-- ---- stepping away

CREATE TABLE shienkin.recusal (
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  sealed_reason shienkin.sealed
);
COMMENT ON TABLE shienkin.recusal IS 'A person declared a conflict of interest and neither checks, proposes nor approves on this claim any more.';
COMMENT ON COLUMN shienkin.recusal.sealed_reason IS 'What the conflict is, under the claim''s key; may stay unsaid.';
CALL shienkin.of_claim('recusal');
CALL shienkin.acting('recusal');
ALTER TABLE shienkin.recusal ADD PRIMARY KEY (claim_id, by_person);
CALL shienkin.insert_only('recusal');
CALL shienkin.guarded('recusal');

-- Who may work on a claim at all.
CREATE FUNCTION shienkin.check_impartial() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  worker uuid := CASE WHEN TG_TABLE_NAME = 'claim' THEN (to_jsonb(NEW) ->> 'assigned_to')::uuid
                      ELSE (to_jsonb(NEW) ->> 'by_person')::uuid END;
  which uuid := CASE WHEN TG_TABLE_NAME = 'claim' THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'claim_id')::uuid END;
BEGIN
  IF EXISTS (SELECT FROM recusal r WHERE r.claim_id = which AND r.by_person = worker) THEN
    PERFORM refuse('recused', 'this person has stepped away from the claim');
  END IF;
  IF represents(worker, (SELECT c.facility_id FROM claim c WHERE c.id = which)) THEN
    PERFORM refuse('represents_claimant', 'this person represents the claimant');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_impartial() IS 'Nobody works on a claim after stepping away from it, or while holding a mandate of its facility.';
CREATE TRIGGER c_impartial BEFORE INSERT ON shienkin.fact_check FOR EACH ROW EXECUTE FUNCTION shienkin.check_impartial();
CREATE TRIGGER d_impartial BEFORE UPDATE OF assigned_to ON shienkin.claim FOR EACH ROW
  WHEN (NEW.assigned_to IS NOT NULL) EXECUTE FUNCTION shienkin.check_impartial();

-- ---- duplicates

CREATE TABLE shienkin.duplicate_search (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  facts_version_id uuid NOT NULL,
  found integer NOT NULL CHECK (found >= 0),
  FOREIGN KEY (facts_version_id, claim_id) REFERENCES shienkin.facts_version (id, claim_id)
);
COMMENT ON TABLE shienkin.duplicate_search IS 'The search for claims that might speak of the same incident was made over these facts; without one nothing is approved.';
COMMENT ON COLUMN shienkin.duplicate_search.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.duplicate_search.facts_version_id IS 'Over which facts.';
COMMENT ON COLUMN shienkin.duplicate_search.found IS 'How many suspicions it raised.';
CREATE INDEX duplicate_search_of_facts ON shienkin.duplicate_search (facts_version_id);
CALL shienkin.of_claim('duplicate_search');
CALL shienkin.acting('duplicate_search');
CALL shienkin.needs_role('duplicate_search', 'service', 'adjuster');
CALL shienkin.insert_only('duplicate_search');
CALL shienkin.guarded('duplicate_search');

CREATE TABLE shienkin.duplicate_suspicion (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  other_claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  grounds text[] NOT NULL CHECK (cardinality(grounds) > 0 AND array_position(grounds, NULL) IS NULL
    AND grounds <@ ARRAY['within_31_days', 'overlapping_closures', 'same_account', 'noticed']),
  CHECK (claim_id <> other_claim_id),
  CONSTRAINT duplicate_suspicion_once UNIQUE (claim_id, other_claim_id),
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.duplicate_suspicion IS 'This claim may speak of the same incident as an earlier one. Shown to the staff only; blocks approval and payment until resolved.';
COMMENT ON COLUMN shienkin.duplicate_suspicion.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.duplicate_suspicion.other_claim_id IS 'The earlier claim.';
COMMENT ON COLUMN shienkin.duplicate_suspicion.grounds IS 'What raised it; noticed: by a person.';
CREATE INDEX duplicate_suspicion_other ON shienkin.duplicate_suspicion (other_claim_id);
CALL shienkin.of_claim('duplicate_suspicion');
CALL shienkin.acting('duplicate_suspicion');
CALL shienkin.needs_role('duplicate_suspicion', 'service', 'adjuster', 'approver');
CALL shienkin.insert_only('duplicate_suspicion');
CALL shienkin.guarded('duplicate_suspicion');

CREATE TABLE shienkin.duplicate_resolution (
  id uuid PRIMARY KEY,
  suspicion_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  round integer NOT NULL DEFAULT 1 CHECK (round >= 1),
  part text NOT NULL CHECK (part IN ('adjuster', 'approver')),
  before text GENERATED ALWAYS AS (CASE WHEN part = 'approver' THEN 'adjuster' END) STORED,
  verdict text NOT NULL CHECK (verdict IN ('distinct', 'same')),
  sealed_reason shienkin.sealed NOT NULL,
  FOREIGN KEY (suspicion_id, claim_id) REFERENCES shienkin.duplicate_suspicion (id, claim_id),
  CONSTRAINT duplicate_resolution_once UNIQUE (suspicion_id, round, part),
  CONSTRAINT duplicate_resolution_order FOREIGN KEY (suspicion_id, round, before)
    REFERENCES shienkin.duplicate_resolution (suspicion_id, round, part)
);
COMMENT ON TABLE shienkin.duplicate_resolution IS 'What an adjuster and then an approver concluded about a suspicion. It is resolved when both say the same in one round.';
COMMENT ON COLUMN shienkin.duplicate_resolution.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.duplicate_resolution.suspicion_id IS 'Which suspicion.';
COMMENT ON COLUMN shienkin.duplicate_resolution.round IS 'A new round begins where the two disagreed.';
COMMENT ON COLUMN shienkin.duplicate_resolution.part IS 'In which role.';
COMMENT ON COLUMN shienkin.duplicate_resolution.before IS 'The adjuster speaks before the approver.';
COMMENT ON COLUMN shienkin.duplicate_resolution.verdict IS 'Two incidents, or the same.';
COMMENT ON COLUMN shienkin.duplicate_resolution.sealed_reason IS 'Why, under the claim''s key.';
CALL shienkin.of_claim('duplicate_resolution');
CALL shienkin.acting('duplicate_resolution');
CALL shienkin.insert_only('duplicate_resolution');
CALL shienkin.guarded('duplicate_resolution');

CREATE FUNCTION shienkin.check_resolution() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT holds(NEW.by_person, ARRAY[NEW.part]) THEN
    PERFORM refuse('role_needed', format('this part of a resolution is written by an %s', NEW.part));
  END IF;
  IF EXISTS (SELECT FROM duplicate_resolution r WHERE r.suspicion_id = NEW.suspicion_id AND r.round = NEW.round
               AND r.by_person = NEW.by_person) THEN
    PERFORM refuse('resolution_by_other_person', 'the two parts of a resolution are two persons');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_resolution() IS 'Two persons in their roles resolve a suspicion.';
CREATE TRIGGER c_resolution BEFORE INSERT ON shienkin.duplicate_resolution FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_resolution();
CREATE TRIGGER d_impartial BEFORE INSERT ON shienkin.duplicate_resolution FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_impartial();

CREATE FUNCTION shienkin.suspicion_verdict(which uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT a.verdict FROM duplicate_resolution a JOIN duplicate_resolution b
      ON b.suspicion_id = a.suspicion_id AND b.round = a.round AND b.part = 'approver' AND b.verdict = a.verdict
  WHERE a.suspicion_id = which AND a.part = 'adjuster' ORDER BY a.round DESC LIMIT 1;
$$;
COMMENT ON FUNCTION shienkin.suspicion_verdict(uuid) IS 'distinct or same where two persons agreed; null while a suspicion is open.';

CREATE FUNCTION shienkin.check_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NEW.cause = 'same_incident' AND NOT EXISTS (
       SELECT FROM duplicate_suspicion s WHERE suspicion_verdict(s.id) = 'same'
         AND (s.claim_id, s.other_claim_id) IN ((NEW.claim_id, NEW.merged_into), (NEW.merged_into, NEW.claim_id))) THEN
    PERFORM refuse('merged_by_two', 'two persons have found the claims to be the same before one is merged');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_merged() IS 'A claim is merged into another after an adjuster and an approver found them to be the same.';
CREATE TRIGGER c_merged BEFORE INSERT ON shienkin.claim_withdrawal FOR EACH ROW EXECUTE FUNCTION shienkin.check_merged();

GRANT EXECUTE ON FUNCTION shienkin.hold_lasts(uuid), shienkin.suspicion_verdict(uuid) TO shienkin_staff, shienkin_auditor;
SELECT shienkin.register_migration(6, 'review');
COMMIT;
