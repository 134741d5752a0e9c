-- Scenario tables beside a rule set: the stories that its authors promise, run by the engine for whoever reads the rules. A rule
-- set without them is a rule set all the same; they decide nothing.
BEGIN;

CREATE TABLE shienkin.rule_scenario (
  id uuid PRIMARY KEY,
  rule_set_id uuid NOT NULL REFERENCES shienkin.rule_set (id),
  sha256 shienkin.sha256 NOT NULL,
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 2 AND 4194304),
  CONSTRAINT rule_scenario_once UNIQUE (rule_set_id, sha256),
  CONSTRAINT rule_scenario_sha256 CHECK (sha256 = sha256(bytes))
);
COMMENT ON TABLE shienkin.rule_scenario IS 'A table of cases beside a rule set: what it should say of each. Never changes.';
COMMENT ON COLUMN shienkin.rule_scenario.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.rule_scenario.rule_set_id IS 'Beside which rule set.';
COMMENT ON COLUMN shienkin.rule_scenario.sha256 IS 'Of the table''s bytes.';
COMMENT ON COLUMN shienkin.rule_scenario.bytes IS 'The table: {about, base, cases}, JSON.';
CALL shienkin.acting('rule_scenario');
CALL shienkin.needs_role('rule_scenario', 'owner');
CALL shienkin.insert_only('rule_scenario');
CALL shienkin.guarded('rule_scenario');
GRANT SELECT ON shienkin.rule_scenario TO shienkin_staff, shienkin_auditor;
GRANT INSERT ON shienkin.rule_scenario TO shienkin_staff;

SELECT shienkin.register_migration(17, 'rule_scenarios');
COMMIT;
