DROP POLICY own_clinic ON blackouts;
DROP TABLE scheduling_task_appointments, scheduling_tasks;
