-- Days on which a place does not work: business days leave them out.
CREATE TABLE location_holidays (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    location_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    falls_on date NOT NULL,
    yearly boolean NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, location_id, falls_on),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE location_holidays IS 'Days on which a place does not work; what can be booked follows schedules and blackouts alone';
COMMENT ON COLUMN location_holidays.yearly IS 'Whether it comes back each year; 29 February only in leap years';
CREATE INDEX location_holidays_created_by ON location_holidays (provider_org_id, created_by);
CALL app.protect('location_holidays');
CALL app.let_read('location_holidays', '{clinic}', 'true');
CALL app.let('location_holidays', '{clinic}', 'app.has_role(''scheduler'')');
CALL app.let('location_holidays', '{system}', 'true');
