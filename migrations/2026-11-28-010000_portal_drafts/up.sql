-- What administrators change of a portal before they publish it, section by section.
CREATE TABLE portal_drafts (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    portal_id uuid NOT NULL,
    section text NOT NULL CHECK (section IN ('general', 'wording', 'branding', 'ticker', 'modules', 'messages',
        'notifications', 'resources', 'consent', 'notices', 'applicant')),
    content jsonb,
    saved_at timestamptz NOT NULL,
    saved_by uuid,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, portal_id, section),
    FOREIGN KEY (provider_org_id, portal_id) REFERENCES portals (provider_org_id, id),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE portal_drafts IS 'Sections of portals that were changed and not published yet';
COMMENT ON COLUMN portal_drafts.content IS 'Empty where nothing differs from what is published; the row stays, so that its version goes on counting';
CREATE INDEX portal_drafts_account ON portal_drafts (provider_org_id, saved_by);
CALL app.protect('portal_drafts');
REVOKE DELETE ON portal_drafts FROM salus_app;
CALL app.let_read('portal_drafts', '{admin}', 'true');
CREATE POLICY draft_admin ON portal_drafts FOR INSERT TO salus_app
    WITH CHECK (app.hat() = 'admin' AND saved_by = app.account());
CREATE POLICY redraft_admin ON portal_drafts FOR UPDATE TO salus_app
    USING (app.hat() = 'admin') WITH CHECK (app.hat() = 'admin' AND saved_by = app.account());
CALL app.let('portal_drafts', '{system}', 'true');

-- Administrators say which kinds of visits a portal leaves out.
CALL app.let_read('appointment_types', '{admin}', 'true');

-- Administrators publish.
CREATE POLICY publish_admin ON portals FOR UPDATE TO salus_app
    USING (app.hat() = 'admin') WITH CHECK (app.hat() = 'admin');
CREATE POLICY publish_admin ON portal_versions FOR INSERT TO salus_app
    WITH CHECK (app.hat() = 'admin' AND published_by = app.account());
ALTER TABLE portal_versions ADD FOREIGN KEY (provider_org_id, published_by) REFERENCES accounts (provider_org_id, id);
CREATE INDEX portal_versions_account ON portal_versions (provider_org_id, published_by);
