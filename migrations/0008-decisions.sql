-- Decisions and what they entitle to. A snapshot closes the rules' input; a proposal is a whole decision that waits; its
-- outcome is one row; a decision repeats the proposal's bytes; lines and recoveries make up, item by item, what the
-- incident's latest decision says. Every four-eyes rule compares persons of immutable rows.
BEGIN;

CREATE TABLE shienkin.item (
  code text PRIMARY KEY,
  ordinal integer NOT NULL UNIQUE CHECK (ordinal >= 1),
  ja text NOT NULL,
  en text NOT NULL
);
COMMENT ON TABLE shienkin.item IS 'What a decision speaks of, item by item (decision.schema).';
COMMENT ON COLUMN shienkin.item.code IS 'The item''s name in decisions.';
COMMENT ON COLUMN shienkin.item.ordinal IS 'The order in which people read them.';
COMMENT ON COLUMN shienkin.item.ja IS 'For people, in Japanese.';
COMMENT ON COLUMN shienkin.item.en IS 'For people, in English.';
INSERT INTO shienkin.item VALUES
  ('attack', 1, 'サイバー攻撃', 'cyber attack'),
  ('closure', 2, '休業', 'closure'),
  ('leak_by_attack', 3, 'サイバー攻撃による個人情報漏えい', 'leak caused by the attack'),
  ('leak_other', 4, 'サイバー攻撃によらない個人情報漏えい', 'leak not caused by an attack');
CALL shienkin.insert_only('item');
CALL shienkin.guarded('item');

-- ---- what is decided over

CREATE TABLE shienkin.fact_snapshot (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  facts_version_id uuid NOT NULL,
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 2 AND 1048576),
  sha256 shienkin.sha256 NOT NULL,
  calendar_id uuid NOT NULL,
  calendar_sha256 shienkin.sha256 NOT NULL,
  holidays date[] NOT NULL CHECK (array_position(holidays, NULL) IS NULL),
  roster_known_at shienkin.moment NOT NULL,
  member_version_id uuid REFERENCES shienkin.member_version (id),
  facility_version_id uuid REFERENCES shienkin.facility_version (id),
  facility_relation_id uuid REFERENCES shienkin.facility_relation (id),
  FOREIGN KEY (facts_version_id, claim_id) REFERENCES shienkin.facts_version (id, claim_id),
  FOREIGN KEY (calendar_id, calendar_sha256) REFERENCES shienkin.calendar (id, sha256),
  CONSTRAINT fact_snapshot_sha256 CHECK (sha256 = sha256(body)),
  UNIQUE (id, claim_id),
  UNIQUE (id, claim_id, calendar_sha256)
);
COMMENT ON TABLE shienkin.fact_snapshot IS 'All that the rules see of a claim at one moment: facts as asserted, with the roster''s and the checks'' values, and the holidays inside its closures. rules(snapshot) is closed: anyone recomputes it.';
COMMENT ON COLUMN shienkin.fact_snapshot.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.fact_snapshot.facts_version_id IS 'The asserted facts underneath.';
COMMENT ON COLUMN shienkin.fact_snapshot.body IS 'Canonical JSON of the facts that the rules are given.';
COMMENT ON COLUMN shienkin.fact_snapshot.sha256 IS 'Of body.';
COMMENT ON COLUMN shienkin.fact_snapshot.calendar_id IS 'The national calendar that the holidays are of';
COMMENT ON COLUMN shienkin.fact_snapshot.calendar_sha256 IS 'and its hash.';
COMMENT ON COLUMN shienkin.fact_snapshot.holidays IS 'National holidays inside the span of the closures, sorted.';
COMMENT ON COLUMN shienkin.fact_snapshot.roster_known_at IS 'The roster was read as known at this moment.';
COMMENT ON COLUMN shienkin.fact_snapshot.member_version_id IS 'The roster''s row of the member; null where it knows none.';
COMMENT ON COLUMN shienkin.fact_snapshot.facility_version_id IS 'The roster''s row of the facility; null where it knows none.';
COMMENT ON COLUMN shienkin.fact_snapshot.facility_relation_id IS 'The roster''s row of their relation; null where it knows none.';
CALL shienkin.of_claim('fact_snapshot');
CALL shienkin.acting('fact_snapshot');
CALL shienkin.insert_only('fact_snapshot');
CALL shienkin.guarded('fact_snapshot');

CREATE TABLE shienkin.fact_snapshot_check (
  snapshot_id uuid NOT NULL,
  check_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  PRIMARY KEY (snapshot_id, check_id),
  FOREIGN KEY (snapshot_id, claim_id) REFERENCES shienkin.fact_snapshot (id, claim_id),
  FOREIGN KEY (check_id, claim_id) REFERENCES shienkin.fact_check (id, claim_id)
);
COMMENT ON TABLE shienkin.fact_snapshot_check IS 'The checks that stood when the snapshot was taken.';
COMMENT ON COLUMN shienkin.fact_snapshot_check.snapshot_id IS 'Which snapshot.';
COMMENT ON COLUMN shienkin.fact_snapshot_check.check_id IS 'Which check.';
CALL shienkin.of_claim('fact_snapshot_check');
CALL shienkin.acting('fact_snapshot_check');
CALL shienkin.insert_only('fact_snapshot_check');
CALL shienkin.guarded('fact_snapshot_check');

