ALTER TABLE appointment_types DROP COLUMN deleted_at;
