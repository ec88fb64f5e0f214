-- What was done to whose data, by whom, why. Appended, never changed.
CREATE TABLE audit_events (
    id uuid PRIMARY KEY,
    provider_org_id uuid NOT NULL,
    at timestamptz NOT NULL,
    account_id uuid,
    session_id uuid,
    hat text NOT NULL,
    roles text[] NOT NULL DEFAULT '{}',
    assurance text,
    portal text,
    address text,
    person_id uuid,
    data_class text NOT NULL,
    act text NOT NULL,
    operation text NOT NULL,
    object_ids uuid[] NOT NULL DEFAULT '{}',
    fields text[] NOT NULL DEFAULT '{}',
    purpose text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('allowed', 'denied')),
    reason text,
    on_behalf_of uuid,
    request_id text NOT NULL
);
COMMENT ON TABLE audit_events IS 'One line for each person and data class shown or changed; no health value in it';
COMMENT ON COLUMN audit_events.object_ids IS 'Ids of the rows shown or changed';
COMMENT ON COLUMN audit_events.fields IS 'Names of the fields changed, never their values';
CREATE INDEX audit_events_person ON audit_events (provider_org_id, person_id, at DESC, id DESC);
CREATE INDEX audit_events_account ON audit_events (provider_org_id, account_id, at DESC, id DESC);
CREATE INDEX audit_events_time ON audit_events (provider_org_id, at DESC, id DESC);

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
GRANT SELECT ON audit_events TO salus_app;
CREATE POLICY tenant ON audit_events AS RESTRICTIVE FOR SELECT TO salus_app USING (provider_org_id = app.provider_org());
CALL app.let_read('audit_events', '{me}', 'person_id = app.person()');
CALL app.let_read('audit_events', '{account}', 'account_id = app.account()');
CALL app.let_read('audit_events', '{clinic}', 'account_id = app.account()');
CALL app.let_read('audit_events', '{admin}', 'app.has_role(''privacy_officer'') OR app.has_role(''auditor'') OR (app.has_role(''portal_admin'') AND data_class = ''configuration'')');
CALL app.let_read('audit_events', '{system}', 'true');
CREATE POLICY append ON audit_events FOR INSERT TO salus_audit WITH CHECK (true);
GRANT INSERT ON audit_events TO salus_audit;

-- The only way in. The context's organization and account cannot be overridden by what is passed.
CREATE FUNCTION app.record_audit(
    p_ids uuid[], p_persons uuid[], p_classes text[], p_acts text[], p_purposes text[], p_outcomes text[], p_objects text[], p_fields text[], p_reasons text[],
    p_operation text, p_request text, p_assurance text, p_portal text, p_address text, p_on_behalf_of uuid)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH written AS (
        INSERT INTO public.audit_events (id, provider_org_id, at, account_id, session_id, hat, roles, assurance, portal, address, person_id,
            data_class, act, operation, object_ids, fields, purpose, outcome, reason, on_behalf_of, request_id)
        SELECT e.id, app.provider_org(), app.clock(), app.account(), app.session(), app.hat(),
               coalesce(string_to_array(nullif(current_setting('app.roles', true), ''), ','), '{}'),
               p_assurance, p_portal, p_address, e.person, e.class, e.act, p_operation,
               coalesce(string_to_array(nullif(e.objects, ''), ',')::uuid[], '{}'),
               coalesce(string_to_array(nullif(e.fields, ''), ','), '{}'),
               e.purpose, e.outcome, nullif(e.reason, ''), p_on_behalf_of, p_request
          FROM unnest(p_ids, p_persons, p_classes, p_acts, p_purposes, p_outcomes, p_objects, p_fields, p_reasons)
            AS e (id, person, class, act, purpose, outcome, objects, fields, reason)
        RETURNING 1)
    SELECT count(*)::integer FROM written
$$;
COMMENT ON FUNCTION app.record_audit(uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text, text, text, text, text, uuid) IS 'Appends audit events for the acting account in one statement';
GRANT CREATE ON SCHEMA app TO salus_audit;
ALTER FUNCTION app.record_audit(uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text, text, text, text, text, uuid) OWNER TO salus_audit;
REVOKE CREATE ON SCHEMA app FROM salus_audit;
REVOKE ALL ON FUNCTION app.record_audit(uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text, text, text, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.record_audit(uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text, text, text, text, text, uuid) TO salus_app, salus_supervisor, salus_authn;
