-- Visits online: where a provider sees people, where they may be, where they will be.
ALTER TABLE resources
    ADD COLUMN join_link text CHECK (join_link ~ '^https://' AND char_length(join_link) <= 500),
    ADD COLUMN regions text[] NOT NULL DEFAULT '{}' CHECK (cardinality(regions) <= 300);
COMMENT ON COLUMN resources.join_link IS 'Where a provider sees people online; {appointment} stands for the visit';
COMMENT ON COLUMN resources.regions IS 'Where people may be whom a provider sees online (ISO 3166); anywhere when empty';
ALTER TABLE slot_holds ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
COMMENT ON COLUMN slot_holds.region IS 'Where the person will be during a visit online (ISO 3166)';
ALTER TABLE appointments ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
COMMENT ON COLUMN appointments.region IS 'Where the person will be during a visit online (ISO 3166)';
ALTER TABLE appointment_requests ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
COMMENT ON COLUMN appointment_requests.region IS 'Where the person will be during a visit online (ISO 3166)';

ALTER TABLE appointments
    DROP CONSTRAINT appointments_override_kinds_check,
    ADD CONSTRAINT appointments_override_kinds_check
        CHECK (override_kinds <@ ARRAY['double_book', 'outside_hours', 'inside_blackout', 'ignore_buffer', 'over_cap',
            'not_qualified', 'location_not_linked', 'region']);

-- Supervisors find times online too. The link itself is the person's.
GRANT SELECT (regions) ON resources TO salus_supervisor;
GRANT SELECT (region) ON slot_holds TO salus_supervisor;
GRANT SELECT (region), INSERT (region), UPDATE (region) ON appointments TO salus_supervisor;
