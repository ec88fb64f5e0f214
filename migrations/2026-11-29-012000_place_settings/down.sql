DELETE FROM setup_revisions WHERE kind = 'location';
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check
        CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override', 'cancel_reason', 'resource'))
        NOT VALID;
DROP POLICY settings_clinic ON locations;
