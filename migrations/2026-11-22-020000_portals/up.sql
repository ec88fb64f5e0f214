-- Front doors: who sees which look, words and modules.
CREATE TABLE portal_images (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
    bytes bytea NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, sha256)
);
COMMENT ON TABLE portal_images IS 'Pictures of portals, as written new by the server; addressed by their content';
CALL app.protect('portal_images');
CALL app.let_read('portal_images', '{me,clinic,admin,account}', 'true');
CALL app.let('portal_images', '{system}', 'true');
CALL app.let_team('portal_images', 'true', 'id, provider_org_id, sha256');
CALL app.let_authn('portal_images', 'SELECT');

CREATE TABLE portals (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL REFERENCES provider_organizations (id),
    employer_id uuid,
    audience text NOT NULL CHECK (audience IN ('employee', 'supervisor', 'applicant')),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) BETWEEN 3 AND 40),
    enabled boolean NOT NULL DEFAULT false,
    published_version integer,
    archived_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id)
);
COMMENT ON TABLE portals IS 'Configured front doors: an employer or the provider organization, and an audience';
COMMENT ON COLUMN portals.published_version IS 'The version people see; none before the first publication';
CREATE INDEX portals_employer ON portals (provider_org_id, employer_id);
CREATE UNIQUE INDEX portals_one_live ON portals (provider_org_id, coalesce(employer_id, '00000000-0000-0000-0000-000000000000'), audience)
    WHERE archived_at IS NULL;

CREATE TABLE portal_versions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    portal_id uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    content jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by uuid,
    note text NOT NULL DEFAULT '',
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, portal_id, number),
    FOREIGN KEY (provider_org_id, portal_id) REFERENCES portals (provider_org_id, id)
);
COMMENT ON TABLE portal_versions IS 'What was published; never changed afterwards';
CREATE INDEX portal_versions_portal ON portal_versions (provider_org_id, portal_id);

CALL app.protect('portals');
CALL app.let_read('portals', '{me,clinic,admin,account}', 'true');
CALL app.let('portals', '{system}', 'true');
CALL app.let_team('portals', 'true', 'id, provider_org_id, employer_id, audience, slug, enabled, published_version, archived_at, version');
CALL app.let_authn('portals', 'SELECT');
CALL app.protect('portal_versions');
REVOKE UPDATE, DELETE ON portal_versions FROM salus_app;
CALL app.let_read('portal_versions', '{me,clinic,admin,account}', 'true');
CALL app.let('portal_versions', '{system}', 'true');
CALL app.let_team('portal_versions', 'true', 'id, provider_org_id, portal_id, number, content, published_at');
CALL app.let_authn('portal_versions', 'SELECT');
