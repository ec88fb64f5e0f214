-- Persons, their identifiers, contact points and employments; accounts, what they may, and their sessions.
CREATE TABLE persons (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    last_name text NOT NULL CHECK (char_length(last_name) BETWEEN 1 AND 100),
    first_name text NOT NULL DEFAULT '' CHECK (char_length(first_name) <= 100),
    middle_name text NOT NULL DEFAULT '' CHECK (char_length(middle_name) <= 100),
    preferred_name text NOT NULL DEFAULT '' CHECK (char_length(preferred_name) <= 100),
    birth_date date,
    sex text CHECK (sex IN ('M', 'F', 'A', 'N', 'O', 'U')),
    language text,
    time_zone text,
    edited_fields text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id)
);
COMMENT ON TABLE persons IS 'Humans with a chart; never deleted by a feed, only ended';
COMMENT ON COLUMN persons.edited_fields IS 'Fields the person or the clinic edited; an HR file no longer writes them where such edits stand';
COMMENT ON COLUMN persons.sex IS 'M male, F female, A ambiguous, N not applicable, O other, U unknown (HL7 table 0001)';
CREATE INDEX persons_by_name ON persons (provider_org_id, lower(last_name), lower(first_name), id);
CREATE INDEX persons_by_birth ON persons (provider_org_id, birth_date, lower(last_name));

CREATE TABLE person_identifiers (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('employee_number', 'badge', 'sso')),
    value text NOT NULL CHECK (char_length(value) BETWEEN 1 AND 128),
    source text NOT NULL CHECK (source IN ('manual', 'hr_feed', 'scim', 'code', 'system')),
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, employer_id, kind, value),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id)
);
COMMENT ON TABLE person_identifiers IS 'What an employer knows a person by; the employee number is what a feed matches';
CREATE INDEX person_identifiers_person ON person_identifiers (provider_org_id, person_id);

CREATE TABLE contact_points (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('email', 'mobile_phone', 'home_phone', 'address')),
    value text NOT NULL CHECK (char_length(value) <= 500),
    street text,
    street_2 text,
    city text,
    state text,
    zip text,
    country text,
    source text NOT NULL CHECK (source IN ('manual', 'hr_feed', 'scim', 'code', 'system')),
    usable boolean NOT NULL DEFAULT true,
    verified_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, person_id, kind, source),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id)
);
COMMENT ON TABLE contact_points IS 'E-mail, telephones and address of a person, one of a kind from each source';
COMMENT ON COLUMN contact_points.usable IS 'False when kept as typed and never used for sending';

CREATE TABLE employments (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('employee', 'contractor', 'visitor', 'applicant')),
    status text NOT NULL CHECK (status IN ('active', 'leave', 'ended')),
    job text NOT NULL DEFAULT '' CHECK (char_length(job) <= 120),
    job_class text NOT NULL DEFAULT '' CHECK (char_length(job_class) <= 120),
    cost_center text NOT NULL DEFAULT '' CHECK (char_length(cost_center) <= 120),
    shift text NOT NULL DEFAULT '' CHECK (char_length(shift) <= 120),
    department_id uuid,
    location_id uuid,
    hired_on date,
    ends_on date,
    ends_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, department_id) REFERENCES departments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE employments IS 'Dated relations of persons to employers';
COMMENT ON COLUMN employments.ends_at IS 'The instant the employment ends: 24:00 of ends_on at its location, or when it was ended without a date';
CREATE INDEX employments_person ON employments (provider_org_id, person_id);
CREATE INDEX employments_employer ON employments (provider_org_id, employer_id, status);
CREATE INDEX employments_department ON employments (provider_org_id, department_id);
CREATE INDEX employments_location ON employments (provider_org_id, location_id);
CREATE UNIQUE INDEX employments_one_open ON employments (provider_org_id, employer_id, person_id) WHERE status <> 'ended';
CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL CHECK (kind IN ('managed', 'self_owned', 'drafted')),
    state text NOT NULL CHECK (state IN ('drafted', 'sso_ready', 'invited', 'active', 'suspended', 'closed')),
    display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
    language text NOT NULL DEFAULT 'en',
    password_hash text,
    password_changed_at timestamptz,
    epoch integer NOT NULL DEFAULT 1,
    sandbox boolean NOT NULL DEFAULT false,
    last_sign_in_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id)
);
COMMENT ON TABLE accounts IS 'Credential holders who can sign in';
COMMENT ON COLUMN accounts.epoch IS 'Raised whenever a right or credential changes: every token of before is refused from the next request on';
COMMENT ON COLUMN accounts.sandbox IS 'Made for the sandbox; a server without sandbox = true does not start while one exists';

