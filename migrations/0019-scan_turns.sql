-- Turns: which finished files wait to be looked at by a scanner, and since when. A file gets its turn with its finish, whether a
-- scanner is configured or not, so that one which is configured later finds the earlier files; its turn ends with the first verdict.
BEGIN;

CREATE TABLE shienkin.evidence_scan_turn (
  evidence_id uuid PRIMARY KEY REFERENCES shienkin.evidence_finish (evidence_id),
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  due_at shienkin.moment
);
COMMENT ON TABLE shienkin.evidence_scan_turn IS 'Files that wait for a scanner. What was found stands in evidence_scan; here is only who is next.';
COMMENT ON COLUMN shienkin.evidence_scan_turn.evidence_id IS 'Which file.';
COMMENT ON COLUMN shienkin.evidence_scan_turn.tries IS 'How often a scan was begun.';
COMMENT ON COLUMN shienkin.evidence_scan_turn.due_at IS 'Not before then: its finish at first, moved ahead while one instance scans it; null when it waits no more.';
INSERT INTO shienkin.evidence_scan_turn (evidence_id, due_at)
SELECT f.evidence_id, f.at FROM shienkin.evidence_finish f
WHERE NOT EXISTS (SELECT FROM shienkin.evidence_scan s WHERE s.evidence_id = f.evidence_id);
CREATE INDEX evidence_scan_due ON shienkin.evidence_scan_turn (due_at, evidence_id) WHERE due_at IS NOT NULL;
CREATE INDEX evidence_scan_of_file ON shienkin.evidence_scan (evidence_id, at, id);
CALL shienkin.never_lost('evidence_scan_turn');
CALL shienkin.guarded('evidence_scan_turn');
GRANT SELECT, UPDATE (tries, due_at) ON shienkin.evidence_scan_turn TO shienkin_staff;
GRANT SELECT ON shienkin.evidence_scan_turn TO shienkin_auditor;

CREATE FUNCTION shienkin.move_scan_turn() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.evidence_id <> OLD.evidence_id OR OLD.due_at IS NULL OR NEW.tries NOT IN (OLD.tries, OLD.tries + 1) THEN
    PERFORM shienkin.refuse('scan_turn_moves', 'a turn that is over stays over; tries are counted one by one');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.move_scan_turn() IS 'A turn moves ahead until it is over, once; its tries count up.';
CREATE TRIGGER a_move BEFORE UPDATE ON shienkin.evidence_scan_turn FOR EACH ROW EXECUTE FUNCTION shienkin.move_scan_turn();

CREATE FUNCTION shienkin.prove_scan_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM evidence_scan s WHERE s.evidence_id = NEW.evidence_id)
     AND EXISTS (SELECT FROM sealing_key k WHERE k.subject_id = NEW.evidence_id) THEN
    PERFORM refuse('scan_turn_verdict', 'a file waits until there is a verdict, or until it was erased');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.prove_scan_turn() IS 'At commit: whatever waits no more has a verdict or was erased.';
CREATE CONSTRAINT TRIGGER b_verdict AFTER UPDATE ON shienkin.evidence_scan_turn DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.due_at IS NULL) EXECUTE FUNCTION shienkin.prove_scan_turn();

CREATE FUNCTION shienkin.begin_scan_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  INSERT INTO evidence_scan_turn (evidence_id, due_at) VALUES (NEW.evidence_id, NEW.at);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.begin_scan_turn() IS 'A finished file waits for a scanner.';
CREATE TRIGGER g_scan_turn AFTER INSERT ON shienkin.evidence_finish FOR EACH ROW EXECUTE FUNCTION shienkin.begin_scan_turn();

CREATE FUNCTION shienkin.end_scan_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  UPDATE evidence_scan_turn SET due_at = NULL WHERE evidence_id = NEW.evidence_id AND due_at IS NOT NULL;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION shienkin.end_scan_turn() IS 'A verdict ends the waiting.';
CREATE TRIGGER g_scan_turn AFTER INSERT ON shienkin.evidence_scan FOR EACH ROW EXECUTE FUNCTION shienkin.end_scan_turn();

SELECT shienkin.register_migration(19, 'scan_turns');
COMMIT;
