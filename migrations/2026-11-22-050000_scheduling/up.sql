-- Resources, kinds of visits, schedules, blackouts; claims, holds and appointments.

-- What has a calendar.
CREATE TABLE resources (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL CHECK (kind IN ('provider', 'room', 'equipment')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    account_id uuid,
    skills text[] NOT NULL DEFAULT '{}',
    home_location_id uuid NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK ((kind = 'provider') = (account_id IS NOT NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, home_location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE resources IS 'Providers, rooms and equipment: what has a calendar';
COMMENT ON COLUMN resources.account_id IS 'A provider is one account with a clinician''s role';
COMMENT ON COLUMN resources.skills IS 'Tags that a kind of visit can ask for';
CREATE UNIQUE INDEX resources_account ON resources (provider_org_id, account_id);
CREATE INDEX resources_home ON resources (provider_org_id, home_location_id);

-- Kinds of visits.
CREATE TABLE appointment_types (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    code text NOT NULL CHECK (code ~ '^[A-Z0-9-]{1,15}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    duration smallint NOT NULL CHECK (duration BETWEEN 5 AND 480 AND duration % 5 = 0),
    shown_duration smallint NOT NULL CHECK (shown_duration BETWEEN 5 AND 720),
    buffer_before smallint NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 120),
    buffer_after smallint NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 120),
    modalities text[] NOT NULL DEFAULT '{in_person}'
        CHECK (cardinality(modalities) > 0 AND modalities <@ ARRAY['in_person', 'telehealth']),
    employee_bookable boolean NOT NULL DEFAULT false,
    supervisor_bookable boolean NOT NULL DEFAULT false,
    visible_to_supervisor boolean NOT NULL DEFAULT false,
    clinic_confirms boolean NOT NULL DEFAULT false,
    min_notice_to_book smallint NOT NULL DEFAULT 1 CHECK (min_notice_to_book BETWEEN 0 AND 336),
    cancel_notice smallint NOT NULL DEFAULT 24 CHECK (cancel_notice BETWEEN 0 AND 336),
    move_notice smallint NOT NULL DEFAULT 24 CHECK (move_notice BETWEEN 0 AND 336),
    max_moves smallint NOT NULL DEFAULT 3 CHECK (max_moves BETWEEN 0 AND 20),
    max_per_day smallint NOT NULL DEFAULT 1 CHECK (max_per_day BETWEEN 1 AND 10),
    fasting_hours smallint NOT NULL DEFAULT 0 CHECK (fasting_hours BETWEEN 0 AND 24),
    display_order smallint NOT NULL DEFAULT 50,
    colour text NOT NULL DEFAULT 'teal' CHECK (char_length(colour) BETWEEN 1 AND 20),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, code)
);
COMMENT ON TABLE appointment_types IS 'Kinds of visits and the rules for booking them';
COMMENT ON COLUMN appointment_types.name IS 'The clinical name; a supervisor never sees it';
COMMENT ON COLUMN appointment_types.duration IS 'Minutes the resources are needed';
COMMENT ON COLUMN appointment_types.shown_duration IS 'Minutes the person is told';
COMMENT ON COLUMN appointment_types.min_notice_to_book IS 'Hours between booking and start, for portal users';
COMMENT ON COLUMN appointment_types.cancel_notice IS 'Hours before the start until which a portal user may give the visit back';
COMMENT ON COLUMN appointment_types.move_notice IS 'Hours before the start until which a portal user may move the visit';

CREATE TABLE appointment_type_texts (
    provider_org_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    language text NOT NULL CHECK (char_length(language) BETWEEN 2 AND 8),
    public_name text NOT NULL CHECK (char_length(public_name) BETWEEN 1 AND 60),
    prep_public text NOT NULL DEFAULT '' CHECK (char_length(prep_public) <= 300),
    prep_full text NOT NULL DEFAULT '' CHECK (char_length(prep_full) <= 4000),
    bring text[] NOT NULL DEFAULT '{}' CHECK (cardinality(bring) <= 10),
    PRIMARY KEY (provider_org_id, appointment_type_id, language),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id)
);
COMMENT ON TABLE appointment_type_texts IS 'What people read about a kind of visit, by language';
COMMENT ON COLUMN appointment_type_texts.public_name IS 'The only name a supervisor ever sees';

CREATE TABLE appointment_type_needs (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    position smallint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('provider', 'room', 'equipment')),
    skill text CHECK (char_length(skill) BETWEEN 1 AND 40),
    resource_id uuid,
    count smallint NOT NULL DEFAULT 1 CHECK (count BETWEEN 1 AND 4),
    CHECK (skill IS NULL OR resource_id IS NULL),
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, appointment_type_id, position),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id)
);
COMMENT ON TABLE appointment_type_needs IS 'What a visit takes; the first one leads: its schedule says when a visit may start';
CREATE INDEX appointment_type_needs_resource ON appointment_type_needs (provider_org_id, resource_id);

