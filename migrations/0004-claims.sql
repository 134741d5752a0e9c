-- Incidents and claims: what a claim is, where it stands, and the four documents that its claimant gives: facts, payee,
-- incident report, draft. Everything about one claim carries claim_id; whoever writes such a row holds the claim's row.
BEGIN;

-- ---- keys that seal

CREATE TABLE shienkin.sealing_key (
  subject_id uuid PRIMARY KEY,
  subject_type text NOT NULL CHECK (subject_type IN ('claim', 'account', 'evidence')),
  claim_id uuid,
  account_id uuid REFERENCES shienkin.account (id),
  kek_id text NOT NULL CHECK (kek_id ~ '^[a-z0-9][a-z0-9.-]{0,63}$'),
  wrapped shienkin.sealed NOT NULL CHECK (octet_length(wrapped) = 60),
  CHECK (CASE subject_type WHEN 'claim' THEN claim_id = subject_id AND account_id IS NULL
                           WHEN 'account' THEN account_id = subject_id AND claim_id IS NULL
                           ELSE claim_id IS NOT NULL AND account_id IS NULL END)
);
COMMENT ON TABLE shienkin.sealing_key IS 'A random key per claim, account and evidence file, wrapped by the master key. Deleting the row erases what it sealed.';
COMMENT ON COLUMN shienkin.sealing_key.subject_id IS 'The claim, account or evidence whose sealed columns it opens.';
COMMENT ON COLUMN shienkin.sealing_key.subject_type IS 'Which of the three.';
COMMENT ON COLUMN shienkin.sealing_key.claim_id IS 'The claim it belongs to, for row security; null for an account''s key.';
COMMENT ON COLUMN shienkin.sealing_key.account_id IS 'The account it belongs to; null otherwise.';
COMMENT ON COLUMN shienkin.sealing_key.kek_id IS 'Name of the master key that wraps it.';
COMMENT ON COLUMN shienkin.sealing_key.wrapped IS 'The 32 bytes of the key, sealed by the master key with associated data "sealing_key|wrapped|subject_id".';
CALL shienkin.acting('sealing_key');
CALL shienkin.never_lost('sealing_key', erasable => true);
CALL shienkin.guarded('sealing_key');

