-- Administrators make portals; nobody enters one before its first publication.
ALTER TABLE portals ADD COLUMN begins_with jsonb;
COMMENT ON COLUMN portals.begins_with IS 'What it says before its first publication; the drafts are changes of it';
CREATE POLICY make_admin ON portals FOR INSERT TO salus_app
    WITH CHECK (app.hat() = 'admin' AND NOT enabled AND published_version IS NULL);
