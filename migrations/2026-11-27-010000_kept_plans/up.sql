-- A function of plain SQL is parsed and planned again by every statement that calls it; the ones below
-- keep their plans. And who is not limited to some employers is not asked for the people's.
CREATE OR REPLACE FUNCTION app.record_audit(
    p_ids uuid[], p_persons uuid[], p_classes text[], p_acts text[], p_purposes text[], p_outcomes text[], p_objects text[], p_fields text[], p_reasons text[],
    p_operation text, p_request text, p_assurance text, p_portal text, p_address text, p_on_behalf_of uuid)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    written integer;
BEGIN
    INSERT INTO public.audit_events (id, provider_org_id, at, account_id, session_id, hat, roles, assurance, portal, address, person_id,
        data_class, act, operation, object_ids, fields, purpose, outcome, reason, on_behalf_of, request_id)
    SELECT e.id, app.provider_org(), app.clock(), app.account(), app.session(), app.hat(),
           coalesce(string_to_array(nullif(current_setting('app.roles', true), ''), ','), '{}'),
           p_assurance, p_portal, p_address, e.person, e.class, e.act, p_operation,
           coalesce(string_to_array(nullif(e.objects, ''), ',')::uuid[], '{}'),
           coalesce(string_to_array(nullif(e.fields, ''), ','), '{}'),
           e.purpose, e.outcome, nullif(e.reason, ''), p_on_behalf_of, p_request
      FROM unnest(p_ids, p_persons, p_classes, p_acts, p_purposes, p_outcomes, p_objects, p_fields, p_reasons)
        AS e (id, person, class, act, purpose, outcome, objects, fields, reason);
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;

CREATE OR REPLACE FUNCTION app.supervises(person uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM public.relationships r
        WHERE r.provider_org_id = app.provider_org() AND r.account_id = app.account() AND r.person_id = person
          AND r.kind IN ('supervisor', 'backup_supervisor')
          AND r.starts_at <= app.clock() AND (r.ends_at IS NULL OR r.ends_at > app.clock()));
END
$$;

CREATE FUNCTION app.unlimited() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT coalesce(current_setting('app.employers', true), '') = '' $$;
COMMENT ON FUNCTION app.unlimited() IS 'Whether the grant of the acting account covers every employer; part of the statement that asks';

CREATE OR REPLACE FUNCTION app.reaches_person(person uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN app.unlimited() OR EXISTS (
        SELECT 1 FROM public.employments e
         WHERE e.provider_org_id = app.provider_org() AND e.person_id = person AND app.reaches(e.employer_id));
END
$$;

ALTER POLICY limited ON persons USING (app.unlimited() OR app.reaches_person(id));
ALTER POLICY limited ON contact_points USING (app.unlimited() OR app.reaches_person(person_id));
ALTER POLICY limited ON relationships USING (app.unlimited() OR app.reaches_person(person_id));
ALTER POLICY limited ON chart_keys USING (app.unlimited() OR app.reaches_person(person_id));
ALTER POLICY limited ON pickup_codes USING (app.unlimited() OR app.reaches_person(person_id));
ALTER POLICY limited ON slot_holds USING (app.unlimited() OR app.reaches_person(person_id));
ALTER POLICY limited ON claims USING (person_id IS NULL OR app.unlimited() OR app.reaches_person(person_id));

-- What has run out is cleared away by whoever takes time of a resource; few claims run out at all.
CREATE INDEX claims_running_out ON claims (provider_org_id, resource_id) WHERE expires_at IS NOT NULL;
