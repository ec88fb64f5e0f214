DROP INDEX appointments_open;
ALTER TABLE locations DROP COLUMN settles_no_shows;
