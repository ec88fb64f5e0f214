-- Who waits for a time, and the times that became free and are offered to them one after the other.
CREATE TABLE wait_list_items (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    appointment_type_id uuid NOT NULL,
    due_item_id uuid,
    appointment_id uuid,
    request_id uuid,
    location_id uuid,
    resource_id uuid,
    modality text CHECK (modality IN ('in_person', 'telehealth')),
    day_part text CHECK (day_part IN ('morning', 'afternoon', 'evening')),
    weekdays smallint[] NOT NULL DEFAULT '{}' CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[]),
    escalated_at timestamptz,
    escalated_by uuid,
    closed_at timestamptz,
    closed_by uuid,
    closed_because text CHECK (closed_because IN ('taken', 'settled', 'person', 'clinic')),
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (num_nonnulls(due_item_id, appointment_id, request_id) = 1),
    CHECK ((closed_at IS NULL) = (closed_because IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, due_item_id) REFERENCES due_items (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, request_id) REFERENCES appointment_requests (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, escalated_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, closed_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE wait_list_items IS 'What persons wait for a time for: something due, an earlier time than a visit has, or a request the clinic had no time for';
COMMENT ON COLUMN wait_list_items.appointment_id IS 'The visit for which an earlier time is wanted';
COMMENT ON COLUMN wait_list_items.location_id IS 'Any place when empty';
COMMENT ON COLUMN wait_list_items.resource_id IS 'Any provider when empty';
COMMENT ON COLUMN wait_list_items.day_part IS 'The whole day when empty';
COMMENT ON COLUMN wait_list_items.weekdays IS '1 Monday to 7 Sunday (ISO 8601); every day when empty';
COMMENT ON COLUMN wait_list_items.escalated_at IS 'The clinic put it before the others';
COMMENT ON COLUMN wait_list_items.closed_because IS 'A time was taken, it is needed no more, the person or the clinic said so';
CREATE UNIQUE INDEX wait_list_items_due ON wait_list_items (provider_org_id, due_item_id) WHERE due_item_id IS NOT NULL;
CREATE UNIQUE INDEX wait_list_items_visit ON wait_list_items (provider_org_id, appointment_id) WHERE appointment_id IS NOT NULL AND closed_at IS NULL;
CREATE INDEX wait_list_items_open ON wait_list_items (provider_org_id, created_at, id) WHERE closed_at IS NULL;
CREATE INDEX wait_list_items_person ON wait_list_items (provider_org_id, person_id, created_at, id);
CREATE INDEX wait_list_items_employer ON wait_list_items (provider_org_id, employer_id);
CREATE INDEX wait_list_items_type ON wait_list_items (provider_org_id, appointment_type_id);
CREATE INDEX wait_list_items_appointment ON wait_list_items (provider_org_id, appointment_id);
CREATE INDEX wait_list_items_request ON wait_list_items (provider_org_id, request_id);
CREATE INDEX wait_list_items_location ON wait_list_items (provider_org_id, location_id);
CREATE INDEX wait_list_items_resource ON wait_list_items (provider_org_id, resource_id);
CREATE INDEX wait_list_items_escalated_by ON wait_list_items (provider_org_id, escalated_by);
CREATE INDEX wait_list_items_closed_by ON wait_list_items (provider_org_id, closed_by);
CREATE INDEX wait_list_items_created_by ON wait_list_items (provider_org_id, created_by);
CALL app.protect('wait_list_items');
REVOKE DELETE ON wait_list_items FROM salus_app;
CALL app.let('wait_list_items', '{me}', 'person_id = app.person()');
CALL app.let('wait_list_items', '{clinic,system}', 'app.reaches(employer_id)');

CREATE TABLE offer_rounds (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    location_id uuid NOT NULL,
    resource_ids uuid[] NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    freed_by text NOT NULL CHECK (freed_by IN ('cancellation', 'move', 'refusal')),
    depth smallint NOT NULL CHECK (depth BETWEEN 1 AND 3),
    look_again_at timestamptz,
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('taken', 'nobody', 'too_late')),
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (from_at < until_at),
    CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE offer_rounds IS 'Times that became free; each is offered to one person after the other';
COMMENT ON COLUMN offer_rounds.depth IS '1 for a time that was given back, 2 for one that somebody left for such a time, and so on';
COMMENT ON COLUMN offer_rounds.look_again_at IS 'When somebody''s quiet hours end for whom nothing else stood in the way';
CREATE INDEX offer_rounds_open ON offer_rounds (provider_org_id, created_at, id) WHERE ended_at IS NULL;
CREATE INDEX offer_rounds_latest ON offer_rounds (provider_org_id, created_at DESC, id DESC);
CREATE INDEX offer_rounds_location ON offer_rounds (provider_org_id, location_id);
CALL app.protect('offer_rounds');
REVOKE DELETE ON offer_rounds FROM salus_app;
CALL app.let_read('offer_rounds', '{clinic}', 'true');
CALL app.let('offer_rounds', '{system}', 'true');

CREATE TABLE offer_skips (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    round_id uuid NOT NULL,
    wait_list_item_id uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN ('no_channel', 'person_busy', 'live_offer', 'offers_in_week', 'quiet_hours')),
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, round_id, wait_list_item_id, reason),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, round_id) REFERENCES offer_rounds (provider_org_id, id),
    FOREIGN KEY (provider_org_id, wait_list_item_id) REFERENCES wait_list_items (provider_org_id, id)
);
COMMENT ON TABLE offer_skips IS 'Why somebody was not offered a time that would have suited; each reason once a round';
CREATE INDEX offer_skips_item ON offer_skips (provider_org_id, wait_list_item_id);
CREATE INDEX offer_skips_person ON offer_skips (provider_org_id, person_id);
CREATE INDEX offer_skips_employer ON offer_skips (provider_org_id, employer_id);
CALL app.protect('offer_skips');
REVOKE UPDATE, DELETE ON offer_skips FROM salus_app;
CALL app.let_read('offer_skips', '{clinic}', 'app.reaches(employer_id)');
CALL app.let('offer_skips', '{system}', 'true');

