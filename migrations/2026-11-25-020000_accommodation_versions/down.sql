DROP TABLE accommodation_versions;
ALTER TABLE accommodations DROP COLUMN notify;
