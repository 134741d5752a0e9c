-- Kept plans: the same rules, asked at less cost. PostgreSQL forgets the plan of a function in SQL with each statement that calls
-- it, unless it can write the function's body into the statement itself; a function in PL/pgSQL keeps its plan as long as the
-- connection lives. Row security asks mandated() in every statement of a clinic, and most rules ask at() and holds(): made anew
-- each time, their plans were half of what a filing cost. So here small functions without the owner's rights become ones that are
-- written into the statement, and functions with the owner's rights keep their plans. Names, arguments and answers stay.
BEGIN;

-- ---- the moment and the actor's account: written into whatever asks them

CREATE FUNCTION shienkin.moment_unknown() RETURNS timestamptz LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  PERFORM shienkin.refuse('moment_unknown', 'the transaction has no setting shienkin.at');
END
$$;
COMMENT ON FUNCTION shienkin.moment_unknown() IS 'Refuses: what at() comes to where the transaction has no moment.';
GRANT EXECUTE ON FUNCTION shienkin.moment_unknown() TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor;

CREATE OR REPLACE FUNCTION shienkin.at() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(pg_catalog.current_setting('shienkin.at', true), '')::timestamp(3) with time zone,
                  shienkin.moment_unknown());
$$;
ALTER FUNCTION shienkin.at() RESET ALL;

CREATE OR REPLACE FUNCTION shienkin.acting_account() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(pg_catalog.current_setting('shienkin.account', true), '')::pg_catalog.uuid;
$$;
ALTER FUNCTION shienkin.acting_account() RESET ALL;

-- ---- mandates: asked by each statement of a clinic

-- began_at and ended_at instead of the range that is made of them: they stand in an index of their own, and are compared quicker.
CREATE OR REPLACE FUNCTION shienkin.mandated() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  who uuid := acting_account();
  now_there timestamptz := at();
  facilities uuid[];
BEGIN
  SELECT coalesce(array_agg(m.facility_id), '{}') INTO facilities FROM mandate m
  WHERE m.account_id = who AND m.began_at <= now_there AND (m.ended_at IS NULL OR m.ended_at > now_there);
  RETURN facilities;
END
$$;
CREATE INDEX mandate_of_account ON shienkin.mandate (account_id) INCLUDE (facility_id, began_at, ended_at);
COMMENT ON INDEX shienkin.mandate_of_account IS 'Whom an account may act for, without a look at the table.';

-- ---- roles and sessions

CREATE OR REPLACE FUNCTION shienkin.holds(who uuid, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM role_held h WHERE h.person_id = who AND h.role = ANY (roles) AND h.during @> at())
      OR ('service' = ANY (roles) AND EXISTS (SELECT FROM person p WHERE p.id = who AND p.kind = 'service'));
END
$$;

CREATE OR REPLACE FUNCTION shienkin.roles_of(who uuid, of_realm text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(h.role ORDER BY h.role), '{}') FROM role_held h JOIN role r ON r.code = h.role
          WHERE h.person_id = who AND r.realm = of_realm AND h.during @> at());
END
$$;

-- ---- what lasts, what is open, what stands: asked of each row of a list, and by the proofs at commit

CREATE OR REPLACE FUNCTION shienkin.represents(who uuid, which_facility uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM mandate m JOIN account a ON a.id = m.account_id
                 WHERE a.person_id = who AND m.facility_id = which_facility);
END
$$;

