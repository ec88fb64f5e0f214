-- What a person may not do at work, and what is done so that they can. The status is never stored.
CREATE TABLE restrictions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    version integer NOT NULL CHECK (version >= 1),
    state text NOT NULL CHECK (state IN ('current', 'cancelled', 'entered_in_error')),
    error_reason text CHECK (char_length(error_reason) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind ~ '^[a-z0-9_]{1,60}$'),
    limits jsonb NOT NULL,
    side text NOT NULL CHECK (side IN ('left', 'right', 'both', 'not_applicable')),
    time_zone text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz CHECK (ends_at > starts_at),
    permanent boolean NOT NULL,
    affects_work boolean NOT NULL,
    comment text CHECK (char_length(comment) BETWEEN 1 AND 500),
    occupational boolean NOT NULL,
    clinical_note_sealed bytea,
    problem_sealed bytea,
    disability_criteria boolean NOT NULL,
    reason_released boolean NOT NULL,
    provider_account_id uuid,
    provider_name text CHECK (char_length(provider_name) BETWEEN 1 AND 120),
    notify boolean NOT NULL,
    source text NOT NULL CHECK (source IN ('clinic', 'outside_note', 'plan', 'import')),
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid NOT NULL,
    CHECK (permanent = (ends_at IS NULL)),
    CHECK ((state = 'entered_in_error') = (error_reason IS NOT NULL)),
    CHECK (kind <> 'no_work' OR affects_work),
    CHECK (provider_account_id IS NULL OR provider_name IS NULL),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, provider_account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE restrictions IS 'Restrictions as they are now: the newest version of each';
COMMENT ON COLUMN restrictions.time_zone IS 'The zone of the person''s work location when it was written; a transfer does not move it';
COMMENT ON COLUMN restrictions.ends_at IS 'The first instant after its last minute';
COMMENT ON COLUMN restrictions.affects_work IS 'False for a personal restriction: no supervisor ever sees it';
COMMENT ON COLUMN restrictions.comment IS 'Shared with the person and their supervisor';
COMMENT ON COLUMN restrictions.clinical_note_sealed IS 'Clinic only, sealed with the chart''s key';
COMMENT ON COLUMN restrictions.problem_sealed IS 'Clinic only unless released to the employee, sealed with the chart''s key';
CREATE INDEX restrictions_person ON restrictions (provider_org_id, person_id, starts_at, id);
CREATE INDEX restrictions_employer ON restrictions (provider_org_id, employer_id, ends_at);
CREATE INDEX restrictions_provider ON restrictions (provider_org_id, provider_account_id);
CREATE INDEX restrictions_created_by ON restrictions (provider_org_id, created_by);
CREATE INDEX restrictions_saved_by ON restrictions (provider_org_id, saved_by);
CALL app.protect('restrictions');
REVOKE DELETE ON restrictions FROM salus_app;
CALL app.let_read('restrictions', '{me}', 'person_id = app.person() AND state = ''current''');
CALL app.let('restrictions', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)');
CALL app.let_read('restrictions', '{admin}', 'app.has_role(''safety_recorder'') AND app.reaches(employer_id)');
CALL app.let('restrictions', '{system}', 'true');
CALL app.let_team('restrictions', 'affects_work AND state = ''current'' AND app.supervises(person_id)',
    'id, provider_org_id, employer_id, person_id, version, state, kind, limits, side, time_zone, starts_at, ends_at, permanent, affects_work, comment');

