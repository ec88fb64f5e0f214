-- Every version of an accommodation, as of a restriction; whether people are told of it.
ALTER TABLE accommodations ADD COLUMN notify boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN accommodations.notify IS 'False when nobody is told of this version';

CREATE TABLE accommodation_versions (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    accommodation_id uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    state text NOT NULL,
    error_reason text,
    kind text NOT NULL,
    details text,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    coverage text NOT NULL,
    restriction_ids uuid[] NOT NULL,
    notify boolean NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid NOT NULL,
    UNIQUE (provider_org_id, id),
    UNIQUE (provider_org_id, accommodation_id, version),
    FOREIGN KEY (provider_org_id, employer_id) REFERENCES employers (provider_org_id, id),
    FOREIGN KEY (provider_org_id, person_id) REFERENCES persons (provider_org_id, id),
    FOREIGN KEY (provider_org_id, accommodation_id) REFERENCES accommodations (provider_org_id, id),
    FOREIGN KEY (provider_org_id, saved_by) REFERENCES accounts (provider_org_id, id)
);
COMMENT ON TABLE accommodation_versions IS 'Every version of every accommodation as it was saved; written once, never changed, read by the clinic';
COMMENT ON COLUMN accommodation_versions.restriction_ids IS 'The restrictions this version answers';
CREATE INDEX accommodation_versions_person ON accommodation_versions (provider_org_id, person_id, saved_at);
CREATE INDEX accommodation_versions_employer ON accommodation_versions (provider_org_id, employer_id);
CREATE INDEX accommodation_versions_saved_by ON accommodation_versions (provider_org_id, saved_by);
CALL app.protect('accommodation_versions');
REVOKE UPDATE, DELETE ON accommodation_versions FROM salus_app;
CALL app.let('accommodation_versions', '{clinic}', 'app.has_role(''clinician'') AND app.reaches(employer_id)');
CALL app.let('accommodation_versions', '{system}', 'true');