CREATE OR REPLACE FUNCTION shienkin.hold_lasts(which uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN (SELECT k.releases > (SELECT count(DISTINCT r.by_person) FROM hold_release r WHERE r.hold_id = h.id)
          FROM hold h JOIN hold_kind k ON k.code = h.kind WHERE h.id = which);
END
$$;

CREATE OR REPLACE FUNCTION shienkin.suspicion_verdict(which uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN (SELECT a.verdict FROM duplicate_resolution a JOIN duplicate_resolution b
            ON b.suspicion_id = a.suspicion_id AND b.round = a.round AND b.part = 'approver' AND b.verdict = a.verdict
          WHERE a.suspicion_id = which AND a.part = 'adjuster' ORDER BY a.round DESC LIMIT 1);
END
$$;

CREATE OR REPLACE FUNCTION shienkin.line_state(which uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN (SELECT CASE
                   WHEN EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = l.id) THEN 'cancelled'
                   WHEN EXISTS (SELECT FROM hold h JOIN hold_kind k ON k.code = h.kind
                                WHERE h.claim_id = l.claim_id AND k.blocks_payment AND hold_lasts(h.id)) THEN 'held'
                   ELSE 'payable' END
          FROM entitlement_line l WHERE l.id = which);
END
$$;

CREATE OR REPLACE FUNCTION shienkin.open_reconsideration(which uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  RETURN (SELECT r.id FROM reconsideration r
          WHERE r.claim_id = which
            AND NOT EXISTS (SELECT FROM reconsideration_withdrawal w WHERE w.reconsideration_id = r.id)
            AND NOT EXISTS (SELECT FROM proposal p JOIN decision d ON d.proposal_id = p.id WHERE p.reconsideration_id = r.id)
          LIMIT 1);
END
$$;

-- One look at all that a claim's state must agree with, in place of eight. A claim that moved twice in a transaction is proved
-- after its last move, whose own row of this trigger waits too: what it was between is nobody's to see.
CREATE OR REPLACE FUNCTION shienkin.prove_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  subject uuid;
  stands record;
BEGIN
  IF TG_TABLE_NAME = 'claim' THEN
    subject := NEW.id;
  ELSE
    subject := NEW.claim_id;
  END IF;
  SELECT c.id, c.state, c.version,
         (SELECT count(*) FROM proposal p WHERE p.claim_id = c.id
            AND NOT EXISTS (SELECT FROM proposal_outcome o WHERE o.proposal_id = p.id)) AS open_proposals,
         EXISTS (SELECT FROM proposal_outcome o WHERE o.claim_id = c.id AND o.outcome = 'approved'
                   AND NOT EXISTS (SELECT FROM decision d WHERE d.proposal_id = o.proposal_id)) AS undecided,
         EXISTS (SELECT FROM facts_version f WHERE f.claim_id = c.id) AS has_facts,
         EXISTS (SELECT FROM claim_withdrawal w WHERE w.claim_id = c.id) AS says_why
  INTO stands FROM claim c WHERE c.id = subject;
  IF TG_TABLE_NAME = 'claim' THEN
    IF NEW.version < stands.version THEN
      RETURN NULL;
    END IF;
  END IF;
  IF (stands.state = 'proposed')::integer <> stands.open_proposals THEN
    PERFORM refuse('claim_proposed', 'a claim is proposed exactly while a proposal waits for its outcome');
  END IF;
  IF stands.state = 'decided' AND (NOT EXISTS (SELECT FROM decision d WHERE d.claim_id = stands.id)
                                   OR open_reconsideration(stands.id) IS NOT NULL) THEN
    PERFORM refuse('claim_decided', 'a claim is decided by a decision, and while no reconsideration is open');
  END IF;
  IF stands.state = 'reconsideration' AND open_reconsideration(stands.id) IS NULL THEN
    PERFORM refuse('claim_reconsidered', 'a claim is in reconsideration while one is open');
  END IF;
  IF stands.undecided THEN
    PERFORM refuse('approval_decides', 'an approval comes with its decision');
  END IF;
  IF stands.state NOT IN ('draft', 'erased') AND NOT stands.has_facts THEN
    PERFORM refuse('claim_submitted_whole', 'a submitted claim has facts, declared true');
  END IF;
  IF (stands.state = 'withdrawn') <> stands.says_why THEN
    PERFORM refuse('claim_withdrawn', 'a claim is withdrawn with a row that says why');
  END IF;
  IF stands.state = 'withdrawn' THEN
    IF EXISTS (SELECT FROM entitlement_line l WHERE l.claim_id = stands.id AND line_state(l.id) <> 'cancelled') THEN
      PERFORM refuse('withdrawn_unpaid', 'a claim is withdrawn only while none of its money is on its way, and cancels what is payable');
    END IF;
  END IF;
  RETURN NULL;
END
$$;

-- One look at session, account, person and mandates, in place of two.
CREATE OR REPLACE FUNCTION shienkin.session_of(token_hash bytea, idle_seconds integer)
RETURNS TABLE (session_id uuid, account_id uuid, person_id uuid, realm text, name text, language text, roles text[],
               step_up_at timestamptz, read_only boolean, facilities uuid[], kinds text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  now_there timestamptz := at();
  seen timestamptz;
BEGIN
  SELECT s.id, a.id, a.person_id, a.realm, p.name, l.language, roles_of(a.person_id, a.realm), s.step_up_at, false, m.facilities,
         m.kinds, s.seen_at
  INTO session_id, account_id, person_id, realm, name, language, roles, step_up_at, read_only, facilities, kinds, seen
  FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
    LEFT JOIN account_language l ON l.account_id = a.id,
    LATERAL (SELECT coalesce(array_agg(x.facility_id ORDER BY x.facility_id), '{}') AS facilities,
                    coalesce(array_agg(x.kind ORDER BY x.facility_id), '{}') AS kinds
             FROM mandate x WHERE x.account_id = a.id AND x.began_at <= now_there
               AND (x.ended_at IS NULL OR x.ended_at > now_there)) m
  WHERE s.hash = token_hash AND s.ended_at IS NULL AND s.expires_at > now_there
    AND s.seen_at > now_there - make_interval(secs => idle_seconds) AND (a.closed_at IS NULL OR a.closed_at > now_there);
  IF session_id IS NULL THEN
    RETURN;
  END IF;
  IF seen <= now_there - interval '1 minute' THEN
    UPDATE session s SET seen_at = now_there WHERE s.id = session_id AND s.ended_at IS NULL AND s.seen_at < now_there;
  END IF;
  RETURN NEXT;
END
$$;

-- ---- the queue

CREATE INDEX claim_of_state ON shienkin.claim (state);
COMMENT ON INDEX shienkin.claim_of_state IS 'How many claims stand where: counted without a look at the table.';

SELECT shienkin.register_migration(18, 'kept_plans');
COMMIT;
