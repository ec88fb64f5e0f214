-- Hours that are kept under a name, to fill new schedules with.
CREATE TABLE schedule_templates (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    account_id uuid,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    fields jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE schedule_templates IS 'What a schedule can be filled with: hours and limits, not whose, where and from when';
COMMENT ON COLUMN schedule_templates.account_id IS 'Whose it is; everybody''s when null';
CREATE UNIQUE INDEX schedule_templates_name ON schedule_templates (provider_org_id, account_id, name) NULLS NOT DISTINCT;
CALL app.protect('schedule_templates');
CALL app.let_read('schedule_templates', '{clinic}', 'account_id IS NULL OR account_id = app.account()');
CALL app.let('schedule_templates', '{clinic}', 'app.has_role(''scheduler'') AND (account_id IS NULL OR account_id = app.account())');
CALL app.let('schedule_templates', '{system}', 'true');
