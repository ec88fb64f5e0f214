DROP POLICY answered_clinic ON order_items;
REVOKE SELECT (deleted_at) ON appointment_types FROM salus_supervisor;
