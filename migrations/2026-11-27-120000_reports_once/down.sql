ALTER POLICY team ON persons USING (app.hat() = 'team' AND app.supervises(id));
ALTER POLICY team ON person_identifiers USING (app.hat() = 'team' AND kind = 'employee_number' AND app.supervises(person_id));
ALTER POLICY team ON employments USING (app.hat() = 'team' AND app.supervises(person_id));
ALTER POLICY team ON due_items USING (app.hat() = 'team' AND status <> 'entered_in_error' AND app.supervises(person_id));
ALTER POLICY team ON appointments USING (app.hat() = 'team' AND app.supervises(person_id) AND EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = appointments.provider_org_id AND t.id = appointments.appointment_type_id AND t.visible_to_supervisor));
ALTER POLICY team ON restrictions USING (app.hat() = 'team' AND affects_work AND state = 'current' AND app.supervises(person_id));
ALTER POLICY team ON accommodations USING (app.hat() = 'team' AND state = 'current' AND app.supervises(person_id));
ALTER POLICY team_books ON due_items
    USING (app.hat() = 'team' AND app.supervises(person_id) AND status IN ('pending', 'ordered', 'in_progress'))
    WITH CHECK (app.hat() = 'team' AND app.supervises(person_id));
DROP FUNCTION app.reports();
