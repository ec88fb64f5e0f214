ALTER TABLE appointments
    DROP CONSTRAINT appointments_override_kinds_check,
    ADD CONSTRAINT appointments_override_kinds_check
        CHECK (override_kinds <@ ARRAY['double_book', 'outside_hours', 'inside_blackout', 'ignore_buffer', 'over_cap',
            'not_qualified', 'location_not_linked']) NOT VALID;
ALTER TABLE appointment_requests DROP COLUMN region;
ALTER TABLE appointments DROP COLUMN region;
ALTER TABLE slot_holds DROP COLUMN region;
ALTER TABLE resources
    DROP COLUMN regions,
    DROP COLUMN join_link;
