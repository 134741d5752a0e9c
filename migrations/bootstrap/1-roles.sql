-- The roles of shienkin, made once per cluster by its administrator (shienkin migrate --bootstrap runs this file; by
-- hand: psql -f). Passwords are set apart from this file, so that none ever stands in a script or a log.
-- Running it again changes nothing.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES
    ('shienkin_owner',   'shienkin: owns the schemas, runs the migrations, serves no request'),
    ('shienkin_clinic',  'shienkin: requests of clinics; sees what its mandates name'),
    ('shienkin_staff',   'shienkin: requests of the association''s staff and the service''s own jobs'),
    ('shienkin_log',     'shienkin: the sequencer of the transparency log'),
    ('shienkin_auditor', 'shienkin: reads everything, writes findings')) AS r(name, purpose)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted.name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT',
                     wanted.name);
    END IF;
    EXECUTE format('COMMENT ON ROLE %I IS %L', wanted.name, wanted.purpose);
    EXECUTE format('ALTER ROLE %I SET timezone = ''UTC''', wanted.name);
    EXECUTE format('ALTER ROLE %I SET search_path = shienkin, pg_catalog', wanted.name);
  END LOOP;
END
$$;
