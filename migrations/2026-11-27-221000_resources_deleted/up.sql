-- Resources are changed, deleted and restored as the rest of the set-up.
ALTER TABLE resources ADD COLUMN deleted_at timestamptz;
COMMENT ON COLUMN resources.deleted_at IS 'When it was deleted; past visits still name it';
GRANT SELECT (deleted_at) ON resources TO salus_supervisor;
ALTER POLICY team ON resources USING (app.hat() = 'team' AND active AND deleted_at IS NULL);
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check
        CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override', 'cancel_reason', 'resource'));
