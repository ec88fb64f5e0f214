-- Whom one supervises is found once for a statement, not once for each row it looks at.
CREATE FUNCTION app.reports() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT r.person_id FROM public.relationships r
        WHERE r.provider_org_id = app.provider_org() AND r.account_id = app.account()
          AND r.kind IN ('supervisor', 'backup_supervisor')
          AND r.starts_at <= app.clock() AND (r.ends_at IS NULL OR r.ends_at > app.clock()));
END
$$;
COMMENT ON FUNCTION app.reports() IS 'The people the acting account supervises at the time of the request; asked for in a subquery, which runs once';

ALTER POLICY team ON persons USING (app.hat() = 'team' AND id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team ON person_identifiers USING (app.hat() = 'team' AND kind = 'employee_number' AND person_id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team ON employments USING (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team ON due_items USING (app.hat() = 'team' AND status <> 'entered_in_error' AND person_id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team ON appointments USING (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[]) AND EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = appointments.provider_org_id AND t.id = appointments.appointment_type_id AND t.visible_to_supervisor));
ALTER POLICY team ON restrictions USING (app.hat() = 'team' AND affects_work AND state = 'current' AND person_id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team ON accommodations USING (app.hat() = 'team' AND state = 'current' AND person_id = ANY ((SELECT app.reports())::uuid[]));
ALTER POLICY team_books ON due_items
    USING (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[]) AND status IN ('pending', 'ordered', 'in_progress'))
    WITH CHECK (app.hat() = 'team' AND person_id = ANY ((SELECT app.reports())::uuid[]));
