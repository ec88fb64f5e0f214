ALTER TABLE appointment_links DROP COLUMN spent_at;
