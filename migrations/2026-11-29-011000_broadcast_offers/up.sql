-- A place may tell several people of a time at once: nobody keeps it, and whoever takes it first has it.
ALTER TABLE locations ADD COLUMN offer_broadcast boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN locations.offer_broadcast IS 'Whether a time that became free is told to several at once instead of kept for one after the other';
ALTER TABLE offer_rounds ADD COLUMN broadcast boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN offer_rounds.broadcast IS 'Whether several are told at once; as the place was set when the round began';
ALTER TABLE offers ADD COLUMN kept boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN offers.kept IS 'Whether the time is kept; otherwise whoever takes it first has it';
CREATE UNIQUE INDEX offers_taken_once ON offers (provider_org_id, round_id) WHERE state = 'accepted';