-- ---- reconsideration

CREATE TABLE shienkin.reconsideration (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  decision_id uuid NOT NULL,
  sealed_grounds shienkin.sealed NOT NULL,
  UNIQUE (id, claim_id),
  CONSTRAINT reconsideration_once UNIQUE (decision_id)
);
COMMENT ON TABLE shienkin.reconsideration IS 'The claimant asks that other people look again at a decision. Each decision is reconsidered at most once.';
COMMENT ON COLUMN shienkin.reconsideration.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.reconsideration.decision_id IS 'Which decision.';
COMMENT ON COLUMN shienkin.reconsideration.sealed_grounds IS 'Why, under the claim''s key.';
CREATE INDEX reconsideration_of_claim ON shienkin.reconsideration (claim_id);
CALL shienkin.of_claim('reconsideration');
CALL shienkin.acting('reconsideration');
CALL shienkin.insert_only('reconsideration');
CALL shienkin.guarded('reconsideration');

CREATE TABLE shienkin.reconsideration_withdrawal (
  reconsideration_id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  FOREIGN KEY (reconsideration_id, claim_id) REFERENCES shienkin.reconsideration (id, claim_id)
);
COMMENT ON TABLE shienkin.reconsideration_withdrawal IS 'The request was taken back: the old decision stands.';
COMMENT ON COLUMN shienkin.reconsideration_withdrawal.reconsideration_id IS 'Which request.';
CALL shienkin.of_claim('reconsideration_withdrawal');
CALL shienkin.acting('reconsideration_withdrawal');
CALL shienkin.insert_only('reconsideration_withdrawal');
CALL shienkin.guarded('reconsideration_withdrawal');

-- ---- proposals and their outcome

CREATE TABLE shienkin.proposal (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  snapshot_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  rule_set_sha256 shienkin.sha256 NOT NULL,
  calendar_sha256 shienkin.sha256 NOT NULL,
  decision bytea NOT NULL CHECK (octet_length(decision) BETWEEN 2 AND 1048576),
  decision_sha256 shienkin.sha256 NOT NULL,
  trace_sha256 shienkin.sha256 NOT NULL,
  reconsideration_id uuid,
  FOREIGN KEY (claim_id, incident_id) REFERENCES shienkin.claim (id, incident_id),
  FOREIGN KEY (snapshot_id, claim_id, calendar_sha256) REFERENCES shienkin.fact_snapshot (id, claim_id, calendar_sha256),
  FOREIGN KEY (rule_set_id, rule_set_sha256) REFERENCES shienkin.rule_set (id, sha256),
  FOREIGN KEY (reconsideration_id, claim_id) REFERENCES shienkin.reconsideration (id, claim_id),
  CONSTRAINT proposal_sha256 CHECK (decision_sha256 = sha256(decision)),
  UNIQUE (id, claim_id),
  UNIQUE (id, claim_id, incident_id, snapshot_id, rule_set_id, decision_sha256, trace_sha256)
);
COMMENT ON TABLE shienkin.proposal IS 'A whole decision, proposed by an adjuster over a snapshot and a rule set, waiting for another person.';
COMMENT ON COLUMN shienkin.proposal.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.proposal.incident_id IS 'The claim''s incident.';
COMMENT ON COLUMN shienkin.proposal.snapshot_id IS 'What it was decided over.';
COMMENT ON COLUMN shienkin.proposal.rule_set_id IS 'What it was decided by';
COMMENT ON COLUMN shienkin.proposal.rule_set_sha256 IS 'and its hash.';
COMMENT ON COLUMN shienkin.proposal.calendar_sha256 IS 'Hash of the calendar, the same as the snapshot''s.';
COMMENT ON COLUMN shienkin.proposal.decision IS 'Canonical JSON of the decision (decision.schema).';
COMMENT ON COLUMN shienkin.proposal.decision_sha256 IS 'Of decision.';
COMMENT ON COLUMN shienkin.proposal.trace_sha256 IS 'Of the trace that came with it.';
COMMENT ON COLUMN shienkin.proposal.reconsideration_id IS 'The request that it answers; null where none is open.';
CREATE INDEX proposal_of_claim ON shienkin.proposal (claim_id);
CALL shienkin.of_claim('proposal');
CALL shienkin.acting('proposal');
CALL shienkin.needs_role('proposal', 'adjuster');
CALL shienkin.insert_only('proposal');
CALL shienkin.guarded('proposal');
CREATE TRIGGER c_impartial BEFORE INSERT ON shienkin.proposal FOR EACH ROW EXECUTE FUNCTION shienkin.check_impartial();

