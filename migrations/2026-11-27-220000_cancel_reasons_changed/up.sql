-- Reasons for giving a visit back are changed, deleted and restored as the rest of the set-up.
ALTER TABLE cancel_reasons
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN deleted_at timestamptz;
COMMENT ON COLUMN cancel_reasons.no_show IS 'Whether it means that the person did not come';
COMMENT ON COLUMN cancel_reasons.deleted_at IS 'When it was deleted; past visits still name it';
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check
        CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override', 'cancel_reason'));