CREATE TABLE appointment_type_locations (
    provider_org_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    location_id uuid NOT NULL,
    PRIMARY KEY (provider_org_id, appointment_type_id, location_id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE appointment_type_locations IS 'Where a kind of visit is offered';
CREATE INDEX appointment_type_locations_location ON appointment_type_locations (provider_org_id, location_id);

CREATE TABLE appointment_type_questionnaires (
    provider_org_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    questionnaire_id uuid NOT NULL,
    position smallint NOT NULL,
    PRIMARY KEY (provider_org_id, appointment_type_id, questionnaire_id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, questionnaire_id) REFERENCES questionnaires (provider_org_id, id)
);
COMMENT ON TABLE appointment_type_questionnaires IS 'Forms handed over at booking, to be answered before the visit starts';
CREATE INDEX appointment_type_questionnaires_form ON appointment_type_questionnaires (provider_org_id, questionnaire_id);

-- When a resource works.
CREATE TABLE schedules (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    location_id uuid NOT NULL,
    modality text NOT NULL DEFAULT 'both' CHECK (modality IN ('in_person', 'telehealth', 'both')),
    all_types boolean NOT NULL DEFAULT true,
    effective_from date NOT NULL,
    effective_until date CHECK (effective_until >= effective_from),
    every_n_weeks smallint CHECK (every_n_weeks BETWEEN 1 AND 4),
    interval_minutes smallint NOT NULL DEFAULT 15 CHECK (interval_minutes IN (5, 10, 15, 20, 30, 60)),
    offset_minutes smallint NOT NULL DEFAULT 0 CHECK (offset_minutes >= 0),
    capacity smallint NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 50),
    daily_cap smallint CHECK (daily_cap > 0),
    overbook smallint NOT NULL DEFAULT 0 CHECK (overbook BETWEEN 0 AND 5),
    opens_at timestamptz,
    audience text[] NOT NULL DEFAULT '{employee,supervisor,clinic}'
        CHECK (audience <@ ARRAY['employee', 'supervisor', 'clinic']),
    priority smallint NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 9),
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CHECK (offset_minutes < interval_minutes),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE schedules IS 'Recurring availability of a resource at a location, in its wall-clock';
COMMENT ON COLUMN schedules.every_n_weeks IS 'Counted from the Monday of the week of effective_from; null when the windows name dates';
COMMENT ON COLUMN schedules.opens_at IS 'Before this instant portal users do not see it';
CREATE INDEX schedules_location ON schedules (provider_org_id, location_id) WHERE deleted_at IS NULL;
CREATE INDEX schedules_resource ON schedules (provider_org_id, resource_id);

CREATE TABLE schedule_types (
    provider_org_id uuid NOT NULL,
    schedule_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    PRIMARY KEY (provider_org_id, schedule_id, appointment_type_id),
    FOREIGN KEY (provider_org_id, schedule_id) REFERENCES schedules (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id)
);
COMMENT ON TABLE schedule_types IS 'The kinds of visits of a schedule that is not for all';
CREATE INDEX schedule_types_type ON schedule_types (provider_org_id, appointment_type_id);

CREATE TABLE schedule_windows (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    schedule_id uuid NOT NULL,
    weekday smallint CHECK (weekday BETWEEN 1 AND 7),
    on_date date,
    start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute smallint NOT NULL CHECK (end_minute <= 1440),
    CHECK (start_minute < end_minute),
    CHECK ((weekday IS NULL) <> (on_date IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, schedule_id) REFERENCES schedules (provider_org_id, id)
);
COMMENT ON TABLE schedule_windows IS 'Windows of a schedule, in minutes after local midnight; 1440 is the end of the day';
COMMENT ON COLUMN schedule_windows.weekday IS '1 Monday to 7 Sunday (ISO 8601)';
CREATE INDEX schedule_windows_schedule ON schedule_windows (provider_org_id, schedule_id);

CREATE TABLE blackouts (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    resource_id uuid,
    location_id uuid,
    starts_local timestamp NOT NULL,
    ends_local timestamp NOT NULL,
    whole_days boolean NOT NULL DEFAULT false,
    modality text NOT NULL DEFAULT 'both' CHECK (modality IN ('in_person', 'telehealth', 'both')),
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 200),
    yearly boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    created_by uuid,
    deleted_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CHECK (resource_id IS NULL OR location_id IS NULL),
    CHECK (CASE WHEN whole_days THEN starts_local <= ends_local ELSE starts_local < ends_local END),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE blackouts IS 'Times in which a resource, a location or the whole organization is away';
COMMENT ON COLUMN blackouts.resource_id IS 'Neither resource nor location: the whole organization, each location in its own wall-clock';
COMMENT ON COLUMN blackouts.whole_days IS 'The two ends are local dates, both included';
COMMENT ON COLUMN blackouts.reason IS 'Staff only';
CREATE INDEX blackouts_resource ON blackouts (provider_org_id, resource_id) WHERE deleted_at IS NULL;
CREATE INDEX blackouts_location ON blackouts (provider_org_id, location_id) WHERE deleted_at IS NULL;

CREATE TABLE cancel_reasons (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    code text NOT NULL CHECK (code ~ '^[a-z0-9_]{1,40}$'),
    used_by text[] NOT NULL CHECK (used_by <@ ARRAY['employee', 'supervisor', 'clinic']),
    no_show boolean NOT NULL DEFAULT false,
    wants_text boolean NOT NULL DEFAULT false,
    position smallint NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, code)
);
COMMENT ON TABLE cancel_reasons IS 'Why a visit can be given back, and who may say so';

CREATE TABLE cancel_reason_texts (
    provider_org_id uuid NOT NULL,
    cancel_reason_id uuid NOT NULL,
    language text NOT NULL CHECK (char_length(language) BETWEEN 2 AND 8),
    label text NOT NULL CHECK (char_length(label) BETWEEN 1 AND 80),
    PRIMARY KEY (provider_org_id, cancel_reason_id, language),
    FOREIGN KEY (provider_org_id, cancel_reason_id) REFERENCES cancel_reasons (provider_org_id, id)
);
COMMENT ON TABLE cancel_reason_texts IS 'A cancel reason as people read it, by language';

-- Visits.
CREATE TABLE appointments (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    appointment_type_id uuid NOT NULL,
    location_id uuid NOT NULL,
    modality text NOT NULL CHECK (modality IN ('in_person', 'telehealth')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    shown_ends_at timestamptz NOT NULL,
    local_start timestamp NOT NULL,
    time_zone text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'booked', 'checked_in', 'in_progress', 'fulfilled', 'no_show',
        'cancelled', 'entered_in_error')),
    booked_by_audience text NOT NULL CHECK (booked_by_audience IN ('employee', 'supervisor', 'clinic')),
    comment_sealed bytea,
    cancel_reason_id uuid,
    cancel_comment_sealed bytea,
    cancelled_at timestamptz,
    cancelled_by uuid,
    cancelled_by_audience text CHECK (cancelled_by_audience IN ('employee', 'supervisor', 'clinic')),
    sequence integer NOT NULL DEFAULT 0,
    moves smallint NOT NULL DEFAULT 0,
    confirmed_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (starts_at < ends_at AND starts_at < shown_ends_at),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, cancel_reason_id) REFERENCES cancel_reasons (provider_org_id, id)
);
COMMENT ON TABLE appointments IS 'Visits, from booking to their end';
COMMENT ON COLUMN appointments.shown_ends_at IS 'The end the person is told';
COMMENT ON COLUMN appointments.local_start IS 'The wall-clock promised at booking, so that a change of zone data does not move it silently';
COMMENT ON COLUMN appointments.sequence IS 'How often the visit was moved or given back; the calendar file''s SEQUENCE';
COMMENT ON COLUMN appointments.moves IS 'How often a portal user moved it';
CREATE INDEX appointments_person ON appointments (provider_org_id, person_id, starts_at, id);
CREATE INDEX appointments_place ON appointments (provider_org_id, location_id, starts_at, id);
CREATE INDEX appointments_employer ON appointments (provider_org_id, employer_id, starts_at);
CREATE INDEX appointments_type ON appointments (provider_org_id, appointment_type_id, starts_at);
CREATE INDEX appointments_reason ON appointments (provider_org_id, cancel_reason_id) WHERE cancel_reason_id IS NOT NULL;

