ALTER TABLE scheduling_tasks
    DROP COLUMN moved_from,
    DROP COLUMN due_at,
    DROP CONSTRAINT scheduling_tasks_kind_check,
    ADD CONSTRAINT scheduling_tasks_kind_check
        CHECK (kind IN ('move_appointments', 'employment_ended', 'zone_changed', 'not_confirmed')) NOT VALID;
DROP TABLE visit_changes;
