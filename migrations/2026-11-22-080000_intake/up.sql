-- HR files: how an employer writes them, what each would do and did. Pick-up codes and the attempts
-- to redeem them.

CREATE TABLE feed_profiles (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, employer_id, name),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id)
);
COMMENT ON TABLE feed_profiles IS 'How an employer''s HR files are read';
COMMENT ON COLUMN feed_profiles.settings IS 'Column names, date pattern, clearing, owners of fields, limits';

CREATE TABLE feed_runs (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('received', 'dry_run', 'paused', 'applying', 'applied', 'rejected', 'expired', 'failed')),
    source text NOT NULL CHECK (source IN ('upload', 'api', 'command', 'sandbox')),
    file_name text NOT NULL CHECK (char_length(file_name) <= 200),
    file_hash bytea NOT NULL CHECK (octet_length(file_hash) = 32),
    file_size integer NOT NULL,
    sealed_file bytea,
    separator text,
    unmapped text[] NOT NULL DEFAULT '{}',
    first_run boolean NOT NULL DEFAULT false,
    counts jsonb NOT NULL DEFAULT '{}',
    fields jsonb NOT NULL DEFAULT '{}',
    crossed jsonb NOT NULL DEFAULT '[]',
    circles jsonb NOT NULL DEFAULT '[]',
    lost_supervisor text[] NOT NULL DEFAULT '{}',
    failure text,
    failure_detail text,
    decision text CHECK (decision IN ('apply', 'apply_without_ended', 'reject')),
    reason text CHECK (char_length(reason) <= 500),
    received_at timestamptz NOT NULL,
    received_by uuid,
    decide_by timestamptz,
    decided_at timestamptz,
    decided_by uuid,
    applied_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, profile_id) REFERENCES feed_profiles (provider_org_id, id),
    FOREIGN KEY (provider_org_id, received_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, decided_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE feed_runs IS 'Readings of HR files';
COMMENT ON COLUMN feed_runs.file_hash IS 'SHA-256 of the bytes, by which a file sent twice is known';
COMMENT ON COLUMN feed_runs.sealed_file IS 'The file, sealed by the organization''s key; kept 400 days';
COMMENT ON COLUMN feed_runs.counts IS 'What the dry run counted';
COMMENT ON COLUMN feed_runs.decide_by IS 'When a paused run expires';
CREATE INDEX feed_runs_profile ON feed_runs (provider_org_id, profile_id, received_at DESC);
CREATE INDEX feed_runs_employer ON feed_runs (provider_org_id, employer_id, received_at DESC);
CREATE INDEX feed_runs_newest ON feed_runs (provider_org_id, received_at DESC, id DESC);
CREATE INDEX feed_runs_received_by ON feed_runs (provider_org_id, received_by);
CREATE INDEX feed_runs_decided_by ON feed_runs (provider_org_id, decided_by);
CREATE INDEX feed_runs_same_file ON feed_runs (provider_org_id, employer_id, file_hash);
CREATE UNIQUE INDEX feed_runs_one_applying ON feed_runs (provider_org_id, employer_id) WHERE state = 'applying';

CREATE TABLE feed_run_rows (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 2),
    employee_id text NOT NULL CHECK (char_length(employee_id) <= 1000),
    person_id uuid,
    outcome text NOT NULL CHECK (outcome IN ('added', 'changed', 'unchanged', 'ended', 'rehired', 'held', 'error', 'spared')),
    fields text[] NOT NULL DEFAULT '{}',
    codes text[] NOT NULL DEFAULT '{}',
    warnings text[] NOT NULL DEFAULT '{}',
    sealed bytea,
    applied_at timestamptz,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, run_id, number),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, run_id) REFERENCES feed_runs (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id)
);
COMMENT ON TABLE feed_run_rows IS 'What each row of an HR file would do and did';
COMMENT ON COLUMN feed_run_rows.number IS 'The row as a spreadsheet counts: the header is 1';
COMMENT ON COLUMN feed_run_rows.fields IS 'Names of the fields that change';
COMMENT ON COLUMN feed_run_rows.sealed IS 'Cells, values before and after, findings; sealed by the organization''s key';
CREATE INDEX feed_run_rows_outcome ON feed_run_rows (provider_org_id, run_id, outcome, number);
CREATE INDEX feed_run_rows_person ON feed_run_rows (provider_org_id, person_id);
CREATE INDEX feed_run_rows_employer ON feed_run_rows (provider_org_id, employer_id);