CREATE TABLE sign_in_names (
    name text PRIMARY KEY CHECK (char_length(name) BETWEEN 3 AND 254),
    kind text NOT NULL CHECK (kind IN ('email', 'user_name')),
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE sign_in_names IS 'What is typed at sign-in: NFKC, lower case, unique in the installation; read by salus_authn alone';
CREATE INDEX sign_in_names_account ON sign_in_names (provider_org_id, account_id);

CREATE TABLE relationships (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('self', 'portal_user', 'supervisor', 'delegate', 'backup_supervisor', 'proxy')),
    line text CHECK (line IN ('solid', 'dotted')),
    source text NOT NULL CHECK (source IN ('manual', 'hr_feed', 'scim', 'code', 'system')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz CHECK (ends_at >= starts_at),
    reason text,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK ((kind = 'supervisor') = (line IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id)
);
COMMENT ON TABLE relationships IS 'Dated rights of accounts over persons';
CREATE INDEX relationships_account ON relationships (provider_org_id, account_id, kind);
CREATE INDEX relationships_person ON relationships (provider_org_id, person_id, kind);
CREATE UNIQUE INDEX relationships_one_self_per_person ON relationships (provider_org_id, person_id) WHERE kind = 'self' AND ends_at IS NULL;
CREATE UNIQUE INDEX relationships_one_self_per_account ON relationships (provider_org_id, account_id) WHERE kind = 'self' AND ends_at IS NULL;
CREATE UNIQUE INDEX relationships_one_backup ON relationships (provider_org_id, person_id) WHERE kind = 'backup_supervisor' AND ends_at IS NULL;
CREATE UNIQUE INDEX relationships_once ON relationships (provider_org_id, account_id, person_id, kind, source) WHERE ends_at IS NULL;

CREATE TABLE role_grants (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('clinician', 'scheduler', 'portal_admin', 'privacy_officer', 'safety_recorder', 'auditor', 'integration')),
    employer_ids uuid[],
    capabilities text[] NOT NULL DEFAULT '{}',
    starts_at timestamptz NOT NULL,
    ends_at timestamptz CHECK (ends_at > starts_at),
    granted_by uuid,
    reason text,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE role_grants IS 'Dated roles of accounts in the organization';
COMMENT ON COLUMN role_grants.employer_ids IS 'The employers the grant is limited to; null for all';
CREATE INDEX role_grants_account ON role_grants (provider_org_id, account_id);

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    assurance text NOT NULL CHECK (assurance IN ('password', 'mfa')),
    device text NOT NULL DEFAULT '' CHECK (char_length(device) <= 200),
    portal_slug text,
    started_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    idle_seconds integer NOT NULL CHECK (idle_seconds BETWEEN 60 AND 3600),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_reason text CHECK (ended_reason IN ('signed_out', 'revoked', 'reuse', 'replaced', 'idle', 'expired', 'account')),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE sessions IS 'Signed-in browsers and programs';
COMMENT ON COLUMN sessions.expires_at IS 'The absolute end, whatever the activity';
CREATE INDEX sessions_account ON sessions (provider_org_id, account_id) WHERE ended_at IS NULL;

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    provider_org_id uuid NOT NULL,
    session_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    rotated_at timestamptz,
    FOREIGN KEY (provider_org_id, session_id) REFERENCES sessions (provider_org_id, id)
);
COMMENT ON TABLE refresh_tokens IS 'SHA-256 of every refresh token of a live session; a rotated one used again ends the session';
CREATE INDEX refresh_tokens_session ON refresh_tokens (provider_org_id, session_id);

CREATE TABLE signing_keys (
    kid text PRIMARY KEY,
    public_key bytea NOT NULL,
    sealed_private_key bytea NOT NULL,
    created_at timestamptz NOT NULL,
    retires_at timestamptz NOT NULL
);
COMMENT ON TABLE signing_keys IS 'Ed25519 keys that sign access tokens; the private half is sealed by the key file';

CREATE TABLE throttles (
    key text PRIMARY KEY,
    failures integer NOT NULL,
    window_started_at timestamptz NOT NULL,
    last_failure_at timestamptz NOT NULL,
    locked_until timestamptz
);
COMMENT ON TABLE throttles IS 'Failed sign-ins and codes by account and by address, so that they survive a restart';

-- Who supervises whom: a live relationship, or standing in as backup.
CREATE FUNCTION app.supervises(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.relationships r
        WHERE r.provider_org_id = app.provider_org() AND r.account_id = app.account() AND r.person_id = person
          AND r.kind IN ('supervisor', 'backup_supervisor')
          AND r.starts_at <= app.clock() AND (r.ends_at IS NULL OR r.ends_at > app.clock()))
$$;
COMMENT ON FUNCTION app.supervises(uuid) IS 'Whether the acting account supervises the person at the time of the request';

CALL app.protect('persons');
CALL app.let('persons', '{me}', 'id = app.person()');
CALL app.let('persons', '{clinic,system}', 'true');
CALL app.let_read('persons', '{admin}', 'true');
CALL app.let_team('persons', 'app.supervises(id)', 'id, provider_org_id, last_name, first_name, preferred_name, language, time_zone');
CALL app.let_authn('persons', 'SELECT');
CALL app.protect('person_identifiers');
CALL app.let('person_identifiers', '{me}', 'person_id = app.person()');
CALL app.let('person_identifiers', '{clinic,system}', 'app.reaches(employer_id)');
CALL app.let_read('person_identifiers', '{admin}', 'true');
CALL app.let_team('person_identifiers', 'kind = ''employee_number'' AND app.supervises(person_id)', 'id, provider_org_id, employer_id, person_id, kind, value');
CALL app.protect('contact_points');
CALL app.let('contact_points', '{me}', 'person_id = app.person()');
CALL app.let('contact_points', '{clinic,system}', 'true');
CALL app.protect('employments');
CALL app.let('employments', '{me}', 'person_id = app.person()');
CALL app.let('employments', '{clinic,system}', 'app.reaches(employer_id)');
CALL app.let_read('employments', '{admin}', 'true');
CALL app.let_team('employments', 'app.supervises(person_id)', 'id, provider_org_id, employer_id, person_id, kind, status, job, department_id, location_id, hired_on, ends_on, ends_at');
CALL app.let_authn('employments', 'SELECT');

CALL app.protect('accounts');
REVOKE SELECT, UPDATE ON accounts FROM salus_app;
GRANT SELECT (id, provider_org_id, kind, state, display_name, language, epoch, sandbox, last_sign_in_at, created_at, created_by, version, password_changed_at) ON accounts TO salus_app;
GRANT UPDATE (kind, state, display_name, language, password_hash, password_changed_at, epoch, version) ON accounts TO salus_app;
CALL app.let('accounts', '{account,me}', 'id = app.account()');
CALL app.let_read('accounts', '{clinic,admin}', 'true');
CALL app.let('accounts', '{system}', 'true');
CALL app.let_team('accounts', 'id = app.account()', 'id, provider_org_id, display_name, language');
CALL app.let_authn('accounts', 'SELECT, UPDATE');
-- Names of clinic staff are shown to the people they write to.
CALL app.let_read('accounts', '{me}', 'EXISTS (SELECT 1 FROM role_grants g WHERE g.provider_org_id = accounts.provider_org_id AND g.account_id = accounts.id)');

ALTER TABLE sign_in_names ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_names FORCE ROW LEVEL SECURITY;
CALL app.let_authn('sign_in_names', 'SELECT, INSERT, DELETE');

CALL app.protect('relationships');
CALL app.let_read('relationships', '{account,me}', 'account_id = app.account() OR person_id = app.person()');
CALL app.let('relationships', '{clinic,system}', 'true');
CALL app.let_read('relationships', '{admin}', 'true');
CALL app.let_team('relationships', 'account_id = app.account()', 'id, provider_org_id, account_id, person_id, kind, line, starts_at, ends_at');
CALL app.let_authn('relationships', 'SELECT, INSERT');

CALL app.protect('role_grants');
CALL app.let_read('role_grants', '{account,me,clinic,admin}', 'true');
CALL app.let('role_grants', '{system}', 'true');
CALL app.let_authn('role_grants', 'SELECT');

CALL app.protect('sessions');
CALL app.let('sessions', '{account,me}', 'account_id = app.account()');
CALL app.let('sessions', '{system}', 'true');
CALL app.let_authn('sessions', 'SELECT, INSERT, UPDATE');

ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY;
CALL app.let_authn('refresh_tokens', 'SELECT, INSERT, UPDATE, DELETE');
ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_keys FORCE ROW LEVEL SECURITY;
CALL app.let_authn('signing_keys', 'SELECT, INSERT');
ALTER TABLE throttles ENABLE ROW LEVEL SECURITY;
ALTER TABLE throttles FORCE ROW LEVEL SECURITY;
CALL app.let_authn('throttles', 'SELECT, INSERT, UPDATE, DELETE');

-- The one door of a signed-in request: checks that the session lives and that nothing about the
-- account changed since the token was made, moves the idle clock, and sets the context the
-- policies read, all in one call.
CREATE FUNCTION app.enter(p_session uuid, p_epoch integer, p_hat text, p_clock timestamptz, p_session_clock timestamptz, p_moves_idle boolean)
RETURNS TABLE (account_id uuid, provider_org_id uuid, display_name text, language text, assurance text, person_id uuid, is_portal_user boolean, is_supervisor boolean, roles text[], capabilities text[], employers uuid[], reports uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
    s record;
BEGIN
    SELECT x.id, x.account_id, x.provider_org_id, x.assurance, x.last_seen_at, a.display_name, a.language
      INTO s
      FROM public.sessions x JOIN public.accounts a ON a.provider_org_id = x.provider_org_id AND a.id = x.account_id
     WHERE x.id = p_session AND x.ended_at IS NULL AND x.expires_at > p_session_clock
       AND x.last_seen_at + make_interval(secs => x.idle_seconds) > p_session_clock
       AND a.state = 'active' AND a.epoch = p_epoch;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'session is over' USING ERRCODE = 'SA401', CONSTRAINT = 'session_over';
    END IF;
    IF p_moves_idle AND s.last_seen_at < p_session_clock - interval '30 seconds' THEN
        UPDATE public.sessions SET last_seen_at = p_session_clock WHERE id = p_session;
    END IF;

    account_id := s.account_id;
    provider_org_id := s.provider_org_id;
    display_name := s.display_name;
    language := s.language;
    assurance := s.assurance;
    SELECT r.person_id INTO person_id FROM public.relationships r
     WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id AND r.kind = 'self'
       AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    SELECT coalesce(bool_or(r.kind = 'portal_user' AND r.person_id = enter.person_id), false),
           coalesce(bool_or(r.kind IN ('supervisor', 'backup_supervisor', 'delegate')), false)
      INTO is_portal_user, is_supervisor
      FROM public.relationships r
     WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id
       AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    is_portal_user := is_portal_user AND EXISTS (
        SELECT 1 FROM public.employments e
         WHERE e.provider_org_id = s.provider_org_id AND e.person_id = enter.person_id AND e.kind <> 'applicant'
           AND e.status <> 'ended' AND (e.ends_at IS NULL OR e.ends_at > p_clock));
    SELECT coalesce(array_agg(DISTINCT g.role), '{}'),
           coalesce((SELECT array_agg(DISTINCT c) FROM public.role_grants h, unnest(h.capabilities) c
                      WHERE h.provider_org_id = s.provider_org_id AND h.account_id = s.account_id
                        AND h.starts_at <= p_clock AND (h.ends_at IS NULL OR h.ends_at > p_clock)), '{}'),
           CASE WHEN bool_or(g.employer_ids IS NULL) THEN NULL
                ELSE (SELECT array_agg(DISTINCT e) FROM public.role_grants h, unnest(h.employer_ids) e
                       WHERE h.provider_org_id = s.provider_org_id AND h.account_id = s.account_id
                         AND h.starts_at <= p_clock AND (h.ends_at IS NULL OR h.ends_at > p_clock)) END
      INTO roles, capabilities, employers
      FROM public.role_grants g
     WHERE g.provider_org_id = s.provider_org_id AND g.account_id = s.account_id
       AND g.starts_at <= p_clock AND (g.ends_at IS NULL OR g.ends_at > p_clock);

    reports := '{}';
    IF p_hat = 'team' THEN
        SELECT coalesce(array_agg(DISTINCT r.person_id), '{}') INTO reports
          FROM public.relationships r
         WHERE r.provider_org_id = s.provider_org_id AND r.account_id = s.account_id
           AND r.kind IN ('supervisor', 'backup_supervisor')
           AND r.starts_at <= p_clock AND (r.ends_at IS NULL OR r.ends_at > p_clock);
    END IF;

    PERFORM set_config('app.hat', p_hat, true),
            set_config('app.provider_org', s.provider_org_id::text, true),
            set_config('app.account', s.account_id::text, true),
            set_config('app.session', p_session::text, true),
            set_config('app.person', coalesce(enter.person_id::text, ''), true),
            set_config('app.roles', array_to_string(roles, ','), true),
            set_config('app.employers', CASE WHEN p_hat IN ('clinic', 'admin') THEN coalesce(array_to_string(employers, ','), '') ELSE '' END, true),
            set_config('app.clock', p_clock::text, true);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) IS 'Checks the session and sets the actor''s context for this transaction';

-- Jobs and the operator's commands act as the system of one provider organization.
CREATE FUNCTION app.enter_system(p_provider_org uuid, p_clock timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM set_config('app.hat', 'system', true),
            set_config('app.provider_org', p_provider_org::text, true),
            set_config('app.account', '', true), set_config('app.session', '', true),
            set_config('app.person', '', true), set_config('app.roles', '', true),
            set_config('app.employers', '', true), set_config('app.clock', p_clock::text, true);
END
$$;
COMMENT ON FUNCTION app.enter_system(uuid, timestamptz) IS 'Sets the context of a job of one provider organization';

GRANT CREATE ON SCHEMA app TO salus_authn;
ALTER FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) OWNER TO salus_authn;
REVOKE CREATE ON SCHEMA app FROM salus_authn;
REVOKE ALL ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter(uuid, integer, text, timestamptz, timestamptz, boolean) TO salus_app;
