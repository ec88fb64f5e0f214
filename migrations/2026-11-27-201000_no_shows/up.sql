-- Visits that nobody came to are said to be missed the night after, unless the location wants it otherwise.
ALTER TABLE locations ADD COLUMN settles_no_shows boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN locations.settles_no_shows IS 'Whether visits without a check-in count as missed from half past midnight on';
CREATE INDEX appointments_open ON appointments (provider_org_id, location_id, starts_at)
    WHERE state IN ('pending', 'booked');
