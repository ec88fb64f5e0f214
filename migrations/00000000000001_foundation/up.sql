-- The ground every feature stands on: the actor's context, the helpers that protect a table, the
-- organizations. Runs as salus_owner.
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO salus_app, salus_supervisor, salus_audit, salus_authn;
GRANT USAGE ON SCHEMA public TO salus_app, salus_supervisor, salus_audit, salus_authn;

-- The actor's context. Set for one transaction by app.enter; an empty string is what a local
-- setting leaves behind, so it counts as absent.
CREATE FUNCTION app.hat() RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.hat', true), '') $$;
CREATE FUNCTION app.provider_org() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.provider_org', true), '')::uuid $$;
CREATE FUNCTION app.account() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;
CREATE FUNCTION app.session() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.session', true), '')::uuid $$;
CREATE FUNCTION app.person() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$;
CREATE FUNCTION app.clock() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('app.clock', true), '')::timestamptz $$;
CREATE FUNCTION app.has_role(role text) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT role = ANY (string_to_array(current_setting('app.roles', true), ',')) $$;
-- A grant may be limited to some employers; no list means every employer of the organization.
CREATE FUNCTION app.reaches(employer uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT coalesce(current_setting('app.employers', true), '') = ''
              OR employer::text = ANY (string_to_array(current_setting('app.employers', true), ',')) $$;
COMMENT ON FUNCTION app.hat() IS 'Which hat the actor wears: me, team, clinic, admin, account, system';
COMMENT ON FUNCTION app.clock() IS 'The time the server decided by; SQL never calls now() to decide';
COMMENT ON FUNCTION app.reaches(uuid) IS 'Whether the grant of the acting account covers the employer';

-- Row-level security on, also for the owner, and the tenant wall: no permissive policy can open it.
CREATE PROCEDURE app.protect(t regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %s AS RESTRICTIVE TO salus_app, salus_supervisor
        USING (provider_org_id = app.provider_org()) WITH CHECK (provider_org_id = app.provider_org())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO salus_app', t);
END
$$;
COMMENT ON PROCEDURE app.protect(regclass) IS 'Every table with provider_org_id: RLS forced, tenant policy, grants to salus_app';

-- Opens rows to hats: CALL app.let('appointments', '{me}', 'person_id = app.person()').
CREATE PROCEDURE app.let(t regclass, hats text[], condition text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s TO salus_app USING (app.hat() = ANY (%L::text[]) AND (%s))
        WITH CHECK (app.hat() = ANY (%L::text[]) AND (%s))',
        array_to_string(hats, '_'), t, hats, condition, hats, condition);
END
$$;
COMMENT ON PROCEDURE app.let(regclass, text[], text) IS 'A permissive policy for hats of salus_app';

-- Opens rows to hats for reading only.
CREATE PROCEDURE app.let_read(t regclass, hats text[], condition text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s FOR SELECT TO salus_app USING (app.hat() = ANY (%L::text[]) AND (%s))',
        'read_' || array_to_string(hats, '_'), t, hats, condition);
END
$$;
COMMENT ON PROCEDURE app.let_read(regclass, text[], text) IS 'A permissive policy for hats of salus_app, reading only';

-- Opens rows and the named columns to supervisors: CALL app.let_team('appointments', 'app.supervises(person_id)', 'id, person_id').
CREATE PROCEDURE app.let_team(t regclass, condition text, columns text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY team ON %s FOR SELECT TO salus_supervisor USING (app.hat() = ''team'' AND (%s))', t, condition);
    EXECUTE format('GRANT SELECT (%s) ON %s TO salus_supervisor', columns, t);
END
$$;
COMMENT ON PROCEDURE app.let_team(regclass, text, text) IS 'A reading policy and a column grant for salus_supervisor';

-- Lets salus_authn (look-ups before sign-in, and app.enter) read a table.
CREATE PROCEDURE app.let_authn(t regclass, privileges text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY authn ON %s TO salus_authn USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT %s ON %s TO salus_authn', privileges, t);
END
$$;
COMMENT ON PROCEDURE app.let_authn(regclass, text) IS 'A policy and grants for salus_authn';

CREATE TABLE provider_organizations (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9-]{1,40}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    time_zone text NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE provider_organizations IS 'Occupational-health services: the root tenants of the installation';
ALTER TABLE provider_organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_organizations FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON provider_organizations TO salus_app;
GRANT SELECT (id, code, name, time_zone) ON provider_organizations TO salus_supervisor;
CREATE POLICY own ON provider_organizations FOR SELECT TO salus_app, salus_supervisor USING (id = app.provider_org());
CREATE POLICY made_by_system ON provider_organizations FOR INSERT TO salus_app WITH CHECK (app.hat() = 'system' AND id = app.provider_org());
CALL app.let_authn('provider_organizations', 'SELECT');

CREATE TABLE employers (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    code text NOT NULL CHECK (code ~ '^[a-z0-9-]{1,40}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    time_zone text NOT NULL,
    auto_account text NOT NULL DEFAULT 'hr_feed' CHECK (auto_account IN ('off', 'hr_feed', 'every_registration')),
    auto_code boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, code)
);
COMMENT ON TABLE employers IS 'Client organizations of a provider organization';
CALL app.protect('employers');
CALL app.let_read('employers', '{me,clinic,admin,account}', 'true');
CALL app.let('employers', '{system}', 'true');
CALL app.let_team('employers', 'true', 'id, provider_org_id, code, name, time_zone');
CALL app.let_authn('employers', 'SELECT');

CREATE TABLE locations (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    employer_id uuid,
    kind text NOT NULL CHECK (kind IN ('clinic', 'employer_site')),
    code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    public_label text NOT NULL CHECK (char_length(public_label) BETWEEN 1 AND 80),
    time_zone text NOT NULL,
    street text,
    city text,
    state text,
    zip text,
    country text,
    phone text,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK ((kind = 'employer_site') = (employer_id IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    UNIQUE NULLS NOT DISTINCT (provider_org_id, employer_id, code),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id)
);
COMMENT ON TABLE locations IS 'Places: clinics and employers'' sites; their zone rules every wall-clock time shown for them';
COMMENT ON COLUMN locations.public_label IS 'What stands in brackets outside the portal: the city, never the clinic''s name';
CREATE INDEX locations_employer ON locations (provider_org_id, employer_id);
CALL app.protect('locations');
CALL app.let_read('locations', '{me,clinic,admin,account}', 'true');
CALL app.let('locations', '{system}', 'true');
CALL app.let_team('locations', 'true', 'id, provider_org_id, employer_id, kind, code, name, public_label, time_zone, street, city, state, zip, country, phone');

CREATE TABLE employer_locations (
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    location_id uuid NOT NULL,
    PRIMARY KEY (provider_org_id, employer_id, location_id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE employer_locations IS 'Which clinics an employer''s people are offered';
CREATE INDEX employer_locations_location ON employer_locations (provider_org_id, location_id);
CALL app.protect('employer_locations');
CALL app.let_read('employer_locations', '{me,clinic,admin,account}', 'true');
CALL app.let('employer_locations', '{system}', 'true');
CALL app.let_team('employer_locations', 'true', 'provider_org_id, employer_id, location_id');

CREATE TABLE departments (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    for_applicants boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, employer_id, code),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id)
);
COMMENT ON TABLE departments IS 'Units of an employer; one of each employer''s is the pre-made Applicants';
CREATE UNIQUE INDEX departments_one_for_applicants ON departments (provider_org_id, employer_id) WHERE for_applicants;
CALL app.protect('departments');
CALL app.let_read('departments', '{me,clinic,admin,account}', 'true');
CALL app.let('departments', '{system}', 'true');
CALL app.let_team('departments', 'true', 'id, provider_org_id, employer_id, code, name, for_applicants');
