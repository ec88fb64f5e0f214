-- When somebody is not to be disturbed: nothing is said of who never chose, and mail has no usual quiet hours.
CREATE TABLE quiet_hours (
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email')),
    from_minute smallint CHECK (from_minute BETWEEN 0 AND 1439),
    until_minute smallint CHECK (until_minute BETWEEN 0 AND 1439),
    changed_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (provider_org_id, account_id, channel),
    CHECK ((from_minute IS NULL) = (until_minute IS NULL)),
    CHECK (from_minute <> until_minute),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE quiet_hours IS 'Hours of the day in which somebody does not want to be disturbed on a channel, on the clocks they live by';
COMMENT ON COLUMN quiet_hours.from_minute IS 'Minutes after midnight; empty when they took them back, so that the version stays';
COMMENT ON COLUMN quiet_hours.until_minute IS 'The first minute after them; they may reach over midnight';
CALL app.protect('quiet_hours');
REVOKE DELETE ON quiet_hours FROM salus_app;
CALL app.let('quiet_hours', '{account}', 'account_id = app.account()');
CALL app.let_read('quiet_hours', '{system}', 'true');
