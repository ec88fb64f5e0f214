ALTER TABLE slot_holds DROP COLUMN moving_id;
