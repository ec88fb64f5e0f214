REVOKE SELECT ON locations FROM salus_authn;
DROP POLICY authn ON locations;
DROP INDEX appointments_ahead;
DELETE FROM scheduling_task_appointments a USING scheduling_tasks t
 WHERE t.provider_org_id = a.provider_org_id AND t.id = a.task_id AND t.blackout_id IS NULL;
DELETE FROM scheduling_tasks WHERE blackout_id IS NULL;
ALTER TABLE scheduling_tasks
    DROP CONSTRAINT scheduling_tasks_of_a_blackout,
    DROP CONSTRAINT scheduling_tasks_kind_check,
    ADD CONSTRAINT scheduling_tasks_kind_check CHECK (kind IN ('move_appointments')),
    ALTER COLUMN blackout_id SET NOT NULL;
