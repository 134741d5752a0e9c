-- Is every table of the house in order: comments, row security, rights, no clock, no amount of the scheme.
BEGIN;
SELECT * FROM no_plan();

CREATE TEMP VIEW house AS
  SELECT c.oid, n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('shienkin', 'audit') AND c.relkind IN ('r', 'p');
CREATE TEMP VIEW function AS
  SELECT n.nspname || '.' || p.proname AS name, p.* FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname IN ('shienkin', 'audit');
CREATE TEMP TABLE app (role name);
INSERT INTO app VALUES ('shienkin_clinic'), ('shienkin_staff'), ('shienkin_log'), ('shienkin_auditor');

SELECT cmp_ok((SELECT count(*) FROM house), '>', 60::bigint, 'the walk sees the tables');
SELECT is_empty($$SELECT name FROM house WHERE obj_description(oid, 'pg_class') IS NULL$$, 'every table has a comment');
SELECT is_empty($$SELECT h.name, a.attname FROM house h JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
                  WHERE col_description(h.oid, a.attnum) IS NULL$$, 'every column has a comment');
SELECT is_empty($$SELECT name FROM function WHERE obj_description(oid, 'pg_proc') IS NULL$$, 'every function has a comment');
SELECT is_empty($$SELECT h.name FROM house h JOIN pg_class c ON c.oid = h.oid WHERE NOT c.relrowsecurity OR NOT c.relforcerowsecurity$$,
                'row security is on and forced everywhere');
SELECT is_empty($$SELECT h.name FROM house h WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = h.oid AND p.polname = 'of_owner')
                     OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = h.oid AND p.polname = 'of_staff')
                     OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = h.oid AND p.polname = 'of_auditor')$$,
                'owner, staff and auditor have their policies everywhere');
SELECT is_empty($$SELECT h.name, p.polname FROM house h JOIN pg_policy p ON p.polrelid = h.oid
                  WHERE p.polname IN ('of_staff', 'of_auditor') AND pg_get_expr(p.polqual, p.polrelid) <> 'true'$$,
                'policies of staff and auditor are constant: their bounds are rights');
SELECT is_empty($$SELECT h.name, p.polname FROM house h JOIN pg_policy p ON p.polrelid = h.oid
                  WHERE 0 = ANY (p.polroles)$$, 'no policy is for everybody');
SELECT is_empty($$SELECT h.name FROM house h WHERE h.schema = 'shienkin'
                     AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = h.oid AND a.attname = 'claim_id' AND NOT a.attisdropped)
                     AND has_table_privilege('shienkin_clinic', h.oid, 'SELECT')
                     AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = h.oid AND p.polname = 'of_clinic'
                                       AND pg_get_expr(p.polqual, p.polrelid) ~ 'claim')$$,
                'what clinics read of claims is bound to a claim that they see');

-- ---- rights
SELECT is_empty($$SELECT h.name, x.grantee FROM house h JOIN pg_class c ON c.oid = h.oid, aclexplode(c.relacl) x WHERE x.grantee = 0$$,
                'nothing is granted to PUBLIC');
SELECT is_empty($$SELECT h.name, a.role FROM house h, app a WHERE has_table_privilege(a.role, h.oid, 'TRUNCATE')
                     OR has_table_privilege(a.role, h.oid, 'TRIGGER') OR has_table_privilege(a.role, h.oid, 'REFERENCES')$$,
                'no service role truncates, makes triggers or references');
SELECT is_empty($$SELECT h.name, a.role FROM house h, app a WHERE has_table_privilege(a.role, h.oid, 'DELETE')
                     AND (h.name, a.role) <> ('event_pending', 'shienkin_log')$$,
                'nobody deletes, but the log what it has taken');
SELECT is_empty($$SELECT h.name, a.role FROM house h, app a WHERE has_table_privilege(a.role, h.oid, 'UPDATE')$$,
                'no service role updates whole rows');
