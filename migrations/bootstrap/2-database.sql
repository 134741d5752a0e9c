-- The inside of a fresh database, made once by the administrator after 1-roles.sql and
--   CREATE DATABASE shienkin OWNER shienkin_owner ENCODING 'UTF8' TEMPLATE template0
-- (which no transaction can hold). Running it again changes nothing.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO shienkin_clinic, shienkin_staff, shienkin_log, shienkin_auditor',
                 current_database());
  EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO shienkin_owner', current_database());
END
$$;
