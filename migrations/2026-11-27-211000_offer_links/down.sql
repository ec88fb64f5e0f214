DELETE FROM appointment_links WHERE offer_id IS NOT NULL;
ALTER TABLE appointment_links DROP COLUMN offer_id;
ALTER TABLE appointment_links ALTER COLUMN appointment_id SET NOT NULL;
COMMENT ON TABLE appointment_links IS 'Links for one visit, sent by mail; only the hash of the token is kept';
COMMENT ON COLUMN appointment_links.expires_at IS 'When the visit was to start as the link was made; the visit itself says whether the link still serves';
