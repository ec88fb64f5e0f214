-- Asking the clinic for a visit.
CREATE TABLE appointment_requests (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    appointment_type_id uuid NOT NULL,
    location_id uuid,
    resource_id uuid,
    modality text NOT NULL CHECK (modality IN ('in_person', 'telehealth')),
    preferences jsonb NOT NULL DEFAULT '[]'
        CHECK (CASE WHEN jsonb_typeof(preferences) = 'array' THEN jsonb_array_length(preferences) <= 3 ELSE false END),
    contact text NOT NULL CHECK (contact IN ('message', 'phone', 'email')),
    comment_sealed bytea,
    asked_by_audience text NOT NULL CHECK (asked_by_audience IN ('employee', 'supervisor')),
    state text NOT NULL CHECK (state IN ('open', 'seen', 'offered', 'booked', 'declined', 'withdrawn')),
    conversation_id uuid,
    appointment_id uuid,
    answer_by timestamptz,
    seen_at timestamptz,
    offered_until timestamptz,
    ended_at timestamptz,
    decline_sealed bytea,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK ((state = 'offered') = (offered_until IS NOT NULL)),
    CHECK ((state IN ('booked', 'declined', 'withdrawn')) = (ended_at IS NOT NULL)),
    CHECK ((state = 'booked') = (appointment_id IS NOT NULL)),
    CHECK (decline_sealed IS NULL OR state = 'declined'),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, conversation_id) REFERENCES conversations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE appointment_requests IS 'Visits the clinic is asked for, by the person or by who supervises them';
COMMENT ON COLUMN appointment_requests.location_id IS 'Any place when empty';
COMMENT ON COLUMN appointment_requests.resource_id IS 'Any provider when empty';
COMMENT ON COLUMN appointment_requests.preferences IS 'Up to three: dates from and to, part of the day, weekdays';
COMMENT ON COLUMN appointment_requests.contact IS 'How the person wants to hear from the clinic';
COMMENT ON COLUMN appointment_requests.comment_sealed IS 'Sealed by the chart''s key; by the organization''s where a supervisor asked, to whom no chart is open';
COMMENT ON COLUMN appointment_requests.answer_by IS 'By when the clinic said it would answer';
COMMENT ON COLUMN appointment_requests.offered_until IS 'When the last of the offered times runs out: from then on it counts as open, swept or not';
COMMENT ON COLUMN appointment_requests.decline_sealed IS 'Why the clinic has no time, for the person to read';
CREATE INDEX appointment_requests_person ON appointment_requests (provider_org_id, person_id, created_at DESC, id DESC);
CREATE INDEX appointment_requests_waiting ON appointment_requests (provider_org_id, created_at, id) WHERE ended_at IS NULL;
CREATE INDEX appointment_requests_ended ON appointment_requests (provider_org_id, ended_at DESC, id DESC) WHERE ended_at IS NOT NULL;
CREATE INDEX appointment_requests_employer ON appointment_requests (provider_org_id, employer_id);
CREATE INDEX appointment_requests_type ON appointment_requests (provider_org_id, appointment_type_id);
CREATE INDEX appointment_requests_location ON appointment_requests (provider_org_id, location_id);
CREATE INDEX appointment_requests_resource ON appointment_requests (provider_org_id, resource_id);
CREATE INDEX appointment_requests_conversation ON appointment_requests (provider_org_id, conversation_id);
CREATE INDEX appointment_requests_appointment ON appointment_requests (provider_org_id, appointment_id);
CREATE INDEX appointment_requests_created_by ON appointment_requests (provider_org_id, created_by);
CALL app.protect('appointment_requests');
REVOKE DELETE ON appointment_requests FROM salus_app;
CALL app.let('appointment_requests', '{me}', 'person_id = app.person()');
CALL app.let('appointment_requests', '{clinic,system}', 'app.reaches(employer_id)');
-- A supervisor asks for a report; what became of it the person is told.
GRANT INSERT ON appointment_requests TO salus_supervisor;
CREATE POLICY ask_team ON appointment_requests FOR INSERT TO salus_supervisor
    WITH CHECK (app.hat() = 'team' AND asked_by_audience = 'supervisor' AND created_by = app.account()
        AND person_id = ANY ((SELECT app.reports())::uuid[]));
CALL app.let_team('appointment_requests', 'asked_by_audience = ''supervisor'' AND created_by = app.account()
        AND person_id = ANY ((SELECT app.reports())::uuid[])',
    'id, provider_org_id, employer_id, person_id, appointment_type_id, location_id, modality, preferences, contact, asked_by_audience, state, conversation_id, offered_until, created_at, created_by, version');