SELECT set_eq($$SELECT h.name || '.' || c.attname, a.role::text FROM house h, app a, pg_attribute c
                WHERE c.attrelid = h.oid AND c.attnum > 0 AND has_column_privilege(a.role, h.oid, c.attnum, 'UPDATE')$$,
  $$VALUES ('claim.state', 'shienkin_staff'), ('claim.version', 'shienkin_staff'), ('claim.incident_id', 'shienkin_staff'),
    ('claim.number', 'shienkin_staff'), ('claim.submitted_at', 'shienkin_staff'), ('claim.assigned_to', 'shienkin_staff'),
    ('claim.assigned_at', 'shienkin_staff'), ('incident.member_id', 'shienkin_staff'), ('incident.occurred_on', 'shienkin_staff'),
    ('incident.version', 'shienkin_staff'), ('draft.version', 'shienkin_staff'), ('draft.saved_at', 'shienkin_staff'),
    ('draft.notice_at', 'shienkin_staff'), ('draft.sealed_body', 'shienkin_staff'), ('account.closed_at', 'shienkin_staff'),
    ('account.closed_by', 'shienkin_staff'), ('mandate.ended_at', 'shienkin_staff'), ('mandate.ended_by', 'shienkin_staff'),
    ('member_version.known_to', 'shienkin_staff'), ('member_version.ended_by', 'shienkin_staff'),
    ('facility_version.known_to', 'shienkin_staff'), ('facility_version.ended_by', 'shienkin_staff'),
    ('facility_relation.known_to', 'shienkin_staff'), ('facility_relation.ended_by', 'shienkin_staff'),
    ('claim.state', 'shienkin_clinic'), ('claim.version', 'shienkin_clinic'), ('claim.incident_id', 'shienkin_clinic'),
    ('claim.number', 'shienkin_clinic'), ('claim.submitted_at', 'shienkin_clinic'), ('incident.member_id', 'shienkin_clinic'),
    ('incident.occurred_on', 'shienkin_clinic'), ('incident.version', 'shienkin_clinic'), ('draft.version', 'shienkin_clinic'),
    ('draft.saved_at', 'shienkin_clinic'), ('draft.notice_at', 'shienkin_clinic'), ('draft.sealed_body', 'shienkin_clinic'),
    ('contact.ended_at', 'shienkin_clinic'), ('contact.ended_by', 'shienkin_clinic'), ('contact.ended_at', 'shienkin_staff'),
    ('contact.ended_by', 'shienkin_staff'), ('mail.state', 'shienkin_staff'), ('mail.tries', 'shienkin_staff'), ('mail.due_at', 'shienkin_staff'),
    ('evidence_scan_turn.tries', 'shienkin_staff'), ('evidence_scan_turn.due_at', 'shienkin_staff')$$,
  'columns that a service role may update: these and no others');
SELECT is_empty($$SELECT h.name FROM house h, app a WHERE a.role IN ('shienkin_clinic', 'shienkin_log')
                     AND h.name IN ('note', 'proposal', 'proposal_outcome', 'fact_check', 'duplicate_suspicion', 'duplicate_resolution',
                                    'duplicate_search', 'role_grant', 'recusal', 'hold_release', 'entitlement_cancellation')
                     AND (has_any_column_privilege(a.role, h.oid, 'SELECT') OR has_any_column_privilege(a.role, h.oid, 'INSERT'))$$,
                'clinics and the log have no right at all on the staff''s own tables');
SELECT is_empty($$SELECT a.role FROM app a WHERE a.role IN ('shienkin_clinic', 'shienkin_staff')
                     AND has_table_privilege(a.role, 'shienkin.event_salt', 'SELECT')$$, 'salts are read by the log and the auditor');
SELECT is_empty($$SELECT h.name FROM house h WHERE h.schema = 'shienkin' AND has_any_column_privilege('shienkin_auditor', h.oid, 'INSERT')
                     AND h.name NOT IN ('event', 'event_salt')$$, 'the auditor writes events and its own schema, nothing else');

-- ---- functions, time, money
SELECT is_empty($$SELECT name FROM function WHERE prosecdef AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c = 'search_path=shienkin, pg_temp')$$,
                'functions with the owner''s rights have a fixed search path');
SELECT is_empty($$SELECT name FROM function WHERE has_function_privilege('public', oid, 'EXECUTE')$$, 'no function is everybody''s');
SELECT is_empty($$SELECT name FROM function WHERE prosrc ~* '\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\mcurrent_(date|time|timestamp)\M|\mlocaltime'
                  UNION ALL SELECT h.name FROM house h JOIN pg_attrdef d ON d.adrelid = h.oid
                  WHERE pg_get_expr(d.adbin, d.adrelid) ~* '\mnow\(|current_'$$, 'SQL asks no clock: time is a parameter');
SELECT is_empty($$SELECT h.name, a.attname FROM house h JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
                  WHERE a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype)$$, 'moments are of the domain: timestamptz(3)');
SELECT is_empty($$SELECT name FROM function WHERE prosrc ~ '(50|100|300|500)_?000'
                  UNION ALL SELECT conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
                  WHERE n.nspname = 'shienkin' AND pg_get_constraintdef(k.oid) ~ '\m(50|100|300|500)000\M'$$,
                'no amount of the scheme stands in the schema');
SELECT * FROM finish();
ROLLBACK;
