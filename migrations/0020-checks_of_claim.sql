-- Checks by their claim: all of them, not only the first of each chain, and those since a moment. Without it each look at a case,
-- and each claim of which it is asked whether anything was done since the clinic's answer, reads all checks that there ever were.
BEGIN;

CREATE INDEX fact_check_of_claim ON shienkin.fact_check (claim_id, at);
COMMENT ON INDEX shienkin.fact_check_of_claim IS 'What was found out about a claim, and since when.';

SELECT shienkin.register_migration(20, 'checks_of_claim');
COMMIT;
