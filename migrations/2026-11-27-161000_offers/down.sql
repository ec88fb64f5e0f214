ALTER POLICY keep_me ON claims
    USING (app.hat() = 'me' AND EXISTS (SELECT 1 FROM slot_holds h
        WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person()));
ALTER POLICY free_me ON claims
    USING (app.hat() = 'me' AND (expires_at <= app.clock() OR person_id = app.person()
        OR EXISTS (SELECT 1 FROM slot_holds h
            WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person())
        OR EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id AND a.person_id = app.person())));
DELETE FROM claims WHERE offer_id IS NOT NULL;
ALTER TABLE claims DROP CONSTRAINT claims_for_one, DROP CONSTRAINT claims_run_out;
ALTER TABLE claims ADD CONSTRAINT claims_check2 CHECK ((appointment_id IS NULL) <> (hold_id IS NULL));
ALTER TABLE claims ADD CONSTRAINT claims_check3 CHECK ((hold_id IS NULL) = (expires_at IS NULL));
ALTER TABLE claims DROP COLUMN offer_id;
COMMENT ON COLUMN claims.expires_at IS 'A hold''s end: from then on the claim counts as absent, swept away yet or not';
DROP TABLE offers;
