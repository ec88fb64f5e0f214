-- Kinds of visits come back as they were; the front desk says which of the catalogue they answer.
GRANT SELECT (deleted_at) ON appointment_types TO salus_supervisor;
CREATE POLICY answered_clinic ON order_items FOR UPDATE TO salus_app
    USING (app.hat() = 'clinic' AND app.has_role('scheduler'))
    WITH CHECK (app.hat() = 'clinic' AND app.has_role('scheduler'));
