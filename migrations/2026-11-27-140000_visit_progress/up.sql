-- When a visit's person came, when it began and when it ended; what the clinic wrote when it did not agree.
ALTER TABLE appointments
    ADD COLUMN checked_in_at timestamptz,
    ADD COLUMN check_in_comment_sealed bytea,
    ADD COLUMN begun_at timestamptz,
    ADD COLUMN finished_at timestamptz,
    ADD COLUMN denial_sealed bytea;
COMMENT ON COLUMN appointments.check_in_comment_sealed IS 'What the person wrote when checking in';
COMMENT ON COLUMN appointments.denial_sealed IS 'Why the clinic did not agree, for the person to read';
