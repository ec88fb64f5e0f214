DROP INDEX offers_taken_once;
ALTER TABLE offers DROP COLUMN kept;
ALTER TABLE offer_rounds DROP COLUMN broadcast;
ALTER TABLE locations DROP COLUMN offer_broadcast;
