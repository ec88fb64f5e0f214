-- What can be asked for a person, and what a person is due for.
CREATE TABLE order_items (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    code text NOT NULL CHECK (code ~ '^[A-Z0-9_-]{1,20}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    public_name text NOT NULL CHECK (char_length(public_name) BETWEEN 1 AND 60),
    sensitive boolean NOT NULL DEFAULT false,
    kind text NOT NULL CHECK (kind IN ('test', 'procedure', 'injection', 'questionnaire', 'opinion', 'consent')),
    minutes smallint CHECK (minutes BETWEEN 1 AND 720),
    preparation text CHECK (char_length(preparation) <= 1000),
    appointment_type_id uuid,
    pass_fail boolean NOT NULL DEFAULT false,
    supervisor_orderable boolean NOT NULL DEFAULT false,
    self_decline boolean NOT NULL DEFAULT false,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, code)
);
COMMENT ON TABLE order_items IS 'The catalogue: tests, procedures, injections, questionnaires, opinions and consents that can be asked for';
COMMENT ON COLUMN order_items.public_name IS 'The name employees and supervisors read in the portal';
COMMENT ON COLUMN order_items.sensitive IS 'The public name is preset to a neutral one';
COMMENT ON COLUMN order_items.minutes IS 'How long it takes the person, for the to-do list';
COMMENT ON COLUMN order_items.appointment_type_id IS 'The kind of visit that answers it';
CREATE INDEX order_items_appointment_type ON order_items (provider_org_id, appointment_type_id);
CALL app.protect('order_items');
CALL app.let_read('order_items', '{me,clinic,admin}', 'true');
CALL app.let('order_items', '{system}', 'true');
CALL app.let_team('order_items', 'true', 'id, provider_org_id, public_name, minutes, appointment_type_id, supervisor_orderable, active');

CREATE TABLE due_items (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    owner text NOT NULL CHECK (owner IN ('employer', 'provider', 'employee')),
    governance text NOT NULL CHECK (governance IN ('osha', 'hipaa', 'dot', 'faa', 'general')),
    order_item_id uuid NOT NULL,
    due_on date NOT NULL,
    visible_on date NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'ordered', 'in_progress', 'completed', 'declined', 'waived',
        'repeat', 'not_needed', 'entered_in_error')),
    appointment_id uuid,
    comment text CHECK (char_length(comment) <= 500),
    completed_on date,
    closed_at timestamptz,
    closed_by uuid,
    waive_reason text CHECK (waive_reason IN ('exemption_approved', 'equivalent_evidence', 'not_exposed', 'job_changed',
        'done_elsewhere', 'other')),
    waive_note text CHECK (char_length(waive_note) BETWEEN 1 AND 500),
    created_at timestamptz NOT NULL,
    created_by uuid,
    version integer NOT NULL DEFAULT 1,
    CHECK (visible_on <= due_on),
    CHECK ((status = 'completed') = (completed_on IS NOT NULL)),
    CHECK ((status = 'waived') = (waive_reason IS NOT NULL)),
    CHECK ((status = 'waived') = (waive_note IS NOT NULL)),
    CHECK ((status IN ('pending', 'ordered', 'in_progress')) = (closed_at IS NULL)),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, order_item_id) REFERENCES order_items (provider_org_id, id),
    FOREIGN KEY (provider_org_id, closed_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE due_items IS 'Obligations of persons with their dates';
COMMENT ON COLUMN due_items.visible_on IS 'From this date the employee and the supervisor see it';
COMMENT ON COLUMN due_items.appointment_id IS 'The visit booked for it';
COMMENT ON COLUMN due_items.comment IS 'Clinic only';
COMMENT ON COLUMN due_items.waive_note IS 'Clinic only';
CREATE INDEX due_items_person ON due_items (provider_org_id, person_id, due_on, id);
CREATE INDEX due_items_open ON due_items (provider_org_id, due_on, id) WHERE closed_at IS NULL;
CREATE INDEX due_items_employer ON due_items (provider_org_id, employer_id, due_on);
CREATE INDEX due_items_order_item ON due_items (provider_org_id, order_item_id);
CREATE INDEX due_items_appointment ON due_items (provider_org_id, appointment_id);
CREATE INDEX due_items_closed_by ON due_items (provider_org_id, closed_by);
CREATE INDEX due_items_created_by ON due_items (provider_org_id, created_by);
CALL app.protect('due_items');
REVOKE DELETE ON due_items FROM salus_app;
CALL app.let('due_items', '{me}', 'person_id = app.person() AND status <> ''entered_in_error''');
CALL app.let('due_items', '{clinic,system}', 'app.reaches(employer_id)');
CALL app.let_team('due_items', 'app.supervises(person_id) AND status <> ''entered_in_error''',
    'id, provider_org_id, employer_id, person_id, order_item_id, due_on, visible_on, status, appointment_id, version');
-- A supervisor who books a visit for a report ties it to what is due.
GRANT UPDATE (appointment_id, version) ON due_items TO salus_supervisor;
CREATE POLICY team_books ON due_items FOR UPDATE TO salus_supervisor
    USING (app.hat() = 'team' AND app.supervises(person_id) AND status IN ('pending', 'ordered', 'in_progress'))
    WITH CHECK (app.hat() = 'team' AND app.supervises(person_id));
