-- The front desk says how a place offers times and what it does by itself.
CREATE POLICY settings_clinic ON locations FOR UPDATE TO salus_app
    USING (app.hat() = 'clinic' AND app.has_role('scheduler'))
    WITH CHECK (app.hat() = 'clinic' AND app.has_role('scheduler'));
ALTER TABLE setup_revisions
    DROP CONSTRAINT setup_revisions_kind_check,
    ADD CONSTRAINT setup_revisions_kind_check
        CHECK (kind IN ('schedule', 'blackout', 'appointment_type', 'type_override', 'cancel_reason', 'resource',
            'location'));
