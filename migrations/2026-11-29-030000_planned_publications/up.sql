-- Publications of portals that are due at a time, and what became of them.
CREATE TABLE planned_publications (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    portal_id uuid NOT NULL,
    publish_at timestamptz NOT NULL,
    brings_back integer,
    note text NOT NULL DEFAULT '',
    planned_at timestamptz NOT NULL,
    planned_by uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'published', 'called_off', 'failed')),
    settled_at timestamptz,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, portal_id) REFERENCES portals (provider_org_id, id),
    FOREIGN KEY (provider_org_id, portal_id, brings_back) REFERENCES portal_versions (provider_org_id, portal_id, number),
    FOREIGN KEY (provider_org_id, planned_by) REFERENCES accounts (provider_org_id, id),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
);
COMMENT ON TABLE planned_publications IS 'Publications of portals at a time; while one waits, its draft does not change';
COMMENT ON COLUMN planned_publications.brings_back IS 'The version that comes back; the draft is published without it';
CREATE UNIQUE INDEX planned_publications_waiting ON planned_publications (provider_org_id, portal_id) WHERE state = 'waiting';
CREATE INDEX planned_publications_portal ON planned_publications (provider_org_id, portal_id, brings_back);
CREATE INDEX planned_publications_account ON planned_publications (provider_org_id, planned_by);
CREATE INDEX planned_publications_due ON planned_publications (provider_org_id, publish_at) WHERE state = 'waiting';
CALL app.protect('planned_publications');
REVOKE DELETE ON planned_publications FROM salus_app;
CALL app.let_read('planned_publications', '{admin}', 'true');
CREATE POLICY plan_admin ON planned_publications FOR INSERT TO salus_app
    WITH CHECK (app.hat() = 'admin' AND planned_by = app.account());
CREATE POLICY call_off_admin ON planned_publications FOR UPDATE TO salus_app
    USING (app.hat() = 'admin') WITH CHECK (app.hat() = 'admin');
CALL app.let('planned_publications', '{system}', 'true');
