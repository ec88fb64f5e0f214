-- A kind of visit that nobody has ahead of them can be deleted; those of the past keep its name.
ALTER TABLE appointment_types ADD COLUMN deleted_at timestamptz;
COMMENT ON COLUMN appointment_types.deleted_at IS 'When it was deleted; past visits still name it';
