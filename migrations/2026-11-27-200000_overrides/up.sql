-- The rules that staff set aside for a visit, and why.
ALTER TABLE appointments
    ADD COLUMN override_kinds text[] NOT NULL DEFAULT '{}'
        CHECK (override_kinds <@ ARRAY['double_book', 'outside_hours', 'inside_blackout', 'ignore_buffer', 'over_cap',
            'not_qualified', 'location_not_linked']),
    ADD COLUMN override_reason_sealed bytea,
    ADD CONSTRAINT appointments_override_has_a_reason
        CHECK ((cardinality(override_kinds) > 0) = (override_reason_sealed IS NOT NULL));
COMMENT ON COLUMN appointments.override_kinds IS 'Rules that were set aside for its time; none after it moved to a regular one';
COMMENT ON COLUMN appointments.override_reason_sealed IS 'Why, for staff';
-- Whoever moves a visit leaves behind what was set aside for the time before; a supervisor does so unseen.
GRANT UPDATE (override_kinds, override_reason_sealed) ON appointments TO salus_supervisor;