CREATE TABLE shienkin.proposal_outcome (
  proposal_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('approved', 'returned', 'void')),
  decision_sha256 shienkin.sha256,
  sealed_reason shienkin.sealed,
  CONSTRAINT proposal_outcome_once PRIMARY KEY (proposal_id),
  FOREIGN KEY (proposal_id, claim_id) REFERENCES shienkin.proposal (id, claim_id),
  CHECK ((outcome = 'approved') = (decision_sha256 IS NOT NULL)),
  CHECK (outcome <> 'returned' OR sealed_reason IS NOT NULL)
);
COMMENT ON TABLE shienkin.proposal_outcome IS 'What became of a proposal, once: approved by another person, returned with a reason, or void since the claim moved on.';
COMMENT ON COLUMN shienkin.proposal_outcome.proposal_id IS 'Which proposal.';
COMMENT ON COLUMN shienkin.proposal_outcome.outcome IS 'What became of it. void is written by the claim''s own move away from proposed.';
COMMENT ON COLUMN shienkin.proposal_outcome.decision_sha256 IS 'Of the decision as computed again at approval; equal to the proposal''s.';
COMMENT ON COLUMN shienkin.proposal_outcome.sealed_reason IS 'Why it was returned, under the claim''s key.';
CALL shienkin.of_claim('proposal_outcome');
CALL shienkin.acting('proposal_outcome');
CALL shienkin.insert_only('proposal_outcome');
CALL shienkin.guarded('proposal_outcome');

-- ---- decisions

CREATE TABLE shienkin.decision (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  number integer NOT NULL CHECK (number >= 1),
  previous integer GENERATED ALWAYS AS (nullif(number, 1) - 1) STORED,
  proposal_id uuid NOT NULL UNIQUE REFERENCES shienkin.proposal_outcome (proposal_id),
  snapshot_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 2 AND 1048576),
  sha256 shienkin.sha256 NOT NULL,
  trace bytea NOT NULL CHECK (octet_length(trace) BETWEEN 2 AND 8388608),
  trace_sha256 shienkin.sha256 NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('payable', 'partly_payable', 'awaiting_filing', 'undetermined', 'not_payable')),
  total_yen shienkin.yen NOT NULL,
  CONSTRAINT decision_of_proposal FOREIGN KEY (proposal_id, claim_id, incident_id, snapshot_id, rule_set_id, sha256, trace_sha256)
    REFERENCES shienkin.proposal (id, claim_id, incident_id, snapshot_id, rule_set_id, decision_sha256, trace_sha256),
  CONSTRAINT decision_number_once UNIQUE (incident_id, number),
  CONSTRAINT decision_follows FOREIGN KEY (incident_id, previous) REFERENCES shienkin.decision (incident_id, number),
  CONSTRAINT decision_sha256 CHECK (sha256 = sha256(body)),
  CONSTRAINT decision_trace_sha256 CHECK (trace_sha256 = sha256(trace)),
  CONSTRAINT decision_total CHECK (total_yen = (convert_from(body, 'UTF8')::jsonb ->> 'total_yen')::bigint),
  CONSTRAINT decision_outcome CHECK (outcome = convert_from(body, 'UTF8')::jsonb ->> 'outcome'),
  UNIQUE (id, incident_id),
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.decision IS 'What was decided: byte for byte what was proposed and computed again at approval. A later decision of the incident follows it; none replaces it.';
COMMENT ON COLUMN shienkin.decision.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.decision.claim_id IS 'Of which claim.';
COMMENT ON COLUMN shienkin.decision.incident_id IS 'Of which incident.';
COMMENT ON COLUMN shienkin.decision.number IS 'Of the incident''s decisions, from 1; the highest is the latest.';
COMMENT ON COLUMN shienkin.decision.previous IS 'The number before, which must exist.';
COMMENT ON COLUMN shienkin.decision.proposal_id IS 'The approved proposal.';
COMMENT ON COLUMN shienkin.decision.snapshot_id IS 'What it was decided over.';
COMMENT ON COLUMN shienkin.decision.rule_set_id IS 'What it was decided by; a decision made stays with its file (P21).';
COMMENT ON COLUMN shienkin.decision.body IS 'Canonical JSON (decision.schema).';
COMMENT ON COLUMN shienkin.decision.sha256 IS 'Of body.';
COMMENT ON COLUMN shienkin.decision.trace IS 'Canonical JSON of the trace: rows hit, values, clauses.';
COMMENT ON COLUMN shienkin.decision.trace_sha256 IS 'Of trace.';
COMMENT ON COLUMN shienkin.decision.outcome IS 'Beside the bytes and compared with them.';
COMMENT ON COLUMN shienkin.decision.total_yen IS 'Beside the bytes and compared with them.';
CREATE INDEX decision_of_claim ON shienkin.decision (claim_id);
CREATE INDEX decision_of_snapshot ON shienkin.decision (snapshot_id);
CALL shienkin.acting('decision');
CALL shienkin.needs_role('decision', 'approver');
CALL shienkin.insert_only('decision');
CALL shienkin.guarded('decision');
ALTER TABLE shienkin.reconsideration ADD FOREIGN KEY (decision_id, claim_id) REFERENCES shienkin.decision (id, claim_id);

