-- Links in mails by which a person answers for a visit without signing in.
CREATE TABLE appointment_links (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    address_hash bytea NOT NULL CHECK (octet_length(address_hash) = 32),
    language text NOT NULL CHECK (char_length(language) BETWEEN 2 AND 8),
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_id) REFERENCES appointments (provider_org_id, id)
);
COMMENT ON TABLE appointment_links IS 'Links for one visit, sent by mail; only the hash of the token is kept';
COMMENT ON COLUMN appointment_links.address_hash IS 'SHA-256 of the address it was sent to; once that is not the person''s any more, the link opens nothing';
COMMENT ON COLUMN appointment_links.expires_at IS 'When the visit was to start as the link was made; the visit itself says whether the link still serves';
CREATE INDEX appointment_links_visit ON appointment_links (provider_org_id, appointment_id);
CREATE INDEX appointment_links_expired ON appointment_links (provider_org_id, expires_at);
CALL app.protect('appointment_links');
CALL app.let('appointment_links', '{system}', 'true');
CALL app.let_authn('appointment_links', 'SELECT');
