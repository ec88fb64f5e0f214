-- What became of what a clinic sets up: each save, with what it was before and after.
CREATE TABLE setup_revisions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override')),
    object_id uuid NOT NULL,
    version integer NOT NULL,
    act text NOT NULL CHECK (act IN ('created', 'changed', 'deleted', 'restored')),
    before jsonb NOT NULL DEFAULT '{}',
    after jsonb NOT NULL DEFAULT '{}',
    saved_at timestamptz NOT NULL,
    saved_by uuid,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, kind, object_id, version),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE setup_revisions IS 'Who saved what of the clinic''s set-up when; added to, never changed';
COMMENT ON COLUMN setup_revisions.version IS 'The version the save made';
COMMENT ON COLUMN setup_revisions.before IS 'All fields as they were; empty for what was created';
CREATE INDEX setup_revisions_account ON setup_revisions (provider_org_id, saved_by);
CALL app.protect('setup_revisions');
CALL app.let_read('setup_revisions', '{clinic}', 'true');
CREATE POLICY kept_clinic ON setup_revisions FOR INSERT TO salus_app
    WITH CHECK (app.hat() = 'clinic' AND saved_by = app.account());
CALL app.let('setup_revisions', '{system}', 'true');
