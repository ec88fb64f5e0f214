-- A link in a mail can be for an offered time as well.
ALTER TABLE appointment_links ALTER COLUMN appointment_id DROP NOT NULL;
ALTER TABLE appointment_links ADD COLUMN offer_id uuid;
ALTER TABLE appointment_links ADD FOREIGN KEY (provider_org_id, offer_id) REFERENCES offers (provider_org_id, id);
ALTER TABLE appointment_links ADD CONSTRAINT appointment_links_for_one CHECK (num_nonnulls(appointment_id, offer_id) = 1);
COMMENT ON TABLE appointment_links IS 'Links for one visit or one offered time, sent by mail; only the hash of the token is kept';
COMMENT ON COLUMN appointment_links.expires_at IS 'When the visit was to start, or until when the time was kept, as the link was made; the visit or the offer itself says whether the link still serves';
CREATE INDEX appointment_links_offer ON appointment_links (provider_org_id, offer_id);
