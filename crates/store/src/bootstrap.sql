-- Roles are the cluster's, so they are made once, by an administrator, before the first migration.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salus_owner') THEN
        CREATE ROLE salus_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salus_supervisor') THEN
        CREATE ROLE salus_supervisor NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salus_audit') THEN
        CREATE ROLE salus_audit NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salus_authn') THEN
        CREATE ROLE salus_authn NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salus_app') THEN
        CREATE ROLE salus_app LOGIN NOINHERIT;
    END IF;
    -- A database an administrator made for us is the owner's to fill.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO salus_owner', current_database());
END
$$;
GRANT USAGE, CREATE ON SCHEMA public TO salus_owner;
GRANT salus_supervisor, salus_authn TO salus_app;
GRANT salus_audit, salus_authn TO salus_owner;