CREATE TABLE shienkin.decision_item (
  decision_id uuid NOT NULL REFERENCES shienkin.decision (id),
  item text NOT NULL REFERENCES shienkin.item (code),
  outcome text NOT NULL CHECK (outcome IN ('payable', 'awaiting_filing', 'undetermined', 'not_payable', 'not_applicable')),
  amount_yen shienkin.yen NOT NULL,
  potential_yen shienkin.yen NOT NULL,
  PRIMARY KEY (decision_id, item)
);
COMMENT ON TABLE shienkin.decision_item IS 'The decision''s items as columns, written from its bytes by the database itself.';
COMMENT ON COLUMN shienkin.decision_item.decision_id IS 'Of which decision.';
COMMENT ON COLUMN shienkin.decision_item.item IS 'Which item.';
COMMENT ON COLUMN shienkin.decision_item.outcome IS 'Its outcome (P23).';
COMMENT ON COLUMN shienkin.decision_item.amount_yen IS 'What the incident entitles to for it.';
COMMENT ON COLUMN shienkin.decision_item.potential_yen IS 'What it could come to (P27).';
CALL shienkin.insert_only('decision_item');
CALL shienkin.guarded('decision_item');

-- ---- entitlements

CREATE TABLE shienkin.entitlement_line (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  item text NOT NULL REFERENCES shienkin.item (code),
  decision_id uuid NOT NULL,
  amount_yen shienkin.yen NOT NULL CHECK (amount_yen > 0),
  FOREIGN KEY (decision_id, incident_id) REFERENCES shienkin.decision (id, incident_id),
  FOREIGN KEY (decision_id, claim_id) REFERENCES shienkin.decision (id, claim_id),
  CONSTRAINT entitlement_line_once UNIQUE (decision_id, item),
  UNIQUE (id, incident_id, item)
);
COMMENT ON TABLE shienkin.entitlement_line IS 'Money owed for one item of an incident, opened by a decision: what it says less what was owed before.';
COMMENT ON COLUMN shienkin.entitlement_line.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.entitlement_line.claim_id IS 'Of which claim.';
COMMENT ON COLUMN shienkin.entitlement_line.incident_id IS 'Of which incident.';
COMMENT ON COLUMN shienkin.entitlement_line.item IS 'For which item.';
COMMENT ON COLUMN shienkin.entitlement_line.decision_id IS 'The decision that opened it; one line per decision and item.';
COMMENT ON COLUMN shienkin.entitlement_line.amount_yen IS 'How much.';
CREATE INDEX entitlement_line_of_incident ON shienkin.entitlement_line (incident_id, item);
CREATE INDEX entitlement_line_of_claim ON shienkin.entitlement_line (claim_id);
CALL shienkin.acting('entitlement_line');
CALL shienkin.insert_only('entitlement_line');
CALL shienkin.guarded('entitlement_line');

CREATE TABLE shienkin.entitlement_cancellation (
  line_id uuid PRIMARY KEY,
  incident_id uuid NOT NULL,
  item text NOT NULL,
  decision_id uuid,
  FOREIGN KEY (line_id, incident_id, item) REFERENCES shienkin.entitlement_line (id, incident_id, item),
  FOREIGN KEY (decision_id, incident_id) REFERENCES shienkin.decision (id, incident_id)
);
COMMENT ON TABLE shienkin.entitlement_cancellation IS 'A line that was still payable is owed no more.';
COMMENT ON COLUMN shienkin.entitlement_cancellation.line_id IS 'Which line.';
COMMENT ON COLUMN shienkin.entitlement_cancellation.incident_id IS 'Its incident.';
COMMENT ON COLUMN shienkin.entitlement_cancellation.item IS 'Its item.';
COMMENT ON COLUMN shienkin.entitlement_cancellation.decision_id IS 'The decision that lowered it; null where the claim was withdrawn.';
CREATE INDEX entitlement_cancellation_of_incident ON shienkin.entitlement_cancellation (incident_id);
CALL shienkin.acting('entitlement_cancellation');
CALL shienkin.insert_only('entitlement_cancellation');
CALL shienkin.guarded('entitlement_cancellation');

CREATE TABLE shienkin.recovery (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  item text NOT NULL REFERENCES shienkin.item (code),
  decision_id uuid NOT NULL,
  amount_yen shienkin.yen NOT NULL CHECK (amount_yen > 0),
  FOREIGN KEY (decision_id, incident_id) REFERENCES shienkin.decision (id, incident_id),
  FOREIGN KEY (decision_id, claim_id) REFERENCES shienkin.decision (id, claim_id),
  CONSTRAINT recovery_once UNIQUE (decision_id, item),
  UNIQUE (id, incident_id, item)
);
COMMENT ON TABLE shienkin.recovery IS 'Money that a lower decision found to be paid too much: people decide on it, it is never netted silently (P20).';
COMMENT ON COLUMN shienkin.recovery.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.recovery.claim_id IS 'Of which claim.';
COMMENT ON COLUMN shienkin.recovery.incident_id IS 'Of which incident.';
COMMENT ON COLUMN shienkin.recovery.item IS 'For which item.';
COMMENT ON COLUMN shienkin.recovery.decision_id IS 'The decision that opened it.';
COMMENT ON COLUMN shienkin.recovery.amount_yen IS 'How much.';
CREATE INDEX recovery_of_incident ON shienkin.recovery (incident_id, item);
CALL shienkin.acting('recovery');
CALL shienkin.insert_only('recovery');
CALL shienkin.guarded('recovery');