CREATE TABLE appointment_resources (
    provider_org_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    position smallint NOT NULL,
    PRIMARY KEY (provider_org_id, appointment_id, resource_id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id)
);
COMMENT ON TABLE appointment_resources IS 'With whom and where in the building; stays when the claims are freed';
CREATE INDEX appointment_resources_resource ON appointment_resources (provider_org_id, resource_id);

-- Times kept for a few minutes.
CREATE TABLE slot_holds (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    account_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    location_id uuid NOT NULL,
    modality text NOT NULL CHECK (modality IN ('in_person', 'telehealth')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    shown_ends_at timestamptz NOT NULL,
    resource_ids uuid[] NOT NULL,
    item_id uuid,
    expires_at timestamptz NOT NULL,
    extended boolean NOT NULL DEFAULT false,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, account_id) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE slot_holds IS 'Times kept for a portal user; live until expires_at or ended_at, then kept a day to count them';
COMMENT ON COLUMN slot_holds.ended_at IS 'When it was released, replaced or used';
COMMENT ON COLUMN slot_holds.item_id IS 'The due item the visit is for';
CREATE UNIQUE INDEX slot_holds_one_per_person ON slot_holds (provider_org_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX slot_holds_person ON slot_holds (provider_org_id, person_id);
CREATE INDEX slot_holds_account ON slot_holds (provider_org_id, account_id, created_at);
CREATE INDEX slot_holds_employer ON slot_holds (provider_org_id, employer_id);
CREATE INDEX slot_holds_type ON slot_holds (provider_org_id, appointment_type_id);
CREATE INDEX slot_holds_location ON slot_holds (provider_org_id, location_id);

-- Time that is taken. Two of one resource and lane, or of one person, never overlap: whatever the
-- server believed, the database refuses the second.
CREATE TABLE claims (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    resource_id uuid,
    person_id uuid,
    lane smallint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    local_date date NOT NULL,
    schedule_id uuid,
    appointment_id uuid,
    hold_id uuid,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK (starts_at < ends_at),
    CHECK ((resource_id IS NULL) <> (person_id IS NULL)),
    CHECK ((appointment_id IS NULL) <> (hold_id IS NULL)),
    CHECK ((hold_id IS NULL) = (expires_at IS NULL)),
    CHECK (person_id IS NULL OR (appointment_id IS NOT NULL AND lane = 1)),
    CHECK (lane BETWEEN 1 AND 50 OR lane BETWEEN 101 AND 105),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, schedule_id) REFERENCES schedules (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, hold_id) REFERENCES slot_holds (provider_org_id, id),
    CONSTRAINT claims_one_per_lane EXCLUDE USING gist
        (provider_org_id WITH =, resource_id WITH =, lane WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (resource_id IS NOT NULL),
    CONSTRAINT claims_one_per_person EXCLUDE USING gist
        (provider_org_id WITH =, person_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (person_id IS NOT NULL)
);
COMMENT ON TABLE claims IS 'Stretches of time taken on a resource or a person, buffers included';
COMMENT ON COLUMN claims.lane IS '1 up to the capacity for regular ones, 101 up for those staff forced; a person has lane 1 only';
COMMENT ON COLUMN claims.expires_at IS 'A hold''s end: from then on the claim counts as absent, swept away yet or not';
COMMENT ON COLUMN claims.local_date IS 'The visit''s date at its location; a schedule''s daily cap counts by it';
-- Searches compare plain times: overlap of ranges is no leakproof operator, so under row-level
-- security its index would go unused.
CREATE INDEX claims_resource ON claims (provider_org_id, resource_id, ends_at) WHERE resource_id IS NOT NULL;
CREATE INDEX claims_person ON claims (provider_org_id, person_id, ends_at) WHERE person_id IS NOT NULL;
CREATE INDEX claims_appointment ON claims (provider_org_id, appointment_id);
CREATE INDEX claims_hold ON claims (provider_org_id, hold_id);
CREATE INDEX claims_schedule ON claims (provider_org_id, schedule_id, local_date);
CREATE INDEX claims_expiry ON claims (provider_org_id, expires_at) WHERE expires_at IS NOT NULL;

-- What the clinic sets up is read by whoever looks for a time; front desk staff change it.
DO $$
DECLARE
    t regclass;
BEGIN
    FOREACH t IN ARRAY ARRAY['resources', 'appointment_types', 'appointment_type_texts', 'appointment_type_needs',
        'appointment_type_locations', 'appointment_type_questionnaires', 'schedules', 'schedule_types', 'schedule_windows', 'blackouts',
        'cancel_reasons', 'cancel_reason_texts']::regclass[]
    LOOP
        CALL app.protect(t);
        CALL app.let_read(t, '{me,clinic}', 'true');
        CALL app.let(t, '{clinic}', 'app.has_role(''scheduler'')');
        CALL app.let(t, '{system}', 'true');
    END LOOP;
END
$$;

CALL app.protect('appointments');
CALL app.let('appointments', '{me}', 'person_id = app.person()');
CALL app.let('appointments', '{clinic,system}', 'app.reaches(employer_id)');
CALL app.protect('appointment_resources');
CALL app.let('appointment_resources', '{me,clinic,system}', 'EXISTS (SELECT 1 FROM appointments a
    WHERE a.provider_org_id = appointment_resources.provider_org_id AND a.id = appointment_resources.appointment_id)');
CALL app.protect('slot_holds');
CALL app.let('slot_holds', '{me}', 'person_id = app.person()');
CALL app.let('slot_holds', '{clinic,system}', 'true');

-- A resource's claims carry no person and are read by whoever looks for a time there; a person's
-- follow the person. What has run out may be cleared away by whoever books.
CALL app.protect('claims');
CALL app.let('claims', '{clinic,system}', 'true');
CALL app.let_read('claims', '{me}', 'person_id IS NULL OR person_id = app.person()');
CREATE POLICY take_me ON claims FOR INSERT TO salus_app WITH CHECK (app.hat() = 'me' AND (person_id IS NULL OR person_id = app.person()));
CREATE POLICY keep_me ON claims FOR UPDATE TO salus_app
    USING (app.hat() = 'me' AND EXISTS (SELECT 1 FROM slot_holds h
        WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person()))
    WITH CHECK (app.hat() = 'me');
CREATE POLICY free_me ON claims FOR DELETE TO salus_app
    USING (app.hat() = 'me' AND (expires_at <= app.clock() OR person_id = app.person()
        OR EXISTS (SELECT 1 FROM slot_holds h
            WHERE h.provider_org_id = claims.provider_org_id AND h.id = claims.hold_id AND h.person_id = app.person())
        OR EXISTS (SELECT 1 FROM appointments a
            WHERE a.provider_org_id = claims.provider_org_id AND a.id = claims.appointment_id AND a.person_id = app.person())));

-- Supervisors: their reports' visits of a visible kind, by public name, time and place.
CALL app.let_team('appointment_types', 'visible_to_supervisor', 'id, provider_org_id, visible_to_supervisor, supervisor_bookable');
CALL app.let_team('appointment_type_texts', 'EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = appointment_type_texts.provider_org_id AND t.id = appointment_type_texts.appointment_type_id AND t.visible_to_supervisor)',
    'provider_org_id, appointment_type_id, language, public_name');
CALL app.let_team('appointments', 'app.supervises(person_id) AND EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = appointments.provider_org_id AND t.id = appointments.appointment_type_id AND t.visible_to_supervisor)',
    'id, provider_org_id, employer_id, person_id, appointment_type_id, location_id, modality, starts_at, shown_ends_at, time_zone, state, version');
