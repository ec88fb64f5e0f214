ALTER TABLE appointments
    DROP CONSTRAINT appointments_override_has_a_reason,
    DROP COLUMN override_reason_sealed,
    DROP COLUMN override_kinds;