CREATE TABLE shienkin.recovery_cancellation (
  recovery_id uuid PRIMARY KEY,
  incident_id uuid NOT NULL,
  item text NOT NULL,
  decision_id uuid NOT NULL,
  FOREIGN KEY (recovery_id, incident_id, item) REFERENCES shienkin.recovery (id, incident_id, item),
  FOREIGN KEY (decision_id, incident_id) REFERENCES shienkin.decision (id, incident_id)
);
COMMENT ON TABLE shienkin.recovery_cancellation IS 'A later, higher decision made a recovery needless before it was acted on.';
COMMENT ON COLUMN shienkin.recovery_cancellation.recovery_id IS 'Which recovery.';
COMMENT ON COLUMN shienkin.recovery_cancellation.incident_id IS 'Its incident.';
COMMENT ON COLUMN shienkin.recovery_cancellation.item IS 'Its item.';
COMMENT ON COLUMN shienkin.recovery_cancellation.decision_id IS 'The decision that raised it again.';
CALL shienkin.acting('recovery_cancellation');
CALL shienkin.insert_only('recovery_cancellation');
CALL shienkin.guarded('recovery_cancellation');

-- ---- findings of the roster

CREATE TABLE shienkin.roster_finding (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  import_id uuid NOT NULL REFERENCES shienkin.roster_import (id),
  key text NOT NULL CHECK (key ~ '^(/[a-z_]+){1,3}$'),
  old_value bytea NOT NULL,
  new_value bytea NOT NULL,
  FOREIGN KEY (decision_id, claim_id) REFERENCES shienkin.decision (id, claim_id),
  CONSTRAINT roster_finding_once UNIQUE (decision_id, import_id, key),
  CONSTRAINT roster_finding_changes CHECK (old_value <> new_value)
);
COMMENT ON TABLE shienkin.roster_finding IS 'An import changed a value that a decision had used. The decision stands; people decide what follows.';
COMMENT ON COLUMN shienkin.roster_finding.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.roster_finding.claim_id IS 'Of which claim.';
COMMENT ON COLUMN shienkin.roster_finding.decision_id IS 'Which decision.';
COMMENT ON COLUMN shienkin.roster_finding.import_id IS 'Which import.';
COMMENT ON COLUMN shienkin.roster_finding.key IS 'The fact, as JSON Pointer.';
COMMENT ON COLUMN shienkin.roster_finding.old_value IS 'Canonical JSON of the value decided by.';
COMMENT ON COLUMN shienkin.roster_finding.new_value IS 'Canonical JSON of the roster''s value now.';
CREATE INDEX roster_finding_of_claim ON shienkin.roster_finding (claim_id);
CALL shienkin.acting('roster_finding');
CALL shienkin.insert_only('roster_finding');
CALL shienkin.guarded('roster_finding');

CREATE TABLE shienkin.roster_finding_outcome (
  finding_id uuid PRIMARY KEY REFERENCES shienkin.roster_finding (id),
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  verdict text NOT NULL CHECK (verdict IN ('accepted', 'dismissed')),
  sealed_reason shienkin.sealed NOT NULL
);
COMMENT ON TABLE shienkin.roster_finding_outcome IS 'What an adjuster made of a finding.';
COMMENT ON COLUMN shienkin.roster_finding_outcome.finding_id IS 'Which finding.';
COMMENT ON COLUMN shienkin.roster_finding_outcome.verdict IS 'accepted: the claim goes back to review. dismissed: with a reason.';
COMMENT ON COLUMN shienkin.roster_finding_outcome.sealed_reason IS 'Why, under the claim''s key.';
CALL shienkin.of_claim('roster_finding_outcome');
CALL shienkin.acting('roster_finding_outcome');
CALL shienkin.needs_role('roster_finding_outcome', 'adjuster');
CALL shienkin.insert_only('roster_finding_outcome');
CALL shienkin.guarded('roster_finding_outcome');

-- ---- rules over several rows

CREATE FUNCTION shienkin.line_state(which uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT CASE
           WHEN EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = l.id) THEN 'cancelled'
           WHEN EXISTS (SELECT FROM hold h JOIN hold_kind k ON k.code = h.kind
                        WHERE h.claim_id = l.claim_id AND k.blocks_payment AND hold_lasts(h.id)) THEN 'held'
           ELSE 'payable' END
  FROM entitlement_line l WHERE l.id = which;
$$;
COMMENT ON FUNCTION shienkin.line_state(uuid) IS 'payable, held, in_transfer, settled or cancelled, derived. Transfers replace this function by one that knows them.';