CREATE TABLE pickup_codes (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    person_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('self', 'proxy')),
    state text NOT NULL CHECK (state IN ('pending', 'redeemed', 'locked', 'void')),
    code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
    last_four text NOT NULL CHECK (char_length(last_four) = 4),
    channel text NOT NULL CHECK (channel IN ('shown', 'email')),
    wrong_answers smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    created_by uuid,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    closed_at timestamptz,
    redeemed_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, redeemed_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE pickup_codes IS 'Codes that turn a chart into an account, each used once';
COMMENT ON COLUMN pickup_codes.code_hash IS 'Keyed hash of the twelve characters; the code itself is stored nowhere';
COMMENT ON COLUMN pickup_codes.closed_at IS 'When it was redeemed, locked or made void';
CREATE INDEX pickup_codes_person ON pickup_codes (provider_org_id, person_id, created_at DESC);
CREATE INDEX pickup_codes_created_by ON pickup_codes (provider_org_id, created_by);
CREATE INDEX pickup_codes_redeemed_by ON pickup_codes (provider_org_id, redeemed_by);
CREATE UNIQUE INDEX pickup_codes_one_pending ON pickup_codes (provider_org_id, person_id, purpose) WHERE state = 'pending';

CREATE TABLE code_redemptions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    code_id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    step text NOT NULL CHECK (step IN ('fact', 'who', 'email', 'digits', 'password', 'done')),
    language text NOT NULL CHECK (char_length(language) BETWEEN 2 AND 35),
    sealed_email bytea,
    digits_hash bytea CHECK (octet_length(digits_hash) = 32),
    digits_expire_at timestamptz,
    wrong_digits smallint NOT NULL DEFAULT 0,
    messages smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, code_id) REFERENCES pickup_codes (provider_org_id, id)
);
COMMENT ON TABLE code_redemptions IS 'Attempts to redeem a code, each alive for half an hour';
COMMENT ON COLUMN code_redemptions.token_hash IS 'SHA-256 of the token that the page of the attempt holds';
COMMENT ON COLUMN code_redemptions.sealed_email IS 'The address being checked, sealed by the organization''s key';
COMMENT ON COLUMN code_redemptions.digits_hash IS 'Keyed hash of the six digits that were sent';
CREATE INDEX code_redemptions_code ON code_redemptions (provider_org_id, code_id);

CALL app.protect('feed_profiles');
CALL app.let_read('feed_profiles', '{admin}', '(app.has_role(''portal_admin'') OR app.has_role(''auditor'')) AND app.reaches(employer_id)');
CALL app.let('feed_profiles', '{system}', 'true');

CALL app.protect('feed_runs');
CALL app.let_read('feed_runs', '{admin}', '(app.has_role(''portal_admin'') OR app.has_role(''auditor'')) AND app.reaches(employer_id)');
CALL app.let('feed_runs', '{system}', 'true');

CALL app.protect('feed_run_rows');
CALL app.let_read('feed_run_rows', '{admin}', '(app.has_role(''portal_admin'') OR app.has_role(''auditor'')) AND app.reaches(employer_id)');
CALL app.let('feed_run_rows', '{system}', 'true');

CALL app.protect('pickup_codes');
CALL app.let('pickup_codes', '{clinic,system}', 'true');
CALL app.let_authn('pickup_codes', 'SELECT');

CALL app.protect('code_redemptions');
CALL app.let('code_redemptions', '{system}', 'true');
CALL app.let_authn('code_redemptions', 'SELECT');