-- An offer is made for a request or in a round.
ALTER TABLE offers ALTER COLUMN request_id DROP NOT NULL;
ALTER TABLE offers ADD COLUMN wait_list_item_id uuid;
ALTER TABLE offers ADD COLUMN round_id uuid;
ALTER TABLE offers ADD FOREIGN KEY (provider_org_id, wait_list_item_id) REFERENCES wait_list_items (provider_org_id, id);
ALTER TABLE offers ADD FOREIGN KEY (provider_org_id, round_id) REFERENCES offer_rounds (provider_org_id, id);
ALTER TABLE offers ADD CONSTRAINT offers_for_one CHECK (num_nonnulls(request_id, wait_list_item_id) = 1);
ALTER TABLE offers ADD CONSTRAINT offers_of_round CHECK ((wait_list_item_id IS NULL) = (round_id IS NULL));
COMMENT ON COLUMN offers.wait_list_item_id IS 'For whom it became free, where it is not the answer to a request';
CREATE INDEX offers_item ON offers (provider_org_id, wait_list_item_id, created_at);
CREATE INDEX offers_round ON offers (provider_org_id, round_id, created_at, id);
CREATE UNIQUE INDEX offers_once ON offers (provider_org_id, round_id, wait_list_item_id) WHERE round_id IS NOT NULL;

-- How a place makes its offers.
ALTER TABLE locations ADD COLUMN offer_minutes_soon smallint NOT NULL DEFAULT 15 CHECK (offer_minutes_soon BETWEEN 5 AND 240);
ALTER TABLE locations ADD COLUMN offer_minutes_later smallint NOT NULL DEFAULT 120 CHECK (offer_minutes_later BETWEEN 5 AND 240);
ALTER TABLE locations ADD COLUMN offer_lead_hours smallint NOT NULL DEFAULT 4 CHECK (offer_lead_hours BETWEEN 1 AND 72);
COMMENT ON COLUMN locations.offer_minutes_soon IS 'For how long a time that became free is kept for each when it starts within 72 hours';
COMMENT ON COLUMN locations.offer_minutes_later IS 'The same when it starts later';
COMMENT ON COLUMN locations.offer_lead_hours IS 'How far ahead such a time must start';
