-- A time kept for a visit that is to be moved there.
ALTER TABLE slot_holds ADD COLUMN moving_id uuid;
ALTER TABLE slot_holds ADD FOREIGN KEY (provider_org_id, moving_id) REFERENCES appointments (provider_org_id, id);
COMMENT ON COLUMN slot_holds.moving_id IS 'The visit that moves there; its own claims are not taken a second time';
CREATE INDEX slot_holds_moving ON slot_holds (provider_org_id, moving_id) WHERE moving_id IS NOT NULL;