CREATE FUNCTION shienkin.open_reconsideration(which uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT r.id FROM reconsideration r
  WHERE r.claim_id = which
    AND NOT EXISTS (SELECT FROM reconsideration_withdrawal w WHERE w.reconsideration_id = r.id)
    AND NOT EXISTS (SELECT FROM proposal p JOIN decision d ON d.proposal_id = p.id WHERE p.reconsideration_id = r.id);
$$;
COMMENT ON FUNCTION shienkin.open_reconsideration(uuid) IS 'The claim''s reconsideration that is neither answered nor taken back.';

CREATE FUNCTION shienkin.worked_before(who uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM proposal p JOIN decision d ON d.proposal_id = p.id
                 WHERE p.claim_id = which AND who IN (p.by_person, d.by_person));
$$;
COMMENT ON FUNCTION shienkin.worked_before(uuid, uuid) IS 'Whether the person proposed or approved a decision of the claim before.';

CREATE FUNCTION shienkin.typed_facts(who uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
  SELECT EXISTS (SELECT FROM facts_version f WHERE f.claim_id = which AND f.by_person = who AND f.source <> 'merged')
      OR EXISTS (SELECT FROM claim c WHERE c.id = which AND c.by_person = who);
$$;
COMMENT ON FUNCTION shienkin.typed_facts(uuid, uuid) IS 'Whether the person filed the claim or typed a version of its facts.';

CREATE FUNCTION shienkin.check_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF (SELECT state FROM claim WHERE id = NEW.claim_id) NOT IN ('in_review', 'reconsideration') THEN
    PERFORM refuse('proposal_state', 'proposals are made of claims in review: the proposal first, then the claim''s move');
  END IF;
  IF typed_facts(NEW.by_person, NEW.claim_id) THEN
    PERFORM refuse('proposal_by_other_person', 'who filed or typed a claim does not propose it');
  END IF;
  IF NEW.reconsideration_id IS DISTINCT FROM open_reconsideration(NEW.claim_id) THEN
    PERFORM refuse('proposal_reconsideration', 'a proposal answers the claim''s open reconsideration, and names it');
  END IF;
  IF NEW.reconsideration_id IS NOT NULL AND worked_before(NEW.by_person, NEW.claim_id) THEN
    PERFORM refuse('reconsideration_by_others', 'who reconsiders was neither proposer nor approver before');
  END IF;
  IF EXISTS (SELECT FROM proposal p WHERE p.claim_id = NEW.claim_id
               AND NOT EXISTS (SELECT FROM proposal_outcome o WHERE o.proposal_id = p.id)) THEN
    PERFORM refuse('proposal_open', 'the claim has a proposal that waits for its outcome');
  END IF;
  IF NOT EXISTS (SELECT FROM rule_set_confirmation c WHERE c.rule_set_id = NEW.rule_set_id)
     OR NOT EXISTS (SELECT FROM calendar_confirmation c JOIN fact_snapshot s ON s.calendar_id = c.calendar_id
                    WHERE s.id = NEW.snapshot_id) THEN
    PERFORM refuse('rules_confirmed', 'rule set and calendar were confirmed by a second owner before anything is proposed by them');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_proposal() IS 'When and by whom a proposal may be made.';
CREATE TRIGGER d_proposal BEFORE INSERT ON shienkin.proposal FOR EACH ROW EXECUTE FUNCTION shienkin.check_proposal();

CREATE FUNCTION shienkin.approval_refusal(which uuid, approver uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  p proposal;
  stands claim;
  snapshot fact_snapshot;
BEGIN
  SELECT * INTO p FROM proposal WHERE id = which;
  SELECT * INTO stands FROM claim WHERE id = p.claim_id;
  SELECT * INTO snapshot FROM fact_snapshot WHERE id = p.snapshot_id;
  RETURN CASE
    WHEN stands.state <> 'proposed' THEN 'approval_state'
    WHEN p.by_person = approver THEN 'approval_by_other_person'
    WHEN typed_facts(approver, p.claim_id) THEN 'approval_not_by_filer'
    WHEN represents(approver, stands.facility_id) THEN 'represents_claimant'
    WHEN EXISTS (SELECT FROM recusal r WHERE r.claim_id = p.claim_id AND r.by_person = approver) THEN 'recused'
    WHEN EXISTS (SELECT FROM fact_check f WHERE f.claim_id = p.claim_id AND f.by_person = approver
                   AND f.verdict IN ('corrected', 'refuted')) THEN 'approval_not_by_corrector'
    WHEN p.reconsideration_id IS NOT NULL AND worked_before(approver, p.claim_id) THEN 'reconsideration_by_others'
    WHEN EXISTS (SELECT FROM facts_version later JOIN facts_version f ON f.id = snapshot.facts_version_id
                 WHERE later.claim_id = p.claim_id AND later.version > f.version) THEN 'facts_moved'
    WHEN NOT EXISTS (SELECT FROM duplicate_search s WHERE s.facts_version_id = snapshot.facts_version_id)
      THEN 'duplicates_searched'
    WHEN EXISTS (SELECT FROM duplicate_suspicion s WHERE s.claim_id = p.claim_id
                   AND suspicion_verdict(s.id) IS DISTINCT FROM 'distinct') THEN 'duplicate_open'
    WHEN EXISTS (SELECT FROM hold h JOIN hold_kind k ON k.code = h.kind
                 WHERE h.claim_id = p.claim_id AND k.blocks_approval AND hold_lasts(h.id)) THEN 'hold_open'
    WHEN EXISTS (SELECT FROM payee_version v WHERE v.claim_id = p.claim_id AND v.version > 1
                   AND v.at > at() - interval '10 days'
                   AND NOT EXISTS (SELECT FROM payee_version later WHERE later.claim_id = v.claim_id AND later.version > v.version)
                   AND NOT EXISTS (SELECT FROM payee_confirmation c WHERE c.payee_version_id = v.id AND c.how = 'call_back'
                                     AND c.by_person <> v.by_person))
      THEN 'payee_call_back'
  END;
END
$$;
COMMENT ON FUNCTION shienkin.approval_refusal(uuid, uuid) IS 'The name of the first rule that keeps this person from approving this proposal now; null where none does. The service shows it, the trigger enforces it.';

CREATE FUNCTION shienkin.check_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  refused text;
BEGIN
  IF NEW.outcome = 'void' THEN
    RETURN NEW;
  END IF;
  IF NOT holds(NEW.by_person, ARRAY['approver']) THEN
    PERFORM refuse('role_needed', 'proposals are approved and returned by approvers');
  END IF;
  IF NEW.outcome = 'returned' THEN
    RETURN NEW;
  END IF;
  refused := approval_refusal(NEW.proposal_id, NEW.by_person);
  IF refused IS NOT NULL THEN
    PERFORM refuse(refused, format('this person cannot approve this proposal now: %s', refused));
  END IF;
  IF NEW.decision_sha256 <> (SELECT p.decision_sha256 FROM proposal p WHERE p.id = NEW.proposal_id) THEN
    PERFORM refuse('decision_differs', 'the decision computed again differs from the one proposed');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_outcome() IS 'Who may approve or return a proposal, and when.';
CREATE TRIGGER c_outcome BEFORE INSERT ON shienkin.proposal_outcome FOR EACH ROW EXECUTE FUNCTION shienkin.check_outcome();

CREATE FUNCTION shienkin.void_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO proposal_outcome (proposal_id, claim_id, outcome)
  SELECT p.id, p.claim_id, 'void' FROM proposal p
  WHERE p.claim_id = NEW.id AND NOT EXISTS (SELECT FROM proposal_outcome o WHERE o.proposal_id = p.id);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.void_proposal() IS 'A claim that leaves proposed without an outcome voids its proposal: it was amended or withdrawn.';
CREATE TRIGGER d_void AFTER UPDATE OF state ON shienkin.claim FOR EACH ROW
  WHEN (OLD.state = 'proposed' AND NEW.state IN ('in_review', 'withdrawn')) EXECUTE FUNCTION shienkin.void_proposal();

CREATE FUNCTION shienkin.check_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM proposal_outcome o WHERE o.proposal_id = NEW.proposal_id AND o.outcome = 'approved'
                   AND o.by_person = NEW.by_person AND o.at = NEW.at) THEN
    PERFORM refuse('decision_approved', 'a decision is written by the approver of its proposal, with the approval');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_decision() IS 'A decision comes with its approval, from the same person.';
CREATE TRIGGER c_decision BEFORE INSERT ON shienkin.decision FOR EACH ROW EXECUTE FUNCTION shienkin.check_decision();

CREATE FUNCTION shienkin.spread_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  items jsonb := convert_from(NEW.body, 'UTF8')::jsonb -> 'items';
BEGIN
  INSERT INTO decision_item (decision_id, item, outcome, amount_yen, potential_yen)
  SELECT NEW.id, i.key, i.value ->> 'outcome', (i.value ->> 'amount_yen')::bigint, (i.value ->> 'potential_yen')::bigint
  FROM jsonb_each(items) i;
  IF (SELECT count(*) FROM decision_item d WHERE d.decision_id = NEW.id) <> (SELECT count(*) FROM item)
     OR (SELECT sum(d.amount_yen) FROM decision_item d WHERE d.decision_id = NEW.id) <> NEW.total_yen THEN
    PERFORM refuse('decision_items', 'a decision speaks of every item, and its total is their sum');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.spread_decision() IS 'Writes the items of a decision from its bytes, so that columns and bytes cannot differ.';
CREATE TRIGGER c_spread AFTER INSERT ON shienkin.decision FOR EACH ROW EXECUTE FUNCTION shienkin.spread_decision();

CREATE FUNCTION shienkin.check_cancellation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM FROM incident i WHERE i.id = NEW.incident_id FOR NO KEY UPDATE;
  IF line_state(NEW.line_id) NOT IN ('payable', 'held') THEN
    PERFORM refuse('line_not_payable', 'only a line that is still payable is cancelled; money on its way is a recovery');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_cancellation() IS 'Only lines that are still payable are cancelled.';
CREATE TRIGGER c_payable BEFORE INSERT ON shienkin.entitlement_cancellation FOR EACH ROW
  EXECUTE FUNCTION shienkin.check_cancellation();

-- Lines less recoveries are what the incident's latest decision says, item by item; nothing, where its claim is withdrawn.
CREATE FUNCTION shienkin.prove_entitlement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  which uuid := NEW.incident_id;
  wrong text;
BEGIN
  IF which IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM incident i WHERE i.id = which FOR NO KEY UPDATE;
  WITH latest AS (
    SELECT d.id, c.state FROM decision d JOIN claim c ON c.id = d.claim_id
    WHERE d.incident_id = which ORDER BY d.number DESC LIMIT 1
  ), said AS (
    SELECT i.code, coalesce((SELECT x.amount_yen::bigint FROM latest l JOIN decision_item x ON x.decision_id = l.id AND x.item = i.code
                             WHERE l.state <> 'withdrawn'), 0) AS yen FROM item i
  ), owed AS (
    SELECT i.code,
      coalesce((SELECT sum(l.amount_yen) FROM entitlement_line l WHERE l.incident_id = which AND l.item = i.code
                  AND NOT EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = l.id)), 0)
      - coalesce((SELECT sum(r.amount_yen) FROM recovery r WHERE r.incident_id = which AND r.item = i.code
                  AND NOT EXISTS (SELECT FROM recovery_cancellation x WHERE x.recovery_id = r.id)), 0) AS yen FROM item i
  )
  SELECT string_agg(format('%s: said %s, owed %s', said.code, said.yen, owed.yen), '; ') INTO wrong
  FROM said JOIN owed USING (code) WHERE said.yen <> owed.yen;
  IF wrong IS NOT NULL THEN
    PERFORM refuse('entitlement_proved', wrong);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_entitlement() IS 'At commit: lines less recoveries equal the incident''s latest decision, item by item.';
CREATE CONSTRAINT TRIGGER e_proved AFTER INSERT ON shienkin.decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_entitlement();
CREATE CONSTRAINT TRIGGER e_proved AFTER INSERT ON shienkin.entitlement_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_entitlement();
CREATE CONSTRAINT TRIGGER e_proved AFTER INSERT ON shienkin.entitlement_cancellation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_entitlement();
CREATE CONSTRAINT TRIGGER e_proved AFTER INSERT ON shienkin.recovery DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_entitlement();
CREATE CONSTRAINT TRIGGER e_proved AFTER INSERT ON shienkin.recovery_cancellation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_entitlement();
-- Of a claim's steps only withdrawal changes what is owed; the others must not lock the incident after the claim.
CREATE CONSTRAINT TRIGGER e_proved AFTER UPDATE OF state ON shienkin.claim DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'withdrawn') EXECUTE FUNCTION shienkin.prove_entitlement();

