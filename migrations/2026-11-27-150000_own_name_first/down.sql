ALTER POLICY looked_me ON accounts USING (app.hat() = 'me' AND EXISTS (
    SELECT 1 FROM audit_events e
     WHERE e.provider_org_id = accounts.provider_org_id AND e.account_id = accounts.id AND e.person_id = app.person()));
