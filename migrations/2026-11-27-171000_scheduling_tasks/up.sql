-- What waits in the scheduling work queue, such as visits that lie under a blackout.
CREATE TABLE scheduling_tasks (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    kind text NOT NULL CHECK (kind IN ('move_appointments')),
    blackout_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    closed_at timestamptz,
    closed_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, blackout_id) REFERENCES blackouts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, created_by) REFERENCES accounts (provider_org_id, id),
    FOREIGN KEY (provider_org_id, closed_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE scheduling_tasks IS 'The scheduling work queue: what staff have to do about visits';
CREATE INDEX scheduling_tasks_blackout ON scheduling_tasks (provider_org_id, blackout_id);
CREATE INDEX scheduling_tasks_created_by ON scheduling_tasks (provider_org_id, created_by);
CREATE INDEX scheduling_tasks_closed_by ON scheduling_tasks (provider_org_id, closed_by);
CREATE INDEX scheduling_tasks_open ON scheduling_tasks (provider_org_id, created_at, id) WHERE closed_at IS NULL;

CREATE TABLE scheduling_task_appointments (
    provider_org_id uuid NOT NULL,
    task_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    PRIMARY KEY (provider_org_id, task_id, appointment_id),
    FOREIGN KEY (provider_org_id, task_id) REFERENCES scheduling_tasks (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id)
);
COMMENT ON TABLE scheduling_task_appointments IS 'The visits a task is about';
COMMENT ON COLUMN scheduling_task_appointments.starts_at IS 'When the visit started then; one that starts at another time was moved';
CREATE INDEX scheduling_task_appointments_visit ON scheduling_task_appointments (provider_org_id, appointment_id);

CALL app.protect('scheduling_tasks');
CALL app.let('scheduling_tasks', '{clinic,system}', 'true');
CALL app.protect('scheduling_task_appointments');
CALL app.let('scheduling_task_appointments', '{clinic,system}', 'EXISTS (SELECT 1 FROM appointments a
    WHERE a.provider_org_id = scheduling_task_appointments.provider_org_id AND a.id = scheduling_task_appointments.appointment_id)');

-- A clinician says when they are away themselves.
CREATE POLICY own_clinic ON blackouts TO salus_app
    USING (app.hat() = 'clinic' AND EXISTS (SELECT 1 FROM resources r WHERE r.provider_org_id = blackouts.provider_org_id
        AND r.id = blackouts.resource_id AND r.account_id = app.account()))
    WITH CHECK (app.hat() = 'clinic' AND EXISTS (SELECT 1 FROM resources r WHERE r.provider_org_id = blackouts.provider_org_id
        AND r.id = blackouts.resource_id AND r.account_id = app.account()));