-- What a claim's state says is what its records show.
CREATE FUNCTION shienkin.prove_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  stands claim;
  open_proposals integer;
BEGIN
  SELECT * INTO stands FROM claim
  WHERE id = CASE TG_TABLE_NAME WHEN 'claim' THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'claim_id')::uuid END;
  SELECT count(*) INTO open_proposals FROM proposal p
  WHERE p.claim_id = stands.id AND NOT EXISTS (SELECT FROM proposal_outcome o WHERE o.proposal_id = p.id);
  IF (stands.state = 'proposed')::integer <> open_proposals THEN
    PERFORM refuse('claim_proposed', 'a claim is proposed exactly while a proposal waits for its outcome');
  END IF;
  IF stands.state = 'decided' AND (NOT EXISTS (SELECT FROM decision d WHERE d.claim_id = stands.id)
                                   OR open_reconsideration(stands.id) IS NOT NULL) THEN
    PERFORM refuse('claim_decided', 'a claim is decided by a decision, and while no reconsideration is open');
  END IF;
  IF stands.state = 'reconsideration' AND open_reconsideration(stands.id) IS NULL THEN
    PERFORM refuse('claim_reconsidered', 'a claim is in reconsideration while one is open');
  END IF;
  IF EXISTS (SELECT FROM proposal_outcome o WHERE o.claim_id = stands.id AND o.outcome = 'approved'
               AND NOT EXISTS (SELECT FROM decision d WHERE d.proposal_id = o.proposal_id)) THEN
    PERFORM refuse('approval_decides', 'an approval comes with its decision');
  END IF;
  IF stands.state NOT IN ('draft', 'erased') AND NOT EXISTS (SELECT FROM facts_version f WHERE f.claim_id = stands.id) THEN
    PERFORM refuse('claim_submitted_whole', 'a submitted claim has facts, declared true');
  END IF;
  IF (stands.state = 'withdrawn') <> EXISTS (SELECT FROM claim_withdrawal w WHERE w.claim_id = stands.id) THEN
    PERFORM refuse('claim_withdrawn', 'a claim is withdrawn with a row that says why');
  END IF;
  IF stands.state = 'withdrawn' AND EXISTS (SELECT FROM entitlement_line l WHERE l.claim_id = stands.id
                                              AND line_state(l.id) <> 'cancelled') THEN
    PERFORM refuse('withdrawn_unpaid', 'a claim is withdrawn only while none of its money is on its way, and cancels what is payable');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_claim() IS 'At commit: a claim''s state agrees with its proposals, decisions, facts and withdrawal.';
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT OR UPDATE ON shienkin.claim DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.proposal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.proposal_outcome DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.claim_withdrawal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.reconsideration DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();
CREATE CONSTRAINT TRIGGER e_claim AFTER INSERT ON shienkin.reconsideration_withdrawal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shienkin.prove_claim();

GRANT EXECUTE ON FUNCTION shienkin.open_reconsideration(uuid) TO shienkin_clinic;
GRANT EXECUTE ON FUNCTION shienkin.line_state(uuid), shienkin.open_reconsideration(uuid), shienkin.approval_refusal(uuid, uuid)
  TO shienkin_staff, shienkin_auditor;

SELECT shienkin.register_migration(8, 'decisions');
COMMIT;