CREATE TABLE restriction_versions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    restriction_id uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    state text NOT NULL,
    error_reason text,
    kind text NOT NULL,
    limits jsonb NOT NULL,
    side text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    permanent boolean NOT NULL,
    affects_work boolean NOT NULL,
    comment text,
    occupational boolean NOT NULL,
    clinical_note_sealed bytea,
    problem_sealed bytea,
    disability_criteria boolean NOT NULL,
    reason_released boolean NOT NULL,
    provider_account_id uuid,
    provider_name text,
    notify boolean NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, restriction_id, version),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, restriction_id) REFERENCES restrictions (provider_org_id, id),
    FOREIGN KEY (provider_org_id, provider_account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE restriction_versions IS 'Every version of every restriction as it was saved; written once, never changed, read by the clinic';
COMMENT ON COLUMN restriction_versions.clinical_note_sealed IS 'The bytes of the restriction: sealed for its place, not for this row';
CREATE INDEX restriction_versions_person ON restriction_versions (provider_org_id, person_id, saved_at);
CREATE INDEX restriction_versions_employer ON restriction_versions (provider_org_id, employer_id);
CREATE INDEX restriction_versions_provider ON restriction_versions (provider_org_id, provider_account_id);
CREATE INDEX restriction_versions_saved_by ON restriction_versions (provider_org_id, saved_by);
CALL app.protect('restriction_versions');
REVOKE UPDATE, DELETE ON restriction_versions FROM salus_app;
CALL app.let('restriction_versions', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)');
CALL app.let('restriction_versions', '{system}', 'true');

CREATE TABLE accommodations (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    version integer NOT NULL DEFAULT 1,
    state text NOT NULL CHECK (state IN ('current', 'cancelled', 'entered_in_error')),
    error_reason text CHECK (char_length(error_reason) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind ~ '^[a-z0-9_]{1,60}$'),
    effect text NOT NULL CHECK (effect IN ('restricted', 'away')),
    details text CHECK (char_length(details) BETWEEN 1 AND 500),
    shared_kind text GENERATED ALWAYS AS (CASE WHEN effect = 'restricted' THEN kind END) STORED,
    shared_details text GENERATED ALWAYS AS (CASE WHEN effect = 'restricted' THEN details END) STORED,
    time_zone text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz CHECK (ends_at > starts_at),
    coverage text NOT NULL CHECK (coverage IN ('full', 'for_now')),
    confirmed_by uuid,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid NOT NULL,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, confirmed_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE accommodations IS 'What is done so that a person can work, or that they are away';
COMMENT ON COLUMN accommodations.shared_kind IS 'The type as a supervisor may know it: none when the person is away';
COMMENT ON COLUMN accommodations.shared_details IS 'The details as a supervisor may know them: none when the person is away';
COMMENT ON COLUMN accommodations.ends_at IS 'The first instant after its last minute; none = permanent';
CREATE INDEX accommodations_person ON accommodations (provider_org_id, person_id, starts_at, id);
CREATE INDEX accommodations_employer ON accommodations (provider_org_id, employer_id);
CREATE INDEX accommodations_confirmed_by ON accommodations (provider_org_id, confirmed_by);
CREATE INDEX accommodations_created_by ON accommodations (provider_org_id, created_by);
CREATE INDEX accommodations_saved_by ON accommodations (provider_org_id, saved_by);
CALL app.protect('accommodations');
REVOKE DELETE ON accommodations FROM salus_app;
CALL app.let_read('accommodations', '{me}', 'person_id = app.person() AND state = ''current''');
CALL app.let('accommodations', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)');
CALL app.let_read('accommodations', '{admin}', 'app.has_role(''safety_recorder'') AND app.reaches(employer_id)');
CALL app.let('accommodations', '{system}', 'true');
CALL app.let_team('accommodations', 'state = ''current'' AND app.supervises(person_id)',
    'id, provider_org_id, employer_id, person_id, version, state, effect, shared_kind, shared_details, time_zone, starts_at, ends_at');

CREATE TABLE accommodation_restrictions (
    provider_org_id uuid NOT NULL,
    accommodation_id uuid NOT NULL,
    restriction_id uuid NOT NULL,
    PRIMARY KEY (provider_org_id, accommodation_id, restriction_id),
    FOREIGN KEY (provider_org_id, accommodation_id) REFERENCES accommodations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, restriction_id) REFERENCES restrictions (provider_org_id, id)
);
COMMENT ON TABLE accommodation_restrictions IS 'Which restrictions an accommodation answers';
CREATE INDEX accommodation_restrictions_restriction ON accommodation_restrictions (provider_org_id, restriction_id);
CALL app.protect('accommodation_restrictions');
CALL app.let('accommodation_restrictions', '{clinic}', 'app.has_role(''clinician'')');
CALL app.let('accommodation_restrictions', '{system}', 'true');
