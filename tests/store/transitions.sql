-- A claim moves by the table of transitions and by no other way.
BEGIN;
SELECT * FROM no_plan();
SELECT tap.build();
SELECT tap.does('clinic-1', tap.opened('claim-1', 'facility-1'));
SELECT tap.does('clinic-1', tap.submitted('claim-1', 'facility-1', '2026-05-11'));

-- Every pair of states, for clinic and staff, as they are drawn below. Triggers apart from this one's are silent
-- while the claim is put into its state, so that each refusal is the table's own.
CREATE TEMP TABLE drawn (from_state text, to_state text, clinic boolean, staff boolean);
INSERT INTO drawn VALUES
  ('draft', 'submitted', true, true), ('submitted', 'in_review', false, true), ('in_review', 'info_requested', false, true),
  ('info_requested', 'in_review', true, true), ('info_requested', 'dormant', false, true), ('dormant', 'info_requested', true, true),
  ('in_review', 'proposed', false, true), ('proposed', 'decided', false, true), ('proposed', 'in_review', true, true),
  ('decided', 'in_review', true, true), ('decided', 'reconsideration', true, true), ('reconsideration', 'proposed', false, true),
  ('reconsideration', 'decided', true, true), ('submitted', 'withdrawn', true, true), ('in_review', 'withdrawn', true, true),
  ('info_requested', 'withdrawn', true, true), ('proposed', 'withdrawn', true, true), ('draft', 'erased', true, true);
CREATE FUNCTION tap.step_refusal(name text, was text, becomes text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  rule text;
BEGIN
  SET LOCAL session_replication_role = replica;
  UPDATE shienkin.claim SET state = was WHERE id = tap.id('claim-1');
  SET LOCAL session_replication_role = origin;
  PERFORM set_config('shienkin.account', tap.account(name)::text, true);
  PERFORM set_config('role', (SELECT db_role FROM tap.who w WHERE w.name = step_refusal.name), true);
  BEGIN
    UPDATE shienkin.claim SET state = becomes, version = version + 1 WHERE id = tap.id('claim-1');
    RAISE EXCEPTION USING ERRCODE = 'TAP00';
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME;
  END;
  PERFORM set_config('role', 'none', true);
  RETURN nullif(rule, '');
END
$$;
ALTER TABLE shienkin.claim DROP CONSTRAINT claim_submitted_whole;       -- put back by the rollback
SELECT is_empty($$
  SELECT * FROM (
    SELECT w.name, a.code AS was, b.code AS becomes, tap.step_refusal(w.name, a.code, b.code) AS said,
      CASE WHEN a.code IN ('withdrawn', 'erased') THEN 'claim_ended'
           WHEN CASE w.name WHEN 'clinic-1' THEN coalesce(d.clinic, false) ELSE coalesce(d.staff, false) END THEN NULL
           ELSE 'claim_transition' END AS due
    FROM shienkin.claim_state a CROSS JOIN shienkin.claim_state b CROSS JOIN (VALUES ('clinic-1'), ('adjuster-1')) w(name)
    LEFT JOIN drawn d ON d.from_state = a.code AND d.to_state = b.code WHERE a.code <> b.code) x
  WHERE said IS DISTINCT FROM due$$, 'all 90 pairs of states, by clinic and by staff, are as drawn');
SELECT is((SELECT count(*) FROM shienkin.claim_transition), (SELECT count(*) FROM drawn), 'the table holds the drawn steps and no other');
SELECT * FROM finish();
ROLLBACK;
