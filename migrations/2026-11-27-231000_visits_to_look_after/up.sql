-- More reasons to look after visits: the person no longer works for the employer, the place has other
-- clocks than were promised, the clinic never agreed.
ALTER TABLE scheduling_tasks
    ALTER COLUMN blackout_id DROP NOT NULL,
    DROP CONSTRAINT scheduling_tasks_kind_check,
    ADD CONSTRAINT scheduling_tasks_kind_check
        CHECK (kind IN ('move_appointments', 'employment_ended', 'zone_changed', 'not_confirmed')),
    ADD CONSTRAINT scheduling_tasks_of_a_blackout CHECK ((kind = 'move_appointments') = (blackout_id IS NOT NULL));
CREATE INDEX appointments_ahead ON appointments (provider_org_id, starts_at, id) WHERE state IN ('pending', 'booked');
-- Who checks in at a clinic's door has not signed in: the place says whose clinic it is.
CALL app.let_authn('locations', 'SELECT');
