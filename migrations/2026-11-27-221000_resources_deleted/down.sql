DELETE FROM setup_revisions WHERE kind = 'resource';
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check
        CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override', 'cancel_reason')) NOT VALID;
ALTER POLICY team ON resources USING (app.hat() = 'team' AND (active));
ALTER TABLE resources DROP COLUMN deleted_at;
