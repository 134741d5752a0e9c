-- The auditor's own schema: where it stands, what it found, what people did about it. Append-only.
BEGIN;

CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'What the auditor writes: runs, progress, findings, closures. Append-only.';
GRANT USAGE ON SCHEMA audit TO shienkin_auditor, shienkin_staff;

CREATE TABLE audit.run (
  id uuid PRIMARY KEY,
  at shienkin.moment NOT NULL,
  depth integer NOT NULL CHECK (depth IN (1, 2)),
  program text NOT NULL CHECK (length(program) BETWEEN 1 AND 200)
);
COMMENT ON TABLE audit.run IS 'One run of the auditor.';
COMMENT ON COLUMN audit.run.id IS 'UUIDv7.';
COMMENT ON COLUMN audit.run.at IS 'When it began, by the auditor''s clock.';
COMMENT ON COLUMN audit.run.depth IS '1 without keys; 2 with the auditor''s own key file.';
COMMENT ON COLUMN audit.run.program IS 'Version of the program.';

CREATE TABLE audit.progress (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES audit.run (id),
  family text NOT NULL CHECK (family ~ '^[a-z_]+$'),
  at shienkin.moment NOT NULL,
  until_seq bigint NOT NULL CHECK (until_seq >= 0)
);
COMMENT ON TABLE audit.progress IS 'How far each family of checks has come.';
COMMENT ON COLUMN audit.progress.id IS 'UUIDv7.';
COMMENT ON COLUMN audit.progress.run_id IS 'In which run.';
COMMENT ON COLUMN audit.progress.family IS 'Which family of checks.';
COMMENT ON COLUMN audit.progress.at IS 'When.';
COMMENT ON COLUMN audit.progress.until_seq IS 'Events up to this seq were passed.';

CREATE TABLE audit.finding (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES audit.run (id),
  at shienkin.moment NOT NULL,
  code text NOT NULL CHECK (code ~ '^[a-z_]+$'),
  severity text NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
  subject_type text NOT NULL CHECK (subject_type ~ '^[a-z_]+$'),
  subject_id uuid,
  detail bytea NOT NULL CHECK (octet_length(detail) BETWEEN 2 AND 65536)
);
COMMENT ON TABLE audit.finding IS 'What does not fit.';
COMMENT ON COLUMN audit.finding.id IS 'UUIDv7.';
COMMENT ON COLUMN audit.finding.run_id IS 'Found by which run.';
COMMENT ON COLUMN audit.finding.at IS 'When.';
COMMENT ON COLUMN audit.finding.code IS 'Which check failed.';
COMMENT ON COLUMN audit.finding.severity IS 'How grave.';
COMMENT ON COLUMN audit.finding.subject_type IS 'About which table';
COMMENT ON COLUMN audit.finding.subject_id IS 'and row.';
COMMENT ON COLUMN audit.finding.detail IS 'Canonical JSON: expected, found.';

CREATE TABLE audit.closure (
  finding_id uuid PRIMARY KEY REFERENCES audit.finding (id),
  by_account uuid NOT NULL REFERENCES shienkin.account (id),
  by_person uuid NOT NULL REFERENCES shienkin.person (id),
  at shienkin.moment NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) > 0)
);
COMMENT ON TABLE audit.closure IS 'A finding was settled by an auditor, with a reason; it is never deleted.';
COMMENT ON COLUMN audit.closure.finding_id IS 'Which finding.';
COMMENT ON COLUMN audit.closure.by_account IS 'Acting: the account that wrote the row.';
COMMENT ON COLUMN audit.closure.by_person IS 'Acting: the person behind that account.';
COMMENT ON COLUMN audit.closure.at IS 'Acting: the moment of the transaction that wrote the row.';
COMMENT ON COLUMN audit.closure.reason IS 'Why it is settled.';
CREATE TRIGGER a_acting BEFORE INSERT ON audit.closure FOR EACH ROW EXECUTE FUNCTION shienkin.fill_acting();
CREATE TRIGGER b_role BEFORE INSERT ON audit.closure FOR EACH ROW EXECUTE FUNCTION shienkin.check_role('auditor');

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['run', 'progress', 'finding', 'closure'] LOOP
    EXECUTE format('CREATE TRIGGER a_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I FOR EACH STATEMENT
                    EXECUTE FUNCTION shienkin.refuse_change()', t);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER a_no_change', t);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE audit.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_owner ON audit.%I TO shienkin_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY of_auditor ON audit.%I TO shienkin_auditor USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY of_staff ON audit.%I FOR SELECT TO shienkin_staff USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON audit.%I TO shienkin_auditor', t);
    EXECUTE format('GRANT SELECT ON audit.%I TO shienkin_staff', t);
  END LOOP;
END
$$;

SELECT shienkin.register_migration(10, 'audit');
COMMIT;
