-- Times of a kind of visit that differ with a resource, at a location, or with a resource at a location.
CREATE TABLE type_overrides (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    appointment_type_id uuid NOT NULL,
    resource_id uuid,
    location_id uuid,
    duration smallint CHECK (duration BETWEEN 5 AND 480 AND duration % 5 = 0),
    shown_duration smallint CHECK (shown_duration BETWEEN 5 AND 720),
    buffer_before smallint CHECK (buffer_before BETWEEN 0 AND 120),
    buffer_after smallint CHECK (buffer_after BETWEEN 0 AND 120),
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CHECK (resource_id IS NOT NULL OR location_id IS NOT NULL),
    CHECK (num_nonnulls(duration, shown_duration, buffer_before, buffer_after) > 0),
    UNIQUE (provider_org_id, id),
    FOREIGN KEY (provider_org_id, appointment_type_id) REFERENCES appointment_types (provider_org_id, id),
    FOREIGN KEY (provider_org_id, resource_id) REFERENCES resources (provider_org_id, id),
    FOREIGN KEY (provider_org_id, location_id) REFERENCES locations (provider_org_id, id)
);
COMMENT ON TABLE type_overrides IS 'Times of a kind of visit that differ; field by field the most specific row counts';
COMMENT ON COLUMN type_overrides.resource_id IS 'With this resource leading the visit; any when null';
COMMENT ON COLUMN type_overrides.location_id IS 'At this location; any when null';
CREATE UNIQUE INDEX type_overrides_once ON type_overrides (provider_org_id, appointment_type_id, resource_id, location_id)
    NULLS NOT DISTINCT WHERE deleted_at IS NULL;
CREATE INDEX type_overrides_type ON type_overrides (provider_org_id, appointment_type_id);
CREATE INDEX type_overrides_resource ON type_overrides (provider_org_id, resource_id);
CREATE INDEX type_overrides_location ON type_overrides (provider_org_id, location_id);
CALL app.protect('type_overrides');
CALL app.let_read('type_overrides', '{me,clinic}', 'true');
CALL app.let('type_overrides', '{clinic}', 'app.has_role(''scheduler'')');
CALL app.let('type_overrides', '{system}', 'true');
CALL app.let_team('type_overrides', 'deleted_at IS NULL AND EXISTS (SELECT 1 FROM appointment_types t
    WHERE t.provider_org_id = type_overrides.provider_org_id AND t.id = type_overrides.appointment_type_id)',
    'id, provider_org_id, appointment_type_id, resource_id, location_id, duration, shown_duration, buffer_before, buffer_after, deleted_at, version');
