-- What happened to visits and who did it, and the tasks by which the front desk hears of it at once.
CREATE TABLE visit_changes (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    location_id uuid NOT NULL,
    what text NOT NULL CHECK (what IN ('booked', 'moved', 'cancelled')),
    changed_by text NOT NULL CHECK (changed_by IN ('employee', 'supervisor', 'clinic')),
    starts_at timestamptz NOT NULL,
    at_once boolean NOT NULL,
    happened_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE visit_changes IS 'Bookings, moves and cancellations of visits, each once; digests count them';
COMMENT ON COLUMN visit_changes.id IS 'That of the event in the outbox';
COMMENT ON COLUMN visit_changes.starts_at IS 'When the visit starts, or would have started, after the change';
COMMENT ON COLUMN visit_changes.at_once IS 'Whether the scheduling work queue was told';
CREATE INDEX visit_changes_visit ON visit_changes (provider_org_id, appointment_id, happened_at);
CREATE INDEX visit_changes_location ON visit_changes (provider_org_id, location_id, happened_at);
CALL app.protect('visit_changes');
REVOKE UPDATE, DELETE ON visit_changes FROM salus_app;
CALL app.let('visit_changes', '{system}', 'true');

ALTER TABLE scheduling_tasks
    DROP CONSTRAINT scheduling_tasks_kind_check,
    ADD CONSTRAINT scheduling_tasks_kind_check
        CHECK (kind IN ('move_appointments', 'employment_ended', 'zone_changed', 'not_confirmed',
            'booked_online', 'moved_online', 'cancelled_online', 'to_confirm')),
    ADD COLUMN due_at timestamptz,
    ADD COLUMN moved_from timestamptz;
COMMENT ON COLUMN scheduling_tasks.due_at IS 'By when the clinic is to answer';
COMMENT ON COLUMN scheduling_tasks.moved_from IS 'When the visit started before it was moved';
