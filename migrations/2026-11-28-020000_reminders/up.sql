-- Reminders of visits that are still to be written, and those that were.
CREATE TABLE appointment_reminders (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    account_id uuid NOT NULL,
    step text NOT NULL CHECK (step IN ('three_days', 'one_day', 'preparation')),
    sequence integer NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'written', 'passed_over', 'moot')),
    settled_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, appointment_id, account_id, step, sequence),
    CHECK ((state = 'waiting') = (settled_at IS NULL)),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE appointment_reminders IS 'When who is reminded of a visit: each step once';
COMMENT ON COLUMN appointment_reminders.sequence IS 'That of the visit when it was planned; once the visit was moved the reminder is moot';
COMMENT ON COLUMN appointment_reminders.state IS 'passed_over: a later step was due too when it was its turn; moot: the visit is no longer so';
CREATE INDEX appointment_reminders_due ON appointment_reminders (provider_org_id, due_at) WHERE state = 'waiting';
CREATE INDEX appointment_reminders_account ON appointment_reminders (provider_org_id, account_id);
CALL app.protect('appointment_reminders');
REVOKE DELETE ON appointment_reminders FROM salus_app;
CALL app.let('appointment_reminders', '{system}', 'true');
