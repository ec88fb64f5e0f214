-- Keys of sealed values, answers kept for repeated requests, what waits to leave the system.
CREATE TABLE organization_keys (
    provider_org_id uuid PRIMARY KEY REFERENCES provider_organizations (id),
    wrapped bytea NOT NULL,
    key_file_id text NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE organization_keys IS 'The organization''s key, wrapped by the key file';
COMMENT ON COLUMN organization_keys.key_file_id IS 'Fingerprint of the key file that wraps it, so that a wrong file is told apart from a damaged key';
CALL app.protect('organization_keys');
CALL app.let('organization_keys', '{system}', 'true');
CALL app.let_read('organization_keys', '{me,clinic,admin,account}', 'true');
CALL app.let_team('organization_keys', 'true', 'provider_org_id, wrapped, key_file_id');
CALL app.let_authn('organization_keys', 'SELECT');

CREATE TABLE chart_keys (
    person_id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL,
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id)
);
COMMENT ON TABLE chart_keys IS 'A key for each chart, wrapped by the organization''s; destroying it destroys what it sealed';
CREATE INDEX chart_keys_person ON chart_keys (provider_org_id, person_id);
CALL app.protect('chart_keys');
CALL app.let('chart_keys', '{me}', 'person_id = app.person()');
CALL app.let('chart_keys', '{clinic,system}', 'true');

CREATE TABLE idempotency_keys (
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    operation text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    location text,
    etag text,
    answer bytea,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (provider_org_id, account_id, key),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE idempotency_keys IS 'The first answer to a creating request, sealed, kept 24 hours';
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CALL app.protect('idempotency_keys');
CALL app.let('idempotency_keys', '{me,clinic,admin,account}', 'account_id = app.account()');
CALL app.let('idempotency_keys', '{system}', 'true');
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO salus_supervisor;
CREATE POLICY team ON idempotency_keys TO salus_supervisor USING (app.hat() = 'team' AND account_id = app.account())
    WITH CHECK (app.hat() = 'team' AND account_id = app.account());

CREATE TABLE outbox_events (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz
);
COMMENT ON TABLE outbox_events IS 'What happened, for whoever must be told; ids and kinds only';
CREATE INDEX outbox_events_waiting ON outbox_events (provider_org_id, created_at, id) WHERE delivered_at IS NULL;
CALL app.protect('outbox_events');
CALL app.let('outbox_events', '{system}', 'true');
CREATE POLICY append ON outbox_events FOR INSERT TO salus_app WITH CHECK (app.hat() IN ('me', 'clinic', 'admin', 'account'));
GRANT INSERT ON outbox_events TO salus_supervisor;
CREATE POLICY append_team ON outbox_events FOR INSERT TO salus_supervisor WITH CHECK (app.hat() = 'team');

CREATE TABLE outbox_mails (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL,
    language text NOT NULL,
    sealed bytea NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    gave_up_at timestamptz
);
COMMENT ON TABLE outbox_mails IS 'E-mails waiting for the SMTP server, committed with what they tell of';
COMMENT ON COLUMN outbox_mails.sealed IS 'Address and template variables, sealed by the organization''s key';
CREATE INDEX outbox_mails_waiting ON outbox_mails (provider_org_id, next_attempt_at) WHERE sent_at IS NULL AND gave_up_at IS NULL;
CALL app.protect('outbox_mails');
CALL app.let('outbox_mails', '{system}', 'true');
CREATE POLICY append ON outbox_mails FOR INSERT TO salus_app WITH CHECK (app.hat() IN ('me', 'clinic', 'admin', 'account'));
