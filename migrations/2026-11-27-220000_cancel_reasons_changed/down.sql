DELETE FROM setup_revisions WHERE kind = 'cancel_reason';
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override')) NOT VALID;
COMMENT ON COLUMN cancel_reasons.no_show IS NULL;
ALTER TABLE cancel_reasons DROP COLUMN version, DROP COLUMN deleted_at;