CREATE FUNCTION shienkin.rewrap(subject uuid, new_kek text, new_wrapped bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT holds((actor()).person_id, ARRAY['service']) THEN
    PERFORM refuse('role_needed', 'keys are wrapped anew by the service alone');
  END IF;
  UPDATE sealing_key SET kek_id = new_kek, wrapped = new_wrapped WHERE subject_id = subject;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION shienkin.rewrap(uuid, text, bytea) IS 'Rotation of the master key: the same key under another wrap. False where the subject has no key any more.';
GRANT EXECUTE ON FUNCTION shienkin.rewrap(uuid, text, bytea) TO shienkin_staff;

-- ---- incidents

CREATE TABLE shienkin.incident (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  member_id uuid REFERENCES shienkin.member (id),
  occurred_on date NOT NULL CHECK (occurred_on BETWEEN '0001-01-01' AND '9999-12-31'),
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  UNIQUE (id, facility_id)
);
COMMENT ON TABLE shienkin.incident IS 'One chain of events at one facility (P1), which is what money is owed for. A root: its member and date follow the facts.';
COMMENT ON COLUMN shienkin.incident.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.incident.facility_id IS 'Where; for ever.';
COMMENT ON COLUMN shienkin.incident.member_id IS 'The member by the roster of that day; null while the roster knows none (hold member_unresolved).';
COMMENT ON COLUMN shienkin.incident.occurred_on IS 'The day on which the harm began there, as established now.';
COMMENT ON COLUMN shienkin.incident.version IS 'Counts the changes.';
CREATE INDEX incident_of_facility ON shienkin.incident (facility_id, occurred_on);
CALL shienkin.acting('incident');
CALL shienkin.never_lost('incident');
CALL shienkin.guarded('incident');

-- ---- lifecycle, as data

CREATE TABLE shienkin.claim_state (
  code text PRIMARY KEY,
  ja text NOT NULL,
  en text NOT NULL
);
COMMENT ON TABLE shienkin.claim_state IS 'The states of a claim.';
COMMENT ON COLUMN shienkin.claim_state.code IS 'The state''s name.';
COMMENT ON COLUMN shienkin.claim_state.ja IS 'For people, in Japanese.';
COMMENT ON COLUMN shienkin.claim_state.en IS 'For people, in English.';
INSERT INTO shienkin.claim_state VALUES
  ('draft', '下書き', 'draft'),
  ('submitted', '受付済み', 'submitted'),
  ('in_review', '審査中', 'in review'),
  ('info_requested', '照会中', 'information requested'),
  ('dormant', '回答待ち（休止）', 'dormant'),
  ('proposed', '承認待ち', 'proposed'),
  ('decided', '決定済み', 'decided'),
  ('reconsideration', '再審査中', 'in reconsideration'),
  ('withdrawn', '取下げ', 'withdrawn'),
  ('erased', '消去済み下書き', 'erased draft');
CALL shienkin.insert_only('claim_state');
CALL shienkin.guarded('claim_state');

CREATE TABLE shienkin.claim_transition (
  from_state text NOT NULL REFERENCES shienkin.claim_state (code),
  to_state text NOT NULL REFERENCES shienkin.claim_state (code),
  by_clinic boolean NOT NULL,
  by_staff boolean NOT NULL,
  cause text NOT NULL,
  PRIMARY KEY (from_state, to_state),
  CHECK (by_clinic OR by_staff)
);
COMMENT ON TABLE shienkin.claim_transition IS 'Every step that a claim may take; there is no other.';
COMMENT ON COLUMN shienkin.claim_transition.from_state IS 'From this state';
COMMENT ON COLUMN shienkin.claim_transition.to_state IS 'to this one.';
COMMENT ON COLUMN shienkin.claim_transition.by_clinic IS 'A request of a clinic may cause it.';
COMMENT ON COLUMN shienkin.claim_transition.by_staff IS 'A request of the staff, or a job of the service, may cause it.';
COMMENT ON COLUMN shienkin.claim_transition.cause IS 'What causes it.';
INSERT INTO shienkin.claim_transition VALUES
  ('draft', 'submitted', true, true, 'submission'),
  ('draft', 'erased', true, true, 'unused for 180 days and notice given, or thrown away by its writer'),
  ('submitted', 'in_review', false, true, 'an adjuster takes it'),
  ('in_review', 'info_requested', false, true, 'a request for information'),
  ('info_requested', 'in_review', true, true, 'a reply, or the request taken back'),
  ('info_requested', 'dormant', false, true, 'silence, which is never a refusal'),
  ('dormant', 'info_requested', true, true, 'the claimant stirs'),
  ('in_review', 'proposed', false, true, 'a proposal'),
  ('proposed', 'decided', false, true, 'an approval'),
  ('proposed', 'in_review', true, true, 'returned by the approver, or amended: the proposal is void'),
  ('decided', 'in_review', true, true, 'an amendment, an arrived filing, an accepted finding of the roster'),
  ('decided', 'reconsideration', true, true, 'asked for by the claimant'),
  ('reconsideration', 'proposed', false, true, 'a proposal of other people than before'),
  ('reconsideration', 'decided', true, true, 'taken back: the old decision stands'),
  ('submitted', 'withdrawn', true, true, 'taken back, or the same incident as another claim'),
  ('in_review', 'withdrawn', true, true, 'taken back, or the same incident as another claim'),
  ('info_requested', 'withdrawn', true, true, 'taken back, or the same incident as another claim'),
  ('proposed', 'withdrawn', true, true, 'taken back, or the same incident as another claim');
CALL shienkin.insert_only('claim_transition');
CALL shienkin.guarded('claim_transition');

-- ---- claims

CREATE TABLE shienkin.claim (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES shienkin.facility (id),
  channel text NOT NULL CHECK (channel IN ('online', 'proxy', 'paper', 'telephone')),
  state text NOT NULL DEFAULT 'draft' REFERENCES shienkin.claim_state (code),
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  incident_id uuid,
  number text UNIQUE CHECK (number ~ '^C-[0-9]{4}-[0-9]{6,}$'),
  submitted_at shienkin.moment,
  moved_at shienkin.moment,
  assigned_to uuid REFERENCES shienkin.person (id),
  assigned_at shienkin.moment,
  FOREIGN KEY (incident_id, facility_id) REFERENCES shienkin.incident (id, facility_id),
  UNIQUE (id, incident_id),
  CONSTRAINT claim_submitted_whole CHECK
    (CASE WHEN state IN ('draft', 'erased') THEN num_nonnulls(incident_id, number, submitted_at) = 0
          ELSE num_nonnulls(incident_id, number, submitted_at) = 3 END),
  CONSTRAINT claim_assigned_whole CHECK ((assigned_to IS NULL) = (assigned_at IS NULL))
);
COMMENT ON TABLE shienkin.claim IS 'One claim, from its first draft on. A root: state, version and assignment live here and nowhere else, and move only with an event in the same transaction.';
COMMENT ON COLUMN shienkin.claim.id IS 'UUIDv7; outside clm_ and 26 Crockford characters. The draft''s id stays the claim''s.';
COMMENT ON COLUMN shienkin.claim.facility_id IS 'For which facility; for ever. Row security of clinics rests on it.';
COMMENT ON COLUMN shienkin.claim.channel IS 'online by the clinic; proxy, paper, telephone: typed by the staff, marked.';
COMMENT ON COLUMN shienkin.claim.state IS 'Where it stands.';
COMMENT ON COLUMN shienkin.claim.version IS 'One more with every change of the row: the ETag.';
COMMENT ON COLUMN shienkin.claim.incident_id IS 'The incident that it names, from submission on.';
COMMENT ON COLUMN shienkin.claim.number IS 'The number for people, from submission on: C-<fiscal year>-<serial>; gaps are allowed.';
COMMENT ON COLUMN shienkin.claim.submitted_at IS 'When it was submitted.';
COMMENT ON COLUMN shienkin.claim.moved_at IS 'When the row last changed.';
COMMENT ON COLUMN shienkin.claim.assigned_to IS 'The person who works on it; null: nobody.';
COMMENT ON COLUMN shienkin.claim.assigned_at IS 'Since when.';
CREATE UNIQUE INDEX claim_one_per_incident ON shienkin.claim (incident_id) WHERE state <> 'withdrawn';
COMMENT ON INDEX shienkin.claim_one_per_incident IS 'An incident is claimed once; only a withdrawn claim frees it.';
CREATE INDEX claim_queue ON shienkin.claim (state, submitted_at, id);
CREATE INDEX claim_of_person ON shienkin.claim (assigned_to, state) WHERE assigned_to IS NOT NULL;
CREATE INDEX claim_of_facility ON shienkin.claim (facility_id, id);
CALL shienkin.acting('claim');
CALL shienkin.never_lost('claim');
CALL shienkin.guarded('claim');
ALTER TABLE shienkin.sealing_key ADD FOREIGN KEY (claim_id) REFERENCES shienkin.claim (id);

-- Sequences of claim numbers, one per fiscal year (April to March).
DO $$
BEGIN
  FOR fiscal_year IN 2022 .. 2071 LOOP
    EXECUTE format('CREATE SEQUENCE shienkin.claim_number_%s', fiscal_year);
  END LOOP;
END
$$;
CREATE FUNCTION shienkin.next_claim_number(fiscal_year integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN 'C-' || fiscal_year || '-' || lpad(nextval(format('shienkin.claim_number_%s', fiscal_year)::regclass)::text, 6, '0');
END
$$;
COMMENT ON FUNCTION shienkin.next_claim_number(integer) IS 'The next number of a fiscal year, 2022 to 2071. A number once taken is never taken again, even where its transaction fails.';

CREATE FUNCTION shienkin.lock_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM FROM claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.lock_claim() IS 'Whoever adds to a claim holds its row, so that rules over several rows see no half.';

CREATE PROCEDURE shienkin.of_claim(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER b_lock_claim BEFORE INSERT ON shienkin.%I FOR EACH ROW
                  EXECUTE FUNCTION shienkin.lock_claim()', name);
  EXECUTE format('COMMENT ON COLUMN shienkin.%I.claim_id IS %L', name, 'The claim that it belongs to.');
END
$$;
COMMENT ON PROCEDURE shienkin.of_claim(text) IS 'Rows of this table belong to a claim: inserting one locks the claim''s row.';

-- ---- declarations

CREATE TABLE shienkin.declaration_text (
  id uuid PRIMARY KEY,
  version text NOT NULL UNIQUE CHECK (length(version) BETWEEN 1 AND 40),
  ja text NOT NULL CHECK (length(ja) > 0),
  en text NOT NULL CHECK (length(en) > 0)
);
COMMENT ON TABLE shienkin.declaration_text IS 'What a claimant declares at submission: truth, repayment after a false statement, privacy.';
COMMENT ON COLUMN shienkin.declaration_text.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.declaration_text.version IS 'The text''s version, as shown.';
COMMENT ON COLUMN shienkin.declaration_text.ja IS 'The text that binds.';
COMMENT ON COLUMN shienkin.declaration_text.en IS 'Its translation.';
CALL shienkin.acting('declaration_text');
CALL shienkin.needs_role('declaration_text', 'owner', 'service');
CALL shienkin.insert_only('declaration_text');
CALL shienkin.guarded('declaration_text');

-- ---- the four documents

CREATE TABLE shienkin.draft (
  claim_id uuid PRIMARY KEY REFERENCES shienkin.claim (id),
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  saved_at shienkin.moment NOT NULL,
  notice_at shienkin.moment,
  sealed_body shienkin.sealed NOT NULL
);
COMMENT ON TABLE shienkin.draft IS 'What a claimant has typed so far, leniently; "not yet asked" is kept apart from "unknown". A root, rewritten at each step until submission.';
COMMENT ON COLUMN shienkin.draft.version IS 'One more with each save: the ETag.';
COMMENT ON COLUMN shienkin.draft.saved_at IS 'When it was last saved.';
COMMENT ON COLUMN shienkin.draft.notice_at IS 'When its writer was told that it will be erased; a save clears it.';
COMMENT ON COLUMN shienkin.draft.sealed_body IS 'The document, JSON, under the claim''s key.';
CALL shienkin.of_claim('draft');
CALL shienkin.acting('draft');
CALL shienkin.never_lost('draft');
CALL shienkin.guarded('draft');

CREATE TABLE shienkin.facts_version (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  version integer NOT NULL CHECK (version >= 1),
  previous integer GENERATED ALWAYS AS (nullif(version, 1) - 1) STORED,
  source text NOT NULL CHECK (source IN ('clinic', 'proxy', 'paper', 'telephone', 'merged')),
  declaration_id uuid NOT NULL REFERENCES shienkin.declaration_text (id),
  occurred_on date NOT NULL,
  rule_facts bytea NOT NULL CHECK (octet_length(rule_facts) BETWEEN 2 AND 1048576),
  sha256 shienkin.sha256 NOT NULL,
  sealed_private shienkin.sealed,
  CONSTRAINT facts_version_once UNIQUE (claim_id, version),
  CONSTRAINT facts_version_follows FOREIGN KEY (claim_id, previous) REFERENCES shienkin.facts_version (claim_id, version),
  CONSTRAINT facts_version_sha256 CHECK (sha256 = sha256(rule_facts)),
  CONSTRAINT facts_version_occurred_on CHECK
    (occurred_on::text = convert_from(rule_facts, 'UTF8')::jsonb #>> '{incident,occurred_on}'),
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.facts_version IS 'What a claimant asserts, as submitted and as amended: each version whole, declared true, never changed.';
COMMENT ON COLUMN shienkin.facts_version.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.facts_version.version IS '1 at submission, then one more per amendment.';
COMMENT ON COLUMN shienkin.facts_version.previous IS 'The version before, which must exist.';
COMMENT ON COLUMN shienkin.facts_version.source IS 'Who asserts it and how it came; merged: word for word from a claim that turned out to speak of the same incident.';
COMMENT ON COLUMN shienkin.facts_version.declaration_id IS 'The declaration accepted with it.';
COMMENT ON COLUMN shienkin.facts_version.occurred_on IS 'The incident''s day, beside the bytes and compared with them.';
COMMENT ON COLUMN shienkin.facts_version.rule_facts IS 'Canonical JSON of what the rules may see; holds no free text and no name.';
COMMENT ON COLUMN shienkin.facts_version.sha256 IS 'Of rule_facts.';
COMMENT ON COLUMN shienkin.facts_version.sealed_private IS 'The rest (summary, names), JSON, under the claim''s key.';
CALL shienkin.of_claim('facts_version');
CALL shienkin.acting('facts_version');
CALL shienkin.insert_only('facts_version');
CALL shienkin.guarded('facts_version');

CREATE TABLE shienkin.payee_version (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  version integer NOT NULL CHECK (version >= 1),
  previous integer GENERATED ALWAYS AS (nullif(version, 1) - 1) STORED,
  sealed_body shienkin.sealed NOT NULL,
  account_blind shienkin.sha256 NOT NULL,
  roster_match text NOT NULL CHECK (roster_match IN ('matches', 'differs', 'unknown')),
  CONSTRAINT payee_version_once UNIQUE (claim_id, version),
  CONSTRAINT payee_version_follows FOREIGN KEY (claim_id, previous) REFERENCES shienkin.payee_version (claim_id, version),
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.payee_version IS 'Where the money goes: the account document, sealed; each change a new version.';
COMMENT ON COLUMN shienkin.payee_version.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.payee_version.version IS '1, then one more per change.';
COMMENT ON COLUMN shienkin.payee_version.previous IS 'The version before, which must exist.';
COMMENT ON COLUMN shienkin.payee_version.sealed_body IS 'The payee document, JSON, under the claim''s key.';
COMMENT ON COLUMN shienkin.payee_version.account_blind IS 'HMAC-SHA-256 of bank, branch, type and number under the blind-index key: equal accounts are found, none is read.';
COMMENT ON COLUMN shienkin.payee_version.roster_match IS 'How the holder''s name compares with the roster''s; anything but matches is held for two persons.';
CREATE INDEX payee_version_account ON shienkin.payee_version (account_blind);
CALL shienkin.of_claim('payee_version');
CALL shienkin.acting('payee_version');
CALL shienkin.insert_only('payee_version');
CALL shienkin.guarded('payee_version');

CREATE TABLE shienkin.payee_confirmation (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  payee_version_id uuid NOT NULL,
  how text NOT NULL CHECK (how IN ('call_back', 'posted_code', 'bank_inquiry')),
  sealed_note shienkin.sealed,
  FOREIGN KEY (payee_version_id, claim_id) REFERENCES shienkin.payee_version (id, claim_id)
);
COMMENT ON TABLE shienkin.payee_confirmation IS 'A payee was confirmed by a way that a stolen mailbox does not open.';
COMMENT ON COLUMN shienkin.payee_confirmation.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.payee_confirmation.payee_version_id IS 'Which version.';
COMMENT ON COLUMN shienkin.payee_confirmation.how IS 'By calling back or by post to the roster''s address, or by asking the bank.';
COMMENT ON COLUMN shienkin.payee_confirmation.sealed_note IS 'Who was spoken to, under the claim''s key.';
CALL shienkin.of_claim('payee_confirmation');
CALL shienkin.acting('payee_confirmation');
CALL shienkin.needs_role('payee_confirmation', 'adjuster', 'approver');
CALL shienkin.insert_only('payee_confirmation');
CALL shienkin.guarded('payee_confirmation');

CREATE TABLE shienkin.incident_report (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  version integer NOT NULL CHECK (version >= 1),
  previous integer GENERATED ALWAYS AS (nullif(version, 1) - 1) STORED,
  sealed_body shienkin.sealed NOT NULL,
  CONSTRAINT incident_report_once UNIQUE (claim_id, version),
  CONSTRAINT incident_report_follows FOREIGN KEY (claim_id, previous) REFERENCES shienkin.incident_report (claim_id, version)
);
COMMENT ON TABLE shienkin.incident_report IS 'Authorities told, their reference numbers, contacts: for people, never seen by rules.';
COMMENT ON COLUMN shienkin.incident_report.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.incident_report.version IS '1, then one more per change.';
COMMENT ON COLUMN shienkin.incident_report.previous IS 'The version before, which must exist.';
COMMENT ON COLUMN shienkin.incident_report.sealed_body IS 'The document, JSON, under the claim''s key.';
CALL shienkin.of_claim('incident_report');
CALL shienkin.acting('incident_report');
CALL shienkin.insert_only('incident_report');
CALL shienkin.guarded('incident_report');

CREATE TABLE shienkin.claim_withdrawal (
  claim_id uuid PRIMARY KEY REFERENCES shienkin.claim (id),
  cause text NOT NULL CHECK (cause IN ('by_claimant', 'same_incident')),
  merged_into uuid REFERENCES shienkin.claim (id),
  sealed_reason shienkin.sealed,
  CHECK ((cause = 'same_incident') = (merged_into IS NOT NULL)),
  CHECK (merged_into <> claim_id)
);
COMMENT ON TABLE shienkin.claim_withdrawal IS 'Why a claim ended without effect: taken back, or turned into an amendment of another.';
COMMENT ON COLUMN shienkin.claim_withdrawal.cause IS 'Which of the two.';
COMMENT ON COLUMN shienkin.claim_withdrawal.merged_into IS 'The claim that it amends.';
COMMENT ON COLUMN shienkin.claim_withdrawal.sealed_reason IS 'In the claimant''s words, under the claim''s key.';
CALL shienkin.of_claim('claim_withdrawal');
CALL shienkin.acting('claim_withdrawal');
CALL shienkin.insert_only('claim_withdrawal');
CALL shienkin.guarded('claim_withdrawal');

-- ---- how the roots move

CREATE FUNCTION shienkin.move_claim() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  who shienkin.acting_as := shienkin.actor();
  step shienkin.claim_transition;
BEGIN
  IF to_jsonb(NEW) - ARRAY['state', 'version', 'incident_id', 'number', 'submitted_at', 'moved_at', 'assigned_to', 'assigned_at']
     <> to_jsonb(OLD) - ARRAY['state', 'version', 'incident_id', 'number', 'submitted_at', 'moved_at', 'assigned_to', 'assigned_at']
  THEN
    PERFORM shienkin.refuse('claim_fixed', 'facility, channel and origin of a claim never change');
  END IF;
  IF OLD.state IN ('withdrawn', 'erased') THEN
    PERFORM shienkin.refuse('claim_ended', 'this claim has ended');
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    PERFORM shienkin.refuse('claim_version', format('version %s follows %s, not %s', OLD.version + 1, OLD.version, NEW.version));
  END IF;
  IF OLD.number IS NOT NULL AND (NEW.number, NEW.incident_id, NEW.submitted_at)
                                IS DISTINCT FROM (OLD.number, OLD.incident_id, OLD.submitted_at) THEN
    PERFORM shienkin.refuse('claim_fixed', 'number, incident and submission of a claim never change');
  END IF;
  IF NEW.state <> OLD.state THEN
    SELECT * INTO step FROM shienkin.claim_transition t WHERE t.from_state = OLD.state AND t.to_state = NEW.state;
    IF step IS NULL OR NOT (CASE who.realm WHEN 'clinic' THEN step.by_clinic WHEN 'auditor' THEN false ELSE step.by_staff END) THEN
      PERFORM shienkin.refuse('claim_transition', format('no step from %s to %s for %s', OLD.state, NEW.state, who.realm));
    END IF;
  END IF;
  IF NEW.assigned_to IS DISTINCT FROM OLD.assigned_to AND who.realm = 'clinic' THEN
    PERFORM shienkin.refuse('claim_assignment', 'assignments are the staff''s');
  END IF;
  NEW.moved_at := shienkin.at();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.move_claim() IS 'A claim moves by the table of transitions, one version at a time; what it is never changes.';
CREATE TRIGGER c_move BEFORE UPDATE ON shienkin.claim FOR EACH ROW EXECUTE FUNCTION shienkin.move_claim();

CREATE FUNCTION shienkin.open_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  who acting_as := actor();
BEGIN
  IF NEW.state <> 'draft' OR NEW.version <> 1 OR NEW.assigned_to IS NOT NULL THEN
    PERFORM refuse('claim_opens_as_draft', 'a claim begins as a draft of version 1 that nobody is assigned to');
  END IF;
  IF NOT (CASE NEW.channel
           WHEN 'online' THEN who.realm = 'clinic'
           WHEN 'proxy' THEN who.realm = 'staff' AND holds(who.person_id, ARRAY['proxy']) AND NEW.facility_id = ANY (mandated())
           ELSE who.realm = 'staff' AND holds(who.person_id, ARRAY['adjuster', 'approver', 'proxy']) END) THEN
    PERFORM refuse('claim_channel', 'clinics file online; a proxy files for its mandate; paper and telephone are typed by the staff');
  END IF;
  NEW.moved_at := at();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.open_claim() IS 'A claim begins as a draft, through a channel that fits who writes it.';
CREATE TRIGGER c_open BEFORE INSERT ON shienkin.claim FOR EACH ROW EXECUTE FUNCTION shienkin.open_claim();

CREATE FUNCTION shienkin.check_facts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  who acting_as := actor();
  stands text := (SELECT state FROM claim WHERE id = NEW.claim_id);
BEGIN
  IF stands IN ('withdrawn', 'erased', 'dormant') THEN
    PERFORM refuse('claim_ended', format('a claim that is %s takes no facts', stands));
  END IF;
  IF (NEW.source = 'clinic') <> (who.realm = 'clinic') THEN
    PERFORM refuse('facts_source', 'what the staff types is marked as such');
  END IF;
  IF NEW.source = 'merged' AND NOT EXISTS (
       SELECT FROM claim_withdrawal w JOIN facts_version f ON f.claim_id = w.claim_id
       WHERE w.merged_into = NEW.claim_id AND f.declaration_id = NEW.declaration_id
         AND convert_from(f.rule_facts, 'UTF8')::jsonb - 'claim_id' = convert_from(NEW.rule_facts, 'UTF8')::jsonb - 'claim_id'
         AND NOT EXISTS (SELECT FROM facts_version later WHERE later.claim_id = f.claim_id AND later.version > f.version)) THEN
    PERFORM refuse('facts_merged', 'merged facts are the last ones of the claim that was merged, as its claimant declared them');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_facts() IS 'Facts are added to living claims, and say truly whether a clinic typed them.';
CREATE TRIGGER c_facts BEFORE INSERT ON shienkin.facts_version FOR EACH ROW EXECUTE FUNCTION shienkin.check_facts();

CREATE FUNCTION shienkin.move_incident() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['member_id', 'occurred_on', 'version'] <> to_jsonb(OLD) - ARRAY['member_id', 'occurred_on', 'version']
     OR NEW.version <> OLD.version + 1 THEN
    PERFORM shienkin.refuse('incident_fixed', 'an incident changes its member and day alone, one version at a time');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.move_incident() IS 'Only member and day of an incident move, one version at a time.';
CREATE TRIGGER c_move BEFORE UPDATE ON shienkin.incident FOR EACH ROW EXECUTE FUNCTION shienkin.move_incident();

CREATE FUNCTION shienkin.move_draft() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF (SELECT state FROM claim WHERE id = NEW.claim_id) <> 'draft' THEN
    PERFORM refuse('draft_submitted', 'the claim was submitted: its draft changes no more');
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.claim_id <> OLD.claim_id OR NEW.version NOT IN (OLD.version, OLD.version + 1)
     OR (NEW.version = OLD.version AND NEW.sealed_body <> OLD.sealed_body)) THEN
    PERFORM refuse('draft_version', 'a draft is saved one version at a time');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.move_draft() IS 'A draft is saved one version at a time, until its claim is submitted.';
CREATE TRIGGER c_move BEFORE INSERT OR UPDATE ON shienkin.draft FOR EACH ROW EXECUTE FUNCTION shienkin.move_draft();

GRANT EXECUTE ON FUNCTION shienkin.next_claim_number(integer) TO shienkin_clinic, shienkin_staff;
SELECT shienkin.register_migration(4, 'claims');
COMMIT;
