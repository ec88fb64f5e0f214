-- Times the clinic keeps for somebody and proposes to them.
CREATE TABLE offers (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    request_id uuid NOT NULL,
    location_id uuid NOT NULL,
    modality text NOT NULL CHECK (modality IN ('in_person', 'telehealth')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    shown_ends_at timestamptz NOT NULL,
    resource_ids uuid[] NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'accepted', 'declined', 'expired', 'withdrawn')),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (starts_at < ends_at AND starts_at < shown_ends_at),
    CHECK ((state = 'held') = (ended_at IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, request_id) REFERENCES appointment_requests (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE offers IS 'Times kept for somebody and proposed to them; live while held and before expires_at';
COMMENT ON COLUMN offers.resource_ids IS 'What is taken, the leading one first';
CREATE INDEX offers_request ON offers (provider_org_id, request_id, starts_at, id);
CREATE INDEX offers_person ON offers (provider_org_id, person_id);
CREATE INDEX offers_employer ON offers (provider_org_id, employer_id);
CREATE INDEX offers_location ON offers (provider_org_id, location_id);
CREATE INDEX offers_created_by ON offers (provider_org_id, created_by);
CREATE INDEX offers_held ON offers (provider_org_id, expires_at) WHERE ended_at IS NULL;
CALL app.protect('offers');
REVOKE DELETE ON offers FROM salus_app;
CALL app.let('offers', '{me}', 'person_id = app.person()');
CALL app.let('offers', '{clinic,system}', 'app.reaches(employer_id)');

-- What an offer keeps is taken like everything else.
ALTER TABLE claims ADD COLUMN offer_id uuid;
ALTER TABLE claims ADD FOREIGN KEY (provider_org_id, offer_id) REFERENCES offers (provider_org_id, id);
ALTER TABLE claims DROP CONSTRAINT claims_check2, DROP CONSTRAINT claims_check3;
ALTER TABLE claims ADD CONSTRAINT claims_for_one CHECK (num_nonnulls(appointment_id, hold_id, offer_id) = 1);
ALTER TABLE claims ADD CONSTRAINT claims_run_out CHECK ((appointment_id IS NULL) = (expires_at IS NOT NULL));
COMMENT ON COLUMN claims.expires_at IS 'A hold''s or an offer''s end: from then on the claim counts as absent, swept away yet or not';
CREATE INDEX claims_offer ON claims (provider_org_id, offer_id);
ALTER POLICY keep_me ON claims
    USING (app.hat() = 'me' AND (EXISTS (SELECT 1 FROM slot_holds h
        WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person())
        OR EXISTS (SELECT 1 FROM offers o
        WHERE o.provider_org_id = claims.provider_org_id AND o.id = claims.offer_id AND o.person_id = app.person())));
ALTER POLICY free_me ON claims
    USING (app.hat() = 'me' AND (expires_at <= app.clock() OR person_id = app.person()
        OR EXISTS (SELECT 1 FROM slot_holds h
            WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person())
        OR EXISTS (SELECT 1 FROM offers o
            WHERE o.provider_org_id = claims.provider_org_id AND o.id = claims.offer_id AND o.person_id = app.person())
        OR EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id AND a.person_id = app.person())));
