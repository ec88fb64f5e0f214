ALTER TABLE offers
    DROP CONSTRAINT offers_override_has_a_reason,
    DROP COLUMN override_reason_sealed,
    DROP COLUMN override_kinds;
